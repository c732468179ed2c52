//! Which folders an index is made of: those it remembers, those that are added, without those that are dropped.

use std::path::{Path, PathBuf};

use super::{IngestRequest, Mode};
use crate::error::{Error, ErrorKind};
use crate::search::Folder;
use crate::walk;

/// Returns the folders after a request: no folder inside another, each with the number it had.
///
/// A rebuild that names folders starts afresh with just those. A map of columns holds for the folders that are named with it, until
/// another is.
///
/// # Errors
///
/// When a folder to add does not exist, a folder to drop is not remembered, or there is no folder at all.
pub fn resolve(request: &IngestRequest, remembered: &[Folder]) -> Result<Vec<Folder>, Error> {
    let mut folders = remembered.to_vec();
    for forgotten in &request.forget {
        forget(&mut folders, forgotten)?;
    }
    if request.mode == Mode::Rebuild && !request.folders.is_empty() {
        folders.clear();
    }
    let mut next = remembered.iter().map(|folder| folder.number + 1).max().unwrap_or(0);
    for added in &request.folders {
        let location = canonical(added)?;
        if std::fs::canonicalize(&request.index).is_ok_and(|index| location.starts_with(index)) {
            let cause = "it is the folder of the index, or lies in it, and what lies there is not read";
            return Err(Error::new(ErrorKind::NotFound, "index", walk::written(added), cause)
                .with_hint("name another place for the index, as in `dateline --index DIR index FOLDER`"));
        }
        if let Some(around) = folders.iter_mut().find(|folder| location.starts_with(folder.path())) {
            set_reading(around, &location, request)?;
            continue;
        }
        folders.retain(|folder| !folder.path().starts_with(&location));
        let before = remembered.iter().find(|folder| folder.path() == location);
        let number = before.map_or(next, |folder| folder.number);
        let map = request.map.clone().or_else(|| before.map(|folder| folder.map.clone())).unwrap_or_default();
        let links = request.links.or_else(|| before.map(|folder| folder.links)).unwrap_or_default();
        next = next.max(number + 1);
        folders.push(Folder { number, location: walk::written(&location), map, links });
    }
    if request.map.is_some() && request.folders.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, "map", "columns", "no folder is named whose files have them")
            .with_hint("name it, as in `dateline index --map date=sent_on FOLDER`"));
    }
    if request.links.is_some() && request.folders.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, "follow", "links", "no folder is named in which they are followed or not")
            .with_hint("name it, as in `dateline index --follow-links FOLDER`"));
    }
    if folders.is_empty() && request.forget.is_empty() {
        return Err(Error::new(
            ErrorKind::NotFound,
            "update",
            walk::written(&request.index),
            "no folder is named and the index remembers none",
        )
        .with_hint("name the folder of your articles, as in `dateline index seeds`"));
    }
    Ok(folders)
}

/// Gives a remembered folder another map of its columns or way with links, where one is asked for and the folder itself is named.
fn set_reading(folder: &mut Folder, named: &Path, request: &IngestRequest) -> Result<(), Error> {
    if request.map.is_none() && request.links.is_none() {
        return Ok(());
    }
    if folder.path() != named {
        let cause = format!("it lies in {}, which is remembered with all that is in it", folder.location);
        return Err(Error::new(ErrorKind::NotFound, "read otherwise", walk::written(named), cause)
            .with_hint(format!("name {}, or index the other folder apart from it", folder.location)));
    }
    if let Some(map) = &request.map {
        folder.map.clone_from(map);
    }
    folder.links = request.links.unwrap_or(folder.links);
    Ok(())
}

fn forget(folders: &mut Vec<Folder>, forgotten: &Path) -> Result<(), Error> {
    let location = std::path::absolute(forgotten).unwrap_or_else(|_| forgotten.to_path_buf());
    let location = std::fs::canonicalize(&location).unwrap_or(location);
    let before = folders.len();
    folders.retain(|folder| folder.path() != location);
    if folders.len() == before {
        let known: Vec<&str> = folders.iter().map(|folder| folder.location.as_str()).collect();
        return Err(Error::new(ErrorKind::NotFound, "forget", walk::written(forgotten), "the index does not remember it")
            .with_hint(format!("it remembers: {}", known.join(", "))));
    }
    Ok(())
}

fn canonical(folder: &Path) -> Result<PathBuf, Error> {
    std::fs::canonicalize(folder).map_err(|error| {
        Error::io("read the folder", walk::written(folder), error)
            .with_hint("name a folder of saved articles, as in `dateline index seeds`")
    })
}
