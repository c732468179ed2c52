//! The lines of a PDF's pages in; its paragraphs out, with what stands at the head or foot of page after page as furniture.
//!
//! A paragraph ends where the size of the letters changes, where the gap to the next line is wider than usual, where a line is
//! indented, or where a line was ended though the next word had room. It goes on over columns and pages where no sentence ends.

use std::collections::{HashMap, HashSet};

use crate::document::{RawBlock, Role};
use crate::formats::pdf::content::{PdfLine, PdfPage};
use crate::formats::reader::block;

/// Why a line at the head or foot of most pages was taken out.
const RUNNING_LINE: &str = "repeated on the pages of the file";

/// Why a number at the head or foot of a page was taken out.
const PAGE_NUMBER: &str = "page number";

/// So many of the topmost and of the lowest lines of a page may repeat on others: browsers print one, newspapers up to three.
const EDGE_LINES: usize = 3;

/// Letters of one line differ from those of the next of the same paragraph by less than this share.
const SIZE_CHANGE: f32 = 0.08;

/// A gap wider than the usual one by this factor parts paragraphs.
const GAP_FACTOR: f32 = 1.25;

/// Lines of a paragraph are no farther apart than so many sizes; what is farther stands apart.
const LINE_GAP_MAX: f32 = 2.5;

/// An indented line starts so many sizes to the right of the one above.
const INDENT: (f32, f32) = (0.7, 5.0);

/// A block of lines that end within this share of its width is a column of its own, however wide the page is.
const RAGGED_SHARE: f32 = 0.12;

/// Lines before and after a line that show how wide its column is.
const NEAR_LINES: usize = 3;

/// Letters are those of a heading from this factor on.
const HEADING_FACTOR: f32 = 1.15;

/// Headings have no more characters; larger letters in a longer paragraph are those of its opening.
const HEADING_CHARS_MAX: usize = 200;

/// Returns the paragraphs of a document and its furniture, in order.
pub fn of_pages(pages: &[PdfPage]) -> Vec<RawBlock> {
    let running = running_lines(pages);
    let body_size = body_size(pages);
    let usual_gap = usual_gap(pages);
    let mut blocks = Vec::new();
    let mut paragraph = Paragraph::default();
    for page in pages {
        let edges = edge_lines(page);
        let columns = column_ends(page);
        let mut furniture = Vec::new();
        let mut is_first = true;
        for (number, line) in page.lines.iter().enumerate() {
            if let Some(reason) = edges.contains(&number).then(|| furniture_reason(line, &running)).flatten() {
                // Where a paragraph goes on over the page, its end comes before what stands between.
                let place = if paragraph.lines == 0 { &mut blocks } else { &mut furniture };
                place.extend(block(&line.text, Role::Furniture(reason)));
                continue;
            }
            if is_bullet(line) {
                paragraph.close(body_size, &mut blocks);
                continue;
            }
            let place = Placed { line, column_end: columns[number], is_page_start: is_first };
            if paragraph.ends_before(&place, usual_gap) {
                paragraph.close(body_size, &mut blocks);
            }
            paragraph.add(&place);
            is_first = false;
        }
        blocks.append(&mut furniture);
    }
    paragraph.close(body_size, &mut blocks);
    blocks
}

/// A line and what surrounds it.
struct Placed<'p> {
    line: &'p PdfLine,
    column_end: f32,
    is_page_start: bool,
}

/// A paragraph that is being put together.
#[derive(Default)]
struct Paragraph {
    text: String,
    last: Option<PdfLine>,
    column_end: f32,
    /// The left edge of its lines but the first.
    left: f32,
    lines: usize,
}

