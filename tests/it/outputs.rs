//! Answers in the formats for programs, spreadsheets, notes and quotations.

use serde_json::Value;

use crate::support::{Archive, run, run_json, seeds_index};

/// A report whose fields would act on a terminal, in a spreadsheet, and in Markdown.
const HOSTILE: &str = "---\ntitle: \"=HYPERLINK(\\\"x\\\",1) *bold* \\e[31m\\u009b2J\\u202e\"\nsource: \"Quay, Post\"\ndate: 2024-11-05\n---\n\n\
    The tug sank at noon, \"in silence\", the pilot said.\n\nNobody was lost :smile: from the tug.\n";

const PLAIN: &str = "The tug came home\n\nThe old tug came home on Friday with a cracked hull and a crew of four, and nobody on the quay had expected it.\n";

fn tugs() -> Archive {
    let archive = Archive::with(&[("hostile.md", HOSTILE), ("plain.txt", PLAIN)]);
    archive.update();
    archive
}

fn printed(archive: &Archive, arguments: &[&str]) -> String {
    let arguments: Vec<&str> = ["search"].into_iter().chain(arguments.iter().copied()).collect();
    let run = archive.run(&arguments);
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.err);
    run.out
}

/// Reads values parted by commas as RFC 4180 says.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!is_quoted && row.is_empty() && cell.is_empty(), "{text}");
    rows
}

#[test]
fn lines_of_json_are_the_hits_of_the_object() {
    let object = run_json(seeds_index(), &["search", "--json", "port", "strike", "-n", "5"]);
    let lines = run(seeds_index(), &["search", "--format", "ndjson", "port", "strike", "-n", "5"]);
    let hits: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(hits.len(), 5);
    assert_eq!(Value::Array(hits), object["hits"]);
    assert_eq!(lines.err, "");
}

#[test]
fn a_table_has_the_stated_columns_and_a_row_a_hit() {
    let object = run_json(seeds_index(), &["search", "--json", "port", "strike", "-n", "5"]);
    let run = run(seeds_index(), &["search", "--format", "csv", "port", "strike", "-n", "5"]);
    let rows = rows(&run.out);
    assert_eq!(rows[0].join(","), "rank,score,id,headline,source,published,published_from,group,articles,sources,path,lines,passage");
    assert_eq!(rows.len(), 6);
    for (row, hit) in rows[1..].iter().zip(object["hits"].as_array().unwrap()) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let number = |value: &Value| value.as_u64().unwrap().to_string();
        assert_eq!(row[0], number(&hit["rank"]));
        assert_eq!(row[2..6], [&hit["id"], &hit["headline"], &hit["source"]["name"], &hit["published"]["value"]].map(text));
        assert_eq!(row[6..8], [&hit["published"]["from"], &hit["group"]["id"]].map(text));
        assert_eq!(row[8..10], [&hit["group"]["articles"], &hit["group"]["sources"]].map(number));
        assert_eq!(row[10], text(&hit["path"]));
        assert_eq!(row[12], text(&hit["passages"][0]["text"]).replace('\n', " "));
    }
    let tabs = crate::support::run(seeds_index(), &["search", "--format", "tsv", "port", "strike", "-n", "5"]);
    let cells: Vec<Vec<&str>> = tabs.out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(cells, rows);
}

#[test]
fn no_cell_runs_in_a_spreadsheet() {
    let archive = tugs();
    let rows = rows(&printed(&archive, &["tug sank", "--format", "csv"]));
    assert_eq!(rows[1][3], "'=HYPERLINK(\"x\",1) *bold* [31m 2J");
    assert_eq!(rows[1][4], "Quay, Post");
    assert_eq!(rows[1][11], "7–9");
    assert!(rows[1][12].starts_with("The tug sank at noon, \"in silence\", the pilot said."), "{:?}", rows[1]);
}

#[test]
fn markdown_shows_the_text_as_it_is() {
    let archive = tugs();
    let out = printed(&archive, &["tug sank", "--format", "md"]);
    assert!(
        out.starts_with("## 1. \\=HYPERLINK(\"x\",1) \\*bold\\* \\[31m 2J\n\n**Quay, Post**, 5 Nov 2024, from the file's front matter\n"),
        "{out}"
    );
    assert!(out.contains("\n> The **tug** **sank** at noon"), "{out}");
    assert!(out.contains("\n>\n> Nobody was lost \\:smile: from the **tug**.\n"), "{out}");
    assert!(out.ends_with("hostile.md, lines 7–9\n"), "{out}");
}

#[test]
fn a_quotation_states_the_bytes_it_is_from() {
    let archive = tugs();
    let cite = || printed(&archive, &["cracked hull", "--format", "cite"]);
    let out = cite();
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[0],
        "“The old tug came home on Friday with a cracked hull and a crew of four, and nobody on the quay had expected it.”"
    );
    assert_eq!(lines[1], "“The tug came home”, source unknown, undated");
    assert!(lines[2].ends_with("plain.txt, line 3"), "{out}");
    // `sha256sum` of the text above.
    assert_eq!(lines[3], "SHA-256 fb5a2e66da700261b36b74ae327bb33e13876e04ce1088d533427985186096a6");
    assert_eq!(lines.len(), 4);
    archive.write("plain.txt", format!("{PLAIN}\nAn afterthought.\n"));
    assert!(cite().lines().last().unwrap().starts_with("warning: the file or its sidecar has changed since it was indexed"), "{}", cite());
    archive.write("plain.txt", PLAIN);
    assert_eq!(cite(), out, "only the bytes count");
    std::fs::remove_file(archive.articles().join("plain.txt")).unwrap();
    assert!(cite().contains("\nwarning: the file cannot be read now"), "{}", cite());
}

