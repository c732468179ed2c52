//! A book in; a document out for each of its chapters that holds text: a newspaper that was saved as a book has an article in each.
//!
//! What the book states about itself is stated for each chapter: language, authors, publisher. Of a newspaper put together by a program
//! (calibre) the title names the outlet, and the date is that of putting it together. Covers, lists of contents and pages of
//! a few words are passed over; so are encrypted chapters, with one warning.

use std::collections::{HashMap, HashSet};

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::html::{content, guard};
use crate::formats::input::Input;
use crate::formats::package::{self, Node, Package};
use crate::formats::properties;
use crate::formats::reader::{Sink, clean_line};

/// A chapter with less text is a title page, a cover or a separator.
const CHAPTER_BYTES_MIN: usize = 200;

/// A page that links to so many other chapters is a list of contents if it has no more text than this for each.
const CONTENTS_LINKS_MIN: usize = 3;
const CONTENTS_BYTES_PER_LINK: usize = 400;

/// Why a line of links between articles was taken out.
const BOOK_LINKS: &str = "links of the book";

/// Why the line that names the program was taken out.
const DOWNLOAD_NOTE: &str = "note of the program that saved it";

/// Reads a book.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    let opened = input.whole().and_then(Package::open).and_then(|mut package| Ok((Book::read(&mut package)?, package)));
    let (book, mut package) = match opened {
        Ok(opened) => opened,
        Err(cause) => return sink(Err(Warning::new(path, cause))),
    };
    let mut ordinal = 0;
    let mut encrypted = 0;
    let mut unread = Unread::default();
    for href in &book.spine {
        if book.encrypted.contains(href) {
            encrypted += 1;
            continue;
        }
        let text = match package.text(href) {
            Ok(Some(text)) => text,
            Ok(None) => continue,
            Err(cause) => {
                unread.add(cause);
                continue;
            }
        };
        if let Err(cause) = guard::check(&text) {
            unread.add(format!("{href}: {cause}"));
            continue;
        }
        if let Some((fields, blocks)) = book.chapter(href, &text, input.name()) {
            ordinal += 1;
            let origin = Origin { path: path.to_owned(), ordinal, own_id: None, member: input.member().map(str::to_owned) };
            sink(Ok(RawDocument { origin, fields, blocks, layout: Layout::Body }));
        }
    }
    if let Some(cause) = unread.cause() {
        let warning = Warning::new(path, cause);
        sink(Err(if ordinal > 0 { warning.with_hint("the other chapters are read") } else { warning }));
    }
    if encrypted > 0 {
        let cause = format!("encrypted: {encrypted} of {} chapters cannot be read", book.spine.len());
        sink(Err(Warning::new(path, cause).with_hint("the shop that sold the book has protected it")));
    } else if ordinal == 0 && unread.chapters == 0 {
        sink(Err(Warning::new(path, "a book without text")));
    }
}

/// Chapters that could not be read: one warning for all.
#[derive(Default)]
struct Unread {
    chapters: usize,
    first: String,
}

impl Unread {
    fn add(&mut self, cause: String) {
        self.chapters += 1;
        if self.chapters == 1 {
            self.first = cause;
        }
    }

    fn cause(&self) -> Option<String> {
        match self.chapters {
            0 => None,
            1 => Some(self.first.clone()),
            chapters => Some(format!("{chapters} chapters cannot be read, the first one since {}", self.first)),
        }
    }
}

/// What a book states about itself and its parts. Names of parts are those in the archive.
#[derive(Debug, Default)]
struct Book {
    title: Option<String>,
    creators: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
    language: Option<String>,
    /// Tells a newspaper or magazine that a program put together.
    is_periodical: bool,
    /// The chapters in the order of reading.
    spine: Vec<String>,
    /// The same chapters.
    chapters: HashSet<String>,
    /// Titles of chapters in the list of contents.
    labels: HashMap<String, String>,
    encrypted: HashSet<String>,
}

