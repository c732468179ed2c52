//! XML in; the elements that a reader wants out, one by one, each with all that is in it. The only door to the XML parser.
//!
//! Only one element is held at a time, and no larger than a document may be. Declarations of documents are passed over: an
//! entity that is not one of XML's or HTML's own stays as it is written, whatever it is declared to be. Tags that do not match
//! are borne, since feeds are full of them.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::formats::input::{DOCUMENT_BYTES_MAX, Input, unreadable};
use crate::formats::recoded::Recoded;

/// Elements inside each other to this depth: a page inside of a feed has some twenty.
const LEVELS_MAX: usize = 256;

/// Elements of one document; the richest page that was measured has some 20,000.
const ELEMENTS_MAX: usize = 200_000;

/// The declaration of the encoding stands in the first bytes.
const DECLARATION_BYTES: usize = 200;

/// Prefixes under which elements of feeds and wire formats are written where they are not the default; they are left out.
const PLAIN_PREFIXES: [&str; 9] = ["atom", "a10", "rss", "nitf", "newsml", "nar", "xhtml", "html", "h"];

/// An element with all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name, with the prefix of an extension: `item`, `dc:date`.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub nodes: Vec<Node>,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// Text, its entities resolved.
    Text(String),
}

/// What was found in a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// A wanted element, and the line it starts at.
    Whole(Element, u64),
    /// What is wrong at a line; other elements may follow.
    Broken(String, u64),
}

impl Element {
    /// Returns an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements right inside, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the elements of a name right inside, in order.
    pub fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// Returns the first element of a name right inside.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Returns the element that a path of names leads to.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Returns the first element of a name at any depth, in the order of the file.
    pub fn descendant(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.name == name { Some(element) } else { element.descendant(name) })
    }

    /// Returns all text in it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// Returns what is in it as markup.
    pub fn markup(&self) -> String {
        let mut markup = String::new();
        self.add_markup(&mut markup);
        markup
    }

    fn add_markup(&self, markup: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(piece) => markup.push_str(&escape(piece.as_str())),
                Node::Element(element) => {
                    markup.push('<');
                    markup.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        markup.push_str(&format!(" {name}=\"{}\"", escape(value.as_str())));
                    }
                    markup.push('>');
                    element.add_markup(markup);
                    if !matches!(element.name.as_str(), "br" | "img" | "hr" | "wbr" | "input") {
                        markup.push_str(&format!("</{}>", element.name));
                    }
                }
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        match self.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.nodes.push(Node::Text(text.to_owned())),
        }
    }
}

/// Resolves one of the entities that HTML has.
pub fn entity(name: &str) -> Option<&'static str> {
    resolve_html5_entity(name)
}

/// Goes through a file's elements.
pub struct Pieces<'r> {
    reader: Reader<Metered<'r>>,
    buffer: Vec<u8>,
    path: Vec<String>,
    is_done: bool,
}

impl<'r> Pieces<'r> {
    /// Starts at an input, in the encoding that it declares.
    pub fn new(input: &'r mut Input<'_>) -> Self {
        let encoding = declared_encoding(input.head()).unwrap_or(UTF_8);
        let metered = Metered { text: BufReader::new(Recoded::new(input, encoding)), used_bytes: 0, line: 1 };
        let mut reader = Reader::from_reader(metered);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Pieces { reader, buffer: Vec::new(), path: Vec::new(), is_done: false }
    }

