//! Queries to measure: read from a file, or drawn from the index's own words.
//!
//! Words are drawn from running text, so that frequent ones come up as often as people read them; the drawing is the same each
//! time for the same index.

use std::collections::HashMap;
use std::path::Path;

use dateline::error::Error;
use dateline::moment::Moment;
use dateline::query;
use dateline::search::{IndexEntry, Searcher};
use dateline::text;

use super::BenchQuery;
use crate::failure::Failure;

/// Articles whose text is drawn from.
const SAMPLED_ARTICLES: usize = 400;

/// Draws that are made for one query before it is given up: in a small index some kinds may not exist.
const DRAWS_MAX: usize = 400;

/// Days on either side of an article's date that a dated query asks for.
const DAYS_AROUND: i64 = 15;

/// The share of articles above which a word is too common to be asked for by itself.
const COMMON: f64 = 0.2;

/// Reads queries from a file, a line each: `kind<TAB>query`, `kind-number<TAB>query`, or just the query.
pub fn from_file(file: &Path) -> Result<Vec<BenchQuery>, Failure> {
    let shown = file.display().to_string();
    let lines = std::fs::read_to_string(file).map_err(|error| Error::io("read the queries", &shown, error))?;
    let mut queries = Vec::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (name, typed) = line.split_once('\t').unwrap_or(("query", line));
        let kind = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        query::parse(typed)
            .map_err(|error| Failure::usage(format!("{shown}:{}: {error}", number + 1), error.suggestion.clone().unwrap_or_default()))?;
        queries.push(BenchQuery { kind: if kind.is_empty() { "query" } else { kind }.to_owned(), typed: typed.to_owned(), days: None });
    }
    Ok(queries)
}

/// Draws queries of each kind from the words of the index.
pub fn from_index(searcher: &dyn Searcher, per_kind: u32) -> Result<Vec<BenchQuery>, Failure> {
    let articles = searcher.sample(SAMPLED_ARTICLES)?;
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let total = searcher.statistics()?.articles as f64;
    let words = articles.iter().map(words_of).collect();
    let mut drawer = Drawer { searcher, articles: &articles, words, total, chance: Chance(1), known: HashMap::new() };
    let mut queries = Vec::new();
    for kind in ["term", "or", "and", "phrase", "rare", "dated"] {
        for number in 0..per_kind {
            let drawn = (0..DRAWS_MAX).find_map(|_| drawer.draw(kind, number).transpose()).transpose()?;
            queries.extend(drawn);
        }
    }
    Ok(queries)
}

fn words_of(entry: &IndexEntry) -> Vec<String> {
    text::words(&entry.article.body.text).map(|(_, word)| text::folded(word)).collect()
}

struct Drawer<'a> {
    searcher: &'a dyn Searcher,
    articles: &'a [IndexEntry],
    words: Vec<Vec<String>>,
    total: f64,
    chance: Chance,
    known: HashMap<String, u64>,
}

impl Drawer<'_> {
    fn draw(&mut self, kind: &str, number: u32) -> Result<Option<BenchQuery>, Failure> {
        let article = self.chance.below(self.articles.len());
        let size = 2 + (number % 2) as usize;
        let run = self.run(article, if matches!(kind, "term" | "rare" | "dated") { 1 } else { size })?;
        let Some(run) = run else { return Ok(None) };
        let found = self.articles_with(&run[0])?;
        let is_rare = found <= (self.total * 0.0002).ceil().max(2.0) as u64;
        let is_common = found as f64 > self.total * COMMON;
        let typed = match kind {
            "term" | "dated" if !is_rare && !is_common => run[0].clone(),
            "rare" if is_rare => run[0].clone(),
            "or" => run.join(" OR "),
            "and" => run.join(" "),
            "phrase" => format!("\"{}\"", run.join(" ")),
            _ => return Ok(None),
        };
        let days = if kind == "dated" { self.days(article) } else { None };
        if (kind == "dated" && days.is_none()) || query::parse(&typed).is_err() {
            return Ok(None);
        }
        Ok(Some(BenchQuery { kind: kind.to_owned(), typed, days }))
    }

    /// Draws neighbouring words of an article that begin and end with one that says something.
    fn run(&mut self, article: usize, size: usize) -> Result<Option<Vec<String>>, Failure> {
        let Some(starts) = self.words[article].len().checked_sub(size).filter(|starts| *starts > 0) else { return Ok(None) };
        let at = self.chance.below(starts);
        let run: Vec<String> = self.words[article][at..at + size].to_vec();
        for end in [&run[0], &run[size - 1]] {
            let is_word = end.len() > 2 && end.chars().all(char::is_alphabetic) && !matches!(end.as_str(), "and" | "not");
            if !is_word || self.articles_with(end)? as f64 > self.total * COMMON {
                return Ok(None);
            }
        }
        Ok(Some(run))
    }

    fn articles_with(&mut self, word: &str) -> Result<u64, Failure> {
        if let Some(found) = self.known.get(word) {
            return Ok(*found);
        }
        let found = self.searcher.articles_with(word)?;
        self.known.insert(word.to_owned(), found);
        Ok(found)
    }

    fn days(&self, article: usize) -> Option<(Moment, Moment)> {
        let published = self.articles[article].article.metadata.published.as_ref()?.value;
        Some((published.plus_days(-DAYS_AROUND)?, published.plus_days(DAYS_AROUND)?))
    }
}

/// A generator of numbers that look random and are the same each time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}
