//! `dateline doctor`: what the keeper of an archive may want to repair, and what would repair it.

use std::io::Write;

use dateline::doctor::{Examination, Kind, Report};
use dateline::ingest::{self, InspectRequest};
use dateline::moment::Moment;
use dateline::search::Searcher;

use crate::Outcome;
use crate::args::{DoctorOptions, Place};
use crate::days;
use crate::failure::Failure;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::json::printed;
use crate::screen::{Screen, safe};
use crate::search::open_or_build;

mod fix;
mod json;
mod text;

/// Files of each kind that are shown unless told otherwise: what fits a screen or two with all kinds.
const SHOWN_FILES: usize = 5;

/// Files without an article that are read again to say why, where all are told.
const READ_AGAIN_MAX: usize = 1000;

/// Runs the command.
pub fn run(place: &Place, options: &DoctorOptions) -> Result<Outcome, Failure> {
    let searcher = open_or_build(&place.index)?;
    let today = days::today();
    let wanted = options.kind.as_deref().and_then(Kind::from_label);
    let report = examine(searcher.as_ref(), place, options, today)?;
    if options.quiet {
        let kinds = report.counts().into_keys().filter(|kind| wanted.map_or(kind.is_trouble(), |wanted| wanted == *kind));
        return Ok(if kinds.count() == 0 { Outcome::Done } else { Outcome::NothingFound });
    }
    let mut out = Output::new(place);
    if options.json {
        writeln!(out, "{}", printed(&json::report(&report, wanted, today, searcher.folders())))?;
    } else {
        let limit = options.limit.unwrap_or(if wanted.is_some() { usize::MAX } else { SHOWN_FILES });
        let shown = text::Shown { wanted, limit, today, folders: searcher.folders() };
        text::print(&report, &shown, &Screen::of_stdout(place.color), &mut out)?;
    }
    if report.articles > 0 {
        out.finish()?;
        return Ok(Outcome::Done);
    }
    let mut about = Vec::new();
    if let Some(source) = &options.source {
        writeln!(about, "no article is from an outlet with “{}” in its name", safe(source))?;
    }
    out.finish_with(&about)?;
    Ok(Outcome::NothingFound)
}

fn examine(searcher: &dyn Searcher, place: &Place, options: &DoctorOptions, today: Moment) -> Result<Report, Failure> {
    let mut examination = Examination::new(today, options.source.as_deref());
    searcher.visit(&mut |article, body| examination.add_article(article, body))?;
    // Whose a file is that gave no article, nobody knows.
    let of_files = if options.source.is_some() {
        Vec::new()
    } else {
        let is_whole = options.json || options.kind.is_some();
        let read_again_max = match (options.quiet, is_whole) {
            (true, _) => 0,
            (_, true) => READ_AGAIN_MAX,
            _ => options.limit.unwrap_or(SHOWN_FILES),
        };
        let (folders, files) = (searcher.folders(), examination.files());
        ingest::inspect(&InspectRequest { reading: &pdf_text::reading(), folders, index: &place.index, files, read_again_max })
    };
    Ok(examination.finish(of_files))
}
