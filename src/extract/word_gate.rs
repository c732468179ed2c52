//! A table of folded words in; whether a word can be in it out, without folding most words.
//!
//! Folding copies a word, and most words of a text are in no table. The first letter and the length of a plain word tell that of nearly all of them.

/// Which words a table can hold.
pub struct WordGate {
    /// For each first byte, a bit for each count of bytes of the words that begin with it.
    lengths: [u64; 256],
}

impl WordGate {
    /// Makes the gate of a table, or of the first words of a table of phrases.
    pub fn of<'w>(table: impl IntoIterator<Item = &'w str>) -> Self {
        let mut lengths = [0; 256];
        for phrase in table {
            let word = phrase.split(' ').next().unwrap_or_default();
            if let Some(first) = word.bytes().next() {
                lengths[usize::from(first)] |= length_bit(word);
            }
        }
        WordGate { lengths }
    }

    /// Tells whether the folded form of a word may be in the table; of a word that is not plain, any may.
    pub fn may_hold(&self, word: &str) -> bool {
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let first = word.bytes().next().map_or(0, |byte| byte.to_ascii_lowercase());
            self.lengths[usize::from(first)] & length_bit(word) != 0
        } else {
            !word.starts_with(is_of_other_script)
        }
    }
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

/// Tells letters of scripts that no table has words of, and that fold to no letter of another: Hebrew, Syriac to Ethiopic, Chinese, Japanese, Korean.
fn is_of_other_script(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x05ff | 0x0700..=0x13ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::folded;

    #[test]
    fn what_folds_to_a_word_may_be_in_the_table() {
        let table = ["geschrieben von", "marz", "автор", "by", "strasse"];
        let gate = WordGate::of(table);
        for (word, expected) in [
            ("Geschrieben", true),
            ("März", true),
            ("MÄRZ", true),
            ("Автор", true),
            ("By", true),
            ("By's", true),
            ("Straße", true),
            ("harbour", false),
            ("bye", false),
            ("துறைமுகம்", false),
            ("港", false),
            ("", false),
        ] {
            assert_eq!(gate.may_hold(word), expected, "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_of_the_table_is_kept_out(word in "[A-Za-zäöüßéżА-я’']{1,9}") {
            let table = folded(&word);
            proptest::prop_assert!(WordGate::of([table.as_str()]).may_hold(&word));
        }
    }
}
