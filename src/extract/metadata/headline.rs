//! The titles that a document states in; the headline out, without the outlet's name.

use crate::article::{Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::date;
use crate::extract::metadata::rank::{KEEPERS, holds, is_kin, key, ranked, settle};
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
        let value = if is_page { plain(&field.value, &outlets) } else { &field.value };
        let is_outlet = is_page && outlets.contains(&key(value)) && words(value).count() <= OUTLET_WORDS_MAX;
        // Where one heading is the page's title, the others are headings of its parts.
        let is_part = shown.is_some() && field.from == Provenance::PageElement;
        if !key(value).is_empty() && !is_outlet && !is_part {
            candidates.push(Stated { value: value.to_owned(), from: field.from });
        }
    }
    if let Some(longer) = candidates.first().and_then(|first| uncut(first, &candidates)).cloned() {
        candidates.insert(0, longer);
    }
    metadata.headline = settle(FieldName::Headline, candidates, holds, &mut metadata.conflicts);
}

/// Returns the title that goes on where the chosen one was cut off: in the middle of a sentence, or at a quotation mark that was not escaped.
fn uncut<'c>(chosen: &Stated<String>, candidates: &'c [Stated<String>]) -> Option<&'c Stated<String>> {
    let is_machine = |from| matches!(from, Provenance::Meta | Provenance::JsonLd);
    let goes_on = |other: &&Stated<String>| {
        let rest = other.value.strip_prefix(chosen.value.trim_end_matches('…')).unwrap_or_default();
        let next = rest.trim_start();
        next.len() < rest.len() && next.starts_with(|c: char| c.is_lowercase() || matches!(c, '"' | '“' | '„' | '«'))
    };
    candidates.iter().find(goes_on).filter(|_| is_machine(chosen.from))
}

/// A longer text is no outlet's name, though a page may state its title in that place.
const OUTLET_WORDS_MAX: usize = 6;

/// A heading is the page's title if it shares so many words with one that is stated: twice the shared ones over all words of both.
const LIKENESS_MIN: f64 = 0.4;

/// The only heading of a page is its title without the agreement of another, if it has so many words; a single one names a section.
const HEADING_WORDS_MIN: usize = 2;

/// A stated title of so many words is a sentence, and no name of a section.
const TITLE_WORDS_MIN: usize = 4;

/// A stated title of more bytes may have been cut off: search engines ask for at most 110 characters.
const CUT_OFF_BYTES: usize = 90;

/// Returns the heading of the page that its stated titles confirm, without the outlet's name.
///
/// What readers see as the title is better than what is stated for machines, which is shortened, or sharpened for sharing; but
/// the first heading of many pages is the outlet's name. A heading that holds a stated title and more, a kicker or a subtitle,
/// gives way to it.
fn shown_headline(stated: &[&RawField], outlets: &[String]) -> Option<Stated<String>> {
    let is_heading = |field: &&RawField| field.from == Provenance::PageElement;
    if stated.iter().any(|field| KEEPERS.contains(&field.from)) || !stated.iter().any(is_heading) {
        return None;
    }
    let cut = |field: &&RawField| Stated { value: plain(&field.value, outlets).to_owned(), from: field.from };
    let (headings, titles): (Vec<_>, Vec<_>) = stated.iter().map(cut).partition(|title| title.from == Provenance::PageElement);
    let best = |heading: &Stated<String>| titles.iter().map(|title| likeness(&heading.value, &title.value)).fold(0.0, f64::max);
    let headings: Vec<_> = headings.into_iter().filter(|heading| !outlets.contains(&key(&heading.value))).collect();
    let count = headings.len();
    let headings = headings.into_iter();
    let (likeness, heading) = headings.map(|heading| (best(&heading), heading)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let count_words = |text: &str| words(text).count();
    // A longer title that shares no word with it is another's: the heading names a section, or a box.
    let is_foreign = titles.iter().any(|title| {
        title.from != Provenance::TitleElement
            && count_words(&title.value) >= TITLE_WORDS_MIN.max(count_words(&heading.value) + 1)
            && self::likeness(&heading.value, &title.value) == 0.0
    });
    let is_only = count == 1 && count_words(&heading.value) >= HEADING_WORDS_MIN && !is_foreign;
    let whole = key(&heading.value);
    let is_inner = |title: &&Stated<String>| {
        let inner = key(&title.value);
        let is_end = inner.len() < whole.len() && !inner.is_empty() && (whole.starts_with(&inner) || whole.ends_with(&inner));
        is_end && title.from != Provenance::TitleElement && title.value.len() < CUT_OFF_BYTES && !title.value.ends_with(['…', '.'])
    };
    match titles.iter().find(is_inner) {
        Some(title) if likeness >= LIKENESS_MIN && (!is_only || is_parted(&heading.value, &title.value)) => Some(title.clone()),
        _ => (likeness >= LIKENESS_MIN || is_only).then_some(heading),
    }
}

/// Tells a heading that is a kicker, a stroke and a title: `"Never again" / Ferries run on Sundays`.
fn is_parted(heading: &str, title: &str) -> bool {
    heading.strip_suffix(title).is_some_and(|kicker| kicker.trim_end().ends_with(['/', '|']))
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

/// Returns a title without the outlet's name and without the date that opens it.
fn plain<'t>(title: &'t str, outlets: &[String]) -> &'t str {
    let title = without_outlet(title, outlets);
    date::leading(title).map_or(title, |(_, rest)| rest)
}

/// Cuts an outlet's name off a title's end or start, where a separator parts it from the title.
fn without_outlet<'t>(title: &'t str, outlets: &[String]) -> &'t str {
    #[rustfmt::skip]
    const SEPARATORS: [&str; 16] = [
        " › ", " « ", " | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " // ", " : ", " / ", " ♥ ", " ▷ ", " │ ",
    ];
    // Without blanks they stand inside words, too.
    const TIGHT: [&str; 5] = ["│", "|", "_", "-", "–"];
    let is_outlet = |name: &str| outlets.contains(&key(name));
    let is_kin = |name: &str| is_outlet(name) || outlets.iter().any(|outlet| is_kin(outlet, &key(name)));
    // What old blog software puts before each title.
    const ARCHIVES: [&str; 3] = ["Blog Archive » ", "Blog Archiv » ", "Blog-Archiv » "];
    let title = ARCHIVES.iter().find_map(|archive| title.split_once(archive)).map_or(title, |(_, tail)| tail);
    let mut title = title.trim();
    // A title may end in a section and an outlet: two cuts suffice.
    for _ in 0..2 {
        let tight = || TIGHT.iter().filter_map(|separator| title.rsplit_once(separator)).find(|(_, tail)| is_outlet(tail));
        let last = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).find(|(_, tail)| is_kin(tail)).or_else(tight);
        let first = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).find(|(head, _)| is_outlet(head));
        title = match (last, first) {
            (Some((head, _)), _) if !head.trim().is_empty() => head.trim_end(),
            (_, Some((_, tail))) if !tail.trim().is_empty() => tail.trim_start(),
            _ => return title,
        };
    }
    title
}
