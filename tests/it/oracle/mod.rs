//! Answers equal those of a slow, obvious oracle: all articles are gone through, the tree of the query is evaluated on their
//! texts, articles of one group are put together, and what is left is sorted.
//!
//! The oracle shares nothing with the engine but the parsed tree and the words of a text (cutting, folding, sentences). Its
//! articles are read from an index that was made in one go; the one that is asked has come about by updates, with articles
//! changed, removed and renamed, so that there are several segments with deleted documents in them.

use std::path::Path;

use dateline::engine;
use dateline::search::{SearchRequest, Spread};

use crate::support::Archive;

mod compare;
mod corpus;
mod evaluate;
mod generated;
mod given;
mod queries;
mod stemmed;

use crate::chance::Chance;
use compare::Expected;
use corpus::Corpus;
use evaluate::Oracle;
use queries::Author;

/// Hits that are more than there are articles.
const ALL_HITS: usize = 100_000;

/// A file of an archive, as it is first and as it is in the end.
struct File {
    name: String,
    first: String,
    last: String,
}

/// Makes an archive in steps, with an update after each: files come, change, go and get other names.
fn grow(files: &[File]) -> Archive {
    let archive = Archive::new();
    let steps = 4;
    for step in 0..steps {
        for (number, file) in files.iter().enumerate() {
            let (comes, path) = (number % steps, archive.articles().join(&file.name));
            if comes == step {
                // A file that changes, and one that goes again.
                archive.write(&file.name, &file.first);
                archive.write(&format!("gone/{}", file.name), if number % 5 == 0 { &file.first } else { "" });
            } else if comes + 1 == step {
                match number % 3 {
                    0 => archive.write(&file.name, &file.last),
                    1 => std::fs::remove_file(&path).unwrap(),
                    _ => {}
                }
                std::fs::remove_file(archive.articles().join("gone").join(&file.name)).unwrap();
            } else if comes + 2 == step && number % 3 == 2 {
                let to = archive.articles().join("moved").join(&file.name);
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::rename(&path, to).unwrap();
            }
        }
        archive.ingest_into(&archive.index());
    }
    archive
}

/// What comparing found.
#[derive(Default)]
struct Outcome {
    asked: usize,
    found_something: usize,
    too_wide: usize,
    faults: Vec<String>,
}

/// Asks random queries and compares the answers.
fn compare(archive: &Archive, queries: usize, seed: u64) -> Outcome {
    let fresh = archive.articles().join("../fresh");
    archive.ingest_into(&fresh);
    let corpus = Corpus::read(&fresh);
    let oracle = Oracle::new(&corpus);
    let searcher = engine::open(&archive.index()).unwrap();
    assert_eq!(searcher.statistics().unwrap().articles as usize, corpus.articles.len());
    let mut author = Author { corpus: &corpus, chance: Chance::new(seed) };
    let mut outcome = Outcome::default();
    while outcome.asked < queries {
        let typed = author.query();
        let Some(query) = compare::read(&typed) else { continue };
        outcome.asked += 1;
        if oracle.is_too_wide(&query) {
            outcome.too_wide += 1;
            continue;
        }
        let about = author.article();
        let request = compare::request(query, about, &mut author.chance);
        let expected = Expected::new(&oracle, &corpus, &request);
        outcome.found_something += usize::from(expected.articles() > 0);
        let response = searcher.search(&request).unwrap();
        let whole = searcher.search(&SearchRequest { limit: ALL_HITS, spread: Spread::AsRanked, ..request.clone() }).unwrap();
        let faults = expected.faults(&response, &whole);
        if !faults.is_empty() {
            let asked = format!("{:?} {:?} {:?} {:?}", request.filter, request.order, request.collapse, request.representative);
            outcome.faults.push(format!("{typed}\n  {}\n  {asked}\n  {}", request.query, faults.join("\n  ")));
        }
    }
    outcome
}

/// Fails on any difference, and where so few queries found anything that nothing was compared.
fn require_equal(outcome: &Outcome) {
    let shown: Vec<&str> = outcome.faults.iter().take(20).map(String::as_str).collect();
    assert!(outcome.faults.is_empty(), "{} of {} queries:\n{}", outcome.faults.len(), outcome.asked, shown.join("\n"));
    assert!(outcome.found_something * 2 > outcome.asked, "{} of {} queries found anything", outcome.found_something, outcome.asked);
    assert!(outcome.too_wide * 20 < outcome.asked, "{} of {} queries stand for too many words", outcome.too_wide, outcome.asked);
}

#[test]
fn answers_equal_those_of_the_oracle() {
    require_equal(&compare(&grow(&generated::files()), 140, 1));
}

/// The same on real articles: 2,000 queries over 5,000 articles.
///
/// `DATELINE_ARTICLES=news.jsonl cargo test --release --test it oracle -- --ignored`, where each line of the file is an article with
/// `title`, `text` and, as far as known, `source`, `date`, `url` and `lang`. `DATELINE_SEED=2` asks other queries.
#[test]
#[ignore = "takes minutes and a file of real articles"]
fn answers_equal_those_of_the_oracle_on_real_articles() {
    let Ok(file) = std::env::var("DATELINE_ARTICLES") else { panic!("DATELINE_ARTICLES names the file of articles") };
    let seed = std::env::var("DATELINE_SEED").map_or(1, |seed| seed.parse().expect("DATELINE_SEED is a number"));
    require_equal(&compare(&grow(&given::files(Path::new(&file), 5000)), 2000, seed));
}
