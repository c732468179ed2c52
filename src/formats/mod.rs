//! A file's bytes in, its documents out: one file a format, each behind the same call.
//!
//! A further format is one more file here, one more [`Format`] with its endings and signs, and one more line in [`read_input`].

pub mod fields;
pub mod format;
pub mod front_matter;
pub mod html;
pub mod input;
pub mod json;
pub mod json_array;
pub mod markdown;
pub mod paragraphs;
pub mod reader;
pub mod text;
pub mod value;

use std::borrow::Cow;
use std::io::Read;

use crate::document::RawDocument;
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::reader::{Decoded, Sink};
use crate::mojibake;

pub use crate::formats::format::{Format, may_be_read, recognise};
pub use crate::formats::reader::ReadOptions;

/// Reads a file and hands its documents and warnings to the sink, in the order of the file.
///
/// The path tells the format, together with the content, and names the file in warnings. A file of a kind that is not read,
/// or that looks binary, gives one warning; an empty file gives one too. Files of many documents are read as a stream: no more
/// than one of their documents is held at a time.
pub fn read(path: &str, file: &mut dyn Read, options: &ReadOptions, sink: &mut Sink<'_>) {
    match Input::open(path, file) {
        Ok(mut input) => read_input(&mut input, options, sink),
        Err(cause) => sink(Err(Warning::new(path, cause))),
    }
}

fn read_input(input: &mut Input<'_>, _options: &ReadOptions, sink: &mut Sink<'_>) {
    let path = input.path();
    let Some(format) = recognise(input.name(), input.head()) else {
        return sink(Err(Warning::new(path, "not a format that is read").with_hint("read are .txt, .md, .html, .json and .jsonl")));
    };
    if let Some(cause) = format::binary_cause(input.head()) {
        return sink(Err(Warning::new(path, cause)));
    }
    if input.head().trim_ascii().is_empty() && input.head().len() < input::HEAD_BYTES {
        return sink(Err(Warning::new(path, "empty file")));
    }
    let is_utf16 = input.head().starts_with(b"\xff\xfe") || input.head().starts_with(b"\xfe\xff");
    match format {
        Format::JsonLines if !is_utf16 => json::read_lines(input, sink),
        Format::Json if !is_utf16 => json::read(input, sink),
        format => read_text(input, format, sink),
    }
}

/// Reads formats of one document a file, which are decoded as a whole.
fn read_text(input: &mut Input<'_>, format: Format, sink: &mut Sink<'_>) {
    let path = input.path();
    let bytes = match input.whole() {
        Ok(bytes) => bytes,
        Err(cause) => {
            let warning = Warning::new(path, cause);
            return sink(Err(if format == Format::Text { warning.with_hint("split it into one file an article") } else { warning }));
        }
    };
    let declared = if format == Format::Html { html::declared_charset(&bytes) } else { None };
    let decoded = match reader::decode(&bytes, declared.as_deref()) {
        Ok(decoded) => decoded,
        Err(cause) => return sink(Err(Warning::new(path, cause).with_hint("save it as UTF-8"))),
    };
    if let Some(at) = decoded.damaged_at {
        sink(Err(Warning::new(path, format!("invalid UTF-8 at byte {at}: what could not be read shows as \u{fffd}"))));
    }
    let decoded = if matches!(format, Format::Text | Format::Markdown) { as_meant(path, decoded, sink) } else { decoded };
    match format {
        Format::Html => html::read(path, &decoded.text, sink),
        Format::Markdown => markdown::read(path, &decoded.text, &mut |outcome| sink(outcome.map(|raw| placed(raw, &decoded)))),
        Format::Text => sink(Ok(placed(text::read(path, &decoded.text), &decoded))),
        Format::Json | Format::JsonLines => {
            let mut text = decoded.text.as_bytes();
            match Input::open(path, &mut text) {
                Ok(mut input) if format == Format::Json => json::read(&mut input, sink),
                Ok(mut input) => json::read_lines(&mut input, sink),
                Err(cause) => sink(Err(Warning::new(path, cause))),
            }
        }
    }
}

/// Repairs a text that was decoded wrongly before it was saved, with a warning; the file then holds other bytes than the text.
fn as_meant<'b>(path: &str, decoded: Decoded<'b>, sink: &mut Sink<'_>) -> Decoded<'b> {
    let Cow::Owned(text) = mojibake::repaired(&decoded.text) else { return decoded };
    let warning = Warning::new(path, "its text was decoded wrongly before it was saved (ü stands as Ã¼); it is read as it was meant");
    sink(Err(warning.with_hint("save the file again from where it came, as UTF-8")));
    Decoded { text: Cow::Owned(text), offset: None, damaged_at: decoded.damaged_at }
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
