//! "Did you mean": the word of the index that is spelled most nearly like a word that finds nothing.
//!
//! Stems are compared, and a slip may keep the stemmer from cutting off an ending: so the word as it was typed is compared too,
//! with an ending of it left out. A stem in more articles may be further off: of slips made of words of two collections 76.6 and
//! 75.1 % led back to the stem, where the fewest edits of stems alone decided 65.4 and 66.1 %.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::super::matching::nearly;
use super::super::snapshot::Snapshot;
use super::super::words::language::Language;
use super::super::words::terms::Terms;
use crate::error::Error;
use crate::text;

/// The shortest word for which a neighbour is looked for: of shorter ones nearly everything is a neighbour.
const WORD_LEN_MIN: usize = 4;

/// The shortest stem that is proposed.
const STEM_LEN_MIN: usize = 3;

/// From this length of the stem on two edits are allowed. Chosen with the next two on one collection of five to eight, of ten to
/// a thousand and of one and a half to thirty, and looked at on another.
const TWO_EDITS_LEN_MIN: usize = 6;

/// A stem with one edit more must be in so many times as many articles.
const EDIT_WEIGHT: f32 = 100.0;

/// A stem behind which a letter more of the word is left out must be in so many times as many articles.
const LETTER_WEIGHT: f32 = 30.0;

/// The most letters that an ending has.
const ENDING_LEN_MAX: usize = 5;

/// Returns the word nearest in spelling, as some article writes it; a frequent one may be further off than a rare one.
///
/// # Errors
///
/// When the index cannot be read.
pub fn nearest(snapshot: &Snapshot, word: &str, terms: &mut Terms) -> Result<Option<String>, Error> {
    let mut best: Option<Neighbour> = None;
    for wanted in terms.in_all(word, snapshot.languages()?) {
        let (stem, tag) = Language::untagged(&wanted);
        let wanted = Wanted::new(stem, word, tag);
        if wanted.stem.len() < WORD_LEN_MIN {
            continue;
        }
        best = nearer(best, nearest_to(snapshot, &wanted).map_err(|error| snapshot.failed(error))?);
    }
    match best {
        Some(best) => written(snapshot, &best, terms),
        None => Ok(None),
    }
}

/// The stem of the word that was typed, in one language.
struct Wanted {
    stem: Vec<char>,
    /// The whole word.
    word: Vec<char>,
    tag: Option<char>,
}

/// A term of the index that is spelled nearly like the one that was typed.
struct Neighbour {
    /// How much speaks for it, by frequency and spelling.
    nearness: f32,
    segment: u32,
    term: String,
}

/// Returns the neighbour for which more speaks, of equals the first.
fn nearer(a: Option<Neighbour>, b: Option<Neighbour>) -> Option<Neighbour> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.nearness > a.nearness { b } else { a }),
        (a, b) => a.or(b),
    }
}

impl Wanted {
    fn new(stem: &str, word: &str, tag: Option<char>) -> Self {
        Wanted { stem: stem.chars().collect(), word: text::folded(word).chars().collect(), tag }
    }

    fn edits_max(&self) -> u8 {
        if self.stem.len() < TWO_EDITS_LEN_MIN { 1 } else { 2 }
    }

    /// Returns the terms of which those that are near are no more than [`Wanted::edits_max`] edits off: the stem, and the word with
    /// more and more of an ending left out.
    fn centres(&self) -> BTreeSet<String> {
        let beginnings = (0..=ENDING_LEN_MAX).filter_map(|left_out| self.word.get(..self.word.len().checked_sub(left_out)?));
        let centres = beginnings.chain([self.stem.as_slice()]).filter(|letters| letters.len() >= STEM_LEN_MIN);
        centres.map(|letters| letters.iter().chain(&self.tag).collect()).collect()
    }

