//! Which line is the headline: the lines of a page and the run of its article go in, an index comes out.
//!
//! A headline is no sentence with a full stop, stands above the text or at its top, close to the byline and the date, often comes twice on a
//! page, and shares words with the text. None of these decides alone: a logistic model weighs them (`headline_weights`).

use std::ops::Range;

use crate::extract::banner;
use crate::extract::furniture::headline_weights::{BIAS, WEIGHTS};
use crate::extract::furniture::lines::{Beginning, Ending, LONG_WORDS, Line};
use crate::extract::furniture::rules::{self, Reason};
use crate::extract::furniture::score::{bucket, coarse};
use crate::extract::furniture::word_set::{WordSet, long_words};

/// Lines above the article's run among which its headline is looked for.
const LINES_ABOVE: usize = 60;
/// Lines at the top of the run that may still hold the headline, above a standfirst or after boxes that were taken for text.
const LINES_INSIDE: usize = 60;
/// Text lines at the top of the run after which no headline comes.
const MOST_TEXTS_ABOVE: usize = 20;
/// Share of the run's words above a line beyond which it is no headline but a subhead.
const MOST_PERCENT_ABOVE: usize = 25;
/// Words beyond which no headline goes.
const MOST_WORDS: usize = 34;
/// Points under which a line is no headline: with these, .62 of the titles that are given are right, and .60 of all titles are found.
const FEWEST_POINTS: f32 = -2.5;
/// The same for a text without furniture around it, where few other lines stand above the text.
const FEWEST_POINTS_CLEAN: f32 = -6.0;
/// Points for a line that its format calls a heading; dumps, on which the model was fitted, have none.
const HEADING_POINTS: f32 = 2.0;

/// The lines of the article, as far as they are known before its headline.
pub struct Run {
    /// From its first to its last.
    pub lines: Range<usize>,
    /// Tells that no furniture stands around them, or next to none.
    pub is_clean: bool,
}

