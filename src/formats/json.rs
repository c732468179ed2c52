//! JSON in, one value or a value a line; documents out.
//!
//! A file is one article, an array of articles, an object that holds such an array, or JSON Lines: an article a line. What a
//! field means is told by the table of [`fields`]. Only the fields of that table are kept while a record is parsed; documents
//! go to the sink one by one. A bad line is a warning, and the next line is read. A JSON Feed is an object that holds articles
//! and is known by its `version`; its title is the source of its items.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{FieldName, Provenance, RawDocument};
use crate::error::Warning;
use crate::formats::fields::{self, Slot};
use crate::formats::input::{DOCUMENT_BYTES_MAX, HEAD_BYTES, Input, LineRead};
use crate::formats::json_array::{Element, Elements};
use crate::formats::map::FieldMap;
use crate::formats::reader::{ReadOptions, Sink};
use crate::formats::record::{Record, Standing};
use crate::formats::value::{Key, Value};

/// Reads a file with one JSON value; a file with several values, one after the other, is read as JSON Lines.
///
/// An array is read element by element, however many it has; any other value is read as a whole.
pub fn read(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let path = input.path();
    if without_mark(input.head()).trim_ascii_start().starts_with(b"[") {
        return read_array(input, options, sink);
    }
    let mut text = Vec::new();
    let mut emitter = Emitter::new(path, options, sink);
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
    let text = without_mark(&text);
    emitter.feed = feed(text);
    let mut parser = serde_json::Deserializer::from_slice(text);
    let outcome = Top { emitter: &mut emitter }.deserialize(&mut parser).and_then(|()| parser.end());
    if let Err(error) = outcome {
        emitter.line = Some(error.line() as u64);
        emitter.warn(&cause_of(&error));
    }
    emitter.finish();
}

fn read_array(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let mut emitter = Emitter::new(input.path(), options, sink);
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
    emitter.finish();
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
pub fn read_lines(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let mut emitter = Emitter::new(input.path(), options, sink);
    emitter.line = Some(0);
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

/// What a JSON Feed says of itself beside its items.
#[derive(serde::Deserialize)]
struct Feed<'t> {
    #[serde(borrow)]
    title: Option<Cow<'t, str>>,
}

/// Returns what a JSON Feed says of itself, wherever it says it; `None` if the file is none.
fn feed(text: &[u8]) -> Option<Feed<'_>> {
    memchr::memmem::find(&text[..text.len().min(HEAD_BYTES)], FEED_SIGN)
        .or_else(|| memchr::memmem::find(&text[text.len().saturating_sub(HEAD_BYTES)..], FEED_SIGN))?;
    serde_json::from_slice(text).ok()
}

/// The version of a JSON Feed is an address that starts so. It stands at the head of the file, or at its foot where a program
/// has sorted the fields.
const FEED_SIGN: &[u8] = b"//jsonfeed.org/version/";

/// Turns records into documents, and counts them.
struct Emitter<'e, 's> {
    path: &'e str,
    map: &'e FieldMap,
    feed: Option<Feed<'e>>,
    ordinal: u32,
    line: Option<u64>,
    /// Tells that nothing was handed on yet, no document and no warning.
    is_silent: bool,
    sink: &'e mut Sink<'s>,
}

impl<'e, 's> Emitter<'e, 's> {
    fn new(path: &'e str, options: &'e ReadOptions, sink: &'e mut Sink<'s>) -> Self {
        Emitter { path, map: &options.map, feed: None, ordinal: 0, line: None, is_silent: true, sink }
    }

    fn hand_on(&mut self, outcome: Result<RawDocument, Warning>) {
        self.is_silent = false;
        (self.sink)(outcome);
    }

    /// Tells of a file in which there was nothing to hand on: objects that are about something else, an empty array.
    fn finish(&mut self) {
        if self.is_silent {
            self.hand_on(Err(Warning::new(self.path, "no article in it")));
        }
    }

    fn warn(&mut self, cause: &str) {
        let warning = Warning::new(self.path, cause);
        self.hand_on(Err(match self.line {
            Some(line) => warning.at_line(line),
            None => warning,
        }));
    }

