//! The assembly line: folders in, an index that is up to date with them out. The only room that sees every stage.
//!
//! Files are listed and compared with what the index knows (`changes`), those that changed are read and taken apart
//! (`read`), their articles are grouped with the rest (`grouping`), and what is new or has another place in its group is
//! written in one commit. Nothing is written when nothing has changed, and nothing at all before everything is known.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::article::Trim;
use crate::engine;
use crate::error::{Error, ErrorKind, Warning};
use crate::formats::{FieldMap, ReadOptions};
use crate::passage;
use crate::search::{ArticleKey, Catalog, FileKey, Folder, Grouping, IndexEntry, IndexWriter, Statistics};
use crate::text;
use crate::walk::{self, Links};

mod as_indexed;
mod changes;
mod folders;
mod grouping;
mod inspect;
pub mod isolated;
mod limits;
mod open_file;
mod outlets;
mod read;
mod sidecar;
mod spill;
mod stop;
mod take_apart;
mod verify;
mod waiting;

pub use as_indexed::is_as_indexed;
pub use changes::{Change, FileChange};
pub use inspect::{InspectRequest, inspect};
pub use limits::{ARTICLES_MAX, Limits};
pub use read::read_file;
pub use stop::Stop;
pub use verify::{Contents, Faults, FoldersCheck, Verification, VerifyRequest, verify};

use changes::Changes;
use grouping::Before;
use read::Prepared;
use waiting::Waiting;

/// What an index is to be brought up to date with.
#[derive(Debug, Clone)]
pub struct IngestRequest {
    /// The folder of the index.
    pub index: PathBuf,
    /// Folders to add to those that the index remembers.
    pub folders: Vec<PathBuf>,
    /// Which columns hold which fields in the files of the folders that are named; `None` leaves it as it is remembered.
    pub map: Option<FieldMap>,
    /// Remembered folders to drop, with their articles.
    pub forget: Vec<PathBuf>,
    /// How much is done.
    pub mode: Mode,
    /// Whether links in the folders that are named are followed; `None` leaves it as it is remembered.
    pub links: Option<Links>,
    /// How much is read of a file.
    pub limits: Limits,
    /// What the readers of formats are told, but for the maps, which each folder has its own of.
    pub reading: ReadOptions,
    /// By which it can be told to end early.
    pub stop: Stop,
}

/// How much of an update is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What has changed is read and written.
    Update,
    /// Everything is read and written, as if there had been no index.
    Rebuild,
    /// Nothing is written: the report tells what would change, as far as sizes and times of files tell.
    DryRun,
}

/// How far an update has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The folders are being listed.
    Listing,
    /// Files are being read.
    Reading {
        /// Bytes read.
        done_bytes: u64,
        /// Bytes to read in all.
        total_bytes: u64,
    },
    /// Articles are being compared.
    Grouping {
        /// Articles in all.
        articles: usize,
    },
    /// Articles are being written.
    Writing {
        /// Articles written.
        done: usize,
        /// Articles to write in all.
        total: usize,
    },
    /// The new state is being made visible.
    Committing,
    /// The files of the index are being read and compared with their checksums.
    CheckingFiles,
    /// Articles of the index are being checked.
    Checking {
        /// Articles checked.
        done: u64,
        /// Articles in all.
        total: u64,
    },
}

/// What an update did.
#[derive(Debug, Clone, Default)]
pub struct IngestReport {
    /// Files that are new, changed, removed or renamed, in the order of their paths.
    pub changes: Vec<FileChange>,
    /// Articles that were not in the index before.
    pub new: usize,
    /// Articles that were there and say something else now.
    pub updated: usize,
    /// Articles that are as they were.
    pub unchanged: usize,
    /// Articles that are no longer there.
    pub removed: usize,
    /// Files of kinds that are not read.
    pub skipped: usize,
    /// Links that were not followed.
    pub links_left_out: usize,
    /// What could not be read, and why.
    pub warnings: Vec<Warning>,
    /// Bytes of the files that were read.
    pub read_bytes: u64,
    /// What the index holds now.
    pub statistics: Statistics,
    /// The folders that it remembers now.
    pub folders: Vec<Folder>,
    /// How long it took.
    pub took: Duration,
}

/// Brings an index up to date with its folders.
///
/// # Errors
///
/// When a folder that is named does not exist, the index cannot be used or written, or another process writes to it; or
/// [`ErrorKind::Stopped`], with the index as it was.
pub fn update(request: &IngestRequest, progress: &(dyn Fn(Progress) + Sync)) -> Result<IngestReport, Error> {
    let outcome = bring_up_to_date(request, progress);
    if outcome.as_ref().is_err_and(|error| error.kind() == ErrorKind::Stopped) {
        // What was written and is not committed takes room only: the next update removes it too.
        let _ = engine::sweep(&request.index);
    }
    outcome
}

