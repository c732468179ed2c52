//! The bytes of a mail in, its parts out; decoded, and in UTF-8.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::reader::clean_line;

/// Mails inside of mails to this number: the parser follows each, and so does the memory's release.
const MAILS_INSIDE_MAX: usize = 60;

/// For each part that has parts of its own the parser may go through the rest of the mail; together it goes through so many
/// bytes, which takes under two seconds. A mail of the largest size may have 30 such parts, one of a megabyte 2,000.
const SCANNED_BYTES_MAX: usize = 2 << 30;

/// Takes a mail apart.
///
/// # Errors
///
/// The cause, if it has no headers, or is built so as to keep the parser busy.
pub fn parse(bytes: &[u8]) -> Result<Message<'_>, String> {
    let (mails, nodes) = (count(bytes, "message/") + count(bytes, "multipart/digest"), count(bytes, "multipart/"));
    if mails > MAILS_INSIDE_MAX {
        return Err(format!("mails inside of each other, {mails} of them, the limit is {MAILS_INSIDE_MAX}"));
    }
    if nodes.saturating_mul(bytes.len()) > SCANNED_BYTES_MAX {
        return Err(format!("{nodes} groups of parts, too many for its size"));
    }
    // The parser promises not to fail; on bytes that nobody has thought of, its promise is not ours.
    let outcome = catch_unwind(AssertUnwindSafe(|| MessageParser::default().parse(bytes)));
    outcome.unwrap_or_default().filter(|message| !message.parts.is_empty()).ok_or_else(|| "not a mail: it has no headers".to_owned())
}

/// Counts a word, in either case.
fn count(bytes: &[u8], word: &str) -> usize {
    let is_here = |at: &usize| bytes.get(*at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()));
    memchr::memchr2_iter(b'm', b'M', bytes).filter(is_here).count()
}

/// Returns the bytes of a part: text in UTF-8, other things as they are.
pub fn contents<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    match &part.body {
        // Text that states no charset is not always UTF-8: a page in it may state its own.
        PartType::Text(text) | PartType::Html(text) if text.contains('\u{fffd}') && !has_charset(part) => {
            decoded(message, part).map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned)
        }
        PartType::Text(text) | PartType::Html(text) => Cow::Borrowed(text.as_bytes()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Cow::Borrowed(bytes.as_ref()),
        PartType::Message(inner) if part.encoding != Encoding::None => Cow::Borrowed(inner.raw_message.as_ref()),
        PartType::Message(_) => Cow::Borrowed(raw(message, part)),
        PartType::Multipart(_) => Cow::Borrowed(&[]),
    }
}

fn has_charset(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| kind.has_attribute("charset"))
}

fn raw<'m>(message: &'m Message<'_>, part: &MessagePart<'_>) -> &'m [u8] {
    message.raw_message.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default()
}

/// Undoes the encoding for the way, and leaves the charset as it is.
fn decoded(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = raw(message, part);
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}

/// Returns a header of the mail as written, on one line; of several with one name the first.
pub fn header_text(message: &Message<'_>, name: &HeaderName<'_>) -> Option<String> {
    let header = message.headers().iter().find(|header| header.name == *name)?;
    let raw = message.raw_message.get(header.offset_start as usize..header.offset_end as usize)?;
    let text = clean_line(&String::from_utf8_lossy(raw));
    (!text.is_empty()).then_some(text)
}

/// Makes a field of a date as a header writes it, without the comment that may follow: `(CEST)`.
pub fn date(name: FieldName, text: &str) -> Option<RawField> {
    field(name, text.split(" (").next().unwrap_or_default())
}

/// Makes a field that a header states; `None` if it is blank.
pub fn field(name: FieldName, value: &str) -> Option<RawField> {
    let value = clean_line(value);
    (!value.is_empty()).then_some(RawField { name, value, from: Provenance::MailHeader })
}
