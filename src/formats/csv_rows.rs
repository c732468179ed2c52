//! The bytes of a table in; its rows out, one by one, each with the line it starts at.
//!
//! A quoted field may span lines. A quote that is never closed would swallow all that follows, so a row that grows past the
//! limit, that ends with the file, or that goes on after its closing quote is taken for such a mistake: its first line is read
//! by itself, and reading goes on at the second.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::formats::input::{Input, unreadable};

/// Bytes that are read a second time after quotes that are not closed. When these are used up, as in a file made of such quotes,
/// each line is a row.
const READ_AGAIN_BYTES_MAX: usize = 256 << 20;

/// Columns of a row that are kept; the widest export of articles that is known has some forty.
const COLUMNS_MAX: usize = 4096;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between two fields.
    pub delimiter: u8,
    /// What stands before a quote inside of a quoted field, where it is not written twice.
    pub escape: Option<u8>,
    /// Whether quotes around a field are no part of it.
    pub has_quotes: bool,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A quote is opened and not closed, or closed inside of a field: the row is what stands on its first line.
    OpenQuote,
    /// The row is longer than the limit and was passed over.
    TooLong,
    /// The file cannot be read further, and why.
    Unreadable(String),
}

/// A row of a table.
#[derive(Debug)]
pub struct Row<'r> {
    /// The fields without quotes, one after the other.
    pub bytes: &'r [u8],
    /// Where each field ends in `bytes`.
    pub ends: &'r [usize],
    /// The line it starts at, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub flaw: Option<Flaw>,
}

/// Goes through the rows of a table.
pub struct Rows<'r, 'i> {
    input: &'r mut Input<'i>,
    dialect: Dialect,
    row_bytes_max: usize,
    parser: Reader,
    /// What is read again, before the input goes on.
    again: Vec<u8>,
    again_at: usize,
    read_again_bytes: usize,
    raw: Vec<u8>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    is_done: bool,
}

/// Buffers that a long row has made larger than this are given back after it.
const BUFFER_BYTES_KEPT: usize = 4 << 20;

/// How reading a row ended.
enum Ending {
    Row {
        fields_len: usize,
        columns: usize,
    },
    Nothing,
    /// It is not at its end yet.
    TooLong,
    /// It was too long, and has been passed over.
    PassedOver,
    Unreadable(String),
}

impl<'r, 'i> Rows<'r, 'i> {
    /// Starts at an input.
    pub fn new(input: &'r mut Input<'i>, dialect: Dialect, row_bytes_max: usize) -> Self {
        Rows {
            input,
            dialect,
            row_bytes_max,
            parser: parser(dialect),
            again: Vec::new(),
            again_at: 0,
            read_again_bytes: 0,
            raw: Vec::new(),
            fields: vec![0; 4096],
            ends: vec![0; 64],
            line: 1,
            is_done: false,
        }
    }

    /// Passes over a line.
    pub fn skip_line(&mut self) {
        self.start_row();
        self.pass_over_line();
        self.line += 1;
    }

