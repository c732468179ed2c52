//! What an index answers: hits with their passages, articles with their groups, and what it all adds up to.

use std::ops::Range;
use std::time::Duration;

use super::entry::{ArticleKey, GroupId, Identity, IndexEntry};
use super::explanation::Explanation;
use super::facets::Facet;
use crate::article::Metadata;
use crate::dedup::Tie;
use crate::moment::Moment;

/// What is answered.
#[derive(Debug, Clone)]
pub struct SearchResponse {
    /// The hits, best first, at most one a group.
    pub hits: Vec<Hit>,
    /// How many articles match.
    pub articles_total: u64,
    /// How many groups they are in; an article without copies is its own group.
    pub groups_total: u64,
    /// How many outlets they are from; articles without a source count as none.
    pub sources_total: u64,
    /// How many match but for a date filter, because nothing says when they were published.
    pub undated_left_out: u64,
    /// The words with wildcards that stand for more than were looked for, in the order of the query.
    pub too_wide: Vec<TooWide>,
    /// All matches by the properties asked for, in their order.
    pub facets: Vec<Facet>,
    /// How long it took.
    pub took: Duration,
}

/// A word with wildcards that stands for more than are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooWide {
    /// The word as typed.
    pub word: String,
    /// How many words of the index it stands for, different stems counted.
    pub words: usize,
    /// How many of them were looked for, the most frequent ones.
    pub taken: usize,
}

/// One article that answers, standing for its group.
#[derive(Debug, Clone)]
pub struct Hit {
    /// How well the best matching article of the group answers: BM25 and what the places of the words add; 0 when ordered by
    /// date.
    pub score: f32,
    /// Where the score comes from; `None` unless asked for.
    pub explanation: Option<Explanation>,
    /// The article shown; see [`crate::search::Representative`].
    pub article: ArticleSummary,
    /// What matched in its headline, as byte ranges, in order and apart; empty unless passages are asked for.
    pub headline_highlights: Vec<Range<usize>>,
    /// Its group.
    pub group: GroupSummary,
    /// The other articles of the group, earliest first; empty unless asked for.
    pub copies: Vec<Copied>,
    /// The best passage; empty unless asked for.
    pub passages: Vec<PassageHit>,
}

/// What is told of an article without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleSummary {
    /// The id it claims; see the contract.
    pub id: String,
    /// Where it is.
    pub key: ArticleKey,
    /// What is known about it.
    pub metadata: Metadata,
}

/// What is told of a group without its articles.
#[derive(Debug, Clone)]
pub struct GroupSummary {
    /// The group.
    pub id: GroupId,
    /// How many articles are in it.
    pub articles: u32,
    /// The outlets of its other articles, earliest first, each once.
    pub other_sources: Vec<String>,
    /// How many outlets are in it; articles without a source count as none.
    pub sources: u32,
    /// When the earliest of its articles was published.
    pub earliest: Option<Moment>,
}

/// An article of a group beside the one that is shown.
#[derive(Debug, Clone)]
pub struct Copied {
    /// The article.
    pub article: ArticleSummary,
    /// How it relates to the representative; `None` if it is the representative.
    pub tie: Option<Tie>,
}

/// A passage that answers.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageHit {
    /// Its text; paragraphs are parted by a blank line.
    pub text: String,
    /// How well it answers, within its article.
    pub score: f32,
    /// Where it stands in the article's body.
    pub body_bytes: Range<usize>,
    /// First and last line in the file, where the file holds it as such.
    pub lines: Option<(u32, u32)>,
    /// Bytes in the file, where the file holds it as such.
    pub bytes: Option<Range<usize>>,
    /// What matched, as byte ranges of `text`, in order and apart.
    pub highlights: Vec<Range<usize>>,
    /// The articles of other groups that hold it or a good part of it; `None` if there are none.
    pub elsewhere: Option<Elsewhere>,
    /// Its sentences that the passages of hits above show too, in order and apart.
    pub shown_above: Vec<ShownAbove>,
}

/// A part of a passage that a hit above shows too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownAbove {
    /// Where it stands in the passage's text.
    pub bytes: Range<usize>,
    /// The rank of that hit, from 1.
    pub rank: usize,
}

/// How much of a passage stands elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Half of it or more.
    Most,
    /// Less, but more than a stock phrase.
    Part,
}

/// Where the words of a passage stand in other groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// How much of it the articles hold that are counted: those with a part only where there are no others.
    pub extent: Extent,
    /// How many articles hold so much of it, those of its own group not counted.
    pub articles: usize,
    /// How many groups they are in, an article without copies counted as one.
    pub groups: usize,
    /// The earliest of them.
    pub first: ArticleSummary,
}

/// A whole article as the index keeps it.
#[derive(Debug, Clone)]
pub struct StoredArticle {
    /// The article.
    pub entry: IndexEntry,
    /// The other articles of its group, earliest first.
    pub copies: Vec<Copied>,
    /// Its group.
    pub group: GroupSummary,
    /// What tells its outlet and its page, as grouping looks at them.
    pub identity: Identity,
}

/// An article in a listing of groups.
#[derive(Debug, Clone)]
pub struct Grouped {
    /// The article.
    pub article: ArticleSummary,
    /// Its group: its own when it has no copies.
    pub group: GroupId,
    /// How it relates to the representative; `None` for the representative itself.
    pub tie: Option<Tie>,
}

/// The groups that an id, or what it starts with, stands for.
#[derive(Debug, Clone, Default)]
pub struct NamedGroups {
    /// The groups that have such an id, by id.
    pub present: Vec<Vec<Grouped>>,
    /// The groups that hold articles of one that had such an id, by id: what it was merged with, or the parts it was split into.
    pub successors: Vec<Vec<Grouped>>,
}

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Articles.
    pub articles: u64,
    /// Groups, an article without copies counted as one.
    pub groups: u64,
    /// Articles beyond the first of each group.
    pub copies: u64,
    /// Outlets, by their names as stated.
    pub sources: u64,
    /// Articles without a date of publication.
    pub undated: u64,
    /// Articles without a source.
    pub without_source: u64,
    /// Parts of the index that are searched one after the other.
    pub segments: u64,
    /// Bytes on disk.
    pub len_bytes: u64,
}
