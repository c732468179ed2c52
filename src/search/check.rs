//! What a check of an index tells: of its files, of what is in them, and of the folders that it was made of.
//!
//! A *fault* is one thing that is not as it should be. Files are told by their checksums; what is in them, by
//! comparing all that is kept of an article with what its text and its record give.

use std::sync::Arc;

use super::entry::{ArticleKey, FileKey, IndexEntry};

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
    /// What no two states of an index have in common, by which it is told whether another process has committed since.
    pub state: u64,
    /// Those that are not what was written.
    pub damaged: Vec<DamagedFile>,
    /// Files of an update that was cut off: they harm nothing, and the next update removes them. None are told while another
    /// process writes, whose files look the same.
    pub leftovers: Vec<String>,
}

/// Something in an index that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What sort of thing it is.
    pub kind: FaultKind,
    /// Where it is.
    pub place: FaultPlace,
    /// What is wrong: lower case, no final stop.
    pub cause: String,
    /// What makes it good.
    pub mend: Mend,
}

/// What a fault is a fault of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultPlace {
    /// The index as a whole.
    Index,
    /// A file of the index, by its name in its folder.
    IndexFile(String),
    /// A remembered folder, by its number.
    Folder(u32),
    /// A file of a folder.
    File(FileKey),
    /// An article.
    Article(ArticleKey),
}

/// What makes a fault good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mend {
    /// The index has to be made anew.
    Rebuild,
    /// An update puts it right.
    Update,
    /// The folder has to be there again, or is to be forgotten.
    Reach,
}

/// The sorts of faults, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// A file of the index is not what was written.
    DamagedFile,
    /// The index, or an article in it, cannot be read though its files are as they were written.
    Unreadable,
    /// Two articles have one key, or one is kept under another than its own.
    Key,
    /// What is stored of an article contradicts itself.
    Record,
    /// A passage is not one of the body's.
    Passages,
    /// A paragraph's place in the file cannot be.
    Places,
    /// A column has another value than the article gives.
    Column,
    /// The posting lists have other words than the article has.
    Words,
    /// The state of a file is missing, or stands with another article than its first.
    FileState,
    /// A group breaks the rule of groups.
    Group,
    /// An article is not to its representative what the index says.
    Tie,
    /// Grouping all articles afresh gives another group.
    Regrouped,
    /// The lines left out at the ends of a body, or the outlet's name, are not those that the outlet's pages give.
    Recurring,
    /// What the index says that it holds is not what was counted.
    Counts,
    /// A folder cannot be looked at.
    UnreachedFolder,
    /// A file is no longer there.
    MissingFile,
    /// A file has articles that are not in the index.
    NewFile,
    /// A file holds something else than it held.
    ChangedFile,
    /// A file holds what it held, and reading it gives another article now.
    ReadsOtherwise,
}

impl FaultKind {
    /// Returns the word that stands for it in output.
    pub fn label(self) -> &'static str {
        match self {
            FaultKind::DamagedFile => "damaged-file",
            FaultKind::Unreadable => "unreadable",
            FaultKind::Key => "key",
            FaultKind::Record => "record",
            FaultKind::Passages => "passages",
            FaultKind::Places => "places",
            FaultKind::Column => "column",
            FaultKind::Words => "words",
            FaultKind::FileState => "file-state",
            FaultKind::Group => "group",
            FaultKind::Tie => "tie",
            FaultKind::Regrouped => "grouping",
            FaultKind::Recurring => "recurring-lines",
            FaultKind::Counts => "counts",
            FaultKind::UnreachedFolder => "unreached-folder",
            FaultKind::MissingFile => "missing-file",
            FaultKind::NewFile => "new-file",
            FaultKind::ChangedFile => "changed-file",
            FaultKind::ReadsOtherwise => "reads-otherwise",
        }
    }
}

impl FaultKind {
    /// Tells whether it is one of the index against its folders, where the index may be whole.
    pub fn is_of_folders(self) -> bool {
        self >= FaultKind::UnreachedFolder
    }
}

impl Fault {
    /// Makes a fault of an article, which only a rebuild mends.
    pub fn of_article(kind: FaultKind, key: &ArticleKey, cause: impl Into<String>) -> Self {
        Fault { kind, place: FaultPlace::Article(key.clone()), cause: cause.into(), mend: Mend::Rebuild }
    }

    /// Makes a fault of the index as a whole, which only a rebuild mends.
    pub fn of_index(kind: FaultKind, cause: impl Into<String>) -> Self {
        Fault { kind, place: FaultPlace::Index, cause: cause.into(), mend: Mend::Rebuild }
    }

    /// Makes a fault of a file of a folder.
    pub fn of_file(kind: FaultKind, file: &FileKey, cause: impl Into<String>, mend: Mend) -> Self {
        Fault { kind, place: FaultPlace::File(FileKey { path: Arc::clone(&file.path), ..*file }), cause: cause.into(), mend }
    }
}

/// Is told what comes up while all articles of an index are gone through.
pub trait Auditor: Sync {
    /// Takes note of an article, as it is put together from what is stored and from its columns.
    fn article(&self, entry: &IndexEntry);
    /// Takes note of a fault.
    fn fault(&self, fault: Fault);
}
