//! A segment that holds other words than its articles have.

use tantivy::schema::Field;
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::super::schema::{self, Fields};
use super::super::writer::Documents;
use super::expected::Cutter;
use super::postings::Posted;
use super::values::Values;
use crate::article::{Article, Body, Cut, Metadata, Stated, Trimmed};
use crate::dedup;
use crate::document::Provenance;
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, FileKey, Grouping, IndexEntry};

fn entry() -> IndexEntry {
    let stated = |value: &str| Some(Stated { value: value.to_owned(), from: Provenance::JsonField });
    let mut body = Body::default();
    body.push("Der Hafen bleibt zu. The harbour stays shut, and the harbour master with it.", false, None);
    body.push("Two letters went out, number 7 and number 8.", false, None);
    let metadata =
        Metadata { headline: stated("Harbour shut"), source: stated("Gate Post"), language: stated("de"), ..Metadata::default() };
    IndexEntry {
        key: ArticleKey { file: FileKey { folder: 0, path: "a/b.txt".into() }, ordinal: 1 },
        fingerprint: dedup::fingerprint(&body.text),
        article: Article {
            path: "a/b.txt".to_owned(),
            ordinal: 1,
            own_id: Some("own".to_owned()),
            metadata,
            body,
            furniture: Vec::new(),
            cut: Cut::AsMarked,
            nameplates: vec!["Gate Post".to_owned(), "Weather".to_owned()],
        },
        passages: Vec::new(),
        content_hash: 7,
        file_state: None,
        grouping: Grouping::default(),
        edges: EdgeLines::default(),
        trimmed: Trimmed::default(),
        name: None,
    }
}

/// Writes a document that was changed, and tells the fields in which the segment does not hold what the entry gives.
fn differing(change: impl Fn(&Fields, &mut TantivyDocument)) -> Vec<String> {
    let (schema, fields) = schema::schema();
    let index = Index::create_in_ram(schema.clone());
    schema::register_tokenizer(&index);
    let documents = Documents { fields };
    let (mut written, _) = documents.document(&entry());
    change(&fields, &mut written);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.add_document(written).unwrap();
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    let segment = searcher.segment_reader(0);
    let (posted, values) = (Posted::read_all(segment, &schema).unwrap(), Values::open_all(segment, &schema).unwrap());
    let expected = Cutter::new(&index, &schema).unwrap().expect(&documents.document(&entry()).0, &posted);
    let of = |field: Field| &expected[field.field_id() as usize];
    let columns = values.iter().filter(|values| values.of(0) != of(values.field).values).map(|values| format!("column {}", values.name));
    let words = posted.iter().filter(|posted| !posted.has(0, of(posted.field).sum)).map(|posted| posted.name.clone());
    let lengths =
        posted.iter().filter(|posted| !posted.has_length(0, of(posted.field).words)).map(|posted| format!("length of {}", posted.name));
    columns.chain(words).chain(lengths).collect()
}

#[test]
fn a_document_that_is_as_its_entry_gives_has_all_in_place() {
    assert_eq!(differing(|_, _| {}), [""; 0]);
}

#[test]
fn other_words_and_values_are_seen() {
    assert_eq!(differing(|fields, document| document.add_text(fields.text, "more")), ["text", "length of text"]);
    assert_eq!(differing(|fields, document| document.add_text(fields.headline, "")), [""; 0]);
    assert_eq!(differing(|fields, document| document.add_u64(fields.sentences, 5)), ["sentences"]);
    assert_eq!(differing(|fields, document| document.add_u64(fields.samples, 5)), ["column samples"]);
    assert_eq!(differing(|fields, document| document.add_u64(fields.group, 5)), ["column group", "group"]);
    assert_eq!(differing(|fields, document| document.add_text(fields.nameplates, "x")), ["column nameplates"]);
    assert_eq!(differing(|fields, document| document.add_i64(fields.published, 3)), ["column published"]);
    assert_eq!(differing(|fields, document| document.add_bytes(fields.file, b"x")), ["column file"]);
    assert_eq!(differing(|fields, document| document.add_text(fields.bounds, "p9")), ["bounds", "length of bounds"]);
}
