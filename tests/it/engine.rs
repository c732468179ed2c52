//! The contract of searching, asked through the library: totals, collapse, order, checks, one state at a time.

use dateline::engine;
use dateline::error::ErrorKind;
use dateline::ingest::{self, IngestRequest, Mode};
use dateline::query;
use dateline::search::{Collapse, Copies, Filter, Order, Passages, Representative, SearchRequest, SearchResponse, Searcher, Totals};

use crate::support::Archive;

const STORY: &str = "Dockers in the port voted late on Monday to reject the offer of the employers, the union said, and the strike goes on for a second week. \
    No ship has been unloaded since the first of the month. Growers fear for the harvest that waits in the cold stores behind the gates.";

fn request(typed: &str) -> SearchRequest {
    SearchRequest { copies: Copies::List, ..SearchRequest::of(query::parse(typed).unwrap()) }
}

fn ask(searcher: &dyn Searcher, typed: &str) -> SearchResponse {
    searcher.search(&request(typed)).unwrap()
}

fn article(title: &str, date: &str, text: &str) -> String {
    format!("---\ntitle: {title}\nsource: {title} Post\ndate: {date}\n---\n\n{text}\n")
}

fn copies() -> Archive {
    let archive = Archive::new();
    archive.write("late.md", article("Late", "2024-11-03", STORY));
    archive.write("early.md", article("Early", "2024-11-01", STORY));
    archive.write(
        "extended.md",
        article(
            "Extended",
            "2024-11-02",
            &format!("{STORY}\n\nThe minister called both sides to the capital and a mediator was named on Tuesday."),
        ),
    );
    archive.write(
        "other.md",
        article(
            "Other",
            "2024-11-01",
            "A strike of another kind: lightning struck the church tower twice in one night and nobody was hurt.",
        ),
    );
    archive.ingest_into(&archive.index());
    archive
}

#[test]
fn a_group_is_one_hit_and_its_earliest_article_stands_for_it() {
    let archive = copies();
    let searcher = engine::open(&archive.index()).unwrap();
    let response = ask(searcher.as_ref(), "strike");
    assert_eq!((response.articles_total, response.groups_total, response.hits.len()), (4, 2, 2));
    let hit = response.hits.iter().find(|hit| hit.group.articles == 3).unwrap();
    assert_eq!((hit.article.id.as_str(), hit.copies.len(), hit.group.sources), ("early.md", 2, 3));
    assert_eq!(hit.group.other_sources, ["Extended Post", "Late Post"]);
    assert_eq!(hit.group.earliest.unwrap().to_string(), "2024-11-01");
    let alone = searcher.search(&SearchRequest { collapse: Collapse::Never, ..request("strike") }).unwrap();
    assert_eq!(alone.hits.len(), 4);
}

#[test]
fn only_an_article_that_answers_is_shown() {
    let archive = copies();
    let searcher = engine::open(&archive.index()).unwrap();
    let response = ask(searcher.as_ref(), "strike mediator");
    assert_eq!(response.hits[0].article.id, "extended.md");
    assert_eq!((response.articles_total, response.groups_total), (1, 1));
    let late = SearchRequest { filter: Filter { since: "2024-11-03".parse().ok(), ..Filter::default() }, ..request("dockers") };
    assert_eq!(searcher.search(&late).unwrap().hits[0].article.id, "late.md");
}

#[test]
fn the_article_shown_is_the_one_asked_for_among_those_that_answer() {
    let archive = copies();
    let searcher = engine::open(&archive.index()).unwrap();
    let check = |typed: &str, representative: Representative, order: Order, expected: &str| {
        let asked = SearchRequest { representative, order, ..request(typed) };
        let response = searcher.search(&asked).unwrap();
        let hit = response.hits.iter().find(|hit| hit.group.articles == 3).unwrap();
        assert_eq!(hit.article.id, expected, "{typed} {representative:?} {order:?}");
        assert_eq!((hit.copies.len(), hit.passages.is_empty()), (2, false));
    };
    for order in [Order::Relevance, Order::Newest] {
        check("dockers", Representative::Earliest, order, "early.md");
        check("dockers", Representative::Longest, order, "extended.md");
        check("dockers", Representative::Newest, order, "late.md");
    }
    check("dockers", Representative::Usual, Order::Newest, "late.md");
    for representative in [Representative::Usual, Representative::Earliest, Representative::Longest, Representative::Newest] {
        check("mediator", representative, Order::Relevance, "extended.md");
    }
}

