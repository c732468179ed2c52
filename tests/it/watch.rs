//! `dateline index --watch` and signals: what is done to files while the program runs, and how it ends.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dateline::engine;
use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Archive, command, ids, run_json};

/// So long is waited for what should take a second: the tests run beside many others.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// The program while it runs.
pub struct Running {
    child: Child,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

impl Running {
    /// Starts it.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = collected(child.stdout.take().unwrap());
        let err = collected(child.stderr.take().unwrap());
        Running { child, out, err }
    }

    /// Follows the folder of an archive.
    fn watch(archive: &Archive, more: &[&str]) -> Self {
        Self::watch_folder(&archive.index(), &archive.articles(), more)
    }

    fn watch_folder(index: &Path, folder: &Path, more: &[&str]) -> Self {
        let arguments: Vec<&str> = ["index", "--watch", folder.to_str().unwrap()].into_iter().chain(more.iter().copied()).collect();
        let running = Self::start(command(index, &arguments));
        running.until_out("following ");
        running
    }

    /// Returns what it has printed.
    pub fn out(&self) -> String {
        self.out.lock().unwrap().clone()
    }

    /// Returns what it has said on the standard error.
    pub fn err(&self) -> String {
        self.err.lock().unwrap().clone()
    }

    /// Waits until it has printed something.
    pub fn until_out(&self, text: &str) {
        until(&format!("{text:?} in {:?} {:?}", self.out(), self.err()), || self.out().contains(text));
    }

    /// Waits until it has said something on the standard error.
    pub fn until_err(&self, text: &str) {
        until(&format!("{text:?} in {:?}", self.err()), || self.err().contains(text));
    }

