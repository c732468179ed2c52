//! Limits: what is met says so, and memory stays bounded.

use std::io::Write;
use std::path::Path;

use crate::support::{Archive, Run, command, finished, limited, run_json, seeds_index};

/// The memory that the program may ask for, in KB: 1.5 GB, of which threads reserve a part that they never touch, and the writer holds 200 MB.
const MEMORY_KB_MAX: u32 = 1_500 << 10;

fn run_limited(index: &Path, arguments: &[&str]) -> Run {
    finished(limited(command(index, arguments), MEMORY_KB_MAX).output().unwrap())
}

/// An archive of many short articles whose words begin with all letters.
fn many() -> Archive {
    let archive = Archive::new();
    let mut lines = Vec::new();
    for number in 0..2_000_u32 {
        let word =
            |step: u32| -> String { (0..6).map(|place| char::from(b'a' + ((number * step + place * place * step) % 26) as u8)).collect() };
        writeln!(lines, "{{\"text\":\"The {} met the {} at the {} on pier {number}.\"}}", word(3), word(7), word(11)).unwrap();
    }
    archive.write("many.jsonl", lines);
    archive.update();
    archive
}

#[test]
fn a_query_that_takes_too_long_ends_with_an_error() {
    let archive = many();
    for arguments in
        [&["search", "the"][..], &["search", "th* OR pi*", "--json"], &["timeline", "the"], &["search", "the", "--format", "csv"]]
    {
        let run = archive.run(&[arguments, &["--timeout", "0.000001"]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {}", run.err);
        assert!(
            run.err.starts_with("error: cannot answer the query: it takes longer than 0.000001 s\n  try: more time with --timeout"),
            "{}",
            run.err
        );
        let in_time = archive.run(&[arguments, &["--timeout", "0"]].concat());
        assert_eq!(in_time.code, 0, "{}", in_time.err);
    }
    for odd in ["-1", "x", "NaN", "100000"] {
        let run = archive.run(&["search", "the", &format!("--timeout={odd}")]);
        assert_eq!(run.code, 2, "{odd}: {}", run.out);
        assert!(run.err.contains("not a number of seconds from 0 to 86400"), "{}", run.err);
    }
}

/// All are one group, of one score and without a date, in two parts of the index: each hit once cost a look at all the others.
#[test]
fn thousands_of_copies_of_one_word_are_answered_in_time() {
    let archive = Archive::new();
    let copies = "{\"text\":\"harbour\"}\n".repeat(3_000);
    for name in ["a.jsonl", "b.jsonl"] {
        archive.write(name, &copies);
        archive.update();
    }
    let ask = |arguments: &[&str]| {
        let run = archive.run(&[&["search", "harbour", "--timeout", "20"], arguments].concat());
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
        run.out
    };
    let runs = ask(&["--format", "trec", "-n", "6000"]);
    let found: Vec<&str> = runs.lines().map(|line| line.split(' ').nth(2).unwrap()).collect();
    let id = |name: &str, number: u32| if number == 1 { name.to_owned() } else { format!("{name}#{number}") };
    let mut ids: Vec<String> = (1..=3_000).flat_map(|number| ["a.jsonl", "b.jsonl"].map(|name| id(name, number))).collect();
    ids.sort();
    assert_eq!(found, ids);
    assert_eq!(ask(&["--format", "csv", "-n", "6000"]).lines().count(), 2);
    let text = ask(&["--facets", "source,month,language"]);
    assert!(text.contains("6000  unknown in 1 group"), "{text}");
}

#[test]
fn hits_and_wildcards_are_bounded() {
    let archive = many();
    let all = run_limited(&archive.index(), &["search", "the", "-n", "1000000", "--format", "ndjson"]);
    assert_eq!((all.code, all.out.lines().count()), (0, 2_000), "{}", all.err);
    let diverse = run_limited(&archive.index(), &["search", "the", "-n", "1000000", "--diverse", "--format", "ndjson"]);
    assert_eq!(diverse.out.lines().count(), 2_000, "{}", diverse.err);
    let run = archive.run(&["search", "the", "-n", "100000000"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("not a number from 0 to 1000000"), "{}", run.err);
    let pairs = ('a'..='z').flat_map(|first| ('a'..='z').map(move |second| format!("{first}{second}*"))).collect::<Vec<_>>().join(" OR ");
    let found = run_limited(&archive.index(), &["search", &pairs, "--facets", "source,month,language", "--json"]);
    assert!(found.out.contains("\"articles_total\":2000"), "{}", found.err);
}

#[test]
fn long_queries_are_refused_with_the_limit() {
    let long = "strike ".repeat(10_000);
    let nested = "(".repeat(100) + "strike" + &")".repeat(100);
    let connected = vec!["strike"; 80].join(" w/5 ");
    for (query, said) in [(long.as_str(), "65536"), (&"word ".repeat(1_100), "1024"), (&nested, "64"), (&connected, "64")] {
        let run = run_limited(seeds_index(), &["search", query]);
        assert_eq!(run.code, 2, "{}", &query[..40]);
        assert!(run.err.contains(said) && run.err.len() < 1_000, "{}", run.err);
    }
    // What is too long for a command line may stand in a file.
    let folder = tempfile::tempdir().unwrap();
    let queries = folder.path().join("queries.tsv");
    std::fs::write(&queries, format!("1\t{}\n2\tstrike\n", "strike ".repeat(150_000))).unwrap();
    let run = run_limited(seeds_index(), &["search", "--queries", queries.to_str().unwrap(), "--format", "trec"]);
    assert!(run.code == 0 && run.err.contains("queries.tsv:1: ") && run.out.starts_with("2 Q0 "), "{}", run.err);
    std::fs::File::create(&queries).unwrap().set_len((64 << 20) + 1).unwrap();
    let run = run_limited(seeds_index(), &["search", "--queries", queries.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("it has more than 64 MB"), "{}", run.err);
}

#[test]
fn files_and_articles_beyond_the_limit_are_told() {
    let story = "Ferry\n\nThe ferry left the harbour at noon with forty passengers on board.\n";
    let archive = Archive::with(&[
        ("small.txt", story),
        ("large.txt", &format!("{story}\n{}", "The crew waited on the quay for hours. ".repeat(200))),
    ]);
    let lines: String =
        (0..50).map(|number| format!("{{\"text\":\"Letter {number} to the harbour board about ferry {number}.\"}}\n")).collect();
    archive.write("letters.jsonl", lines);
    let folder = archive.articles();
    let limited = |arguments: &[&str]| archive.run(&[&["index", folder.to_str().unwrap()], arguments].concat());
    let run = limited(&["--max-file-size", "5K", "--max-articles", "20"]);
    assert!(run.out.starts_with("21 new"), "{}{}", run.out, run.err);
    assert!(run.err.contains("large.txt: not read: it has 7.9 KB, and --max-file-size allows 5.0 KB"), "{}", run.err);
    assert!(
        run.err.contains("letters.jsonl: it has 50 articles: only the first 20 were read (--rebuild with a larger --max-articles"),
        "{}",
        run.err
    );
    let run = limited(&[]);
    assert!(run.out.starts_with("1 new, 0 updated, 21 unchanged"), "{}", run.out);
    // What is in the index stays, where a limit is set later.
    let run = limited(&["--max-file-size", "5K"]);
    assert!(run.out.starts_with("0 new, 0 updated, 22 unchanged, 0 removed"), "{}", run.out);
    assert!(run.err.contains("its articles stay in the index as they were"), "{}", run.err);
    assert!(limited(&["--rebuild"]).out.starts_with("52 new"));
    for odd in ["0", "2X", "G"] {
        assert!(limited(&["--max-file-size", odd]).err.contains("not a size, such as 500K, 200M or 2G"), "{odd}");
    }
}

#[test]
fn memory_is_bounded_whatever_a_file_holds() {
    let scale = if cfg!(debug_assertions) { 1 } else { 10 };
    let archive = Archive::new();
    let mut file = std::fs::File::create(archive.articles().join("words.jsonl")).unwrap();
    for number in 0..5_000 * scale {
        writeln!(file, "{{\"text\":\"word{number}\"}}").unwrap();
    }
    archive.write("word.txt", "x".repeat((10 << 20) * scale));
    archive.write("line.txt", "The ferry left at noon. ".repeat(100_000 * scale));
    let run = run_limited(&archive.index(), &["index", archive.articles().to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let found = run_json(&archive.index(), &["search", "ferry", "--json"]);
    assert_eq!(found["articles_total"], 1, "{}", run.err);
    // A sparse file of zeros takes no room on the disk and has any length.
    std::fs::File::create(archive.articles().join("zeros.txt"))
        .unwrap()
        .set_len(if cfg!(debug_assertions) { 200 << 20 } else { 2 << 30 })
        .unwrap();
    let run = run_limited(&archive.index(), &["index", "--max-file-size", "100M"]);
    assert!(run.code == 0 && run.err.contains("zeros.txt: not read"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn folders_deeper_than_the_limit_are_told() {
    let archive = Archive::with(&[("a.txt", "Ferry\n\nThe ferry left at noon.\n")]);
    archive.write(&format!("{}deep.txt", "d/".repeat(70)), "Strike\n\nThe strike ended.\n");
    let run = archive.update();
    assert!(run.out.starts_with("1 new"), "{}", run.out);
    assert!(run.err.contains("not entered: it lies 64 folders deep, which is the limit"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_is_written_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let archive = Archive::with(&[("a.txt", "Ferry\n\nThe ferry left at noon.\n")]);
    archive.update();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&archive.index()), 0o700);
    let saved = archive.articles().join("../figures.json");
    let queries = archive.articles().join("../queries.txt");
    std::fs::write(&queries, "term\tferry\n").unwrap();
    let run = archive.run(&["bench", "--rounds", "1", "--queries", queries.to_str().unwrap(), "--save", saved.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(mode(&saved), 0o600);
}
