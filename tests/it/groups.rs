//! `dateline groups` as its user meets it: listings, what they keep, one group as a time line.

use std::collections::HashSet;
use std::io::Read;
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Archive, command, run, run_json, seeds_index};

const LETTER: &str = "The council of Orrin has sold the old ferry to a scrapyard upstream for less than the price of its bell, the mayor said. \
    Two former pilots had offered to keep it as a museum, but nobody answered their letters all summer long.";

/// Returns the ids of the articles of each group of a listing.
fn members(listing: &Value) -> Vec<Vec<String>> {
    let ids = |group: &Value| group["members"].as_array().unwrap().iter().map(|member| member["id"].as_str().unwrap().to_owned()).collect();
    listing["groups"].as_array().unwrap().iter().map(ids).collect()
}

fn sizes(arguments: &[&str]) -> Vec<usize> {
    let whole: Vec<&str> = ["groups", "--format", "json"].into_iter().chain(arguments.iter().copied()).collect();
    members(&run_json(seeds_index(), &whole)).iter().map(Vec::len).collect()
}

#[test]
fn the_largest_group_comes_first_and_its_earliest_article_is_marked() {
    let run = run(seeds_index(), &["groups", "-n", "1"]);
    assert_eq!(run.code, 0);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines[0], "Selwick dockworkers reject wage offer, port strike goes on");
    assert!(lines[1].starts_with("6 articles from 5 sources, 14 Nov 2024 to 15 Nov 2024 · group "), "{}", run.out);
    assert!(lines[2].contains("representative Corvane Wire Service · 14 Nov 2024, 05:40 UTC (earliest)"), "{}", run.out);
    assert!(run.out.contains("excerpt 52 %   Kestrel Business Daily"), "{}", run.out);
    assert_eq!(run.out.matches("(earliest)").count(), 1);
    let err = run.err.replace('\n', " ");
    assert!(
        err.starts_with("10 articles in 3 groups from 8 sources; the largest 1 shown; the index has 89 articles in 82 groups"),
        "{err}"
    );
}

#[test]
fn a_group_is_kept_for_one_article_that_is_all_that_is_asked() {
    for (arguments, expected) in [
        (&[][..], &[6, 2, 2][..]),
        (&["--min-size", "3"], &[6]),
        (&["--min-size", "7"], &[]),
        (&["--source", "kestrel business"], &[6]),
        (&["--source", "business kestrel"], &[]),
        (&["--relation", "update"], &[6]),
        (&["--relation", "update", "--relation", "near", "--min-size", "2", "-n", "1"], &[6]),
        (&["--source", "kestrel", "--relation", "excerpt"], &[6]),
        (&["--source", "kestrel", "--relation", "update"], &[]),
        (&["--source", "kestrel", "--since", "2024-11-15"], &[]),
        (&["--since", "2024-11-15", "--until", "2024-11-15"], &[6]),
        (&["--until", "1999"], &[]),
    ] {
        assert_eq!(sizes(arguments), expected, "{arguments:?}");
    }
    let lone = sizes(&["--min-size", "1"]);
    assert_eq!((lone.len(), lone.iter().sum::<usize>()), (82, 89));
    let none = run(seeds_index(), &["groups", "--until", "1999"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
    let turned = run(seeds_index(), &["groups", "--since", "2025", "--until", "2024"]);
    assert_eq!(turned.code, 2);
    let mixed = run(seeds_index(), &["groups", "cws-241114-017", "--min-size", "2"]);
    assert_eq!(mixed.code, 2, "one group is not filtered");
}

#[test]
fn totals_count_what_is_kept_whatever_is_shown() {
    let listing = run_json(seeds_index(), &["groups", "--format", "json", "-n", "1"]);
    let totals = ["version", "articles_total", "groups_total", "sources_total"].map(|name| listing[name].as_u64().unwrap());
    assert_eq!(totals, [1, 10, 3, 8]);
    let group = &listing["groups"][0];
    assert_eq!((group["articles"].as_u64(), group["sources"].as_u64()), (Some(6), Some(5)));
    let representative = &group["members"][0];
    assert!(representative["relation"].is_null() && representative["is_earliest"] == true, "{representative}");
    let excerpt = group["members"].as_array().unwrap().iter().find(|member| member["relation"] == "excerpt").unwrap();
    assert_eq!((excerpt["containment"].as_f64(), excerpt["is_earliest"].as_bool()), (Some(1.0), Some(false)));
    assert!(excerpt["containment_of_representative"].as_f64().unwrap() < 0.6, "{excerpt}");
}

#[test]
fn lines_for_programs_name_every_article_once() {
    let run = run(seeds_index(), &["groups", "--format", "tsv"]);
    let articles: HashSet<&str> = run.out.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!((run.out.lines().count(), articles.len()), (89, 89));
    for line in run.out.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 5, "{line}");
        assert!(columns[2] != "representative" || (columns[3], columns[4]) == ("1.000", "1.000"), "{line}");
    }
    let large = self::run(seeds_index(), &["groups", "--format", "tsv", "--min-size", "3"]);
    assert_eq!(large.out.lines().count(), 6);
}

