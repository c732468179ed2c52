//! A query that is measured, and what is asked for it.

use dateline::query::Query;
use dateline::search::{FacetField, Filter, Order, Passages, SearchRequest, Totals};

/// Hits that are asked for: a page.
const HITS: usize = 10;

/// A query to measure.
#[derive(Debug, Clone)]
pub struct BenchQuery {
    /// What a file calls it.
    pub id: String,
    /// Its kind, such as `phrase`, or what a file calls it.
    pub kind: String,
    /// What is typed.
    pub typed: String,
    /// What is asked.
    pub query: Query,
    /// What articles must be beside it.
    pub filter: Filter,
    /// What comes first.
    pub order: Order,
    /// By what all matches are counted.
    pub facets: Vec<FacetField>,
}

impl BenchQuery {
    /// Makes a query that asks for nothing beside its words.
    pub fn new(kind: &str, typed: String, query: Query) -> Self {
        let filter = Filter::default();
        BenchQuery { id: String::new(), kind: kind.to_owned(), typed, query, filter, order: Order::Relevance, facets: Vec::new() }
    }
}

/// Returns what is asked for a page of the best articles, nothing counted, nothing fetched.
pub fn request(query: &BenchQuery) -> SearchRequest {
    SearchRequest {
        filter: query.filter.clone(),
        limit: HITS,
        order: query.order,
        totals: Totals::Skip,
        passages: Passages::None,
        facets: query.facets.clone(),
        ..SearchRequest::of(query.query.clone())
    }
}
