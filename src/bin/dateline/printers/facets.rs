//! Matches counted by their properties, for reading: a block a property, a line a value.

use std::io::Write;

use dateline::search::{Facet, FacetField};

use crate::printers::counted;
use crate::screen::{Screen, Style, columns, safe};

/// Values that are listed of one property; how many more there are is told.
const VALUES_MAX: usize = 20;

/// Returns the name of a property in output.
pub fn facet_name(field: FacetField) -> &'static str {
    match field {
        FacetField::Source => "source",
        FacetField::Language => "language",
        FacetField::Day => "day",
        FacetField::Week => "week",
        FacetField::Month => "month",
    }
}

/// Prints the counts of each property, a blank line before each.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(facets: &[Facet], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    for facet in facets {
        writeln!(out, "\n{}", screen.styled(facet_name(facet.field), Style::Headline))?;
        let shown = facet.counts.iter().take(VALUES_MAX);
        let width = shown.clone().map(|count| count.articles.to_string().len()).max().unwrap_or(0);
        for count in shown {
            let number = format!("{:>width$}", count.articles);
            let groups =
                if count.groups == count.articles { String::new() } else { format!(" in {}", counted(count.groups, "group", "groups")) };
            let value = count.value.as_deref().unwrap_or("unknown");
            let indent = " ".repeat(columns(&number) + 4);
            let lines = screen.wrapped(&safe(&format!("{value}{groups}")), &indent);
            for (place, line) in lines.iter().enumerate() {
                let start = if place == 0 { format!("  {}  ", screen.styled(&number, Style::Label)) } else { indent.clone() };
                writeln!(out, "{start}{}", line.trim_start())?;
            }
        }
        let more = facet.counts.len().saturating_sub(VALUES_MAX);
        if more > 0 {
            writeln!(out, "  {}", screen.styled(&format!("and {more} more"), Style::Quiet))?;
        }
    }
    Ok(())
}
