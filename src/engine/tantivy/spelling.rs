//! "Did you mean": the word of the index that is spelled most nearly like a word that finds nothing.

use std::cmp::Reverse;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::language::Language;
use super::snapshot::Snapshot;
use super::terms::Terms;
use crate::error::Error;
use crate::text;

/// The shortest word for which a neighbour is looked for: of shorter ones nearly everything is a neighbour.
const WORD_LEN_MIN: usize = 4;

/// Returns the word nearest in spelling, the more frequent of equally near ones, as some article writes it.
///
/// # Errors
///
/// When the index cannot be read.
pub fn nearest(snapshot: &Snapshot, word: &str, terms: &mut Terms) -> Result<Option<String>, Error> {
    let mut best: Option<Neighbour> = None;
    for wanted in terms.in_all(word, snapshot.languages()?) {
        let (stem, tag) = Language::untagged(&wanted);
        let wanted = Wanted { stem: stem.chars().collect(), tag };
        if wanted.stem.len() < WORD_LEN_MIN {
            continue;
        }
        for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
            let found = nearest_in((number, segment), snapshot.fields.text, &wanted).map_err(|error| snapshot.failed(error))?;
            best = nearer(best, found);
        }
    }
    match best {
        Some(best) => written(snapshot, &best, terms),
        None => Ok(None),
    }
}

/// The stem of the word that was typed, in one language.
struct Wanted {
    stem: Vec<char>,
    tag: Option<char>,
}

/// A term of the index that is spelled nearly like the one that was typed.
struct Neighbour {
    edits: usize,
    articles: u32,
    segment: u32,
    term: String,
}

/// Returns the neighbour with fewer edits, of equally near ones the more frequent, of those the first.
fn nearer(a: Option<Neighbour>, b: Option<Neighbour>) -> Option<Neighbour> {
    let rank = |neighbour: &Neighbour| (neighbour.edits, Reverse(neighbour.articles));
    match (a, b) {
        (Some(a), Some(b)) => Some(if rank(&b) < rank(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

fn nearest_in((number, segment): (u32, &SegmentReader), field: Field, wanted: &Wanted) -> tantivy::Result<Option<Neighbour>> {
    let most_edits = if wanted.stem.len() < 8 { 1 } else { 2 };
    let index = segment.inverted_index(field)?;
    let mut stream = index.terms().stream()?;
    let mut best: Option<Neighbour> = None;
    let mut letters: Vec<char> = Vec::new();
    while stream.advance() {
        let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
        letters.clear();
        let (stem, tag) = Language::untagged(term);
        letters.extend(stem.chars());
        if tag != wanted.tag || letters.len().abs_diff(wanted.stem.len()) > most_edits || letters == wanted.stem {
            continue;
        }
        let edits = edit_distance(&letters, &wanted.stem);
        if edits <= most_edits {
            let found = Neighbour { edits, articles: stream.value().doc_freq, segment: number, term: term.to_owned() };
            best = nearer(best, Some(found));
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

/// Counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
fn edit_distance(a: &[char], b: &[char]) -> usize {
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
    above.last().copied().unwrap_or(0)
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
            assert_eq!(edit_distance(&a, &b), expected);
        }
    }
}
