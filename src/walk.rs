//! From a folder to the files below it: path, size, time of change.
//!
//! Hidden files and folders (a name that starts with a dot), search indexes and the parts of saved pages are left out, and links unless they are
//! asked for.
//! A file and its sidecar are one: they are listed, and change, together. What cannot be looked at is a warning. This file is the door to the
//! directory walker.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use crate::error::{Error, Warning, cause_of};

mod beside;
mod links;
mod name;

pub use beside::owner;
pub use links::Links;
pub use name::{byte_of, path_of, written};

use beside::SIDECAR_ENDINGS;
use links::Reached;

/// A file below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it can be opened.
    pub location: PathBuf,
    /// Its path relative to the folder, as [`written`], with `/` between its parts.
    pub path: String,
    /// Its length, and that of its sidecar.
    pub len_bytes: u64,
    /// Nanoseconds since 1970 of its last change; 0 where the file system does not say. With a sidecar, the sum of both, so that an
    /// older time of either tells a change as well as a later one: it is compared, and says nothing else.
    pub modified_ns: i64,
    /// Where its sidecar can be opened, if it has one.
    pub sidecar: Option<PathBuf>,
}

/// What lies below a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// The files, in the order of their paths.
    pub files: Vec<SourceFile>,
    /// Sidecars that belong to no file of the listing, or to one that has another.
    pub stray_sidecars: Vec<SourceFile>,
    /// What could not be looked at, and why.
    pub warnings: Vec<Warning>,
    /// The paths of what could not be looked at, relative to the folder: what is below them is unknown, not gone.
    pub unreached: Vec<String>,
    /// How many links were left out.
    pub links_left_out: usize,
}

/// The deepest folder that is entered: an archive is a few levels deep, and a mount that contains itself has no end.
const FOLDER_DEPTH_MAX: usize = 64;

/// Lists the files below a folder in the order of their paths, and what could not be looked at.
///
/// A path that names a file gives that file alone.
///
/// # Errors
///
/// When the folder does not exist or cannot be read.
pub fn files(folder: &Path, links: Links) -> Result<Listing, Error> {
    let about = std::fs::metadata(folder).map_err(|error| {
        Error::io("read the folder", written(folder), error).with_hint("name a folder of saved articles, as in `dateline index seeds`")
    })?;
    if about.is_dir() {
        std::fs::read_dir(folder).map_err(|error| Error::io("read the folder", written(folder), error))?;
    }
    let mut listing = Listing::default();
    let mut reached = (links == Links::Followed).then(|| Reached::new(folder));
    let links_left_out = Cell::new(0);
    let is_wanted = |entry: &DirEntry| {
        if entry.depth() == 0 {
            return true;
        }
        if is_hidden(entry) {
            return false;
        }
        let is_first = reached.as_mut().is_none_or(|reached| reached.is_first(entry.path()));
        if links == Links::LeftOut && entry.path_is_symlink() {
            links_left_out.set(links_left_out.get() + 1);
        }
        is_first && !holds_no_articles(entry)
    };
    let walker = WalkDir::new(folder).max_depth(FOLDER_DEPTH_MAX).follow_links(links == Links::Followed).sort_by_file_name();
    for entry in walker.into_iter().filter_entry(is_wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => match source_file(folder, &entry) {
                Ok(file) => listing.files.push(file),
                Err(warning) => {
                    listing.unreached.extend(relative_path(folder, entry.path()));
                    listing.warnings.push(warning);
                }
            },
            Ok(entry) if entry.depth() == FOLDER_DEPTH_MAX && entry.file_type().is_dir() => {
                listing.unreached.extend(relative_path(folder, entry.path()));
                let cause = format!("not entered: it lies {FOLDER_DEPTH_MAX} folders deep, which is the limit");
                listing.warnings.push(Warning::new(written(entry.path()), cause));
            }
            Ok(_) => {}
            // A link back to a folder that is being gone through: what is there is come to by its own path.
            Err(error) if links == Links::Followed && error.loop_ancestor().is_some() => {}
            Err(error) => {
                listing.unreached.extend(error.path().and_then(|path| relative_path(folder, path)));
                listing.warnings.push(walk_warning(&error));
            }
        }
    }
    listing.links_left_out = links_left_out.get();
    join_sidecars(&mut listing);
    if about.is_file() {
        for file in listing.files.iter_mut().filter(|file| file.sidecar.is_none()) {
            let Some(sidecar) = sidecar_of(&file.location) else { continue };
            if let Ok(about) = std::fs::metadata(&sidecar) {
                join(file, about.len(), modified_ns(&about), sidecar);
            }
        }
    }
    Ok(listing)
}

