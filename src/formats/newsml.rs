//! NewsML-G2 in, the exchange format of agencies; documents out, one for each item of news that holds a text.
//!
//! Items of other kinds, pictures and packages of links, are passed over.

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::html::content;
use crate::formats::input::Input;
use crate::formats::nitf;
use crate::formats::paragraphs;
use crate::formats::reader::{Sink, clean_line};
use crate::formats::xml::{Element, Piece, Pieces};

/// Kinds of items without a text, as the classes of items are named.
const OTHER_CLASSES: [&str; 6] = ["picture", "graphic", "audio", "video", "animation", "composite"];

/// Reads an item, or a message that holds several.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    let mut pieces = Pieces::new(input);
    let (mut ordinal, mut given) = (0, 0);
    while let Some(piece) = pieces.next_piece(&|path| path.last().is_some_and(|name| name == "newsItem")) {
        given += 1;
        match piece {
            Piece::Whole(item, _) if is_of_other_kind(&item) => given -= 1,
            Piece::Whole(item, line) => {
                ordinal += 1;
                match document(path, ordinal, &item) {
                    Some(raw) => sink(Ok(raw)),
                    None => sink(Err(Warning::new(path, format!("item {ordinal} has no headline and no text")).at_line(line))),
                }
            }
            Piece::Broken(cause, line) => sink(Err(Warning::new(path, cause).at_line(line))),
        }
    }
    if given == 0 {
        sink(Err(Warning::new(path, "no item of news with a text in it")));
    }
}

fn is_of_other_kind(item: &Element) -> bool {
    let class = item.at(&["itemMeta", "itemClass"]).and_then(|class| class.attribute("qcode"));
    class.is_some_and(|class| OTHER_CLASSES.contains(&class.rsplit(':').next().unwrap_or_default()))
}

fn document(path: &str, ordinal: u32, item: &Element) -> Option<RawDocument> {
    let mut fields = Vec::new();
    let meta = item.child("contentMeta");
    let headline = meta.and_then(|meta| meta.child("headline")).or_else(|| item.at(&["itemMeta", "title"]));
    add(FieldName::Headline, headline.map(Element::text), &mut fields);
    let provider = item.at(&["itemMeta", "provider"]).or_else(|| meta.and_then(|meta| meta.child("infoSource")));
    add(FieldName::Source, provider.map(name_of), &mut fields);
    add_dates(item, meta, &mut fields);
    add_people(meta, &mut fields);
    let language = meta.and_then(|meta| meta.child("language")).and_then(|language| language.attribute("tag"));
    let language = language.or_else(|| item.attribute("xml:lang"));
    add(FieldName::Language, language.map(str::to_owned), &mut fields);
    let link = item.at(&["itemMeta"]).and_then(|meta| meta.children("link").find(|link| link.attribute("rel") == Some("irel:seeAlso")));
    add(FieldName::Url, link.and_then(|link| link.attribute("href")).map(str::to_owned), &mut fields);
    let blocks = text_of(item, &mut fields);
    if blocks.is_empty() && !fields.iter().any(|field| field.name == FieldName::Headline) {
        return None;
    }
    let own_id = item.attribute("guid").map(clean_line).filter(|id| !id.is_empty());
    let origin = Origin { path: path.to_owned(), ordinal, own_id, member: None };
    Some(RawDocument { origin, fields, blocks, layout: Layout::Body })
}

fn add(name: FieldName, value: Option<String>, fields: &mut Vec<RawField>) {
    push(name, &value.unwrap_or_default(), Provenance::WireField, fields);
}

/// Returns the name of a party: as it is spelled out, else its code without the scheme.
fn name_of(party: &Element) -> String {
    let spelled = party.child("name").map(Element::text).filter(|name| !name.trim().is_empty());
    let code = || party.attribute("literal").or_else(|| party.attribute("qcode")?.rsplit(':').next()).map(str::to_owned);
    spelled.or_else(code).unwrap_or_else(|| party.text())
}

/// The first version of an item is its publication; a later one states when it was changed.
fn add_dates(item: &Element, meta: Option<&Element>, fields: &mut Vec<RawField>) {
    let of_item = |name: &str| item.at(&["itemMeta", name]).map(Element::text);
    let of_content = |name: &str| meta.and_then(|meta| meta.child(name)).map(Element::text);
    let is_first = item.attribute("version").is_none_or(|version| version == "1" || version == "0");
    let version = of_item("versionCreated");
    let published = of_item("firstCreated").or_else(|| version.clone().filter(|_| is_first)).or_else(|| of_content("contentCreated"));
    add(FieldName::Published, published, fields);
    add(FieldName::Modified, version.filter(|_| !is_first).or_else(|| of_content("contentModified")), fields);
}

