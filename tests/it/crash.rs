//! `dateline index` killed, or told twice to end, at any moment: what is left is the former state or the next one, whole, and the next run completes it.

use std::collections::BTreeMap;
use std::process::Child;
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

/// How a run is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// By a signal that it cannot heed.
    Killed,
    /// By one that lets it end in order, and one soon after that ends it at once.
    #[cfg(unix)]
    ToldTwice,
}

/// An archive that changes at random and is indexed by a process that is killed.
struct Driver {
    archive: Archive,
    chance: Chance,
    next: usize,
    took: Duration,
    end: End,
    /// Of the runs that were told twice, those that the second signal ended.
    ended_at_once: usize,
    killed: BTreeMap<(Work, &'static str), usize>,
}

impl Driver {
    fn new(seed: u64, end: End) -> Self {
        let (archive, took) = (Archive::new(), Duration::from_millis(200));
        let mut driver = Driver { archive, chance: Chance::new(seed), next: 0, took, end, ended_at_once: 0, killed: BTreeMap::new() };
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
        self.end(&mut child);
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

    fn end(&mut self, child: &mut Child) {
        if self.end == End::Killed {
            child.kill().unwrap();
            child.wait().unwrap();
            return;
        }
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process};
            use std::os::unix::process::ExitStatusExt;

            // It may have ended by itself meanwhile.
            let _ = kill_process(Pid::from_child(child), Signal::INT);
            std::thread::sleep(Duration::from_micros(self.chance.below(20_000) as u64));
            let second = [Signal::INT, Signal::TERM][self.chance.below(2)];
            let _ = kill_process(Pid::from_child(child), second);
            let status = child.wait().unwrap();
            // As it ends by itself, in order, or at once: before anything heeds signals the first one does it.
            let ended = [Some(2), Some(15)].contains(&status.signal());
            assert!(ended || [Some(0), Some(130)].contains(&status.code()), "{status}");
            self.ended_at_once += usize::from(ended);
        }
    }

    /// Compares the index that was updated so often with one that is made at once.
    fn compare_with_a_fresh_one(&self) {
        let fresh = tempfile::tempdir().unwrap();
        self.archive.ingest_into(&fresh.path().join("index"));
        assert!(state(&self.archive.index()) == state(&fresh.path().join("index")), "the updated index is not what a fresh one is");
    }
}

fn kill(times: usize, seed: u64, end: End) -> Driver {
    let mut driver = Driver::new(seed, end);
    for number in 1..=times {
        driver.kill_once();
        if number % 25 == 0 {
            driver.compare_with_a_fresh_one();
        }
    }
    println!("{times} runs killed: {:?}", driver.killed);
    let running: usize = driver.killed.iter().filter(|((_, found), _)| *found != "had finished").map(|(_, times)| times).sum();
    assert!(running * 2 > times, "most runs had finished before they were killed: {:?}", driver.killed);
    driver
}

#[test]
fn a_killed_run_leaves_the_former_state_or_the_next() {
    kill(50, 3, End::Killed);
}

#[cfg(unix)]
#[test]
fn a_second_signal_leaves_the_former_state_or_the_next() {
    let driver = kill(50, 4, End::ToldTwice);
    println!("{} of them ended at once", driver.ended_at_once);
    assert!(driver.ended_at_once > 5, "only {} runs were ended by the second signal", driver.ended_at_once);
}

/// As many as one likes: `DATELINE_TRIES=1000 cargo test --release --test it crash -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn a_killed_run_leaves_the_former_state_or_the_next_at_length() {
    let (tries, seed) = crate::support::at_length(1000);
    kill(tries, seed, End::Killed);
}

/// The same with `DATELINE_TRIES=1000`.
#[cfg(unix)]
#[test]
#[ignore = "takes minutes"]
fn a_second_signal_leaves_the_former_state_or_the_next_at_length() {
    let (tries, seed) = crate::support::at_length(1000);
    kill(tries, seed, End::ToldTwice);
}
