//! A server's answer as it came over the wire in; its headers and its body, decoded, out.
//!
//! Archives keep answers in several ways: as they came, or already put together and decoded though the headers still say
//! otherwise. So what the headers say of the body is believed only where its first bytes agree.

use std::io::{self, BufRead, BufReader, Read};

use crate::formats::header_lines::{self, Headers};
use crate::formats::inflate;

/// The status line is read up to this length.
const STATUS_BYTES_MAX: u64 = 8 << 10;

/// The line before a chunk: a length and extensions, which nobody writes.
const CHUNK_LINE_BYTES_MAX: u64 = 1 << 10;

/// What the first bytes of gzip are.
const GZIP: &[u8] = b"\x1f\x8b";

/// What the first bytes of zstd are.
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// What a server answered, but for the body.
pub struct Answer {
    /// 200 for a page.
    pub status: u16,
    /// Its headers.
    pub headers: Headers,
}

/// Reads the head of an answer; what is left is its body.
///
/// # Errors
///
/// When it cannot be read; an answer without a status line has status 0.
pub fn head(read: &mut dyn BufRead) -> io::Result<Answer> {
    let mut line = Vec::new();
    (&mut *read).take(STATUS_BYTES_MAX).read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line);
    let status = line.starts_with("HTTP/").then(|| line.split_ascii_whitespace().nth(1)?.parse().ok()).flatten().unwrap_or(0);
    let (headers, _) = header_lines::read(read)?;
    Ok(Answer { status, headers })
}

/// Decodes the body of an answer.
///
/// # Errors
///
/// The cause, if it is coded in a way that is not read.
pub fn body<'r>(headers: &Headers, read: &'r mut dyn BufRead) -> Result<Box<dyn Read + 'r>, String> {
    let is_chunked = headers.get("Transfer-Encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    let mut body: Box<dyn BufRead + 'r> = if is_chunked && starts_chunk(read) {
        Box::new(BufReader::new(Chunks { read, left: 0, state: State::BeforeFirst }))
    } else {
        Box::new(read)
    };
    let coding = headers.kind("Content-Encoding").unwrap_or_default();
    let start = body.fill_buf().unwrap_or_default();
    let (is_gzip, is_zstd, is_page) = (start.starts_with(GZIP), start.starts_with(ZSTD), start.trim_ascii_start().starts_with(b"<"));
    match coding.as_str() {
        "gzip" | "x-gzip" if is_gzip => Ok(Box::new(inflate::gzip(body))),
        "zstd" if is_zstd => Ok(Box::new(inflate::zstd(body))),
        "deflate" if !is_page => Ok(inflate::http_deflate(body)),
        "br" if !is_page => Ok(Box::new(inflate::brotli(body))),
        "" | "identity" | "none" | "gzip" | "x-gzip" | "zstd" | "deflate" | "br" | "utf-8" => Ok(Box::new(body)),
        other => Err(format!("is coded as {other}, which is not read")),
    }
}

/// Tells whether the body begins with the length of a chunk, in hexadecimal, on a line of its own.
fn starts_chunk(read: &mut dyn BufRead) -> bool {
    let Ok(start) = read.fill_buf() else { return false };
    let digits = start.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    (1..=16).contains(&digits) && matches!(start.get(digits), Some(b'\r' | b'\n' | b';' | b' '))
}

/// Puts the chunks of a body together.
struct Chunks<'r> {
    read: &'r mut dyn BufRead,
    left: u64,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeFirst,
    Inside,
    Done,
}

impl Chunks<'_> {
    /// Reads the line before a chunk; its length is 0 after the last one.
    fn start_chunk(&mut self) -> io::Result<()> {
        let mut line = Vec::new();
        if self.state == State::Inside {
            (&mut *self.read).take(CHUNK_LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
            line.clear();
        }
        (&mut *self.read).take(CHUNK_LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line);
        let digits = text.trim().split(';').next().unwrap_or_default().trim();
        self.left = match u64::from_str_radix(digits, 16) {
            Ok(length) => length,
            Err(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, "the length of a chunk is missing")),
        };
        self.state = if self.left == 0 { State::Done } else { State::Inside };
        Ok(())
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && self.state != State::Done {
            self.start_chunk()?;
        }
        if self.state == State::Done {
            return Ok(0);
        }
        let count = (&mut *self.read).take(self.left).read(buffer)?;
        self.left -= count as u64;
        if count == 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &[u8], expected: Result<&str, &str>) {
        let mut read = answer;
        let answer = head(&mut read).unwrap();
        let mut text = String::new();
        let outcome = match body(&answer.headers, &mut read) {
            Ok(mut body) => body.read_to_string(&mut text).map(|_| text.as_str()).map_err(|error| error.to_string()),
            Err(cause) => Err(cause),
        };
        assert_eq!(outcome, expected.map_err(str::to_owned));
        assert_eq!(answer.status, 200);
    }

    #[test]
    fn bodies_are_put_together() {
        check(b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n<p>Ferry", Ok("<p>Ferry"));
        check(b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n5;x=y\r\nFerry\r\n0\r\n\r\n", Ok("<p>Ferry"));
        check(b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n<p>put together already", Ok("<p>put together already"));
        check(b"HTTP/1.1 200\r\nContent-Encoding: gzip\r\n\r\n<p>decoded already", Ok("<p>decoded already"));
        check(b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\nx\r\n", Err("the length of a chunk is missing"));
        check(b"HTTP/1.1 200\r\nContent-Encoding: compress\r\n\r\nx", Err("is coded as compress, which is not read"));
    }
}
