//! A page that a browser saved as a mail, MHTML (RFC 2557), in; the page as a document out.
//!
//! The page is the part that the mail calls its start, else the one whose address is the mail's, else the first that is HTML. Its frames, pictures
//! and styles are passed over. The `Subject` is the page's title in another place, and is left to the page.

use mail_parser::{HeaderName, Message, MessagePart, MimeHeaders, PartType};

use crate::document::{FieldName, RawField};
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::mail::parts;
use crate::formats::members::{About, Around, Members};
use crate::formats::reader::Sink;

/// Where browsers of today write the page's address.
const SNAPSHOT_LOCATION: &str = "Snapshot-Content-Location";

/// Reads a saved page.
pub fn read(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let nest = input.nest();
    let bytes = match input.whole() {
        Ok(bytes) => bytes,
        Err(cause) => return sink(Err(Warning::new(nest.path(), cause))),
    };
    let message = match parts::parse(&bytes) {
        Ok(message) => message,
        Err(cause) => return sink(Err(Warning::new(nest.path(), cause))),
    };
    let snapshot = parts::header_text(&message, &HeaderName::from(SNAPSHOT_LOCATION));
    let Some(part) = start(&message, snapshot.as_deref()) else {
        return sink(Err(Warning::new(nest.path(), "a saved page without a part that is HTML")));
    };
    let about = About { name: "page.html".to_owned(), fields: fields(&message, part, snapshot), ..About::default() };
    let mut members = Members::new(nest, *around, sink);
    members.read(about, &mut parts::contents(&message, part).as_ref());
    members.finish();
}

fn start<'m>(message: &'m Message<'_>, snapshot: Option<&str>) -> Option<&'m MessagePart<'m>> {
    let bare = |id: &str| id.trim_matches(['<', '>']).to_owned();
    let wanted = message.content_type().and_then(|kind| kind.attribute("start")).map(bare);
    let pages = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let by_id = || wanted.and_then(|wanted| pages().find(|part| part.content_id().map(bare).as_ref() == Some(&wanted)));
    let by_location = || snapshot.and_then(|snapshot| pages().find(|part| part.content_location() == Some(snapshot)));
    by_id().or_else(by_location).or_else(|| pages().next())
}

fn fields(message: &Message<'_>, part: &MessagePart<'_>, snapshot: Option<String>) -> Vec<RawField> {
    let location = || part.content_location().or_else(|| message.content_location()).map(str::to_owned);
    let url = snapshot.or_else(location).and_then(|url| parts::field(FieldName::Url, &url));
    let saved = parts::header_text(message, &HeaderName::Date).and_then(|date| parts::date(FieldName::Saved, &date));
    [url, saved].into_iter().flatten().collect()
}
