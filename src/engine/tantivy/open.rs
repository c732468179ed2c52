//! From a folder to an open index of our format, and from what can go wrong there to errors that say what to do.

use std::path::Path;
use std::time::Duration;

use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::index::SegmentId;
use tantivy::{Index, IndexMeta, SegmentMeta, TantivyError};

use super::schema::{self, CommitNote, FORMAT_VERSION, Fields};
use super::storage::{self, Holder, IndexDirectory, LOCK_FILE, META_FILE, Meta, MetaState, OTHER_BYTES};
use crate::error::{Error, ErrorKind, cause_of, copy_of};
use crate::moment::Moment;
use crate::search::{DamagedFile, FileCheck, Folder};
use crate::text;
use crate::walk;

/// An index of our format, and what its last commit says.
pub struct OpenIndex {
    /// Its folder.
    pub directory: IndexDirectory,
    /// The index.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// The note on its last commit.
    pub note: CommitNote,
    /// Which state of it this is.
    pub state: CommittedState,
}

/// What no two states of an index have in common: the number of the last operation, which a merge leaves as it is, and the
/// names of the segments, which are drawn by lot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommittedState {
    opstamp: u64,
    segments: Vec<SegmentId>,
}

impl CommittedState {
    fn of(metas: &IndexMeta) -> Self {
        CommittedState { opstamp: metas.opstamp, segments: metas.segments.iter().map(SegmentMeta::id).collect() }
    }
}

/// Opens the index in a folder.
///
/// # Errors
///
/// [`ErrorKind::NoIndex`], [`ErrorKind::IndexVersion`], [`ErrorKind::IndexBroken`] or [`ErrorKind::IndexUnreadable`].
pub fn open(folder: &Path) -> Result<OpenIndex, Error> {
    let note = last_note(folder)?;
    let directory = IndexDirectory::open(folder).map_err(|error| failure(folder, error))?;
    open_in(folder, directory, note)
}

fn open_in(folder: &Path, directory: IndexDirectory, note: CommitNote) -> Result<OpenIndex, Error> {
    let index = Index::open(directory.clone()).map_err(|error| failure(folder, error))?;
    let metas = index.load_metas().map_err(|error| failure(folder, error))?;
    let (schema, fields) = schema::schema();
    if index.schema() != schema {
        return Err(other_version(folder, "its fields are not those of this program"));
    }
    schema::register_tokenizer(&index);
    Ok(OpenIndex { directory, index, fields, note, state: CommittedState::of(&metas) })
}

fn last_note(folder: &Path) -> Result<CommitNote, Error> {
    let payload = whole_meta(folder)?.payload.unwrap_or_default();
    serde_json::from_str(&payload).map_err(|_| other_version(folder, NOT_OURS))
}

/// What is said of an index that another program wrote.
const NOT_OURS: &str = "it was not written by dateline";

/// Reads `meta.json` of an index of the present format.
///
/// # Errors
///
/// As [`open`].
pub fn whole_meta(folder: &Path) -> Result<Meta, Error> {
    let format_of = |meta: &Meta| Some(serde_json::from_str::<FormatNote>(meta.payload.as_deref()?).ok()?.dateline_format);
    let read = MetaState::read(folder).map_err(|error| unreadable(folder, META_FILE, &error))?;
    match read {
        MetaState::Absent => Err(no_index(folder)),
        MetaState::Damaged => Err(damaged(folder, META_FILE, OTHER_BYTES)),
        MetaState::Whole(meta) | MetaState::Unsealed(meta) => match format_of(&meta) {
            None if meta.payload.is_none() && meta.has_no_segments() => Err(no_index(folder)),
            None => Err(other_version(folder, NOT_OURS)),
            Some(FORMAT_VERSION) if meta.is_unlisted() => Err(damaged(folder, META_FILE, OTHER_BYTES)),
            Some(FORMAT_VERSION) => Ok(meta),
            Some(other) => {
                let cause = format!("its format is version {other}, this program reads version {FORMAT_VERSION}");
                Err(other_version(folder, &cause))
            }
        },
    }
}

/// What the notes of all formats have.
#[derive(serde::Deserialize)]
struct FormatNote {
    dateline_format: u32,
}

