//! Raw documents in, articles out.

use super::*;
use crate::document::{FieldName, Origin, Provenance, RawField};

fn document(path: &str, fields: &[(FieldName, &str, Provenance)]) -> RawDocument {
    let fields = fields.iter().map(|(name, value, from)| RawField { name: *name, value: (*value).to_owned(), from: *from }).collect();
    let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: None };
    RawDocument { origin, fields, blocks: Vec::new(), layout: Layout::Body }
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
    lines.extend(metadata.byline.map(|stated| format!("byline {} ({})", stated.value.join(", "), stated.from.label())));
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
