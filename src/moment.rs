//! A point in time as a document states it: a day, or a time of day with its zone where one is given.
//!
//! Nothing is filled in. A day without a time stays a day and is never taken for its midnight; a time without a zone stays
//! without. This file is the door to the calendar library.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A day, or a time on that day, as a document states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    date: Date,
    clock: Option<Clock>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Clock {
    time: Time,
    has_seconds: bool,
    zone: Option<Offset>,
}

/// How long after another a moment is, as finely as both are stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Days, where one of them is a day; negative if it is earlier.
    Days(i64),
    /// Minutes between two times with their zones.
    Minutes(i64),
    /// Minutes by the clock, where the zone of one of them is not stated.
    ClockMinutes(i64),
}

/// How finely a document states a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A day, without a time.
    Day,
    /// Hour and minute.
    Minute,
    /// Hour, minute and second.
    Second,
}

impl Precision {
    /// Returns the word that stands for it in output: `day`, `minute` or `second`.
    pub fn label(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Minute => "minute",
            Precision::Second => "second",
        }
    }
}

impl Moment {
    /// Makes a day of the Gregorian calendar; `None` if there is no such day.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(|date| Moment { date, clock: None })
    }

    /// Makes the day that is this many days after 1970-01-01; `None` beyond the calendar.
    pub fn from_day_number(days: i64) -> Option<Self> {
        Moment { date: Date::constant(1970, 1, 1), clock: None }.plus_days(days)
    }

    /// Makes the second that is this many seconds after 1970-01-01T00:00Z, in UTC; `None` beyond the calendar.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let of_day = seconds.rem_euclid(86_400);
        let part = |value: i64| i8::try_from(value).ok();
        let day = Self::from_day_number(seconds.div_euclid(86_400))?;
        Some(day.at(part(of_day / 3600)?, part(of_day / 60 % 60)?, Some(part(of_day % 60)?))?.in_zone(0))
    }

    /// Adds a time of day, in hours 0–23, minutes and, where stated, seconds; `None` if there is no such time.
    #[must_use]
    pub fn at(self, hour: i8, minute: i8, second: Option<i8>) -> Option<Self> {
        let time = Time::new(hour, minute, second.unwrap_or(0), 0).ok()?;
        Some(Moment { date: self.date, clock: Some(Clock { time, has_seconds: second.is_some(), zone: None }) })
    }

    /// Adds the zone as minutes east of UTC; without a time, or out of the range of zones, nothing changes.
    #[must_use]
    pub fn in_zone(mut self, minutes_east: i32) -> Self {
        if let (Some(clock), Ok(offset)) = (&mut self.clock, Offset::from_seconds(minutes_east.saturating_mul(60))) {
            clock.zone = Some(offset);
        }
        self
    }

    /// Returns the day alone.
    #[must_use]
    pub fn to_day(self) -> Self {
        Moment { date: self.date, clock: None }
    }

    /// Returns year, month and day of month.
    pub fn ymd(self) -> (i16, i8, i8) {
        (self.date.year(), self.date.month(), self.date.day())
    }

    /// Returns hour and minute, where the document states a time.
    pub fn hour_minute(self) -> Option<(i8, i8)> {
        self.clock.map(|clock| (clock.time.hour(), clock.time.minute()))
    }

    /// Tells whether a time and its zone are stated.
    pub fn has_zone(self) -> bool {
        self.clock.is_some_and(|clock| clock.zone.is_some())
    }

    /// Tells how finely it is stated.
    pub fn precision(self) -> Precision {
        match self.clock {
            None => Precision::Day,
            Some(clock) if clock.has_seconds => Precision::Second,
            Some(_) => Precision::Minute,
        }
    }

    /// Returns days since 1970-01-01 of the stated day, in the document's own zone.
    pub fn day_number(self) -> i64 {
        i64::from((self.date - Date::constant(1970, 1, 1)).get_days())
    }

    /// Returns seconds since 1970-01-01T00:00 of the stated wall-clock time; a day counts from its start.
    ///
    /// Orders moments as the documents state them. It is not an instant: most documents do not say their zone.
    pub fn wall_seconds(self) -> i64 {
        let clock = self
            .clock
            .map_or(0, |clock| i64::from(clock.time.hour()) * 3600 + i64::from(clock.time.minute()) * 60 + i64::from(clock.time.second()));
        self.day_number() * 86_400 + clock
    }

    /// Tells how long after another moment this one is. A day has no hours, so that what it is compared with has none either.
    pub fn after(self, other: Moment) -> Gap {
        let minutes = (self.wall_seconds().div_euclid(60)) - (other.wall_seconds().div_euclid(60));
        let (Some(own), Some(others)) = (self.clock, other.clock) else { return Gap::Days(self.day_number() - other.day_number()) };
        match (own.zone, others.zone) {
            (Some(own), Some(others)) => Gap::Minutes(minutes - i64::from(own.seconds() / 60) + i64::from(others.seconds() / 60)),
            _ => Gap::ClockMinutes(minutes),
        }
    }

    /// Returns the stated day this many days later, or earlier if negative; `None` beyond the calendar.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let date = self.date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Moment { date, clock: None })
    }
}

