//! How good rankings are: judged queries are asked, and where the relevant articles stand is summed up.
//!
//! The measures are those of `trec_eval`: MAP, nDCG@10 (the grade is the gain), MRR; beside them hit@1 and recall@100. A judged query
//! that is not among the queries counts zero.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use dateline::error::Error;
use dateline::search::{Collapse, Passages, SearchRequest, Searcher, Totals};
use dateline::walk;

use super::asked::{BenchQuery, request};
use crate::failure::Failure;
use crate::own_file;

/// Hits of a query that are looked at, as many as TREC runs have.
const HITS: usize = 1000;

/// What judged queries gave.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// How many queries are judged.
    pub queries: usize,
    /// How many of them are not among the queries.
    pub missing: usize,
    /// The mean of the average precisions.
    pub map: f64,
    /// The mean of the gains of the first ten, as a share of the best ten.
    pub ndcg_at_10: f64,
    /// The mean of 1 / rank of the first relevant article.
    pub mrr: f64,
    /// The share of queries whose first hit is relevant.
    pub hit_at_1: f64,
    /// The share of relevant articles among the first hundred.
    pub recall_at_100: f64,
}

/// The relevant articles of each query, with their grades.
type Judgments = BTreeMap<String, HashMap<String, u32>>;

/// Asks the judged queries and tells how good the answers are.
///
/// # Errors
///
/// When the file cannot be read, a line of it is no judgment, or the index cannot be read.
pub fn judge(searcher: &dyn Searcher, queries: &[BenchQuery], file: &Path) -> Result<Judged, Failure> {
    let judgments = read(file)?;
    let of_id: HashMap<&str, &BenchQuery> = queries.iter().rev().map(|query| (query.id.as_str(), query)).collect();
    let mut sums = Judged { queries: judgments.len(), ..Judged::default() };
    for (id, grades) in &judgments {
        match of_id.get(id.as_str()) {
            Some(query) => add(&ranked(searcher, query)?, grades, &mut sums),
            None => sums.missing += 1,
        }
    }
    let count = judgments.len() as f64;
    for sum in [&mut sums.map, &mut sums.ndcg_at_10, &mut sums.mrr, &mut sums.hit_at_1, &mut sums.recall_at_100] {
        *sum /= count;
    }
    Ok(sums)
}

fn read(file: &Path) -> Result<Judgments, Failure> {
    let shown = walk::written(file);
    let lines = own_file::text(file, "read the judgments")?;
    let mut judgments = Judgments::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let odd = |cause: String| {
            Failure::usage(format!("{shown}:{}: {cause}", number + 1), "write each line as `query 0 article grade`, as TREC does")
        };
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [query, _, article, grade] = columns[..] else { return Err(odd(format!("it has {} columns, not 4", columns.len()))) };
        let grade: i64 = grade.parse().map_err(|_| odd(format!("the grade `{grade}` is no whole number")))?;
        if let Some(grade) = u32::try_from(grade).ok().filter(|grade| *grade > 0) {
            judgments.entry(query.to_owned()).or_default().insert(article.to_owned(), grade);
        }
    }
    if judgments.is_empty() {
        return Err(Failure::usage(format!("{shown}: no article is judged relevant"), "a line has a grade above 0: `query 0 article 1`"));
    }
    Ok(judgments)
}

/// Returns the ids of what answers a query, best first, each once.
fn ranked(searcher: &dyn Searcher, query: &BenchQuery) -> Result<Vec<String>, Error> {
    let asked = SearchRequest { limit: HITS, totals: Totals::Skip, passages: Passages::None, collapse: Collapse::Never, ..request(query) };
    let mut seen = HashSet::new();
    let ids = searcher.search(&asked)?.hits.into_iter().map(|hit| hit.article.id);
    Ok(ids.filter(|id| seen.insert(id.clone())).collect())
}

fn add(ranked: &[String], grades: &HashMap<String, u32>, sums: &mut Judged) {
    let discount = |rank: usize| (rank as f64 + 1.0).log2();
    let relevant = grades.len() as f64;
    let (mut found, mut precisions, mut gain) = (0.0, 0.0, 0.0);
    for (rank, id) in (1..).zip(ranked) {
        let Some(grade) = grades.get(id) else { continue };
        found += 1.0;
        precisions += found / rank as f64;
        if found == 1.0 {
            sums.mrr += 1.0 / rank as f64;
            sums.hit_at_1 += if rank == 1 { 1.0 } else { 0.0 };
        }
        if rank <= 10 {
            gain += f64::from(*grade) / discount(rank);
        }
        if rank <= 100 {
            sums.recall_at_100 += 1.0 / relevant;
        }
    }
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal: f64 = (1..=10).zip(best).map(|(rank, grade)| f64::from(grade) / discount(rank)).sum();
    sums.map += precisions / relevant;
    sums.ndcg_at_10 += gain / ideal;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_the_definitions() {
        let grades = HashMap::from([("a".to_owned(), 2), ("b".to_owned(), 1), ("c".to_owned(), 1)]);
        let mut sums = Judged::default();
        add(&["x", "a", "y", "b"].map(str::to_owned), &grades, &mut sums);
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        close(sums.map, (0.5 + 0.5) / 3.0);
        close(sums.mrr, 0.5);
        close(sums.hit_at_1, 0.0);
        close(sums.recall_at_100, 2.0 / 3.0);
        close(sums.ndcg_at_10, (2.0 / 3_f64.log2() + 1.0 / 5_f64.log2()) / (2.0 + 1.0 / 3_f64.log2() + 1.0 / 4_f64.log2()));
    }
}
