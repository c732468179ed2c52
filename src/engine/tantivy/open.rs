//! From a folder to an open index of our format, and from what can go wrong there to errors that say what to do.

use std::path::Path;

use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError};
use tantivy::directory::{INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::index::SegmentId;
use tantivy::{Directory, Index, IndexMeta, SegmentMeta, TantivyError};

use super::schema::{self, CommitNote, FORMAT_VERSION, Fields};
use crate::error::{Error, ErrorKind};
use crate::search::Folder;

/// An index of our format, and what its last commit says.
pub struct OpenIndex {
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

/// The file that every index has.
const META_FILE: &str = "meta.json";

/// The file in which an index lists its files.
const MANAGED_FILE: &str = ".managed.json";

/// Opens the index in a folder.
///
/// # Errors
///
/// [`ErrorKind::NoIndex`], [`ErrorKind::IndexVersion`] or [`ErrorKind::IndexBroken`].
pub fn open(folder: &Path) -> Result<OpenIndex, Error> {
    if !folder.join(META_FILE).is_file() {
        return Err(no_index(folder));
    }
    let index = Index::open_in_dir(folder).map_err(|error| failure(folder, error))?;
    let metas = index.load_metas().map_err(|error| failure(folder, error))?;
    let Some(payload) = &metas.payload else {
        return Err(if metas.segments.is_empty() { no_index(folder) } else { other_version(folder, "it was not written by dateline") });
    };
    let (schema, fields) = schema::schema();
    let note: Option<CommitNote> = serde_json::from_str(payload).ok();
    match note {
        Some(note) if note.dateline_format == FORMAT_VERSION && index.schema() == schema => {
            schema::register_tokenizer(&index);
            Ok(OpenIndex { index, fields, note, state: CommittedState::of(&metas) })
        }
        Some(note) if note.dateline_format == FORMAT_VERSION => Err(other_version(folder, "its fields are not those of this program")),
        Some(note) => {
            let cause = format!("its format is version {}, this program reads version {FORMAT_VERSION}", note.dateline_format);
            Err(other_version(folder, &cause))
        }
        None => Err(other_version(folder, "it was not written by dateline")),
    }
}

/// Returns the folders that an index remembers, as far as that can be told: also of one that cannot be used.
pub fn remembered(folder: &Path) -> Vec<Folder> {
    let meta: Option<serde_json::Value> = std::fs::read(folder.join(META_FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let payload = meta.as_ref().and_then(|meta| meta.get("payload")?.as_str());
    let note: Option<CommitNote> = payload.and_then(|payload| serde_json::from_str(payload).ok());
    note.map(|note| note.folders).unwrap_or_default()
}

/// Opens the index in a folder, or makes an empty one there; an index that cannot be used makes way, and the new one remembers
/// its folders.
///
/// # Errors
///
/// [`ErrorKind::IndexBusy`] while another process writes there; else when the folder cannot be made or written, or holds other
/// files under the names of an index.
pub fn open_or_make(folder: &Path) -> Result<OpenIndex, Error> {
    std::fs::create_dir_all(folder).map_err(|error| Error::io("make the index folder", folder.display().to_string(), error))?;
    // Whoever makes or clears an index holds the writer's lock, so that two first runs do not undo each other.
    let directory = MmapDirectory::open(folder).map_err(|error| failure(folder, error.into()))?;
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|error| failure(folder, TantivyError::LockFailure(error, None)))?;
    match open(folder) {
        Ok(open) => return Ok(open),
        Err(error) if matches!(error.kind(), ErrorKind::NoIndex | ErrorKind::IndexVersion | ErrorKind::IndexBroken) => {}
        Err(error) => return Err(error),
    }
    let folders = remembered(folder);
    if folder.join(META_FILE).exists() {
        remove_index_files(folder)?;
    }
    let (schema, fields) = schema::schema();
    let index =
        Index::builder().schema(schema).settings(schema::settings()).create_in_dir(folder).map_err(|error| failure(folder, error))?;
    schema::register_tokenizer(&index);
    drop(lock);
    let note = CommitNote { dateline_format: FORMAT_VERSION, folders };
    if !note.folders.is_empty() {
        commit_note(&index, &note).map_err(|error| failure(folder, error))?;
    }
    Ok(OpenIndex { index, fields, note, state: CommittedState::default() })
}

/// Writes a note on an index without articles, so that what it remembers outlives a run that is cut off.
fn commit_note(index: &Index, note: &CommitNote) -> tantivy::Result<()> {
    /// The least that a writer takes.
    const BUDGET_LEN_BYTES: usize = 15_000_000;
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, BUDGET_LEN_BYTES)?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&serde_json::to_string(note).expect("a note is made of strings and numbers"));
    prepared.commit()?;
    Ok(())
}

/// Removes the files that an index lists as its own, and nothing else.
fn remove_index_files(folder: &Path) -> Result<(), Error> {
    let refused = |error| Error::io("clear the index folder", folder.display().to_string(), error);
    let list = std::fs::read(folder.join(MANAGED_FILE)).ok();
    let Some(own) = list.and_then(|list| serde_json::from_slice::<Vec<String>>(&list).ok()) else {
        let cause = "it holds a meta.json that does not belong to an index";
        return Err(Error::new(ErrorKind::IndexBroken, "use the folder", folder.display().to_string(), cause)
            .with_hint("name an empty folder with --index"));
    };
    let is_name = |name: &&str| !name.contains(['/', '\\']) && *name != "..";
    for name in own.iter().map(String::as_str).chain([META_FILE, MANAGED_FILE]).filter(is_name) {
        match std::fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(refused(error)),
            _ => {}
        }
    }
    Ok(())
}

/// Returns the bytes that the index takes on disk.
pub fn len_bytes(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.filter_map(|entry| entry.ok()?.metadata().ok()).filter(std::fs::Metadata::is_file).map(|about| about.len()).sum()
}

fn no_index(folder: &Path) -> Error {
    Error::new(ErrorKind::NoIndex, "open the index", folder.display().to_string(), "there is none yet")
        .with_hint("run `dateline index FOLDER` first, with the folder of your articles")
}

fn other_version(folder: &Path, cause: &str) -> Error {
    Error::new(ErrorKind::IndexVersion, "open the index", folder.display().to_string(), cause)
        .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
}

/// Turns what tantivy says about an index folder into an error of ours.
pub fn failure(folder: &Path, error: TantivyError) -> Error {
    let object = folder.display().to_string();
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            Error::new(ErrorKind::IndexBusy, "write the index", object, "another process is writing to it")
                .with_hint("wait until it has finished, then try again")
        }
        TantivyError::IncompatibleIndex(_) | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            other_version(folder, "it was written by another version of the program")
        }
        TantivyError::IoError(error) => Error::io("use the index", object, std::io::Error::new(error.kind(), error.to_string())),
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => no_index(folder),
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            Error::io("write the index", object, std::io::Error::new(error.kind(), error.to_string()))
        }
        error => Error::new(ErrorKind::IndexBroken, "use the index", object, first_line(&error.to_string()))
            .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
            .with_source(error),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or("it is damaged").to_lowercase()
}

/// Says that a part of the index does not hold what it should.
pub fn broken(folder: &Path, cause: &str) -> Error {
    Error::new(ErrorKind::IndexBroken, "use the index", folder.display().to_string(), cause)
        .with_hint("run `dateline index --rebuild` to make it anew; your articles are not touched")
}
