//! Hits as a table for spreadsheets: values parted by commas (RFC 4180) or by tabs, a row a passage.
//!
//! A cell holds no line break and no tab: blanks stand for them. Rows end with a line feed.

use std::borrow::Cow;
use std::io::Write;

use dateline::search::{Folder, Hit, PassageHit, SearchResponse};

use crate::printers::shown_path;
use crate::screen::safe;

/// The first row.
const HEADER: [&str; 13] = [
    "rank",
    "score",
    "id",
    "headline",
    "source",
    "published",
    "published_from",
    "group",
    "articles",
    "sources",
    "path",
    "lines",
    "passage",
];

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// A comma; a cell with a comma or a quotation mark in it is quoted.
    Comma,
    /// A tab; only a cell that begins with a quotation mark is quoted.
    Tab,
}

/// Prints a header and a row for each passage of each hit, best first. Unknown values are empty.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(response: &SearchResponse, folders: &[Folder], separator: Separator, out: &mut dyn Write) -> std::io::Result<()> {
    print_row(&HEADER.map(Cow::Borrowed), separator, out)?;
    for (number, hit) in response.hits.iter().enumerate() {
        for passage in 0..hit.passages.len().max(1) {
            print_row(&row(number + 1, (hit, hit.passages.get(passage)), folders), separator, out)?;
        }
    }
    Ok(())
}

fn row(rank: usize, (hit, passage): (&Hit, Option<&PassageHit>), folders: &[Folder]) -> [Cow<'static, str>; 13] {
    let metadata = &hit.article.metadata;
    let text = |text: &str| Cow::Owned(text.to_owned());
    let of = |value: Option<String>| value.map_or(Cow::Borrowed(""), Cow::Owned);
    let published = metadata.published.as_ref();
    let lines = passage.and_then(|passage| passage.lines);
    [
        Cow::Owned(rank.to_string()),
        Cow::Owned(format!("{:.3}", hit.score)),
        text(&hit.article.id),
        of(metadata.headline.as_ref().map(|headline| headline.value.clone())),
        of(metadata.source.as_ref().map(|source| source.value.clone())),
        of(published.map(|published| published.value.to_string())),
        published.map_or(Cow::Borrowed(""), |published| Cow::Borrowed(published.from.label())),
        Cow::Owned(hit.group.id.to_string()),
        Cow::Owned(hit.group.articles.to_string()),
        Cow::Owned(hit.group.sources.to_string()),
        Cow::Owned(shown_path(folders, &hit.article.key.file)),
        of(lines.map(|(first, last)| format!("{first}–{last}"))),
        passage.map_or(Cow::Borrowed(""), |passage| text(&passage.text)),
    ]
}

fn print_row(cells: &[Cow<'_, str>], separator: Separator, out: &mut dyn Write) -> std::io::Result<()> {
    let mark = match separator {
        Separator::Comma => ",",
        Separator::Tab => "\t",
    };
    let cells: Vec<String> = cells.iter().map(|cell| written(cell, separator)).collect();
    writeln!(out, "{}", cells.join(mark))
}

/// Returns a text of which nothing acts on a terminal or runs in a spreadsheet: an apostrophe stands before what would.
pub fn neutral(text: &str) -> String {
    let cell = safe(text);
    if is_formula(text) { format!("'{cell}") } else { cell.into_owned() }
}

/// Writes a cell: nothing in it acts, runs, or ends the cell.
fn written(text: &str, separator: Separator) -> String {
    let cell = neutral(text);
    let is_quoted = match separator {
        Separator::Comma => cell.contains([',', '"']),
        Separator::Tab => cell.starts_with('"'),
    };
    if is_quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// Tells a text that a spreadsheet would run, by its first characters (OWASP, "CSV Injection"): also in their full-width forms,
/// and behind blanks, control characters and quotation marks, which some programs take off.
fn is_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let bare =
        text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'') || safe(c.encode_utf8(&mut [0; 4])).is_empty());
    bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_neither_run_nor_end_early() {
        for (text, csv, tsv) in [
            ("Port strike", "Port strike", "Port strike"),
            ("one, two", "\"one, two\"", "one, two"),
            ("the \"offer\"", "\"the \"\"offer\"\"\"", "the \"offer\""),
            ("\"No\", they say", "\"\"\"No\"\", they say\"", "\"\"\"No\"\", they say\""),
            ("=1+1", "'=1+1", "'=1+1"),
            ("+49", "'+49", "'+49"),
            ("-2", "'-2", "'-2"),
            ("@cmd", "'@cmd", "'@cmd"),
            ("\tx", "' x", "' x"),
            ("\rx", "' x", "' x"),
            (" \u{200f}=HYPERLINK(\"x\",1)", "\"' =HYPERLINK(\"\"x\"\",1)\"", "' =HYPERLINK(\"x\",1)"),
            ("＝1", "'＝1", "'＝1"),
            ("\"=1", "\"'\"\"=1\"", "'\"=1"),
            ("a\tb\nc\u{1b}[31m", "a b c[31m", "a b c[31m"),
            ("a=b", "a=b", "a=b"),
            ("", "", ""),
        ] {
            assert_eq!(written(text, Separator::Comma), csv, "{text:?}");
            assert_eq!(written(text, Separator::Tab), tsv, "{text:?}");
        }
    }
}