#[test]
fn small_groups_are_left_out_before_hits_are_counted() {
    let archive = copies();
    archive.write("undated.md", "---\ntitle: Loose\n---\n\nA strike that nobody dated, remembered by one docker.\n");
    archive.ingest_into(&archive.index());
    let check = |articles_min: u32, typed: &str, expected: (u64, u64, u64), limit: usize| {
        let searcher = engine::open(&archive.index()).unwrap();
        let filter = Filter { group_articles_min: Some(articles_min), ..Filter::default() };
        let response = searcher.search(&SearchRequest { filter, limit, ..request(typed) }).unwrap();
        assert_eq!((response.articles_total, response.groups_total, response.sources_total), expected, "{articles_min} {typed}");
        assert_eq!(response.hits.len() as u64, expected.1.min(limit as u64));
    };
    check(1, "strike", (5, 3, 4), 10);
    check(2, "strike", (3, 1, 3), 10);
    check(3, "strike", (3, 1, 3), 1);
    check(4, "strike", (0, 0, 0), 10);
    check(3, "mediator", (1, 1, 1), 10);
    let dated = Filter { group_articles_min: Some(2), since: "2024-01-01".parse().ok(), ..Filter::default() };
    let response = engine::open(&archive.index()).unwrap().search(&SearchRequest { filter: dated, ..request("strike") }).unwrap();
    assert_eq!((response.articles_total, response.undated_left_out), (3, 0), "the undated one is left out for its group");
    std::fs::remove_file(archive.articles().join("late.md")).unwrap();
    archive.ingest_into(&archive.index());
    check(3, "strike", (0, 0, 0), 10);
    check(2, "strike", (2, 1, 2), 10);
}

#[test]
fn sources_are_counted_over_all_parts_of_an_index() {
    let archive = copies();
    for number in 0..3 {
        let text = article("Early", "2024-12-01", &format!("A strike of bakers, number {number}, in town {number}."));
        archive.write(&format!("more{number}.md"), text.replace("title: Early", &format!("title: More {number}")));
        archive.ingest_into(&archive.index());
    }
    let searcher = engine::open(&archive.index()).unwrap();
    assert!(searcher.statistics().unwrap().segments > 1);
    assert_eq!((ask(searcher.as_ref(), "strike").sources_total, searcher.statistics().unwrap().sources), (4, 4));
    assert_eq!(ask(searcher.as_ref(), "bakers").sources_total, 1);
    let bare = SearchRequest { totals: Totals::Skip, ..request("strike") };
    assert_eq!(searcher.search(&bare).unwrap().sources_total, 0);
}

#[test]
fn totals_and_passages_cost_nothing_when_not_wanted() {
    let archive = copies();
    let searcher = engine::open(&archive.index()).unwrap();
    let bare = SearchRequest { totals: Totals::Skip, passages: Passages::None, ..request("strike") };
    let response = searcher.search(&bare).unwrap();
    assert_eq!((response.articles_total, response.hits.len()), (0, 2));
    assert!(response.hits.iter().all(|hit| hit.passages.is_empty() && hit.headline_highlights.is_empty()));
    let whole = ask(searcher.as_ref(), "strike");
    let order = |response: &SearchResponse| response.hits.iter().map(|hit| hit.article.id.clone()).collect::<Vec<_>>();
    assert_eq!(order(&response), order(&whole));
}

#[test]
fn the_best_passage_holds_the_words_and_marks_them() {
    let archive = Archive::new();
    let filler = "Nothing of note was said about anything in particular on that day, and the council went home early. ".repeat(8);
    archive.write(
        "long.md",
        article(
            "Long",
            "2024-11-01",
            &format!("{filler}\n\n{filler}\n\nThe lighthouse keeper retired after forty winters on the rock. {filler}"),
        ),
    );
    archive.ingest_into(&archive.index());
    let searcher = engine::open(&archive.index()).unwrap();
    let response = ask(searcher.as_ref(), "\"lighthouse keeper\"");
    let passage = &response.hits[0].passages[0];
    let marked: Vec<&str> = passage.highlights.iter().map(|mark| &passage.text[mark.clone()]).collect();
    assert_eq!(marked, ["lighthouse", "keeper"]);
    let file = std::fs::read_to_string(archive.articles().join("long.md")).unwrap();
    assert_eq!(file.lines().nth(passage.lines.unwrap().0 as usize - 1).unwrap().split(' ').nth(1), Some("lighthouse"));
}

