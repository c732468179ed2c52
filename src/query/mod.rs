//! The query language: a typed string goes in, a [`Query`] tree comes out; printing the tree gives a string that parses back to it.
//!
//! Plain words mean that all of them are wanted. `OR` or `|` means either and binds weaker than the implied AND: `a b OR c` is
//! `(a b) OR c`. `AND` may be written; `NOT` or a leading `-` leaves out. `"several words"` in straight or curly quotes is a
//! phrase, and so is a word with marks inside, such as `state-run`. A *field* (`headline:`, `url:`, see [`Field`]) looks there only
//! and takes a word, a phrase or a group in parentheses. A *fact* (`date:`, `since:`, `until:`, `copies:`, `undated`, see [`Fact`])
//! is asked of the article as a whole. A *connector* (`w/5`, `pre/5`, `w/s`, `w/p`, each also after `not`) joins two words,
//! phrases or OR groups that stand near each other, binds stronger than AND and goes from left to right; `atleast3(word)` counts.
//! `strik*`, `wom?n` and `name~` stand for several words; `=word` and `="a phrase"` are taken as typed, without stemming.
//! Operators are upper case; `or`, `and` and `not` are words. Left out on purpose: weights.

mod ast;
mod connector;
pub mod days;
mod error;
mod fact;
mod lexer;
mod marks;
mod names;
mod number;
mod outline;
mod parse;
mod pattern;
mod print;
mod setting;
mod spellings;
mod widen;
mod words;

pub use ast::{Connector, Field, Form, Near, Presence, Query, Reach, Succession, Word};
pub use connector::{MAX_REACH_WORDS, MAX_TIMES};
pub use error::QueryError;
pub use fact::{Days, Fact, Size};
pub use parse::{MAX_CONNECTORS, MAX_DEPTH, MAX_SAVED_BYTES, MAX_SAVED_DEPTH, MAX_TEXT_BYTES, MAX_WORDS, parse, parse_any, parse_in};
pub use pattern::Pattern;
pub use setting::{Saved, Setting};
pub use spellings::{MAX_SPELLINGS, Spellings};
pub use widen::{Also, MAX_ADDED, MAX_PHRASES, Widened, widen};

#[cfg(test)]
mod tests;
