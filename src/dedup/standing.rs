//! What grouping looks at of an article beside its text.

/// What is known about an article beside its text, as far as grouping looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// When it was published, in seconds from any moment.
    pub published: Option<i64>,
    /// How many words it has.
    pub words: u32,
    /// A hash of the outlet's name.
    pub source: Option<u64>,
    /// A hash of its address.
    pub url: Option<u64>,
}

/// Whether two articles are known to come from one outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Outlets {
    /// Both name the same outlet.
    Same,
    /// They name two, or one of them names none.
    Other,
}

impl Outlets {
    /// Looks at what two articles name.
    pub(super) fn of(a: &Standing, b: &Standing) -> Self {
        if is_same(a.source, b.source) { Outlets::Same } else { Outlets::Other }
    }
}

/// Tells whether both are known and the same.
pub(super) fn is_same(own: Option<u64>, other: Option<u64>) -> bool {
    own.is_some() && own == other
}
