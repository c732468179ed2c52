//! Sidecars beside files: what they state comes first, contradictions stay visible, and every change of one is noticed.

use std::path::Path;

use serde_json::Value;

use crate::support::{Archive, run, run_json};

const HEADLINE: &str = "The ferry has a new bell";
const TEXT: &str =
    "The ferry has a new bell\n\nThe ferry of Lower Tillwick rings again. Its old bell fell into the lock in spring and was never found.\n";
const SIDECAR: &str = "published: 2024-11-26\nsource: Tillwick Messenger\n";

fn shown(archive: &Archive, id: &str) -> Value {
    run_json(&archive.index(), &["show", "--json", id])
}

/// Checks what an update says, and the date and source of the article afterwards.
fn check(archive: &Archive, counts: &str, expected: [Option<&str>; 2]) {
    let made = archive.update();
    assert!(made.out.starts_with(counts), "expected {counts}: {}", made.out);
    let article = shown(archive, "bell.txt");
    assert_eq!([article["datePublished"].as_str(), article["source"].as_str()], expected);
    assert_eq!(article["headline"], HEADLINE);
}

#[test]
fn every_change_of_a_sidecar_is_noticed() {
    let archive = Archive::with(&[("bell.txt", TEXT)]);
    let sidecar = archive.articles().join("bell.txt.meta.yaml");
    check(&archive, "1 new, 0 updated, 0 unchanged, 0 removed", [None, None]);
    archive.write("bell.txt.meta.yaml", SIDECAR);
    check(&archive, "0 new, 1 updated, 0 unchanged, 0 removed", [Some("2024-11-26"), Some("Tillwick Messenger")]);
    assert_eq!(archive.hits(&["ferry bell", "--since", "2024-11-26"]), ["bell.txt"]);
    check(&archive, "0 new, 0 updated, 1 unchanged, 0 removed", [Some("2024-11-26"), Some("Tillwick Messenger")]);
    archive.write("bell.txt.meta.yaml", SIDECAR.replace("26", "27"));
    check(&archive, "0 new, 1 updated, 0 unchanged, 0 removed", [Some("2024-11-27"), Some("Tillwick Messenger")]);
    // A copy that keeps an old time, of the same length, is noticed too.
    std::fs::write(&sidecar, SIDECAR.replace("26", "28")).unwrap();
    let file = std::fs::File::options().write(true).open(&sidecar).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
    check(&archive, "0 new, 1 updated, 0 unchanged, 0 removed", [Some("2024-11-28"), Some("Tillwick Messenger")]);
    std::fs::remove_file(sidecar).unwrap();
    check(&archive, "0 new, 1 updated, 0 unchanged, 0 removed", [None, None]);
}

