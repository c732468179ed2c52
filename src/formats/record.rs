//! The known fields of a record in, whatever it was written in; a raw document out.

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::formats::fields::{self, MAPPED, Slot};
use crate::formats::map::FieldMap;
use crate::formats::paragraphs;
use crate::formats::reader::{block, clean_line};
use crate::formats::value::Value;

/// Bounds the levels of a text field's objects that are followed; the deepest known form, sections with paragraphs, has three.
const TEXT_LEVELS_MAX: u8 = 8;

/// The known fields of a record.
#[derive(Debug, Default)]
pub struct Record<'t> {
    fields: Vec<(u8, Slot, Value<'t>)>,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'s> {
    /// The path of the file.
    pub path: &'s str,
    /// Which document of the file, from 1.
    pub ordinal: u32,
    /// What its fields are read from.
    pub from: Provenance,
}

/// What a record states.
#[derive(Debug, Default)]
pub struct Stated {
    /// The record's own id.
    pub own_id: Option<String>,
    /// What it states about the article, the more telling names first.
    pub fields: Vec<RawField>,
    /// Its text.
    pub blocks: Vec<RawBlock>,
}

impl<'t> Record<'t> {
    /// Makes a record without fields.
    pub fn new() -> Self {
        Record { fields: Vec::with_capacity(12) }
    }

    /// Adds a field at a place of the table of names.
    pub fn push(&mut self, (rank, slot): (u8, Slot), value: Value<'t>) {
        self.fields.push((rank, slot, value));
    }

    /// Adds a field by its name; what says nothing about an article is left out.
    pub fn take(&mut self, name: &str, value: Value<'t>, map: &FieldMap) {
        match fields::slot_in(map, name) {
            Some(place) => self.push(place, value),
            None if map.is_empty() => {}
            None => self.take_inside(name, value, map),
        }
    }

    /// Adds the mapped columns inside of an object.
    pub fn take_inside(&mut self, name: &str, value: Value<'t>, map: &FieldMap) {
        for (inner, slot) in map.inside(name) {
            // Names of fields may hold dots themselves, so the whole of what is left is tried at each level.
            let mut at = Some(&value);
            let mut rest = inner;
            while let Some(object) = at {
                if let Some(found) = object.get(rest) {
                    self.push((MAPPED, slot), found.clone());
                    break;
                }
                let Some((head, tail)) = rest.split_once('.') else { break };
                at = object.get(head);
                rest = tail;
            }
        }
    }

    /// Tells whether there is anything to read: a headline or a text.
    pub fn has_words(&self) -> bool {
        self.fields.iter().any(|(_, slot, value)| match slot {
            Slot::Field(FieldName::Headline) | Slot::Text | Slot::Summary => !matches!(value, Value::Nothing),
            _ => false,
        })
    }

    /// Tells whether there is a field for the text.
    pub fn has_text(&self) -> bool {
        self.fields.iter().any(|(_, slot, _)| *slot == Slot::Text)
    }

    /// Returns what the record states: what is mapped stands for the other names of its field, and a summary only for a text.
    pub fn stated(mut self, from: Provenance) -> Stated {
        fields::sort_known(&mut self.fields);
        let of_source = |slot: Slot| if slot == Slot::Site { Slot::Field(FieldName::Source) } else { slot };
        let mapped: Vec<Slot> = self
            .fields
            .iter()
            .filter(|(rank, _, value)| *rank == MAPPED && !is_blank(value))
            .map(|(_, slot, _)| of_source(*slot))
            .collect();
        if !mapped.is_empty() {
            self.fields.retain(|(rank, slot, _)| *rank == MAPPED || !mapped.contains(&of_source(*slot)));
        }
        let mut stated = Stated { fields: Vec::with_capacity(self.fields.len()), ..Stated::default() };
        for (_, slot, value) in &self.fields {
            match slot {
                Slot::Id if stated.own_id.is_none() => stated.own_id = value.scalar().map(clean_line).filter(|id| !id.is_empty()),
                Slot::Text | Slot::Summary if stated.blocks.is_empty() => add_text(value, Role::Text, 0, &mut stated.blocks),
                slot => fields::add(*slot, value, from, &mut stated.fields),
            }
        }
        stated
    }

    /// Makes a document of the record.
    pub fn into_document(self, standing: Standing<'_>) -> RawDocument {
        let stated = self.stated(standing.from);
        let origin = Origin { path: standing.path.to_owned(), ordinal: standing.ordinal, own_id: stated.own_id, member: None };
        RawDocument { origin, fields: stated.fields, blocks: stated.blocks, layout: Layout::Body }
    }
}

fn is_blank(value: &Value<'_>) -> bool {
    match value {
        Value::Nothing => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Number(_) | Value::Object(_) => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fields: &[(&str, &str)], map: &[&str], expected: &[&str]) {
        let map = FieldMap::new(map.iter().map(|mapping| mapping.parse().unwrap()).collect());
        let mut record = Record::new();
        for (name, json) in fields {
            record.take(name, serde_json::from_str(json).unwrap(), &map);
        }
        let stated = record.stated(Provenance::Column);
        let shown = stated.fields.iter().map(|field| format!("{}={}", field.name.label(), field.value));
        let shown: Vec<String> = stated.own_id.iter().cloned().chain(shown).chain(stated.blocks.iter().map(|b| b.text.clone())).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_mapped_wins_over_the_table() {
        let fields = [("date", r#""2024-11-27""#), ("sent", r#""2024-11-26""#), ("title", r#""Ferry""#)];
        check(&fields, &[], &["headline=Ferry", "published=2024-11-27"]);
        check(&fields, &["date=sent"], &["published=2024-11-26", "headline=Ferry"]);
        check(&[("date", r#""2024-11-27""#), ("sent", r#""""#)], &["date=sent"], &["published=2024-11-27"]);
        check(&[("site", r#""g.example""#), ("house", r#""Gazette""#)], &["source=house"], &["source=Gazette"]);
    }

    #[test]
    fn columns_inside_of_objects_are_mapped() {
        check(&[("meta", r#"{"sent": {"on": "2024-11-26"}, "a.b": "x"}"#)], &["date=meta.sent.on"], &["published=2024-11-26"]);
        check(&[("meta", r#"{"sent": {}, "a.b": "x"}"#)], &["id=meta.a.b"], &["x"]);
        check(&[("meta", r#""text""#)], &["id=meta.a.b"], &[]);
    }

    #[test]
    fn a_summary_stands_in_for_a_text() {
        check(&[("summary", r#""Short.""#)], &[], &["Short."]);
        check(&[("summary", r#""Short.""#), ("text", r#""Long.""#)], &[], &["Long."]);
        check(&[("summary", r#""Short.""#), ("text", r#""""#)], &[], &["Short."]);
    }
}
