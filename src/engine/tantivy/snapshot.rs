//! One committed state of the index, open for reading: its columns, its stored articles, its posting lists.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, ReloadPolicy, SegmentReader, TERMINATED, Term};

use super::columns::{SegmentColumns, content_hash, dictionary_texts, edges, file_state, grouping};
use super::keys::KeyOrder;
use super::open::{self, CommittedState, OpenIndex, broken, failure};
use super::record::{FirstText, Record, Stored, StoredTexts, Unread};
use super::schema::Fields;
use super::words::language::Language;
use super::words::terms::Terms;
use crate::article::{Article, claimed_id};
use crate::dedup;
use crate::error::Error;
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, ArticleSummary, FileState, Folder, Grouping, IndexEntry};

/// Blocks of the document store that are kept unpacked: a page of hits and its neighbours.
const STORE_CACHE_BLOCKS: usize = 64;

/// Comparing two keys of two segments takes as long as reading so many that follow each other: of a million keys 25 µs and 0.13 µs.
const KEYS_READ_MEANWHILE: u64 = 200;

/// One committed state of an index.
pub struct Snapshot {
    pub(super) location: PathBuf,
    pub(super) searcher: tantivy::Searcher,
    pub(super) fields: Fields,
    pub(super) folders: Vec<Folder>,
    state: CommittedState,
    columns: Vec<OnceLock<SegmentColumns>>,
    group_sizes: OnceLock<Arc<HashMap<u64, u32>>>,
    source_numbers: OnceLock<Vec<Vec<u32>>>,
    languages: OnceLock<Vec<Language>>,
    key_order: OnceLock<Option<KeyOrder>>,
    keys_compared: AtomicU64,
    idle_terms: Mutex<Vec<Terms>>,
}

