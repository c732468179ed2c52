//! Connectors as they are typed: `w/5`, `pre/5`, `w/s`, `w/p`, each also after `not`; and `atleast3`.

use crate::query::ast::{Connector, Presence, Reach, Succession};

/// The widest reach in words: beyond it a connector says no more than AND.
pub const MAX_REACH_WORDS: u32 = 255;

/// The most often that something can be asked for: no article says a thing more often, and it bounds the work on one.
pub const MAX_TIMES: u32 = 999;

/// Reads the connector at the start of `rest`, whose first stretch is `run`; tells how many bytes it takes.
///
/// What is one in all but its number is a connector with a complaint.
pub(super) fn read(rest: &str, run: &str) -> Option<(Result<Connector, String>, usize)> {
    if run.eq_ignore_ascii_case("not") {
        let behind = rest[run.len()..].trim_start();
        let next = &behind[..behind.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')).unwrap_or(behind.len())];
        let connector = one(next, Presence::NotNear)?;
        return Some((connector, rest.len() - behind.len() + next.len()));
    }
    one(run, Presence::Near).map(|connector| (connector, run.len()))
}

fn one(run: &str, presence: Presence) -> Option<Result<Connector, String>> {
    let (name, reach) = run.split_once('/')?;
    let order = match name.to_ascii_lowercase().as_str() {
        "w" => Succession::Any,
        "pre" => Succession::AsWritten,
        _ => return None,
    };
    let reach = match reach.to_ascii_lowercase().as_str() {
        "s" => Reach::Sentence,
        "p" => Reach::Paragraph,
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
            Ok(words @ 1..=MAX_REACH_WORDS) => Reach::Words(words),
            _ => return Some(Err(format!("a connector reaches over 1 to {MAX_REACH_WORDS} words"))),
        },
        _ => return None,
    };
    Some(Ok(Connector { reach, order, presence }))
}

/// Reads `atleast3`.
pub(super) fn at_least(run: &str) -> Option<u32> {
    let digits = run.get(..7).filter(|start| start.eq_ignore_ascii_case("atleast")).map(|start| &run[start.len()..])?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(MAX_TIMES).clamp(1, MAX_TIMES))
}

/// Writes a connector as it is typed.
pub(super) fn text(connector: Connector) -> String {
    let not = if connector.presence == Presence::NotNear { "not " } else { "" };
    let name = if connector.order == Succession::AsWritten { "pre" } else { "w" };
    match connector.reach {
        Reach::Words(words) => format!("{not}{name}/{words}"),
        Reach::Sentence => format!("{not}{name}/s"),
        Reach::Paragraph => format!("{not}{name}/p"),
    }
}
