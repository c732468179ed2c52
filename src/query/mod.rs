//! The query language: a typed string goes in, a [`Query`] tree comes out; printing the tree gives a string that parses back to it.
//!
//! Plain words mean that all of them are wanted. `OR` or `|` means either and binds weaker than the implied AND: `a b OR c` is
//! `(a b) OR c`. `AND` may be written; `NOT` or a leading `-` leaves out. `"several words"` in straight or curly quotes is a
//! phrase, and so is a word with marks inside, such as `state-run`. `headline:` and `source:` look in that field only and take a
//! word, a phrase or a group in parentheses. `=word` and `="a phrase"` are taken as typed, without stemming. Operators are upper
//! case; `or`, `and` and `not` are words. Left out on purpose: wildcards and weights.

mod ast;
mod error;
mod lexer;
mod parse;
mod print;

pub use ast::{Field, Form, Query, Word};
pub use error::QueryError;
pub use parse::{MAX_DEPTH, MAX_TEXT_BYTES, MAX_WORDS, parse, parse_any};

#[cfg(test)]
mod tests;