/// What there is to keep an eye on so as to see what changes below a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The folder and the folders below it that [`files`] looks into, by the ways that lead there from it.
    pub folders: Vec<PathBuf>,
    /// Where links that are followed lead: files and folders elsewhere, without links in their paths; also such as are not there, or no
    /// longer.
    pub targets: Vec<PathBuf>,
}

/// Lists what there is to keep an eye on below a folder, as far as it can be looked at.
pub fn surroundings(folder: &Path, links: Links) -> Surroundings {
    let mut around = Surroundings::default();
    let mut reached = (links == Links::Followed).then(|| Reached::new(folder));
    let mut is_wanted = |entry: &DirEntry| {
        entry.depth() == 0
            || !is_hidden(entry) && reached.as_mut().is_none_or(|reached| reached.is_first(entry.path())) && !holds_no_articles(entry)
    };
    let walker = WalkDir::new(folder).max_depth(FOLDER_DEPTH_MAX).follow_links(links == Links::Followed);
    for entry in walker.into_iter().filter_entry(|entry| is_wanted(entry)) {
        match entry {
            Ok(entry) => {
                if links == Links::Followed && entry.depth() > 0 && entry.path_is_symlink() {
                    around.targets.extend(links::target(entry.path()));
                }
                if entry.file_type().is_dir() {
                    around.folders.push(entry.into_path());
                }
            }
            Err(error) if links == Links::Followed && error.loop_ancestor().is_none() => {
                around.targets.extend(error.path().filter(|path| path.is_symlink()).and_then(links::target));
            }
            Err(_) => {}
        }
    }
    around
}

/// Returns the sidecar beside a file, if it has one; a link is none, since it may lead anywhere.
pub fn sidecar_of(location: &Path) -> Option<PathBuf> {
    let name = location.file_name()?;
    let beside = |ending: &str| {
        let mut sidecar = name.to_os_string();
        sidecar.push(ending);
        location.with_file_name(sidecar)
    };
    SIDECAR_ENDINGS.iter().map(|ending| beside(ending)).find(|sidecar| sidecar.symlink_metadata().is_ok_and(|about| about.is_file()))
}

/// Takes the sidecars out of the files, each joined to the file that it belongs to.
fn join_sidecars(listing: &mut Listing) {
    let (sidecars, mut files): (Vec<SourceFile>, Vec<SourceFile>) =
        std::mem::take(&mut listing.files).into_iter().partition(|file| owner(&file.path).is_some());
    if sidecars.is_empty() {
        listing.files = files;
        return;
    }
    let places: HashMap<String, usize> = files.iter().enumerate().map(|(place, file)| (file.path.clone(), place)).collect();
    for sidecar in sidecars {
        let place = owner(&sidecar.path).and_then(|owner| places.get(owner));
        match place.map(|place| &mut files[*place]).filter(|file| file.sidecar.is_none()) {
            Some(file) => join(file, sidecar.len_bytes, sidecar.modified_ns, sidecar.location),
            None => listing.stray_sidecars.push(sidecar),
        }
    }
    listing.files = files;
}

fn join(file: &mut SourceFile, len_bytes: u64, modified_ns: i64, sidecar: PathBuf) {
    file.len_bytes = file.len_bytes.saturating_add(len_bytes);
    file.modified_ns = file.modified_ns.wrapping_add(modified_ns);
    file.sidecar = Some(sidecar);
}

