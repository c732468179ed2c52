//! The people that a document states as its authors in; the byline out.

use crate::article::{Conflict, Metadata, Stated};
use crate::document::{FieldName, RawField};
use crate::extract::byline;
use crate::extract::metadata::rank::{key, ranked};
use crate::extract::metadata::source::outlet_keys;

/// Chooses the byline.
pub fn choose(fields: &[RawField], metadata: &mut Metadata) {
    let known_outlets = outlet_keys(fields, metadata);
    let mut candidates: Vec<Stated<Vec<String>>> = Vec::new();
    let mut outlets = Vec::new();
    for field in ranked(fields, FieldName::Byline) {
        for person in byline::people(&field.value) {
            let is_outlet = known_outlets.contains(&key(&person)) || reads_as_outlet(&person);
            match candidates.last_mut() {
                _ if is_outlet => outlets.push(Stated { value: vec![person], from: field.from }),
                Some(last) if last.from == field.from => {
                    if !last.value.contains(&person) {
                        last.value.push(person);
                    }
                }
                _ => candidates.push(Stated { value: vec![person], from: field.from }),
            }
        }
    }
    let joined = |people: &[String]| people.iter().map(|person| key(person)).collect::<Vec<_>>().join(" ");
    // Where nobody else is named the outlet is its own author, as many a person's own site is.
    let mut candidates = if candidates.is_empty() { outlets } else { candidates }.into_iter();
    let Some(mut chosen) = candidates.next() else { return };
    let wanted = joined(&chosen.value);
    let mut candidates = candidates.peekable();
    // A single word is a first name or a login; the same person in full is better.
    if let Some(fuller) = candidates.next_if(|other| {
        !wanted.is_empty() && chosen.value.len() == 1 && !chosen.value[0].contains(' ') && joined(&other.value).contains(&wanted)
    }) {
        chosen = fuller;
    }
    for other in candidates.filter(|other| !joined(&other.value).contains(&wanted) && !wanted.contains(&joined(&other.value))) {
        metadata.conflicts.push(Conflict { field: FieldName::Byline.label().to_owned(), value: other.value.join(", "), from: other.from });
    }
    metadata.byline = Some(chosen);
}

/// Tells a name that is a company's or a domain, whoever's it is.
fn reads_as_outlet(name: &str) -> bool {
    const FORMS: [&str; 9] = ["gmbh", "ag", "e.v", "e.v.", "inc", "inc.", "ltd", "ltd.", "verlag"];
    const NOBODY: [&str; 5] = ["no author", "redaktion", "agencies", "newsroom", "staff"];
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let is_domain =
        !lower.contains(' ') && lower.split_once('.').is_some_and(|(label, ending)| label.len() > 2 && (2..=4).contains(&ending.len()));
    FORMS.contains(&last) || is_domain || NOBODY.contains(&lower.as_str())
}
