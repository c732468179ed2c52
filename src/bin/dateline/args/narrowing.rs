//! The options that say from whom and of which days an article must be.

use clap::Args;
use dateline::moment::Moment;
use dateline::search::Filter;

use crate::days::{first_day, last_day};

/// From whom and of which days an article must be.
#[derive(Debug, Args)]
pub struct NarrowingOptions {
    /// Only from outlets with these words in their name.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Only published on this day or later: 2024-11-26, 2024-11, 2024, 7d or "last week".
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Moment>,
    /// Only published on this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Moment>,
}

impl NarrowingOptions {
    /// Returns the filter that asks for this and nothing else.
    pub fn filter(&self) -> Filter {
        Filter { source: self.source.clone(), since: self.since, until: self.until, ..Filter::default() }
    }
}
