//! Words of a text: where they are, and the form in which two of them count as the same.
//!
//! A *word* is a word of Unicode segmentation (UAX #29) with at least one letter or digit. Its *folded* form is lower case,
//! without diacritics, without a possessive ending, with `'` for every apostrophe and without separators between groups of
//! digits, so that `Zürich’s` folds to `zurich` and `11,000` to `11000`. This file is the door to the segmentation library.

use twox_hash::XxHash3_64;
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
            match self.stretch() {
                Stretch::End => return None,
                Stretch::Word(start, end) => return Some((start, &self.text[start..end])),
                Stretch::Nothing => {}
                Stretch::Unclear(start, end) => {
                    self.chunk = Chunk::Segmented { start, words: self.text[start..end].unicode_word_indices() }
                }
            }
        }
    }
}

/// What stands between two blanks.
enum Stretch {
    /// Nothing any more.
    End,
    /// Marks only.
    Nothing,
    /// One word of ASCII letters and digits, with marks around it or not.
    Word(usize, usize),
    /// What takes the tables of Unicode.
    Unclear(usize, usize),
}

impl Words<'_> {
    /// Goes to the end of the next stretch.
    #[inline]
    fn stretch(&mut self) -> Stretch {
        let bytes = self.text.as_bytes();
        let class = |at: usize| bytes.get(at).map_or(Class::Blank, |byte| CLASSES[usize::from(*byte)]);
        let mut at = self.at;
        while at < bytes.len() && class(at) == Class::Blank {
            at += 1;
        }
        if at == bytes.len() {
            self.at = at;
            return Stretch::End;
        }
        let start = at;
        while class(at) == Class::Mark {
            at += 1;
        }
        let from = at;
        while class(at) == Class::Plain {
            at += 1;
        }
        let to = at;
        while class(at) == Class::Mark {
            at += 1;
        }
        let is_clear = class(at) == Class::Blank;
        while class(at) != Class::Blank {
            at += 1;
        }
        self.at = at;
        match (is_clear, from == to) {
            (false, _) => Stretch::Unclear(start, at),
            (true, true) => Stretch::Nothing,
            (true, false) => Stretch::Word(from, to),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Plain,
    Mark,
    Other,
}

/// The class of each byte. A low line joins words, and a byte above ASCII can be anything.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b' ' | 0x09..=0x0d => Class::Blank,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Plain,
            b'_' => Class::Other,
            mark if mark.is_ascii_punctuation() => Class::Mark,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

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

/// Hashes a name so that two spellings of it that fold alike count as one.
pub fn hash_of_words(name: &str) -> u64 {
    let mut folded = String::with_capacity(name.len());
    for (_, word) in words(name) {
        fold(word, &mut folded);
        folded.push(' ');
    }
    hash_of_bytes(&folded)
}

/// Hashes a text letter by letter; the same on every machine and for good, so that it can be stored.
pub fn hash_of_bytes(text: &str) -> u64 {
    hash_of(text.as_bytes())
}

/// Hashes bytes as [`hash_of_bytes`] hashes those of a text.
pub fn hash_of(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}

/// Returns the folded form of a word.
pub fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    folded
}

fn fold_marked(word: &str, folded: &mut String) {
    let from = folded.len();
    let is_number = has_groups_of_three(word);
    if word.is_ascii() {
        let kept = word.bytes().filter(|byte| !(is_number && *byte == b',')).map(|byte| char::from(byte.to_ascii_lowercase()));
        folded.extend(kept);
    } else {
        let unified = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
        let base = unified.nfkd().filter(|c| !is_combining_mark(*c) || is_vowel_sign(*c));
        for c in base {
            match c {
                // A narrow blank parts groups of digits, and in French a word from its mark; segmentation keeps it in the word.
                ' ' => {}
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

/// Tells a number whose commas part groups of three digits (`11,400`) from one with a decimal comma (`3,5`).
fn has_groups_of_three(word: &str) -> bool {
    let mut groups = word.split(',');
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.split('.').next().is_some_and(|group| group.len() == 3 && is_digits(group)))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{ff07}')
}

/// Tells the marks that carry a word's vowels (Indic, Thai, Lao, Tibetan, Burmese and Khmer scripts) from diacritics of European scripts.
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
            ("1,200,000.5", "1200000.5"),
            ("3,5", "3,5"),
            ("3.5", "3.5"),
            ("U.S", "u.s"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("КИЇВ", "киів"),
            ("11\u{202f}000", "11000"),
            ("mot\u{202f}", "mot"),
            ("’s", "'s"),
        ] {
            assert_eq!(folded(word), expected, "{word}");
        }
    }

    #[test]
    fn spellings_of_a_name_count_as_one() {
        assert_eq!(hash_of_words("The Harbour Post"), hash_of_words("the  harbour post"));
        assert_ne!(hash_of_words("The Harbour Post"), hash_of_words("Harbour Post"));
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
