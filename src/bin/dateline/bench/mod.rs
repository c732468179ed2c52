//! `dateline bench`: how long answers take, over the index as it is.
//!
//! Every query is asked several times and its median counts, so that one stumble of the machine does not; percentiles then run
//! over the queries. Each kind is measured bare (the ten best articles, nothing fetched) and whole (counted, with passages and
//! highlights, as a search prints them).

use std::io::{BufWriter, Write};

use crate::Outcome;
use crate::args::{BenchOptions, Place};
use crate::failure::Failure;
use crate::screen::Screen;
use crate::search::open_or_build;

mod cold;
mod draw;
mod measure;
mod report;

/// A query to measure.
#[derive(Debug, Clone)]
pub struct BenchQuery {
    /// Its kind: `term`, `or`, `and`, `phrase`, `rare`, `dated`, or what a file calls it.
    pub kind: String,
    /// What is asked.
    pub typed: String,
    /// The first and last day asked for.
    pub days: Option<(dateline::moment::Moment, dateline::moment::Moment)>,
}

/// Runs the command.
pub fn run(place: &Place, options: &BenchOptions) -> Result<Outcome, Failure> {
    let searcher = open_or_build(&place.index)?;
    let queries = match &options.queries {
        Some(file) => draw::from_file(file)?,
        None => draw::from_index(searcher.as_ref(), options.per_kind)?,
    };
    if queries.is_empty() {
        return Err(Failure::usage(
            "there is nothing to draw queries from: the index is empty",
            "dateline index FOLDER, or --queries FILE",
        ));
    }
    let mut figures = measure::all(searcher.as_ref(), &queries, options.rounds)?;
    // What this process has open stays in memory: whole programs are measured without it.
    drop(searcher);
    figures.warm_program = measure::programs(&queries, &place.index, || true);
    figures.cold_program = measure::programs(&queries, &place.index, || cold::evict(&place.index));
    let mut out = BufWriter::new(std::io::stdout().lock());
    if options.json {
        writeln!(out, "{}", report::json(&figures))?;
    } else {
        report::print(&figures, &Screen::of_stdout(place.color), &mut out)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}
