//! `dateline index`: makes the index or brings it up to date, and says what it did.

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use dateline::error::{Error, ErrorKind};
use dateline::formats::FieldMap;
use dateline::ingest::{self, Change, FileChange, IngestReport, IngestRequest, Limits, Mode, Stop};
use dateline::walk::Links;
use dateline::{engine, search};

use crate::Outcome;
use crate::args::{Follow, IndexOptions, Place};
use crate::failure::Failure;
use crate::pdf_text;
use crate::printers::{Totals, counted, size};
use crate::progress;
use crate::screen::{Screen, Style, safe};
use crate::signals;

/// The folder that is read when none is named and none is remembered: the articles that come with the program.
pub const STARTER_FOLDER: &str = "seeds";

/// Changed files that a dry run names; how many more there are is told.
const NAMED_FILES_MAX: usize = 40;

/// Warnings that are printed in full; how many more there are is told.
const WARNINGS_MAX: usize = 50;

/// Runs the command.
pub fn run(place: &Place, options: &IndexOptions) -> Result<Outcome, Failure> {
    let request = request(place, options);
    let report = update(&request)?;
    print_report(&report, request.mode, place)?;
    Ok(Outcome::Done)
}

/// Makes of the options what the library is asked to do.
pub fn request(place: &Place, options: &IndexOptions) -> IngestRequest {
    let mode = match (options.rebuild, options.dry_run) {
        (true, _) => Mode::Rebuild,
        (_, true) => Mode::DryRun,
        _ => Mode::Update,
    };
    let mut folders = options.folders.clone();
    if folders.is_empty() && options.forget.is_empty() && options.map.is_empty() && engine::remembered_folders(&place.index).is_empty() {
        folders.push(PathBuf::from(STARTER_FOLDER));
    }
    let map = (!options.map.is_empty()).then(|| FieldMap::new(options.map.clone()));
    let (index, forget) = (place.index.clone(), options.forget.clone());
    let links = options.follow_links.map(|follow| if follow == Follow::Yes { Links::Followed } else { Links::LeftOut });
    let limits = Limits { file_len_bytes: options.max_file_size, articles: options.max_articles };
    IngestRequest { index, folders, map, links, limits, forget, mode, reading: pdf_text::reading(), stop: Stop::default() }
}

/// Prints what an update did: its changes, what the index holds, what it cost, the warnings.
pub fn print_report(report: &IngestReport, mode: Mode, place: &Place) -> Result<(), Failure> {
    let screen = Screen::of_stdout(place.color);
    let mut out = std::io::stdout().lock();
    print_changes(report, mode, &screen, &mut out)?;
    print_summary(report, mode, &screen, &mut out)?;
    print_warnings(report)
}

/// Brings an index up to date as [`with_progress`]; a signal to end makes it stop before it writes anything.
pub fn update(request: &IngestRequest) -> Result<IngestReport, Failure> {
    let stop = request.stop.clone();
    let heeded = signals::heed(move |_| stop.ask());
    with_progress(request).map_err(|error| match heeded.signal() {
        Some(signal) if error.kind() == ErrorKind::Stopped => Failure::Stopped(signal),
        _ => Failure::from(error),
    })
}

/// Brings an index up to date and shows how far it has come, where that is a terminal.
pub fn with_progress(request: &IngestRequest) -> Result<IngestReport, Error> {
    progress::shown(|progress| ingest::update(request, progress))
}

fn print_changes(report: &IngestReport, mode: Mode, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    if mode != Mode::DryRun {
        return Ok(());
    }
    for change in report.changes.iter().take(NAMED_FILES_MAX) {
        let word = format!("{:9}", word_of(change.change));
        writeln!(out, "{} {}", screen.styled(&word, Style::Label), safe(&shown(report, change)))?;
    }
    if report.changes.len() > NAMED_FILES_MAX {
        writeln!(out, "and {} more", report.changes.len() - NAMED_FILES_MAX)?;
    }
    Ok(())
}

fn shown(report: &IngestReport, change: &FileChange) -> String {
    crate::printers::shown_path(&report.folders, &change.file)
}

fn word_of(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
        Change::Removed => "removed",
        Change::Renamed => "renamed",
    }
}

fn print_summary(report: &IngestReport, mode: Mode, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    if mode == Mode::DryRun {
        let count = |wanted: Change| report.changes.iter().filter(|change| change.change == wanted).count();
        let line = format!(
            "would read {}: {} new, {} changed; {} removed; nothing was written",
            counted((count(Change::New) + count(Change::Changed)) as u64, "file", "files"),
            count(Change::New),
            count(Change::Changed),
            count(Change::Removed)
        );
        print_wrapped(&line, screen, out)?;
        return Ok(());
    }
    let renamed = report.changes.iter().filter(|change| change.change == Change::Renamed).count();
    let mut changed = format!("{} new, {} updated, {} unchanged, {} removed", report.new, report.updated, report.unchanged, report.removed);
    if renamed > 0 {
        changed.push_str(&format!(" ({})", counted(renamed as u64, "file was renamed", "files were renamed")));
    }
    print_wrapped(&changed, screen, out)?;
    print_wrapped(&holdings(&report.statistics), screen, out)?;
    let mut cost = format!("{} s", seconds(report.took));
    if report.read_bytes > 0 {
        let per_second = report.read_bytes as f64 / report.took.as_secs_f64().max(1e-6);
        cost.push_str(&format!(", {} read, {:.1} MB/s", size(report.read_bytes), per_second / 1e6));
    }
    cost.push_str(&format!(", index {}", size(report.statistics.len_bytes)));
    if report.skipped > 0 {
        cost.push_str(&format!(", {} of other kinds not read", counted(report.skipped as u64, "file", "files")));
    }
    if report.links_left_out > 0 {
        cost.push_str(&format!(", {} not followed (--follow-links)", counted(report.links_left_out as u64, "link", "links")));
    }
    cost.push_str(&format!(", {}", counted(report.warnings.len() as u64, "warning", "warnings")));
    print_wrapped(&cost, screen, out)
}

fn print_wrapped(line: &str, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    for line in screen.wrapped(line, "") {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn holdings(statistics: &search::Statistics) -> String {
    if statistics.articles == 0 {
        return "no articles: the folders hold none of the formats that are read".to_owned();
    }
    format!(
        "{}: {}, {} undated, {} without source",
        Totals { articles: statistics.articles, groups: statistics.groups, sources: statistics.sources },
        counted(statistics.copies, "copy", "copies"),
        statistics.undated,
        statistics.without_source
    )
}

fn seconds(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 10.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

/// Prints the warnings of a report on the standard error.
pub fn print_warnings(report: &IngestReport) -> Result<(), Failure> {
    let mut out = std::io::stderr().lock();
    for warning in report.warnings.iter().take(WARNINGS_MAX) {
        writeln!(out, "warning: {}", safe(&warning.to_string()))?;
    }
    if report.warnings.len() > WARNINGS_MAX {
        writeln!(out, "warning: and {} more", report.warnings.len() - WARNINGS_MAX)?;
    }
    Ok(())
}