#[test]
fn one_group_is_a_time_line() {
    let by_article = run(seeds_index(), &["groups", "cws-241114-017"]);
    assert_eq!((by_article.code, by_article.err.as_str()), (0, ""));
    let days: Vec<&str> = by_article.out.lines().filter(|line| line.starts_with(['1', '2'])).collect();
    assert_eq!(
        days,
        [
            "14 Nov 2024, 05:40 UTC  earliest",
            "14 Nov 2024, 08:05 +01:00  +1 h 25 min",
            "14 Nov 2024, 09:15  +3 h 35 min by the clock",
            "15 Nov 2024  +1 day",
            "15 Nov 2024  +1 day",
            "15 Nov 2024, 10:20 UTC  +1 day 4 h",
        ]
    );
    assert_eq!(by_article.out.matches("Selwick dockworkers reject wage offer").count(), 1, "the same headline is told once");
    assert!(by_article.out.contains("“Selwick dock vote: offer thrown out”"), "{}", by_article.out);
    let listing = run_json(seeds_index(), &["groups", "--format", "json", "-n", "1"]);
    let id = listing["groups"][0]["id"].as_str().unwrap();
    for name in [id, &id[..6], "seeds/kestrel/selwick-vote-in-brief.html", "kestrel/selwick-vote-in-brief.html"] {
        assert_eq!(run(seeds_index(), &["groups", name]).out, by_article.out, "{name}");
    }
    let one = run_json(seeds_index(), &["groups", id, "--format", "json"]);
    let minutes: Vec<Option<i64>> =
        one["groups"][0]["members"].as_array().unwrap().iter().map(|member| member["after_earliest"]["minutes"].as_i64()).collect();
    assert_eq!(minutes, [Some(0), Some(85), None, None, None, Some(1720)]);
}

#[test]
fn an_undated_article_comes_last_and_a_lone_one_is_its_own_group() {
    let article = |date: &str| format!("---\ntitle: Ferry sold\n{date}---\n\n{LETTER}\n");
    let archive = Archive::with(&[
        ("a.md", article("").as_str()),
        ("b.md", article("date: 2024-03-02\n").as_str()),
        ("c.md", article("date: 2024-03-01\n").as_str()),
        ("alone.md", "---\ntitle: Heron\n---\n\nA heron stood on the weir.\n"),
    ]);
    archive.update();
    let ids = |name: &str| members(&run_json(&archive.index(), &["groups", name, "--format", "json"])).concat();
    assert_eq!(ids("b.md"), ["c.md", "b.md", "a.md"]);
    assert_eq!(ids("alone.md"), ["alone.md"]);
    let alone = run_json(&archive.index(), &["groups", "alone.md", "--format", "json"]);
    assert_eq!(ids(&alone["groups"][0]["id"].as_str().unwrap()[..5]), ["alone.md"]);
    assert!(!archive.run(&["groups", "alone.md"]).out.contains("earliest"));
}

#[test]
fn an_unknown_id_says_what_to_type() {
    for id in ["00000000", "abc", "no/such.txt", "\u{1b}[2J"] {
        let run = run(seeds_index(), &["groups", id]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{id}");
        assert!(run.err.starts_with("no group and no article has the id") && run.err.contains("try: "), "{}", run.err);
        assert!(!run.err.contains('\u{1b}'));
    }
}

#[test]
fn groups_fit_a_narrow_terminal_and_a_closed_pipe() {
    for arguments in [&["groups"][..], &["groups", "cws-241114-017"]] {
        let output = command(seeds_index(), arguments).env("COLUMNS", "20").output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            assert!(line.chars().count() <= 20, "{line}");
        }
        let mut child = command(seeds_index(), arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert!(child.wait().unwrap().success(), "{err}");
    }
}
