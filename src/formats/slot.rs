//! What a field of a record holds: one of the values that an article has.

use crate::document::FieldName;

/// What a record's field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The document's own id.
    Id,
    /// A field of the article.
    Field(FieldName),
    /// The name of the outlet's site: its domain or its address.
    Site,
    /// The text.
    Text,
    /// A summary or the first lines, which are the text of a record that has no other.
    Summary,
    /// A list of articles.
    Articles,
}
