//! JSON in, one value or a value a line; documents out.
//!
//! A file is one article, an array of articles, an object that holds such an array, or JSON Lines: an article a line. What a
//! field means is told by the table of [`fields`]. Only the fields of that table are kept while a record is parsed; documents
//! go to the sink one by one. A bad line is a warning, and the next line is read.

use std::fmt;
use std::io::BufRead;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::{self, Slot};
use crate::formats::input::{DOCUMENT_BYTES_MAX, Input, LineRead};
use crate::formats::json_array::{Element, Elements};
use crate::formats::paragraphs;
use crate::formats::reader::{Sink, block, clean_line};
use crate::formats::value::{Key, Value};

/// Bounds the levels of a text field's objects that are followed; the deepest known form, sections with paragraphs, has three.
const TEXT_LEVELS_MAX: u8 = 8;

/// Reads a file with one JSON value; a file with several values, one after the other, is read as JSON Lines.
///
/// An array is read element by element, however many it has; any other value is read as a whole.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let path = input.path();
    if without_mark(input.head()).trim_ascii_start().starts_with(b"[") {
        return read_array(input, sink);
    }
    let mut emitter = Emitter { path, ordinal: 0, line: None, sink };
    let mut text = Vec::new();
    match input.next_line(&mut text, DOCUMENT_BYTES_MAX) {
        Ok(LineRead::Line | LineRead::End) => {}
        Ok(LineRead::TooLong(_)) => return emitter.warn_too_large(),
        Err(cause) => return emitter.warn(&cause),
    }
    if is_whole(&text) && has_more(input) {
        emitter.line = Some(1);
        emitter.emit_line(without_mark(&text).trim_ascii());
        return emitter.read_lines(input);
    }
    match input.whole() {
        Ok(rest) if rest.is_empty() => {}
        Ok(rest) if text.len() + rest.len() < DOCUMENT_BYTES_MAX => {
            text.push(b'\n');
            text.extend(rest);
        }
        Ok(_) | Err(_) => return emitter.warn_too_large(),
    }
    let mut parser = serde_json::Deserializer::from_slice(without_mark(&text));
    let outcome = Top { emitter: &mut emitter }.deserialize(&mut parser).and_then(|()| parser.end());
    if let Err(error) = outcome {
        emitter.line = Some(error.line() as u64);
        emitter.warn(&cause_of(&error));
    }
}

fn read_array(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let mut emitter = Emitter { path: input.path(), ordinal: 0, line: None, sink };
    if input.head().starts_with(MARK) {
        input.consume(MARK.len());
    }
    for element in Elements::new(input, DOCUMENT_BYTES_MAX) {
        match element {
            Element::Whole(bytes, line) => {
                let mut parser = serde_json::Deserializer::from_slice(&bytes);
                let outcome = Top { emitter: &mut emitter }.deserialize(&mut parser).and_then(|()| parser.end());
                if let Err(error) = outcome {
                    emitter.line = Some(line + (error.line() as u64).saturating_sub(1));
                    emitter.warn(&cause_of(&error));
                    emitter.line = None;
                }
            }
            Element::Broken(cause, line) => {
                emitter.line = Some(line);
                emitter.warn(&cause);
                emitter.line = None;
            }
        }
    }
}

/// The byte order mark of UTF-8, which some programs write before a file's text.
const MARK: &[u8] = b"\xef\xbb\xbf";

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Tells a line that is an object by itself.
fn is_whole(line: &[u8]) -> bool {
    let line = without_mark(line).trim_ascii();
    line.ends_with(b"}") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

/// Tells whether another object follows.
fn has_more(input: &mut Input<'_>) -> bool {
    loop {
        let Ok(buffer) = input.fill_buf() else { return false };
        let Some(at) = buffer.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            let blank = buffer.len();
            if blank == 0 {
                return false;
            }
            input.consume(blank);
            continue;
        };
        return buffer[at] == b'{';
    }
}

/// Reads JSON Lines: an article a line; blank lines are passed over, and a bad line is a warning with its number.
///
/// The ordinal counts lines that are not blank, good or bad, so that mending a line changes no other document's number.
pub fn read_lines(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let mut emitter = Emitter { path: input.path(), ordinal: 0, line: Some(0), sink };
    emitter.read_lines(input);
}

