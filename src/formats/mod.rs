//! A file's bytes in, its documents out: one file a format, each behind the same call.
//!
//! A further format is one more file here, one more [`Format`] with its endings and signs, and one more line in `read_input`.

pub mod compressed;
pub mod csv;
pub mod csv_rows;
pub mod docx;
pub mod epub;
pub mod expansion;
pub mod feed;
pub mod fields;
pub mod format;
pub mod front_matter;
pub mod front_matter_toml;
pub mod header_lines;
pub mod html;
pub mod inflate;
pub mod input;
pub mod json;
pub mod json_array;
pub mod mail;
pub mod mail_signs;
pub mod map;
pub mod markdown;
pub mod members;
pub mod newsml;
pub mod nitf;
pub mod package;
pub mod paragraphs;
pub mod pdf;
pub mod properties;
pub mod reader;
pub mod recoded;
pub mod record;
pub mod sgml;
pub mod sgml_marked;
pub mod sidecar;
pub mod slot;
pub mod text;
pub mod value;
pub mod warc;
pub mod xml;
pub mod zip;

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Encoding, UTF_8};

use crate::document::RawDocument;
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::members::Around;
use crate::formats::reader::{Decoded, Sink};
use crate::formats::recoded::Recoded;
use crate::mojibake;

pub use crate::formats::format::{Format, may_be_read, may_unfold, recognise};
pub use crate::formats::map::{FieldMap, Mapping};
pub use crate::formats::reader::ReadOptions;

/// Reads a file and hands its documents and warnings to the sink, in the order of the file.
///
/// The path tells the format, together with the content, and names the file in warnings. A file of a kind that is not read,
/// or that looks binary, gives one warning; an empty file gives one too. Files of many documents are read as a stream: no more
/// than one of their documents, or one batch of the files in them, is held at a time.
pub fn read(path: &str, file: &mut dyn Read, options: &ReadOptions, sink: &mut Sink<'_>) {
    let mut warnings = 0_u64;
    let mut bounded = |outcome: Result<RawDocument, Warning>| {
        warnings += u64::from(outcome.is_err());
        if outcome.is_ok() || warnings <= WARNINGS_MAX {
            sink(outcome);
        }
    };
    match Input::open(path, file) {
        Ok(mut input) => read_input(&mut input, options, &mut bounded),
        Err(cause) => bounded(Err(Warning::new(path, cause))),
    }
    if warnings > WARNINGS_MAX {
        sink(Err(Warning::new(path, format!("{} more places that could not be read", warnings - WARNINGS_MAX))));
    }
}

/// Warnings about one file; a file of nothing but bad lines would fill the memory with them. No keeper reads more.
const WARNINGS_MAX: u64 = 1000;

fn read_input(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let path = input.path();
    let Some(format) = recognise(input.name(), input.head()) else {
        return sink(Err(Warning::new(path, "not a format that is read").with_hint(READ_HINT)));
    };
    match format {
        Format::Pdf => return pdf::read(input, options, sink),
        Format::Docx => return docx::read(input, sink),
        Format::Epub => return epub::read(input, sink),
        _ => {}
    }
    if let Some(read) = reader_of_others(format) {
        return read(input, &Around { inside: &read_input, options }, sink);
    }
    if let Some(cause) = format::binary_cause(input.head()) {
        return sink(Err(Warning::new(path, cause)));
    }
    if input.head().trim_ascii().is_empty() && input.head().len() < input::HEAD_BYTES {
        return sink(Err(Warning::new(path, "empty file")));
    }
    match format {
        Format::Text | Format::Markdown | Format::Html => read_text(input, format, options, sink),
        Format::Feed => feed::read(input, sink),
        Format::Nitf => nitf::read(input, sink),
        Format::NewsMl => newsml::read(input, sink),
        Format::OtherXml => {
            let root =
                format::xml_root(input.head()).map_or_else(|| "no element at its head".to_owned(), |root| format!("the root <{root}>"));
            sink(Err(Warning::new(path, format!("not a format that is read: XML with {root}")).with_hint(XML_HINT)));
        }
        format => read_records(input, format, options, sink),
    }
}

/// What a user is told of a file of another kind.
const READ_HINT: &str = "read are text, Markdown, web pages, JSON, tables, feeds, wire formats, mail, web archives, Word, EPUB and PDF, also in gzip, zstd and zip";

/// What a user is told of XML of another kind.
const XML_HINT: &str = "read are rss, feed, rdf:RDF, nitf, newsItem and newsMessage";

/// Reads formats of many documents a file, which are read as a stream; text of two bytes a letter is decoded on the way.
fn read_records(input: &mut Input<'_>, format: Format, options: &ReadOptions, sink: &mut Sink<'_>) {
    match Encoding::for_bom(input.head()) {
        Some((encoding, _)) if encoding != UTF_8 => {
            let standing = input.standing();
            let mut text = Recoded::new(input, encoding);
            match Input::reopen(standing, &mut text) {
                Ok(mut input) => read_stream(&mut input, format, options, sink),
                Err(cause) => sink(Err(Warning::new(input.path(), cause))),
            }
        }
        _ => read_stream(input, format, options, sink),
    }
}

fn read_stream(input: &mut Input<'_>, format: Format, options: &ReadOptions, sink: &mut Sink<'_>) {
    match format {
        Format::JsonLines => json::read_lines(input, options, sink),
        Format::Json => json::read(input, options, sink),
        Format::Table => csv::read(input, options, sink),
        _ => sgml::read(input, sink),
    }
}

/// Returns the reader of a format that holds files of other formats.
fn reader_of_others(format: Format) -> Option<fn(&mut Input<'_>, &Around<'_>, &mut Sink<'_>)> {
    match format {
        Format::Gzip => Some(compressed::read_gzip),
        Format::Zstd => Some(compressed::read_zstd),
        Format::Zip => Some(zip::read),
        Format::Warc => Some(warc::read),
        Format::Mail => Some(mail::read),
        Format::Mailbox => Some(mail::read_mailbox),
        Format::Mhtml => Some(mail::read_page),
        _ => None,
    }
}

/// Reads formats of one document a file, which are decoded as a whole.
fn read_text(input: &mut Input<'_>, format: Format, options: &ReadOptions, sink: &mut Sink<'_>) {
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
        Format::Markdown => {
            markdown::read(path, &decoded.text, options, &mut |outcome| sink(outcome.map(|raw| placed(raw, &decoded))));
        }
        _ => sink(Ok(placed(text::read(path, &decoded.text), &decoded))),
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
mod described;
#[cfg(test)]
mod tests;
