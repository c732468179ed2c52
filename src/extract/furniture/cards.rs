//! Cards of other articles at the foot of a text: a title, a teaser that says the same again, an outlet or an author.

use std::collections::HashSet;
use std::ops::Range;

use crate::extract::furniture::lines::Line;
use crate::extract::furniture::word_set::long_words;

/// Lines at the end of a run among which cards are looked for.
const LINES_LOOKED_AT: usize = 12;
/// Share of a title's words that its teaser repeats.
const SHARE_REPEATED: f32 = 0.6;
/// Words of a title that have to be there before a repetition means anything.
const FEWEST_TITLE_WORDS: usize = 5;

/// Returns where the cards at the end of a run start; the run's end if there are none.
///
/// A card is a line that is no sentence, then one that repeats most of its words, then a short line or another card; the article's own last subhead
/// and its paragraph have neither below them.
pub fn start(lines: &[Line<'_>], run: &Range<usize>) -> usize {
    let first = run.start.max(run.end.saturating_sub(LINES_LOOKED_AT));
    (first.max(run.start + 1)..run.end).find(|at| is_tail_of_cards(lines, run, *at)).unwrap_or(run.end)
}

fn is_tail_of_cards(lines: &[Line<'_>], run: &Range<usize>, from: usize) -> bool {
    let mut at = from;
    let mut cards = 0;
    while at < run.end {
        if !is_card(lines, run.end, at) {
            return false;
        }
        cards += 1;
        at += 2;
        while at < run.end && is_small(&lines[at]) {
            at += 1;
        }
    }
    // One card that nothing follows, neither an outlet nor another card, is as likely the article's own last section.
    cards > 1 || (cards == 1 && lines.get(from + 2).is_some_and(is_small))
}

fn is_card(lines: &[Line<'_>], end: usize, at: usize) -> bool {
    let (title, Some(teaser)) = (&lines[at], lines.get(at + 1).filter(|_| at + 1 < end)) else { return false };
    if title.ends_sentence || !teaser.is_text() {
        return false;
    }
    let title_words: HashSet<u64> = long_words(title.text).collect();
    let teaser_words: HashSet<u64> = long_words(teaser.text).collect();
    let repeated = title_words.iter().filter(|word| teaser_words.contains(*word)).count();
    title_words.len() >= FEWEST_TITLE_WORDS && repeated as f32 >= title_words.len() as f32 * SHARE_REPEATED
}

fn is_small(line: &Line<'_>) -> bool {
    !line.is_text() && !line.ends_sentence && line.words <= 6
}
