//! Which line is the headline: the lines of a page and the run of its article go in, an index comes out.
//!
//! A headline is no sentence with a full stop, stands above the text or at its top, close to the byline and the date, often comes twice on a
//! page, and shares words with the text. None of these decides alone.

use std::collections::HashSet;
use std::ops::Range;

use crate::extract::banner;
use crate::extract::furniture::lines::{Ending, LONG_WORDS, Line};
use crate::extract::furniture::rules::{self, Reason};
use crate::text::{folded, words};

/// Lines above the article's run among which its headline is looked for.
const LINES_ABOVE: usize = 30;
/// Lines at the top of the run that may still hold the headline, above a standfirst or after an appeal.
const LINES_INSIDE: usize = 10;
/// Words beyond which no headline goes.
const MOST_WORDS: usize = 34;
/// Points under which a line is no headline; set where titles of the fitted half are found most often without a line of text being taken for one.
const FEWEST_POINTS: f32 = 1.5;
/// Points for a line all of whose words come back in the text.
const POINTS_FOR_WORDS: f32 = 3.0;

/// Chooses the headline; `None` if no line reads as one.
pub fn choose(lines: &[Line<'_>], reasons: &[Option<Reason>], run: &Range<usize>) -> Option<usize> {
    let candidates = candidates(lines, reasons, run);
    let most = candidates.iter().map(|(_, points)| *points).fold(f32::MIN, f32::max);
    let rivals: Vec<&(usize, f32)> = candidates.iter().filter(|(_, points)| points + POINTS_FOR_WORDS >= most).collect();
    if let [(at, points)] = rivals[..]
        && *points >= FEWEST_POINTS
    {
        return Some(*at);
    }
    let lede = lede_words(lines, run);
    let mut best: Option<(usize, f32)> = None;
    for (at, points) in rivals {
        let points = points + POINTS_FOR_WORDS * shared(lines[*at].text, &lede);
        // Of equal ones the last: it is closest to the text.
        if points >= best.map_or(FEWEST_POINTS, |(_, most)| most) {
            best = Some((*at, points));
        }
    }
    best.map(|(at, _)| at)
}

/// Returns the lines that may be the headline, with their points but for those for words that the text repeats.
fn candidates(lines: &[Line<'_>], reasons: &[Option<Reason>], run: &Range<usize>) -> Vec<(usize, f32)> {
    let to = run.end.min(run.start + LINES_INSIDE).min(lines.len());
    let mut texts_above = 0;
    let mut found = Vec::new();
    for at in run.start.saturating_sub(LINES_ABOVE)..to {
        // A headline stands above the text: the second paragraph of a run ends the search.
        if texts_above >= 2 {
            break;
        }
        if candidate(lines, reasons, at) && (at <= run.start || has_banner(lines, at) || (texts_above == 0 && is_repeated(lines, at))) {
            found.push((at, points(lines, run, at)));
        }
        texts_above += usize::from(at >= run.start && lines[at].is_text());
    }
    found
}

fn candidate(lines: &[Line<'_>], reasons: &[Option<Reason>], at: usize) -> bool {
    let line = &lines[at];
    let is_closed = line.ends_sentence && !line.text.ends_with(['!', '?', '"', '”', '“', '«', '»', '\'', '’', ')']);
    let is_cut = line.text.ends_with([',', ';']) || (line.words >= LONG_WORDS && line.has_inner_stop);
    let is_label = line.sense.is_some() && line.words <= 5;
    reasons[at].is_none()
        && (1..=MOST_WORDS).contains(&line.words)
        && !is_closed
        && !is_cut
        && !is_label
        && banner::nameplate(line.text).is_none()
        && line.digits * 2 < line.characters
        && line.characters >= 4
}

fn points(lines: &[Line<'_>], run: &Range<usize>, at: usize) -> f32 {
    let line = &lines[at];
    let mut points = match line.words {
        1 => -1.0,
        2 => 0.0,
        3 => 1.0,
        4..=LONG_WORDS => 2.0,
        17..=22 => 0.5,
        _ => -1.0,
    };
    let below = &lines[at + 1..lines.len().min(at + 4)];
    points += if has_banner(lines, at) { 1.0 } else { 0.0 };
    points += if below.first().is_some_and(Line::is_text) { 0.5 } else { 0.0 };
    points += if is_repeated(lines, at) { 1.0 } else { 0.0 };
    points += if line.is_heading { 2.0 } else { 0.0 };
    points -= if line.separators > 0 { 1.0 } else { 0.0 };
    points -= if line.ending == Ending::Other { 0.0 } else { 1.0 };
    points -= if line.sense.is_some() || line.date.is_some() { 1.0 } else { 0.0 };
    let distance = run.start.abs_diff(at);
    points - (distance as f32).min(30.0) * 0.12
}

/// Tells whether a line with a date or the authors follows closely.
fn has_banner(lines: &[Line<'_>], at: usize) -> bool {
    let below = &lines[at + 1..lines.len().min(at + 4)];
    below.iter().take_while(|line| !line.is_text()).any(|line| line.date.is_some() || rules::reason(line) == Some(rules::BYLINE))
}

/// The words of the first lines of the run, of four letters or more, or of two in scripts whose words are short.
fn lede_words(lines: &[Line<'_>], run: &Range<usize>) -> HashSet<String> {
    /// A headline's words come back in the first paragraphs.
    const LEDE_LINES: usize = 4;
    lines[run.clone()].iter().filter(|line| line.is_text()).take(LEDE_LINES).flat_map(|line| long_words(line.text)).collect()
}

/// Returns the folded words that carry meaning, by their length.
pub fn long_words(text: &str) -> impl Iterator<Item = String> + '_ {
    /// Words of a paragraph beyond which more add nothing.
    const MOST_COUNTED: usize = 100;
    words(text).take(MOST_COUNTED).filter(|(_, word)| word.chars().count() >= 4 || !word.is_ascii()).map(|(_, word)| folded(word))
}

fn shared(text: &str, lede: &HashSet<String>) -> f32 {
    let (mut count, mut shared) = (0_u16, 0_u16);
    for word in long_words(text) {
        count += 1;
        shared += u16::from(lede.contains(&word));
    }
    if count == 0 { 0.0 } else { f32::from(shared) / f32::from(count) }
}

fn is_repeated(lines: &[Line<'_>], at: usize) -> bool {
    /// Bytes under which a line comes twice by chance.
    const SHORTEST_BYTES: usize = 20;
    let text = lines[at].text;
    text.len() >= SHORTEST_BYTES
        && lines.iter().enumerate().any(|(other, line)| {
            other != at && line.text.len() >= text.len() && line.text.len() < text.len() + 60 && line.text.contains(text)
        })
}