impl Snapshot {
    /// Opens the last committed state of the index in a folder.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::NoIndex`], `IndexVersion` or `IndexBroken`.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let OpenIndex { index, fields, note, state, .. } = open::open(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(STORE_CACHE_BLOCKS);
        let reader: tantivy::IndexReader = reader.try_into().map_err(|error| failure(folder, error))?;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(|_| OnceLock::new()).collect();
        Ok(Snapshot {
            location: folder.to_path_buf(),
            searcher,
            fields,
            folders: note.folders,
            state,
            columns,
            group_sizes: OnceLock::new(),
            source_numbers: OnceLock::new(),
            languages: OnceLock::new(),
            key_order: OnceLock::new(),
            keys_compared: AtomicU64::new(0),
            idle_terms: Mutex::default(),
        })
    }

    /// Tells whether nothing was committed since.
    pub(super) fn is_current(&self) -> bool {
        // The state is read before the segments are: what is committed in between makes it seem older than it is, which is safe.
        open::open(&self.location).is_ok_and(|now| now.state == self.state)
    }

    pub(super) fn failed(&self, error: tantivy::TantivyError) -> Error {
        failure(&self.location, error)
    }

    /// Returns the columns of a segment, opened once.
    pub(super) fn columns(&self, segment: u32) -> Result<&SegmentColumns, Error> {
        let place = &self.columns[segment as usize];
        if let Some(columns) = place.get() {
            return Ok(columns);
        }
        let opened = SegmentColumns::open(self.searcher.segment_reader(segment)).map_err(|error| self.failed(error))?;
        Ok(place.get_or_init(|| opened))
    }

    /// Returns how many articles each group has that has more than one; counted once.
    pub(super) fn group_sizes(&self) -> Result<Arc<HashMap<u64, u32>>, Error> {
        if let Some(sizes) = self.group_sizes.get() {
            return Ok(Arc::clone(sizes));
        }
        let mut sizes = HashMap::new();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let group = &self.columns(number)?.group;
            for group in segment.doc_ids_alive().filter_map(|document| group.first(document)) {
                *sizes.entry(group).or_insert(0) += 1;
            }
        }
        Ok(Arc::clone(self.group_sizes.get_or_init(|| Arc::new(sizes))))
    }

    /// Returns for each segment the number that each of its outlets has in the whole index; made once.
    pub(super) fn source_numbers(&self) -> Result<&[Vec<u32>], Error> {
        if let Some(numbers) = self.source_numbers.get() {
            return Ok(numbers);
        }
        let mut number_of = HashMap::new();
        let mut numbers = Vec::new();
        for segment in (0..).take(self.searcher.segment_readers().len()) {
            let names = match &self.columns(segment)?.source {
                None => Vec::new(),
                Some(column) => dictionary_texts(column).map_err(|error| self.failed(error))?,
            };
            let numbered = names.into_iter().map(|name| {
                let next = u32::try_from(number_of.len()).unwrap_or(u32::MAX);
                *number_of.entry(name).or_insert(next)
            });
            numbers.push(numbered.collect());
        }
        Ok(self.source_numbers.get_or_init(|| numbers))
    }

    /// Returns the languages in which texts of the index are stemmed, English first; found out once.
    pub(super) fn languages(&self) -> Result<&[Language], Error> {
        if let Some(languages) = self.languages.get() {
            return Ok(languages);
        }
        let mut languages = vec![Language::ENGLISH];
        for segment in (0..).take(self.searcher.segment_readers().len()) {
            let Some(column) = &self.columns(segment)?.language else { continue };
            for code in dictionary_texts(column).map_err(|error| self.failed(error))? {
                let language = Language::of_code(&code);
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        Ok(self.languages.get_or_init(|| languages))
    }

    /// Tells whether the keys of so many articles are better compared by the order of all keys, which is read once.
    pub(super) fn are_many(&self, articles: u64) -> bool {
        articles.saturating_mul(KEYS_READ_MEANWHILE) >= self.searcher.num_docs()
    }

    /// Returns the order of all keys where so many were compared that it is worth reading them all; `None` before, and where they
    /// cannot be read.
    pub(super) fn key_order_if_worth(&self) -> Option<&KeyOrder> {
        let compared = self.keys_compared.fetch_add(1, Ordering::Relaxed);
        if self.are_many(compared) { self.key_order() } else { None }
    }

    /// Returns the order of all keys, which is read once; `None` where they cannot be read.
    pub(super) fn key_order(&self) -> Option<&KeyOrder> {
        let read = || {
            let mut columns = Vec::with_capacity(self.columns.len());
            for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
                columns.push(self.columns(number).ok()?.key(segment));
            }
            KeyOrder::read(&columns).ok()
        };
        self.key_order.get_or_init(read).as_ref()
    }

    /// Lends a maker of terms that remembers what it has made before.
    pub(super) fn with_terms<T>(&self, work: impl FnOnce(&mut Terms) -> T) -> T {
        let idle = self.idle_terms.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut terms = idle.unwrap_or_default();
        let result = work(&mut terms);
        self.idle_terms.lock().unwrap_or_else(PoisonError::into_inner).push(terms);
        result
    }

    pub(super) fn stored(&self, address: DocAddress) -> Result<Stored, Error> {
        self.unpack(self.searcher.doc(address).map_err(|error| self.failed(error))?)
    }

    /// Returns the texts of an article without reading its record.
    pub(super) fn unread(&self, address: DocAddress) -> Result<Unread, Error> {
        let texts = self.searcher.doc(address).map_err(|error| self.failed(error))?;
        Unread::unpack(texts, &self.fields).ok_or_else(|| broken(&self.location, "an article in it cannot be read"))
    }

    /// Returns the record of an article without reading its texts.
    pub(super) fn record(&self, address: DocAddress) -> Result<Record, Error> {
        let first: FirstText = self.searcher.doc(address).map_err(|error| self.failed(error))?;
        match first.record(&self.fields) {
            Some(record) => Ok(record),
            // An index of before the record came first.
            None => Ok(self.stored(address)?.record),
        }
    }

    pub(super) fn unpack(&self, texts: StoredTexts) -> Result<Stored, Error> {
        Stored::unpack(texts, &self.fields).ok_or_else(|| broken(&self.location, "an article in it cannot be read"))
    }

    /// Makes the summary of an article from its record.
    pub(super) fn summary(&self, record: Record) -> Result<ArticleSummary, Error> {
        let key = self.key_of(&record)?;
        let id = claimed_id(record.own_id.as_deref(), &key.file.path, key.ordinal);
        let mut metadata = record.metadata;
        metadata.source = metadata.source_or(record.name.as_deref());
        Ok(ArticleSummary { id, key, metadata })
    }

    fn key_of(&self, record: &Record) -> Result<ArticleKey, Error> {
        ArticleKey::read(&record.key).ok_or_else(|| broken(&self.location, "an article in it has no key"))
    }

    /// Visits the live documents that hold a term, in order.
    pub(super) fn documents_with(&self, term: &Term) -> Result<Vec<DocAddress>, Error> {
        let mut found = Vec::new();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let visit = |error: tantivy::TantivyError| self.failed(error);
            let index = segment.inverted_index(term.field()).map_err(visit)?;
            let postings = index.read_postings(term, IndexRecordOption::Basic).map_err(|error| self.failed(error.into()))?;
            let Some(mut postings) = postings else { continue };
            found.extend(live_documents(segment, &mut postings).map(|document| DocAddress::new(number, document)));
        }
        Ok(found)
    }

    /// Returns all that the index keeps of an article.
    pub(super) fn entry(&self, address: DocAddress) -> Result<IndexEntry, Error> {
        let stored = self.stored(address)?;
        let key = self.key_of(&stored.record)?;
        let columns = self.columns(address.segment_ord)?;
        let segment = self.searcher.segment_reader(address.segment_ord);
        let beside = Beside {
            content_hash: content_hash(segment, address.doc_id).map_err(|error| self.failed(error))?,
            grouping: grouping(segment, columns, address.doc_id).map_err(|error| self.failed(error))?,
            file_state: file_state(segment, address.doc_id).map_err(|error| self.failed(error))?,
            edges: edges(segment, address.doc_id).map_err(|error| self.failed(error))?,
        };
        Ok(entry_of(key, stored, beside))
    }
}

