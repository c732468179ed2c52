//! `dateline diff` as its user meets it: what changed, in every form, and why two articles are one text.

use std::time::{Duration, Instant};

use crate::support::{Archive, command, run, run_json, seeds_index};

const WIRE: &str = "cws-241114-017";
const UPDATE: &str = "cws-241115-009";

#[test]
fn the_headline_comes_first_then_what_is_known_then_the_text() {
    let run = run(seeds_index(), &["diff", WIRE, UPDATE]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let places =
        ["A  ", "B  ", "headline  [-Selwick", "published [-14 Nov", "byline  ", "url  ", "text  ", "… 6 paragraphs the same, 252 words"]
            .map(|text| run.out.find(text).unwrap_or_else(|| panic!("{text}: {}", run.out)));
    assert!(places.is_sorted(), "{}", run.out);
    assert!(run.out.contains("259 words in both, 51 in A alone, 74 in B alone"), "{}", run.out);
    assert!(!run.out.contains("source  "), "what is the same is not told: {}", run.out);
    let full = self::run(seeds_index(), &["diff", WIRE, UPDATE, "--full"]);
    assert!(full.out.contains("Forty-six container ships") && !full.out.contains("paragraphs the same"), "{}", full.out);
}

#[test]
fn two_files_need_no_index() {
    let archive = Archive::with(&[
        ("a.md", "---\ntitle: Ferry late\n---\n\nThe ferry was two hours late on Monday.\n"),
        ("b.md", "---\ntitle: Ferry late\n---\n\nThe ferry was three hours late on Monday.\n"),
    ]);
    let [a, b] = ["a.md", "b.md"].map(|name| archive.articles().join(name).to_str().unwrap().to_owned());
    let found = archive.run(&["diff", &a, &b]);
    assert!(found.out.contains("headline  the same: Ferry late"), "{}{}", found.out, found.err);
    assert!(found.out.contains("The ferry was [-two-] {+three+} hours late on Monday."), "{}", found.out);
    assert!(!archive.index().exists());
    let same = archive.run(&["diff", &a, &a]);
    assert_eq!(same.code, 1);
    assert!(same.err.contains("no difference"), "{}", same.err);
    let colours = archive.run(&["diff", &a, &b, "--color", "always"]);
    assert!(colours.out.contains("\u{1b}[9;31mtwo\u{1b}[0m \u{1b}[32mthree\u{1b}[0m"), "{}", colours.out);
    let none = archive.run(&["diff", &a, archive.articles().to_str().unwrap()]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
}

#[test]
fn other_forms_say_the_same() {
    let unified = run(seeds_index(), &["diff", WIRE, UPDATE, "--format", "unified"]);
    let lines: Vec<&str> = unified.out.lines().collect();
    assert!(lines[0].starts_with("--- ") && lines[1].starts_with("+++ ") && lines[2] == "@@ -1,9 +1,9 @@", "{}", unified.out);
    assert_eq!(lines.iter().filter(|line| line.starts_with("-headline: ") || line.starts_with("+headline: ")).count(), 2);
    assert!(lines[2..].iter().all(|line| line.starts_with([' ', '-', '+', '@'])), "{}", unified.out);

    let json = run_json(seeds_index(), &["diff", WIRE, UPDATE, "--format", "json"]);
    assert_eq!((json["version"].as_u64(), json["words"]["same"].as_u64(), &json["why"]), (Some(1), Some(259), &serde_json::Value::Null));
    let text = |skipped: &str| -> String {
        let runs = json["body"].as_array().unwrap().iter().filter(|run| run["change"] != skipped);
        runs.map(|run| run["text"].as_str().unwrap()).collect::<String>().split_whitespace().collect()
    };
    let body = |id: &str| -> String {
        let shown = run_json(seeds_index(), &["show", "--json", id]);
        shown["articleBody"].as_str().unwrap().split_whitespace().collect()
    };
    assert_eq!((text("added"), text("removed")), (body(WIRE), body(UPDATE)));
    assert_eq!(
        json["fields"].as_array().unwrap().iter().map(|field| field["field"].as_str().unwrap()).collect::<Vec<_>>(),
        ["published", "byline", "url"]
    );
}

#[test]
fn a_page_and_a_terminal_take_no_orders_from_an_article() {
    let hostile = |word: &str| {
        format!(
            "---\ntitle: \"<script>{word}</script> \\e[2J\"\nsource: \"A & {word}\"\n---\n\nA <b>bold</b> {word}\u{1b}]0;x\u{7} and \u{202e}more.\n"
        )
    };
    let archive = Archive::with(&[("a.md", hostile("one").as_str()), ("b<i>.md", hostile("two").as_str())]);
    archive.update();
    for format in ["text", "unified", "json", "html"] {
        let run = archive.run(&["diff", "a.md", "b<i>.md", "--why", "--format", format]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(!run.out.contains(['\u{1b}', '\u{7}']), "{format}: {:?}", run.out);
        if format == "html" {
            assert!(!run.out.contains("<script") && !run.out.contains("<b>") && !run.out.contains("<i>"), "{}", run.out);
            assert!(run.out.contains("&lt;script&gt;<del>one</del>") && run.out.contains("<del>one </del>"), "{}", run.out);
        }
        assert!(format == "json" || !run.out.contains('\u{202e}'), "{format}");
    }
}

#[test]
fn why_names_the_rule_the_shares_and_the_common_words() {
    let near = run(seeds_index(), &["diff", WIRE, UPDATE, "--why"]);
    let text = near.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "resemblance 65 %: 252 of 385 runs of three words are in both",
        "82 % of A stands in B, 76 % of B in A",
        "by themselves one text: they resemble each other enough",
        "in the index they are in one group",
        "3 shared runs of words: 253 words: “The Federation of Dock and Harbour Workers",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let excerpt = run_json(seeds_index(), &["diff", "kestrel/selwick-vote-in-brief.html", UPDATE, "--why", "--format", "json"]);
    assert_eq!((&excerpt["why"]["rule"], &excerpt["why"]["ties"]), (&"contained".into(), &true.into()));
    let runs: Vec<u64> = excerpt["why"]["runs"].as_array().unwrap().iter().map(|run| run["words"].as_u64().unwrap()).collect();
    assert!(runs[0] > 100 && runs.is_sorted_by(|a, b| a >= b), "{runs:?}");
    let other = run_json(seeds_index(), &["diff", WIRE, "castellan-standard/mediator-proposal.md", "--why", "--format", "json"]);
    assert_eq!((&other["why"]["rule"], &other["why"]["same_group"]), (&"too little".into(), &false.into()));
    assert_eq!(run(seeds_index(), &["diff", WIRE, WIRE, "--why"]).code, 0, "why they are one text is an answer");
}

/// Two excerpts of one story that share nothing but the story.
#[test]
fn a_tie_through_others_names_them() {
    let part = |name: &str| (0..60).map(|number| format!("{name}{number}")).collect::<Vec<_>>().join(" ");
    let bridge = (0..34).map(|number| format!("middle{number}")).collect::<Vec<_>>().join(" ");
    let article = |text: String| format!("---\ntitle: Story\nsource: Paper {}\n---\n\n{text}.\n", text.len());
    let (first, last) = (part("first"), part("last"));
    let archive = Archive::with(&[
        ("first.md", article(format!("{first} {bridge}")).as_str()),
        ("whole.md", article(format!("{first} {bridge} {last}")).as_str()),
        ("last.md", article(format!("{bridge} {last}")).as_str()),
    ]);
    archive.update();
    let why = run_json(&archive.index(), &["diff", "first.md", "last.md", "--why", "--format", "json"])["why"].clone();
    assert_eq!((&why["ties"], &why["rule"]), (&false.into(), &"too little".into()));
    assert_eq!((&why["same_group"], &why["via"][0]["id"]), (&true.into(), &"whole.md".into()), "{why}");
    let text = archive.run(&["diff", "first.md", "last.md", "--why"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("tied through whole.md ("), "{text}");
}

#[test]
fn what_is_not_found_is_told() {
    let run = run(seeds_index(), &["diff", WIRE, "no/such"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("no article and no file has the id no/such"), "{}", run.err);
    let half = self::run(seeds_index(), &["diff", WIRE]);
    assert_eq!(half.code, 2);
}

#[test]
fn a_difference_fits_a_narrow_terminal() {
    let output = command(seeds_index(), &["diff", WIRE, UPDATE, "--why"]).env("COLUMNS", "20").output().unwrap();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        assert!(line.chars().count() <= 20, "{line}");
    }
}

/// Far above what it takes, for machines that are busy: a square of the length would take minutes.
#[test]
fn long_texts_with_nothing_in_common_come_to_an_end() {
    let archive = Archive::new();
    let text =
        |from: u32| (from..from + 60_000).map(|number| format!("w{}", number.wrapping_mul(2_654_435_761) % 90_001)).collect::<Vec<_>>();
    archive.write("a.txt", format!("Long list\n\n{}.\n", text(0).join(" ")));
    archive.write("b.txt", format!("Long list\n\n{}.\n", text(70_000).join(" ")));
    let [a, b] = ["a.txt", "b.txt"].map(|name| archive.articles().join(name).to_str().unwrap().to_owned());
    let started = Instant::now();
    let run = archive.run(&["diff", &a, &b, "--why"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}
