//! The blocks of a dump in; the lines that may be the outlet's name out.
//!
//! Whether one is cannot be told from one page: a section, a place or a slogan may stand there as well. The outlet's other pages
//! tell, see [`crate::recurring`].

use crate::document::RawBlock;
use crate::extract::{date, furniture};
use crate::text::words;

/// Blocks at the top and at the foot of a page that are looked at.
const BLOCKS: usize = 2;

/// Words of the longest name: `The Daily Telegraph of the North`.
const WORDS_MAX: usize = 6;

/// A longer line is no name.
const BYTES_MAX: usize = 60;

/// Returns the lines at the very top and the very foot of a page that are written as names are, each once, top to bottom.
///
/// A name is said again somewhere on the page: in its imprint, its appeals, its address.
pub fn of_page(blocks: &[RawBlock]) -> Vec<String> {
    let is_edge = |at: &usize| *at < BLOCKS || *at + BLOCKS >= blocks.len();
    let mut found: Vec<String> = Vec::new();
    for at in (0..blocks.len()).filter(is_edge) {
        let line = blocks[at].text.as_str();
        if reads_as_name(line) && !found.iter().any(|known| known == line) && is_said_again(blocks, at) {
            found.push(line.to_owned());
        }
    }
    found
}

fn reads_as_name(line: &str) -> bool {
    if line.len() > BYTES_MAX || line.ends_with(['.', '!', '?', ':', ',', ';', '…']) || line.contains(['|', '©', '@', '/']) {
        return false;
    }
    let count = words(line).count();
    let begins_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
    (1..=WORDS_MAX).contains(&count)
        && words(line).next().is_some_and(|(_, first)| !begins_small(first))
        && words(line).filter(|(_, word)| begins_small(word)).count() * 2 <= count
        && !line.bytes().any(|byte| byte.is_ascii_digit())
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && date::find(line).is_none()
        && !furniture::is_page_label(line)
}

fn is_said_again(blocks: &[RawBlock], at: usize) -> bool {
    let name = blocks[at].text.as_str();
    let others = blocks.iter().enumerate().filter(|(other, _)| *other != at);
    others.map(|(_, block)| block.text.as_str()).any(|text| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Role;

    fn check(lines: &[&str], expected: &[&str]) {
        let blocks: Vec<RawBlock> = lines.iter().map(|line| RawBlock { text: (*line).to_owned(), role: Role::Text, place: None }).collect();
        assert_eq!(of_page(&blocks), expected, "{lines:?}");
    }

    #[test]
    fn names_stand_at_the_ends_of_pages() {
        check(
            &["Tollgate Mirror", "Night trams run until two", "The board decided.", "Write to the Tollgate Mirror today", "Imprint of it"],
            &["Tollgate Mirror"],
        );
        check(&["Menu", "Night trams", "The board decided.", "Menu"], &[]);
        check(&["Tollgate Mirror", "Night trams run until two", "The board decided."], &[]);
        check(&["The trams run again today.", "The trams run again today.", "x"], &[]);
        check(&[], &[]);
    }
}
