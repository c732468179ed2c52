//! Why the program could not do what it was asked to, and how it says so.

use std::io::{ErrorKind as IoKind, Write};

use dateline::error::Error;
use dateline::query::QueryError;

use crate::screen::{self, Screen};
use crate::signals::Signal;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The library says so.
    Library(Error),
    /// What was typed is not a query.
    Query {
        /// What was typed.
        typed: String,
        /// What is wrong with it.
        error: QueryError,
    },
    /// What was asked for cannot be, with a way out.
    Usage {
        /// What is wrong.
        message: String,
        /// What would work.
        hint: String,
    },
    /// It was told to stop, and did before it wrote anything to the index.
    Stopped(Signal),
    /// The output could not be written.
    Output(std::io::Error),
    /// Nobody reads the output any more.
    PipeClosed,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Library(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == IoKind::BrokenPipe { Failure::PipeClosed } else { Failure::Output(error) }
    }
}

impl Failure {
    /// Makes a failure from what is wrong and what would work.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Usage { message: message.into(), hint: hint.into() }
    }

    /// Returns the exit code of a program that failed so.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Stopped(signal) => signal.exit_code(),
            _ => 2,
        }
    }

    /// Says on the standard error what went wrong.
    pub fn print(&self) {
        let mut lines = Vec::new();
        match self {
            Failure::Library(error) => {
                lines.push(format!("error: {error}"));
                lines.extend(error.hint().map(|hint| format!("  try: {hint}")));
            }
            Failure::Query { typed, error } => lines.extend(query_lines(typed, error)),
            Failure::Usage { message, hint } => lines.extend([format!("error: {message}"), format!("  try: {hint}")]),
            Failure::Output(error) => lines.push(format!("error: cannot write the output: {error}")),
            Failure::Stopped(_) => lines.push("stopped: nothing was written, the index is as it was".to_owned()),
            Failure::PipeClosed => {}
        }
        let mut out = std::io::stderr().lock();
        for line in lines {
            // Where even this cannot be written there is nobody left to tell.
            let _ = writeln!(out, "{}", screen::safe(&line));
        }
    }
}

/// Shows what was typed with a caret under the place, the mistake, and a query that works.
fn query_lines(typed: &str, error: &QueryError) -> Vec<String> {
    let screen = Screen::of_stderr();
    let (shown, caret) = caret_line(typed, error.at.clone(), screen.width().saturating_sub(4));
    let mut lines = vec![format!("error: {}", error.message), format!("  {shown}"), format!("  {caret}")];
    lines.extend(error.suggestion.as_ref().map(|suggestion| format!("  try: {suggestion}")));
    lines
}

/// Cuts out of a query what fits, around the place of the mistake, and makes the line of carets below it.
fn caret_line(typed: &str, at: std::ops::Range<usize>, width: usize) -> (String, String) {
    let typed_safe: Vec<(usize, char)> = typed.char_indices().map(|(byte, c)| (byte, if screen::acts(c) { ' ' } else { c })).collect();
    let column = typed_safe.iter().filter(|(byte, _)| *byte < at.start).count();
    let len = typed_safe.iter().filter(|(byte, _)| at.contains(byte)).count().max(1);
    let first = if typed_safe.len() <= width { 0 } else { column.saturating_sub(width / 2) };
    let shown: String = typed_safe.iter().skip(first).take(width).map(|(_, c)| *c).collect();
    let before: String = typed_safe.iter().skip(first).take(column - first).map(|(_, c)| *c).collect();
    let marked: String = typed_safe.iter().skip(column).take(len).map(|(_, c)| *c).collect();
    let carets = screen::columns(&marked).max(1).min(width.max(1));
    (shown, format!("{}{}", " ".repeat(screen::columns(&before)), "^".repeat(carets)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_mistake() {
        assert_eq!(caret_line("port (strike", 5..6, 70), ("port (strike".to_owned(), "     ^".to_owned()));
        assert_eq!(caret_line("Zürich foo:bar", 8..11, 70).1, "       ^^^");
        assert_eq!(caret_line("", 0..0, 70), (String::new(), "^".to_owned()));
    }

    #[test]
    fn a_long_query_is_cut_around_the_mistake() {
        let typed = format!("{} (", "word ".repeat(40).trim());
        let (shown, caret) = caret_line(&typed, typed.len() - 1..typed.len(), 20);
        assert_eq!(shown.chars().nth(caret.len() - 1), Some('('));
    }
}
