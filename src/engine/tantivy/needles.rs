//! The words and phrases of a query as they are found again in a text: for highlights, for choosing passages, and for what
//! the index cannot tell by itself, whether a word stands in just the form that was asked for.

use std::ops::Range;

use super::terms::Terms;
use crate::query::{Field, Form, Query, Word};
use crate::text;

/// The words and phrases of a query.
pub struct Needles {
    needles: Vec<Needle>,
    tree: Node,
    vocabulary: Vec<String>,
    beginnings: Beginnings,
    /// Tells whether some word must be in just the form that was typed, which the index does not know.
    pub needs_check: bool,
}

/// One word or phrase.
struct Needle {
    words: Vec<NeedleWord>,
    field: Option<Field>,
    is_negative: bool,
}

struct NeedleWord {
    term: usize,
    exact: Option<String>,
}

enum Node {
    Needle(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// A word of a text that has the term of a word of the query.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    term: usize,
}

/// A place where a needle occurs in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The number of the needle, in the order of the query.
    pub needle: usize,
    /// The words it covers, as bytes of the text.
    pub words: Vec<Range<usize>>,
}

impl Needles {
    /// Takes the words and phrases out of a query.
    pub fn new(query: &Query, terms: &mut Terms) -> Self {
        let mut needles = Needles {
            needles: Vec::new(),
            tree: Node::And(Vec::new()),
            vocabulary: Vec::new(),
            beginnings: Beginnings::of(&[]),
            needs_check: false,
        };
        needles.tree = needles.take(query, None, Sign::Positive, terms);
        needles.beginnings = Beginnings::of(&needles.vocabulary);
        needles
    }

    /// Returns the terms of each needle that is looked for, `None` for one that must not occur, in the order of the query.
    pub fn terms(&self) -> impl Iterator<Item = Option<Vec<&str>>> {
        self.needles
            .iter()
            .map(|needle| (!needle.is_negative).then(|| needle.words.iter().map(|word| self.vocabulary[word.term].as_str()).collect()))
    }

    fn take(&mut self, query: &Query, field: Option<Field>, sign: Sign, terms: &mut Terms) -> Node {
        match query {
            Query::Word(word) => self.take_words(std::slice::from_ref(word), field, sign, terms),
            Query::Phrase(words) => self.take_words(words, field, sign, terms),
            Query::And(parts) => Node::And(parts.iter().map(|part| self.take(part, field, sign, terms)).collect()),
            Query::Or(parts) => Node::Or(parts.iter().map(|part| self.take(part, field, sign, terms)).collect()),
            Query::Not(part) => Node::Not(Box::new(self.take(part, field, sign.turned(), terms))),
            Query::Within { field, query } => self.take(query, Some(*field), sign, terms),
        }
    }

    fn take_words(&mut self, words: &[Word], field: Option<Field>, sign: Sign, terms: &mut Terms) -> Node {
        let words = words.iter().map(|word| {
            let term = terms.term(&word.text).unwrap_or_default();
            let known = self.vocabulary.iter().position(|known| *known == term);
            let number = known.unwrap_or_else(|| {
                self.vocabulary.push(term);
                self.vocabulary.len() - 1
            });
            let exact = (word.match_form == Form::Exact).then(|| text::folded(&word.text));
            self.needs_check |= exact.is_some();
            NeedleWord { term: number, exact }
        });
        let words = words.collect();
        self.needles.push(Needle { words, field, is_negative: sign == Sign::Negative });
        Node::Needle(self.needles.len() - 1)
    }

    /// Tells whether an article matches the query, word by word as typed.
    pub fn match_article(&self, headline: &str, body: &str, source: &str, terms: &mut Terms) -> bool {
        let headline_tokens = self.tokens(headline, terms);
        let body_tokens = self.tokens(body, terms);
        let source_tokens = self.tokens(source, terms);
        let occurs = |needle: &Needle| match needle.field {
            Some(Field::Headline) => occurs_in(needle, &headline_tokens, headline),
            Some(Field::Source) => occurs_in(needle, &source_tokens, source),
            None => occurs_in(needle, &headline_tokens, headline) || occurs_in(needle, &body_tokens, body),
        };
        self.holds(&self.tree, &occurs)
    }

