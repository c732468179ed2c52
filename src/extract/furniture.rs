//! The article in a dump of all visible text: blocks go in; the body, what was taken out of the page with the reason for each piece, and the
//! fields that its lines state come out.
//!
//! Each line gets a score from a model of its own form and its neighbours' (`score`); the runs of lines with the largest sum are the article
//! (`segment`), so that a box in the middle of it can go; rules then take out what is furniture wherever it stands (`rules`), and the headline and the banner lines around it become
//! fields. Every block ends up in exactly one place: the body, the headline, or the furniture.
//!
//! Measured on plain-text dumps of 990 web pages, half of them German, against segments that the body must and must not contain: F .893, and .886
//! with weights fitted on the other half of the pages; keeping all lines gives .684.
//!
//! Lines repeated over an outlet's other articles are not known here: a page is read by itself.

mod cards;
mod fields;
mod headline;
mod headline_weights;
mod lines;
mod name_line;
mod page;
mod phrases;
mod rules;
mod score;
mod segment;
mod site_words;
mod weights;
mod word_set;

use std::ops::Range;

use crate::article::{Body, Furniture};
use crate::document::{RawBlock, RawField, Role};
use crate::extract::banner;

use self::fields::Found;
use self::headline::Run;
use self::lines::Line;
use self::rules::{Reason, Stands};

/// A dump with its article found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// What its lines state, the most telling first: headline, published, modified, byline (a field a person), source.
    pub fields: Vec<RawField>,
    /// The article's text.
    pub body: Body,
    /// What was taken out, in order.
    pub furniture: Vec<Furniture>,
}

/// Finds the article in the blocks of a dump, in order.
///
/// Text without furniture comes out whole, but for a headline at its top. When nothing reads as an article, all blocks that are not furniture by
/// themselves are the body. No blocks give an empty body.
pub fn clean(blocks: Vec<RawBlock>) -> Cleaned {
    let lines: Vec<Line<'_>> = blocks.iter().map(lines::measure).collect();
    let mut reasons = reasons(&blocks, &lines);
    let run = article_run(&lines, &mut reasons);
    let headline = headline::choose(&lines, &reasons, &run);
    let below = headline.map(|at| at + 1).filter(|at| lines.get(*at).is_some_and(|line| banner::nameplate(line.text).is_some()));
    if let Some(below) = below {
        reasons[below] = Some("name of the outlet");
    }
    let author = headline.and_then(|at| name_line::find(&lines, &reasons, at));
    if let Some(author) = author {
        reasons[author] = Some(rules::BYLINE);
    }
    let run = start_below(headline, &run.lines)..run.lines.end;
    let end = cards::start(&lines, &run);
    let found = Found { headline, author, text: run.start..end, cards: end..run.end };
    let fields = fields::read(&lines, &found);
    let (body, furniture) = place(&blocks, &lines, &reasons, &found);
    Cleaned { fields, body, furniture }
}

/// Tells a line whose words say that it is there for the page: `Menu`, `Share`, `Mehr zum Thema`.
pub fn is_page_label(line: &str) -> bool {
    phrases::sense(line).is_some()
}

