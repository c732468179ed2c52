//! Figures of a run for reading, as tables where there is room and a line a figure where there is not.

use std::io::Write;

use super::compare::{Comparison, DRIFT};
use super::families::Duplicates;
use super::json::ratio;
use super::judged::Judged;
use super::measure::{Figures, Mode};
use super::sampling::{Estimate, Latency};
use crate::printers::counted;
use crate::screen::{Screen, Style, columns, safe};

/// So many columns a table of latencies takes.
const TABLE_COLUMNS: usize = 76;

/// So many of them a figure with its interval.
const CELL_COLUMNS: usize = 18;

/// Somewhere to print to.
struct Page<'p> {
    screen: &'p Screen,
    out: &'p mut dyn Write,
}

/// Prints the figures.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(figures: &Figures, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let mut page = Page { screen, out };
    page.index(figures)?;
    for mode in [Mode::Bare, Mode::Whole] {
        page.headline(&format!("{}, µs, one thread, warm", mode.label()))?;
        page.latencies(figures, mode)?;
        for (_, threads, found) in figures.throughput.iter().filter(|(of, ..)| *of == mode) {
            page.text(&format!("{} queries a second on {}", plain(found), counted(*threads as u64, "thread", "threads")))?;
        }
    }
    page.headline("the whole program, from start to printed answer")?;
    page.program("index in memory", &figures.warm_program)?;
    page.program("index on the disk only", &figures.cold_program)?;
    if let Some(judged) = &figures.judged {
        page.judged(judged)?;
    }
    if let Some(duplicates) = &figures.duplicates {
        page.duplicates(duplicates)?;
    }
    page.text("")?;
    page.text("[…] holds 95 % of what resampling the rounds gives; of whole programs, resampling the starts")
}

/// Prints a comparison with a former run.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_comparison(comparison: &Comparison, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let mut page = Page { screen, out };
    page.headline("compared with the former run")?;
    for caution in &comparison.cautions {
        page.text(&format!("not the same: {caution}"))?;
    }
    for row in &comparison.rows {
        let change = if row.before == 0.0 { 0.0 } else { (row.now / row.before - 1.0) * 100.0 };
        let digits = if row.before.abs().max(row.now.abs()) <= 1.0 { 4 } else { 0 };
        let line = format!(
            "{} {}: {:.digits$} → {:.digits$} ({change:+.1} %): {}",
            safe(&row.name),
            safe(&row.figure),
            row.before,
            row.now,
            row.verdict.label()
        );
        page.text(&line)?;
    }
    page.text(&format!("faster or slower: the brackets of both runs are apart, and the figures differ by more than {:.0} %", DRIFT * 100.0))
}

/// Writes a figure without its interval.
fn plain(found: &Estimate) -> String {
    match found.interval {
        Some((low, high)) => format!("{:.0} [{low:.0}–{high:.0}]", found.value),
        None => format!("{:.0}", found.value),
    }
}

/// Writes a latency in milliseconds.
fn millis(found: &Estimate) -> String {
    let value = found.value / 1000.0;
    match found.interval {
        Some((low, high)) => format!("{value:.1} ms [{:.1}–{:.1}]", low / 1000.0, high / 1000.0),
        None => format!("{value:.1} ms"),
    }
}