impl fmt::Display for Moment {
    /// Writes ISO 8601 with just what is stated: `2024-11-26`, `2024-11-26T03:20`, `2024-11-26T03:20:15+02:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(clock) = self.clock else { return Ok(()) };
        write!(f, "T{:02}:{:02}", clock.time.hour(), clock.time.minute())?;
        if clock.has_seconds {
            write!(f, ":{:02}", clock.time.second())?;
        }
        match clock.zone.map(|zone| zone.seconds() / 60) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// A text that is not a moment in ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date such as 2024-11-26 or 2024-11-26T03:20+02:00")]
pub struct NotIso;

impl FromStr for Moment {
    type Err = NotIso;

    /// Reads ISO 8601 / RFC 3339: `2024-11-26`, then `T` or a space, `03:20`, seconds and their fraction (dropped), then `Z` or an offset.
    fn from_str(text: &str) -> Result<Self, NotIso> {
        read_iso(text.trim()).ok_or(NotIso)
    }
}

fn read_iso(text: &str) -> Option<Moment> {
    let (day, rest) = text.split_at_checked(10)?;
    let mut parts = day.split('-');
    let (year, month, date) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let moment = Moment::day(year, i8::try_from(month).ok()?, i8::try_from(date).ok()?)?;
    let Some(rest) = rest.strip_prefix(['T', 't', ' ']) else { return rest.is_empty().then_some(moment) };
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let mut parts = clock.split('.').next()?.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let second = match parts.next() {
        Some(second) => Some(i8::try_from(digits(second, 2)?).ok()?),
        None => None,
    };
    let moment = moment.at(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, second)?;
    match zone.trim() {
        "" => Some(moment),
        "Z" | "z" | "UTC" | "GMT" => Some(moment.in_zone(0)),
        zone => Some(moment.in_zone(offset_minutes(zone)?)),
    }
}

fn offset_minutes(zone: &str) -> Option<i32> {
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let figures: String = zone[1..].chars().filter(|c| *c != ':').collect();
    if !figures.is_ascii() {
        return None;
    }
    let (hours, minutes) = match figures.len() {
        2 => (digits(&figures, 2)?, 0),
        4 => (digits(&figures[..2], 2)?, digits(&figures[2..], 2)?),
        _ => return None,
    };
    Some(sign * (i32::from(hours) * 60 + i32::from(minutes)))
}

fn digits(text: &str, count: usize) -> Option<i16> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let moment: Moment = text.parse().unwrap();
        assert_eq!(moment.to_string(), expected, "{text}");
        assert_eq!(expected.parse::<Moment>().unwrap(), moment, "{expected} reads back");
    }

    #[test]
    fn gaps_are_as_fine_as_both_moments() {
        for (first, then, expected) in [
            ("2024-11-14", "2024-11-15T03:00Z", Gap::Days(1)),
            ("2024-11-14T23:59", "2024-11-15", Gap::Days(1)),
            ("2024-11-14", "2024-11-14", Gap::Days(0)),
            ("2024-11-14T05:40Z", "2024-11-14T08:05+01:00", Gap::Minutes(85)),
            ("2024-11-14T05:40Z", "2024-11-14T06:10:59+01:00", Gap::Minutes(-30)),
            ("2024-11-14T05:40Z", "2024-11-14T09:15", Gap::ClockMinutes(215)),
        ] {
            let (first, then): (Moment, Moment) = (first.parse().unwrap(), then.parse().unwrap());
            assert_eq!(then.after(first), expected, "{first} {then}");
        }
    }

    #[test]
    fn iso_keeps_what_is_stated() {
        check("2024-11-26", "2024-11-26");
        check("2024-11-26T03:20", "2024-11-26T03:20");
        check("2024-11-26 03:20:15.123Z", "2024-11-26T03:20:15Z");
        check("2024-11-26T03:20:15+0530", "2024-11-26T03:20:15+05:30");
        check("2024-11-26T03:20:15 -03:00", "2024-11-26T03:20:15-03:00");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2024-11",
            "2024-13-01",
            "2024-02-30",
            "2024-11-26T25:00",
            "2024-11-26x",
            "26.11.2024",
            "२०२४-११-२६",
            "2024-11-26T03:20+1é1",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(NotIso), "{text}");
        }
    }

    #[test]
    fn seconds_count_from_1970() {
        for (seconds, expected) in [(0, "1970-01-01T00:00:00Z"), (1_732_591_200, "2024-11-26T03:20:00Z"), (-1, "1969-12-31T23:59:59Z")] {
            assert_eq!(Moment::from_unix_seconds(seconds).unwrap().to_string(), expected);
        }
        assert_eq!(Moment::from_unix_seconds(i64::MAX), None);
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!("1970-01-02".parse::<Moment>().unwrap().day_number(), 1);
        assert_eq!("1969-12-31T23:00".parse::<Moment>().unwrap().wall_seconds(), -3600);
        assert_eq!(Moment::day(2024, 2, 28).unwrap().plus_days(2).unwrap().to_string(), "2024-03-01");
    }
}
