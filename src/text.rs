//! Words of a text: where they are, and the form in which two of them count as the same.
//!
//! A *word* is a word of Unicode segmentation (UAX #29) with at least one letter or digit, without apostrophes before it. Its
//! *folded* form is lower case, without diacritics, without a possessive ending, with `'` for every apostrophe and without
//! separators between groups of digits, so that `Zürich’s` folds to `zurich` and `11,000` to `11000`. This file is the door to
//! the segmentation library.

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

/// A stretch of text between blanks. Blanks always part words, so each stretch can be taken by itself, and the usual ones,
/// letters and digits of ASCII with marks around and between them, need no tables.
enum Chunk<'t> {
    Done,
    Marked { at: usize, end: usize },
    Segmented { start: usize, words: unicode_segmentation::UnicodeWordIndices<'t> },
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    #[inline]
    fn next(&mut self) -> Option<(usize, &'t str)> {
        loop {
            match &mut self.chunk {
                Chunk::Done => {}
                Chunk::Marked { at, end } => match marked_word(&self.text.as_bytes()[..*end], *at) {
                    Some(word) => {
                        *at = word.end;
                        return Some((word.start, &self.text[word]));
                    }
                    None => self.chunk = Chunk::Done,
                },
                Chunk::Segmented { start, words } => match words.next() {
                    Some((offset, word)) => {
                        let bare = word.trim_start_matches(|c| c == '\'' || is_apostrophe(c));
                        return Some((*start + offset + word.len() - bare.len(), bare));
                    }
                    None => self.chunk = Chunk::Done,
                },
            }
            match self.stretch() {
                Stretch::End => return None,
                Stretch::Word(start, end) => return Some((start, &self.text[start..end])),
                Stretch::Nothing => {}
                Stretch::Marked(at, end) => self.chunk = Chunk::Marked { at, end },
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
    /// ASCII letters and digits with marks between them.
    Marked(usize, usize),
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
        at = plain_end(bytes, at);
        let to = at;
        while class(at) == Class::Mark {
            at += 1;
        }
        if class(at) == Class::Blank {
            self.at = at;
            return if from == to { Stretch::Nothing } else { Stretch::Word(from, to) };
        }
        let mut is_marked = true;
        while class(at) != Class::Blank {
            let width = if class(at) == Class::Other { quote_width(bytes, at) } else { 1 };
            is_marked &= width > 0;
            at += width.max(1);
        }
        self.at = at;
        if is_marked { Stretch::Marked(start, at) } else { Stretch::Unclear(start, at) }
    }
}

/// The highest bit of each of eight bytes.
pub const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// The bit that parts small letters from capitals, in each of eight bytes.
pub const LOWER_BITS: u64 = 0x2020_2020_2020_2020;

/// Sets the highest bit of each of eight bytes that is an ASCII letter or digit, and no other.
#[inline]
pub fn plain_bytes(bytes: u64) -> u64 {
    let each = |byte: u8| u64::from_ne_bytes([byte; 8]);
    // Adding to a byte of seven bits what `least` lacks to 128 sets its eighth from `least` on, and carries nothing on.
    let from = |bytes: u64, least: u8| (bytes & !HIGH_BITS) + each(128 - least);
    let lower = bytes | LOWER_BITS;
    let letters = from(lower, b'a') & !from(lower, b'z' + 1);
    let digits = from(bytes, b'0') & !from(bytes, b'9' + 1);
    (letters | digits) & !bytes & HIGH_BITS
}

/// Returns where ASCII letters and digits end that begin at a place, eight bytes at a time.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let others = !plain_bytes(u64::from_le_bytes(*eight)) & HIGH_BITS;
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Returns how many bytes the dash, the curly quote or the ellipsis takes that stands at a place; 0 if none does.
#[inline]
fn quote_width(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..at + 3) {
        Some([0xe2, 0x80, 0x93 | 0x94 | 0x98 | 0x99 | 0x9c | 0x9d | 0xa6]) => 3,
        _ => 0,
    }
}

/// Returns the next word from a place in a stretch of ASCII letters and digits with marks and quotes between them.
fn marked_word(stretch: &[u8], mut at: usize) -> Option<std::ops::Range<usize>> {
    let is_plain = |at: usize| stretch.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric());
    while at < stretch.len() && !is_plain(at) {
        at += 1;
    }
    if at == stretch.len() {
        return None;
    }
    let start = at;
    loop {
        while is_plain(at) {
            at += 1;
        }
        let width = if stretch.get(at).is_some_and(u8::is_ascii) { 1 } else { quote_width(stretch, at) };
        if !is_plain(at + width) || width == 0 || !is_joined(stretch[at - 1], &stretch[at..at + width], stretch[at + width]) {
            return Some(start..at);
        }
        at += width;
    }
}

