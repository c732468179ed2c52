//! The tree of a query, and what can be asked of it.
//!
//! The parser makes *normalised* trees only: And and Or have at least two members and none of their own kind, a phrase has at
//! least two words, Not never holds Not, a field never stands inside a field, and everything is looked for by at least one word
//! that is not negated, also in each branch of an Or.

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Query {
    /// One word.
    Word(Word),
    /// Words in this order, with nothing between them.
    Phrase(Vec<Word>),
    /// All of these.
    And(Vec<Query>),
    /// At least one of these.
    Or(Vec<Query>),
    /// What must not be there; stands in an And beside what must.
    Not(Box<Query>),
    /// A query that looks in one field only.
    Within {
        /// The field.
        field: Field,
        /// What is looked for in it.
        query: Box<Query>,
    },
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Word {
    /// The word as typed: one word of Unicode segmentation (UAX #29).
    pub text: String,
    /// Which forms of the word count as the same.
    pub match_form: Form,
}

/// Which forms of a word count as the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// All forms with the same stem.
    Stemmed,
    /// The word as typed.
    Exact,
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The title of the article.
    Headline,
    /// The outlet that published it.
    Source,
}

impl Field {
    /// All fields, in the order in which messages list them.
    pub const ALL: [Field; 2] = [Field::Headline, Field::Source];

    /// Returns the name that stands before the colon.
    pub fn label(self) -> &'static str {
        match self {
            Field::Headline => "headline",
            Field::Source => "source",
        }
    }

    /// Returns the field of a name, in upper or lower case.
    pub fn from_label(name: &str) -> Option<Self> {
        Field::ALL.into_iter().find(|field| field.label().eq_ignore_ascii_case(name))
    }
}

impl Query {
    /// Returns the words that are looked for, in the order of the query; words under Not are left out.
    pub fn positive_words(&self) -> Vec<&Word> {
        let mut words = Vec::new();
        collect_positive(self, &mut words);
        words
    }
}

fn collect_positive<'q>(query: &'q Query, words: &mut Vec<&'q Word>) {
    match query {
        Query::Word(word) => words.push(word),
        Query::Phrase(phrase) => words.extend(phrase),
        Query::And(members) | Query::Or(members) => members.iter().for_each(|member| collect_positive(member, words)),
        Query::Not(_) => {}
        Query::Within { query, .. } => collect_positive(query, words),
    }
}
