//! From articles to groups of the same text: fingerprints, candidates, verification, stars, groups.
//!
//! Each article is read once into a [`Fingerprint`], which an index keeps. [`group()`] assigns every article of an [`Archive`]
//! to its representative; [`regroup()`] does the same after a change, and touches only what the change reaches. [`why()`] tells
//! of two articles what they share and which rule ties them or does not.

mod align;
mod archive;
mod bound;
mod candidates;
mod doubt;
mod group;
mod judge;
mod postings;
mod regroup;
mod rewritten;
mod rule;
mod runs;
mod sets;
mod shingle;
mod standing;
mod stars;
mod verify;
mod why;

pub use archive::{Archive, Assignment, Entry, Removed};
pub use group::group;
pub use regroup::regroup;
pub use runs::{SharedRun, shared_runs};
pub use shingle::{Fingerprint, ShingleSet, fingerprint, shingles};
pub use standing::Standing;
pub use verify::{Containment, Overlap, Relation, Resemblance, Tie, compare, relate};
pub use why::{Rule, Side, Why, why};

#[cfg(test)]
mod tests;
