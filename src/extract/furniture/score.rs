//! How much a line looks like a piece of the article: its own features, those of its neighbours and of its place go in, a score comes out,
//! positive for the article's text.
//!
//! The score is the logarithm of the odds of a logistic model over features that are all yes or no. No feature reads one language alone.

use crate::extract::furniture::lines::{Beginning, Ending, Line};
use crate::extract::furniture::page::{FAR, Page};
use crate::extract::furniture::phrases::Sense;
use crate::extract::furniture::rules::Reason;
use crate::extract::furniture::weights::{BIAS, WEIGHTS};

/// Scores all lines of a page, in order; `reasons` says why a line is furniture by itself.
pub fn all(lines: &[Line<'_>], reasons: &[Option<Reason>]) -> Vec<f32> {
    let page = Page::of(lines);
    let around = Around { lines, reasons, page: &page };
    let mut active = Vec::with_capacity(MOST_ACTIVE);
    (0..lines.len())
        .map(|at| {
            active.clear();
            around.features(at, &mut active);
            BIAS + active.iter().map(|feature| WEIGHTS[*feature]).sum::<f32>()
        })
        .collect()
}

/// More features than these are never true of one line.
const MOST_ACTIVE: usize = 56;

/// A page, as the features of its lines see it.
pub struct Around<'p, 't> {
    /// Its lines.
    pub lines: &'p [Line<'t>],
    /// Why each is furniture by itself.
    pub reasons: &'p [Option<Reason>],
    /// Its measures.
    pub page: &'p Page,
}

impl Around<'_, '_> {
    /// Adds the features that are true of a line; see the table of weights for their names.
    pub fn features(&self, at: usize, active: &mut Vec<usize>) {
        let line = &self.lines[at];
        active.push(size(line));
        active.push(12 + coarse(at.checked_sub(1).map(|before| &self.lines[before])));
        active.push(17 + coarse(self.lines.get(at + 1)));
        active.push(22 + coarse(at.checked_sub(2).map(|before| &self.lines[before])));
        active.push(27 + coarse(self.lines.get(at + 2)));
        active.push(32 + place(self.page, at));
        active.extend(line.sense.map(|sense| 40 + sense_index(sense)));
        self.add_truths(line, at, active);
        self.add_stretches(at, active);
        active.push(155 + (at * 10 / self.lines.len()).min(9));
        active.push(165 + bucket(line.characters * 10 / line.words.max(1), &[25, 35, 45, 55, 70, 90]));
        self.add_neighbours(at, active);
        self.add_site_words(line, at, active);
    }

