//! A feed in, RSS or Atom; documents out, an item a document.
//!
//! The full text is taken where an item carries it, else its summary. The feed's own title is the source of its items, unless
//! an item names another.

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::html::content;
use crate::formats::input::Input;
use crate::formats::paragraphs;
use crate::formats::reader::{Sink, clean_line};
use crate::formats::xml::{Element, Piece, Pieces};

/// Elements that hold the text of an item, the fullest first.
const TEXTS: [&str; 8] =
    ["content:encoded", "content", "body", "fulltext", "description", "summary", "media:description", "itunes:summary"];

/// Elements that hold the day of publication.
const PUBLISHED: [&str; 7] = ["published", "pubDate", "dc:date", "issued", "dcterms:issued", "dcterms:created", "created"];

/// Elements that hold the day of a change.
const MODIFIED: [&str; 4] = ["updated", "dcterms:modified", "modified", "lastBuildDate"];

/// Reads a feed, item by item.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    let mut pieces = Pieces::new(input);
    let mut feed = Feed::default();
    let mut ordinal = 0;
    let mut is_broken = false;
    while let Some(piece) = pieces.next_piece(&is_wanted) {
        match piece {
            Piece::Whole(element, line) if matches!(element.name.as_str(), "item" | "entry") => {
                ordinal += 1;
                match document(path, ordinal, &element, &feed) {
                    Some(raw) => sink(Ok(raw)),
                    None => sink(Err(Warning::new(path, format!("item {ordinal} has no title and no text")).at_line(line))),
                }
            }
            Piece::Whole(element, _) => feed.take(&element),
            Piece::Broken(cause, line) => {
                is_broken = true;
                sink(Err(Warning::new(path, cause).at_line(line)));
            }
        }
    }
    if ordinal == 0 && !is_broken {
        sink(Err(Warning::new(path, "a feed without items")));
    }
}

/// Items at any depth, and what the feed says of itself.
fn is_wanted(path: &[String]) -> bool {
    match path {
        [.., around, name] if matches!(around.as_str(), "channel" | "feed") => {
            matches!(name.as_str(), "item" | "entry" | "title" | "language" | "dc:language")
        }
        [.., name] => matches!(name.as_str(), "item" | "entry"),
        [] => false,
    }
}

/// What a feed says of itself.
#[derive(Default)]
struct Feed {
    title: Option<String>,
    language: Option<String>,
}

impl Feed {
    fn take(&mut self, element: &Element) {
        let place = if element.name == "title" { &mut self.title } else { &mut self.language };
        if place.is_none() {
            *place = Some(line_of(element));
        }
    }
}

fn document(path: &str, ordinal: u32, item: &Element, feed: &Feed) -> Option<RawDocument> {
    let mut fields = Vec::new();
    let blocks = TEXTS.iter().map(|name| text_of(item, name)).find(|blocks| !blocks.is_empty()).unwrap_or_default();
    let headline = ["title", "dc:title", "media:title"].iter().find_map(|name| item.child(name)).map(line_of);
    add(FieldName::Headline, headline.as_deref(), &mut fields);
    if fields.is_empty() && blocks.is_empty() {
        return None;
    }
    let source = item.child("source").map(|source| source.child("title").map_or_else(|| line_of(source), line_of));
    let source = source.filter(|name| !name.is_empty()).or_else(|| item.child("dc:publisher").map(line_of));
    add(FieldName::Source, source.as_deref().or(feed.title.as_deref()), &mut fields);
    let first = |names: &[&str]| names.iter().find_map(|name| item.child(name)).map(|date| clean_line(&date.text()));
    add(FieldName::Published, first(&PUBLISHED).as_deref(), &mut fields);
    add(FieldName::Modified, first(&MODIFIED).as_deref(), &mut fields);
    authors(item).iter().for_each(|author| add(FieldName::Byline, Some(author), &mut fields));
    add(FieldName::Url, address(item).as_deref(), &mut fields);
    let language = item.child("dc:language").map(line_of).or_else(|| item.attribute("xml:lang").map(str::to_owned));
    add(FieldName::Language, language.as_deref().or(feed.language.as_deref()), &mut fields);
    let own_id = ["guid", "id", "dc:identifier"].iter().find_map(|name| item.child(name)).map(Element::text);
    let own_id = own_id.or_else(|| item.attribute("rdf:about").map(str::to_owned)).map(|id| clean_line(&id)).filter(|id| !id.is_empty());
    let origin = Origin { path: path.to_owned(), ordinal, own_id, member: None };
    Some(RawDocument { origin, fields, blocks, layout: Layout::Body })
}

fn add(name: FieldName, value: Option<&str>, fields: &mut Vec<RawField>) {
    push(name, value.unwrap_or_default(), Provenance::Feed, fields);
}

/// Returns the text of an element: markup of its own, escaped markup, or plain text.
fn text_of(item: &Element, name: &str) -> Vec<RawBlock> {
    let Some(element) = item.child(name) else { return Vec::new() };
    if element.elements().next().is_some() {
        return content::blocks(&element.markup());
    }
    let text = element.text();
    if element.attribute("type") != Some("text") && holds_markup(&text) { content::blocks(&text) } else { paragraphs::of_text(&text) }
}

