//! Matches counted by source, month and language, and drawn over time.

use std::collections::{BTreeMap, HashSet};

use dateline::engine;
use dateline::query;
use dateline::search::{ArticleSummary, Collapse, FacetField, Filter, Order, Passages, SearchRequest, SearchResponse, Totals};

use crate::support::{Archive, command, finished, run, run_json, seeds_index};

const FIELDS: [FacetField; 5] = [FacetField::Source, FacetField::Language, FacetField::Day, FacetField::Week, FacetField::Month];

fn ask(typed: &str, filter: Filter, facets: &[FacetField]) -> SearchResponse {
    let request = SearchRequest {
        filter,
        limit: 1000,
        order: Order::Oldest,
        totals: Totals::Skip,
        passages: Passages::None,
        collapse: Collapse::Never,
        facets: facets.to_vec(),
        ..SearchRequest::of(query::parse_any(typed).unwrap())
    };
    engine::open(seeds_index()).unwrap().search(&request).unwrap()
}

/// Returns an article's value, worked out from what is told of it.
fn value(field: FacetField, article: &ArticleSummary) -> Option<String> {
    let metadata = &article.metadata;
    let day = metadata.published.as_ref().map(|published| published.value.to_day());
    match field {
        FacetField::Source => metadata.source.as_ref().map(|source| source.value.clone()),
        FacetField::Language => metadata.language.as_ref().map(|language| language.value.clone()),
        FacetField::Day => day.map(|day| day.to_string()),
        FacetField::Month => day.map(|day| day.to_string()[..7].to_owned()),
        // Thursday 1 January 1970 was day 0.
        FacetField::Week => day.map(|day| day.plus_days(-(day.day_number() + 3).rem_euclid(7)).unwrap().to_string()),
    }
}

#[test]
fn counts_are_those_of_all_matches_one_by_one() {
    let since = Filter { since: "2024-11-12".parse().ok(), ..Filter::default() };
    let outlet = Filter { source: Some("selwick".to_owned()), ..Filter::default() };
    for (typed, filter) in
        [("port strike the der la", Filter::default()), ("port the", since), ("the port", outlet), ("zeppelin", Filter::default())]
    {
        let response = ask(typed, filter, &FIELDS);
        assert_eq!(response.facets.iter().map(|facet| facet.field).collect::<Vec<_>>(), FIELDS);
        for facet in &response.facets {
            let mut expected: BTreeMap<Option<String>, (u64, HashSet<String>)> = BTreeMap::new();
            for hit in &response.hits {
                let (articles, groups) = expected.entry(value(facet.field, &hit.article)).or_default();
                *articles += 1;
                groups.insert(hit.group.id.to_string());
            }
            let expected: BTreeMap<_, _> =
                expected.into_iter().map(|(value, (articles, groups))| (value, (articles, groups.len() as u64))).collect();
            let counted: BTreeMap<_, _> = facet.counts.iter().map(|count| (count.value.clone(), (count.articles, count.groups))).collect();
            assert_eq!(counted, expected, "{typed} {:?}", facet.field);
            assert_eq!(counted.len(), facet.counts.len());
        }
    }
    assert!(ask("port", Filter::default(), &[]).facets.is_empty());
}

#[test]
fn most_come_first_and_months_in_order() {
    let object =
        run_json(seeds_index(), &["search", "--json", "--any", "port", "the", "der", "--facets", "source,month,language", "-n", "1"]);
    let facets = object["facets"].as_object().unwrap();
    assert_eq!(facets.len(), 3);
    let column = |name: &str, field: &str| facets[name].as_array().unwrap().iter().map(|count| count[field].clone()).collect::<Vec<_>>();
    let known = |name: &str| column(name, "value").into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>();
    assert!(known("month").is_sorted() && known("month").len() > 1);
    let sizes: Vec<u64> = column("language", "articles").iter().map(|count| count.as_u64().unwrap()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] > 10, "{sizes:?}");
    assert_eq!(known("language")[0], "en");
    assert!(column("source", "value").last().unwrap().is_null(), "what is unknown comes last");
    assert_eq!(sizes.iter().sum::<u64>(), object["articles_total"].as_u64().unwrap());
    let none = run_json(seeds_index(), &["search", "--json", "port"]);
    assert_eq!(none["facets"], serde_json::json!({}));
}

