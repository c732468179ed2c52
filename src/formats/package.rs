//! A document that is a zip archive of XML parts: bytes in; its parts by name, and what their XML says, out.
//!
//! Word and books are kept so. Parts are unpacked one at a time, each and all together no larger than a limit; entities that a part
//! declares stand for nothing, so that none can grow.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::formats::reader;

/// No part is larger unpacked: the text of a long book with all its marks has 20 MB.
const PART_BYTES_MAX: u64 = 32 << 20;

/// What is unpacked of one document in all; pictures are not.
const PACKAGE_BYTES_MAX: u64 = 48 << 20;

/// A document has no more parts: a year of a weekly in one book has a few thousand.
const PARTS_MAX: usize = 20_000;

/// Why a document with a password is not read.
pub const ENCRYPTED: &str = "encrypted: it opens with a password only";

/// An open document.
pub struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    left_bytes: u64,
}

impl Package {
    /// Opens a document.
    ///
    /// # Errors
    ///
    /// The cause, if it is no zip archive, or one of too many parts.
    pub fn open(bytes: Vec<u8>) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| cause_of(&error))?;
        if archive.len() > PARTS_MAX {
            return Err(format!("{} parts, the limit is {PARTS_MAX}", archive.len()));
        }
        Ok(Package { archive, left_bytes: PACKAGE_BYTES_MAX })
    }

    /// Returns the text of a part; `None` if there is none of that name.
    ///
    /// # Errors
    ///
    /// The cause, if it cannot be unpacked, is encrypted, is no text, or goes beyond a limit.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(cause_of(&error)),
        };
        let most = PART_BYTES_MAX.min(self.left_bytes);
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|error| format!("{name} is damaged: {error}"))?;
        let len_bytes = bytes.len() as u64;
        if len_bytes > most {
            return Err(format!("{name} unpacks to more than {} MB", most >> 20));
        }
        self.left_bytes -= len_bytes;
        let decoded = reader::decode(&bytes, None).map_err(|cause| format!("{name}: {cause}"))?;
        Ok(Some(decoded.text.into_owned()))
    }
}

fn cause_of(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(cause) if *cause == ZipError::PASSWORD_REQUIRED => ENCRYPTED.to_owned(),
        ZipError::InvalidPassword => ENCRYPTED.to_owned(),
        ZipError::CompressionMethodNotSupported(method) => format!("packed by a method that is not read: {method}"),
        _ => "not a zip archive that can be read: it is damaged or cut off".to_owned(),
    }
}

/// What stands next in an XML text. Names are without their prefix.
#[derive(Debug)]
pub enum Node<'n> {
    /// An element starts.
    Open(&'n str, Attributes<'n>),
    /// An element ends.
    Close(&'n str),
    /// Text between tags.
    Text(&'n str),
}

/// The attributes of an element.
#[derive(Debug)]
pub struct Attributes<'n>(&'n BytesStart<'n>);

impl Attributes<'_> {
    /// Returns the value of an attribute, by its name without the prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        // A name that stands twice is no reason to lose the first.
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned());
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

/// Goes through an XML text from start to end.
///
/// # Errors
///
/// The cause, if it is not well-formed; what comes before the fault was visited.
pub fn visit(text: &str, take: &mut dyn FnMut(Node<'_>)) -> Result<(), String> {
    let mut xml = quick_xml::Reader::from_str(text);
    xml.config_mut().allow_dangling_amp = true;
    let mut open = 0_usize;
    loop {
        match xml.read_event() {
            Ok(Event::Start(start)) => {
                open += 1;
                take(Node::Open(start.local_name().into_inner(), Attributes(&start)));
            }
            Ok(Event::Empty(start)) => {
                take(Node::Open(start.local_name().into_inner(), Attributes(&start)));
                take(Node::Close(start.local_name().into_inner()));
            }
            Ok(Event::End(end)) => {
                open = open.saturating_sub(1);
                take(Node::Close(end.local_name().into_inner()));
            }
            Ok(Event::Text(text)) => take(Node::Text(&text.xml10_content())),
            Ok(Event::CData(text)) => take(Node::Text(&text.xml10_content())),
            Ok(Event::GeneralRef(reference)) => {
                let named = reference.xml10_content();
                let c = match named.as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = c {
                    take(Node::Text(c.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) if open > 0 => return Err(format!("broken XML: it is cut off at byte {}", text.len())),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(format!("broken XML at byte {}: {error}", xml.error_position())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut found = String::new();
        let outcome = visit(text, &mut |node| match node {
            Node::Open(name, attributes) => found.push_str(&format!("<{name} {}>", attributes.get("val").unwrap_or_default())),
            Node::Close(name) => found.push_str(&format!("</{name}>")),
            Node::Text(text) => found.push_str(text),
        });
        assert_eq!((found.as_str(), outcome.is_ok()), (expected, !text.contains('!') || text.contains("DOCTYPE")), "{text}");
    }

    #[test]
    fn xml_is_visited() {
        check("<w:p w:val=' a &amp; b'>Ida &amp; Jan &#8211; &x;<w:br/></w:p>", "<p a & b>Ida & Jan – <br ></br></p>");
        check("<p>cut! off", "<p >cut! off");
        check("<p>wrong!</q>", "<p >wrong!");
        check("<!DOCTYPE p [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><p>&b;</p>", "<p ></p>");
    }
}