    /// Returns the next element whose path of names, its own last, is wanted; `None` after the last one.
    pub fn next_piece(&mut self, is_wanted: &dyn Fn(&[String]) -> bool) -> Option<Piece> {
        while !self.is_done {
            self.buffer.clear();
            self.buffer.shrink_to(DOCUMENT_BYTES_MAX / 64);
            self.reader.get_mut().used_bytes = 0;
            let line = self.reader.get_mut().line;
            let (start, is_empty) = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => (element_of(&start), false),
                Ok(Event::Empty(start)) => (element_of(&start), true),
                Ok(Event::End(end)) => {
                    let name = plain_name(end.name().into_inner());
                    if let Some(at) = self.path.iter().rposition(|open| open == name) {
                        self.path.truncate(at);
                    }
                    continue;
                }
                Ok(Event::Eof) => return self.end(line),
                Ok(_) => continue,
                Err(error) => return Some(self.stop(&error)),
            };
            if self.path.len() >= LEVELS_MAX {
                self.is_done = true;
                return Some(Piece::Broken(TOO_DEEP.to_owned(), line));
            }
            self.path.push(start.name.clone());
            let is_taken = is_wanted(&self.path);
            if is_empty || is_taken {
                self.path.pop();
            }
            match (is_taken, is_empty) {
                (true, true) => return Some(Piece::Whole(start, line)),
                (true, false) => return Some(self.build(start, line)),
                _ => {}
            }
        }
        None
    }

    /// Says at the end of the file what could not be read of it, if anything.
    fn end(&mut self, line: u64) -> Option<Piece> {
        if self.reader.get_mut().text.get_mut().take_damage() {
            let cause = "bytes that are no text in the encoding of the file: what could not be read shows as \u{fffd}";
            return Some(Piece::Broken(cause.to_owned(), line));
        }
        self.is_done = true;
        self.path.pop().map(|open| Piece::Broken(format!("the file ends inside of <{open}>"), line))
    }

    fn stop(&mut self, error: &quick_xml::Error) -> Piece {
        self.is_done = true;
        let line = self.reader.get_mut().line;
        let cause = match error {
            quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                format!("a document of more than {} MB, the limit", DOCUMENT_BYTES_MAX >> 20)
            }
            quick_xml::Error::Io(error) => unreadable(error),
            error => format!("broken XML: {}", error.to_string().lines().next().unwrap_or_default()),
        };
        Piece::Broken(cause, line)
    }

    /// Reads all that is in an element.
    fn build(&mut self, start: Element, line: u64) -> Piece {
        let mut open = vec![start];
        let mut elements = 0;
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => open.push(element_of(&start)),
                Ok(Event::Empty(start)) => {
                    open.push(element_of(&start));
                    close(&mut open);
                }
                Ok(Event::End(end)) => {
                    let name = plain_name(end.name().into_inner()).to_owned();
                    match open.iter().rposition(|element| element.name == name) {
                        Some(at) => {
                            while open.len() > at.max(1) {
                                close(&mut open);
                            }
                            if at == 0 {
                                break;
                            }
                        }
                        // What is around it is closed: it was not closed itself.
                        None if self.path.contains(&name) => {
                            let at = self.path.iter().rposition(|open| *open == name).unwrap_or_default();
                            self.path.truncate(at);
                            break;
                        }
                        None => {}
                    }
                }
                Ok(Event::Text(text)) => push_text(&mut open, &text),
                Ok(Event::CData(text)) => push_text(&mut open, &text),
                Ok(Event::GeneralRef(reference)) => push_text(&mut open, &resolved(&reference)),
                Ok(Event::Eof) => {
                    self.is_done = true;
                    return Piece::Broken(format!("the file ends inside of <{}>", open[0].name), line);
                }
                Ok(_) => {}
                Err(error) => return self.stop(&error),
            }
            elements += 1;
            if open.len() > LEVELS_MAX || elements > ELEMENTS_MAX {
                self.is_done = true;
                let cause =
                    if open.len() > LEVELS_MAX { TOO_DEEP.to_owned() } else { format!("a document of more than {ELEMENTS_MAX} elements") };
                return Piece::Broken(cause, line);
            }
        }
        while open.len() > 1 {
            close(&mut open);
        }
        Piece::Whole(open.pop().unwrap_or_default(), line)
    }
}

const TOO_DEEP: &str = "elements inside of each other too deep, the limit is 256";

/// Puts the innermost open element into the one around it.
fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
        && let Some(around) = open.last_mut()
    {
        around.nodes.push(Node::Element(element));
    }
}

fn push_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.push_text(text);
    }
}

fn element_of(start: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = unescape_with(&attribute.value, resolve_html5_entity);
        let value = value.map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
        attributes.push((attribute.key.into_inner().to_owned(), value));
    }
    Element { name: plain_name(start.name().into_inner()).to_owned(), attributes, nodes: Vec::new() }
}

fn plain_name(name: &str) -> &str {
    match name.split_once(':') {
        Some((prefix, local)) if PLAIN_PREFIXES.contains(&prefix) => local,
        _ => name,
    }
}

fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    entity(reference).map_or_else(|| format!("&{};", &**reference), str::to_owned)
}

