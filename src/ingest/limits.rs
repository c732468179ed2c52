//! How much is read of the files of an archive.

/// So many articles are read of one file unless told otherwise. An article takes 1.4 KB of memory until it is written, whatever length its
/// text has: a file of a million one-word articles was read with a peak of 1.6 GB, one of 300,000 with 0.5 GB.
pub const ARTICLES_MAX: u32 = 1_000_000;

/// How much is read of a file. What a document may have is a matter of its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A longer file is not read; `None` reads any. Files are read as streams, so that their length costs time and no memory.
    pub file_len_bytes: Option<u64>,
    /// So many of its articles are read at most.
    pub articles: u32,
}

impl Default for Limits {
    /// Reads files of any length, and [`ARTICLES_MAX`] articles of each.
    fn default() -> Self {
        Limits { file_len_bytes: None, articles: ARTICLES_MAX }
    }
}
