//! Names and texts that are made to act on a terminal, in what `bench`, `verify` and `index --watch` print, errors among it.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use dateline::engine;
use rustix::process::Signal;

use crate::hostile_text::{archive, assert_harmless};
use crate::support::{Archive, Run, command, finished};
use crate::watch::Running;

/// A name with a line break, an escape, an override of the direction, a control character, and a byte that is no text.
const NAME: &[u8] = b"o\n\x1b[31md\xe2\x80\xaed\xc2\x9b\xe9";

const STORY: &str = "The ferry left the harbour at noon, and the crew of the pilot boat saw it off from the mole.\n";

/// Adds a folder and files of odd names to hostile articles; a file of them cannot be read.
fn with_odd_names(seed: u64) -> (Archive, PathBuf) {
    let archive = archive(seed);
    let folder = archive.articles().with_file_name(OsStr::from_bytes(NAME));
    fs::create_dir(&folder).unwrap();
    write(&folder, b".txt", STORY);
    write(&folder, b".json", "{");
    (archive, folder)
}

fn write(folder: &Path, ending: &[u8], text: &str) {
    fs::write(folder.join(OsStr::from_bytes(&[NAME, ending].concat())), text).unwrap();
}

fn check(run: &Run, arguments: &[&OsStr]) {
    let arguments: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    assert!((0..=2).contains(&run.code), "{arguments:?}: {}", run.err);
    assert!(!run.err.contains("mistake"), "{arguments:?}: {}", run.err);
    for text in [&run.out, &run.err] {
        assert_harmless(&arguments, text);
        // A line break in a name makes no line of its own.
        assert!(!text.lines().any(|line| line.starts_with("[31md") || line.starts_with("dd")), "{arguments:?}: {text}");
    }
}

/// Runs the program with and without colours, and looks at all that it prints.
fn checked(index: &Path, arguments: &[&OsStr]) -> Run {
    let mut runs = ["never", "always"].map(|color| {
        let run = finished(command(index, &["--color", color]).args(arguments).output().unwrap());
        check(&run, arguments);
        run
    });
    std::mem::replace(&mut runs[0], Run { code: 0, out: String::new(), err: String::new() })
}

#[test]
fn nothing_acts_in_what_verify_prints() {
    let (archive, folder) = with_odd_names(1);
    let index = archive.index().with_file_name(OsStr::from_bytes(&[b"index", NAME].concat()));
    let indexed = checked(&index, &[OsStr::new("index"), archive.articles().as_os_str(), folder.as_os_str()]);
    assert_eq!(indexed.code, 0, "{}", indexed.err);
    let verify = |more: &[&str]| {
        let arguments: Vec<&OsStr> = ["verify"].iter().chain(more).map(OsStr::new).collect();
        checked(&index, &arguments)
    };
    assert_eq!(verify(&[]).code, 0);
    // Of each sort of difference one.
    write(&folder, b".txt", "Other words have come in.\n");
    write(&folder, b" new.txt", STORY);
    fs::remove_file(archive.articles().join("note.txt")).unwrap();
    fs::rename(archive.articles().join("page.html"), archive.articles().join("page\u{202e}.html")).unwrap();
    let text = verify(&["--against-files"]);
    assert!(text.code == 1 && text.out.contains("\\xE9.txt") && text.out.contains("changed-file"), "{}{}", text.out, text.err);
    let json = verify(&["--against-files", "--json"]);
    assert!(json.code == 1 && serde_json::from_str::<serde_json::Value>(&json.out).is_ok(), "{}{}", json.out, json.err);
    fs::rename(&folder, archive.articles().with_file_name("away")).unwrap();
    let gone = verify(&["--against-files"]);
    assert!(gone.out.contains("unreached-folder"), "{}{}", gone.out, gone.err);
    let store = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.extension() == Some(OsStr::new("store")));
    let store = store.unwrap();
    fs::write(&store, "\u{1b}[2J").unwrap();
    for arguments in [&[][..], &["--json"]] {
        let damaged = verify(arguments);
        assert!(damaged.code == 1 && damaged.out.contains("damaged-file"), "{}{}", damaged.out, damaged.err);
    }
    fs::remove_file(&store).unwrap();
    fs::create_dir(&store).unwrap();
    let unreadable = verify(&[]);
    assert!(unreadable.code == 2 && unreadable.err.contains("\\xE9/"), "{}", unreadable.err);
    fs::write(index.join("meta.json"), "{\u{1b}[2J").unwrap();
    assert_eq!(verify(&[]).code, 1);
    fs::remove_file(index.join("meta.json")).unwrap();
    let none = verify(&[]);
    assert!(none.code == 2 && none.err.contains("\\xE9: there is none yet"), "{}", none.err);
}

