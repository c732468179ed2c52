//! A file of a folder, opened for reading: what is read of it is hashed and counted on the way.

use std::fs::File;
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::Path;

use twox_hash::XxHash3_64;

/// A file that is hashed while it is read.
pub struct OpenFile<'a> {
    file: File,
    hasher: XxHash3_64,
    len_bytes: u64,
    failed: Option<io::Error>,
    advance: &'a (dyn Fn(u64) + Sync),
}

/// What was read of a file.
pub struct Reading {
    /// Its length.
    pub len_bytes: u64,
    /// The hash of all its bytes.
    pub content_hash: u64,
}

impl<'a> OpenFile<'a> {
    /// Opens a file; `advance` is told how many bytes are read as they are.
    ///
    /// # Errors
    ///
    /// When the operating system refuses.
    pub fn open(location: &Path, advance: &'a (dyn Fn(u64) + Sync)) -> io::Result<Self> {
        Ok(OpenFile { file: File::open(location)?, hasher: XxHash3_64::new(), len_bytes: 0, failed: None, advance })
    }

    /// Reads what is left, and returns the length and hash of the whole.
    ///
    /// # Errors
    ///
    /// When a part of the file could not be read, now or before.
    pub fn finish(mut self) -> io::Result<Reading> {
        if self.failed.is_none() {
            io::copy(&mut self, &mut io::sink())?;
        }
        match self.failed {
            Some(error) => Err(error),
            None => Ok(Reading { len_bytes: self.len_bytes, content_hash: self.hasher.finish() }),
        }
    }
}

impl Read for OpenFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.file.read(buffer) {
            Ok(count) => {
                self.hasher.write(&buffer[..count]);
                self.len_bytes += count as u64;
                (self.advance)(count as u64);
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                // A reader may pass over it; the file is not wholly read all the same.
                self.failed = Some(io::Error::new(error.kind(), error.to_string()));
                Err(error)
            }
        }
    }
}
