//! What an article can be asked beside its words: when it was published, whether that is known, how many share its text.

use std::fmt;

use crate::moment::Moment;
use crate::query::days;

/// Something that holds of an article as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Nothing says when it was published.
    Undated,
    /// It was published on one of these days; an undated article was not.
    Published(Days),
    /// Its group has so many articles; one without copies is a group of one.
    Copies(Size),
}

/// A range of days, open at one end or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day.
    pub since: Option<Moment>,
    /// The last day.
    pub until: Option<Moment>,
}

/// A range of numbers of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Size {
    /// The fewest.
    pub least: u32,
    /// The most.
    pub most: Option<u32>,
}

impl Size {
    /// Tells whether a number is in the range.
    pub fn holds(self, articles: u32) -> bool {
        self.least <= articles && self.most.is_none_or(|most| articles <= most)
    }
}

/// What stands before the colon of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FactName {
    Date,
    Since,
    Until,
    Copies,
}

/// The word that alone stands for [`Fact::Undated`].
pub(super) const UNDATED: &str = "undated";

/// Why a value is none, and one that would be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Complaint {
    pub message: String,
    pub instead: Option<String>,
}

impl FactName {
    pub const ALL: [FactName; 4] = [FactName::Date, FactName::Since, FactName::Until, FactName::Copies];

    pub fn label(self) -> &'static str {
        match self {
            FactName::Date => "date",
            FactName::Since => "since",
            FactName::Until => "until",
            FactName::Copies => "copies",
        }
    }

    pub fn from_label(name: &str) -> Option<Self> {
        FactName::ALL.into_iter().find(|fact| fact.label().eq_ignore_ascii_case(name))
    }

    /// Reads the value behind the colon.
    pub fn read(self, value: &str, today: Option<Moment>) -> Result<Fact, Complaint> {
        match self {
            FactName::Copies => size(value).map(Fact::Copies).ok_or_else(|| Complaint {
                message: "write how many articles share the text, as in copies:>3, copies:2 or copies:2..5".to_owned(),
                instead: None,
            }),
            FactName::Since => Ok(Fact::Published(Days { since: Some(day(days::first_day(value, today))?), until: None })),
            FactName::Until => Ok(Fact::Published(Days { since: None, until: Some(day(days::last_day(value, today))?) })),
            FactName::Date => range(value, today),
        }
    }
}

fn day(named: Result<Moment, String>) -> Result<Moment, Complaint> {
    named.map_err(|message| Complaint { message, instead: None })
}

fn range(value: &str, today: Option<Moment>) -> Result<Fact, Complaint> {
    let Some((first, last)) = value.split_once("..") else {
        let span = days::named(value, today).map_err(|message| Complaint { message, instead: None })?;
        let until = if days::is_time_back(value) { today.map(Moment::to_day) } else { Some(span.last) };
        return Ok(Fact::Published(Days { since: Some(span.first), until }));
    };
    let bound = |text: &str, read: fn(&str, Option<Moment>) -> Result<Moment, String>| match text.trim() {
        "" => Ok(None),
        text => day(read(text, today)).map(Some),
    };
    let (since, until) = (bound(first, days::first_day)?, bound(last, days::last_day)?);
    match (since, until) {
        (None, None) => Err(Complaint { message: days::DAYS_HINT.to_owned(), instead: None }),
        (Some(since), Some(until)) if since.day_number() > until.day_number() => Err(Complaint {
            message: format!("no day is in the range: {since} is after {until}"),
            instead: Some(format!("{last}..{first}")),
        }),
        _ => Ok(Fact::Published(Days { since, until })),
    }
}

fn size(value: &str) -> Option<Size> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some((least, most)) = value.split_once("..") {
        let (least, most) = (number(least)?, number(most)?);
        return (least <= most).then_some(Size { least, most: Some(most) });
    }
    let at = value.find(|c: char| c.is_ascii_digit())?;
    let count = number(&value[at..])?;
    match &value[..at] {
        "" => Some(Size { least: count, most: Some(count) }),
        ">" => Some(Size { least: count.checked_add(1)?, most: None }),
        ">=" => Some(Size { least: count, most: None }),
        "<" => Some(Size { least: 0, most: Some(count.checked_sub(1)?) }),
        "<=" => Some(Size { least: 0, most: Some(count) }),
        _ => None,
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::Undated => f.write_str(UNDATED),
            Fact::Published(Days { since: Some(since), until: Some(until) }) if since == until => write!(f, "date:{since}"),
            Fact::Published(Days { since: Some(since), until: Some(until) }) => write!(f, "date:{since}..{until}"),
            Fact::Published(Days { since: Some(since), until: None }) => write!(f, "since:{since}"),
            Fact::Published(Days { since: None, until: Some(until) }) => write!(f, "until:{until}"),
            Fact::Published(Days { since: None, until: None }) => f.write_str("date:0000..9999"),
            Fact::Copies(Size { least, most: Some(most) }) if least == most => write!(f, "copies:{least}"),
            Fact::Copies(Size { least: 0, most: Some(most) }) => write!(f, "copies:<={most}"),
            Fact::Copies(Size { least, most: Some(most) }) => write!(f, "copies:{least}..{most}"),
            Fact::Copies(Size { least, most: None }) => write!(f, "copies:>={least}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: FactName, value: &str, printed: &str) {
        let fact = name.read(value, Moment::day(2024, 11, 26)).unwrap();
        assert_eq!(fact.to_string(), printed);
    }

    #[test]
    fn values_are_read_and_printed() {
        check(FactName::Date, "2024-11", "date:2024-11-01..2024-11-30");
        check(FactName::Date, "2024-11-26", "date:2024-11-26");
        check(FactName::Date, "2024-11-03..2024-11", "date:2024-11-03..2024-11-30");
        check(FactName::Date, "2024..", "since:2024-01-01");
        check(FactName::Date, "..2024", "until:2024-12-31");
        check(FactName::Date, "7d", "date:2024-11-19..2024-11-26");
        check(FactName::Date, "last month..yesterday", "date:2024-10-01..2024-11-25");
        check(FactName::Since, "last week", "since:2024-11-18");
        check(FactName::Until, "last week", "until:2024-11-24");
        check(FactName::Copies, ">3", "copies:>=4");
        check(FactName::Copies, "<3", "copies:<=2");
        check(FactName::Copies, "0", "copies:0");
        check(FactName::Copies, "3..7", "copies:3..7");
    }

    #[test]
    fn what_is_no_value_says_what_would_be() {
        for value in ["", "x", ">", "3..1", "<0", ">4294967295", "99999999999", "+3", ">+3", "=3"] {
            assert!(FactName::Copies.read(value, None).is_err(), "{value}");
        }
        let swapped = FactName::Date.read("2024-11..2024-10", None).unwrap_err();
        assert_eq!(swapped.instead.as_deref(), Some("2024-10..2024-11"));
        for value in ["..", "..x", "2024..x..y", "soon"] {
            assert!(FactName::Date.read(value, None).is_err(), "{value}");
        }
    }
}