#[test]
fn a_quotation_from_a_file_with_a_sidecar_or_many_documents_is_checked_too() {
    let run = run(seeds_index(), &["search", "--format", "cite", "port", "-n", "50"]);
    assert_eq!(run.out.matches("SHA-256 ").count(), run.out.matches("\n\n").count() + 1);
    assert!(!run.out.contains("warning"), "{}", run.out);
    assert!(run.out.contains("\ndocument 3 of the file, id cws-241114-017\n"), "{}", run.out);
    let archive = tugs();
    archive.write("plain.txt.meta.yaml", "source: Quay Post\n");
    archive.update();
    let out = printed(&archive, &["cracked hull", "--format", "cite"]);
    assert!(out.contains("Quay Post") && !out.contains("warning"), "{out}");
    archive.write("plain.txt.meta.yaml", "source: Other Post\n");
    assert!(printed(&archive, &["cracked hull", "--format", "cite"]).contains("warning: the file or its sidecar has changed"));
}

#[test]
fn paths_are_ended_by_nul_and_stand_once() {
    let paths = |arguments: &[&str]| -> Vec<String> {
        let whole: Vec<&str> = ["search", "-0", "wage", "offer", "-n", "50"].into_iter().chain(arguments.iter().copied()).collect();
        let out = run(seeds_index(), &whole).out;
        assert!(out.ends_with('\0') && !out.contains('\n'), "{out:?}");
        out.split_terminator('\0').map(str::to_owned).collect()
    };
    let hits = paths(&[]);
    let object = run_json(seeds_index(), &["search", "--json", "wage", "offer", "-n", "50"]);
    let mut expected: Vec<&str> = object["hits"].as_array().unwrap().iter().map(|hit| hit["path"].as_str().unwrap()).collect();
    expected.dedup();
    assert_eq!(hits, expected);
    let all = paths(&["--expand"]);
    assert!(all.len() > hits.len() && hits.iter().all(|path| all.contains(path)), "{all:?}");
    assert!(all.iter().all(|path| crate::support::project().join(path).is_file()), "{all:?}");
}

#[test]
fn nothing_that_acts_on_a_terminal_is_printed_in_any_format() {
    let archive = tugs();
    for format in ["text", "json", "ndjson", "csv", "tsv", "md", "cite", "trec"] {
        let out = printed(&archive, &["tug", "--format", format]);
        assert!(out.contains("hostile.md"), "{format}: {out}");
        assert!(!out.contains(|c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}'), "{format}: {out:?}");
    }
    let object = run_json(&archive.index(), &["search", "--json", "tug sank"]);
    assert!(object["hits"][0]["headline"].as_str().unwrap().contains("2J\u{202e}"), "JSON keeps what is written: {object}");
}

#[test]
fn without_hits_programs_get_nothing_and_people_advice() {
    for (format, out) in [("csv", "rank,score,"), ("ndjson", ""), ("md", ""), ("cite", "")] {
        let run = run(seeds_index(), &["search", "--format", format, "zeppelin"]);
        assert_eq!(run.code, 1, "{format}");
        assert!(run.out.starts_with(out) && run.out.lines().count() <= 1, "{format}: {}", run.out);
        assert!(run.err.contains("no article has “zeppelin”"), "{format}: {}", run.err);
    }
    let many = run(seeds_index(), &["search", "--format", "csv", "--queries", "topics.tsv"]);
    assert_eq!(many.code, 2);
    assert!(many.err.contains("many queries are not answered in this format"), "{}", many.err);
}

#[test]
fn paths_are_links_only_where_asked_for_or_on_a_terminal() {
    let archive = Archive::with(&[("a b.txt", PLAIN)]);
    archive.update();
    let linked = printed(&archive, &["cracked hull", "--hyperlinks", "always"]);
    let (_, place) = linked.split_once("\u{1b}]8;;file:///").unwrap();
    let (url, shown) = place.split_once("\u{1b}\\").unwrap();
    assert!(url.ends_with("/articles/a%20b.txt") && url.starts_with(|c: char| c.is_ascii_alphanumeric()), "{url}");
    assert!(shown.ends_with("/a b.txt\u{1b}]8;;\u{1b}\\:3  a b.txt\n") || shown.ends_with("/a b.txt\u{1b}]8;;\u{1b}\\:3\n"), "{shown:?}");
    for arguments in [&["cracked hull"][..], &["cracked hull", "--hyperlinks", "never"], &["cracked hull", "--color", "always"]] {
        assert!(!printed(&archive, arguments).contains("\u{1b}]8"), "{arguments:?}");
    }
}
