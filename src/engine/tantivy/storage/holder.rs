//! Who writes to an index, told to whoever comes second.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// The file whose lock only one writer holds, and in which it says who it is.
pub const LOCK_FILE: &str = ".tantivy-writer.lock";

/// Who holds the lock of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The number of the process.
    pub process: u32,
    /// Seconds since 1970 when it took the lock.
    pub since: i64,
}

impl Holder {
    /// Says in the lock's file that this process holds it from now on. Where that cannot be said, it holds it all the same.
    pub fn sign(folder: &Path) {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let _ = std::fs::write(folder.join(LOCK_FILE), format!("{} {since}\n", std::process::id()));
    }

    /// Reads who holds the lock, or held it last; `None` where that is not said.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(folder.join(LOCK_FILE)).ok()?;
        let (process, since) = text.trim_end().split_once(' ')?;
        Some(Holder { process: process.parse().ok()?, since: since.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_is_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Holder::read(folder.path()), None);
        Holder::sign(folder.path());
        let holder = Holder::read(folder.path()).unwrap();
        assert!(holder.process == std::process::id() && holder.since > 1_700_000_000, "{holder:?}");
        std::fs::write(folder.path().join(LOCK_FILE), "").unwrap();
        assert_eq!(Holder::read(folder.path()), None);
    }
}