/// Returns the folders that an index remembers, as far as that can be told: also of one that cannot be used.
pub fn remembered(folder: &Path) -> Vec<Folder> {
    let meta: Option<Meta> = std::fs::read(folder.join(META_FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let note: Option<CommitNote> = meta.and_then(|meta| serde_json::from_str(&meta.payload?).ok());
    note.map(|note| note.folders).unwrap_or_default()
}

/// Opens the index in a folder for writing, or makes an empty one there. One that cannot be used stays as it is until the first
/// commit of the new one, which takes its place. The lock of the writer is taken before it is looked what is there.
///
/// # Errors
///
/// [`ErrorKind::IndexBusy`] while another process writes there, [`ErrorKind::NotAnIndex`] where other files have the names of an index;
/// else when the folder cannot be made or written.
pub fn open_or_make(folder: &Path) -> Result<OpenIndex, Error> {
    make_folder(folder)?;
    if folder.join(META_FILE).exists() && !is_index(folder) {
        let cause = "it holds a meta.json that does not belong to an index";
        return Err(Error::new(ErrorKind::NotAnIndex, "use the folder", walk::written(folder), cause)
            .with_hint("name an empty folder with --index"));
    }
    let directory = IndexDirectory::open(folder).map_err(|error| failure(folder, error))?;
    lock(&directory).map_err(|error| failure(folder, TantivyError::LockFailure(error, None)))?;
    directory.sweep().map_err(|error| failure(folder, error))?;
    match last_note(folder).and_then(|note| open_in(folder, directory.clone(), note)) {
        Ok(open) => return Ok(open),
        Err(error) if error.kind() == ErrorKind::NoIndex || error.kind().is_of_unusable_index() => {}
        Err(error) => return Err(error),
    }
    directory.make_anew();
    let (schema, fields) = schema::schema();
    let index = Index::create(directory.clone(), schema, schema::settings()).map_err(|error| failure(folder, error))?;
    schema::register_tokenizer(&index);
    let note = CommitNote { dateline_format: FORMAT_VERSION, folders: remembered(folder) };
    Ok(OpenIndex { directory, index, fields, note, state: CommittedState::default() })
}

/// So long is waited for another writer that is just finishing, or for a process that is being started and holds a copy of its
/// lock until it has become another program.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it is looked whether the other writer has finished.
const LOOKS: u32 = 20;

fn lock(directory: &IndexDirectory) -> Result<(), LockError> {
    for _ in 0..LOOKS {
        match directory.lock() {
            Err(LockError::LockBusy) => std::thread::sleep(PATIENCE / LOOKS),
            outcome => return outcome,
        }
    }
    directory.lock()
}

/// Makes the folder of an index, for its owner alone: what people read is nobody else's business.
fn make_folder(folder: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| Error::io("make the index folder", walk::written(folder), error))
}

/// Tells whether a folder is that of an index, whole or not, or of one that was begun.
fn is_index(folder: &Path) -> bool {
    let has_meta = || match MetaState::read(folder) {
        Ok(MetaState::Whole(_)) => true,
        Ok(MetaState::Unsealed(meta)) => meta.payload.is_some() || !meta.has_no_segments(),
        _ => false,
    };
    folder.join(LOCK_FILE).exists() || has_meta() || storage::has_index_files(folder)
}

/// Reads the files of the present state of an index and compares them with what was written.
///
/// # Errors
///
/// As [`crate::engine::open`], but for damage, which is what is looked for; [`ErrorKind::IndexUnreadable`] where a file cannot be read at
/// all, so that nothing can be said of it.
pub fn check_files(folder: &Path) -> Result<FileCheck, Error> {
    // It is read before the rest: where another process commits in between, the state seems older than what was checked.
    let state = state_hash(folder).unwrap_or_default();
    let meta = match whole_meta(folder) {
        Ok(meta) => meta,
        Err(error) if error.kind() == ErrorKind::IndexBroken => {
            let damaged = vec![DamagedFile { name: META_FILE.to_owned(), cause: OTHER_BYTES.to_owned() }];
            return Ok(FileCheck { files: 1, state, damaged, ..FileCheck::default() });
        }
        Err(error) => return Err(error),
    };
    let refused = |error| Error::io("read the index", walk::written(folder), error);
    let mut damaged = storage::damaged_files(folder, &meta).map_err(|refused| unreadable(folder, &refused.name, &refused.error))?;
    if !damaged.is_empty()
        && let Ok(now) = whole_meta(folder)
    {
        // What another process has made superfluous meanwhile may be gone.
        damaged.retain(|file| file.name == META_FILE || now.files.contains_key(&file.name));
    }
    let len_bytes = std::fs::metadata(folder.join(META_FILE)).map_err(refused)?.len();
    Ok(FileCheck {
        files: 1 + meta.files.len() as u64,
        len_bytes: meta.files.values().map(|sum| sum.len_bytes).sum::<u64>() + len_bytes,
        state,
        damaged,
        leftovers: idle_leftovers(folder).map_err(refused)?,
    })
}

/// Returns what no two states of an index have in common, from its `meta.json`.
///
/// # Errors
///
/// When it cannot be read.
pub fn state_hash(folder: &Path) -> Result<u64, Error> {
    let bytes = std::fs::read(folder.join(META_FILE)).map_err(|error| Error::io("read the index", walk::written(folder), error))?;
    Ok(text::hash_of(&bytes))
}

/// Lists the files that a run left behind which was cut off; none while another process writes, whose files look the same. Where the
/// index may not be written, nobody can be told to write, and what is listed is what there is.
fn idle_leftovers(folder: &Path) -> std::io::Result<Vec<String>> {
    let seen = storage::leftovers(folder)?;
    let Some(directory) = IndexDirectory::open(folder).ok().filter(|_| !seen.is_empty()) else { return Ok(seen) };
    match directory.hold() {
        Err(LockError::LockBusy) => Ok(Vec::new()),
        // Who wrote may have finished since they were listed.
        _held => storage::leftovers(folder),
    }
}

/// Removes what an update left behind that was cut off, where no other process is writing.
///
/// # Errors
///
/// When a file cannot be removed.
pub fn sweep(folder: &Path) -> Result<(), Error> {
    if storage::leftovers(folder).unwrap_or_default().is_empty() {
        return Ok(());
    }
    let directory = IndexDirectory::open(folder).map_err(|error| failure(folder, error))?;
    match directory.lock() {
        Ok(()) => directory.sweep().map_err(|error| failure(folder, error)),
        Err(_) => Ok(()),
    }
}

/// Returns the bytes that the index takes on disk.
pub fn len_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.filter_map(|entry| entry.ok()?.metadata().ok()).filter(std::fs::Metadata::is_file).map(|about| about.len()).sum()
}

