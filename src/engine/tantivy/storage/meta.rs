//! `meta.json`: which segments an index has, and what their files must be.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::sealed::{self, Seal};

/// The file that every index has.
pub const META_FILE: &str = "meta.json";

/// The member of it under which the files stand.
const FILES: &str = "dateline_files";

/// What a file must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Its length.
    pub len_bytes: u64,
    /// The hash of its bytes, XXH3 of 64 bits.
    pub xxh3: u64,
    /// The hash of its last bytes, [`TAIL_LEN_BYTES`] of them or all there are.
    pub tail_xxh3: u64,
}

/// So much of the end of a file has a checksum of its own: what is at the end tells how to read the rest, and is believed before
/// anything else is. Hashing it takes a tenth of a millisecond; the table of blocks of 700 MB of texts is as long.
pub const TAIL_LEN_BYTES: usize = 1 << 20;

/// Files by name, with what they must be.
pub type Sums = BTreeMap<String, Sum>;

/// What is read of `meta.json`.
#[derive(Debug, Default, Deserialize)]
pub struct Meta {
    #[serde(default)]
    segments: Vec<Segment>,
    /// What was noted on the last commit.
    #[serde(default)]
    pub payload: Option<String>,
    /// What the files of the segments must be.
    #[serde(rename = "dateline_files", default)]
    pub files: Sums,
}

#[derive(Debug, Deserialize)]
struct Segment {
    segment_id: String,
    #[serde(default)]
    deletes: Option<Deletes>,
}

#[derive(Debug, Deserialize)]
struct Deletes {
    opstamp: u64,
}

impl Meta {
    /// Tells whether a file belongs to a segment as it is now: one with deletions has a list of them for each commit.
    pub fn needs(&self, file: &str) -> bool {
        self.segments.iter().any(|segment| {
            let id = segment.segment_id.replace('-', "");
            let Some(ending) = file.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('.')) else { return false };
            match ending.strip_suffix(".del") {
                Some(opstamp) => segment.deletes.as_ref().is_some_and(|deletes| deletes.opstamp.to_string() == opstamp),
                None => true,
            }
        })
    }

    /// Tells whether no article was ever written.
    pub fn has_no_segments(&self) -> bool {
        self.segments.is_empty()
    }

    /// Tells whether it has segments and lists no files of them, as no `meta.json` of the present format does.
    pub fn is_unlisted(&self) -> bool {
        self.files.is_empty() && !self.segments.is_empty()
    }

    /// Tells the segments whose main files are not listed; of a whole index there are none.
    pub fn unlisted_segments(&self) -> Vec<String> {
        let ids = self.segments.iter().map(|segment| segment.segment_id.replace('-', ""));
        ids.filter(|id| !self.files.keys().any(|file| file.starts_with(id.as_str()))).collect()
    }
}

/// What there is of `meta.json` in a folder.
#[derive(Debug)]
pub enum MetaState {
    /// It is as it was written.
    Whole(Meta),
    /// It is not what was written.
    Damaged,
    /// It is an object without a checksum: that of an older index, or of something else.
    Unsealed(Meta),
    /// It is not there.
    Absent,
}

impl MetaState {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When it is there and cannot be read.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        match std::fs::read(folder.join(META_FILE)) {
            Ok(bytes) => Ok(MetaState::of(&bytes)),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => Ok(MetaState::Absent),
            Err(error) => Err(error),
        }
    }

    /// Tells what some bytes are as `meta.json`.
    pub fn of(bytes: &[u8]) -> Self {
        match (sealed::check(bytes), serde_json::from_slice::<Meta>(bytes)) {
            (Seal::Whole, Ok(meta)) => MetaState::Whole(meta),
            (Seal::Absent, Ok(meta)) if meta.files.is_empty() => MetaState::Unsealed(meta),
            _ => MetaState::Damaged,
        }
    }
}

/// Adds what the files must be to the text of `meta.json`, and its checksum.
pub fn with_files(text: &str, files: &Sums) -> String {
    let files = serde_json::to_string(files).unwrap_or_default();
    match text.trim_end().strip_suffix('}') {
        Some(open) => sealed::seal(&format!("{},\n  \"{FILES}\": {files}\n}}", open.trim_end())),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "index_settings": {},
  "segments": [
    {"segment_id": "0a1b2c3d-0000-4000-8000-00000000000a", "max_doc": 3, "deletes": {"num_deleted_docs": 1, "opstamp": 42}},
    {"segment_id": "ffffffff-0000-4000-8000-00000000000b", "max_doc": 2, "deletes": null}
  ],
  "payload": "note"
}
"#;

    #[test]
    fn what_is_written_comes_back() {
        let sum = Sum { len_bytes: 7, xxh3: u64::MAX, tail_xxh3: 0 };
        let name = "0a1b2c3d00004000800000000000000a.idx".to_owned();
        let written = with_files(TEXT, &Sums::from([(name.clone(), sum)]));
        let MetaState::Whole(meta) = MetaState::of(written.as_bytes()) else { panic!("{written}") };
        assert_eq!((meta.files.get(&name), meta.payload.as_deref()), (Some(&sum), Some("note")));
        assert_eq!(meta.unlisted_segments(), ["ffffffff00004000800000000000000b"]);
    }

    #[test]
    fn an_older_index_is_told_from_a_damaged_one() {
        assert!(matches!(MetaState::of(TEXT.as_bytes()), MetaState::Unsealed(_)));
        let written = with_files(TEXT, &Sums::from([("x".to_owned(), Sum { len_bytes: 1, xxh3: 2, tail_xxh3: 3 })]));
        assert!(matches!(MetaState::of(written.replace("note", "nose").as_bytes()), MetaState::Damaged));
        assert!(matches!(MetaState::of(written.trim_end().as_bytes()), MetaState::Damaged), "without its last byte");
        assert!(matches!(MetaState::of(b"{ not json"), MetaState::Damaged));
    }

    #[test]
    fn only_the_present_list_of_deletions_is_needed() {
        let meta: Meta = serde_json::from_str(TEXT).unwrap();
        let needed =
            ["0a1b2c3d00004000800000000000000a.idx", "0a1b2c3d00004000800000000000000a.42.del", "ffffffff00004000800000000000000b.store"];
        needed.iter().for_each(|file| assert!(meta.needs(file), "{file}"));
        for file in ["0a1b2c3d00004000800000000000000a.41.del", "ffffffff00004000800000000000000b.42.del", "0.idx", "meta.json"] {
            assert!(!meta.needs(file), "{file}");
        }
    }
}
