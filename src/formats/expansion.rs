//! What a file holds compressed is counted as it comes out: a file that expands out of proportion is cut off.
//!
//! The count runs over all that lies inside of each other in one file, so that a small archive of archives of archives is cut
//! off as surely as one long run of zeros. A cut costs what would have come after it; what came before stays.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::cause_of;

/// So much may come out of any file, however small: it takes half a second.
const EXPANDED_BYTES_FREE: u64 = 256 << 20;

/// Beyond that, so many bytes may come out for each byte of the file. News text shrinks to a third or a quarter, pages to a
/// tenth, and rows that repeat each other to a fiftieth; the most that deflate can do is a thousandth, which is a bomb's.
const EXPANSION_MAX: u64 = 100;

/// A member counts as that many bytes beside its own: a million of them cost time, however empty. A zip archive has over 30 bytes before
/// each, so that this alone cuts none off unless it is compressed itself.
const MEMBER_BYTES: u64 = 2048;

/// Counts what was read of a file, and what came out of it.
#[derive(Debug, Default)]
pub struct Gauge {
    read_bytes: AtomicU64,
    expanded_bytes: AtomicU64,
}

impl Gauge {
    /// Counts a member beside its bytes.
    pub fn add_member(&self) {
        self.expanded_bytes.fetch_add(MEMBER_BYTES, Ordering::Relaxed);
    }

    /// Tells whether more came out of the file than is let through.
    pub fn is_over(&self) -> bool {
        let expanded = self.expanded_bytes.load(Ordering::Relaxed);
        expanded > EXPANDED_BYTES_FREE && expanded / EXPANSION_MAX > self.read_bytes.load(Ordering::Relaxed)
    }
}

/// Says why a file was cut off.
pub fn over_cause() -> String {
    format!("the file expands to more than {EXPANSION_MAX} times its size")
}

/// Reads an input's bytes, and counts them if it is the file itself.
pub struct Counted<'i> {
    read: &'i mut dyn Read,
    gauge: Option<Arc<Gauge>>,
}

impl<'i> Counted<'i> {
    /// Reads a file.
    pub fn outermost(read: &'i mut dyn Read, gauge: Arc<Gauge>) -> Self {
        Counted { read, gauge: Some(gauge) }
    }

    /// Reads what lies inside of a file, which was counted already.
    pub fn inner(read: &'i mut dyn Read) -> Self {
        Counted { read, gauge: None }
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.read.read(buffer)?;
        if let Some(gauge) = &self.gauge {
            gauge.read_bytes.fetch_add(count as u64, Ordering::Relaxed);
        }
        Ok(count)
    }
}

/// Reads what a decoder gives, and fails when the file has expanded too far.
pub struct Expanded<R> {
    read: R,
    gauge: Arc<Gauge>,
}

impl<R: Read> Expanded<R> {
    /// Counts what the decoder of a part of the file gives.
    pub fn new(read: R, gauge: &Arc<Gauge>) -> Self {
        Expanded { read, gauge: Arc::clone(gauge) }
    }

    /// Returns the decoder.
    pub fn decoder(&self) -> &R {
        &self.read
    }
}

impl<R: Read> Read for Expanded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.read.read(buffer)?;
        self.gauge.expanded_bytes.fetch_add(count as u64, Ordering::Relaxed);
        if self.gauge.is_over() { Err(io::Error::other(over_cause())) } else { Ok(count) }
    }
}

/// Reads up to the first failure and keeps its cause: whoever reads from it sees an end, and has what came before.
pub struct UpToFailure<R> {
    read: R,
    failure: Option<String>,
}

impl<R: Read> UpToFailure<R> {
    /// Starts reading.
    pub fn new(read: R) -> Self {
        UpToFailure { read, failure: None }
    }

    /// Returns why reading ended before the end, if it did.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }
}

impl<R: Read> Read for UpToFailure<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Ok(0);
        }
        loop {
            match self.read.read(buffer) {
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(failure_cause(&error));
                    return Ok(0);
                }
            }
        }
    }
}

fn failure_cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "ends too early: it was cut off".to_owned(),
        io::ErrorKind::Other if error.to_string() == over_cause() => format!("is cut off: {}", over_cause()),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => format!("is damaged: {}", cause_of(error)),
        _ => format!("cannot be read: {}", cause_of(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file_bytes: u64, expected: u64) {
        let gauge = Arc::new(Gauge::default());
        gauge.read_bytes.store(file_bytes, Ordering::Relaxed);
        let mut zeros = UpToFailure::new(Expanded::new(io::repeat(0).take(4 << 30), &gauge));
        let mut buffer = vec![0; 1 << 20];
        let mut total = 0;
        while let Ok(count @ 1..) = zeros.read(&mut buffer) {
            total += count as u64;
        }
        assert_eq!((total >> 20, zeros.failure().is_some()), (expected >> 20, expected < 4 << 30), "{file_bytes}");
    }

    #[test]
    fn what_expands_out_of_proportion_is_cut_off() {
        check(1000, EXPANDED_BYTES_FREE);
        check(20 << 20, 2000 << 20);
        check(100 << 20, 4 << 30);
    }
}
