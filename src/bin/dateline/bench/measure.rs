//! Asks queries and takes the time.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dateline::error::Error;
use dateline::query;
use dateline::search::{
    Collapse, Copies, Explanations, Filter, Order, Passages, Representative, SearchRequest, Searcher, Spread, Statistics, Totals,
};
use rayon::prelude::*;

use super::BenchQuery;
use crate::failure::Failure;

/// Hits that are asked for: a page.
const HITS: usize = 10;

/// Whole programs that are started for one figure.
const PROGRAMS: usize = 20;

/// All figures of a run.
pub struct Figures {
    /// What the index holds.
    pub statistics: Statistics,
    /// How many queries were asked.
    pub queries: usize,
    /// How often each was asked.
    pub rounds: u32,
    /// Latencies by mode and kind; the kind `all` takes them together.
    pub latencies: Vec<(Mode, String, Latency)>,
    /// Queries a second by mode and number of threads.
    pub throughput: Vec<(Mode, usize, f64)>,
    /// The whole program from start to end, its files in memory.
    pub warm_program: Option<Latency>,
    /// The same with the index on the disk only; nothing where files cannot be taken out of memory.
    pub cold_program: Option<Latency>,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The ten best articles, nothing fetched, nothing counted.
    Bare,
    /// Counted, with passages and highlights.
    Whole,
}

impl Mode {
    /// Returns the words that stand for it in output.
    pub fn label(self) -> &'static str {
        match self {
            Mode::Bare => "top 10",
            Mode::Whole => "top 10 with passages and totals",
        }
    }
}

/// Percentiles of latencies, in microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Latency {
    /// Half are faster.
    pub p50: f64,
    /// Nine of ten are faster.
    pub p90: f64,
    /// Ninety-nine of a hundred are faster.
    pub p99: f64,
    /// The slowest.
    pub max: f64,
    /// How many were measured.
    pub count: usize,
}

/// Measures everything within this process.
pub fn all(searcher: &dyn Searcher, queries: &[BenchQuery], rounds: u32) -> Result<Figures, Failure> {
    let mut latencies = Vec::new();
    let mut throughput = Vec::new();
    for mode in [Mode::Bare, Mode::Whole] {
        let requests = requests(queries, mode)?;
        for (kind, latency) in by_kind(queries, &medians(searcher, &requests, rounds)?) {
            latencies.push((mode, kind, latency));
        }
        for threads in threads() {
            throughput.push((mode, threads, per_second(searcher, &requests, rounds, threads)?));
        }
    }
    let statistics = searcher.statistics()?;
    Ok(Figures { statistics, queries: queries.len(), rounds, latencies, throughput, warm_program: None, cold_program: None })
}

/// One thread, and as many as the machine runs at once.
fn threads() -> Vec<usize> {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if all > 1 { vec![1, all] } else { vec![1] }
}

fn requests(queries: &[BenchQuery], mode: Mode) -> Result<Vec<SearchRequest>, Failure> {
    let request = |asked: &BenchQuery| {
        let query = query::parse(&asked.typed).map_err(|error| Failure::Query { typed: asked.typed.clone(), error })?;
        let filter = Filter { since: asked.days.map(|days| days.0), until: asked.days.map(|days| days.1), ..Filter::default() };
        let (totals, passages) = match mode {
            Mode::Bare => (Totals::Skip, Passages::None),
            Mode::Whole => (Totals::Count, Passages::Best),
        };
        let limit = HITS;
        Ok(SearchRequest {
            query,
            filter,
            limit,
            order: Order::Relevance,
            spread: Spread::AsRanked,
            recent_on: None,
            totals,
            passages,
            copies: Copies::Summary,
            collapse: Collapse::Groups,
            representative: Representative::Usual,
            facets: Vec::new(),
            explanations: Explanations::Skip,
        })
    };
    queries.iter().map(request).collect()
}

/// Asks each query once to warm up, then `rounds` times; returns the median of each, in microseconds.
fn medians(searcher: &dyn Searcher, requests: &[SearchRequest], rounds: u32) -> Result<Vec<f64>, Error> {
    for request in requests {
        searcher.search(request)?;
    }
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); requests.len()];
    for _ in 0..rounds {
        for (request, times) in requests.iter().zip(&mut times) {
            let started = Instant::now();
            searcher.search(request)?;
            times.push(micros(started.elapsed()));
        }
    }
    Ok(times.into_iter().map(|times| percentile(times, 0.5)).collect())
}

fn micros(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

fn percentile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (share * values.len().saturating_sub(1) as f64).round();
    values.get(place as usize).copied().unwrap_or(f64::NAN)
}

fn latency(values: Vec<f64>) -> Latency {
    Latency {
        p50: percentile(values.clone(), 0.5),
        p90: percentile(values.clone(), 0.9),
        p99: percentile(values.clone(), 0.99),
        count: values.len(),
        max: percentile(values, 1.0),
    }
}

fn by_kind(queries: &[BenchQuery], medians: &[f64]) -> Vec<(String, Latency)> {
    let mut of_kind: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (query, median) in queries.iter().zip(medians) {
        of_kind.entry(&query.kind).or_default().push(*median);
    }
    let all = ("all".to_owned(), latency(medians.to_vec()));
    of_kind.into_iter().map(|(kind, values)| (kind.to_owned(), latency(values))).chain([all]).collect()
}

fn per_second(searcher: &dyn Searcher, requests: &[SearchRequest], rounds: u32, threads: usize) -> Result<f64, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool
        .map_err(|error| Failure::usage(format!("cannot start {threads} threads: {error}"), "try again when the machine is less busy"))?;
    let started = Instant::now();
    let asked: Result<(), Error> = pool.install(|| {
        (0..rounds).into_par_iter().try_for_each(|_| requests.par_iter().try_for_each(|request| searcher.search(request).map(drop)))
    });
    asked?;
    Ok(requests.len() as f64 * f64::from(rounds) / started.elapsed().as_secs_f64())
}

/// Starts the whole program once for each of some queries, after a preparation; nothing if either fails.
pub fn programs(queries: &[BenchQuery], index: &Path, prepare: impl Fn() -> bool) -> Option<Latency> {
    let program = std::env::current_exe().ok()?;
    let step = queries.len().div_ceil(PROGRAMS).max(1);
    let mut times = Vec::new();
    for query in queries.iter().step_by(step) {
        let mut command = Command::new(&program);
        command
            .arg("--index")
            .arg(index)
            .args(["search", "--", &query.typed])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !prepare() {
            return None;
        }
        let started = Instant::now();
        command.status().ok()?;
        times.push(micros(started.elapsed()));
    }
    Some(latency(times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let found = latency((1..=100).rev().map(f64::from).collect());
        assert_eq!((found.p50, found.p90, found.p99, found.max, found.count), (51.0, 90.0, 99.0, 100.0, 100));
        assert!(latency(Vec::new()).p50.is_nan());
    }
}
