//! Passages of an article: its body goes in, runs of whole sentences of about 60 to 120 words come out, in order.
//!
//! A paragraph of that length is a passage; shorter neighbours are joined; a longer one is cut at sentence ends into parts of about
//! the same length; a heading goes with what follows it. Words are counted as what stands between blanks, and two characters of a
//! script without blanks as one. A *unit* is a sentence, with the headings before it, or a part of a monster sentence.

use std::iter;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::{Body, PARAGRAPH_BREAK};
use crate::sentence::sentences;
use crate::text;

/// A passage is not ended before this many words where it can be longer.
pub const MIN_WORDS: usize = 60;
/// A passage has at most this many words, unless one sentence alone has more: about what a reader takes in at a glance.
pub const MAX_WORDS: usize = 120;
/// A longer "sentence" is a list or a table without stops, and is cut at word ends.
pub const MAX_SENTENCE_WORDS: usize = 400;
/// A shorter rest, before a heading or at the end, is joined to its neighbour.
pub const MIN_REST_WORDS: usize = 30;

/// A ranked span of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its first byte in the body's text.
    pub start: usize,
    /// One past its last byte in the body's text.
    pub end: usize,
    /// The paragraph it begins in, from 0.
    pub first_paragraph: u32,
    /// The paragraph it ends in, from 0.
    pub last_paragraph: u32,
}

/// Cuts a body into passages, in order; an empty body has none.
///
/// They cover all paragraphs without overlap and begin and end without white space, at the bounds of sentences.
pub fn split(body: &Body) -> Vec<Passage> {
    let units = units_of(body);
    let mut passages = Vec::with_capacity(body.text.len() / 400 + 1);
    for block in blocks(&units) {
        cut_evenly(&units[block], &mut passages);
    }
    passages
}

/// Tells whether a passage of a body surely holds no part of a sentence that was cut: no paragraph at its ends is long enough
/// for one.
pub fn has_whole_sentences(text: &str, passage: &Passage) -> bool {
    let can_be_cut = |at: usize| {
        let start = text[..at].rfind(PARAGRAPH_BREAK).map_or(0, |found| found + PARAGRAPH_BREAK.len());
        let end = text[at..].find(PARAGRAPH_BREAK).map_or(text.len(), |found| at + found);
        end - start > MAX_SENTENCE_WORDS && count_words(&text[start..end]) > MAX_SENTENCE_WORDS
    };
    !can_be_cut(passage.start) && !can_be_cut(passage.end)
}

struct Unit {
    start: usize,
    end: usize,
    words: usize,
    first_paragraph: u32,
    last_paragraph: u32,
    has_heading: bool,
}

fn units_of(body: &Body) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(body.text.len() / 100 + 1);
    // The headings that wait for what follows them.
    let mut heading: Option<Unit> = None;
    for (position, paragraph) in body.paragraphs.iter().enumerate() {
        let Some(text) = body.text.get(paragraph.start..paragraph.end) else { continue };
        let number = u32::try_from(position).unwrap_or(u32::MAX);
        let (from, to) = (text.len() - text.trim_start().len(), text.trim_end().len());
        let ranges = if paragraph.is_heading && from < to { iter::once(from..to).collect() } else { sentences(text) };
        for range in ranges {
            for part in word_cuts(text, range) {
                let words = count_words(&text[part.clone()]);
                let (start, end) = (paragraph.start + part.start, paragraph.start + part.end);
                let unit = Unit { start, end, words, first_paragraph: number, last_paragraph: number, has_heading: paragraph.is_heading };
                let unit = if let Some(before) = heading.take() { joined(&before, &unit) } else { unit };
                if paragraph.is_heading && unit.words < MIN_WORDS {
                    heading = Some(unit);
                } else {
                    units.push(unit);
                }
            }
        }
    }
    units.extend(heading);
    units
}

fn joined(first: &Unit, last: &Unit) -> Unit {
    Unit {
        start: first.start,
        end: last.end,
        words: first.words + last.words,
        first_paragraph: first.first_paragraph,
        last_paragraph: last.last_paragraph,
        has_heading: true,
    }
}