/// Chooses the headline; `None` if no line reads as one.
pub fn choose(lines: &[Line<'_>], reasons: &[Option<Reason>], run: &Run) -> Option<usize> {
    let candidates = candidates(lines, reasons, run);
    // The only line above a text without furniture needs no weighing.
    if let [only] = candidates[..]
        && run.is_clean
        && only <= run.lines.start
    {
        return Some(only);
    }
    let fewest = if run.is_clean { FEWEST_POINTS_CLEAN } else { FEWEST_POINTS };
    let run = &run.lines;
    let page = Page::of(lines, reasons, run, &candidates);
    let mut active = Vec::with_capacity(MOST_ACTIVE);
    let mut best: Option<(usize, f32)> = None;
    for at in candidates {
        active.clear();
        page.features(at, &mut active);
        let heading = if lines[at].is_heading { HEADING_POINTS } else { 0.0 };
        let points = BIAS + heading + active.iter().map(|feature| WEIGHTS[*feature]).sum::<f32>();
        // Of equal ones the last: it is closest to the text.
        if points >= best.map_or(fewest, |(_, most)| most) {
            best = Some((at, points));
        }
    }
    best.map(|(at, _)| at)
}

/// More features than these are never true of one line.
const MOST_ACTIVE: usize = 48;

/// Returns the lines that may be the headline, in order.
///
/// What stands above a headline is not the article's, so no line is one that has much of the run's text above it.
fn candidates(lines: &[Line<'_>], reasons: &[Option<Reason>], run: &Run) -> Vec<usize> {
    // Without furniture around it, a text has nothing above its headline, but for an appeal in whole sentences.
    let most_texts = if run.is_clean { 1 } else { MOST_TEXTS_ABOVE };
    let run = &run.lines;
    let words_of_text = |line: &Line<'_>| if line.is_text() { line.words } else { 0 };
    let all_words: usize = lines[run.clone()].iter().map(words_of_text).sum();
    let to = run.end.min(run.start + LINES_INSIDE).min(lines.len());
    let (mut texts_above, mut words_above) = (0, 0);
    let mut found = Vec::new();
    for at in run.start.saturating_sub(LINES_ABOVE)..to {
        if texts_above >= MOST_TEXTS_ABOVE || words_above * 100 > all_words * MOST_PERCENT_ABOVE {
            break;
        }
        let is_high = texts_above < most_texts || (texts_above == most_texts && has_banner(lines, reasons, at));
        if is_high && is_candidate(&lines[at], reasons[at]) {
            found.push(at);
        }
        if at >= run.start {
            texts_above += usize::from(lines[at].is_text());
            words_above += words_of_text(&lines[at]);
        }
    }
    found
}

fn is_candidate(line: &Line<'_>, reason: Option<Reason>) -> bool {
    let is_closed = line.ends_sentence && !line.text.ends_with(['!', '?', '"', '”', '“', '«', '»', '\'', '’', ')']);
    reason.is_none_or(rules::is_uncertain)
        && (1..=MOST_WORDS).contains(&line.words)
        && !is_closed
        && !line.text.ends_with([',', ';'])
        && line.digits * 2 < line.characters
        && line.characters >= 4
        && !rules::is_tag_list(line)
        && banner::nameplate(line.text).is_none()
}

/// What is known of a page before its candidates are looked at one by one.
struct Page<'p, 't> {
    lines: &'p [Line<'t>],
    reasons: &'p [Option<Reason>],
    run: &'p Range<usize>,
    /// The longest candidate that is no longer than a headline, above the text.
    longest: Option<usize>,
    /// The words that carry meaning in the first paragraphs, hashed.
    lede: WordSet,
    /// The same of all text that is looked at.
    body: WordSet,
}

impl<'p, 't> Page<'p, 't> {
    /// Measures a page.
    fn of(lines: &'p [Line<'t>], reasons: &'p [Option<Reason>], run: &'p Range<usize>, candidates: &[usize]) -> Self {
        /// A headline's words come back in the first paragraphs.
        const LEDE_LINES: usize = 4;
        /// Paragraphs whose words tell what the text is about.
        const BODY_LINES: usize = 24;
        /// Words of a long headline.
        const LONGEST: usize = 20;
        let near = candidates.iter().copied().filter(|at| *at <= run.start + 1 && lines[*at].words <= LONGEST);
        let longest = near.rev().max_by_key(|at| lines[*at].words);
        let mut page = Page { lines, reasons, run, longest, lede: WordSet::new(), body: WordSet::new() };
        for (number, line) in lines[run.clone()].iter().filter(|line| line.is_text()).take(BODY_LINES).enumerate() {
            let words = if number < LEDE_LINES { &mut page.lede } else { &mut page.body };
            long_words(line.text).for_each(|word| words.insert(word));
        }
        page
    }

    /// Adds the features that are true of a candidate; see the table of weights for their names.
    fn features(&self, at: usize, active: &mut Vec<usize>) {
        let line = &self.lines[at];
        active.push(bucket(line.words, &[1, 2, 3, 4, 5, 7, 10, 14, 18, 23]));
        // Lines from the start of the run, counted from well above it.
        let distance = (at + 40).saturating_sub(self.run.start);
        active.push(11 + bucket(distance, &[9, 19, 27, 31, 34, 36, 37, 38, 39, 40, 41, 42, 44, 48, 55]));
        self.add_neighbours(at, active);
        add_form(line, active);
        self.add_likes(at, active);
        self.add_shared_words(line, active);
        active.push(101 + coarse(Some(line)));
        let texts_above = self.lines[self.run.start.min(at)..at].iter().filter(|line| line.is_text()).count();
        active.push(106 + texts_above.min(6));
        let words = line.site_words();
        let truths = [self.longest == Some(at), at == 0, at <= 2, words.site > 0, words.address > 0];
        active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(number, _)| 113 + number));
    }

    fn add_neighbours(&self, at: usize, active: &mut Vec<usize>) {
        active.extend(has_banner(self.lines, self.reasons, at).then_some(27));
        let is_byline = |at: usize| self.reasons[at] == Some(rules::BYLINE);
        for distance in 1..=3 {
            active.push(28 + 5 * (distance - 1) + coarse(self.lines.get(at + distance)));
        }
        for distance in 1..=2 {
            let below = at + distance;
            if let Some(line) = self.lines.get(below) {
                let truths = [line.date.is_some(), is_byline(below), line.sense.is_some()];
                active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(number, _)| 40 + 3 * distance + number));
            }
            let above = at.checked_sub(distance);
            active.push(44 + 5 * distance + coarse(above.map(|above| &self.lines[above])));
            if let Some(above) = above {
                let line = &self.lines[above];
                let truths = [line.date.is_some(), line.sense.is_some(), self.reasons[above].is_some()];
                active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(number, _)| 56 + 3 * distance + number));
            }
        }
    }

    /// Adds whether the line comes again on the page, or as a piece of another.
    fn add_likes(&self, at: usize, active: &mut Vec<usize>) {
        /// Bytes under which a line comes twice by chance.
        const SHORTEST_BYTES: usize = 15;
        /// Bytes that an outlet's name adds to a title.
        const MOST_ADDED: usize = 60;
        let text = self.lines[at].text;
        if text.len() < SHORTEST_BYTES {
            return;
        }
        let (mut count, mut is_above, mut is_within) = (0, false, false);
        for (other, line) in self.lines.iter().enumerate() {
            if line.text.len() < text.len() || line.text.len() > text.len() + MOST_ADDED || other == at {
                continue;
            }
            if line.text.len() == text.len() {
                let is_same = line.text == text;
                count += usize::from(is_same);
                is_above |= is_same && other < at;
            } else {
                is_within |= line.text.starts_with(text) || line.text.ends_with(text);
            }
        }
        let truths = [count == 1, count > 1, is_above, is_within];
        active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(number, _)| 85 + number));
    }

    fn add_shared_words(&self, line: &Line<'_>, active: &mut Vec<usize>) {
        let mut own: Vec<u64> = long_words(line.text).collect();
        own.sort_unstable();
        own.dedup();
        if own.is_empty() {
            active.push(100);
            return;
        }
        let in_lede = own.iter().filter(|word| self.lede.contains(**word)).count();
        let in_text = own.iter().filter(|word| self.lede.contains(**word) || self.body.contains(**word)).count();
        active.push(89 + bucket(in_lede * 100 / own.len(), &[0, 20, 40, 60, 80]));
        active.push(118 + bucket(in_text * 100 / own.len(), &[0, 30, 50, 70, 90]));
        if own.len() >= 3 {
            active.push(95 + bucket(in_lede, &[0, 1, 2, 4]));
        }
    }
}