    fn warn_too_large(&mut self) {
        let cause = format!("too large for one JSON document: the limit is {} MB", DOCUMENT_BYTES_MAX >> 20);
        self.hand_on(Err(Warning::new(self.path, cause).with_hint("write one article a line, as .jsonl")));
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
                Ok(LineRead::End) => return self.finish(),
                Err(cause) => return self.warn(&cause),
            }
        }
    }

    fn emit_line(&mut self, line: &[u8]) {
        if line.is_empty() {
            return;
        }
        let mut parser = serde_json::Deserializer::from_slice(line);
        let found = FoundBy { map: self.map }.deserialize(&mut parser);
        match found.and_then(|found| parser.end().map(|()| found)) {
            Ok(found) => self.emit(found),
            Err(error) => {
                self.ordinal += 1;
                self.warn(&cause_of(&error));
            }
        }
    }

    fn emit(&mut self, found: Found<'_>) {
        if !found.is_about_an_article && !found.record.has_text() {
            return;
        }
        self.ordinal = self.ordinal.saturating_add(1);
        if !found.record.has_words() {
            let warning = match self.line {
                Some(line) => Warning::new(self.path, "no headline and no text").at_line(line),
                None => Warning::new(self.path, format!("document {} has no headline and no text", self.ordinal)),
            };
            self.hand_on(Err(warning.with_hint("fields such as \"title\", \"text\", \"source\", \"date\" are read")));
            return;
        }
        let from = if self.feed.is_some() { Provenance::Feed } else { Provenance::JsonField };
        let mut document = found.record.into_document(Standing { path: self.path, ordinal: self.ordinal, from });
        if let Some(Feed { title: Some(title) }) = &self.feed
            && !document.fields.iter().any(|field| field.name == FieldName::Source)
        {
            fields::push(FieldName::Source, title, from, &mut document.fields);
        }
        self.hand_on(Ok(document));
    }
}

/// An object, and whether it is about an article: a JSON-LD graph holds people, sites and pictures too.
struct Found<'t> {
    record: Record<'t>,
    is_about_an_article: bool,
}

impl<'t> Found<'t> {
    fn new() -> Self {
        Found { record: Record::new(), is_about_an_article: true }
    }

    fn set_types(&mut self, types: &Value<'_>) {
        self.is_about_an_article = types.items().iter().filter_map(Value::scalar).any(is_article_type);
    }

    /// Takes the value of a field; only those that are known are kept while it is parsed.
    fn take<A: MapAccess<'t>>(&mut self, key: &str, access: &mut A, map: &FieldMap) -> Result<(), A::Error> {
        if key == "@type" {
            self.set_types(&access.next_value()?);
            return Ok(());
        }
        match fields::slot_in(map, key) {
            Some(place) => self.record.push(place, access.next_value()?),
            None if map.inside(key).next().is_some() => self.record.take_inside(key, access.next_value()?, map),
            None => drop(access.next_value::<IgnoredAny>()?),
        }
        Ok(())
    }

    fn of_object(object: Vec<(Cow<'t, str>, Value<'t>)>, map: &FieldMap) -> Self {
        let mut found = Found::new();
        for (key, value) in object {
            if key == "@type" {
                found.set_types(&value);
            } else {
                found.record.take(&key, value, map);
            }
        }
        found
    }
}

/// Tells the schema.org types of texts that are published.
fn is_article_type(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("Posting") || matches!(name, "CreativeWork" | "Report" | "Review")
}

/// Reads an object by a map of its fields.
struct FoundBy<'m> {
    map: &'m FieldMap,
}

impl<'de> DeserializeSeed<'de> for FoundBy<'_> {
    type Value = Found<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FoundBy<'_> {
    type Value = Found<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Found<'de>, A::Error> {
        let mut found = Found::new();
        while let Some(Key(key)) = access.next_key()? {
            found.take(&key, &mut access, self.map)?;
        }
        Ok(found)
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
        let mut found = Found::new();
        let before = self.emitter.ordinal;
        while let Some(Key(key)) = access.next_key()? {
            match fields::slot_in(self.emitter.map, &key) {
                Some((_, Slot::Articles)) if !found.record.has_text() => {
                    access.next_value_seed(Held { emitter: &mut *self.emitter })?;
                }
                _ => found.take(&key, &mut access, self.emitter.map)?,
            }
        }
        if self.emitter.ordinal == before || found.record.has_text() {
            self.emitter.emit(found);
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
                self.emitter.emit(Found::of_object(fields, self.emitter.map));
            }
        }
        Ok(())
    }
}
