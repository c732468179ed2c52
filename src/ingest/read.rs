//! From files to entries of the index: read, taken apart, fingerprinted, cut into passages.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::Hasher;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use twox_hash::XxHash3_64;

use super::Progress;
use super::changes::{Changes, ToRead};
use crate::article::Article;
use crate::document::RawDocument;
use crate::error::{Error, ErrorKind, Warning, cause_of};
use crate::formats::ReadOptions;
use crate::search::{ArticleKey, Catalog, FileKey, FileState, IndexEntry};
use crate::{dedup, extract, formats, passage};

/// A file that is larger is read by itself, its documents taken apart in parallel; smaller ones are read in parallel.
const LARGE_FILE_LEN_BYTES: u64 = 4 << 20;

/// Small files that are read at one go: enough to keep the cores busy between two reports of progress.
const FILES_AT_ONCE: usize = 256;

/// Documents of a large file that are taken apart at one go.
const DOCUMENTS_AT_ONCE: usize = 2048;

/// The largest file that is read: its bytes are held in memory at once.
const FILE_LEN_BYTES_MAX: u64 = 4 << 30;

/// What reading gave.
#[derive(Default)]
pub struct Prepared {
    /// Articles to write, in the order of folders, paths and documents.
    pub entries: Vec<IndexEntry>,
    /// Known articles that stay as they are though their file was read again.
    pub kept: HashSet<usize>,
    /// Files that were read and hold something else than before.
    pub read: HashSet<FileKey>,
    /// How many of the entries replace another version of an article.
    pub updated: usize,
    /// How many of the entries say what they said before and are written only because their file's state is kept with them.
    pub refreshed: usize,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// Bytes of the files that hold something else than before.
    pub read_bytes: u64,
}

/// What one file gave.
struct FileRead {
    state: FileState,
    entries: Vec<IndexEntry>,
    warnings: Vec<Warning>,
}

/// Reads the files that may have changed; marks those that turn out to be the same.
pub fn read_files(changes: &mut Changes, known: Option<&dyn Catalog>, progress: &(dyn Fn(Progress) + Sync)) -> Prepared {
    let of_file = articles_of_files(known);
    let total_bytes = changes.to_read.iter().map(|read| read.file.len_bytes).sum();
    let done_bytes = AtomicU64::new(0);
    let advance = |len_bytes: u64| {
        let done_bytes = done_bytes.fetch_add(len_bytes, Ordering::Relaxed) + len_bytes;
        progress(Progress::Reading { done_bytes, total_bytes });
    };
    let mut prepared = Prepared::default();
    let mut files = std::mem::take(&mut changes.to_read);
    let mut rest = files.as_mut_slice();
    while !rest.is_empty() {
        let small = rest.iter().take(FILES_AT_ONCE).take_while(|read| read.file.len_bytes <= LARGE_FILE_LEN_BYTES).count();
        let (now, later) = rest.split_at_mut(small.max(1));
        let results: Vec<_> = if small > 0 {
            now.par_iter().map(|read| (read_known(read, &|_| {}), advance(read.file.len_bytes)).0).collect()
        } else {
            vec![read_known(&now[0], &advance)]
        };
        for (read, result) in now.iter_mut().zip(results) {
            take(read, result, known, &of_file, &mut prepared);
        }
        rest = later;
    }
    mark_renamed(&files, &prepared, changes);
    changes.to_read = files;
    prepared
}

fn articles_of_files(known: Option<&dyn Catalog>) -> HashMap<&FileKey, Vec<usize>> {
    let mut of_file: HashMap<&FileKey, Vec<usize>> = HashMap::new();
    for (number, article) in known.map_or(&[][..], |known| known.articles()).iter().enumerate() {
        of_file.entry(&article.key.file).or_default().push(number);
    }
    of_file
}

/// A file that holds what it held, or what it holds now, or why it cannot be read.
enum Outcome {
    Same,
    Read(FileRead),
    Failed(Warning),
}