fn bring_up_to_date(request: &IngestRequest, progress: &(dyn Fn(Progress) + Sync)) -> Result<IngestReport, Error> {
    let started = Instant::now();
    progress(Progress::Listing);
    let mut catalog = open_catalog(request)?;
    let mut remembered = catalog.as_ref().map_or_else(|| engine::remembered_folders(&request.index), |catalog| catalog.folders().to_vec());
    let mut folders = folders::resolve(request, &remembered)?;
    let mut changes = changes::find(&folders, known(&catalog, request), request)?;
    let mut has_same_folders = remembered == folders && request.mode == Mode::Update;
    let mut writer = None;
    if request.mode != Mode::DryRun && (!changes.is_empty() || !has_same_folders) {
        // Who else wrote has finished once the writer is open: if anyone did, what there is to do is looked at again.
        writer = Some(engine::open_writer(&request.index, changes.to_read_bytes())?);
        if !is_current(&catalog, request)? {
            catalog = open_catalog(request)?;
            remembered = catalog.as_ref().map_or(remembered, |catalog| catalog.folders().to_vec());
            folders = folders::resolve(request, &remembered)?;
            has_same_folders = remembered == folders && request.mode == Mode::Update;
            changes = changes::find(&folders, known(&catalog, request), request)?;
        }
    }
    let mut report = IngestReport {
        folders: folders.clone(),
        skipped: changes.skipped,
        links_left_out: changes.links_left_out,
        ..IngestReport::default()
    };
    report.warnings.clone_from(&changes.warnings);
    if request.mode == Mode::DryRun {
        report.changes = changes.listed();
    } else if let Some(writer) = writer {
        let known = known(&catalog, request);
        let replaced = catalog.as_deref().filter(|_| request.mode == Mode::Rebuild);
        let work = Work { request, known, replaced, folders: &folders, has_same_folders };
        work.apply(changes, writer, &mut report, progress)?;
    } else {
        report.unchanged = catalog.as_ref().map_or(0, |catalog| catalog.articles().len());
        engine::sweep(&request.index)?;
    }
    report.statistics = match engine::open(&request.index) {
        Ok(searcher) => searcher.statistics()?,
        Err(error) if error.kind() == ErrorKind::NoIndex && request.mode == Mode::DryRun => Statistics::default(),
        Err(error) => return Err(error),
    };
    report.took = started.elapsed();
    Ok(report)
}

fn open_catalog(request: &IngestRequest) -> Result<Option<Box<dyn Catalog>>, Error> {
    match engine::open_catalog(&request.index) {
        Ok(catalog) => Ok(Some(catalog)),
        Err(error) if error.kind() == ErrorKind::NoIndex => Ok(None),
        Err(error) if request.mode == Mode::Rebuild && error.kind().is_of_unusable_index() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tells whether the index is as it was when it was opened, or still not there.
fn is_current(catalog: &Option<Box<dyn Catalog>>, request: &IngestRequest) -> Result<bool, Error> {
    match catalog {
        Some(catalog) => Ok(catalog.is_current()),
        None => Ok(open_catalog(request)?.is_none()),
    }
}

/// Returns the articles that are compared with: none when everything is read anew.
fn known<'c>(catalog: &'c Option<Box<dyn Catalog>>, request: &IngestRequest) -> Option<&'c dyn Catalog> {
    catalog.as_deref().filter(|_| request.mode != Mode::Rebuild)
}

/// What an update works with.
struct Work<'w> {
    request: &'w IngestRequest,
    known: Option<&'w dyn Catalog>,
    /// The index that one made anew takes the place of.
    replaced: Option<&'w dyn Catalog>,
    folders: &'w [Folder],
    has_same_folders: bool,
}

