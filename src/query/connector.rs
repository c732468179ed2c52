//! Connectors as they are typed: `w/5`, `pre/5`, `w/s`, `w/p`, each also after `not`; and `atleast3`.

use crate::query::ast::{Connector, Presence, Reach, Succession};

/// The widest reach in words: beyond it a connector says no more than AND.
pub const MAX_REACH_WORDS: u32 = 255;

/// The most often that something can be asked for: no article says a thing more often, and it bounds the work on one.
pub const MAX_TIMES: u32 = 999;

/// What is proposed to who gives no number: what the help of the program shows.
const USUAL_REACH_WORDS: u32 = 5;

/// The same of `atleast`: less than that says nothing.
const USUAL_TIMES: u32 = 2;

/// What is one in all but its number, with a complaint and what would work in its place.
pub(super) struct Unclear {
    pub message: String,
    pub instead: String,
}

/// Reads the connector at the start of `rest`, whose first stretch is `run`; tells how many bytes it takes.
///
/// `w/` and `w/5x` want a number; `w/o` and `pre/post`, and paths such as `w/2024/a.html`, are words.
pub(super) fn read(rest: &str, run: &str) -> Option<(Result<Connector, Unclear>, usize)> {
    if run.eq_ignore_ascii_case("not") {
        let behind = rest[run.len()..].trim_start();
        let next = &behind[..behind.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')).unwrap_or(behind.len())];
        let connector = one(next, Presence::NotNear)?;
        return Some((connector, rest.len() - behind.len() + next.len()));
    }
    one(run, Presence::Near).map(|connector| (connector, run.len()))
}

fn one(run: &str, presence: Presence) -> Option<Result<Connector, Unclear>> {
    let (name, reach) = run.split_once('/')?;
    let order = match name.to_ascii_lowercase().as_str() {
        "w" => Succession::Any,
        "pre" => Succession::AsWritten,
        _ => return None,
    };
    let unclear = |message: String| {
        let instead = text(Connector { reach: Reach::Words(USUAL_REACH_WORDS), order, presence });
        Some(Err(Unclear { message, instead }))
    };
    let reach = match reach.to_ascii_lowercase().as_str() {
        "s" => Reach::Sentence,
        "p" => Reach::Paragraph,
        digits if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
            Ok(words @ 1..=MAX_REACH_WORDS) => Reach::Words(words),
            _ => return unclear(format!("a connector reaches over 1 to {MAX_REACH_WORDS} words")),
        },
        "" => return unclear(format!("`{name}/` needs to know how far it reaches: a number of words, `s` or `p`")),
        odd if begins_as_number(odd) => {
            return unclear(format!("`{reach}` is not how far a connector reaches: a number of words, `s` or `p`"));
        }
        _ => return None,
    };
    Some(Ok(Connector { reach, order, presence }))
}

/// Tells a number with something behind it from the parts of a path.
fn begins_as_number(reach: &str) -> bool {
    let number = reach.trim_start_matches(['-', '+']);
    let is_path = reach.contains('/') || (reach.contains('.') && reach.contains(char::is_alphabetic));
    number.starts_with(|c: char| c.is_ascii_digit()) && !is_path
}

/// Reads `atleast3`, or what is meant so: `atleast` and `atleast3x` want a number. It is one only where a group follows directly.
pub(super) fn at_least(run: &str) -> Option<Result<u32, Unclear>> {
    let count = run.get(..7).filter(|start| start.eq_ignore_ascii_case("atleast")).map(|start| &run[start.len()..])?;
    if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Ok(count.parse().unwrap_or(MAX_TIMES).clamp(1, MAX_TIMES)));
    }
    let is_meant = count.is_empty() || begins_as_number(count);
    let message = "`atleast` needs a number right behind it".to_owned();
    is_meant.then(|| Err(Unclear { message, instead: format!("atleast{USUAL_TIMES}") }))
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