fn read_known(read: &ToRead, advance: &(dyn Fn(u64) + Sync)) -> Outcome {
    if read.file.len_bytes > FILE_LEN_BYTES_MAX {
        let cause = format!("too large: {} GB, the limit is {} GB", read.file.len_bytes >> 30, FILE_LEN_BYTES_MAX >> 30);
        return Outcome::Failed(Warning::new(&read.key.path, cause).with_hint("split it"));
    }
    let bytes = match std::fs::read(&read.file.location) {
        Ok(bytes) => bytes,
        Err(error) => return Outcome::Failed(Warning::new(&read.key.path, format!("cannot be read: {}", cause_of(&error)))),
    };
    let state = FileState { len_bytes: bytes.len() as u64, modified_ns: read.file.modified_ns, content_hash: XxHash3_64::oneshot(&bytes) };
    if read.known.is_some_and(|known| known.content_hash == state.content_hash) {
        return Outcome::Same;
    }
    let (mut entries, warnings) = documents(&read.key, &mut bytes.as_slice(), advance);
    if let Some(first) = entries.first_mut() {
        first.file_state = Some(state);
    }
    Outcome::Read(FileRead { state, entries, warnings })
}

/// Takes the documents of a file apart, in parallel, in their order.
fn documents(key: &FileKey, file: &mut dyn std::io::Read, advance: &(dyn Fn(u64) + Sync)) -> (Vec<IndexEntry>, Vec<Warning>) {
    let (mut entries, mut warnings) = (Vec::new(), Vec::new());
    let mut waiting: Vec<RawDocument> = Vec::new();
    let flush = |waiting: &mut Vec<RawDocument>, entries: &mut Vec<IndexEntry>, warnings: &mut Vec<Warning>| {
        let taken: Vec<_> = std::mem::take(waiting).into_par_iter().map(|raw| take_apart(key, raw)).collect();
        let len_bytes: usize = taken.iter().map(|(entry, _)| entry.article.body.text.len()).sum();
        advance(len_bytes as u64);
        for (entry, more) in taken {
            entries.push(entry);
            warnings.extend(more);
        }
    };
    formats::read(&key.path, file, &ReadOptions::default(), &mut |result| match result {
        Ok(raw) => {
            waiting.push(raw);
            if waiting.len() == DOCUMENTS_AT_ONCE {
                flush(&mut waiting, &mut entries, &mut warnings);
            }
        }
        Err(warning) => warnings.push(warning),
    });
    flush(&mut waiting, &mut entries, &mut warnings);
    (entries, warnings)
}

fn take_apart(file: &FileKey, raw: RawDocument) -> (IndexEntry, Vec<Warning>) {
    let (article, warnings) = extract::extract(raw);
    let key = ArticleKey { file: file.clone(), ordinal: article.ordinal };
    let fingerprint = dedup::fingerprint(&article.body.text);
    let passages = passage::split(&article.body);
    let content_hash = content_hash(&article);
    let entry = IndexEntry { key, article, passages, fingerprint, content_hash, file_state: None, membership: None, centres: Vec::new() };
    (entry, warnings)
}

