//! `dateline search`: a question in, ranked passages out.

use std::io::{BufWriter, Write};
use std::path::Path;

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{IngestRequest, Mode};
use dateline::query::{Form, Query};
use dateline::search::{
    Collapse, Copies, Filter, Order, Passages, Representative, SearchRequest, SearchResponse, Searcher, TooWide, Totals, Undated,
};

use crate::Outcome;
use crate::args::{Place, SearchFormat, SearchOptions, Shown, Sort};
use crate::days;
use crate::failure::Failure;
use crate::index::{STARTER_FOLDER, print_warnings, update};
use crate::pdf_text;
use crate::printers::json::Asked;
use crate::printers::{counted, json, text, trec};
use crate::screen::{Screen, safe};
use crate::understand::{Reader, Understood, also_line};

/// Hits that are printed unless told otherwise: what fits a screen or two.
const HITS_FOR_READING: usize = 10;

/// Hits of a TREC run unless told otherwise: as many as its measures look at.
const HITS_FOR_RUNS: usize = 1000;

/// Runs the command.
pub fn run(place: &Place, options: &SearchOptions) -> Result<Outcome, Failure> {
    days::check_range(options.since, options.until)?;
    let reader = Reader::new(options)?;
    let typed = options.query.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ");
    if options.explain_query {
        return explain(&reader.read(&typed)?);
    }
    let searcher = open_or_build(&place.index)?;
    match &options.queries {
        Some(file) => run_file(place, options, file, &Asking { reader: &reader, searcher: searcher.as_ref() }),
        None => run_typed(place, options, &typed, &Asking { reader: &reader, searcher: searcher.as_ref() }),
    }
}

/// Who understands queries, and who answers them.
struct Asking<'a> {
    reader: &'a Reader,
    searcher: &'a dyn Searcher,
}

/// Prints how a query is understood.
fn explain(understood: &Understood) -> Result<Outcome, Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", safe(&understood.asked.to_string()))?;
    for line in understood.asked.outline().lines() {
        writeln!(out, "  {}", safe(line))?;
    }
    for also in &understood.also {
        writeln!(out, "{}", safe(&also_line(also)))?;
    }
    Ok(Outcome::Done)
}

/// Opens the index; where there is none yet, one is made from the starter articles first.
pub fn open_or_build(index: &Path) -> Result<Box<dyn Searcher>, Failure> {
    let error = match engine::open(index) {
        Ok(searcher) => return Ok(searcher),
        Err(error) => error,
    };
    if error.kind() != ErrorKind::NoIndex || !Path::new(STARTER_FOLDER).is_dir() {
        return Err(error.into());
    }
    writeln!(std::io::stderr(), "no index in {} yet: making one from {STARTER_FOLDER}", safe(&index.display().to_string()))?;
    let request = IngestRequest {
        index: index.to_path_buf(),
        folders: vec![STARTER_FOLDER.into()],
        map: None,
        forget: Vec::new(),
        mode: Mode::Update,
        reading: pdf_text::reading(),
    };
    let report = update(&request)?;
    print_warnings(&report)?;
    writeln!(std::io::stderr(), "{} in {:.1} s\n", counted(report.statistics.articles, "article", "articles"), report.took.as_secs_f64())?;
    Ok(engine::open(index)?)
}

fn format(options: &SearchOptions) -> SearchFormat {
    if options.json { SearchFormat::Json } else { options.format }
}

fn request(options: &SearchOptions, query: Query) -> SearchRequest {
    let is_run = format(options) == SearchFormat::Trec;
    SearchRequest {
        query,
        filter: Filter {
            source: options.source.clone(),
            since: options.since,
            until: options.until,
            group_articles_min: options.min_copies,
            undated: if options.undated { Undated::TakenIn } else { Undated::LeftOut },
        },
        limit: options.limit.unwrap_or(if is_run { HITS_FOR_RUNS } else { HITS_FOR_READING }),
        order: match options.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
        },
        totals: if is_run { Totals::Skip } else { Totals::Count },
        passages: if is_run { Passages::None } else { Passages::Best },
        copies: if options.expand || format(options) == SearchFormat::Json { Copies::List } else { Copies::Summary },
        collapse: if is_run { Collapse::Never } else { Collapse::Groups },
        representative: match options.representative {
            None => Representative::Usual,
            Some(Shown::Earliest) => Representative::Earliest,
            Some(Shown::Longest) => Representative::Longest,
            Some(Shown::Newest) => Representative::Newest,
        },
    }
}

