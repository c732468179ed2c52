//! What all matches add up to by one of their properties.

/// A property by which matches are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FacetField {
    /// The outlet's name.
    Source,
    /// The language, as its code.
    Language,
    /// The day of publication, as documents state it: `2024-11-26`.
    Day,
    /// Its week, as the Monday that begins it (ISO 8601): `2024-11-25`.
    Week,
    /// Its month: `2024-11`.
    Month,
}

/// The matches by one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The property.
    pub field: FacetField,
    /// Its values: points of time in order, other values by most articles, equals by name; what is unknown comes last.
    pub counts: Vec<FacetCount>,
}

/// How many matches share a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value; `None` for articles of which it is not known.
    pub value: Option<String>,
    /// How many articles.
    pub articles: u64,
    /// How many groups they are in, an article without copies counted as one. A group counts for each value that an article of
    /// it has, so that these numbers may add up to more than there are groups.
    pub groups: u64,
}
