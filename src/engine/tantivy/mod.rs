//! The engine on tantivy, and the only door to it.

mod answers;
mod clock;
mod columns;
mod contents;
mod keys;
mod matching;
mod open;
mod queue;
mod ranking;
mod record;
mod schema;
mod snapshot;
mod sources;
mod storage;
mod words;
mod writer;
mod zones;

pub use answers::searcher::TantivySearcher;
pub use contents::TantivyCatalog;
pub use open::{broken, check_files, damaged, remembered, state_hash, sweep};
pub use writer::TantivyWriter;
