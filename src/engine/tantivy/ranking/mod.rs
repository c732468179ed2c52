//! Which matches come first, and how many there are.

pub mod asked;
pub mod collapse;
pub mod counts;
pub mod explain;
pub mod facets;
pub mod matches;
pub mod placed;
pub mod recency;
pub mod score;
pub mod spread;
pub mod ties;
