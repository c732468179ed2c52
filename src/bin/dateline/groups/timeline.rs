//! One group as a time line: who printed it when, how long after the first, and what became of it.

use std::io::Write;

use dateline::moment::{Gap, Moment};
use dateline::search::{Folder, Grouped};

use crate::groups::group::{Group, published};
use crate::groups::text::print_head;
use crate::printers::{counted, date_line, own_id, percent, relation_line, shown_path, source_line};
use crate::screen::{Screen, Style, safe};

/// Prints a group whose articles are in the order of their dates.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(group: &Group, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    print_head(group, screen, out)?;
    for member in group.members {
        writeln!(out)?;
        print_member(group, member, folders, screen, out)?;
    }
    Ok(())
}

fn print_member(group: &Group, member: &Grouped, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let metadata = &member.article.metadata;
    let date = date_line(metadata.published.as_ref());
    let when = match since_earliest(group, member) {
        Some(gap) => format!("{date}  {gap}"),
        None => date,
    };
    for line in screen.wrapped(&safe(&when), "") {
        writeln!(out, "{}", screen.styled(&line, Style::Label))?;
    }
    let path = shown_path(folders, &member.article.key.file);
    let own = own_id(&member.article);
    let headline = metadata.headline.as_ref().filter(|_| differs(group, member)).map(|headline| format!("“{}”", headline.value));
    let about = format!("{} · {}", source_line(metadata), relation(member));
    let lines = [(Some(about), Style::Plain), (headline, Style::Headline), (Some(path + &own), Style::Quiet)];
    for (line, style) in lines {
        for line in line.iter().flat_map(|line| screen.wrapped(&safe(line), "  ")) {
            writeln!(out, "{}", screen.styled(&line, style))?;
        }
    }
    Ok(())
}

/// Says what an article is to the representative, and how much of each stands in the other where the two shares differ.
fn relation(member: &Grouped) -> String {
    let line = relation_line(member.tie.as_ref());
    let Some(tie) = &member.tie else { return line };
    let (own, other) = (percent(tie.containment.share()), percent(tie.containment_of_representative.share()));
    if own == other { line } else { format!("{line}: {own} of it is in the representative, {other} of that in it") }
}

/// Tells whether an article's headline is another one than the representative's.
fn differs(group: &Group, member: &Grouped) -> bool {
    let headline = |member: &Grouped| member.article.metadata.headline.as_ref().map(|headline| headline.value.clone());
    group.representative().is_none_or(|representative| headline(representative) != headline(member))
}

/// Says how long after the earliest of its group an article was published, as finely as both dates are stated.
fn since_earliest(group: &Group, member: &Grouped) -> Option<String> {
    let (own, earliest) = (published(member)?, group.earliest?);
    if group.members.len() < 2 {
        return None;
    }
    Some(gap_line(own, earliest))
}

fn gap_line(own: Moment, earliest: Moment) -> String {
    match own.after(earliest) {
        _ if own == earliest => "earliest".to_owned(),
        Gap::Days(0) => "the same day".to_owned(),
        Gap::Days(days) => signed(days, &counted(days.unsigned_abs(), "day", "days")),
        Gap::Minutes(0) | Gap::ClockMinutes(0) => "at the same time".to_owned(),
        Gap::Minutes(minutes) => signed(minutes, &duration(minutes.unsigned_abs())),
        Gap::ClockMinutes(minutes) => format!("{} by the clock", signed(minutes, &duration(minutes.unsigned_abs()))),
    }
}

fn signed(number: i64, text: &str) -> String {
    format!("{}{text}", if number < 0 { '−' } else { '+' })
}

/// Writes a length of time in its two largest units: `35 min`, `2 h 10 min`, `3 days 4 h`.
fn duration(minutes: u64) -> String {
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = match (days, hours) {
        (0, 0) => [None, Some(format!("{rest} min"))],
        (0, _) => [Some(format!("{hours} h")), (rest > 0).then(|| format!("{rest} min"))],
        _ => [Some(counted(days, "day", "days")), (hours > 0).then(|| format!("{hours} h"))],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_pretend_to_nothing() {
        for (first, then, expected) in [
            ("2024-11-14", "2024-11-14", "earliest"),
            ("2024-11-14", "2024-11-14T10:00", "the same day"),
            ("2024-11-14T23:50Z", "2024-11-15", "+1 day"),
            ("2024-11-14T05:40Z", "2024-11-14T06:15Z", "+35 min"),
            ("2024-11-14T05:40Z", "2024-11-14T08:50+01:00", "+2 h 10 min"),
            ("2024-11-14T05:40Z", "2024-11-14T06:40+01:00", "at the same time"),
            ("2024-11-14T05:40Z", "2024-11-14T06:00+01:00", "−40 min"),
            ("2024-11-14T05:40", "2024-11-14T07:40", "+2 h by the clock"),
            ("2024-11-14T05:40Z", "2024-11-17T10:00Z", "+3 days 4 h"),
        ] {
            let (first, then): (Moment, Moment) = (first.parse().unwrap(), then.parse().unwrap());
            assert_eq!(gap_line(then, first), expected, "{first} {then}");
        }
    }
}
