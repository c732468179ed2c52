//! `dateline bench`: how long answers take and how good they are, over the index as it is.
//!
//! Every query is asked several times and its median counts, so that one stumble of the machine does not; percentiles then run
//! over the queries. Each kind is measured bare (the ten best articles, nothing fetched) and whole (counted, with passages and
//! highlights, as a search prints them).

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::Path;

use dateline::error::Error;
use dateline::search::Searcher;
use dateline::walk;

use crate::Outcome;
use crate::args::{BenchOptions, LanguageOptions, Place};
use crate::failure::Failure;
use crate::printers::json::printed;
use crate::screen::Screen;
use crate::search::open_or_build;
use crate::understand::Reader;

mod asked;
mod chance;
mod cold;
mod compare;
mod draw;
mod families;
mod json;
mod judged;
mod measure;
mod programs;
mod report;
mod sampling;
mod sizes;

use measure::Figures;

/// Runs the command.
pub fn run(place: &Place, options: &BenchOptions) -> Result<Outcome, Failure> {
    let former = options.compare.as_deref().map(compare::read).transpose()?;
    let searcher = open_or_build(&place.index)?;
    let figures = measured(place, options, searcher)?;
    let object = json::object(&figures);
    let comparison = former.as_ref().map(|former| compare::compare(former, &object));
    if let Some(file) = &options.save {
        save(file, &object)?;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    if options.json {
        let mut object = object;
        object["comparison"] = comparison.as_ref().map_or(serde_json::Value::Null, compare::json);
        writeln!(out, "{}", printed(&object))?;
    } else {
        let screen = Screen::of_stdout(place.color);
        report::print(&figures, &screen, &mut out)?;
        if let Some(comparison) = &comparison {
            report::print_comparison(comparison, &screen, &mut out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn measured(place: &Place, options: &BenchOptions, searcher: Box<dyn Searcher>) -> Result<Figures, Failure> {
    let queries = match &options.queries {
        Some(file) => draw::from_file(file, &Reader::new(&LanguageOptions { any: options.any, saved: None, names: None })?)?,
        None => draw::from_index(searcher.as_ref(), options.per_kind)?,
    };
    // What can go wrong with files goes wrong before minutes of measuring.
    let judged = options.qrels.as_deref().map(|file| judged::judge(searcher.as_ref(), &queries, file)).transpose()?;
    let duplicates = options.families.as_deref().map(|file| families::compare(searcher.as_ref(), file)).transpose()?;
    let mut figures = measure::all(searcher.as_ref(), &queries, options.rounds)?;
    (figures.judged, figures.duplicates) = (judged, duplicates);
    figures.sizes = sizes::by_kind(&place.index);
    // What this process has open stays in memory: whole programs are measured without it.
    drop(searcher);
    let programs = programs::Programs { queries: &queries, index: &place.index, is_any: options.any };
    figures.warm_program = programs.measure(|| Ok(()));
    figures.cold_program = programs.measure(|| cold::evict(&place.index));
    Ok(figures)
}

/// Makes a file for its owner alone, as the index is: figures name articles and queries.
fn private_file(file: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn save(file: &Path, object: &serde_json::Value) -> Result<(), Error> {
    private_file(file)
        .and_then(|mut file| writeln!(file, "{}", printed(object)))
        .map_err(|error| Error::io("write the figures", walk::written(file), error))
}
