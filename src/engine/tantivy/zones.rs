//! The texts of an article that a query can look in, as the index takes them and as they are checked.

use std::borrow::Cow;

use super::record::Record;
use crate::article::Metadata;
use crate::query::Field;
use crate::search::ArticleKey;
use crate::text::parted_at_marks;

/// What stands between the values of a field, as the names of a byline, in the text of all of them; its sign is that of ASCII
/// between units. It counts as a word, since the index leaves a position free between values.
const VALUE_BREAK: &str = "; \u{1f}";

/// The sign in [`VALUE_BREAK`] that no value has.
pub const VALUE_BREAK_SIGN: char = '\u{1f}';

/// A text of an article that a query can look in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// The whole body.
    Body,
    /// One field.
    Field(Field),
}

/// Returns the zones in which a field is looked for; without one, headline and body.
pub fn of(field: Option<Field>) -> &'static [Zone] {
    match field {
        None => &[Zone::Field(Field::Headline), Zone::Body],
        Some(Field::Headline) => &[Zone::Field(Field::Headline)],
        Some(Field::Lede) => &[Zone::Field(Field::Lede)],
        Some(Field::Byline) => &[Zone::Field(Field::Byline)],
        Some(Field::Source) => &[Zone::Field(Field::Source)],
        Some(Field::Credit) => &[Zone::Field(Field::Credit)],
        Some(Field::Language) => &[Zone::Field(Field::Language)],
        Some(Field::Url) => &[Zone::Field(Field::Url)],
        Some(Field::Path) => &[Zone::Field(Field::Path)],
    }
}

/// Tells whether a zone holds text in the article's language, and not names, codes and addresses.
pub fn is_prose(zone: Zone) -> bool {
    matches!(zone, Zone::Body | Zone::Field(Field::Headline | Field::Lede))
}

/// Tells whether a field holds text in the article's language.
pub fn is_prose_field(field: Option<Field>) -> bool {
    of(field).iter().all(|zone| is_prose(*zone))
}

/// Returns the text of a field of a stored article, whose body has this text; empty where it has none. Its headline does not
/// stand in the record.
pub fn field_text<'t>(field: Field, record: &Record, text: &'t str) -> Cow<'t, str> {
    match field {
        Field::Lede => Cow::Borrowed(&text[record.lede(text)]),
        Field::Source => Cow::Owned(record.metadata.source_or(record.name.as_deref()).map(|source| source.value).unwrap_or_default()),
        Field::Path => Cow::Owned(path(record)),
        field => Cow::Owned(stated(field, &record.metadata).join(VALUE_BREAK)),
    }
}

fn path(record: &Record) -> String {
    ArticleKey::read(&record.key).map(|key| parted_at_marks(&key.file.path)).unwrap_or_default()
}

/// Returns what is known about an article in a field, as the index takes it; of headline, lede, source and path nothing.
pub fn stated(field: Field, metadata: &Metadata) -> Vec<String> {
    match field {
        Field::Byline => {
            let people = metadata.byline.iter().flat_map(|byline| &byline.value);
            people.map(|person| person.name.clone()).collect()
        }
        Field::Credit => metadata.credits.iter().map(|credit| credit.value.clone()).collect(),
        Field::Language => metadata.language.iter().map(|language| language.value.clone()).collect(),
        Field::Url => metadata.url.iter().map(|url| parted_at_marks(&url.value)).collect(),
        Field::Headline | Field::Lede | Field::Source | Field::Path => Vec::new(),
    }
}
