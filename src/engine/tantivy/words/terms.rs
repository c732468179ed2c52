//! From words to the terms of the index: the folded word's stem in the language of its text, and the tokenizer that writes them.
//!
//! The same function makes the terms of queries and of highlights, so that what is found is what is marked. A query does not say
//! in which language it is: a word of it stands for its stems in all languages of the index.

use std::collections::HashMap;

use frostem::Stemmer;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::language::Language;
use crate::text;

/// The longest word that becomes a term, in bytes: longer runs are encoded data, and every one would be a term of its own.
const WORD_LEN_BYTES_MAX: usize = 120;

/// How many words a stemmer remembers: the 50,000 or so that make up nearly all of a news archive, with room to spare.
const REMEMBERED_WORDS_MAX: usize = 1 << 17;

/// Makes terms of words in all languages.
#[derive(Clone, Default)]
pub struct Terms {
    made: Vec<Stems>,
}

impl Terms {
    /// Returns what makes the terms of words in texts of a language.
    #[inline]
    pub fn of(&mut self, language: Language) -> &mut Stems {
        let place = self.made.iter().position(|stems| stems.language == language).unwrap_or_else(|| {
            self.made.push(Stems::new(language));
            self.made.len() - 1
        });
        &mut self.made[place]
    }

    /// Returns the terms that a word has in texts of some languages.
    pub fn in_all(&mut self, word: &str, languages: &[Language]) -> Vec<String> {
        languages.iter().filter_map(|language| self.of(*language).term(word)).collect()
    }
}

/// Makes terms of words in one language, and remembers those it has made: stemming a word costs ten times as much as looking it up.
///
/// The words that come up all the time are kept as they are written in a small table that stays in the processor's cache;
/// behind it stands a map of all folded words.
#[derive(Clone)]
pub struct Stems {
    language: Language,
    stemmer: Stemmer,
    folded: String,
    frequent: Vec<Frequent>,
    /// How many words were not found among the frequent ones.
    missed: usize,
    remembered: HashMap<Box<str>, Box<str>, foldhash::fast::FixedState>,
}

/// The longest word that the table of frequent words takes: nearly all words are shorter.
const FREQUENT_WORD_LEN_BYTES_MAX: usize = 16;

/// The longest term that it takes.
const FREQUENT_TERM_LEN_BYTES_MAX: usize = 15;

/// Places of the table of frequent words. Of the words of 33,249 news articles 89.3 % are found among 2^14, 95.6 among 2^16 and
/// 97.5 among 2^18. What comes up all the time stays in the cache of a core whatever the size.
const FREQUENT_PLACES: usize = 1 << 16;

/// Its places at first: a query and the ten articles that are shown for it have a few hundred words, and to get a large table
/// from the system takes as long as to answer.
const FREQUENT_PLACES_AT_FIRST: usize = 1 << 10;

/// After so many words that were not found in it the table gets its full size.
const MISSED_UNTIL_LARGE: usize = 1 << 12;

/// A word with its term, each padded with zeros; the last byte is the length of the term.
///
/// Made of numbers alone, so that a table of zeros takes no time and no memory before it is written to.
type Frequent = [u64; (FREQUENT_WORD_LEN_BYTES_MAX + FREQUENT_TERM_LEN_BYTES_MAX + 1) / 8];

/// A word as it stands in the table.
type FrequentWord = [u64; FREQUENT_WORD_LEN_BYTES_MAX / 8];

/// Returns an entry of the table; `None` of a term that is too long for it.
fn frequent(word: FrequentWord, term: &str) -> Option<Frequent> {
    let mut bytes = [0; FREQUENT_TERM_LEN_BYTES_MAX + 1];
    bytes[..FREQUENT_TERM_LEN_BYTES_MAX].get_mut(..term.len())?.copy_from_slice(term.as_bytes());
    bytes[FREQUENT_TERM_LEN_BYTES_MAX] = u8::try_from(term.len()).ok()?;
    let [low, high] = numbers(&bytes);
    Some([word[0], word[1], low, high])
}

/// Appends the term of an entry of the table.
#[inline]
fn append_frequent(entry: &Frequent, term: &mut String) {
    let (mut bytes, [_, _, low, high]) = ([0; FREQUENT_TERM_LEN_BYTES_MAX + 1], entry);
    bytes[..8].copy_from_slice(&low.to_le_bytes());
    bytes[8..].copy_from_slice(&high.to_le_bytes());
    let len = usize::from(bytes[FREQUENT_TERM_LEN_BYTES_MAX]);
    term.push_str(std::str::from_utf8(&bytes[..len]).unwrap_or_default());
}

impl Stems {
    fn new(language: Language) -> Self {
        Stems {
            language,
            stemmer: language.stemmer(),
            folded: String::new(),
            frequent: Vec::new(),
            missed: 0,
            remembered: HashMap::default(),
        }
    }

    /// Tells whether terms begin with the two first letters of their words, but for a `y` that becomes an `i`.
    pub fn keeps_beginnings(&self) -> bool {
        self.language.is_english()
    }

