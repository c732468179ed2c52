//! Markdown in, one document out: fields of its front matter, and its paragraphs with the place where the file holds them.
//!
//! The text of a block is what a reader of the rendered page sees; its place covers the original with its marks. The first
//! heading of level one is the headline where the front matter states none.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::document::{FieldName, Layout, Origin, Place, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::front_matter;
use crate::formats::html::content;
use crate::formats::map::FieldMap;
use crate::formats::reader::{ReadOptions, Sink, clean_line};
use crate::formats::record::{Record, Stated};
use crate::formats::value::Value;

/// Why a paragraph that is only a picture was taken out.
const PICTURE: &str = "picture";

/// Reads a Markdown file. Broken front matter is a warning that names the line; the body is read all the same.
pub fn read(path: &str, text: &str, options: &ReadOptions, sink: &mut Sink<'_>) {
    let mut stated = Stated::default();
    let mut body_start = 0;
    if let Some(front) = front_matter::read(text) {
        body_start = front.body_start;
        if let Some((line, cause)) = front.problem {
            sink(Err(Warning::new(path, cause).at_line(line).with_hint("write values that hold a colon between quotes")));
        }
        stated = stated_by(front.fields, &options.map);
    }
    let Stated { own_id, fields: mut raw_fields, .. } = stated;
    let mut body = blocks(text, body_start);
    settle_headline(&mut raw_fields, &mut body);
    let blocks = body.into_iter().map(|found| found.block).collect();
    sink(Ok(RawDocument {
        origin: Origin { path: path.to_owned(), ordinal: 1, own_id, member: None },
        fields: raw_fields,
        blocks,
        layout: Layout::Body,
    }));
}

/// Names of groups of fields in front matter, as site builders write them; what stands in them is read as if it stood outside.
const GROUPS: [&str; 4] = ["extra", "params", "taxonomies", "meta"];

fn stated_by<'t>(fields: Vec<(Cow<'t, str>, Value<'t>)>, map: &FieldMap) -> Stated {
    let mut record = Record::new();
    let mut grouped = Vec::new();
    for (name, value) in fields {
        match value {
            Value::Object(fields) if GROUPS.contains(&name.as_ref()) && map.inside(&name).next().is_none() => grouped.extend(fields),
            value => record.take(&name, value, map),
        }
    }
    for (name, value) in grouped {
        record.take(&name, value, map);
    }
    record.stated(Provenance::FrontMatter)
}

/// A block, and whether it is a heading of level one.
struct Found {
    block: RawBlock,
    is_title: bool,
}

/// Makes the first heading of level one the headline where none is stated, and takes it from the body where it repeats it.
fn settle_headline(raw_fields: &mut Vec<RawField>, body: &mut Vec<Found>) {
    let Some(at) = body.iter().position(|found| found.is_title) else { return };
    let stated = raw_fields.iter().find(|field| field.name == FieldName::Headline);
    match stated {
        Some(field) if field.value != body[at].block.text => {}
        Some(_) => drop(body.remove(at)),
        None => {
            let value = body.remove(at).block.text;
            raw_fields.push(RawField { name: FieldName::Headline, value, from: Provenance::HeadlineLine });
        }
    }
}

/// A block that is being read.
#[derive(Default)]
struct Leaf {
    text: String,
    bytes: Option<Range<usize>>,
    heading: Option<HeadingLevel>,
    pictures: usize,
    is_markup: bool,
}

impl Leaf {
    fn push(&mut self, text: &str, bytes: Range<usize>) {
        self.text.push_str(text);
        let start = self.bytes.as_ref().map_or(bytes.start, |before| before.start.min(bytes.start));
        let end = self.bytes.as_ref().map_or(bytes.end, |before| before.end.max(bytes.end));
        self.bytes = Some(start..end);
    }
}