#[test]
fn words_in_the_form_typed_are_checked_against_the_text() {
    let archive = copies();
    let searcher = engine::open(&archive.index()).unwrap();
    for (typed, expected) in [("=strike", 4), ("=strikes", 0), ("strike -=struck", 3), ("\"=lightning struck\"", 1), ("=Dockers =offer", 3)]
    {
        assert_eq!(ask(searcher.as_ref(), typed).articles_total, expected, "{typed}");
    }
}

#[test]
fn a_searcher_sees_one_state() {
    let archive = copies();
    let before = engine::open(&archive.index()).unwrap();
    archive.write("new.md", article("New", "2024-11-09", "The strike ended with a handshake."));
    archive.ingest_into(&archive.index());
    assert_eq!(ask(before.as_ref(), "strike").articles_total, 4);
    assert_eq!(ask(engine::open(&archive.index()).unwrap().as_ref(), "strike").articles_total, 5);
}

#[test]
fn one_writer_at_a_time() {
    let archive = copies();
    let writer = engine::open_writer(&archive.index(), 0).unwrap();
    archive.write("new.md", article("New", "2024-11-09", "The strike ended."));
    let request = IngestRequest {
        index: archive.index(),
        folders: Vec::new(),
        map: None,
        links: None,
        limits: ingest::Limits::default(),
        forget: Vec::new(),
        mode: Mode::Update,
        reading: Default::default(),
        stop: Default::default(),
    };
    let error = ingest::update(&request, &|_| {}).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IndexBusy);
    drop(writer);
    assert_eq!(ingest::update(&request, &|_| {}).unwrap().new, 1);
}

#[test]
fn a_damaged_index_is_an_error_that_says_what_to_do() {
    let archive = copies();
    std::fs::write(archive.index().join("meta.json"), "{ not json").unwrap();
    let error = engine::open(&archive.index()).err().unwrap();
    assert!(matches!(error.kind(), ErrorKind::IndexBroken | ErrorKind::IndexVersion), "{error}");
    assert!(error.hint().unwrap().contains("--rebuild"));
    let none = engine::open(&archive.articles()).err().unwrap();
    assert_eq!(none.kind(), ErrorKind::NoIndex);
}

#[test]
fn statistics_add_up() {
    let archive = copies();
    let statistics = engine::open(&archive.index()).unwrap().statistics().unwrap();
    assert_eq!((statistics.articles, statistics.groups, statistics.copies), (4, 2, 2));
    assert_eq!((statistics.undated, statistics.without_source), (0, 0));
    assert!(statistics.len_bytes > 0 && statistics.segments == 1);
}

/// Found by comparing with the oracle: articles that are equal came in the order in which they were written to the index.
#[test]
fn of_equals_the_latest_comes_first_then_the_first_by_key() {
    let archive = Archive::new();
    let text = |number: usize| format!("The pilot of boat number {number} waited in the harbour for the tide and the boat waited too.");
    for (step, names) in [["d", "b"], ["c", "a"]].iter().enumerate() {
        for (place, name) in names.iter().enumerate() {
            let date = if *name == "c" { "2024-11-09" } else { "2024-11-02" };
            archive.write(&format!("{name}.md"), article("Tide", date, &text(step * 2 + place)));
        }
        archive.ingest_into(&archive.index());
    }
    let searcher = engine::open(&archive.index()).unwrap();
    let ids = |order: Order, limit: usize| -> Vec<String> {
        let asked = SearchRequest { order, limit, collapse: Collapse::Never, ..request("date:2024") };
        searcher.search(&asked).unwrap().hits.into_iter().map(|hit| hit.article.id).collect()
    };
    for limit in [2, 3, 10] {
        let expected = |all: [&str; 4]| all.into_iter().take(limit).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(ids(Order::Relevance, limit), expected(["c.md", "a.md", "b.md", "d.md"]));
        assert_eq!(ids(Order::Newest, limit), expected(["c.md", "a.md", "b.md", "d.md"]));
        assert_eq!(ids(Order::Oldest, limit), expected(["a.md", "b.md", "d.md", "c.md"]));
    }
}
