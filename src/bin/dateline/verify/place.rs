//! Where a fault is, and what makes it good, in words.

use dateline::search::{FaultPlace, FileKey, Folder, Mend};

use crate::printers::shown_path;

/// Where a fault is.
#[derive(Default)]
pub struct Place {
    /// A file of the index.
    pub index_file: Option<String>,
    /// A file or folder of articles.
    pub path: Option<String>,
    /// Which article of it.
    pub ordinal: Option<u32>,
}

/// Tells where a fault is.
pub fn of(place: &FaultPlace, folders: &[Folder]) -> Place {
    let shown = |file: &FileKey| Some(shown_path(folders, file));
    match place {
        FaultPlace::Index => Place::default(),
        FaultPlace::IndexFile(name) => Place { index_file: Some(name.clone()), ..Place::default() },
        FaultPlace::Folder(number) => {
            let folder = folders.iter().find(|folder| folder.number == *number);
            Place { path: folder.map(|folder| folder.location.clone()), ..Place::default() }
        }
        FaultPlace::File(file) => Place { path: shown(file), ..Place::default() },
        FaultPlace::Article(key) => Place { path: shown(&key.file), ordinal: Some(key.ordinal), ..Place::default() },
    }
}

impl Place {
    /// Writes it for reading; the number of an article where its file may have others.
    pub fn readable(&self) -> String {
        match (&self.index_file, &self.path, self.ordinal) {
            (Some(name), ..) => name.clone(),
            (_, Some(path), Some(ordinal)) if ordinal > 1 => format!("{path}#{ordinal}"),
            (_, Some(path), _) => path.clone(),
            _ => "the index".to_owned(),
        }
    }
}

/// Returns the command that makes a fault good.
pub fn way_out(mend: Mend) -> &'static str {
    match mend {
        Mend::Rebuild => "dateline index --rebuild",
        Mend::Update => "dateline index",
        Mend::Reach => "make it readable, or drop it with dateline index --forget FOLDER",
    }
}
