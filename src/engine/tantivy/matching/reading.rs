//! A query is read once in each language of the index: an article is in one, and only the stems of that one can be in it.
//!
//! Asked as one query, a word would be the union of its stems in all languages, and no block of a union of unions is passed over:
//! two words among 200,000 articles took twenty times as long for two articles in another language.

use tantivy::query::{EnableScoring, Weight};

use super::super::snapshot::Snapshot;
use super::super::words::language::Language;
use super::super::zones;
use super::expand::Expansions;
use super::lower::Lowering;
use crate::error::Error;
use crate::query::{Field, Presence, Query, Word};

/// A query as it is asked of the articles of one language, or of all.
pub struct Reading {
    /// The query as the index is asked it.
    pub lowered: Box<dyn tantivy::query::Query>,
    /// What finds and scores articles.
    pub weight: Box<dyn Weight>,
    /// What finds articles and does not score them.
    pub unscored: Box<dyn Weight>,
}

/// Returns the readings of a query, by which each match is found once. A query that finds articles by anything but their words
/// is read once for all languages.
///
/// # Errors
///
/// When the index cannot be read.
pub fn readings(query: Option<&Query>, expansions: &Expansions, snapshot: &Snapshot) -> Result<Vec<Reading>, Error> {
    let languages = snapshot.languages()?;
    let read_in = |language| {
        let lowering = Lowering { fields: &snapshot.fields, expansions, language };
        reading(query, &lowering, snapshot).map_err(|error| snapshot.failed(error))
    };
    match query {
        Some(query) if languages.len() > 1 && needs_words(query, None) => {
            let occurs = |language: &&Language| Occurring { expansions, language: **language }.may_match(query, None);
            languages.iter().filter(occurs).map(|language| read_in(Some(*language))).collect()
        }
        _ => Ok(vec![read_in(None)?]),
    }
}

fn reading(query: Option<&Query>, lowering: &Lowering<'_>, snapshot: &Snapshot) -> tantivy::Result<Reading> {
    let lowered = snapshot.with_terms(|terms| lowering.lower(query, terms));
    Ok(Reading {
        weight: lowered.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher))?,
        unscored: lowered.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?,
        lowered,
    })
}

/// Tells whether a query finds nothing but articles that have a word of it in headline or body.
fn needs_words(query: &Query, field: Option<Field>) -> bool {
    match query {
        Query::Word(_) | Query::Phrase(_) => zones::is_prose_field(field),
        Query::And(parts) => parts.iter().any(|part| needs_words(part, field)),
        Query::Or(parts) => parts.iter().all(|part| needs_words(part, field)),
        Query::Not(_) | Query::Fact(_) => false,
        Query::Within { field, query } => needs_words(query, Some(*field)),
        Query::Near(near) => needs_words(&near.left, field),
        Query::AtLeast { query, .. } => needs_words(query, field),
    }
}

/// The words of a query that occur in articles of a language.
struct Occurring<'e> {
    expansions: &'e Expansions,
    language: Language,
}

impl Occurring<'_> {
    /// Tells whether articles of the language can match.
    fn may_match(&self, query: &Query, field: Option<Field>) -> bool {
        match query {
            Query::Word(word) => self.occurs(word, field),
            Query::Phrase(words) => words.iter().all(|word| self.occurs(word, field)),
            Query::And(parts) => parts.iter().all(|part| self.may_match(part, field)),
            Query::Or(parts) => parts.iter().any(|part| self.may_match(part, field)),
            Query::Not(_) | Query::Fact(_) => true,
            Query::Within { field, query } => self.may_match(query, Some(*field)),
            Query::Near(near) => {
                self.may_match(&near.left, field) && (near.connector.presence == Presence::NotNear || self.may_match(&near.right, field))
            }
            Query::AtLeast { query, .. } => self.may_match(query, field),
        }
    }

    fn occurs(&self, word: &Word, field: Option<Field>) -> bool {
        if !zones::is_prose_field(field) {
            return true;
        }
        match self.expansions.of(word, field) {
            Some(expansion) => expansion.terms.iter().any(|term| self.language.has_term(term)),
            None => self.language.is_english(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[test]
    fn what_is_found_without_words_is_read_once() {
        for (typed, expected) in [
            ("ferry", true),
            ("ferry -storm", true),
            ("ferry OR storm", true),
            ("ferry source:coast", true),
            ("ferry OR source:coast", false),
            ("source:coast -ferry", false),
            ("headline:ferry OR \"port strike\"", true),
            ("ferry w/5 storm", true),
            ("ferry OR undated", false),
            ("atleast2(ferry)", true),
        ] {
            assert_eq!(needs_words(&query::parse(typed).unwrap(), None), expected, "{typed}");
        }
    }
}
