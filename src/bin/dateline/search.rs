//! `dateline search`: a question in, ranked passages out.

use std::io::{BufWriter, Write};
use std::path::Path;

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{IngestRequest, Mode};
use dateline::query::{self, Query};
use dateline::search::{Collapse, Copies, Filter, Order, Passages, Representative, SearchRequest, SearchResponse, Searcher, Totals};

use crate::Outcome;
use crate::args::{Place, SearchFormat, SearchOptions, Shown, Sort};
use crate::days;
use crate::failure::Failure;
use crate::index::{STARTER_FOLDER, print_warnings, update};
use crate::open;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::answer::Answer;
use crate::printers::json::Asked;
use crate::printers::{answer, counted, text};
use crate::screen::{Screen, safe};

/// Hits that are printed unless told otherwise: what fits a screen or two.
const HITS_FOR_READING: usize = 10;

/// Hits of a TREC run unless told otherwise: as many as its measures look at.
const HITS_FOR_RUNS: usize = 1000;

/// Runs the command.
pub fn run(place: &Place, options: &SearchOptions) -> Result<Outcome, Failure> {
    days::check_range(options.since, options.until)?;
    answer::check(&options.output)?;
    let searcher = open_or_build(&place.index)?;
    match &options.queries {
        Some(file) => run_file(place, options, file, searcher.as_ref()),
        None => {
            let words: Vec<&str> = options.query.iter().map(|word| word.trim()).collect();
            run_typed(place, options, &words.join(" "), searcher.as_ref())
        }
    }
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

fn parse(options: &SearchOptions, typed: &str) -> Result<Query, Failure> {
    let parsed = if options.any { query::parse_any(typed) } else { query::parse(typed) };
    parsed.map_err(|error| Failure::Query { typed: typed.to_owned(), error })
}

fn request(options: &SearchOptions, query: Query) -> SearchRequest {
    let format = options.output.format();
    let is_run = format == SearchFormat::Trec;
    let mut request = SearchRequest {
        query,
        filter: Filter {
            source: options.source.clone(),
            since: options.since,
            until: options.until,
            group_articles_min: options.min_copies,
        },
        limit: options.limit.unwrap_or(if is_run { HITS_FOR_RUNS } else { HITS_FOR_READING }),
        order: match options.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
        },
        totals: if is_run { Totals::Skip } else { Totals::Count },
        passages: if is_run { Passages::None } else { Passages::Best },
        copies: if options.expand { Copies::List } else { Copies::Summary },
        collapse: if is_run { Collapse::Never } else { Collapse::Groups },
        representative: match options.representative {
            None => Representative::Usual,
            Some(Shown::Earliest) => Representative::Earliest,
            Some(Shown::Longest) => Representative::Longest,
            Some(Shown::Newest) => Representative::Newest,
        },
        facets: options.output.facets.iter().map(|facet| facet.field()).collect(),
    };
    answer::ask_for(format, &mut request);
    request
}

