//! `dateline groups`: which articles are the same text, and one group as a time line.

use std::io::Write;

use dateline::search::{GroupId, Grouped, Searcher};

use crate::Outcome;
use crate::args::{GroupsFormat, GroupsOptions, Place};
use crate::days;
use crate::failure::Failure;
use crate::groups::group::Group;
use crate::groups::selection::Selection;
use crate::lookup::find;
use crate::pager::Output;
use crate::printers::json::printed;
use crate::printers::{Totals, counted};
use crate::screen::{Screen, safe};
use crate::search::open_or_build;

mod group;
mod json;
mod selection;
mod text;
mod timeline;
mod tsv;

/// Groups that are shown for reading unless told otherwise: a few screens.
const GROUPS_FOR_READING: usize = 20;

/// The fewest digits of an id that name a group: among a million groups four name fifteen, three two hundred.
const DIGITS_MIN: usize = 4;

/// Groups that are named where a few digits of an id name several.
const NAMED_GROUPS_MAX: usize = 5;

/// Runs the command.
pub fn run(place: &Place, options: &GroupsOptions) -> Result<Outcome, Failure> {
    days::check_range(options.since, options.until)?;
    let searcher = open_or_build(&place.index)?;
    match &options.id {
        Some(id) => run_one(place, options, id, searcher.as_ref()),
        None => run_all(place, options, searcher.as_ref()),
    }
}

fn run_all(place: &Place, options: &GroupsOptions, searcher: &dyn Searcher) -> Result<Outcome, Failure> {
    let grouped = searcher.groups()?;
    let all: Vec<Group> = grouped.chunk_by(|a, b| a.group == b.group).map(Group::new).collect();
    let selection = Selection::of(options);
    let mut kept: Vec<&Group> = all.iter().filter(|group| selection.keeps(group)).collect();
    kept.sort_by_key(|group| group.place());
    let limit = options.limit.unwrap_or(if options.format == GroupsFormat::Text { GROUPS_FOR_READING } else { usize::MAX });
    let shown = &kept[..kept.len().min(limit)];
    let totals = group::totals(kept.iter().copied());
    let (mut out, mut about) = (Output::new(place), Vec::new());
    match options.format {
        GroupsFormat::Text => text::print(shown, searcher.folders(), &Screen::of_stdout(place.color), &mut out)?,
        GroupsFormat::Tsv => shown.iter().flat_map(|group| group.members).try_for_each(|article| tsv::print_line(article, &mut out))?,
        GroupsFormat::Json => writeln!(out, "{}", printed(&json::listing(totals, shown, searcher.folders())))?,
    }
    if options.format == GroupsFormat::Text {
        print_totals(totals, group::totals(all.iter()), shown.len(), &mut about)?;
    }
    out.finish_with(&about)?;
    Ok(if kept.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Says what is kept, and of how much.
fn print_totals(kept: Totals, all: Totals, shown: usize, err: &mut dyn Write) -> Result<(), Failure> {
    let rest = if (shown as u64) < kept.groups { format!("; the largest {shown} shown") } else { String::new() };
    let line = if kept == all { format!("{kept}{rest}") } else { format!("{kept}{rest}; the index has {all}") };
    for line in Screen::of_stderr().wrapped(&line, "") {
        writeln!(err, "{line}")?;
    }
    Ok(())
}

fn run_one(place: &Place, options: &GroupsOptions, id: &str, searcher: &dyn Searcher) -> Result<Outcome, Failure> {
    let Some(mut members) = resolve(id, searcher)? else {
        let message = format!("no group and no article has the id {}", safe(id));
        let hint = "the first digits of a group's id, at least four, or an article's id or path, as `dateline groups` prints them";
        writeln!(std::io::stderr(), "{message}\n  try: {hint}")?;
        return Ok(Outcome::NothingFound);
    };
    // The order of the time line: days as stated, then times of day, undated last; the representative has no place of its own.
    members.sort_by(|a, b| group::by_date(a).cmp(&group::by_date(b)).then_with(|| a.article.key.cmp(&b.article.key)));
    let group = Group::new(&members);
    let mut out = Output::new(place);
    match options.format {
        GroupsFormat::Text => timeline::print(&group, searcher.folders(), &Screen::of_stdout(place.color), &mut out)?,
        GroupsFormat::Tsv => members.iter().try_for_each(|article| tsv::print_line(article, &mut out))?,
        GroupsFormat::Json => writeln!(out, "{}", printed(&json::timeline(&group, searcher.folders())))?,
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// Finds the one group that an article's id or path, or the first digits of a group's id, name; an article comes first, since it
/// may have any id. The id of a group that was merged or split leads to where its articles are now.
fn resolve(id: &str, searcher: &dyn Searcher) -> Result<Option<Vec<Grouped>>, Failure> {
    let mut ids: Vec<GroupId> = find(searcher, id)?.iter().map(|stored| stored.group.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Vec::new();
    for id in &ids {
        found.extend(searcher.groups_named(*id..=*id)?.present);
    }
    if let Some(range) = GroupId::range_of(id).filter(|_| ids.is_empty() && id.len() >= DIGITS_MIN) {
        let named = searcher.groups_named(range)?;
        found = named.present;
        if found.is_empty() && !named.successors.is_empty() {
            writeln!(std::io::stderr(), "there is no group {} any more: its articles are in another one now", safe(id))?;
            found = named.successors;
        }
    }
    if found.len() > 1 {
        let named: Vec<String> =
            found.iter().filter_map(|members| members.first()).take(NAMED_GROUPS_MAX).map(|first| first.group.to_string()).collect();
        let more = if found.len() > named.len() { " and more" } else { "" };
        let count = counted(found.len() as u64, "group", "groups");
        return Err(Failure::usage(format!("{count} answer to {id}: {}{more}", named.join(", ")), "all digits of the one you mean"));
    }
    Ok(found.pop())
}
