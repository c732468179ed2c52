//! The options of `search` that say how its answer is printed.

use clap::{Args, ValueEnum};
use dateline::search::FacetField;

/// How hits are printed.
#[derive(Debug, Args)]
pub struct OutputOptions {
    /// Print one JSON object; the same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// How to print the hits.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SearchFormat,
    /// Print the paths of the hits alone, each once and ended by NUL, for `xargs -0`; with --expand those of the copies too.
    #[arg(short = '0', long = "null", conflicts_with_all = ["format", "json", "queries"])]
    null: bool,
    /// Open this hit of the list in $DATELINE_PAGER, $PAGER, $VISUAL or $EDITOR, at the line of its passage.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with_all = ["format", "json", "null", "queries"])]
    pub open: Option<u32>,
    /// Tell where the score of each hit comes from: its words, and what their places add. Text, JSON and NDJSON only.
    #[arg(long, conflicts_with = "null")]
    pub explain: bool,
    /// Also count all matches by these, by articles and by groups: most first, months in order. Text and JSON only.
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',')]
    pub facets: Vec<FacetName>,
}

/// By what matches are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FacetName {
    /// The outlet.
    Source,
    /// The month of publication.
    Month,
    /// The language.
    Language,
}

impl FacetName {
    /// Returns the property it names.
    pub fn field(self) -> FacetField {
        match self {
            FacetName::Source => FacetField::Source,
            FacetName::Month => FacetField::Month,
            FacetName::Language => FacetField::Language,
        }
    }
}

impl OutputOptions {
    /// Returns the format that is asked for.
    pub fn format(&self) -> SearchFormat {
        match self {
            OutputOptions { json: true, .. } => SearchFormat::Json,
            OutputOptions { null: true, .. } => SearchFormat::Paths,
            OutputOptions { format, .. } => *format,
        }
    }
}

/// How hits are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// For reading.
    Text,
    /// One JSON object.
    Json,
    /// A JSON object a hit, each on its line, as in the hits of `json`.
    Ndjson,
    /// A table for spreadsheets: rank, score, id, headline, source, published, published_from, group, articles, sources, path,
    /// lines, passage. An apostrophe stands before a cell that would run as a formula.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// Markdown, for notes.
    Md,
    /// Quotations to paste: source, date and where it was read, path, lines, SHA-256 of the file as it is now.
    Cite,
    /// Lines of a TREC run; every article counts by itself.
    Trec,
    /// Paths alone; see --null.
    #[value(skip)]
    Paths,
}