impl Page<'_> {
    fn headline(&mut self, text: &str) -> std::io::Result<()> {
        writeln!(self.out)?;
        for line in self.screen.wrapped(text, "") {
            writeln!(self.out, "{}", self.screen.styled(&line, Style::Headline))?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> std::io::Result<()> {
        for line in self.screen.wrapped(text, "") {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn index(&mut self, figures: &Figures) -> std::io::Result<()> {
        let statistics = &figures.statistics;
        self.text(&format!(
            "{} in {}, index {:.1} MB in {}; {}, each asked {}",
            counted(statistics.articles, "article", "articles"),
            counted(statistics.groups, "group", "groups"),
            statistics.len_bytes as f64 / 1e6,
            counted(statistics.segments, "segment", "segments"),
            counted(figures.queries as u64, "query", "queries"),
            counted(u64::from(figures.rounds), "time", "times"),
        ))?;
        if let Some(ratio) = ratio(statistics.len_bytes, figures.text_bytes) {
            let sizes: Vec<String> = figures.sizes.iter().map(|(kind, bytes)| format!("{kind} {:.1}", *bytes as f64 / 1e6)).collect();
            self.text(&format!("{ratio:.2} × the text of {:.1} MB; in MB: {}", figures.text_bytes as f64 / 1e6, sizes.join(", ")))?;
        }
        Ok(())
    }

    fn latencies(&mut self, figures: &Figures, mode: Mode) -> std::io::Result<()> {
        let rows: Vec<(&String, &Latency)> =
            figures.latencies.iter().filter(|(of, ..)| *of == mode).map(|(_, kind, latency)| (kind, latency)).collect();
        let fits = |(_, latency): &(&String, &Latency)| named(latency).iter().all(|(_, found)| columns(&plain(found)) < CELL_COLUMNS);
        if self.screen.width() < TABLE_COLUMNS || !rows.iter().all(fits) {
            return rows.into_iter().try_for_each(|(kind, latency)| self.stacked(kind, latency));
        }
        let header = format!("{:9}{:>6}{:>18}{:>18}{:>18}{:>7}", "kind", "n", "p50", "p90", "p99", "max");
        writeln!(self.out, "{}", self.screen.styled(&header, Style::Label))?;
        for (kind, latency) in rows {
            let [p50, p90, p99] = named(latency).map(|(_, found)| plain(&found));
            writeln!(self.out, "{:9}{:>6}{p50:>18}{p90:>18}{p99:>18}{:>7.0}", safe(kind), latency.count, latency.max)?;
        }
        Ok(())
    }

    fn stacked(&mut self, kind: &str, latency: &Latency) -> std::io::Result<()> {
        self.text(&format!("{} ({})", safe(kind), latency.count))?;
        for (name, found) in named(latency) {
            let line = format!("  {name} {}", plain(&found));
            if columns(&line) <= self.screen.width() {
                writeln!(self.out, "{line}")?;
            } else {
                writeln!(self.out, "  {name} {:.0}", found.value)?;
                found.interval.map_or(Ok(()), |(low, high)| writeln!(self.out, "  [{low:.0}–{high:.0}]"))?;
            }
        }
        writeln!(self.out, "  max {:.0}", latency.max)
    }

    fn program(&mut self, name: &str, found: &Result<Latency, String>) -> std::io::Result<()> {
        match found {
            Ok(found) => self.text(&format!(
                "{name}: p50 {}, p90 {}, max {:.1} ms of {}",
                millis(&found.p50),
                millis(&found.p90),
                found.max / 1000.0,
                counted(found.count as u64, "start", "starts")
            )),
            Err(reason) => self.text(&format!("{name}: not measured: {}", safe(reason))),
        }
    }

    fn judged(&mut self, found: &Judged) -> std::io::Result<()> {
        self.headline(&format!("quality of ranking, {}", counted(found.queries as u64, "judged query", "judged queries")))?;
        self.text(&format!(
            "MAP {:.4}, nDCG@10 {:.4}, MRR {:.4}, hit@1 {:.4}, recall@100 {:.4}",
            found.map, found.ndcg_at_10, found.mrr, found.hit_at_1, found.recall_at_100
        ))?;
        if found.missing > 0 {
            let queries = counted(found.missing as u64, "judged query is", "judged queries are");
            self.text(&format!("{queries} not among the queries and counted as zero"))?;
        }
        Ok(())
    }

    fn duplicates(&mut self, found: &Duplicates) -> std::io::Result<()> {
        self.headline(&format!("quality of groups, {}", counted(found.documents as u64, "document", "documents")))?;
        self.text(&format!(
            "precision {:.4}, recall {:.4}, F1 {:.4}, ARI {:.4}, B-cubed {:.4}; largest group {}, largest mixed group {}",
            found.precision, found.recall, found.f1, found.ari, found.b_cubed_f, found.largest_group, found.largest_mixed_group
        ))?;
        let kinds: Vec<String> = found.recall_by_kind.iter().map(|(kind, recall)| format!("{kind} {recall:.4}")).collect();
        if kinds.is_empty() { Ok(()) } else { self.text(&safe(&format!("found by kind: {}", kinds.join(", ")))) }
    }
}

fn named(latency: &Latency) -> [(&'static str, Estimate); 3] {
    [("p50", latency.p50), ("p90", latency.p90), ("p99", latency.p99)]
}