/// Tells whether a line with a date or the authors follows closely.
fn has_banner(lines: &[Line<'_>], reasons: &[Option<Reason>], at: usize) -> bool {
    let below = at + 1..lines.len().min(at + 4);
    below.take_while(|at| !lines[*at].is_text()).any(|at| lines[at].date.is_some() || reasons[at] == Some(rules::BYLINE))
}

fn add_form(line: &Line<'_>, active: &mut Vec<usize>) {
    let is_label = line.words <= 5;
    let truths = [
        line.sense.is_some() && is_label,
        line.sense.is_some() && !is_label,
        line.date.is_some(),
        line.separators > 0,
        line.ending == Ending::Colon,
        line.ending == Ending::Ellipsis,
        line.ending == Ending::Arrow,
        line.ends_sentence,
        line.has_comma,
        line.has_colon,
        line.has_inner_stop || (line.words >= LONG_WORDS && line.text.contains(". ")),
        line.is_upper_case(),
        line.digits > 0,
    ];
    active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(number, _)| 65 + number));
    if line.words >= 3 {
        active.push(78 + bucket(line.capitals * 10 / line.words, &[2, 4, 6, 8]));
    }
    match line.beginning {
        Beginning::Bullet => active.push(83),
        Beginning::Small => active.push(84),
        Beginning::Other => {}
    }
}
