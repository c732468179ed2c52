//! JSON in, one value or a value a line; documents out.
//!
//! A file is one article, an array of articles, an object that holds such an array, or JSON Lines: an article a line. What a
//! field means is told by the table of [`fields`]. Only the fields of that table are kept while a record is parsed; documents
//! go to the sink one by one. A bad line is a warning, and the next line is read.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::{self, Slot};
use crate::formats::paragraphs;
use crate::formats::reader::{DOCUMENT_BYTES_MAX, Sink, block, clean_line};
use crate::formats::value::{Key, Value};

/// Bounds the levels of a text field's objects that are followed; the deepest known form, sections with paragraphs, has three.
const TEXT_LEVELS_MAX: u8 = 8;

/// Reads a file with one JSON value; a file with several values, one after the other, is read as JSON Lines.
pub fn read(path: &str, text: &[u8], sink: &mut Sink<'_>) {
    if text.len() > DOCUMENT_BYTES_MAX && !first_line_is_whole(text) && !text.trim_ascii_start().starts_with(b"[") {
        let cause = format!("too large for one JSON document: {} MB, the limit is {} MB", text.len() >> 20, DOCUMENT_BYTES_MAX >> 20);
        sink(Err(Warning::new(path, cause).with_hint("write one article a line, as .jsonl")));
        return;
    }
    if first_line_is_whole(text) {
        return read_lines(path, text, sink);
    }
    let mut emitter = Emitter { path, ordinal: 0, line: None, sink };
    let mut parser = serde_json::Deserializer::from_slice(text);
    let outcome = Top { emitter: &mut emitter }.deserialize(&mut parser).and_then(|()| parser.end());
    if let Err(error) = outcome {
        emitter.line = Some(error.line() as u64);
        emitter.warn(&cause_of(&error));
    }
}

/// Tells JSON Lines under another name: the first line is an object by itself, and another one follows.
fn first_line_is_whole(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    let Some(end) = text.iter().position(|byte| *byte == b'\n') else { return false };
    text[end..].trim_ascii_start().starts_with(b"{") && text[..end].trim_ascii_end().ends_with(b"}") && {
        serde_json::from_slice::<IgnoredAny>(&text[..end]).is_ok()
    }
}

/// Reads JSON Lines: an article a line; blank lines are passed over, and a bad line is a warning with its number.
///
/// The ordinal counts lines that are not blank, good or bad, so that mending a line changes no other document's number.
pub fn read_lines(path: &str, text: &[u8], sink: &mut Sink<'_>) {
    let mut emitter = Emitter { path, ordinal: 0, line: None, sink };
    for (number, line) in (1_u64..).zip(text.split(|byte| *byte == b'\n')) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        emitter.line = Some(number);
        if line.len() > DOCUMENT_BYTES_MAX {
            emitter.ordinal += 1;
            emitter.warn(&format!("line of {} MB, the limit is {} MB", line.len() >> 20, DOCUMENT_BYTES_MAX >> 20));
            continue;
        }
        match serde_json::from_slice::<Record<'_>>(line) {
            Ok(record) => emitter.emit(record),
            Err(error) => {
                emitter.ordinal += 1;
                emitter.warn(&cause_of(&error));
            }
        }
    }
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
        let origin = Origin { path: path.to_owned(), ordinal, own_id };
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
