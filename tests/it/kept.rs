//! The inputs that fuzzing left: small ones that reach as much of the code as all that were tried, and every one that once broke
//! something. What fuzzing checks is checked on each.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use crate::fuzzed::{self, TARGETS};
use crate::support::project;

/// The inputs of all targets together stay below this: they are part of the sources.
const KEPT_BYTES_MAX: u64 = 1 << 20;

/// Returns the inputs in a folder.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// Runs all targets over the inputs in the folders of their names, and returns how many there were and how long together.
fn check(folder: &Path) -> (usize, u64) {
    let (mut failed, mut count, mut len_bytes) = (Vec::new(), 0, 0);
    for (name, _) in TARGETS {
        for path in inputs(&folder.join(name)) {
            let bytes = std::fs::read(&path).unwrap();
            count += 1;
            len_bytes += bytes.len() as u64;
            if catch_unwind(|| fuzzed::run(name, &bytes)).is_err() {
                failed.push(path);
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
    (count, len_bytes)
}

#[test]
fn what_fuzzing_left_holds() {
    let folder = project().join("tests/kept");
    let empty: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).filter(|name| inputs(&folder.join(name)).is_empty()).collect();
    assert!(empty.is_empty(), "no inputs of {empty:?}");
    let (_, len_bytes) = check(&folder);
    assert!(len_bytes < KEPT_BYTES_MAX, "{len_bytes} bytes");
}

/// Any inputs: `DATELINE_INPUTS=fuzz/corpus cargo test --release --test it kept -- --ignored --nocapture`, or `fuzz/artifacts`.
#[test]
#[ignore = "needs a folder of inputs"]
fn what_a_folder_holds() {
    let folder = std::env::var("DATELINE_INPUTS").expect("DATELINE_INPUTS names a folder with a folder for each target");
    let (count, len_bytes) = check(&project().join(folder));
    println!("{count} inputs of {len_bytes} bytes");
    assert!(count > 0);
}

#[test]
fn every_target_is_known_to_all_who_run_it() {
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let in_folder = |folder: &str| -> Option<BTreeSet<String>> {
        let entries = std::fs::read_dir(project().join(folder)).ok()?;
        Some(entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect())
    };
    assert_eq!(in_folder("tests/kept"), Some(names.clone()));
    // A package of the sources leaves the fuzzing crate out.
    if let Some(targets) = in_folder("fuzz/fuzz_targets") {
        assert_eq!(targets, names);
        let manifest = std::fs::read_to_string(project().join("fuzz/Cargo.toml")).unwrap();
        let listed: BTreeSet<String> =
            manifest.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).map(ToOwned::to_owned).collect();
        assert!(listed.is_superset(&names), "{listed:?}");
    }
}

#[test]
#[should_panic(expected = "no target")]
fn a_target_that_does_not_exist_is_told() {
    fuzzed::run("nothing", b"");
}
