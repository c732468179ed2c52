//! Plain text: the bytes of a file, decoded, go in; a dump comes out, a block for each line or, where the file is wrapped
//! at a fixed width, for each paragraph.
//!
//! A file counts as *wrapped* when its line breaks are where filling lines to a common width would put them: the next line's
//! first word would not have fitted. In such a file two lines are joined only where that holds and the second is not indented, so
//! that headlines, bylines and lists stay lines of their own.
//!
//! Nothing is concluded here about what the lines are; that is the work of `extract::furniture`.

use crate::document::{Layout, Origin, Place, RawBlock, RawDocument, Role};

/// Columns beyond which a line is not a wrapped one; typewriters, wires and mail stay under it.
const WIDEST_COLUMN: usize = 100;
/// Columns under which a common width says nothing: lists and verse have it too.
const NARROWEST_COLUMN: usize = 45;
/// How many columns short of the common width a full line may be.
const SLACK_COLUMNS: usize = 4;
/// Fewest breaks between lines from which a width is concluded.
const FEWEST_BREAKS: usize = 1;

/// Reads a plain-text file.
///
/// Blocks are in the order of the file, none of them blank; an empty file gives none. Each block's place covers the
/// original bytes and lines, while in its text every run of blanks, non-breaking ones and form feeds among them, is one space.
/// A byte order mark at the start is left out. Lines end with LF, CR LF or CR.
pub fn read(path: &str, text: &str) -> RawDocument {
    let lines = split(text);
    let blocks = match wrapped_width(&lines) {
        Some(width) => paragraphs(text, &lines, width),
        None => lines.iter().map(|line| block(text, line.start..line.end, (line.number, line.number))).collect(),
    };
    let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: None };
    RawDocument { origin, fields: Vec::new(), blocks, layout: Layout::Dump }
}

/// A line that is not blank, without the blanks around it.
struct Line {
    /// From 1.
    number: u32,
    start: usize,
    end: usize,
    indent: usize,
    columns: usize,
    first_word_columns: usize,
    starts_small: bool,
    ends_sentence: bool,
    follows_blank: bool,
}

fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut number = 0_u32;
    let mut follows_blank = true;
    let has_returns = text.contains('\r');
    while at < bytes.len() {
        number = number.saturating_add(1);
        let rest = &text[at..];
        let length = if has_returns { rest.find(['\n', '\r']) } else { rest.find('\n') };
        let end = at + length.unwrap_or(rest.len());
        match line(text, at, end, number) {
            Some(line) => {
                lines.push(Line { follows_blank, ..line });
                follows_blank = false;
            }
            None => follows_blank = true,
        }
        at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
    }
    lines
}

fn line(text: &str, from: usize, to: usize, number: u32) -> Option<Line> {
    let whole = &text[from..to];
    let inner = whole.trim_matches(is_space);
    if inner.is_empty() {
        return None;
    }
    let start = from + (whole.len() - whole.trim_start_matches(is_space).len());
    // Longer lines are never joined, so what they measure exactly does not matter: a file of one huge line costs one pass.
    let is_short = inner.len() <= 4 * WIDEST_COLUMN;
    let columns = if is_short { inner.chars().count() } else { inner.len() };
    let first_word_columns = inner.chars().take(WIDEST_COLUMN).take_while(|c| !is_space(*c)).count();
    Some(Line {
        number,
        start,
        end: start + inner.len(),
        indent: start - from,
        columns,
        first_word_columns,
        starts_small: inner.starts_with(char::is_lowercase),
        ends_sentence: inner.ends_with(['.', '!', '?', ':', '"', '”']),
        follows_blank: false,
    })
}

/// Tells whether a character only parts words: blanks, line and page breaks, and marks that have no width.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_control() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// Returns the width to which the lines were filled, if they were.
fn wrapped_width(lines: &[Line]) -> Option<usize> {
    let breaks = || lines.windows(2).filter(|pair| !pair[1].follows_blank && !starts_paragraph(&pair[0], &pair[1]));
    let mut widths: Vec<usize> = breaks().map(|pair| pair[0].columns + pair[0].indent).collect();
    if widths.len() < FEWEST_BREAKS {
        return None;
    }
    let (count, at) = (widths.len(), widths.len() * 9 / 10);
    let width = *widths.select_nth_unstable(at).1;
    if !(NARROWEST_COLUMN..=WIDEST_COLUMN).contains(&width) {
        return None;
    }
    let too_long = lines.iter().filter(|line| line.columns > WIDEST_COLUMN).count();
    let explained = breaks().filter(|pair| goes_on(&pair[0], &pair[1], width)).count();
    let is_continued = breaks().any(|pair| !pair[0].ends_sentence && pair[1].starts_small);
    (is_continued && explained * 10 >= count * 7 && too_long * 20 <= lines.len()).then_some(width)
}

/// Tells a line that goes on in the next: it is full, or it breaks off in the middle of a sentence.
fn goes_on(line: &Line, next: &Line, width: usize) -> bool {
    let breaks_off = !line.ends_sentence && next.starts_small && line.columns * 2 >= width;
    line.columns <= WIDEST_COLUMN && (breaks_off || is_full(line, next, width))
}