/// Returns what the parser says, without the place: the warning names the line.
fn cause_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.rsplit_once(" at line ").map_or(text.as_str(), |(cause, _)| cause);
    match cause.strip_prefix("invalid type: ") {
        Some(cause) => format!("not a JSON object: {}", cause.split(", expected").next().unwrap_or(cause).replace("sequence", "array")),
        None => format!("broken JSON: {cause} (column {})", error.column()),
    }
}

/// Turns records into documents, and counts them.
struct Emitter<'e, 's> {
    path: &'e str,
    ordinal: u32,
    line: Option<u64>,
    sink: &'e mut Sink<'s>,
}

impl Emitter<'_, '_> {
    fn warn(&mut self, cause: &str) {
        let warning = Warning::new(self.path, cause);
        (self.sink)(Err(match self.line {
            Some(line) => warning.at_line(line),
            None => warning,
        }));
    }

    fn warn_too_large(&mut self) {
        let cause = format!("too large for one JSON document: the limit is {} MB", DOCUMENT_BYTES_MAX >> 20);
        (self.sink)(Err(Warning::new(self.path, cause).with_hint("write one article a line, as .jsonl")));
    }

    /// Reads the lines after the one whose number is set.
    fn read_lines(&mut self, input: &mut Input<'_>) {
        let mut line = Vec::new();
        loop {
            let number = self.line.map_or(1, |line| line + 1);
            self.line = Some(number);
            match input.next_line(&mut line, DOCUMENT_BYTES_MAX) {
                Ok(LineRead::Line) => self.emit_line(if number == 1 { without_mark(&line) } else { &line }.trim_ascii()),
                Ok(LineRead::TooLong(len_bytes)) => {
                    self.ordinal += 1;
                    self.warn(&format!("line of {} MB, the limit is {} MB", len_bytes >> 20, DOCUMENT_BYTES_MAX >> 20));
                }
                Ok(LineRead::End) => return,
                Err(cause) => return self.warn(&cause),
            }
        }
    }

    fn emit_line(&mut self, line: &[u8]) {
        if line.is_empty() {
            return;
        }
        match serde_json::from_slice::<Record<'_>>(line) {
            Ok(record) => self.emit(record),
            Err(error) => {
                self.ordinal += 1;
                self.warn(&cause_of(&error));
            }
        }
    }

    fn emit(&mut self, record: Record<'_>) {
        if !record.is_about_an_article && !record.has_text() {
            return;
        }
        self.ordinal = self.ordinal.saturating_add(1);
        if !record.has_words() {
            let warning = match self.line {
                Some(line) => Warning::new(self.path, "no headline and no text").at_line(line),
                None => Warning::new(self.path, format!("document {} has no headline and no text", self.ordinal)),
            };
            (self.sink)(Err(warning.with_hint("fields such as \"title\", \"text\", \"source\", \"date\" are read")));
            return;
        }
        (self.sink)(Ok(record.into_document(self.path, self.ordinal)));
    }
}

/// The known fields of an object.
struct Record<'t> {
    fields: Vec<(u8, Slot, Value<'t>)>,
    /// False for the other things that a JSON-LD graph holds: people, sites, pictures.
    is_about_an_article: bool,
}

impl<'t> Record<'t> {
    fn new() -> Self {
        Record { fields: Vec::with_capacity(12), is_about_an_article: true }
    }

    /// Tells whether there is anything to read: a headline or a text.
    fn has_words(&self) -> bool {
        self.fields.iter().any(|(_, slot, value)| match slot {
            Slot::Field(crate::document::FieldName::Headline) | Slot::Text => !matches!(value, Value::Nothing),
            _ => false,
        })
    }

    fn into_document(mut self, path: &str, ordinal: u32) -> RawDocument {
        fields::sort_known(&mut self.fields);
        let mut raw_fields: Vec<RawField> = Vec::with_capacity(self.fields.len());
        let mut own_id = None;
        let mut blocks = Vec::new();
        for (_, slot, value) in &self.fields {
            match slot {
                Slot::Id if own_id.is_none() => own_id = value.scalar().map(clean_line).filter(|id| !id.is_empty()),
                Slot::Text if blocks.is_empty() => add_text(value, Role::Text, 0, &mut blocks),
                slot => fields::add(*slot, value, Provenance::JsonField, &mut raw_fields),
            }
        }
        let origin = Origin { path: path.to_owned(), ordinal, own_id, member: None };
        RawDocument { origin, fields: raw_fields, blocks, layout: Layout::Body }
    }

