//! What goes wrong around an update: folders and files that vanish, files that change while they are read, disks that are full or may only be
//! read, clocks that jump. Each is told, and the former state of the index stays.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{self, IngestReport, Mode, Progress};

use crate::support::{Archive, Run, command, finished};

const STORY: &str = "The lock keeper at Fenholt shut the upper gate before noon, since the river had risen by two feet in a night.\n";

fn archive() -> Archive {
    let archive = Archive::new();
    (0..12).for_each(|number| archive.write(&format!("{number}.txt"), format!("Gate {number}\n\n{STORY}Report number {number}.\n")));
    archive
}

/// Updates by the library; at a moment of one's choice something is done, once.
fn update_with(archive: &Archive, mode: Mode, moment: fn(Progress) -> bool, fault: &(dyn Fn() + Sync)) -> Result<IngestReport, Error> {
    let request = archive.request(&archive.index(), mode);
    let is_done = AtomicBool::new(false);
    ingest::update(&request, &|progress| {
        if moment(progress) && !is_done.swap(true, Ordering::SeqCst) {
            fault();
        }
    })
}

fn hits(index: &Path, word: &str) -> usize {
    let searcher = engine::open(index).unwrap();
    let mut found = 0;
    searcher.visit(&mut |_, body| found += usize::from(body.contains(word))).unwrap();
    found
}

#[test]
fn a_file_that_disappears_before_it_is_read_is_told() {
    let archive = archive();
    archive.update();
    (0..3).for_each(|number| archive.write(&format!("{number}.txt"), "Told anew: the weir has broken.\n"));
    let gone = archive.articles().join("2.txt");
    let report = update_with(&archive, Mode::Update, |progress| matches!(progress, Progress::Reading { .. }), &|| {
        let _ = std::fs::remove_file(&gone);
    });
    // It may have been read already; then it is in the index until the next update.
    let warned = report.unwrap().warnings.iter().any(|warning| warning.path == "2.txt" && warning.cause.contains("does not exist"));
    assert_eq!(hits(&archive.index(), "weir"), if warned { 2 } else { 3 });
    archive.update();
    assert_eq!((hits(&archive.index(), "weir"), hits(&archive.index(), "Report number")), (2, 9));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_told_and_read_again() {
    let archive = Archive::new();
    let line = |number: usize| format!("{{\"title\": \"Gate {number}\", \"text\": \"{} Number {number}.\"}}\n", STORY.trim_end());
    let lines: String = (0..3000).map(line).collect();
    archive.write("all.jsonl", &lines);
    let file = archive.articles().join("all.jsonl");
    let report = update_with(&archive, Mode::Update, |progress| matches!(progress, Progress::Reading { .. }), &|| {
        let mut open = std::fs::OpenOptions::new().append(true).open(&file).unwrap();
        std::io::Write::write_all(&mut open, line(3000).as_bytes()).unwrap();
    });
    let report = report.unwrap();
    assert!(report.warnings.iter().any(|warning| warning.path == "all.jsonl" && warning.cause.contains("changed while it was read")));
    archive.update();
    assert_eq!(hits(&archive.index(), "Number 3000."), 1);
}

/// A time that is not past yet tells nothing: what was written at it may be written again at it.
#[test]
fn a_change_that_its_time_does_not_tell_is_seen() {
    let archive = archive();
    let ahead = SystemTime::now() + Duration::from_secs(3600);
    let write = |text: &str| {
        archive.write("0.txt", text);
        std::fs::File::options().write(true).open(archive.articles().join("0.txt")).unwrap().set_modified(ahead).unwrap();
    };
    write("The first words stand here at noon.\n");
    archive.update();
    assert!(archive.update().out.starts_with("0 new, 0 updated, 12 unchanged"));
    write("Other words have come in, as long.\n\n");
    assert!(archive.update().out.starts_with("0 new, 1 updated, 11 unchanged"));
}

#[test]
fn an_index_folder_that_vanishes_is_an_error_and_no_panic() {
    for moment in [
        (|progress| matches!(progress, Progress::Reading { .. })) as fn(Progress) -> bool,
        |progress| matches!(progress, Progress::Grouping { .. }),
        |progress| matches!(progress, Progress::Writing { .. }),
        |progress| matches!(progress, Progress::Committing),
    ] {
        let archive = archive();
        let error = update_with(&archive, Mode::Update, moment, &|| std::fs::remove_dir_all(archive.index()).unwrap()).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Io | ErrorKind::IndexBroken | ErrorKind::NoIndex), "{error}");
        assert!(error.to_string().contains("index"), "{error}");
        archive.update();
        assert_eq!(hits(&archive.index(), "Report number"), 12);
    }
}

