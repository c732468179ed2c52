//! Writers and readers at random over an archive that grows and shrinks: no error, one state for each reader, memory that stays flat, and at the
//! end what an index made at once holds.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dateline::engine;
use dateline::error::ErrorKind;
use dateline::query;
use dateline::search::{SearchRequest, SearchResponse};

use crate::chance::Chance;
use crate::support::{Archive, command, state};

const PLACES: [&str; 8] = ["Selwick", "Marnhull", "Osterby", "Fenholt", "Corrin", "Hask", "Dunmere", "Tolley"];
const THINGS: [&str; 8] = ["ferry", "lock gate", "harvest", "school roof", "night bus", "salt road", "grain store", "signal box"];
const DEEDS: [&str; 8] =
    ["was shut", "was sold", "burned", "was opened again", "is to be paid for", "was flooded", "has no owner", "was inspected"];

/// What a soak did.
#[derive(Default)]
struct Done {
    updates: AtomicUsize,
    busy: AtomicUsize,
    processes: AtomicUsize,
    searches: AtomicUsize,
}

struct Soak {
    archive: Archive,
    articles_max: usize,
    is_over: AtomicBool,
    done: Done,
}

impl Soak {
    /// Writes, changes and removes files; every third step the archive shrinks.
    fn change(&self, chance: &mut Chance, step: usize) {
        let some = 1 + self.articles_max / 50;
        for _ in 0..=chance.below(some) {
            let number = chance.below(self.articles_max);
            let name = format!("{}/{number}.txt", chance.of(&PLACES));
            let path = self.archive.articles().join(&name);
            if step % 3 == 2 || chance.percent(20) {
                let _ = std::fs::remove_file(path);
            } else {
                self.archive.write(&name, story(number, chance));
            }
        }
    }

    fn write(&self, seed: u64) {
        let mut chance = Chance::new(seed);
        let mut step = 0;
        while !self.is_over.load(Ordering::Relaxed) {
            self.change(&mut chance, step);
            step += 1;
            if chance.percent(15) {
                // Another process writes too; now and then it is killed.
                let mut child = command(&self.archive.index(), &["index", self.archive.articles().to_str().unwrap()])
                    .stdout(std::process::Stdio::null())
                    .stderr(std::process::Stdio::null())
                    .spawn()
                    .unwrap();
                if chance.percent(50) {
                    std::thread::sleep(Duration::from_millis(chance.below(400) as u64));
                    child.kill().unwrap();
                }
                child.wait().unwrap();
                self.done.processes.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            match self.archive.try_ingest() {
                Ok(report) => {
                    assert!(report.warnings.iter().all(|warning| warning.cause.contains("empty")), "{:?}", report.warnings);
                    self.done.updates.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::IndexBusy, "{error}");
                    self.done.busy.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }

    fn read(&self, seed: u64) {
        let mut chance = Chance::new(seed);
        while !self.is_over.load(Ordering::Relaxed) {
            let searcher = match engine::open(&self.archive.index()) {
                Ok(searcher) => searcher,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::NoIndex, "{error}");
                    continue;
                }
            };
            for _ in 0..4 {
                let typed = match chance.below(4) {
                    0 => format!("\"{} {}\"", chance.of(&THINGS), chance.of(&DEEDS)),
                    1 => format!("{} OR {}", chance.of(&PLACES), chance.of(&PLACES)),
                    2 => format!("{} w/6 board", chance.of(&PLACES)),
                    _ => format!("{} -flooded", chance.of(&THINGS)),
                };
                let request = request(&typed);
                let answer = searcher.search(&request).unwrap();
                let again = searcher.search(&request).unwrap();
                assert_eq!(answer.articles_total, again.articles_total, "{typed}: two states in one reader");
                check(&typed, &answer);
                for hit in &answer.hits {
                    assert!(!searcher.articles(&hit.article.id).unwrap().is_empty(), "{typed}: {} is not there", hit.article.id);
                }
                self.done.searches.fetch_add(2, Ordering::Relaxed);
            }
        }
    }
}

fn check(typed: &str, answer: &SearchResponse) {
    assert!(answer.hits.len() as u64 <= answer.groups_total && answer.groups_total <= answer.articles_total, "{typed}");
    for passage in answer.hits.iter().flat_map(|hit| &hit.passages) {
        assert!(passage.highlights.iter().all(|mark| passage.text.get(mark.clone()).is_some()), "{typed}");
    }
}

fn request(typed: &str) -> SearchRequest {
    SearchRequest::of(query::parse(typed).unwrap())
}

fn story(number: usize, chance: &mut Chance) -> String {
    let mut text = format!("The {} of {} {}\n\n", chance.of(&THINGS), chance.of(&PLACES), chance.of(&DEEDS));
    for _ in 0..3 + chance.below(6) {
        let (thing, place, deed) = (chance.of(&THINGS), chance.of(&PLACES), chance.of(&DEEDS));
        text.push_str(&format!(
            "The {thing} at {place} {deed}, the board said on day {} of the year, and {} people signed letter {number} against it. ",
            chance.below(365),
            chance.below(5000)
        ));
    }
    text.push('\n');
    text
}

/// Returns the memory of this process in megabytes, where the system tells it.
fn resident_megabytes() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().split(' ').next()?.parse::<usize>().ok()? / 1000)
}

fn soak(articles_max: usize, time: Duration, seed: u64) {
    let soak = Soak { archive: Archive::new(), articles_max, is_over: AtomicBool::new(false), done: Done::default() };
    let mut early = None;
    std::thread::scope(|scope| {
        let workers = [scope.spawn(|| soak.write(seed)), scope.spawn(|| soak.read(seed + 1)), scope.spawn(|| soak.read(seed + 2))];
        let started = Instant::now();
        while started.elapsed() < time && workers.iter().all(|worker| !worker.is_finished()) {
            std::thread::sleep(Duration::from_millis(100));
            if early.is_none() && started.elapsed() > time / 3 {
                early = resident_megabytes();
            }
        }
        soak.is_over.store(true, Ordering::Relaxed);
    });
    soak.archive.try_ingest().unwrap();
    let check = engine::check_files(&soak.archive.index()).unwrap();
    assert!(check.damaged.is_empty() && check.leftovers.is_empty(), "{check:?}");
    let late = resident_megabytes();
    let Done { updates, busy, processes, searches } = &soak.done;
    println!(
        "{updates:?} updates, {busy:?} busy, {processes:?} processes, {searches:?} searches; {early:?} MB after a third, {late:?} MB at the end"
    );
    assert!(searches.load(Ordering::Relaxed) > 0 && updates.load(Ordering::Relaxed) > 0);
    let fresh = tempfile::tempdir().unwrap();
    soak.archive.ingest_into(&fresh.path().join("index"));
    assert!(state(&soak.archive.index()) == state(&fresh.path().join("index")), "the updated index is not what a fresh one is");
}

#[test]
fn writers_and_readers_do_not_disturb_each_other() {
    soak(300, Duration::from_secs(8), 7);
}

/// An hour with 50,000 articles: `DATELINE_TRIES=3600 cargo test --release --test it soak -- --ignored --nocapture`.
#[test]
#[ignore = "takes an hour"]
fn writers_and_readers_do_not_disturb_each_other_at_length() {
    let (seconds, seed) = crate::support::at_length(3600);
    soak(50_000, Duration::from_secs(seconds as u64), seed);
}
