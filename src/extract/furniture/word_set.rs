//! The words of a text that carry meaning, without the words: a text goes in, hashes come out; and a set of them that tells which were in it.

/// A set of hashes that may take a word for one that is in it, once in fifty when a thousand are.
pub struct WordSet {
    bits: Vec<u64>,
}

/// Bits of a set.
const BITS: usize = 1 << 16;

impl WordSet {
    /// Makes an empty set.
    pub fn new() -> Self {
        WordSet { bits: vec![0; BITS / 64] }
    }

    /// Adds a word.
    pub fn insert(&mut self, word: u64) {
        let bit = bit_of(word);
        self.bits[bit / 64] |= 1 << (bit % 64);
    }

    /// Tells whether a word is in the set.
    pub fn contains(&self, word: u64) -> bool {
        let bit = bit_of(word);
        self.bits[bit / 64] & (1 << (bit % 64)) != 0
    }
}

/// The upper bits of a multiplicative hash are the better ones.
fn bit_of(word: u64) -> usize {
    usize::try_from(word >> 48).expect("16 bits fit") % BITS
}

/// Words of a paragraph beyond which more add nothing.
const MOST_COUNTED: usize = 100;

/// Returns the hashes of the words that carry meaning, by their length: four letters or more, or any beyond ASCII. Both cases count as one in the
/// scripts of Europe; a character of Chinese or Japanese is a word by itself.
pub fn long_words(text: &str) -> impl Iterator<Item = u64> + '_ {
    let mut rest = text.chars();
    let words = std::iter::from_fn(move || {
        let (mut hash, mut letters, mut is_plain) = (HASH_START, 0_usize, true);
        for c in rest.by_ref() {
            if !is_part(c) {
                if letters > 0 {
                    break;
                }
                continue;
            }
            hash = (hash ^ u64::from(lower(c))).wrapping_mul(HASH_FACTOR);
            letters += 1;
            is_plain &= c.is_ascii();
            if matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff) {
                break;
            }
        }
        (letters > 0).then_some((hash, letters >= 4 || !is_plain))
    });
    words.take(MOST_COUNTED).filter(|(_, is_long)| *is_long).map(|(hash, _)| hash)
}

/// The numbers of the FNV-1a hash of 64 bits, taken by characters.
const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;
const HASH_FACTOR: u64 = 0x0100_0000_01b3;

/// Tells letters and digits from marks; without tables, which are slow for scripts that have them in many places.
fn is_part(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        !matches!(u32::from(c), 0x80..=0xbf | 0x2000..=0x206f | 0x3000..=0x303f | 0xff00..=0xff0f)
    }
}

/// Returns the code of the small letter, of the letters for which it is a fixed distance away.
fn lower(c: char) -> u32 {
    let code = u32::from(c);
    match code {
        0x41..=0x5a | 0xc0..=0xde | 0x391..=0x3a9 | 0x410..=0x42f => code + 0x20,
        0x400..=0x40f => code + 0x50,
        // Latin letters with further marks, Polish and Czech ones among them, stand in pairs, which count as one.
        0x100..=0x137 | 0x14a..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17e => code + code % 2,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_and_marks_do_not_count() {
        for (a, b) in
            [("Harbour wall", "«HARBOUR», WALL."), ("Żółta łódź", "ŻÓŁTA ŁÓDŹ"), ("Рада порту", "РАДА ПОРТУ"), ("Brücke", "BRÜCKE")]
        {
            assert_eq!(long_words(a).collect::<Vec<_>>(), long_words(b).collect::<Vec<_>>(), "{a}");
        }
    }

    #[test]
    fn short_words_carry_nothing() {
        assert_eq!(long_words("It is so, by the sea").count(), 0);
        assert_eq!(long_words("市長は橋").count(), 4);
        assert_eq!(long_words("").count(), 0);
    }

    #[test]
    fn a_set_knows_its_words() {
        let mut set = WordSet::new();
        long_words("The harbour wall").for_each(|word| set.insert(word));
        assert!(long_words("harbour WALL").all(|word| set.contains(word)));
        assert!(!long_words("ferry").any(|word| set.contains(word)));
    }
}
