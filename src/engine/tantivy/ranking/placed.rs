//! Reads from the index where the words of a query stand in the best candidates, and orders these by what that adds.
//!
//! Only the best by BM25 are looked at, however many hits are asked for, so that a longer list goes on as the shorter one
//! ended. Looking at 300 in place of 40 moves the mean of nDCG@10 and MRR over four collections by .0001.

use std::collections::HashSet;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, Term};

use super::super::matching::needles::PlacedNeedle;
use super::asked::Asked;
use super::collapse::Candidate;
use super::score::{self, Places};
use super::ties;
use crate::error::Error;
use crate::search::Collapse;

/// So many of the best by BM25 are looked at.
pub const LOOKED_AT: usize = 40;

/// Adds to the score of the best candidates what the places of their words add; `candidates` come best first and are returned
/// so. Of `copies`, the next best of their groups, each is put in place of the one whose score it exceeds.
///
/// # Errors
///
/// When the index cannot be read.
pub fn by_places(asked: &Asked, candidates: Vec<Candidate>, copies: Vec<Candidate>) -> Result<Vec<Candidate>, Error> {
    let needles = &asked.placed;
    if needles.is_empty() {
        return Ok(candidates);
    }
    let rarities: Vec<f32> = needles.iter().map(|needle| asked.needle_weights[needle.number]).collect();
    let rest = candidates.get(LOOKED_AT..).unwrap_or_default();
    let mut looked_at = candidates[..candidates.len() - rest.len()].to_vec();
    let worst = looked_at.last().map_or(f64::INFINITY, |last| last.rank);
    looked_at.extend(copies.into_iter().filter(|copy| copy.rank >= worst));
    looked_at.sort_unstable_by_key(|candidate| candidate.address);
    for part in looked_at.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let segment = asked.snapshot.searcher.segment_reader(part[0].address.segment_ord);
        let mut reader = PlaceReader::open(asked, segment).map_err(|error| asked.snapshot.failed(error))?;
        for candidate in part {
            let gain = score::gains(&rarities, reader.places(candidate.address.doc_id));
            candidate.gain = (f64::from(gain) * asked.recency_weight(candidate.address)?) as f32;
            candidate.rank = score::as_told(candidate.rank + f64::from(candidate.gain));
        }
    }
    ties::put_in_order(asked.snapshot, &mut looked_at);
    looked_at.extend_from_slice(rest);
    let mut groups = HashSet::new();
    looked_at.retain(|candidate| asked.request.collapse == Collapse::Never || candidate.group.is_none_or(|group| groups.insert(group)));
    Ok(looked_at)
}

/// Reads the places of needles in the articles of a segment, in ascending order.
pub struct PlaceReader {
    /// For each needle, for each of its words, the posting lists of its terms.
    needles: Vec<Vec<Vec<SegmentPostings>>>,
    places: Vec<Places>,
    of_words: Vec<Vec<u32>>,
}

impl PlaceReader {
    /// Opens the positions of the needles that count.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn open(asked: &Asked, segment: &SegmentReader) -> tantivy::Result<Self> {
        let field = asked.snapshot.fields.text;
        let index = segment.inverted_index(field)?;
        let mut needles = Vec::with_capacity(asked.placed.len());
        for PlacedNeedle { words, .. } in &asked.placed {
            let mut of_needle = Vec::with_capacity(words.len());
            for terms in words {
                let mut of_word = Vec::with_capacity(terms.len());
                for term in terms {
                    let term = Term::from_field_text(field, term);
                    of_word.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
                }
                of_needle.push(of_word);
            }
            needles.push(of_needle);
        }
        let words = |needle: &PlacedNeedle| u32::try_from(needle.words.len()).unwrap_or(u32::MAX);
        let places = asked.placed.iter().map(|needle| Places { starts: Vec::new(), words: words(needle) }).collect();
        Ok(PlaceReader { needles, places, of_words: Vec::new() })
    }

    /// Returns the places of each needle in an article.
    pub fn places(&mut self, document: u32) -> &[Places] {
        for (needle, places) in self.needles.iter_mut().zip(&mut self.places) {
            match needle.as_mut_slice() {
                [word] => read(word, document, &mut places.starts),
                words => {
                    self.of_words.resize_with(words.len().max(self.of_words.len()), Vec::new);
                    for (word, positions) in words.iter_mut().zip(&mut self.of_words) {
                        read(word, document, positions);
                    }
                    starts_of_runs(&self.of_words[..words.len()], &mut places.starts);
                }
            }
        }
        &self.places
    }
}

/// Reads the positions of any of some terms in an article, in order.
fn read(word: &mut [SegmentPostings], document: u32, positions: &mut Vec<u32>) {
    positions.clear();
    for postings in word.iter_mut() {
        if postings.doc() < document {
            postings.seek(document);
        }
        if postings.doc() == document {
            postings.append_positions_with_offset(0, positions);
        }
    }
    if word.len() > 1 {
        positions.sort_unstable();
    }
}

/// Finds where positions of all words follow one another.
fn starts_of_runs(of_words: &[Vec<u32>], starts: &mut Vec<u32>) {
    starts.clear();
    let Some((first, rest)) = of_words.split_first() else { return };
    let follows = |start: u32| (1..).zip(rest).all(|(offset, positions)| positions.binary_search(&(start + offset)).is_ok());
    starts.extend(first.iter().copied().filter(|start| follows(*start)));
}
