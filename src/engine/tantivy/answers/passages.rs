//! The passage of an article that answers best, with what matched in it.

use std::ops::Range;

use super::super::matching::needles::Occurrence;
use crate::article::Body;
use crate::document::Place;
use crate::passage::Passage;

/// So many bytes apart, some five words, two needles add half of what they add side by side.
///
/// Of 620 articles the passage with the sentence came first from which two to five words were taken at random in 610; in 598
/// where only neighbours within 20 bytes added something, and further occurrences counted more. Of 610 others in 599, and 593.
const NEAR_HALF_LEN_BYTES: f32 = 30.0;

/// With so many of the needles after it in the query a needle makes pairs.
const NEAR_NEIGHBOURS: usize = 2;

/// How fast further occurrences of a needle stop counting: in a passage faster than in an article, so that it rather has all of
/// the needles than one of them often.
const SATURATION: f32 = 0.5;

/// Returns the passages by how much the needles weigh in them, most first, the earlier of two equal ones first.
///
/// `occurrences` are in order of place; `weights` are those of the needles, by their number.
pub fn ranked<'p>(passages: &'p [Passage], occurrences: &'p [Occurrence], weights: &[f32]) -> Vec<Ranked<'p>> {
    let mut ranked = Vec::with_capacity(passages.len());
    let mut rest = occurrences;
    for passage in passages {
        let start = rest.partition_point(|occurrence| occurrence.words[0].start < passage.start);
        let end = rest.partition_point(|occurrence| occurrence.words[0].start < passage.end);
        let inside = &rest[start..end];
        rest = &rest[end..];
        ranked.push(Ranked { passage, score: score(inside, weights), occurrences: inside });
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

/// A passage with what makes it answer.
#[derive(Debug, PartialEq)]
pub struct Ranked<'p> {
    /// The passage.
    pub passage: &'p Passage,
    /// How much the needles weigh in it.
    pub score: f32,
    occurrences: &'p [Occurrence],
}

impl Ranked<'_> {
    /// Returns what matched, as byte ranges of the passage, in order and apart.
    pub fn highlights(&self) -> Vec<Range<usize>> {
        let Passage { start, end, .. } = *self.passage;
        let marks = self.occurrences.iter().flat_map(|occurrence| &occurrence.words).filter(|word| word.end <= end);
        merged(marks.map(|word| word.start - start..word.end - start).collect())
    }
}

fn score(occurrences: &[Occurrence], weights: &[f32]) -> f32 {
    let mut counts = vec![0_u32; weights.len()];
    let mut last_end = vec![None; weights.len()];
    let mut gaps = vec![[usize::MAX; NEAR_NEIGHBOURS]; weights.len()];
    for Occurrence { needle, words } in occurrences {
        counts[*needle] += 1;
        let before = needle.saturating_sub(NEAR_NEIGHBOURS)..(needle + NEAR_NEIGHBOURS + 1).min(weights.len());
        for other in before.filter(|other| other != needle) {
            if let Some(end) = last_end[other] {
                let least = &mut gaps[other.min(*needle)][other.abs_diff(*needle) - 1];
                *least = words[0].start.saturating_sub(end).min(*least);
            }
        }
        last_end[*needle] = words.last().map(|word| word.end);
    }
    let single: f32 = counts.iter().zip(weights).map(|(count, weight)| weight * saturated(*count)).sum();
    let pairs =
        gaps.iter().enumerate().flat_map(|(needle, gaps)| gaps.iter().zip(needle + 1..).map(move |(gap, other)| (needle, other, *gap)));
    let near = |(needle, other, gap): (usize, usize, usize)| {
        (weights[needle] + weights[other]) * NEAR_HALF_LEN_BYTES / (NEAR_HALF_LEN_BYTES + gap as f32)
    };
    single + pairs.filter(|(.., gap)| *gap != usize::MAX).map(near).sum::<f32>()
}

fn saturated(count: u32) -> f32 {
    let count = count as f32;
    count * (1.0 + SATURATION) / (count + SATURATION)
}

/// Returns the words that occurrences cover, in order and apart.
pub fn marks(occurrences: &[Occurrence]) -> Vec<Range<usize>> {
    merged(occurrences.iter().flat_map(|occurrence| occurrence.words.clone()).collect())
}

/// Puts ranges in order and joins those that overlap or touch, as words of scripts without blanks do.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Where a passage stands in its file.
#[derive(Debug, PartialEq)]
pub struct FilePlace {
    /// First and last line, from 1.
    pub lines: (u32, u32),
    /// Its bytes, where the file holds nothing else between them.
    pub bytes: Option<Range<usize>>,
}

