//! From our query tree to a tantivy query.
//!
//! A word in just the form typed (`=word`) is looked up by its stem, a connector by its two sides, and so on: what is found may
//! then be too much and is checked against the text (see `needles`). Such a part of a query is *rough*. So that it is never
//! too little, nothing rough excludes anything here.

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;

use super::super::schema::Fields;
use super::super::words::language::Language;
use super::super::words::terms::Terms;
use super::super::zones;
use super::excluded::Excluded;
use super::expand::Expansions;
use super::phrase::Phrases;
use crate::query::{Field, Form, Presence, Query, Word};

/// The most phrases that are looked for in place of one whose words stand for several terms; beyond it the words are looked for
/// and the phrase is checked against the text.
const PHRASES_MAX: usize = 64;

/// The most terms of a word that are scored each by itself; more are found as a set, in which all score alike.
const SCORED_TERMS_MAX: usize = 64;

/// What is needed to turn a query into one that finds at least what it asks for.
pub struct Lowering<'l> {
    /// The fields of the index.
    pub fields: &'l Fields,
    /// What words with wildcards stand for.
    pub expansions: &'l Expansions,
    /// The language of the articles of which it is asked; `None` for all.
    pub language: Option<Language>,
}

impl Lowering<'_> {
    /// Turns a query into one that finds at least what it asks for; without one all articles are found.
    pub fn lower(&self, query: Option<&Query>, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
        query.map_or_else(|| Box::new(AllQuery) as Box<dyn tantivy::query::Query>, |query| self.lower_in(query, None, terms))
    }

    /// Tells whether what is found for a query may be too much.
    pub fn is_rough(&self, query: &Query) -> bool {
        self.is_rough_in(query, None)
    }

    /// Tells whether what is found for a query, or for a part of it in a field, may be too much by nothing but the patterns of its
    /// words.
    pub fn is_rough_by_patterns(&self, query: &Query, field: Option<Field>) -> bool {
        match query {
            Query::Word(word) => word.match_form != Form::Exact,
            Query::Phrase(words) => words.iter().all(|word| word.match_form != Form::Exact) && self.phrases(words, field) <= PHRASES_MAX,
            Query::And(parts) | Query::Or(parts) => parts.iter().all(|part| self.is_rough_by_patterns(part, field)),
            Query::Not(part) => !self.is_rough_in(part, field),
            Query::Within { field, query } => *field != Field::Lede && self.is_rough_by_patterns(query, Some(*field)),
            Query::Near(_) | Query::AtLeast { .. } | Query::Fact(_) => false,
        }
    }

    fn is_rough_in(&self, query: &Query, field: Option<Field>) -> bool {
        match query {
            Query::Word(word) => self.is_rough_word(word, field),
            Query::Phrase(words) => words.iter().any(|word| self.is_rough_word(word, field)) || self.phrases(words, field) > PHRASES_MAX,
            Query::And(parts) | Query::Or(parts) => parts.iter().any(|part| self.is_rough_in(part, field)),
            Query::Not(part) => self.is_rough_in(part, field),
            Query::Within { field, query } => self.is_rough_in(query, Some(*field)),
            Query::Near(_) | Query::AtLeast { .. } | Query::Fact(_) => true,
        }
    }

    fn is_rough_word(&self, word: &Word, field: Option<Field>) -> bool {
        // Ledes have no field of their own: the text tells whether a word stands in one.
        word.match_form == Form::Exact
            || field == Some(Field::Lede)
            || self.expansions.of(word, field).is_some_and(|expansion| !expansion.rough.is_empty())
    }

    /// Counts the phrases that one stands for.
    fn phrases(&self, words: &[Word], field: Option<Field>) -> usize {
        let choices = |word: &Word| self.expansions.of(word, field).map_or(1, |expansion| expansion.terms.len());
        words.iter().fold(1, |phrases: usize, word| phrases.saturating_mul(choices(word)))
    }

    /// Turns a part of a query into one that finds at least what it asks for in a field.
    pub fn lower_in(&self, query: &Query, field: Option<Field>, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
        match query {
            Query::Word(word) => self.lower_words(std::slice::from_ref(word), field, terms),
            Query::Phrase(words) => self.lower_words(words, field, terms),
            Query::Within { field, query } => self.lower_in(query, Some(*field), terms),
            Query::Or(parts) => any(parts.iter().map(|part| self.lower_in(part, field, terms)).collect()),
            Query::And(parts) => self.lower_all(parts, field, terms),
            Query::Not(_) => self.lower_all(std::slice::from_ref(query), field, terms),
            Query::Near(near) => {
                let left = self.lower_in(&near.left, field, terms);
                match near.connector.presence {
                    Presence::NotNear => left,
                    Presence::Near => all(vec![left, self.lower_in(&near.right, field, terms)]),
                }
            }
            Query::AtLeast { query, .. } => self.lower_in(query, field, terms),
            Query::Fact(_) => Box::new(AllQuery),
        }
    }

    fn lower_all(&self, parts: &[Query], field: Option<Field>, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
        let mut clauses = Vec::with_capacity(parts.len());
        let mut has_positive = false;
        for part in parts {
            match part {
                Query::Not(part) if self.is_rough_in(part, field) => {}
                Query::Not(part) => {
                    let lowered = self.lower_in(part, field, terms);
                    let is_word = matches!(part.as_ref(), Query::Word(_));
                    clauses.push((Occur::MustNot, if is_word { lowered } else { Box::new(Excluded(lowered)) }));
                }
                part => {
                    has_positive = true;
                    clauses.push((Occur::Must, self.lower_in(part, field, terms)));
                }
            }
        }
        if !has_positive {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn lower_words(&self, words: &[Word], field: Option<Field>, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
        let indexed = self.fields.of_query(field);
        let mut found: Vec<Vec<Term>> = Vec::with_capacity(words.len());
        for word in words {
            let of_word = match self.expansions.of(word, field) {
                Some(expansion) => expansion.terms.clone(),
                None => terms.of(Language::ENGLISH).term(&word.text).into_iter().collect(),
            };
            let is_meant = |term: &String| self.language.is_none_or(|language| !zones::is_prose_field(field) || language.has_term(term));
            let of_word: Vec<Term> =
                of_word.iter().filter(|term| is_meant(term)).map(|term| Term::from_field_text(indexed, term)).collect();
            if of_word.is_empty() {
                return Box::new(EmptyQuery);
            }
            found.push(of_word);
        }
        if found.len() == 1 {
            return any_term(found.remove(0));
        }
        if found.iter().fold(1, |phrases: usize, terms| phrases.saturating_mul(terms.len())) > PHRASES_MAX {
            return all(found.into_iter().map(any_term).collect());
        }
        Box::new(Phrases::new(products(found)))
    }
}

/// Returns every way to take one term of each word.
fn products(words: Vec<Vec<Term>>) -> Vec<Vec<Term>> {
    let mut phrases = vec![Vec::new()];
    for choices in words {
        let longer =
            |phrase: &Vec<Term>| choices.iter().map(|term| [phrase.as_slice(), std::slice::from_ref(term)].concat()).collect::<Vec<_>>();
        phrases = phrases.iter().flat_map(longer).collect();
    }
    phrases
}

fn any_term(mut terms: Vec<Term>) -> Box<dyn tantivy::query::Query> {
    if terms.len() == 1 {
        return Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs));
    }
    if terms.len() > SCORED_TERMS_MAX {
        return Box::new(TermSetQuery::new(terms));
    }
    let scored = |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn tantivy::query::Query>;
    any(terms.into_iter().map(scored).collect())
}

fn any(mut queries: Vec<Box<dyn tantivy::query::Query>>) -> Box<dyn tantivy::query::Query> {
    if queries.len() == 1 {
        return queries.remove(0);
    }
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Should, query)).collect()))
}

fn all(queries: Vec<Box<dyn tantivy::query::Query>>) -> Box<dyn tantivy::query::Query> {
    Box::new(BooleanQuery::new(queries.into_iter().map(|query| (Occur::Must, query)).collect()))
}
