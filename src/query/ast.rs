//! The tree of a query, and what can be asked of it.
//!
//! The parser makes *normalised* trees only: And and Or have at least two members and none of their own kind, a phrase has at
//! least two words, Not never holds Not, a field never stands inside a field, and everything is looked for by at least one word
//! or fact that is not negated, also in each branch of an Or.

use crate::query::fact::Fact;

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
    /// Two that stand near each other, or the first where the second is not near.
    Near(Box<Near>),
    /// Something that occurs several times.
    AtLeast {
        /// How often, at the least.
        count: u32,
        /// A word, a phrase, an Or of such, or what stands near something.
        query: Box<Query>,
    },
    /// What must hold of the article as a whole.
    Fact(Fact),
}

/// Two that stand near each other; each is a word, a phrase, an Or of such, or itself a Near.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Near {
    /// The first.
    pub left: Query,
    /// The second.
    pub right: Query,
    /// How they are joined.
    pub connector: Connector,
}

/// How two that stand near each other are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Connector {
    /// How near.
    pub reach: Reach,
    /// Which comes first.
    pub order: Succession,
    /// Whether the second must be near or must not.
    pub presence: Presence,
}

/// How near two must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Within so many words; neighbours are within one.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// Which of two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Succession {
    /// Either.
    Any,
    /// The left one.
    AsWritten,
}

/// Whether the second of two must be near the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It must be.
    Near,
    /// The first must stand somewhere without it.
    NotNear,
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
    /// The word as typed; where it was typed without a capital, with capitals or not.
    Exact,
    /// Words that fit a pattern: `*` stands for any letters or none, `?` for one.
    Pattern,
    /// Words spelled nearly like it.
    Fuzzy,
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The title of the article.
    Headline,
    /// The first paragraph of its text.
    Lede,
    /// Who wrote it.
    Byline,
    /// The outlet that published it.
    Source,
    /// Agencies and other outlets that the text is credited to.
    Credit,
    /// Its language, as an ISO 639 code.
    Language,
    /// Its address.
    Url,
    /// The file it was read from.
    Path,
}

impl Field {
    /// All fields, in the order in which messages list them.
    pub const ALL: [Field; 8] =
        [Field::Headline, Field::Lede, Field::Byline, Field::Source, Field::Credit, Field::Language, Field::Url, Field::Path];

    /// Returns the name that stands before the colon.
    pub fn label(self) -> &'static str {
        match self {
            Field::Headline => "headline",
            Field::Lede => "lede",
            Field::Byline => "byline",
            Field::Source => "source",
            Field::Credit => "credit",
            Field::Language => "lang",
            Field::Url => "url",
            Field::Path => "path",
        }
    }

    /// Returns the field of a name, in upper or lower case.
    pub fn from_label(name: &str) -> Option<Self> {
        Field::ALL.into_iter().find(|field| field.label().eq_ignore_ascii_case(name))
    }

    /// Tells whether the field holds text of the article, and not what is known about it.
    pub fn is_text(self) -> bool {
        matches!(self, Field::Headline | Field::Lede)
    }

    /// Tells whether marks part words in the field, so that `a.example/news_2024` is four words.
    pub fn is_cut_at_marks(self) -> bool {
        matches!(self, Field::Url | Field::Path)
    }
}

impl Query {
    /// Returns the words that are looked for in the text of articles, in the order of the query; words under Not are left out.
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
        Query::Near(near) => {
            collect_positive(&near.left, words);
            if near.connector.presence == Presence::Near {
                collect_positive(&near.right, words);
            }
        }
        Query::Within { field, query } if field.is_text() => collect_positive(query, words),
        Query::AtLeast { query, .. } => collect_positive(query, words),
        Query::Not(_) | Query::Within { .. } | Query::Fact(_) => {}
    }
}
