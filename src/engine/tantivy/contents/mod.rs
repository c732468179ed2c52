//! All that an index has of its articles, for updates and for checks.
//!
//! The `catalog` tells an update what is there. A check takes the articles of one segment after the other, and gives what is not as
//! their texts and records say: of each article the document is made again that an update would write, and compared with what the
//! segment holds of it, all values of its columns (`values`) and all words in the posting lists with their positions (`postings`).
//! Posting lists are gone through once, from the first word to the last; what they have of each article is added up to one number a
//! field, so that memory grows by some bytes an article only: 33,249 articles are checked in 94 MB beside the files of the index.

mod catalog;
mod check;
mod expected;
mod postings;
mod soundness;
mod values;

#[cfg(test)]
mod tests;

pub use catalog::TantivyCatalog;
