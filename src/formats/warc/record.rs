//! The records of a web archive: a stream in; headers and content, one after the other, out.

use std::io::{self, BufRead, Read};

use crate::formats::header_lines::{self, Headers};
use crate::formats::input::{Input, LineRead, unreadable};

/// A line between records is passed over up to this length at one go.
const LINE_BYTES_MAX: usize = 64 << 10;

/// The headers of the next record.
#[derive(Debug)]
pub enum Next {
    /// Headers and the length of the content, which follows; and how many bytes before the record belong to none.
    Record(Headers, u64, u64),
    /// A record without its length: it is not known where it ends. The next one is looked for.
    Unmeasured,
    /// The end of the archive, and how many bytes before it belong to no record.
    End(u64),
}

/// Goes on to the next record: to a line that reads `WARC/1.0` or another version.
///
/// # Errors
///
/// The cause, if the archive cannot be read.
pub fn next(input: &mut Input<'_>) -> Result<Next, String> {
    let mut line = Vec::new();
    let mut passed = 0_u64;
    loop {
        match input.next_line(&mut line, LINE_BYTES_MAX)? {
            LineRead::End => return Ok(Next::End(passed)),
            LineRead::TooLong(len_bytes) => passed += len_bytes,
            LineRead::Line if line.starts_with(b"WARC/") => break,
            LineRead::Line => passed += line.trim_ascii().len() as u64,
        }
    }
    let (headers, _) = header_lines::read(input).map_err(|error| unreadable(&error))?;
    let length = headers.get("Content-Length").and_then(|length| length.parse().ok());
    Ok(length.map_or(Next::Unmeasured, |length| Next::Record(headers, length, passed)))
}

/// Reads just so many bytes, and fails where the file ends before them.
pub struct Content<'c, 'i> {
    input: &'c mut Input<'i>,
    left: u64,
}

impl<'c, 'i> Content<'c, 'i> {
    /// Reads a record's content.
    pub fn new(input: &'c mut Input<'i>, length: u64) -> Self {
        Content { input, left: length }
    }

    /// Goes behind the content.
    ///
    /// # Errors
    ///
    /// When the file ends before.
    pub fn pass_over(&mut self) -> io::Result<()> {
        while self.left > 0 {
            let count = self.fill_buf()?.len();
            self.consume(count);
        }
        Ok(())
    }
}

impl Read for Content<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut available = self.fill_buf()?;
        let count = available.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Content<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let buffer = self.input.fill_buf()?;
        if buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let count = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        Ok(&buffer[..count])
    }

    fn consume(&mut self, count: usize) {
        self.left -= (count as u64).min(self.left);
        self.input.consume(count);
    }
}
