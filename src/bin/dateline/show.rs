//! `dateline show`: one article of the index, with where its values were read, and its group.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use dateline::article::Furniture;
use dateline::error::Error;
use dateline::ingest;
use dateline::search::{Folder, Searcher, StoredArticle};
use dateline::walk;

use crate::Outcome;
use crate::args::{Place, ShowOptions};
use crate::article::{print_article, print_furniture};
use crate::failure::Failure;
use crate::lookup::find;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::{counted, date_line, json, openable_path, percent, relation_line, shown_path, source_line};
use crate::screen::{Screen, Style, safe};
use crate::search::open_or_build;

/// Of a file that is printed as it is, no more is held than so much of a line.
const RAW_PIECE_BYTES: u64 = 1 << 20;

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
            print_raw(&path, &screen, &mut out)?;
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
                writeln!(out, "{}", json::printed(&json::stored(stored, &furniture, folders)))?;
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

/// Prints a file as it is: byte for byte to a program, line by line made safe to a terminal.
fn print_raw(path: &Path, screen: &Screen, out: &mut dyn Write) -> Result<(), Failure> {
    let failed = |error| Error::io("read", walk::written(path), error);
    let mut file = BufReader::new(File::open(path).map_err(failed)?);
    let mut piece = Vec::new();
    loop {
        piece.clear();
        let read = (&mut file).take(RAW_PIECE_BYTES).read_until(b'\n', &mut piece).map_err(failed)?;
        if read == 0 {
            return Ok(());
        }
        if !screen.is_terminal() {
            out.write_all(&piece)?;
            continue;
        }
        let line = piece.strip_suffix(b"\n");
        write!(out, "{}", safe(&String::from_utf8_lossy(line.unwrap_or(&piece))))?;
        if line.is_some() {
            writeln!(out)?;
        }
    }
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
    let path = walk::written(path);
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
        let path = shown_path(searcher.folders(), &copied.article.key.file);
        let line = format!("{relation} · {} · {} · {path}", source_line(metadata), date_line(metadata.published.as_ref()));
        for line in screen.wrapped(&safe(&line), "  ") {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
