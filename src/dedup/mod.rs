//! From articles to groups of the same text: fingerprints, candidates, verification, stars, groups.
//!
//! Each article is read once into a [`Fingerprint`], which an index keeps. [`group()`] assigns every article of an [`Archive`]
//! to its representative; [`regroup()`] does the same after a change, and touches only what the change reaches.

mod archive;
mod candidates;
mod group;
mod regroup;
mod shingle;
mod standing;
mod stars;
mod verify;

pub use archive::{Archive, Assignment, Entry, Removed};
pub use group::group;
pub use regroup::regroup;
pub use shingle::{Fingerprint, ShingleSet, fingerprint, shingles};
pub use standing::Standing;
pub use verify::{Containment, Outlets, Overlap, Relation, Resemblance, Tie, compare, is_edge, relate};

#[cfg(test)]
mod tests;
