//! Five real saved pages: what any reader of them would expect. Skipped where the folder is not there.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Archive, ids, project, run, run_json};

const DATED: &str = "000_a6855cbf8f2a7658.txt";
const TRIMMED: &str = "001_d668861fa1832f5c.txt";
const VIEWS: &str = "002_758ec0573360c858.txt";
const LISTED: &str = "003_88e9245136dad8b9.txt";
const CLEAN: &str = "004_8c648f8a78f078d5.txt";

/// Returns the folder of the pages, and an index of them; nothing, with a word about it, where the folder is not there.
fn pages() -> Option<(PathBuf, Archive)> {
    let folder = project().parent().unwrap().join("shared/seeds");
    if !folder.is_dir() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let archive = Archive::new();
    let made = archive.run(&["index", folder.to_str().unwrap()]);
    assert_eq!(made.code, 0, "{}", made.err);
    Some((folder, archive))
}

fn read(folder: &std::path::Path, name: &str) -> Value {
    run_json(&folder.join("no index"), &["article", "--json", folder.join(name).to_str().unwrap()])
}

#[test]
fn the_page_and_its_trimmed_copy_are_one_group() {
    let Some((_, archive)) = pages() else { return };
    let groups = archive.run(&["groups", "--format", "tsv"]).out;
    let rows: Vec<Vec<&str>> = groups.lines().map(|line| line.split('\t').collect()).collect();
    let group = |name: &str| rows.iter().find(|row| row[0] == name).unwrap()[1];
    assert_eq!(group(DATED), group(TRIMMED));
    let mut all: Vec<&str> = rows.iter().map(|row| row[1]).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 4);
    let relation = rows.iter().find(|row| row[0] == TRIMMED).unwrap();
    assert_eq!((relation[2], relation[3]), ("exact", "1.000"), "nothing is left to differ once the furniture is gone");
}

#[test]
fn dates_and_sources_are_those_that_the_pages_state() {
    let Some((folder, _)) = pages() else { return };
    let dated = read(&folder, DATED);
    assert!(dated["datePublished"].as_str().unwrap().starts_with("2024-11-26"));
    assert!(dated["source"].is_null() || dated["source"] == "The Kyiv Independent");
    assert_eq!(dated["author"][0], "Dmytro Basmat");
    let listed = read(&folder, LISTED);
    assert_eq!((listed["datePublished"].as_str(), listed["source"].as_str()), (Some("2024-11-19T10:27"), Some("Espreso")));
    for name in [TRIMMED, VIEWS, CLEAN] {
        assert!(read(&folder, name)["datePublished"].is_null(), "{name} states no date");
    }
}

#[test]
fn furniture_is_in_no_body_and_no_sentence_is_lost() {
    let Some((folder, archive)) = pages() else { return };
    for query in ["Wizz Air", "Invictus Games", "Kellogg", "Views", "Most Commented", "Getty", "Author"] {
        assert_eq!(archive.run(&["search", query]).code, 1, "{query}");
    }
    assert_eq!(archive.hits(&["Rutte significant escalation"]), [LISTED]);
    let trimmed = std::fs::read_to_string(folder.join(TRIMMED)).unwrap();
    for name in [DATED, TRIMMED] {
        let body = read(&folder, name)["articleBody"].as_str().unwrap().to_owned();
        let paragraphs: Vec<&str> = body.split("\n\n").collect();
        assert_eq!(paragraphs, trimmed.lines().collect::<Vec<_>>(), "{name}");
    }
    let last = |name: &str| read(&folder, name)["articleBody"].as_str().unwrap().split("\n\n").last().unwrap().to_owned();
    assert_eq!(last(CLEAN), "Reuters contributed to this report.");
    assert!(last(VIEWS).ends_with("emphasized the need to observe their actions closely."));
    assert!(last(LISTED).ends_with("took place in the Kursk region."));
}

#[test]
fn the_figure_is_answered_from_two_groups() {
    let Some((_, archive)) = pages() else { return };
    let response = run_json(&archive.index(), &["search", "--json", "11,000 North Korean troops"]);
    assert_eq!((&response["articles_total"], &response["groups_total"]), (&3.into(), &2.into()));
    for hit in response["hits"].as_array().unwrap() {
        let text = hit["passages"][0]["text"].as_str().unwrap();
        assert!(text.contains("11,000"), "{text}");
        let marks = hit["passages"][0]["highlights"].as_array().unwrap();
        let marked: Vec<&str> =
            marks.iter().map(|mark| &text[mark[0].as_u64().unwrap() as usize..mark[1].as_u64().unwrap() as usize]).collect();
        assert!(marked.contains(&"11,000"), "{marked:?}");
    }
    let any = ids(&run_json(&archive.index(), &["search", "--json", "--any", "11,000 North Korean troops"]));
    assert_eq!(any.len(), 4);
    let strict = ids(&response);
    assert!(any[..2].iter().all(|id| strict.contains(id)), "{any:?}");
    let shown = run(&archive.index(), &["search", "11,000 North Korean troops"]).out;
    assert!(shown.contains("Espreso · 19 Nov 2024, 10:27"), "{shown}");
    let undated = run(&archive.index(), &["search", "--any", "11,000 North Korean troops"]).out;
    assert!(undated.contains("undated"), "{undated}");
}

#[test]
fn places_point_into_the_files() {
    let Some((folder, archive)) = pages() else { return };
    let response = run_json(&archive.index(), &["search", "--json", "Yevkurov bases"]);
    let hit = &response["hits"][0];
    let bytes = std::fs::read(folder.join(hit["id"].as_str().unwrap())).unwrap();
    let range = &hit["passages"][0]["bytes"];
    let place = std::str::from_utf8(&bytes[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize]).unwrap();
    assert!(place.contains("Yevkurov"));
    let lines = &hit["passages"][0]["lines"];
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .skip(lines[0].as_u64().unwrap() as usize - 1)
        .take((lines[1].as_u64().unwrap() - lines[0].as_u64().unwrap() + 1) as usize)
        .collect();
    assert!(lines.join("\n").contains("Yevkurov"));
}