    fn take<A: MapAccess<'t>>(&mut self, key: &str, access: &mut A) -> Result<(), A::Error> {
        if key == "@type" {
            let types: Value<'_> = access.next_value()?;
            self.is_about_an_article = types.items().iter().filter_map(Value::scalar).any(is_article_type);
            return Ok(());
        }
        match fields::slot(key) {
            Some((rank, slot)) => self.fields.push((rank, slot, access.next_value()?)),
            None => drop(access.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }
}

/// Tells the schema.org types of texts that are published.
fn is_article_type(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("Posting") || matches!(name, "CreativeWork" | "Report" | "Review")
}

/// Adds the paragraphs of a text field: a string, a list of paragraphs, or sections with headings.
fn add_text(value: &Value<'_>, role: Role, level: u8, blocks: &mut Vec<RawBlock>) {
    if level > TEXT_LEVELS_MAX {
        return;
    }
    match value {
        Value::Text(text) if role == Role::Heading => blocks.extend(block(text, role)),
        Value::Text(text) => blocks.extend(paragraphs::of_text(text)),
        Value::List(items) => items.iter().for_each(|item| add_text(item, role, level + 1, blocks)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match name.as_ref() {
                    "headline" | "heading" | "title" => add_text(value, Role::Heading, level + 1, blocks),
                    "type" | "@type" | "id" | "@id" | "url" => {}
                    _ => add_text(value, Role::Text, level + 1, blocks),
                }
            }
        }
        Value::Nothing | Value::Number(_) => {}
    }
}

impl<'de> Deserialize<'de> for Record<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecordVisitor;
        impl<'de> Visitor<'de> for RecordVisitor {
            type Value = Record<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut record = Record::new();
                while let Some(Key(key)) = access.next_key()? {
                    record.take(&key, &mut access)?;
                }
                Ok(record)
            }
        }
        deserializer.deserialize_map(RecordVisitor)
    }
}

/// Reads a whole file: articles go out as they come, however many the file holds.
struct Top<'t, 'e, 's> {
    emitter: &'t mut Emitter<'e, 's>,
}

impl<'de> DeserializeSeed<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        while access.next_element_seed(Top { emitter: &mut *self.emitter })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut record = Record::new();
        let before = self.emitter.ordinal;
        while let Some(Key(key)) = access.next_key()? {
            match fields::slot(&key) {
                Some((_, Slot::Articles)) if !record.has_text() => access.next_value_seed(Held { emitter: &mut *self.emitter })?,
                _ => record.take(&key, &mut access)?,
            }
        }
        if self.emitter.ordinal == before || record.has_text() {
            self.emitter.emit(record);
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.emitter.warn("a string where an article was expected");
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.emitter.warn("a number where an article was expected");
        Ok(())
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<(), E> {
        self.visit_u64(0)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<(), E> {
        self.visit_u64(0)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.emitter.warn("null or a truth value where an article was expected");
        Ok(())
    }
}

/// Reads the array of articles that an object holds; anything else in its place is passed over.
struct Held<'t, 'e, 's> {
    emitter: &'t mut Emitter<'e, 's>,
}

impl<'de> DeserializeSeed<'de> for Held<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let value: Value<'de> = Value::deserialize(deserializer)?;
        let Value::List(items) = value else { return Ok(()) };
        for item in items {
            if let Value::Object(fields) = item {
                self.emitter.emit(Record::of_object(fields));
            }
        }
        Ok(())
    }
}

impl<'t> Record<'t> {
    fn has_text(&self) -> bool {
        self.fields.iter().any(|(_, slot, _)| *slot == Slot::Text)
    }

    fn of_object(object: Vec<(std::borrow::Cow<'t, str>, Value<'t>)>) -> Self {
        let mut record = Record::new();
        for (key, value) in object {
            if key == "@type" {
                record.is_about_an_article = value.items().iter().filter_map(Value::scalar).any(is_article_type);
            } else if let Some((rank, slot)) = fields::slot(&key) {
                record.fields.push((rank, slot, value));
            }
        }
        record
    }
}
