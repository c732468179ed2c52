//! Queries to measure: read from a file, or drawn from the index's own words.
//!
//! Words are drawn from running text, so that frequent ones come up as often as people read them; the drawing is the same each
//! time for the same index.

use std::collections::HashMap;
use std::path::Path;

use dateline::moment::Moment;
use dateline::query;
use dateline::search::{FacetField, Filter, IndexEntry, Order, Searcher};
use dateline::{text, walk};

use super::asked::BenchQuery;
use super::chance::Chance;
use crate::failure::Failure;
use crate::own_file;
use crate::understand::Reader;

/// Articles whose text is drawn from.
const SAMPLED_ARTICLES: usize = 400;

/// Draws that are made for one query before it is given up: in a small index some kinds may not exist.
const DRAWS_MAX: usize = 400;

/// Days on either side of an article's date that a dated query asks for.
const DAYS_AROUND: i64 = 15;

/// Letters that a word with a wildcard begins with: of fewer, thousands of words fit.
const LETTERS_OF_PATTERN: usize = 4;

/// The share of articles above which a word is too common to be asked for by itself.
const COMMON: f64 = 0.2;

/// The kinds of queries that are drawn.
const KINDS: [&str; 12] = ["term", "or", "and", "phrase", "near", "wildcard", "fuzzy", "rare", "dated", "source", "newest", "facets"];

/// Reads queries from a file, a line each: `kind<TAB>query`, `id<TAB>query`, or just the query.
pub fn from_file(file: &Path, reader: &Reader) -> Result<Vec<BenchQuery>, Failure> {
    let shown = walk::written(file);
    let lines = own_file::text(file, "read the queries")?;
    let mut queries = Vec::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (id, typed) = line.split_once('\t').unwrap_or(("query", line));
        let kind = id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        let asked = match reader.read(typed) {
            Ok(understood) => understood.asked,
            Err(Failure::Query { error, .. }) => {
                let hint = error.suggestion.clone().unwrap_or_else(|| "dateline help query".to_owned());
                return Err(Failure::usage(format!("{shown}:{}: {error}", number + 1), hint));
            }
            Err(failure) => return Err(failure),
        };
        let kind = if kind.is_empty() { "query" } else { kind };
        queries.push(BenchQuery { id: id.to_owned(), ..BenchQuery::new(kind, typed.to_owned(), asked) });
    }
    if queries.is_empty() {
        return Err(Failure::usage(
            format!("{shown}: there is no query in it"),
            "write a line a query: `kind<TAB>query`, or just the query",
        ));
    }
    Ok(queries)
}

/// Draws queries of each kind from the words of the index.
pub fn from_index(searcher: &dyn Searcher, per_kind: u32) -> Result<Vec<BenchQuery>, Failure> {
    let articles = searcher.sample(SAMPLED_ARTICLES)?;
    if articles.is_empty() {
        return Err(Failure::usage(
            "there is nothing to draw queries from: the index is empty",
            "dateline index FOLDER, then dateline bench",
        ));
    }
    let total = searcher.statistics()?.articles as f64;
    let words = articles.iter().map(words_of).collect();
    let mut drawer = Drawer { searcher, articles: &articles, words, total, chance: Chance::new(), known: HashMap::new() };
    let mut queries = Vec::new();
    for kind in KINDS {
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
        let Some(run) = self.run(article, if matches!(kind, "or" | "and" | "phrase" | "near") { size } else { 1 })? else {
            return Ok(None);
        };
        let found = self.articles_with(&run[0])?;
        let is_rare = found <= (self.total * 0.0002).ceil().max(2.0) as u64;
        let is_common = found as f64 > self.total * COMMON;
        let letters: Vec<char> = run[0].chars().collect();
        let typed = match kind {
            "or" => run.join(" OR "),
            "and" => run.join(" "),
            "phrase" => format!("\"{}\"", run.join(" ")),
            "near" => format!("{} w/5 {}", run[0], run[size - 1]),
            "rare" if is_rare => run[0].clone(),
            "wildcard" if letters.len() > LETTERS_OF_PATTERN => format!("{}*", letters[..LETTERS_OF_PATTERN].iter().collect::<String>()),
            "fuzzy" if letters.len() > LETTERS_OF_PATTERN => format!("{}~", misspelt(letters)),
            "term" | "dated" | "source" | "newest" | "facets" if !is_rare && !is_common => run[0].clone(),
            _ => return Ok(None),
        };
        let Ok(query) = query::parse(&typed) else { return Ok(None) };
        self.narrowed(BenchQuery::new(kind, typed, query), article)
    }

    /// Adds what a kind of query asks for beside its words; nothing where the article does not have it.
    fn narrowed(&self, mut query: BenchQuery, article: usize) -> Result<Option<BenchQuery>, Failure> {
        match query.kind.as_str() {
            "dated" => {
                let Some((since, until)) = self.days(article) else { return Ok(None) };
                query.filter = Filter { since: Some(since), until: Some(until), ..Filter::default() };
            }
            "source" => {
                let article = &self.articles[article];
                let Some(source) = article.article.metadata.source_or(article.name.as_deref()) else { return Ok(None) };
                query.filter.source = Some(source.value);
            }
            "newest" => query.order = Order::Newest,
            "facets" => query.facets = vec![FacetField::Source, FacetField::Month],
            _ => {}
        }
        Ok(Some(query))
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

/// Swaps two letters in the middle of a word.
fn misspelt(mut letters: Vec<char>) -> String {
    let middle = letters.len() / 2;
    letters.swap(middle - 1, middle);
    letters.into_iter().collect()
}
