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
    pub fn tokens(&self, text: &str, stems: &mut Stems) -> Vec<Token> {
        let mut tokens = Vec::new();
        self.any_token(text, stems, &mut |token| {
            tokens.push(token);
            false
        });
        tokens
    }

    /// Tells whether a word that has the term of a word of the query is what is looked for; no further one is looked at.
    ///
    /// Most words begin with other letters than any word of the query, and an English stem begins as its word does: only where
    /// the right letters follow a byte that is no letter is the text taken apart, from blank to blank.
    pub fn any_token(&self, text: &str, stems: &mut Stems, is_it: &mut dyn FnMut(Token) -> bool) -> bool {
        let bytes = text.as_bytes();
        if !stems.keeps_beginnings() {
            return self.any_in(text, 0..text.len(), stems, is_it);
        }
        let mut at = 0;
        let mut before = b' ';
        while at < bytes.len() {
            if let Some(offset) = self.beginnings.first_in_stride(bytes, at) {
                at += offset;
                before = if at == 0 { b' ' } else { bytes[at - 1] };
                if offset == STRIDE {
                    continue;
                }
            }
            let byte = bytes[at];
            if (!byte.is_ascii() || !before.is_ascii_alphanumeric()) && self.beginnings.admit(byte, bytes.get(at + 1).copied()) {
                let start = bytes[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |blank| blank + 1);
                let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |blank| at + blank);
                if self.any_in(text, start..end, stems, is_it) {
                    return true;
                }
                at = end;
                before = b' ';
            } else {
                before = byte;
                at += 1;
            }
        }
        false
    }

    fn any_in(&self, text: &str, stretch: Range<usize>, stems: &mut Stems, is_it: &mut dyn FnMut(Token) -> bool) -> bool {
        let mut term = String::new();
        text::words(&text[stretch.clone()]).any(|(offset, word)| {
            term.clear();
            let number = if stems.append(word, &mut term) { self.number(&term) } else { None };
            let start = stretch.start + offset;
            number.is_some_and(|term| is_it(Token { start, end: start + word.len(), term }))
        })
    }
}

/// Bytes that are looked at together: what is done to all of them alike, the compiler does to sixteen at a time.
const STRIDE: usize = 32;

/// So many pairs of letters are looked for at once in a stride; of queries with more each byte is looked at.
const LISTED_PAIRS_MAX: usize = 6;

/// The letters that the words of some terms can begin with.
struct Beginnings {
    first: [bool; 256],
    pairs: Box<[u64; 1024]>,
    /// The first two letters of each term in lower case, the second `None` where any will do; nothing where that are too many.
    listed: Option<Vec<(u8, Option<u8>)>>,
}

impl Beginnings {
    /// Lets no word begin.
    fn none() -> Self {
        Beginnings { first: [false; 256], pairs: Box::new([0; 1024]), listed: Some(Vec::new()) }
    }

    /// Collects the first two letters of each term, in either case. The stemmer keeps them, but that it makes `die` of `dying`, and
    /// a comma may part the digits of a number (`1,200`). A word can also begin with any letter above ASCII, since folding may
    /// make one of the wanted letters of it; the first two bytes of `’`, `“`, `–` and the like begin no word.
    fn of(vocabulary: &[String]) -> Self {
        let mut beginnings = Beginnings::none();
        let mut listed = Vec::new();
        for term in vocabulary {
            let mut bytes = term.bytes();
            let first = bytes.next().unwrap_or_default();
            let second = bytes.next();
            listed.push((first.to_ascii_lowercase(), second.filter(u8::is_ascii).map(|second| second.to_ascii_lowercase())));
            if second == Some(b'i') {
                listed.push((first.to_ascii_lowercase(), Some(b'y')));
            }
            if first.is_ascii_digit() {
                listed.push((first, Some(b',')));
            }
            for first in [first.to_ascii_lowercase(), first.to_ascii_uppercase()] {
                beginnings.first[usize::from(first)] = true;
                for next in 0..=255_u8 {
                    let is_same = second.is_none_or(|second| next.eq_ignore_ascii_case(&second) || !second.is_ascii());
                    let is_turned = second == Some(b'i') && next.eq_ignore_ascii_case(&b'y');
                    let is_parted = first.is_ascii_digit() && next == b',';
                    if is_same || is_turned || is_parted || !next.is_ascii() {
                        let pair = usize::from(first) << 8 | usize::from(next);
                        beginnings.pairs[pair / 64] |= 1 << (pair % 64);
                    }
                }
            }
        }
        for byte in 0xc0..=0xff_usize {
            beginnings.first[byte] = true;
            beginnings.pairs[byte * 4..byte * 4 + 4].fill(u64::MAX);
        }
        let quotes = 0xe2_usize << 8 | 0x80;
        beginnings.pairs[quotes / 64] &= !(1 << (quotes % 64));
        listed.sort_unstable();
        listed.dedup();
        beginnings.listed = (listed.len() <= LISTED_PAIRS_MAX).then_some(listed);
        beginnings
    }

