//! What an article must be beside matching the query, tested on the columns of a segment.
//!
//! A filter is tested while matches are gone through, not added to the query: as a clause it would turn off the pruning of
//! blocks that cannot hold a good match (579 against 169 µs for a date window of 5 %).

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::Column;

use super::columns::{SegmentColumns, dictionary_texts};
use crate::moment::Moment;
use crate::search::Filter;
use crate::text;

/// A filter, ready for one segment.
pub struct SegmentFilter {
    published: Column<i64>,
    since: Option<i64>,
    before: Option<i64>,
    sources: Option<SourceSet>,
    groups: Option<LargeGroups>,
}

/// How many articles each group has, and how many are wanted.
pub struct LargeGroups {
    /// The group of each article of the segment.
    pub group: Column<u64>,
    /// The articles of each group that has more than one.
    pub sizes: Arc<HashMap<u64, u32>>,
    /// The fewest wanted.
    pub articles_min: u32,
}

/// The sources that are wanted.
struct SourceSet {
    numbers: Option<Column<u64>>,
    is_wanted: Vec<bool>,
}

impl SegmentFilter {
    /// Makes a filter ready for a segment; `groups` only where a size of the group is asked for.
    ///
    /// # Errors
    ///
    /// When the names of the sources cannot be read.
    pub fn new(filter: &Filter, columns: &SegmentColumns, groups: Option<LargeGroups>) -> tantivy::Result<Self> {
        let sources = match &filter.source {
            None => None,
            Some(wanted) => Some(source_set(wanted, columns)?),
        };
        let start_of = |day: Moment| day.to_day().wall_seconds();
        Ok(SegmentFilter {
            published: columns.published.clone(),
            since: filter.since.map(start_of),
            before: filter.until.map(|day| start_of(day).saturating_add(86_400)),
            sources,
            groups,
        })
    }

    /// Returns when an article was published.
    pub fn published(&self, document: u32) -> Option<i64> {
        self.published.first(document)
    }

    /// Tells whether an article is what is wanted.
    #[inline]
    pub fn admits(&self, document: u32) -> bool {
        self.admits_source(document)
            && (!self.has_dates() || self.published.first(document).is_some_and(|seconds| self.admits_date(seconds)))
            && self.admits_group(document)
    }

    /// Tells whether an article is left out only because nothing says when it was published.
    pub fn misses_only_a_date(&self, document: u32) -> bool {
        self.has_dates() && self.admits_source(document) && self.published.first(document).is_none() && self.admits_group(document)
    }

    fn has_dates(&self) -> bool {
        self.since.is_some() || self.before.is_some()
    }

    fn admits_date(&self, seconds: i64) -> bool {
        self.since.is_none_or(|since| seconds >= since) && self.before.is_none_or(|before| seconds < before)
    }

    #[inline]
    fn admits_group(&self, document: u32) -> bool {
        let Some(LargeGroups { group, sizes, articles_min }) = &self.groups else { return true };
        let size = group.first(document).and_then(|group| sizes.get(&group)).copied().unwrap_or(1);
        size >= *articles_min
    }

    fn admits_source(&self, document: u32) -> bool {
        let Some(sources) = &self.sources else { return true };
        let number = sources.numbers.as_ref().and_then(|numbers| numbers.first(document));
        number.and_then(|number| usize::try_from(number).ok()).is_some_and(|number| sources.is_wanted.get(number).copied().unwrap_or(false))
    }
}

fn source_set(wanted: &str, columns: &SegmentColumns) -> tantivy::Result<SourceSet> {
    let wanted: Vec<String> = folded_words(wanted);
    let Some(column) = &columns.source else { return Ok(SourceSet { numbers: None, is_wanted: Vec::new() }) };
    let names = dictionary_texts(column)?;
    let is_wanted = names.iter().map(|name| folded_words(name).windows(wanted.len().max(1)).any(|run| run == wanted));
    Ok(SourceSet { numbers: Some(column.ords().clone()), is_wanted: is_wanted.collect() })
}

fn folded_words(text: &str) -> Vec<String> {
    text::words(text).map(|(_, word)| text::folded(word)).collect()
}
