//! Dates as people write them: a value, a line or an address goes in, the [`Moment`] that it states comes out.
//!
//! A *full* date has a day, a month and a year. Nothing else counts: `Nov. 25` and `3 hours ago` give nothing, since the missing part
//! would be a guess, and so does `3/4/2024`, which is March to some readers and April to others. A date of two-digit year is read only in
//! forms that nothing else has (`26.11.24`). A zone that is not named, or whose name has several meanings, stays unknown.

mod clock;
mod day;
mod tokens;

use std::ops::Range;

use crate::extract::months::DateWord;
use crate::moment::Moment;

use self::clock::Clock;
use self::tokens::{Kind, Token};

/// A date in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it states.
    pub moment: Moment,
    /// Bytes of the line that state it.
    pub range: Range<usize>,
    /// How much of the line is about dates: words that introduce or join one count, as do marks.
    pub extent: Extent,
    /// Tells that the line calls it a date of change: `updated`, `aktualisiert`.
    pub is_change: bool,
    /// Tells that a word which calls it the article's date stands before it, and nothing else: `date`, `Published on`.
    pub is_introduced: bool,
}

/// How much of a line a date takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The line states nothing but the date.
    Whole,
    /// The line has other words and numbers.
    Among {
        /// How many.
        others: usize,
        /// How many of them begin with a small letter, as words of a sentence do and names do not.
        small: usize,
    },
}

/// Reads a value that is a date and nothing else, in any usual form; what introduces it (`Published on`) may stand before it.
pub fn read(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST_VALUE_BYTES {
        return None;
    }
    let found = find(text)?;
    match found.extent {
        Extent::Whole => Some(found.moment),
        // A zone whose name is not in the tables: `CST`, `EAT`.
        Extent::Among { others: 1, .. } => {
            text[found.range.end..].trim_matches([' ', '(', ')', '.']).chars().all(|c| c.is_ascii_uppercase()).then_some(found.moment)
        }
        Extent::Among { .. } => None,
    }
}

/// Bytes beyond which a value is no date: the longest form with its weekday and zone is under 80.
const LONGEST_VALUE_BYTES: usize = 160;

/// Finds the first full date in a line, and the time next to it.
pub fn find(line: &str) -> Option<Found> {
    if !may_hold_date(line) {
        return None;
    }
    let tokens = tokens::split(line);
    let (day, at, next) = (0..tokens.len())
        .find_map(|at| starts_part(&tokens, at).then(|| day::read(&tokens, at)).flatten().map(|(day, next)| (day, at, next)))?;
    let (moment, first, last) = match time_after(&tokens, at, next) {
        Some((clock, end)) => (clock.on(day)?, at, end),
        None => match time_before(&tokens, at) {
            Some((clock, first)) => (clock.on(day)?, first, next),
            None => (day, at, next),
        },
    };
    let around = || tokens[..first].iter().chain(&tokens[last..]);
    let others = around().filter(|token| matches!(token.kind, Kind::Word | Kind::Number { .. })).count();
    let is_small = |token: &&Token| token.kind == Kind::Word && line[token.range.clone()].starts_with(char::is_lowercase);
    let small = around().filter(is_small).count();
    Some(Found {
        moment,
        range: tokens[first].range.start..tokens[last - 1].range.end,
        extent: if others == 0 { Extent::Whole } else { Extent::Among { others, small } },
        is_introduced: is_introduced(&tokens[..first]),
        is_change: tokens[..first].iter().any(|token| token.kind == Kind::Known(DateWord::ChangeLabel)),
    })
}

/// Finds the date of publication in a line; behind one of change it may be introduced by its own word.
pub fn find_published(line: &str) -> Option<Found> {
    let first = find(line)?;
    if !first.is_change {
        return Some(first);
    }
    find(&line[first.range.end..]).filter(|found| found.is_introduced && !found.is_change)
}

/// Parts a full date off the start of a title, where a mark stands between: `26.11.2024 - Ferries run again`.
pub fn leading(title: &str) -> Option<(Moment, &str)> {
    let found = find(title).filter(|found| found.range.start == 0)?;
    let rest = title[found.range.end..].trim_start().strip_prefix(['-', '–', '—', ':', '|', '•'])?.trim_start();
    rest.starts_with(char::is_alphabetic).then_some((found.moment, rest))
}

/// Finds the first day in a line that has no year: `Nov. 25`, `25 листопада`; month and day of month, and the bytes that state them.
pub fn day_of_year(line: &str) -> Option<((i8, i8), Range<usize>)> {
    if line.len() > LONGEST_VALUE_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let tokens = tokens::split(line);
    (0..tokens.len()).find_map(|at| {
        let (found, next) = day::without_year(&tokens, at)?;
        Some((found, tokens[at].range.start..tokens[next - 1].range.end))
    })
}

fn is_introduced(before: &[Token]) -> bool {
    let is_label = |token: &Token| matches!(token.kind, Kind::Known(DateWord::Label | DateWord::ChangeLabel));
    before.iter().any(is_label) && !before.iter().any(|token| matches!(token.kind, Kind::Word | Kind::Number { .. }))
}

/// Tells whether a line has the numbers of a full date: a year of four digits, three numbers, or a short year after a hyphen or an apostrophe.
fn may_hold_date(line: &str) -> bool {
    let (mut runs, mut run, mut longest, mut joins) = (0, 0, 0, false);
    for byte in line.bytes() {
        if byte.is_ascii_digit() {
            runs += usize::from(run == 0);
            run += 1;
            longest = longest.max(run);
        } else {
            run = 0;
            // The last byte of a typographic apostrophe.
            joins |= matches!(byte, b'-' | b'\'' | 0x99);
        }
    }
    longest >= 4 || runs >= 3 || (runs == 2 && joins)
}

