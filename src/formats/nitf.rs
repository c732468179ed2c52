//! NITF in, the news text format of agencies; documents out, one for each `<nitf>`.

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::input::Input;
use crate::formats::reader::{Sink, block, clean_line};
use crate::formats::xml::{Element, Node, Piece, Pieces};

/// Why what belongs to a picture or a film was taken out.
const MEDIA: &str = "picture or film";

/// Reads a file of one or several texts.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    let mut pieces = Pieces::new(input);
    let mut ordinal = 0;
    while let Some(piece) = pieces.next_piece(&|path| path.last().is_some_and(|name| name == "nitf")) {
        match piece {
            Piece::Whole(element, line) => {
                ordinal += 1;
                let text = Text::of(&element);
                if text.is_empty() {
                    sink(Err(Warning::new(path, format!("document {ordinal} has no headline and no text")).at_line(line)));
                    continue;
                }
                let origin = Origin { path: path.to_owned(), ordinal, own_id: text.own_id, member: None };
                sink(Ok(RawDocument { origin, fields: text.fields, blocks: text.blocks, layout: Layout::Body }));
            }
            Piece::Broken(cause, line) => sink(Err(Warning::new(path, cause).at_line(line))),
        }
    }
}

/// What a `<nitf>` states.
#[derive(Debug, Default)]
pub struct Text {
    /// The id of the document.
    pub own_id: Option<String>,
    /// Its fields.
    pub fields: Vec<RawField>,
    /// Its paragraphs and headings.
    pub blocks: Vec<RawBlock>,
}

impl Text {
    /// Reads a `<nitf>`.
    pub fn of(nitf: &Element) -> Text {
        let mut text = Text::default();
        let data = nitf.at(&["head", "docdata"]);
        let publication = nitf.at(&["head", "pubdata"]);
        let top = nitf.at(&["body", "body.head"]);
        let id = data.and_then(|data| data.child("doc-id")).and_then(|id| id.attribute("id-string"));
        text.own_id = id.map(clean_line).filter(|id| !id.is_empty());
        text.add_headline(nitf, top);
        let provider = publication.and_then(|data| data.attribute("name").map(str::to_owned));
        let holder = || data?.child("doc.copyright")?.attribute("holder").map(str::to_owned);
        text.add(FieldName::Source, provider.or_else(holder));
        text.add_dates(data, publication, top);
        top.into_iter().flat_map(|top| top.children("byline")).for_each(|byline| text.add(FieldName::Byline, Some(person(byline))));
        top.into_iter().flat_map(|top| top.children("distributor")).for_each(|credit| text.add(FieldName::Credit, Some(credit.text())));
        text.add(FieldName::Language, nitf.attribute("xml:lang").map(str::to_owned));
        text.add(FieldName::Url, publication.and_then(|data| data.attribute("ex-ref").map(str::to_owned)));
        if let Some(content) = nitf.at(&["body", "body.content"]) {
            add_blocks(content, &mut text.blocks);
        }
        text
    }

    fn is_empty(&self) -> bool {
        self.blocks.is_empty() && !self.fields.iter().any(|field| field.name == FieldName::Headline)
    }

    fn add(&mut self, name: FieldName, value: Option<String>) {
        push(name, &value.unwrap_or_default(), Provenance::WireField, &mut self.fields);
    }

    fn add_headline(&mut self, nitf: &Element, top: Option<&Element>) {
        let lines = top.and_then(|top| top.child("hedline"));
        let headline = lines.and_then(|lines| lines.child("hl1")).or(lines).or_else(|| nitf.at(&["head", "title"]));
        self.add(FieldName::Headline, headline.map(Element::text));
        for second in lines.into_iter().flat_map(|lines| lines.children("hl2")) {
            self.blocks.extend(block(&second.text(), Role::Heading));
        }
    }