#[test]
fn what_the_document_says_otherwise_is_kept() {
    let page = "---\ntitle: A bell\ndate: 2024-12-01\nsource: Lock Courier\nlang: de\n---\n\nThe ferry of Lower Tillwick rings again, and the lock keeper sleeps badly.\n";
    let archive = Archive::with(&[("bell.md", page), ("bell.md.meta.yml", "date: 2024-11-26\nsource: Tillwick Messenger\nlanguage: en\n")]);
    archive.update();
    let article = shown(&archive, "bell.md");
    assert_eq!(article["datePublished"], "2024-11-26");
    assert_eq!(article["provenance"]["datePublished"], "sidecar");
    let conflicts: Vec<String> =
        article["conflicts"].as_array().unwrap().iter().map(|conflict| format!("{}={}", conflict["field"], conflict["value"])).collect();
    assert_eq!(conflicts, [r#""source"="Lock Courier""#, r#""published"="2024-12-01""#, r#""language"="de""#]);
    let printed = archive.run(&["show", "bell.md"]).out;
    assert!(printed.contains("26 Nov 2024  (sidecar)") && printed.contains("but 2024-12-01 according to front matter"), "{printed}");
}

#[test]
fn a_sidecar_holds_for_all_documents_of_its_file() {
    let lines = "{\"id\":\"t1\",\"title\":\"One bell\",\"text\":\"The first bell rang at six.\"}\n{\"id\":\"t2\",\"title\":\"Two bells\",\"text\":\"The second bell rang at seven.\"}\n";
    let archive = Archive::with(&[("bells.jsonl", lines), ("bells.jsonl.meta.yaml", "id: t9\nsource: Tillwick Messenger\nlang: en\n")]);
    let made = archive.update();
    assert!(made.err.contains("bells.jsonl.meta.yaml: a sidecar cannot state `id`"), "{}", made.err);
    for id in ["t1", "t2"] {
        assert_eq!(shown(&archive, id)["source"], "Tillwick Messenger");
    }
}

#[test]
fn a_broken_sidecar_costs_a_warning() {
    let archive = Archive::with(&[("bell.txt", TEXT), ("bell.txt.meta.yaml", "published: 2024-11-26\nsource: Tillwick: the messenger\n")]);
    let made = archive.update();
    assert!(made.err.contains("warning: bell.txt.meta.yaml:2: broken sidecar"), "{}", made.err);
    assert!(made.out.contains("1 new") && !made.out.contains("of other kinds"), "{}", made.out);
    assert_eq!(shown(&archive, "bell.txt")["datePublished"], Value::Null);
}

#[test]
fn a_file_by_itself_is_read_with_its_sidecar() {
    let archive = Archive::with(&[("bell.txt", TEXT), ("bell.txt.meta.yaml", SIDECAR), ("gone.txt.meta.yaml", SIDECAR)]);
    let path = archive.articles().join("bell.txt");
    let read = run_json(Path::new("no index is opened"), &["article", "--json", path.to_str().unwrap()]);
    assert_eq!([&read["datePublished"], &read["source"]], ["2024-11-26", "Tillwick Messenger"]);
    let one = run(&archive.index(), &["index", path.to_str().unwrap()]);
    assert!(one.out.starts_with("1 new"), "{}{}", one.out, one.err);
    assert_eq!(shown(&archive, "bell.txt")["datePublished"], "2024-11-26");
}

#[test]
fn parts_of_a_saved_page_are_no_articles() {
    let page = "<!DOCTYPE html><html><head><title>The bell</title></head><body><article><h1>The bell</h1><p>The ferry of Lower Tillwick rings again, and nobody sleeps.</p></article></body></html>";
    let frame = "<!DOCTYPE html><html><body><p>Subscribe to the walrus letter, every day at noon.</p></body></html>";
    let archive = Archive::with(&[
        ("The bell.html", page),
        ("The bell_files/saved_resource.html", frame),
        ("The bell_files/style.css", "p{}"),
        ("Glocke.htm", page),
        ("Glocke-Dateien/saved_resource", frame),
    ]);
    let made = archive.update();
    assert!(made.out.starts_with("2 new") && !made.out.contains("of other kinds"), "{}", made.out);
    assert_eq!(archive.run(&["search", "walrus"]).code, 1);
}

#[test]
fn a_page_is_read_as_without_its_sidecar() {
    let page = "<!DOCTYPE html><html><head><title>The bell</title></head><body><article><h1>The bell of Lower Tillwick</h1><p>By Ida Holm</p><p>26 November 2024</p><p>The ferry of Lower Tillwick rings again, and the lock keeper has moved his bed.</p><p>The old bell fell into the lock in spring and was never found, though divers looked for it twice and a magnet for a week.</p></article></body></html>";
    let archive = Archive::with(&[("bell.html", page), ("bell.html.meta.yaml", "published: 2024-11-27\nauthor: Jan Berg\n")]);
    archive.update();
    let article = shown(&archive, "bell.html");
    let conflicts: Vec<&str> =
        article["conflicts"].as_array().unwrap().iter().map(|conflict| conflict["value"].as_str().unwrap()).collect();
    assert_eq!(conflicts, ["2024-11-26", "Ida Holm"]);
    assert!(!article["articleBody"].as_str().unwrap().contains("Ida Holm"), "the byline is furniture all the same");
}
