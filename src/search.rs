//! The contract between whoever asks and the engine that answers: requests, responses, and what an index keeps of an article.
//!
//! Nothing here says how it is done. [`Searcher`] answers questions about one committed state of an index; [`IndexWriter`]
//! makes the next state, which becomes visible as a whole or not at all.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Metadata, Trim, Trimmed};
use crate::dedup::{Fingerprint, Tie};
use crate::error::Error;
use crate::formats::FieldMap;
use crate::moment::Moment;
use crate::passage::Passage;
use crate::recurring::EdgeLines;
use crate::text;

mod request;

pub use request::{Collapse, Copies, Filter, Order, Passages, SearchRequest, Totals};

/// A folder that an index remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Its number in this index; a folder keeps it for good.
    pub number: u32,
    /// Where it is, as an absolute path.
    pub location: String,
    /// Which columns of its files hold which fields, as its keeper says.
    #[serde(default, skip_serializing_if = "FieldMap::is_empty")]
    pub map: FieldMap,
}

/// A file of a remembered folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileKey {
    /// The folder's number.
    pub folder: u32,
    /// The file's path in it, with `/` between its parts.
    pub path: String,
}

/// The one name of an article in an index: its file and which document of the file it is, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleKey {
    /// The file.
    pub file: FileKey,
    /// Which document of the file, from 1.
    pub ordinal: u32,
}

impl ArticleKey {
    /// Reads what [`ArticleKey`] prints as; `None` if the text is not one.
    pub fn read(text: &str) -> Option<Self> {
        let (folder, rest) = text.split_once('/')?;
        let (path, ordinal) = rest.rsplit_once('#')?;
        Some(ArticleKey { file: FileKey { folder: folder.parse().ok()?, path: path.to_owned() }, ordinal: ordinal.parse().ok()? })
    }

    /// Hashes the key; the same on every machine and for good.
    pub fn hash(&self) -> u64 {
        text::hash_of_bytes(&self.to_string())
    }
}

impl fmt::Display for ArticleKey {
    /// Writes folder, path and ordinal: `0/wire/storm.jsonl#2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}#{}", self.file.folder, self.file.path, self.ordinal)
    }
}

/// What tells whether a file has changed since it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileState {
    /// Its length.
    pub len_bytes: u64,
    /// Nanoseconds since 1970 of its last change.
    pub modified_ns: i64,
    /// XXH3 of its bytes.
    pub content_hash: u64,
}

/// The name of a group of articles that are the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub u64);

impl GroupId {
    /// Returns the group that an article represents: a hash of its key.
    pub fn of(representative: &ArticleKey) -> Self {
        GroupId(representative.hash())
    }
}

impl GroupId {
    /// Returns the ids that start with these hexadecimal digits, 16 at most; `None` if the text is something else.
    pub fn range_of(digits: &str) -> Option<RangeInclusive<GroupId>> {
        let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let open_bits = 4 * 16_usize.checked_sub(digits.len())?;
        let given = u64::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?;
        // One digit at least was read, so that not all bits are open.
        Some(GroupId(given << open_bits)..=GroupId(given << open_bits | ((1 << open_bits) - 1)))
    }
}

impl fmt::Display for GroupId {
    /// Writes 16 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// An article's place in a group of two or more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Membership {
    /// The group.
    pub group: GroupId,
    /// How it relates to the representative; `None` for the representative itself.
    pub tie: Option<Tie>,
}

/// Where an article stands among the others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grouping {
    /// Its group, when there are others in it.
    pub membership: Option<Membership>,
    /// The articles whose text it has, as hashes of their keys (see [`ArticleKey::hash`]), best first; empty where that is
    /// itself alone.
    pub centres: Vec<u64>,
    /// The groups that it was in before, the latest last, so that an id which someone has noted still leads to it.
    pub former_groups: Vec<GroupId>,
}

