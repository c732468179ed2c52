//! What is read from each of the starter articles, against `tests/golden/seeds.md`, which says what is in them.
//!
//! A *miss* is a value that comes out otherwise. Those that are known stand in a table with their reasons; a miss that is not in
//! it fails a test, and so does one that is in it and does not happen any more. What each value was read from is left to `formats`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{project, run, seeds_index};

/// A miss that is known: article, field, reason.
pub type KnownMiss = (&'static str, &'static str, &'static str);

const KNOWN_MISSES: &[KnownMiss] = &[
    ("harbour-post/correction-strike-fund.txt", "body", "the headline is left in, since the section line was taken for it"),
    ("harbour-post/correction-strike-fund.txt", "headline", "the section line “Corrections and clarifications” is taken for the headline"),
    ("health/heat-in-the-wards.txt", "body", "the headline is left in, since the claim line was taken for it"),
    ("health/heat-in-the-wards.txt", "headline", "the claim line below the outlet is taken for the headline"),
    ("health/heat-in-the-wards.txt", "source", "an outlet of one word, “Wardside”, on the first line is not taken for the source"),
    ("unsorted/three-men-and-a-buoy.txt", "body", "the keeper's note “Saved from: phone, shared link” is left in"),
];

/// Reads the rows of the table of `seeds.md` that has this column, as cells by column.
pub fn table(column: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(project().join("tests/golden/seeds.md")).unwrap();
    let cells = |line: &str| -> Vec<String> { line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    for line in text.lines() {
        match &header {
            _ if !line.starts_with('|') => header = None,
            None => header = Some(cells(line)),
            Some(names) if names.iter().any(|name| name == column) && !line.starts_with("| ---") => {
                let row = cells(line);
                assert_eq!(row.len(), names.len(), "cells of {line}");
                rows.push(names.iter().cloned().zip(row).collect());
            }
            Some(_) => {}
        }
    }
    rows
}

/// Returns the file of an article of the table, and the id it has in an index of the seeds.
pub fn file_and_id(article: &str) -> (&str, &str) {
    match article.split_once(" `") {
        Some((file, id)) => (file, id.trim_end_matches('`')),
        None => (article, article),
    }
}

/// Fails if a miss is not known, or a known one does not happen any more. Misses are described by article and field.
pub fn settle(misses: &BTreeMap<(String, String), String>, known: &[KnownMiss]) {
    let is_known = |article: &str, field: &str| known.iter().any(|(of, name, _)| (*of, *name) == (article, field));
    let new = misses.iter().filter(|((article, field), _)| !is_known(article, field));
    let new: Vec<String> = new.map(|((article, field), what)| format!("{article}: {field}: {what}")).collect();
    let gone = known.iter().filter(|(article, field, _)| !misses.contains_key(&((*article).to_owned(), (*field).to_owned())));
    let gone: Vec<String> =
        gone.map(|(article, field, _)| format!("{article}: {field}: is right now, take it from KNOWN_MISSES")).collect();
    let all = [new, gone].concat();
    assert!(all.is_empty(), "\n{}\n", all.join("\n"));
}

/// Reads files by themselves, as `dateline article --json` prints them.
pub fn read_files(files: &[PathBuf]) -> Vec<Value> {
    let mut arguments = vec!["article", "--json"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    let read = run(Path::new("no index is opened"), &arguments);
    read.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Describes a body by what the table says of it.
fn outline(body: &str, begins: &str, ends: &str) -> String {
    let paragraphs: Vec<&str> = body.split("\n\n").collect();
    let words = |text: &str, from_end: bool, count: usize| -> String {
        let all: Vec<&str> = text.split_whitespace().collect();
        let start = if from_end { all.len().saturating_sub(count) } else { 0 };
        all[start..].iter().take(count).copied().collect::<Vec<_>>().join(" ")
    };
    let count = |of: &str| of.split_whitespace().count();
    let first = words(paragraphs[0], false, count(begins));
    let last = words(paragraphs[paragraphs.len() - 1], true, count(ends));
    format!("{} paragraphs, “{first} … {last}”", paragraphs.len())
}

/// Returns what the program gives for each field of the table, in the table's words.
fn as_read(article: &Value, row: &BTreeMap<String, String>) -> [(&'static str, String); 6] {
    let text = |name: &str, unknown: &str| article[name].as_str().unwrap_or(unknown).to_owned();
    let conflicts = article["conflicts"].as_array().unwrap().iter().filter(|conflict| conflict["field"] == "published");
    let stated: Vec<&str> = conflicts.map(|conflict| conflict["value"].as_str().unwrap()).collect();
    [
        ("source", text("source", "unknown")),
        ("published", text("datePublished", "undated")),
        ("also stated", if stated.is_empty() { "none".to_owned() } else { stated.join(", ") }),
        ("language", text("inLanguage", "unknown")),
        ("headline", text("headline", "unknown")),
        ("body", outline(&text("articleBody", ""), &row["begins"], &row["ends"])),
    ]
}

#[test]
fn each_seed_reads_as_the_table_says() {
    let rows = table("headline");
    assert_eq!(rows.len(), 89);
    let mut files: Vec<PathBuf> = rows.iter().map(|row| project().join("seeds").join(file_and_id(&row["article"]).0)).collect();
    files.dedup();
    let read = read_files(&files);
    assert_eq!(read.len(), rows.len(), "articles of {} files", files.len());
    let by_id: BTreeMap<&str, &Value> = read.iter().map(|article| (article["id"].as_str().unwrap(), article)).collect();
    let mut misses = BTreeMap::new();
    for row in &rows {
        let id = file_and_id(&row["article"]).1;
        let article = by_id.get(id.rsplit('/').next().unwrap()).unwrap_or_else(|| panic!("{id} was not read"));
        for (field, got) in as_read(article, row) {
            let expected = match field {
                "body" => format!("{} paragraphs, “{} … {}”", row["paragraphs"], row["begins"], row["ends"]),
                _ => row[field].clone(),
            };
            if got != expected {
                misses.insert((id.to_owned(), field.to_owned()), format!("expected {expected}, got {got}"));
            }
        }
    }
    settle(&misses, KNOWN_MISSES);
}

#[test]
fn every_line_of_a_text_is_headline_body_or_furniture() {
    let rows = table("headline");
    let texts = rows.iter().map(|row| file_and_id(&row["article"]).0).filter(|file| file.ends_with(".txt"));
    let files: Vec<PathBuf> = texts.map(|file| project().join("seeds").join(file)).collect();
    for (file, article) in files.iter().zip(read_files(&files)) {
        let furniture = article["furniture"].as_array().unwrap().iter().map(|piece| piece["text"].as_str().unwrap());
        let body = article["articleBody"].as_str().unwrap().split("\n\n");
        let mut kept: Vec<&str> = body.chain(furniture).chain(article["headline"].as_str()).collect();
        let text = std::fs::read_to_string(file).unwrap();
        let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        for piece in article["furniture"].as_array().unwrap() {
            let place = piece["lines"][0].as_u64().and_then(|first| usize::try_from(first).ok()).unwrap();
            assert_eq!(Some(piece["text"].as_str().unwrap()), text.lines().nth(place - 1).map(str::trim), "{}", file.display());
        }
        kept.sort_unstable();
        lines.sort_unstable();
        assert_eq!(kept, lines, "{}", file.display());
    }
}

#[test]
fn words_of_the_furniture_find_nothing() {
    for words in [
        "Zeppelin",
        "Marzipan cathedral",
        "Walrus",
        "Ermengarde",
        "belfry",
        "lantern parade",
        "tapir",
        "cookies",
        "Chirper",
        "Kegelbahn",
        "tranvía",
    ] {
        let found = run(seeds_index(), &["search", words]);
        assert_eq!((found.code, found.out.as_str()), (1, ""), "{words}");
    }
}

#[test]
fn every_file_of_the_seeds_is_in_the_table() {
    let mut listed: Vec<String> = table("headline").iter().map(|row| file_and_id(&row["article"]).0.to_owned()).collect();
    listed.dedup();
    let seeds = project().join("seeds");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(&seeds).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            found.push(file.strip_prefix(&seeds).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    // A sidecar belongs to the file beside it.
    found.retain(|file| !file.ends_with(".meta.yaml"));
    found.sort();
    listed.sort();
    assert_eq!(found, listed);
}
