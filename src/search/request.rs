//! What is asked of an index: the words, what an article must be beside them, what comes first, how much is told.

use super::deadline::Deadline;
use super::entry::ArticleKey;
use super::facets::FacetField;
use crate::moment::Moment;
use crate::query::Query;

/// What is asked.
#[derive(Debug, Clone)]
pub struct SearchRequest {
    /// The words looked for.
    pub query: Query,
    /// What an article must be, beside matching the query.
    pub filter: Filter,
    /// The most hits wanted.
    pub limit: usize,
    /// What comes first.
    pub order: Order,
    /// Whether hits of one outlet may follow each other.
    pub spread: Spread,
    /// The day from which on older articles count for less; `None` where all ages count alike. Only where the best score comes
    /// first.
    pub recent_on: Option<Moment>,
    /// Whether all matches are counted, or only the best ones looked at.
    pub totals: Totals,
    /// Whether passages of each hit are chosen, and how many.
    pub passages: Passages,
    /// What is told about the other articles of a hit's group.
    pub copies: Copies,
    /// Whether the articles of a group make one hit.
    pub collapse: Collapse,
    /// Which of the articles of a group that answer is shown for it; only where a group is one hit.
    pub representative: Representative,
    /// By which properties all matches are counted, whether totals are or not.
    pub facets: Vec<FacetField>,
    /// Whether it is told where the scores come from.
    pub explanations: Explanations,
    /// Until when an answer is wanted; `None` where it may take any time.
    pub deadline: Option<Deadline>,
}

impl SearchRequest {
    /// Asks a query of everything: the ten best, copies folded, with a passage of each, and all of them counted.
    pub fn of(query: Query) -> Self {
        SearchRequest {
            query,
            filter: Filter::default(),
            limit: 10,
            order: Order::Relevance,
            spread: Spread::AsRanked,
            recent_on: None,
            totals: Totals::Count,
            passages: Passages::Best(1),
            copies: Copies::Summary,
            collapse: Collapse::Groups,
            representative: Representative::Usual,
            facets: Vec::new(),
            explanations: Explanations::Skip,
            deadline: None,
        }
    }
}

/// Whether it is told where the scores of hits come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explanations {
    /// It is not.
    #[default]
    Skip,
    /// It is, where hits have scores.
    Give,
}

/// What an article must be, beside matching the query.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Its outlet's name holds these words.
    pub source: Option<String>,
    /// It was published on this day or later.
    pub since: Option<Moment>,
    /// It was published on this day or earlier.
    pub until: Option<Moment>,
    /// Its group has at least this many articles, whether they match or not; an article without copies has one.
    pub group_articles_min: Option<u32>,
    /// What becomes of undated articles where a range of days is asked for, here or in the query.
    pub undated: Undated,
    /// It is not this article, nor in its group.
    pub apart_from: Option<ArticleKey>,
}

/// What becomes of undated articles where a range of days is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Undated {
    /// They are left out, and counted.
    #[default]
    LeftOut,
    /// They are taken in.
    TakenIn,
}

/// Whether the articles of a group make one hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collapse {
    /// One hit a group.
    Groups,
    /// Every article by itself, as test collections count.
    Never,
}

/// Which of the articles of a group that answer is shown for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Representative {
    /// The group's own representative if it answers, else the best answer; ordered by date, the article that gave the group its
    /// place in the list.
    #[default]
    Usual,
    /// The earliest published; undated articles last.
    Earliest,
    /// The one with most words, the earliest of several.
    Longest,
    /// The latest published; undated articles last.
    Newest,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The best score.
    Relevance,
    /// The latest publication; undated articles last.
    Newest,
    /// The earliest publication; undated articles last.
    Oldest,
}

/// Whether hits of one outlet may follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spread {
    /// They may: the order is that of the scores.
    #[default]
    AsRanked,
    /// Each further hit of an outlet counts for less, so that more outlets come to word; only where the best score comes first.
    Sources,
}

/// Whether all matches are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Totals {
    /// Counts articles and groups.
    Count,
    /// Leaves the totals at 0: only what may be among the best is looked at.
    Skip,
}

/// Whether passages are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passages {
    /// At most so many of each hit, the best first.
    Best(u32),
    /// None: hits carry no text.
    None,
}

/// What is told about the other articles of a hit's group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// How many, from which outlets, since when.
    Summary,
    /// Also each of them.
    List,
}
