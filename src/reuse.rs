//! From a text to the keys of its sentences, by which sentences are found that stand in other articles too.
//!
//! *Text reuse* is what two articles share that are not the same text: a quotation, a paragraph of an agency, background that an
//! outlet adds to every report of a matter. A key stands for the letters and digits of a sentence, so that quotation marks,
//! dashes and the case of ASCII letters do not matter. Short sentences have none: they agree by chance.

use std::ops::Range;

use crate::article::sentences_of;
use crate::text::hash_of;

/// Bytes of letters and digits from which a sentence has a key: some twelve English words. Among 33,249 news articles most shorter
/// sentences that recur are formulas ("He made these remarks while addressing the media").
const FEWEST_BYTES: usize = 60;

/// Bits of a key. Among the sentences of a million articles, some 20 million, one in 200 has by chance the key of another, and
/// most passages have several; 40 bits would cost 1.3 % of the text more in the index.
const KEY_BITS: u32 = 32;

/// What stands for a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceKey(pub u64);

/// A sentence that is long enough to have a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedSentence {
    /// Its key.
    pub key: SentenceKey,
    /// Where it stands in the text.
    pub bytes: Range<usize>,
}

/// Returns the sentences of a text that have a key, in order; paragraphs are parted by blank lines.
pub fn keyed_sentences(text: &str) -> Vec<KeyedSentence> {
    keyed(text, &sentences_of(text))
}

/// Returns those of the sentences of a text that have a key, in order.
pub fn keyed(text: &str, sentences: &[Range<usize>]) -> Vec<KeyedSentence> {
    let mut squeezed = Vec::new();
    let key = |bytes: &Range<usize>| {
        squeeze(&text[bytes.clone()], &mut squeezed);
        let key = SentenceKey(hash_of(&squeezed) >> (u64::BITS - KEY_BITS));
        (squeezed.len() >= FEWEST_BYTES).then(|| KeyedSentence { key, bytes: bytes.clone() })
    };
    sentences.iter().filter(|bytes| bytes.len() >= FEWEST_BYTES).filter_map(key).collect()
}

/// Keeps the letters and digits of a sentence, those of ASCII in lower case; what other scripts have stays as it is but for the
/// marks that are set in one way here and in another there.
fn squeeze(sentence: &str, squeezed: &mut Vec<u8>) {
    squeezed.clear();
    let mut rest = sentence;
    loop {
        let at = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        squeeze_plain(&rest.as_bytes()[..at], squeezed);
        if at == rest.len() {
            return;
        }
        let mut letters = rest[at..].chars();
        match letters.next() {
            // Latin-1 signs, general punctuation with its dashes and quotation marks, and invisible characters.
            Some('\0'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{301f}' | '\u{feff}') | None => {}
            Some(letter) => squeezed.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = letters.as_str();
    }
}

/// Appends the letters and digits among bytes of ASCII, in lower case. Each byte is written and only those that count move the
/// end on, since the processor cannot guess where a blank comes next.
fn squeeze_plain(plain: &[u8], squeezed: &mut Vec<u8>) {
    let mut end = squeezed.len();
    squeezed.resize(end + plain.len(), 0);
    for byte in plain {
        squeezed[end] = byte.to_ascii_lowercase();
        end += usize::from(byte.is_ascii_alphanumeric());
    }
    squeezed.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<SentenceKey> {
        keyed_sentences(text).into_iter().map(|sentence| sentence.key).collect()
    }

    const QUOTED: &str =
        "“We have rebuilt the weir three times since the flood of 1968 — and nobody has ever paid us for it,” said the warden.";

    #[test]
    fn marks_and_case_do_not_matter() {
        let plain =
            "\"We have REBUILT the weir three times since the flood of 1968 - and nobody has ever paid us for it,\" said the warden.";
        assert_eq!(keys(plain), keys(QUOTED));
        assert_eq!(keys(QUOTED).len(), 1);
        assert_ne!(keys(&QUOTED.replace("1968", "1969")), keys(QUOTED));
    }

    #[test]
    fn short_sentences_have_no_key() {
        assert_eq!(keys("He said so on Tuesday. The council met again. Nothing came of it."), []);
    }

    #[test]
    fn sentences_are_found_in_their_paragraphs() {
        let text = format!("A heading\n\nIt rained. {QUOTED}\n\n{QUOTED}");
        let found = keyed_sentences(&text);
        assert!(found.iter().all(|sentence| &text[sentence.bytes.clone()] == QUOTED));
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn letters_of_other_scripts_count() {
        let greek = "Η γέφυρα του ποταμού έκλεισε το πρωί της Τρίτης για επισκευές που θα διαρκέσουν δύο μήνες.";
        assert_eq!(keys(greek).len(), 1);
        assert_ne!(keys(&greek.replace("δύο", "τρεις")), keys(greek));
    }
}
