//! A file of a folder, opened for reading: what is read of it is hashed and counted on the way.

use std::fs::File;
use std::hash::Hasher;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

use twox_hash::XxHash3_64;

use super::stop::Stop;
use crate::error::copy_of;

/// The clocks of file systems tick so often or more often: what was written twice within a tick may bear the same time.
const TICK: Duration = Duration::from_millis(20);

/// What goes on beside the reading of files.
#[derive(Clone, Copy)]
pub struct Course<'a> {
    /// Is told how many bytes are read, as they are.
    pub advance: &'a (dyn Fn(u64) + Sync),
    /// By which reading is told to end early; what has been read by then is worth nothing.
    pub stop: &'a Stop,
}

/// A file that is hashed while it is read.
pub struct OpenFile<'a> {
    file: File,
    before: Option<Stamp>,
    hasher: XxHash3_64,
    len_bytes: u64,
    failed: Option<io::Error>,
    course: Course<'a>,
}

/// By what a change of a file is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    len_bytes: u64,
    modified: SystemTime,
}

impl Stamp {
    fn of(file: &File) -> Option<Self> {
        let about = file.metadata().ok()?;
        Some(Stamp { len_bytes: about.len(), modified: about.modified().ok()? })
    }

    /// Tells whether the file was written so short a time ago that a further change may not show; as one is taken that was
    /// written at a time to come, for the clock is not to be relied on then.
    fn is_fresh(self) -> bool {
        self.modified.elapsed().map_or(true, |age| age < TICK)
    }
}

/// What was read of a file.
pub struct Reading {
    /// Its length.
    pub len_bytes: u64,
    /// The hash of all its bytes.
    pub content_hash: u64,
    /// Whether it was written to meanwhile.
    pub has_changed: bool,
    /// Whether it may have been written to since without its time telling it.
    pub is_fresh: bool,
}

impl<'a> OpenFile<'a> {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// When the operating system refuses.
    pub fn open(location: &Path, course: Course<'a>) -> io::Result<Self> {
        let file = File::open(location)?;
        let before = Stamp::of(&file);
        Ok(OpenFile { file, before, hasher: XxHash3_64::new(), len_bytes: 0, failed: None, course })
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
        if let Some(error) = self.failed {
            return Err(error);
        }
        let after = Stamp::of(&self.file);
        Ok(Reading {
            len_bytes: self.len_bytes,
            content_hash: self.hasher.finish(),
            has_changed: after != self.before,
            is_fresh: after.is_some_and(Stamp::is_fresh),
        })
    }
}

impl Read for OpenFile<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let outcome = if self.course.stop.is_asked() { Err(io::Error::other("it was told to stop")) } else { self.file.read(buffer) };
        match outcome {
            Ok(count) => {
                self.hasher.write(&buffer[..count]);
                self.len_bytes += count as u64;
                (self.course.advance)(count as u64);
                Ok(count)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                // A reader may pass over it; the file is not wholly read all the same.
                self.failed = Some(copy_of(&error));
                Err(error)
            }
        }
    }
}
