//! Files that were made to harm, or that were harmed: each costs a warning, and nothing beside it is lost.
//!
//! The files are made here, by rules; those that need a format's own tools stand with that format's tests. The limits of time and
//! memory are the product's own: two seconds and 500 MB a file. A build without optimisation gets ten times the time.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::{Archive, Run, command, finished, limited, project};

/// What a file may take.
const TIME_MAX: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

/// The memory that the program may ask for, in KB.
const MEMORY_KB_MAX: u32 = 500 << 10;

/// What one line of a hostile file has; a build without optimisation reads too slowly for more.
const LONG_LINE_BYTES: u64 = if cfg!(debug_assertions) { 100 << 20 } else { 1 << 30 };

fn run_limited(arguments: &[&str]) -> Run {
    finished(limited(command(Path::new("no index is opened"), arguments), MEMORY_KB_MAX).output().unwrap())
}

/// Reads a file by itself: it must end in time, without a panic, and say something.
fn check(name: &str, write: &dyn Fn(&mut dyn Write)) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    write(&mut file);
    file.flush().unwrap();
    let started = Instant::now();
    let run = run_limited(&["article", "--json", path.to_str().unwrap()]);
    let took = started.elapsed();
    assert!(matches!(run.code, 0 | 1), "{name}: ended with {}: {}", run.code, head(&run.err));
    assert!(!run.err.contains("panicked"), "{name}: {}", head(&run.err));
    assert!(took < TIME_MAX, "{name}: took {took:?}");
    assert!(run.err.contains("warning: ") || run.code == 0, "{name}: neither an article nor a warning");
    run
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(400)]
}

fn check_text(name: &str, text: &str) -> Run {
    check(name, &|file| file.write_all(text.as_bytes()).unwrap())
}

#[test]
fn nested_markup_ends() {
    for tag in ["<div>", "<b>", "<table><tr><td>", "<a>", "<blockquote>", "<svg>", "<template>", "<select>", "<li>"] {
        let page = format!("<html><body><p>The ferry runs again.</p>{}deep inside", tag.repeat(100_000));
        check_text("nested.html", &page);
    }
    check_text("tables.html", &format!("<html><body>{}x", "<table><tr><td>".repeat(2_000)));
    check_text("formats.html", &format!("<html><body>{}", "<p><b><i><u><a href=x>".repeat(20_000)));
    check_text("attributes.html", &format!("<html><body><p {}>x", "a=1 ".repeat(200_000)));
    check_text("nested.md", &"> ".repeat(50_000));
    check_text("emphasis.md", &"*a **b ".repeat(50_000));
    check_text("brackets.md", &"[".repeat(100_000));
    check_text("nested.json", &"[".repeat(1_000_000));
    check_text("nested_objects.json", &"{\"a\":".repeat(200_000));
    check_text("nested.jsonl", &format!("{{\"title\":\"x\",\"text\":{}\n", "[".repeat(200_000)));
    check_text("anchors.md", &format!("---\na: &a [x]\n{}---\nText.", "b: [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n".repeat(10_000)));
}

#[test]
fn a_line_without_end_is_passed_over() {
    for (name, opening) in
        [("long.jsonl", "{\"title\":\""), ("long.json", "{\"title\":\""), ("array.json", "[{\"title\":\""), ("long.txt", "word ")]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(opening.as_bytes()).unwrap();
        let piece = vec![b'a'; 1 << 20];
        for _ in 0..LONG_LINE_BYTES >> 20 {
            file.write_all(&piece).unwrap();
        }
        file.write_all(b"\n{\"title\": \"After the line\", \"text\": \"It is read.\"}\n").unwrap();
        drop(file);
        let started = Instant::now();
        let run = run_limited(&["article", "--json", path.to_str().unwrap()]);
        assert!(started.elapsed() < TIME_MAX, "{name}: took {:?}", started.elapsed());
        assert!(matches!(run.code, 0 | 1) && run.err.contains("limit"), "{name}: {} {}", run.code, head(&run.err));
        assert_eq!(run.out.contains("After the line"), name == "long.jsonl", "{name}");
    }
}

#[test]
fn records_without_end_are_passed_over() {
    for (name, opening, piece, warning) in [
        ("line.csv", "id,title,text\n1,\"Open", "xxxxxxxx", "line.csv:2: a row of more than 64 MB"),
        ("text.rss", "<rss><channel><item><title>", "xxxxxxxx", "text.rss:1: a document of more than 64 MB"),
        ("attribute.atom", "<feed><entry a='", "xxxxxxxx", "attribute.atom:1: a document of more than 64 MB"),
        ("deep.nitf", "<nitf>", "<p>", "deep.nitf:1: elements inside of each other too deep"),
        ("wide.newsml", "<newsItem>", "<a/>", "wide.newsml:1: a document of more than 200000 elements"),
        ("line.sgml", "<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n", "<<<<<<<<", "line.sgml:4: line of"),
    ] {
        let block = piece.repeat(((1 << 20) / piece.len()).max(1));
        let run = check(name, &|file| {
            file.write_all(opening.as_bytes()).unwrap();
            for _ in 0..LONG_LINE_BYTES / block.len() as u64 {
                file.write_all(block.as_bytes()).unwrap();
            }
        });
        assert!(run.err.contains(warning), "{name}: {}", head(&run.err));
    }
}

