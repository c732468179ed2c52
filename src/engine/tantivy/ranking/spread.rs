//! Giving more outlets a word in a list of hits.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, VecDeque};

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

/// The first of an outlet's candidates that are left.
struct Head {
    /// Its rank, discounted for the hits of the outlet that were taken.
    counts: f64,
    /// Its place among all.
    place: usize,
    /// The outlet's place among the queues.
    queue: usize,
}

impl Ord for Head {
    /// The greater comes first; of equals the one that came first.
    fn cmp(&self, other: &Self) -> Ordering {
        self.counts.total_cmp(&other.counts).then_with(|| other.place.cmp(&self.place))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// Takes one after the other, from candidates that come best first; of equals the one that came first. An article without an outlet
/// shares it with no other.
fn taken(candidates: Vec<(Option<u32>, Candidate)>, limit: usize) -> Vec<Candidate> {
    // Within an outlet the order stays, so that only the first of each has to be compared.
    let mut queues: Vec<VecDeque<(usize, Candidate)>> = Vec::new();
    let mut queue_of: HashMap<u32, usize> = HashMap::new();
    let mut taken = Vec::with_capacity(limit.min(candidates.len()));
    for (place, (source, candidate)) in candidates.into_iter().enumerate() {
        let next = queues.len();
        let queue = source.map_or(next, |source| *queue_of.entry(source).or_insert(next));
        if queue == next {
            queues.push(VecDeque::new());
        }
        queues[queue].push_back((place, candidate));
    }
    let mut hits = vec![0; queues.len()];
    let head = |queue: usize, hits: i32, queues: &[VecDeque<(usize, Candidate)>]| {
        queues[queue].front().map(|(place, candidate)| Head { counts: candidate.rank * DISCOUNT.powi(hits), place: *place, queue })
    };
    let mut heads: BinaryHeap<Head> = (0..queues.len()).filter_map(|queue| head(queue, 0, &queues)).collect();
    while taken.len() < limit
        && let Some(Head { queue, .. }) = heads.pop()
    {
        taken.extend(queues[queue].pop_front().map(|(_, candidate)| candidate));
        hits[queue] += 1;
        heads.extend(head(queue, hits[queue], &queues));
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
