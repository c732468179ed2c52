//! The folder of an index as tantivy sees it.
//!
//! Three things are added to what tantivy does by itself. Each file that is written is hashed on its way, and each `meta.json` lists what the
//! files of its segments must be. A `meta.json` without the note of a commit is held back, so that a new index takes the place of an old one
//! with its first commit and not before. And a file that the present `meta.json` lists is never removed, whatever comes to be unused in the
//! meantime, so that a run that is cut off leaves the former state.

use std::collections::HashSet;
use std::hash::Hasher;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};
use twox_hash::XxHash3_64;

use super::holder::Holder;
use super::meta::{self, META_FILE, Meta, MetaState, Sum, Sums, TAIL_LEN_BYTES};
use super::sums::{OTHER_BYTES, is_index_file, wrong_length};
use crate::error::copy_of;

/// The file in which tantivy lists the files that it made. They are told by their names, so it is never written.
const MANAGED_FILE: &str = ".managed.json";

/// The folder of an index.
#[derive(Clone)]
pub struct IndexDirectory {
    folder: PathBuf,
    files: MmapDirectory,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What files must be, as far as that is known.
    sums: Sums,
    /// The files that the present `meta.json` lists, or all there were where a new index takes the place of an old one.
    in_use: HashSet<String>,
    /// A `meta.json` that is not written yet.
    held: Option<Vec<u8>>,
    /// Whether a new index is made, whatever there is in the folder.
    is_anew: bool,
    /// The lock of the writer, until tantivy asks for it.
    lock: Option<DirectoryLock>,
    /// Why the first of the writes failed that did.
    refused: Option<io::Error>,
}

impl State {
    /// Remembers why a write failed: what writes in threads of its own does not pass it on.
    fn note(&mut self, error: &io::Error) {
        self.refused.get_or_insert_with(|| copy_of(error));
    }
}

impl IndexDirectory {
    /// Opens the folder of an index that is there.
    ///
    /// # Errors
    ///
    /// When the folder cannot be opened.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        Ok(IndexDirectory { folder: folder.to_path_buf(), files: MmapDirectory::open(folder)?, state: Arc::default() })
    }

    /// Takes the lock of the writer, which tantivy is handed when it asks for it.
    ///
    /// # Errors
    ///
    /// When another process has it.
    pub fn lock(&self) -> Result<(), LockError> {
        let lock = self.files.acquire_lock(&INDEX_WRITER_LOCK)?;
        Holder::sign(&self.folder);
        self.state().lock = Some(lock);
        Ok(())
    }

    /// Takes the lock of the writer for a look at what lies in the folder, without saying who has it.
    ///
    /// # Errors
    ///
    /// When another process has it, or the folder may not be written.
    pub fn hold(&self) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(&INDEX_WRITER_LOCK)
    }

    /// Prepares for an index that is going to take the place of what is there, with its first commit.
    pub fn make_anew(&self) {
        let in_use = index_files(&self.folder).into_iter().collect();
        let mut state = self.state();
        state.in_use = in_use;
        state.is_anew = true;
    }

    /// Takes what the operating system said when a write failed, if one did.
    pub fn take_refusal(&self) -> Option<io::Error> {
        self.state().refused.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what a run that was cut off left behind. Only who holds the lock of the writer may do it.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or a file cannot be removed.
    pub fn sweep(&self) -> tantivy::Result<()> {
        let _readers_wait = self.acquire_lock(&META_LOCK)?;
        for name in leftovers(&self.folder)? {
            std::fs::remove_file(self.folder.join(name))?;
        }
        Ok(())
    }

    /// Takes note of what a `meta.json` says that is on the disk now.
    fn learn(&self, meta: Meta) {
        let mut state = self.state();
        state.in_use = meta.files.keys().cloned().collect();
        state.sums.extend(meta.files);
    }

    fn write_meta(&self, content: &[u8]) -> io::Result<()> {
        let text = str::from_utf8(content).map_err(io::Error::other)?;
        let coming: Meta = serde_json::from_str(text)?;
        if coming.payload.is_none() {
            self.state().held = Some(content.to_vec());
            return Ok(());
        }
        let needed: Sums =
            self.state().sums.iter().filter(|(name, _)| coming.needs(name)).map(|(name, sum)| (name.clone(), *sum)).collect();
        let written = self.files.atomic_write(Path::new(META_FILE), meta::with_files(text, &needed).as_bytes());
        let mut state = self.state();
        written.inspect_err(|error| state.note(error)).and_then(|()| self.files.sync_directory())?;
        state.in_use = needed.into_keys().collect();
        state.held = None;
        state.is_anew = false;
        Ok(())
    }

    fn read_meta(&self) -> Result<Vec<u8>, OpenReadError> {
        let path = Path::new(META_FILE);
        {
            let state = self.state();
            if let Some(held) = &state.held {
                return Ok(held.clone());
            }
            if state.is_anew {
                return Err(OpenReadError::FileDoesNotExist(path.to_path_buf()));
            }
        }
        let bytes = self.files.atomic_read(path)?;
        match MetaState::of(&bytes) {
            MetaState::Whole(meta) => self.learn(meta),
            MetaState::Damaged => return Err(damaged(path, OTHER_BYTES.to_owned())),
            MetaState::Unsealed(_) | MetaState::Absent => {}
        }
        Ok(bytes)
    }
}

impl std::fmt::Debug for IndexDirectory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IndexDirectory({})", self.folder.display())
    }
}

