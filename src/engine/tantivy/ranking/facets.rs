//! Counting matches by their properties while they are gone through, on columns alone.
//!
//! Each value that comes up gets a *slot*. A segment finds the slot of an article by a number of its own, that of an outlet in
//! its dictionary or a day; what value a number stands for is found out once.

use foldhash::{HashMap as FastMap, HashSet as FastSet};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId};

use super::super::columns::{SegmentColumns, dictionary_texts};
use crate::moment::Moment;
use crate::search::{Facet, FacetCount, FacetField};

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// So many days, from the first of a segment on, have their slots in a list: 180 years. Those of others are looked up.
const LISTED_DAYS_MAX: usize = 1 << 16;

/// A value by which articles are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Value {
    /// It is not known.
    Unknown,
    /// An outlet, a language.
    Text(String),
    /// A day, or the Monday of a week, since 1970-01-01.
    Day(i64),
    /// A year and a month of it.
    Month(i16, i8),
}

/// The articles that share a value.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    articles: u64,
    groups: u64,
}

/// The counts of one field.
struct Counted {
    field: FacetField,
    slots: FastMap<Value, u32>,
    tallies: Vec<Tally>,
    /// The slot under which each group was counted first, by its number.
    first_slots: Vec<Option<u32>>,
    /// The further slots under which groups were counted, with their numbers.
    further_slots: FastSet<(u32, u32)>,
}

impl Counted {
    fn slot(&mut self, value: Value) -> u32 {
        let next = u32::try_from(self.tallies.len()).unwrap_or(u32::MAX);
        let slot = *self.slots.entry(value).or_insert(next);
        if slot == next {
            self.tallies.push(Tally::default());
        }
        slot
    }

    /// Counts an article under a slot, and its group where that was not yet.
    #[inline]
    fn note(&mut self, slot: u32, group: Option<u32>) {
        let is_new = match group {
            None => true,
            Some(group) => {
                let place = group as usize;
                if place >= self.first_slots.len() {
                    self.first_slots.resize(place + 1, None);
                }
                match self.first_slots[place] {
                    None => {
                        self.first_slots[place] = Some(slot);
                        true
                    }
                    Some(first) => first != slot && self.further_slots.insert((group, slot)),
                }
            }
        };
        if let Some(tally) = self.tallies.get_mut(slot as usize) {
            tally.articles += 1;
            tally.groups += u64::from(is_new);
        }
    }
}

/// The counts of a whole request, by field and value.
pub struct Facets(Vec<Counted>);

/// The counts while one segment is gone through.
pub struct SegmentFacets<'s>(Vec<SegmentField<'s>>);

/// One field in one segment.
struct SegmentField<'s> {
    counted: &'s mut Counted,
    finder: Finder<'s>,
}

/// What finds the slot of an article.
enum Finder<'s> {
    /// By its number in a dictionary; that of articles without a value comes last.
    Dictionary(Option<&'s Column<u64>>, Vec<u32>),
    /// By its day.
    Day(&'s Column<i64>, Days),
}

/// The slots of the days that have come up.
struct Days {
    first: i64,
    listed: Vec<Option<u32>>,
    others: FastMap<Option<i64>, u32>,
}

impl Days {
    fn new(published: &Column<i64>) -> Self {
        let [first, last] = [published.min_value(), published.max_value()].map(|seconds| seconds.div_euclid(DAY_SECONDS));
        let days = last.checked_sub(first).and_then(|days| usize::try_from(days).ok()).map_or(0, |days| days.saturating_add(1));
        Days { first, listed: vec![None; days.min(LISTED_DAYS_MAX)], others: FastMap::default() }
    }

    #[inline]
    fn slot(&mut self, day: Option<i64>, counted: &mut Counted) -> u32 {
        let place = day.and_then(|day| usize::try_from(day.checked_sub(self.first)?).ok());
        match place.and_then(|place| self.listed.get_mut(place)) {
            Some(slot) => *slot.get_or_insert_with(|| counted.slot(value_of_day(counted.field, day))),
            None => *self.others.entry(day).or_insert_with(|| counted.slot(value_of_day(counted.field, day))),
        }
    }
}

impl Facets {
    /// Starts with nothing counted.
    pub fn new(fields: &[FacetField]) -> Self {
        let empty = |field: &FacetField| Counted {
            field: *field,
            slots: FastMap::default(),
            tallies: Vec::new(),
            first_slots: Vec::new(),
            further_slots: FastSet::default(),
        };
        Facets(fields.iter().map(empty).collect())
    }

    /// Starts a segment.
    ///
    /// # Errors
    ///
    /// When a dictionary of the segment cannot be read.
    pub fn segment<'s>(&'s mut self, columns: &'s SegmentColumns) -> tantivy::Result<SegmentFacets<'s>> {
        let mut fields = Vec::with_capacity(self.0.len());
        for counted in &mut self.0 {
            let finder = match counted.field {
                FacetField::Source => dictionary(columns.source.as_ref(), counted)?,
                FacetField::Language => dictionary(columns.language.as_ref(), counted)?,
                FacetField::Day | FacetField::Week | FacetField::Month => Finder::Day(&columns.published, Days::new(&columns.published)),
            };
            fields.push(SegmentField { counted, finder });
        }
        Ok(SegmentFacets(fields))
    }

    /// Returns the counts in the order of the fields asked for.
    pub fn finish(self) -> Vec<Facet> {
        self.0.into_iter().map(facet).collect()
    }
}

fn dictionary<'s>(column: Option<&'s StrColumn>, counted: &mut Counted) -> tantivy::Result<Finder<'s>> {
    let texts = column.map_or_else(|| Ok(Vec::new()), dictionary_texts)?;
    let values = texts.into_iter().map(Value::Text).chain([Value::Unknown]);
    Ok(Finder::Dictionary(column.map(|column| column.ords()), values.map(|value| counted.slot(value)).collect()))
}

