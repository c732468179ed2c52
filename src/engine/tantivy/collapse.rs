//! The best articles, at most one a group, kept while an index is gone through.

use std::collections::HashMap;

use tantivy::DocAddress;

use crate::search::Collapse;

/// An article that may be among the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// What it is ordered by: the greater, the better.
    pub rank: f64,
    /// Where it is.
    pub address: DocAddress,
    /// Its group, when there are others in it.
    pub group: Option<u64>,
}

/// The best candidates so far, at most one a group.
pub struct Best {
    limit: usize,
    collapse: Collapse,
    kept: Vec<Candidate>,
    place_of_group: HashMap<u64, usize>,
    worst: usize,
}

impl Best {
    /// Starts with none; at most `limit` are kept.
    pub fn new(limit: usize, collapse: Collapse) -> Self {
        Best { limit, collapse, kept: Vec::with_capacity(limit.min(1024)), place_of_group: HashMap::new(), worst: 0 }
    }

    /// Returns the rank that a candidate must exceed to be kept; `None` while any will do.
    pub fn threshold(&self) -> Option<f64> {
        (self.kept.len() == self.limit).then(|| self.kept.get(self.worst).map_or(f64::INFINITY, |candidate| candidate.rank))
    }

    /// Keeps a candidate if it is among the best, and the best of its group.
    pub fn offer(&mut self, candidate: Candidate) {
        let group = candidate.group.filter(|_| self.collapse == Collapse::Groups);
        let place_taken = group.and_then(|group| self.place_of_group.get(&group).copied());
        match place_taken {
            Some(place) if candidate.rank > self.kept[place].rank => self.kept[place] = candidate,
            Some(_) => return,
            None if self.kept.len() < self.limit => {
                self.note_place(group, self.kept.len());
                self.kept.push(candidate);
            }
            None if self.threshold().is_some_and(|threshold| candidate.rank > threshold) => {
                if let Some(group) = self.kept[self.worst].group {
                    self.place_of_group.remove(&group);
                }
                self.note_place(group, self.worst);
                self.kept[self.worst] = candidate;
            }
            None => return,
        }
        if self.kept.len() == self.limit {
            self.worst = self.find_worst();
        }
    }

    fn note_place(&mut self, group: Option<u64>, place: usize) {
        if let Some(group) = group {
            self.place_of_group.insert(group, place);
        }
    }

    fn find_worst(&self) -> usize {
        let order = |(_, a): &(usize, &Candidate), (_, b): &(usize, &Candidate)| a.rank.total_cmp(&b.rank).then(b.address.cmp(&a.address));
        self.kept.iter().enumerate().min_by(order).map_or(0, |(place, _)| place)
    }

    /// Returns the candidates that were kept, best first, equals by their place in the index.
    pub fn into_sorted(self) -> Vec<Candidate> {
        let mut kept = self.kept;
        kept.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.address.cmp(&b.address)));
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limit: usize, offered: &[(f64, Option<u64>)], expected: &[f64]) {
        let mut best = Best::new(limit, Collapse::Groups);
        for (number, (rank, group)) in (0..).zip(offered) {
            best.offer(Candidate { rank: *rank, address: DocAddress::new(0, number), group: *group });
        }
        let ranks: Vec<f64> = best.into_sorted().iter().map(|candidate| candidate.rank).collect();
        assert_eq!(ranks, expected);
    }

    #[test]
    fn the_best_are_kept_in_order() {
        check(2, &[(1.0, None), (3.0, None), (2.0, None)], &[3.0, 2.0]);
        check(0, &[(1.0, None)], &[]);
    }

    #[test]
    fn a_group_has_one_place() {
        check(3, &[(1.0, Some(7)), (3.0, Some(7)), (2.0, Some(7)), (0.5, None), (0.7, Some(8))], &[3.0, 0.7, 0.5]);
        check(2, &[(1.0, Some(7)), (2.0, Some(8)), (3.0, Some(9)), (4.0, Some(7))], &[4.0, 3.0]);
    }

    #[test]
    fn the_threshold_is_the_worst_kept() {
        let mut best = Best::new(1, Collapse::Groups);
        assert_eq!(best.threshold(), None);
        best.offer(Candidate { rank: 5.0, address: DocAddress::new(0, 0), group: None });
        assert_eq!(best.threshold(), Some(5.0));
    }
}
