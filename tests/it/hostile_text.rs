//! Text of articles that is made to act where it is shown: on a terminal, in a spreadsheet, in a page, in notes.
//!
//! What acts is told here by lists of its own, so that a gap in those of the program shows.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::support::{Archive, command, finished, ids, run_json};

/// What hostile texts are made of, between words.
const PIECES: [&str; 44] = [
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}[2J",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{9b}2J",
    "\u{9d}0;x\u{9c}",
    "\u{90}",
    "\u{0}",
    "\u{8}\u{8}\u{8}",
    "\u{7f}",
    "\r",
    "\u{b}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{202d}\u{202c}",
    "\u{2066}\u{2067}\u{2069}",
    "\u{200e}\u{200f}\u{61c}",
    "\u{200b}",
    "a\u{200d}b\u{200c}c",
    "\u{2060}\u{feff}\u{ad}",
    "\u{e0041}\u{e0042}\u{e007f}",
    "x\u{fe0f}\u{fe0f}\u{e0100}",
    "\u{3164}\u{115f}",
    "\u{fff9}\u{fffb}",
    "\u{10ffe9}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "=HYPERLINK(\"http://evil.example\")",
    "\t=1+1",
    "\"=2",
    "@SUM(1)",
    "-3",
    "+4",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</del></p><iframe src=//evil.example>",
    "[click](javascript:alert(1))",
    "![](http://evil.example/i.png)",
    "https://evil.example www.evil.example",
    "`code` **bold** | a | b |",
    "\u{1b}(0",
    "# heading",
];

const WORDS: [&str; 10] = ["ferry", "strike", "harbour", "council", "reported", "delay", "island", "weather", "crew", "Tuesday"];

/// Makes a text of words with hostile pieces at its start and between.
pub fn hostile(chance: &mut Chance, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        if chance.percent(45) {
            text.push_str(chance.of(&PIECES));
        }
        text.push_str(chance.of(&WORDS));
        text.push_str(if chance.percent(15) { ". " } else { " " });
    }
    text + chance.of(&PIECES)
}

/// Makes an archive of hostile articles in several formats; copies among them, so that groups are shown too.
pub fn archive(seed: u64) -> Archive {
    let mut chance = Chance::new(seed);
    let archive = Archive::new();
    let mut records: Vec<Value> = Vec::new();
    for number in 0..12 {
        let text = match records.last() {
            Some(before) if chance.percent(30) => before["text"].as_str().unwrap().to_owned(),
            _ => format!("{}\n\n{}", hostile(&mut chance, 60), hostile(&mut chance, 60)),
        };
        records.push(json!({
            "id": format!("{}{number}", chance.of(&PIECES)), "headline": hostile(&mut chance, 5), "text": text,
            "source": hostile(&mut chance, 2), "published": if chance.percent(70) { "2024-11-26" } else { "\u{1b}[31mTuesday" },
            "byline": hostile(&mut chance, 2), "url": format!("https://example.org/{}", chance.of(&PIECES)), "language": "en",
        }));
    }
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    archive.write("wire.jsonl", lines.join("\n") + "\nno json \u{1b}[31m\u{202e}\n");
    archive.write(
        "page.html",
        format!(
            "<html><head><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body>",
            hostile(&mut chance, 5),
            hostile(&mut chance, 80)
        ),
    );
    archive.write("note.txt", format!("{}\n\nBy {}\n\n{}", hostile(&mut chance, 5), hostile(&mut chance, 2), hostile(&mut chance, 80)));
    archive.write("note.txt.meta.yaml", "source: \"\\e[31mGazette\\u202e\"\nodd\u{202e}key: x\npublished: \"\\e[2Jno day\"\n");
    archive.write("broken\u{1b}[31m\u{202e}.json", "{");
    archive.write("=cmd\u{200b}.txt", format!("Ferry\n\n{}", hostile(&mut chance, 60)));
    archive.write("picture\u{9b}.jpg", "x");
    archive
}

/// Returns the ids of two articles with ids of their own, such as can be typed.
fn two_ids(archive: &Archive) -> [String; 2] {
    let found = run_json(&archive.index(), &["search", "ferry", "-n", "50", "--json"]);
    let mut ids = ids(&found).into_iter().filter(|id| !id.contains('\0') && !id.ends_with(['t', 'l']));
    [ids.next().unwrap(), ids.next().unwrap()]
}

/// Takes out what the program itself writes where colours and links are on: styles, and links to files.
fn without_own(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let style = after.strip_prefix('[').and_then(|code| code.find(|c: char| !c.is_ascii_digit() && c != ';').map(|end| (code, end)));
        let link = after.strip_prefix("]8;;").and_then(|url| url.find("\u{1b}\\").map(|end| (url, end)));
        rest = match (style, link) {
            (Some((code, end)), _) if code[end..].starts_with('m') => &code[end + 1..],
            (_, Some((url, end))) if url[..end].is_empty() || is_plain_file(&url[..end]) => &url[end + 2..],
            _ => panic!("an escape that is not the program's own: {:?}", &rest[at..rest.len().min(at + 60)]),
        };
    }
    out + rest
}

