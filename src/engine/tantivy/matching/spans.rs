//! Where the parts of a query stand in a text, and which of them stand near each other.
//!
//! A *span* is a place where a part of the query is found, from its first word to its last. Distances are counted in words:
//! neighbours are one apart, as Nexis counts.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::super::words::tokens::Token;
use super::super::zones::VALUE_BREAK_SIGN;
use super::needle::{Needle, Occurrence};
use super::tree::{NearNode, Node};
use crate::article::{PARAGRAPH_BREAK, sentences_of};
use crate::query::{Connector, Presence, Reach, Succession};
use crate::text;

/// The most pairs that are made of the places of two operands in one text: a text that repeats two words over and over has
/// more, and has long answered.
const PAIRS_MAX: usize = 4096;

/// A text with the words of the query in it.
pub struct SearchedText<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// The words of the query in it, in order.
    pub tokens: Vec<Token>,
    words: OnceCell<Vec<usize>>,
    sentences: OnceCell<Vec<usize>>,
    paragraphs: OnceCell<Vec<usize>>,
}

/// A place where a part of the query is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The first byte of its first word.
    pub first: usize,
    /// The first byte of its last word.
    pub last: usize,
    /// The needles found there.
    pub parts: Vec<Occurrence>,
}

impl<'t> SearchedText<'t> {
    /// Makes a text ready.
    pub fn new(text: Cow<'t, str>, tokens: Vec<Token>) -> Self {
        SearchedText { text, tokens, words: OnceCell::new(), sentences: OnceCell::new(), paragraphs: OnceCell::new() }
    }

    /// Finds the spans of a part of a query, in order of their first and last words; of And, Not and facts there are none.
    pub fn spans(&self, node: &Node, needles: &[Needle]) -> Vec<Span> {
        match node {
            Node::Needle(number) => {
                let found = needles[*number].occurrences(*number, &self.tokens, &self.text);
                found.filter_map(span_of).collect()
            }
            Node::Or(parts) => {
                let mut spans: Vec<Span> = parts.iter().flat_map(|part| self.spans(part, needles)).collect();
                spans.sort_by_key(|span| (span.first, span.last));
                spans.dedup_by_key(|span| (span.first, span.last));
                spans
            }
            Node::Near(near) => self.near(near, needles),
            Node::And(_) | Node::Not(_) | Node::AtLeast { .. } | Node::Fact(..) => Vec::new(),
        }
    }

    fn near(&self, near: &NearNode, needles: &[Needle]) -> Vec<Span> {
        let left = self.spans(&near.left, needles);
        if left.is_empty() {
            return left;
        }
        let right = self.spans(&near.right, needles);
        if near.connector.presence == Presence::NotNear {
            let is_alone = |span: &Span| !right.iter().any(|other| self.in_reach(span, other, near.connector));
            return left.into_iter().filter(is_alone).collect();
        }
        let mut pairs = Vec::new();
        for a in &left {
            for b in right.iter().filter(|b| self.in_reach(a, b, near.connector)) {
                let parts = a.parts.iter().chain(&b.parts).cloned().collect();
                pairs.push(Span { first: a.first.min(b.first), last: a.last.max(b.last), parts });
                if pairs.len() == PAIRS_MAX {
                    break;
                }
            }
        }
        pairs.truncate(PAIRS_MAX);
        // Two words that each operand stands for are one place, not one for each order.
        pairs.sort_by_cached_key(|span| (span.first, span.last, word_places(span)));
        pairs.dedup_by_key(|span| word_places(span));
        pairs
    }

    fn in_reach(&self, a: &Span, b: &Span, connector: Connector) -> bool {
        let is_before = a.last < b.first;
        if connector.order == Succession::AsWritten && !is_before {
            return false;
        }
        let ends = [a.first, a.last, b.first, b.last];
        let is_one = |starts: &[usize]| {
            let unit = |at: usize| starts.partition_point(|start| *start <= at);
            ends.iter().all(|at| unit(*at) == unit(ends[0]))
        };
        let is_near = match connector.reach {
            Reach::Words(words) => {
                let gap = if is_before { a.last..b.first } else { b.last..a.first };
                gap.is_empty() || self.words_apart(gap) <= words as usize
            }
            Reach::Sentence => is_one(self.sentences.get_or_init(|| sentence_starts(&self.text))),
            Reach::Paragraph => is_one(self.paragraphs.get_or_init(|| paragraph_starts(&self.text).collect())),
        };
        is_near && !shares_words(a, b)
    }

    /// Counts how many words further on the word at the second byte is than the word at the first.
    fn words_apart(&self, bytes: Range<usize>) -> usize {
        let starts = self.words.get_or_init(|| word_starts(&self.text));
        let place = |at: usize| starts.partition_point(|start| *start < at);
        place(bytes.end) - place(bytes.start)
    }
}

fn span_of(occurrence: Occurrence) -> Option<Span> {
    let (first, last) = (occurrence.words.first()?.start, occurrence.words.last()?.start);
    Some(Span { first, last, parts: vec![occurrence] })
}

fn shares_words(a: &Span, b: &Span) -> bool {
    if a.last < b.first || b.last < a.first {
        return false;
    }
    let of_a = word_places(a);
    word_places(b).iter().any(|start| of_a.binary_search(start).is_ok())
}

/// Returns where the words of a span start, in order.
fn word_places(span: &Span) -> Vec<usize> {
    let mut starts: Vec<usize> = span.parts.iter().flat_map(|part| part.words.iter().map(|word| word.start)).collect();
    starts.sort_unstable();
    starts
}

/// Returns where words start, and what counts as one.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = text::words(text).map(|(start, _)| start).collect();
    if text.contains(VALUE_BREAK_SIGN) {
        starts.extend(text.match_indices(VALUE_BREAK_SIGN).map(|(at, _)| at));
        starts.sort_unstable();
    }
    starts
}

fn paragraph_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices(PARAGRAPH_BREAK).map(|(at, found)| at + found.len()))
}

fn sentence_starts(text: &str) -> Vec<usize> {
    sentences_of(text).into_iter().map(|sentence| sentence.start).collect()
}