    /// Returns how far on in the stride at a place a word may begin, [`STRIDE`] if none does; `None` where each byte has to be
    /// looked at.
    #[inline]
    fn first_in_stride(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let listed = self.listed.as_ref()?;
        let stride = bytes.get(at..)?.first_chunk::<STRIDE>()?;
        let next = bytes.get(at + 1..)?.first_chunk::<STRIDE>()?;
        let mut before = [b' '; STRIDE];
        before[1..].copy_from_slice(&stride[..STRIDE - 1]);
        before[0] = if at == 0 { b' ' } else { bytes[at - 1] };
        let mut begins = [0_u8; STRIDE];
        for ((begins, byte), next) in begins.iter_mut().zip(stride).zip(next) {
            *begins = u8::from(*byte >= 0xc0) & (u8::from(*byte != 0xe2) | u8::from(*next != 0x80));
        }
        for (first, second) in listed {
            let (first_mask, second_mask) = (case_mask(*first), case_mask(second.unwrap_or_default()));
            let (wanted, is_ascii) = (second.unwrap_or_default(), u8::from(first.is_ascii()));
            for place in 0..STRIDE {
                let is_next = u8::from(next[place] | second_mask == wanted) | u8::from(next[place] >= 0x80) | u8::from(second.is_none());
                let lower = before[place] | 0x20;
                let is_inside = u8::from(lower.wrapping_sub(b'a') < 26) | u8::from(before[place].wrapping_sub(b'0') < 10);
                begins[place] |= u8::from(stride[place] | first_mask == *first) & is_next & (1 ^ is_inside & is_ascii);
            }
        }
        let (eights, _) = begins.as_chunks::<8>();
        let first = (0..).zip(eights).map(|(number, eight)| (number, u64::from_le_bytes(*eight))).find(|(_, eight)| *eight != 0);
        Some(first.map_or(STRIDE, |(number, eight)| number * 8 + eight.trailing_zeros() as usize / 8))
    }

    /// Tells whether a word can begin with a byte and the one after it.
    #[inline]
    fn admit(&self, byte: u8, next: Option<u8>) -> bool {
        let pair = usize::from(byte) << 8 | usize::from(next.unwrap_or(0xff));
        self.first[usize::from(byte)] && self.pairs[pair / 64] >> (pair % 64) & 1 == 1
    }
}

/// Returns the bit that makes a lower-case letter of either case of it; none for what has no case.
fn case_mask(letter: u8) -> u8 {
    if letter.is_ascii_lowercase() { 0x20 } else { 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::language::Language;
    use super::super::terms::Terms;
    use super::*;

    fn found(text: &str, words: &[String], is_listed: bool) -> Vec<(usize, usize)> {
        let mut terms = Terms::default();
        let mut vocabulary = Vocabulary::new();
        for word in words {
            if let Some(term) = terms.of(Language::ENGLISH).term(word) {
                vocabulary.add(term);
            }
        }
        vocabulary.finish();
        if !is_listed {
            vocabulary.beginnings.listed = None;
        }
        vocabulary.tokens(text, terms.of(Language::ENGLISH)).iter().map(|token| (token.start, token.term)).collect()
    }

    proptest! {
        #[test]
        fn strides_pass_over_no_word(
            text in "([a-dA-Dé’1 ]{1,6}[ ,.-]{0,2}(dying|Élan|port|PORTS|11,000|1,100,000|o’clock|Ⱥb|x)?){0,40}",
            words in proptest::collection::vec("(die|elan|port|ab|c|11000|1100000|o'clock|b[a-d]|1|é|’a)", 1..4),
        ) {
            prop_assert_eq!(found(&text, &words, true), found(&text, &words, false));
        }
    }

    #[test]
    fn words_are_found_wherever_a_stride_ends() {
        for blanks in 0..70 {
            let text = format!("{}port, (Ports) and more of the same to fill a stride", " ".repeat(blanks));
            assert_eq!(found(&text, &["port".to_owned()], true), [(blanks, 0), (blanks + 7, 0)]);
        }
    }
}