fn is_full(line: &Line, next: &Line, width: usize) -> bool {
    line.indent + line.columns + 1 + next.first_word_columns + SLACK_COLUMNS > width
}

fn starts_paragraph(line: &Line, next: &Line) -> bool {
    next.indent > line.indent + 1
}

fn paragraphs(text: &str, lines: &[Line], width: usize) -> Vec<RawBlock> {
    let mut blocks = Vec::new();
    let mut first = 0;
    for at in 1..=lines.len() {
        let is_continued = lines.get(at).is_some_and(|next| {
            let line = &lines[at - 1];
            !next.follows_blank && !starts_paragraph(line, next) && goes_on(line, next, width)
        });
        if !is_continued {
            let (from, to) = (&lines[first], &lines[at - 1]);
            blocks.push(block(text, from.start..to.end, (from.number, to.number)));
            first = at;
        }
    }
    blocks
}

fn block(text: &str, bytes: std::ops::Range<usize>, lines: (u32, u32)) -> RawBlock {
    RawBlock { text: single_spaced(&text[bytes.clone()]), role: Role::Text, place: Some(Place { bytes, lines }) }
}

/// Makes one space of every run of blanks.
fn single_spaced(text: &str) -> String {
    if !may_need_spacing(text.as_bytes()) {
        return text.to_owned();
    }
    let mut spaced = String::with_capacity(text.len());
    let mut kept = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_space(c) || (c == ' ' && chars.peek().is_none_or(|(_, next)| !is_space(*next))) {
            continue;
        }
        spaced.push_str(&text[kept..at]);
        spaced.push(' ');
        while chars.next_if(|(_, next)| is_space(*next)).is_some() {}
        kept = chars.peek().map_or(text.len(), |(next, _)| *next);
    }
    spaced.push_str(&text[kept..]);
    spaced
}

/// Tells whether bytes may hold blanks other than single spaces; few texts do, and looking is much cheaper than copying by characters.
fn may_need_spacing(bytes: &[u8]) -> bool {
    let mut before = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let is_suspect = match byte {
            b' ' => before == b' ',
            0x00..=0x1f | 0x7f | 0xc2 | 0xe1 | 0xe3 | 0xef => true,
            // General punctuation: blanks are below U+200C and from U+2028 on, quotes and dashes between.
            0xe2 => matches!(bytes.get(at + 1), Some(0x80 | 0x81)) && !matches!(bytes.get(at + 2), Some(0x8c..=0xa7)),
            _ => false,
        };
        if is_suspect {
            return true;
        }
        before = *byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = read("a.txt", text);
        let found: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_line_is_a_block() {
        check("", &[]);
        check(" \n\u{a0}\n\u{c}\n", &[]);
        check("One.\nTwo\n\n\nThree", &["One.", "Two", "Three"]);
        check("\u{feff}One\u{a0}\u{a0}half\r\n  Two \t of\rThree\u{c}Four\n", &["One half", "Two of", "Three Four"]);
    }

    #[test]
    fn a_wrapped_file_has_paragraphs() {
        let wire = "HARBOUR WALL TO BE RAISED\n\n    The town council of a small port said on Monday it would raise\nthe \
                    harbour wall by a metre before the autumn storms come, at a\ncost that it did not name.\n    Fishermen welcomed \
                    the plan, which had been put off for nine\nyears.\n REUTER\n";
        check(
            wire,
            &[
                "HARBOUR WALL TO BE RAISED",
                "The town council of a small port said on Monday it would raise the harbour wall by a metre before the autumn \
                 storms come, at a cost that it did not name.",
                "Fishermen welcomed the plan, which had been put off for nine years.",
                "REUTER",
            ],
        );
    }

    #[test]
    fn a_list_of_headlines_is_not_wrapped() {
        let list = "A bridge is closed\nThe mayor of the port town speaks about the closing of the bridge\nRain\nSunday's \
                    results in the second league at a glance\nWhat to know\n";
        check(list, &list.lines().collect::<Vec<_>>());
    }

    #[test]
    fn places_point_into_the_file() {
        let text = "\u{feff}One\u{a0}\u{a0}half\r\n\r\n  Two ";
        let places: Vec<Place> = read("a.txt", text).blocks.into_iter().filter_map(|block| block.place).collect();
        assert_eq!(&text[places[0].bytes.clone()], "One\u{a0}\u{a0}half");
        assert_eq!(places[1], Place { bytes: text.len() - 4..text.len() - 1, lines: (3, 3) });
    }

    proptest::proptest! {
        #[test]
        fn no_visible_character_is_lost(text in "[a-z .\n\r\t\u{a0}é]{0,200}") {
            let visible = |text: &str| text.chars().filter(|c| !is_space(*c)).collect::<String>();
            let document = read("a.txt", &text);
            let joined: String = document.blocks.iter().map(|block| block.text.as_str()).collect();
            proptest::prop_assert_eq!(visible(&joined), visible(&text));
            for block in document.blocks {
                let place = block.place.unwrap();
                proptest::prop_assert_eq!(single_spaced(&text[place.bytes]), block.text);
            }
        }
    }
}
