//! The dates that a document states in; published, modified and saved out, with what contradicts them.

use std::cmp::Reverse;

use crate::article::{Conflict, Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::date;
use crate::extract::dateline::Dateline;
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
            keep_plain_script_dates(&mut candidates);
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

/// Lets the dates of scripts stand only where nothing else is stated and all of them are of one day: scripts hold lists of articles, too.
fn keep_plain_script_dates(candidates: &mut Vec<Stated<Moment>>) {
    let of_script: Vec<i64> =
        candidates.iter().filter(|stated| stated.from == Provenance::PageScript).map(|stated| stated.value.day_number()).collect();
    if of_script.len() < candidates.len() || of_script.iter().any(|day| *day != of_script[0]) {
        candidates.retain(|stated| stated.from != Provenance::PageScript);
    }
}

/// Reads a date; one that is no date, or none that a newspaper can bear, gives its reason.
fn read_date(field: &RawField) -> Result<Moment, String> {
    let text = field.value.as_str();
    let is_change = field.name == FieldName::Published
        && matches!(field.from, Provenance::TimeElement | Provenance::PageElement)
        && date::find(text).is_some_and(|found| found.is_change);
    if is_change {
        return Err(format!("a date of change: \"{}\"", shortened(text)));
    }
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

/// Takes the most trusted date, as precise as another place states it for the same day; what does not agree with it is kept.
fn settle_date(name: FieldName, candidates: &[Stated<Moment>], conflicts: &mut Vec<Conflict>) -> Option<Stated<Moment>> {
    let first = candidates.first()?;
    // The keeper's word is final, also on how finely a date is known.
    let is_final = first.from == Provenance::Sidecar;
    let is_of_day = |other: &&Stated<Moment>| !is_final && other.value.day_number() == first.value.day_number();
    let precise = candidates.iter().filter(is_of_day).min_by_key(|stated| Reverse((stated.value.precision(), stated.value.has_zone())));
    let precise = precise.unwrap_or(first);
    let chosen = local_time(precise, candidates).filter(|_| !is_final).unwrap_or_else(|| precise.clone());
    let mut kept: Vec<Moment> = Vec::new();
    for other in candidates.iter().filter(|other| !is_same(precise.value, other.value) && !is_same(chosen.value, other.value)) {
        if !kept.iter().any(|before| is_same(*before, other.value)) {
            kept.push(other.value);
            conflicts.push(Conflict { field: name.label().to_owned(), value: other.value.to_string(), from: other.from });
        }
    }
    Some(chosen)
}

/// Returns the local time of an instant in UTC, where another place states it: programs write UTC, and readers see the local day.
///
/// A wall-clock time without a zone that is the same instant in some zone gives that zone; a day that is printed, and on which the
/// instant can fall, stands for it where the instant's own day is another.
fn local_time(instant: &Stated<Moment>, candidates: &[Stated<Moment>]) -> Option<Stated<Moment>> {
    if offset_text(instant.value) != "Z" {
        return None;
    }
    let others = || candidates.iter().filter(|other| other.from != Provenance::FileName);
    let zoned =
        others().find(|other| other.value.has_zone() && offset_text(other.value) != "Z" && instant_gap(instant.value, other.value) == 0);
    let walled = || {
        others().find_map(|other| {
            let zone = zone_between(instant.value, other.value)?;
            Some(Stated { value: other.value.in_zone(zone), from: other.from })
        })
    };
    let is_printed = |from| matches!(from, Provenance::BannerLine | Provenance::TimeElement | Provenance::PageElement);
    let day = || {
        let own = instant.value.day_number();
        let mut printed = others().filter(|other| is_printed(other.from) && !other.value.has_zone());
        let is_there = printed.clone().any(|other| other.value.day_number() == own);
        printed.find(|other| !is_there && may_fall_on(instant.value, other.value)).cloned()
    };
    zoned.cloned().or_else(walled).or_else(day)
}

/// Returns the zone in which a wall-clock time is the instant, in minutes east of UTC; `None` if it is another time, or the same in UTC.
fn zone_between(instant: Moment, wall: Moment) -> Option<i32> {
    /// Zones are whole quarters of an hour from UTC.
    const STEP_MINUTES: i64 = 15;
    wall.hour_minute().filter(|_| !wall.has_zone())?;
    let minutes = wall.wall_seconds().div_euclid(60) - instant.wall_seconds().div_euclid(60);
    let is_zone = minutes % STEP_MINUTES == 0 && (FARTHEST.0 / 60..=FARTHEST.1 / 60).contains(&minutes) && minutes != 0;
    is_zone.then(|| i32::try_from(minutes).ok()).flatten()
}

/// The zones farthest west and east of Greenwich, in seconds.
const FARTHEST: (i64, i64) = (-12 * 3600, 14 * 3600);

/// Adds the day of a dateline. It is the day of the report, on which or on the day after it is printed; farther from the date of
/// publication it contradicts it. Without one it stands for it, with the year from when the article was changed or saved, or from its address.
pub fn add_dateline(dateline: &Dateline, metadata: &mut Metadata) {
    /// Days by which a report is printed later than its dateline, and zones apart, without anything being wrong.
    const DAYS_APART_MAX: i64 = 2;
    let published = metadata.published.as_ref().map(|stated| stated.value);
    let later =
        || [&metadata.modified, &metadata.saved].into_iter().flatten().map(|stated| stated.value).min_by_key(|moment| moment.day_number());
    let day = dateline.day.or_else(|| {
        let (month, day) = dateline.day_of_year?;
        match (published, later()) {
            (Some(near), _) => nearest(month, day, near),
            (None, Some(end)) => last_until(month, day, end),
            (None, None) => Moment::day(year_of_address(&metadata.url.as_ref()?.value)?, month, day),
        }
    });
    let Some(day) = day.filter(|day| is_sensible(*day)) else { return };
    match published {
        None => metadata.published = Some(Stated { value: day, from: Provenance::Dateline }),
        Some(published) if (published.day_number() - day.day_number()).abs() > DAYS_APART_MAX => {
            let field = FieldName::Published.label().to_owned();
            metadata.conflicts.push(Conflict { field, value: day.to_string(), from: Provenance::Dateline });
        }
        Some(_) => {}
    }
}

/// Returns the day of that name that is nearest to a day.
fn nearest(month: i8, day: i8, near: Moment) -> Option<Moment> {
    let year = near.ymd().0;
    let days = [year - 1, year, year + 1].into_iter().filter_map(|year| Moment::day(year, month, day));
    days.min_by_key(|day| (day.day_number() - near.day_number()).abs())
}

/// Returns the last day of that name that is not after a day; zones may put it a day later.
fn last_until(month: i8, day: i8, end: Moment) -> Option<Moment> {
    let year = end.ymd().0;
    [year, year - 1].into_iter().filter_map(|year| Moment::day(year, month, day)).find(|day| day.day_number() <= end.day_number() + 1)
}

/// Reads the year that stands alone between the slashes of an address.
fn year_of_address(url: &str) -> Option<i16> {
    let mut years = url.split(['/', '-']).filter(|part| part.len() == 4).filter_map(|part| part.parse::<i16>().ok());
    years.find(|year| (1990..=YEAR_MAX).contains(year))
}

/// Tells whether two dates can mean the same time: the same day, or times in different zones that may be one instant.
fn is_same(a: Moment, b: Moment) -> bool {
    let may_be_instant = a.has_zone() && b.has_zone() && offset_text(a) != offset_text(b);
    a.day_number() == b.day_number() || (may_be_instant && instant_gap(a, b) == 0) || may_fall_on(a, b) || may_fall_on(b, a)
}

/// Tells whether an instant in UTC can fall on a day as the place of publication counts it; programs write UTC everywhere.
fn may_fall_on(instant: Moment, day: Moment) -> bool {
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
