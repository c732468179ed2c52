//! The engine on tantivy, and the only door to it.

mod asked;
mod catalog;
mod collapse;
mod columns;
mod expand;
mod facets;
mod facts;
mod filter;
mod group_names;
mod groups;
mod language;
mod lower;
mod matches;
mod needle;
mod needles;
mod open;
mod passages;
mod positions;
mod queue;
mod record;
mod reused;
mod schema;
mod searcher;
mod snapshot;
mod sources;
mod spans;
mod spelling;
mod terms;
mod tokens;
mod tree;
mod writer;
mod zones;

pub use catalog::TantivyCatalog;
pub use open::remembered;
pub use searcher::TantivySearcher;
pub use writer::TantivyWriter;
