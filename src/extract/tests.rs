//! Raw documents in, articles out.

use super::*;
use crate::article::Person;
use crate::document::{FieldName, Origin, Provenance, RawField};

fn document(path: &str, fields: &[(FieldName, &str, Provenance)]) -> RawDocument {
    let fields = fields.iter().map(|(name, value, from)| RawField { name: *name, value: (*value).to_owned(), from: *from }).collect();
    let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: None };
    RawDocument { origin, fields, blocks: Vec::new(), layout: Layout::Body }
}

fn names(people: &[Person]) -> String {
    people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Writes the metadata as one line a field: `published 2024-11-26 (json-ld)`, conflicts and warnings after it.
fn check(path: &str, fields: &[(FieldName, &str, Provenance)], expected: &[&str]) {
    let (article, warnings) = extract(document(path, fields));
    let metadata = article.metadata;
    let mut lines = Vec::new();
    let texts = [("headline", &metadata.headline), ("source", &metadata.source), ("url", &metadata.url), ("language", &metadata.language)];
    for (name, stated) in texts {
        lines.extend(stated.as_ref().map(|stated| format!("{name} {} ({})", stated.value, stated.from.label())));
    }
    for (name, stated) in [("published", &metadata.published), ("modified", &metadata.modified)] {
        lines.extend(stated.as_ref().map(|stated| format!("{name} {} ({})", stated.value, stated.from.label())));
    }
    lines.extend(metadata.byline.map(|stated| format!("byline {} ({})", names(&stated.value), stated.from.label())));
    lines
        .extend(metadata.conflicts.iter().map(|conflict| format!("not {} {} ({})", conflict.field, conflict.value, conflict.from.label())));
    lines.extend(warnings.iter().map(|warning| format!("warning {}", warning.cause)));
    assert_eq!(lines, expected, "{path}");
}

#[test]
fn the_more_precise_of_agreeing_dates_is_taken() {
    use FieldName::Published;
    use Provenance::{JsonField, JsonLd, Meta, TimeElement};
    check(
        "a.json",
        &[(Published, "2024-11-26", JsonField), (Published, "2024-11-26T03:20:00Z", JsonField)],
        &["published 2024-11-26T03:20:00Z (json field)"],
    );
    check(
        "a.html",
        &[(Published, "2024-11-26", JsonLd), (Published, "2024-11-27T08:00", TimeElement), (Published, "2024-11-26T03:20", Meta)],
        &["published 2024-11-26T03:20 (meta)", "not published 2024-11-27T08:00 (time element)"],
    );
    check("a.html", &[(Published, "2024-11-26T00:00:00Z", JsonLd)], &["published 2024-11-26 (json-ld)"]);
    check(
        "a.html",
        &[(Published, "2024-11-26T23:30:00-05:00", JsonLd), (Published, "2024-11-27T04:30:00Z", Meta)],
        &["published 2024-11-26T23:30:00-05:00 (json-ld)"],
    );
}

#[test]
fn what_is_no_date_leaves_an_article_undated() {
    use FieldName::Published;
    use Provenance::JsonField;
    check("a.json", &[(Published, "soon", JsonField)], &["warning published date not understood: \"soon\""]);
    check("a.json", &[(Published, "9999-01-01", JsonField)], &["warning published date out of range: \"9999-01-01\""]);
    check("2024-11-26-ferry.txt", &[], &["published 2024-11-26 (file name)"]);
    check("x/ferry_20241126.txt", &[], &["published 2024-11-26 (file name)"]);
    check("000_12345678.txt", &[], &[]);
    check("2024-11-26/ferry.txt", &[], &[]);
}

#[test]
fn the_source_is_a_name_before_it_is_a_domain() {
    use FieldName::{Source, Url};
    use Provenance::{JsonField, JsonLd, Meta};
    let address = "https://www.gazette.example/ferry";
    check("a", &[(Url, address, JsonField)], &["source gazette.example (url)", "url https://www.gazette.example/ferry (json field)"]);
    check(
        "a",
        &[
            (Source, "www.gazette.example", Provenance::Url),
            (Source, "Harbour Gazette", Meta),
            (Source, "Gazette", JsonLd),
            (Source, "Island Post", Meta),
        ],
        &["source Gazette (json-ld)", "not source Island Post (meta)"],
    );
}

#[test]
fn headlines_lose_the_outlet() {
    use FieldName::{Headline, Source};
    use Provenance::{Meta, PageElement, TitleElement};
    check(
        "a",
        &[(Headline, "Ferry runs again | Harbour Gazette", TitleElement), (Source, "Harbour Gazette", Meta)],
        &["headline Ferry runs again (title element)", "source Harbour Gazette (meta)"],
    );
    check(
        "a",
        &[(Headline, "Ferry runs - again", TitleElement), (Headline, "Boats are back", PageElement)],
        &["headline Boats are back (page element)", "not headline Ferry runs - again (title element)"],
    );
    check(
        "a",
        &[(Headline, "26.11.2024 - Ferry runs again | Harbour Gazette", TitleElement), (Source, "Harbour Gazette", Meta)],
        &["headline Ferry runs again (title element)", "source Harbour Gazette (meta)"],
    );
    check(
        "a",
        &[(Headline, "Ferry runs again", Meta), (Headline, "\"Never rest\" / Ferry runs again", PageElement)],
        &["headline Ferry runs again (meta)"],
    );
}

#[test]
fn people_of_one_place_make_one_byline() {
    use FieldName::Byline;
    use Provenance::{JsonLd, Meta};
    check(
        "a",
        &[(Byline, "https://social.example/ida", JsonLd), (Byline, "By Ida Holm", Meta), (Byline, "Jan Berg", Meta)],
        &["byline Ida Holm, Jan Berg (meta)"],
    );
    check("a", &[(Byline, "Ida Holm", JsonLd), (Byline, "Eva Lind", Meta)], &["byline Ida Holm (json-ld)", "not byline Eva Lind (meta)"]);
}

#[test]
fn a_full_name_comes_before_a_sign() {
    use FieldName::{Byline, Headline, Source};
    use Provenance::{BylineLine, JsonLd, Meta, PageElement};
    check("a", &[(Byline, "Ida", JsonLd), (Byline, "Ida Holm", BylineLine)], &["byline Ida Holm (byline line)"]);
    check("a", &[(Byline, "Ida", JsonLd), (Byline, "Jan Berg", BylineLine)], &["byline Ida (json-ld)"]);
    check("a", &[(Byline, "HG", JsonLd), (Byline, "Ida Holm", BylineLine)], &["byline Ida Holm (byline line)"]);
    check("a", &[(Byline, "HG", JsonLd), (Byline, "Ida", BylineLine)], &["byline HG (json-ld)"]);
    check("a", &[(Byline, "Ida Holm", JsonLd), (Byline, "HG", JsonLd)], &["byline Ida Holm, HG (json-ld)"]);
    check("a", &[(Headline, "Ferry runs", Meta), (Byline, "Ferry Runs", PageElement)], &["headline Ferry runs (meta)"]);
    check(
        "a",
        &[(Source, "Harbour Post", Meta), (Byline, "AFP/Harbour Post", Meta)],
        &["source Harbour Post (meta)", "byline AFP/Harbour Post (meta)"],
    );
}

#[test]
fn the_local_day_of_an_instant_is_the_one_that_readers_see() {
    use FieldName::Published;
    use Provenance::{BannerLine, JsonLd, TimeElement};
    let instant = (Published, "2024-11-27T01:09:55Z", JsonLd);
    check("a.html", &[instant, (Published, "2024-11-26T18:09:55", TimeElement)], &["published 2024-11-26T18:09:55-07:00 (time element)"]);
    check("a.html", &[instant, (Published, "2024-11-26", TimeElement)], &["published 2024-11-26 (time element)"]);
    check("a.html", &[instant, (Published, "2024-11-26T20:09-05:00", TimeElement)], &["published 2024-11-26T20:09-05:00 (time element)"]);
    check("a.html", &[instant, (Published, "2024-11-27", TimeElement)], &["published 2024-11-27T01:09:55Z (json-ld)"]);
    check(
        "a.html",
        &[instant, (Published, "2024-11-20", BannerLine)],
        &["published 2024-11-20 (banner line)", "not published 2024-11-27T01:09:55Z (json-ld)"],
    );
}

#[test]
fn scripts_fill_gaps_and_never_contradict() {
    use FieldName::Published;
    use Provenance::{Meta, PageScript};
    check("a.html", &[(Published, "2024-11-26", PageScript)], &["published 2024-11-26 (page script)"]);
    check("a.html", &[(Published, "2024-11-26", PageScript), (Published, "2024-11-25", PageScript)], &[]);
    check("a.html", &[(Published, "2024-11-26", PageScript), (Published, "2024-11-20", Meta)], &["published 2024-11-20 (meta)"]);
}

#[test]
fn outlets_are_known_by_domain_and_folder() {
    use FieldName::{Source, Url};
    use Provenance::JsonField;
    check("harbour-post/a.txt", &[], &["source Harbour Post (folder name)"]);
    check("unsorted/a.txt", &[], &[]);
    check("a", &[(Source, "www.bbc.co.uk", Provenance::Url)], &["source BBC (domain table)"]);
    check("harbour-post/a", &[(Source, "news.gazette.example", Provenance::Url)], &["source gazette.example (url)"]);
    check(
        "harbour-post/a",
        &[(Url, "https://www.harbourpost.example/a", JsonField)],
        &["source Harbour Post (folder name)", "url https://www.harbourpost.example/a (json field)"],
    );
}

/// Reads an article of these fields and paragraphs, and writes its date, its credits and the contradictions.
fn check_text(fields: &[(FieldName, &str, Provenance)], paragraphs: &[&str], expected: &[&str]) {
    let mut raw = document("a", fields);
    raw.blocks = paragraphs.iter().map(|text| RawBlock { text: (*text).to_owned(), role: Role::Text, place: None }).collect();
    let metadata = extract(raw).0.metadata;
    let mut lines: Vec<String> =
        metadata.published.iter().map(|stated| format!("published {} ({})", stated.value, stated.from.label())).collect();
    lines.extend(metadata.credits.iter().map(|stated| format!("credit {} ({})", stated.value, stated.from.label())));
    lines
        .extend(metadata.conflicts.iter().map(|conflict| format!("not {} {} ({})", conflict.field, conflict.value, conflict.from.label())));
    assert_eq!(lines, expected, "{paragraphs:?}");
}

#[test]
fn datelines_take_their_year_from_another_date() {
    use FieldName::{Modified, Published, Saved, Url};
    use Provenance::{ArchiveRecord, JsonField, Meta};
    let text = ["KYIV, Nov. 25 (Reuters) — The ferry runs again."];
    let credit = "credit Reuters (dateline)";
    check_text(&[], &text, &[credit]);
    check_text(&[(Saved, "2024-12-01", ArchiveRecord)], &text, &["published 2024-11-25 (dateline)", credit]);
    check_text(&[(Modified, "2025-01-02", Meta)], &text, &["published 2024-11-25 (dateline)", credit]);
    check_text(&[(Url, "https://gazette.example/2024/ferry", Meta)], &text, &["published 2024-11-25 (dateline)", credit]);
    check_text(&[(Published, "2024-11-26", JsonField)], &text, &["published 2024-11-26 (json field)", credit]);
    check_text(
        &[(Published, "2024-12-26", JsonField)],
        &text,
        &["published 2024-12-26 (json field)", credit, "not published 2024-11-25 (dateline)"],
    );
}

#[test]
fn agencies_are_credits_and_not_the_source() {
    use FieldName::{Byline, Credit};
    use Provenance::{JsonField, WireField};
    check_text(&[], &["The ferry runs.", "The Associated Press contributed to this report."], &["credit AP (credit line)"]);
    check_text(
        &[(Byline, "Ida Holm, Reuters", JsonField)],
        &["The ferry runs. (dpa/AFP)"],
        &["credit Reuters (json field)", "credit dpa (credit line)", "credit AFP (credit line)"],
    );
    check_text(&[(Credit, "REUTERS", WireField)], &["BRACK (Reuters) - The ferry runs."], &["credit Reuters (wire field)"]);
}

#[test]
fn detected_languages_say_how_sure_they_are() {
    let mut raw = document("a", &[]);
    let text = "The ferry between the two islands will run again from Friday, the harbour office said, after a week of repairs.";
    raw.blocks = vec![RawBlock { text: text.to_owned(), role: Role::Text, place: None }];
    let metadata = extract(raw).0.metadata;
    assert!(metadata.language_confidence.is_some_and(|percent| (50..=100).contains(&percent)));
    let stated = extract(document("a", &[(FieldName::Language, "en", Provenance::JsonField)])).0.metadata;
    assert_eq!(stated.language_confidence, None);
}
