//! A file and the state that the index noted of it in, out whether it still is the file that was read.

use std::io;
use std::path::Path;

use super::open_file::{Course, OpenFile};
use super::sidecar::Sidecar;
use super::stop::Stop;
use crate::search::FileState;
use crate::walk;

/// Tells whether a file, with its sidecar, holds what it held when it was indexed; its time does not count.
///
/// # Errors
///
/// When the file cannot be read.
pub fn is_as_indexed(location: &Path, known: &FileState) -> io::Result<bool> {
    let reading = OpenFile::open(location, Course { advance: &|_| {}, stop: &Stop::default() })?.finish()?;
    let alone = FileState { len_bytes: reading.len_bytes, modified_ns: known.modified_ns, content_hash: reading.content_hash };
    let sidecar = Sidecar::of("", walk::sidecar_of(location).as_deref());
    Ok(sidecar.joined(alone) == *known)
}
