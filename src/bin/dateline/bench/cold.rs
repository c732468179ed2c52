//! Takes the files of an index out of memory, so that the next program has to read them from the disk.

use std::path::Path;

/// Asks the operating system to forget the files of a folder; tells whether it can be asked.
#[cfg(target_os = "linux")]
pub fn evict(folder: &Path) -> bool {
    use rustix::fs::{Advice, fadvise};
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    let files = entries.filter_map(|entry| std::fs::File::open(entry.ok()?.path()).ok());
    // What was written lately is only forgotten once it is on the disk.
    files
        .filter(|file| file.metadata().is_ok_and(|about| about.is_file()))
        .all(|file| file.sync_all().is_ok() && fadvise(&file, 0, None, Advice::DontNeed).is_ok())
}

/// Elsewhere there is no way to ask.
#[cfg(not(target_os = "linux"))]
pub fn evict(_folder: &Path) -> bool {
    false
}
