//! The engine on tantivy, and the only door to it.

mod asked;
mod catalog;
mod collapse;
mod columns;
mod facets;
mod filter;
mod group_names;
mod groups;
mod lower;
mod matches;
mod needles;
mod open;
mod passages;
mod queue;
mod record;
mod reused;
mod schema;
mod searcher;
mod snapshot;
mod sources;
mod spelling;
mod terms;
mod writer;

pub use catalog::TantivyCatalog;
pub use open::remembered;
pub use searcher::TantivySearcher;
pub use writer::TantivyWriter;
