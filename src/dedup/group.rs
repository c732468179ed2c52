//! From stars to groups, each with its representative.
//!
//! A star is a group, but that one text can have several centres. Two centres are *linked* where an article names both. They
//! are taken in star order; one joins the group of the earlier centre that is linked to it and kin, if that did not join
//! another itself; of several the one with which it shares the most shingles. So every group is a star of stars around one
//! centre, and nothing chains.
//!
//! The representative of a group is its first article in canonical order, and the ties of all others are to it.

use std::collections::BTreeMap;

use super::archive::{Archive, Assignment, canonical, star_order};
use super::candidates::HashedMap;
use super::sets::SetCache;
use super::stars::{best_first, find_stars};
use super::verify::{Tie, relate};
use crate::error::Error;

/// Assigns every article to its representative, in the order of entries, whatever the entries say about earlier groupings.
///
/// # Errors
/// When the archive cannot be read.
pub fn group(archive: &dyn Archive) -> Result<Vec<Assignment>, Error> {
    let sets = SetCache::new(archive);
    let centres = find_stars(archive, &sets)?;
    let links = Links::of(centres.iter().map(Vec::as_slice));
    let homes = links.join(archive, &sets, links.centres(archive))?;
    let mut groups = HashedMap::<usize, Vec<usize>>::default();
    for (entry, centres) in centres.iter().enumerate() {
        groups.entry(home(&homes, centres[0])).or_default().push(entry);
    }
    let mut assignments: Vec<Assignment> = centres
        .into_iter()
        .enumerate()
        .map(|(entry, centres)| Assignment { entry, representative: entry, tie: Tie::EXACT, centres })
        .collect();
    for members in groups.values().filter(|members| members.len() > 1) {
        let representative = first(archive, members);
        for &entry in members {
            assignments[entry].representative = representative;
            assignments[entry].tie = tie(archive, &sets, entry, representative)?;
        }
    }
    Ok(assignments)
}

/// Returns the first of some entries in canonical order, which represents them.
pub(super) fn first(archive: &dyn Archive, members: &[usize]) -> usize {
    members.iter().copied().min_by(|&a, &b| canonical(archive, a, b)).unwrap_or_default()
}

/// Ties an article to its representative.
pub(super) fn tie(archive: &dyn Archive, sets: &SetCache, entry: usize, representative: usize) -> Result<Tie, Error> {
    let (own, other) = (&archive.entries()[entry], &archive.entries()[representative]);
    if entry == representative || own.digest == other.digest {
        return Ok(Tie::EXACT);
    }
    Ok(relate(&own.standing, &other.standing, sets.compare(entry, representative)?))
}

/// Returns the centre of the group that a centre belongs to.
pub(super) fn home(homes: &HashedMap<usize, usize>, centre: usize) -> usize {
    homes.get(&centre).copied().unwrap_or(centre)
}

/// The pairs of centres that have a witness, both ways.
#[derive(Default)]
pub(super) struct Links(BTreeMap<usize, Vec<usize>>);

impl Links {
    /// Collects the links of all articles from their centres.
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a [usize]>) -> Self {
        let mut links = Links::default();
        for centres in all.filter(|centres| centres.len() > 1) {
            for &further in &centres[1..] {
                links.0.entry(centres[0]).or_default().push(further);
                links.0.entry(further).or_default().push(centres[0]);
            }
        }
        for linked in links.0.values_mut() {
            linked.sort_unstable();
            linked.dedup();
        }
        links
    }

    /// Returns all centres that have links, in star order.
    fn centres(&self, archive: &dyn Archive) -> Vec<usize> {
        let mut centres: Vec<usize> = self.0.keys().copied().collect();
        centres.sort_unstable_by(|&a, &b| star_order(archive, a, b));
        centres
    }

    /// Returns the given centres and all that links lead to from them, in star order.
    pub(super) fn reach(&self, archive: &dyn Archive, from: impl Iterator<Item = usize>) -> Vec<usize> {
        let (mut reached, mut seen) = (Vec::new(), HashedMap::<usize, ()>::default());
        let mut ahead: Vec<usize> = from.collect();
        while let Some(centre) = ahead.pop() {
            if seen.insert(centre, ()).is_none() {
                reached.push(centre);
                ahead.extend(self.linked(centre));
            }
        }
        reached.sort_unstable_by(|&a, &b| star_order(archive, a, b));
        reached
    }

    fn linked(&self, centre: usize) -> &[usize] {
        self.0.get(&centre).map_or(&[], Vec::as_slice)
    }

    /// Finds for each of the centres, given in star order and with all that they are linked to, the one whose group it joins;
    /// those that stay by themselves are left out.
    pub(super) fn join(&self, archive: &dyn Archive, sets: &SetCache, centres: Vec<usize>) -> Result<HashedMap<usize, usize>, Error> {
        let mut homes = HashedMap::default();
        for centre in centres {
            let mut kin = Vec::new();
            for &earlier in self.linked(centre) {
                if star_order(archive, earlier, centre).is_lt() && !homes.contains_key(&earlier) {
                    kin.extend(sets.kin(centre, earlier)?.map(|weight| (earlier, weight)));
                }
            }
            if let Some(&chosen) = best_first(kin, |&a, &b| star_order(archive, a, b)).first() {
                homes.insert(centre, chosen);
            }
        }
        Ok(homes)
    }
}
