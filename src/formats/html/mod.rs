//! A saved web page in; one document out: what the page states about itself, the article's paragraphs, and the rest as furniture.
//!
//! A page is parsed once, in [`dom`], within the bounds that [`guard`] sets. [`page`] walks the tree and collects what may be of use;
//! [`metadata`] and [`json_ld`] make fields of that, each with the place where it stood. [`content`] gives the lines that a reader sees;
//! [`body`] chooses those of the article, by what is true of each ([`features`], out of [`signs`], [`phrases`] and [`surroundings`]) and of
//! the lines near it ([`context`]).

pub mod body;
pub mod content;
pub mod context;
pub mod dom;
pub mod features;
pub mod guard;
pub mod heading;
pub mod json_ld;
pub mod metadata;
pub mod page;
pub mod phrases;
pub mod save_comment;
pub mod signs;
pub mod stated;
pub mod surroundings;
pub mod weights;

mod read;
mod script;

pub use read::{declared_charset, read};

#[cfg(test)]
mod tests;
