//! The steps of reading a web archive: record by record, each document by the rules of its own format.

use std::io::BufRead;

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::expansion::Expanded;
use crate::formats::header_lines::Headers;
use crate::formats::input::{Input, Nest};
use crate::formats::members::{About, Around, Members};
use crate::formats::reader::{Sink, clean_line};
use crate::formats::warc::http;
use crate::formats::warc::record::{self, Content, Next};

/// Names by which the formats know contents of a kind; contents of others are pictures, styles, programs and data.
const KINDS: [(&str, &str); 14] = [
    ("text/html", "page.html"),
    ("application/xhtml+xml", "page.xhtml"),
    ("text/plain", "page.txt"),
    ("text/markdown", "page.md"),
    ("application/pdf", "page.pdf"),
    ("application/epub+zip", "page.epub"),
    ("application/rss+xml", "page.rss"),
    ("application/atom+xml", "page.atom"),
    ("application/feed+json", "page.json"),
    ("application/ld+json", "page.json"),
    ("message/rfc822", "page.eml"),
    ("multipart/related", "page.mhtml"),
    ("application/xml", "page.xml"),
    ("text/xml", "page.xml"),
];

/// Reads a web archive.
pub fn read(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let nest = input.nest();
    let mut members = Members::new(nest.clone(), *around, sink);
    loop {
        match record::next(input) {
            Ok(Next::Record(headers, length, passed)) => {
                warn_of_noise(passed, &mut members);
                let mut content = Content::new(input, length);
                read_record(&headers, &mut content, &nest, &mut members);
                if content.pass_over().is_err() {
                    members.warn(None, "the last record ends too early: the archive was cut off");
                    break;
                }
            }
            Ok(Next::Unmeasured) => members.warn(None, "a record without Content-Length is passed over"),
            Ok(Next::End(passed)) => {
                warn_of_noise(passed, &mut members);
                break;
            }
            Err(cause) => {
                members.warn(None, &cause);
                break;
            }
        }
    }
    members.finish();
}

fn warn_of_noise(bytes: u64, members: &mut Members<'_, '_>) {
    if bytes > 0 {
        members.warn(None, &format!("what stands between two records is lost: {bytes} bytes"));
    }
}

/// Reads what a record holds, if it is a document. What is left of it is passed over by the caller.
fn read_record(headers: &Headers, content: &mut Content<'_, '_>, nest: &Nest<'_>, members: &mut Members<'_, '_>) {
    let url = headers.get("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']));
    match headers.get("WARC-Type") {
        Some("response") => {}
        Some("resource" | "conversion") => {
            let name = kind_name(headers.kind("Content-Type").as_deref());
            return read_body(&Body { url, name, headers, record: headers }, content, nest, members);
        }
        _ => return,
    }
    // What is not HTTP is an answer from a name server, or a file as it is.
    if headers.get("Content-Type").is_some_and(|kind| !kind.contains("application/http")) {
        return;
    }
    let Ok(answer) = http::head(content) else { return };
    if answer.status == 200 {
        let name = kind_name(answer.headers.kind("Content-Type").as_deref());
        read_body(&Body { url, name, headers: &answer.headers, record: headers }, content, nest, members);
    }
}

/// Returns the name of a kind of content; an unknown one is told by its first bytes, and `None` is for one that is not read.
fn kind_name(kind: Option<&str>) -> Option<&'static str> {
    match kind {
        None | Some("application/octet-stream" | "unknown/unknown") => Some("page"),
        Some(kind) => KINDS.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name),
    }
}

/// A document before it is decoded.
struct Body<'b> {
    url: Option<&'b str>,
    name: Option<&'static str>,
    headers: &'b Headers,
    record: &'b Headers,
}

fn read_body(body: &Body<'_>, content: &mut dyn BufRead, nest: &Nest<'_>, members: &mut Members<'_, '_>) {
    let Some(name) = body.name.filter(|_| body.url.is_none_or(is_of_page)) else { return };
    let charset = body.headers.parameter("Content-Type", "charset").map(str::to_owned);
    let about =
        About { label: body.url.map(clean_line), name: name.to_owned(), fields: fields(body.url, body.record), own_id: None, charset };
    let label = about.label.clone();
    match http::body(body.headers, content) {
        Ok(decoded) => {
            let mut decoded = Expanded::new(decoded, nest.gauge());
            members.read(about, &mut decoded);
        }
        Err(cause) => members.warn(label.as_deref(), &cause),
    }
}

/// Tells the address of a page from the names under which crawlers keep their logs, and from notes for crawlers: every archive has
/// these, and nobody reads them as articles.
fn is_of_page(url: &str) -> bool {
    let is_address = ["http:", "https:", "ftp:", "file:"].iter().any(|scheme| url.starts_with(scheme));
    is_address && !url.split(['?', '#']).next().unwrap_or_default().ends_with("/robots.txt")
}

fn fields(url: Option<&str>, record: &Headers) -> Vec<RawField> {
    let from = Provenance::ArchiveRecord;
    let url = url.map(|url| RawField { name: FieldName::Url, value: clean_line(url), from });
    let saved = record.get("WARC-Date").map(|date| RawField { name: FieldName::Saved, value: clean_line(date), from });
    url.into_iter().chain(saved).filter(|field| !field.value.is_empty()).collect()
}
