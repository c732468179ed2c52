//! Header lines, `Name: value`, as mails, web servers and web archives write them, in; names and values out.
//!
//! Bytes beyond UTF-8 are read as they come, a value that goes on in further lines is joined, and a line that is no header is
//! passed over: what is wrong in a header costs that header.

use std::io::{self, BufRead, Read};

use crate::formats::reader::clean_line;

/// Headers are read up to this size; servers refuse more than 8 to 64 KB.
const HEADERS_BYTES_MAX: usize = 256 << 10;

/// Headers, in their order.
#[derive(Debug, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Returns the first value of a header, whatever the case of its name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns a header's value up to its first parameter, in lower case: `text/html` of `Text/HTML; charset=utf-8`.
    pub fn kind(&self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let kind = value.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    }

    /// Returns a parameter of a header: `utf-8` for `charset` of `text/html; charset="utf-8"`.
    pub fn parameter(&self, header: &str, name: &str) -> Option<&str> {
        let parameters = self.get(header)?.split(';').skip(1).filter_map(|part| part.split_once('='));
        let value = parameters.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value).next()?;
        Some(value.trim().trim_matches(['"', '\'']))
    }

    fn push_line(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(&clean_line(&text));
            }
        } else if let Some((name, value)) = text.split_once(':') {
            self.0.push((name.trim().to_owned(), clean_line(value)));
        }
    }
}

/// Reads headers up to the blank line that ends them, and takes that line too; returns them with whether it came.
///
/// # Errors
///
/// When they cannot be read.
pub fn read(input: &mut dyn BufRead) -> io::Result<(Headers, bool)> {
    let mut headers = Headers::default();
    let mut left = HEADERS_BYTES_MAX;
    let mut line = Vec::new();
    while left > 0 {
        line.clear();
        let count = (&mut *input).take(left as u64).read_until(b'\n', &mut line)?;
        left -= count;
        if line.trim_ascii().is_empty() {
            return Ok((headers, count > 0));
        }
        headers.push_line(line.trim_ascii_end());
    }
    Ok((headers, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_whatever_is_wrong_with_them() {
        let text = b"Content-Type: Text/HTML; boundary=x;\r\n charset=\"utf-8\"\r\nno header\r\nX: \xff\r\nx: 2\r\n\r\nbody";
        let mut input = &text[..];
        let (headers, is_ended) = read(&mut input).unwrap();
        assert_eq!((is_ended, input), (true, &b"body"[..]));
        assert_eq!(headers.get("content-type"), Some("Text/HTML; boundary=x; charset=\"utf-8\""));
        assert_eq!(headers.kind("Content-Type").as_deref(), Some("text/html"));
        assert_eq!(headers.parameter("Content-Type", "charset"), Some("utf-8"));
        assert_eq!((headers.get("X"), headers.get("Y")), (Some("\u{fffd}"), None));
        assert!(!read(&mut &b"A: b\r\n"[..]).unwrap().1);
    }
}
