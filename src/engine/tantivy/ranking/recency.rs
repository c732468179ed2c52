//! How much a score counts by the age of its article, where recent ones are favoured.
//!
//! ```text
//! weight  =  1/2 + 1/2 × 90 / (90 + age in days)
//! ```
//!
//! Age is counted from the latest article of the index, or from today where that is earlier; an undated article has the least
//! weight. So the latest of two articles that answer alike comes first, and a much better answer comes first at any age.

use super::super::snapshot::Snapshot;
use crate::error::Error;
use crate::moment::Moment;

/// The least weight.
const WEIGHT_MIN: f64 = 0.5;

/// After so many days half of what age can take is taken.
const HALF_DAYS: f64 = 90.0;

const DAY_SECONDS: i64 = 86_400;

/// What ages are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recency {
    latest_seconds: i64,
}

impl Recency {
    /// Finds the latest article that is not dated after a day.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn until(today: Moment, snapshot: &Snapshot) -> Result<Self, Error> {
        let end = today.to_day().wall_seconds().saturating_add(DAY_SECONDS);
        let mut latest = None;
        for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
            let published = &snapshot.columns(number)?.published;
            latest = latest.max(segment.doc_ids_alive().filter_map(|document| published.first(document)).filter(|at| *at < end).max());
        }
        Ok(Recency { latest_seconds: latest.unwrap_or(end) })
    }

    /// Returns how much a score counts, from a half to one.
    #[inline]
    pub fn weight(self, published: Option<i64>) -> f64 {
        self.age_days(published).map_or(WEIGHT_MIN, |days| WEIGHT_MIN + (1.0 - WEIGHT_MIN) * HALF_DAYS / (HALF_DAYS + days))
    }

    /// Returns the age of an article.
    pub fn age_days(self, published: Option<i64>) -> Option<f64> {
        published.map(|published| self.latest_seconds.saturating_sub(published).max(0) as f64 / DAY_SECONDS as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_falls_gently() {
        let recency = Recency { latest_seconds: 1000 * DAY_SECONDS };
        let weight = |days: i64| recency.weight(Some((1000 - days) * DAY_SECONDS));
        assert_eq!((weight(-3), weight(0), weight(90), weight(270)), (1.0, 1.0, 0.75, 0.625));
        assert_eq!(recency.weight(None), 0.5);
        assert!(weight(100_000) > 0.5);
    }
}
