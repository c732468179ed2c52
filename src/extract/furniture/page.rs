//! What is known of a page before its lines are scored one by one: its lines go in, how much text stands where comes out.
//!
//! A *stretch* is a run of text lines with few others between them; the article is mostly the largest of a page.

use crate::extract::furniture::lines::Line;
use crate::extract::furniture::phrases::Sense;

/// A distance or a line that is beyond every page.
pub const FAR: usize = usize::MAX / 2;
/// Lines between two text lines of one stretch.
const MOST_LINES_BETWEEN: usize = 3;

/// The measures of a page.
pub struct Page {
    /// Words of text lines before each line; one more entry than lines.
    text_words_before: Vec<usize>,
    /// Text lines before each line; one more entry than lines.
    text_lines_before: Vec<usize>,
    /// Lines from each to the next text line above; [`FAR`] if there is none.
    pub from_text_above: Vec<usize>,
    /// Lines from each to the next text line below; [`FAR`] if there is none.
    pub to_text_below: Vec<usize>,
    /// The words of each stretch.
    stretches: Vec<usize>,
    /// The number of stretches that begin at or before each line.
    stretches_begun: Vec<usize>,
    /// The words of the largest stretch.
    pub largest_stretch: usize,
    /// The first line that heads comments, after which no line is the article's on most pages; [`FAR`] if there is none.
    pub comments_from: usize,
    /// The first line after the first text that heads a list of other articles; [`FAR`] if there is none.
    pub more_from: usize,
}

impl Page {
    /// Measures a page.
    pub fn of(lines: &[Line<'_>]) -> Self {
        /// Words of text above which a heading can be at the foot of an article.
        const FEWEST_WORDS_ABOVE: usize = 40;
        let mut page = Page {
            text_words_before: Vec::with_capacity(lines.len() + 1),
            text_lines_before: Vec::with_capacity(lines.len() + 1),
            from_text_above: Vec::with_capacity(lines.len()),
            to_text_below: vec![FAR; lines.len()],
            stretches: Vec::new(),
            stretches_begun: Vec::with_capacity(lines.len()),
            largest_stretch: 0,
            comments_from: FAR,
            more_from: FAR,
        };
        let (mut text_words, mut text_lines, mut distance) = (0, 0, FAR);
        for (at, line) in lines.iter().enumerate() {
            page.text_words_before.push(text_words);
            page.text_lines_before.push(text_lines);
            page.from_text_above.push(distance);
            if line.is_text() {
                text_words += line.words;
                text_lines += 1;
                page.add_to_stretch(line.words, distance);
                distance = 1;
            } else {
                match line.sense {
                    Some(Sense::Comments) if text_words >= FEWEST_WORDS_ABOVE => page.comments_from = page.comments_from.min(at),
                    Some(Sense::More) if text_words >= FEWEST_WORDS_ABOVE => page.more_from = page.more_from.min(at),
                    _ => {}
                }
                distance = (distance + 1).min(FAR);
            }
            page.stretches_begun.push(page.stretches.len());
        }
        page.text_words_before.push(text_words);
        page.text_lines_before.push(text_lines);
        page.largest_stretch = page.stretches.iter().copied().max().unwrap_or_default();
        page.measure_below(lines);
        page
    }

    fn add_to_stretch(&mut self, words: usize, distance: usize) {
        match self.stretches.last_mut() {
            Some(stretch) if distance <= MOST_LINES_BETWEEN + 1 => *stretch += words,
            _ => self.stretches.push(words),
        }
    }

    fn measure_below(&mut self, lines: &[Line<'_>]) {
        let mut distance = FAR;
        for at in (0..lines.len()).rev() {
            self.to_text_below[at] = distance;
            distance = if lines[at].is_text() { 1 } else { (distance + 1).min(FAR) };
        }
    }

    /// Returns the text lines of a range.
    pub fn text_lines_between(&self, from: usize, to: usize) -> usize {
        let last = self.text_lines_before.len() - 1;
        self.text_lines_before[to.min(last)] - self.text_lines_before[from.min(last)]
    }

    /// Returns the words of the text lines of a range.
    pub fn text_words_between(&self, from: usize, to: usize) -> usize {
        let last = self.text_words_before.len() - 1;
        self.text_words_before[to.min(last)] - self.text_words_before[from.min(last)]
    }

    /// Returns the words of the stretch that a line is in or between whose lines it stands.
    pub fn stretch_around(&self, at: usize) -> Option<usize> {
        let is_text = self.text_lines_between(at, at + 1) == 1;
        let gap = self.from_text_above[at] + self.to_text_below[at];
        (is_text || gap <= MOST_LINES_BETWEEN + 1).then(|| self.stretch_above(at))
    }

    /// Returns the words of the last stretch that begins at or above a line; 0 if there is none.
    pub fn stretch_above(&self, at: usize) -> usize {
        self.stretches_begun[at].checked_sub(1).map_or(0, |stretch| self.stretches[stretch])
    }

    /// Returns the words of the first stretch that begins below a line; 0 if there is none.
    pub fn stretch_below(&self, at: usize) -> usize {
        self.stretches.get(self.stretches_begun[at]).copied().unwrap_or_default()
    }
}
