//! Matches counted by source, month and language, and drawn over time.

use std::collections::{BTreeMap, HashSet};

use dateline::engine;
use dateline::query;
use dateline::search::{
    ArticleSummary, Collapse, Copies, FacetField, Filter, Order, Passages, Representative, SearchRequest, SearchResponse, Totals,
};

use crate::support::{run, run_json, seeds_index};

const FIELDS: [FacetField; 5] = [FacetField::Source, FacetField::Language, FacetField::Day, FacetField::Week, FacetField::Month];

fn ask(typed: &str, filter: Filter, facets: &[FacetField]) -> SearchResponse {
    let request = SearchRequest {
        query: query::parse_any(typed).unwrap(),
        filter,
        limit: 1000,
        order: Order::Oldest,
        totals: Totals::Skip,
        passages: Passages::None,
        copies: Copies::Summary,
        collapse: Collapse::Never,
        representative: Representative::Usual,
        facets: facets.to_vec(),
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
