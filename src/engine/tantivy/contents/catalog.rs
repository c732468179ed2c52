//! The articles of an index as an update sees them.

use std::borrow::Cow;
use std::path::Path;

use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::{DocAddress, SegmentReader, Term};

use super::super::answers::groups;
use super::super::columns::{dictionary_bytes, dictionary_keys, dictionary_texts, read_edges, read_file_state, read_trim};
use super::super::open::broken;
use super::super::schema::column;
use super::super::snapshot::Snapshot;
use super::check::{Part, check};
use crate::error::Error;
use crate::search::{ArticleKey, Auditor, Catalog, FileState, Folder, GroupId, Grouping, Identity, IndexEntry, KnownArticle, Statistics};
use crate::text;

/// The articles of a tantivy index.
pub struct TantivyCatalog {
    snapshot: Snapshot,
    articles: Vec<KnownArticle>,
    addresses: Vec<DocAddress>,
}

impl TantivyCatalog {
    /// Reads what is known of every article in the index of a folder.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::NoIndex`], `IndexVersion` or `IndexBroken`.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let snapshot = Snapshot::open(folder)?;
        let (mut articles, mut addresses) = (Vec::new(), Vec::new());
        for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
            let table = Table::read(segment).map_err(|error| snapshot.failed(error))?;
            let columns = snapshot.columns(number)?;
            let documents: Vec<u32> = segment.doc_ids_alive().collect();
            let known = documents.par_iter().map(|&document| {
                let mut known = table.article(document)?;
                known.grouping.membership = columns.membership(document);
                Some(known)
            });
            let known: Option<Vec<KnownArticle>> = known.collect();
            articles.extend(known.ok_or_else(|| broken(folder, "an article in it has no key"))?);
            addresses.extend(documents.into_iter().map(|document| DocAddress::new(number, document)));
        }
        Ok(TantivyCatalog { snapshot, articles, addresses })
    }
}

/// The columns that an update reads, with the dictionaries of those that have one.
struct Table {
    keys: Vec<Option<ArticleKey>>,
    key: Column<u64>,
    sources: Vec<u64>,
    source: Option<Column<u64>>,
    files: Vec<Option<FileState>>,
    file: Option<Column<u64>>,
    published: Column<i64>,
    digest: Column<u64>,
    words: Column<u64>,
    content: Column<u64>,
    url: Column<u64>,
    centres: Column<u64>,
    former_groups: Column<u64>,
    edges: Column<u64>,
    trim: Column<u64>,
    nameplates: Vec<String>,
    nameplate: Option<Column<u64>>,
    source_names: Vec<String>,
    stated_source: Column<u64>,
}

impl Table {
    fn read(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let key = columns.str(column::KEY)?;
        let source = columns.str(column::SOURCE)?;
        let file = columns.bytes(column::FILE)?;
        let nameplate = columns.str(column::NAMEPLATES)?;
        let source_names = source.as_ref().map(dictionary_texts).transpose()?.unwrap_or_default();
        Ok(Table {
            keys: key.as_ref().map(dictionary_keys).transpose()?.unwrap_or_default(),
            key: key.map_or_else(|| Column::build_empty_column(segment.max_doc()), |key| key.ords().clone()),
            sources: source_names.iter().map(|name| text::hash_of_words(name)).collect(),
            source_names,
            source: source.map(|source| source.ords().clone()),
            files: file
                .as_ref()
                .map(dictionary_bytes)
                .transpose()?
                .unwrap_or_default()
                .iter()
                .map(|bytes| read_file_state(bytes))
                .collect(),
            file: file.map(|file| file.ords().clone()),
            published: columns.i64(column::PUBLISHED)?,
            digest: columns.u64(column::DIGEST)?,
            words: columns.u64(column::WORDS)?,
            content: columns.u64(column::CONTENT)?,
            url: columns.u64(column::URL)?,
            centres: columns.u64(column::CENTRES)?,
            former_groups: columns.u64(column::FORMER_GROUPS)?,
            edges: columns.u64(column::EDGES)?,
            trim: columns.u64(column::TRIM)?,
            nameplates: nameplate.as_ref().map(dictionary_texts).transpose()?.unwrap_or_default(),
            nameplate: nameplate.map(|nameplate| nameplate.ords().clone()),
            stated_source: columns.u64(column::STATED_SOURCE)?,
        })
    }

