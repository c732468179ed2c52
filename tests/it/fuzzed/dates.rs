//! Dates as people, programs and addresses write them.

use dateline::extract::date;
use dateline::moment::Moment;

use crate::fuzzed::articles::check_moment;

/// A line that may hold a date.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let line = text.as_ref();
    let day = Moment::day(2024, 2, 29).unwrap();
    let moments = [line.parse().ok(), date::read(line), date::from_unix(line), date::in_url(line), date::add_time(day, line)];
    moments.into_iter().flatten().for_each(check_moment);
    assert_eq!(date::is_time(line), date::add_time(day, line).is_some());
    for found in [date::find(line), date::find_published(line)].into_iter().flatten() {
        check_moment(found.moment);
    }
    if let Some(found) = date::find(line) {
        assert!(line[found.range.clone()].bytes().any(|byte| byte.is_ascii_digit()), "{found:?}");
    }
    if let Some((moment, rest)) = date::leading(line) {
        check_moment(moment);
        assert!(line.ends_with(rest) && rest.len() < line.len());
    }
    if let Some(((month, day), range)) = date::day_of_year(line) {
        assert!(!line[range].is_empty() && Moment::day(2024, month, day).is_some(), "{month}-{day}");
    }
    check_distances(line, day);
}

/// Moments that a text can name are compared and moved without a fault.
fn check_distances(line: &str, day: Moment) {
    let Some(moment) = date::read(line).or_else(|| line.parse().ok()) else { return };
    let _ = (moment.after(day), day.after(moment), moment.wall_seconds());
    assert_eq!(Moment::from_day_number(moment.day_number()), Some(moment.to_day()));
    if let Some(later) = moment.plus_days(400) {
        assert_eq!(later.day_number(), moment.day_number() + 400);
    }
}
