//! A web archive in, as crawlers and browsers keep it (ISO 28500, WARC 1.0 and 1.1); the documents that servers answered with out.
//!
//! A document is made of each record that is a `response` with status 200, a `resource` or a `conversion`, and whose content is of a kind that
//! is read. Requests, notes about records, and answers that were the same as before (`revisit`) are passed over. The record's address
//! and date go beside what the page states. Compressed archives are read by way of [`compressed`](crate::formats::compressed).

mod http;
mod read;
mod record;

pub use read::read;
