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

/// So many of a group are kept beside its best: one of them may have the words of the query in better places.
const COPIES_MAX: usize = 2;

/// Tells which of two articles of one rank comes first.
pub type Ties<'t> = &'t dyn Fn(DocAddress, DocAddress) -> Ordering;

/// The best candidates so far, at most one a group.
///
/// They are looked through only when there are twice as many as are wanted: one by one, each would be compared with all.
pub struct Best<'t> {
    limit: usize,
    collapse: Collapse,
    ties: Ties<'t>,
    kept: Vec<Candidate>,
    /// The last of those that are wanted, when they were looked through.
    worst: Option<Candidate>,
    best_of_group: HashMap<u64, usize, FixedState>,
    /// The next best of groups whose best is kept.
    copies: Vec<Candidate>,
    /// When so many are kept, they are looked through.
    full: usize,
}

impl<'t> Best<'t> {
    /// Starts with none; at most `limit` are kept.
    pub fn new(limit: usize, collapse: Collapse, ties: Ties<'t>) -> Self {
        let kept = Vec::with_capacity(limit.min(1024) * 2);
        Best { limit, collapse, ties, kept, worst: None, best_of_group: HashMap::default(), copies: Vec::new(), full: limit }
    }

    /// Returns a rank below which no candidate is kept; `None` while any will do.
    pub fn threshold(&self) -> Option<f64> {
        if self.limit == 0 { Some(f64::INFINITY) } else { self.worst.map(|worst| worst.rank) }
    }

    /// Tells whether a candidate may be among the best.
    #[inline]
    pub fn may_take(&self, candidate: &Candidate) -> bool {
        self.limit > 0 && self.worst.is_none_or(|worst| best_first(self.ties, candidate, &worst).is_lt())
    }

    /// Keeps a candidate if it may be among the best.
    #[inline]
    pub fn offer(&mut self, candidate: Candidate) {
        if !self.may_take(&candidate) {
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
            let (_, worst, _) = self.kept.select_nth_unstable_by(last, |a, b| best_first(self.ties, a, b));
            self.worst = Some(*worst);
            self.kept.truncate(self.limit);
        }
        self.cut_down_copies();
        self.full = self.limit.max(self.kept.len().saturating_mul(2));
    }

    fn drop_lesser_of_groups(&mut self) {
        let Best { kept, best_of_group, ties, .. } = self;
        best_of_group.clear();
        for (place, candidate) in kept.iter().enumerate() {
            if let Some(group) = candidate.group {
                let best = best_of_group.entry(group).or_insert(place);
                if best_first(*ties, candidate, &kept[*best]).is_lt() {
                    *best = place;
                }
            }
        }
        let mut place = 0..;
        self.copies.extend(kept.extract_if(.., |candidate| {
            let place = place.next();
            candidate.group.is_some_and(|group| best_of_group.get(&group).copied() != place)
        }));
    }

    /// Keeps the best copies of each group, and of none whose best is not kept.
    fn cut_down_copies(&mut self) {
        if let Some(worst) = self.worst {
            self.copies.retain(|copy| copy.rank >= worst.rank);
        }
        self.copies.sort_unstable_by(|a, b| a.group.cmp(&b.group).then_with(|| best_first(self.ties, a, b)));
        let (mut group, mut count) = (None, 0);
        self.copies.retain(|copy| {
            count = if copy.group == group { count + 1 } else { 1 };
            group = copy.group;
            count <= COPIES_MAX
        });
    }

    /// Returns the candidates that were kept, best first, and of their groups the next best in no order.
    pub fn into_sorted(mut self) -> (Vec<Candidate>, Vec<Candidate>) {
        self.cut_down();
        self.kept.sort_unstable_by(|a, b| best_first(self.ties, a, b));
        (self.kept, self.copies)
    }
}

/// The order of candidates: best first.
#[inline]
fn best_first(ties: Ties<'_>, a: &Candidate, b: &Candidate) -> Ordering {
    b.rank.total_cmp(&a.rank).then_with(|| ties(a.address, b.address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limit: usize, offered: &[(f64, Option<u64>)], expected: &[f64]) {
        let mut best = Best::new(limit, Collapse::Groups, &|a, b| a.cmp(&b));
        for (number, (rank, group)) in (0..).zip(offered) {
            best.offer(Candidate { rank: *rank, gain: 0.0, address: DocAddress::new(0, number), group: *group });
        }
        let ranks: Vec<f64> = best.into_sorted().0.iter().map(|candidate| candidate.rank).collect();
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
    fn the_next_best_of_a_group_are_kept_beside_it() {
        let mut best = Best::new(2, Collapse::Groups, &|a, b| a.cmp(&b));
        let offered = [(9.0, 7), (5.0, 7), (8.0, 7), (7.0, 7), (6.0, 8), (6.5, 8), (1.0, 9)];
        for (number, (rank, group)) in (0..).zip(offered) {
            best.offer(Candidate { rank, gain: 0.0, address: DocAddress::new(0, number), group: Some(group) });
        }
        let ranks = |candidates: Vec<Candidate>| candidates.iter().map(|candidate| candidate.rank).collect::<Vec<_>>();
        let (kept, copies) = best.into_sorted();
        assert_eq!((ranks(kept), ranks(copies)), (vec![9.0, 6.5], vec![8.0, 7.0]));
    }

    #[test]
    fn of_equals_the_first_is_kept_whenever_it_comes() {
        let backwards = |a: DocAddress, b: DocAddress| b.cmp(&a);
        let mut best = Best::new(2, Collapse::Groups, &backwards);
        for (number, group) in [(0, None), (1, Some(7)), (2, Some(7)), (3, None)] {
            best.offer(Candidate { rank: 1.0, gain: 0.0, address: DocAddress::new(0, number), group });
        }
        assert_eq!(best.into_sorted().0.iter().map(|candidate| candidate.address.doc_id).collect::<Vec<_>>(), [3, 2]);
    }

    #[test]
    fn the_threshold_is_the_worst_kept() {
        let mut best = Best::new(1, Collapse::Groups, &|a, b| a.cmp(&b));
        assert_eq!(best.threshold(), None);
        best.offer(Candidate { rank: 5.0, gain: 0.0, address: DocAddress::new(0, 0), group: None });
        assert_eq!(best.threshold(), Some(5.0));
    }
}