/// What only columns keep of an article.
pub struct Beside {
    /// See [`IndexEntry::content_hash`].
    pub content_hash: u64,
    /// See [`IndexEntry::file_state`].
    pub file_state: Option<FileState>,
    /// See [`IndexEntry::grouping`].
    pub grouping: Grouping,
    /// See [`IndexEntry::edges`].
    pub edges: EdgeLines,
}

/// Puts an entry together; its fingerprint is read from the text.
pub fn entry_of(key: ArticleKey, mut stored: Stored, beside: Beside) -> IndexEntry {
    let passages = stored.record.passages();
    let body = stored.record.body(stored.text);
    let trimmed = std::mem::take(&mut stored.record.trimmed);
    let fingerprint = if trimmed.is_empty() { dedup::fingerprint(&body.text) } else { dedup::fingerprint(&body.untrimmed(&trimmed).text) };
    let cut = stored.record.cut();
    let article = Article {
        path: key.file.path.to_string(),
        ordinal: key.ordinal,
        own_id: stored.record.own_id,
        metadata: stored.record.metadata,
        body,
        furniture: trimmed.furniture(),
        cut,
        nameplates: stored.record.nameplates,
    };
    let name = stored.record.name;
    let Beside { content_hash, file_state, grouping, edges } = beside;
    IndexEntry { key, article, passages, fingerprint, content_hash, file_state, grouping, edges, trimmed, name }
}

/// Goes through the documents of a posting list that are not deleted.
pub fn live_documents<'p>(segment: &'p SegmentReader, postings: &'p mut SegmentPostings) -> impl Iterator<Item = u32> + 'p {
    std::iter::from_fn(|| {
        let document = postings.doc();
        postings.advance();
        (document != TERMINATED).then_some(document)
    })
    .filter(|&document| !segment.is_deleted(document))
}
