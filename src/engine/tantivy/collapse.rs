//! The best articles, at most one a group, kept while an index is gone through.

use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use tantivy::DocAddress;

use crate::search::Collapse;

/// An article that may be among the best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// What it is ordered by: the greater, the better.
    pub rank: f64,
    /// How much of that the places of its words add; nothing where they were not looked at.
    pub gain: f32,
    /// Where it is.
    pub address: DocAddress,
    /// Its group, when there are others in it.
    pub group: Option<u64>,
}

/// The best candidates so far, at most one a group.
///
/// They are looked through only when there are twice as many as are wanted: one by one, each would be compared with all.
pub struct Best {
    limit: usize,
    collapse: Collapse,
    kept: Vec<Candidate>,
    threshold: Option<f64>,
    best_of_group: HashMap<u64, usize, FixedState>,
    /// When so many are kept, they are looked through.
    full: usize,
}

impl Best {
    /// Starts with none; at most `limit` are kept.
    pub fn new(limit: usize, collapse: Collapse) -> Self {
        let threshold = (limit == 0).then_some(f64::INFINITY);
        let kept = Vec::with_capacity(limit.min(1024) * 2);
        Best { limit, collapse, kept, threshold, best_of_group: HashMap::default(), full: limit }
    }

    /// Returns a rank that a candidate must exceed to be kept; `None` while any will do.
    pub fn threshold(&self) -> Option<f64> {
        self.threshold
    }

    /// Keeps a candidate if it may be among the best.
    #[inline]
    pub fn offer(&mut self, candidate: Candidate) {
        if self.threshold.is_some_and(|threshold| candidate.rank <= threshold) {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() >= self.full {
            self.cut_down();
        }
    }

    /// Drops what is not among the best. Nothing is put in order: that would cost more than going through the matches does.
    fn cut_down(&mut self) {
        if self.collapse == Collapse::Groups {
            self.drop_lesser_of_groups();
        }
        if self.kept.len() >= self.limit
            && let Some(last) = self.limit.checked_sub(1)
        {
            let (_, worst, _) = self.kept.select_nth_unstable_by(last, best_first);
            self.threshold = Some(worst.rank);
            self.kept.truncate(self.limit);
        }
        self.full = self.limit.max(self.kept.len().saturating_mul(2));
    }

    fn drop_lesser_of_groups(&mut self) {
        let Best { kept, best_of_group, .. } = self;
        best_of_group.clear();
        for (place, candidate) in kept.iter().enumerate() {
            if let Some(group) = candidate.group {
                let best = best_of_group.entry(group).or_insert(place);
                if best_first(candidate, &kept[*best]) == Ordering::Less {
                    *best = place;
                }
            }
        }
        let mut place = 0..;
        kept.retain(|candidate| {
            let place = place.next();
            candidate.group.is_none_or(|group| best_of_group.get(&group).copied() == place)
        });
    }

    /// Returns the candidates that were kept, best first, equals by their place in the index.
    pub fn into_sorted(mut self) -> Vec<Candidate> {
        self.cut_down();
        self.kept.sort_unstable_by(best_first);
        self.kept
    }
}

/// The order of candidates: best first, equals by their place in the index.
fn best_first(a: &Candidate, b: &Candidate) -> Ordering {
    b.rank.total_cmp(&a.rank).then(a.address.cmp(&b.address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limit: usize, offered: &[(f64, Option<u64>)], expected: &[f64]) {
        let mut best = Best::new(limit, Collapse::Groups);
        for (number, (rank, group)) in (0..).zip(offered) {
            best.offer(Candidate { rank: *rank, gain: 0.0, address: DocAddress::new(0, number), group: *group });
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
        best.offer(Candidate { rank: 5.0, gain: 0.0, address: DocAddress::new(0, 0), group: None });
        assert_eq!(best.threshold(), Some(5.0));
    }
}