fn add_people(meta: Option<&Element>, fields: &mut Vec<RawField>) {
    let Some(meta) = meta else { return };
    let by: Vec<&Element> = meta.children("by").collect();
    if by.is_empty() {
        meta.children("creator").for_each(|creator| add(FieldName::Byline, Some(name_of(creator)), fields));
    }
    by.iter().for_each(|by| add(FieldName::Byline, Some(by.text()), fields));
    meta.children("creditline").for_each(|credit| add(FieldName::Credit, Some(credit.text()), fields));
}

/// Returns the text of an item: NITF, a page, or plain text; what NITF states and the item does not is added to the fields.
fn text_of(item: &Element, fields: &mut Vec<RawField>) -> Vec<RawBlock> {
    let Some(set) = item.child("contentSet") else { return Vec::new() };
    for inline in set.children("inlineXML") {
        if let Some(nitf) = inline.child("nitf") {
            let text = nitf::Text::of(nitf);
            let stated: Vec<FieldName> = fields.iter().map(|field| field.name).collect();
            fields.extend(text.fields.into_iter().filter(|field| !stated.contains(&field.name)));
            return text.blocks;
        }
        let page = inline.child("html").and_then(|html| html.child("body")).unwrap_or(inline);
        let blocks = content::blocks(&page.markup());
        if !blocks.is_empty() {
            return blocks;
        }
    }
    let data = set.child("inlineData");
    let is_page = data.and_then(|data| data.attribute("contenttype")).is_some_and(|kind| kind.contains("html"));
    let text = data.map(Element::text).unwrap_or_default();
    if is_page { content::blocks(&text) } else { paragraphs::of_text(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::described::of_file;

    fn check(xml: &str, expected: &[&str]) {
        assert_eq!(of_file("a.xml", xml.as_bytes(), read), expected, "{xml}");
    }

    #[test]
    fn items_are_read() {
        check(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header/><itemSet>\
             <packageItem guid='p'><itemMeta/></packageItem>\
             <newsItem guid='urn:1' version='2' xml:lang='en'><itemMeta><itemClass qcode='ninat:text'/><provider qcode='nprov:CWS'><name>Corvane Wire</name></provider>\
             <versionCreated>2024-11-26T05:00:00Z</versionCreated><firstCreated>2024-11-26T03:20:00Z</firstCreated></itemMeta>\
             <contentMeta><by>By Ida Holm</by><creator qcode='x:1'/><creditline>CWS/Skarn</creditline><headline>Ferry</headline></contentMeta>\
             <contentSet><inlineXML contenttype='application/nitf+xml'><nitf xmlns='n'><head><title>Other</title></head>\
             <body><body.content><p>One.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>\
             <newsItem guid='urn:2'><itemMeta><itemClass qcode='ninat:picture'/></itemMeta><contentMeta><headline>Picture</headline></contentMeta></newsItem>\
             <newsItem guid='urn:3'><itemMeta><provider literal='Skarn Press'/><versionCreated>2024-11-26</versionCreated></itemMeta>\
             <contentMeta><headline>Quay</headline><language tag='de'/></contentMeta>\
             <contentSet><inlineXML><html xmlns='h'><head><title>x</title></head><body><p>Two.</p><h2>And</h2></body></html></inlineXML></contentSet></newsItem>\
             <newsItem guid='urn:4'><contentSet><inlineData contenttype='text/plain'>Three.\n\nFour.</inlineData></contentSet></newsItem>\
             </itemSet></newsMessage>",
            &[
                "urn:1 [headline=Ferry, source=Corvane Wire, published=2024-11-26T03:20:00Z, modified=2024-11-26T05:00:00Z, byline=By Ida Holm, credit=CWS/Skarn, language=en] One.",
                "urn:3 [headline=Quay, source=Skarn Press, published=2024-11-26, language=de] Two. / And",
                "urn:4 [] Three. / Four.",
            ],
        );
    }

    #[test]
    fn messages_without_texts_are_told() {
        check("<newsMessage><itemSet/></newsMessage>", &["! a.xml: no item of news with a text in it"]);
        check("<newsItem guid='u'/>", &["! a.xml:1: item 1 has no headline and no text"]);
        check("<newsItem guid='u'><itemMeta>", &["! a.xml:1: the file ends inside of <newsItem>"]);
    }
}
