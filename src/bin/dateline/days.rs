//! Days on the command line, and which day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use dateline::moment::Moment;
use dateline::query::days;

use crate::failure::Failure;

/// Refuses a range of dates that no day is in.
pub fn check_range(since: Option<Moment>, until: Option<Moment>) -> Result<(), Failure> {
    match (since, until) {
        (Some(since), Some(until)) if since.day_number() > until.day_number() => Err(Failure::usage(
            format!("no day is in the range: --since {since} is after --until {until}"),
            format!("--since {until} --until {since}"),
        )),
        _ => Ok(()),
    }
}

/// Reads a day, the first of a month or of a year, or one counted from today.
pub fn first_day(text: &str) -> Result<Moment, String> {
    days::first_day(text, Some(today()))
}

/// Reads a day, the last of a month or of a year, or one counted from today.
pub fn last_day(text: &str) -> Result<Moment, String> {
    days::last_day(text, Some(today()))
}

/// Returns the day by the clock, in UTC.
pub fn today() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    Moment::from_day_number(seconds.div_euclid(86_400)).expect("the calendar reaches beyond any clock that is set")
}
