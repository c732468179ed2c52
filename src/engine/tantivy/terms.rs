//! From words to the terms of the index: the folded word's English stem, and the tokenizer that writes them.
//!
//! The same function makes the terms of queries and of highlights, so that what is found is what is marked.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text;

/// The longest word that becomes a term, in bytes: longer runs are encoded data, and every one would be a term of its own.
const WORD_LEN_BYTES_MAX: usize = 120;

/// How many words a stemmer remembers: the 50,000 or so that make up nearly all of a news archive, with room to spare.
const REMEMBERED_WORDS_MAX: usize = 1 << 17;

/// Makes terms of words, and remembers those it has made: stemming a word costs ten times as much as looking it up.
///
/// The words that come up all the time are kept as they are written in a small table that stays in the processor's cache;
/// behind it stands a map of all folded words.
#[derive(Clone)]
pub struct Terms {
    stemmer: Stemmer,
    folded: String,
    frequent: Vec<Frequent>,
    remembered: HashMap<Box<str>, Box<str>, foldhash::fast::FixedState>,
}

/// The longest word that the table of frequent words takes: nearly all words are shorter.
const FREQUENT_WORD_LEN_BYTES_MAX: usize = 16;

/// The longest term that it takes.
const FREQUENT_TERM_LEN_BYTES_MAX: usize = 15;

/// Places of the table of frequent words, as a power of two: half a megabyte, which stays in the cache of one core.
const FREQUENT_BITS: u32 = 14;

/// A word with its term, each padded with zeros.
#[derive(Clone, Copy, Default)]
struct Frequent {
    word: [u64; FREQUENT_WORD_LEN_BYTES_MAX / 8],
    term: [u8; FREQUENT_TERM_LEN_BYTES_MAX],
    term_len: u8,
}

impl Frequent {
    fn term(&self) -> &str {
        std::str::from_utf8(&self.term[..usize::from(self.term_len)]).unwrap_or_default()
    }
}

impl Default for Terms {
    fn default() -> Self {
        Terms { stemmer: Stemmer::new(Algorithm::English), folded: String::new(), frequent: Vec::new(), remembered: HashMap::default() }
    }
}

impl Terms {
    /// Appends the term of a word to `term`; tells whether the word has one.
    #[inline]
    pub fn append(&mut self, word: &str, term: &mut String) -> bool {
        if word.len() > WORD_LEN_BYTES_MAX {
            return false;
        }
        if self.frequent.is_empty() {
            self.frequent = vec![Frequent::default(); 1 << FREQUENT_BITS];
        }
        let Some(key) = padded(word) else {
            self.append_folded(word, term);
            return true;
        };
        // A word has two places: the younger of two words that share them stands in the first.
        let place = place_of(&key);
        for place in [place, place ^ 1] {
            let known = &self.frequent[place];
            if known.word == key {
                term.push_str(known.term());
                return true;
            }
        }
        let start = term.len();
        self.append_folded(word, term);
        let made = &term.as_bytes()[start..];
        if made.len() <= FREQUENT_TERM_LEN_BYTES_MAX {
            let mut entry = Frequent { word: key, term: [0; FREQUENT_TERM_LEN_BYTES_MAX], term_len: made.len() as u8 };
            entry.term[..made.len()].copy_from_slice(made);
            self.frequent[place ^ 1] = std::mem::replace(&mut self.frequent[place], entry);
        }
        true
    }

    /// Makes the term of a word without remembering anything.
    #[cfg(test)]
    fn default_term(word: &str) -> Option<String> {
        Some(Stemmer::new(Algorithm::English).stem(&text::folded(word)).into_owned())
    }

    fn append_folded(&mut self, word: &str, term: &mut String) {
        self.folded.clear();
        text::fold(word, &mut self.folded);
        if let Some(stem) = self.remembered.get(self.folded.as_str()) {
            term.push_str(stem);
            return;
        }
        let stem = self.stemmer.stem(&self.folded);
        term.push_str(&stem);
        if self.remembered.len() < REMEMBERED_WORDS_MAX {
            self.remembered.insert(self.folded.as_str().into(), stem.as_ref().into());
        }
    }

    /// Returns the term of a word; `None` if the word is too long to have one.
    pub fn term(&mut self, word: &str) -> Option<String> {
        let mut term = String::new();
        self.append(word, &mut term).then_some(term)
    }
}

/// Returns the bytes of a word that is short enough, padded with zeros; no word has a zero byte in it.
#[inline]
fn padded(word: &str) -> Option<[u64; FREQUENT_WORD_LEN_BYTES_MAX / 8]> {
    let mut bytes = [0; FREQUENT_WORD_LEN_BYTES_MAX];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let (chunks, _) = bytes.as_chunks::<8>();
    let mut key = [0; FREQUENT_WORD_LEN_BYTES_MAX / 8];
    for (part, chunk) in key.iter_mut().zip(chunks) {
        *part = u64::from_le_bytes(*chunk);
    }
    Some(key)
}

/// Spreads words over the table (multiplicative hashing).
#[inline]
fn place_of(key: &[u64; FREQUENT_WORD_LEN_BYTES_MAX / 8]) -> usize {
    let mixed = key.iter().fold(0_u64, |mixed, part| (mixed.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mixed >> (64 - FREQUENT_BITS)) as usize
}

/// Cuts texts into terms for the index; equal words get equal terms as [`Terms`] makes them.
#[derive(Clone, Default)]
pub struct TermTokenizer {
    terms: Terms,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { words: text::words(text), terms: &mut self.terms, token: &mut self.token }
    }
}

/// The terms of one text.
pub struct TermStream<'a> {
    words: text::Words<'a>,
    terms: &'a mut Terms,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        for (start, word) in self.words.by_ref() {
            self.token.position = self.token.position.wrapping_add(1);
            self.token.text.clear();
            if self.terms.append(word, &mut self.token.text) {
                self.token.offset_from = start;
                self.token.offset_to = start + word.len();
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, usize)]) {
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        let expected: Vec<(String, usize)> = expected.iter().map(|(term, position)| ((*term).to_owned(), *position)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_become_stems_of_folded_words() {
        check("Dockworkers’ strikes, 11,400 ports", &[("dockwork", 0), ("strike", 1), ("11400", 2), ("port", 3)]);
        check("", &[]);
    }

    #[test]
    fn a_word_too_long_keeps_its_position() {
        check(&format!("a {} b", "x".repeat(200)), &[("a", 0), ("b", 2)]);
    }

    #[test]
    fn remembering_changes_nothing() {
        let mut terms = Terms::default();
        let words: Vec<String> = (0..60_000).map(|number| format!("Strikes{}", number * 7919 % 50_000)).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(terms.term(word), Terms::default_term(word), "{word}");
        }
        assert_eq!(terms.term("Troops"), terms.term("troops"));
        assert_eq!(terms.term("troops").as_deref(), Some("troop"));
    }
}
