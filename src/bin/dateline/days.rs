//! Days as they are typed: a day, a month or a year in, its first or last day out.

use dateline::moment::Moment;

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

/// Reads a day, the first of a month or of a year.
pub fn first_day(text: &str) -> Result<Moment, String> {
    days(text).map(|(first, _)| first)
}

/// Reads a day, the last of a month or of a year.
pub fn last_day(text: &str) -> Result<Moment, String> {
    days(text).map(|(_, last)| last)
}

/// Reads a day, a month or a year as its first and last day.
fn days(text: &str) -> Result<(Moment, Moment), String> {
    let complaint = || "write a day, a month or a year, as in 2024-11-26, 2024-11 or 2024".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_number) || parts[0].len() != 4 {
        return Err(complaint());
    }
    let number = |place: usize| parts.get(place).and_then(|part| part.parse::<i16>().ok());
    let small = |place: usize| number(place).and_then(|number| i8::try_from(number).ok());
    let year = number(0).ok_or_else(complaint)?;
    let found = match parts.len() {
        1 => Moment::day(year, 1, 1).zip(Moment::day(year, 12, 31)),
        2 => small(1).and_then(|month| Moment::day(year, month, 1).zip(last_of_month(year, month))),
        3 => small(1).zip(small(2)).and_then(|(month, day)| Moment::day(year, month, day)).map(|day| (day, day)),
        _ => None,
    };
    found.ok_or_else(complaint)
}

fn last_of_month(year: i16, month: i8) -> Option<Moment> {
    (28..=31).rev().find_map(|day| Moment::day(year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_read() {
        for (text, first, last) in
            [("2024-11-26", "2024-11-26", "2024-11-26"), ("2024-02", "2024-02-01", "2024-02-29"), ("2023", "2023-01-01", "2023-12-31")]
        {
            let (from, to) = days(text).unwrap();
            assert_eq!((from.to_string().as_str(), to.to_string().as_str()), (first, last));
        }
        for text in ["", "24-11-26", "2024-13", "2024-02-30", "yesterday", "2024-", "2024-11-26-1"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
