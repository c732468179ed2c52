//! The files of an index: each with its length and checksum in `meta.json`, which carries its own; replaced as a whole or not at all.

mod directory;
mod holder;
mod meta;
mod sealed;
mod sums;

pub use directory::{IndexDirectory, has_index_files, leftovers};
pub use holder::{Holder, LOCK_FILE};
pub use meta::{META_FILE, Meta, MetaState};
pub use sums::{OTHER_BYTES, damaged_files};
