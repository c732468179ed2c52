//! From entries to the next state of the index.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::Term;
use tantivy::{Index, TantivyDocument, TantivyError};

use super::columns;
use super::open::{OpenIndex, failure, open_or_make};
use super::queue::{Queue, Queued};
use super::record::Record;
use super::schema::{CommitNote, FORMAT_VERSION, Fields, UNDATED, day_of};
use super::storage::IndexDirectory;
use super::words::bounds::{self, Bounded};
use super::words::language::Language;
use super::zones;
use crate::article;
use crate::error::Error;
use crate::query;
use crate::reuse::{self, SentenceKey};
use crate::search::{ArticleKey, Folder, IndexEntry, IndexWriter};
use crate::text;
use crate::walk;

/// What the writer may use before it writes a segment, at the least and at the most; in between as much as is read. One thread
/// with a large budget builds few segments, which need no merge: 24 CPU-seconds for a million passages, against 26 with more
/// threads. On top of it comes what writing a segment takes, two thirds of it again: of a million articles that is no more than
/// grouping took before, 1.6 GB in all. In one segment 200,000 articles are searched a fifth faster than in four.
const BUDGET_LEN_BYTES: Range<u64> = 200_000_000..640_000_000;

/// What a number takes in a document: its place, then itself.
const NUMBER_LEN_BYTES: usize = 16;

/// What a document has beside its text, mostly record and samples: enough for nearly all news articles.
const BESIDE_TEXT_LEN_BYTES: usize = 4096;

/// The share of a segment's articles that may be deleted ones before it is written anew: they take room, and still count where
/// the rarity of words is weighed.
const DELETED_SHARE_MAX: f32 = 0.1;

/// Writes to an index in a folder.
pub struct TantivyWriter {
    folder: PathBuf,
    directory: IndexDirectory,
    index: Index,
    documents: Documents,
    writer: tantivy::IndexWriter<Queued>,
    queue: Arc<Queue>,
}

impl TantivyWriter {
    /// Opens the index in a folder for writing, or makes one; about so many bytes are going to be read for it.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::IndexBusy`] when another process writes to it; else when the folder cannot be written.
    pub fn open(folder: &Path, coming_bytes: u64) -> Result<Self, Error> {
        let OpenIndex { directory, index, fields, .. } = open_or_make(folder)?;
        let writer = index.writer_with_num_threads::<Queued>(1, budget(coming_bytes)).map_err(|error| failure(folder, error))?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE_MAX);
        writer.set_merge_policy(Box::new(policy));
        let documents = Documents { fields };
        Ok(TantivyWriter { folder: folder.to_path_buf(), directory, index, documents, writer, queue: Arc::default() })
    }

    /// Says why something could not be written: what the operating system said comes first.
    fn failed(&self, error: TantivyError) -> Error {
        match self.directory.take_refusal() {
            Some(refused) => Error::io("write the index", walk::written(&self.folder), refused),
            None => failure(&self.folder, error),
        }
    }
}

/// Makes the documents of entries: what the index is to hold of them, and what a check of it compares with what it holds.
pub struct Documents {
    /// The fields of the index.
    pub fields: Fields,
}

impl Documents {
    /// Makes the document of an entry; tells about how long it is in bytes.
    pub fn document(&self, entry: &IndexEntry) -> (TantivyDocument, usize) {
        let fields = &self.fields;
        let article = &entry.article;
        let metadata = &article.metadata;
        let mut document = TantivyDocument::with_capacity(article.body.text.len() + BESIDE_TEXT_LEN_BYTES);
        let headline = metadata.headline.as_ref().map_or("", |headline| headline.value.as_str());
        let language = Language::of_article(metadata);
        let record = Record::new(entry);
        let packed = record.to_text();
        // The record comes first of what is stored, so that it is read without the texts.
        document.add_text(fields.record, &packed);
        document.add_text(fields.text, language.mark(headline));
        document.add_text(fields.text, language.mark(&article.body.text));
        document.add_text(fields.headline, language.mark(headline));
        if let Some(source) = metadata.source_or(entry.name.as_deref()) {
            document.add_text(fields.source_words, &source.value);
            document.add_text(fields.source, &source.value);
        }
        let stated = [
            (fields.byline_words, query::Field::Byline),
            (fields.credit_words, query::Field::Credit),
            (fields.language_words, query::Field::Language),
            (fields.url_words, query::Field::Url),
        ];
        for (field, of_query) in stated {
            zones::stated(of_query, metadata).iter().for_each(|value| document.add_text(field, value));
        }
        document.add_text(fields.path_words, text::parted_at_marks(&entry.key.file.path));
        document.add_text(fields.id, article.claimed_id());
        self.add_sentences(headline, &article.body.text, &record, &mut document);
        document.add_text(fields.key, entry.key.to_string());
        let published = metadata.published.as_ref().map(|published| published.value.wall_seconds());
        if let Some(seconds) = published {
            document.add_i64(fields.published, seconds);
        }
        document.add_i64(fields.day, published.map_or(UNDATED, day_of));
        if let Some(language) = &metadata.language {
            document.add_text(fields.language, &language.value);
        }
        self.add_columns(entry, &mut document);
        let len_bytes = article.body.text.len() + packed.len() + entry.fingerprint.samples.len() * NUMBER_LEN_BYTES + 1024;
        (document, len_bytes)
    }