/// Tells escaped HTML from plain text: a tag, or an entity.
fn holds_markup(text: &str) -> bool {
    let is_tag = |at: usize| text[at + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
    let is_entity = |at: usize| {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        name.len() < text.len() - at - 1 && (2..=10).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
    };
    text.match_indices('<').any(|(at, _)| is_tag(at)) || text.match_indices('&').any(|(at, _)| is_entity(at))
}

/// Returns a title, a name: text that may hold escaped HTML, as one line.
fn line_of(element: &Element) -> String {
    let text = element.text();
    if !holds_markup(&text) {
        return clean_line(&text);
    }
    let lines: Vec<String> = content::blocks(&text).into_iter().map(|block| block.text).collect();
    lines.join(" ")
}

/// Returns the authors: names, without addresses for mail.
fn authors(item: &Element) -> Vec<String> {
    let mut found = Vec::new();
    for element in item.elements().filter(|element| matches!(element.name.as_str(), "author" | "dc:creator")) {
        let name = element.child("name").map_or_else(|| line_of(element), line_of);
        // RSS asks for an address and takes the name in brackets: `desk@gazette.example (Ida Holm)`.
        let inside = name.split_once('(').map(|(_, rest)| rest.trim_end().trim_end_matches(')').to_owned());
        let name = inside.filter(|_| name.contains('@')).unwrap_or(name);
        if !name.contains('@') && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Returns the address of an item: its link, else an id that is one.
fn address(item: &Element) -> Option<String> {
    let is_page = |link: &&Element| matches!(link.attribute("rel"), None | Some("alternate"));
    let atom = item.children("link").filter(is_page).find_map(|link| link.attribute("href")).map(str::to_owned);
    let rss = || item.children("link").map(|link| clean_line(&link.text())).find(|link| !link.is_empty());
    let guid = || {
        let guid = item.child("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"))?;
        Some(clean_line(&guid.text())).filter(|id| id.starts_with("http"))
    };
    atom.or_else(rss).or_else(guid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::described::of_file;

    fn check(xml: &str, expected: &[&str]) {
        assert_eq!(of_file("a.xml", xml.as_bytes(), read), expected, "{xml}");
    }

    #[test]
    fn rss_is_read() {
        check(
            "<rss version='2.0'><channel><title>Harbour Gazette</title><link>https://g.example</link><language>en-gb</language>\
             <image><title>Logo</title></image>\
             <item><title>Ferry &amp;amp; quay</title><link>https://g.example/f</link><guid isPermaLink='false'>g-1</guid>\
             <pubDate>Tue, 26 Nov 2024 03:20:00 GMT</pubDate><author>desk@g.example (Ida Holm)</author><dc:creator>Jan Berg</dc:creator>\
             <description>Short.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>\
             <item><title>Buoy</title><guid>https://g.example/b</guid><description>One &amp;lt;b&amp;gt;of&amp;lt;/b&amp;gt; three.</description>\
             <source url='https://o.example'>Other Post</source></item>\
             <item><link>https://g.example/none</link></item></channel></rss>",
            &[
                "g-1 [headline=Ferry & quay, source=Harbour Gazette, published=Tue, 26 Nov 2024 03:20:00 GMT, byline=Ida Holm, byline=Jan Berg, url=https://g.example/f, language=en-gb] One. / Two.",
                "https://g.example/b [headline=Buoy, source=Other Post, url=https://g.example/b, language=en-gb] One <b>of</b> three.",
                "! a.xml:1: item 3 has no title and no text",
            ],
        );
    }

    #[test]
    fn rss_of_the_first_kind_is_read() {
        check(
            "<rdf:RDF xmlns:rdf='r' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'><title>Gazette</title></channel>\
             <item rdf:about='https://g.example/f'><title>Ferry</title><link>https://g.example/f</link>\
             <description>One.</description><dc:date>2024-11-26</dc:date></item></rdf:RDF>",
            &["https://g.example/f [headline=Ferry, source=Gazette, published=2024-11-26, url=https://g.example/f] One."],
        );
    }

    #[test]
    fn atom_is_read() {
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title type='text'>Gazette</title><author><name>Desk</name></author>\
             <entry xml:lang='de'><id>urn:1</id><title type='html'>Ferry &lt;i>Ida&lt;/i></title><link rel='edit' href='e'/>\
             <link href='https://g.example/f'/><published>2024-11-26T03:20:00Z</published><updated>2024-11-27T03:20:00Z</updated>\
             <author><name>Ida Holm</name><email>i@g.example</email></author><summary>Short.</summary>\
             <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>and</b>\n half.</p><h2>Fares</h2><p>Two.</p></div></content></entry>\
             <entry><id>urn:2</id><title>Buoy</title><content type='text'>1 &lt;b 2</content></entry></feed>",
            &[
                "urn:1 [headline=Ferry Ida, source=Gazette, published=2024-11-26T03:20:00Z, modified=2024-11-27T03:20:00Z, byline=Ida Holm, url=https://g.example/f, language=de] One and half. / Fares / Two.",
                "urn:2 [headline=Buoy, source=Gazette] 1 <b 2",
            ],
        );
    }

    #[test]
    fn broken_feeds_give_what_they_hold() {
        check("<rss><channel><title>Gazette</title></channel></rss>", &["! a.xml: a feed without items"]);
        check(
            "<rss><channel><item><title>Ferry</title></item><item><title>Bu",
            &["#1 [headline=Ferry] ", "! a.xml:1: the file ends inside of <item>"],
        );
    }
}
