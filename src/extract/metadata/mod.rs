//! All that a document states about itself in; the chosen metadata out, with what contradicts it.
//!
//! Each field has its cascade: the places where it may be stated, the most trustworthy first. Among values of the same place the
//! one stated first counts. Dates that name the same day agree, and of those the most precise is taken.

mod byline;
mod dates;
mod headline;
mod rank;
mod source;

use crate::article::{Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::dateline::Dateline;
use crate::extract::{agencies, language};

use self::rank::{ranked, settle};

/// Returns the metadata that the fields state, with the file's name as the last resort for the date, and what could not be read.
pub fn choose(fields: &[RawField], path: &str) -> (Metadata, Vec<String>) {
    let mut metadata = Metadata::default();
    let mut causes = Vec::new();
    choose_url(fields, &mut metadata);
    source::choose(fields, path, &mut metadata);
    headline::choose(fields, &mut metadata);
    dates::choose(fields, path, &mut metadata, &mut causes);
    for field in ranked(fields, FieldName::Credit) {
        rank::add_credit(agencies::named(&field.value).unwrap_or(&field.value), field.from, &mut metadata.credits);
    }
    byline::choose(fields, &mut metadata);
    choose_language(fields, &mut metadata);
    (metadata, causes)
}

fn choose_url(fields: &[RawField], metadata: &mut Metadata) {
    let mut candidates: Vec<Stated<String>> = Vec::new();
    for field in ranked(fields, FieldName::Url) {
        if field.value.starts_with("http://") || field.value.starts_with("https://") {
            candidates.push(Stated { value: field.value.clone(), from: field.from });
        }
    }
    let plain = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest).split('#').next().unwrap_or_default();
        rest.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    metadata.url = settle(FieldName::Url, candidates, |a, b| plain(a) == plain(b), &mut metadata.conflicts);
}

/// Takes the first language. Pages state one that is not theirs too often for that to be a conflict; what the keeper of the
/// archive contradicts is one.
fn choose_language(fields: &[RawField], metadata: &mut Metadata) {
    let stated = |field: &RawField| Some(Stated { value: language::code(&field.value)?, from: field.from });
    let mut stated: Vec<Stated<String>> = ranked(fields, FieldName::Language).into_iter().filter_map(stated).collect();
    if stated.first().is_some_and(|first| first.from != Provenance::Sidecar) {
        stated.truncate(1);
    }
    metadata.language = settle(FieldName::Language, stated, |a, b| a == b, &mut metadata.conflicts);
}

/// Adds what the dateline of the text states: its day narrows or contradicts the others; its agencies are credits.
pub fn add_dateline(dateline: &Dateline, metadata: &mut Metadata) {
    for agency in &dateline.agencies {
        rank::add_credit(agency, Provenance::Dateline, &mut metadata.credits);
    }
    dates::add_dateline(dateline, metadata);
}

/// Adds the agencies that a paragraph credits.
pub fn add_credits(agencies: &[&str], metadata: &mut Metadata) {
    agencies.iter().for_each(|agency| rank::add_credit(agency, Provenance::CreditLine, &mut metadata.credits));
}
