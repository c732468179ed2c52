//! Opens an index: to search it, to see what is in it, to write it, to check its files.

use std::path::Path;

use crate::error::Error;
use crate::search::{Catalog, Folder, IndexWriter, Searcher};

use self::guarded::{Guarded, guarded};
use self::tantivy::{TantivyCatalog, TantivySearcher, TantivyWriter, remembered};

mod guarded;
mod tantivy;

pub use self::tantivy::{check_files, state_hash, sweep};

/// Opens the last committed state of the index in a folder for searching.
///
/// # Errors
///
/// [`crate::error::ErrorKind::NoIndex`] where there is none, `IndexVersion` where it is of another format, `IndexBroken` where
/// it cannot be used.
pub fn open(folder: &Path) -> Result<Box<dyn Searcher>, Error> {
    let searcher = guarded(folder, || TantivySearcher::open(folder))?;
    Ok(Box::new(Guarded::new(folder, searcher)))
}

/// Opens the last committed state of the index in a folder for an update.
///
/// # Errors
///
/// As [`open`].
pub fn open_catalog(folder: &Path) -> Result<Box<dyn Catalog>, Error> {
    let catalog = guarded(folder, || TantivyCatalog::open(folder))?;
    Ok(Box::new(Guarded::new(folder, catalog)))
}

/// Returns the folders that the index in a folder remembers, as far as that can be told: also if it cannot be used otherwise.
pub fn remembered_folders(folder: &Path) -> Vec<Folder> {
    remembered(folder)
}

/// Opens the index in a folder for writing; makes one where there is none, and in place of one that cannot be used, which stays until
/// the first commit.
///
/// How many bytes are going to be read, about, decides how much memory the writer takes.
///
/// # Errors
///
/// [`crate::error::ErrorKind::IndexBusy`] while another process writes to it; else when the folder cannot be written.
pub fn open_writer(folder: &Path, coming_bytes: u64) -> Result<Box<dyn IndexWriter>, Error> {
    Ok(Box::new(guarded(folder, || TantivyWriter::open(folder, coming_bytes))?))
}
