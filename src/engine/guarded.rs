//! What stands between a damaged file and whoever asks.
//!
//! The files of an index are mapped into memory and believed; checking them all before each question would take longer than any answer. Where
//! one has been damaged, the library below may come upon numbers that cannot be and panic. That is caught here, the files are checked then, and
//! the answer is an error that names the damaged one.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::tantivy::{broken, check_files, damaged};
use crate::error::{Error, ErrorKind};
use crate::search::{
    ArticleKey, ArticleSummary, Auditor, Catalog, Folder, GroupId, Grouped, IndexEntry, KnownArticle, NamedGroups, SearchRequest,
    SearchResponse, Searcher, Statistics, StoredArticle,
};

/// A reader of an index whose panics become errors.
pub struct Guarded<R> {
    folder: PathBuf,
    reader: R,
}

impl<R> Guarded<R> {
    /// Guards a reader of the index in a folder.
    pub fn new(folder: &Path, reader: R) -> Self {
        Guarded { folder: folder.to_path_buf(), reader }
    }

    fn read<T>(&self, read: impl FnOnce(&R) -> Result<T, Error>) -> Result<T, Error> {
        guarded(&self.folder, || read(&self.reader))
    }
}

/// Does something with the index in a folder; a panic, or what else a damaged file led to, becomes an error that names the file.
///
/// # Errors
///
/// Those of the work itself, and [`ErrorKind::IndexBroken`].
pub fn guarded<T>(folder: &Path, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Err(error)) if error.kind().is_of_unusable_index() || error.kind() == ErrorKind::Io => Err(damage(folder).unwrap_or(error)),
        Ok(outcome) => outcome,
        Err(_) => Err(damage(folder).unwrap_or_else(|| broken(folder, "it cannot be read, though its files are as they were written"))),
    }
}

/// Looks for the file that is to blame.
fn damage(folder: &Path) -> Option<Error> {
    match check_files(folder) {
        Ok(check) => check.damaged.first().map(|first| damaged(folder, &first.name, &first.cause)),
        Err(error) => (error.kind() == ErrorKind::IndexUnreadable).then_some(error),
    }
}

impl<R: Searcher> Searcher for Guarded<R> {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        self.read(|reader| reader.search(request))
    }

    fn articles(&self, id: &str) -> Result<Vec<StoredArticle>, Error> {
        self.read(|reader| reader.articles(id))
    }

    fn groups_named(&self, ids: RangeInclusive<GroupId>) -> Result<NamedGroups, Error> {
        self.read(|reader| reader.groups_named(ids))
    }

    fn groups(&self) -> Result<Vec<Grouped>, Error> {
        self.read(Searcher::groups)
    }

    fn visit(&self, visit: &mut dyn FnMut(ArticleSummary, &str)) -> Result<(), Error> {
        self.read(|reader| reader.visit(visit))
    }

    fn nearest_spelling(&self, word: &str) -> Result<Option<String>, Error> {
        self.read(|reader| reader.nearest_spelling(word))
    }

    fn articles_with(&self, word: &str) -> Result<u64, Error> {
        self.read(|reader| reader.articles_with(word))
    }

    fn telling_words(&self, article: &ArticleKey) -> Result<Vec<String>, Error> {
        self.read(|reader| reader.telling_words(article))
    }

    fn sample(&self, count: usize) -> Result<Vec<IndexEntry>, Error> {
        self.read(|reader| reader.sample(count))
    }

    fn statistics(&self) -> Result<Statistics, Error> {
        self.read(Searcher::statistics)
    }

    fn folders(&self) -> &[Folder] {
        self.reader.folders()
    }
}

impl<R: Catalog> Catalog for Guarded<R> {
    fn is_current(&self) -> bool {
        self.reader.is_current()
    }

    fn folders(&self) -> &[Folder] {
        self.reader.folders()
    }

    fn articles(&self) -> &[KnownArticle] {
        self.reader.articles()
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        self.read(|reader| reader.scan_samples(visit))
    }

    fn body(&self, article: usize) -> Result<Cow<'_, str>, Error> {
        guarded(&self.folder, || self.reader.body(article))
    }

    fn entry(&self, article: usize) -> Result<IndexEntry, Error> {
        self.read(|reader| reader.entry(article))
    }

    fn claimants(&self, id: &str) -> Result<Vec<ArticleKey>, Error> {
        self.read(|reader| reader.claimants(id))
    }

    fn audit(&self, auditor: &dyn Auditor) -> Result<(), Error> {
        self.read(|reader| reader.audit(auditor))
    }

    fn statistics(&self) -> Result<Statistics, Error> {
        self.read(Catalog::statistics)
    }
}
