//! Links of the file system below a folder: which of them are gone after, so that no file comes twice and no way has no end.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Whether links below a folder are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Links {
    /// They are left out: what they lead to may be anyone's.
    #[default]
    LeftOut,
    /// They are followed, also out of the folder.
    Followed,
}

impl Links {
    /// Tells that links are treated as they are unless something else is asked for.
    pub fn is_usual(&self) -> bool {
        *self == Links::default()
    }
}

/// Returns where a link leads, without links in the path; of one that leads nowhere, the place where something is missing, if the folder of
/// that is there.
pub fn target(link: &Path) -> Option<PathBuf> {
    if let Ok(real) = std::fs::canonicalize(link) {
        return Some(real);
    }
    let missing = link.parent()?.join(std::fs::read_link(link).ok()?);
    Some(std::fs::canonicalize(missing.parent()?).ok()?.join(missing.file_name()?))
}

/// What has been come to while links are followed.
pub struct Reached {
    /// The folder as it was named.
    named: PathBuf,
    /// The folder without links in its path.
    real: PathBuf,
    outside: HashSet<PathBuf>,
}

impl Reached {
    /// Starts at a folder.
    pub fn new(folder: &Path) -> Self {
        let real = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
        Reached { named: folder.to_path_buf(), real, outside: HashSet::new() }
    }

    /// Tells whether what lies at a place is come to for the first time. What lies in the folder is come to by its own path and by no
    /// link; what lies outside by the first link that leads there.
    pub fn is_first(&mut self, place: &Path) -> bool {
        // What has no real path is told by whoever tries to read it.
        let Ok(real) = std::fs::canonicalize(place) else { return true };
        match real.strip_prefix(&self.real) {
            Ok(inside) => place.strip_prefix(&self.named).is_ok_and(|path| path == inside),
            Err(_) => self.outside.insert(real),
        }
    }
}