    /// Returns the next row that is not blank; `None` after the last one.
    pub fn next_row(&mut self) -> Option<Row<'_>> {
        if self.is_done {
            return None;
        }
        let ending = if self.read_again_bytes > READ_AGAIN_BYTES_MAX { self.read_line() } else { self.read_row() };
        let breaks = memchr::memchr_iter(b'\n', &self.raw).count() as u64;
        let blank = self.raw.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count() as u64;
        let line = self.line + blank;
        let (flaw, fields_len, columns) = match ending {
            Ending::Nothing => {
                self.is_done = true;
                return None;
            }
            Ending::Unreadable(cause) => {
                self.is_done = true;
                (Some(Flaw::Unreadable(cause)), 0, 0)
            }
            Ending::TooLong => {
                if let Some(end) = self.first_line_end() {
                    return self.first_line_alone(end, line);
                }
                self.pass_over_line();
                self.parser.reset();
                self.line = line + 1;
                (Some(Flaw::TooLong), 0, 0)
            }
            Ending::PassedOver => {
                self.line += breaks.max(1);
                (Some(Flaw::TooLong), 0, 0)
            }
            Ending::Row { fields_len, columns } => {
                let end = self.first_line_end().filter(|end| *end < self.raw.len());
                match end {
                    Some(end) if quotes(&self.raw[self.blank_len()..], self.dialect) != Quotes::Sound => {
                        return self.first_line_alone(end, line);
                    }
                    _ => {}
                }
                self.line += breaks;
                (None, fields_len, columns)
            }
        };
        Some(Row { bytes: &self.fields[..fields_len], ends: &self.ends[..columns], line, flaw })
    }

    fn blank_len(&self) -> usize {
        self.raw.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
    }

    /// Returns where the first line of the row ends, with its line break; `None` if no line of it ends.
    fn first_line_end(&self) -> Option<usize> {
        let start = self.blank_len();
        memchr::memchr(b'\n', &self.raw[start..]).map(|at| start + at + 1)
    }

    /// Takes the first line of what was read for the row, and puts the rest back.
    fn first_line_alone(&mut self, end: usize, line: u64) -> Option<Row<'_>> {
        let mut rest = self.raw.split_off(end);
        self.read_again_bytes += rest.len();
        rest.extend_from_slice(&self.again[self.again_at..]);
        self.again = rest;
        self.again_at = 0;
        self.line = line + 1;
        let Ending::Row { fields_len, columns } = self.parse_raw() else { return None };
        Some(Row { bytes: &self.fields[..fields_len], ends: &self.ends[..columns], line, flaw: Some(Flaw::OpenQuote) })
    }

    /// Empties the bytes at hand.
    fn start_row(&mut self) {
        self.raw.clear();
        self.raw.shrink_to(BUFFER_BYTES_KEPT);
        if self.fields.len() > BUFFER_BYTES_KEPT {
            self.fields.truncate(BUFFER_BYTES_KEPT);
            self.fields.shrink_to_fit();
        }
    }

    fn read_row(&mut self) -> Ending {
        self.start_row();
        let (mut at, mut column) = (0, 0);
        loop {
            let is_again = self.again_at < self.again.len();
            let source = if is_again {
                &self.again[self.again_at..]
            } else {
                match self.input.fill_buf() {
                    Ok(buffer) => buffer,
                    Err(error) => return Ending::Unreadable(unreadable(&error)),
                }
            };
            let (result, used, written, ended) = self.parser.read_record(source, &mut self.fields[at..], &mut self.ends[column..]);
            self.raw.extend_from_slice(&source[..used]);
            if is_again {
                self.again_at += used;
                if self.again_at == self.again.len() {
                    (self.again, self.again_at) = (Vec::new(), 0);
                }
            } else {
                self.input.consume(used);
            }
            (at, column) = (at + written, column + ended);
            match result {
                ReadRecordResult::Record if self.raw.len() > self.row_bytes_max => return Ending::PassedOver,
                ReadRecordResult::Record => return Ending::Row { fields_len: at, columns: column },
                ReadRecordResult::End => return Ending::Nothing,
                _ if self.raw.len() > self.row_bytes_max => return Ending::TooLong,
                ReadRecordResult::OutputEndsFull if self.ends.len() >= COLUMNS_MAX => return Ending::TooLong,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    /// Reads a line as a row, whatever quotes stand in it.
    fn read_line(&mut self) -> Ending {
        self.start_row();
        loop {
            if !self.pass_over_line() && self.raw.is_empty() {
                return Ending::Nothing;
            }
            if self.raw.len() > self.row_bytes_max {
                return Ending::PassedOver;
            }
            match self.parse_raw() {
                Ending::Nothing => {
                    self.line += 1;
                    self.raw.clear();
                }
                ending => return ending,
            }
        }
    }

    /// Parses the bytes at hand as one row.
    fn parse_raw(&mut self) -> Ending {
        let (mut from, mut at, mut column) = (0, 0, 0);
        self.parser.reset();
        let ending = loop {
            let source = &self.raw[from..];
            let (result, used, written, ended) = self.parser.read_record(source, &mut self.fields[at..], &mut self.ends[column..]);
            (from, at, column) = (from + used, at + written, column + ended);
            match result {
                ReadRecordResult::Record => break Ending::Row { fields_len: at, columns: column },
                ReadRecordResult::End => break Ending::Nothing,
                ReadRecordResult::OutputEndsFull if self.ends.len() >= COLUMNS_MAX => break Ending::TooLong,
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::InputEmpty => {}
            }
        };
        self.parser.reset();
        ending
    }

    /// Moves the rest of a line to the bytes at hand, as far as the limit lets it grow; tells whether there was anything.
    fn pass_over_line(&mut self) -> bool {
        let mut has_any = false;
        loop {
            let is_again = self.again_at < self.again.len();
            let source = if is_again { &self.again[self.again_at..] } else { self.input.fill_buf().unwrap_or_default() };
            if source.is_empty() {
                return has_any;
            }
            has_any = true;
            let end = memchr::memchr(b'\n', source);
            let used = end.map_or(source.len(), |at| at + 1);
            if self.raw.len() <= self.row_bytes_max {
                self.raw.extend_from_slice(&source[..used]);
            }
            if is_again {
                self.again_at += used;
            } else {
                self.input.consume(used);
            }
            if end.is_some() {
                return true;
            }
        }
    }
}

fn parser(dialect: Dialect) -> Reader {
    ReaderBuilder::new().delimiter(dialect.delimiter).escape(dialect.escape).quoting(dialect.has_quotes).build()
}

/// How the quotes of a row stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Sound,
    /// One is not closed.
    Open,
    /// More than a blank stands between a closing quote and the end of its field.
    Stray,
}

/// Tells a line in which a field goes on after its closing quote.
pub fn goes_on_after_quote(line: &[u8], dialect: Dialect) -> bool {
    quotes(line, dialect) == Quotes::Stray
}

fn quotes(raw: &[u8], dialect: Dialect) -> Quotes {
    if !dialect.has_quotes {
        return Quotes::Sound;
    }
    let mut at = 0;
    while at < raw.len() {
        if raw[at] != b'"' {
            match memchr::memchr(dialect.delimiter, &raw[at..]) {
                Some(next) => at += next + 1,
                None => return Quotes::Sound,
            }
            continue;
        }
        at += 1;
        loop {
            let Some(next) = memchr::memchr2(b'"', dialect.escape.unwrap_or(b'"'), &raw[at..]) else { return Quotes::Open };
            at += next + 1;
            let is_escaped = Some(raw[at - 1]) == dialect.escape || raw.get(at) == Some(&b'"');
            if !is_escaped {
                break;
            }
            at += 1;
        }
        at += raw[at.min(raw.len())..].iter().take_while(|byte| **byte == b' ').count();
        match raw.get(at) {
            None => return Quotes::Sound,
            Some(byte) if *byte == dialect.delimiter => at += 1,
            Some(b'\r' | b'\n') => return Quotes::Sound,
            Some(_) => return Quotes::Stray,
        }
    }
    Quotes::Sound
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, limit: usize, expected: &[(u64, &str, Option<Flaw>)]) {
        let mut bytes = text.as_bytes();
        let mut input = Input::open("a.csv", &mut bytes).unwrap();
        let mut rows = Rows::new(&mut input, Dialect { delimiter: b',', escape: None, has_quotes: true }, limit);
        let mut found = Vec::new();
        while let Some(row) = rows.next_row() {
            let starts = std::iter::once(0).chain(row.ends.iter().copied());
            let fields: Vec<_> = starts.zip(row.ends).map(|(start, end)| String::from_utf8_lossy(&row.bytes[start..*end])).collect();
            found.push((row.line, fields.join("|"), row.flaw));
        }
        let expected: Vec<_> = expected.iter().map(|(line, fields, flaw)| (*line, (*fields).to_owned(), flaw.clone())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn rows_are_read_with_their_lines() {
        check("", 90, &[]);
        check("a,b\nc,d", 90, &[(1, "a|b", None), (2, "c|d", None)]);
        check("\n\na,\"b\nc\"\"\"\r\n\r\nd,\"e\" \n", 90, &[(3, "a|b\nc\"", None), (6, "d|e ", None)]);
    }

    #[test]
    fn open_quotes_cost_a_line() {
        let open = Some(Flaw::OpenQuote);
        check("a,\"b\nc,d\ne,f\n", 90, &[(1, "a|b\n", open.clone()), (2, "c|d", None), (3, "e|f", None)]);
        check("a,\"b\nc,\"d\"\ne,f\n", 90, &[(1, "a|b\n", open.clone()), (2, "c|d", None), (3, "e|f", None)]);
        check("a,\"b\nccccccccccc,d\ne,f\n", 16, &[(1, "a|b\n", open), (2, "ccccccccccc|d", None), (3, "e|f", None)]);
        check("a,bbbbbbbbbbbbbb\nc,d\n", 12, &[(1, "", Some(Flaw::TooLong)), (2, "c|d", None)]);
        check("a,\"b", 90, &[(1, "a|b", None)]);
    }

    #[test]
    fn quotes_without_end_are_read_line_by_line() {
        let text = "y\"z,\"w\n".repeat(40);
        let mut bytes = text.as_bytes();
        let mut input = Input::open("a.csv", &mut bytes).unwrap();
        let mut rows = Rows::new(&mut input, Dialect { delimiter: b',', escape: None, has_quotes: true }, 20);
        rows.read_again_bytes = READ_AGAIN_BYTES_MAX - 10;
        let mut count = 0;
        while rows.next_row().is_some() {
            count += 1;
        }
        assert_eq!(count, 40);
    }
}
