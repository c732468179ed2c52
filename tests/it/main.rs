//! The behaviour of the whole, one file a subject.

mod acceptance;
mod cli;
mod dedup;
mod engine;
mod extract;
mod formats;
mod pdf;
mod ranking;
mod support;
mod tidy;
