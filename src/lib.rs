//! Full-text search over folders of saved news articles.
//!
//! The pipeline, in order: [`walk`] lists the files of a folder; [`formats`] turns a file's bytes into raw documents;
//! [`extract`] reads each into an [`article`], its metadata with their provenance, its body without the furniture of the page;
//! [`dedup`] finds out which articles are the same text, [`difference`] where two differ; [`passage`] cuts bodies into runs of whole sentences; [`ingest`] drives
//! all that and hands the result to an engine's writer. A typed question becomes a tree in [`query`]; [`search`] is the contract
//! by which it is asked and answered; [`engine`] opens an index that keeps it. [`doctor`] says what in an archive wants repair.
//!
//! Nothing here prints, reads the environment or uses a network.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod article;
pub mod dedup;
pub mod difference;
pub mod doctor;
pub mod document;
pub mod engine;
pub mod error;
pub mod extract;
pub mod formats;
pub mod ingest;
pub mod mojibake;
pub mod moment;
pub mod passage;
pub mod query;
pub mod recurring;
pub mod reuse;
pub mod search;
pub mod sentence;
pub mod text;
pub mod walk;