/// Returns the encoding of an XML file: by its byte order mark, else as its declaration has it.
fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding);
    }
    let start = String::from_utf8_lossy(&head[..head.len().min(DECLARATION_BYTES)]);
    let declaration = start.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let label = declaration.split("encoding").nth(1)?.trim_start_matches(['=', ' ', '"', '\'']);
    let end = label.find(['"', '\'']).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// Text for the parser, counted: a document that grows past the limit is an error, whatever it is made of.
struct Metered<'r> {
    text: BufReader<Recoded<'r>>,
    used_bytes: usize,
    line: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used_bytes > DOCUMENT_BYTES_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let used = &self.text.buffer()[..count.min(self.text.buffer().len())];
        self.line += memchr::memchr_iter(b'\n', used).count() as u64;
        self.used_bytes += count;
        self.text.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &[u8], expected: &[Result<(&str, u64), &str>]) {
        let mut bytes = xml;
        let mut input = Input::open("a.xml", &mut bytes).unwrap();
        let mut pieces = Pieces::new(&mut input);
        let mut found = Vec::new();
        while let Some(piece) = pieces.next_piece(&|path| path.last().is_some_and(|name| name == "item")) {
            found.push(match piece {
                Piece::Whole(element, line) => Ok((element.markup(), line)),
                Piece::Broken(cause, line) => Err(format!("{line}: {cause}")),
            });
        }
        let expected: Vec<_> =
            expected.iter().map(|found| found.map(|(text, line)| (text.to_owned(), line)).map_err(str::to_owned)).collect();
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(xml));
    }

    #[test]
    fn elements_come_whole_and_in_order() {
        check(
            b"<rss><channel>\n<item>a</item>\n<item b='1'><c d=\"&amp;\">e</c>f</item></channel></rss>",
            &[Ok(("a", 2)), Ok(("<c d=\"&amp;\">e</c>f", 3))],
        );
        check(
            b"<atom:feed><atom:item>a &amp; b &#252;&nbsp;<![CDATA[<c>]]></atom:item></atom:feed>",
            &[Ok(("a &amp; b \u{fc}\u{a0}&lt;c&gt;", 1))],
        );
        check(b"<?xml version='1.0' encoding='ISO-8859-1'?><r><item>Z\xfcrich</item></r>", &[Ok(("Zürich", 1))]);
        let damaged = "1: bytes that are no text in the encoding of the file: what could not be read shows as \u{fffd}";
        check(b"<r><item>Z\xfcrich</item></r>", &[Ok(("Z\u{fffd}rich", 1)), Err(damaged)]);
        check(b"<r><item/></r>", &[Ok(("", 1))]);
        check(b"", &[]);
    }

    #[test]
    fn tags_that_do_not_match_are_borne() {
        check(b"<r><item>a<br>b<p>c</item><item>d</i></item></r>", &[Ok(("a<br>b<p>c</p>", 1)), Ok(("d", 1))]);
        check(b"<r><c><item>a</c><item>b & c</item></r>", &[Ok(("a", 1)), Ok(("b &amp; c", 1))]);
    }

    #[test]
    fn broken_files_give_what_came_before() {
        check(b"<r>\n<item>a</item>\n<item>b", &[Ok(("a", 2)), Err("3: the file ends inside of <item>")]);
        check(b"<r><item>a</item>", &[Ok(("a", 1)), Err("1: the file ends inside of <r>")]);
        check(
            b"<r><item>a</item><item b=\"",
            &[Ok(("a", 1)), Err("1: broken XML: syntax error: attribute value not closed: `\"` not found before end of input")],
        );
    }

    #[test]
    fn entities_are_not_expanded() {
        let bomb = b"<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><r><item>&b; &c;</item></r>";
        check(bomb, &[Ok(("&amp;b; &amp;c;", 1))]);
    }

    #[test]
    fn what_is_too_deep_or_too_large_is_told() {
        let deep = format!("<r><item>{}</item></r>", "<a>".repeat(100_000));
        check(deep.as_bytes(), &[Err("1: elements inside of each other too deep, the limit is 256")]);
        check("<a>".repeat(100_000).as_bytes(), &[Err("1: elements inside of each other too deep, the limit is 256")]);
        let wide = format!("<r><item>{}</item></r>", "<a/>".repeat(ELEMENTS_MAX + 1));
        check(wide.as_bytes(), &[Err("1: a document of more than 200000 elements")]);
    }
}
