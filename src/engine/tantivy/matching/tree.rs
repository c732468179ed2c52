//! The tree of a query over its needles: what must occur where, as it is asked of the text of an article.

use super::super::words::language::Language;
use super::super::words::terms::Terms;
use super::super::words::tokens::Vocabulary;
use super::expand::Expansions;
use super::needle::{Check, Needle, NeedleWord};
use crate::query::{Connector, Fact, Field, Form, Presence, Query, Word};
use crate::text;

/// A query over numbered needles.
pub enum Node {
    /// The needle of this number.
    Needle(usize),
    /// All of these.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// Two that stand near each other.
    Near(Box<NearNode>),
    /// Something that occurs so often.
    AtLeast {
        /// How often.
        count: usize,
        /// What.
        node: Box<Node>,
        /// Where it is looked for.
        field: Option<Field>,
    },
    /// What must hold of the article.
    Fact(Fact, Sign),
}

/// Two that stand near each other.
pub struct NearNode {
    /// The first.
    pub left: Node,
    /// The second.
    pub right: Node,
    /// How near.
    pub connector: Connector,
    /// Where they are looked for.
    pub field: Option<Field>,
}

/// Whether something is asked for or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Asked for.
    Positive,
    /// Left out.
    Negative,
}

impl Sign {
    /// Returns the other one.
    pub fn turned(self) -> Self {
        match self {
            Sign::Positive => Sign::Negative,
            Sign::Negative => Sign::Positive,
        }
    }
}

/// Takes the needles out of queries.
pub struct Builder<'b> {
    /// Makes the terms of words.
    pub terms: &'b mut Terms,
    /// What words with wildcards stand for.
    pub expansions: &'b Expansions,
    /// The needles so far.
    pub needles: Vec<Needle>,
    /// The terms so far.
    pub vocabulary: Vocabulary,
}

impl Builder<'_> {
    /// Makes the tree of a query; its needles are numbered in the order of the query.
    pub fn take(&mut self, query: &Query, field: Option<Field>, sign: Sign) -> Node {
        match query {
            Query::Word(word) => self.take_words(std::slice::from_ref(word), field, sign),
            Query::Phrase(words) => self.take_words(words, field, sign),
            Query::And(parts) => Node::And(parts.iter().map(|part| self.take(part, field, sign)).collect()),
            Query::Or(parts) => Node::Or(parts.iter().map(|part| self.take(part, field, sign)).collect()),
            Query::Not(part) => Node::Not(Box::new(self.take(part, field, sign.turned()))),
            Query::Within { field, query } => self.take(query, Some(*field), sign),
            Query::Near(near) => {
                let connector = near.connector;
                let left = self.take(&near.left, field, sign);
                let right_sign = if connector.presence == Presence::NotNear { sign.turned() } else { sign };
                let right = self.take(&near.right, field, right_sign);
                Node::Near(Box::new(NearNode { left, right, connector, field }))
            }
            Query::AtLeast { count, query } => {
                let node = Box::new(self.take(query, field, sign));
                Node::AtLeast { count: usize::try_from(*count).unwrap_or(usize::MAX), node, field }
            }
            Query::Fact(fact) => Node::Fact(*fact, sign),
        }
    }

    fn take_words(&mut self, words: &[Word], field: Option<Field>, sign: Sign) -> Node {
        let words = words.iter().map(|word| self.take_word(word, field)).collect();
        self.needles.push(Needle { words, field, is_negative: sign == Sign::Negative });
        Node::Needle(self.needles.len() - 1)
    }

    fn take_word(&mut self, word: &Word, field: Option<Field>) -> NeedleWord {
        let expansion = self.expansions.of(word, field);
        let terms = match expansion {
            Some(expansion) => expansion.terms.clone(),
            None => vec![self.terms.of(Language::ENGLISH).term(&word.text).unwrap_or_default()],
        };
        let terms = self.numbers(terms);
        let check = match expansion.and_then(|expansion| expansion.pattern.as_ref().map(|pattern| (pattern, &expansion.rough))) {
            Some((pattern, rough)) if !rough.is_empty() => {
                Check::Pattern { pattern: pattern.clone(), rough: self.numbers(rough.iter().cloned()) }
            }
            None if word.match_form == Form::Exact => exact(&word.text),
            _ => Check::None,
        };
        NeedleWord { terms, check }
    }

    /// Returns the numbers of terms, in ascending order.
    fn numbers(&mut self, terms: impl IntoIterator<Item = String>) -> Vec<usize> {
        let mut numbers: Vec<usize> = terms.into_iter().map(|term| self.vocabulary.add(term)).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// Returns what a word in just the form typed must be: with a capital in it also in its letters' case, so that `=US` is not `us`;
/// without one in any case, for the first word of a sentence has a capital too.
fn exact(typed: &str) -> Check {
    let cased = typed.chars().any(char::is_uppercase).then(|| typed.to_owned());
    Check::Exact { folded: text::folded(typed), cased }
}
