//! What grouping looks at of an article beside its text, and what that says of two.

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

/// How far from each other two articles were published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Interval {
    /// Within a day, or nothing is known, or at one address.
    Day,
    /// Within days.
    Days,
    /// Within a week.
    Week,
    /// At greater distance.
    Longer,
}

/// Seconds from which two articles are of different days: those with a day alone are a whole one apart.
const OTHER_DAY: u64 = 20 * 3600;

/// Seconds up to which outlets print one statement: of pairs that only the second look finds few are further apart, and half of
/// those are wrong.
const FEW_DAYS: u64 = 3 * 86_400;

/// Seconds up to which outlets still print an announcement whose figures they give in their own way: of 30 pairs of outlets that
/// share enough and not their figures, more than three days apart, one of 15 within a week is another report, and eight of 15
/// later ones are.
const WEEK: u64 = 7 * 86_400;

/// What is known about two articles beside their texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Setting {
    pub(super) outlets: Outlets,
    pub(super) interval: Interval,
}

impl Setting {
    /// Looks at what two articles state.
    pub(super) fn of(a: &Standing, b: &Standing) -> Self {
        let seconds = match (a.published, b.published) {
            (Some(own), Some(other)) if !is_same(a.url, b.url) => own.abs_diff(other),
            _ => 0,
        };
        let interval = match () {
            () if seconds < OTHER_DAY => Interval::Day,
            () if seconds <= FEW_DAYS => Interval::Days,
            () if seconds <= WEEK => Interval::Week,
            () => Interval::Longer,
        };
        Setting { outlets: Outlets::of(a, b), interval }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: u64, hours: i64) -> Standing {
        Standing { published: Some(hours * 3600), source: Some(source), ..Standing::default() }
    }

    fn setting(outlets: Outlets, interval: Interval) -> Setting {
        Setting { outlets, interval }
    }

    #[test]
    fn settings_follow_outlets_days_and_addresses() {
        let page = Standing { url: Some(9), ..at(1, 0) };
        for (a, b, expected) in [
            (at(1, 0), at(1, 19), setting(Outlets::Same, Interval::Day)),
            (at(1, 24), at(1, 0), setting(Outlets::Same, Interval::Days)),
            (at(1, 0), at(2, 72), setting(Outlets::Other, Interval::Days)),
            (at(1, 0), at(2, 73), setting(Outlets::Other, Interval::Week)),
            (at(1, 169), at(2, 0), setting(Outlets::Other, Interval::Longer)),
            (at(1, 0), Standing::default(), setting(Outlets::Other, Interval::Day)),
            (page, Standing { url: Some(9), ..at(1, 400) }, setting(Outlets::Same, Interval::Day)),
        ] {
            assert_eq!(Setting::of(&a, &b), expected, "{a:?} {b:?}");
        }
    }
}
