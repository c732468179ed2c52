//! An answer in the format that is asked for.

use std::io::Write;

use dateline::search::{Copies, SearchRequest, SearchResponse, Searcher};

use crate::args::{OutputOptions, SearchFormat};
use crate::failure::Failure;
use crate::printers::json::{self, Asked};
use crate::printers::table::{self, Separator};
use crate::printers::{cite, facets, markdown, paths, text, trec};
use crate::screen::Screen;

/// What is printed, and where.
pub struct Answer<'a> {
    /// The id of the query, where there are many.
    pub id: &'a str,
    /// What was asked.
    pub asked: Asked<'a>,
    /// What was answered.
    pub response: &'a SearchResponse,
    /// Who answered.
    pub searcher: &'a dyn Searcher,
    /// What it is printed on.
    pub screen: &'a Screen,
}

/// Asks for what a format prints, beside what was asked for.
pub fn ask_for(format: SearchFormat, request: &mut SearchRequest) {
    if matches!(format, SearchFormat::Json | SearchFormat::Ndjson) {
        request.copies = Copies::List;
    }
}

/// Refuses what a format has no place for.
pub fn check(options: &OutputOptions) -> Result<(), Failure> {
    if !options.facets.is_empty() && !matches!(options.format(), SearchFormat::Text | SearchFormat::Json) {
        return Err(Failure::usage("--facets has no place in this format", "--facets with --format text or json"));
    }
    if options.explain && !matches!(options.format(), SearchFormat::Text | SearchFormat::Json | SearchFormat::Ndjson) {
        return Err(Failure::usage("--explain has no place in this format", "--explain with --format text, json or ndjson"));
    }
    Ok(())
}

/// Prints an answer.
pub fn print(format: SearchFormat, answer: &Answer<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let Answer { id, asked, response, searcher, screen } = answer;
    let folders = searcher.folders();
    match format {
        SearchFormat::Text => {
            text::print_hits(response, folders, screen, out)?;
            facets::print(&response.facets, screen, out)?;
        }
        SearchFormat::Json => json::print_response(asked, response, folders, out)?,
        SearchFormat::Ndjson => json::print_hits(response, folders, out)?,
        SearchFormat::Csv => table::print_hits(response, folders, Separator::Comma, out)?,
        SearchFormat::Tsv => table::print_hits(response, folders, Separator::Tab, out)?,
        SearchFormat::Md => markdown::print_hits(response, folders, out)?,
        SearchFormat::Cite => cite::print_hits(response, *searcher, out)?,
        SearchFormat::Trec => trec::print_hits(id, response, out)?,
        SearchFormat::Paths => paths::print_hits(response, folders, screen, out)?,
    }
    Ok(())
}