/// Tells whether a mark joins the two letters or digits around it to one word (rules 6, 7, 11 and 12 of UAX #29).
fn is_joined(before: u8, mark: &[u8], after: u8) -> bool {
    let are_letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
    let are_digits = before.is_ascii_digit() && after.is_ascii_digit();
    match mark {
        b"." | b"'" | [0xe2, 0x80, 0x98 | 0x99] => are_letters || are_digits,
        b":" => are_letters,
        b"," | b";" => are_digits,
        _ => false,
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

/// Returns a text in which a blank stands for every mark of ASCII, so that each part of an address is a word.
pub fn parted_at_marks(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_punctuation() { ' ' } else { c }).collect()
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

/// Appends a word in lower case to `lowered`, with its diacritics: what is left to do until it is folded.
pub fn lower(word: &str, lowered: &mut String) {
    if word.is_ascii() {
        return fold(word, lowered);
    }
    let from = lowered.len();
    let unified = word.chars().map(|c| if is_apostrophe(c) { '\'' } else { c });
    lowered.extend(unified.nfc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()));
    cut_possessive(lowered, from);
}

/// Returns the folded form of a word.
pub fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold(word, &mut folded);
    folded
}

/// Tells whether two words whose folded forms are the same have the same letters in capitals; a possessive ending does not count.
pub fn is_cased_alike(a: &str, b: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase).collect::<Vec<bool>>();
    letters(a).iter().zip(letters(b)).all(|(a, b)| *a == b)
}

fn fold_marked(word: &str, folded: &mut String) {
    let from = folded.len();
    let is_number = has_groups_of_three(word);
    if word.chars().all(|c| c.is_ascii() || is_apostrophe(c)) {
        let kept = word.chars().filter(|c| !(is_number && *c == ','));
        folded.extend(kept.map(|c| if c.is_ascii() { c.to_ascii_lowercase() } else { '\'' }));
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
    cut_possessive(folded, from);
}

/// Cuts the ending of a possessive from the word that begins at a place.
fn cut_possessive(word: &mut String, from: usize) {
    if word.len() > from + 2 && word.ends_with("'s") {
        word.truncate(word.len() - 2);
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

/// Tells a mark that stands above, below or beside the letter before it.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c)
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
        check("U.S.A.’s “3,000.5;7”—4:5 a:b 1.a ‘x’", &["U.S.A", "s", "3,000.5;7", "4", "5", "a:b", "1", "a", "x"]);
        check("snake_case a_b 3.5% e-mail@x.org —", &["snake_case", "a_b", "3.5", "e", "mail", "x.org"]);
        check("Київ і Zürich", &["Київ", "і", "Zürich"]);
        // The tables let a vowel sign join the mark before it, by what follows it; alone it is a word by itself.
        let found: Vec<&str> = words("𑼒'𑘰?￼").map(|(_, word)| word).collect();
        assert_eq!(found, ["𑼒", "𑘰"]);
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
    fn capitals_are_compared() {
        assert!(is_cased_alike("Zürich’s", "Zurich") && is_cased_alike("US", "US’s") && is_cased_alike("11,000", "11000"));
        assert!(!is_cased_alike("US", "us") && !is_cased_alike("Us", "US") && !is_cased_alike("PORT’S", "Port"));
    }

    #[test]
    fn spellings_of_a_name_count_as_one() {
        assert_eq!(hash_of_words("The Harbour Post"), hash_of_words("the  harbour post"));
        assert_ne!(hash_of_words("The Harbour Post"), hash_of_words("Harbour Post"));
    }

    proptest::proptest! {
        #[test]
        fn stretches_segment_like_the_whole(text in "[a-zA-Z0-9 .,:;'\"_’‘“”–—…é\u{301}\u{200d}\\-\n()]{0,60}") {
            let whole: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            proptest::prop_assert_eq!(words(&text).collect::<Vec<_>>(), whole);
        }

        #[test]
        fn plain_bytes_are_letters_and_digits(bytes in proptest::array::uniform8(0u8..)) {
            let expected = bytes.map(|byte| if byte.is_ascii_alphanumeric() { 0x80 } else { 0 });
            proptest::prop_assert_eq!(plain_bytes(u64::from_le_bytes(bytes)), u64::from_le_bytes(expected));
        }

        #[test]
        fn folding_twice_changes_nothing(word in "\\w{1,12}") {
            let once = folded(&word);
            proptest::prop_assert_eq!(folded(&once), once);
        }
    }
}