#[test]
fn entities_are_not_expanded() {
    let declared: String = (1..30).map(|level| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10))).collect();
    let bomb = |root: &str, text: &str| {
        format!("<!DOCTYPE {root} [<!ENTITY e0 \"ha\">{declared}<!ENTITY f SYSTEM \"file:///etc/hostname\">]>{text}")
    };
    let feed = check_text(
        "bomb.rss",
        &bomb("rss", "<rss><channel><item><title>A bomb &e29;</title><description>&f;</description></item></channel></rss>"),
    );
    assert!(feed.out.contains("A bomb &e29;") && feed.out.contains("\"articleBody\":\"&f;\""), "{}", feed.out);
    let text = check_text("bomb.nitf", &bomb("nitf", "<nitf><body><body.content><p>A bomb &e29;</p></body.content></body></nitf>"));
    assert!(text.out.contains("A bomb &e29;"), "{}", text.out);
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let binary = |name: &str, bytes: &[u8]| check(name, &|file| file.write_all(bytes).unwrap());
    for name in ["nul.txt", "nul.html", "nul.json", "nul.jsonl", "nul.md", "nul.csv", "nul.rss", "nul.sgml"] {
        let run = binary(name, &[0; 10_000]);
        assert!(run.err.contains("warning: "), "{name}");
        binary(name, b"The ferry\0 runs again from Friday, the harbour office said.\0\n");
    }
    let run = binary("surrogate.jsonl", b"{\"title\": \"a \\ud800 b\", \"text\": \"One.\"}\n{\"title\": \"Next\", \"text\": \"Two.\"}\n");
    assert!(run.out.contains("Next") && run.err.contains("surrogate.jsonl:1"), "{}", run.err);
    binary("surrogate.txt", b"The ferry \xed\xa0\x80 runs again from Friday, the harbour office said.");
    binary("utf16.txt", &"\u{feff}The ferry runs.".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    binary("half_utf16.txt", b"\xff\xfeT\0h\0e");
    check_text("entities.html", &format!("<!DOCTYPE html [<!ENTITY a \"{}\">]><p>&a;&a;", "x".repeat(100_000)));
}

/// Returns a starter article of each ending.
fn seeds() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders = vec![project().join("seeds")];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if !found.iter().any(|known| known.extension() == path.extension()) {
                found.push(path);
            }
        }
    }
    found
}

/// Writes a seed cut off at several places and with bits turned, and returns how many files that gave.
fn write_harmed(archive: &Archive, seed: &Path) -> usize {
    const CUTS: usize = 6;
    const TURNED: usize = 24;
    let bytes = std::fs::read(seed).unwrap();
    let name = seed.file_name().unwrap().to_string_lossy();
    for cut in 0..CUTS {
        archive.write(&format!("harmed/cut-{cut}-{name}"), &bytes[..bytes.len() * cut / CUTS]);
    }
    let mut state = bytes.len() as u64;
    for number in 0..TURNED {
        let mut turned = bytes.clone();
        // More and more bits, at places that a fixed rule picks.
        for _ in 0..=number {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).unwrap() % turned.len();
            turned[at] ^= 1 << (state & 7);
        }
        archive.write(&format!("harmed/turned-{number}-{name}"), turned);
    }
    CUTS + TURNED
}

#[test]
fn harmed_files_of_every_format_leave_their_neighbours_whole() {
    let archive = Archive::with(&[
        ("before.txt", "A neighbour before\n\nThe thatcher of Aarhold laid the last straw on the inn, and nobody came to see it.\n"),
        (
            "zz-after.txt",
            "A neighbour after\n\nThe glazier of Aarhold cut the last pane for the winter garden, and everybody came to see it.\n",
        ),
    ]);
    let written: usize = seeds().iter().map(|seed| write_harmed(&archive, seed)).sum();
    let started = Instant::now();
    let run = archive.update();
    let took = started.elapsed();
    assert!(!run.err.contains("panicked"), "{}", head(&run.err));
    assert!(took < TIME_MAX * u32::try_from(written).unwrap() / 10, "{written} files took {took:?}");
    assert_eq!(archive.hits(&["thatcher"]), ["before.txt"]);
    assert_eq!(archive.hits(&["glazier"]), ["zz-after.txt"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let archive = Archive::with(&[(
        "good.txt",
        "A good page\n\nThe cooper of Aarhold made his last barrel, and sold it to the museum of the town.\n",
    )]);
    let articles = archive.articles();
    assert!(Command::new("mkfifo").arg(articles.join("pipe.txt")).status().unwrap().success());
    symlink(&articles, articles.join("loop")).unwrap();
    symlink("/dev/zero", articles.join("zero.txt")).unwrap();
    symlink(articles.join("nowhere"), articles.join("dangling.txt")).unwrap();
    let closed = articles.join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::write(closed.join("inside.txt"), "Not to be seen.").unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).unwrap();
    let is_closed = std::fs::read_dir(&closed).is_err();
    let started = Instant::now();
    let run = archive.update();
    assert!(started.elapsed() < TIME_MAX, "took {:?}", started.elapsed());
    assert_eq!(run.err.contains("closed"), is_closed, "{}", run.err);
    assert_eq!(archive.hits(&["cooper"]), ["good.txt"]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    for name in ["pipe.txt", "/dev/zero", "closed"] {
        let path = articles.join(name);
        let run = run_limited(&["article", path.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{name}: {}", run.err);
        assert!(run.err.contains("cannot read"), "{name}: {}", run.err);
    }
}
