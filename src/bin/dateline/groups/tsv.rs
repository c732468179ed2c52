//! An article's place in its group as a line for programs.

use std::io::Write;

use dateline::search::Grouped;

use crate::printers::json;
use crate::printers::table::neutral;

/// Prints `article<TAB>group<TAB>relation<TAB>resemblance<TAB>containment`; a blank stands for a tab or line break in an id, and an
/// apostrophe before one that a spreadsheet would run.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_line(article: &Grouped, out: &mut dyn Write) -> std::io::Result<()> {
    let relation = article.tie.as_ref().map_or("representative", |tie| tie.relation.label());
    let (resemblance, containment) = json::shares(article.tie.as_ref());
    writeln!(out, "{}\t{}\t{relation}\t{resemblance:.3}\t{containment:.3}", neutral(&article.article.id), article.group)
}
