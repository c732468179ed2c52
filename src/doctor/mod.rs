//! The articles of an index in, one by one; out what the keeper of the archive may want to repair, and what would repair it.
//!
//! A *finding* is one trouble of one article, or of one file that gave none. What is wrong with an article is told from what the
//! index keeps of it (`checks`); what would repair it from the kind of trouble and of file (`remedy`). Nothing is changed, and
//! nothing is opened: files are looked at by whoever asks.

mod checks;
mod finding;
mod kind;
mod remedy;
mod report;

pub use checks::SHORT_WORDS;
pub use finding::Finding;
pub use kind::Kind;
pub use remedy::Remedy;
pub use report::{Examination, Report};
