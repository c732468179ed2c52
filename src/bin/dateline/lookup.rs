//! An article's id or path as it is typed in, the articles out.

use std::path::Path;

use dateline::search::{Searcher, StoredArticle};
use dateline::walk;

use crate::failure::Failure;
use crate::printers::counted;

/// Finds an article by its id, or by the path of its file from here, with `#2` for the second document of a file.
pub fn find(searcher: &dyn Searcher, id: &str) -> Result<Vec<StoredArticle>, Failure> {
    let (path, ordinal) = match id.rsplit_once('#') {
        Some((path, ordinal)) if ordinal.parse::<u32>().is_ok() => (path, ordinal),
        _ => (id, "1"),
    };
    let location = std::fs::canonicalize(path).or_else(|_| std::fs::canonicalize(walk::path_of(path))).ok();
    let relative = location.and_then(|location| {
        let inside =
            searcher.folders().iter().find_map(|folder| Some((folder.number, location.strip_prefix(folder.path()).ok()?.to_owned())));
        let name = Path::new(path).file_name().map(Path::new);
        inside.and_then(|(number, path)| {
            let path = if path.as_os_str().is_empty() { name?.to_owned() } else { path };
            Some(format!("{number}/{}#{ordinal}", walk::written(&path)))
        })
    });
    let found = match relative {
        Some(key) => searcher.articles(&key)?,
        None => Vec::new(),
    };
    Ok(if found.is_empty() { searcher.articles(id)? } else { found })
}

/// Finds the one article of an id or path; `None` if there is none.
///
/// # Errors
///
/// When several articles have it.
pub fn find_one(searcher: &dyn Searcher, id: &str) -> Result<Option<StoredArticle>, Failure> {
    let mut found = find(searcher, id)?;
    if found.len() > 1 {
        let count = counted(found.len() as u64, "document", "documents");
        return Err(Failure::usage(format!("{count} claim the id {id}"), "the path of the one you mean"));
    }
    Ok(found.pop())
}
