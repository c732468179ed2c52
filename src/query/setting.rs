//! What a query is read with beside its text: which day it is, and the queries that the user saved.

use crate::moment::Moment;

/// What a query is read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting<'s> {
    /// The day from which `7d` and `last week` count; without it they are mistakes.
    pub today: Option<Moment>,
    /// What `@name` stands for; without it `@name` is a word.
    pub saved: Option<&'s Saved>,
}

/// Queries with their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved(Vec<(String, String)>);

/// Names that a message lists.
const LISTED_MAX: usize = 10;

impl Saved {
    /// Reads lines of `name = query`; blank lines and lines that begin with `#` say nothing. Of two with one name the later holds.
    ///
    /// # Errors
    ///
    /// The number of the line, from 1, that is neither, and why.
    pub fn read(lines: &str) -> Result<Self, (usize, String)> {
        let mut saved = Saved::default();
        for (number, line) in lines.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let Some((name, query)) = line.split_once('=') else {
                return Err((number + 1, "no `=` between name and query".to_owned()));
            };
            let (name, query) = (name.trim().trim_start_matches('@'), query.trim());
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
            if !is_name || query.is_empty() {
                return Err((number + 1, "a name is letters, digits, `-` and `_`, and a query follows it".to_owned()));
            }
            saved.0.retain(|(known, _)| known != name);
            saved.0.push((name.to_owned(), query.to_owned()));
        }
        Ok(saved)
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text of a saved query.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// Lists the names, the first ones at least.
    pub fn list(&self) -> String {
        let names: Vec<&str> = self.0.iter().take(LISTED_MAX).map(|(name, _)| name.as_str()).collect();
        let more = if self.0.len() > LISTED_MAX { ", …" } else { "" };
        format!("{}{more}", names.join(", "))
    }
}
