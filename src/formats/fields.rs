//! The one table of field names: what a record calls a value in; which field of an article it is out.
//!
//! The names are those of schema.org `NewsArticle`, of the crawlers news-please, Fundus and newspaper4k, of CC-News style rows,
//! of feeds and of plain tables. Names are compared in lower case and without separators, so that `date_publish`,
//! `datePublish` and `Date-Publish` are one. Where a record states a field under several names, the name that stands first
//! in the table comes first.

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::map::FieldMap;
use crate::formats::reader::clean_line;
use crate::formats::value::Value;
use crate::moment::Moment;

pub use crate::formats::slot::Slot;

const HEADLINE: Slot = Slot::Field(FieldName::Headline);
const SOURCE: Slot = Slot::Field(FieldName::Source);
const PUBLISHED: Slot = Slot::Field(FieldName::Published);
const MODIFIED: Slot = Slot::Field(FieldName::Modified);
const SAVED: Slot = Slot::Field(FieldName::Saved);
const BYLINE: Slot = Slot::Field(FieldName::Byline);
const CREDIT: Slot = Slot::Field(FieldName::Credit);
const URL: Slot = Slot::Field(FieldName::Url);
const LANGUAGE: Slot = Slot::Field(FieldName::Language);

/// Names in lower case without separators; within a slot the more telling name first.
const NAMES: [(&str, Slot); 134] = [
    ("id", Slot::Id),
    ("guid", Slot::Id),
    ("uuid", Slot::Id),
    ("articleid", Slot::Id),
    ("docid", Slot::Id),
    ("documentid", Slot::Id),
    ("identifier", Slot::Id),
    ("headline", HEADLINE),
    ("title", HEADLINE),
    ("articletitle", HEADLINE),
    ("name", HEADLINE),
    ("source", SOURCE),
    ("publisher", SOURCE),
    ("outlet", SOURCE),
    ("publication", SOURCE),
    ("newspaper", SOURCE),
    ("sourcename", SOURCE),
    ("publishername", SOURCE),
    ("publicationname", SOURCE),
    ("sitename", SOURCE),
    ("metasitename", SOURCE),
    ("provider", SOURCE),
    ("sourcedomain", Slot::Site),
    ("domain", Slot::Site),
    ("hostname", Slot::Site),
    ("host", Slot::Site),
    ("site", Slot::Site),
    ("website", Slot::Site),
    ("sourceurl", Slot::Site),
    ("datepublished", PUBLISHED),
    ("published", PUBLISHED),
    ("publishedat", PUBLISHED),
    ("publishedon", PUBLISHED),
    ("publishedtime", PUBLISHED),
    ("publisheddate", PUBLISHED),
    ("publishdate", PUBLISHED),
    ("publishingdate", PUBLISHED),
    ("datepublish", PUBLISHED),
    ("publicationdate", PUBLISHED),
    ("dateofpublication", PUBLISHED),
    ("webpublicationdate", PUBLISHED),
    ("firstpublished", PUBLISHED),
    ("firstpublishedat", PUBLISHED),
    ("pubdate", PUBLISHED),
    ("issued", PUBLISHED),
    ("date", PUBLISHED),
    ("datetime", PUBLISHED),
    ("datemodified", MODIFIED),
    ("datemodify", MODIFIED),
    ("modified", MODIFIED),
    ("modifiedat", MODIFIED),
    ("modifieddate", MODIFIED),
    ("modificationdate", MODIFIED),
    ("updated", MODIFIED),
    ("updatedat", MODIFIED),
    ("updateddate", MODIFIED),
    ("updatedate", MODIFIED),
    ("dateupdated", MODIFIED),
    ("lastmodified", MODIFIED),
    ("lastupdated", MODIFIED),
    ("lastupdate", MODIFIED),
    ("saved", SAVED),
    ("savedat", SAVED),
    ("savedon", SAVED),
    ("datesaved", SAVED),
    ("datedownload", SAVED),
    ("downloaddate", SAVED),
    ("downloadedat", SAVED),
    ("dateretrieved", SAVED),
    ("retrieved", SAVED),
    ("retrievedat", SAVED),
    ("fetched", SAVED),
    ("fetchedat", SAVED),
    ("fetchdate", SAVED),
    ("datefetched", SAVED),
    ("crawled", SAVED),
    ("crawledat", SAVED),
    ("crawldate", SAVED),
    ("datecrawled", SAVED),
    ("crawltime", SAVED),
    ("scrapedat", SAVED),
    ("scrapedate", SAVED),
    ("datescraped", SAVED),
    ("accessed", SAVED),
    ("byline", BYLINE),
    ("author", BYLINE),
    ("authors", BYLINE),
    ("authorname", BYLINE),
    ("creator", BYLINE),
    ("writer", BYLINE),
    ("reporter", BYLINE),
    ("credit", CREDIT),
    ("credits", CREDIT),
    ("creditline", CREDIT),
    ("credittext", CREDIT),
    ("agency", CREDIT),
    ("newsagency", CREDIT),
    ("wireservice", CREDIT),
    ("url", URL),
    ("canonicalurl", URL),
    ("canonical", URL),
    ("permalink", URL),
    ("weburl", URL),
    ("articleurl", URL),
    ("link", URL),
    ("mainentityofpage", URL),
    ("language", LANGUAGE),
    ("inlanguage", LANGUAGE),
    ("lang", LANGUAGE),
    ("metalang", LANGUAGE),
    ("articlebody", Slot::Text),
    ("maintext", Slot::Text),
    ("plaintext", Slot::Text),
    ("fulltext", Slot::Text),
    ("text", Slot::Text),
    ("body", Slot::Text),
    ("contenttext", Slot::Text),
    ("contenthtml", Slot::Text),
    ("content", Slot::Text),
    ("articletext", Slot::Text),
    ("contentencoded", Slot::Text),
    ("summary", Slot::Summary),
    ("description", Slot::Summary),
    ("abstract", Slot::Summary),
    ("lead", Slot::Summary),
    ("lede", Slot::Summary),
    ("standfirst", Slot::Summary),
    ("teaser", Slot::Summary),
    ("excerpt", Slot::Summary),
    ("snippet", Slot::Summary),
    ("articles", Slot::Articles),
    ("items", Slot::Articles),
    ("graph", Slot::Articles),
    ("entries", Slot::Articles),
];

