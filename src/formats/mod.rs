//! A file's bytes in, its documents out: one file a format, each behind the same call.
//!
//! A further format is one more file here, one more [`Format`] and one more line in [`read`].

pub mod fields;
pub mod front_matter;
pub mod html;
pub mod json;
pub mod markdown;
pub mod paragraphs;
pub mod reader;
pub mod text;
pub mod value;

use crate::document::RawDocument;
use crate::error::Warning;
use crate::formats::reader::{DOCUMENT_BYTES_MAX, Decoded, HEAD_BYTES, Sink};

pub use crate::formats::reader::{Format, recognise};

/// Reads a file and hands its documents and warnings to the sink, in the order of the file.
///
/// The path tells the format, together with the content, and names the file in warnings. A file of an ending that is not read,
/// or that looks binary, gives one warning; an empty file gives one too.
pub fn read(path: &str, bytes: &[u8], sink: &mut Sink<'_>) {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let Some(format) = recognise(path, head) else {
        return sink(Err(Warning::new(path, "not a format that is read").with_hint("read are .txt, .md, .html, .json and .jsonl")));
    };
    if let Some(cause) = reader::binary_cause(head) {
        return sink(Err(Warning::new(path, cause)));
    }
    if bytes.trim_ascii().is_empty() {
        return sink(Err(Warning::new(path, "empty file")));
    }
    let is_utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    match format {
        Format::JsonLines if !is_utf16 => json::read_lines(path, without_mark(bytes), sink),
        Format::Json if !is_utf16 => json::read(path, without_mark(bytes), sink),
        format if bytes.len() > DOCUMENT_BYTES_MAX => {
            let cause = format!("too large for one document: {} MB, the limit is {} MB", bytes.len() >> 20, DOCUMENT_BYTES_MAX >> 20);
            let warning = Warning::new(path, cause);
            sink(Err(if format == Format::Text { warning.with_hint("split it into one file an article") } else { warning }));
        }
        format => read_text(path, bytes, format, sink),
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn read_text(path: &str, bytes: &[u8], format: Format, sink: &mut Sink<'_>) {
    let declared = if format == Format::Html { html::declared_charset(bytes) } else { None };
    let decoded = match reader::decode(bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(cause) => return sink(Err(Warning::new(path, cause).with_hint("save it as UTF-8"))),
    };
    if let Some(at) = decoded.damaged_at {
        sink(Err(Warning::new(path, format!("invalid UTF-8 at byte {at}: what could not be read shows as \u{fffd}"))));
    }
    match format {
        Format::Html => html::read(path, &decoded.text, sink),
        Format::Markdown => markdown::read(path, &decoded.text, &mut |outcome| sink(outcome.map(|raw| placed(raw, &decoded)))),
        Format::Text => sink(Ok(placed(text::read(path, &decoded.text), &decoded))),
        Format::Json => json::read(path, decoded.text.as_bytes(), sink),
        Format::JsonLines => json::read_lines(path, decoded.text.as_bytes(), sink),
    }
}

/// Turns places in the text into places in the file; where the file holds other bytes than the text, only lines remain true,
/// and no place is stated.
fn placed(mut raw: RawDocument, decoded: &Decoded<'_>) -> RawDocument {
    for block in &mut raw.blocks {
        match (&mut block.place, decoded.offset) {
            (Some(place), Some(offset)) => {
                place.bytes.start += offset;
                place.bytes.end += offset;
            }
            (place, None) => *place = None,
            (None, _) => {}
        }
    }
    raw
}

#[cfg(test)]
mod tests;
