//! From files to articles that wait to be grouped and written.
//!
//! Small files are read in parallel, each by one core; a large one is read as a stream, its documents taken apart on all cores.
//! Either way no more is held than a batch: what is read goes to [`Waiting`].

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::changes::{Changes, ToRead, runs_of_files};
use super::open_file::{Course, OpenFile, Reading};
use super::sidecar::Sidecar;
use super::take_apart::Batch;
use super::waiting::Waiting;
use super::{IngestRequest, Progress};
use crate::article::Article;
use crate::error::{Error, ErrorKind, Warning, cause_of};
use crate::formats::ReadOptions;
use crate::search::{Catalog, FileKey, FileState, IndexEntry};
use crate::{extract, formats, walk};

/// A file that is larger is read by itself, its documents taken apart in parallel; smaller ones are read in parallel.
const LARGE_FILE_LEN_BYTES: u64 = 1 << 20;

/// Small files that are read at one go: enough to keep the cores busy between two reports of progress.
const FILES_AT_ONCE: usize = 256;

/// Bytes of small files that are read at one go: what they give is held until the last of them is read.
const FILE_BYTES_AT_ONCE: u64 = 16 << 20;

/// What reading gave.
pub struct Prepared {
    /// Articles to write, in the order of folders, paths and documents.
    pub waiting: Waiting,
    /// Known articles that stay as they are though their file was read again.
    pub kept: HashSet<usize>,
    /// Files that were read and hold something else than before.
    pub read: HashSet<FileKey>,
    /// How many of the articles replace another version of an article.
    pub updated: usize,
    /// How many of the articles say what they said before and are written only because their file's state is kept with them.
    pub refreshed: usize,
    /// What could not be read.
    pub warnings: Vec<Warning>,
    /// Bytes of the files that hold something else than before.
    pub read_bytes: u64,
}

/// Reads the files that may have changed; marks those that turn out to be the same.
///
/// # Errors
///
/// When the texts that wait cannot be put into their file, or it was told to stop.
pub fn read_files(
    changes: &mut Changes,
    known: Option<&dyn Catalog>,
    request: &IngestRequest,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Prepared, Error> {
    let total_bytes = changes.to_read.iter().map(|read| read.file.len_bytes).sum();
    let done_bytes = AtomicU64::new(0);
    let advance = |len_bytes: u64| {
        let done_bytes = done_bytes.fetch_add(len_bytes, Ordering::Relaxed) + len_bytes;
        progress(Progress::Reading { done_bytes, total_bytes });
    };
    let course = Course { advance: &advance, stop: &request.stop };
    let prepared = Prepared {
        waiting: Waiting::new(&request.index),
        kept: HashSet::new(),
        read: HashSet::new(),
        updated: 0,
        refreshed: 0,
        warnings: Vec::new(),
        read_bytes: 0,
    };
    let mut files = std::mem::take(&mut changes.to_read);
    let mut intake = Intake { known, of_file: articles_of_files(&files, known), prepared };
    let mut rest = files.as_mut_slice();
    while !rest.is_empty() {
        let small = small_files(rest);
        let (now, later) = rest.split_at_mut(small.max(1));
        if small > 0 {
            let results: Vec<_> = now.par_iter().map(|read| read_small(read, course)).collect();
            for (read, result) in now.iter_mut().zip(results) {
                intake.take_small(read, result)?;
            }
        } else {
            intake.read_large(&mut now[0], course)?;
        }
        // Files of which reading was cut short seem to be unreadable: nothing is made of that.
        request.stop.check()?;
        rest = later;
    }
    mark_renamed(&files, &intake.prepared, changes);
    changes.to_read = files;
    Ok(intake.prepared)
}

/// Counts the files at the front that are read together.
fn small_files(files: &[ToRead]) -> usize {
    let mut len_bytes = 0;
    let is_small = |read: &&ToRead| {
        len_bytes += read.file.len_bytes;
        read.file.len_bytes <= LARGE_FILE_LEN_BYTES && len_bytes <= FILE_BYTES_AT_ONCE && !formats::may_unfold(&read.file.path)
    };
    files.iter().take(FILES_AT_ONCE).take_while(is_small).count()
}

fn articles_of_files<'k>(files: &[ToRead], known: Option<&'k dyn Catalog>) -> HashMap<&'k FileKey, Vec<usize>> {
    let wanted: HashSet<&FileKey> = files.iter().map(|read| &read.key).collect();
    let mut of_file: HashMap<&FileKey, Vec<usize>> = HashMap::new();
    for (file, numbers) in runs_of_files(known.map_or(&[][..], |known| known.articles())) {
        if wanted.contains(file) {
            of_file.entry(file).or_default().extend(numbers);
        }
    }
    of_file
}

