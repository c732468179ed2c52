//! `dateline bench`: what it measures, what it compares with, how it says that a file is of no use.

use serde_json::{Value, json};

use crate::support::{Archive, command, finished, run, run_json, seeds_index};

const QUICK: [&str; 5] = ["bench", "--rounds", "2", "--per-kind", "1"];

fn quick<'a>(more: &[&'a str]) -> Vec<&'a str> {
    QUICK.iter().chain(more).copied().collect()
}

#[test]
fn every_kind_is_measured_with_its_interval() {
    let figures = run_json(seeds_index(), &quick(&["--json"]));
    for kind in ["term", "or", "and", "phrase", "near", "wildcard", "fuzzy", "rare", "dated", "source", "newest", "facets", "all"] {
        let row = figures["latency_us"].as_array().unwrap().iter().find(|row| row["kind"] == kind && row["mode"] == "whole");
        let row = row.unwrap_or_else(|| panic!("{kind}: {figures}"));
        let (low, high) = (row["p50_interval"][0].as_f64().unwrap(), row["p50_interval"][1].as_f64().unwrap());
        assert!(
            low <= row["p50"].as_f64().unwrap() && row["p50"].as_f64().unwrap() <= high && high <= row["max"].as_f64().unwrap() * 9.0,
            "{row}"
        );
    }
    let sizes = figures["index"]["bytes_by_kind"].as_object().unwrap();
    assert_eq!(sizes.values().map(|bytes| bytes.as_u64().unwrap()).sum::<u64>(), figures["index_bytes"].as_u64().unwrap());
    assert!(figures["index"]["ratio_to_text"].as_f64().unwrap() > 0.5, "{figures}");
    assert_eq!(figures["throughput"][0]["threads"], 1);
    assert!(figures["warm_program_us"]["p99"].as_f64().unwrap() > 0.0);
    let is_told = figures["cold_program_us"].is_object() || figures["not_measured"][0]["reason"].is_string();
    assert!(is_told, "{figures}");
    assert_eq!((&figures["judged"], &figures["duplicates"], &figures["comparison"]), (&Value::Null, &Value::Null, &Value::Null));
}

#[test]
fn a_former_run_is_compared_with() {
    let archive = Archive::new();
    let saved = archive.articles().join("saved.json");
    let saved = saved.to_str().unwrap();
    assert_eq!(run(seeds_index(), &quick(&["--save", saved])).code, 0);
    let mut former: Value = serde_json::from_str(&std::fs::read_to_string(saved).unwrap()).unwrap();
    for row in former["latency_us"].as_array_mut().unwrap() {
        for figure in ["p50", "p90", "p99"] {
            let then = if row["mode"] == "bare" { 1e9 } else { 1e-3 };
            row[figure] = json!(then);
            row[format!("{figure}_interval")] = json!([then, then]);
        }
    }
    std::fs::write(saved, former.to_string()).unwrap();
    let comparison = run_json(seeds_index(), &quick(&["--compare", saved, "--json"]))["comparison"].clone();
    let rows = comparison["rows"].as_array().unwrap();
    let verdicts =
        |name: &str| rows.iter().filter(|row| row["name"] == name).map(|row| row["verdict"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(verdicts("bare term"), ["faster"; 3]);
    assert_eq!(verdicts("whole term"), ["slower"; 3]);
    let text = run(seeds_index(), &["bench", "--rounds", "1", "--per-kind", "1", "--compare", saved]).out;
    assert!(text.contains("too few rounds to tell") && text.contains("not the same: rounds: 2 then, 1 now"), "{text}");
}

#[test]
fn judged_queries_tell_how_good_answers_are() {
    let archive = Archive::new();
    archive.write("queries.tsv", "q1\tport strike wage offer\nq2\tferry\nq3\tnothing zzz\n");
    archive.write("one.tsv", "q1\tport strike wage offer\n");
    let one = archive.articles().join("one.tsv");
    // Judged queries are ranked without collapsing, as runs are.
    let ranking = run(seeds_index(), &["search", "--format", "trec", "--any", "--queries", one.to_str().unwrap()]).out;
    let first = ranking.lines().next().unwrap().split(' ').nth(2).unwrap().to_owned();
    archive.write("qrels.tsv", format!("q1 0 {first} 2\nq1 0 other 0\nq9 0 {first} 1\n"));
    let (queries, qrels) = (archive.articles().join("queries.tsv"), archive.articles().join("qrels.tsv"));
    let files = ["--queries", queries.to_str().unwrap(), "--qrels", qrels.to_str().unwrap(), "--any", "--rounds", "1"];
    let figures = run_json(seeds_index(), &[&["bench", "--json"], &files[..]].concat());
    let judged = &figures["judged"];
    assert_eq!((&judged["queries"], &judged["missing"]), (&json!(2), &json!(1)));
    for measure in ["map", "ndcg@10", "mrr", "hit@1", "recall@100"] {
        assert_eq!(judged[measure], json!(0.5), "{measure}: {judged}");
    }
    let text = run(seeds_index(), &[&["bench"], &files[..]].concat()).out;
    assert!(text.contains("quality of ranking, 2 judged queries\nMAP 0.5000, nDCG@10 0.5000, MRR 0.5000"), "{text}");
}

#[test]
fn families_tell_how_good_groups_are() {
    let archive = Archive::new();
    let groups = run(seeds_index(), &["groups", "--format", "tsv"]).out;
    let families: String = groups
        .lines()
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            format!("{}\t{}\t{}\n", columns[0], columns[1], if columns[2] == "representative" { "original" } else { columns[2] })
        })
        .collect();
    archive.write("families.tsv", &families);
    archive.write("wrong.tsv", format!("{families}missing\tanother\toriginal\nlost\tanother\tnear\n"));
    let measured = |name: &str| {
        let file = archive.articles().join(name);
        run_json(seeds_index(), &quick(&["--json", "--families", file.to_str().unwrap()]))["duplicates"].clone()
    };
    let right = measured("families.tsv");
    for measure in ["precision", "recall", "f1", "ari", "b_cubed_f"] {
        assert_eq!(right[measure], json!(1.0), "{measure}: {right}");
    }
    assert_eq!(right["largest_mixed_group"], 0);
    let wrong = measured("wrong.tsv");
    assert!(
        wrong["precision"] == json!(1.0) && wrong["recall"].as_f64() < Some(1.0) && wrong["recall_by_kind"]["near"].as_f64() < Some(1.0),
        "{wrong}"
    );
}

