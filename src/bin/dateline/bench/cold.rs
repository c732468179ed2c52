//! Takes the files of an index out of memory, so that the next program has to read them from the disk.

use std::path::Path;

/// Asks the operating system to forget the files of a folder.
///
/// # Errors
///
/// The reason why it cannot be asked.
#[cfg(target_os = "linux")]
pub fn evict(folder: &Path) -> Result<(), String> {
    use rustix::fs::{Advice, fadvise};
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()) {
        let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
        // What was written lately is only forgotten once it is on the disk.
        file.sync_all().map_err(|error| error.to_string())?;
        fadvise(&file, 0, None, Advice::DontNeed).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Elsewhere there is no way to ask.
#[cfg(not(target_os = "linux"))]
pub fn evict(_folder: &Path) -> Result<(), String> {
    Err("this system cannot be asked to forget files".to_owned())
}
