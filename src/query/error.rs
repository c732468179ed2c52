//! What is wrong with a query, and what would be right.
//!
//! A [`Problem`] is what the lexer and the parser find; its edits turn it into the suggestion of a [`QueryError`].

use std::ops::Range;

/// Why a text is not a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The bytes of the text that are to blame, on character boundaries; empty at the end where something is missing.
    pub at: Range<usize>,
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// A whole query that parses and is probably what was meant.
    pub suggestion: Option<String>,
}

/// What is wrong at a place, with the edits that would mend it.
#[derive(Debug)]
pub(super) struct Problem {
    pub at: Range<usize>,
    pub message: String,
    pub edits: Vec<Edit>,
}

/// One replacement of bytes of the text; an empty range inserts.
#[derive(Debug)]
pub(super) struct Edit {
    pub at: Range<usize>,
    pub replacement: String,
}

impl Problem {
    /// Makes a problem that has no known mend.
    pub fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Problem { at, message: message.into(), edits: Vec::new() }
    }

    /// Adds the edit that replaces a range.
    pub fn replacing(mut self, at: Range<usize>, replacement: impl Into<String>) -> Self {
        self.edits.push(Edit { at, replacement: replacement.into() });
        self
    }

    /// Returns the text with the edits made, without blanks in excess; `None` if there are none.
    pub fn mend(mut self, text: &str) -> Option<String> {
        if self.edits.is_empty() {
            return None;
        }
        self.edits.sort_by_key(|edit| edit.at.start);
        let mut mended = String::with_capacity(text.len() + 16);
        let mut done = 0;
        for edit in &self.edits {
            mended.push_str(text.get(done..edit.at.start)?);
            mended.push_str(&edit.replacement);
            done = edit.at.end;
        }
        mended.push_str(text.get(done..)?);
        let words: Vec<&str> = mended.split_whitespace().collect();
        Some(words.join(" ").replace("( ", "(").replace(" )", ")"))
    }
}
