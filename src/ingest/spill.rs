//! Bytes that wait for their turn: the last of them in memory, those before in a file.
//!
//! The file has no name: it lies in the folder of the index, is made when it is needed, and is gone with the process however
//! that ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, ErrorKind};
use crate::walk;

/// So many bytes are read at one go where one piece is asked for after the other.
const AHEAD_LEN_BYTES: usize = 1 << 18;

/// Bytes that are put in one after the other and read back by where they stand.
pub struct Spill {
    folder: PathBuf,
    held_bytes_max: usize,
    held: Vec<u8>,
    file: Option<Mutex<File>>,
    filed_bytes: u64,
}

impl Spill {
    /// Makes room for bytes, of which no more than these are held in memory when the next come in.
    pub fn new(folder: &Path, held_bytes_max: usize) -> Self {
        Spill { folder: folder.to_path_buf(), held_bytes_max, held: Vec::new(), file: None, filed_bytes: 0 }
    }

    /// Puts bytes in; returns where they stand.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn push(&mut self, bytes: &[u8]) -> Result<u64, Error> {
        if self.held.len() >= self.held_bytes_max {
            self.write_held()?;
        }
        let offset = self.filed_bytes + self.held.len() as u64;
        self.held.extend_from_slice(bytes);
        Ok(offset)
    }

    /// Puts bytes in right behind those that were put in last, to be read back together with them.
    pub fn push_more(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
    }

    fn write_held(&mut self) -> Result<(), Error> {
        let failed = |error| Error::io("write", walk::written(&self.folder), error);
        if self.file.is_none() {
            self.file = Some(Mutex::new(tempfile::tempfile_in(&self.folder).map_err(failed)?));
        }
        let Some(file) = &self.file else { return Ok(()) };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.filed_bytes)).map_err(failed)?;
        file.write_all(&self.held).map_err(failed)?;
        self.filed_bytes += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }

    /// Returns the bytes that stand at a place.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn at(&self, offset: u64, len_bytes: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.read(offset, len_bytes, &mut bytes)?;
        Ok(bytes)
    }

    /// What is put in at one go stands either in the file or in memory as a whole.
    fn read(&self, offset: u64, len_bytes: usize, bytes: &mut Vec<u8>) -> Result<(), Error> {
        bytes.clear();
        if let Some(from) = offset.checked_sub(self.filed_bytes) {
            let held = usize::try_from(from).ok().and_then(|from| self.held.get(from..)?.get(..len_bytes));
            bytes.extend_from_slice(held.ok_or_else(|| self.damaged())?);
            return Ok(());
        }
        let failed = |error| Error::io("read", walk::written(&self.folder), error);
        let Some(file) = &self.file else { return Err(self.damaged()) };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        bytes.resize(len_bytes, 0);
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        file.read_exact(bytes).map_err(failed)
    }

    /// Returns the error that what waited is not what was put in.
    pub fn damaged(&self) -> Error {
        Error::new(ErrorKind::Io, "read", walk::written(&self.folder), "what waited there has changed")
    }
}

/// What was read of a [`Spill`] at one go, so that pieces that follow one another are not read one by one.
#[derive(Default)]
pub struct ReadAhead {
    from: u64,
    bytes: Vec<u8>,
}

impl ReadAhead {
    /// Returns the bytes that stand at a place.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn at(&mut self, spill: &Spill, offset: u64, len_bytes: usize) -> Result<&[u8], Error> {
        let is_there = self.from <= offset && offset + len_bytes as u64 <= self.from + self.bytes.len() as u64;
        if !is_there {
            let following = if offset < spill.filed_bytes { spill.filed_bytes - offset } else { len_bytes as u64 };
            let ahead = usize::try_from(following).unwrap_or(usize::MAX).min(AHEAD_LEN_BYTES);
            spill.read(offset, ahead.max(len_bytes), &mut self.bytes)?;
            self.from = offset;
        }
        let from = usize::try_from(offset - self.from).unwrap_or(usize::MAX);
        self.bytes.get(from..).and_then(|bytes| bytes.get(..len_bytes)).ok_or_else(|| spill.damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_back_from_memory_and_from_the_file() {
        let folder = tempfile::tempdir().unwrap();
        for held_bytes_max in [0, 1000, usize::MAX] {
            let mut spill = Spill::new(folder.path(), held_bytes_max);
            let pieces: Vec<Vec<u8>> = (0..90_usize).map(|number| vec![number as u8; number * 100]).collect();
            let offsets: Vec<u64> = pieces.iter().map(|piece| spill.push(piece).unwrap()).collect();
            let mut ahead = ReadAhead::default();
            let forward = pieces.iter().zip(&offsets);
            for (piece, &offset) in forward.clone().chain(forward.rev()) {
                assert_eq!(&spill.at(offset, piece.len()).unwrap(), piece);
                assert_eq!(ahead.at(&spill, offset, piece.len()).unwrap(), piece);
            }
            let end = spill.filed_bytes + spill.held.len() as u64;
            assert!(ahead.at(&spill, end, 1).is_err() && spill.at(end, 1).is_err());
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file has no name");
    }
}
