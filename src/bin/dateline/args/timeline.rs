//! The options of `timeline`.

use clap::{Args, ValueEnum};
use dateline::search::FacetField;

use super::amounts::TimeOptions;
use super::language::LanguageOptions;
use super::narrowing::NarrowingOptions;

/// Options of `timeline`.
#[derive(Debug, Args)]
#[command(after_help = "A bar is as long as there are articles: █ for each group, ▒ for its further articles. Days, weeks (named by
their Monday) or months are chosen by the span; runs of empty ones are folded into a line. Queries are those of
`dateline search`.

With --json one object:
  {\"version\":1,\"query\",\"parsed\",\"articles_total\":N,\"groups_total\":N,\"by\":\"day\"|\"week\"|\"month\",
   \"bins\":[{\"value\",\"articles\":N,\"groups\":N}],\"undated\":{\"articles\":N,\"groups\":N},\"undated_left_out\":N}
Empty bins are not listed. A group counts in each bin that an article of it is in.

Exit codes: 0 done; 1 nothing found; 2 it could not be done.

Examples:
  dateline timeline port strike
  dateline timeline '\"wage offer\"' --since 2024-11 --by day
  dateline timeline strike --json | jq '.bins[].articles'")]
pub struct TimelineOptions {
    /// The words to look for.
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    pub language: LanguageOptions,
    /// From whom and of which days.
    #[command(flatten)]
    pub narrowing: NarrowingOptions,
    /// How much time a bar stands for [default: by the span].
    #[arg(long, value_name = "UNIT")]
    pub by: Option<Unit>,
    /// How long an answer may take.
    #[command(flatten)]
    pub time: TimeOptions,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// How much time a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unit {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
}

impl Unit {
    /// Returns the property that is counted by.
    pub fn field(self) -> FacetField {
        match self {
            Unit::Day => FacetField::Day,
            Unit::Week => FacetField::Week,
            Unit::Month => FacetField::Month,
        }
    }
}