/// Counts words by the blanks between them, and two characters of Chinese or Japanese as one.
fn count_words(text: &str) -> usize {
    let bytes = text.as_bytes();
    // Counted in runs short enough for a byte counter, so that the compiler can count many bytes at once.
    const RUN: usize = 128;
    let mut blanks = 0;
    let mut ideographs = 0;
    for run in bytes.chunks(RUN) {
        blanks += usize::from(run.iter().map(|byte| u8::from(*byte <= b' ')).sum::<u8>());
        ideographs += usize::from(run.iter().map(|byte| u8::from((0xe3..=0xe9).contains(byte))).sum::<u8>());
    }
    1 + blanks + ideographs / 2
}

/// Returns a sentence as it is, or in parts that end at word ends if it is a monster.
fn word_cuts(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let monster = &text[sentence.clone()];
    if monster.len() <= MAX_SENTENCE_WORDS || count_words(monster) <= MAX_SENTENCE_WORDS {
        return vec![sentence];
    }
    let mut parts = Vec::new();
    let mut start = sentence.start;
    for (position, (offset, _)) in text::words(monster).enumerate() {
        if position > 0 && position % MAX_WORDS == 0 {
            let before = &text[start..sentence.start + offset];
            // A word is not parted from the marks before it: the cut falls on the last blank where there is one.
            let end = before.rfind(char::is_whitespace).filter(|at| before.len() - at <= 8).unwrap_or(before.len());
            let end = start + end;
            let part = &text[start..end];
            if !part.trim().is_empty() {
                parts.push(start + part.len() - part.trim_start().len()..start + part.trim_end().len());
                start = end;
            }
        }
    }
    let rest = &text[start..sentence.end];
    if !rest.trim().is_empty() {
        parts.push(sentence.end - rest.trim_start().len()..sentence.end);
    }
    parts
}

/// Joins neighbouring paragraphs into blocks of at most [`MAX_WORDS`], or of a short run and the long paragraph after it.
fn blocks(units: &[Unit]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut block = 0..0;
    let mut words = 0;
    while block.end < units.len() {
        let paragraph = units[block.end].last_paragraph;
        let len = units[block.end..].iter().take_while(|unit| unit.last_paragraph == paragraph).count();
        let next = &units[block.end..block.end + len];
        let next_words: usize = next.iter().map(|unit| unit.words).sum();
        let is_full = words >= MIN_WORDS || (words >= MIN_REST_WORDS && next[0].has_heading);
        let is_too_much = words + next_words > MAX_WORDS && next_words <= MAX_WORDS && words >= MIN_REST_WORDS;
        if words > 0 && (is_full || is_too_much) {
            blocks.push(block.clone());
            block.start = block.end;
            words = 0;
        }
        block.end += len;
        words += next_words;
    }
    match blocks.last_mut() {
        Some(last) if words < MIN_REST_WORDS => last.end = block.end,
        _ if block.start < block.end => blocks.push(block),
        _ => {}
    }
    blocks
}

/// Cuts a block into the fewest passages, of about the same length.
fn cut_evenly(units: &[Unit], passages: &mut Vec<Passage>) {
    let mut rest: usize = units.iter().map(|unit| unit.words).sum();
    let mut from = 0;
    let mut words = 0;
    let mut target = rest.div_ceil(rest.div_ceil(MAX_WORDS).max(1));
    for (position, unit) in units.iter().enumerate() {
        let is_nearer_without = words + unit.words > target && words + unit.words - target > target.saturating_sub(words);
        if position > from && (words + unit.words > MAX_WORDS || is_nearer_without) {
            passages.push(passage(&units[from..position]));
            from = position;
            rest -= words;
            words = 0;
            target = rest.div_ceil(rest.div_ceil(MAX_WORDS).max(1));
        }
        words += unit.words;
    }
    if from < units.len() {
        passages.push(passage(&units[from..]));
    }
}

