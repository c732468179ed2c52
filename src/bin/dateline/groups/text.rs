//! Groups for reading: the headline, how many printed it and since when, then each article.

use std::io::Write;

use dateline::search::{Folder, Grouped};

use crate::groups::group::Group;
use crate::printers::{counted, date_line, headline_line, own_id, readable, relation_line, shown_path, source_line};
use crate::screen::{Screen, Style, safe};

/// Prints groups in the order given.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(groups: &[&Group], folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    for group in groups {
        print_head(group, screen, out)?;
        for member in group.members {
            print_member(group, member, folders, screen, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Prints what a group is about, and how many articles of how many outlets it has from when to when.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_head(group: &Group, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let Some(first) = group.representative() else { return Ok(()) };
    let headline = std::iter::once(first).chain(group.members).find(|member| member.article.metadata.headline.is_some()).unwrap_or(first);
    for line in screen.wrapped(&safe(&headline_line(&headline.article.metadata, "")), "") {
        writeln!(out, "{}", screen.styled(&line, Style::Headline))?;
    }
    let articles = counted(group.members.len() as u64, "article", "articles");
    let sources = counted(group.sources().len() as u64, "source", "sources");
    let counts = format!("{articles} from {sources}, {} · group {}", days(group), first.group);
    for line in screen.wrapped(&counts, "") {
        writeln!(out, "{}", screen.styled(&line, Style::Label))?;
    }
    Ok(())
}

/// Says on which days a group was printed: `14 Nov 2024`, `14 Nov 2024 to 3 Dec 2024`, `undated`.
fn days(group: &Group) -> String {
    let (Some(first), Some(last)) = (group.earliest, group.latest()) else { return "undated".to_owned() };
    let (first, last) = (first.to_day(), last.to_day());
    if first == last { readable(first) } else { format!("{} to {}", readable(first), readable(last)) }
}

fn print_member(group: &Group, member: &Grouped, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let metadata = &member.article.metadata;
    let path = shown_path(folders, &member.article.key.file);
    let earliest = if group.members.len() > 1 && group.is_earliest(member) { " (earliest)" } else { "" };
    let own = own_id(&member.article);
    let (relation, date) = (relation_line(member.tie.as_ref()), date_line(metadata.published.as_ref()));
    let line = format!("{relation:<14} {} · {date}{earliest} · {path}{own}", source_line(metadata));
    for line in screen.wrapped(&safe(&line), "  ") {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