    fn add_sentences(&self, headline: &str, text: &str, record: &Record, document: &mut TantivyDocument) {
        let sentences = article::sentences_of(text);
        let mut keys: Vec<SentenceKey> = reuse::keyed(text, &sentences).into_iter().map(|sentence| sentence.key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| document.add_u64(self.fields.sentences, key.0));
        let bounded = Bounded { headline, text, lede: record.lede(text), sentences: &sentences };
        document.add_text(self.fields.bounds, bounds::written(&bounded));
    }

    fn add_columns(&self, entry: &IndexEntry, document: &mut TantivyDocument) {
        let fields = &self.fields;
        document.add_u64(fields.digest, entry.fingerprint.digest);
        document.add_u64(fields.words, u64::from(entry.fingerprint.words));
        document.add_u64(fields.content, entry.content_hash);
        for sample in &entry.fingerprint.samples {
            document.add_u64(fields.samples, u64::from(*sample));
        }
        for centre in &entry.grouping.centres {
            document.add_u64(fields.centres, *centre);
        }
        for group in &entry.grouping.former_groups {
            document.add_u64(fields.former_groups, group.0);
        }
        for line in entry.edges.hashes() {
            document.add_u64(fields.edges, u64::from(*line));
        }
        for nameplate in &entry.article.nameplates {
            document.add_text(fields.nameplates, nameplate);
        }
        if entry.name.is_some() {
            let stated = entry.article.metadata.source.as_ref().map_or(0, |source| text::hash_of_words(&source.value));
            document.add_u64(fields.stated_source, stated);
        }
        if !entry.trimmed.is_empty() {
            document.add_u64(fields.trim, columns::trim_number(&entry.trimmed));
        }
        if let Some(url) = &entry.article.metadata.url {
            document.add_u64(fields.url, text::hash_of_bytes(&url.value));
        }
        if let Some(state) = &entry.file_state {
            document.add_bytes(fields.file, &columns::file_state_bytes(state));
        }
        if let Some(membership) = &entry.grouping.membership {
            document.add_u64(fields.group, membership.group.0);
            if let Some(tie) = &membership.tie {
                document.add_u64(fields.relation, columns::relation_number(tie.relation));
                document.add_u64(fields.overlap, columns::overlap_number(tie));
            }
        }
    }
}

impl IndexWriter for TantivyWriter {
    fn clear(&mut self) -> Result<(), Error> {
        self.writer.delete_all_documents().map_err(|error| self.failed(error))?;
        Ok(())
    }

    fn remove(&mut self, key: &ArticleKey) {
        self.writer.delete_term(Term::from_field_text(self.documents.fields.key, &key.to_string()));
    }

    fn add(&mut self, entry: &IndexEntry) -> Result<(), Error> {
        let (document, len_bytes) = self.documents.document(entry);
        self.writer.add_document(self.queue.admit(document, len_bytes)).map_err(|error| self.failed(error))?;
        Ok(())
    }

    fn commit(mut self: Box<Self>, folders: &[Folder]) -> Result<(), Error> {
        let note = CommitNote { dateline_format: FORMAT_VERSION, folders: folders.to_vec() };
        let note = serde_json::to_string(&note).expect("a note is made of strings and numbers");
        let prepared = self.writer.prepare_commit().and_then(|mut prepared| {
            prepared.set_payload(&note);
            prepared.commit()
        });
        prepared.map_err(|error| self.failed(error))?;
        // The new state is on the disk: what fails from here on costs room and time, and the next update makes it good.
        let _ = self.writer.garbage_collect_files().wait();
        let _ = self.writer.wait_merging_threads();
        drop(self.index);
        Ok(())
    }
}

fn budget(coming_bytes: u64) -> usize {
    usize::try_from(coming_bytes.clamp(BUDGET_LEN_BYTES.start, BUDGET_LEN_BYTES.end)).unwrap_or(usize::MAX)
}
