//! Reports of the same matter, more outlets in a list, and words that were rather meant.

use crate::support::{Archive, run, run_json, seeds_index};

/// Five days of a matter in three outlets, a copy, and as many articles of something else.
fn archive() -> Archive {
    let archive = Archive::new();
    let other = ["kettle", "lantern", "meadow", "orchard", "pebble", "quarry"];
    for (number, thing) in other.iter().enumerate() {
        let text = format!(
            "The {thing} was sold at the fair. Nobody knew who had brought the {thing}, and the {thing} stayed unclaimed for days."
        );
        archive.write(
            &format!("other/{thing}.md"),
            format!("---\ntitle: A {thing} sold\nsource: Fair Gazette\ndate: 2024-10-0{}\n---\n\n{text}\n", number + 1),
        );
    }
    for (name, source, text) in [
        (
            "a",
            "Harbour Post",
            "The ferry Aldis ran aground off Selwick. The pilot of the Aldis, Runa Holt, blamed fog on the sandbank, and Holt was taken ashore.",
        ),
        (
            "b",
            "Coast Wire",
            "Tugs freed the Aldis at high water. Runa Holt, at the wheel when the ferry hit the sandbank off Selwick, is suspended.",
        ),
        (
            "c",
            "Harbour Post",
            "An inquiry into the grounding of the Aldis heard pilot Runa Holt for three hours. The sandbank off Selwick had moved, Holt said, in a storm.",
        ),
        (
            "d",
            "Harbour Post",
            "The owners of the Aldis will pay for each passenger of the ferry. The sandbank at Selwick is to be marked, and Holt may go to sea again.",
        ),
    ] {
        archive
            .write(&format!("{name}.md"), format!("---\ntitle: Aldis report {name}\nsource: {source}\ndate: 2024-11-05\n---\n\n{text}\n"));
    }
    std::fs::copy(archive.articles().join("a.md"), archive.articles().join("copy.md")).unwrap();
    archive.update();
    archive
}

#[test]
fn reports_of_the_same_matter_are_found_without_copies() {
    let archive = archive();
    let mut found = archive.hits(&["--like", "a.md"]);
    found.sort();
    assert_eq!(found, ["b.md", "c.md", "d.md"]);
    assert_eq!(archive.hits(&["--like", "a.md", "inquiry"]), ["c.md"]);
    assert_eq!(archive.hits(&["--like", "copy.md", "--source", "coast"]), ["b.md"]);
    let told = run_json(&archive.index(), &["search", "--like", "a.md", "--json"]);
    assert_eq!((&told["articles_total"], &told["groups_total"], &told["sources_total"]), (&3.into(), &3.into(), &2.into()));
    assert!(told["parsed"].as_str().unwrap().contains("aldis"), "{told}");
}

#[test]
fn what_cannot_be_like_anything_says_so() {
    let archive = archive();
    let none = archive.run(&["search", "--like", "nowhere.md"]);
    assert!(none.err.contains("no article has the id nowhere.md"), "{}", none.err);
    let alone = archive.run(&["search", "--like", "a.md", "--source", "fair gazette"]);
    assert_eq!(alone.code, 1);
    assert!(alone.err.contains("nothing else in the index is enough like it"), "{}", alone.err);
    for other in [["--sort", "newest"], ["--facets", "source"]] {
        let refused = archive.run(&[["search", "--like", "a.md"].as_slice(), &other].concat());
        assert_eq!(refused.code, 2, "{}", refused.err);
    }
}

#[test]
fn more_outlets_come_to_word() {
    let archive = archive();
    let sources = |extra: &[&str]| {
        let response = run_json(&archive.index(), &[["search", "aldis holt", "--json"].as_slice(), extra].concat());
        let hits = response["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["source"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sources(&[]), ["Harbour Post", "Harbour Post", "Coast Wire", "Harbour Post"]);
    assert_eq!(sources(&["--diverse"]), ["Harbour Post", "Coast Wire", "Harbour Post", "Harbour Post"]);
    assert_eq!(sources(&["--diverse", "-n", "2"]), ["Harbour Post", "Coast Wire"]);
    assert_eq!(archive.run(&["search", "aldis", "--diverse", "--sort", "newest"]).code, 2);
}

#[test]
fn with_few_hits_a_likelier_spelling_is_named() {
    let archive = Archive::new();
    for number in 0..40 {
        archive.write(&format!("{number}.md"), format!("---\ntitle: Day {number}\n---\n\nThe harbour stayed open on day {number}.\n"));
    }
    archive.write("slip.md", "---\ntitle: A slip\n---\n\nThe harbuor was closed.\n");
    archive.update();
    let slip = archive.run(&["search", "harbuor"]);
    assert_eq!(slip.code, 0);
    assert!(slip.err.contains("did you mean “harbour”? 40 articles have it, and 1 “harbuor”"), "{}", slip.err);
    assert!(!archive.run(&["search", "harbour"]).err.contains("did you mean"));
    assert!(!run(seeds_index(), &["search", "starling"]).err.contains("did you mean"));
}