impl Paragraph {
    fn ends_before(&self, next: &Placed<'_>, usual_gap: f32) -> bool {
        let Some(last) = &self.last else { return false };
        let line = next.line;
        if (last.size - line.size).abs() > SIZE_CHANGE * last.size {
            return true;
        }
        let gap = line.baseline - last.baseline;
        let ends_sentence = ends_sentence(&last.text);
        let is_short = has_room(last, line, self.column_end);
        if next.is_page_start || gap < -line.size {
            // Another column or page: a paragraph that goes on breaks off in a full line and in a sentence.
            return ends_sentence || is_short || !line.text.starts_with(|c: char| c.is_alphanumeric() || is_opening(c));
        }
        if gap < 0.3 * line.size {
            // Beside it, apart: cells of a table, or a bullet and its text.
            return false;
        }
        let indent = line.left - if self.lines > 1 { self.left } else { last.left };
        gap > (GAP_FACTOR * usual_gap).min(LINE_GAP_MAX) * line.size
            || (indent > INDENT.0 * line.size && indent < INDENT.1 * line.size && ends_sentence)
            || is_short
    }

    fn add(&mut self, next: &Placed<'_>) {
        let line = next.line;
        match joint(&self.text, &line.text) {
            Joint::Blank if self.lines > 0 => self.text.push(' '),
            Joint::Blank | Joint::Hyphen => {}
            Joint::Nothing => drop(self.text.pop()),
        }
        self.text.push_str(&line.text);
        self.left = if self.lines == 0 { line.left } else { self.left.min(line.left) };
        self.column_end = next.column_end;
        self.last = Some(line.clone());
        self.lines += 1;
    }

    fn close(&mut self, body_size: f32, blocks: &mut Vec<RawBlock>) {
        let paragraph = std::mem::take(self);
        let Some(last) = paragraph.last else { return };
        let is_heading = last.size >= HEADING_FACTOR * body_size && paragraph.text.chars().count() <= HEADING_CHARS_MAX;
        blocks.extend(block(&paragraph.text, if is_heading { Role::Heading } else { Role::Text }));
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '“', '’', '\'', '»', '«', ')', ']']).ends_with(['.', '!', '?', '…', ':', '。', '।'])
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '(' | '»' | '«' | '‘' | '’' | '\'')
}

/// What stands between two lines of a paragraph.
enum Joint {
    /// A blank.
    Blank,
    /// Nothing: the hyphen at the end of the line was there to split the word.
    Nothing,
    /// The hyphen of a compound.
    Hyphen,
}

/// Tells how a line goes on. A word split at its own hyphen (`well-known`) cannot be told from one split anywhere: it loses it.
fn joint(text: &str, next: &str) -> Joint {
    /// Before these a hyphen stands for the rest of the word: `Hin- und Rückfahrt`, `pre- and post-war`.
    const CONJUNCTIONS: [&str; 10] = ["und", "oder", "bzw", "sowie", "bis", "and", "or", "to", "et", "y"];
    let mut before = text.chars().rev();
    let is_hyphen = before.next().is_some_and(|c| matches!(c, '-' | '\u{ad}' | '‐')) && before.next().is_some_and(char::is_alphabetic);
    if !is_hyphen {
        return Joint::Blank;
    }
    let first = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if CONJUNCTIONS.contains(&first) {
        Joint::Blank
    } else if first.starts_with(char::is_lowercase) && before.next().is_some_and(char::is_alphabetic) {
        Joint::Nothing
    } else {
        Joint::Hyphen
    }
}

/// Returns the size of most of the letters; 0 without any.
fn body_size(pages: &[PdfPage]) -> f32 {
    let mut letters: HashMap<i32, usize> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *letters.entry(tenths(line.size)).or_default() += line.text.len();
    }
    let most = letters.into_iter().max_by_key(|(size, count)| (*count, -size));
    most.map_or(0.0, |(size, _)| size as f32 / 10.0)
}

fn tenths(size: f32) -> i32 {
    // Sizes are checked to be finite where they are read; a cast saturates.
    (size * 10.0).round() as i32
}

/// Returns the usual distance of two lines of a paragraph, in sizes: that which a quarter of all neighbours keep within.
fn usual_gap(pages: &[PdfPage]) -> f32 {
    let is_same_size = |a: &PdfLine, b: &PdfLine| (a.size - b.size).abs() <= SIZE_CHANGE * a.size;
    let mut gaps: Vec<f32> = Vec::new();
    for page in pages {
        for pair in page.lines.windows(2).filter(|pair| is_same_size(&pair[0], &pair[1])) {
            let gap = (pair[1].baseline - pair[0].baseline) / pair[1].size;
            gaps.extend(Some(gap).filter(|gap| (0.8..LINE_GAP_MAX).contains(gap)));
        }
    }
    gaps.sort_by(f32::total_cmp);
    // Without neighbours, what typesetting calls single spacing.
    gaps.get(gaps.len() / 4).copied().unwrap_or(1.2)
}

