//! What is found: its kind, its place, what it shows, what would repair it.

use super::kind::Kind;
use super::remedy::Remedy;
use crate::search::FileKey;

/// One trouble of an article, or of a file that gave no article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What sort of trouble it is.
    pub kind: Kind,
    /// The file.
    pub file: FileKey,
    /// Which document of the file, from 1; `None` where it is the file as a whole.
    pub ordinal: Option<u32>,
    /// The id that the article claims; `None` where it is the file as a whole.
    pub id: Option<String>,
    /// What shows the trouble, in a few words; empty where the kind says it all.
    pub detail: String,
    /// What would repair it.
    pub remedy: Remedy,
}