/// Hashes what was read of an article: metadata, text, headings, where its paragraphs start; numbers with little end first, so that it is the same on every machine.
fn content_hash(article: &Article) -> u64 {
    let metadata = serde_json::to_vec(&(&article.own_id, &article.metadata)).unwrap_or_default();
    let mut hasher = XxHash3_64::new();
    for part in [metadata.as_slice(), article.body.text.as_bytes()] {
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    for paragraph in &article.body.paragraphs {
        let start = paragraph.place.as_ref().map_or(0, |place| place.bytes.start);
        hasher.write(&[u8::from(paragraph.is_heading)]);
        hasher.write(&(start as u64).to_le_bytes());
    }
    hasher.finish()
}

/// Sorts what a file gave into what is new, what replaces something, and what stays.
fn take(
    read: &mut ToRead,
    outcome: Outcome,
    known: Option<&dyn Catalog>,
    of_file: &HashMap<&FileKey, Vec<usize>>,
    prepared: &mut Prepared,
) {
    let file = match outcome {
        Outcome::Same => {
            read.is_same = true;
            return;
        }
        Outcome::Failed(warning) => {
            // What the index has of a file that cannot be read now stays.
            read.is_same = true;
            prepared.warnings.push(warning);
            return;
        }
        Outcome::Read(file) => file,
    };
    debug_assert!(file.entries.is_empty() || file.entries[0].file_state == Some(file.state));
    prepared.read.insert(read.key.clone());
    prepared.read_bytes += file.state.len_bytes;
    prepared.warnings.extend(file.warnings);
    let before: HashMap<u32, (usize, u64)> = known.map_or_else(HashMap::new, |known| {
        let numbers = of_file.get(&read.key).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|&number| (known.articles()[number].key.ordinal, (number, known.articles()[number].content_hash))).collect()
    });
    for entry in file.entries {
        match before.get(&entry.key.ordinal) {
            Some((number, hash)) if *hash == entry.content_hash && entry.file_state.is_none() && !has_state(known, *number) => {
                prepared.kept.insert(*number);
                continue;
            }
            Some((_, hash)) if *hash == entry.content_hash => prepared.refreshed += 1,
            Some(_) => prepared.updated += 1,
            None => {}
        }
        prepared.entries.push(entry);
    }
}

fn has_state(known: Option<&dyn Catalog>, article: usize) -> bool {
    known.is_some_and(|known| known.articles()[article].file_state.is_some())
}

/// Finds the new files that hold, byte for byte, what a removed one held.
fn mark_renamed(files: &[ToRead], prepared: &Prepared, changes: &mut Changes) {
    let gone: HashSet<u64> = changes.removed_states.values().map(|state| state.content_hash).collect();
    let new: HashSet<&FileKey> = files.iter().filter(|read| read.known.is_none()).map(|read| &read.key).collect();
    for entry in prepared.entries.iter().filter(|entry| new.contains(&entry.key.file)) {
        if let Some(state) = entry.file_state.filter(|state| gone.contains(&state.content_hash)) {
            changes.renamed.insert(entry.key.file.clone(), state.content_hash);
        }
    }
}

/// Reads one file by itself, without an index: its articles, in order, and what could not be read.
///
/// # Errors
///
/// When the file cannot be read at all.
pub fn read_file(location: &Path) -> Result<(Vec<Article>, Vec<Warning>), Error> {
    let shown = location.display().to_string();
    let about = std::fs::metadata(location).map_err(|error| Error::io("read", &shown, error))?;
    if !about.is_file() {
        let cause = if about.is_dir() { "it is a folder" } else { "it is not a regular file" };
        return Err(Error::new(ErrorKind::Io, "read", shown, cause));
    }
    let mut file = File::open(location).map_err(|error| Error::io("read", &shown, error))?;
    let name = location.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let (mut articles, mut warnings) = (Vec::new(), Vec::new());
    formats::read(&with_folders(location, &name), &mut file, &ReadOptions::default(), &mut |result| match result {
        Ok(raw) => {
            let (mut article, more) = extract::extract(raw);
            article.path.clone_from(&name);
            articles.push(article);
            warnings.extend(more);
        }
        Err(warning) => warnings.push(warning),
    });
    for warning in &mut warnings {
        warning.path.clone_from(&shown);
    }
    Ok((articles, warnings))
}

/// Returns a file's name with the folders that it lies in before it, as an index knows it: a folder may be named after an outlet.
fn with_folders(location: &Path, name: &str) -> String {
    /// So many parts of a path can be looked at for an outlet's name.
    const FOLDERS_MAX: usize = 2;
    let location = std::path::absolute(location).unwrap_or_else(|_| location.to_owned());
    let folders: Vec<String> = location
        .ancestors()
        .skip(1)
        .take(FOLDERS_MAX)
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    folders.iter().rev().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/")
}
