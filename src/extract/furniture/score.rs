//! How much a line looks like a piece of the article: its own features, those of its neighbours and of its place go in, a score comes out,
//! positive for the article's text.
//!
//! The score is the logarithm of the odds of a logistic model over features that are all yes or no. No feature reads one language alone.

use crate::extract::furniture::lines::{Beginning, Ending, Line};
use crate::extract::furniture::phrases::Sense;
use crate::extract::furniture::weights::{BIAS, WEIGHTS};

/// Scores all lines of a page, in order.
pub fn all(lines: &[Line<'_>]) -> Vec<f32> {
    let page = Page::of(lines);
    let mut active = Vec::with_capacity(MOST_ACTIVE);
    (0..lines.len())
        .map(|at| {
            active.clear();
            features(lines, &page, at, &mut active);
            BIAS + active.iter().map(|feature| WEIGHTS[*feature]).sum::<f32>()
        })
        .collect()
}

/// More features than these are never true of one line.
const MOST_ACTIVE: usize = 32;

/// What is known of a page before its lines are scored one by one.
pub struct Page {
    /// Words of text lines before each line; one more entry than lines.
    text_words_before: Vec<usize>,
    /// Text lines before each line; one more entry than lines.
    text_lines_before: Vec<usize>,
    /// The first line that heads comments, after which no line is the article's on most pages.
    comments_from: usize,
    /// The first line after the first text that heads a list of other articles.
    more_from: usize,
}

impl Page {
    /// Measures a page.
    pub fn of(lines: &[Line<'_>]) -> Self {
        /// Words of text above which a heading can be at the foot of an article.
        const FEWEST_WORDS_ABOVE: usize = 40;
        let mut page = Page { text_words_before: vec![0], text_lines_before: vec![0], comments_from: usize::MAX, more_from: usize::MAX };
        let (mut text_words, mut text_lines) = (0, 0);
        for (at, line) in lines.iter().enumerate() {
            if text_words >= FEWEST_WORDS_ABOVE && !line.is_text() {
                match line.sense {
                    Some(Sense::Comments) => page.comments_from = page.comments_from.min(at),
                    Some(Sense::More) => page.more_from = page.more_from.min(at),
                    _ => {}
                }
            }
            if line.is_text() {
                text_words += line.words;
                text_lines += 1;
            }
            page.text_words_before.push(text_words);
            page.text_lines_before.push(text_lines);
        }
        page
    }

    fn text_lines_between(&self, from: usize, to: usize) -> usize {
        let last = self.text_lines_before.len() - 1;
        self.text_lines_before[to.min(last)] - self.text_lines_before[from.min(last)]
    }
}

/// Adds the features that are true of a line; see the table of weights for their names.
pub fn features(lines: &[Line<'_>], page: &Page, at: usize, active: &mut Vec<usize>) {
    let line = &lines[at];
    active.push(size(line));
    active.push(12 + coarse(at.checked_sub(1).map(|before| &lines[before])));
    active.push(17 + coarse(lines.get(at + 1)));
    active.push(22 + coarse(at.checked_sub(2).map(|before| &lines[before])));
    active.push(27 + coarse(lines.get(at + 2)));
    let around = page.text_lines_between(at.saturating_sub(4), at) + page.text_lines_between(at + 1, at + 5);
    active.push(32 + around.min(6));
    active.push(39 + place(page, at));
    if let Some(sense) = line.sense {
        active.push(47 + sense_index(sense));
    }
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
        line.text.contains('@') || line.text.contains("http") || line.text.contains("www."),
        line.text.contains('©'),
        line.text.starts_with(['"', '“', '„', '«', '—', '–']),
        line.is_heading,
    ];
    active.extend(truths.iter().enumerate().filter(|(_, holds)| **holds).map(|(index, _)| 59 + index));
}

/// 0–4 for sentences, 5–11 for other lines, by length.
fn size(line: &Line<'_>) -> usize {
    match (line.ends_sentence, line.words) {
        (true, 0..=3) => 0,
        (true, 4..=7) => 1,
        (true, 8..=14) => 2,
        (true, 15..=30) => 3,
        (true, _) => 4,
        (false, 0..=1) => 5,
        (false, 2..=3) => 6,
        (false, 4..=6) => 7,
        (false, 7..=10) => 8,
        (false, 11..=15) => 9,
        (false, 16..=25) => 10,
        (false, _) => 11,
    }
}

/// 0 beyond the page, 1 a label, 2 a headline, 3 a short sentence, 4 text.
fn coarse(line: Option<&Line<'_>>) -> usize {
    match line {
        None => 0,
        Some(line) if line.is_text() => 4,
        Some(line) if line.ends_sentence => 3,
        Some(line) if line.words <= 4 => 1,
        Some(_) => 2,
    }
}

/// Where in the page's text a line stands: 0 before it, 7 after it, else by tenths.
fn place(page: &Page, at: usize) -> usize {
    let total = page.text_words_before.last().copied().unwrap_or_default();
    let before = page.text_words_before[at];
    if before == 0 {
        0
    } else if before == total {
        7
    } else {
        match before * 100 / total.max(1) {
            0..=4 => 1,
            5..=24 => 2,
            25..=59 => 3,
            60..=84 => 4,
            85..=94 => 5,
            _ => 6,
        }
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
