//! A time of day at a given token of a line, with its zone where it is named.

use crate::extract::date::tokens::{Kind, Token};
use crate::extract::months::DateWord;
use crate::moment::Moment;

/// A time as a line states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    /// Minutes east of UTC.
    zone: Option<i32>,
}

impl Clock {
    /// Adds the time to a day; `None` if there is no such time.
    pub fn on(self, day: Moment) -> Option<Moment> {
        let part = |value: u32| i8::try_from(value).ok();
        let second = match self.second {
            Some(second) => Some(part(second.min(59))?),
            None => None,
        };
        let moment = day.at(part(self.hour)?, part(self.minute)?, second)?;
        Some(self.zone.map_or(moment, |zone| moment.in_zone(zone)))
    }
}

/// Reads the time that starts at a token, and returns it with the index of the token after it.
pub fn read(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let (before, at) = match tokens.get(at)?.kind {
        Kind::Known(word @ (DateWord::Morning | DateWord::Afternoon)) => (Some(word), at + 1),
        _ => (None, at),
    };
    let (clock, next, needs_mark) = figures(tokens, at)?;
    let (half, next, has_mark) = match tokens.get(next).map(|token| token.kind) {
        Some(Kind::Known(word @ (DateWord::Morning | DateWord::Afternoon))) => (Some(word), next + 1, true),
        Some(Kind::Known(DateWord::HourMark)) => (before, next + 1, true),
        _ => (before, next, before.is_some()),
    };
    if needs_mark && !has_mark {
        return None;
    }
    let hour = match half {
        Some(DateWord::Morning) if clock.hour == 12 => 0,
        Some(DateWord::Afternoon) if clock.hour < 12 => clock.hour + 12,
        _ => clock.hour,
    };
    if hour > 23 || clock.minute > 59 || clock.second.is_some_and(|second| second > 60) {
        return None;
    }
    let (zone, next) = zone(tokens, next);
    Some((Clock { hour, zone, ..clock }, next))
}

/// Reads the figures of a time; the last value tells whether they are a time only with `pm`, `Uhr` or the like after them.
fn figures(tokens: &[Token], at: usize) -> Option<(Clock, usize, bool)> {
    let hour = short(tokens, at)?;
    let parted_by = tokens.get(at + 1).map(|token| token.kind);
    let minute = pair(tokens, at + 2);
    let clock = |minute, second| Clock { hour, minute, second, zone: None };
    match (parted_by, minute) {
        (Some(Kind::Mark(':')), Some(minute)) => match (mark(tokens, at + 3), pair(tokens, at + 4)) {
            (Some(':'), Some(second)) => Some((clock(minute, Some(second)), skip_fraction(tokens, at + 5), false)),
            _ => Some((clock(minute, None), at + 3, false)),
        },
        (Some(Kind::Mark('.')), Some(minute)) if !tokens[at + 2].is_apart => Some((clock(minute, None), at + 3, true)),
        (Some(Kind::Known(DateWord::HourMark)), Some(minute)) => {
            let is_closed = matches!(tokens.get(at + 3).map(|token| token.kind), Some(Kind::Word)) && !tokens[at + 3].is_apart;
            Some((clock(minute, None), at + 3 + usize::from(is_closed), false))
        }
        (Some(Kind::Mark('時' | '点' | '시' | '时')), Some(minute)) => {
            let is_closed = matches!(mark(tokens, at + 3), Some('分' | '분'));
            Some((clock(minute, None), at + 3 + usize::from(is_closed), false))
        }
        (Some(Kind::Known(DateWord::HourMark | DateWord::Morning | DateWord::Afternoon)), None) => Some((clock(0, None), at + 1, true)),
        _ => None,
    }
}

fn skip_fraction(tokens: &[Token], at: usize) -> usize {
    let is_fraction = matches!(mark(tokens, at), Some('.' | ',')) && tokens.get(at + 1).is_some_and(|next| !next.is_apart);
    match tokens.get(at + 1).map(|token| token.kind) {
        Some(Kind::Number { .. }) if is_fraction => at + 2,
        _ => at,
    }
}

/// Reads the zone at a token: `UTC`, `(CET)`, `+0200`, `GMT+2`, `-05:00`.
pub fn zone(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let from = at + usize::from(mark(tokens, at) == Some('('));
    let (named, from) = match tokens.get(from).map(|token| token.kind) {
        Some(Kind::Known(DateWord::Zone(minutes))) => (Some(minutes), from + 1),
        _ => (None, from),
    };
    let (minutes, next) = match offset(tokens, from) {
        Some((offset, next)) if named.is_none_or(|minutes| minutes == 0) => (Some(offset), next),
        _ => (named, from),
    };
    if minutes.is_none() {
        return (None, at);
    }
    (minutes, next + usize::from(mark(tokens, next) == Some(')')))
}

fn offset(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let sign = match mark(tokens, at)? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let next = tokens.get(at + 1)?;
    if next.is_apart {
        return None;
    }
    let (hours, minutes, after) = match next.kind {
        Kind::Number { value, digits: 4 } => (value / 100, value % 100, at + 2),
        Kind::Number { value, digits: 1 | 2 } => match (mark(tokens, at + 2), pair(tokens, at + 3)) {
            (Some(':'), Some(minutes)) => (value, minutes, at + 4),
            _ => (value, 0, at + 2),
        },
        _ => return None,
    };
    let in_range = hours <= 14 && minutes < 60;
    in_range.then_some((sign * i32::try_from(hours * 60 + minutes).ok()?, after))
}

/// `032000` after `20241126T`.
pub fn compact(tokens: &[Token], at: usize) -> Option<(Clock, usize)> {
    let clock = match tokens.get(at)?.kind {
        Kind::Number { value, digits: 6 } => {
            Clock { hour: value / 10_000, minute: value / 100 % 100, second: Some(value % 100), zone: None }
        }
        Kind::Number { value, digits: 4 } => Clock { hour: value / 100, minute: value % 100, second: None, zone: None },
        _ => return None,
    };
    let (zone, next) = zone(tokens, at + 1);
    (clock.hour < 24 && clock.minute < 60).then_some((Clock { zone, ..clock }, next))
}

fn short(tokens: &[Token], at: usize) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 1 | 2 } => Some(value),
        _ => None,
    }
}

fn pair(tokens: &[Token], at: usize) -> Option<u32> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits: 2 } => Some(value),
        _ => None,
    }
}

fn mark(tokens: &[Token], at: usize) -> Option<char> {
    match tokens.get(at)?.kind {
        Kind::Mark(mark) => Some(mark),
        _ => None,
    }
}
