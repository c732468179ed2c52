//! Names of files: odd ones, such that are no text, and links.

#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::{Archive, Run, command, finished, ids, run_json};

/// Names that a program may take for something else: all of them are files here.
const ODD: [&[u8]; 12] = [
    b"new\nline.txt",
    b"tab\there.txt",
    b"-rf.txt",
    b"+q.txt",
    b" blank .txt",
    b"it's \"quoted\" $(touch x).txt",
    b"esc\x1b]0;x\x07.txt",
    "bidi\u{202e}txt.txt".as_bytes(),
    b"caf\xe9.txt",
    b"\xff\xfe\x80.txt",
    "\u{10ffe9}.txt".as_bytes(),
    b"folder-\xe9/in#side.txt",
];

fn write(archive: &Archive, name: &[u8], text: &str) {
    let path = archive.articles().join(OsStr::from_bytes(name));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A text that no other file has.
fn text(number: usize) -> String {
    format!(
        "Ferry {number}\n\nThe ferry number{number} sailed at dawn with {number} passengers on board, said the harbour office of island{number}.\n"
    )
}

fn archive() -> Archive {
    let archive = Archive::new();
    for (number, name) in ODD.iter().enumerate() {
        write(&archive, name, &text(number));
    }
    archive
}

/// Runs the program in the folder of the articles.
fn run_there(archive: &Archive, arguments: &[&OsStr]) -> Run {
    let mut command = command(&archive.index(), &[]);
    finished(command.current_dir(archive.articles()).args(arguments).output().unwrap())
}

#[test]
fn any_name_is_found_shown_changed_and_removed() {
    let archive = archive();
    let indexed = archive.update();
    assert!(indexed.out.starts_with("12 new") && indexed.err.is_empty(), "{}{}", indexed.out, indexed.err);
    assert!(archive.update().out.starts_with("0 new, 0 updated, 12 unchanged"));
    for (number, name) in ODD.iter().enumerate() {
        let word = format!("island{number}");
        let found = run_json(&archive.index(), &["search", "--json", &word]);
        let [id] = &ids(&found)[..] else { panic!("{name:?}: {found}") };
        // By the id that data names it with, by the path from here, and by an option that takes an id.
        let path = Path::new(".").join(OsStr::from_bytes(name));
        for typed in [OsStr::new(id), path.as_os_str()] {
            let shown = run_there(&archive, &["show", "--json", "--"].map(OsStr::new).into_iter().chain([typed]).collect::<Vec<_>>());
            assert!(shown.out.contains(&word), "{name:?} {typed:?}: {}{}", shown.out, shown.err);
        }
        let shown = run_there(&archive, &["search", &word].map(OsStr::new));
        assert!(!shown.out.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{name:?}: {:?}", shown.out);
    }
    let shown = archive.run(&["search", "island8"]);
    assert!(shown.out.contains("caf\\xE9.txt"), "{}", shown.out);
    write(&archive, ODD[8], &text(100));
    std::fs::remove_file(archive.articles().join(OsStr::from_bytes(ODD[9]))).unwrap();
    let updated = archive.update();
    assert!(updated.out.starts_with("0 new, 1 updated, 10 unchanged, 1 removed"), "{}", updated.out);
    assert_eq!(archive.hits(&["island100"]).len(), 1);
    assert!(archive.hits(&["island9"]).is_empty());
}

#[test]
fn paths_go_out_byte_for_byte_and_work_as_arguments() {
    let archive = archive();
    archive.update();
    let mut command = command(&archive.index(), &["search", "ferry", "-n", "100", "-0"]);
    let out = command.current_dir(archive.articles()).output().unwrap().stdout;
    let mut paths: Vec<&[u8]> = out.split(|byte| *byte == 0).filter(|path| !path.is_empty()).collect();
    for path in &paths {
        // No program takes it for an option, and it can be opened from here.
        assert!(!path.starts_with(b"-"), "{path:?}");
        assert!(archive.articles().join(OsStr::from_bytes(path)).is_file(), "{path:?}");
    }
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), ODD.len());
    let arguments = ["article".into(), "--json".into()].into_iter().chain(paths.iter().map(|path| OsString::from_vec(path.to_vec())));
    let read = run_there(&archive, &arguments.collect::<Vec<OsString>>().iter().map(OsString::as_os_str).collect::<Vec<_>>());
    assert_eq!((read.code, read.out.lines().count()), (0, ODD.len()), "{}", read.err);
}