#[test]
fn facets_stand_below_the_hits() {
    let printed = run(seeds_index(), &["search", "port", "--facets", "language", "-n", "1"]);
    let (_, below) = printed.out.split_once("\n\nlanguage\n").unwrap();
    assert!(below.starts_with("  22  en in 16 groups\n   1  de\n"), "{}", printed.out);
    let table = run(seeds_index(), &["search", "port", "--facets", "language", "--format", "csv"]);
    assert_eq!(table.code, 2);
    assert!(table.err.contains("--facets"), "{}", table.err);
}

/// An archive of reports of one word each on these days.
fn dated(days: &[&str]) -> Archive {
    let archive = Archive::new();
    for (number, day) in days.iter().enumerate() {
        let date = if day.is_empty() { String::new() } else { format!("date: {day}\n") };
        archive.write(&format!("{number}.md"), format!("---\ntitle: Lamp {number}\n{date}---\n\nA lamp, number {number}, was lit.\n"));
    }
    archive.update();
    archive
}

#[test]
fn a_time_line_chooses_its_unit_by_the_span() {
    for (days, by, bins) in [
        (&["2024-11-01", "2024-11-01", "2025-01-01"][..], "day", &["2024-11-01", "2025-01-01"][..]),
        (&["2024-11-01", "2025-01-02"], "week", &["2024-10-28", "2024-12-30"]),
        (&["2024-11-01", "2026-02-01"], "month", &["2024-11", "2026-02"]),
        (&[""], "day", &[]),
    ] {
        let object = run_json(&dated(days).index(), &["timeline", "lamp", "--json"]);
        assert_eq!(object["by"], by, "{days:?}");
        let values: Vec<&str> = object["bins"].as_array().unwrap().iter().map(|bin| bin["value"].as_str().unwrap()).collect();
        assert_eq!(values, bins);
    }
    let by = run_json(&dated(&["2024-11-01", "2026-02-01"]).index(), &["timeline", "lamp", "--by", "day", "--json"]);
    assert_eq!(by["by"], "day");
}

#[test]
fn bars_show_articles_groups_gaps_and_the_undated() {
    let archive = dated(&["2024-11-01", "2024-11-01", "2024-11-03", "2024-11-20", ""]);
    let run = archive.run(&["timeline", "lamp"]);
    let expected = "2024-11-01 2 ██\n2024-11-02\n2024-11-03 1 █\n… 16 empty days\n2024-11-20 1 █\nundated    1 █\n";
    assert_eq!((run.code, run.out.as_str()), (0, expected));
    assert!(run.err.starts_with("5 articles in 5 groups"), "{}", run.err);
    let filtered = archive.run(&["timeline", "lamp", "--since", "2024-11-02"]);
    assert_eq!(filtered.out, "2024-11-03 1 █\n… 16 empty days\n2024-11-20 1 █\n");
    assert!(filtered.err.replace('\n', " ").contains("1 undated article not considered"), "{}", filtered.err);
    let copies = crate::support::run(seeds_index(), &["timeline", "reject wage offer", "--until", "2024-11-14"]);
    assert!(copies.out.lines().any(|line| line.contains("/1 █▒")), "{}", copies.out);
    let none = archive.run(&["timeline", "zeppelin"]);
    assert_eq!((none.code, none.out.as_str()), (1, ""));
}

#[test]
fn a_time_line_fits_a_narrow_terminal() {
    let mut days = vec!["2024-11-01"; 30];
    days.extend(["2024-11-02", "2024-11-02", ""]);
    let archive = dated(&days);
    for columns in [16, 20, 24, 80] {
        let output = command(&archive.index(), &["timeline", "lamp"]).env("COLUMNS", columns.to_string()).output().unwrap();
        let run = finished(output);
        assert_eq!(run.code, 0);
        let widths: Vec<usize> = run.out.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width <= columns), "{columns}: {}", run.out);
        assert!(run.out.matches('█').count() > columns / 3 && run.out.contains("undated"), "{columns}: {}", run.out);
    }
}
