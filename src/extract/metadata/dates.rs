//! The dates that a document states in; published, modified and saved out, with what contradicts them.

use std::cmp::Reverse;

use crate::article::{Conflict, Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::date;
use crate::extract::metadata::rank::ranked;
use crate::moment::Moment;

/// No newspaper is older than the press; years before it are misread.
const YEAR_MIN: i16 = 1400;

/// Later years are misread, too; a fixed bound keeps what is read from depending on the day of reading.
const YEAR_MAX: i16 = 2100;

/// Two wall-clock times of the same instant are at most so far apart: zones reach from UTC-12 to UTC+14.
const SAME_INSTANT_SECONDS: i64 = 26 * 3600;

/// Chooses the dates; dates that could not be read give their reasons where no other stands for them.
pub fn choose(fields: &[RawField], path: &str, metadata: &mut Metadata, causes: &mut Vec<String>) {
    for name in [FieldName::Published, FieldName::Modified, FieldName::Saved] {
        let mut candidates: Vec<Stated<Moment>> = Vec::new();
        let mut unread = None;
        for field in ranked(fields, name) {
            match read_date(field) {
                Ok(value) => candidates.push(Stated { value, from: field.from }),
                Err(cause) => unread = unread.or(Some(cause)),
            }
        }
        if name == FieldName::Published {
            let address = metadata.url.as_ref().and_then(|url| date::in_url(&url.value)).filter(|moment| is_sensible(*moment));
            candidates.extend(address.map(|value| Stated { value, from: Provenance::Url }));
            let in_name = in_file_name(path).filter(|_| candidates.is_empty());
            candidates.extend(in_name.map(|value| Stated { value, from: Provenance::FileName }));
        }
        if let (Some(cause), true) = (unread, candidates.is_empty()) {
            causes.push(format!("{} date {cause}", name.label()));
        }
        let chosen = settle_date(name, &candidates, &mut metadata.conflicts);
        match name {
            FieldName::Published => metadata.published = chosen,
            FieldName::Saved => metadata.saved = chosen,
            _ => metadata.modified = chosen,
        }
    }
}

/// Reads a date; one that is no date, or none that a newspaper can bear, gives its reason.
fn read_date(field: &RawField) -> Result<Moment, String> {
    let text = field.value.as_str();
    let among = || date::find(text).filter(|_| field.from == Provenance::PageElement).map(|found| found.moment);
    let moment =
        text.parse().ok().or_else(|| date::read(text)).or_else(among).ok_or_else(|| format!("not understood: \"{}\"", shortened(text)))?;
    if !is_sensible(moment) {
        return Err(format!("out of range: \"{}\"", shortened(text)));
    }
    // A time of exactly midnight is what programs write for a day without a time.
    Ok(if moment.wall_seconds().rem_euclid(86_400) == 0 { moment.to_day() } else { moment })
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(60)]
}

fn is_sensible(moment: Moment) -> bool {
    (YEAR_MIN..=YEAR_MAX).contains(&moment.ymd().0)
}

/// Reads a full date in a file's name, set apart from other figures: `2024-11-26-ferry.txt`, `ferry_20241126.md`.
fn in_file_name(path: &str) -> Option<Moment> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    let figures = |text: &str| text.parse::<i16>().ok();
    let day = |year: &str, month: &str, day: &str| {
        let lengths_fit = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let is_near = |year: &i16| (1600..=YEAR_MAX).contains(year);
        let (year, month, day) = (figures(year).filter(is_near)?, figures(month)?, figures(day)?);
        lengths_fit.then(|| Moment::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)).flatten()
    };
    let separate = parts.windows(3).find_map(|part| day(part[0], part[1], part[2]));
    separate.or_else(|| parts.iter().filter(|part| part.len() == 8).find_map(|part| day(&part[..4], &part[4..6], &part[6..])))
}

fn settle_date(name: FieldName, candidates: &[Stated<Moment>], conflicts: &mut Vec<Conflict>) -> Option<Stated<Moment>> {
    let first = candidates.first()?;
    let agreeing = candidates.iter().filter(|other| is_same(first.value, other.value));
    let chosen = agreeing.min_by_key(|stated| Reverse((stated.value.precision(), stated.value.has_zone())))?;
    let mut kept: Vec<Moment> = Vec::new();
    for other in candidates.iter().filter(|other| !is_same(chosen.value, other.value)) {
        if !kept.iter().any(|before| is_same(*before, other.value)) {
            kept.push(other.value);
            conflicts.push(Conflict { field: name.label().to_owned(), value: other.value.to_string(), from: other.from });
        }
    }
    Some(chosen.clone())
}

/// Tells whether two dates can mean the same time: the same day, or times in different zones that may be one instant.
fn is_same(a: Moment, b: Moment) -> bool {
    let may_be_instant = a.has_zone() && b.has_zone() && offset_text(a) != offset_text(b);
    a.day_number() == b.day_number() || (may_be_instant && instant_gap(a, b) == 0) || may_fall_on(a, b) || may_fall_on(b, a)
}

/// Tells whether an instant in UTC can fall on a day as the place of publication counts it; programs write UTC everywhere.
fn may_fall_on(instant: Moment, day: Moment) -> bool {
    /// The zones farthest west and east of Greenwich, in seconds.
    const FARTHEST: (i64, i64) = (-12 * 3600, 14 * 3600);
    let local_day = |offset: i64| (instant.wall_seconds() + offset).div_euclid(86_400);
    offset_text(instant) == "Z"
        && day.hour_minute().is_none()
        && (local_day(FARTHEST.0)..=local_day(FARTHEST.1)).contains(&day.day_number())
}

/// Returns the zone as it is written at the end of a moment.
fn offset_text(moment: Moment) -> String {
    let text = moment.to_string();
    let at = text.get(16..).and_then(|rest| rest.find(['+', '-', 'Z']).map(|at| at + 16)).unwrap_or(text.len());
    text[at..].to_owned()
}

/// Returns the seconds between two instants with zones, to the minute; far ones give the bound.
fn instant_gap(a: Moment, b: Moment) -> i64 {
    let utc_minutes = |moment: Moment| {
        let zone = offset_text(moment);
        let minutes = match (
            zone.get(1..3).and_then(|hours| hours.parse::<i64>().ok()),
            zone.get(4..6).and_then(|minutes| minutes.parse::<i64>().ok()),
        ) {
            (Some(hours), Some(minutes)) => (hours * 60 + minutes) * if zone.starts_with('-') { -1 } else { 1 },
            _ => 0,
        };
        moment.wall_seconds().div_euclid(60) - minutes
    };
    ((utc_minutes(a) - utc_minutes(b)).abs() * 60).min(SAME_INSTANT_SECONDS)
}
