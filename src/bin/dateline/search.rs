//! `dateline search`: a question in, ranked passages out.

use std::io::{BufWriter, Write};
use std::path::Path;

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{IngestRequest, Limits, Mode};
use dateline::query::{Form, Query, Word};
use dateline::search::{
    Collapse, Copies, Explanations, Filter, Order, Passages, Representative, SearchRequest, SearchResponse, Searcher, Spread, TooWide,
    Totals, Undated,
};
use dateline::walk;

use crate::Outcome;
use crate::args::{Place, SearchFormat, SearchOptions, Shown, Sort};
use crate::days;
use crate::failure::Failure;
use crate::index::{STARTER_FOLDER, print_warnings, update};
use crate::like;
use crate::open;
use crate::own_file;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::answer::Answer;
use crate::printers::json::Asked;
use crate::printers::{answer, counted, text};
use crate::screen::{Screen, safe};
use crate::understand::{Reader, Understood, also_line};

/// Hits that are printed unless told otherwise: what fits a screen or two.
const HITS_FOR_READING: usize = 10;

/// Hits of a TREC run unless told otherwise: as many as its measures look at.
const HITS_FOR_RUNS: usize = 1000;

/// Runs the command.
pub fn run(place: &Place, options: &SearchOptions) -> Result<Outcome, Failure> {
    days::check_range(options.narrowing.since, options.narrowing.until)?;
    answer::check(&options.output)?;
    if options.output.explain && options.sort != Sort::Relevance {
        return Err(Failure::usage("--explain tells of scores, and hits that come by date have none", "--explain without --sort"));
    }
    let reader = Reader::new(&options.language)?;
    let typed = options.query.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ");
    check_order(options)?;
    if options.explain_query && options.like.is_none() {
        return explain(&reader.read(&typed)?);
    }
    let searcher = open_or_build(&place.index)?;
    match &options.queries {
        Some(file) => run_file(place, options, file, &Asking { reader: &reader, searcher: searcher.as_ref() }),
        None => run_typed(place, options, &typed, &Asking { reader: &reader, searcher: searcher.as_ref() }),
    }
}

/// Refuses what cannot be had together.
fn check_order(options: &SearchOptions) -> Result<(), Failure> {
    let is_ordered = options.sort != Sort::Relevance;
    match (is_ordered, options.diverse, options.like.is_some()) {
        _ if is_ordered && options.recent => Err(Failure::usage("--recent goes by relevance, and --sort does not", "one of the two")),
        (true, true, _) => Err(Failure::usage("--diverse goes by relevance, and --sort does not", "one of the two")),
        (true, _, true) => Err(Failure::usage("--like goes by likeness, and --sort does not", "one of the two")),
        (_, _, true) if !options.output.facets.is_empty() => {
            Err(Failure::usage("--like lists what is like an article, and --facets counts all matches", "one of the two"))
        }
        _ => Ok(()),
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
    writeln!(std::io::stderr(), "no index in {} yet: making one from {STARTER_FOLDER}", safe(&walk::written(index)))?;
    let request = IngestRequest {
        index: index.to_path_buf(),
        folders: vec![STARTER_FOLDER.into()],
        map: None,
        forget: Vec::new(),
        links: None,
        limits: Limits::default(),
        mode: Mode::Update,
        reading: pdf_text::reading(),
        stop: Default::default(),
    };
    let report = update(&request)?;
    print_warnings(&report)?;
    writeln!(std::io::stderr(), "{} in {:.1} s\n", counted(report.statistics.articles, "article", "articles"), report.took.as_secs_f64())?;
    Ok(engine::open(index)?)
}

fn request(options: &SearchOptions, query: Query) -> SearchRequest {
    let format = options.output.format();
    let is_run = format == SearchFormat::Trec;
    let mut request = SearchRequest {
        query,
        filter: Filter {
            group_articles_min: options.min_copies,
            undated: if options.undated { Undated::TakenIn } else { Undated::LeftOut },
            ..options.narrowing.filter()
        },
        limit: options.limit.unwrap_or(if is_run { HITS_FOR_RUNS } else { HITS_FOR_READING }),
        order: match options.sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
        },
        recent_on: options.recent.then(days::today),
        spread: if options.diverse { Spread::Sources } else { Spread::AsRanked },
        totals: if is_run { Totals::Skip } else { Totals::Count },
        passages: if is_run { Passages::None } else { Passages::Best(options.passages) },
        copies: if options.expand { Copies::List } else { Copies::Summary },
        collapse: if is_run { Collapse::Never } else { Collapse::Groups },
        representative: match options.representative {
            None => Representative::Usual,
            Some(Shown::Earliest) => Representative::Earliest,
            Some(Shown::Longest) => Representative::Longest,
            Some(Shown::Newest) => Representative::Newest,
        },
        facets: options.output.facets.iter().map(|facet| facet.field()).collect(),
        explanations: if options.output.explain { Explanations::Give } else { Explanations::Skip },
        deadline: options.time.deadline(),
    };
    answer::ask_for(format, &mut request);
    request
}

