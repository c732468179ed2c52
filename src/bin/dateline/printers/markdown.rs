//! Hits as Markdown, for notes: a heading a hit, its passage as a quotation with what matched in bold.
//!
//! Nothing of an article acts as Markdown: what could is escaped, as CommonMark and GitHub's extensions read it.

use std::io::Write;
use std::ops::Range;

use dateline::search::{Folder, Hit, PassageHit, SearchResponse};

use crate::printers::{counted, dated_line, headline_line, marked_paragraphs, place_line, shown_path, source_line};
use crate::screen::safe;

/// Prints the hits of a response, best first.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(response: &SearchResponse, folders: &[Folder], out: &mut dyn Write) -> std::io::Result<()> {
    for (number, hit) in response.hits.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        print_hit(number + 1, hit, folders, out)?;
    }
    Ok(())
}

fn print_hit(rank: usize, hit: &Hit, folders: &[Folder], out: &mut dyn Write) -> std::io::Result<()> {
    let metadata = &hit.article.metadata;
    let passage = hit.passages.first();
    let headline = headline_line(metadata, passage.map_or("", |passage| &passage.text));
    writeln!(out, "## {rank}. {}\n", escaped(&headline))?;
    writeln!(out, "**{}**, {}", escaped(source_line(metadata)), escaped(&dated_line(metadata.published.as_ref())))?;
    for (number, passage) in hit.passages.iter().enumerate() {
        if number > 0 {
            writeln!(out, "\n…")?;
        }
        writeln!(out, "\n{}", quotation(passage))?;
    }
    let copies = hit.group.articles.saturating_sub(1);
    if copies > 0 {
        let sources = counted(u64::from(hit.group.sources), "source", "sources");
        writeln!(out, "\n{} in the archive, {sources} in all", counted(u64::from(copies), "copy", "copies"))?;
    }
    let path = shown_path(folders, &hit.article.key.file);
    writeln!(out, "\n{}", escaped(&place_line(&path, passage.and_then(|passage| passage.lines))))
}

/// Writes a passage as a quotation, a paragraph a line.
fn quotation(passage: &PassageHit) -> String {
    let paragraphs = marked_paragraphs(&passage.text, &passage.highlights).into_iter();
    paragraphs.map(|(paragraph, marks)| format!("> {}", marked(paragraph, &marks))).collect::<Vec<_>>().join("\n>\n")
}

/// Escapes a text, with ranges of its bytes in bold. What does not begin and end with a letter or digit could not be.
fn marked(text: &str, marks: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * 4);
    let mut at = 0;
    for mark in marks {
        let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
        if !inside.starts_with(char::is_alphanumeric) || !inside.ends_with(char::is_alphanumeric) {
            continue;
        }
        push_escaped(before, &mut out);
        out.push_str("**");
        push_escaped(inside, &mut out);
        out.push_str("**");
        at = mark.end;
    }
    push_escaped(text.get(at..).unwrap_or_default(), &mut out);
    out.trim_start().to_owned()
}

/// Escapes a text of one line.
fn escaped(text: &str) -> String {
    marked(text, &[])
}

/// Adds a piece of a line: escaped is what marks up anywhere, and at the start of a line what opens lists, headings and rules.
fn push_escaped(piece: &str, out: &mut String) {
    let piece = safe(piece);
    let mut rest = piece.chars().peekable();
    while let Some(c) = rest.next() {
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$' | '^' | '@' | '{' | '}')
            // An address (`https:`), an emoji (`:name:`).
            || (c == ':' && rest.peek().is_some_and(|next| !next.is_whitespace()) && !is_between_digits(out, rest.peek().copied()))
            || (c == '.' && ends_with_www(out));
        let line = out.trim_start();
        let opens = match c {
            '+' | '-' | '=' => line.is_empty(),
            '.' | ')' => !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if is_markup || opens {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Tells a time of day, 03:20, which is nothing else.
fn is_between_digits(before: &str, next: Option<char>) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit()) && next.is_some_and(|next| next.is_ascii_digit())
}

/// Tells whether a text ends with what GitHub takes for the start of an address.
fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_marks_up() {
        for (text, expected) in [
            ("Port strike, at 11 sharp.", "Port strike, at 11 sharp."),
            ("# not a heading", "\\# not a heading"),
            ("1. no list", "1\\. no list"),
            ("12) no list", "12\\) no list"),
            ("- no list - at all", "\\- no list - at all"),
            ("=== ---", "\\=== ---"),
            ("<script>a&b</script>", "\\<script\\>a\\&b\\</script\\>"),
            ("[x](javascript:y) ![z]", "\\[x\\](javascript\\:y) \\!\\[z\\]"),
            ("see www.example.com or https://example.com", "see www\\.example.com or https\\://example.com"),
            ("*a* _b_ `c` ~~d~~ |e| \\", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\|e\\| \\\\"),
            ("at 03:20, :100: and :smile:", "at 03:20, \\:100: and \\:smile:"),
            ("    indented", "indented"),
            ("a\u{1b}[31mb\nc", "a\\[31mb c"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn matches_are_bold() {
        assert_eq!(marked("- port strike_s", &[2..6, 7..15]), "\\- **port** **strike\\_s**");
        assert_eq!(marked("a (b) c", &[2..5]), "a (b) c");
    }
}