#[test]
fn a_folder_whose_name_is_no_text_is_remembered() {
    let archive = Archive::new();
    write(&archive, b"paper-\xe9/a.txt", &text(1));
    let folder = archive.articles().join(OsStr::from_bytes(b"paper-\xe9"));
    let index = |arguments: &[&OsStr]| run_there(&archive, &[&[OsStr::new("index")], arguments].concat());
    assert_eq!(index(&[folder.as_os_str()]).code, 0);
    std::fs::write(folder.join("b.txt"), text(2)).unwrap();
    assert!(index(&[]).out.starts_with("1 new, 0 updated, 1 unchanged"));
    assert_eq!(archive.hits(&["island2"]).len(), 1);
    let raw = archive.run(&["show", "--raw", "a.txt"]);
    assert_eq!(raw.out, text(1), "{}", raw.err);
    assert!(index(&[OsStr::new("--forget"), folder.as_os_str()]).out.contains("2 removed"));
}

#[test]
fn links_are_followed_when_asked_and_lead_nowhere_twice() {
    let archive = Archive::with(&[("own.txt", &text(1)), ("deep/other.txt", &text(2))]);
    let outside = tempfile::tempdir().unwrap();
    std::fs::create_dir(outside.path().join("folder")).unwrap();
    std::fs::write(outside.path().join("folder/away.txt"), text(3)).unwrap();
    std::fs::write(outside.path().join("single.txt"), text(4)).unwrap();
    let there = archive.articles();
    for (target, link) in [
        (there.join("own.txt"), "same.txt"),
        (there.join("deep"), "again"),
        (there.clone(), "deep/up"),
        (outside.path().join("folder"), "away"),
        (outside.path().join("folder"), "away-too"),
        (outside.path().join("single.txt"), "single.txt"),
        (outside.path().join("nowhere"), "broken.txt"),
    ] {
        symlink(target, there.join(link)).unwrap();
    }
    symlink(outside.path(), outside.path().join("folder/loop")).unwrap();
    symlink(&there, outside.path().join("folder/back")).unwrap();
    let usual = archive.update();
    assert!(usual.out.starts_with("2 new") && usual.out.contains("7 links not followed"), "{}", usual.out);
    let folder = there.to_str().unwrap();
    let followed = archive.run(&["index", "--follow-links", folder]);
    assert!(followed.out.starts_with("2 new, 0 updated, 2 unchanged"), "{}", followed.out);
    assert!(!followed.out.contains("not followed"), "{}", followed.out);
    assert_eq!(followed.err.lines().count(), 1, "{}", followed.err);
    assert!(followed.err.contains("broken.txt: cannot be read: it does not exist"), "{}", followed.err);
    // It is remembered, until something else is said.
    let again = archive.run(&["index"]);
    assert!(again.out.starts_with("0 new, 0 updated, 4 unchanged, 0 removed"), "{}", again.out);
    assert_eq!(archive.hits(&["island3"]), ["away/away.txt"]);
    let ended = archive.run(&["index", "--follow-links=no", folder]);
    assert!(ended.out.starts_with("0 new, 0 updated, 2 unchanged, 2 removed"), "{}", ended.out);
    let unnamed = archive.run(&["index", "--follow-links"]);
    assert_eq!(unnamed.code, 2, "{}", unnamed.err);
}
