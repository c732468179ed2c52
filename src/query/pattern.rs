//! Patterns of words: `strik*`, `wom?n`. What is typed goes in, words with wildcards come out; a pattern tells whether a word fits.
//!
//! `*` stands for any letters or none, `?` for exactly one. A `?` at the end of a word is a question mark, for people ask
//! questions.

use crate::text;

/// Letters that stand for `*` and `?` while a text is cut into words, since segmentation leaves out the signs themselves: two
/// of a script that nobody can read, Linear A. In a text that has them there are no wildcards.
const STAND_INS: [(char, char); 2] = [('*', '\u{10600}'), ('?', '\u{10601}')];

/// Letters and digits that a pattern needs: of fewer nearly every word fits.
const LETTERS_MIN: usize = 2;

/// Returns the words of a text with wildcards in them; without any, the same as [`text::words`].
pub fn words(text: &str) -> Vec<String> {
    let is_plain = !text.contains(['*', '?']) || STAND_INS.iter().any(|(_, letter)| text.contains(*letter));
    if is_plain {
        return text::words(text).map(|(_, word)| word.to_owned()).collect();
    }
    let stood_in: String = text.chars().map(|c| STAND_INS.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, letter)| *letter)).collect();
    let with_signs = |word: &str| -> String {
        word.chars().map(|c| STAND_INS.iter().find(|(_, letter)| *letter == c).map_or(c, |(sign, _)| *sign)).collect()
    };
    let words = text::words(&stood_in).map(|(_, word)| with_signs(word).trim_end_matches('?').to_owned());
    words.filter(|word| text::words(word).next().is_some()).collect()
}

/// Tells whether a word has a wildcard in it.
pub fn has_wildcard(word: &str) -> bool {
    word.contains(['*', '?'])
}

/// Tells whether a pattern says enough: it begins with a letter or digit and has another.
pub fn is_narrow(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphanumeric()) && word.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS_MIN
}

/// A pattern, ready to be compared with folded words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<char>);

impl Pattern {
    /// Makes a pattern of a word with wildcards; its letters are folded.
    pub fn new(word: &str) -> Self {
        let mut folded = String::with_capacity(word.len());
        for piece in word.split_inclusive(['*', '?']) {
            let letters = piece.trim_end_matches(['*', '?']);
            text::fold(letters, &mut folded);
            folded.push_str(&piece[letters.len()..]);
        }
        Pattern(folded.chars().collect())
    }

    /// Returns the letters before the first wildcard.
    pub fn prefix(&self) -> String {
        self.0.iter().take_while(|c| !matches!(c, '*' | '?')).collect()
    }

    /// Tells whether anything may follow its last letter.
    pub fn is_open(&self) -> bool {
        self.0.last() == Some(&'*')
    }

    /// Returns the pattern as text.
    pub fn text(&self) -> String {
        self.0.iter().collect()
    }

    /// Tells whether a folded word fits. Takes time in proportion to the two lengths multiplied, at most.
    pub fn fits(&self, word: &str) -> bool {
        let word: Vec<char> = word.chars().collect();
        let (mut at, mut letter) = (0, 0);
        // Where to go on after the last star, should what follows it not fit.
        let mut star: Option<(usize, usize)> = None;
        while letter < word.len() {
            match self.0.get(at) {
                Some('*') => {
                    star = Some((at + 1, letter));
                    at += 1;
                }
                Some(c) if *c == '?' || *c == word[letter] => {
                    at += 1;
                    letter += 1;
                }
                _ => {
                    let Some((after, from)) = &mut star else { return false };
                    *from += 1;
                    (at, letter) = (*after, *from);
                }
            }
        }
        self.0[at..].iter().all(|c| *c == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_stay_in_their_words() {
        for (text, expected) in [
            ("strik* wom?n", vec!["strik*", "wom?n"]),
            ("Who won?", vec!["Who", "won"]),
            ("a * b ? **", vec!["a", "b"]),
            ("state-r*", vec!["state", "r*"]),
            ("don't", vec!["don't"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert!(is_narrow("st*") && is_narrow("w?n") && !is_narrow("*ing") && !is_narrow("a*"));
    }

    #[test]
    fn words_fit_or_do_not() {
        for (pattern, fitting, other) in [
            ("strik*", vec!["strik", "strike", "striking"], vec!["stri", "astrike"]),
            ("wom?n", vec!["woman", "women"], vec!["womn", "womaan", "womans"]),
            ("Zür*ch", vec!["zurich", "zurch", "zurichch"], vec!["zurichs"]),
            ("a*b*c", vec!["abc", "axxbxbc"], vec!["abcd", "acb"]),
        ] {
            let pattern = Pattern::new(pattern);
            fitting.iter().for_each(|word| assert!(pattern.fits(word), "{pattern:?} {word}"));
            other.iter().for_each(|word| assert!(!pattern.fits(word), "{pattern:?} {word}"));
        }
        assert_eq!(Pattern::new("strik*").prefix(), "strik");
    }
}
