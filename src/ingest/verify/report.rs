//! What a check of an index found, and what it looked at.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::search::{Fault, FaultKind, FileCheck, Folder};

/// So many faults of a sort are kept; the others are counted: what is wrong shows in fewer.
const KEPT_MAX: usize = 1000;

/// What a check of an index found.
#[derive(Debug, Clone, Default)]
pub struct Verification {
    /// The files of the index.
    pub files: FileCheck,
    /// What is in them; `None` where that could not be looked at.
    pub contents: Option<Contents>,
    /// The folders that the index was made of; `None` where they were not looked at.
    pub against_files: Option<FoldersCheck>,
    /// What is not as it should be.
    pub faults: Faults,
    /// The folders that the index remembers.
    pub folders: Vec<Folder>,
    /// How long it took.
    pub took: Duration,
}

/// How much was found in an index and looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Articles that could be put together.
    pub articles: u64,
    /// Passages of theirs.
    pub passages: u64,
    /// Groups, an article without copies counted as one.
    pub groups: u64,
}

/// How much was read of the folders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FoldersCheck {
    /// Files that were read.
    pub files: u64,
    /// How long they are together.
    pub len_bytes: u64,
    /// Articles that they gave.
    pub articles: u64,
}

/// The faults that were found: all are counted, of each sort the first are kept.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    kept: BTreeMap<FaultKind, Vec<Fault>>,
    counts: BTreeMap<FaultKind, u64>,
}

impl Faults {
    /// Adds a fault.
    pub fn push(&mut self, fault: Fault) {
        *self.counts.entry(fault.kind).or_default() += 1;
        let kept = self.kept.entry(fault.kind).or_default();
        if kept.len() < KEPT_MAX {
            kept.push(fault);
        }
    }

    /// Adds faults that were found elsewhere.
    pub fn append(&mut self, other: Faults) {
        for (kind, kept) in other.kept {
            let lost = other.counts.get(&kind).copied().unwrap_or_default() - kept.len() as u64;
            kept.into_iter().for_each(|fault| self.push(fault));
            *self.counts.entry(kind).or_default() += lost;
        }
    }

    /// Tells that nothing was found.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Tells how many faults there are of each sort.
    pub fn counts(&self) -> &BTreeMap<FaultKind, u64> {
        &self.counts
    }

    /// Tells how many faults there are.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Returns those that were kept, in the order of their sorts and places.
    pub fn listed(&self) -> Vec<&Fault> {
        let mut listed: Vec<&Fault> = self.kept.values().flatten().collect();
        listed.sort();
        listed
    }
}

impl Verification {
    /// Tells that the index is whole, and where the folders were looked at, as they give it.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_counted_and_the_first_are_kept() {
        let mut faults = Faults::default();
        assert!(faults.is_empty());
        for number in 0..KEPT_MAX + 5 {
            faults.push(Fault::of_index(FaultKind::Counts, format!("{number}")));
        }
        let mut all = Faults::default();
        all.push(Fault::of_index(FaultKind::Key, "first"));
        all.append(faults);
        assert_eq!((all.total(), all.listed().len()), (KEPT_MAX as u64 + 6, KEPT_MAX + 1));
        assert_eq!(all.listed()[0].cause, "first");
        assert_eq!(all.counts()[&FaultKind::Counts], KEPT_MAX as u64 + 5);
    }
}