fn run_typed(place: &Place, options: &SearchOptions, typed: &str, searcher: &dyn Searcher) -> Result<Outcome, Failure> {
    let query = parse(options, typed)?;
    let mut request = request(options, query);
    let opened = options.output.open.and_then(|number| usize::try_from(number).ok());
    request.limit = request.limit.max(opened.unwrap_or(0));
    let response = searcher.search(&request)?;
    if let Some(number) = opened {
        return open::open(number, &response, searcher.folders()).map(|()| Outcome::Done);
    }
    let advice = if response.hits.is_empty() { advice(&request, searcher)? } else { Vec::new() };
    let screen = Screen::of_stdout(place.color).with_links(place.hyperlinks);
    let mut out = Output::new(place);
    let asked = Asked { typed, parsed: request.query.to_string(), warnings: &advice };
    let format = options.output.format();
    answer::print(format, &Answer { id: "1", asked, response: &response, searcher, screen: &screen }, &mut out)?;
    let mut about = Vec::new();
    match format {
        SearchFormat::Json | SearchFormat::Trec => {}
        SearchFormat::Text | SearchFormat::Md | SearchFormat::Cite => print_totals(&response, &advice, &mut about)?,
        SearchFormat::Csv | SearchFormat::Tsv | SearchFormat::Ndjson | SearchFormat::Paths => print_advice(&advice, &mut about)?,
    }
    if out.is_held() {
        out.write_all(&about)?;
        about.clear();
    }
    out.finish()?;
    std::io::stderr().write_all(&about)?;
    Ok(if response.hits.is_empty() && request.limit > 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn print_totals(response: &SearchResponse, advice: &[String], err: &mut dyn Write) -> Result<(), Failure> {
    let screen = Screen::of_stderr();
    let gap = if response.hits.is_empty() { "" } else { "\n" };
    let lines = screen.wrapped(&text::totals_line(response), "").into_iter();
    writeln!(err, "{gap}{}", lines.collect::<Vec<_>>().join("\n"))?;
    print_advice(advice, err)
}

fn print_advice(advice: &[String], err: &mut dyn Write) -> Result<(), Failure> {
    let screen = Screen::of_stderr();
    for line in advice.iter().flat_map(|line| screen.wrapped(&safe(line), "")) {
        writeln!(err, "{line}")?;
    }
    Ok(())
}

/// Words of a query that are told to be unknown, one by one.
const ADVISED_WORDS_MAX: usize = 5;

/// Says what to try when nothing was found.
fn advice(request: &SearchRequest, searcher: &dyn Searcher) -> Result<Vec<String>, Error> {
    let mut advice = Vec::new();
    let words = request.query.positive_words();
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
    let Filter { source, since, until, group_articles_min } = &request.filter;
    let set = [
        ("--source", source.is_some()),
        ("--since", since.is_some()),
        ("--until", until.is_some()),
        ("--min-copies", group_articles_min.is_some()),
    ];
    let set: Vec<&str> = set.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect();
    if !set.is_empty() {
        let without = SearchRequest { filter: Filter::default(), facets: Vec::new(), limit: 0, totals: Totals::Count, ..request.clone() };
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
fn run_file(place: &Place, options: &SearchOptions, file: &Path, searcher: &dyn Searcher) -> Result<Outcome, Failure> {
    let format = options.output.format();
    if !matches!(format, SearchFormat::Text | SearchFormat::Json | SearchFormat::Trec) {
        return Err(Failure::usage("many queries are not answered in this format", "--format trec, json or text, or a query at a time"));
    }
    let shown = file.display().to_string();
    let lines = std::fs::read_to_string(file).map_err(|error| Error::io("read the queries", &shown, error))?;
    let screen = Screen::of_stdout(place.color).with_links(place.hyperlinks);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut outcome = Outcome::NothingFound;
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some((id, typed)) = line.split_once('\t') else {
            return Err(Failure::usage(
                format!("{shown}:{}: no tab between id and query", number + 1),
                "write each line as `id<TAB>query`",
            ));
        };
        let request = match parse(options, typed) {
            Ok(query) => request(options, query),
            Err(Failure::Query { error, .. }) => {
                writeln!(std::io::stderr(), "warning: {}:{}: {}", safe(&shown), number + 1, safe(&error.message))?;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let response = searcher.search(&request)?;
        if !response.hits.is_empty() {
            outcome = Outcome::Done;
        }
        if format == SearchFormat::Text {
            writeln!(out, "## {}  {}\n", safe(id), safe(typed))?;
        }
        let asked = Asked { typed, parsed: request.query.to_string(), warnings: &[] };
        answer::print(format, &Answer { id, asked, response: &response, searcher, screen: &screen }, &mut out)?;
        if format == SearchFormat::Text {
            writeln!(out, "\n{}\n", text::totals_line(&response))?;
        }
    }
    out.flush()?;
    Ok(outcome)
}