/// Returns for each line where its column ends: where the lines around it end if they end at one place, else the farthest end of all
/// lines of the page that start near it.
fn column_ends(page: &PdfPage) -> Vec<f32> {
    let mut farthest: HashMap<i32, f32> = HashMap::new();
    // Lines of one column start within a stripe of half an inch.
    let column = |line: &PdfLine| (line.left / 36.0).floor() as i32;
    for line in &page.lines {
        let end = farthest.entry(column(line)).or_insert(line.right);
        *end = end.max(line.right);
    }
    let near_end = |at: usize| {
        let near = &page.lines[at.saturating_sub(NEAR_LINES)..page.lines.len().min(at + NEAR_LINES + 1)];
        let own = column(&page.lines[at]);
        let near = || near.iter().filter(|line| column(line) == own);
        let end = near().map(|line| line.right).fold(f32::MIN, f32::max);
        let full = near().filter(|line| line.right >= end - RAGGED_SHARE * (end - line.left)).count();
        (full > NEAR_LINES).then_some(end)
    };
    let lines = page.lines.iter().enumerate();
    lines.map(|(at, line)| near_end(at).or_else(|| farthest.get(&column(line)).copied()).unwrap_or(line.right)).collect()
}

/// Tells a line that was ended on purpose: the first word of the next one would have had room.
fn has_room(line: &PdfLine, next: &PdfLine, column_end: f32) -> bool {
    let letters = next.text.chars().count().max(1) as f32;
    let first_word = next.text.split(' ').next().unwrap_or_default().chars().count() as f32;
    let letter_width = (next.right - next.left) / letters;
    line.right + (first_word + 1.5) * letter_width < column_end && !line.text.ends_with(['-', '\u{ad}', '‐'])
}

/// Returns the numbers of the topmost and of the lowest lines of a page.
fn edge_lines(page: &PdfPage) -> HashSet<usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|a, b| page.lines[*a].baseline.total_cmp(&page.lines[*b].baseline));
    let edge = EDGE_LINES.min(order.len());
    order[..edge].iter().chain(&order[order.len() - edge..]).copied().collect()
}

/// What makes a line the same on other pages: its text with any figures for its figures, its size, and its height on the page.
type Key = (String, i32, i32);

/// Running lines stand at the same height to so many points; that of left and right pages may differ by a rounding.
const HEIGHT_STEP: f32 = 4.0;

fn key(line: &PdfLine) -> Key {
    let mut text = String::with_capacity(line.text.len());
    for c in line.text.chars() {
        if !c.is_numeric() {
            text.extend(c.to_lowercase());
        } else if !text.ends_with('#') {
            text.push('#');
        }
    }
    (text, tenths(line.size), (line.baseline / HEIGHT_STEP).round() as i32)
}

/// Finds the lines that stand at an edge of more than a third of the pages: left and right pages have heads of their own.
fn running_lines(pages: &[PdfPage]) -> HashSet<Key> {
    let mut counts: HashMap<Key, usize> = HashMap::new();
    for page in pages {
        let keys: HashSet<_> = edge_lines(page).into_iter().map(|number| key(&page.lines[number])).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count >= 2 && *count * 3 > pages.len()).map(|(key, _)| key).collect()
}

/// Tells the sign before an item of a list, which many programs draw apart from the item.
fn is_bullet(line: &PdfLine) -> bool {
    line.text.chars().all(|c| matches!(c, '•' | '◦' | '▪' | '■' | '●' | '○' | '‣' | '·' | '-' | '–' | ' '))
}

