//! Giving more outlets a word in a list of hits.

use std::collections::HashMap;

use tantivy::DocAddress;

use super::super::snapshot::Snapshot;
use super::collapse::Candidate;
use crate::error::Error;

/// What a hit's score counts for, for each hit of its outlet that stands before it.
const DISCOUNT: f64 = 0.8;

/// So many times the hits wanted are looked at.
pub const POOL: usize = 5;

/// Puts candidates in the order of their scores, discounted for each hit of the same outlet before them, and keeps so many.
///
/// # Errors
///
/// When the index cannot be read.
pub fn by_source(snapshot: &Snapshot, candidates: Vec<Candidate>, limit: usize) -> Result<Vec<Candidate>, Error> {
    let mut left = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        left.push((source(snapshot, candidate.address)?, candidate));
    }
    Ok(taken(left, limit))
}

/// Returns the number of an article's outlet in the whole index.
fn source(snapshot: &Snapshot, address: DocAddress) -> Result<Option<u32>, Error> {
    let number = snapshot.columns(address.segment_ord)?.source_number(address.doc_id);
    let numbers = snapshot.source_numbers()?.get(address.segment_ord as usize);
    Ok(number.and_then(|number| numbers?.get(usize::try_from(number).ok()?).copied()))
}

/// Takes one after the other; of equals the one that came first. An article without an outlet shares it with no other.
fn taken(mut left: Vec<(Option<u32>, Candidate)>, limit: usize) -> Vec<Candidate> {
    let mut taken = Vec::with_capacity(limit.min(left.len()));
    let mut hits_of = HashMap::new();
    while taken.len() < limit && !left.is_empty() {
        let counts = |(source, candidate): &(Option<u32>, Candidate)| {
            let before = source.and_then(|source| hits_of.get(&source)).copied().unwrap_or(0);
            candidate.rank * DISCOUNT.powi(before)
        };
        let mut best = (0, f64::NEG_INFINITY);
        for (place, count) in left.iter().map(counts).enumerate() {
            if count > best.1 {
                best = (place, count);
            }
        }
        let (source, candidate) = left.remove(best.0);
        taken.push(candidate);
        if let Some(source) = source {
            *hits_of.entry(source).or_insert(0) += 1;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlet_that_has_spoken_counts_for_less() {
        let offered = [(Some(1), 10.0), (Some(1), 9.0), (Some(2), 8.0), (Some(1), 7.9), (None, 6.0), (None, 5.9)];
        let candidates = (0..)
            .zip(offered)
            .map(|(number, (source, rank))| (source, Candidate { rank, gain: 0.0, address: DocAddress::new(0, number), group: None }));
        let ranks: Vec<f64> = taken(candidates.collect(), 5).into_iter().map(|candidate| candidate.rank).collect();
        assert_eq!(ranks, [10.0, 8.0, 9.0, 6.0, 5.9]);
    }
}
