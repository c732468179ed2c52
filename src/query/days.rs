//! Days as they are typed: `2024-11-26`, `2024-11`, `2024`, `7d`, `last week` go in, first and last day come out.
//!
//! What is relative counts from a day that the caller names; nothing here looks at a clock.

use crate::moment::Moment;

/// What a typed day can be, for messages.
pub const DAYS_HINT: &str = "write a day, a month, a year or a time back from today, as in 2024-11-26, 2024-11, 2024, 7d or \"last week\"";

/// Days from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Moment,
    /// The last day.
    pub last: Moment,
}

/// Returns the first of the days that a text names.
///
/// # Errors
///
/// What can be written instead, where it names none.
pub fn first_day(text: &str, today: Option<Moment>) -> Result<Moment, String> {
    named(text, today).map(|span| span.first)
}

/// Returns the last of the days that a text names.
///
/// # Errors
///
/// What can be written instead, where it names none.
pub fn last_day(text: &str, today: Option<Moment>) -> Result<Moment, String> {
    named(text, today).map(|span| span.last)
}

/// Returns the days that a text names: `7d` is the day a week before today.
///
/// # Errors
///
/// What can be written instead, where it names none.
pub fn named(text: &str, today: Option<Moment>) -> Result<Span, String> {
    if let Some(span) = calendar(text) {
        return Ok(span);
    }
    let words = text.to_lowercase();
    let words: Vec<&str> = words.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect();
    let Some(relative) = Relative::read(&words) else { return Err(DAYS_HINT.to_owned()) };
    let Some(today) = today else { return Err(format!("`{text}` counts from today, which is not known here")) };
    let span = relative.span(today.to_day()).filter(|span| span.first.ymd().0 > 0);
    span.ok_or_else(|| DAYS_HINT.to_owned())
}

/// Tells whether a text is a time back from today (`7d`), which as a range reaches until today.
pub fn is_time_back(text: &str) -> bool {
    matches!(Relative::read(&[text.to_lowercase().as_str()]), Some(Relative::Back { .. }))
}

/// A day, a month or a year of the calendar.
fn calendar(text: &str) -> Option<Span> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_number) || parts[0].len() != 4 {
        return None;
    }
    let small = |place: usize| parts.get(place).and_then(|part| part.parse::<i8>().ok());
    let year = parts[0].parse::<i16>().ok()?;
    let (first, last) = match parts.len() {
        1 => (Moment::day(year, 1, 1)?, Moment::day(year, 12, 31)?),
        2 => month(year, small(1)?)?,
        3 => {
            let day = Moment::day(year, small(1)?, small(2)?)?;
            (day, day)
        }
        _ => return None,
    };
    Some(Span { first, last })
}

