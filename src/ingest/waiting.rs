//! Articles that are read and wait to be grouped and written: what grouping looks at is held in memory, their texts beyond a
//! budget wait in a file, so that memory does not grow with what is read.
//!
//! The file has no name: it lies in the folder of the index, and is gone with the process however that ends.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::article::{Article, Trim, claimed_id};
use crate::dedup::{Fingerprint, Standing};
use crate::error::{Error, ErrorKind};
use crate::passage::{self, Passage};
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, FileState, Grouping, IndexEntry};
use crate::text;

/// Texts of so many bytes are held in memory before others are put into the file: an update of a few thousand articles needs
/// none.
const HELD_BYTES_MAX: usize = 48 << 20;

/// Articles in the order of folders, paths and documents.
pub struct Waiting {
    folder: PathBuf,
    articles: Vec<WaitingArticle>,
    held_bytes_max: usize,
    held_bytes: usize,
    file: Option<Mutex<File>>,
    file_end: u64,
}

/// What is known of an article that waits, its text left aside.
pub struct WaitingArticle {
    /// Its one name.
    pub key: ArticleKey,
    /// The document's own id.
    pub own_id: Option<String>,
    /// What decides its standing among its copies.
    pub standing: Standing,
    /// See [`IndexEntry::fingerprint`].
    pub fingerprint: Fingerprint,
    /// See [`IndexEntry::content_hash`].
    pub content_hash: u64,
    /// See [`IndexEntry::file_state`].
    pub file_state: Option<FileState>,
    /// See [`IndexEntry::grouping`].
    pub grouping: Grouping,
    /// See [`IndexEntry::edges`].
    pub edges: EdgeLines,
    /// How many paragraphs at the two ends of its body are left out as recurring lines.
    pub trim: Trim,
    /// See [`Article::nameplates`].
    pub nameplates: Vec<String>,
    /// See [`IndexEntry::name`].
    pub name: Option<String>,
    text: Text,
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
}

impl Waiting {
    /// Makes room for articles; a file for their texts is made in the folder of the index when it is needed.
    pub fn new(folder: &Path) -> Self {
        Self::holding(folder, HELD_BYTES_MAX)
    }

    fn holding(folder: &Path, held_bytes_max: usize) -> Self {
        Waiting { folder: folder.to_path_buf(), articles: Vec::new(), held_bytes_max, held_bytes: 0, file: None, file_end: 0 }
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
    /// When the file for texts cannot be written.
    pub fn push(&mut self, entry: IndexEntry) -> Result<(), Error> {
        let standing = standing(&entry);
        let IndexEntry { key, article, passages, fingerprint, content_hash, file_state, grouping, edges, .. } = entry;
        let own_id = article.own_id.clone();
        let nameplates = article.nameplates.clone();
        let body_bytes = article.body.text.len();
        let text = if self.held_bytes + body_bytes <= self.held_bytes_max {
            self.held_bytes += body_bytes;
            Text::Held(Box::new((article, passages)))
        } else {
            self.filed(article, &passages)?
        };
        self.articles.push(WaitingArticle {
            key,
            own_id,
            standing,
            fingerprint,
            content_hash,
            file_state,
            grouping,
            edges,
            trim: Trim::default(),
            nameplates,
            name: None,
            text,
        });
        Ok(())
    }

    /// Forgets the articles from this one on.
    pub fn truncate(&mut self, count: usize) {
        self.articles.truncate(count);
    }

    fn filed(&mut self, mut article: Article, passages: &[Passage]) -> Result<Text, Error> {
        let failed = |error| Error::io("write", self.folder.display().to_string(), error);
        if self.file.is_none() {
            self.file = Some(Mutex::new(tempfile::tempfile_in(&self.folder).map_err(failed)?));
        }
        let body = std::mem::take(&mut article.body.text);
        article.furniture = Vec::new();
        let rest = serde_json::to_vec(&(&article, passages)).expect("an article is made of strings and numbers");
        let file = self.file.as_ref().expect("the file was made above");
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = self.file_end;
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        file.write_all(body.as_bytes()).map_err(failed)?;
        file.write_all(&rest).map_err(failed)?;
        self.file_end = offset + (body.len() + rest.len()) as u64;
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
            Text::Filed { offset, body_bytes, .. } => self.text_at(*offset, *body_bytes).map(Cow::Owned),
        }
    }

    fn text_at(&self, offset: u64, len_bytes: usize) -> Result<String, Error> {
        String::from_utf8(self.bytes_at(offset, len_bytes)?).map_err(|_| self.damaged())
    }

    fn bytes_at(&self, offset: u64, len_bytes: usize) -> Result<Vec<u8>, Error> {
        let failed = |error| Error::io("read", self.folder.display().to_string(), error);
        let Some(file) = &self.file else { return Err(self.damaged()) };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; len_bytes];
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        file.read_exact(&mut bytes).map_err(failed)?;
        Ok(bytes)
    }

    fn damaged(&self) -> Error {
        Error::new(ErrorKind::Io, "read", self.folder.display().to_string(), "the texts that waited there have changed")
    }

    /// Takes an article out, ready to be written: with its place, and with its recurring lines left out.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn take(&mut self, number: usize) -> Result<IndexEntry, Error> {
        let nothing = Text::Filed { offset: 0, body_bytes: 0, rest_bytes: 0 };
        let (mut article, mut passages) = match std::mem::replace(&mut self.articles[number].text, nothing) {
            Text::Held(held) => *held,
            Text::Filed { offset, body_bytes, rest_bytes } => {
                let mut bytes = self.bytes_at(offset, body_bytes + rest_bytes)?;
                let rest = bytes.split_off(body_bytes);
                let (mut article, passages): (Article, Vec<Passage>) = serde_json::from_slice(&rest).map_err(|_| self.damaged())?;
                article.body.text = String::from_utf8(bytes).map_err(|_| self.damaged())?;
                (article, passages)
            }
        };
        let waiting = &mut self.articles[number];
        let trimmed = article.body.trim(waiting.trim);
        if !trimmed.is_empty() {
            passages = passage::split(&article.body);
        }
        Ok(IndexEntry {
            key: waiting.key.clone(),
            article,
            passages,
            fingerprint: std::mem::take(&mut waiting.fingerprint),
            content_hash: waiting.content_hash,
            file_state: waiting.file_state,
            grouping: std::mem::take(&mut waiting.grouping),
            edges: std::mem::take(&mut waiting.edges),
            trimmed,
            name: waiting.name.take(),
        })
    }
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
                origin: Origin { path: file.path.clone(), ordinal, own_id: Some(format!("r{ordinal}")), member: None },
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
        let file = FileKey { folder: 0, path: "a.jsonl".to_owned() };
        let entries = documents(&file);
        for held_bytes_max in [0, 700, usize::MAX] {
            let mut waiting = Waiting::holding(folder.path(), held_bytes_max);
            entries.iter().for_each(|entry| waiting.push(entry.clone()).unwrap());
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