/// What one small file gave, or why it cannot be read; `None` if it holds what it held.
type SmallFile = Result<Option<(FileState, Vec<IndexEntry>, Vec<Warning>)>, Warning>;

fn read_small(read: &ToRead, course: Course<'_>) -> SmallFile {
    let unreadable = |error| unreadable(read, &error);
    if is_as_known(read, course).map_err(unreadable)? {
        return Ok(None);
    }
    let (mut entries, mut warnings) = (Vec::new(), Vec::new());
    let state = documents(read, course, &mut |result| match result {
        Ok(entry) => entries.push(entry),
        Err(warning) => warnings.push(warning),
    });
    Ok(Some((state.map_err(unreadable)?, entries, warnings)))
}

fn unreadable(read: &ToRead, error: &std::io::Error) -> Warning {
    Warning::new(&*read.key.path, format!("cannot be read: {}", cause_of(error)))
}

/// Tells a file that was touched and holds what it held.
fn is_as_known(read: &ToRead, course: Course<'_>) -> std::io::Result<bool> {
    let Some(known) = read.known.filter(|known| known.len_bytes == read.file.len_bytes && !read.is_read_anew) else { return Ok(false) };
    let reading = OpenFile::open(&read.file.location, Course { advance: &|_| {}, ..course })?.finish()?;
    let is_same = state(read, &reading, &sidecar(read)).content_hash == known.content_hash;
    if is_same {
        (course.advance)(reading.len_bytes);
    }
    Ok(is_same)
}

fn sidecar(read: &ToRead) -> Sidecar {
    Sidecar::of(&read.key.path, read.file.sidecar.as_deref())
}

/// Returns the state of a file and its sidecar together. One that may have changed since without its time telling it gets another
/// time, so that the next update looks at what it holds.
fn state(read: &ToRead, reading: &Reading, sidecar: &Sidecar) -> FileState {
    let modified_ns = if reading.is_fresh { read.file.modified_ns.wrapping_sub(1) } else { read.file.modified_ns };
    sidecar.joined(FileState { len_bytes: reading.len_bytes, modified_ns, content_hash: reading.content_hash })
}

/// Reads a file and hands on its entries and warnings in the order of the file; returns its state.
pub fn documents(read: &ToRead, course: Course<'_>, take: &mut dyn FnMut(Result<IndexEntry, Warning>)) -> std::io::Result<FileState> {
    let mut file = OpenFile::open(&read.file.location, course)?;
    let sidecar = sidecar(read);
    sidecar.warnings.iter().for_each(|warning| take(Err(warning.clone())));
    let mut batch = Batch::new(&read.key);
    let flush = |batch: &mut Batch<'_>, take: &mut dyn FnMut(Result<IndexEntry, Warning>)| {
        for (entry, warnings) in batch.take() {
            take(Ok(entry));
            warnings.into_iter().for_each(|warning| take(Err(warning)));
        }
    };
    let mut articles = 0_u64;
    formats::read(&read.key.path, &mut file, &read.options, &mut |result| match result {
        Ok(_) if articles >= u64::from(read.articles_max) => articles += 1,
        Ok(mut raw) => {
            articles += 1;
            sidecar.add_to(&mut raw);
            if batch.push(raw) {
                flush(&mut batch, take);
            }
        }
        Err(warning) => take(Err(warning)),
    });
    flush(&mut batch, take);
    if articles > u64::from(read.articles_max) {
        let cause = format!("it has {articles} articles: only the first {} were read", read.articles_max);
        take(Err(Warning::new(&*read.key.path, cause).with_hint("--rebuild with a larger --max-articles reads more of them")));
    }
    let reading = file.finish()?;
    if reading.has_changed {
        let cause = "it changed while it was read, so that what was read may be neither the former text nor the new one";
        take(Err(Warning::new(&*read.key.path, cause).with_hint("the next update reads it again")));
    }
    Ok(state(read, &reading, &sidecar))
}