/// Lists the files of segments that are in a folder.
fn index_files(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).filter(|name| is_index_file(name)).collect()
}

/// Tells whether there are files of segments in a folder.
pub fn has_index_files(folder: &Path) -> bool {
    !index_files(folder).is_empty()
}

/// Lists the files in the folder of an index that no part of its present state needs: parts of segments, and files that were to be
/// renamed. Of the segments of an index that cannot be used nothing is known to be unneeded.
pub fn leftovers(folder: &Path) -> io::Result<Vec<String>> {
    let needed = match MetaState::read(folder) {
        Ok(MetaState::Whole(meta)) => Some(meta.files),
        Ok(MetaState::Absent) => Some(Sums::new()),
        Ok(MetaState::Damaged | MetaState::Unsealed(_)) | Err(_) => None,
    };
    let names = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_unneeded = |name: &str| needed.as_ref().is_some_and(|needed| is_index_file(name) && !needed.contains_key(name));
    let is_left = |name: &String| is_unneeded(name) || is_temporary(name) || name == MANAGED_FILE;
    Ok(names.filter(is_left).collect())
}

/// Tells the name that a file has before it takes the place of another.
fn is_temporary(name: &str) -> bool {
    name.strip_prefix(".tmp").is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Says that a file is not what was written.
fn damaged(path: &Path, cause: String) -> OpenReadError {
    OpenReadError::IoError { io_error: Arc::new(io::Error::new(io::ErrorKind::InvalidData, cause)), filepath: path.to_path_buf() }
}

/// Tells a file of texts and one of columns: as they are opened, room is made for as many blocks or columns as their ends say.
fn is_believed_at_once(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "store" || ending == "fast")
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let handle = self.files.get_file_handle(path)?;
        let Some(sum) = self.state().sums.get(&name_of(path)).copied() else { return Ok(handle) };
        if sum.len_bytes != handle.len() as u64 {
            return Err(damaged(path, wrong_length(handle.len() as u64, &sum)));
        }
        if is_believed_at_once(path) {
            let tail = handle.read_bytes(handle.len().saturating_sub(TAIL_LEN_BYTES)..handle.len());
            let tail = tail.map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
            if XxHash3_64::oneshot(&tail) != sum.tail_xxh3 {
                return Err(damaged(path, OTHER_BYTES.to_owned()));
            }
        }
        Ok(handle)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        if self.state().in_use.contains(&name_of(path)) {
            let io_error = Arc::new(io::Error::new(io::ErrorKind::ResourceBusy, "the present state of the index needs it"));
            return Err(DeleteError::IoError { io_error, filepath: path.to_path_buf() });
        }
        self.files.delete(path)?;
        self.state().sums.remove(&name_of(path));
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        if path == Path::new(META_FILE) {
            let state = self.state();
            if state.held.is_some() || state.is_anew {
                return Ok(state.held.is_some());
            }
        }
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.files.open_write(path);
        if let Err(OpenWriteError::IoError { io_error, .. }) = &opened {
            self.state().note(io_error);
        }
        let unbuffered = opened?.into_inner();
        let inner = unbuffered.map_err(|error| OpenWriteError::wrap_io_error(error.into_error(), path.to_path_buf()))?;
        let hashed = Hashed {
            inner,
            hasher: XxHash3_64::new(),
            tail: Vec::new(),
            len_bytes: 0,
            name: name_of(path),
            state: Arc::clone(&self.state),
        };
        Ok(BufWriter::new(Box::new(hashed)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META_FILE) {
            return self.read_meta();
        }
        if path == Path::new(MANAGED_FILE) {
            let listed = serde_json::to_vec(&index_files(&self.folder));
            return listed.map_err(|error| OpenReadError::wrap_io_error(error.into(), path.to_path_buf()));
        }
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        if path == Path::new(META_FILE) {
            return self.write_meta(content);
        }
        if path == Path::new(MANAGED_FILE) {
            return Ok(());
        }
        self.files.atomic_write(path, content)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == INDEX_WRITER_LOCK.filepath
            && let Some(held) = self.state().lock.take()
        {
            return Ok(held);
        }
        match self.files.acquire_lock(lock) {
            // Who only reads where nobody may write needs no protection from a writer.
            Err(LockError::IoError(error)) if lock.filepath == META_LOCK.filepath && is_read_only(&error) => {
                Ok(DirectoryLock::from(Box::new(Box::new(()))))
            }
            outcome => outcome,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// A file that is hashed while it is written.
struct Hashed {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    hasher: XxHash3_64,
    /// Its last bytes, and some before them.
    tail: Vec<u8>,
    len_bytes: u64,
    name: String,
    state: Arc<Mutex<State>>,
}

impl Hashed {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let len = self.inner.write(bytes).inspect_err(|error| self.state().note(error))?;
        self.hasher.write(&bytes[..len]);
        self.tail.extend_from_slice(&bytes[..len]);
        if self.tail.len() > 2 * TAIL_LEN_BYTES {
            self.tail.drain(..self.tail.len() - TAIL_LEN_BYTES);
        }
        self.len_bytes += len as u64;
        Ok(len)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for Hashed {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.inner.terminate_ref(token).inspect_err(|error| self.state().note(error))?;
        let tail = &self.tail[self.tail.len().saturating_sub(TAIL_LEN_BYTES)..];
        let sum = Sum { len_bytes: self.len_bytes, xxh3: self.hasher.finish(), tail_xxh3: XxHash3_64::oneshot(tail) };
        self.state().sums.insert(self.name.clone(), sum);
        Ok(())
    }
}
