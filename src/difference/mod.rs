//! From two texts to where they differ, word by word or line by line; how alike they are is no matter of this room.
//!
//! A *piece* is a run of words that both texts have, or that one of them has alone. The pieces of a [`Difference`] cover both
//! texts, in order. A *hunk* is a run of changed lines with the lines around it.

mod lines;
mod pieces;
mod readable;
mod tokens;

pub use lines::{Hunk, hunks};
pub use pieces::{Change, Counts, Difference, Piece, difference};
