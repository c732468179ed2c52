//! What an index keeps of an article, and the names of folders, files, articles and groups.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Trim, Trimmed};
use crate::dedup::{Fingerprint, Tie};
use crate::formats::FieldMap;
use crate::passage::Passage;
use crate::recurring::EdgeLines;
use crate::text;
use crate::walk::{self, Links};

/// A folder that an index remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// Its number in this index; a folder keeps it for good.
    pub number: u32,
    /// Where it is, as an absolute path written by [`walk::written`].
    pub location: String,
    /// Which columns of its files hold which fields, as its keeper says.
    #[serde(default, skip_serializing_if = "FieldMap::is_empty")]
    pub map: FieldMap,
    /// Whether links in it are followed.
    #[serde(default, skip_serializing_if = "Links::is_usual")]
    pub links: Links,
}

impl Folder {
    /// Returns where it is, to be opened.
    pub fn path(&self) -> PathBuf {
        walk::path_of(&self.location)
    }
}

/// A file of a remembered folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileKey {
    /// The folder's number.
    pub folder: u32,
    /// The file's path in it, with `/` between its parts, written by [`walk::written`]; shared, since a file may hold a million articles.
    pub path: Arc<str>,
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
        Self::read_after(text, None)
    }

    /// Reads a key as [`ArticleKey::read`] does, and shares the path of the file before where it is in the same one.
    pub fn read_after(text: &str, before: Option<&FileKey>) -> Option<Self> {
        let (folder, rest) = text.split_once('/')?;
        let (path, ordinal) = rest.rsplit_once('#')?;
        let (folder, ordinal) = (folder.parse().ok()?, ordinal.parse().ok()?);
        let file = match before.filter(|before| before.folder == folder && *before.path == *path) {
            Some(before) => before.clone(),
            None => FileKey { folder, path: path.into() },
        };
        Some(ArticleKey { file, ordinal })
    }

    /// Hashes the key; the same on every machine and for good.
    pub fn hash(&self) -> u64 {
        // Printed by hand: an update hashes the keys of all articles, and formatting takes several times as long as hashing.
        let mut printed = Vec::with_capacity(self.file.path.len() + 22);
        print_number(self.file.folder, &mut printed);
        printed.push(b'/');
        printed.extend(self.file.path.as_bytes());
        printed.push(b'#');
        print_number(self.ordinal, &mut printed);
        text::hash_of(&printed)
    }
}

fn print_number(number: u32, printed: &mut Vec<u8>) {
    let from = printed.len();
    let mut rest = number;
    loop {
        printed.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    printed[from..].reverse();
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
    /// Wall-clock seconds of its publication; see [`crate::moment::Moment::wall_seconds`].
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back() {
        for (path, ordinal) in [("a.txt", 1), ("deep/er #3.txt", 20), ("x/y#1", u32::MAX), ("", 0)] {
            let key = ArticleKey { file: FileKey { folder: 3, path: path.into() }, ordinal };
            assert_eq!(key.hash(), text::hash_of_bytes(&key.to_string()));
            assert_eq!(ArticleKey::read_after(&key.to_string(), Some(&key.file)).as_ref(), Some(&key));
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
