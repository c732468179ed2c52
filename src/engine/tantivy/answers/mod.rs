//! What is told of the articles that were found.

pub mod group_names;
pub mod groups;
pub mod passages;
pub mod reused;
pub mod searcher;
pub mod showing;
pub mod spelling;
pub mod telling;
