//! A document of Word in; one document out: its paragraphs and headings, a row of a table as a line, and what its properties state.
//!
//! Deleted text that is still tracked is left out, inserted text is kept. Text boxes come where they are anchored, foot- and endnotes
//! after the body. Heads and feet of pages, comments, pictures and hidden text are left out.

use std::collections::HashMap;

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::input::Input;
use crate::formats::package::{self, Attributes, Node, Package};
use crate::formats::properties;
use crate::formats::reader::{Sink, block};

/// The old format of Word, and the envelope that encrypted documents come in.
const OLD_CONTAINER: &[u8] = b"\xd0\xcf\x11\xe0";

/// The name of the encrypted document in that envelope.
const ENCRYPTED_NAME: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// A cell of more paragraphs is no cell of a table: pages that were pasted bring the tables that laid them out.
const CELL_PARAGRAPHS_MAX: usize = 2;

/// A document has no more paragraphs: a long book has 20,000.
const PARAGRAPHS_MAX: usize = 200_000;

/// A styled title stands among so many first paragraphs.
const TITLE_PARAGRAPHS_MAX: usize = 6;

/// Reads a document of Word. Broken parts cost a warning, and what stands before the fault is read.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    let opened = input.whole().and_then(open);
    let mut package = match opened {
        Ok(package) => package,
        Err(cause) => return sink(Err(warning(path, cause))),
    };
    let mut causes = Vec::new();
    let mut part = |name: &str| match package.text(name) {
        Ok(text) => text,
        Err(cause) => {
            causes.push(cause);
            None
        }
    };
    let Some(main) = part("word/document.xml") else {
        let cause = causes.pop().unwrap_or_else(|| "not a document of Word: it has no word/document.xml".to_owned());
        return sink(Err(warning(path, cause)));
    };
    let styles = part("word/styles.xml").map(|text| Styles::read(&text)).unwrap_or_default();
    let notes: Vec<String> = ["word/footnotes.xml", "word/endnotes.xml"].iter().filter_map(|name| part(name)).collect();
    let stated = part("docProps/core.xml").map(|text| Properties::read(&text)).unwrap_or_default();
    let mut text = Text::of(&styles);
    for part in std::iter::once(&main).chain(&notes) {
        if let Err(cause) = package::visit(part, &mut |node| text.take(node)) {
            causes.push(cause);
        }
        text.end_part();
    }
    if text.is_cut_off {
        causes.push(format!("more than {PARAGRAPHS_MAX} paragraphs: the rest is left out"));
    }
    if text.found.is_empty() && causes.is_empty() {
        causes.push("a document without text".to_owned());
    }
    causes.into_iter().for_each(|cause| sink(Err(warning(path, cause))));
    if text.found.is_empty() {
        return;
    }
    let fields = stated.fields(input.name(), &text.found);
    let blocks = text.found.into_iter().map(|found| found.block).collect();
    let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: input.member().map(str::to_owned) };
    sink(Ok(RawDocument { origin, fields, blocks, layout: Layout::Dump }));
}

fn open(bytes: Vec<u8>) -> Result<Package, String> {
    if bytes.starts_with(OLD_CONTAINER) {
        let is_encrypted = memchr::memmem::find(&bytes, ENCRYPTED_NAME).is_some();
        return Err(if is_encrypted { package::ENCRYPTED } else { "a document of Word in its old format" }.to_owned());
    }
    Package::open(bytes)
}

fn warning(path: &str, cause: String) -> Warning {
    let hint = match cause.as_str() {
        package::ENCRYPTED => Some("save a copy without a password"),
        cause if cause.contains("old format") => Some("save it as .docx"),
        _ => None,
    };
    let warning = Warning::new(path, cause);
    hint.map(|hint| warning.clone().with_hint(hint)).unwrap_or(warning)
}

/// Which styles are those of headings: the level, 0 for a title.
#[derive(Default)]
struct Styles(HashMap<String, u8>);

impl Styles {
    fn read(text: &str) -> Self {
        let mut styles = HashMap::new();
        let mut id = None;
        // A broken list of styles tells those before the fault.
        let _ = package::visit(text, &mut |node| match node {
            Node::Open("style", attributes) => id = attributes.get("styleId"),
            Node::Open("name", attributes) => {
                if let (Some(id), Some(level)) = (&id, attributes.get("val").and_then(|name| level_of(&name))) {
                    styles.entry(id.clone()).or_insert(level);
                }
            }
            Node::Open("outlineLvl", attributes) => {
                if let (Some(id), Some(level)) = (&id, outline_level(&attributes)) {
                    styles.entry(id.clone()).or_insert(level);
                }
            }
            _ => {}
        });
        Styles(styles)
    }

    fn level(&self, id: &str) -> Option<u8> {
        self.0.get(id).copied().or_else(|| level_of(id))
    }
}

/// Reads the level from the name of a style; Word writes the names of its own styles in English, whatever language it speaks.
fn level_of(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase().replace(' ', "");
    match name.as_str() {
        "title" => Some(0),
        "subtitle" => Some(2),
        _ => name.strip_prefix("heading")?.parse().ok().filter(|level| (1..=9).contains(level)),
    }
}

/// Reads the level of an outline, which counts from 0; 9 is text.
fn outline_level(attributes: &Attributes<'_>) -> Option<u8> {
    attributes.get("val")?.parse().ok().filter(|level: &u8| *level < 9).map(|level| level + 1)
}

/// What the properties state.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    creator: Option<String>,
    modified: Option<String>,
    language: Option<String>,
}