impl Work<'_> {
    /// Reads what has changed, groups it with the rest, and writes what is new or has another place in its group.
    fn apply(
        &self,
        mut changes: Changes,
        writer: Box<dyn IndexWriter>,
        report: &mut IngestReport,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let prepared = read::read_files(&mut changes, self.known, self.request, progress)?;
        report.warnings.extend(prepared.warnings.iter().cloned());
        report.read_bytes = prepared.read_bytes;
        report.changes = changes.listed();
        let removed = removed_articles(self.known, &changes, &prepared);
        count_articles(self.known, &prepared, removed.len(), report);
        report.warnings.extend(self.claims_of_one_id(&prepared.waiting, &removed)?);
        if !prepared.waiting.articles().is_empty() || !removed.is_empty() || !self.has_same_folders {
            self.write(prepared.waiting, &removed, writer, progress)?;
        }
        Ok(())
    }

    fn write(
        &self,
        mut waiting: Waiting,
        removed: &[usize],
        mut writer: Box<dyn IndexWriter>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let coming = waiting.articles().len();
        progress(Progress::Grouping { articles: self.known.map_or(0, |known| known.articles().len()) + coming });
        let moved = grouping::assign(&self.before(removed), &mut waiting)?;
        let findings = outlets::assign(self.known, removed, &moved, &mut waiting);
        if self.request.mode == Mode::Rebuild {
            writer.clear()?;
        }
        let mut again: BTreeMap<usize, Again> = BTreeMap::new();
        moved.into_iter().for_each(|(article, grouping)| again.entry(article).or_default().grouping = Some(grouping));
        findings.trims.into_iter().for_each(|(article, trim)| again.entry(article).or_default().trim = Some(trim));
        findings.names.into_iter().for_each(|(article, name)| again.entry(article).or_default().name = Some(name));
        let total = coming + again.len();
        if let Some(known) = self.known {
            for &article in removed {
                writer.remove(&known.articles()[article].key);
            }
            for (&article, again) in &again {
                self.request.stop.check()?;
                let mut entry = known.entry(article)?;
                again.change(&mut entry);
                writer.remove(&entry.key);
                writer.add(&entry)?;
            }
        }
        for number in 0..coming {
            self.request.stop.check()?;
            if number % 256 == 0 {
                progress(Progress::Writing { done: again.len() + number, total });
            }
            writer.add(&waiting.take(number)?)?;
        }
        drop(waiting);
        self.request.stop.check()?;
        progress(Progress::Committing);
        writer.commit(self.folders)
    }

    fn before<'b>(&'b self, removed: &'b [usize]) -> Before<'b> {
        let replaced = self.replaced.map_or(&[][..], |replaced| replaced.articles());
        let removed_articles = self.known.into_iter().flat_map(|known| removed.iter().map(|&article| &known.articles()[article]));
        Before { known: self.known, removed, gone: removed_articles.chain(replaced).collect(), stop: &self.request.stop }
    }

    /// Warns of ids that more than one document claims, once for each document that is read.
    ///
    /// A path is an id of its own within its folder, so paths are compared only where there are several folders.
    fn claims_of_one_id(&self, waiting: &Waiting, removed: &[usize]) -> Result<Vec<Warning>, Error> {
        // By their hashes, so that no second copy of every id is held.
        let mut claimed: HashMap<u64, usize> = HashMap::new();
        let gone: HashSet<&ArticleKey> =
            self.known.map(|known| removed.iter().map(|&article| &known.articles()[article].key).collect()).unwrap_or_default();
        let mut warnings = Vec::new();
        let articles = waiting.articles();
        let claiming = articles.iter().enumerate().filter(|(_, entry)| entry.own_id.is_some() || self.folders.len() > 1);
        for (number, entry) in claiming {
            let id = entry.claimed_id();
            let hash = text::hash_of_bytes(&id);
            let earlier = claimed.get(&hash).map(|&earlier| &articles[earlier]).filter(|earlier| earlier.claimed_id() == id);
            let mut other = earlier.map(|earlier| earlier.key.clone());
            if other.is_none() {
                let claimants = self.known.map(|known| known.claimants(&id)).transpose()?.unwrap_or_default();
                other = claimants.into_iter().find(|key| !gone.contains(key));
            }
            if let Some(other) = other {
                let place = location(self.folders, &other.file).map_or_else(|| other.file.path.to_string(), |place| walk::written(&place));
                let cause = format!("document {} claims the id {id}, which document {} of {place} has", entry.key.ordinal, other.ordinal);
                warnings.push(Warning::new(&*entry.key.file.path, cause).with_hint("both stay findable, by their paths"));
            } else {
                claimed.insert(hash, number);
            }
        }
        Ok(warnings)
    }
}

/// What changes of an article that is in the index and stays.
#[derive(Default)]
struct Again {
    grouping: Option<Grouping>,
    trim: Option<Trim>,
    name: Option<Option<String>>,
}

impl Again {
    fn change(&self, entry: &mut IndexEntry) {
        if let Some(grouping) = &self.grouping {
            entry.grouping.clone_from(grouping);
        }
        if let Some(trim) = self.trim {
            entry.article.body = entry.article.body.untrimmed(&entry.trimmed);
            entry.trimmed = entry.article.body.trim(trim);
            entry.passages = passage::split(&entry.article.body);
        }
        if let Some(name) = &self.name {
            entry.name.clone_from(name);
        }
    }
}

/// Returns the known articles that go: those of removed files, and those that a read file has another version of, or no longer.
fn removed_articles(known: Option<&dyn Catalog>, changes: &Changes, prepared: &Prepared) -> Vec<usize> {
    let articles = known.map_or(&[][..], |known| known.articles());
    let mut removed = Vec::new();
    for (file, numbers) in changes::runs_of_files(articles) {
        if changes.removed.contains(file) {
            removed.extend(numbers);
        } else if prepared.read.contains(file) {
            removed.extend(numbers.filter(|number| !prepared.kept.contains(number)));
        }
    }
    removed
}

fn count_articles(known: Option<&dyn Catalog>, prepared: &Prepared, removed: usize, report: &mut IngestReport) {
    let before = known.map_or(0, |known| known.articles().len());
    report.updated = prepared.updated;
    report.new = prepared.waiting.articles().len() - prepared.updated - prepared.refreshed;
    report.removed = removed - prepared.updated - prepared.refreshed;
    report.unchanged = before - removed + prepared.refreshed;
}

/// Returns where a file of a remembered folder is.
pub fn location(folders: &[Folder], file: &FileKey) -> Option<PathBuf> {
    let folder = folders.iter().find(|folder| folder.number == file.folder)?;
    let location = folder.path();
    Some(if location.is_file() { location } else { location.join(walk::path_of(&file.path)) })
}