    fn article(&self, document: u32) -> Option<KnownArticle> {
        let key = self.keys.get(usize::try_from(self.key.first(document)?).ok()?)?.clone()?;
        let number = |column: &Option<Column<u64>>| column.as_ref().and_then(|column| usize::try_from(column.first(document)?).ok());
        let source = number(&self.source);
        // What the outlet's other pages tell is no part of what the article states.
        let stated = self.stated_source.first(document);
        Some(KnownArticle {
            key,
            content_hash: self.content.first(document).unwrap_or_default(),
            digest: self.digest.first(document).unwrap_or_default(),
            words: self.words.first(document).and_then(|words| u32::try_from(words).ok()).unwrap_or_default(),
            published_seconds: self.published.first(document),
            identity: Identity {
                source: match stated {
                    Some(hash) => Some(hash).filter(|hash| *hash != 0),
                    None => source.and_then(|number| self.sources.get(number).copied()),
                },
                url: self.url.first(document),
            },
            file_state: number(&self.file).and_then(|number| self.files.get(number).copied().flatten()),
            grouping: Grouping {
                membership: None,
                centres: self.centres.values_for_doc(document).collect(),
                former_groups: self.former_groups.values_for_doc(document).map(GroupId).collect(),
            },
            edges: read_edges(&self.edges, document),
            trim: self.trim.first(document).map(read_trim).unwrap_or_default(),
            nameplates: self.nameplates_of(document),
            name: stated.and(source).and_then(|number| self.source_names.get(number).cloned()),
        })
    }
}

impl Table {
    fn nameplates_of(&self, document: u32) -> Vec<String> {
        let Some(column) = &self.nameplate else { return Vec::new() };
        let numbers = column.values_for_doc(document).filter_map(|number| usize::try_from(number).ok());
        numbers.filter_map(|number| self.nameplates.get(number).cloned()).collect()
    }
}

impl Catalog for TantivyCatalog {
    fn is_current(&self) -> bool {
        self.snapshot.is_current()
    }

    fn folders(&self) -> &[Folder] {
        &self.snapshot.folders
    }

    fn articles(&self) -> &[KnownArticle] {
        &self.articles
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        let mut number = 0;
        let (mut values, mut samples): (Vec<u64>, Vec<u32>) = (Vec::new(), Vec::new());
        for segment in self.snapshot.searcher.segment_readers() {
            let column = segment.fast_fields().u64(column::SAMPLES).map_err(|error| self.snapshot.failed(error))?;
            for document in segment.doc_ids_alive() {
                // A run of values is read at one go. A sample takes 32 bits; only the column has room for more.
                let rows = column.index.value_row_ids(document);
                values.resize(rows.len(), 0);
                column.values.get_range(u64::from(rows.start), &mut values);
                samples.clear();
                samples.extend(values.iter().map(|&sample| sample as u32));
                visit(number, &samples);
                number += 1;
            }
        }
        Ok(())
    }

    fn body(&self, article: usize) -> Result<Cow<'_, str>, Error> {
        let stored = self.snapshot.stored(self.addresses[article])?;
        if stored.record.trimmed.is_empty() {
            return Ok(Cow::Owned(stored.text));
        }
        Ok(Cow::Owned(stored.record.body(stored.text).untrimmed(&stored.record.trimmed).text))
    }

    fn entry(&self, article: usize) -> Result<IndexEntry, Error> {
        self.snapshot.entry(self.addresses[article])
    }

    fn claimants(&self, id: &str) -> Result<Vec<ArticleKey>, Error> {
        let addresses = self.snapshot.documents_with(&Term::from_field_text(self.snapshot.fields.id, id))?;
        addresses.into_iter().map(|address| Ok(self.snapshot.summary(self.snapshot.record(address)?)?.key)).collect()
    }

    fn audit(&self, auditor: &dyn Auditor) -> Result<(), Error> {
        let mut from = 0;
        for segment in self.addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let known = &self.articles[from..from + segment.len()];
            from += segment.len();
            check(&self.snapshot, &Part { known, addresses: segment }, auditor)?;
        }
        Ok(())
    }

    fn statistics(&self) -> Result<Statistics, Error> {
        groups::statistics(&self.snapshot)
    }
}
