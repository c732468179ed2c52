//! Damage to the files of an index: it is seen, it is named, nothing panics over it, and a rebuild repairs it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::engine;

use crate::chance::Chance;
use crate::support::{Archive, command, finished, run};

/// How a file is damaged.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Bit,
    Block,
    CutOff,
    Longer,
    Emptied,
    Removed,
}

const ALL: [Damage; 6] = [Damage::Bit, Damage::Block, Damage::CutOff, Damage::Longer, Damage::Emptied, Damage::Removed];

/// So long one question to a damaged index may take.
const PATIENCE: Duration = Duration::from_secs(20);

impl Damage {
    fn apply(self, path: &Path, whole: &[u8], chance: &mut Chance) {
        let mut bytes = whole.to_vec();
        match self {
            Damage::Bit => {
                let at = chance.below(bytes.len());
                bytes[at] ^= 1 << chance.below(8);
            }
            Damage::Block => {
                let start = chance.below(bytes.len());
                let end = (start + 1 + chance.below(512)).min(bytes.len());
                bytes[start..end].iter_mut().for_each(|byte| *byte = !*byte);
            }
            Damage::CutOff => bytes.truncate(chance.below(bytes.len())),
            Damage::Longer => bytes.extend(std::iter::repeat_n(0, 1 + chance.below(64))),
            Damage::Emptied => bytes.clear(),
            Damage::Removed => return std::fs::remove_file(path).unwrap(),
        }
        std::fs::write(path, bytes).unwrap();
    }
}

/// An index of a few articles in two segments, with deletions, and its files as they were written.
struct Damaged {
    archive: Archive,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Damaged {
    fn new() -> Self {
        let archive = Archive::new();
        for number in 0..24 {
            archive.write(&format!("{number}.md"), story(number));
        }
        archive.update();
        archive.write("3.md", story(300));
        std::fs::remove_file(archive.articles().join("4.md")).unwrap();
        archive.update();
        let names = std::fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<PathBuf> = names.filter(|path| path.extension().is_none_or(|ending| ending != "lock")).collect();
        files.sort();
        let files = files.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
        Damaged { archive, files }
    }

    fn restore(&self) {
        self.files.iter().for_each(|(path, whole)| std::fs::write(path, whole).unwrap());
    }
}

fn story(number: usize) -> String {
    let (port, days) = (["Selwick", "Marnhull", "Osterby"][number % 3], number + 2);
    format!(
        "---\ntitle: Ferry {number} is held in {port}\nsource: {port} Courier\ndate: 2024-11-{:02}\n---\n\nThe ferry number {number} lay in the harbour of {port} \
         for {days} days, since its papers named another owner. The harbour master wrote {days} letters and had no answer to the last of them.\n",
        number % 28 + 1
    )
}

/// Damages files at random, and asks what the index says then.
fn damage_files(tries: usize, seed: u64) {
    let damaged = Damaged::new();
    let whole = engine::check_files(&damaged.archive.index()).unwrap();
    assert!(whole.damaged.is_empty() && whole.leftovers.is_empty() && whole.files as usize == damaged.files.len(), "{whole:?}");
    let mut chance = Chance::new(seed);
    let mut refused = 0;
    for number in 0..tries {
        let (path, bytes) = &damaged.files[chance.below(damaged.files.len())];
        let (name, kind) = (path.file_name().unwrap().to_str().unwrap(), ALL[chance.below(ALL.len())]);
        kind.apply(path, bytes, &mut chance);
        let what = format!("{number}: {kind:?} of {name}");
        match engine::check_files(&damaged.archive.index()) {
            Ok(check) => assert!(check.damaged.iter().any(|file| file.name == name), "{what} is not seen: {check:?}"),
            Err(error) => assert!(name == "meta.json" && matches!(kind, Damage::Removed), "{what}: {error}"),
        }
        let started = Instant::now();
        let answer =
            finished(command(&damaged.archive.index(), &["search", "ferry harbour \"named another owner\"", "--json"]).output().unwrap());
        assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
        assert!(
            matches!(answer.code, 0..=2) && !answer.err.contains("mistake") && !answer.err.contains("panicked"),
            "{what}: {} {}",
            answer.code,
            answer.err
        );
        if answer.code == 2 {
            refused += 1;
            let is_named = answer.err.contains(name) || answer.err.contains("there is none yet");
            assert!(is_named && answer.err.contains("  try: "), "{what}: {}", answer.err);
        }
        damaged.restore();
    }
    println!("{tries} damaged files, {tries} seen by the check, {refused} refused by a search");
    let check = engine::check_files(&damaged.archive.index()).unwrap();
    assert!(check.damaged.is_empty(), "{check:?}");
}

#[test]
fn damage_is_seen_and_named() {
    damage_files(150, 11);
}

/// As many as one likes: `DATELINE_TRIES=10000 cargo test --release --test it integrity -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn damage_is_seen_and_named_at_length() {
    let (tries, seed) = crate::support::at_length(10_000);
    damage_files(tries, seed);
}

#[test]
fn a_rebuild_repairs_every_file() {
    let damaged = Damaged::new();
    let before = run(&damaged.archive.index(), &["groups", "--format", "tsv"]).out;
    let mut chance = Chance::new(5);
    for (number, (path, bytes)) in damaged.files.iter().enumerate() {
        ALL[number % ALL.len()].apply(path, bytes, &mut chance);
        let rebuilt = run(&damaged.archive.index(), &["index", "--rebuild", damaged.archive.articles().to_str().unwrap()]);
        assert_eq!(rebuilt.code, 0, "{}: {}", path.display(), rebuilt.err);
        let check = engine::check_files(&damaged.archive.index()).unwrap();
        assert!(check.damaged.is_empty() && check.leftovers.is_empty(), "{}: {check:?}", path.display());
        assert_eq!(run(&damaged.archive.index(), &["groups", "--format", "tsv"]).out, before);
        std::fs::remove_dir_all(damaged.archive.index()).unwrap();
        std::fs::create_dir(damaged.archive.index()).unwrap();
        damaged.restore();
    }
}