    /// Appends the term of a word to `term`; tells whether the word has one.
    #[inline]
    pub fn append(&mut self, word: &str, term: &mut String) -> bool {
        if word.len() > WORD_LEN_BYTES_MAX {
            return false;
        }
        let Some(key) = padded(word) else {
            self.append_folded(word, term);
            return true;
        };
        if self.frequent.is_empty() {
            self.frequent = vec![[0; _]; FREQUENT_PLACES_AT_FIRST];
        }
        // A word has two places: the younger of two words that share them stands in the first.
        let place = place_of(&key, self.frequent.len());
        for place in [place, place ^ 1] {
            let known = &self.frequent[place];
            if known[..2] == key {
                append_frequent(known, term);
                return true;
            }
        }
        self.missed += 1;
        if self.missed == MISSED_UNTIL_LARGE {
            self.frequent = vec![[0; _]; FREQUENT_PLACES];
        }
        let place = place_of(&key, self.frequent.len());
        let start = term.len();
        self.append_folded(word, term);
        if let Some(entry) = frequent(key, &term[start..]) {
            self.frequent[place ^ 1] = std::mem::replace(&mut self.frequent[place], entry);
        }
        true
    }

    fn append_folded(&mut self, word: &str, term: &mut String) {
        self.folded.clear();
        match self.language.is_english() {
            true => text::fold(word, &mut self.folded),
            // Other languages tell endings apart by letters that folding makes alike.
            false => text::lower(word, &mut self.folded),
        }
        if let Some(stem) = self.remembered.get(self.folded.as_str()) {
            term.push_str(stem);
            return;
        }
        let stem = self.stemmer.stem(&self.folded);
        let start = term.len();
        match self.language.is_english() {
            true => term.push_str(&stem),
            false => {
                text::fold(&stem, term);
                term.extend(self.language.tag());
            }
        }
        if self.remembered.len() < REMEMBERED_WORDS_MAX {
            self.remembered.insert(self.folded.as_str().into(), term[start..].into());
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
fn padded(word: &str) -> Option<FrequentWord> {
    let mut bytes = [0; FREQUENT_WORD_LEN_BYTES_MAX];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(numbers(&bytes))
}

#[inline]
fn numbers(bytes: &[u8; 16]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*bytes);
    [whole as u64, (whole >> 64) as u64]
}

/// Spreads words over a table of so many places, a power of two (multiplicative hashing).
#[inline]
fn place_of(key: &FrequentWord, places: usize) -> usize {
    let mixed = key.iter().fold(0_u64, |mixed, part| (mixed.rotate_left(23) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (mixed >> 32) as usize & (places - 1)
}

/// Cuts texts into terms for the index, as [`Terms`] makes them; a text may begin with the mark of its language.
#[derive(Clone, Default)]
pub struct TermTokenizer {
    terms: Terms,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        let (language, unmarked) = Language::read(text);
        let mark_len_bytes = text.len() - unmarked.len();
        TermStream { words: text::words(unmarked), mark_len_bytes, stems: self.terms.of(language), token: &mut self.token }
    }
}

/// Returns how many positions a text takes in a field before the next one: a word has one, and one is left free behind the last
/// word that becomes a term.
pub fn positions_of(text: &str) -> usize {
    let has_term = |(number, (_, word)): (usize, (usize, &str))| (word.len() <= WORD_LEN_BYTES_MAX).then_some(number + 1);
    text::words(text).enumerate().filter_map(has_term).last().unwrap_or_default() + 1
}

/// The terms of one text.
pub struct TermStream<'a> {
    words: text::Words<'a>,
    mark_len_bytes: usize,
    stems: &'a mut Stems,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        for (start, word) in self.words.by_ref() {
            self.token.position = self.token.position.wrapping_add(1);
            self.token.text.clear();
            if self.stems.append(word, &mut self.token.text) {
                self.token.offset_from = self.mark_len_bytes + start;
                self.token.offset_to = self.token.offset_from + word.len();
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
        let mut stems = Stems::new(Language::ENGLISH);
        let stemmer = Language::ENGLISH.stemmer();
        let words: Vec<String> = (0..60_000).map(|number| format!("Strikes{}", number * 7919 % 50_000)).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(stems.term(word).unwrap(), stemmer.stem(&text::folded(word)), "{word}");
        }
        assert_eq!(stems.term("Troops"), stems.term("troops"));
        assert_eq!(stems.term("troops").as_deref(), Some("troop"));
    }

    #[test]
    fn each_language_has_its_own_stems() {
        for (code, forms) in [
            ("de", ["Häuser", "haus", "HAUSES"].as_slice()),
            ("fr", &["l’économie", "L'ÉCONOMIE", "économie", "economie"]),
            ("ru", &["украинский", "Украинские"]),
            ("es", &["huelga", "Huelgas"]),
            ("pl", &["strajki", "strajku"]),
            ("fi", &["metsässä", "metsassa", "metsä"]),
        ] {
            let mut terms = Terms::default();
            let stems = terms.of(Language::of_code(code));
            let made: Vec<_> = forms.iter().filter_map(|form| stems.term(form)).collect();
            assert_eq!(made, vec![made[0].clone(); forms.len()], "{code}");
        }
    }

    #[test]
    fn a_marked_text_is_stemmed_in_its_language() {
        check(&Language::of_code("de").mark("Die Häuser"), &[("die\u{e004}", 0), ("haus\u{e004}", 1)]);
        check("Die Häuser", &[("die", 0), ("hauser", 1)]);
    }

    #[test]
    fn a_word_of_a_query_stands_for_its_stems_in_all_languages() {
        let languages = [Language::ENGLISH, Language::of_code("de"), Language::of_code("fr")];
        assert_eq!(Terms::default().in_all("Häuser", &languages), ["hauser", "haus\u{e004}", "haus\u{e00b}"]);
    }
}
