//! Which paths matter: those below followed folders, but for hidden ones and the index itself, whose changes are our own.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use dateline::walk;

/// What is followed.
#[derive(Debug, Default)]
pub struct Scope {
    /// The folders, or single files.
    pub roots: Vec<PathBuf>,
    /// Files and folders elsewhere to which links in them lead.
    pub targets: BTreeSet<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
}

impl Scope {
    /// Tells whether what happens to a path may change what the index should hold.
    pub fn holds(&self, path: &Path) -> bool {
        !path.starts_with(&self.index) && self.roots.iter().chain(&self.targets).any(|root| is_of(root, path))
    }
}

fn is_of(root: &Path, path: &Path) -> bool {
    let is_hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    match path.strip_prefix(root) {
        Ok(below) => !below.components().any(is_hidden),
        Err(_) => path.to_str().and_then(walk::owner).is_some_and(|owner| Path::new(owner) == root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_and_the_index_do_not_matter() {
        let roots = ["/home/.archive", "/home/one.txt"].map(PathBuf::from).to_vec();
        let targets = BTreeSet::from(["/elsewhere/linked", "/elsewhere/file.md"].map(PathBuf::from));
        let scope = Scope { roots, targets, index: PathBuf::from("/home/.archive/index") };
        for (path, expected) in [
            ("/home/.archive", true),
            ("/home/.archive/a/b.txt", true),
            ("/home/.archive/a/.b.txt.swp", false),
            ("/home/.archive/.git/index", false),
            ("/home/.archive/index/meta.json", false),
            ("/home/.archive/index", false),
            ("/home/.archive/indexes/a.txt", true),
            ("/home/one.txt", true),
            ("/home/one.txt.meta.yaml", true),
            ("/home/two.txt", false),
            ("/elsewhere/linked/a.txt", true),
            ("/elsewhere/linked/.git/index", false),
            ("/elsewhere/file.md", true),
            ("/elsewhere/other.md", false),
        ] {
            assert_eq!(scope.holds(Path::new(path)), expected, "{path}");
        }
    }
}