fn month(year: i16, month: i8) -> Option<(Moment, Moment)> {
    let last = (28..=31).rev().find_map(|day| Moment::day(year, month, day))?;
    Some((Moment::day(year, month, 1)?, last))
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Days that are counted from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relative {
    /// The day so many units before today.
    Back { count: i64, unit: Unit },
    /// The whole unit that many before the one that today is in.
    Whole { before: i64, unit: Unit },
}

impl Relative {
    fn read(words: &[&str]) -> Option<Self> {
        let unit = |name: &str| match name.trim_end_matches('s') {
            "d" | "day" => Some(Unit::Day),
            "w" | "week" => Some(Unit::Week),
            "m" | "month" => Some(Unit::Month),
            "y" | "year" => Some(Unit::Year),
            _ => None,
        };
        // Four digits of anything reach beyond the first newspaper.
        let number = |digits: &str| (digits.len() <= 4).then(|| digits.parse::<i64>().ok()).flatten();
        match words {
            ["today"] => Some(Relative::Whole { before: 0, unit: Unit::Day }),
            ["yesterday"] => Some(Relative::Whole { before: 1, unit: Unit::Day }),
            ["this", name] => Some(Relative::Whole { before: 0, unit: unit(name)? }),
            ["last", name] => Some(Relative::Whole { before: 1, unit: unit(name)? }),
            [count, name] | [count, name, "ago"] => Some(Relative::Back { count: number(count)?, unit: unit(name)? }),
            [together] => {
                let end = together.find(|c: char| !c.is_ascii_digit())?;
                Some(Relative::Back { count: number(&together[..end])?, unit: unit(&together[end..])? })
            }
            _ => None,
        }
    }

    fn span(self, today: Moment) -> Option<Span> {
        let (year, of_year, of_month) = today.ymd();
        match self {
            Relative::Back { count, unit } => {
                let day = match unit {
                    Unit::Day => today.plus_days(-count)?,
                    Unit::Week => today.plus_days(-7 * count)?,
                    Unit::Month => {
                        let (first, last) = months_before(year, of_year, count)?;
                        earlier(first.plus_days(i64::from(of_month) - 1)?, last)
                    }
                    Unit::Year => {
                        let (first, last) = months_before(year, of_year, 12 * count)?;
                        earlier(first.plus_days(i64::from(of_month) - 1)?, last)
                    }
                };
                Some(Span { first: day, last: day })
            }
            Relative::Whole { before, unit } => {
                let (first, last) = match unit {
                    Unit::Day => (today.plus_days(-before)?, today.plus_days(-before)?),
                    Unit::Week => {
                        // 1970-01-01 was a Thursday, and weeks begin on Monday (ISO 8601).
                        let monday = today.plus_days(-(today.day_number() + 3).rem_euclid(7) - 7 * before)?;
                        (monday, monday.plus_days(6)?)
                    }
                    Unit::Month => months_before(year, of_year, before)?,
                    Unit::Year => {
                        let year = year.checked_sub(i16::try_from(before).ok()?)?;
                        (Moment::day(year, 1, 1)?, Moment::day(year, 12, 31)?)
                    }
                };
                Some(Span { first, last })
            }
        }
    }
}

/// A month may be too short for a day: the last of February stands for its 31st.
fn earlier(a: Moment, b: Moment) -> Moment {
    if b.day_number() < a.day_number() { b } else { a }
}

/// Returns the first and last day of the month so many before one.
fn months_before(year: i16, of_year: i8, count: i64) -> Option<(Moment, Moment)> {
    let months = i64::from(year) * 12 + i64::from(of_year) - 1 - count;
    month(i16::try_from(months.div_euclid(12)).ok()?, i8::try_from(months.rem_euclid(12) + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_first_and_last() {
        let today = Moment::day(2024, 3, 31);
        for (text, first, last) in [
            ("2024-11-26", "2024-11-26", "2024-11-26"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023", "2023-01-01", "2023-12-31"),
            ("today", "2024-03-31", "2024-03-31"),
            ("yesterday", "2024-03-30", "2024-03-30"),
            ("7d", "2024-03-24", "2024-03-24"),
            ("2w", "2024-03-17", "2024-03-17"),
            ("1m", "2024-02-29", "2024-02-29"),
            ("1 year ago", "2023-03-31", "2023-03-31"),
            ("last week", "2024-03-18", "2024-03-24"),
            ("Last-Week", "2024-03-18", "2024-03-24"),
            ("this week", "2024-03-25", "2024-03-31"),
            ("last month", "2024-02-01", "2024-02-29"),
            ("last year", "2023-01-01", "2023-12-31"),
        ] {
            let span = named(text, today).unwrap();
            assert_eq!((span.first.to_string().as_str(), span.last.to_string().as_str()), (first, last), "{text}");
        }
        for text in ["", "24-11-26", "2024-13", "2024-02-30", "someday", "2024-", "2024-11-26-1", "99999d", "9999y", "d", "last"] {
            assert!(named(text, today).is_err(), "{text}");
        }
        assert!(named("7d", None).unwrap_err().contains("today"));
        assert!(is_time_back("7d") && !is_time_back("today") && !is_time_back("2024"));
    }
}
