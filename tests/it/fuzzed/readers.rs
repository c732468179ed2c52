//! The readers of formats that are no packages of parts: one target each, under a name that leads to it.

use dateline::formats::{FieldMap, ReadOptions, sidecar as sidecars};

use crate::fuzzed::documents::{Places, check, check_warning, check_with};

/// Plain text, with what tells its article from the page.
pub fn text(bytes: &[u8]) {
    check("wire/a.txt", bytes, Places::AreText);
}

/// Markdown with front matter of both kinds.
pub fn markdown(bytes: &[u8]) {
    check_with("a.md", bytes, Places::HoldText, &mapped());
}

/// Web pages.
pub fn html(bytes: &[u8]) {
    check("a.html", bytes, Places::None);
}

/// One JSON value.
pub fn json(bytes: &[u8]) {
    check_with("a.json", bytes, Places::None, &mapped());
}

/// A JSON value a line.
pub fn jsonl(bytes: &[u8]) {
    check_with("a.jsonl", bytes, Places::None, &mapped());
}

/// Tables.
pub fn table(bytes: &[u8]) {
    check_with("a.csv", bytes, Places::None, &mapped());
}

/// Feeds and the wire formats in XML: the root tells.
pub fn xml(bytes: &[u8]) {
    check("a.xml", bytes, Places::None);
}

/// Collections in SGML.
pub fn sgml(bytes: &[u8]) {
    check("a.sgml", bytes, Places::None);
}

/// Web archives.
pub fn warc(bytes: &[u8]) {
    check("a.warc", bytes, Places::None);
}

/// Mails, mailboxes and pages saved as mails: the first lines tell.
pub fn mail(bytes: &[u8]) {
    check("a.eml", bytes, Places::None);
}

/// What gzip and zstd hold: the first bytes tell.
pub fn compressed(bytes: &[u8]) {
    check("a.md.gz", bytes, Places::None);
}

/// Sidecars, and the maps of columns.
pub fn sidecar(bytes: &[u8]) {
    let (fields, warnings) = sidecars::read("a.txt.meta.yaml", bytes);
    assert!(!fields.is_empty() || !warnings.is_empty(), "neither a field nor a warning");
    for field in &fields {
        assert!(!field.value.is_empty() && field.value.trim() == field.value, "{:?}: {:?}", field.name, field.value);
    }
    warnings.iter().for_each(|warning| check_warning("a.txt.meta.yaml", warning));
}

fn mapped() -> ReadOptions {
    let mappings = ["published=sent", "headline=meta.line", "text=inhalt"].map(|mapping| mapping.parse().unwrap());
    ReadOptions::default().with_map(FieldMap::new(mappings.to_vec()))
}