/// Sorts what files give into what is new, what replaces something, and what stays.
struct Intake<'i> {
    known: Option<&'i dyn Catalog>,
    of_file: HashMap<&'i FileKey, Vec<usize>>,
    prepared: Prepared,
}

/// What a file has given so far.
struct FromFile {
    /// The known articles of the file: their numbers and what their contents hash to, by ordinal.
    before: HashMap<u32, (usize, u64)>,
    /// How many articles waited before the file's first.
    waiting_before: usize,
    entries: usize,
    kept: Vec<usize>,
    updated: usize,
    refreshed: usize,
}

impl Intake<'_> {
    fn take_small(&mut self, read: &mut ToRead, result: SmallFile) -> Result<(), Error> {
        match result {
            Ok(None) => read.is_same = true,
            Ok(Some((state, entries, warnings))) => {
                let mut from = self.start(&read.key);
                for entry in entries {
                    self.push(entry, &mut from)?;
                }
                self.prepared.warnings.extend(warnings);
                self.finish(&read.key, state, from);
            }
            Err(warning) => self.refuse(read, warning),
        }
        Ok(())
    }

    fn read_large(&mut self, read: &mut ToRead, course: Course<'_>) -> Result<(), Error> {
        match is_as_known(read, course) {
            Ok(true) => {
                read.is_same = true;
                return Ok(());
            }
            Ok(false) => {}
            Err(error) => {
                let warning = unreadable(read, &error);
                self.refuse(read, warning);
                return Ok(());
            }
        }
        let mut from = self.start(&read.key);
        let (mut warnings, mut failed) = (Vec::new(), None);
        let outcome = documents(read, course, &mut |result| match result {
            Ok(entry) if failed.is_none() => failed = self.push(entry, &mut from).err(),
            Ok(_) => {}
            Err(warning) => warnings.push(warning),
        });
        if let Some(error) = failed {
            return Err(error);
        }
        match outcome {
            Ok(state) => {
                self.prepared.warnings.extend(warnings);
                self.finish(&read.key, state, from);
            }
            Err(error) => {
                self.prepared.waiting.truncate(from.waiting_before);
                let warning = unreadable(read, &error);
                self.refuse(read, warning);
            }
        }
        Ok(())
    }

    fn start(&self, file: &FileKey) -> FromFile {
        let numbers = self.of_file.get(file).map_or(&[][..], Vec::as_slice);
        let before = self.known.map_or_else(HashMap::new, |known| {
            numbers.iter().map(|&number| (known.articles()[number].key.ordinal, (number, known.articles()[number].content_hash))).collect()
        });
        FromFile { before, waiting_before: self.prepared.waiting.articles().len(), entries: 0, kept: Vec::new(), updated: 0, refreshed: 0 }
    }

    fn push(&mut self, entry: IndexEntry, from: &mut FromFile) -> Result<(), Error> {
        // The state of a file is kept with its first article, which is therefore written in any case.
        let is_first = from.entries == 0;
        from.entries += 1;
        match from.before.get(&entry.key.ordinal) {
            Some((number, hash)) if *hash == entry.content_hash && !is_first && !self.has_state(*number) => {
                from.kept.push(*number);
                return Ok(());
            }
            Some((_, hash)) if *hash == entry.content_hash => from.refreshed += 1,
            Some(_) => from.updated += 1,
            None => {}
        }
        self.prepared.waiting.push(entry)
    }

    fn finish(&mut self, file: &FileKey, state: FileState, from: FromFile) {
        let prepared = &mut self.prepared;
        if let Some(first) = prepared.waiting.articles_mut().get_mut(from.waiting_before) {
            first.file_state = Some(Box::new(state));
        }
        prepared.read.insert(file.clone());
        prepared.read_bytes += state.len_bytes;
        prepared.kept.extend(from.kept);
        prepared.updated += from.updated;
        prepared.refreshed += from.refreshed;
    }

    /// What the index has of a file that cannot be read now stays.
    fn refuse(&mut self, read: &mut ToRead, warning: Warning) {
        read.is_same = true;
        self.prepared.warnings.push(warning);
    }

    fn has_state(&self, article: usize) -> bool {
        self.known.is_some_and(|known| known.articles()[article].file_state.is_some())
    }
}

