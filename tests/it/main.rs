//! The behaviour of the whole, one file a subject.

mod acceptance;
mod cli;
mod columns;
mod containers;
mod dedup;
mod diff;
mod doctor;
mod engine;
mod extract;
mod facets;
mod formats;
mod group_ids;
mod groups;
mod hostile;
mod hostile_containers;
mod outputs;
mod packing;
mod pdf;
mod query;
mod ranking;
mod recurring;
mod reuse;
mod sidecar;
mod support;
mod terminal;
mod tidy;