/// The longest name of the table has 18 bytes; longer names are none of it.
const NAME_BYTES_MAX: usize = 24;

/// Returns what a record's field holds, as [`slot`] does; what the keeper maps stands before all of the table, at place 0.
pub fn slot_in(map: &FieldMap, name: &str) -> Option<(u8, Slot)> {
    map.slot(name).map_or_else(|| slot(name), |slot| Some((MAPPED, slot)))
}

/// The place of a field that the keeper has mapped.
pub const MAPPED: u8 = 0;

/// Returns what a record's field holds, with its place in the table, from 1; `None` for names that say nothing about an article.
pub fn slot(name: &str) -> Option<(u8, Slot)> {
    let mut plain = [0_u8; NAME_BYTES_MAX];
    let mut length = 0;
    for byte in name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b'@' | b'.' | b':')) {
        *plain.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = &plain[..length];
    let at = NAMES.iter().position(|(name, _)| name.as_bytes() == plain)?;
    Some((u8::try_from(at + 1).ok()?, NAMES[at].1))
}

/// Sorts a record's fields by their place in the table, keeping the order of those with the same name.
pub fn sort_known<V>(fields: &mut [(u8, Slot, V)]) {
    fields.sort_by_key(|(rank, _, _)| *rank);
}

/// Adds what a value states about a field: one for each author, the name of an outlet, the address of a page.
pub fn add(slot: Slot, value: &Value<'_>, from: Provenance, fields: &mut Vec<RawField>) {
    match slot {
        Slot::Field(name @ (FieldName::Published | FieldName::Modified | FieldName::Saved)) => {
            for item in value.items().iter().take(1) {
                push(name, &date_text(item), from, fields);
            }
        }
        Slot::Field(FieldName::Byline) => value.items().iter().for_each(|item| add_person(item, from, fields)),
        Slot::Field(name @ FieldName::Credit) => value.items().iter().for_each(|item| push(name, named(item, name), from, fields)),
        Slot::Field(name) => {
            for item in value.items().iter().take(1) {
                push(name, named(item, name), from, fields);
            }
        }
        Slot::Site => {
            for item in value.items().iter().take(1) {
                push(FieldName::Source, item.scalar().unwrap_or_default(), Provenance::Url, fields);
            }
        }
        Slot::Id | Slot::Text | Slot::Summary | Slot::Articles => {}
    }
}

/// Adds a field if its value is not blank.
pub fn push(name: FieldName, value: &str, from: Provenance, fields: &mut Vec<RawField>) {
    let value = clean_line(value);
    if !value.is_empty() && !is_placeholder(&value) {
        fields.push(RawField { name, value, from });
    }
}

