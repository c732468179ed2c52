//! Names that are written in several ways: a table of lines goes in, the other spellings of a word come out.

use std::collections::HashMap;

use crate::text;

/// The names that come with the program.
const SHIPPED: &str = include_str!("spellings.txt");

/// The most spellings of one name: each is looked for.
pub const MAX_SPELLINGS: usize = 16;

/// Spellings of names.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    names: Vec<Vec<String>>,
    /// The number of the name of each folded spelling.
    numbers: HashMap<String, usize>,
}

impl Spellings {
    /// Returns the names that come with the program.
    pub fn shipped() -> Self {
        let mut spellings = Spellings::default();
        spellings.add(SHIPPED).expect("the shipped table is checked by a test");
        spellings
    }

    /// Adds lines of spellings parted by blanks or commas; blank lines and lines that begin with `#` say nothing. A line that has
    /// a spelling of a known name adds to that name.
    ///
    /// # Errors
    ///
    /// The number of the line, from 1, that is no list of spellings, and why.
    pub fn add(&mut self, lines: &str) -> Result<(), (usize, String)> {
        for (number, line) in lines.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let words: Vec<&str> = line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
            let is_word = |word: &&str| matches!(text::words(word).next(), Some((0, whole)) if whole == *word);
            if let Some(odd) = words.iter().find(|word| !is_word(word)) {
                return Err((number + 1, format!("`{odd}` is not one word")));
            }
            if !(2..=MAX_SPELLINGS).contains(&words.len()) {
                return Err((number + 1, format!("a line has 2 to {MAX_SPELLINGS} spellings of a name")));
            }
            self.add_name(&words);
        }
        Ok(())
    }

    fn add_name(&mut self, words: &[&str]) {
        let known = words.iter().find_map(|word| self.numbers.get(&text::folded(word)).copied());
        let number = known.unwrap_or_else(|| {
            self.names.push(Vec::new());
            self.names.len() - 1
        });
        for word in words {
            let folded = text::folded(word);
            if self.names[number].len() < MAX_SPELLINGS && !self.numbers.contains_key(&folded) {
                self.names[number].push((*word).to_owned());
                self.numbers.insert(folded, number);
            }
        }
    }

    /// Returns the other spellings of a word, in the order of the table; none for a word that is no known name.
    pub fn others(&self, word: &str) -> Vec<&str> {
        let folded = text::folded(word);
        let Some(number) = self.numbers.get(&folded) else { return Vec::new() };
        self.names[*number].iter().map(String::as_str).filter(|other| text::folded(other) != folded).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_shipped_spelling_stands_once() {
        let mut spellings = Spellings::default();
        spellings.add(SHIPPED).unwrap();
        let mut seen = HashSet::new();
        for word in SHIPPED.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
            assert!(seen.insert(text::folded(word)) || word == "Erdoğan", "{word} stands twice");
        }
        assert!(spellings.others("zelensky").contains(&"Zelenskyy"));
        assert_eq!(spellings.others("Kiev")[0], "Kyiv");
        assert!(spellings.others("port").is_empty());
    }

    #[test]
    fn own_names_are_added() {
        let mut spellings = Spellings::shipped();
        spellings.add("# mine\nKyiv, Kyyiv\nSelwick Selwyck\n").unwrap();
        assert!(spellings.others("Kiev").contains(&"Kyyiv"));
        assert_eq!(spellings.others("selwyck"), ["Selwick"]);
        assert_eq!(spellings.add("a b\nalone\n").unwrap_err().0, 2);
        assert_eq!(spellings.add("New-York Neu\n").unwrap_err().1, "`New-York` is not one word");
    }
}
