//! A raw document in, an entry of the index out: its article, passages and fingerprint; it stands in no group yet.

use std::hash::Hasher;

use rayon::prelude::*;
use twox_hash::XxHash3_64;

use crate::article::{Body, Cut, Metadata, Trimmed};
use crate::document::RawDocument;
use crate::error::Warning;
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, FileKey, Grouping, IndexEntry};
use crate::{dedup, extract, passage};

/// Documents that are taken apart at one go: enough to keep all cores busy.
const DOCUMENTS_AT_ONCE: usize = 1024;

/// Bytes of text that are taken apart at one go: what bounds memory where documents are long.
const BYTES_AT_ONCE: usize = 4 << 20;

/// Documents of one file that wait to be taken apart together, on all cores.
pub struct Batch<'b> {
    file: &'b FileKey,
    documents: Vec<RawDocument>,
    len_bytes: usize,
}

impl<'b> Batch<'b> {
    /// Makes an empty batch for the documents of a file.
    pub fn new(file: &'b FileKey) -> Self {
        Batch { file, documents: Vec::new(), len_bytes: 0 }
    }

    /// Adds a document; tells whether the batch is full.
    pub fn push(&mut self, document: RawDocument) -> bool {
        self.len_bytes += document.blocks.iter().map(|block| block.text.len()).sum::<usize>();
        self.documents.push(document);
        self.documents.len() >= DOCUMENTS_AT_ONCE || self.len_bytes >= BYTES_AT_ONCE
    }

    /// Takes the documents apart, and returns their entries and warnings in their order.
    pub fn take(&mut self) -> Vec<(IndexEntry, Vec<Warning>)> {
        self.len_bytes = 0;
        std::mem::take(&mut self.documents).into_par_iter().map(|raw| take_apart(self.file, raw)).collect()
    }
}

fn take_apart(file: &FileKey, raw: RawDocument) -> (IndexEntry, Vec<Warning>) {
    let (article, warnings) = extract::extract(raw);
    let key = ArticleKey { file: file.clone(), ordinal: article.ordinal };
    let entry = IndexEntry {
        key,
        passages: passage::split(&article.body),
        fingerprint: dedup::fingerprint(&article.body.text),
        content_hash: content_hash(&article.own_id, &article.metadata, &article.body),
        file_state: None,
        grouping: Grouping::default(),
        edges: edges(article.cut, &article.body),
        trimmed: Trimmed::default(),
        name: None,
        article,
    };
    (entry, warnings)
}

/// Returns the lines at the ends of a whole body that may recur on the outlet's other pages; none where its keeper marked the body.
pub fn edges(cut: Cut, body: &Body) -> EdgeLines {
    if cut == Cut::OutOfPage { EdgeLines::of(body) } else { EdgeLines::default() }
}

/// Hashes what was read of an article: metadata, whole text, headings, where its paragraphs start; numbers with little end first, so that it
/// is the same on every machine.
pub fn content_hash(own_id: &Option<String>, metadata: &Metadata, body: &Body) -> u64 {
    let metadata = serde_json::to_vec(&(own_id, metadata)).unwrap_or_default();
    let mut hasher = XxHash3_64::new();
    for part in [metadata.as_slice(), body.text.as_bytes()] {
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    for paragraph in &body.paragraphs {
        let start = paragraph.place.as_ref().map_or(0, |place| place.bytes.start);
        hasher.write(&[u8::from(paragraph.is_heading)]);
        hasher.write(&(start as u64).to_le_bytes());
    }
    hasher.finish()
}
