//! A day at a given token of a line: year, month and day of month in any usual order, all three stated.

use crate::extract::date::tokens::{Kind, Token};
use crate::extract::months::DateWord;
use crate::moment::Moment;

/// Years that a date of reporting can have; what lies outside is a number that looks like one.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2100;

/// A day and the index of the token after it.
pub type DayAt = (Moment, usize);

/// Reads the day that starts at a token; `None` if none does, or if day and month could be taken for one another.
pub fn read(tokens: &[Token], at: usize) -> Option<DayAt> {
    match tokens.get(at)?.kind {
        Kind::Number { digits: 8, value } => compact(value).map(|day| (day, at + 1)),
        Kind::Number { digits: 4, .. } => year_first(tokens, at),
        Kind::Number { digits: 1 | 2, .. } => named_month(tokens, at).or_else(|| figures(tokens, at)),
        Kind::Known(DateWord::Month(month)) => month_first(tokens, at, month),
        _ => None,
    }
}

fn compact(value: u32) -> Option<Moment> {
    (1990..=2100).contains(&(value / 10_000)).then(|| day_of(value / 10_000, value / 100 % 100, value % 100)).flatten()
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Moment> {
    if !YEARS.contains(&year) {
        return None;
    }
    Moment::day(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// `2024-11-26`, `2024/11/26`, `2024. 11. 26.`, `2024年11月26日`, `2024년 11월 26일`, `2024-Nov-26`.
fn year_first(tokens: &[Token], at: usize) -> Option<DayAt> {
    let year = number(tokens, at)?;
    let (first, second) = (mark(tokens, at + 1), mark(tokens, at + 3));
    let named = |from: usize| match tokens.get(from)?.kind {
        Kind::Known(DateWord::Month(month)) => Some(month),
        _ => None,
    };
    if let Some(month) = named(at + 1) {
        return day_of(year, u32::try_from(month).ok()?, short(tokens, at + 2)?).map(|day| (day, at + 3));
    }
    if let (Some('-' | '/' | '.'), Some(month)) = (first, named(at + 2)) {
        return day_of(year, u32::try_from(month).ok()?, short(tokens, at + 4)?).map(|day| (day, at + 5));
    }
    match (first, second) {
        (Some('-' | '/' | '.' | '‑'), Some(mark)) if first == Some(mark) => {}
        (Some('年' | '년'), Some('月' | '월')) => {}
        _ => return None,
    }
    let day = day_of(year, short(tokens, at + 2)?, short(tokens, at + 4)?)?;
    let is_spelled = matches!(mark(tokens, at + 5), Some('日' | '일'));
    Some((day, at + 5 + usize::from(is_spelled)))
}

/// `26 November 2024`, `26. November 2024`, `26th of November, 2024`, `26 de noviembre de 2024`, `26-Nov-2024`.
fn named_month(tokens: &[Token], at: usize) -> Option<DayAt> {
    let day = number(tokens, at)?;
    let month_at = skip_joints(tokens, at + 1);
    let Kind::Known(DateWord::Month(month)) = tokens.get(month_at)?.kind else { return None };
    let (year, next) = year_after(tokens, month_at + 1)?;
    day_of(year, u32::try_from(month).ok()?, day).map(|day| (day, next))
}

/// `November 26, 2024`, `Nov. 26th 2024`, `Nov 26 03:20:15 +0000 2024`.
fn month_first(tokens: &[Token], at: usize, month: i8) -> Option<DayAt> {
    let day_at = skip_joints(tokens, at + 1);
    let day = short(tokens, day_at)?;
    let (year, next) = year_after(tokens, day_at + 1).or_else(|| year_after_clock(tokens, day_at + 1))?;
    day_of(year, u32::try_from(month).ok()?, day).map(|day| (day, next))
}

/// Reads the year of `Nov 26 14:57:21 CEST 2024`, as programs print it.
fn year_after_clock(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let is_clock = mark(tokens, at + 1) == Some(':') && mark(tokens, at + 3) == Some(':') && short(tokens, at + 4).is_some();
    match (tokens.get(at + 5)?.kind, tokens.get(at + 6)?.kind) {
        (Kind::Known(DateWord::Zone(_)), Kind::Number { value, digits: 4 }) if is_clock => Some((value, at + 7)),
        _ => None,
    }
}

/// Reads `Nov. 25` and `25 de noviembre`: month and day of month, and the index of the token after them.
pub fn without_year(tokens: &[Token], at: usize) -> Option<((i8, i8), usize)> {
    let next = skip_joints(tokens, at + 1);
    let (month, day) = match (tokens.get(at)?.kind, tokens.get(next)?.kind) {
        (Kind::Known(DateWord::Month(month)), Kind::Number { value, digits: 1 | 2 })
        | (Kind::Number { value, digits: 1 | 2 }, Kind::Known(DateWord::Month(month))) => (month, i8::try_from(value).ok()?),
        _ => return None,
    };
    // A leap year has every day that any year has.
    Moment::day(2024, month, day).map(|_| ((month, day), next + 1))
}

fn year_after(tokens: &[Token], from: usize) -> Option<(u32, usize)> {
    let at = skip_joints(tokens, from);
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 4 } => Some((value, at + 1)),
        Kind::Mark('\'' | '’') => two_digit_year(tokens, at + 1).map(|year| (year, at + 2)),
        // `26-Nov-24`: joined by hyphens, so the number cannot be an hour.
        Kind::Number { digits: 2, .. } if mark(tokens, at - 1) == Some('-') && !tokens[at].is_apart => {
            two_digit_year(tokens, at).map(|year| (year, at + 1))
        }
        _ => None,
    }
}

/// Skips the marks and small words between the parts of a date.
fn skip_joints(tokens: &[Token], from: usize) -> usize {
    /// No usual form has more of them between two parts.
    const MOST_JOINTS: usize = 3;
    let is_joint = |token: &&Token| matches!(token.kind, Kind::Mark('.' | ',' | '-' | '/') | Kind::Known(DateWord::Joint));
    from + tokens.iter().skip(from).take(MOST_JOINTS).take_while(is_joint).count()
}

/// `26.11.2024`, `26. 11. 2024`, `26/11/2024`, `11/26/2024`, `26.11.24`.
fn figures(tokens: &[Token], at: usize) -> Option<DayAt> {
    let (first, second) = (number(tokens, at)?, short(tokens, at + 2)?);
    let between = mark(tokens, at + 1)?;
    if mark(tokens, at + 3)? != between || !matches!(between, '.' | '/' | '-') {
        return None;
    }
    if between == '.' && at > 0 && mark(tokens, at - 1) == Some('.') && !tokens[at].is_apart {
        return None;
    }
    let year = match tokens.get(at + 4)?.kind {
        Kind::Number { value, digits: 4 } => value,
        Kind::Number { digits: 2, .. } if between == '.' && is_paired(tokens, at) => two_digit_year(tokens, at + 4)?,
        _ => return None,
    };
    // Dots are written day first wherever they are written; with other marks the order has to show.
    let day = match (between, first, second) {
        ('.', _, 1..=12) => day_of(year, second, first),
        (_, 13.., 1..=12) => day_of(year, second, first),
        (_, 1..=12, 13..) => day_of(year, first, second),
        (_, first, second) if first == second => day_of(year, second, first),
        _ => None,
    };
    day.map(|day| (day, at + 5))
}

/// Tells two-digit day and month without blanks between them, as a date with a short year is written, from versions and addresses.
fn is_paired(tokens: &[Token], at: usize) -> bool {
    let pairs = [at, at + 2, at + 4].iter().all(|at| matches!(tokens[*at].kind, Kind::Number { digits: 2, .. }));
    let is_tight = tokens[at + 1..=at + 4].iter().all(|token| !token.is_apart);
    let goes_on = mark(tokens, at + 5) == Some('.') && tokens.get(at + 6).is_some_and(|next| !next.is_apart);
    pairs && is_tight && !goes_on
}

fn two_digit_year(tokens: &[Token], at: usize) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 2 } => Some(if value < 70 { 2000 + value } else { 1900 + value }),
        _ => None,
    }
}

fn number(tokens: &[Token], at: usize) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number { value, .. } => Some(value),
        _ => None,
    }
}

fn short(tokens: &[Token], at: usize) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 1 | 2 } => Some(value),
        _ => None,
    }
}

fn mark(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        Kind::Mark(mark) => Some(mark),
        _ => None,
    }
}
