//! What comes first and why: scores computed a second time from the texts, by slow and obvious code; ties; explanations.

use std::collections::BTreeMap;

use dateline::engine;
use dateline::query;
use dateline::search::{Collapse, Explanations, Passages, ScoreSource, SearchRequest, SearchResponse, Searcher, Totals};
use serde_json::Value;

use crate::support::{Archive, run, run_json, seeds_index};

/// Words that are their own stems.
const WORDS: [&str; 8] = ["bako", "timu", "sodo", "lami", "puno", "geku", "rafa", "wilo"];

/// Words of an article at most: up to 40 the index remembers the length exactly.
const ARTICLE_WORDS_MAX: usize = 38;

fn request(typed: &str, limit: usize) -> SearchRequest {
    SearchRequest {
        limit,
        totals: Totals::Skip,
        passages: Passages::None,
        collapse: Collapse::Never,
        explanations: Explanations::Give,
        ..SearchRequest::of(query::parse(typed).unwrap())
    }
}

fn ask(searcher: &dyn Searcher, typed: &str, limit: usize) -> SearchResponse {
    searcher.search(&request(typed, limit)).unwrap()
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// The words of an article, each with its place: between headline and body one place is left out.
type Placed = Vec<(usize, String)>;

/// Makes articles of few words, common and rare ones.
fn invented(count: usize) -> (Archive, BTreeMap<String, Placed>) {
    let (archive, mut texts, mut numbers) = (Archive::new(), BTreeMap::new(), Numbers(7));
    for number in 0..count {
        let len = 6 + numbers.below(ARTICLE_WORDS_MAX - 6);
        let words: Vec<&str> = (0..len).map(|_| WORDS[numbers.below(WORDS.len()) * numbers.below(WORDS.len()) / WORDS.len()]).collect();
        let (headline, body) = words.split_at(3);
        let name = format!("{number:03}.md");
        archive.write(&name, format!("---\ntitle: {}\ndate: 2024-11-01\n---\n\n{}\n", headline.join(" "), body.join(" ")));
        let place = |(at, word): (usize, &&str)| (if at < 3 { at } else { at + 1 }, (*word).to_owned());
        texts.insert(name, words.iter().enumerate().map(place).collect());
    }
    archive.update();
    (archive, texts)
}

/// Where a word stands in a text.
fn places_of<'t>(word: &'t str, text: &'t Placed) -> impl Iterator<Item = usize> + 't {
    text.iter().filter(move |(_, found)| found == word).map(|(at, _)| *at)
}

/// Scores a text: BM25, what early words add, what near words add, each as the formula has it.
fn score(query: &[&str], text: &Placed, all: &BTreeMap<String, Placed>) -> f64 {
    let average = all.values().map(Vec::len).sum::<usize>() as f64 / all.len() as f64;
    let rarity = |word: &str| {
        let with = all.values().filter(|text| places_of(word, text).next().is_some()).count() as f64;
        (1.0 + (all.len() as f64 - with + 0.5) / (with + 0.5)).ln()
    };
    let mut sum = 0.0;
    for (number, word) in query.iter().enumerate() {
        let times = places_of(word, text).count() as f64;
        let Some(first) = places_of(word, text).next() else { continue };
        sum += rarity(word) * 2.2 * times / (times + 1.2 * (0.25 + 0.75 * text.len() as f64 / average));
        sum += rarity(word) * 2.0 * 50.0 / (50.0 + first as f64);
        for other in query.iter().skip(number + 1).take(2).filter(|other| *other != word) {
            let pairs = places_of(word, text).flat_map(|at| places_of(other, text).map(move |to| at.abs_diff(to)));
            if let Some(distance) = pairs.min().filter(|distance| *distance <= 10) {
                sum += (rarity(word) + rarity(other)) / 2.0 / (1.0 + distance as f64);
            }
        }
    }
    sum
}

#[test]
fn scores_are_those_that_the_texts_give() {
    let (archive, texts) = invented(40);
    let searcher = engine::open(&archive.index()).unwrap();
    let mut numbers = Numbers(11);
    for round in 0..60 {
        let words: Vec<&str> = (0..1 + numbers.below(4)).map(|_| WORDS[numbers.below(WORDS.len())]).collect();
        let typed = words.join(if round % 2 == 0 { " " } else { " OR " });
        let has = |text: &Placed, word: &&str| places_of(word, text).next().is_some();
        let matches = texts.iter().filter(|(_, text)| {
            if round % 2 == 0 { words.iter().all(|word| has(text, word)) } else { words.iter().any(|word| has(text, word)) }
        });
        let mut expected: Vec<(&str, f64)> = matches.map(|(id, text)| (id.as_str(), score(&words, text, &texts))).collect();
        expected.sort_by(|a, b| b.1.total_cmp(&a.1));
        let response = ask(searcher.as_ref(), &typed, 40);
        let scores: BTreeMap<&str, f32> = response.hits.iter().map(|hit| (hit.article.id.as_str(), hit.score)).collect();
        assert_eq!(scores.len(), expected.len(), "{typed}");
        for (id, score) in &expected {
            assert!((f64::from(scores[id]) - score).abs() < 1e-3, "{typed}: {id} has {}, not {score}", scores[id]);
        }
        assert!(response.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{typed}");
        for hit in &response.hits {
            let parts = &hit.explanation.as_ref().unwrap().parts;
            let sum: f32 = parts.iter().map(|part| part.score).sum();
            assert!((sum - hit.score).abs() < 1e-3, "{typed}: {parts:?} do not make {}", hit.score);
            assert!(!parts.iter().any(|part| part.source == ScoreSource::Conditions), "{typed}: {parts:?}");
        }
    }
}

#[test]
fn a_longer_list_goes_on_as_the_shorter_one_ends() {
    let (archive, _) = invented(150);
    let searcher = engine::open(&archive.index()).unwrap();
    for typed in ["bako", "bako timu", "bako OR timu OR sodo"] {
        let ids = |limit| ask(searcher.as_ref(), typed, limit).hits.into_iter().map(|hit| (hit.article.id, hit.score)).collect::<Vec<_>>();
        let all = ids(150);
        assert!(all.len() > 60, "{typed} has {}", all.len());
        for limit in [1, 10, 39, 40, 41, 60] {
            assert_eq!(ids(limit), all[..limit], "{typed}, {limit} hits");
        }
    }
}

/// Returns the ids of the hits, each article by itself.
fn order_of(archive: &Archive, typed: &str) -> Vec<String> {
    let searcher = engine::open(&archive.index()).unwrap();
    ask(searcher.as_ref(), typed, 10).hits.into_iter().map(|hit| hit.article.id).collect()
}

#[test]
fn headline_and_lede_come_first() {
    let filler = "Nothing else was reported from the valley on that day. ".repeat(12);
    let text = |headline: &str, first: &str, last: &str| format!("---\ntitle: {headline}\n---\n\n{first}\n\n{filler}\n\n{last}\n");
    let archive = Archive::with(&[
        ("deep.md", &text("A quiet day", "The town was calm.", "The glacier moved.")),
        ("lede.md", &text("A quiet day", "The glacier moved.", "The town was calm.")),
        ("headline.md", &text("A glacier day", "The quiet moved.", "The town was calm.")),
    ]);
    archive.update();
    assert_eq!(order_of(&archive, "glacier"), ["headline.md", "lede.md", "deep.md"]);
}

#[test]
fn words_that_stand_near_each_other_come_first() {
    let text = |middle: &str| format!("The mayor spoke of the ferry {middle} at noon.\n");
    let archive = Archive::with(&[
        ("far.txt", &text("and of much that nobody had asked about in all those years of a timetable")),
        ("near.txt", &text("timetable and of much that nobody had asked about in all those years of a")),
    ]);
    archive.update();
    assert_eq!(order_of(&archive, "ferry timetable"), ["near.txt", "far.txt"]);
    assert_eq!(order_of(&archive, "timetable ferry"), ["near.txt", "far.txt"]);
}

#[test]
fn equal_scores_come_by_date_then_by_name() {
    let text = |date: &str| format!("---\ntitle: Night on the quay\n{date}---\n\nA lantern was found on the quay at midnight.\n");
    let archive = Archive::with(&[
        ("a.md", &text("")),
        ("b.md", &text("date: 2024-11-02\n")),
        ("c.md", &text("date: 2024-11-05\n")),
        ("d.md", &text("date: 2024-11-02\n")),
    ]);
    archive.update();
    assert_eq!(order_of(&archive, "lantern"), ["c.md", "b.md", "d.md", "a.md"]);
}

fn parts(hit: &Value) -> &[Value] {
    hit["explanation"]["parts"].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    for typed in [
        "port strike",
        "\"wage offer\" -ferry",
        "headline:strike port w/9 strike",
        "strik* OR =ports",
        "(port OR harbour) atleast2(strike)",
    ] {
        let response = run_json(seeds_index(), &["search", "--json", "--explain", typed]);
        let hits = response["hits"].as_array().unwrap();
        assert!(!hits.is_empty(), "{typed}");
        for hit in hits {
            let sum: f64 = parts(hit).iter().map(|part| part["score"].as_f64().unwrap()).sum();
            assert!((sum - hit["score"].as_f64().unwrap()).abs() < 0.02, "{typed}: {hit}");
        }
    }
    let response = run_json(seeds_index(), &["search", "--json", "--explain", "port strike"]);
    let kinds: Vec<&str> = parts(&response["hits"][0]).iter().map(|part| part["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["word", "word", "early", "near", "early"]);
    assert_eq!(parts(&response["hits"][0])[0]["word"], "port");
    assert!(run_json(seeds_index(), &["search", "--json", "port strike"])["hits"][0].get("explanation").is_none());
}

#[test]
fn an_explanation_reads_well() {
    let archive = Archive::with(&[(
        "a.md",
        "---\ntitle: Lantern found on the quay\n---\n\nA lantern was found at midnight, the harbour master said.\n",
    )]);
    archive.update();
    let out = archive.run(&["search", "--explain", "lantern harbour"]).out;
    for line in [
        "   score ",
        "  lantern: 2 times in some 15 words; 1 of 1 articles have it\n",
        "  lantern opens the article\n",
        "  harbour first after 12 words\n",
        "  lantern and harbour 6 words apart\n",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
}

#[test]
fn what_has_no_scores_is_not_explained() {
    for arguments in [["--format", "csv"], ["--format", "cite"], ["--sort", "newest"]] {
        let run = run(seeds_index(), &["search", "--explain", arguments[0], arguments[1], "port"]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains("--explain"), "{}", run.err);
    }
}
