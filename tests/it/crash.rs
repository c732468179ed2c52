//! `dateline index` killed at any moment: what is left is the former state or the next one, whole, and the next run completes it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::support::{Archive, command, state, verified};

/// What an update that is killed was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    FirstBuild,
    Update,
    Rebuild,
}

/// An archive that changes at random and is indexed by a process that is killed.
struct Driver {
    archive: Archive,
    chance: Chance,
    next: usize,
    took: Duration,
    killed: BTreeMap<(Work, &'static str), usize>,
}

impl Driver {
    fn new(seed: u64) -> Self {
        let archive = Archive::new();
        let mut driver = Driver { archive, chance: Chance::new(seed), next: 0, took: Duration::from_millis(200), killed: BTreeMap::new() };
        (0..30).for_each(|_| driver.add());
        driver
    }

    fn add(&mut self) {
        let (number, day) = (self.next, self.next % 28 + 1);
        self.next += 1;
        let place = self.chance.of(&["Selwick", "Marnhull", "Osterby", "Fenholt"]);
        let of_story = self.chance.below(12);
        let text = format!(
            "---\ntitle: Gate {number} at {place} is shut\nsource: {place} Courier\ndate: 2024-11-{day:02}\n---\n\nThe gate number {of_story} of the lock at the old \
             mill was shut on order of the board, which expects the flood of story {of_story} within two days and asks all who live below the weir to keep their \
             cellars empty until the level has fallen under the mark of {of_story} feet.\n"
        );
        self.archive.write(&format!("{number}.md"), text);
    }

    fn change(&mut self) {
        for _ in 0..=self.chance.below(4) {
            let name = format!("{}.md", self.chance.below(self.next));
            let path = self.archive.articles().join(&name);
            match self.chance.below(3) {
                0 => self.add(),
                1 if path.exists() => std::fs::remove_file(path).unwrap(),
                _ => self.archive.write(
                    &name,
                    format!("# Told anew\n\nWord number {} of the story has changed since the morning.\n", self.chance.below(1000)),
                ),
            }
        }
    }

    /// Kills one run, looks at what it left, and completes it.
    fn kill_once(&mut self) {
        let index = self.archive.index();
        let work = [Work::FirstBuild, Work::Update, Work::Update, Work::Rebuild][self.chance.below(4)];
        if work == Work::FirstBuild && index.exists() {
            std::fs::remove_dir_all(&index).unwrap();
        }
        let before = state(&index);
        self.change();
        let articles = self.archive.articles();
        let folder = articles.to_str().unwrap();
        let arguments = if work == Work::Rebuild { vec!["index", "--rebuild", folder] } else { vec!["index", folder] };
        let moment = self.took.mul_f64(self.chance.below(1200) as f64 / 1000.0);
        let mut child =
            command(&index, &arguments).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(moment);
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        let left = state(&index);
        if left.is_some() {
            verified(&index);
        }
        let started = Instant::now();
        self.archive.update();
        self.took = (self.took * 3 + started.elapsed()) / 4;
        let after = state(&index);
        let files = verified(&index).files;
        assert!(files.leftovers.is_empty(), "{work:?}: {files:?}");
        assert!(left == before || left == after, "{work:?} left neither state");
        let found = match (was_running, left == before) {
            (false, _) => "had finished",
            (true, true) => "former state",
            (true, false) => "next state",
        };
        *self.killed.entry((work, found)).or_default() += 1;
    }

    /// Compares the index that was updated so often with one that is made at once.
    fn compare_with_a_fresh_one(&self) {
        let fresh = tempfile::tempdir().unwrap();
        self.archive.ingest_into(&fresh.path().join("index"));
        assert!(state(&self.archive.index()) == state(&fresh.path().join("index")), "the updated index is not what a fresh one is");
    }
}

fn kill(times: usize, seed: u64) {
    let mut driver = Driver::new(seed);
    for number in 1..=times {
        driver.kill_once();
        if number % 25 == 0 {
            driver.compare_with_a_fresh_one();
        }
    }
    println!("{times} runs killed: {:?}", driver.killed);
    let running: usize = driver.killed.iter().filter(|((_, found), _)| *found != "had finished").map(|(_, times)| times).sum();
    assert!(running * 2 > times, "most runs had finished before they were killed: {:?}", driver.killed);
}

#[test]
fn a_killed_run_leaves_the_former_state_or_the_next() {
    kill(50, 3);
}

/// As many as one likes: `DATELINE_TRIES=1000 cargo test --release --test it crash -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn a_killed_run_leaves_the_former_state_or_the_next_at_length() {
    let (tries, seed) = crate::support::at_length(1000);
    kill(tries, seed);
}
