//! `dateline groups`: which articles are the same text.

use std::io::{BufWriter, Write};

use dateline::search::{Folder, Grouped};

use crate::Outcome;
use crate::args::{GroupsFormat, GroupsOptions, Place};
use crate::failure::Failure;
use crate::printers::{counted, date_line, headline_line, json, openable_path, relation_line, source_line};
use crate::screen::{Screen, Style, safe};
use crate::search::open_or_build;

/// Runs the command.
pub fn run(place: &Place, options: &GroupsOptions) -> Result<Outcome, Failure> {
    let searcher = open_or_build(&place.index)?;
    let grouped = searcher.groups()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if options.format == GroupsFormat::Tsv {
        for article in &grouped {
            print_line(article, &mut out)?;
        }
        out.flush()?;
        return Ok(Outcome::Done);
    }
    let screen = Screen::of_stdout(place.color);
    let mut groups: Vec<&[Grouped]> = grouped.chunk_by(|a, b| a.group == b.group).collect();
    let (articles, all) = (grouped.len() as u64, groups.len() as u64);
    groups.retain(|members| members.len() > 1);
    groups.sort_by_key(|members| std::cmp::Reverse(members.len()));
    for members in groups.iter().take(options.limit) {
        print_group(members, searcher.folders(), &screen, &mut out)?;
    }
    out.flush()?;
    drop(out);
    let with_copies = counted(groups.len() as u64, "group", "groups");
    let shown = if groups.len() > options.limit { format!("; the largest {} shown", options.limit) } else { String::new() };
    writeln!(
        std::io::stderr(),
        "{} in {}, {with_copies} of two or more{shown}",
        counted(articles, "article", "articles"),
        counted(all, "group", "groups")
    )?;
    Ok(if groups.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Prints `article<TAB>group<TAB>relation<TAB>resemblance<TAB>containment`; a blank stands for a tab or line break in an id.
fn print_line(article: &Grouped, out: &mut dyn Write) -> std::io::Result<()> {
    let relation = article.tie.as_ref().map_or("representative", |tie| tie.relation.label());
    let (resemblance, containment) = json::shares(article.tie.as_ref());
    writeln!(out, "{}\t{}\t{relation}\t{resemblance:.3}\t{containment:.3}", safe(&article.article.id), article.group)
}

fn print_group(members: &[Grouped], folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let Some(first) = members.first() else { return Ok(()) };
    let headline = members.iter().find(|member| member.article.metadata.headline.is_some()).unwrap_or(first);
    let mut sources: Vec<&str> =
        members.iter().filter_map(|member| member.article.metadata.source.as_ref()).map(|source| source.value.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    for line in screen.wrapped(&safe(&headline_line(&headline.article.metadata, "")), "") {
        writeln!(out, "{}", screen.styled(&line, Style::Headline))?;
    }
    let counts =
        format!("{} from {}", counted(members.len() as u64, "article", "articles"), counted(sources.len() as u64, "source", "sources"));
    writeln!(out, "{}", screen.styled(&counts, Style::Label))?;
    for member in members {
        let relation = relation_line(member.tie.as_ref());
        let metadata = &member.article.metadata;
        let path = openable_path(folders, &member.article.key.file).display().to_string();
        let line = format!("{relation:<14} {} · {} · {path}", source_line(metadata), date_line(metadata.published.as_ref()));
        for line in screen.wrapped(&safe(&line), "  ") {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out)
}
