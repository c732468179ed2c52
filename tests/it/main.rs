//! The behaviour of the whole, one file a subject.

mod acceptance;
mod cli;
mod containers;
mod dedup;
mod engine;
mod extract;
mod formats;
mod hostile_containers;
mod packing;
mod ranking;
mod support;
mod tidy;