impl Grouping {
    /// Returns the group of an article that stands so: its own, if there are no others in it.
    pub fn group(&self, key: &ArticleKey) -> GroupId {
        self.membership.map_or_else(|| GroupId::of(key), |membership| membership.group)
    }
}

/// All that an index keeps of one article.
#[derive(Debug, Clone)]
pub struct IndexEntry {
    /// Its one name.
    pub key: ArticleKey,
    /// What was read.
    pub article: Article,
    /// Where its passages are, in order.
    pub passages: Vec<Passage>,
    /// What finds its near-copies.
    pub fingerprint: Fingerprint,
    /// Changes when anything that was read of it changes.
    pub content_hash: u64,
    /// On a file's first article: the state of the file when it was read.
    pub file_state: Option<FileState>,
    /// Where it stands among the others.
    pub grouping: Grouping,
    /// The lines at the ends of its whole body; empty where its keeper marked the body.
    pub edges: EdgeLines,
    /// What was left out of the body since it recurs on the outlet's other pages; the fingerprint is that of the whole.
    pub trimmed: Trimmed,
    /// The outlet's name, where only its other pages tell it; it stands above what the article states.
    pub name: Option<String>,
}

/// What an update needs to know of an article that is in the index.
#[derive(Debug, Clone)]
pub struct KnownArticle {
    /// Its one name.
    pub key: ArticleKey,
    /// See [`IndexEntry::content_hash`].
    pub content_hash: u64,
    /// See [`Fingerprint`]: the hash of its words.
    pub digest: u64,
    /// The number of its words.
    pub words: u32,
    /// Wall-clock seconds of its publication; see [`Moment::wall_seconds`].
    pub published_seconds: Option<i64>,
    /// Hashes of its outlet's name and of its address, where known.
    pub identity: Identity,
    /// See [`IndexEntry::file_state`].
    pub file_state: Option<FileState>,
    /// Where it stands among the others.
    pub grouping: Grouping,
    /// See [`IndexEntry::edges`].
    pub edges: EdgeLines,
    /// How many paragraphs are left out at the two ends of its body; see [`IndexEntry::trimmed`].
    pub trim: Trim,
    /// See [`Article::nameplates`].
    pub nameplates: Vec<String>,
    /// See [`IndexEntry::name`].
    pub name: Option<String>,
}

/// What tells that two articles come from the same outlet or the same page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Identity {
    /// Hash of the outlet's folded name, as the article itself states it.
    pub source: Option<u64>,
    /// Hash of the address.
    pub url: Option<u64>,
}

/// The articles of an index as an update sees them.
///
/// Articles are named by their position in [`Catalog::articles`].
pub trait Catalog: Send + Sync {
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

/// What is answered.
#[derive(Debug, Clone)]
pub struct SearchResponse {
    /// The hits, best first, at most one a group.
    pub hits: Vec<Hit>,
    /// How many articles match.
    pub articles_total: u64,
    /// How many groups they are in; an article without copies is its own group.
    pub groups_total: u64,
    /// How many match but for a date filter, because nothing says when they were published.
    pub undated_left_out: u64,
    /// How long it took.
    pub took: Duration,
}

/// One article that answers, standing for its group.
#[derive(Debug, Clone)]
pub struct Hit {
    /// BM25 of the best matching article of the group; 0 when ordered by date.
    pub score: f32,
    /// The article shown: the group's representative if it matches, else the best that does.
    pub article: ArticleSummary,
    /// What matched in its headline, as byte ranges, in order and apart; empty unless passages are asked for.
    pub headline_highlights: Vec<Range<usize>>,
    /// Its group.
    pub group: GroupSummary,
    /// The other articles of the group, earliest first; empty unless asked for.
    pub copies: Vec<Copied>,
    /// The best passage; empty unless asked for.
    pub passages: Vec<PassageHit>,
}

/// What is told of an article without its text.
#[derive(Debug, Clone)]
pub struct ArticleSummary {
    /// The id it claims; see the contract.
    pub id: String,
    /// Where it is.
    pub key: ArticleKey,
    /// What is known about it.
    pub metadata: Metadata,
}

/// What is told of a group without its articles.
#[derive(Debug, Clone)]
pub struct GroupSummary {
    /// The group.
    pub id: GroupId,
    /// How many articles are in it.
    pub articles: u32,
    /// The outlets of its other articles, earliest first, each once.
    pub other_sources: Vec<String>,
    /// How many outlets are in it; articles without a source count as none.
    pub sources: u32,
    /// When the earliest of its articles was published.
    pub earliest: Option<Moment>,
}

/// An article of a group beside the one that is shown.
#[derive(Debug, Clone)]
pub struct Copied {
    /// The article.
    pub article: ArticleSummary,
    /// How it relates to the representative; `None` if it is the representative.
    pub tie: Option<Tie>,
}

/// A passage that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageHit {
    /// Its text; paragraphs are parted by a blank line.
    pub text: String,
    /// How well it answers, within its article.
    pub score: f32,
    /// Where it stands in the article's body.
    pub body_bytes: Range<usize>,
    /// First and last line in the file, where the file holds it as such.
    pub lines: Option<(u32, u32)>,
    /// Bytes in the file, where the file holds it as such.
    pub bytes: Option<Range<usize>>,
    /// What matched, as byte ranges of `text`, in order and apart.
    pub highlights: Vec<Range<usize>>,
}

