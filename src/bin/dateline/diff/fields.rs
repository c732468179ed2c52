//! What is known of two articles beside headline and text in, what of it differs out.

use dateline::article::Metadata;

use crate::printers::date_line;

/// A field that two articles state differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name in output.
    pub field: &'static str,
    /// What each says, for reading; `None` where it says nothing.
    pub values: [Option<String>; 2],
}

/// Reads a field for reading; `None` where nothing is stated.
type Reader = fn(&Metadata) -> Option<String>;

/// Returns the fields that differ: source, date, byline, credit, address.
pub fn changes(metadata: [&Metadata; 2]) -> Vec<FieldChange> {
    let fields: [(&'static str, Reader); 5] = [
        ("source", |known| known.source.as_ref().map(|source| source.value.clone())),
        ("published", |known| known.published.as_ref().map(|published| date_line(Some(published)))),
        ("byline", |known| known.byline.as_ref().map(|byline| names(byline.value.iter().map(|person| person.name.as_str())))),
        ("credit", |known| known.credits.first().map(|_| names(known.credits.iter().map(|credit| credit.value.as_str())))),
        ("url", |known| known.url.as_ref().map(|url| url.value.clone())),
    ];
    let change = |(field, read): (&'static str, Reader)| {
        let values = metadata.map(read);
        (values[0] != values[1]).then_some(FieldChange { field, values })
    };
    fields.into_iter().filter_map(change).collect()
}

fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
