//! What every reader of a format shares: file bytes in; the format, the decoded text and clean lines out.
//!
//! A file is *recognised* by its name, and by its first bytes where they contradict the name. Decoding keeps to UTF-8 and to
//! what the file declares; other bytes are read as windows-1252 only where that gives plausible text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::document::{RawBlock, RawDocument, Role};
use crate::error::Warning;

/// Takes the documents and warnings of a file, in its order.
pub type Sink<'s> = dyn FnMut(Result<RawDocument, Warning>) + 's;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: an article, or the visible text of a page.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// One JSON value: an article, an array of them, or an object that holds such an array.
    Json,
    /// A JSON object a line.
    JsonLines,
}

/// No single document is read beyond this. The largest of 1,989 pages measured has 1.6 MB; pages saved with their pictures inside
/// are larger by an amount not measured, for which room is left.
pub const DOCUMENT_BYTES_MAX: usize = 64 << 20;

/// How many bytes from the start of a file suffice to recognise it: text shows its nature in the first lines, and a page may
/// open with a long comment.
pub const HEAD_BYTES: usize = 8192;

/// Recognises a format by the ending of the path, and by the first bytes where they contradict it; `None` for endings that
/// are not read.
pub fn recognise(path: &str, head: &[u8]) -> Option<Format> {
    let (_, ending) = path.rsplit('/').next().unwrap_or_default().rsplit_once('.')?;
    let named = match ending.to_ascii_lowercase().as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        _ => return None,
    };
    Some(match (named, shown(head)) {
        (Format::JsonLines, Some(Format::Json)) => Format::JsonLines,
        (Format::Markdown, Some(Format::Json)) => Format::Markdown,
        (_, Some(shown)) => shown,
        (named, None) => named,
    })
}

/// Tells the format that the first bytes leave no doubt of.
fn shown(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = &head[..head.len().min(HEAD_BYTES)];
    let start = String::from_utf8_lossy(head);
    let start = without_preamble(&start);
    let lower = start.get(..start.floor_char_boundary(16)).unwrap_or_default().to_ascii_lowercase();
    if ["<!doctype html", "<html>", "<html ", "<head>", "<body"].iter().any(|opening| lower.starts_with(opening)) {
        return Some(Format::Html);
    }
    let inner = start.strip_prefix('[').map_or(start, str::trim_start);
    let is_object = inner.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    is_object.then_some(Format::Json)
}

/// Skips blanks, XML declarations and comments, which may stand before a page.
fn without_preamble(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(end) = preamble_end(rest) {
        rest = rest[end..].trim_start();
    }
    rest
}

fn preamble_end(text: &str) -> Option<usize> {
    let close = if text.starts_with("<?") {
        "?>"
    } else if text.starts_with("<!--") {
        "-->"
    } else {
        return None;
    };
    text.find(close).map(|at| at + close.len())
}

/// Tells why the first bytes are no text; `None` if they may be.
pub fn binary_cause(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"%PDF-", "looks binary: a PDF file"),
        (b"PK\x03\x04", "looks binary: a zip archive"),
        (b"\x1f\x8b", "looks binary: a gzip archive"),
        (b"\x28\xb5\x2f\xfd", "looks binary: a zstd archive"),
        (b"\x89PNG", "looks binary: a picture"),
        (b"\xff\xd8\xff", "looks binary: a picture"),
        (b"GIF8", "looks binary: a picture"),
        (b"\x7fELF", "looks binary: a program"),
    ];
    if let Some((_, cause)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(cause);
    }
    if Encoding::for_bom(head).is_some() {
        return None;
    }
    let head = &head[..head.len().min(HEAD_BYTES)];
    let controls = head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    // Saved text may hold a stray NUL; of evenly spread bytes, 27 in 256 are such controls.
    (controls * 20 > head.len()).then_some("looks binary")
}

/// A file's text.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// Where in the file the text starts, if the file holds it byte by byte.
    pub offset: Option<usize>,
    /// The first byte that could not be read and was replaced.
    pub damaged_at: Option<usize>,
}

/// Decodes a file's bytes: by its byte order mark, as UTF-8, by the charset it declares, else as windows-1252.
///
/// # Errors
///
/// The cause, if the bytes are none of these.
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Result<Decoded<'b>, String> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        let rest = &bytes[mark_bytes..];
        if encoding == UTF_8 {
            return Ok(match std::str::from_utf8(rest) {
                Ok(text) => Decoded { text: Cow::Borrowed(text), offset: Some(mark_bytes), damaged_at: None },
                Err(error) => damaged(rest, error.valid_up_to()),
            });
        }
        debug_assert!(encoding == UTF_16LE || encoding == UTF_16BE);
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return Ok(Decoded { text: Cow::Owned(text.into_owned()), offset: None, damaged_at: None });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: Cow::Borrowed(text), offset: Some(0), damaged_at: None }),
        Err(error) => error.valid_up_to(),
    };
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            Ok(Decoded { text: Cow::Owned(text.into_owned()), offset: None, damaged_at: None })
        }
        None if declared.is_some() || is_mostly_utf8(bytes) => Ok(damaged(bytes, error)),
        None if is_plausibly_western(bytes) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Ok(Decoded { text: Cow::Owned(text.into_owned()), offset: None, damaged_at: None })
        }
        None => Err(format!("invalid UTF-8 at byte {error}")),
    }
}