/// A whole article as the index keeps it.
#[derive(Debug, Clone)]
pub struct StoredArticle {
    /// The article.
    pub entry: IndexEntry,
    /// The other articles of its group, earliest first.
    pub copies: Vec<Copied>,
    /// Its group.
    pub group: GroupSummary,
}

/// An article in a listing of groups.
#[derive(Debug, Clone)]
pub struct Grouped {
    /// The article.
    pub article: ArticleSummary,
    /// Its group: its own when it has no copies.
    pub group: GroupId,
    /// How it relates to the representative; `None` for the representative itself.
    pub tie: Option<Tie>,
}

/// The groups that an id, or what it starts with, stands for.
#[derive(Debug, Clone, Default)]
pub struct NamedGroups {
    /// The groups that have such an id, by id.
    pub present: Vec<Vec<Grouped>>,
    /// The groups that hold articles of one that had such an id, by id: what it was merged with, or the parts it was split into.
    pub successors: Vec<Vec<Grouped>>,
}

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Articles.
    pub articles: u64,
    /// Groups, an article without copies counted as one.
    pub groups: u64,
    /// Articles beyond the first of each group.
    pub copies: u64,
    /// Articles without a date of publication.
    pub undated: u64,
    /// Articles without a source.
    pub without_source: u64,
    /// Parts of the index that are searched one after the other.
    pub segments: u64,
    /// Bytes on disk.
    pub len_bytes: u64,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back() {
        for (path, ordinal) in [("a.txt", 1), ("deep/er #3.txt", 2), ("x/y#1", 7)] {
            let key = ArticleKey { file: FileKey { folder: 3, path: path.to_owned() }, ordinal };
            assert_eq!(ArticleKey::read(&key.to_string()), Some(key));
        }
        assert_eq!(ArticleKey::read("no key"), None);
    }

    #[test]
    fn ids_of_groups_are_found_by_their_first_digits() {
        let check = |digits: &str, expected: Option<(u64, u64)>| {
            let found = GroupId::range_of(digits).map(|ids| (ids.start().0, ids.end().0));
            assert_eq!(found, expected, "{digits}");
        };
        check("00ff00ff00ff00ff", Some((0x00ff_00ff_00ff_00ff, 0x00ff_00ff_00ff_00ff)));
        check("aBc", Some((0xabc0_0000_0000_0000, 0xabcf_ffff_ffff_ffff)));
        ["", "+abc", "abcg", "00ff00ff00ff00ff0"].into_iter().for_each(|digits| check(digits, None));
    }
}
