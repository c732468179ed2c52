//! The titles that a document states in; the headline out, without the outlet's name.

use crate::article::{Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::metadata::rank::{KEEPERS, holds, key, ranked, settle};
use crate::extract::metadata::source::outlet_keys;
use crate::text::words;

/// Chooses the headline.
pub fn choose(fields: &[RawField], metadata: &mut Metadata) {
    let outlets = outlet_keys(fields, metadata);
    let stated = ranked(fields, FieldName::Headline);
    let shown = shown_headline(&stated, &outlets);
    let mut candidates: Vec<Stated<String>> = shown.iter().cloned().collect();
    for field in stated {
        let is_page = matches!(field.from, Provenance::Meta | Provenance::TitleElement | Provenance::JsonLd | Provenance::PageElement);
        let value = if is_page { without_outlet(&field.value, &outlets) } else { &field.value };
        let is_outlet = is_page && outlets.contains(&key(value));
        // Where one heading is the page's title, the others are headings of its parts.
        let is_part = shown.is_some() && field.from == Provenance::PageElement;
        if !key(value).is_empty() && !is_outlet && !is_part {
            candidates.push(Stated { value: value.to_owned(), from: field.from });
        }
    }
    metadata.headline = settle(FieldName::Headline, candidates, holds, &mut metadata.conflicts);
}

/// A heading is the page's title if it shares so many words with one that is stated: twice the shared ones over all words of both.
const LIKENESS_MIN: f64 = 0.4;

/// A stated title of more bytes may have been cut off: search engines ask for at most 110 characters.
const CUT_OFF_BYTES: usize = 90;

/// Returns the heading of the page that its stated titles confirm, without the outlet's name.
///
/// What readers see as the title is better than what is stated for machines, which is shortened, or sharpened for sharing; but
/// the first heading of many pages is the outlet's name. A heading that holds a stated title and more, a kicker or a subtitle,
/// gives way to it.
fn shown_headline(stated: &[&RawField], outlets: &[String]) -> Option<Stated<String>> {
    if stated.iter().any(|field| KEEPERS.contains(&field.from)) {
        return None;
    }
    let cut = |field: &&RawField| Stated { value: without_outlet(&field.value, outlets).to_owned(), from: field.from };
    let (headings, titles): (Vec<_>, Vec<_>) = stated.iter().map(cut).partition(|title| title.from == Provenance::PageElement);
    let best = |heading: &Stated<String>| titles.iter().map(|title| likeness(&heading.value, &title.value)).fold(0.0, f64::max);
    let headings = headings.into_iter().filter(|heading| !outlets.contains(&key(&heading.value)));
    let (likeness, heading) = headings.map(|heading| (best(&heading), heading)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let whole = key(&heading.value);
    let is_inner = |title: &&Stated<String>| {
        let inner = key(&title.value);
        let is_end = inner.len() < whole.len() && !inner.is_empty() && (whole.starts_with(&inner) || whole.ends_with(&inner));
        is_end && title.from != Provenance::TitleElement && title.value.len() < CUT_OFF_BYTES && !title.value.ends_with(['…', '.'])
    };
    match titles.iter().find(is_inner) {
        Some(title) if likeness >= LIKENESS_MIN => Some(title.clone()),
        _ => (likeness >= LIKENESS_MIN).then_some(heading),
    }
}

/// Tells how many words two titles share, from 0 to 1: twice the shared ones over all.
fn likeness(a: &str, b: &str) -> f64 {
    let of = |text: &str| words(text).map(|(_, word)| word.to_lowercase()).collect::<Vec<_>>();
    let (a, mut b) = (of(a), of(b));
    let all = a.len() + b.len();
    let mut shared = 0_u16;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            shared = shared.saturating_add(1);
        }
    }
    if all == 0 { 0.0 } else { 2.0 * f64::from(shared) / all as f64 }
}

/// Cuts an outlet's name off a title's end or start, where a separator parts it from the title.
fn without_outlet<'t>(title: &'t str, outlets: &[String]) -> &'t str {
    const SEPARATORS: [&str; 11] = [" › ", " « ", " | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " // "];
    let mut title = title.trim();
    // A title may end in a section and an outlet: two cuts suffice.
    for _ in 0..2 {
        let last = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).min_by_key(|(_, tail)| tail.len());
        let first = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(head, _)| head.len());
        title = match (last, first) {
            (Some((head, tail)), _) if outlets.contains(&key(tail)) => head.trim_end(),
            (_, Some((head, tail))) if outlets.contains(&key(head)) => tail.trim_start(),
            _ => return title,
        };
    }
    title
}