    fn add_dates(&mut self, data: Option<&Element>, publication: Option<&Element>, top: Option<&Element>) {
        let normal = |element: Option<&Element>| {
            let element = element?;
            let norm = element.attribute("norm").map(str::to_owned);
            [norm, Some(element.text())].into_iter().flatten().find(|text| !text.trim().is_empty())
        };
        let of = |name: &str| normal(data.and_then(|data| data.child(name)));
        let story = || normal(top.and_then(|top| top.at(&["dateline", "story.date"])));
        let published = || publication.and_then(|data| data.attribute("date.publication").map(str::to_owned));
        self.add(FieldName::Published, of("date.issue").or_else(|| of("date.release")).or_else(published).or_else(story));
    }
}

/// Returns the name in a byline: that of the person where it is marked, else all of it.
fn person(byline: &Element) -> String {
    byline.child("person").map_or_else(|| byline.text(), Element::text)
}

/// Adds the paragraphs of an element, in order.
fn add_blocks(element: &Element, blocks: &mut Vec<RawBlock>) {
    for node in &element.nodes {
        let inner = match node {
            Node::Text(text) => {
                blocks.extend(block(text, Role::Text));
                continue;
            }
            Node::Element(inner) => inner,
        };
        match inner.name.as_str() {
            "p" | "li" | "dt" | "dd" | "tr" | "credit" => blocks.extend(block(&spaced(inner), Role::Text)),
            "hl1" | "hl2" | "h1" | "h2" | "h3" | "h4" => blocks.extend(block(&inner.text(), Role::Heading)),
            "media" | "note" => blocks.extend(block(&spaced(inner), Role::Furniture(MEDIA))),
            _ => add_blocks(inner, blocks),
        }
    }
}

/// Returns the text of an element with a blank between its cells and lines.
fn spaced(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.nodes {
        match node {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(inner) => {
                let is_apart = matches!(inner.name.as_str(), "td" | "th" | "br" | "p" | "media-caption" | "media-producer");
                text.push_str(if is_apart { " " } else { "" });
                text.push_str(&spaced(inner));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::described::fields;

    fn check(xml: &str, expected: &[&str]) {
        let mut bytes = xml.as_bytes();
        let mut input = Input::open("a.xml", &mut bytes).unwrap();
        let mut lines = Vec::new();
        read(&mut input, &mut |outcome| match outcome {
            Ok(raw) => {
                let blocks: Vec<String> = raw.blocks.iter().map(|block| format!("{:?}: {}", block.role, block.text)).collect();
                lines.push(format!("{} [{}] {}", raw.origin.own_id.clone().unwrap_or_default(), fields(&raw), blocks.join(" / ")));
            }
            Err(warning) => lines.push(format!("! {warning}")),
        });
        assert_eq!(lines, expected, "{xml}");
    }

    #[test]
    fn wire_texts_are_read() {
        check(
            "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf-3-4.dtd'><nitf xml:lang='en'><head><title>Ferry</title>\
             <docdata><doc-id id-string='cws.1'/><date.issue norm='20241126T032000Z'/><doc.copyright holder='Corvane Wire'/></docdata></head>\
             <body><body.head><hedline><hl1>Ferry runs again</hl1></hedline><byline>By <person>Ida Holm</person><byttl>Reporter</byttl></byline>\
             <distributor>Skarn Press</distributor><dateline><location>PORT</location><story.date norm='20241125'/></dateline></body.head>\
             <body.content><block><p>One <em>and</em> half.</p><hl2>Fares</hl2><p>Two.</p></block>\
             <media media-type='image'><media-caption>The ferry</media-caption></media><table><tr><td>a</td><td>b</td></tr></table></body.content>\
             <body.end><tagline>End</tagline></body.end></body></nitf>",
            &[
                "cws.1 [headline=Ferry runs again, source=Corvane Wire, published=20241126T032000Z, byline=Ida Holm, credit=Skarn Press, language=en] \
               Text: One and half. / Heading: Fares / Text: Two. / Furniture(\"picture or film\"): The ferry / Text: a b",
            ],
        );
    }

    #[test]
    fn empty_and_broken_texts_are_told() {
        check("<nitf><head/></nitf>", &["! a.xml:1: document 1 has no headline and no text"]);
        check("<nitf><body><body.head>", &["! a.xml:1: the file ends inside of <nitf>"]);
    }
}
