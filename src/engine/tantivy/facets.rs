//! Counting matches by their properties while they are gone through, on columns alone.
//!
//! A segment counts by numbers of its own: those of its dictionaries, and days. They become values when it is done.

use std::collections::HashMap;

use foldhash::{HashMap as FastMap, HashSet as FastSet};
use tantivy::columnar::{Column, StrColumn};

use super::columns::{SegmentColumns, dictionary_texts};
use crate::moment::Moment;
use crate::search::{Facet, FacetCount, FacetField};

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// The articles that share a value, and their groups.
#[derive(Debug, Default)]
struct Tally {
    articles: u64,
    alone: u64,
    groups: FastSet<u64>,
}

impl Tally {
    fn note(&mut self, group: Option<u64>) {
        self.articles += 1;
        match group {
            Some(group) => drop(self.groups.insert(group)),
            None => self.alone += 1,
        }
    }

    fn add(&mut self, other: Tally) {
        self.articles += other.articles;
        self.alone += other.alone;
        self.groups.extend(other.groups);
    }
}

/// The counts of a whole request, by field and value.
pub struct Facets(Vec<(FacetField, HashMap<Option<String>, Tally>)>);

/// The counts of one segment.
pub struct SegmentFacets<'s> {
    columns: &'s SegmentColumns,
    by_field: Vec<(FacetField, FastMap<Option<i64>, Tally>)>,
}

impl Facets {
    /// Starts with nothing counted.
    pub fn new(fields: &[FacetField]) -> Self {
        Facets(fields.iter().map(|field| (*field, HashMap::new())).collect())
    }

    /// Starts a segment.
    pub fn segment<'s>(&self, columns: &'s SegmentColumns) -> SegmentFacets<'s> {
        SegmentFacets { columns, by_field: self.0.iter().map(|(field, _)| (*field, FastMap::default())).collect() }
    }

    /// Adds what a segment has counted.
    ///
    /// # Errors
    ///
    /// When a dictionary of the segment cannot be read.
    pub fn add(&mut self, segment: SegmentFacets<'_>) -> tantivy::Result<()> {
        for ((field, counted), (_, whole)) in segment.by_field.into_iter().zip(&mut self.0) {
            let names = match text_column(field, segment.columns) {
                Some(column) => dictionary_texts(column)?,
                None => Vec::new(),
            };
            for (key, tally) in counted {
                let value = key.and_then(|key| value(field, key, &names));
                whole.entry(value).or_default().add(tally);
            }
        }
        Ok(())
    }

    /// Returns the counts in the order of the fields asked for.
    pub fn finish(self) -> Vec<Facet> {
        self.0.into_iter().map(|(field, counted)| facet(field, counted)).collect()
    }
}

impl SegmentFacets<'_> {
    /// Counts an article.
    #[inline]
    pub fn note(&mut self, document: u32, group: Option<u64>) {
        for (field, counted) in &mut self.by_field {
            counted.entry(key(*field, self.columns, document)).or_default().note(group);
        }
    }
}

fn text_column(field: FacetField, columns: &SegmentColumns) -> Option<&StrColumn> {
    match field {
        FacetField::Source => columns.source.as_ref(),
        FacetField::Language => columns.language.as_ref(),
        FacetField::Day | FacetField::Week | FacetField::Month => None,
    }
}

/// Returns the number by which an article is counted within its segment; `None` where the property is not known.
fn key(field: FacetField, columns: &SegmentColumns, document: u32) -> Option<i64> {
    let day = |published: &Column<i64>| published.first(document).map(|seconds| seconds.div_euclid(DAY_SECONDS));
    match field {
        FacetField::Source | FacetField::Language => {
            text_column(field, columns)?.ords().first(document).and_then(|number| i64::try_from(number).ok())
        }
        FacetField::Day | FacetField::Month => day(&columns.published),
        FacetField::Week => day(&columns.published).map(monday),
    }
}

/// Returns the Monday of a day's week, both as days since 1970-01-01, which was a Thursday.
fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

fn value(field: FacetField, key: i64, names: &[String]) -> Option<String> {
    match field {
        FacetField::Source | FacetField::Language => names.get(usize::try_from(key).ok()?).cloned(),
        FacetField::Day | FacetField::Week => Moment::from_day_number(key).map(|day| day.to_string()),
        FacetField::Month => {
            let (year, month, _) = Moment::from_day_number(key)?.ymd();
            Some(format!("{year:04}-{month:02}"))
        }
    }
}

fn facet(field: FacetField, counted: HashMap<Option<String>, Tally>) -> Facet {
    let count =
        |(value, tally): (_, Tally)| FacetCount { value, articles: tally.articles, groups: tally.alone + tally.groups.len() as u64 };
    let mut counts: Vec<FacetCount> = counted.into_iter().map(count).collect();
    let is_by_size = matches!(field, FacetField::Source | FacetField::Language);
    counts.sort_by(|a, b| {
        let size = if is_by_size { b.articles.cmp(&a.articles) } else { std::cmp::Ordering::Equal };
        a.value.is_none().cmp(&b.value.is_none()).then(size).then_with(|| a.value.cmp(&b.value))
    });
    Facet { field, counts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday() {
        for (day, expected) in [("2024-11-25", "2024-11-25"), ("2024-12-01", "2024-11-25"), ("1969-12-31", "1969-12-29")] {
            let number = day.parse::<Moment>().unwrap().day_number();
            assert_eq!(value(FacetField::Week, monday(number), &[]).as_deref(), Some(expected), "{day}");
        }
    }
}