fn passage(units: &[Unit]) -> Passage {
    let (first, last) = (&units[0], &units[units.len() - 1]);
    Passage { start: first.start, end: last.end, first_paragraph: first.first_paragraph, last_paragraph: last.last_paragraph }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::sentences_of;

    /// Makes a body of paragraphs given by the lengths of their sentences; a lone 0 is a heading of three words.
    fn body(paragraphs: &[&[usize]]) -> Body {
        let mut body = Body::default();
        for lengths in paragraphs {
            let sentence = |len: &usize| format!("A{}.", " word".repeat(len - 1));
            match lengths {
                [0] => body.push("Three word heading", true, None),
                _ => body.push(&lengths.iter().map(sentence).collect::<Vec<_>>().join(" "), false, None),
            }
        }
        body
    }

    fn check(paragraphs: &[&[usize]], expected_words: &[usize]) {
        let body = body(paragraphs);
        let words: Vec<usize> =
            split(&body).iter().map(|passage| body.text[passage.start..passage.end].split_whitespace().count()).collect();
        assert_eq!(words, expected_words, "{paragraphs:?}");
    }

    #[test]
    fn passages_follow_paragraphs_where_they_can() {
        check(&[], &[]);
        check(&[&[10]], &[10]);
        check(&[&[30, 40], &[50, 30]], &[70, 80]);
        check(&[&[20], &[25], &[20], &[30], &[35]], &[65, 65]);
        check(&[&[40], &[90]], &[40, 90]);
        check(&[&[90], &[10]], &[100]);
        check(&[&[60, 55], &[20]], &[60, 75]);
    }

    #[test]
    fn long_paragraphs_are_cut_evenly() {
        check(&[&[20; 9]], &[100, 80]);
        check(&[&[30, 30, 30, 30, 10]], &[60, 70]);
        check(&[&[20], &[30; 6]], &[110, 90]);
        check(&[&[20, 200, 20]], &[20, 200, 20]);
    }

    #[test]
    fn headings_go_with_what_follows() {
        check(&[&[70], &[0], &[70]], &[70, 73]);
        check(&[&[40], &[0], &[50]], &[40, 53]);
        check(&[&[100, 10], &[0], &[0], &[110]], &[110, 116]);
        check(&[&[70], &[0]], &[73]);
    }

    #[test]
    fn monsters_are_cut_at_word_ends() {
        check(&[&[450]], &[120, 120, 120, 90]);
        let mut body = Body::default();
        body.push(&"水".repeat(1000), false, None);
        assert!(split(&body).len() > 4);
        assert!(split(&body).iter().all(|passage| !has_whole_sentences(&body.text, passage)));
    }

    proptest! {
        #[test]
        fn passages_cover_the_body_in_order(
            paragraphs in proptest::collection::vec(("(([A-Z][a-z]{0,5}|水{0,9}|[.?!”(\u{a0}]|é)[ ,.]{0,2}){0,300}", any::<bool>()), 0..8)
        ) {
            let mut body = Body::default();
            for (text, is_heading) in &paragraphs {
                body.push(text, *is_heading, None);
            }
            let mut done = 0;
            for passage in split(&body) {
                prop_assert!(passage.start < passage.end);
                prop_assert!(body.text[done..passage.start].trim().is_empty());
                let text = &body.text[passage.start..passage.end];
                prop_assert_eq!(text.trim(), text);
                let (first, last) = (&body.paragraphs[passage.first_paragraph as usize], &body.paragraphs[passage.last_paragraph as usize]);
                prop_assert!(first.start <= passage.start && passage.start < first.end);
                prop_assert!(last.start < passage.end && passage.end <= last.end);
                done = passage.end;
                if has_whole_sentences(&body.text, &passage) {
                    let of_body = sentences_of(&body.text);
                    let of_passage = sentences_of(text).into_iter();
                    let placed = of_passage.map(|sentence| passage.start + sentence.start..passage.start + sentence.end);
                    let cut: Vec<_> = placed.filter(|sentence| !of_body.contains(sentence)).collect();
                    prop_assert!(cut.is_empty(), "{cut:?}");
                }
            }
            prop_assert!(body.text[done..].trim().is_empty());
        }
    }
}