    /// Returns the lines that updates printed.
    fn updates(&self) -> Vec<String> {
        let out = self.out();
        let after = out.split_once("following ").map(|(_, after)| after).unwrap_or_default();
        after.lines().skip(1).filter(|line| line.contains(" article") && !line.contains("stopped")).map(str::to_owned).collect()
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for its end.
    pub fn end(&mut self) -> ExitStatus {
        let mut ended = None;
        until("the end", || {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        ended.unwrap()
    }

    /// Counts how often its first thread has gone to sleep.
    #[cfg(target_os = "linux")]
    fn sleeps(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let sleeps = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).unwrap();
        sleeps.trim().parse().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collected(stream: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let text = Arc::new(Mutex::new(String::new()));
    let into = Arc::clone(&text);
    std::thread::spawn(move || {
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|count| count > 0) {
            into.lock().unwrap().push_str(&line);
            line.clear();
        }
    });
    text
}

fn article(headline: &str, text: &str) -> String {
    format!("---\ntitle: {headline}\nsource: Selwick Courier\ndate: 2024-11-04\n---\n\n{text}\n")
}

fn until_found(archive: &Archive, query: &str, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|id| (*id).to_owned()).collect();
    let mut found = BTreeSet::new();
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        found = archive.hits(&["-n", "1000", query]).into_iter().collect();
        if found == expected {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{query}: {found:?}, not {expected:?}");
}

#[test]
fn files_are_followed_however_they_are_saved() {
    let archive = Archive::with(&[("a.md", &article("Ferry aground", "The ferry sits on a sandbank."))]);
    let running = Running::watch(&archive, &[]);
    let path = archive.articles().join("a.md");
    // As editors do: a new file takes the place of the old one.
    archive.write("a.md.new", article("Ferry afloat", "The ferry floats again since the tide."));
    fs::rename(archive.articles().join("a.md.new"), &path).unwrap();
    until_found(&archive, "tide", &["a.md"]);
    // The old one is put aside, and one of its name is written.
    fs::rename(&path, archive.articles().join("a.md~")).unwrap();
    archive.write("a.md", article("Ferry towed", "The ferry was towed to the yard."));
    fs::remove_file(archive.articles().join("a.md~")).unwrap();
    until_found(&archive, "yard", &["a.md"]);
    until_found(&archive, "tide", &[]);
    // It is removed, and written anew.
    fs::remove_file(&path).unwrap();
    archive.write("a.md", article("Ferry sold", "The ferry was sold for scrap."));
    until_found(&archive, "scrap", &["a.md"]);
    // Touched and hidden files are no news.
    fs::File::options().append(true).open(&path).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    archive.write(".a.md.swp", "half a text");
    archive.write("b.md", article("Pier closed", "The pier is closed to anglers."));
    running.until_out("  1 new: 2 articles in 2 groups from 1 source\n");
    until_found(&archive, "anglers", &["b.md"]);
    fs::remove_file(&path).unwrap();
    running.until_out("  1 removed: 1 article in 1 group from 1 source\n");
    until_found(&archive, "ferry", &[]);
    let updates = running.updates();
    let (saved, last) = updates.split_at(updates.len() - 2);
    assert!(saved.len() >= 3 && saved.iter().all(|line| line.ends_with(": 1 article in 1 group from 1 source")), "{updates:?}");
    assert!(last[0].contains("1 new") && last[1].contains("1 removed"), "{updates:?}");
    assert_eq!(running.err(), "");
}

#[test]
fn a_flood_is_taken_in_few_updates() {
    let archive = Archive::with(&[("first.md", &article("Level normal", "The river keeps to its bed."))]);
    let running = Running::watch(&archive, &[]);
    for number in 0..400 {
        archive.write(
            &format!("flood/{}/{number}.md", number % 7),
            article(&format!("Gauge {number}"), &format!("Gauge number {number} stands high.")),
        );
    }
    until("400 files", || run_json(&archive.index(), &["search", "--json", "-n", "1", "gauge"])["articles_total"] == 400);
    assert!(running.updates().len() <= 4, "{:?}", running.updates());
    fs::remove_dir_all(archive.articles().join("flood")).unwrap();
    until_found(&archive, "gauge", &[]);
}

#[test]
fn folders_are_followed_where_they_go() {
    let archive = Archive::with(&[("wire/old/a.md", &article("Dam inspected", "Inspectors walked the dam."))]);
    let running = Running::watch(&archive, &[]);
    let at = |name: &str| archive.articles().join(name);
    fs::rename(at("wire/old"), at("wire/new")).unwrap();
    until_found(&archive, "dam", &["wire/new/a.md"]);
    running.until_out("1 file renamed");
    archive.write("wire/new/b.md", article("Dam praised", "The dam is sound."));
    until_found(&archive, "dam", &["wire/new/a.md", "wire/new/b.md"]);
    // A tree that comes from elsewhere, and one that goes there.
    let elsewhere = tempfile::tempdir_in(archive.articles().parent().unwrap()).unwrap();
    fs::create_dir_all(elsewhere.path().join("tree/deep/er")).unwrap();
    fs::rename(elsewhere.path().join("tree"), at("tree")).unwrap();
    archive.write("tree/deep/er/c.md", article("Dam repaired", "Masons repaired the dam."));
    until_found(&archive, "mason", &["tree/deep/er/c.md"]);
    fs::rename(at("wire"), elsewhere.path().join("wire")).unwrap();
    until_found(&archive, "dam", &["tree/deep/er/c.md"]);
    // What happens there is no longer ours.
    fs::write(elsewhere.path().join("wire/new/d.md"), article("Dam gone", "No dam.")).unwrap();
    archive.write("tree/e.md", article("Weir opened", "The weir was opened."));
    until_found(&archive, "weir", &["tree/e.md"]);
    until_found(&archive, "dam", &["tree/deep/er/c.md"]);
    assert_eq!(running.err(), "");
}

#[test]
fn an_index_inside_its_folder_does_not_follow_itself() {
    let archive = Archive::with(&[("a.md", &article("Kiln fired", "The kiln was fired at dawn."))]);
    let index = archive.articles().join("index");
    let running = Running::watch_folder(&index, &archive.articles(), &[]);
    for (number, word) in ["noon", "dusk", "midnight"].into_iter().enumerate() {
        archive.write("a.md", article("Kiln fired", &format!("The kiln was fired at {word}.")));
        until(word, || running.updates().len() > number);
    }
    assert_eq!(ids(&run_json(&index, &["search", "--json", "midnight"])), ["a.md"]);
    // Nothing happens from here on. The first thread sleeps between two looks at the folders; an update makes it sleep many times.
    #[cfg(target_os = "linux")]
    {
        std::thread::sleep(Duration::from_millis(1500));
        let before = running.sleeps();
        std::thread::sleep(Duration::from_millis(2500));
        let sleeps = running.sleeps() - before;
        assert!(sleeps <= 5, "{sleeps}");
    }
    assert_eq!(running.updates().len(), 3, "{:?}", running.updates());
}

#[test]
fn a_folder_that_is_gone_keeps_its_articles_and_is_taken_up_again() {
    let archive = Archive::with(&[("a.md", &article("Lamp lit", "The harbour lamp was lit."))]);
    let running = Running::watch(&archive, &[]);
    let away = archive.articles().with_file_name("away");
    fs::rename(archive.articles(), &away).unwrap();
    running.until_err("articles: it is gone, as when a disk is not plugged in: its articles stay");
    assert_eq!(archive.hits(&["lamp"]), ["a.md"]);
    fs::write(away.join("b.md"), article("Lamp out", "The harbour lamp went out.")).unwrap();
    fs::rename(&away, archive.articles()).unwrap();
    running.until_out("articles is back");
    until_found(&archive, "lamp", &["a.md", "b.md"]);
    archive.write("c.md", article("Lamp mended", "The harbour lamp was mended."));
    until_found(&archive, "lamp", &["a.md", "b.md", "c.md"]);
    assert_eq!(running.err().matches("warning").count(), 1, "{}", running.err());
}

#[test]
fn folders_that_another_process_adds_are_followed_too() {
    let archive = Archive::with(&[("a.md", &article("Bridge open", "The bridge is open."))]);
    let running = Running::watch(&archive, &[]);
    let other = Archive::with(&[("b.md", &article("Bridge shut", "The bridge is shut."))]);
    assert_eq!(archive.run(&["index", other.articles().to_str().unwrap()]).code, 0);
    until_found(&archive, "bridge", &["a.md", "b.md"]);
    // The file may come before the folder is followed.
    other.write("c.md", article("Bridge raised", "The bridge was raised."));
    until_found(&archive, "bridge", &["a.md", "b.md", "c.md"]);
    other.write("d.md", article("Bridge lowered", "The bridge was lowered."));
    until_found(&archive, "bridge", &["a.md", "b.md", "c.md", "d.md"]);
    assert_eq!(archive.run(&["index", "--forget", other.articles().to_str().unwrap()]).code, 0);
    until_found(&archive, "bridge", &["a.md"]);
    assert_eq!(running.err(), "");
}

/// The index remembers such a name in other letters; what is followed is the folder itself.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_no_text_is_followed() {
    let archive = Archive::new();
    let folder = archive.articles().join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"caf\xe9"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("first.md"), article("First", "The ferry is late.")).unwrap();
    let mut following = command(&archive.index(), &["index", "--watch"]);
    following.arg(&folder);
    let running = Running::start(following);
    running.until_out("following ");
    fs::write(folder.join("second.md"), article("Second", "The ferry has come.")).unwrap();
    until_found(&archive, "ferry", &["first.md", "second.md"]);
}

#[test]
fn what_links_lead_to_is_followed_where_links_are() {
    use std::os::unix::fs::symlink;

    let archive = Archive::with(&[("own.md", &article("Buoy laid", "The buoy was laid."))]);
    let outside = tempfile::tempdir().unwrap();
    let at = |name: &str| outside.path().join(name);
    fs::create_dir_all(at("wire/deep")).unwrap();
    fs::create_dir(at("other")).unwrap();
    fs::write(at("wire/a.md"), article("Buoy lit", "The buoy was lit.")).unwrap();
    fs::write(at("single.md"), article("Buoy adrift", "The buoy went adrift.")).unwrap();
    for (target, link) in [("wire", "wire"), ("single.md", "single.md"), ("other/late.md", "late.md")] {
        symlink(at(target), archive.articles().join(link)).unwrap();
    }
    // A way round, which must have an end.
    symlink(archive.articles(), at("wire/round")).unwrap();
    let running = Running::watch(&archive, &["--follow-links"]);
    until_found(&archive, "buoy", &["own.md", "single.md", "wire/a.md"]);
    let write = |name: &str, text: &str| fs::write(at(name), article("Buoy", text)).unwrap();
    write("wire/deep/b.md", "Painters went out to the red buoy.");
    until_found(&archive, "painters", &["wire/deep/b.md"]);
    write("new.md", "Divers looked at the chain of the buoy.");
    fs::rename(at("new.md"), at("single.md")).unwrap();
    until_found(&archive, "divers", &["single.md"]);
    write("other/late.md", "A trawler ran over the buoy at last.");
    until_found(&archive, "trawler", &["late.md"]);
    // A link that comes while it runs, and what happens behind it then.
    fs::create_dir(at("more")).unwrap();
    symlink(at("more"), archive.articles().join("more")).unwrap();
    let updates = running.updates().len();
    archive.write("beside.md", article("Buoy", "Gulls sat on the green buoy."));
    until("an update", || running.updates().len() > updates);
    write("more/c.md", "Seals slept beside the green buoy.");
    until_found(&archive, "seals", &["more/c.md"]);
    // A folder behind a link goes, as with its disk, and comes back.
    fs::rename(at("wire"), at("away")).unwrap();
    running.until_err("/wire: cannot be read: it does not exist");
    until_found(&archive, "painters", &["wire/deep/b.md"]);
    fs::rename(at("away"), at("wire")).unwrap();
    write("wire/d.md", "Cormorants dried their wings on the buoy.");
    until_found(&archive, "cormorants", &["wire/d.md"]);
    // What lies beside a linked file is no business of ours.
    let updates = running.updates().len();
    write("beside.md", "Nobody asked for this buoy.");
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(running.updates().len(), updates, "{:?}", running.updates());
}

#[test]
fn another_writer_is_waited_for() {
    let archive = Archive::with(&[("a.md", &article("Mill sold", "The mill was sold."))]);
    let running = Running::watch(&archive, &[]);
    let writer = engine::open_writer(&archive.index(), 0).unwrap();
    archive.write("b.md", article("Mill burnt", "The mill burnt down."));
    running.until_err(&format!("process {} has been writing to it since", std::process::id()));
    archive.write("c.md", article("Mill rebuilt", "The mill was rebuilt."));
    std::thread::sleep(Duration::from_millis(2500));
    drop(writer);
    until_found(&archive, "mill", &["a.md", "b.md", "c.md"]);
    assert_eq!(running.err().lines().count(), 1, "{}", running.err());
}

#[test]
fn one_bad_file_is_told_once() {
    let archive = Archive::with(&[("bad.json", "{\"headline\": ")]);
    let running = Running::watch(&archive, &[]);
    for number in 0..2 {
        archive.write(&format!("{number}.md"), article("Tram", &format!("Tram number {number} ran late.")));
        until("an update", || running.updates().len() > number);
    }
    assert_eq!(running.err().matches("bad.json").count(), 1, "{}", running.err());
}

#[test]
fn a_single_file_and_folders_that_are_looked_through() {
    let archive = Archive::with(&[("a.md", &article("Bell rung", "The bell was rung.")), ("b.md", "Not asked for.")]);
    let _single = Running::watch_folder(&archive.index(), &archive.articles().join("a.md"), &[]);
    let polled = Archive::with(&[("c.md", &article("Bell cast", "A bell was cast."))]);
    let _polled = Running::watch(&polled, &["--poll", "1"]);
    archive.write("new", article("Bell cracked", "The bell has a crack."));
    fs::rename(archive.articles().join("new"), archive.articles().join("a.md")).unwrap();
    until_found(&archive, "crack", &["a.md"]);
    polled.write("d.md", article("Bell hung", "The bell was hung."));
    until_found(&polled, "bell", &["c.md", "d.md"]);
}

#[test]
#[cfg(target_os = "linux")]
fn events_that_the_system_could_not_keep_are_made_good() {
    let archive = Archive::with(&[("a.md", &article("Snow", "Snow fell on the pass."))]);
    let running = Running::watch(&archive, &[]);
    running.signal(Signal::STOP);
    // More than the system keeps for one process; what happens then is not told.
    let most: usize = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap().trim().parse().unwrap();
    assert!(most <= 100_000, "this system keeps {most} events, which takes too long to exceed");
    let (here, there) = (archive.articles().join("x.tmp"), archive.articles().join("y.tmp"));
    fs::write(&here, "").unwrap();
    for _ in 0..=most / 4 {
        fs::rename(&here, &there).unwrap();
        fs::rename(&there, &here).unwrap();
    }
    archive.write("new/b.md", article("More snow", "Snow fell on the lake."));
    running.signal(Signal::CONT);
    until_found(&archive, "snow", &["a.md", "new/b.md"]);
    archive.write("new/c.md", article("Still more snow", "Snow fell on the town."));
    until_found(&archive, "snow", &["a.md", "new/b.md", "new/c.md"]);
}

#[test]
fn a_signal_ends_it_with_all_that_was_seen_in_the_index() {
    for (signal, name) in [(Signal::TERM, "SIGTERM"), (Signal::INT, "SIGINT"), (Signal::HUP, "SIGHUP")] {
        let archive = Archive::with(&[("first.md", &article("Quay", "The quay is empty."))]);
        let mut running = Running::watch(&archive, &[]);
        (0..20).for_each(|number| archive.write(&format!("{number}.md"), article("Quay", &format!("Ship number {number} left the quay."))));
        running.signal(signal);
        assert_eq!(running.end().code(), Some(0), "{}", running.err());
        assert_eq!(archive.hits(&["-n", "100", "quay", "--expand"]).len(), 21, "{}", running.out());
        let expected = format!("stopped by {name}, with all that was seen in the index: 21 articles in ");
        running.until_out(&expected);
        assert_eq!(running.err(), "");
        assert_eq!(engine::check_files(&archive.index()).unwrap().leftovers, [""; 0]);
    }
}

#[test]
fn an_index_run_that_is_stopped_leaves_the_former_state() {
    let archive = Archive::with(&[("a.md", &article("Orchard", "Pears are cheap."))]);
    archive.update();
    let before = fs::read(archive.index().join("meta.json")).unwrap();
    let line = |number: usize| {
        let text = format!("Crate number {number} of pears was weighed at the gate of the orchard and sent to the market. ").repeat(8);
        format!("{{\"headline\":\"Pears {number}\",\"text\":\"{text}\",\"source\":\"Orrin Courier\"}}\n")
    };
    archive.write("pears.jsonl", (0..20_000).map(line).collect::<String>());
    (0..300).for_each(|number| archive.write(&format!("small/{number}.md"), article("Pears", &format!("Pear tree {number} bears fruit."))));
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let mut running = Running::start(command(&archive.index(), &["index"]));
        let holder = format!("{} ", running.child.id());
        until("writing", || fs::read_to_string(archive.index().join(".tantivy-writer.lock")).unwrap().starts_with(&holder));
        running.signal(signal);
        assert_eq!(running.end().code(), Some(code), "{}", running.out());
        running.until_err("stopped: nothing was written, the index is as it was\n");
        assert_eq!(running.out(), "");
        assert_eq!(fs::read(archive.index().join("meta.json")).unwrap(), before);
        assert_eq!(engine::check_files(&archive.index()).unwrap().leftovers, [""; 0]);
    }
    // To follow folders it goes on after the first signal, to the end of what it is at; the second ends it at once.
    let mut running = Running::start(command(&archive.index(), &["index", "--watch"]));
    let holder = format!("{} ", running.child.id());
    until("writing", || fs::read_to_string(archive.index().join(".tantivy-writer.lock")).unwrap().starts_with(&holder));
    running.signal(Signal::INT);
    running.signal(Signal::TERM);
    let ended = running.end();
    assert!([Some(2), Some(15)].contains(&ended.signal()), "{ended}");
    assert_eq!(fs::read(archive.index().join("meta.json")).unwrap(), before);
    assert_eq!(archive.hits(&["pears"]), ["a.md"]);
}