fn blocks(text: &str, body_start: usize) -> Vec<Found> {
    let lines = line_starts(text);
    let mut found = Vec::new();
    let mut leaf = Leaf::default();
    let mut picture_depth = 0_usize;
    let parser = Parser::new_ext(&text[body_start..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        let bytes = range.start + body_start..range.end + body_start;
        match event {
            Event::Start(tag) => match tag {
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::TableCell => {}
                Tag::Image { .. } => {
                    picture_depth += 1;
                    leaf.pictures += 1;
                    leaf.push("", bytes);
                }
                tag => {
                    finish(&mut leaf, text, &lines, &mut found);
                    match tag {
                        Tag::Heading { level, .. } => leaf = Leaf { heading: Some(level), bytes: Some(bytes), ..Leaf::default() },
                        Tag::Paragraph | Tag::CodeBlock(_) | Tag::TableRow | Tag::TableHead => leaf.bytes = Some(bytes),
                        Tag::HtmlBlock => leaf = Leaf { is_markup: true, bytes: Some(bytes), ..Leaf::default() },
                        _ => {}
                    }
                }
            },
            Event::End(tag) => match tag {
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
                TagEnd::TableCell => leaf.text.push(' '),
                TagEnd::Image => picture_depth = picture_depth.saturating_sub(1),
                _ => finish(&mut leaf, text, &lines, &mut found),
            },
            Event::Text(_) | Event::Code(_) if picture_depth > 0 => {}
            Event::Text(piece) | Event::Code(piece) | Event::Html(piece) => leaf.push(&piece, bytes),
            Event::InlineHtml(tag) => leaf.push(if tag.starts_with("<br") { " " } else { "" }, bytes),
            Event::SoftBreak | Event::HardBreak => leaf.push(" ", bytes),
            _ => {}
        }
    }
    finish(&mut leaf, text, &lines, &mut found);
    found
}

/// Closes a block: adds it with its place if it holds text.
fn finish(leaf: &mut Leaf, file: &str, lines: &[usize], found: &mut Vec<Found>) {
    let leaf = std::mem::take(leaf);
    let Some(bytes) = leaf.bytes else { return };
    let place = place(file, lines, bytes);
    if leaf.is_markup {
        let inner = content::blocks(&leaf.text);
        found.extend(inner.into_iter().map(|block| Found { block: RawBlock { place: Some(place.clone()), ..block }, is_title: false }));
        return;
    }
    let text = clean_line(&leaf.text);
    if !text.is_empty() {
        let role = if leaf.heading.is_some() { Role::Heading } else { Role::Text };
        found.push(Found { block: RawBlock { text, role, place: Some(place) }, is_title: leaf.heading == Some(HeadingLevel::H1) });
    } else if leaf.pictures > 0 {
        let text = clean_line(&file[place.bytes.clone()]);
        found.push(Found { block: RawBlock { text, role: Role::Furniture(PICTURE), place: Some(place) }, is_title: false });
    }
}

/// Returns the place of a run of bytes without the blanks around it.
fn place(file: &str, lines: &[usize], bytes: Range<usize>) -> Place {
    let whole = &file[bytes.clone()];
    let start = bytes.start + (whole.len() - whole.trim_start().len());
    let end = (bytes.start + whole.trim_end().len()).max(start);
    let line = |at: usize| u32::try_from(lines.partition_point(|line| *line <= at)).unwrap_or(u32::MAX);
    Place { bytes: start..end, lines: (line(start), line(end.saturating_sub(1).max(start))) }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> RawDocument {
        let mut found = None;
        read("a.md", text, &ReadOptions::default(), &mut |outcome| found = outcome.ok().or(found.take()));
        found.unwrap()
    }

    fn check(text: &str, expected: &[(&str, Role, &str, (u32, u32))]) {
        let raw = document(text);
        let found: Vec<_> = raw
            .blocks
            .iter()
            .map(|block| {
                let place = block.place.as_ref().unwrap();
                (block.text.as_str(), block.role, &text[place.bytes.clone()], place.lines)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn blocks_know_their_place() {
        let (text, heading) = (Role::Text, Role::Heading);
        check(
            "The *ferry* [runs](http://a.example)\nagain.\n\nTwo",
            &[("The ferry runs again.", text, "The *ferry* [runs](http://a.example)\nagain.", (1, 2)), ("Two", text, "Two", (4, 4))],
        );
        check(
            "---\ntitle: Ferry\n---\n\n## Fares\n\n- one\n- two\n  more\n\n> Said he.\n",
            &[
                ("Fares", heading, "## Fares", (5, 5)),
                ("one", text, "one", (7, 7)),
                ("two more", text, "two\n  more", (8, 9)),
                ("Said he.", text, "Said he.", (11, 11)),
            ],
        );
        check(
            "![The ferry](f.jpg)\n\n<p>In <b>markup</b></p>\n",
            &[
                ("![The ferry](f.jpg)", Role::Furniture("picture"), "![The ferry](f.jpg)", (1, 1)),
                ("In markup", text, "<p>In <b>markup</b></p>", (3, 3)),
            ],
        );
        check(
            "| Ship | Tons |\n|---|---|\n| Ida | 40 |\n",
            &[("Ship Tons", text, "| Ship | Tons |", (1, 1)), ("Ida 40", text, "| Ida | 40 |", (3, 3))],
        );
        check("", &[]);
    }

    fn check_fields(text: &str, expected: &[(&str, &str, &str)], blocks: usize) {
        let raw = document(text);
        let found: Vec<_> = raw.fields.iter().map(|field| (field.name.label(), field.value.as_str(), field.from.label())).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(raw.blocks.len(), blocks, "{text}");
    }

    #[test]
    fn fields_come_from_the_head() {
        check_fields(
            "---\nauthors: [Ida Holm, Jan Berg]\nHeadline: Ferry\noutlet: Harbour Gazette\nupdated: 2024-11-27\n---\n# Ferry\n\nText.",
            &[
                ("headline", "Ferry", "front matter"),
                ("source", "Harbour Gazette", "front matter"),
                ("modified", "2024-11-27", "front matter"),
                ("byline", "Ida Holm", "front matter"),
                ("byline", "Jan Berg", "front matter"),
            ],
            1,
        );
        check_fields("# Ferry runs\n\nText.", &[("headline", "Ferry runs", "headline line")], 1);
        check_fields("---\ntitle: Ferry\n---\n# Another line\n\nText.", &[("headline", "Ferry", "front matter")], 2);
    }
}
