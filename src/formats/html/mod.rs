//! A saved web page in; one document out: what the page states about itself, the article's paragraphs, and the rest as furniture.
//!
//! A page is parsed once. [`page`] walks it and collects what may be of use; [`metadata`] and [`json_ld`] make fields of that, each with
//! the place where it stood; [`body`] finds the article; [`content`] turns an article's markup into blocks; [`guard`] bounds
//! what the parsers are given.

pub mod body;
pub mod content;
pub mod guard;
pub mod heading;
pub mod json_ld;
pub mod metadata;
pub mod page;

mod read;
mod script;

pub use read::{declared_charset, read};