    fn add_truths(&self, line: &Line<'_>, at: usize, active: &mut Vec<usize>) {
        let page = self.page;
        let truths = [
            at >= page.comments_from,
            at >= page.more_from,
            line.separators > 0,
            line.date.is_some(),
            line.is_date_only(),
            line.ending == Ending::Colon,
            line.ending == Ending::Ellipsis,
            line.ending == Ending::Arrow,
            line.beginning == Beginning::Bullet,
            line.beginning == Beginning::Small,
            line.digits * 4 >= line.characters,
            line.words >= 3 && line.capitals * 10 >= line.words * 7,
            line.words >= 3 && line.capitals * 10 <= line.words * 3,
            line.has_comma,
            line.has_inner_stop,
            line.ends_sentence && line.text.ends_with(['!', '?']),
            at > page.comments_from.saturating_add(10),
            line.words >= 100,
            page.text_lines_between(at.saturating_sub(12), at) >= 8,
            page.text_lines_between(at + 1, at + 13) >= 8,
            page.text_lines_between(at.saturating_sub(12), at + 13) == 0,
            line.has_address,
            line.has_copyright,
            line.text.starts_with(['"', '“', '„', '«', '—', '–']),
            line.is_heading,
        ];
        active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(index, _)| 51 + index));
    }

    /// Adds what is known of the stretches of text around a line, against the largest of the page.
    fn add_stretches(&self, at: usize, active: &mut Vec<usize>) {
        const DISTANCES: [usize; 7] = [1, 2, 3, 5, 8, 15, 30];
        const WORDS: [usize; 5] = [0, 20, 60, 120, 250];
        let page = self.page;
        active.push(76 + bucket(page.from_text_above[at], &DISTANCES));
        active.push(84 + bucket(page.to_text_below[at], &DISTANCES));
        let share = |words: usize| words * 100 / page.largest_stretch.max(1);
        match page.stretch_around(at) {
            Some(words) => {
                active.push(92 + bucket(share(words), &[5, 15, 30, 60, 99]));
                active.push(98 + bucket(words, &[20, 50, 100, 200, 400, 800]));
                if !self.lines[at].is_text() {
                    active.push(105 + bucket(share(words), &[5, 30, 99]));
                }
            }
            None => {
                active.push(109 + bucket(share(page.stretch_above(at)), &[0, 15, 60, 99]));
                active.push(114 + bucket(share(page.stretch_below(at)), &[0, 15, 60, 99]));
            }
        }
        for (number, lines) in [2, 5, 10].into_iter().enumerate() {
            active.push(119 + 12 * number + bucket(page.text_words_between(at.saturating_sub(lines), at), &WORDS));
            active.push(125 + 12 * number + bucket(page.text_words_between(at + 1, at + 1 + lines), &WORDS));
        }
    }

    fn add_neighbours(&self, at: usize, active: &mut Vec<usize>) {
        if let Some(before) = at.checked_sub(1) {
            let line = &self.lines[before];
            active.extend(self.reasons[before].map(|_| 172));
            active.extend(line.date.as_ref().map(|_| 174));
            active.extend((line.ending == Ending::Colon).then_some(176));
        }
        if let Some(line) = self.lines.get(at + 1) {
            active.extend(self.reasons[at + 1].map(|_| 173));
            active.extend(line.date.as_ref().map(|_| 175));
        }
    }

    fn add_site_words(&self, line: &Line<'_>, at: usize, active: &mut Vec<usize>) {
        let words = line.site_words();
        let is_text = usize::from(line.is_text());
        let is_at_end = self.page.to_text_below[at] > 3;
        if words.site > 0 {
            active.push(177 + 3 * is_text + (words.site - 1).min(2));
            active.extend((words.site * 12 >= line.words).then_some(189));
            active.extend(is_at_end.then_some(190));
        }
        if words.address > 0 {
            active.push(183 + 3 * is_text + (words.address - 1).min(2));
            active.extend((words.address * 8 >= line.words).then_some(191));
        }
        if words.site > 0 && words.address > 0 {
            active.push(192 + is_text);
        }
        if words.roles > 0 {
            active.push(194 + is_text);
            active.extend(is_at_end.then_some(196));
        }
    }
}

/// Returns the first bound that a number does not go beyond, by its place.
pub fn bucket(number: usize, bounds: &[usize]) -> usize {
    bounds.iter().position(|bound| number <= *bound).unwrap_or(bounds.len())
}

/// 0–4 for sentences, 5–11 for other lines, by length.
fn size(line: &Line<'_>) -> usize {
    let bounds: &[usize] = if line.ends_sentence { &[3, 7, 14, 30] } else { &[1, 3, 6, 10, 15, 25] };
    if line.ends_sentence { bucket(line.words, bounds) } else { 5 + bucket(line.words, bounds) }
}

/// 0 beyond the page, 1 a label, 2 a headline, 3 a short sentence, 4 text.
pub fn coarse(line: Option<&Line<'_>>) -> usize {
    match line {
        None => 0,
        Some(line) if line.is_text() => 4,
        Some(line) if line.ends_sentence => 3,
        Some(line) if line.words <= 4 => 1,
        Some(_) => 2,
    }
}

/// Where in the page's text a line stands: 0 before it, 7 after it, else by its share.
fn place(page: &Page, at: usize) -> usize {
    let total = page.text_words_between(0, FAR);
    let before = page.text_words_between(0, at);
    if before == 0 {
        0
    } else if before == total {
        7
    } else {
        1 + bucket(before * 100 / total.max(1), &[4, 24, 59, 84, 94])
    }
}

fn sense_index(sense: Sense) -> usize {
    match sense {
        Sense::Navigation => 0,
        Sense::Share => 1,
        Sense::Comments => 2,
        Sense::More => 3,
        Sense::Tags => 4,
        Sense::Rights => 5,
        Sense::Credit => 6,
        Sense::Appeal => 7,
        Sense::Consent => 8,
        Sense::Advertisement => 9,
        Sense::Count => 10,
    }
}
