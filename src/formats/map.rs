//! Which column holds which field, as the keeper of an archive says: `published=gesendet`.
//!
//! What is mapped wins over the table of names. A column of a nested object is named with dots: `meta.sent`.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::document::FieldName;
use crate::formats::slot::Slot;

/// The fields that a column can be mapped to; the first name of each is the one that is kept.
const FIELDS: [(&str, Slot); 17] = [
    ("id", Slot::Id),
    ("headline", Slot::Field(FieldName::Headline)),
    ("title", Slot::Field(FieldName::Headline)),
    ("text", Slot::Text),
    ("body", Slot::Text),
    ("source", Slot::Field(FieldName::Source)),
    ("published", Slot::Field(FieldName::Published)),
    ("date", Slot::Field(FieldName::Published)),
    ("modified", Slot::Field(FieldName::Modified)),
    ("updated", Slot::Field(FieldName::Modified)),
    ("saved", Slot::Field(FieldName::Saved)),
    ("byline", Slot::Field(FieldName::Byline)),
    ("author", Slot::Field(FieldName::Byline)),
    ("credit", Slot::Field(FieldName::Credit)),
    ("url", Slot::Field(FieldName::Url)),
    ("language", Slot::Field(FieldName::Language)),
    ("lang", Slot::Field(FieldName::Language)),
];

/// The columns of a folder's files that hold the fields of its articles; empty unless the keeper says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldMap {
    mappings: Vec<Mapping>,
}

/// One field and the column that holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    field: String,
    column: String,
}

impl FromStr for Mapping {
    type Err = String;

    /// Reads `field=column`; says which fields there are if the field is none of them.
    fn from_str(text: &str) -> Result<Self, String> {
        let Some((field, column)) = text.split_once('=') else {
            return Err("it has no `=`: write field=column, as in published=sent_on".to_owned());
        };
        let (field, column) = (field.trim().to_lowercase(), column.trim());
        if column.is_empty() {
            return Err("no column is named after the `=`".to_owned());
        }
        let slot = FIELDS.iter().find(|(name, _)| *name == field).map(|(_, slot)| *slot);
        let kept = FIELDS.iter().find(|(_, known)| Some(*known) == slot).map(|(name, _)| (*name).to_owned());
        match kept {
            Some(field) => Ok(Mapping { field, column: column.to_owned() }),
            None => Err(format!("there is no field `{field}`: known are {}", FIELDS.map(|(name, _)| name).join(", "))),
        }
    }
}

impl FieldMap {
    /// Makes a map; a field may be held by several columns, of which the first that a record has counts.
    pub fn new(mappings: Vec<Mapping>) -> Self {
        FieldMap { mappings }
    }

    /// Tells that nothing is mapped.
    pub fn is_empty(&self) -> bool {
        self.mappings.is_empty()
    }

    /// Returns the field that a column holds; `None` if it is not mapped.
    pub fn slot(&self, column: &str) -> Option<Slot> {
        let mapping = self.mappings.iter().find(|mapping| mapping.column == column)?;
        FIELDS.iter().find(|(name, _)| *name == mapping.field).map(|(_, slot)| *slot)
    }

    /// Returns the columns inside of an object: the names after `object.`, with the fields they hold.
    pub fn inside<'m>(&'m self, object: &'m str) -> impl Iterator<Item = (&'m str, Slot)> {
        self.mappings.iter().filter_map(move |mapping| {
            let name = mapping.column.strip_prefix(object)?.strip_prefix('.')?;
            Some((name, self.slot(&mapping.column)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(mappings: &[&str]) -> FieldMap {
        FieldMap::new(mappings.iter().map(|text| text.parse().unwrap()).collect())
    }

    #[test]
    fn columns_are_mapped() {
        let map = map(&["date=gesendet", "text = Inhalt (HTML)", "source=meta.outlet.name"]);
        assert_eq!(map.slot("gesendet"), Some(Slot::Field(FieldName::Published)));
        assert_eq!(map.slot("Inhalt (HTML)"), Some(Slot::Text));
        assert_eq!(map.slot("date"), None);
        assert_eq!(map.inside("meta").collect::<Vec<_>>(), [("outlet.name", Slot::Field(FieldName::Source))]);
        assert_eq!(map.inside("met").count(), 0);
        let kept = serde_json::to_string(&map).unwrap();
        assert_eq!(serde_json::from_str::<FieldMap>(&kept).unwrap(), map);
    }

    #[test]
    fn names_of_one_field_are_one() {
        assert_eq!(map(&["date=a"]), map(&["published=a"]));
    }

    #[test]
    fn what_is_no_mapping_is_told() {
        for (text, expected) in [
            ("gesendet", "it has no `=`"),
            ("datum=gesendet", "there is no field `datum`: known are id, headline, title, text"),
            ("date=", "no column is named"),
        ] {
            assert!(text.parse::<Mapping>().unwrap_err().starts_with(expected), "{text}");
        }
    }
}