#[test]
fn files_of_no_use_are_named_with_line_cause_and_way_out() {
    let archive = Archive::new();
    archive.write("queries.tsv", "q1\tport\nq2\tport (strike\n");
    archive.write("good.tsv", "q1\tport\n");
    archive.write("empty.tsv", "\n");
    archive.write("odd", "q1 0 a\n");
    archive.write("grade", "q1 0 a 1\nq1 0 b high\n");
    archive.write("twice", "a\tf\toriginal\na\tf\tnear\n");
    let path = |name: &str| archive.articles().join(name).to_str().unwrap().to_owned();
    let good = path("good.tsv");
    for (option, name, cause) in [
        ("--queries", "queries.tsv", "queries.tsv:2: "),
        ("--queries", "empty.tsv", "empty.tsv: there is no query in it"),
        ("--queries", "none.tsv", "cannot read the queries "),
        ("--qrels", "odd", "odd:1: it has 3 columns, not 4"),
        ("--qrels", "grade", "grade:2: the grade `high` is no whole number"),
        ("--qrels", "empty.tsv", "no article is judged relevant"),
        ("--families", "twice", "twice:2: the document a stands twice"),
        ("--families", "odd", "odd:1: it has 1 columns, not 3"),
        ("--compare", "odd", "odd:1: these are no saved figures"),
        ("--compare", "none.json", "cannot read the figures "),
    ] {
        let file = path(name);
        let mut arguments = quick(&[option, &file]);
        if option == "--qrels" {
            arguments.extend(["--queries", &good]);
        }
        let run = run(seeds_index(), &arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{name}: {}", run.err);
        assert!(run.err.contains(cause), "{name}: {}", run.err);
        assert!(name.starts_with("none") || run.err.contains("try: "), "{name}: {}", run.err);
    }
    assert_eq!(run(seeds_index(), &["bench", "--any"]).code, 2);
}

#[test]
fn figures_fit_narrow_and_wide_terminals() {
    for columns in ["20", "80"] {
        let output = command(seeds_index(), &QUICK).env("COLUMNS", columns).output().unwrap();
        let run = finished(output);
        assert_eq!(run.code, 0, "{}", run.err);
        for line in run.out.lines() {
            assert!(line.chars().count() <= columns.parse().unwrap(), "{columns}: {line}");
        }
    }
}
