//! The text of a record's field in; its paragraphs out.
//!
//! Paragraphs are parted by blank lines. Inside these, each line is a paragraph of its own, unless the lines were broken to
//! fit a page: then they are joined, and an indented line opens a paragraph. A field that holds markup is read as markup.

use crate::document::{RawBlock, Role};
use crate::formats::html::content;
use crate::formats::reader::block;

/// Lines that were broken to fit a page are no longer than this: terminals, wires and e-mail wrap at 60 to 80.
const WRAPPED_CHARS_MAX: usize = 100;

/// Returns the paragraphs of a text, in order; none for a blank one.
pub fn of_text(text: &str) -> Vec<RawBlock> {
    if is_markup(text) {
        return content::blocks(text);
    }
    let may_be_wrapped = !text.lines().any(|line| line.len() > WRAPPED_CHARS_MAX && line.chars().count() > WRAPPED_CHARS_MAX);
    let mut blocks = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            run.push(line);
        } else if !run.is_empty() {
            if may_be_wrapped && is_wrapped(&run) {
                join(&run, &mut blocks);
            } else {
                blocks.extend(run.iter().filter_map(|line| block(line, Role::Text)));
            }
            run.clear();
        }
    }
    blocks
}

/// Tells lines that end where the page ended from lines that end where a sentence does.
fn is_wrapped(lines: &[&str]) -> bool {
    let (_, broken) = lines.split_last().unwrap_or((&"", &[]));
    let ended = broken.iter().filter(|line| line.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»', '…', '।', '。'])).count();
    !broken.is_empty() && ended * 2 < broken.len() && !broken.iter().any(|line| is_list_item(line))
}

fn is_list_item(line: &str) -> bool {
    ["- ", "* ", "• ", "– "].iter().any(|mark| line.trim_start().starts_with(mark))
}

fn join(lines: &[&str], blocks: &mut Vec<RawBlock>) {
    let is_indented = |line: &&&str| line.starts_with("  ") || line.starts_with('\t');
    let parts_at_indents = lines.iter().filter(is_indented).count() * 2 < lines.len();
    let mut paragraph = String::new();
    for line in lines {
        if parts_at_indents && is_indented(&line) && !paragraph.is_empty() {
            blocks.extend(block(&paragraph, Role::Text));
            paragraph.clear();
        }
        paragraph.push_str(line);
        paragraph.push(' ');
    }
    blocks.extend(block(&paragraph, Role::Text));
}

/// Tells text that is clearly HTML: it closes or breaks paragraphs with tags.
fn is_markup(text: &str) -> bool {
    const SIGNS: [&str; 9] = ["</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "</li>", "</span>"];
    text.contains('<') && SIGNS.iter().any(|sign| text.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let blocks = of_text(text);
        assert_eq!(blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn paragraphs_are_parted() {
        check("", &[]);
        check(" \n\n \n", &[]);
        check("One ran.\n\nTwo swam.\n\n\nThree flew.", &["One ran.", "Two swam.", "Three flew."]);
        check("One ran.\r\nTwo swam.\nThree flew.", &["One ran.", "Two swam.", "Three flew."]);
        check(
            "The harbour was closed\nfor a day after the\nstorm, officials said.",
            &["The harbour was closed for a day after the storm, officials said."],
        );
        check(
            "The harbour was closed\nfor a day, they said.\n    It will open again\non Friday morning if the\nwind drops.",
            &["The harbour was closed for a day, they said.", "It will open again on Friday morning if the wind drops."],
        );
        check("- a rope\n- a bell\n- a lamp", &["- a rope", "- a bell", "- a lamp"]);
    }

    #[test]
    fn markup_is_stripped() {
        check("<p>One &amp; two<br>three</p><p>Four</p>", &["One & two three", "Four"]);
        check("a < b and b > c", &["a < b and b > c"]);
    }
}
