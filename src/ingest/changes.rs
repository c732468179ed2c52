//! What has changed in the folders since the index was made: by name, size and time; contents are looked at later.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use super::IngestRequest;
use super::limits::Limits;
use crate::error::{Error, Warning};
use crate::formats::{self, ReadOptions, input::HEAD_BYTES};
use crate::search::{Catalog, FileKey, FileState, Folder, KnownArticle};
use crate::walk::{self, SourceFile};

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It was not there before.
    New,
    /// It holds something else now.
    Changed,
    /// It is no longer there.
    Removed,
    /// It has another name than before.
    Renamed,
}

/// A file to which something happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileChange {
    /// The file.
    pub file: FileKey,
    /// What happened to it.
    pub change: Change,
}

/// The difference between the folders and the index.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files to read, in the order of folders and paths.
    pub to_read: Vec<ToRead>,
    /// Files of which the index has articles and that are no longer there.
    pub removed: BTreeSet<FileKey>,
    /// New files that hold what a removed one held, with the hash of it.
    pub renamed: BTreeMap<FileKey, u64>,
    /// Files of kinds that are not read.
    pub skipped: usize,
    /// Links that were left out.
    pub links_left_out: usize,
    /// What could not be looked at.
    pub warnings: Vec<Warning>,
    /// The states of removed files, to recognise them under new names.
    pub removed_states: HashMap<FileKey, FileState>,
}

/// How many bytes of text stand in a compressed byte: news text comes to between a third and a quarter of its length.
const UNFOLDED: u64 = 4;

/// A file to read.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// Its name in the index.
    pub key: FileKey,
    /// Where it is.
    pub file: SourceFile,
    /// Its state when it was last read, where the index has articles of it.
    pub known: Option<FileState>,
    /// Whether it turned out to hold what it held before, only touched.
    pub is_same: bool,
    /// How it is read.
    pub options: ReadOptions,
    /// Whether it is read even if it holds what it held before.
    pub is_read_anew: bool,
    /// So many of its articles are read at most.
    pub articles_max: u32,
}

impl Changes {
    /// Tells whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.to_read.is_empty() && self.removed.is_empty()
    }

    /// Counts the bytes of the files to read; those that are compressed count several times, since their text does.
    pub fn to_read_bytes(&self) -> u64 {
        let weight = |read: &ToRead| if formats::may_unfold(&read.key.path) { UNFOLDED } else { 1 };
        self.to_read.iter().map(|read| read.file.len_bytes.saturating_mul(weight(read))).fold(0, u64::saturating_add)
    }

    /// Lists what happened, in the order of folders and paths.
    pub fn listed(&self) -> Vec<FileChange> {
        let mut listed: Vec<FileChange> = Vec::new();
        for read in self.to_read.iter().filter(|read| !read.is_same) {
            let change = if self.renamed.contains_key(&read.key) {
                Change::Renamed
            } else if read.known.is_some() {
                Change::Changed
            } else {
                Change::New
            };
            listed.push(FileChange { file: read.key.clone(), change });
        }
        let renamed_from: HashSet<u64> = self.renamed.values().copied().collect();
        let is_renamed = |file: &FileKey| self.removed_states.get(file).is_some_and(|state| renamed_from.contains(&state.content_hash));
        let gone = self.removed.iter().filter(|file| !is_renamed(file));
        listed.extend(gone.map(|file| FileChange { file: file.clone(), change: Change::Removed }));
        listed.sort();
        listed
    }
}

/// Compares the folders with what the index knows; without an index every file is new.
///
/// A remembered folder that cannot be read keeps its articles, with a warning: a disk that is not plugged in is no reason to
/// forget what was on it.
///
/// # Errors
///
/// When no folder at all can be read, or it was told to stop.
pub fn find(folders: &[Folder], known: Option<&dyn Catalog>, request: &IngestRequest) -> Result<Changes, Error> {
    let mut unseen = known_files(known);
    let index = std::fs::canonicalize(&request.index).ok();
    let mut changes = Changes::default();
    let mut first_error = None;
    let mut seen_folders = 0;
    for folder in folders {
        request.stop.check()?;
        match walk::files(&folder.path(), folder.links) {
            Ok(listing) => {
                seen_folders += 1;
                changes.warnings.extend(listing.warnings);
                changes.links_left_out += listing.links_left_out;
                let had_files = unseen.keys().any(|file| file.folder == folder.number);
                if listing.files.is_empty() && had_files {
                    unseen.retain(|file, _| file.folder != folder.number);
                    let cause = "it is empty now, as when a disk is not plugged in: its articles stay in the index as they were";
                    changes.warnings.push(Warning::new(&folder.location, cause).with_hint(FORGET_HINT));
                }
                unseen.retain(|file, _| file.folder != folder.number || !is_below_any(&file.path, &listing.unreached));
                let is_read_anew = has_other_map(folder, known);
                let reading = request.reading.with_map(folder.map.clone());
                let compared = Compared { folder, index: index.as_deref(), is_read_anew, reading, limits: request.limits };
                compare(&compared, listing.files, &mut unseen, &mut changes);
            }
            Err(error) => {
                unseen.retain(|file, _| file.folder != folder.number);
                let cause = "it cannot be read now: its articles stay in the index as they were";
                changes.warnings.push(Warning::new(&folder.location, cause).with_hint(FORGET_HINT));
                first_error = first_error.or(Some(error));
            }
        }
    }
    match first_error {
        Some(error) if seen_folders == 0 => return Err(error),
        _ => {}
    }
    changes.removed_states = unseen.iter().filter_map(|(file, state)| Some((file.clone(), (*state)?))).collect();
    changes.removed = unseen.into_keys().collect();
    Ok(changes)
}

