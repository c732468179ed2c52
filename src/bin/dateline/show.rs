//! `dateline show`: one article of the index, with where its values were read, and its group.

use std::io::Write;
use std::path::Path;

use dateline::article::Furniture;
use dateline::error::Error;
use dateline::ingest;
use dateline::search::{Folder, Searcher, StoredArticle};

use crate::Outcome;
use crate::args::{Place, ShowOptions};
use crate::article::{print_article, print_furniture};
use crate::failure::Failure;
use crate::lookup::find;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::{counted, date_line, json, openable_path, percent, relation_line, source_line};
use crate::screen::{Screen, Style, safe};
use crate::search::open_or_build;

/// Runs the command.
pub fn run(place: &Place, options: &ShowOptions) -> Result<Outcome, Failure> {
    let searcher = open_or_build(&place.index)?;
    let found = find(searcher.as_ref(), &options.id)?;
    if found.is_empty() {
        writeln!(std::io::stderr(), "no article has the id {}\n  try: an id or a path as `dateline search` prints it", safe(&options.id))?;
        return Ok(Outcome::NothingFound);
    }
    if found.len() > 1 {
        writeln!(std::io::stderr(), "{} documents claim the id {}", found.len(), safe(&options.id))?;
    }
    let screen = Screen::of_stdout(place.color);
    let mut out = Output::new(place);
    for stored in &found {
        let folders = searcher.folders();
        let path = openable_path(folders, &stored.entry.key.file);
        if options.raw {
            let bytes = std::fs::read(&path).map_err(|error| Error::io("read", path.display().to_string(), error))?;
            if screen.is_terminal() {
                for line in String::from_utf8_lossy(&bytes).lines() {
                    writeln!(out, "{}", safe(line))?;
                }
            } else {
                out.write_all(&bytes)?;
            }
        } else {
            let furniture = if options.json {
                // The index has the article even where its file is gone.
                furniture(&path, stored, folders).unwrap_or_default()
            } else if options.furniture {
                furniture(&path, stored, folders)?
            } else {
                Vec::new()
            };
            if options.json {
                writeln!(out, "{}", json::stored(stored, &furniture, folders))?;
            } else {
                print(stored, &path, &screen, &mut out)?;
                if options.furniture {
                    print_furniture(&furniture, &screen, &mut out)?;
                }
                print_group(stored, searcher.as_ref(), &screen, &mut out)?;
            }
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

/// Reads again what was taken out of the page: the index keeps only what is searched.
fn furniture(path: &Path, stored: &StoredArticle, folders: &[Folder]) -> Result<Vec<Furniture>, Failure> {
    let folder = folders.iter().find(|folder| folder.number == stored.entry.key.file.folder);
    let options = pdf_text::reading().with_map(folder.map(|folder| folder.map.clone()).unwrap_or_default());
    let mut found = Vec::new();
    ingest::read_file(path, &options, &mut |result| match result {
        Ok(article) if article.ordinal == stored.entry.article.ordinal => found = article.furniture,
        _ => {}
    })?;
    // What recurs on the outlet's other pages is known to the index alone.
    found.extend(stored.entry.trimmed.furniture());
    found.sort_by_key(|piece| piece.lines);
    Ok(found)
}

fn print(stored: &StoredArticle, path: &Path, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    let path = path.display().to_string();
    writeln!(out, "{}", screen.styled(&safe(&path), Style::Quiet))?;
    print_article(&stored.entry.article, screen, out)?;
    Ok(())
}

fn print_group(stored: &StoredArticle, searcher: &dyn Searcher, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    let group = &stored.group;
    if group.articles < 2 {
        writeln!(out, "{}", screen.styled("no copies of it in the index", Style::Quiet))?;
        return Ok(());
    }
    let title = format!(
        "same text: {} from {}, group {}",
        counted(u64::from(group.articles), "article", "articles"),
        counted(u64::from(group.sources), "source", "sources"),
        group.id
    );
    writeln!(out, "{}", screen.styled(&title, Style::Headline))?;
    let own = stored.entry.grouping.membership.and_then(|membership| membership.tie);
    let own = own.map_or_else(
        || "this is the representative".to_owned(),
        |tie| format!("this is: {} {}", tie.relation.label(), percent(tie.resemblance.share())),
    );
    writeln!(out, "  {own}")?;
    for copied in &stored.copies {
        let relation = relation_line(copied.tie.as_ref());
        let metadata = &copied.article.metadata;
        let path = openable_path(searcher.folders(), &copied.article.key.file).display().to_string();
        let line = format!("{relation} · {} · {} · {path}", source_line(metadata), date_line(metadata.published.as_ref()));
        for line in screen.wrapped(&safe(&line), "  ") {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