#[test]
fn what_another_writer_keeps_out_is_told_at_the_end() {
    let archive = Archive::with(&[("a.md", &article("Lock", "The lock is full."))]);
    let mut running = Running::watch(&archive, &[]);
    let _writer = engine::open_writer(&archive.index(), 0).unwrap();
    archive.write("b.md", article("Lock", "The lock is empty."));
    running.signal(Signal::TERM);
    assert_eq!(running.end().code(), Some(2), "{}", running.err());
    running.until_err("error: cannot write the index");
}

#[test]
fn whoever_searches_sees_one_state() {
    const ARTICLES: usize = 40;
    let version = |number: usize| {
        let line = |article: usize| {
            let text = format!("Report {article} of state{number}, that nobody else has, about parish {article}.");
            format!("{{\"id\":\"r{article}\",\"headline\":\"Report {article}\",\"text\":\"{text}\",\"source\":\"Parish {article}\"}}\n")
        };
        (0..ARTICLES).map(line).collect::<String>()
    };
    let archive = Archive::with(&[("reports.jsonl", &version(0))]);
    let _running = Running::watch(&archive, &[]);
    let (mut seen, mut written) = (BTreeSet::new(), 0);
    until("five states", || {
        let response = run_json(&archive.index(), &["search", "--json", "-n", "1000", "parish"]);
        let states: BTreeSet<String> = response["hits"].as_array().unwrap().iter().map(|hit| state_of(&hit.to_string())).collect();
        assert_eq!((states.len(), ids(&response).len()), (1, ARTICLES), "{states:?}");
        if states.contains(&format!("state{written}")) {
            written += 1;
            archive.write("new", version(written));
            fs::rename(archive.articles().join("new"), archive.articles().join("reports.jsonl")).unwrap();
        }
        seen.extend(states);
        seen.len() == 5
    });
}

fn state_of(hit: &str) -> String {
    let at = hit.find("state").unwrap();
    hit[at..].chars().take_while(|c| c.is_alphanumeric()).collect()
}
