//! Archives made to do harm: each costs a warning, and little time and memory.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::packing::{Packed, answer, gzip, outcome, record, zip};
use crate::support::project;

/// Two seconds is what a user may wait; an unoptimised build on a busy machine takes ten times as long.
const LONGEST: Duration = Duration::from_secs(40);

fn check(path: &str, bytes: &[u8], documents: usize, fragment: &str) {
    let start = Instant::now();
    let (found, warnings) = outcome(path, bytes);
    let took = start.elapsed();
    assert!(took < LONGEST, "{path}: {took:?}");
    assert_eq!(found.len(), documents, "documents of {path}: {warnings:?}");
    assert!(warnings.iter().any(|warning| warning.contains(fragment)), "{path}: {warnings:?}");
    assert!(warnings.len() < 50, "{path}: {} warnings", warnings.len());
}

/// Returns gzip members that come to so many megabytes of zeros.
fn zeros(megabytes: usize) -> Vec<u8> {
    gzip(&vec![0; 16 << 20]).repeat(megabytes / 16)
}

#[test]
fn bombs_are_cut_off() {
    let ten_gigabytes = zeros(10 << 10);
    let sound = gzip(&b"{\"title\": \"Ferry\", \"text\": \"One.\"}\n".repeat(500));
    check("a.jsonl.gz", &[sound, ten_gigabytes.clone()].concat(), 500, "expands to more than 100 times its size");
    check("a.txt.gz", &ten_gigabytes, 0, "looks binary");
    check("a.txt.gz", &gzip("Ferry ran. ".repeat(8 << 20).as_bytes()), 0, "too large for one document");
    let page = answer(
        "https://g.example/a",
        "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
        &[gzip(b"<html>"), gzip(&vec![b'a'; 16 << 20]).repeat(40)].concat(),
    );
    let after = answer("https://g.example/b", "Content-Type: text/plain\r\n", b"After");
    check("a.warc", &[after.clone(), page].concat(), 1, "too large for one document");
}

#[test]
fn archives_inside_of_each_other_are_bounded() {
    let text = Packed::deflated("a.txt", "Ferry ran. ".repeat(1 << 20).as_bytes());
    let mut packed = zip(&vec![text; 16]);
    for _ in 0..3 {
        packed = zip(&vec![Packed::deflated("b.zip", &packed); 16]);
    }
    let start = Instant::now();
    let (_, warnings) = outcome("a.zip", &packed);
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    assert!(warnings.iter().any(|warning| warning.contains("expands to more than")), "{warnings:?}");
    let mut deep = b"Ferry".to_vec();
    for _ in 0..20 {
        deep = zip(&[Packed::stored("a.zip", &deep)]);
    }
    check("a.zip", &deep, 0, "files inside of each other");
}

#[test]
fn a_hundred_thousand_empty_members_are_one_kind_of_warning() {
    let members: Vec<Packed> = (0..100_000).map(|number| Packed::stored(&format!("{number}.txt"), b"")).collect();
    check("a.zip", &zip(&members), 0, "and 99995 more of this kind: empty file");
}

#[test]
fn members_that_overlap_in_the_list_are_read_once() {
    let member = Packed::deflated("a.txt", b"Ferry");
    let mut archive = member.local();
    let at = archive.len();
    archive.extend(member.entry(0).repeat(10_000));
    archive.extend(b"PK\x05\x06\0\0\0\0\x10\x27\x10\x27\0\0\0\0");
    archive.extend(u32::try_from(at).unwrap().to_le_bytes());
    archive.extend([0; 2]);
    assert_eq!(outcome("a.zip", &archive), (vec!["#1 a.txt: Ferry".to_owned()], Vec::new()));
}

#[test]
fn lengths_that_lie_are_found_out() {
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nFerry";
    check("a.warc", &record("https://g.example/a", page, usize::MAX), 1, "the archive was cut off");
    check("a.warc", &record("https://g.example/a", page, 3), 0, "between two records is lost");
    check("a.warc", &[b"WARC/1.0\r\n".to_vec(), b"X: y\r\n".repeat(100_000)].concat(), 0, "without Content-Length");
    let mut member = Packed::stored("a.txt", b"Ferry");
    member.expanded_bytes = u32::MAX - 1;
    check("a.zip", &zip(&[member]), 1, "ends too early");
    check(
        "a.warc",
        &answer("https://g.example/a", "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n", b"ffffffffffffffff\r\nFerry"),
        1,
        "ends too early",
    );
}

#[test]
fn mails_made_to_keep_a_parser_busy_are_refused() {
    let head = b"From: a@b.example\r\nMIME-Version: 1.0\r\n".to_vec();
    let inner = b"Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
    check("a.eml", &[head.clone(), inner].concat(), 0, "mails inside of each other");
    let groups: String =
        (0..50_000).map(|number| format!("Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n")).collect();
    check("a.eml", &[head.clone(), groups.into_bytes()].concat(), 0, "groups of parts");
    let parts = [head, b"Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec(), b"--b\r\n\r\n".repeat(200_000)].concat();
    check("a.eml", &parts, 0, "without text");
    let mails = b"From x Tue Nov 26 03:20:00 2024\nSubject: x\n\n\n".repeat(5_000);
    check("a.mbox", &mails, 0, "and 4995 more of this kind: a mail without text");
}

fn seeds() -> Vec<PathBuf> {
    let folders = ["collected", "letters"].map(|folder| project().join("seeds").join(folder));
    let mut files: Vec<PathBuf> =
        folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_bring_no_reader_down(which in 0_usize..7, flips in prop::collection::vec((0.0..1.0_f64, 0_u8..8), 0..6), cut in 0.0..1.4_f64) {
        let path = &seeds()[which];
        let mut bytes = std::fs::read(path).unwrap();
        for (at, bit) in flips {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate((cut * bytes.len() as f64) as usize);
        let start = Instant::now();
        outcome(path.file_name().unwrap().to_str().unwrap(), &bytes);
        prop_assert!(start.elapsed() < LONGEST);
    }
}