/// Finds the time of day in a line that states a time and nothing else, and adds it to a day.
pub fn add_time(day: Moment, line: &str) -> Option<Moment> {
    if line.len() > LONGEST_VALUE_BYTES {
        return None;
    }
    let tokens = tokens::split(line);
    let at = skip_joints(&tokens, 0);
    let (clock, next) = clock::read(&tokens, at)?;
    tokens[next..].iter().all(|token| !matches!(token.kind, Kind::Word | Kind::Number { .. })).then(|| clock.on(day)).flatten()
}

/// Tells a line that states a time of day and nothing else.
pub fn is_time(line: &str) -> bool {
    Moment::day(2000, 1, 1).and_then(|day| add_time(day, line)).is_some()
}

/// Reads seconds since 1970-01-01T00:00Z, in ten digits; thirteen are milliseconds.
pub fn from_unix(text: &str) -> Option<Moment> {
    let text = text.trim();
    let seconds = match text.len() {
        10 => text,
        13 => &text[..text.is_char_boundary(10).then_some(10)?],
        _ => return None,
    };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Moment::from_unix_seconds(seconds.parse().ok()?)
}

/// Reads the day in an address: `/2024/11/26/`, `/2024-11-26-`, `/20241126/`, `-20241126.`; years 1990 to 2100.
pub fn in_url(url: &str) -> Option<Moment> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if matches!(digits, 4 | 8)
            && let Some(day) = url_day(&path[at..], digits)
        {
            return Some(day);
        }
        if digits == 2
            && let Some(day) = url_day_first(&path[at..])
        {
            return Some(day);
        }
        at += digits.max(1);
    }
    None
}

/// Reads `29-10-2024`, where the day cannot be a month.
fn url_day_first(text: &str) -> Option<Moment> {
    let number = |range: Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (day, month, year) = (number(0..2)?, number(3..5)?, number(6..10)?);
    let marks = (text.get(2..3)?, text.get(5..6)?);
    let is_over = !text[10..].starts_with(|c: char| c.is_ascii_digit());
    let is_clear = day > 12 && (1990..=2100).contains(&year) && matches!(marks, ("-", "-") | (".", ".") | ("_", "_")) && is_over;
    is_clear.then(|| Moment::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)).flatten()
}

fn url_day(text: &str, digits: usize) -> Option<Moment> {
    let (year, month, day) = if digits == 8 {
        (&text[..4], &text[4..6], &text[6..8])
    } else {
        let mark = text[4..].chars().next().filter(|c| matches!(c, '/' | '-' | '_' | '.'))?;
        let mut parts = text.splitn(4, |c: char| c == mark || !c.is_ascii_alphanumeric());
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        (year, month, &day[..day.bytes().take_while(u8::is_ascii_digit).count()])
    };
    if !(1..=2).contains(&day.len()) || month.len() > 4 {
        return None;
    }
    let month = match month.parse() {
        Ok(month) => month,
        Err(_) => match crate::extract::months::meaning(&month.to_ascii_lowercase())? {
            DateWord::Month(month) => month,
            _ => return None,
        },
    };
    let year: i16 = year.parse().ok()?;
    (1990..=2100).contains(&year).then(|| Moment::day(year, month, day.parse().ok()?)).flatten()
}

/// Tells whether a token can start a date: a number that hangs on what stands before it (`A320`, `12.26`, `-26`) cannot.
fn starts_part(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| tokens[before].kind) else { return true };
    tokens[at].is_apart
        || matches!(before, Kind::Mark(mark) if !matches!(mark, '-' | '/' | '_' | '$' | '€' | '£' | '#'))
        || (matches!(before, Kind::Mark('-' | '/')) && at >= 2 && !matches!(tokens[at - 2].kind, Kind::Number { .. }))
        || matches!(before, Kind::Known(DateWord::Weekday | DateWord::Label))
}

/// Skips what may stand between a date and its time.
fn skip_joints(tokens: &[Token], from: usize) -> usize {
    /// A weekday in brackets, a comma and a word such as `at` are the most that forms have.
    const MOST_JOINTS: usize = 6;
    let is_joint = |token: &&Token| match token.kind {
        Kind::Mark(mark) => !matches!(mark, '+' | '$' | '€' | '£' | '%' | '#'),
        Kind::Known(DateWord::Joint | DateWord::Weekday | DateWord::Label | DateWord::ChangeLabel) => true,
        _ => false,
    };
    from + tokens.iter().skip(from).take(MOST_JOINTS).take_while(is_joint).count()
}

/// Reads the time after a day that spans the tokens from `at` to `next`; `am 26.` is German there, not the forenoon.
fn time_after(tokens: &[Token], at: usize, next: usize) -> Option<(Clock, usize)> {
    let is_compact = matches!(tokens[at].kind, Kind::Number { digits: 8, .. });
    let letter = tokens.get(next).filter(|token| matches!(token.kind, Kind::Word) && token.range.len() == 1 && !token.is_apart);
    if letter.is_some() {
        return if is_compact { clock::compact(tokens, next + 1) } else { clock::read(tokens, next + 1) };
    }
    clock::read(tokens, skip_joints(tokens, next))
}

/// Reads the time before a day: `10:27, 19 November 2024`, `Nov 26 03:20:15 +0000 2024` reads its day from the end.
fn time_before(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    /// Hour, minute, second, half of day, zone with its offset, comma and weekday.
    const MOST_TOKENS: usize = 14;
    (at.saturating_sub(MOST_TOKENS)..at).find_map(|first| {
        let (clock, next) = clock::read(tokens, first).filter(|(_, next)| *next <= at)?;
        (skip_joints(tokens, next) >= at).then_some((clock, first))
    })
}

#[cfg(test)]
mod tests;