fn is_plain_file(url: &str) -> bool {
    url.strip_prefix("file:///").is_some_and(|path| path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)))
}

/// Tells what acts on a terminal, or is there and not seen.
fn acts(c: char) -> bool {
    let code = u32::from(c);
    c.is_control() && !matches!(c, '\n' | '\t')
        || [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x3164, 0xfeff, 0xffa0].contains(&code)
        || [
            (0x200b, 0x200b),
            (0x200e, 0x200f),
            (0x2028, 0x202e),
            (0x2060, 0x206f),
            (0xfff0, 0xfffb),
            (0xe0000, 0xe00ff),
            (0x10_ff80, 0x10_ffff),
        ]
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&code))
}

/// Tells a flood of marks, and joiners among letters that know none.
fn is_flooded(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let is_mark = |c: &char| matches!(u32::from(*c), 0x300..=0x36f | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef);
    chars.windows(9).any(|run| run.iter().all(is_mark)) || text.contains("a\u{200d}") || text.contains("b\u{200c}")
}

/// Panics where a text that was printed holds what acts on a terminal.
pub fn assert_harmless(arguments: &[&str], text: &str) {
    let bare = without_own(text);
    if let Some((at, c)) = bare.char_indices().find(|(_, c)| acts(*c)) {
        let (from, to) = (bare.floor_char_boundary(at.saturating_sub(40)), bare.ceil_char_boundary((at + 40).min(bare.len())));
        panic!("{arguments:?}: U+{:04X} in {:?}", u32::from(c), &bare[from..to]);
    }
    assert!(!is_flooded(&bare), "{arguments:?}: marks without end");
}

/// Every way in which the program prints, over an archive.
fn all_outputs<'a>(id: &'a str, other: &'a str, file: &'a str) -> Vec<Vec<&'a str>> {
    let mut outputs = vec![
        vec!["search", "ferry", "-n", "50"],
        vec!["search", "ferry", "-n", "50", "--expand", "--explain", "--passages", "3", "--facets", "source,month,language"],
        vec!["search", "ferry", "--sort", "newest"],
        vec!["search", "ferr~", "--explain-query"],
        vec!["search", "ferrry"],
        vec!["search", "--like", "note.txt"],
        vec!["search", "ferry\u{1b}[31m \u{202e}(\u{9b}"],
        vec!["search", "foo\u{202e}\u{1b}:bar"],
        vec!["search", "xx\u{200b}yy\u{1b}[31m zz"],
        vec!["timeline", "ferry"],
        vec!["timeline", "ferry", "--json"],
        vec!["show", "--furniture", "page.html"],
        vec!["show", "--json", "--", id],
        vec!["show", "--", id],
        vec!["show", "none\u{1b}[31m\u{202e}"],
        vec!["show", "one", "two\u{1b}[31m\u{202e}"],
        vec!["--index", "none\u{1b}[31m\u{202e}", "groups"],
        vec!["article", file, "none\u{1b}]0;x\u{7}"],
        vec!["article", "--json", file],
        vec!["groups"],
        vec!["groups", "note.txt"],
        vec!["groups", "none\u{1b}[31m"],
        vec!["doctor"],
        vec!["doctor", "--json"],
        vec!["doctor", "--source", "\u{1b}[31mx"],
        vec!["index", "--dry-run"],
        vec!["index"],
        vec!["index", "none\u{1b}[31m\u{202e}"],
        vec!["help", "none\u{1b}[31m"],
        vec!["diff", "--format", "text", "--why", "--full", id, other],
        vec!["diff", id, "none\u{1b}[31m"],
    ];
    for format in ["json", "ndjson", "csv", "tsv", "md", "cite", "trec"] {
        outputs.push(vec!["search", "ferry", "-n", "50", "--format", format]);
    }
    for format in ["tsv", "json"] {
        outputs.push(vec!["groups", "--format", format]);
    }
    for format in ["unified", "json", "html"] {
        outputs.push(vec!["diff", "--format", format, "--", id, other]);
    }
    outputs
}

#[test]
fn nothing_of_an_article_acts_in_any_output() {
    for seed in 0..2 {
        let archive = archive(seed);
        let indexed = archive.update();
        assert_harmless(&["index"], &indexed.err);
        assert!(indexed.err.contains("warning: "), "{}", indexed.err);
        let file = archive.articles().join("wire.jsonl");
        let ids = two_ids(&archive);
        for arguments in all_outputs(&ids[0], &ids[1], file.to_str().unwrap()) {
            for plain in [&[][..], &["--color", "always", "--hyperlinks", "always"]] {
                let run = finished(command(&archive.index(), plain).args(&arguments).output().unwrap());
                assert!((0..=2).contains(&run.code), "{arguments:?}: {}", run.err);
                assert_harmless(&arguments, &run.out);
                assert_harmless(&arguments, &run.err);
            }
        }
        let queries = archive.articles().join("../queries.tsv");
        std::fs::write(&queries, "1\u{1b}[31m\tferry\n2\u{202e}\tferry \u{9b}(\n3\tferry\n").unwrap();
        for format in ["text", "json", "trec"] {
            let run = archive.run(&["search", "--queries", queries.to_str().unwrap(), "--format", format]);
            assert_harmless(&[format], &run.out);
            assert_harmless(&[format], &run.err);
        }
    }
}

