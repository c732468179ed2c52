//! What fuzzing tries: bytes go in, and whatever they are, what the library promises of its results must hold.
//!
//! The bodies of the targets in `fuzz/` are here, so that the same checks run over the kept inputs as ordinary tests (`kept.rs`).

pub mod articles;
pub mod copies;
pub mod dates;
pub mod documents;
pub mod index;
pub mod lines;
pub mod packages;
pub mod pdfs;
pub mod queries;
pub mod readers;

/// A target: its name, which is that of its folder of inputs, and what it does with one.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 22] = [
    ("text", readers::text),
    ("markdown", readers::markdown),
    ("html", readers::html),
    ("json", readers::json),
    ("jsonl", readers::jsonl),
    ("table", readers::table),
    ("xml", readers::xml),
    ("sgml", readers::sgml),
    ("warc", readers::warc),
    ("mail", readers::mail),
    ("compressed", readers::compressed),
    ("sidecar", readers::sidecar),
    ("zip", packages::zip),
    ("docx", packages::docx),
    ("epub", packages::epub),
    ("pdf", pdfs::whole),
    ("pdf_pieces", pdfs::pieces),
    ("query", queries::query),
    ("date", dates::date),
    ("line", lines::line),
    ("copies", copies::copies),
    ("index", index::index),
];

/// Runs a target.
///
/// # Panics
///
/// When there is no target of that name, and when a promise is broken: that is what is looked for.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    target.unwrap_or_else(|| panic!("no target {name}")).1(bytes);
}