impl SegmentFacets<'_> {
    /// Counts the articles of a block, with the numbers of the groups that they share.
    pub fn note(&mut self, documents: &[DocId], groups: &[Option<u32>]) {
        for SegmentField { counted, finder } in &mut self.0 {
            match finder {
                Finder::Dictionary(numbers, slots) => {
                    let mut found = [None; COLLECT_BLOCK_BUFFER_LEN];
                    for (documents, groups) in blocks(documents, groups) {
                        let found = &mut found[..documents.len()];
                        found.fill(None);
                        if let Some(numbers) = numbers {
                            numbers.first_vals(documents, found);
                        }
                        for (number, group) in found.iter().zip(groups) {
                            let slot = number.and_then(|number| slots.get(usize::try_from(number).ok()?)).or(slots.last());
                            counted.note(slot.copied().unwrap_or_default(), *group);
                        }
                    }
                }
                Finder::Day(published, days) => {
                    let mut found = [None; COLLECT_BLOCK_BUFFER_LEN];
                    for (documents, groups) in blocks(documents, groups) {
                        let found = &mut found[..documents.len()];
                        found.fill(None);
                        published.first_vals(documents, found);
                        for (seconds, group) in found.iter().zip(groups) {
                            let slot = days.slot(seconds.map(|seconds| seconds.div_euclid(DAY_SECONDS)), counted);
                            counted.note(slot, *group);
                        }
                    }
                }
            }
        }
    }
}

/// Parts articles and their groups into blocks of the size in which columns are read.
fn blocks<'b>(documents: &'b [DocId], groups: &'b [Option<u32>]) -> impl Iterator<Item = (&'b [DocId], &'b [Option<u32>])> {
    documents.chunks(COLLECT_BLOCK_BUFFER_LEN).zip(groups.chunks(COLLECT_BLOCK_BUFFER_LEN))
}

/// Returns the value by which articles of a day are counted.
fn value_of_day(field: FacetField, day: Option<i64>) -> Value {
    let Some((day, moment)) = day.and_then(|day| Some((day, Moment::from_day_number(day)?))) else { return Value::Unknown };
    match field {
        FacetField::Week => Value::Day(monday(day)),
        FacetField::Month => {
            let (year, month, _) = moment.ymd();
            Value::Month(year, month)
        }
        FacetField::Day | FacetField::Source | FacetField::Language => Value::Day(day),
    }
}

/// Returns the Monday of a day's week, both as days since 1970-01-01, which was a Thursday.
fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

/// Returns a value as it is told; `None` where it is not known.
fn shown(value: Value) -> Option<String> {
    match value {
        Value::Unknown => None,
        Value::Text(text) => Some(text),
        Value::Day(day) => Moment::from_day_number(day).map(|day| day.to_string()),
        Value::Month(year, month) => Some(format!("{year:04}-{month:02}")),
    }
}

fn facet(counted: Counted) -> Facet {
    let Counted { field, slots, tallies, .. } = counted;
    let count = |(value, slot): (Value, u32)| {
        let Tally { articles, groups } = tallies[slot as usize];
        (articles > 0).then(|| FacetCount { value: shown(value), articles, groups })
    };
    let mut counts: Vec<FacetCount> = slots.into_iter().filter_map(count).collect();
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
            assert_eq!(shown(value_of_day(FacetField::Week, Some(number))).as_deref(), Some(expected), "{day}");
        }
    }
}
