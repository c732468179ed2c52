//! `dateline article`: what is read from a file, and where each value was read; also how an article is printed.

use std::io::{BufWriter, Write};

use dateline::article::{Article, Conflict, Furniture, Metadata, Person, Stated};
use dateline::document::Provenance;
use dateline::error::Warning;
use dateline::formats::FieldMap;
use dateline::ingest;

use crate::Outcome;
use crate::args::{ArticleOptions, Place};
use crate::failure::Failure;
use crate::pdf_text;
use crate::printers::{counted, json, readable};
use crate::screen::{Screen, Style, columns, safe};

/// Runs the command.
pub fn run(place: &Place, options: &ArticleOptions) -> Result<Outcome, Failure> {
    let screen = Screen::of_stdout(place.color);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let read_options = pdf_text::reading().with_map(FieldMap::new(options.map.clone()));
    let mut outcome = Outcome::NothingFound;
    let mut first_failure = None;
    for file in &options.files {
        // What is wrong stands with the document that it is read before, as far as one follows.
        let mut warnings = Vec::new();
        let mut printed = Ok(());
        let read = ingest::read_file(file, &read_options, &mut |result| match result {
            _ if printed.is_err() => {}
            Ok(article) => {
                outcome = Outcome::Done;
                printed = print(&article, &warnings, options, &screen, &mut out);
                warnings.clear();
            }
            Err(warning) => {
                printed = out.flush().map_err(Failure::from).and_then(|()| print_warning(&warning));
                warnings.push(warning);
            }
        });
        printed?;
        if let Err(error) = read {
            // The other files are read all the same; the first failure decides how it ends.
            let failure = Failure::from(error);
            match first_failure {
                None => first_failure = Some(failure),
                Some(_) => failure.print(),
            }
        }
        out.flush()?;
    }
    match first_failure {
        Some(failure) => Err(failure),
        None => Ok(outcome),
    }
}

fn print(article: &Article, warnings: &[Warning], options: &ArticleOptions, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    if options.json {
        writeln!(out, "{}", json::printed(&json::article(&article.claimed_id(), article, warnings)))?;
        return Ok(());
    }
    print_article(article, screen, out)?;
    if options.furniture {
        print_furniture(&article.furniture, screen, out)?;
    }
    Ok(())
}

fn print_warning(warning: &Warning) -> Result<(), Failure> {
    writeln!(std::io::stderr(), "warning: {}", safe(&warning.to_string()))?;
    Ok(())
}

/// Prints an article for reading: what is known about it and from where, then its body.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_article(article: &Article, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let metadata = &article.metadata;
    let headline = metadata.headline.as_ref().map_or("(no headline)", |headline| headline.value.as_str());
    for line in screen.wrapped(&safe(headline), "") {
        writeln!(out, "{}", screen.styled(&line, Style::Headline))?;
    }
    for (name, value, from) in rows(metadata) {
        print_row(name, &value, from, screen, out)?;
        for conflict in metadata.conflicts.iter().filter(|conflict| conflict.field == name) {
            print_conflict(conflict, screen, out)?;
        }
    }
    print_row("id", &article.claimed_id(), None, screen, out)?;
    for (paragraph, text) in article.body.paragraphs.iter().zip(article.body.paragraph_texts()) {
        writeln!(out)?;
        for line in screen.wrapped(&safe(text), "") {
            writeln!(out, "{}", if paragraph.is_heading { screen.styled(&line, Style::Headline) } else { line.into() })?;
        }
    }
    if article.body.paragraphs.is_empty() {
        writeln!(out, "\n(no text)")?;
    }
    writeln!(out)
}

/// Lists what is known about an article: name, value, where it was read; what is unknown says so where a reader would miss it.
fn rows(metadata: &Metadata) -> Vec<(&'static str, String, Option<Provenance>)> {
    let text = |stated: &Option<Stated<String>>| stated.as_ref().map(|stated| (stated.value.clone(), Some(stated.from)));
    let moment =
        |stated: &Option<Stated<dateline::moment::Moment>>| stated.as_ref().map(|stated| (readable(stated.value), Some(stated.from)));
    let unknown = |name: &str| Some((name.to_owned(), None));
    let byline = metadata.byline.as_ref().map(|byline| (byline_line(&byline.value), Some(byline.from)));
    let confidence = metadata.language_confidence.map(|percent| format!(", {percent} % sure")).unwrap_or_default();
    let language = text(&metadata.language).map(|(code, from)| (code + &confidence, from));
    let credits: Vec<&str> = metadata.credits.iter().map(|credit| credit.value.as_str()).collect();
    let credit = metadata.credits.first().map(|first| (credits.join(", "), Some(first.from)));
    let rows = [
        ("source", text(&metadata.source).or_else(|| unknown("unknown"))),
        ("published", moment(&metadata.published).or_else(|| unknown("undated"))),
        ("modified", moment(&metadata.modified)),
        ("saved", moment(&metadata.saved)),
        ("byline", byline),
        ("credit", credit),
        ("language", language),
        ("url", text(&metadata.url)),
    ];
    rows.into_iter().filter_map(|(name, row)| row.map(|(value, from)| (name, value, from))).collect()
}

/// Writes people with their roles: `Ida Holm (Political Editor), Jan Berg`.
fn byline_line(people: &[Person]) -> String {
    let people: Vec<String> = people
        .iter()
        .map(|person| person.role.as_ref().map_or_else(|| person.name.clone(), |role| format!("{} ({role})", person.name)))
        .collect();
    people.join(", ")
}

fn print_row(name: &str, value: &str, from: Option<Provenance>, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let name = format!("{name:10}");
    let from = from.map(|from| format!("  ({})", from.label())).unwrap_or_default();
    writeln!(out, "{}{}{}", screen.styled(&name, Style::Label), safe(value), screen.styled(&from, Style::Quiet))
}

fn print_conflict(conflict: &Conflict, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let line = format!("          but {} according to {}", safe(&conflict.value), conflict.from.label());
    writeln!(out, "{}", screen.styled(&line, Style::Attention))
}

/// Prints what was taken out of a page, line by line, with the reason for each.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_furniture(furniture: &[Furniture], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let title = format!("taken out: {}", counted(furniture.len() as u64, "piece", "pieces"));
    writeln!(out, "{}", screen.styled(&title, Style::Headline))?;
    for piece in furniture {
        let place = piece.lines.map(|(first, last)| if first == last { format!("{first}") } else { format!("{first}–{last}") });
        let place = format!("{:>7}  ", place.unwrap_or_default());
        let indent = " ".repeat(columns(&place));
        let lines = screen.wrapped(&safe(&piece.text), &indent);
        for (number, line) in lines.iter().enumerate() {
            let start = if number == 0 { screen.styled(&place, Style::Label).into_owned() } else { indent.clone() };
            writeln!(out, "{start}{}", line.trim_start())?;
        }
        let reason = format!("{indent}[{}]", safe(&piece.reason));
        writeln!(out, "{}", screen.styled(&reason, Style::Quiet))?;
    }
    writeln!(out)
}