/// Finds a passage in the file: its lines, and its bytes where nothing else stands between its paragraphs. A part of a paragraph
/// is found to the byte where the file has the paragraph letter for letter; else the whole paragraph is named.
pub fn place(body: &Body, passage: &Passage) -> Option<FilePlace> {
    let covered = body.paragraphs.get(passage.first_paragraph as usize..=passage.last_paragraph as usize)?;
    let (first, last) = (covered.first()?, covered.last()?);
    let (first_place, last_place) = (first.place.as_ref()?, last.place.as_ref()?);
    let is_literal = |len: usize, bytes: &Range<usize>| len == bytes.len();
    let start = match passage.start.saturating_sub(first.start) {
        before if is_literal(first.end - first.start, &first_place.bytes) => first_place.bytes.start + before,
        _ => first_place.bytes.start,
    };
    let end = match last.end.saturating_sub(passage.end) {
        after if is_literal(last.end - last.start, &last_place.bytes) => last_place.bytes.end - after,
        _ => last_place.bytes.end,
    };
    let is_whole = covered.windows(2).all(|pair| match (&pair[0].place, &pair[1].place) {
        (Some(before), Some(after)) => only_breaks_between(before, after),
        _ => false,
    });
    Some(FilePlace { lines: (first_place.lines.0, last_place.lines.1), bytes: is_whole.then_some(start..end) })
}

/// Tells whether nothing but line breaks stands between two places: as many bytes as lines, or two where a break has two.
fn only_breaks_between(before: &Place, after: &Place) -> bool {
    let lines = after.lines.0.saturating_sub(before.lines.1) as usize;
    let bytes = after.bytes.start.saturating_sub(before.bytes.end);
    bytes == lines || bytes == lines * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurrence(needle: usize, start: usize) -> Occurrence {
        Occurrence { needle, words: vec![start..start + 1] }
    }

    fn body() -> (Body, Vec<Passage>) {
        let mut body = Body::default();
        body.push("a b c d e", false, Some(Place { bytes: 100..109, lines: (3, 3) }));
        body.push("f g h i j", false, Some(Place { bytes: 110..119, lines: (4, 4) }));
        let passages = vec![
            Passage { start: 0, end: 5, first_paragraph: 0, last_paragraph: 0 },
            Passage { start: 6, end: 9, first_paragraph: 0, last_paragraph: 0 },
            Passage { start: 11, end: 20, first_paragraph: 1, last_paragraph: 1 },
        ];
        (body, passages)
    }

    fn check(occurrences: &[Occurrence], expected: (&str, Range<usize>, &[Range<usize>])) {
        let (body, passages) = body();
        let chosen = ranked(&passages, occurrences, &[1.0, 1.0]).remove(0);
        let text = &body.text[chosen.passage.start..chosen.passage.end];
        let bytes = place(&body, chosen.passage).unwrap().bytes;
        assert_eq!((text, bytes.unwrap(), chosen.highlights().as_slice()), expected);
    }

    #[test]
    fn the_passage_with_most_weight_wins() {
        check(&[occurrence(0, 0), occurrence(0, 11), occurrence(1, 19)], ("f g h i j", 110..119, &[0..1, 8..9]));
        check(&[occurrence(0, 0), occurrence(0, 6)], ("a b c", 100..105, &[0..1]));
        check(&[occurrence(1, 6)], ("d e", 106..109, &[0..1]));
    }

    #[test]
    fn words_count_more_the_nearer_they_stand() {
        check(&[occurrence(1, 0), occurrence(0, 4), occurrence(0, 11), occurrence(1, 19)], ("a b c", 100..105, &[0..1, 4..5]));
        check(&[occurrence(1, 0), occurrence(0, 4), occurrence(0, 11), occurrence(1, 13)], ("f g h i j", 110..119, &[0..1, 2..3]));
    }

    #[test]
    fn bytes_that_hold_other_lines_are_not_named() {
        let (mut body, _) = body();
        let both = Passage { start: 0, end: 20, first_paragraph: 0, last_paragraph: 1 };
        assert_eq!(place(&body, &both), Some(FilePlace { lines: (3, 4), bytes: Some(100..119) }));
        body.paragraphs[1].place = Some(Place { bytes: 118..127, lines: (5, 5) });
        assert_eq!(place(&body, &both), Some(FilePlace { lines: (3, 5), bytes: None }), "a line of something else stands between");
    }

    #[test]
    fn without_a_match_the_first_passage_stands() {
        check(&[], ("a b c", 100..105, &[]));
        assert_eq!(ranked(&[], &[], &[]), []);
    }

    #[test]
    fn overlapping_marks_are_joined() {
        assert_eq!(merged(vec![4..6, 0..2, 1..3]), [0..3, 4..6]);
    }
}
