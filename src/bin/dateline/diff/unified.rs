//! A difference as `diff -u` gives it, a sentence a line.

use std::io::Write;

use dateline::article::Article;
use dateline::difference::{Change, hunks};
use dateline::sentence::sentences;

use crate::diff::Comparison;
use crate::printers::date_line;
use crate::screen::{Screen, Style, safe};

/// Prints the hunks of two articles; nothing where they are the same.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(comparison: &Comparison, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let [a, b] = comparison.sides.articles().map(lines);
    let hunks = hunks(&a, &b);
    if hunks.is_empty() {
        return Ok(());
    }
    for (sign, side) in ["---", "+++"].into_iter().zip(&comparison.sides.sides) {
        let line = format!("{sign} {}\t{}", safe(&side.path), safe(&side.article.claimed_id()));
        writeln!(out, "{}", screen.styled(&line, Style::Headline))?;
    }
    for hunk in hunks {
        let first = |range: &std::ops::Range<usize>| if range.is_empty() { range.start } else { range.start + 1 };
        let head = format!("@@ -{},{} +{},{} @@", first(&hunk.a), hunk.a.len(), first(&hunk.b), hunk.b.len());
        writeln!(out, "{}", screen.styled(&head, Style::Label))?;
        for (change, line) in hunk.lines {
            let (sign, text, style) = match change {
                Change::Same => (' ', &a[line], Style::Plain),
                Change::Removed => ('-', &a[line], Style::Attention),
                Change::Added => ('+', &b[line], Style::Added),
            };
            writeln!(out, "{}", screen.styled(&format!("{sign}{text}"), style))?;
        }
    }
    Ok(())
}

/// Writes an article line by line: what is known of it, then a sentence a line, a blank line between two paragraphs.
fn lines(article: &Article) -> Vec<String> {
    let metadata = &article.metadata;
    let text = |stated: &Option<dateline::article::Stated<String>>| stated.as_ref().map_or("unknown", |stated| &stated.value).to_owned();
    let people = metadata.byline.iter().flat_map(|byline| &byline.value).map(|person| person.name.as_str()).collect::<Vec<_>>();
    let mut lines = vec![
        format!("headline: {}", text(&metadata.headline)),
        format!("source: {}", text(&metadata.source)),
        format!("published: {}", date_line(metadata.published.as_ref())),
        format!("byline: {}", if people.is_empty() { "unknown".to_owned() } else { people.join(", ") }),
    ];
    for paragraph in article.body.paragraph_texts() {
        lines.push(String::new());
        lines.extend(sentences(paragraph).into_iter().map(|sentence| paragraph[sentence].to_owned()));
    }
    lines.iter().map(|line| safe(line).into_owned()).collect()
}
