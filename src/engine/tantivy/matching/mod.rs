//! Which articles match: from the tree of a query to posting lists, and what is checked beyond them.

pub mod cursor;
pub mod excluded;
pub mod expand;
pub mod facts;
pub mod few;
pub mod filter;
#[cfg(test)]
mod in_memory_for_tests;
pub mod lower;
pub mod nearly;
pub mod needle;
pub mod needles;
pub mod pair;
pub mod phrase;
pub mod positions;
pub mod reading;
pub mod sought;
pub mod spans;
pub mod tree;
