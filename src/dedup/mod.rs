//! From articles to groups of the same text: fingerprints, candidates, verification, stars, groups.
//!
//! Each article is read once into a [`Fingerprint`], which an index keeps. [`group()`] assigns every article of an [`Archive`]
//! to its representative; [`regroup()`] does the same after a change, and touches only what the change reaches.

mod align;
mod archive;
mod candidates;
mod group;
mod regroup;
mod rule;
mod sets;
mod shingle;
mod standing;
mod stars;
mod verify;

pub use archive::{Archive, Assignment, Entry, Removed};
pub use group::group;
pub use regroup::regroup;
pub use shingle::{Fingerprint, ShingleSet, fingerprint, shingles};
pub use standing::Standing;
pub use verify::{Containment, Overlap, Relation, Resemblance, Tie, compare, relate};

#[cfg(test)]
mod tests;
