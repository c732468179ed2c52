//! Figures of a run as JSON, latencies in microseconds. What `--save` writes and `--compare` reads.

use serde_json::{Value, json};

use super::families::Duplicates;
use super::judged::Judged;
use super::measure::Figures;
use super::sampling::{Estimate, Latency};

/// The version of the object; a later one that says something else has another.
pub const VERSION: u64 = 1;

/// Makes the object of the figures.
pub fn object(figures: &Figures) -> Value {
    let statistics = &figures.statistics;
    let latencies: Vec<Value> = figures
        .latencies
        .iter()
        .map(|(mode, kind, latency)| {
            let mut object = percentiles(latency);
            object["mode"] = json!(mode.name());
            object["kind"] = json!(kind);
            object
        })
        .collect();
    let throughput = figures.throughput.iter().map(|(mode, threads, found)| {
        json!({"mode": mode.name(), "threads": threads, "per_second": found.value.round(), "per_second_interval": interval(found)})
    });
    let sizes = figures.sizes.iter().map(|(kind, bytes)| ((*kind).to_owned(), json!(bytes)));
    json!({
        "version": VERSION,
        "program_version": env!("CARGO_PKG_VERSION"),
        "articles": statistics.articles,
        "groups": statistics.groups,
        "index_bytes": statistics.len_bytes,
        "segments": statistics.segments,
        "index": {
            "sources": statistics.sources,
            "undated": statistics.undated,
            "text_bytes": figures.text_bytes,
            "ratio_to_text": ratio(statistics.len_bytes, figures.text_bytes),
            "bytes_by_kind": sizes.collect::<serde_json::Map<String, Value>>(),
        },
        "queries": figures.queries,
        "rounds": figures.rounds,
        "latency_us": latencies,
        "throughput": throughput.collect::<Vec<_>>(),
        "warm_program_us": figures.warm_program.as_ref().ok().map(percentiles),
        "cold_program_us": figures.cold_program.as_ref().ok().map(percentiles),
        "not_measured": not_measured(figures),
        "judged": figures.judged.as_ref().map(judged),
        "duplicates": figures.duplicates.as_ref().map(duplicates),
    })
}

/// Returns how many times the text the index takes, to three digits; `None` without any text.
pub fn ratio(index_bytes: u64, text_bytes: u64) -> Option<f64> {
    (text_bytes > 0).then(|| rounded(index_bytes as f64 / text_bytes as f64, 1e3))
}

fn not_measured(figures: &Figures) -> Vec<Value> {
    let programs = [("warm_program_us", &figures.warm_program), ("cold_program_us", &figures.cold_program)];
    programs.into_iter().filter_map(|(what, found)| Some(json!({"figure": what, "reason": found.as_ref().err()?}))).collect()
}

fn percentiles(latency: &Latency) -> Value {
    let tenths = |value: f64| rounded(value, 10.0);
    json!({
        "queries": latency.count,
        "p50": tenths(latency.p50.value),
        "p50_interval": interval(&latency.p50),
        "p90": tenths(latency.p90.value),
        "p90_interval": interval(&latency.p90),
        "p99": tenths(latency.p99.value),
        "p99_interval": interval(&latency.p99),
        "max": tenths(latency.max),
    })
}

fn interval(found: &Estimate) -> Option<[f64; 2]> {
    found.interval.map(|(low, high)| [rounded(low, 10.0), rounded(high, 10.0)])
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

fn share(value: f64) -> f64 {
    rounded(value, 1e4)
}

fn judged(found: &Judged) -> Value {
    json!({
        "queries": found.queries,
        "missing": found.missing,
        "map": share(found.map),
        "ndcg@10": share(found.ndcg_at_10),
        "mrr": share(found.mrr),
        "hit@1": share(found.hit_at_1),
        "recall@100": share(found.recall_at_100),
    })
}

fn duplicates(found: &Duplicates) -> Value {
    let kinds = found.recall_by_kind.iter().map(|(kind, recall)| (kind.clone(), json!(share(*recall))));
    json!({
        "documents": found.documents,
        "precision": share(found.precision),
        "recall": share(found.recall),
        "f1": share(found.f1),
        "ari": share(found.ari),
        "b_cubed_f": share(found.b_cubed_f),
        "largest_group": found.largest_group,
        "largest_mixed_group": found.largest_mixed_group,
        "recall_by_kind": kinds.collect::<serde_json::Map<String, Value>>(),
    })
}