impl Book {
    fn read(package: &mut Package) -> Result<Self, String> {
        let missing = |name: &str| format!("not a book that can be read: it has no {name}");
        let container = package.text("META-INF/container.xml")?.ok_or_else(|| missing("META-INF/container.xml"))?;
        let mut opf_name = None;
        package::visit(&container, &mut |node| {
            if let Node::Open("rootfile", attributes) = node {
                opf_name = opf_name.take().or_else(|| attributes.get("full-path"));
            }
        })?;
        let opf_name = opf_name.ok_or_else(|| missing("list of its parts"))?;
        let opf = package.text(&opf_name)?.ok_or_else(|| missing(&opf_name))?;
        let mut book = Book::default();
        let mut manifest = Manifest { folder: &opf_name, ..Manifest::default() };
        // What stands before a fault is enough to go on with.
        let outcome = package::visit(&opf, &mut |node| manifest.take(node, &mut book));
        if let (Err(cause), true) = (outcome, manifest.spine.is_empty()) {
            return Err(format!("{opf_name}: {cause}"));
        }
        // A chapter that is listed twice is read once.
        for chapter in manifest.spine.iter().filter_map(|id| manifest.chapters.get(id)) {
            if book.chapters.insert(chapter.clone()) {
                book.spine.push(chapter.clone());
            }
        }
        for contents in manifest.contents {
            let text = package.text(&contents).ok().flatten().unwrap_or_default();
            read_labels(&contents, &text, &mut book.labels);
        }
        if let Some(list) = package.text("META-INF/encryption.xml").ok().flatten() {
            book.encrypted = encrypted_parts(&list);
        }
        Ok(book)
    }

    /// Returns the fields and blocks of a chapter; `None` if it holds no text of its own.
    fn chapter(&self, href: &str, text: &str, file: &str) -> Option<(Vec<RawField>, Vec<RawBlock>)> {
        let mut blocks = content::blocks(text);
        let len_bytes: usize = blocks.iter().filter(|block| block.role == Role::Text).map(|block| block.text.len()).sum();
        let links = self.links_to_chapters(href, text);
        let is_contents = links >= CONTENTS_LINKS_MIN && len_bytes < links * CONTENTS_BYTES_PER_LINK;
        if len_bytes < CHAPTER_BYTES_MIN || is_contents {
            return None;
        }
        let mut fields = Vec::new();
        mark_notes(&mut blocks, &mut fields);
        let opening = blocks.iter().position(|block| !matches!(block.role, Role::Furniture(_)));
        match opening.filter(|at| blocks[*at].role == Role::Heading) {
            Some(at) => push(FieldName::Headline, &blocks.remove(at).text, Provenance::PageElement, &mut fields),
            None => {
                let label = self.labels.get(href).cloned().or_else(|| (self.spine.len() == 1).then(|| self.title.clone()).flatten());
                let label = label.and_then(|label| properties::headline(&label, file));
                push(FieldName::Headline, &label.unwrap_or_default(), Provenance::DocumentProperties, &mut fields);
            }
        }
        self.add_own(file, &mut fields);
        Some((fields, blocks))
    }

    /// Adds what the book states for all its chapters.
    fn add_own(&self, file: &str, fields: &mut Vec<RawField>) {
        let from = Provenance::DocumentProperties;
        let is_named = |name: &&str| !["calibre", "unknown"].contains(&name.to_lowercase().as_str());
        let (outlet, day) = if self.is_periodical {
            (self.title.as_deref().map(|title| title.split(" [").next().unwrap_or_default()), FieldName::Saved)
        } else {
            (self.publisher.as_deref().filter(is_named), FieldName::Published)
        };
        push(FieldName::Source, outlet.unwrap_or_default(), from, fields);
        // The year 101 is what calibre writes for a day that it does not know.
        let date = self.date.as_deref().filter(|date| !date.starts_with("0101-"));
        push(day, date.unwrap_or_default(), from, fields);
        for creator in self.creators.iter().filter(|_| !self.is_periodical) {
            properties::add(None, Some(creator), file, fields);
        }
        push(FieldName::Language, self.language.as_deref().unwrap_or_default(), from, fields);
    }

    /// Counts the other chapters that a page links to.
    fn links_to_chapters(&self, href: &str, text: &str) -> usize {
        let mut targets = HashSet::new();
        // Pages that are no XML are books' pages all the same; what stands before the fault tells enough.
        let _ = package::visit(text, &mut |node| {
            if let Node::Open("a", attributes) = node {
                targets.extend(attributes.get("href").map(|target| resolved(href, &target)));
            }
        });
        targets.iter().filter(|target| *target != href && self.chapters.contains(*target)).count()
    }
}

/// The list of a book's parts, while it is read.
#[derive(Default)]
struct Manifest<'m> {
    folder: &'m str,
    chapters: HashMap<String, String>,
    contents: Vec<String>,
    spine: Vec<String>,
    value: String,
    is_author: bool,
}