#[test]
fn nothing_acts_in_what_bench_prints() {
    let (archive, _) = with_odd_names(0);
    archive.update();
    let file = |ending: &[u8], text: &str| {
        let path = archive.articles().with_file_name(OsStr::from_bytes(&[NAME, ending].concat()));
        fs::write(&path, text).unwrap();
        path
    };
    let queries = file(b"q", "a\u{1b}[31m\u{202e}\tferry\n1\u{9b}\tharbour\nk\u{202e}\tferry \u{1b}[2J(\n");
    let good = file(b"g", "a\u{1b}[31m\u{202e}\tferry\n1\u{9b}\tharbour\n");
    let qrels = file(b"r", "1\u{9b} 0 wire\u{202e}.jsonl 1\nzz\u{1b}[2J 0 x 1\n");
    let odd_qrels = file(b"o", "1 0 \u{1b}[31mx no\u{202e}grade\n");
    let families = file(b"f", "note.txt\tf\u{1b}[31m\toriginal\npage.html\tf\u{1b}[31m\tk\u{202e}ind\n\u{1b}[2Jnone\tg\tx\n");
    let saved = file(b"s", "");
    let odd = file(b"j", "{\"latency_us\": \"\u{1b}[31m\u{202e}\"}");
    let missing = archive.articles().with_file_name(OsStr::from_bytes(&[b"missing", NAME].concat()));
    let bench = |more: &[(&str, Option<&Path>)]| {
        let mut arguments: Vec<&OsStr> = ["bench", "--rounds", "1", "--per-kind", "1"].map(OsStr::new).to_vec();
        for (name, path) in more {
            arguments.push(OsStr::new(name));
            arguments.extend(path.map(Path::as_os_str));
        }
        checked(&archive.index(), &arguments)
    };
    let (queries, good, qrels) = (Some(queries.as_path()), Some(good.as_path()), Some(qrels.as_path()));
    let families = Some(families.as_path());
    let told = bench(&[("--queries", good), ("--qrels", qrels), ("--families", families), ("--save", Some(&saved))]);
    assert_eq!(told.code, 0, "{}", told.err);
    // What was saved is anybody's text by now.
    let text = fs::read_to_string(&saved).unwrap();
    fs::write(&saved, text.replace("\"bare\"", "\"bare\\u001b[31m\\u202e\"").replace("\"version\":1", "\"version\":1,\"\u{202e}\":1"))
        .unwrap();
    bench(&[("--queries", good), ("--compare", Some(&saved))]);
    bench(&[("--queries", good), ("--compare", Some(&saved)), ("--json", None)]);
    for odd in [
        &[("--queries", queries)][..],
        &[("--queries", Some(&missing))],
        &[("--queries", good), ("--qrels", Some(&odd_qrels))],
        &[("--queries", good), ("--qrels", Some(&missing))],
        &[("--families", Some(&odd_qrels))],
        &[("--compare", Some(&odd))],
        &[("--compare", Some(&missing))],
        &[("--save", Some(&missing.join("x")))],
    ] {
        let refused = bench(odd);
        assert!(refused.code == 2 && refused.err.starts_with("error: "), "{odd:?}: {} {}", refused.code, refused.err);
    }
}

#[test]
fn nothing_acts_in_what_watch_prints() {
    let (archive, folder) = with_odd_names(2);
    let index = archive.index().with_file_name(OsStr::from_bytes(&[b"index", NAME].concat()));
    let mut following = command(&index, &["index", "--watch"]);
    following.arg(archive.articles()).arg(&folder);
    let mut running = Running::start(following);
    running.until_out("following ");
    write(&folder, b" more.txt", STORY);
    write(&folder, b" worse.json", "{\u{1b}[31m");
    running.until_err(" worse.json");
    let away = archive.articles().with_file_name("away");
    fs::rename(&folder, &away).unwrap();
    running.until_err("it is gone");
    fs::rename(&away, &folder).unwrap();
    running.until_out("is back");
    let writer = engine::open_writer(&index, 0).unwrap();
    write(&folder, b" last.txt", "Other words have come in at last.\n");
    running.until_err("has been writing to it since");
    drop(writer);
    running.until_out("new");
    running.signal(Signal::TERM);
    let code = running.end().code().unwrap_or(-1);
    let run = Run { code, out: running.out(), err: running.err() };
    check(&run, &[OsStr::new("watch")]);
    assert!(run.code == 0 && run.out.contains("\\xE9"), "{} {}", run.out, run.err);
}
