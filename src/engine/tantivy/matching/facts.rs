//! What a query asks of the article as a whole: taken out of the query where the columns can tell by themselves.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use tantivy::columnar::Column;

use super::super::columns::SegmentColumns;
use super::super::schema::{UNDATED, day_of};
use super::tree::Sign;
use crate::query::{Days, Fact, Query};
use crate::search::Undated;

/// A query, parted into facts that must hold of every match and what is left to look for.
pub struct Parted<'q> {
    /// The facts, each asked for or left out.
    pub facts: Vec<(Fact, Sign)>,
    /// What is left; `None` where any article will do.
    pub rest: Option<Cow<'q, Query>>,
}

/// Takes the facts out of a query that stand beside everything else in it.
pub fn part(query: &Query) -> Parted<'_> {
    let as_fact = |query: &Query| match query {
        Query::Fact(fact) => Some((*fact, Sign::Positive)),
        Query::Not(query) => match query.as_ref() {
            Query::Fact(fact) => Some((*fact, Sign::Negative)),
            _ => None,
        },
        _ => None,
    };
    match query {
        Query::And(members) if members.iter().any(|member| as_fact(member).is_some()) => {
            let facts = members.iter().filter_map(as_fact).collect();
            let mut rest: Vec<Query> = members.iter().filter(|member| as_fact(member).is_none()).cloned().collect();
            let rest = match rest.len() {
                0 => None,
                1 if !matches!(rest[0], Query::Not(_)) => rest.pop(),
                _ => Some(Query::And(rest)),
            };
            Parted { facts, rest: rest.map(Cow::Owned) }
        }
        query => match as_fact(query) {
            Some(fact) => Parted { facts: vec![fact], rest: None },
            None => Parted { facts: Vec::new(), rest: Some(Cow::Borrowed(query)) },
        },
    }
}

/// Tells whether a query asks for days of publication.
pub fn asks_for_days(query: &Query) -> bool {
    match query {
        Query::Fact(fact) => matches!(fact, Fact::Published(_)),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(asks_for_days),
        Query::Not(query) => asks_for_days(query),
        _ => false,
    }
}

/// The columns of a segment that tell whether a fact holds.
pub struct SegmentFacts {
    published: Column<i64>,
    group: Column<u64>,
    sizes: Arc<HashMap<u64, u32>>,
    undated: Undated,
}

impl SegmentFacts {
    /// Makes the columns of a segment ready; `sizes` are the articles of each group that has more than one.
    pub fn new(columns: &SegmentColumns, sizes: Arc<HashMap<u64, u32>>, undated: Undated) -> Self {
        SegmentFacts { published: columns.published.clone(), group: columns.group.clone(), sizes, undated }
    }

    /// Tells how many articles the group of an article has.
    pub fn articles_of_group(&self, document: u32) -> u32 {
        self.group.first(document).and_then(|group| self.sizes.get(&group)).copied().unwrap_or(1)
    }

    /// Tells whether a fact holds of an article. Undated articles that are taken in count as published on any day that is asked
    /// for, and on none that is left out.
    pub fn holds(&self, fact: &Fact, sign: Sign, document: u32) -> bool {
        match fact {
            Fact::Undated => self.published.first(document).is_none(),
            Fact::Copies(size) => size.holds(self.articles_of_group(document)),
            Fact::Published(days) => match self.published.first(document) {
                Some(seconds) => Window::of(days).holds(seconds),
                None => sign == Sign::Positive && self.undated == Undated::TakenIn,
            },
        }
    }
}

/// A range of seconds of publication.
#[derive(Debug, Clone, Copy, Default)]
pub struct Window {
    since: Option<i64>,
    before: Option<i64>,
}

impl Window {
    /// Returns the seconds of a range of days.
    pub fn of(days: &Days) -> Self {
        Window {
            since: days.since.map(|day| day.to_day().wall_seconds()),
            before: days.until.map(|day| day.to_day().wall_seconds().saturating_add(86_400)),
        }
    }

    /// Returns what two ranges have in common.
    #[must_use]
    pub fn within(self, other: Window) -> Self {
        let since = [self.since, other.since].into_iter().flatten().max();
        let before = [self.before, other.before].into_iter().flatten().min();
        Window { since, before }
    }

    /// Tells whether the range has an end.
    pub fn is_set(self) -> bool {
        self.since.is_some() || self.before.is_some()
    }

    /// Returns the numbers of the days in the range; where it has no end, all that articles have.
    pub fn days(self) -> RangeInclusive<i64> {
        let last = self.before.map_or(UNDATED - 1, |before| day_of(before.saturating_sub(1)));
        self.since.map_or(i64::MIN, day_of)..=last
    }

    /// Tells whether a second is in the range.
    #[inline]
    pub fn holds(self, seconds: i64) -> bool {
        self.since.is_none_or(|since| seconds >= since) && self.before.is_none_or(|before| seconds < before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn check(typed: &str, facts: usize, rest: Option<&str>) {
        let query = query::parse(typed).unwrap();
        let parted = part(&query);
        assert_eq!((parted.facts.len(), parted.rest.map(|rest| rest.to_string()).as_deref()), (facts, rest), "{typed}");
    }

    #[test]
    fn facts_that_must_hold_are_taken_out() {
        check("strike date:2024 -undated", 2, Some("strike"));
        check("strike -ferry copies:>3", 1, Some("strike -ferry"));
        check("undated -ferry", 1, Some("-ferry"));
        check("since:2024 until:2025", 2, None);
        check("undated", 1, None);
        check("strike (ferry OR undated)", 0, Some("strike (ferry OR undated)"));
        check("strike", 0, Some("strike"));
    }
}