#[test]
fn articles_that_vanish_while_they_are_read_leave_the_former_state_or_none_of_them() {
    let archive = archive();
    archive.update();
    archive.write("new.txt", "A new report.\n");
    let articles = archive.articles();
    let elsewhere = archive.articles().with_file_name("elsewhere");
    let report = update_with(&archive, Mode::Rebuild, |progress| matches!(progress, Progress::Reading { .. }), &|| {
        std::fs::rename(&articles, &elsewhere).unwrap();
    });
    drop(report);
    std::fs::rename(&elsewhere, &articles).unwrap();
    archive.update();
    assert_eq!(hits(&archive.index(), "Report number"), 12);
}

#[test]
fn times_before_1970_and_far_ahead_are_times_like_others() {
    let archive = archive();
    let times = [
        SystemTime::UNIX_EPOCH - Duration::from_secs(86_400),
        SystemTime::now() + Duration::from_secs(86_400 * 365 * 30),
        SystemTime::UNIX_EPOCH,
    ];
    for (number, time) in times.into_iter().enumerate() {
        let file = std::fs::File::options().write(true).open(archive.articles().join(format!("{number}.txt"))).unwrap();
        file.set_modified(time).unwrap();
    }
    archive.update();
    assert!(archive.update().out.starts_with("0 new, 0 updated, 12 unchanged"));
    let text = format!("Gate 1\n\n{STORY}Words of another day.\n");
    archive.write("1.txt", text);
    assert!(archive.update().out.starts_with("0 new, 1 updated, 11 unchanged"), "the clock went back");
}

/// Runs a script of the shell with the program as `$DATELINE`.
#[cfg(unix)]
fn shell(script: &str, archive: &Archive) -> Run {
    let mut shell = std::process::Command::new("sh");
    shell
        .arg("-c")
        .arg(script)
        .env("DATELINE", env!("CARGO_BIN_EXE_dateline"))
        .env("ARCHIVE", archive.articles())
        .env("INDEX", archive.index());
    finished(shell.env_remove("RUST_BACKTRACE").output().unwrap())
}

/// Every write beyond a length fails, as on a disk that is full: the length goes up until the update succeeds.
#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_former_state() {
    let archive = archive();
    archive.update();
    for number in 0..60 {
        archive.write(
            &format!("more {number}.txt"),
            format!("Gate {number}\n\n{STORY}{}\n", format!("Word{number} of the keeper. ").repeat(20 + number)),
        );
    }
    let mut refused = 0;
    for blocks in 0..200 {
        // The signal that comes with the refusal is ignored, so that the refusal itself is what the program meets.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; \"$DATELINE\" --index \"$INDEX\" index \"$ARCHIVE\"");
        let run = shell(&script, &archive);
        let check = engine::check_files(&archive.index()).unwrap();
        assert!(check.damaged.is_empty(), "{blocks}: {check:?}");
        if run.code == 0 {
            break;
        }
        refused += 1;
        assert!(run.code == 2 && run.err.starts_with("error: ") && !run.err.contains("mistake"), "{blocks}: {} {}", run.code, run.err);
        assert!(run.err.contains("file too large"), "{blocks}: {}", run.err);
        assert_eq!((hits(&archive.index(), "Report number"), hits(&archive.index(), "of the keeper.")), (12, 0), "{blocks}");
    }
    assert!(refused > 3, "only {refused} runs were refused");
    archive.update();
    assert_eq!((hits(&archive.index(), "Report number"), hits(&archive.index(), "of the keeper.")), (12, 60));
    assert!(engine::check_files(&archive.index()).unwrap().leftovers.is_empty());
}

/// In a file system of its own that is too small, and in one that may only be read, where the system lets one have such.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_and_one_that_may_only_be_read() {
    let archive = archive();
    let script = r#"
        mkdir -p "$INDEX" && mount -t tmpfs -o size=220k tmpfs "$INDEX" || { echo not permitted; exit 0; }
        "$DATELINE" --index "$INDEX" index "$ARCHIVE" > /dev/null || exit 10
        i=0; while [ $i -lt 150 ]; do cp "$ARCHIVE/1.txt" "$ARCHIVE/more $i.txt"; seq $i 7 $((i * 7 + 700)) | tr '\n' ' ' >> "$ARCHIVE/more $i.txt"; i=$((i+1)); done
        "$DATELINE" --index "$INDEX" index "$ARCHIVE"; echo "full: $?"
        "$DATELINE" --index "$INDEX" search "Report number" -n 1 | tail -n 1; echo "found: $?"
        mount -o remount,ro "$INDEX" || exit 11
        "$DATELINE" --index "$INDEX" search Report > /dev/null; echo "read only: $?"
        "$DATELINE" --index "$INDEX" index "$ARCHIVE"; echo "may not write: $?"
    "#;
    let mut shell = std::process::Command::new("unshare");
    shell.args(["-rm", "sh", "-c", script]).env("DATELINE", env!("CARGO_BIN_EXE_dateline"));
    shell.env("ARCHIVE", archive.articles()).env("INDEX", archive.index()).env_remove("RUST_BACKTRACE");
    let Ok(output) = shell.output() else { return println!("skipped: there is no unshare") };
    let run = finished(output);
    if run.out.contains("not permitted") || run.out.is_empty() {
        return println!("skipped: no file system of one's own: {}", run.err);
    }
    for said in ["full: 2", "found: 0", "read only: 0", "may not write: 2"] {
        assert!(run.out.contains(said), "{said}: {} {}", run.out, run.err);
    }
    assert!(run.err.contains("no space left on device") && run.err.contains("read-only file system"), "{}", run.err);
    assert!(!run.err.contains("mistake"), "{}", run.err);
}