fn run_typed(place: &Place, options: &SearchOptions, typed: &str, asking: &Asking) -> Result<Outcome, Failure> {
    let Asking { reader, searcher } = asking;
    let Understood { typed: query, asked, also } = reader.read(typed)?;
    let request = request(options, asked);
    let response = searcher.search(&request)?;
    let mut advice = if response.hits.is_empty() { advice(&query, &request, *searcher)? } else { Vec::new() };
    advice.extend(response.too_wide.iter().map(too_wide_line));
    let mut out = BufWriter::new(std::io::stdout().lock());
    match format(options) {
        SearchFormat::Json => {
            let asked = Asked { typed, parsed: request.query.to_string(), also: &also, warnings: &advice };
            writeln!(out, "{}", json::response(&asked, &response, searcher.folders()))?;
        }
        SearchFormat::Trec => trec::print_hits("1", &response, &mut out)?,
        SearchFormat::Text => text::print_hits(&response, searcher.folders(), &Screen::of_stdout(place.color), &mut out)?,
    }
    out.flush()?;
    drop(out);
    if format(options) == SearchFormat::Text {
        let also = also.iter().map(also_line);
        print_totals(&response, &also.chain(advice).collect::<Vec<_>>())?;
    }
    Ok(if response.hits.is_empty() && request.limit > 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn print_totals(response: &SearchResponse, notes: &[String]) -> Result<(), Failure> {
    let screen = Screen::of_stderr();
    let mut err = std::io::stderr().lock();
    let gap = if response.hits.is_empty() { "" } else { "\n" };
    let lines = screen.wrapped(&text::totals_line(response), "").into_iter();
    writeln!(err, "{gap}{}", lines.collect::<Vec<_>>().join("\n"))?;
    for line in notes.iter().flat_map(|line| screen.wrapped(&safe(line), "")) {
        writeln!(err, "{line}")?;
    }
    Ok(())
}

fn too_wide_line(found: &TooWide) -> String {
    let TooWide { word, words, taken } = found;
    format!("“{word}” stands for {words} words: only the {taken} most frequent were looked for; write more of its letters")
}

/// Words of a query that are told to be unknown, one by one.
const ADVISED_WORDS_MAX: usize = 5;

/// Says what to try when nothing was found.
fn advice(typed: &Query, request: &SearchRequest, searcher: &dyn Searcher) -> Result<Vec<String>, Error> {
    let mut advice = Vec::new();
    let mut words = typed.positive_words();
    words.retain(|word| matches!(word.match_form, Form::Stemmed | Form::Exact));
    let mut unknown = 0;
    for word in &words {
        if searcher.articles_with(&word.text)? > 0 {
            continue;
        }
        unknown += 1;
        if unknown > ADVISED_WORDS_MAX {
            continue;
        }
        let is_number = word.text.contains(|c: char| c.is_ascii_digit());
        let nearest = if is_number { None } else { searcher.nearest_spelling(&word.text)? };
        advice.push(match nearest {
            Some(nearest) => format!("no article has “{}”; did you mean “{nearest}”?", word.text),
            None => format!("no article has “{}”", word.text),
        });
    }
    let Filter { source, since, until, group_articles_min, undated: _ } = &request.filter;
    let set = [
        ("--source", source.is_some()),
        ("--since", since.is_some()),
        ("--until", until.is_some()),
        ("--min-copies", group_articles_min.is_some()),
    ];
    let set: Vec<&str> = set.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect();
    if !set.is_empty() {
        let without = SearchRequest { filter: Filter::default(), limit: 0, totals: Totals::Count, ..request.clone() };
        let found = searcher.search(&without)?.articles_total;
        if found > 0 {
            advice.push(format!("without {}: {}", set.join(" and "), counted(found, "article", "articles")));
            return Ok(advice);
        }
    }
    if words.len() > 1 && unknown == 0 {
        advice
            .push("each word occurs, but not as you put them together: try fewer words, or --any for articles with any of them".to_owned());
    } else if words.len() > 1 && unknown < words.len() {
        advice.push("try it without that, or --any for articles with any of the words".to_owned());
    }
    Ok(advice)
}

/// Answers each line `id<TAB>query` of a file.
fn run_file(place: &Place, options: &SearchOptions, file: &Path, asking: &Asking) -> Result<Outcome, Failure> {
    let Asking { reader, searcher } = asking;
    let shown = file.display().to_string();
    let lines = std::fs::read_to_string(file).map_err(|error| Error::io("read the queries", &shown, error))?;
    let screen = Screen::of_stdout(place.color);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut outcome = Outcome::NothingFound;
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((id, typed)) = line.split_once('\t') else {
            return Err(Failure::usage(
                format!("{shown}:{}: no tab between id and query", number + 1),
                "write each line as `id<TAB>query`",
            ));
        };
        let understood = match reader.read(typed) {
            Ok(understood) => understood,
            Err(Failure::Query { error, .. }) => {
                writeln!(std::io::stderr(), "warning: {}:{}: {}", safe(&shown), number + 1, safe(&error.message))?;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let request = request(options, understood.asked);
        let response = searcher.search(&request)?;
        if !response.hits.is_empty() {
            outcome = Outcome::Done;
        }
        match format(options) {
            SearchFormat::Trec => trec::print_hits(id, &response, &mut out)?,
            SearchFormat::Json => {
                let asked = Asked { typed, parsed: request.query.to_string(), also: &understood.also, warnings: &[] };
                writeln!(out, "{}", json::response(&asked, &response, searcher.folders()))?;
            }
            SearchFormat::Text => {
                writeln!(out, "## {}  {}\n", safe(id), safe(typed))?;
                text::print_hits(&response, searcher.folders(), &screen, &mut out)?;
                writeln!(out, "\n{}\n", text::totals_line(&response))?;
            }
        }
    }
    out.flush()?;
    Ok(outcome)
}