    fn holds(&self, node: &Node, occurs: &dyn Fn(&Needle) -> bool) -> bool {
        match node {
            Node::Needle(number) => occurs(&self.needles[*number]),
            Node::And(parts) => parts.iter().all(|part| self.holds(part, occurs)),
            Node::Or(parts) => parts.iter().any(|part| self.holds(part, occurs)),
            Node::Not(part) => !self.holds(part, occurs),
        }
    }

    /// Finds the needles in the text of a body, in the order of their places; those that must not occur are left out.
    pub fn occurrences(&self, body: &str, terms: &mut Terms) -> Vec<Occurrence> {
        self.find(body, terms, |needle| needle.field.is_none())
    }

    /// Finds the needles in a headline, in the order of their places; those that must not occur are left out.
    pub fn headline_occurrences(&self, headline: &str, terms: &mut Terms) -> Vec<Occurrence> {
        self.find(headline, terms, |needle| needle.field != Some(Field::Source))
    }

    fn find(&self, text: &str, terms: &mut Terms, wanted: impl Fn(&Needle) -> bool) -> Vec<Occurrence> {
        let tokens = self.tokens(text, terms);
        let mut found = Vec::new();
        for (number, needle) in self.needles.iter().enumerate().filter(|(_, needle)| !needle.is_negative && wanted(needle)) {
            for at in 0..tokens.len() {
                if let Some(run) = run_at(needle, &tokens[at..], text) {
                    let words = run.iter().map(|token| token.start..token.end).collect();
                    found.push(Occurrence { needle: number, words });
                }
            }
        }
        found.sort_by_key(|occurrence| occurrence.words[0].start);
        found
    }

    /// Finds the words that have the term of a word of the query.
    ///
    /// Most words begin with other letters than any word of the query, and a stem begins as its word does: only where the right
    /// letters follow a byte that is no letter is the text taken apart, from blank to blank.
    fn tokens(&self, text: &str, terms: &mut Terms) -> Vec<Token> {
        let bytes = text.as_bytes();
        let mut tokens = Vec::new();
        let mut at = 0;
        let mut before = b' ';
        while at < bytes.len() {
            let byte = bytes[at];
            if (!byte.is_ascii() || !before.is_ascii_alphanumeric()) && self.beginnings.admit(byte, bytes.get(at + 1).copied()) {
                let start = bytes[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |blank| blank + 1);
                let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |blank| at + blank);
                self.take_tokens(text, start..end, terms, &mut tokens);
                at = end;
                before = b' ';
            } else {
                before = byte;
                at += 1;
            }
        }
        tokens
    }

    fn take_tokens(&self, text: &str, stretch: Range<usize>, terms: &mut Terms, tokens: &mut Vec<Token>) {
        let mut term = String::new();
        for (offset, word) in text::words(&text[stretch.clone()]) {
            term.clear();
            if !terms.append(word, &mut term) {
                continue;
            }
            if let Some(number) = self.vocabulary.iter().position(|known| *known == term) {
                let start = stretch.start + offset;
                tokens.push(Token { start, end: start + word.len(), term: number });
            }
        }
    }
}

/// The letters that the words of some terms can begin with.
struct Beginnings {
    first: [bool; 256],
    pairs: Box<[u64; 1024]>,
}