/// Returns why each line is furniture by itself or by the box that it is in, or nothing.
fn reasons(blocks: &[RawBlock], lines: &[Line<'_>]) -> Vec<Option<Reason>> {
    let mut reasons: Vec<Option<Reason>> =
        blocks.iter().zip(lines).map(|(block, line)| known_reason(block).or_else(|| rules::reason(line))).collect();
    for at in 1..lines.len() {
        if reasons[at].is_none() && reasons[at - 1].is_some() {
            reasons[at] = rules::reason_in_box(&lines[at]);
        }
    }
    reasons
}

fn known_reason(block: &RawBlock) -> Option<Reason> {
    match block.role {
        Role::Furniture(reason) => Some(reason),
        Role::Text | Role::Heading => None,
    }
}

/// Scores above and below which a line says no more than at them; keeps one long line from deciding a page.
const SCORE_LIMIT: f32 = 4.0;
/// A line's score counts by its words to this power, so that a paragraph outweighs a label but not a page of labels; fitted with the weights.
const LENGTH_POWER: f32 = 0.4;
/// Share of a page's lines that are text from which it counts as text without furniture around it.
const CLEAN_SHARE: f32 = 0.7;
/// The same share for a page on which no line reads as a label of a page; wire copy with tables has it.
const UNLABELLED_SHARE: f32 = 0.3;
/// Lines up to which such a page is whole whatever its share: short notices are mostly not sentences.
const UNLABELLED_LINES: usize = 15;

/// What a further run of the article has to earn: less than a paragraph, so that boxes between two are left out.
const RUN_COST: f32 = 5.0;
/// Score under which a line that is no text is a label inside the article; subheads are above it.
const LABEL_SCORE: f32 = -1.0;

/// Finds the lines from the first to the last of the article, and marks those between them that are not its own; never empty, but for a page
/// without lines.
fn article_run(lines: &[Line<'_>], reasons: &mut [Option<Reason>]) -> Run {
    if let Some(lines) = clean_run(lines, reasons) {
        return Run { lines, is_clean: true };
    }
    let scores = score::all(lines, reasons);
    let weighted: Vec<f32> = scores
        .iter()
        .zip(lines.iter().zip(reasons.iter()))
        .map(|(score, (line, reason))| {
            let score = score.clamp(-SCORE_LIMIT, SCORE_LIMIT);
            let score = if reason.is_some() { score.min(-1.0) } else { score };
            score * (line.words.max(1) as f32).powf(LENGTH_POWER)
        })
        .collect();
    let runs = segment::best(&weighted, RUN_COST);
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return Run { lines: 0..lines.len(), is_clean: false };
    };
    for (run, next) in runs.iter().zip(&runs[1..]) {
        reasons[run.end..next.start].iter_mut().filter(|reason| reason.is_none()).for_each(|reason| *reason = Some(rules::BETWEEN));
    }
    for at in runs.iter().flat_map(Range::clone) {
        if scores[at] < LABEL_SCORE && !lines[at].is_text() && !lines[at].is_heading && reasons[at].is_none() {
            reasons[at] = Some(rules::INSIDE);
        }
    }
    let is_open = |at: &usize| reasons[*at].is_none() && lines[*at].ends_sentence && lines[*at].sense.is_none();
    let above = (0..first.start).rev().take_while(is_open).count();
    let below = (last.end..lines.len()).take_while(is_open).count();
    Run { lines: first.start - above..last.end + below, is_clean: false }
}

/// Returns the run of a text that has no furniture around it, or next to none; `None` for a page that has.
fn clean_run(lines: &[Line<'_>], reasons: &[Option<Reason>]) -> Option<Range<usize>> {
    let is_open = |at: &usize| reasons[*at].is_none() && lines[*at].sense.is_none_or(|_| lines[*at].is_text());
    let is_text = |at: &usize| reasons[*at].is_none() && reads_as_text(&lines[*at]);
    let (open, texts) = ((0..lines.len()).filter(|at| reasons[*at].is_none()).count(), (0..lines.len()).filter(is_text).count());
    let share = texts as f32 / open.max(1) as f32;
    let has_labels = lines.iter().zip(reasons).any(|(line, reason)| is_label(line, *reason));
    let first = (0..lines.len()).find(is_open)?;
    if !has_labels && (share >= UNLABELLED_SHARE || lines.len() <= UNLABELLED_LINES) {
        return (0..lines.len()).rfind(is_open).map(|last| first..last + 1);
    }
    if share >= CLEAN_SHARE { (0..lines.len()).rfind(is_text).map(|last| first.min(last)..last + 1) } else { None }
}

/// Tells a line that is there for the page and not for the article; bylines and dates are there for both.
fn is_label(line: &Line<'_>, reason: Option<Reason>) -> bool {
    /// Words up to which what a line begins with is what it is: a headline about credit cards begins as a credit does.
    const MOST_WORDS: usize = 5;
    match reason {
        Some(reason) => !matches!(reason, rules::BYLINE | rules::DATE_LINE),
        None => line.sense.is_some() && !line.ends_sentence && line.words <= MOST_WORDS,
    }
}

fn reads_as_text(line: &Line<'_>) -> bool {
    line.is_text() || (line.ends_sentence && line.sense.is_none())
}

/// Returns where the article's text starts: below the headline, if that is close.
fn start_below(headline: Option<usize>, run: &Range<usize>) -> usize {
    /// Lines between a headline and the run that can be its banner and standfirst.
    const MOST_BETWEEN: usize = 10;
    match headline {
        Some(at) if at >= run.start || run.start - at <= MOST_BETWEEN => (at + 1).min(run.end),
        _ => run.start,
    }
}

/// Puts every block where it belongs.
fn place(blocks: &[RawBlock], lines: &[Line<'_>], reasons: &[Option<Reason>], found: &Found) -> (Body, Vec<Furniture>) {
    let (mut body, mut furniture) = (Body::default(), Vec::new());
    for (at, block) in blocks.iter().enumerate() {
        if Some(at) == found.headline {
            continue;
        }
        let reason = match reasons[at] {
            Some(reason) => reason,
            None if found.text.contains(&at) => {
                body.push(&block.text, is_heading(lines, at, found.text.end), block.place.clone());
                continue;
            }
            None if found.cards.contains(&at) => "card of another article",
            None if at < found.text.start => rules::reason_outside(&lines[at], Stands::Before),
            None => rules::reason_outside(&lines[at], Stands::After),
        };
        let lines = block.place.as_ref().map(|place| place.lines);
        furniture.push(Furniture { text: block.text.clone(), reason: reason.to_owned(), lines });
    }
    (body, furniture)
}

/// Tells a heading inside the article: its format says so, or it is a short line that is no sentence, above a paragraph.
fn is_heading(lines: &[Line<'_>], at: usize, end: usize) -> bool {
    /// Words of the longest subhead.
    const MOST_WORDS: usize = 14;
    let line = &lines[at];
    let is_title = !line.ends_sentence || line.text.ends_with(['?', '!']);
    let is_plain = line.beginning == lines::Beginning::Other && line.ending == lines::Ending::Other && !line.text.ends_with([',', ';']);
    let is_above_text = at + 1 < end && lines[at + 1].is_text();
    line.is_heading || (is_title && is_plain && is_above_text && (2..=MOST_WORDS).contains(&line.words))
}

#[cfg(test)]
mod tests;
