//! The report for reading: how much of each kind, then examples with what would repair them.

use std::collections::BTreeMap;
use std::io::{Result, Write};
use std::path::Path;

use dateline::doctor::{Finding, Kind, Report};
use dateline::moment::Moment;
use dateline::search::Folder;
use dateline::walk;

use super::fix::{self, Fix};
use crate::printers::{counted, readable, shown_path};
use crate::screen::{Screen, Style, safe};

/// Articles of one file that are named under it, unless all of a kind are wanted.
const SHOWN_ARTICLES: usize = 3;

/// What is shown of a report.
pub struct Shown<'s> {
    /// The one kind that is wanted.
    pub wanted: Option<Kind>,
    /// How many files of each kind.
    pub limit: usize,
    /// The day of the examination.
    pub today: Moment,
    /// The folders of the index.
    pub folders: &'s [Folder],
}

/// Prints a report.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(report: &Report, shown: &Shown, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let counts: BTreeMap<Kind, usize> =
        report.counts().into_iter().filter(|(kind, _)| shown.wanted.is_none_or(|wanted| wanted == *kind)).collect();
    let looked_at = format!(
        "{} in {}, looked at on {}",
        counted(report.articles as u64, "article", "articles"),
        counted(report.files as u64, "file", "files"),
        readable(shown.today)
    );
    print_wrapped(&looked_at, ("", Style::Headline), screen, out)?;
    if !counts.keys().any(|kind| kind.is_trouble() || shown.wanted.is_some()) {
        let nothing = shown.wanted.map_or_else(|| "nothing to repair".to_owned(), |kind| format!("none of the kind {}", kind.label()));
        print_wrapped(&nothing, ("", Style::Label), screen, out)?;
    }
    if shown.wanted.is_none() && !counts.is_empty() {
        writeln!(out)?;
        print_counts(&counts, screen, out)?;
    }
    let table = Table::of(&counts);
    for kind in counts.into_keys() {
        writeln!(out)?;
        let is_said = if shown.wanted.is_none() && table.has_room(kind, screen) { Said::Yes } else { Said::No };
        let findings = report.of(kind);
        print_kind(findings, &title(kind, findings, is_said), shown, screen, out)?;
    }
    Ok(())
}

/// How the table of counts is laid out.
struct Table {
    digits: usize,
    label_columns: usize,
}

impl Table {
    fn of(counts: &BTreeMap<Kind, usize>) -> Self {
        Table {
            digits: counts.values().max().map_or(0, |count| count.to_string().len()),
            label_columns: counts.keys().map(|kind| kind.label().len()).max().unwrap_or(0),
        }
    }

    /// Tells whether the table has room for what a kind means.
    fn has_room(&self, kind: Kind, screen: &Screen) -> bool {
        self.digits + 2 + self.label_columns + 2 + kind.meaning().len() <= screen.width()
    }
}

fn print_counts(counts: &BTreeMap<Kind, usize>, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let table = Table::of(counts);
    let (digits, label_columns) = (table.digits, table.label_columns);
    for (kind, count) in counts {
        let style = if kind.is_trouble() { Style::Attention } else { Style::Quiet };
        let number = format!("{count:>digits$}");
        write!(out, "{}  ", screen.styled(&number, style))?;
        if table.has_room(*kind, screen) {
            writeln!(out, "{:label_columns$}  {}", kind.label(), screen.styled(kind.meaning(), Style::Quiet))?;
        } else {
            writeln!(out, "{}", kind.label())?;
        }
    }
    Ok(())
}

fn print_kind(findings: &[Finding], title: &str, shown: &Shown, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let Some(kind) = findings.first().map(|finding| finding.kind) else { return Ok(()) };
    print_wrapped(title, ("", Style::Headline), screen, out)?;
    if kind == Kind::OtherKind && shown.wanted.is_none() {
        return print_wrapped(&endings(findings), ("  ", Style::Label), screen, out);
    }
    let files: Vec<&[Finding]> = findings.chunk_by(|a, b| a.file == b.file).collect();
    let mut fixed: Vec<(Fix, &[Finding])> = files.iter().take(shown.limit).map(|file| (fix::of(&file[0], shown.folders), *file)).collect();
    // What the same lines would repair stands together, above them.
    fixed.sort_by(|(a, _), (b, _)| a.generic().cmp(&b.generic()));
    for alike in fixed.chunk_by(|(a, _), (b, _)| a.generic() == b.generic()) {
        for (_, file) in alike {
            print_file(file, shown, screen, out)?;
        }
        print_fix(&alike[0].0, alike.len(), screen, out)?;
    }
    let more = files.len().saturating_sub(shown.limit);
    if more > 0 {
        let line = format!("and {}: dateline doctor --kind {}", counted(more as u64, "more file", "more files"), kind.label());
        print_wrapped(&line, ("  ", Style::Quiet), screen, out)?;
    }
    Ok(())
}

