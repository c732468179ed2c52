//! The words of a text that have a term of the query: a text goes in, places with the numbers of terms come out.

use std::collections::HashMap;
use std::ops::Range;

use super::terms::Stems;
use crate::text;

/// A word of a text that has the term of a word of the query.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The number of its term in the vocabulary.
    pub term: usize,
}

/// So few terms are found faster by looking at each than by a table.
const LISTED_TERMS_MAX: usize = 16;

/// The terms of a query, each with a number.
pub struct Vocabulary {
    terms: Vec<String>,
    numbers: HashMap<String, usize, foldhash::fast::FixedState>,
    beginnings: Beginnings,
}

impl Vocabulary {
    /// Makes a vocabulary without terms; see [`Vocabulary::finish`].
    pub fn new() -> Self {
        Vocabulary { terms: Vec::new(), numbers: HashMap::default(), beginnings: Beginnings::none() }
    }

    /// Returns the number of a term, which is added if it is new.
    pub fn add(&mut self, term: String) -> usize {
        if let Some(number) = self.number(&term) {
            return number;
        }
        if self.terms.len() == LISTED_TERMS_MAX {
            self.numbers = self.terms.iter().cloned().zip(0..).collect();
        }
        if self.terms.len() >= LISTED_TERMS_MAX {
            self.numbers.insert(term.clone(), self.terms.len());
        }
        self.terms.push(term);
        self.terms.len() - 1
    }

    /// Makes the vocabulary ready for finding words.
    pub fn finish(&mut self) {
        self.beginnings = Beginnings::of(&self.terms);
    }

    /// Returns how many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Returns the term of a number.
    pub fn term(&self, number: usize) -> &str {
        &self.terms[number]
    }

    fn number(&self, term: &str) -> Option<usize> {
        if self.terms.len() <= LISTED_TERMS_MAX {
            return self.terms.iter().position(|known| known == term);
        }
        self.numbers.get(term).copied()
    }

    /// Finds the words that have the term of a word of the query.
    ///
    /// Most words begin with other letters than any word of the query, and an English stem begins as its word does: only where the right
    /// letters follow a byte that is no letter is the text taken apart, from blank to blank.
    pub fn tokens(&self, text: &str, stems: &mut Stems) -> Vec<Token> {
        let bytes = text.as_bytes();
        let mut tokens = Vec::new();
        if !stems.keeps_beginnings() {
            self.take_tokens(text, 0..text.len(), stems, &mut tokens);
            return tokens;
        }
        let mut at = 0;
        let mut before = b' ';
        while at < bytes.len() {
            let byte = bytes[at];
            if (!byte.is_ascii() || !before.is_ascii_alphanumeric()) && self.beginnings.admit(byte, bytes.get(at + 1).copied()) {
                let start = bytes[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |blank| blank + 1);
                let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |blank| at + blank);
                self.take_tokens(text, start..end, stems, &mut tokens);
                at = end;
                before = b' ';
            } else {
                before = byte;
                at += 1;
            }
        }
        tokens
    }

    fn take_tokens(&self, text: &str, stretch: Range<usize>, stems: &mut Stems, tokens: &mut Vec<Token>) {
        let mut term = String::new();
        for (offset, word) in text::words(&text[stretch.clone()]) {
            term.clear();
            if !stems.append(word, &mut term) {
                continue;
            }
            if let Some(number) = self.number(&term) {
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
    /// Lets no word begin.
    fn none() -> Self {
        Beginnings { first: [false; 256], pairs: Box::new([0; 1024]) }
    }

    /// Collects the first two letters of each term, in either case. The stemmer keeps them, but that it makes `die` of `dying`.
    /// A word can also begin with any letter above ASCII, since folding may make one of the wanted letters of it; the first byte
    /// of `’`, `“`, `–` and the like begins no word.
    fn of(vocabulary: &[String]) -> Self {
        let mut beginnings = Beginnings::none();
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