/// Returns a path below a folder as it is written, with `/` between its parts; `None` if it is not below the folder.
fn relative_path(folder: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(folder).ok()?;
    let parts: Vec<String> = relative.components().map(|part| written(Path::new(part.as_os_str()))).collect();
    Some(parts.join("/"))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Tells a folder whose files are parts of something else.
fn holds_no_articles(entry: &DirEntry) -> bool {
    is_index(entry) || holds_page_parts(entry)
}

/// Tells the folder of a search index, which holds no articles.
fn is_index(entry: &DirEntry) -> bool {
    let has = |name: &str| entry.path().join(name).is_file();
    entry.file_type().is_dir() && has("meta.json") && (has(".tantivy-writer.lock") || has(".managed.json"))
}

/// Tells the folder that a browser saved beside a page, with what the page shows: its pictures, its frames.
fn holds_page_parts(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && beside::pages(entry.path()).iter().any(|page| page.is_file())
}

fn source_file(folder: &Path, entry: &DirEntry) -> Result<SourceFile, Warning> {
    let about = entry.metadata().map_err(|error| walk_warning(&error))?;
    let path = match entry.depth() {
        0 => None,
        _ => relative_path(folder, entry.path()),
    };
    let path = path.unwrap_or_else(|| written(Path::new(entry.file_name())));
    let location = entry.path().to_path_buf();
    Ok(SourceFile { location, path, len_bytes: about.len(), modified_ns: modified_ns(&about), sidecar: None })
}

fn modified_ns(about: &Metadata) -> i64 {
    let since = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}

fn walk_warning(error: &walkdir::Error) -> Warning {
    let path = error.path().map_or_else(|| "a folder".to_owned(), written);
    let cause = error.io_error().map_or_else(|| "it contains itself".to_owned(), cause_of);
    Warning::new(path, format!("cannot be read: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_and_hidden_ones_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/c.txt", ".git/x.txt", "a/.hidden", "a/d.md"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let Listing { files: found, warnings, .. } = files(folder.path(), Links::LeftOut).unwrap();
        let paths: Vec<&str> = found.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a/c.txt", "a/d.md", "b.txt"]);
        assert!(warnings.is_empty());
        assert!(found.iter().all(|file| file.len_bytes == 4 && file.modified_ns > 0));
        let expected = Surroundings { folders: vec![folder.path().to_path_buf(), folder.path().join("a")], targets: Vec::new() };
        assert_eq!(surroundings(folder.path(), Links::LeftOut), expected);
        assert_eq!(surroundings(folder.path(), Links::Followed), expected);
    }

    #[test]
    fn sidecars_are_joined_to_their_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.txt.meta.yaml", "a.txt.meta.yml", "b/c.md", "b/c.md.meta.yml", "gone.txt.meta.yaml"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let listing = files(folder.path(), Links::LeftOut).unwrap();
        let paths: Vec<(&str, u64, bool)> =
            listing.files.iter().map(|file| (file.path.as_str(), file.len_bytes, file.sidecar.is_some())).collect();
        assert_eq!(paths, [("a.txt", 8, true), ("b/c.md", 8, true)]);
        let stray: Vec<&str> = listing.stray_sidecars.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(stray, ["a.txt.meta.yml", "gone.txt.meta.yaml"]);
        let alone = files(&folder.path().join("a.txt"), Links::LeftOut).unwrap();
        assert_eq!(alone.files, [SourceFile { path: "a.txt".to_owned(), ..listing.files[0].clone() }]);
    }

    #[test]
    fn parts_of_saved_pages_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "Flood.html",
            "Flood_files/frame.html",
            "Flood_files/deep/x.txt",
            "Brand.htm",
            "Brand-Dateien/saved_resource.html",
            "case_files/x.txt",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let paths: Vec<String> = files(folder.path(), Links::LeftOut).unwrap().files.into_iter().map(|file| file.path).collect();
        assert_eq!(paths, ["Brand.htm", "Flood.html", "case_files/x.txt"]);
    }

    #[test]
    fn a_file_stands_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.txt");
        std::fs::write(&path, "text").unwrap();
        assert_eq!(files(&path, Links::LeftOut).unwrap().files[0].path, "one.txt");
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let error = files(Path::new("no/such/folder"), Links::LeftOut).unwrap_err();
        assert_eq!(error.to_string(), "cannot read the folder no/such/folder: it does not exist");
    }
}