/// Says what a part of the report is about: `undated: 7 articles`, and what that means, unless the table has said it.
fn title(kind: Kind, findings: &[Finding], is_said: Said) -> String {
    let is_of_articles = findings.iter().any(|finding| finding.ordinal.is_some());
    let (one, many) = if is_of_articles { ("article", "articles") } else { ("file", "files") };
    let title = format!("{}: {}", kind.label(), counted(findings.len() as u64, one, many));
    if is_said == Said::Yes { title } else { format!("{title}, {}", kind.meaning()) }
}

/// Whether the table has said what a kind means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
}

/// Counts files by the endings of their names: `12 .jpg, 3 .css, 1 without an ending`.
fn endings(findings: &[Finding]) -> String {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for finding in findings {
        let ending = Path::new(&*finding.file.path).extension().map(|ending| format!(".{}", ending.to_string_lossy().to_lowercase()));
        *counts.entry(ending.unwrap_or_else(|| "without an ending".to_owned())).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.iter().map(|(ending, count)| format!("{count} {ending}")).collect::<Vec<_>>().join(", ")
}

/// Prints what was found in one file: its path, and its articles by their ids with what shows the trouble.
fn print_file(findings: &[Finding], shown: &Shown, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let path = shown_path(shown.folders, &first.file);
    print_wrapped(&path, ("  ", Style::Label), screen, out)?;
    let articles_max = if shown.wanted.is_some() { usize::MAX } else { SHOWN_ARTICLES };
    for finding in findings.iter().take(articles_max) {
        let id = finding.id.as_deref().filter(|id| *id != &*first.file.path).unwrap_or_default();
        let parts: Vec<&str> = [id, &finding.detail].into_iter().filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            print_wrapped(&parts.join(": "), ("    ", Style::Plain), screen, out)?;
        }
    }
    let more = findings.len().saturating_sub(articles_max);
    if more > 0 {
        print_wrapped(&format!("and {}", counted(more as u64, "more article", "more articles")), ("    ", Style::Quiet), screen, out)?;
    }
    Ok(())
}

/// Prints what would repair so many files.
fn print_fix(fix: &Fix, files: usize, screen: &Screen, out: &mut dyn Write) -> Result<()> {
    let name = fix.file.as_deref().and_then(|file| Path::new(file).file_name()).map(|name| walk::written(Path::new(name)));
    let words = match (fix.how, name) {
        ("front matter", _) => if files == 1 { "write into its front matter:" } else { "write into the front matter of each:" }.to_owned(),
        ("sidecar", Some(name)) if files == 1 => format!("write into {name} beside it:"),
        ("sidecar", _) => "write into FILE.meta.yaml beside each:".to_owned(),
        ("option", _) => "if it stands there under another NAME:".to_owned(),
        ("look", _) => "see what was read, and what was taken out:".to_owned(),
        _ => return print_wrapped(&fix.lines.join("; "), ("    ", Style::Quiet), screen, out),
    };
    print_wrapped(&words, ("    ", Style::Quiet), screen, out)?;
    let lines = if files == 1 { fix.lines.clone() } else { fix.generic().1 };
    for line in lines {
        print_wrapped(&line, ("      ", Style::Match), screen, out)?;
    }
    Ok(())
}

/// Prints a text, made safe, in lines that fit, each after an indent and in a style.
fn print_wrapped(text: &str, (indent, style): (&str, Style), screen: &Screen, out: &mut dyn Write) -> Result<()> {
    for line in screen.wrapped(&safe(text), indent) {
        let inside = line.trim_start();
        writeln!(out, "{}{}", &line[..line.len() - inside.len()], screen.styled(inside, style))?;
    }
    Ok(())
}
