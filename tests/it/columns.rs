//! Columns under names of the user's own: `--map` for an index that remembers it, and for single files.

use std::path::Path;

use serde_json::Value;

use crate::support::{Archive, Run, run, run_json};

const TABLE: &str = "nr;titel;inhalt;gesendet;erfasst\n\
    7;Igel im Rathaus;Ein Igel hat die Nacht im Sitzungssaal verbracht und niemanden gestört.;2024-11-26;2024-12-01\n";

const LINES: &str = "{\"kopf\": {\"titel\": \"Storch am Bahnhof\"}, \"titel\": \"Storch\", \"inhalt\": \"Der Storch steht auf Gleis zwei.\", \"gesendet\": \"2024-11-27\"}\n";

fn index(archive: &Archive, map: &[&str]) -> Run {
    let articles = archive.articles();
    let mut arguments = vec!["index"];
    arguments.extend(map.iter().flat_map(|mapping| ["--map", mapping]));
    arguments.push(articles.to_str().unwrap());
    archive.run(&arguments)
}

fn published(archive: &Archive, query: &str) -> Value {
    run_json(&archive.index(), &["search", "--json", query])["hits"][0]["published"]["value"].clone()
}

#[test]
fn an_index_remembers_the_columns_of_a_folder() {
    let archive = Archive::with(&[("a.csv", TABLE)]);
    let made = index(&archive, &["headline=titel", "text=inhalt", "date=gesendet", "id=nr"]);
    assert_eq!((made.code, made.err.as_str()), (0, ""), "{}", made.err);
    assert_eq!(archive.hits(&["igel"]), ["7"]);
    assert_eq!(published(&archive, "igel"), "2024-11-26");

    archive.write("b.jsonl", LINES);
    let later = archive.run(&["index"]);
    assert!(later.out.contains("1 new, 0 updated, 1 unchanged"), "{}", later.out);
    assert_eq!(published(&archive, "storch"), "2024-11-27");
    let furniture = archive.run(&["show", "7", "--json"]);
    assert!(furniture.out.contains("Igel im Rathaus"), "{}", furniture.out);
}

#[test]
fn another_map_reads_a_folder_anew() {
    let archive =
        Archive::with(&[("a.csv", TABLE), ("c.txt", "Sound article\n\nA heron stood on the weir for nine hours, says the keeper.")]);
    index(&archive, &["headline=titel", "text=inhalt", "date=gesendet"]);
    let same = index(&archive, &["text=inhalt"; 0]);
    assert!(same.out.contains("0 new, 0 updated, 2 unchanged"), "{}", same.out);
    let other = index(&archive, &["headline=titel", "text=inhalt", "date=erfasst"]);
    assert!(other.out.contains("0 new, 1 updated, 1 unchanged, 0 removed"), "{}", other.out);
    assert_eq!(published(&archive, "igel"), "2024-12-01");
    let again = archive.run(&["index"]);
    assert!(again.out.contains("0 new, 0 updated, 2 unchanged"), "{}", again.out);
    let rebuilt = archive.run(&["index", "--rebuild"]);
    assert_eq!((rebuilt.code, published(&archive, "igel")), (0, "2024-12-01".into()), "{}", rebuilt.err);
}

#[test]
fn a_single_file_is_read_by_a_map() {
    let archive = Archive::with(&[("b.jsonl", LINES)]);
    let file = archive.articles().join("b.jsonl");
    let mapped = ["--map", "title=kopf.titel", "--map", "body=inhalt", "--map", "date=gesendet"];
    let arguments: Vec<&str> = ["article", "--json", file.to_str().unwrap()].into_iter().chain(mapped).collect();
    let read = run_json(Path::new("no index is opened"), &arguments);
    assert_eq!((&read["headline"], &read["datePublished"]), (&"Storch am Bahnhof".into(), &"2024-11-27".into()));
    let unmapped = run(Path::new("no index is opened"), &["article", file.to_str().unwrap()]);
    assert!(unmapped.err.contains("no headline and no text"), "{}", unmapped.err);
}

#[test]
fn what_cannot_be_mapped_is_told() {
    let archive = Archive::with(&[("deep/a.csv", TABLE)]);
    let unknown = index(&archive, &["datum=gesendet"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("there is no field `datum`: known are id, headline, title, text"), "{}", unknown.err);
    let nowhere = archive.run(&["index", "--map", "date=gesendet"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("<FOLDERS>"), "{}", nowhere.err);
    index(&archive, &["headline=titel"]);
    let deep = archive.articles().join("deep");
    let inside = archive.run(&["index", "--map", "date=gesendet", deep.to_str().unwrap()]);
    assert!(inside.code == 2 && inside.err.contains("which is remembered with all that is in it"), "{}", inside.err);
}