impl Properties {
    fn read(text: &str) -> Self {
        let mut properties = Properties::default();
        let mut value = String::new();
        // Broken properties state what stands before the fault.
        let _ = package::visit(text, &mut |node| match node {
            Node::Open(..) => value.clear(),
            Node::Text(text) => value.push_str(text),
            Node::Close(name) => {
                let slot = match name {
                    "title" => &mut properties.title,
                    "creator" => &mut properties.creator,
                    "modified" => &mut properties.modified,
                    "language" => &mut properties.language,
                    _ => return value.clear(),
                };
                *slot = Some(std::mem::take(&mut value));
            }
        });
        properties
    }

    /// Makes fields of what is stated, and of the title that the document shows.
    ///
    /// When the file was made and changed says nothing about publication; the last change is when it was saved.
    fn fields(&self, name: &str, found: &[Found]) -> Vec<RawField> {
        let mut fields = Vec::new();
        let title = found.iter().take(TITLE_PARAGRAPHS_MAX).filter(|found| found.level.is_some_and(|level| level < 2));
        if let Some(title) = title.min_by_key(|found| found.level) {
            push(FieldName::Headline, &title.block.text, Provenance::HeadlineLine, &mut fields);
        }
        properties::add(self.title.as_deref(), self.creator.as_deref(), name, &mut fields);
        push(FieldName::Saved, self.modified.as_deref().unwrap_or_default(), Provenance::DocumentProperties, &mut fields);
        push(FieldName::Language, self.language.as_deref().unwrap_or_default(), Provenance::DocumentProperties, &mut fields);
        fields
    }
}

/// A paragraph, and the level of its heading if it is one.
struct Found {
    block: RawBlock,
    level: Option<u8>,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    level: Option<u8>,
}

/// The text of the parts, as far as they were visited.
struct Text<'s> {
    styles: &'s Styles,
    found: Vec<Found>,
    /// Open paragraphs; that of a text box stands in another.
    paragraphs: Vec<Paragraph>,
    /// The cells of the row that is open, outermost table.
    cells: Vec<Vec<Found>>,
    rows_open: usize,
    /// How many elements are open inside one that is left out, with itself.
    skipped: usize,
    is_text: bool,
    is_hidden: bool,
    /// Tells that there are more paragraphs than are read.
    is_cut_off: bool,
}

impl<'s> Text<'s> {
    fn of(styles: &'s Styles) -> Self {
        let (found, paragraphs, cells) = (Vec::new(), Vec::new(), Vec::new());
        Text { styles, found, paragraphs, cells, rows_open: 0, skipped: 0, is_text: false, is_hidden: false, is_cut_off: false }
    }

    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(..) if self.skipped > 0 => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Open(name, attributes) => self.open(name, &attributes),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.is_text && self.skipped == 0 && !self.is_hidden => self.write(text),
            Node::Text(_) => {}
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            // Deleted and moved text; the second copy of a text box, for old programs; codes of fields; signs of separators in notes.
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "sectPr" => self.skipped = 1,
            "footnote" | "endnote" if attributes.get("type").is_some() => self.skipped = 1,
            "p" => self.paragraphs.push(Paragraph::default()),
            "r" => self.is_hidden = false,
            "vanish" => self.is_hidden = !attributes.get("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off")),
            "t" => self.is_text = true,
            "br" | "cr" | "tab" | "ptab" => self.write(" "),
            "noBreakHyphen" => self.write("-"),
            "pStyle" => {
                let level = attributes.get("val").and_then(|id| self.styles.level(&id));
                self.set_level(level);
            }
            "outlineLvl" => self.set_level(outline_level(attributes)),
            "tr" => self.rows_open += 1,
            "tc" if self.rows_open == 1 => self.cells.push(Vec::new()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.is_text = false,
            "r" => self.is_hidden = false,
            "p" => self.close_paragraph(),
            "tr" => {
                self.rows_open = self.rows_open.saturating_sub(1);
                if self.rows_open == 0 {
                    self.close_row();
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn set_level(&mut self, level: Option<u8>) {
        if let (Some(paragraph), Some(level)) = (self.paragraphs.last_mut(), level) {
            paragraph.level = Some(paragraph.level.map_or(level, |known| known.min(level)));
        }
    }

    fn close_paragraph(&mut self) {
        let Some(Paragraph { text, level }) = self.paragraphs.pop() else { return };
        let role = if level.is_some() { Role::Heading } else { Role::Text };
        let Some(block) = block(&text, role) else { return };
        let found = Found { block, level };
        match self.cells.last_mut().filter(|_| self.rows_open > 0) {
            _ if self.found.len() >= PARAGRAPHS_MAX => self.is_cut_off = true,
            Some(cell) if cell.len() >= PARAGRAPHS_MAX => self.is_cut_off = true,
            Some(cell) => cell.push(found),
            None => self.found.push(found),
        }
    }

    /// Makes a line of a row; where cells hold text of their own, its paragraphs stay apart.
    fn close_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if cells.len() < 2 || cells.iter().any(|cell| cell.len() > CELL_PARAGRAPHS_MAX) {
            return self.found.extend(cells.into_iter().flatten());
        }
        let texts: Vec<&str> = cells.iter().flatten().map(|found| found.block.text.as_str()).collect();
        self.found.extend(block(&texts.join(" "), Role::Text).map(|block| Found { block, level: None }));
    }

    /// Closes what a part that broke off left open.
    fn end_part(&mut self) {
        while !self.paragraphs.is_empty() {
            self.close_paragraph();
        }
        self.rows_open = 0;
        self.close_row();
        (self.skipped, self.is_text, self.is_hidden) = (0, false, false);
    }
}

#[cfg(test)]
mod tests;
