//! What the files of an index are for, and how many bytes each kind takes.

use std::collections::BTreeMap;
use std::path::Path;

/// What the ending of a file of the index says that it holds.
const KINDS: [(&str, &str); 7] = [
    ("term", "words"),
    ("idx", "places of words in articles"),
    ("pos", "positions of words"),
    ("fast", "columns"),
    ("store", "texts"),
    ("fieldnorm", "lengths"),
    ("del", "deletions"),
];

/// Returns the bytes of each kind of file in the folder of an index, the largest first.
pub fn by_kind(index: &Path) -> Vec<(&'static str, u64)> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    let entries = std::fs::read_dir(index).into_iter().flatten();
    for (path, about) in entries.filter_map(|entry| entry.ok().and_then(|entry| Some((entry.path(), entry.metadata().ok()?)))) {
        if about.is_file() {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let kind = KINDS.iter().find(|(known, _)| *known == ending).map_or("other", |(_, kind)| kind);
            *sizes.entry(kind).or_insert(0) += about.len();
        }
    }
    let mut sizes: Vec<(&str, u64)> = sizes.into_iter().collect();
    sizes.sort_by_key(|(kind, bytes)| (std::cmp::Reverse(*bytes), *kind));
    sizes
}
