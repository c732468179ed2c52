//! What grouping looks at of an article beside its text.

/// What is known about an article beside its text, as far as grouping looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// When it was published, in any unit that ascends.
    pub published: Option<i64>,
    /// How many words it has.
    pub words: u32,
    /// A hash of the outlet's name.
    pub source: Option<u64>,
    /// A hash of its address.
    pub url: Option<u64>,
}
