//! One mail in; its text as a document, and its attachments by their own formats, out.

use std::borrow::Cow;

use mail_parser::decoders::html::html_to_text;
use mail_parser::{HeaderName, Message, MessagePart, MimeHeaders, PartType};

use crate::document::{FieldName, RawField};
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::mail::parts;
use crate::formats::members::{About, Around, Members};
use crate::formats::reader::{Sink, clean_line};

/// Attachments of one mail that are looked at; a message with more carries files, not articles.
const ATTACHMENTS_MAX: usize = 1000;

/// Reads a file that is one mail.
pub fn read(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let nest = input.nest();
    let bytes = match input.whole() {
        Ok(bytes) => bytes,
        Err(cause) => return sink(Err(Warning::new(nest.path(), cause))),
    };
    let mut members = Members::new(nest, *around, sink);
    add(&bytes, None, &mut members);
    members.finish();
}

/// Adds what a mail holds. The label names the mail where it is one of several.
pub fn add(bytes: &[u8], label: Option<&str>, members: &mut Members<'_, '_>) {
    let message = match parts::parse(bytes) {
        Ok(message) => message,
        Err(cause) => return members.warn(label, &cause),
    };
    let received = received(&message);
    let body = body(&message);
    let mut has_members = body.is_some();
    if let Some((name, text)) = body {
        let own_id = message.message_id().map(clean_line).filter(|id| !id.is_empty());
        let mut fields = stated(&message);
        fields.extend(received.clone());
        let about = About { label: label.map(str::to_owned), name: name.to_owned(), fields, own_id, ..About::default() };
        members.read(about, &mut text.as_ref());
    }
    for part in message.attachments().filter(|part| !part.is_empty()).take(ATTACHMENTS_MAX) {
        has_members |= add_attachment(&message, part, label, received.as_ref(), members);
    }
    if !has_members {
        members.warn(label, "a mail without text");
    }
}

fn add_attachment(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    label: Option<&str>,
    received: Option<&RawField>,
    members: &mut Members<'_, '_>,
) -> bool {
    let stated = part.attachment_name().map(clean_line).filter(|name| !name.is_empty());
    let name = match (&part.body, stated) {
        (PartType::Message(_), _) => "mail.eml".to_owned(),
        (_, Some(name)) => name,
        (PartType::Html(_), None) => "part.html".to_owned(),
        (PartType::Text(_), None) if part.is_content_type("text", "plain") => "part.txt".to_owned(),
        _ => return false,
    };
    let label = label.map_or_else(|| name.clone(), |label| format!("{label}/{name}"));
    let about = About { label: Some(label), name, fields: received.cloned().into_iter().collect(), ..About::default() };
    members.read(about, &mut parts::contents(message, part).as_ref())
}

/// Returns what the headers state: a mail is published by its sender when it is sent.
fn stated(message: &Message<'_>) -> Vec<RawField> {
    let subject = message.subject().and_then(|subject| parts::field(FieldName::Headline, subject));
    let sender = message.from().and_then(|from| from.first()).and_then(|sender| sender.name.as_deref());
    let source = sender.and_then(|name| parts::field(FieldName::Source, name));
    let sent = parts::header_text(message, &HeaderName::Date).and_then(|date| parts::date(FieldName::Published, &date));
    [subject, source, sent].into_iter().flatten().collect()
}

/// Returns when the mail came in: servers put their line above the others, with the date behind the last semicolon.
fn received(message: &Message<'_>) -> Option<RawField> {
    let line = parts::header_text(message, &HeaderName::Received)?;
    let (_, date) = line.rsplit_once(';')?;
    parts::date(FieldName::Saved, date)
}

/// Returns the name of the format of a mail's text, and the text: the page if it has as much to read as the plain text.
fn body<'m>(message: &'m Message<'_>) -> Option<(&'static str, Cow<'m, [u8]>)> {
    let of_kind = |ids: &[u32], is_wanted: fn(&PartType<'_>) -> bool| -> Vec<&'m MessagePart<'_>> {
        let parts = ids.iter().filter_map(|id| message.parts.get(*id as usize));
        parts.filter(|part| is_wanted(&part.body)).collect()
    };
    let pages = of_kind(&message.html_body, |body| matches!(body, PartType::Html(_)));
    let texts = of_kind(&message.text_body, |body| matches!(body, PartType::Text(_)));
    let in_pages: usize = pages.iter().map(|part| letters(&html_to_text(part.text_contents().unwrap_or_default()))).sum();
    let in_texts: usize = texts.iter().map(|part| letters(part.text_contents().unwrap_or_default())).sum();
    // Some programs put into the plain text what a page shows as pictures: a little more text there does not count.
    let (name, chosen) = if in_pages > 0 && in_pages * 4 >= in_texts * 3 { ("mail.html", pages) } else { ("mail.txt", texts) };
    match chosen.as_slice() {
        // Groups of parts whose boundary is not found are text as they are.
        [] => {
            message.parts.first().filter(|part| part.is_text() && !part.is_empty()).map(|part| ("mail.txt", parts::contents(message, part)))
        }
        _ if in_pages + in_texts == 0 => None,
        [part] => Some((name, parts::contents(message, part))),
        several => {
            let joined = several.iter().map(|part| parts::contents(message, part)).collect::<Vec<_>>().join(&b"\n\n"[..]);
            Some((name, Cow::Owned(joined)))
        }
    }
}

/// Counts the letters and digits that are to be read; addresses of pages are not.
fn letters(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}
