//! Files that the user wrote for the program, queries, names, judgments: their text, up to a size.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use dateline::error::{Error, ErrorKind};
use dateline::walk;

/// The longest of them that is read: they are held as a whole, and the largest in use, judgments of a test collection, have 10 MB.
const LEN_BYTES_MAX: u64 = 64 << 20;

/// Reads the text of a file.
///
/// # Errors
///
/// When it cannot be read, is not UTF-8, or is longer than is read.
pub fn text(file: &Path, action: &'static str) -> Result<String, Error> {
    let mut text = String::new();
    let read = File::open(file).and_then(|open| open.take(LEN_BYTES_MAX + 1).read_to_string(&mut text));
    match read {
        Ok(len_bytes) if len_bytes as u64 <= LEN_BYTES_MAX => Ok(text),
        Ok(_) => Err(Error::new(ErrorKind::Io, action, walk::written(file), format!("it has more than {} MB", LEN_BYTES_MAX >> 20))),
        Err(error) => Err(Error::io(action, walk::written(file), error)),
    }
}