/// Finds the new files that hold, byte for byte, what a removed one held.
fn mark_renamed(files: &[ToRead], prepared: &Prepared, changes: &mut Changes) {
    let gone: HashSet<u64> = changes.removed_states.values().map(|state| state.content_hash).collect();
    let new: HashSet<&FileKey> = files.iter().filter(|read| read.known.is_none()).map(|read| &read.key).collect();
    for article in prepared.waiting.articles().iter().filter(|article| new.contains(&article.key.file)) {
        if let Some(state) = article.file_state.as_deref().filter(|state| gone.contains(&state.content_hash)) {
            changes.renamed.insert(article.key.file.clone(), state.content_hash);
        }
    }
}

/// Reads one file by itself, without an index, and hands on its articles and what could not be read, in the order of the file.
///
/// # Errors
///
/// When the file cannot be read at all.
pub fn read_file(location: &Path, options: &ReadOptions, take: &mut dyn FnMut(Result<Article, Warning>)) -> Result<(), Error> {
    let shown = walk::written(location);
    let about = std::fs::metadata(location).map_err(|error| Error::io("read", &shown, error))?;
    if !about.is_file() {
        let cause = if about.is_dir() { "it is a folder" } else { "it is not a regular file" };
        return Err(Error::new(ErrorKind::Io, "read", shown, cause));
    }
    let mut file = File::open(location).map_err(|error| Error::io("read", &shown, error))?;
    let name = location.file_name().map_or_else(|| shown.clone(), |name| walk::written(Path::new(name)));
    let sidecar = Sidecar::of(&shown, walk::sidecar_of(location).as_deref());
    sidecar.warnings.iter().for_each(|warning| take(Err(warning.clone())));
    let warn = |mut warning: Warning, take: &mut dyn FnMut(Result<Article, Warning>)| {
        warning.path.clone_from(&shown);
        take(Err(warning));
    };
    formats::read(&with_folders(location, &name), &mut file, options, &mut |result| match result {
        Ok(mut raw) => {
            sidecar.add_to(&mut raw);
            let (mut article, warnings) = extract::extract(raw);
            article.path.clone_from(&name);
            warnings.into_iter().for_each(|warning| warn(warning, take));
            take(Ok(article));
        }
        Err(warning) => warn(warning, take),
    });
    Ok(())
}

/// Returns a file's name with the folders that it lies in before it, as an index knows it: a folder may be named after an outlet.
fn with_folders(location: &Path, name: &str) -> String {
    /// So many parts of a path can be looked at for an outlet's name.
    const FOLDERS_MAX: usize = 2;
    let location = std::path::absolute(location).unwrap_or_else(|_| location.to_owned());
    let folders: Vec<String> =
        location.ancestors().skip(1).take(FOLDERS_MAX).filter_map(|folder| Some(walk::written(Path::new(folder.file_name()?)))).collect();
    folders.iter().rev().map(String::as_str).chain([name]).collect::<Vec<_>>().join("/")
}
