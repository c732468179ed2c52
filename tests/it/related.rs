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

#[test]
fn recent_articles_are_favoured_gently() {
    let archive = Archive::new();
    for (name, day, title) in [
        ("old", "2024-01-01", "Report"),
        ("mid", "2024-10-03", "Report"),
        ("new", "2025-01-01", "Report"),
        ("best", "2024-07-01", "Storm in the harbour"),
    ] {
        let text = format!("The storm came by night and went by day, they say in {name}.");
        archive.write(&format!("{name}.md"), format!("---\ntitle: {title}\ndate: {day}\n---\n\n{text}\n"));
    }
    archive.write("undated.md", "---\ntitle: Report of none\n---\n\nThe storm came by night and went by day, they say in none.\n");
    archive.write("future.md", "---\ntitle: Calm\ndate: 2999-01-01\n---\n\nNo wind at all.\n");
    archive.update();
    assert_eq!(archive.hits(&["storm OR harbour"])[0], "best.md");
    let response = run_json(&archive.index(), &["search", "storm OR harbour", "--recent", "--explain", "--json"]);
    let hits = response["hits"].as_array().unwrap();
    let order: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(order, ["best.md", "new.md", "mid.md", "old.md", "undated.md"]);
    for (hit, weight, days) in [(&hits[1], 1.0, Some(0.0)), (&hits[2], 0.75, Some(90.0)), (&hits[4], 0.5, None)] {
        let parts = hit["explanation"]["parts"].as_array().unwrap();
        let age = parts.iter().find(|part| part["kind"] == "age").unwrap();
        assert_eq!((age["weight"].as_f64().unwrap(), age["days"].as_f64()), (weight, days), "{hit}");
        let sum: f64 = parts.iter().map(|part| part["score"].as_f64().unwrap()).sum();
        assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.005, "{hit}");
    }
    assert_eq!(archive.run(&["search", "storm", "--recent", "--sort", "oldest"]).code, 2);
}

#[test]
fn several_passages_of_an_article_are_shown() {
    let archive = Archive::new();
    let filler = |word: &str| format!("Nothing of note was said about the {word} on that day, and nobody asked. ").repeat(9);
    let body = format!(
        "The ferry left the harbour. {}\n\nA second ferry waited. {}\n\nThe storm passed. {}\n\nThe ferry came back to the harbour, the ferry was late. {}",
        filler("bread"),
        filler("salt"),
        filler("tea"),
        filler("oil")
    );
    archive.write("a.txt", format!("Ferries\n\nHarbour Post\n2024-11-05\n\n{body}\n"));
    archive.update();
    let passages = |count: &str| {
        let response = run_json(&archive.index(), &["search", "ferry harbour", "--json", "--passages", count]);
        let passages = response["hits"][0]["passages"].as_array().unwrap().clone();
        passages
            .into_iter()
            .map(|passage| (passage["score"].as_f64().unwrap(), passage["text"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(passages("1").len(), 1);
    let all = passages("9");
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{all:?}");
    assert_eq!(passages("2"), all[..2]);
    assert!(all.iter().all(|(_, text)| text.contains("ferry")), "{all:?}");
    let shown = archive.run(&["search", "ferry harbour", "--passages", "3"]).out;
    assert_eq!(shown.matches("\n   … line ").count(), 2, "{shown}");
    let rows = archive.run(&["search", "ferry harbour", "--passages", "3", "--format", "tsv"]).out;
    assert_eq!(rows.lines().filter(|row| row.starts_with("1\t")).count(), 3, "{rows}");
    let quotations = archive.run(&["search", "ferry harbour", "--passages", "3", "--format", "cite"]).out;
    assert_eq!(quotations.matches("SHA-256").count(), 3, "{quotations}");
    let notes = archive.run(&["search", "ferry harbour", "--passages", "3", "--format", "md"]).out;
    assert_eq!(notes.matches("\n…\n").count(), 2, "{notes}");
    assert_eq!(archive.run(&["search", "ferry", "--passages", "0"]).code, 2);
}
