//! Asks queries and takes the time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use dateline::error::Error;
use dateline::search::{Passages, SearchRequest, Searcher, Statistics, Totals};
use rayon::prelude::*;

use super::asked::{BenchQuery, request};
use super::families::Duplicates;
use super::judged::Judged;
use super::sampling::{Estimate, Latency, latency, median};
use crate::failure::Failure;

/// All figures of a run.
pub struct Figures {
    /// What the index holds.
    pub statistics: Statistics,
    /// The bytes of each kind of file of the index, the largest first.
    pub sizes: Vec<(&'static str, u64)>,
    /// The bytes of headlines and bodies.
    pub text_bytes: u64,
    /// How many queries were asked.
    pub queries: usize,
    /// How often each was asked.
    pub rounds: u32,
    /// Latencies by mode and kind; the kind `all` takes them together.
    pub latencies: Vec<(Mode, String, Latency)>,
    /// Queries a second by mode and number of threads.
    pub throughput: Vec<(Mode, usize, Estimate)>,
    /// The whole program from start to end, its files in memory; else why it was not measured.
    pub warm_program: Result<Latency, String>,
    /// The same with the index on the disk only.
    pub cold_program: Result<Latency, String>,
    /// What judged queries gave.
    pub judged: Option<Judged>,
    /// What comparing groups with families gave.
    pub duplicates: Option<Duplicates>,
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

    /// Returns the word that stands for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Bare => "bare",
            Mode::Whole => "whole",
        }
    }
}

/// Measures everything within this process.
pub fn all(searcher: &dyn Searcher, queries: &[BenchQuery], rounds: u32) -> Result<Figures, Failure> {
    let mut latencies = Vec::new();
    let mut throughput = Vec::new();
    for mode in [Mode::Bare, Mode::Whole] {
        let requests: Vec<SearchRequest> = queries.iter().map(|query| in_mode(query, mode)).collect();
        for (kind, latency) in by_kind(queries, &times(searcher, &requests, rounds)?) {
            latencies.push((mode, kind, latency));
        }
        for threads in threads() {
            throughput.push((mode, threads, per_second(searcher, &requests, rounds, threads)?));
        }
    }
    let mut text_bytes = 0;
    searcher.visit(&mut |article, body| {
        text_bytes += article.metadata.headline.map_or(0, |headline| headline.value.len()) as u64 + body.len() as u64;
    })?;
    let not_yet = || Err("it was not tried".to_owned());
    Ok(Figures {
        statistics: searcher.statistics()?,
        sizes: Vec::new(),
        text_bytes,
        queries: queries.len(),
        rounds,
        latencies,
        throughput,
        warm_program: not_yet(),
        cold_program: not_yet(),
        judged: None,
        duplicates: None,
    })
}

/// One thread, twice as many and so on, and as many as the machine runs at once.
fn threads() -> Vec<usize> {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let doubled = std::iter::successors(Some(1), |threads| Some(threads * 2)).take_while(|threads| *threads < all);
    doubled.chain([all]).collect()
}

fn in_mode(query: &BenchQuery, mode: Mode) -> SearchRequest {
    match mode {
        Mode::Bare => request(query),
        Mode::Whole => SearchRequest { totals: Totals::Count, passages: Passages::Best(1), ..request(query) },
    }
}

/// Asks each query once to warm up, then `rounds` times; returns the times of each, in microseconds.
fn times(searcher: &dyn Searcher, requests: &[SearchRequest], rounds: u32) -> Result<Vec<Vec<f64>>, Error> {
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
    Ok(times)
}

/// Returns a time in microseconds.
pub fn micros(took: Duration) -> f64 {
    took.as_secs_f64() * 1e6
}

fn by_kind(queries: &[BenchQuery], times: &[Vec<f64>]) -> Vec<(String, Latency)> {
    let mut of_kind: BTreeMap<&str, Vec<&[f64]>> = BTreeMap::new();
    for (query, times) in queries.iter().zip(times) {
        of_kind.entry(&query.kind).or_default().push(times);
    }
    let everything: Vec<&[f64]> = times.iter().map(Vec::as_slice).collect();
    let all = ("all".to_owned(), latency(&everything));
    of_kind.into_iter().map(|(kind, times)| (kind.to_owned(), latency(&times))).chain([all]).collect()
}

fn per_second(searcher: &dyn Searcher, requests: &[SearchRequest], rounds: u32, threads: usize) -> Result<Estimate, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool
        .map_err(|error| Failure::usage(format!("cannot start {threads} threads: {error}"), "try again when the machine is less busy"))?;
    let mut found = Vec::new();
    for _ in 0..rounds {
        let started = Instant::now();
        let asked: Result<(), Error> = pool.install(|| requests.par_iter().try_for_each(|request| searcher.search(request).map(drop)));
        asked?;
        found.push(requests.len() as f64 / started.elapsed().as_secs_f64());
    }
    Ok(median(&found))
}
