//! Where the wanted article stands among the hits, query by query, over the starter articles.
//!
//! `tests/golden/ranking.tsv` holds query and wanted article; `ranking-report.tsv` the rank that each had when it was last
//! blessed, so that a change in ranking shows in its diff. The wanted article counts as a hit's own or as one of its copies.
//! *Rank* is 1 for the first hit, `-` for none; *MRR* is the mean of 1 / rank over all queries.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;

use crate::extract::table;
use crate::formats::is_blessing;
use crate::support::{ids, project, run, run_json, seeds_index};

/// Hits that are looked at: more than there are articles.
const HITS_MAX: &str = "100";

/// A query with the rank of the article that it is to find.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Ranked {
    query: String,
    wanted: String,
    rank: Option<u32>,
}

fn golden(name: &str) -> String {
    std::fs::read_to_string(project().join("tests/golden").join(name)).unwrap_or_default()
}

/// Asks all queries at once; the answers come in the order of the queries.
fn ask(queries: &[&str]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queries.tsv");
    let lines: Vec<String> = queries.iter().enumerate().map(|(number, query)| format!("{number}\t{query}\n")).collect();
    std::fs::write(&file, lines.concat()).unwrap();
    let asked = run(seeds_index(), &["search", "--format", "json", "-n", HITS_MAX, "--queries", file.to_str().unwrap()]);
    assert_eq!(asked.err, "", "every query is understood");
    let answers: Vec<Value> = asked.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.iter().map(|answer| answer["query"].as_str().unwrap()).collect::<Vec<_>>(), queries);
    answers
}

fn rank_of(wanted: &str, answer: &Value) -> Option<u32> {
    let holds = |hit: &&Value| hit["id"] == wanted || hit["copies"].as_array().unwrap().iter().any(|copy| copy["id"] == wanted);
    let hit = answer["hits"].as_array().unwrap().iter().find(holds)?;
    hit["rank"].as_u64().and_then(|rank| u32::try_from(rank).ok())
}

fn mean(ranked: &[Ranked], value: impl Fn(u32) -> f64) -> f64 {
    ranked.iter().filter_map(|one| one.rank).map(value).sum::<f64>() / ranked.len() as f64
}

fn mean_reciprocal_rank(ranked: &[Ranked]) -> f64 {
    mean(ranked, |rank| 1.0 / f64::from(rank))
}

fn first_hit_share(ranked: &[Ranked]) -> f64 {
    mean(ranked, |rank| if rank == 1 { 1.0 } else { 0.0 })
}

fn report(ranked: &[Ranked]) -> String {
    let mut report = String::new();
    writeln!(report, "# {} queries, MRR {:.4}, hit@1 {:.4}", ranked.len(), mean_reciprocal_rank(ranked), first_hit_share(ranked)).unwrap();
    for Ranked { query, wanted, rank } in ranked {
        writeln!(report, "{query}\t{wanted}\t{}", rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string())).unwrap();
    }
    report
}

fn read_report(text: &str) -> Vec<Ranked> {
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Ranked { query: cells[0].to_owned(), wanted: cells[1].to_owned(), rank: cells[2].parse().ok() }
    };
    text.lines().filter(|line| !line.starts_with('#')).map(line).collect()
}

#[test]
fn ranks_are_those_of_the_report() {
    let wanted = golden("ranking.tsv");
    let wanted: Vec<(&str, &str)> = wanted.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let queries: Vec<&str> = wanted.iter().map(|(query, _)| *query).collect();
    let answers = ask(&queries);
    let rank = |((query, wanted), answer): (&(&str, &str), &Value)| Ranked {
        query: (*query).to_owned(),
        wanted: (*wanted).to_owned(),
        rank: rank_of(wanted, answer),
    };
    let ranked: Vec<Ranked> = wanted.iter().zip(&answers).map(rank).collect();
    if is_blessing() {
        std::fs::write(project().join("tests/golden/ranking-report.tsv"), report(&ranked)).unwrap();
        return;
    }
    let expected = golden("ranking-report.tsv");
    let before = read_report(&expected);
    let (now, then) = (mean_reciprocal_rank(&ranked), mean_reciprocal_rank(&before));
    assert!(!before.is_empty() && now >= then, "MRR fell from {then:.4} to {now:.4}:\n{}", changes(&before, &ranked));
    assert_eq!(
        report(&ranked),
        expected,
        "ranks changed, MRR from {then:.4} to {now:.4}:\n{}\nTo keep that: DATELINE_BLESS=1 cargo test --test it\n",
        changes(&before, &ranked)
    );
}

fn changes(before: &[Ranked], now: &[Ranked]) -> String {
    let changed = now.iter().filter(|one| !before.contains(one));
    let line = |one: &Ranked| {
        let then = before.iter().find(|other| other.query == one.query && other.wanted == one.wanted);
        format!("  {}: {} was {:?}, is {:?}", one.query, one.wanted, then.and_then(|then| then.rank), one.rank)
    };
    changed.map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_question_of_many_articles_is_answered_by_groups() {
    let response = run_json(seeds_index(), &["search", "--json", "port strike wage offer"]);
    assert_eq!((&response["articles_total"], &response["groups_total"]), (&12.into(), &6.into()));
    let representatives = table("resemblance").into_iter().filter(|row| row["relation"] == "representative" && row["group"] != "beech");
    let mut expected: BTreeSet<String> = representatives.map(|row| row["article"].clone()).collect();
    for alone in [
        "harbour-post/employers-first-figure.html",
        "kestrel/why-nine-percent-failed.md",
        "highmoor-gazette/leader-port.html",
        "harbour-post/dockworkers-accept.html",
    ] {
        expected.insert(alone.to_owned());
    }
    assert_eq!(ids(&response).into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(ids(&response)[0], "cws-241114-017");
}