/// Tells the words that programs write where a value is missing.
fn is_placeholder(value: &str) -> bool {
    value.len() <= 9 && ["null", "none", "nan", "n/a", "undefined", "unknown", "-"].iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Returns the text that an object stands for: its name, or for an address its id.
fn named<'v>(value: &'v Value<'_>, field: FieldName) -> &'v str {
    if let Some(text) = value.scalar() {
        return text;
    }
    let keys: &[&str] = match field {
        FieldName::Url => &["@id", "url"],
        FieldName::Language => &["alternateName", "name"],
        FieldName::Headline => &["rendered", "name"],
        _ => &["name", "title", "legalName"],
    };
    let found = keys.iter().find_map(|key| value.get(key));
    found.and_then(|found| found.items().first()).and_then(Value::scalar).unwrap_or_default()
}

fn add_person(value: &Value<'_>, from: Provenance, fields: &mut Vec<RawField>) {
    let given = value.get("givenName").or_else(|| value.get("first_name")).and_then(Value::scalar);
    let family = value.get("familyName").or_else(|| value.get("last_name")).and_then(Value::scalar);
    match (value.get("name"), given, family) {
        (None, Some(given), Some(family)) => push(FieldName::Byline, &format!("{given} {family}"), from, fields),
        (Some(Value::List(names)), _, _) => {
            names.iter().filter_map(Value::scalar).for_each(|name| push(FieldName::Byline, name, from, fields));
        }
        _ => push(FieldName::Byline, named(value, FieldName::Byline), from, fields),
    }
}

/// Returns a date as written; seconds or milliseconds since 1970 are written out, in UTC.
fn date_text(value: &Value<'_>) -> String {
    let text = value.get("$date").unwrap_or(value).scalar().unwrap_or_default();
    let whole = text.split('.').next().unwrap_or_default();
    let seconds = match (whole.len(), whole.parse::<i64>()) {
        (10, Ok(seconds)) => seconds,
        (13, Ok(milliseconds)) => milliseconds / 1000,
        _ => return text.to_owned(),
    };
    Moment::from_unix_seconds(seconds).map_or_else(|| text.to_owned(), |moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_families_are_known() {
        for (name, expected) in [
            ("headline", Some(HEADLINE)),
            ("date_publish", Some(PUBLISHED)),
            ("datePublished", Some(PUBLISHED)),
            ("publishing_date", Some(PUBLISHED)),
            ("Publish Date", Some(PUBLISHED)),
            ("date_modify", Some(MODIFIED)),
            ("maintext", Some(Slot::Text)),
            ("articleBody", Some(Slot::Text)),
            ("source_domain", Some(Slot::Site)),
            ("meta_lang", Some(LANGUAGE)),
            ("@id", Some(Slot::Id)),
            ("@graph", Some(Slot::Articles)),
            ("mainEntityOfPage", Some(URL)),
            ("date_download", Some(SAVED)),
            ("downloaded_at", Some(SAVED)),
            ("creditLine", Some(CREDIT)),
            ("description", Some(Slot::Summary)),
            ("image_url", None),
            ("a_name_that_is_much_longer_than_any_in_the_table", None),
        ] {
            assert_eq!(slot(name).map(|(_, slot)| slot), expected, "{name}");
        }
    }

    fn check(name: &str, json: &str, expected: &[&str]) {
        let value: Value<'_> = serde_json::from_str(json).unwrap();
        let mut fields = Vec::new();
        add(slot(name).unwrap().1, &value, Provenance::JsonField, &mut fields);
        assert_eq!(fields.iter().map(|field| field.value.as_str()).collect::<Vec<_>>(), expected, "{name} {json}");
    }

    #[test]
    fn values_of_all_shapes_are_read() {
        check("author", r#""Ida Holm""#, &["Ida Holm"]);
        check("author", r#"{"@type": "Person", "name": "Ida Holm"}"#, &["Ida Holm"]);
        check("author", r#"[{"name": "Ida Holm"}, "Jan Berg", null]"#, &["Ida Holm", "Jan Berg"]);
        check("author", r#"{"name": ["Ida Holm", "Jan Berg"]}"#, &["Ida Holm", "Jan Berg"]);
        check("author", r#"{"givenName": "Ida", "familyName": "Holm"}"#, &["Ida Holm"]);
        check("publisher", r#"{"name": "Harbour  Gazette "}"#, &["Harbour Gazette"]);
        check("mainEntityOfPage", r#"{"@type": "WebPage", "@id": "https://g.example/a"}"#, &["https://g.example/a"]);
        check("published", "1732591200", &["2024-11-26T03:20:00Z"]);
        check("published", "1732591200000", &["2024-11-26T03:20:00Z"]);
        check("date", r#""26 November 2024""#, &["26 November 2024"]);
        check("title", "null", &[]);
        check("date", r#""None""#, &[]);
    }
}
