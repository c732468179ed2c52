//! The contract of searching, asked through the library: totals, collapse, order, checks, one state at a time.

use dateline::engine;
use dateline::error::ErrorKind;
use dateline::ingest::{self, IngestRequest, Mode};
use dateline::query;
use dateline::search::{Collapse, Copies, Filter, Order, Passages, SearchRequest, SearchResponse, Searcher, Totals};

use crate::support::Archive;

const STORY: &str = "Dockers in the port voted late on Monday to reject the offer of the employers, the union said, and the strike goes on for a second week. \
    No ship has been unloaded since the first of the month. Growers fear for the harvest that waits in the cold stores behind the gates.";

fn update(archive: &Archive) {
    let request = IngestRequest {
        index: archive.index(),
        folders: vec![archive.articles()],
        map: None,
        forget: Vec::new(),
        mode: Mode::Update,
        reading: Default::default(),
    };
    ingest::update(&request, &|_| {}).unwrap();
}

fn request(typed: &str) -> SearchRequest {
    SearchRequest {
        query: query::parse(typed).unwrap(),
        filter: Filter::default(),
        limit: 10,
        order: Order::Relevance,
        totals: Totals::Count,
        passages: Passages::Best,
        copies: Copies::List,
        collapse: Collapse::Groups,
    }
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
    update(&archive);
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
    update(&archive);
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
    update(&archive);
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
        forget: Vec::new(),
        mode: Mode::Update,
        reading: Default::default(),
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
