//! Words of addresses and paths: there every mark parts words, so that `a.example/news_2024` is four.

use crate::query::ast::{Form, Near, Query, Word};
use crate::query::words::{stands_for_too_much, typed_words, words_of};
use crate::text::parted_at_marks;

/// Cuts the words of a query at their marks; a word that becomes several is a phrase.
pub(super) fn cut(query: Query) -> Query {
    let all = |members: Vec<Query>| members.into_iter().map(cut).collect();
    match query {
        Query::Word(word) => joined(pieces(word)),
        Query::Phrase(words) => joined(words.into_iter().flat_map(pieces).collect()),
        Query::And(members) => Query::And(all(members)),
        Query::Or(members) => Query::Or(all(members)),
        Query::Not(query) => Query::Not(Box::new(cut(*query))),
        Query::Near(near) => {
            let Near { left, right, connector } = *near;
            Query::Near(Box::new(Near { left: cut(left), right: cut(right), connector }))
        }
        Query::AtLeast { count, query } => Query::AtLeast { count, query: Box::new(cut(*query)) },
        other @ (Query::Within { .. } | Query::Fact(_)) => other,
    }
}

fn pieces(word: Word) -> Vec<Word> {
    let pieces = match word.match_form {
        Form::Pattern => pattern_pieces(&word.text),
        form => words_of(&parted_at_marks(&word.text), form),
    };
    if pieces.is_empty() { vec![word] } else { pieces }
}

/// In addresses `?` is a mark like the others; a star stays where its piece is narrow enough.
fn pattern_pieces(word: &str) -> Vec<Word> {
    let parted = word.replace(|c: char| c.is_ascii_punctuation() && c != '*', " ");
    let narrowed = |piece: &str| {
        let words = typed_words(piece);
        if words.iter().any(stands_for_too_much) { words_of(&parted_at_marks(piece), Form::Stemmed) } else { words }
    };
    parted.split_whitespace().flat_map(narrowed).collect()
}

fn joined(mut words: Vec<Word>) -> Query {
    if words.len() == 1 { Query::Word(words.remove(0)) } else { Query::Phrase(words) }
}