impl Manifest<'_> {
    fn take(&mut self, node: Node<'_>, book: &mut Book) {
        match node {
            Node::Text(text) => self.value.push_str(text),
            Node::Open(name, attributes) => {
                self.value.clear();
                match name {
                    "creator" => self.is_author = attributes.get("role").is_none_or(|role| role == "aut"),
                    "meta" if attributes.get("name").is_some_and(|name| name == "calibre:publication_type") => {
                        book.is_periodical |= attributes.get("content").is_some_and(|content| content.starts_with("periodical"));
                    }
                    "item" => self.add_item(&attributes),
                    "itemref" => self.spine.extend(attributes.get("idref")),
                    _ => {}
                }
            }
            Node::Close(name) => {
                let value = Some(clean_line(&self.value)).filter(|value| !value.is_empty());
                match name {
                    "title" if book.title.is_none() => book.title = value,
                    "creator" if self.is_author => book.creators.extend(value),
                    "publisher" if book.publisher.is_none() => book.publisher = value,
                    "date" if book.date.is_none() => book.date = value,
                    "language" if book.language.is_none() => book.language = value,
                    _ => {}
                }
                self.value.clear();
            }
        }
    }

    fn add_item(&mut self, attributes: &package::Attributes<'_>) {
        let (Some(id), Some(href)) = (attributes.get("id"), attributes.get("href")) else { return };
        let part = resolved(self.folder, &href);
        let kind = attributes.get("media-type").unwrap_or_default();
        let is_contents = attributes.get("properties").is_some_and(|properties| properties.split(' ').any(|name| name == "nav"));
        if is_contents || kind == "application/x-dtbncx+xml" {
            self.contents.push(part);
        } else if kind.contains("html") {
            self.chapters.insert(id, part);
        }
    }
}

/// Reads the titles that a list of contents gives to chapters; the first one of a chapter counts.
fn read_labels(name: &str, text: &str, labels: &mut HashMap<String, String>) {
    let (mut label, mut target) = (String::new(), None);
    // What stands before a fault counts.
    let _ = package::visit(text, &mut |node| match node {
        Node::Open("navPoint" | "text", _) => label.clear(),
        Node::Open("a", attributes) => {
            label.clear();
            target = attributes.get("href");
        }
        Node::Open("content", attributes) => {
            let target = attributes.get("src").map(|source| resolved(name, &source));
            labels.extend(target.filter(|target| !labels.contains_key(target)).map(|target| (target, clean_line(&label))));
        }
        Node::Text(text) => label.push_str(text),
        Node::Close("a") => {
            let target = target.take().map(|target| resolved(name, &target));
            labels.extend(target.filter(|target| !labels.contains_key(target)).map(|target| (target, clean_line(&label))));
        }
        Node::Open(..) | Node::Close(_) => {}
    });
}

/// Returns the parts that are encrypted; fonts are often mixed up with the book's id, which hides no text.
fn encrypted_parts(list: &str) -> HashSet<String> {
    let mut parts = HashSet::new();
    // What stands before a fault counts.
    let _ = package::visit(list, &mut |node| {
        if let Node::Open("CipherReference", attributes) = node {
            parts.extend(attributes.get("URI").map(|part| resolved("", &part)));
        }
    });
    parts
}

/// Marks lines that the program which put a newspaper together has added; one of them holds the article's address.
fn mark_notes(blocks: &mut [RawBlock], fields: &mut Vec<RawField>) {
    for block in blocks {
        let text = block.text.as_str();
        if text.starts_with('|') && text.ends_with('|') && text.len() < CHAPTER_BYTES_MIN {
            block.role = Role::Furniture(BOOK_LINKS);
        } else if text.contains("calibre") && text.len() < 2 * CHAPTER_BYTES_MIN {
            let address = text.split(' ').find(|word| word.starts_with("https://") || word.starts_with("http://"));
            if let Some(address) = address {
                push(FieldName::Url, address.trim_end_matches('.'), Provenance::SaveComment, fields);
                block.role = Role::Furniture(DOWNLOAD_NOTE);
            }
        }
    }
}

/// Returns the name in the archive of what a part links to, without the place in it.
fn resolved(from: &str, href: &str) -> String {
    let target = href.split(['#', '?']).next().unwrap_or_default();
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|part| !part.is_empty()).collect() };
    let target = unquoted(target);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Resolves `%20` and its like.
fn unquoted(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let quoted = (*first == b'%').then(|| others.get(..2)).flatten().and_then(|figures| std::str::from_utf8(figures).ok());
        match quoted.and_then(|figures| u8::from_str_radix(figures, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
