//! Articles that are read and wait to be grouped and written: what grouping looks at again and again is held in memory; their
//! texts and samples beyond a budget wait in files, so that memory grows little with what is read.

use std::borrow::Cow;
use std::path::Path;

use super::spill::{ReadAhead, Spill};
use crate::article::{Article, Trim, claimed_id};
use crate::dedup::{Fingerprint, Standing};
use crate::error::Error;
use crate::passage::{self, Passage};
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, FileState, Grouping, IndexEntry};
use crate::text;

/// Texts of so many bytes are held in memory before others are put into a file: an update of a thousand articles needs none.
const HELD_BYTES_MAX: usize = 16 << 20;

/// What an article takes that is held, beside its body: itself, its metadata, its passages. Of a million articles of one word each it is
/// nearly all: with bodies alone counted they took 1.5 GB.
const BESIDE_BODY_BYTES: usize = 1 << 10;

/// Samples of so many bytes are held before they are put into a file: those of 25,000 articles.
const SAMPLE_BYTES_MAX: usize = 8 << 20;

/// Texts that are put into their file are written by so many bytes.
const WRITTEN_AT_ONCE_BYTES: usize = 1 << 18;

/// Articles in the order of folders, paths and documents.
pub struct Waiting {
    articles: Vec<WaitingArticle>,
    held_bytes_max: usize,
    held_bytes: usize,
    texts: Spill,
    texts_ahead: ReadAhead,
    samples: Spill,
    samples_ahead: ReadAhead,
}

/// What is known of an article that waits, its text and its samples left aside.
pub struct WaitingArticle {
    /// Its one name.
    pub key: ArticleKey,
    /// The document's own id.
    pub own_id: Option<Box<str>>,
    /// What decides its standing among its copies.
    pub standing: Standing,
    /// See [`Fingerprint::digest`].
    pub digest: u64,
    /// See [`IndexEntry::content_hash`].
    pub content_hash: u64,
    /// See [`IndexEntry::file_state`].
    pub file_state: Option<Box<FileState>>,
    /// See [`IndexEntry::grouping`].
    pub grouping: Grouping,
    /// See [`IndexEntry::edges`].
    pub edges: EdgeLines,
    /// How many paragraphs at the two ends of its body are left out as recurring lines.
    pub trim: Trim,
    /// See [`Article::nameplates`].
    pub nameplates: Box<[String]>,
    /// See [`IndexEntry::name`].
    pub name: Option<Box<str>>,
    text: Text,
    samples_at: u64,
    sample_count: u32,
}

enum Text {
    Held(Box<(Article, Vec<Passage>)>),
    /// The body's text, then the rest as JSON.
    Filed {
        offset: u64,
        body_bytes: usize,
        rest_bytes: usize,
    },
}

impl WaitingArticle {
    /// Returns the id that the article claims.
    pub fn claimed_id(&self) -> String {
        claimed_id(self.own_id.as_deref(), &self.key.file.path, self.key.ordinal)
    }

    fn sample_bytes(&self) -> usize {
        self.sample_count as usize * size_of::<u32>()
    }
}

impl Waiting {
    /// Makes room for articles; files for their texts and samples are made in the folder of the index when they are needed.
    pub fn new(folder: &Path) -> Self {
        Self::holding(folder, HELD_BYTES_MAX, SAMPLE_BYTES_MAX)
    }

    fn holding(folder: &Path, held_bytes_max: usize, sample_bytes_max: usize) -> Self {
        Waiting {
            articles: Vec::new(),
            held_bytes_max,
            held_bytes: 0,
            texts: Spill::new(folder, WRITTEN_AT_ONCE_BYTES),
            texts_ahead: ReadAhead::default(),
            samples: Spill::new(folder, sample_bytes_max),
            samples_ahead: ReadAhead::default(),
        }
    }

    /// Returns the articles.
    pub fn articles(&self) -> &[WaitingArticle] {
        &self.articles
    }

    /// Returns the articles, to be given their place.
    pub fn articles_mut(&mut self) -> &mut [WaitingArticle] {
        &mut self.articles
    }