/// How articles are dropped whose folder is gone for good.
const FORGET_HINT: &str = "`dateline index --forget FOLDER` drops them";

/// Tells whether a path is one of some paths, or below one.
pub fn is_below_any(path: &str, folders: &[String]) -> bool {
    folders.iter().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

fn known_files(known: Option<&dyn Catalog>) -> HashMap<FileKey, Option<FileState>> {
    let mut files: HashMap<FileKey, Option<FileState>> = HashMap::new();
    let articles = known.map_or(&[][..], |known| known.articles());
    for (file, numbers) in runs_of_files(articles) {
        let state = files.entry(file.clone()).or_default();
        *state = state.or_else(|| articles[numbers].iter().find_map(|article| article.file_state));
    }
    files
}

/// Parts known articles where the file changes; a file that was added to comes in several runs.
pub fn runs_of_files(articles: &[KnownArticle]) -> impl Iterator<Item = (&FileKey, Range<usize>)> {
    let mut from = 0;
    articles.chunk_by(|a, b| a.key.file == b.key.file).map(move |run| {
        let numbers = from..from + run.len();
        from = numbers.end;
        (&run[0].key.file, numbers)
    })
}

/// Tells whether the columns of a folder's files are mapped otherwise than when they were read.
fn has_other_map(folder: &Folder, known: Option<&dyn Catalog>) -> bool {
    let before = known.and_then(|known| known.folders().iter().find(|before| before.number == folder.number));
    before.is_some_and(|before| before.map != folder.map)
}

/// A folder that is compared with what the index knows of it.
struct Compared<'c> {
    folder: &'c Folder,
    index: Option<&'c Path>,
    is_read_anew: bool,
    reading: ReadOptions,
    limits: Limits,
}

fn compare(compared: &Compared<'_>, files: Vec<SourceFile>, unseen: &mut HashMap<FileKey, Option<FileState>>, changes: &mut Changes) {
    let is_read_anew = compared.is_read_anew;
    for file in files {
        if compared.index.is_some_and(|index| is_index_file(&file.location, index)) {
            continue;
        }
        if !may_be_read(&file) {
            changes.skipped += 1;
            continue;
        }
        let key = FileKey { folder: compared.folder.number, path: file.path.as_str().into() };
        let known = unseen.remove(&key);
        if let Some(limit) = compared.limits.file_len_bytes.filter(|limit| file.len_bytes > *limit) {
            changes.warnings.push(too_large(&file, limit, known.is_some()));
            continue;
        }
        let is_untouched = matches!(known, Some(Some(state)) if state.len_bytes == file.len_bytes && state.modified_ns == file.modified_ns);
        if !is_untouched || is_read_anew {
            let options = compared.reading.clone();
            changes.to_read.push(ToRead {
                key,
                file,
                known: known.flatten(),
                is_same: false,
                options,
                is_read_anew,
                articles_max: compared.limits.articles,
            });
        }
    }
}

/// Says that a file is larger than is wanted; what the index has of it stays, as of every file that is not read.
fn too_large(file: &SourceFile, limit: u64, is_known: bool) -> Warning {
    let stays = if is_known { ", and its articles stay in the index as they were" } else { "" };
    let cause = format!("not read: it has {}, and --max-file-size allows {}{stays}", size(file.len_bytes), size(limit));
    Warning::new(&file.path, cause)
}

fn size(len_bytes: u64) -> String {
    if len_bytes < 1_000_000 { format!("{:.1} KB", len_bytes as f64 / 1e3) } else { format!("{:.1} MB", len_bytes as f64 / 1e6) }
}

/// Tells whether a file is of a kind that is read: by its name, and where that says nothing, by its first bytes.
pub fn may_be_read(file: &SourceFile) -> bool {
    formats::may_be_read(&file.path).unwrap_or_else(|| {
        let mut head = Vec::new();
        let read = File::open(&file.location).and_then(|open| open.take(HEAD_BYTES as u64).read_to_end(&mut head));
        read.is_ok() && formats::recognise(&file.path, &head).is_some()
    })
}

/// Tells whether a file belongs to the index itself.
pub fn is_index_file(location: &Path, index: &Path) -> bool {
    location.starts_with(index)
}
