//! What has become of the figures of a former run, with a verdict that respects how far they stray.
//!
//! A figure is called faster or slower where the intervals of both runs are apart and the figures differ by more than
//! [`DRIFT`]; else no difference is shown.

use std::path::Path;

use dateline::walk;
use serde_json::{Value, json};

use super::json::VERSION;
use crate::failure::Failure;
use crate::own_file;

/// How far figures of the same program stray from run to run beside what the rounds of a run tell. On a quiet machine, three runs
/// of 33,249 articles compared with each other: of 234 figures 17 had brackets apart, and none of these differed by more than
/// 12.2 %. On one with three times as much to do as it has cores, 12 of 104 did by more than 20 %.
pub const DRIFT: f64 = 0.15;

/// Figures of a latency that are compared.
const COMPARED: [&str; 3] = ["p50", "p90", "p99"];

/// What comparing with a former run gave.
pub struct Comparison {
    /// What makes the two runs hard to compare.
    pub cautions: Vec<String>,
    /// The figures of both, those that neither run lacks.
    pub rows: Vec<Row>,
}

/// A figure of both runs.
pub struct Row {
    /// What it is of.
    pub name: String,
    /// Which figure it is: `p50` and so on.
    pub figure: String,
    /// What it was.
    pub before: f64,
    /// What it is.
    pub now: f64,
    /// What that means.
    pub verdict: Verdict,
}

/// What has become of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is faster.
    Faster,
    /// It is slower.
    Slower,
    /// It is not shown to be either.
    NoDifference,
    /// A run of one round does not tell how far it strays.
    TooFewRounds,
    /// It is a measure of quality, which does not stray.
    Changed,
}

impl Verdict {
    /// Returns the words that stand for it.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Faster => "faster",
            Verdict::Slower => "slower",
            Verdict::NoDifference => "no difference shown",
            Verdict::TooFewRounds => "too few rounds to tell",
            Verdict::Changed => "changed",
        }
    }
}

/// Whether less of a figure is better.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Better {
    Less,
    More,
}

/// Reads the figures that a former run saved.
///
/// # Errors
///
/// When the file cannot be read or does not hold figures of this version.
pub fn read(file: &Path) -> Result<Value, Failure> {
    let shown = walk::written(file);
    let text = own_file::text(file, "read the figures")?;
    let hint = "make it with `dateline bench --save FILE`";
    let object: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{shown}:{}: these are no saved figures: {error}", error.line()), hint))?;
    if object["version"] != VERSION || !object["latency_us"].is_array() {
        return Err(Failure::usage(format!("{shown}: these are no saved figures of version {VERSION}"), hint));
    }
    Ok(object)
}

/// Compares the figures of two runs, each as its JSON object.
pub fn compare(former: &Value, now: &Value) -> Comparison {
    let mut cautions = Vec::new();
    for (field, name) in [("articles", "articles in the index"), ("segments", "segments"), ("queries", "queries"), ("rounds", "rounds")] {
        if former[field] != now[field] {
            cautions.push(format!("{name}: {} then, {} now", former[field], now[field]));
        }
    }
    let mut rows = Vec::new();
    for latency in items(&now["latency_us"]) {
        let same = |other: &&Value| other["mode"] == latency["mode"] && other["kind"] == latency["kind"];
        if let Some(before) = items(&former["latency_us"]).find(same) {
            let name = format!("{} {}", text(&latency["mode"]), text(&latency["kind"]));
            rows.extend(COMPARED.iter().filter_map(|figure| row(&name, figure, [before, latency], Better::Less)));
        }
    }
    for throughput in items(&now["throughput"]) {
        let same = |other: &&Value| other["mode"] == throughput["mode"] && other["threads"] == throughput["threads"];
        if let Some(before) = items(&former["throughput"]).find(same) {
            let name = format!("{} on {} threads", text(&throughput["mode"]), throughput["threads"]);
            rows.extend(row(&name, "per_second", [before, throughput], Better::More));
        }
    }
    for (field, name) in [("warm_program_us", "program, warm"), ("cold_program_us", "program, cold")] {
        rows.extend(row(name, "p50", [&former[field], &now[field]], Better::Less));
    }
    for (field, measures) in
        [("judged", &["map", "ndcg@10", "mrr"][..]), ("duplicates", &["precision", "recall", "f1", "ari", "b_cubed_f"])]
    {
        for figure in measures {
            let (before, after) = (&former[field][figure], &now[field][figure]);
            if let (Some(before), Some(now)) = (before.as_f64(), after.as_f64()) {
                let verdict = if before == now { Verdict::NoDifference } else { Verdict::Changed };
                rows.push(Row { name: field.to_owned(), figure: (*figure).to_owned(), before, now, verdict });
            }
        }
    }
    Comparison { cautions, rows }
}

fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn row(name: &str, figure: &str, [before, now]: [&Value; 2], better: Better) -> Option<Row> {
    let interval = |object: &Value| {
        let ends = object[format!("{figure}_interval")].as_array()?;
        Some((ends.first()?.as_f64()?, ends.get(1)?.as_f64()?))
    };
    let intervals = interval(before).zip(interval(now));
    let (before, now) = (before[figure].as_f64()?, now[figure].as_f64()?);
    let verdict = intervals.map_or(Verdict::TooFewRounds, |intervals| verdict([before, now], intervals, better));
    Some(Row { name: name.to_owned(), figure: figure.to_owned(), before, now, verdict })
}

fn verdict([before, now]: [f64; 2], (then, later): ((f64, f64), (f64, f64)), better: Better) -> Verdict {
    let are_apart = then.1 < later.0 || later.1 < then.0;
    let differ = (now - before).abs() > before * DRIFT;
    if !are_apart || !differ {
        return Verdict::NoDifference;
    }
    if (now < before) == (better == Better::Less) { Verdict::Faster } else { Verdict::Slower }
}

/// Makes the object of a comparison.
pub fn json(comparison: &Comparison) -> Value {
    let rows = comparison
        .rows
        .iter()
        .map(|row| json!({"name": row.name, "figure": row.figure, "before": row.before, "now": row.now, "verdict": row.verdict.label()}));
    json!({"drift": DRIFT, "cautions": comparison.cautions, "rows": rows.collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_respect_the_noise() {
        let check = |before: f64, then: (f64, f64), now: f64, later: (f64, f64), better: Better, expected: Verdict| {
            assert_eq!(verdict([before, now], (then, later), better), expected, "{before} {now}");
        };
        check(100.0, (98.0, 102.0), 60.0, (59.0, 62.0), Better::Less, Verdict::Faster);
        check(100.0, (98.0, 102.0), 150.0, (148.0, 152.0), Better::Less, Verdict::Slower);
        check(100.0, (98.0, 102.0), 150.0, (148.0, 152.0), Better::More, Verdict::Faster);
        check(100.0, (98.0, 152.0), 150.0, (140.0, 156.0), Better::Less, Verdict::NoDifference);
        check(100.0, (99.9, 100.1), 114.0, (113.9, 114.1), Better::Less, Verdict::NoDifference);
        check(100.0, (99.9, 100.1), 116.0, (115.9, 116.1), Better::Less, Verdict::Slower);
    }

    #[test]
    fn runs_of_one_round_tell_nothing() {
        let run = |p50: f64| json!({"latency_us": [{"mode": "bare", "kind": "term", "p50": p50, "p50_interval": null}]});
        let found = compare(&run(100.0), &run(10.0));
        assert_eq!((found.rows.len(), found.rows[0].verdict), (1, Verdict::TooFewRounds));
    }
}
