//! Whether the files of an index are what was written.

use std::fs::File;
use std::hash::Hasher;
use std::io::{ErrorKind, Read};
use std::path::Path;

use twox_hash::XxHash3_64;

use super::meta::{META_FILE, Meta, Sum};
use crate::search::DamagedFile;

/// What is said of a file whose checksum is another.
pub const OTHER_BYTES: &str = "its bytes are not those that were written";

/// So much of a file is read at once.
const READ_LEN_BYTES: usize = 1 << 18;

/// The digits of the name of a segment.
const SEGMENT_DIGITS: usize = 32;

/// The endings of a segment's files, but for lists of deletions.
const ENDINGS: [&str; 8] = ["idx", "pos", "term", "store", "store.temp", "fast", "fieldnorm", "temp"];

/// Tells whether a name is one that a file of a segment has.
pub fn is_index_file(name: &str) -> bool {
    let Some((segment, ending)) = name.split_once('.') else { return false };
    let is_segment = segment.len() == SEGMENT_DIGITS && segment.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_deletes = || ending.strip_suffix(".del").is_some_and(|stamp| stamp.parse::<u64>().is_ok());
    is_segment && (ENDINGS.contains(&ending) || is_deletes())
}

/// Says what is wrong with the length of a file.
pub fn wrong_length(len_bytes: u64, sum: &Sum) -> String {
    format!("it is {len_bytes} bytes long and was written with {}", sum.len_bytes)
}

/// A file that the operating system refuses to have read.
#[derive(Debug)]
pub struct RefusedFile {
    /// Its name in the folder of the index.
    pub name: String,
    /// What the operating system says.
    pub error: std::io::Error,
}

/// Reads all files that an index lists, and tells those that are not what was written.
///
/// # Errors
///
/// With the first file that is there and cannot be read: whether it is damaged is not known.
pub fn damaged_files(folder: &Path, meta: &Meta) -> Result<Vec<DamagedFile>, RefusedFile> {
    let mut damaged = Vec::new();
    for (name, sum) in &meta.files {
        let cause = match check_file(&folder.join(name), sum) {
            Ok(cause) => cause,
            Err(error) if error.kind() == ErrorKind::NotFound => Some(crate::error::cause_of(&error)),
            Err(error) => return Err(RefusedFile { name: name.clone(), error }),
        };
        damaged.extend(cause.map(|cause| DamagedFile { name: name.clone(), cause }));
    }
    damaged.extend(meta.unlisted_segments().into_iter().map(|segment| {
        let cause = format!("it lists no files of the segment {segment}");
        DamagedFile { name: META_FILE.to_owned(), cause }
    }));
    Ok(damaged)
}

fn check_file(path: &Path, sum: &Sum) -> std::io::Result<Option<String>> {
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if about.len() != sum.len_bytes {
        return Ok(Some(wrong_length(about.len(), sum)));
    }
    let mut hasher = XxHash3_64::new();
    let mut buffer = vec![0; READ_LEN_BYTES];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            len => hasher.write(&buffer[..len]),
        }
    }
    let is_same = hasher.finish() == sum.xxh3;
    Ok((!is_same).then(|| OTHER_BYTES.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_segments_are_told_by_their_names() {
        let segment = "0123456789abcdef0123456789abcdef";
        for ending in ["idx", "store", "17.del"] {
            assert!(is_index_file(&format!("{segment}.{ending}")), "{ending}");
        }
        for name in
            ["notes.store", "0123456789ABCDEF0123456789abcdef.idx", &format!("{segment}.html"), &format!("{segment}.x.del"), segment]
        {
            assert!(!is_index_file(name), "{name}");
        }
    }
}
