//! The paths of hits, each ended by NUL, for `xargs -0`.

use std::collections::HashSet;
use std::io::Write;

use dateline::search::{Folder, SearchResponse};
use dateline::walk;

use crate::printers::openable_path;
use crate::screen::{Screen, safe};

/// Prints the path of each hit, then those of its copies where they are listed; a path is printed once. A program gets the
/// path's own bytes, a terminal what is safe of them.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(response: &SearchResponse, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let mut printed = HashSet::new();
    for hit in &response.hits {
        let copies = hit.copies.iter().map(|copied| &copied.article);
        for article in std::iter::once(&hit.article).chain(copies) {
            let path = openable_path(folders, &article.key.file);
            if !printed.insert(path.clone()) {
                continue;
            }
            if screen.is_terminal() {
                out.write_all(safe(&walk::written(&path)).as_bytes())?;
            } else {
                out.write_all(path.as_os_str().as_encoded_bytes())?;
            }
            out.write_all(b"\0")?;
        }
    }
    Ok(())
}