fn no_index(folder: &Path) -> Error {
    Error::new(ErrorKind::NoIndex, "open the index", walk::written(folder), "there is none yet")
        .with_hint("run `dateline index FOLDER` first, with the folder of your articles")
}

fn other_version(folder: &Path, cause: &str) -> Error {
    Error::new(ErrorKind::IndexVersion, "open the index", walk::written(folder), cause)
        .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
}

/// Turns what tantivy says about an index folder into an error of ours.
pub fn failure(folder: &Path, error: TantivyError) -> Error {
    let object = walk::written(folder);
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => busy(folder),
        TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            other_version(folder, "it was written by another version of the program")
        }
        TantivyError::IoError(error) => Error::io("use the index", object, copy_of(&error)),
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => no_index(folder),
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => damaged(folder, &file.to_string_lossy(), "it is missing"),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => match io_error.kind() {
            // What is said of bytes that were read, by `storage` and by the library below.
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => {
                damaged(folder, &filepath.to_string_lossy(), &first_line(&io_error.to_string()))
            }
            _ => unreadable(folder, &filepath.to_string_lossy(), &io_error),
        },
        TantivyError::LockFailure(LockError::IoError(error), _) => Error::io("write the index", object, copy_of(&error)),
        error => Error::new(ErrorKind::IndexBroken, "use the index", object, first_line(&error.to_string()))
            .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
            .with_source(error),
    }
}

fn busy(folder: &Path) -> Error {
    let cause = match Holder::read(folder) {
        Some(Holder { process, since }) => match Moment::from_unix_seconds(since) {
            Some(since) => format!("process {process} has been writing to it since {since}"),
            None => format!("process {process} is writing to it"),
        },
        None => "another process is writing to it".to_owned(),
    };
    Error::new(ErrorKind::IndexBusy, "write the index", walk::written(folder), cause)
        .with_hint("wait until it has finished, then try again")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or("it is damaged").to_lowercase()
}

/// Says that the operating system refuses to have a file of the index read.
fn unreadable(folder: &Path, file: &str, error: &std::io::Error) -> Error {
    // The library below names some files with their folder and some without.
    let path = folder.join(Path::new(file).file_name().unwrap_or_default());
    Error::new(ErrorKind::IndexUnreadable, "read the index file", walk::written(&path), cause_of(error))
        .with_hint("make the file readable, or run `dateline index --rebuild` to make the index anew; your articles are not touched")
        .with_source(copy_of(error))
}

/// Says that a file of the index is not what was written.
pub fn damaged(folder: &Path, file: &str, cause: &str) -> Error {
    broken(folder, &format!("its file {file} is damaged: {cause}"))
}

/// Says that a part of the index does not hold what it should.
pub fn broken(folder: &Path, cause: &str) -> Error {
    Error::new(ErrorKind::IndexBroken, "use the index", walk::written(folder), cause)
        .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
}