/// What cannot be read may be whole: it is not told as damaged. A folder in a file's place is such a thing for every user.
#[test]
fn an_index_file_that_cannot_be_read_is_told_as_that() {
    let archive = archive();
    archive.update();
    let index = archive.index();
    let names = std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
    for name in &names {
        let (path, aside) = (index.join(name), archive.articles().with_file_name("aside"));
        std::fs::rename(&path, &aside).unwrap();
        std::fs::create_dir(&path).unwrap();
        for arguments in [&["search", "gate"] as &[&str], &["verify"], &["index"]] {
            let run = crate::support::run(&index, arguments);
            assert_eq!(run.code, 2, "{name} {arguments:?}: {}{}", run.out, run.err);
            let said = format!("error: cannot read the index file {}: it is a folder\n  try: make the file readable, or", path.display());
            assert!(run.err.starts_with(&said), "{name} {arguments:?}: {}", run.err);
        }
        std::fs::remove_dir(&path).unwrap();
        std::fs::rename(&aside, &path).unwrap();
    }
    assert_eq!(hits(&index, "Report number"), 12);
    let store = names.iter().find(|name| name.ends_with(".store")).unwrap();
    std::fs::remove_file(index.join(store)).unwrap();
    std::fs::create_dir(index.join(store)).unwrap();
    let rebuilt = crate::support::run(&index, &["index", "--rebuild"]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    assert_eq!(hits(&index, "Report number"), 12);
}

/// A user who may read everything is held to the permissions of files where there is a program that can take that right away.
#[cfg(target_os = "linux")]
#[test]
fn an_index_file_without_permission_is_told_as_that() {
    let archive = archive();
    archive.update();
    let script = r#"
        held() { if [ "$(id -u)" = 0 ]; then setpriv --bounding-set=-dac_override,-dac_read_search "$@"; else "$@"; fi; }
        held true || { echo not permitted; exit 0; }
        for ending in store meta.json; do
            file=$(ls "$INDEX"/*$ending); chmod 0 "$file"
            held "$DATELINE" --index "$INDEX" search gate; echo "search: $?"
            held "$DATELINE" --index "$INDEX" verify; echo "verify: $?"
            held "$DATELINE" --index "$INDEX" index "$ARCHIVE" --rebuild; echo "rebuilt: $?"
        done
        held "$DATELINE" --index "$INDEX" verify
    "#;
    let run = shell(script, &archive);
    if run.out.contains("not permitted") {
        return println!("skipped: the right to read everything cannot be taken away: {}", run.err);
    }
    assert_eq!(run.err.matches(": permission denied\n  try: make the file readable, or").count(), 4, "{}", run.err);
    assert!(run.err.contains("meta.json: permission denied") && !run.err.contains("damaged"), "{}", run.err);
    for said in ["search: 2", "verify: 2", "rebuilt: 0"] {
        assert_eq!(run.out.matches(said).count(), 2, "{said}: {} {}", run.out, run.err);
    }
    assert!(run.out.contains("the index is whole"), "{} {}", run.out, run.err);
}

#[test]
fn a_second_writer_is_told_who_writes_and_since_when() {
    let archive = archive();
    archive.update();
    let writer = engine::open_writer(&archive.index(), 0).unwrap();
    archive.write("new.txt", "A new report.\n");
    let run = finished(command(&archive.index(), &["index", archive.articles().to_str().unwrap()]).output().unwrap());
    let said = format!("process {} has been writing to it since 20", std::process::id());
    assert!(run.code == 2 && run.err.contains(&said) && run.err.contains("wait until it has finished"), "{}", run.err);
    drop(writer);
    // The lock's file is still there, with the number of a process; nobody holds it.
    assert!(archive.update().out.starts_with("1 new"));
}
