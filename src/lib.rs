//! dateline
pub mod article;
pub mod document;
pub mod error;
pub mod moment;
pub mod text;
