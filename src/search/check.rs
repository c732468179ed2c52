//! What a check of the files of an index tells.

/// A file of an index that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DamagedFile {
    /// Its name in the folder of the index.
    pub name: String,
    /// What is wrong with it.
    pub cause: String,
}

/// What the files of an index are, compared with what was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileCheck {
    /// How many files were read.
    pub files: u64,
    /// How long they are together.
    pub len_bytes: u64,
    /// Those that are not what was written.
    pub damaged: Vec<DamagedFile>,
    /// Files of an update that was cut off: they harm nothing, and the next update removes them.
    pub leftovers: Vec<String>,
}
