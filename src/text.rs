//! Words of a text: where they are, and the form in which two of them count as the same.
//!
//! A *word* is a word of Unicode segmentation (UAX #29) with at least one letter or digit. Its *folded* form is lower case,
//! without diacritics, without a possessive ending, with `'` for every apostrophe and without separators between groups of
//! digits, so that `Zürich’s` folds to `zurich` and `11,000` to `11000`. This file is the door to the segmentation library.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Returns the words of a text with the byte where each starts, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, chunk: Chunk::Done }
}

/// The words of a text; see [`words`].
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    chunk: Chunk<'t>,
}

/// A stretch of text between blanks. Blanks always part words, so each stretch can be taken by itself, and the usual one,
/// letters and digits of ASCII with marks around them, needs no tables.
enum Chunk<'t> {
    Done,
    Segmented { start: usize, words: unicode_segmentation::UnicodeWordIndices<'t> },
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<(usize, &'t str)> {
        loop {
            if let Chunk::Segmented { start, words } = &mut self.chunk {
                if let Some((offset, word)) = words.next() {
                    return Some((*start + offset, word));
                }
                self.chunk = Chunk::Done;
            }
            let bytes = self.text.as_bytes();
            while self.at < bytes.len() && is_blank(bytes[self.at]) {
                self.at += 1;
            }
            if self.at == bytes.len() {
                return None;
            }
            let start = self.at;
            while self.at < bytes.len() && !is_blank(bytes[self.at]) {
                self.at += 1;
            }
            let stretch = &self.text[start..self.at];
            match plain_word(stretch.as_bytes()) {
                Plain::Word(from, to) => return Some((start + from, &stretch[from..to])),
                Plain::Nothing => {}
                Plain::Unclear => self.chunk = Chunk::Segmented { start, words: stretch.unicode_word_indices() },
            }
        }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

enum Plain {
    Word(usize, usize),
    Nothing,
    Unclear,
}

/// Finds the word in a stretch that is marks, then ASCII letters and digits, then marks; any other stretch is unclear.
#[inline]
fn plain_word(stretch: &[u8]) -> Plain {
    let is_mark = |byte: &u8| byte.is_ascii_punctuation() && *byte != b'_';
    let from = stretch.iter().take_while(|byte| is_mark(byte)).count();
    let to = from + stretch[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !stretch[to..].iter().all(|byte| is_mark(byte)) {
        Plain::Unclear
    } else if from == to {
        Plain::Nothing
    } else {
        Plain::Word(from, to)
    }
}

/// Appends the folded form of a word to `folded`.
#[inline]
pub fn fold(word: &str, folded: &mut String) {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let from = folded.len();
        folded.push_str(word);
        folded[from..].make_ascii_lowercase();
    } else {
        fold_marked(word, folded);
    }
}

/// Returns the folded form of a word.
pub fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    folded
}

fn fold_marked(word: &str, folded: &mut String) {
    let from = folded.len();
    let is_number = word.starts_with(|c: char| c.is_numeric()) && word.ends_with(|c: char| c.is_numeric());
    if word.is_ascii() {
        let kept = word.bytes().filter(|byte| !(is_number && *byte == b',')).map(|byte| char::from(byte.to_ascii_lowercase()));
        folded.extend(kept);
    } else {
        let unified = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
        let base = unified.nfkd().filter(|c| !is_combining_mark(*c) || is_vowel_sign(*c));
        for c in base {
            match c {
                'ß' => folded.push_str("ss"),
                'ø' | 'Ø' => folded.push('o'),
                'ł' | 'Ł' => folded.push('l'),
                'đ' | 'Đ' => folded.push('d'),
                'ı' => folded.push('i'),
                _ => folded.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c) || is_vowel_sign(*c))),
            }
        }
    }
    if folded.len() > from + 2 && folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}')
}

/// Tells the marks that carry a word's vowels (Indic, Thai, Hebrew and Arabic scripts) from diacritics of European scripts.
fn is_vowel_sign(c: char) -> bool {
    matches!(u32::from(c), 0x0900..=0x0dff | 0x0e00..=0x0fff | 0x1000..=0x109f | 0x1780..=0x17ff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).map(|(_, word)| word).collect();
        assert_eq!(found, expected, "{text}");
        let whole: Vec<(usize, &str)> = text.unicode_word_indices().collect();
        assert_eq!(words(text).collect::<Vec<_>>(), whole, "{text}: as the whole text segments");
    }

    #[test]
    fn words_are_those_of_unicode() {
        check("The U.S. said: \"11,000 troops\"", &["The", "U.S", "said", "11,000", "troops"]);
        check("Russia’s state-run TV (RT)", &["Russia’s", "state", "run", "TV", "RT"]);
        check("snake_case a_b 3.5% e-mail@x.org —", &["snake_case", "a_b", "3.5", "e", "mail", "x.org"]);
        check("Київ і Zürich", &["Київ", "і", "Zürich"]);
        check("", &[]);
        check(" \t\n...", &[]);
    }

    #[test]
    fn folding_unites_spellings() {
        for (word, expected) in [
            ("Troops", "troops"),
            ("Zürich’s", "zurich"),
            ("Russia's", "russia"),
            ("11,000", "11000"),
            ("3.5", "3.5"),
            ("U.S", "u.s"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("КИЇВ", "киів"),
            ("’s", "'s"),
        ] {
            assert_eq!(folded(word), expected, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn stretches_segment_like_the_whole(text in "[a-zA-Z0-9 .,:;'\"_’é\\-\n()]{0,60}") {
            let whole: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            proptest::prop_assert_eq!(words(&text).collect::<Vec<_>>(), whole);
        }

        #[test]
        fn folding_twice_changes_nothing(word in "\\w{1,12}") {
            let once = folded(&word);
            proptest::prop_assert_eq!(folded(&once), once);
        }
    }
}
