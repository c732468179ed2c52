//! The contract between whoever asks and the engine that answers: requests, responses, and what an index keeps of an article.
//!
//! Nothing here says how it is done. [`Searcher`] answers questions about one committed state of an index; [`IndexWriter`]
//! makes the next state, which becomes visible as a whole or not at all.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::error::Error;

mod check;
mod deadline;
mod entry;
mod explanation;
mod facets;
mod request;
mod response;

pub use check::{Auditor, DamagedFile, Fault, FaultKind, FaultPlace, FileCheck, Mend};
pub use deadline::Deadline;
pub use entry::{ArticleKey, FileKey, FileState, Folder, GroupId, Grouping, Identity, IndexEntry, KnownArticle, Membership};
pub use explanation::{Explanation, ScorePart, ScoreSource};
pub use facets::{Facet, FacetCount, FacetField};
pub use request::{Collapse, Copies, Explanations, Filter, Order, Passages, Representative, SearchRequest, Spread, Totals, Undated};
pub use response::{
    ArticleSummary, Copied, Elsewhere, Extent, GroupSummary, Grouped, Hit, NamedGroups, PassageHit, SearchResponse, ShownAbove, Statistics,
    StoredArticle, TooWide,
};

/// The articles of an index as an update sees them.
///
/// Articles are named by their position in [`Catalog::articles`].
pub trait Catalog: Send + Sync {
    /// Tells whether what it shows is still the last committed state of the index.
    fn is_current(&self) -> bool;
    /// Returns the folders that the index remembers.
    fn folders(&self) -> &[Folder];
    /// Returns all articles, in no particular order.
    fn articles(&self) -> &[KnownArticle];
    /// Visits the sampled shingles of all articles, each article once.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error>;
    /// Returns the text of an article's whole body, with what was left out at its ends.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn body(&self, article: usize) -> Result<Cow<'_, str>, Error>;
    /// Returns all that the index keeps of an article.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn entry(&self, article: usize) -> Result<IndexEntry, Error>;
    /// Returns the articles that claim this id, as their keys.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn claimants(&self, id: &str) -> Result<Vec<ArticleKey>, Error>;
    /// Goes through all articles, and compares what columns and posting lists have of each with what its text and its record
    /// give. Articles are told in no particular order, from several threads; one that cannot be put together is a fault alone.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn audit(&self, auditor: &dyn Auditor) -> Result<(), Error>;
    /// Tells what the index holds.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn statistics(&self) -> Result<Statistics, Error>;
}

/// Makes the next state of an index.
///
/// Nothing is visible to anyone before [`IndexWriter::commit`]; dropped without it, the index stays as it was.
pub trait IndexWriter {
    /// Takes everything out.
    ///
    /// # Errors
    ///
    /// When the index cannot be written.
    fn clear(&mut self) -> Result<(), Error>;
    /// Takes an article out; one that is not there is no error.
    fn remove(&mut self, key: &ArticleKey);
    /// Adds an article; an article of the same key must have been removed before.
    ///
    /// # Errors
    ///
    /// When the index cannot be written.
    fn add(&mut self, entry: &IndexEntry) -> Result<(), Error>;
    /// Makes all changes visible at once.
    ///
    /// # Errors
    ///
    /// When the index cannot be written; it is then as it was before.
    fn commit(self: Box<Self>, folders: &[Folder]) -> Result<(), Error>;
}

/// Answers questions about one committed state of an index.
pub trait Searcher: Send + Sync {
    /// Answers a request.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error>;
    /// Returns the articles that claim an id, else the one of this key, else those of this path, with their groups.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn articles(&self, id: &str) -> Result<Vec<StoredArticle>, Error>;
    /// Returns the groups whose id lies in a range: of those that are in the index, else of those that were, where their articles
    /// are now; each as its articles, the representative first, then by date and id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn groups_named(&self, ids: RangeInclusive<GroupId>) -> Result<NamedGroups, Error>;
    /// Returns every article with its group, ordered by group, the representative first, then by date and id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn groups(&self) -> Result<Vec<Grouped>, Error>;
    /// Visits every article with the text of its body, each once, in no particular order.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn visit(&self, visit: &mut dyn FnMut(ArticleSummary, &str)) -> Result<(), Error>;
    /// Returns a word of the index that is spelled nearly like this one and is used more often; `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn nearest_spelling(&self, word: &str) -> Result<Option<String>, Error>;
    /// Tells in how many articles a word occurs in any of its forms.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn articles_with(&self, word: &str) -> Result<u64, Error>;
    /// Returns the words that tell an article from most others, the most telling first: rare ones that it repeats, or has in its
    /// headline.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn telling_words(&self, article: &ArticleKey) -> Result<Vec<String>, Error>;
    /// Returns the bodies of about this many articles, spread evenly over the index, always the same ones.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn sample(&self, count: usize) -> Result<Vec<IndexEntry>, Error>;
    /// Tells what the index holds.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    fn statistics(&self) -> Result<Statistics, Error>;
    /// Returns the folders that the index remembers.
    fn folders(&self) -> &[Folder];
}
