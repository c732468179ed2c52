//! Figures of a run, for reading and as JSON.

use std::io::Write;

use serde_json::{Value, json};

use super::measure::{Figures, Latency, Mode};
use crate::printers::counted;
use crate::screen::{Screen, Style};

/// Prints the figures as tables.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(figures: &Figures, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let statistics = &figures.statistics;
    writeln!(
        out,
        "{} in {}, index {:.1} MB in {}; {}, each asked {}",
        counted(statistics.articles, "article", "articles"),
        counted(statistics.groups, "group", "groups"),
        statistics.len_bytes as f64 / 1e6,
        counted(statistics.segments, "segment", "segments"),
        counted(figures.queries as u64, "query", "queries"),
        counted(u64::from(figures.rounds), "time", "times"),
    )?;
    for mode in [Mode::Bare, Mode::Whole] {
        writeln!(out, "\n{}", screen.styled(&format!("{}, µs, one thread, warm", mode.label()), Style::Headline))?;
        let header = format!("{:10}{:>8}{:>9}{:>9}{:>9}{:>9}", "kind", "queries", "p50", "p90", "p99", "max");
        writeln!(out, "{}", screen.styled(&header, Style::Label))?;
        for (_, kind, latency) in figures.latencies.iter().filter(|(of, ..)| *of == mode) {
            writeln!(out, "{kind:10}{:>8}{:>9.0}{:>9.0}{:>9.0}{:>9.0}", latency.count, latency.p50, latency.p90, latency.p99, latency.max)?;
        }
        for (_, threads, per_second) in figures.throughput.iter().filter(|(of, ..)| *of == mode) {
            writeln!(out, "{per_second:.0} queries a second on {}", counted(*threads as u64, "thread", "threads"))?;
        }
    }
    writeln!(out, "\n{}", screen.styled("the whole program, from start to printed answer", Style::Headline))?;
    print_program("index in memory", figures.warm_program.as_ref(), out)?;
    print_program("index on the disk only", figures.cold_program.as_ref(), out)
}

fn print_program(name: &str, latency: Option<&Latency>, out: &mut dyn Write) -> std::io::Result<()> {
    match latency {
        Some(found) => {
            let starts = counted(found.count as u64, "start", "starts");
            writeln!(out, "{name}: p50 {:.1} ms, max {:.1} ms of {starts}", found.p50 / 1000.0, found.max / 1000.0)
        }
        None => writeln!(out, "{name}: cannot be measured here"),
    }
}

/// Makes the object of the figures; latencies in microseconds.
pub fn json(figures: &Figures) -> Value {
    let latencies: Vec<Value> = figures
        .latencies
        .iter()
        .map(|(mode, kind, latency)| {
            let mut object = percentiles(latency);
            object["mode"] = json!(name(*mode));
            object["kind"] = json!(kind);
            object
        })
        .collect();
    let throughput = figures
        .throughput
        .iter()
        .map(|(mode, threads, per_second)| json!({"mode": name(*mode), "threads": threads, "per_second": per_second.round()}));
    json!({
        "version": 1,
        "articles": figures.statistics.articles,
        "groups": figures.statistics.groups,
        "index_bytes": figures.statistics.len_bytes,
        "segments": figures.statistics.segments,
        "queries": figures.queries,
        "rounds": figures.rounds,
        "latency_us": latencies,
        "throughput": throughput.collect::<Vec<_>>(),
        "warm_program_us": figures.warm_program.as_ref().map(percentiles),
        "cold_program_us": figures.cold_program.as_ref().map(percentiles),
    })
}

fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Bare => "bare",
        Mode::Whole => "whole",
    }
}

fn percentiles(latency: &Latency) -> Value {
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    json!({"queries": latency.count, "p50": tenths(latency.p50), "p90": tenths(latency.p90), "p99": tenths(latency.p99), "max": tenths(latency.max)})
}