impl Beginnings {
    /// Collects the first two letters of each term, in either case. The stemmer keeps them, but that it makes `die` of `dying`.
    /// A word can also begin with any letter above ASCII, since folding may make one of the wanted letters of it; the first byte
    /// of `’`, `“`, `–` and the like begins no word.
    fn of(vocabulary: &[String]) -> Self {
        let mut beginnings = Beginnings { first: [false; 256], pairs: Box::new([0; 1024]) };
        for term in vocabulary {
            let mut bytes = term.bytes();
            let first = bytes.next().unwrap_or_default();
            let second = bytes.next();
            for first in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
                beginnings.first[usize::from(first)] = true;
                for next in 0..=255_u8 {
                    let is_same = second.is_none_or(|second| next.eq_ignore_ascii_case(&second) || !second.is_ascii());
                    let is_turned = second == Some(b'i') && next.eq_ignore_ascii_case(&b'y');
                    if is_same || is_turned || !next.is_ascii() {
                        let pair = usize::from(first) << 8 | usize::from(next);
                        beginnings.pairs[pair / 64] |= 1 << (pair % 64);
                    }
                }
            }
        }
        for byte in (0xc0..=0xff_usize).filter(|byte| *byte != 0xe2) {
            beginnings.first[byte] = true;
            beginnings.pairs[byte * 4..byte * 4 + 4].fill(u64::MAX);
        }
        beginnings
    }

    #[inline]
    fn admit(&self, byte: u8, next: Option<u8>) -> bool {
        let pair = usize::from(byte) << 8 | usize::from(next.unwrap_or(0xff));
        self.first[usize::from(byte)] && self.pairs[pair / 64] >> (pair % 64) & 1 == 1
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Positive,
    Negative,
}

impl Sign {
    fn turned(self) -> Self {
        match self {
            Sign::Positive => Sign::Negative,
            Sign::Negative => Sign::Positive,
        }
    }
}

fn occurs_in(needle: &Needle, tokens: &[Token], text: &str) -> bool {
    (0..tokens.len()).any(|at| run_at(needle, &tokens[at..], text).is_some())
}

/// Returns the run of tokens at the start of `tokens` that are the needle's words, one after the other.
fn run_at<'t>(needle: &Needle, tokens: &'t [Token], text: &str) -> Option<&'t [Token]> {
    let run = tokens.get(..needle.words.len())?;
    let fits = run.iter().zip(&needle.words).all(|(token, word)| {
        token.term == word.term && word.exact.as_ref().is_none_or(|exact| text::folded(&text[token.start..token.end]) == *exact)
    });
    let is_unbroken = run.windows(2).all(|pair| text::words(&text[pair[0].end..pair[1].start]).next().is_none());
    (fits && is_unbroken).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn check(query: &str, body: &str, expected: &[&str]) {
        let mut terms = Terms::default();
        let needles = Needles::new(&query::parse(query).unwrap(), &mut terms);
        let found: Vec<&str> =
            needles.occurrences(body, &mut terms).into_iter().flat_map(|occurrence| occurrence.words).map(|range| &body[range]).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn needles_are_found_in_their_forms() {
        let body = "Striking dockers said the port strike, the third strike, hits ports.";
        check("strike", body, &["Striking", "strike", "strike"]);
        check("=strike", body, &["strike", "strike"]);
        check("\"port strike\"", body, &["port", "strike"]);
        check("\"=port strike\" third", body, &["port", "strike", "third"]);
        check("strike -ports", body, &["Striking", "strike", "strike"]);
        check("headline:strike dockers", body, &["dockers"]);
        check("die", "Dying wells die, and the lying dies.", &["Dying", "die", "dies"]);
        check("elan state", "An Élan, (élan) and state-run e-state; “State’s”", &["Élan", "élan", "state", "state", "State’s"]);
    }

    #[test]
    fn words_in_the_form_typed_decide() {
        let mut terms = Terms::default();
        let mut holds = |query: &str, headline: &str, body: &str| {
            Needles::new(&query::parse(query).unwrap(), &mut terms).match_article(headline, body, "Harbour Post", &mut Terms::default())
        };
        assert!(holds("=ports", "Ports close", ""));
        assert!(!holds("=port", "Ports close", ""));
        assert!(holds("ports -=port", "Ports close", "the ports"));
        assert!(!holds("ports -=port", "Ports close", "the port"));
        assert!(holds("source:=harbour ports", "Ports", ""));
    }
}
