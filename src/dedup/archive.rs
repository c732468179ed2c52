//! What grouping needs of the place where articles are kept, and what it gives back.
//!
//! An *entry* is an article's number in the archive, from 0. The *canonical order* of articles decides which of a group
//! represents it: dated before undated, then the earliest published, then most words, then the smallest id. The *star order*
//! decides which text the others are compared with: fewest words first, then the smallest id.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use super::standing::Standing;
use super::verify::Tie;
use crate::error::Error;

/// An article in an archive, with what the last grouping found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// What is known about it.
    pub standing: Standing,
    /// The digest of its fingerprint.
    pub digest: u64,
    /// The entry that represents it; `None` if it is new or changed, or if its representative was removed or changed.
    pub representative: Option<usize>,
    /// The centres of its star and of further stars it would fit, best first, itself alone where it is one; empty if it is new
    /// or changed, or if any of them was removed or changed.
    pub centres: Vec<usize>,
    /// Those of its centres that are still there where others were removed or changed; empty if none was. Their groups change
    /// where it goes elsewhere.
    pub former_centres: Vec<usize>,
}

/// What the archive knew of an article that was removed, or of a changed one before the change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Removed {
    /// The digest it had.
    pub digest: u64,
    /// Those of its centres that are still there.
    pub centres: Vec<usize>,
}

/// The place where articles are kept.
pub trait Archive: Sync {
    /// Returns all articles that there are now.
    fn entries(&self) -> &[Entry];

    /// Orders two entries by their ids, to part articles that nothing else parts.
    fn compare_ids(&self, a: usize, b: usize) -> Ordering;

    /// Shows the samples of every entry's fingerprint, once each, in any order of entries.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error>;

    /// Returns the text of which the fingerprint was made.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn body(&self, entry: usize) -> Result<Cow<'_, str>, Error>;
}

/// The group of an article: its representative, and what it is to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The article.
    pub entry: usize,
    /// The first article of its group in canonical order; itself where it is that.
    pub representative: usize,
    /// How it is tied to its representative.
    pub tie: Tie,
    /// What [`Entry::centres`] has to be for the next grouping.
    pub centres: Vec<usize>,
}

/// Orders two entries canonically; no two are equal.
pub(super) fn canonical(archive: &dyn Archive, a: usize, b: usize) -> Ordering {
    let entries = archive.entries();
    let key = |entry: usize| {
        let standing = &entries[entry].standing;
        (standing.published.is_none(), standing.published, Reverse(standing.words))
    };
    key(a).cmp(&key(b)).then_with(|| archive.compare_ids(a, b)).then(a.cmp(&b))
}

/// Orders two entries by length; no two are equal.
pub(super) fn star_order(archive: &dyn Archive, a: usize, b: usize) -> Ordering {
    let words = |entry: usize| archive.entries()[entry].standing.words;
    words(a).cmp(&words(b)).then_with(|| archive.compare_ids(a, b)).then(a.cmp(&b))
}
