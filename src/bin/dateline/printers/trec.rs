//! Hits as lines of a TREC run: `query Q0 article rank score dateline`.

use std::io::Write;

use dateline::search::SearchResponse;

use crate::screen::safe;

/// The name of the run.
const RUN: &str = "dateline";

/// Prints the hits of one query; blanks in ids become `_`, since blanks part the columns. An id is printed once a query.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(query: &str, response: &SearchResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let mut printed = std::collections::HashSet::new();
    let hits = response.hits.iter().filter(|hit| printed.insert(hit.article.id.clone()));
    for (number, hit) in hits.enumerate() {
        let id: String = safe(&hit.article.id).chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
        writeln!(out, "{} Q0 {id} {} {:.4} {RUN}", safe(query), number + 1, hit.score)?;
    }
    Ok(())
}