fn run_typed(place: &Place, options: &SearchOptions, typed: &str, asking: &Asking) -> Result<Outcome, Failure> {
    let Asking { reader, searcher } = asking;
    let like = options.like.as_deref().map(|id| like::find(*searcher, id)).transpose()?;
    let Understood { typed: query, asked, also } = match &like {
        Some(like) if typed.is_empty() => like.understood(),
        Some(like) => like.within(reader.read(typed)?),
        None => reader.read(typed)?,
    };
    if options.explain_query {
        return explain(&Understood { typed: query, asked, also });
    }
    let mut request = request(options, asked);
    let opened = options.output.open.and_then(|number| usize::try_from(number).ok());
    request.limit = request.limit.max(opened.unwrap_or(0));
    let response = match &like {
        Some(like) => like.search(&request, *searcher)?,
        None => searcher.search(&request)?,
    };
    if let Some(number) = opened {
        return open::open(number, &response, searcher.folders()).map(|()| Outcome::Done);
    }
    let mut advice = match response.groups_total {
        0 if like.is_some() => vec!["nothing else in the index is enough like it".to_owned()],
        0 if response.hits.is_empty() => advice(&query, &request, *searcher)?,
        1..=FEW_GROUPS if like.is_none() => likelier_spellings(&query, *searcher)?,
        _ => Vec::new(),
    };
    advice.extend(response.too_wide.iter().map(too_wide_line));
    let screen = Screen::of_stdout(place.color).with_links(place.hyperlinks);
    let mut out = Output::new(place);
    let asked = Asked { typed, parsed: request.query.to_string(), also: &also, warnings: &advice };
    let format = options.output.format();
    answer::print(format, &Answer { id: "1", asked, response: &response, searcher: *searcher, screen: &screen }, &mut out)?;
    let notes: Vec<String> = also.iter().map(also_line).chain(advice.iter().cloned()).collect();
    let mut about = Vec::new();
    match format {
        SearchFormat::Json | SearchFormat::Trec => {}
        SearchFormat::Text | SearchFormat::Md | SearchFormat::Cite => print_totals(&response, &notes, &mut about)?,
        SearchFormat::Csv | SearchFormat::Tsv | SearchFormat::Ndjson | SearchFormat::Paths => print_notes(&notes, &mut about)?,
    }
    out.finish_with(&about)?;
    Ok(if response.hits.is_empty() && request.limit > 0 { Outcome::NothingFound } else { Outcome::Done })
}

fn print_totals(response: &SearchResponse, notes: &[String], err: &mut dyn Write) -> Result<(), Failure> {
    let screen = Screen::of_stderr();
    let gap = if response.hits.is_empty() { "" } else { "\n" };
    let lines = screen.wrapped(&text::totals_line(response), "").into_iter();
    writeln!(err, "{gap}{}", lines.collect::<Vec<_>>().join("\n"))?;
    print_notes(notes, err)
}

fn print_notes(notes: &[String], err: &mut dyn Write) -> Result<(), Failure> {
    let screen = Screen::of_stderr();
    for line in notes.iter().flat_map(|line| screen.wrapped(&safe(line), "")) {
        writeln!(err, "{line}")?;
    }
    Ok(())
}

fn too_wide_line(found: &TooWide) -> String {
    let TooWide { word, words, taken } = found;
    format!("“{word}” stands for {words} words: only the {taken} most frequent were looked for; write more of its letters")
}

/// With so few groups found it is asked whether a word was spelled otherwise.
const FEW_GROUPS: u64 = 3;

/// A word that at least so many times as many articles have was rather meant.
const LIKELIER: u64 = 20;

/// Says which words are nearly spelled as others that are far more frequent.
fn likelier_spellings(typed: &Query, searcher: &dyn Searcher) -> Result<Vec<String>, Error> {
    let mut advice = Vec::new();
    for word in typed.positive_words().into_iter().filter(|word| word.match_form == Form::Stemmed).take(ADVISED_WORDS_MAX) {
        let articles = searcher.articles_with(&word.text)?;
        if articles > FEW_GROUPS {
            continue;
        }
        let Some(nearest) = nearest(word, searcher)? else { continue };
        let others = searcher.articles_with(&nearest)?;
        if others >= articles.max(1) * LIKELIER {
            let counts = counted(others, "article has", "articles have");
            advice.push(format!("did you mean “{nearest}”? {counts} it, and {articles} “{}”", word.text));
        }
    }
    Ok(advice)
}

/// Returns the word of the index that is spelled most nearly like one of a query; none for a number, whose neighbours say nothing.
fn nearest(word: &Word, searcher: &dyn Searcher) -> Result<Option<String>, Error> {
    if word.text.contains(|c: char| c.is_ascii_digit()) { Ok(None) } else { searcher.nearest_spelling(&word.text) }
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
        advice.push(match nearest(word, searcher)? {
            Some(nearest) => format!("no article has “{}”; did you mean “{nearest}”?", word.text),
            None => format!("no article has “{}”", word.text),
        });
    }
    let Filter { source, since, until, group_articles_min, undated: _, apart_from: _ } = &request.filter;
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
fn run_file(place: &Place, options: &SearchOptions, file: &Path, asking: &Asking) -> Result<Outcome, Failure> {
    let Asking { reader, searcher } = asking;
    let format = options.output.format();
    if !matches!(format, SearchFormat::Text | SearchFormat::Json | SearchFormat::Trec) {
        return Err(Failure::usage("many queries are not answered in this format", "--format trec, json or text, or a query at a time"));
    }
    let shown = walk::written(file);
    let lines = own_file::text(file, "read the queries")?;
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
        if format == SearchFormat::Text {
            writeln!(out, "## {}  {}\n", safe(id), safe(typed))?;
        }
        let asked = Asked { typed, parsed: request.query.to_string(), also: &understood.also, warnings: &[] };
        answer::print(format, &Answer { id, asked, response: &response, searcher: *searcher, screen: &screen }, &mut out)?;
        if format == SearchFormat::Text {
            writeln!(out, "\n{}\n", text::totals_line(&response))?;
        }
    }
    out.flush()?;
    Ok(outcome)
}