    /// Takes an article in.
    ///
    /// # Errors
    ///
    /// When the files for texts and samples cannot be written.
    pub fn push(&mut self, entry: IndexEntry) -> Result<(), Error> {
        let standing = standing(&entry);
        let IndexEntry { key, article, passages, fingerprint, content_hash, file_state, grouping, edges, .. } = entry;
        // What stays is copied, so that what a batch took, which another thread may have made, can be given back as a whole.
        let (key, edges) = (key.clone(), edges.clone());
        let own_id = article.own_id.as_deref().map(Box::from);
        let nameplates = article.nameplates.clone().into_boxed_slice();
        let samples: Vec<u8> = fingerprint.samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        let samples_at = self.samples.push(&samples)?;
        let body_bytes = article.body.text.len();
        let text = if self.held_bytes + body_bytes + BESIDE_BODY_BYTES <= self.held_bytes_max {
            self.held_bytes += body_bytes + BESIDE_BODY_BYTES;
            Text::Held(Box::new((article, passages)))
        } else {
            self.filed(article, &passages)?
        };
        self.articles.push(WaitingArticle {
            key,
            own_id,
            standing,
            digest: fingerprint.digest,
            content_hash,
            file_state: file_state.map(Box::new),
            grouping,
            edges,
            trim: Trim::default(),
            nameplates,
            name: None,
            text,
            samples_at,
            sample_count: u32::try_from(fingerprint.samples.len()).expect("fewer samples than words, which are counted in 32 bits"),
        });
        Ok(())
    }

    /// Forgets the articles from this one on.
    pub fn truncate(&mut self, count: usize) {
        self.articles.truncate(count);
    }

    fn filed(&mut self, mut article: Article, passages: &[Passage]) -> Result<Text, Error> {
        let body = std::mem::take(&mut article.body.text);
        let rest = serde_json::to_vec(&(article, passages)).expect("an article is made of strings and numbers");
        let offset = self.texts.push(body.as_bytes())?;
        // The rest is pushed to where the body ends: no file is written between the two.
        self.texts.push_more(&rest);
        Ok(Text::Filed { offset, body_bytes: body.len(), rest_bytes: rest.len() })
    }

    /// Returns the text of an article's body as it was read.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn body(&self, number: usize) -> Result<Cow<'_, str>, Error> {
        match &self.articles[number].text {
            Text::Held(held) => Ok(Cow::Borrowed(&held.0.body.text)),
            Text::Filed { offset, body_bytes, .. } => {
                let bytes = self.texts.at(*offset, *body_bytes)?;
                String::from_utf8(bytes).map(Cow::Owned).map_err(|_| self.texts.damaged())
            }
        }
    }

    /// Shows the samples of every article's fingerprint, in the order of articles.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        let (mut ahead, mut samples) = (ReadAhead::default(), Vec::new());
        for (number, article) in self.articles.iter().enumerate() {
            samples.clear();
            samples.extend(numbers(ahead.at(&self.samples, article.samples_at, article.sample_bytes())?));
            visit(number, &samples);
        }
        Ok(())
    }

    /// Takes an article out, ready to be written: with its place, and with its recurring lines left out. Nothing of it stays.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn take(&mut self, number: usize) -> Result<IndexEntry, Error> {
        let (mut article, mut passages) = self.take_text(number)?;
        let waiting = &mut self.articles[number];
        waiting.own_id = None;
        waiting.nameplates = Box::default();
        let samples = self.samples_ahead.at(&self.samples, waiting.samples_at, waiting.sample_bytes())?;
        let samples = numbers(samples).collect();
        let trimmed = article.body.trim(waiting.trim);
        if !trimmed.is_empty() {
            passages = passage::split(&article.body);
        }
        Ok(IndexEntry {
            key: ArticleKey { file: std::mem::take(&mut waiting.key.file), ..waiting.key },
            article,
            passages,
            fingerprint: Fingerprint { digest: waiting.digest, words: waiting.standing.words, samples },
            content_hash: waiting.content_hash,
            file_state: waiting.file_state.as_deref().copied(),
            grouping: std::mem::take(&mut waiting.grouping),
            edges: std::mem::take(&mut waiting.edges),
            trimmed,
            name: waiting.name.take().map(String::from),
        })
    }

    fn take_text(&mut self, number: usize) -> Result<(Article, Vec<Passage>), Error> {
        let nothing = Text::Filed { offset: 0, body_bytes: 0, rest_bytes: 0 };
        match std::mem::replace(&mut self.articles[number].text, nothing) {
            Text::Held(held) => Ok(*held),
            Text::Filed { offset, body_bytes, rest_bytes } => {
                let damaged = || self.texts.damaged();
                let bytes = self.texts_ahead.at(&self.texts, offset, body_bytes + rest_bytes)?;
                let (body, rest) = bytes.split_at(body_bytes);
                let (mut article, passages): (Article, Vec<Passage>) = serde_json::from_slice(rest).map_err(|_| damaged())?;
                article.body.text = std::str::from_utf8(body).map_err(|_| damaged())?.to_owned();
                Ok((article, passages))
            }
        }
    }
}