fn furniture_reason(line: &PdfLine, running: &HashSet<Key>) -> Option<&'static str> {
    let numbers: Vec<&str> = line.text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let is_plain = line.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '/' | '[' | ']' | '|'));
    // Three numbers are a date, and four figures a year.
    if is_plain && (1..=2).contains(&numbers.len()) && numbers.iter().all(|number| number.len() <= 3) {
        return Some(PAGE_NUMBER);
    }
    running.contains(&key(line)).then_some(RUNNING_LINE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a page of lines: text, left edge, baseline, size; letters are half as wide as high.
    fn page(lines: &[(&str, f32, f32, f32)]) -> PdfPage {
        let line = |(text, left, baseline, size): &(&str, f32, f32, f32)| {
            let right = left + text.chars().count() as f32 * size / 2.0;
            PdfLine { text: (*text).to_owned(), left: *left, right, baseline: *baseline, size: *size }
        };
        PdfPage { height: 800.0, lines: lines.iter().map(line).collect() }
    }

    fn check(pages: &[PdfPage], expected: &[(&str, Role)]) {
        let blocks = of_pages(pages);
        assert_eq!(blocks.iter().map(|block| (block.text.as_str(), block.role)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_become_paragraphs() {
        check(
            &[page(&[
                ("The ferry runs", 50.0, 60.0, 20.0),
                ("The ferry between the islands runs again after a week of re-", 50.0, 100.0, 10.0),
                ("pairs to its engine, the harbour office said.", 50.0, 112.0, 10.0),
                ("Fares stay as they are until the spring, when they are to be", 50.0, 124.0, 10.0),
                ("looked at.", 50.0, 136.0, 10.0),
                ("A third paragraph follows.", 50.0, 160.0, 10.0),
            ])],
            &[
                ("The ferry runs", Role::Heading),
                ("The ferry between the islands runs again after a week of repairs to its engine, the harbour office said.", Role::Text),
                ("Fares stay as they are until the spring, when they are to be looked at.", Role::Text),
                ("A third paragraph follows.", Role::Text),
            ],
        );
    }

    #[test]
    fn items_and_years_stay_apart() {
        check(
            &[page(&[
                ("•", 40.0, 100.0, 10.0),
                ("a rope of nine metres, or of ten, for the winter only", 50.0, 100.0, 10.0),
                ("•", 40.0, 112.0, 10.0),
                ("a bell", 50.0, 112.0, 10.0),
                ("2019 - 2024", 50.0, 140.0, 10.0),
                ("17 / 20", 50.0, 160.0, 10.0),
            ])],
            &[
                ("a rope of nine metres, or of ten, for the winter only", Role::Text),
                ("a bell", Role::Text),
                ("17 / 20", Role::Furniture(PAGE_NUMBER)),
                ("2019 - 2024", Role::Text),
            ],
        );
    }

    #[test]
    fn paragraphs_go_on_over_columns() {
        check(
            &[page(&[
                ("The ferry between the islands runs", 50.0, 100.0, 10.0),
                ("again after a week, the harbour", 50.0, 112.0, 10.0),
                ("office said on Friday.", 300.0, 100.0, 10.0),
            ])],
            &[("The ferry between the islands runs again after a week, the harbour office said on Friday.", Role::Text)],
        );
    }

    #[test]
    fn running_lines_are_furniture() {
        let sheet = |number: &str, text: &str| {
            page(&[("Harbour Gazette", 50.0, 20.0, 8.0), (text, 50.0, 100.0, 10.0), (number, 300.0, 780.0, 8.0)])
        };
        check(
            &[sheet("1", "The ferry runs."), sheet("2", "It did not sink."), sheet("3", "Nobody was on it, as it was Sunday.")],
            &[
                ("Harbour Gazette", Role::Furniture(RUNNING_LINE)),
                ("1", Role::Furniture(PAGE_NUMBER)),
                ("The ferry runs.", Role::Text),
                ("Harbour Gazette", Role::Furniture(RUNNING_LINE)),
                ("2", Role::Furniture(PAGE_NUMBER)),
                ("It did not sink.", Role::Text),
                ("Harbour Gazette", Role::Furniture(RUNNING_LINE)),
                ("3", Role::Furniture(PAGE_NUMBER)),
                ("Nobody was on it, as it was Sunday.", Role::Text),
            ],
        );
    }
}