    /// Weighs how far off a stem is; `None` for one that is too far off.
    fn distance(&self, stem: &[char]) -> Option<f32> {
        let edits_max = usize::from(self.edits_max());
        let weigh = |edits: usize| (edits <= edits_max).then_some(edits as f32 * EDIT_WEIGHT.ln());
        let is_alike = stem.len().abs_diff(self.stem.len()) <= edits_max;
        let by_stem = if is_alike { edits_to_beginnings(stem, &self.stem).last().and_then(|edits| weigh(*edits)) } else { None };
        let ending = self.word.len().saturating_sub(stem.len());
        let by_word = (stem.len() <= self.word.len() + edits_max && ending <= ENDING_LEN_MAX + edits_max)
            .then(|| edits_to_beginnings(stem, &self.word))
            .and_then(|edits| edits.iter().skip(self.word.len().saturating_sub(ENDING_LEN_MAX)).min().copied())
            .and_then(weigh)
            .map(|distance| distance + ending as f32 * LETTER_WEIGHT.ln());
        by_stem.into_iter().chain(by_word).reduce(f32::min)
    }
}

fn nearest_to(snapshot: &Snapshot, wanted: &Wanted) -> tantivy::Result<Option<Neighbour>> {
    let mut near = BTreeMap::new();
    for centre in wanted.centres() {
        nearly::visit(snapshot, snapshot.fields.text, &centre, wanted.edits_max(), &mut |segment, term, articles| {
            near.insert((segment, term.to_owned()), articles);
        })?;
    }
    let mut best: Option<Neighbour> = None;
    for ((segment, term), articles) in near {
        let (stem, tag) = Language::untagged(&term);
        let letters: Vec<char> = stem.chars().collect();
        if tag != wanted.tag || letters == wanted.stem || letters.len() < STEM_LEN_MIN {
            continue;
        }
        if let Some(distance) = wanted.distance(&letters) {
            let nearness = (articles as f32).ln() - distance;
            best = nearer(best, Some(Neighbour { nearness, segment, term }));
        }
    }
    Ok(best)
}

/// Finds how an article writes a word of which the index knows the stem.
fn written(snapshot: &Snapshot, neighbour: &Neighbour, terms: &mut Terms) -> Result<Option<String>, Error> {
    let reader = snapshot.searcher.segment_reader(neighbour.segment);
    let index = reader.inverted_index(snapshot.fields.text).map_err(|error| snapshot.failed(error))?;
    let term_of_index = Term::from_field_text(snapshot.fields.text, &neighbour.term);
    let postings = index.read_postings(&term_of_index, IndexRecordOption::Basic).map_err(|error| snapshot.failed(error.into()))?;
    let Some(mut postings) = postings else { return Ok(None) };
    while postings.doc() != TERMINATED && reader.is_deleted(postings.doc()) {
        postings.advance();
    }
    if postings.doc() == TERMINATED {
        return Ok(None);
    }
    let stored = snapshot.stored(DocAddress::new(neighbour.segment, postings.doc()))?;
    let stems = terms.of(stored.language());
    let mut of_word = |word: &str| stems.term(word).is_some_and(|found| found == neighbour.term);
    let written =
        [&stored.text, &stored.headline].into_iter().find_map(|text| text::words(text).map(|(_, word)| word).find(|word| of_word(word)));
    Ok(written.map(text::folded))
}

/// Counts the insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between `a` and each beginning
/// of `b`, from the empty one to all of it.
fn edits_to_beginnings(a: &[char], b: &[char]) -> Vec<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in b.iter().enumerate() {
            let mut cost = (above[column] + usize::from(letter != other)).min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == b[column - 1] && a[row - 1] == *other {
                cost = cost.min(before[column - 1] + 1);
            }
            current.push(cost);
        }
        before = std::mem::replace(&mut above, current);
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, expected) in [
            ("strike", "strike", 0),
            ("strke", "strike", 1),
            ("srtike", "strike", 1),
            ("port", "sport", 1),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(edits_to_beginnings(&a, &b).last(), Some(&expected));
        }
    }

    #[test]
    fn an_ending_that_was_not_cut_off_is_no_edit() {
        let letters = |word: &str| word.chars().collect::<Vec<char>>();
        let wanted = Wanted::new("governmnt", "governmnt", None);
        let distance = |stem: &str| wanted.distance(&letters(stem));
        assert!(distance("govern").is_some_and(|distance| distance > 0.0));
        assert!(distance("governmnts").is_some_and(|near| distance("govern").is_some_and(|far| near < far)));
        assert_eq!(distance("harbour"), None);
    }
}