#[test]
fn data_keeps_what_reading_leaves_out() {
    let archive = Archive::with(&[(
        "a.jsonl",
        &json!({"id": "a\u{202e}", "headline": "Ferry \u{9b}x\u{200b}y\u{e0041}", "text": "The ferry left."}).to_string(),
    )]);
    archive.update();
    let found = run_json(&archive.index(), &["search", "ferry", "--json"]);
    assert_eq!(found["hits"][0]["id"], "a\u{202e}");
    let read = run_json(&archive.index(), &["article", "--json", archive.articles().join("a.jsonl").to_str().unwrap()]);
    assert_eq!(read["id"], "a\u{202e}");
    assert_eq!(read["headline"], found["hits"][0]["headline"]);
}

#[test]
fn tables_run_nothing() {
    let archive = archive(7);
    archive.update();
    for (format, mark) in [("csv", b','), ("tsv", b'\t')] {
        let out = archive.run(&["search", "ferry", "-n", "50", "--format", format]).out;
        let rows = cells(&out, char::from(mark));
        assert!(rows.len() > 10 && rows.iter().all(|row| row.len() == 13), "{format}: {out}");
        for cell in rows.iter().flatten() {
            // Scores and ranks are the program's own numbers, and none is below zero.
            assert!(!cell.trim_start_matches(['"', ' ']).starts_with(['=', '+', '-', '@']), "{format}: {cell:?}");
            assert!(!cell.contains(['\t', '\r', '\n']), "{format}: {cell:?}");
        }
    }
    let groups = archive.run(&["groups", "--format", "tsv"]).out;
    assert!(groups.contains("'=") && groups.lines().all(|line| !line.starts_with(['=', '+', '-', '@', '\t'])), "{groups}");
}

/// Parts a table into cells, quoted ones as RFC 4180 has them.
fn cells(table: &str, mark: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            c if is_quoted => cell.push(c),
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c if c == mark => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn notes_and_pages_hold_nothing_active() {
    let archive = archive(3);
    archive.update();
    let notes = archive.run(&["search", "ferry", "-n", "50", "--format", "md"]).out;
    for event in Parser::new_ext(&notes, Options::all()) {
        let is_active = matches!(
            &event,
            Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::FootnoteReference(_)
        ) || matches!(
            &event,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_) | Tag::List(_))
        );
        assert!(!is_active, "{event:?}\n{notes}");
    }
    assert!(!notes.contains("https:") && !notes.contains("www."), "{notes}");
    let ids = two_ids(&archive);
    let page = archive.run(&["diff", "--format", "html", "--why", "--", &ids[0], &ids[1]]);
    let own = [
        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "tr", "th", "td", "del", "ins", "p", "ol", "li",
    ];
    assert!(page.out.contains("&lt;"), "{}{}", page.out, page.err);
    for (at, _) in page.out.match_indices('<') {
        let tag = page.out[at + 1..].trim_start_matches('/');
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap()];
        assert!(own.contains(&name), "<{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_as_it_is_acts_on_no_terminal() {
    use crate::terminal::with_terminal;

    let archive = Archive::with(&[("a.txt", "Ferry\n\nThe ferry \u{1b}[31mleft\u{202e} at \u{9b}noon.\r\n")]);
    archive.update();
    let show = || command(&archive.index(), &["--color", "never", "show", "--raw", "a.txt"]);
    let (code, shown) = with_terminal(50, show(), &[]);
    assert_eq!((code, shown.as_str()), (0, "Ferry\n\nThe ferry [31mleft at noon. \n"));
    assert_eq!(finished(show().output().unwrap()).out, std::fs::read_to_string(archive.articles().join("a.txt")).unwrap());
    // An editor gets the path as one argument that begins with the root: nothing of it can be an option or a command.
    let odd = Archive::with(&[("+q -c !touch x.txt", "Ferry\n\nThe ferry left at noon, the crew said on the quay.\n")]);
    odd.update();
    let tool = tempfile::tempdir().unwrap();
    let editor = tool.path().join("vim");
    std::fs::write(&editor, "#!/bin/sh\nprintf '[%s]' \"$@\"\n").unwrap();
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let (_, got) = with_terminal(50, command(&odd.index(), &["search", "ferry", "--open", "1"]), &[("EDITOR", editor.to_str().unwrap())]);
    let path = std::fs::canonicalize(odd.articles()).unwrap().join("+q -c !touch x.txt");
    assert!(got == format!("[+3][{}]", path.display()) || got == format!("[{}]", path.display()), "{got}");
}
