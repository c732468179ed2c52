//! What can go wrong, in two weights.
//!
//! An [`Error`] ends the command: the index, the query or the folder cannot be used. A [`Warning`] is one bad file or one bad
//! place in it; it goes into the report and the rest goes on.

use std::fmt;

/// Why a command cannot go on: action, object, cause, and a way out where there is one.
///
/// The message reads `cannot read seeds/a.html: invalid UTF-8 at byte 812`; the kind decides the exit code of a program.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {object}: {cause}")]
pub struct Error {
    kind: ErrorKind,
    action: &'static str,
    object: String,
    cause: String,
    hint: Option<String>,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What sort of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// There is no index where one was looked for.
    NoIndex,
    /// The index was written by another version of its format.
    IndexVersion,
    /// The index is there but cannot be used.
    IndexBroken,
    /// The operating system refuses to have a file of the index read; the file may be whole.
    IndexUnreadable,
    /// The folder holds something else under the names of an index.
    NotAnIndex,
    /// Another process is writing to the index.
    IndexBusy,
    /// The query asks for what cannot be answered.
    Query,
    /// The answer takes longer than is allowed.
    TooLong,
    /// What was asked for is not there.
    NotFound,
    /// It was told to stop before it was done.
    Stopped,
    /// The operating system refused.
    Io,
}

impl ErrorKind {
    /// Tells whether there is an index that cannot be used as it is, and that one made anew may take the place of.
    pub fn is_of_unusable_index(self) -> bool {
        matches!(self, ErrorKind::IndexVersion | ErrorKind::IndexBroken | ErrorKind::IndexUnreadable)
    }
}

impl Error {
    /// Makes an error of a kind from what was done, to what, and why it failed.
    pub fn new(kind: ErrorKind, action: &'static str, object: impl Into<String>, cause: impl Into<String>) -> Self {
        Error { kind, action, object: object.into(), cause: cause.into(), hint: None, source: None }
    }

    /// Makes an [`ErrorKind::Io`] error that keeps what the operating system said.
    pub fn io(action: &'static str, object: impl Into<String>, source: std::io::Error) -> Self {
        let cause = cause_of(&source);
        Error { kind: ErrorKind::Io, action, object: object.into(), cause, hint: None, source: Some(Box::new(source)) }
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the error that caused this one.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns what sort of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns what the user can do about it, where something can be done.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

/// Says why an input or output operation failed, without the operating system's error number.
pub fn cause_of(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::NotADirectory => "it is not a folder".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_lowercase()
        }
    }
}

/// Makes another error that says the same, where what failed is told in two places.
pub fn copy_of(error: &std::io::Error) -> std::io::Error {
    std::io::Error::new(error.kind(), error.to_string())
}

/// One bad file, or one bad place in a file; the rest was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file, as it was named when it was read.
    pub path: String,
    /// The line in it, from 1, where one line is to blame.
    pub line: Option<u64>,
    /// What is wrong: lower case, no final stop.
    pub cause: String,
    /// What the user can do about it.
    pub hint: Option<String>,
}

impl Warning {
    /// Makes a warning about a whole file.
    pub fn new(path: impl Into<String>, cause: impl Into<String>) -> Self {
        Warning { path: path.into(), line: None, cause: cause.into(), hint: None }
    }

    /// Names the line, from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.cause)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_reads_as_a_sentence() {
        let error = Error::new(ErrorKind::NoIndex, "open", "index", "there is no index").with_hint("run `dateline index`");
        assert_eq!(error.to_string(), "cannot open index: there is no index");
        assert_eq!(error.hint(), Some("run `dateline index`"));
    }

    #[test]
    fn an_io_error_loses_its_number() {
        let error = Error::io("read", "a.txt", std::io::Error::from_raw_os_error(2));
        assert_eq!(error.to_string(), "cannot read a.txt: it does not exist");
    }

    #[test]
    fn a_warning_names_the_place() {
        let warning = Warning::new("a.jsonl", "not a JSON object").at_line(3).with_hint("one article a line");
        assert_eq!(warning.to_string(), "a.jsonl:3: not a JSON object (one article a line)");
    }
}