fn damaged(bytes: &[u8], at: usize) -> Decoded<'_> {
    Decoded { text: Cow::Owned(String::from_utf8_lossy(bytes).into_owned()), offset: None, damaged_at: Some(at) }
}

/// Tells UTF-8 with a few bad bytes from another encoding: most of its bytes beyond ASCII form valid sequences.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid > 4 * invalid
}

/// Tells Western European text of one byte a letter: bytes beyond ASCII are few, and none is a control or undefined.
fn is_plausibly_western(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let is_undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0x00..=0x08);
    // A judgement, not measured: text in another script of one byte a letter has more bytes beyond ASCII than letters within it.
    beyond * 6 < letters && !bytes.iter().any(is_undefined)
}

/// Appends text with each run of blanks and control characters as one blank, and none at the start.
pub fn push_clean(text: &str, line: &mut String) {
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}') {
            let is_joined = matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}');
            if !is_joined && !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(c);
        }
    }
}

/// Returns text as one line: each run of blanks and control characters is one blank, with none at the ends.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) && !text.contains("  ") {
        line.push_str(text.trim());
        return line;
    }
    push_clean(text, &mut line);
    line.truncate(line.trim_end().len());
    line
}

/// Returns a paragraph that the file does not hold as such; `None` if it is blank.
pub fn block(text: &str, role: Role) -> Option<RawBlock> {
    let text = clean_line(text);
    (!text.is_empty()).then_some(RawBlock { text, role, place: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_tell_the_format() {
        for (path, head, expected) in [
            ("a/b.TXT", "Ferry runs again\n", Some(Format::Text)),
            ("b.txt", "\u{feff}<!DOCTYPE html><html>", Some(Format::Html)),
            ("b.txt", "<?xml version=\"1.0\"?>\n<!-- saved -->\n<html lang=en>", Some(Format::Html)),
            ("b.txt", "{\"title\": \"x\"}", Some(Format::Json)),
            ("b.txt", "[\n {\"title\": \"x\"}]", Some(Format::Json)),
            ("b.txt", "[Photo] {x}", Some(Format::Text)),
            ("b.html", "<p>No head at all", Some(Format::Html)),
            ("b.jsonl", "{\"title\": \"x\"}\n", Some(Format::JsonLines)),
            ("b.md", "# Ferry", Some(Format::Markdown)),
            ("b.markdown", "", Some(Format::Markdown)),
            ("b.json", "", Some(Format::Json)),
            ("b.jpg", "", None),
            ("README", "", None),
            ("a.d/file", "", None),
        ] {
            assert_eq!(recognise(path, head.as_bytes()), expected, "{path} {head}");
        }
    }

    fn check_decode(bytes: &[u8], declared: Option<&str>, expected: Result<&str, &str>) {
        let decoded = decode(bytes, declared);
        let text = decoded.as_ref().map(|decoded| decoded.text.as_ref()).map_err(String::as_str);
        assert_eq!(text, expected);
    }

    #[test]
    fn bytes_become_text() {
        check_decode("Zürich".as_bytes(), None, Ok("Zürich"));
        check_decode(b"\xef\xbb\xbfab", None, Ok("ab"));
        check_decode(b"\xff\xfea\x00b\x00", None, Ok("ab"));
        check_decode(b"\xfe\xff\x00a\x00b", None, Ok("ab"));
        check_decode(b"the Z\xfcrich ferry", None, Ok("the Zürich ferry"));
        check_decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251"), Ok("Привет"));
        check_decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", None, Err("invalid UTF-8 at byte 0"));
        check_decode(b"ab \xc3\xa9\xc3\xa9\xc3\xa9 \xff", None, Ok("ab ééé \u{fffd}"));
    }

    #[test]
    fn binary_files_are_told_from_text() {
        assert_eq!(binary_cause(b"%PDF-1.7"), Some("looks binary: a PDF file"));
        assert_eq!(binary_cause(&[0, 1, 2, 3, 0, 0, 7, 200]), Some("looks binary"));
        assert_eq!(binary_cause(b"\xff\xfea\x00b\x00"), None);
        assert_eq!(binary_cause(b"plain text with a form feed\x0c and more of it"), None);
        assert_eq!(binary_cause(b""), None);
    }

    #[test]
    fn lines_are_cleaned() {
        for (text, expected) in
            [("  a\n\tb  ", "a b"), ("a\0b\u{1b}[31m", "a b [31m"), ("Zü\u{ad}rich\u{200b} x\u{a0}y", "Zürich x y"), ("", "")]
        {
            assert_eq!(clean_line(text), expected);
        }
    }
}
