//! The behaviour of the whole, one file a subject.

mod acceptance;
mod cli;
mod columns;
mod dedup;
mod engine;
mod extract;
mod formats;
mod ranking;
mod support;
mod tidy;