/// Reads numbers as [`Waiting::push`] writes them.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number))
}

fn standing(entry: &IndexEntry) -> Standing {
    let metadata = &entry.article.metadata;
    Standing {
        published: metadata.published.as_ref().map(|published| published.value.wall_seconds()),
        words: entry.fingerprint.words,
        source: metadata.source.as_ref().map(|source| text::hash_of_words(&source.value)),
        url: metadata.url.as_ref().map(|url| text::hash_of_bytes(&url.value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
    use crate::ingest::take_apart::Batch;
    use crate::search::FileKey;

    fn documents(file: &FileKey) -> Vec<IndexEntry> {
        let mut batch = Batch::new(file);
        for ordinal in 1..=20 {
            let block = |text: String| RawBlock { text, role: Role::Text, place: None };
            let field = RawField { name: FieldName::Headline, value: format!("Report {ordinal}"), from: Provenance::JsonField };
            batch.push(RawDocument {
                origin: Origin { path: file.path.to_string(), ordinal, own_id: Some(format!("r{ordinal}")), member: None },
                fields: vec![field],
                blocks: vec![
                    block(format!("The “first” part of {ordinal}, in Zürich.")),
                    block("The second part.".repeat(ordinal as usize)),
                ],
                layout: Layout::Body,
            });
        }
        batch.take().into_iter().map(|(entry, _)| entry).collect()
    }

    #[test]
    fn articles_come_back_from_memory_and_from_the_file_alike() {
        let folder = tempfile::tempdir().unwrap();
        let file = FileKey { folder: 0, path: "a.jsonl".into() };
        let entries = documents(&file);
        for held_bytes_max in [0, 5 * BESIDE_BODY_BYTES, usize::MAX] {
            let mut waiting = Waiting::holding(folder.path(), held_bytes_max, held_bytes_max / 10);
            entries.iter().for_each(|entry| waiting.push(entry.clone()).unwrap());
            let held = waiting.articles.iter().filter(|article| matches!(article.text, Text::Held(_))).count();
            assert!(held <= held_bytes_max / BESIDE_BODY_BYTES && (held_bytes_max == 0 || held > 0), "{held}");
            waiting.articles_mut()[3].trim = Trim { above: 1, below: 0 };
            for (number, entry) in entries.iter().enumerate().rev() {
                assert_eq!(waiting.body(number).unwrap(), entry.article.body.text);
                let taken = waiting.take(number).unwrap();
                let whole = taken.article.body.untrimmed(&taken.trimmed);
                assert_eq!((&whole, &taken.article.metadata), (&entry.article.body, &entry.article.metadata));
                assert_eq!((&taken.key, &taken.fingerprint, taken.content_hash), (&entry.key, &entry.fingerprint, entry.content_hash));
                assert_eq!(taken.passages == entry.passages, number != 3);
            }
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    }
}
