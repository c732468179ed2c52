//! A check of an index for reading: what was looked at, a line a fault, and the verdict.

use std::collections::BTreeSet;
use std::io::Write;

use dateline::ingest::Verification;
use dateline::search::Mend;

use super::place;
use crate::printers::{counted, size};
use crate::screen::{Screen, Style, safe};

/// Faults that are printed; how many more there are is told.
const SHOWN_MAX: usize = 50;

/// Leftovers that are named; how many more there are is told.
const NAMED_LEFTOVERS_MAX: usize = 3;

/// Prints a check.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(verification: &Verification, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    for (name, line) in looked_at(verification) {
        writeln!(out, "{} {line}", screen.styled(&format!("{name:9}"), Style::Label))?;
    }
    let listed = verification.faults.listed();
    for fault in listed.iter().take(SHOWN_MAX) {
        let place = place::of(&fault.place, &verification.folders).readable();
        let kind = screen.styled(fault.kind.label(), Style::Attention);
        writeln!(out, "{kind}: {}: {}; try: {}", safe(&place), safe(&fault.cause), place::way_out(fault.mend))?;
    }
    let more = verification.faults.total().saturating_sub(listed.len().min(SHOWN_MAX) as u64);
    if more > 0 {
        writeln!(out, "and {more} more; `dateline verify --json` lists them")?;
    }
    if let Some(line) = leftovers(&verification.files.leftovers) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{}", verdict(verification))
}

fn looked_at(verification: &Verification) -> Vec<(&'static str, String)> {
    let files = &verification.files;
    let damaged = match files.damaged.len() {
        0 => "all as they were written".to_owned(),
        number => format!("{number} damaged"),
    };
    let mut lines = vec![("files", format!("{}, {}: {damaged}", counted(files.files, "file", "files"), size(files.len_bytes)))];
    lines.push(match &verification.contents {
        Some(contents) => {
            let (articles, groups) = (counted(contents.articles, "article", "articles"), counted(contents.groups, "group", "groups"));
            ("contents", format!("{articles} in {groups}, {}", counted(contents.passages, "passage", "passages")))
        }
        None => ("contents", "not looked at".to_owned()),
    });
    if let Some(folders) = &verification.against_files {
        let (files, articles) = (counted(folders.files, "file", "files"), counted(folders.articles, "article", "articles"));
        lines.push(("folders", format!("{files}, {} read again: {articles}", size(folders.len_bytes))));
    }
    lines
}

fn leftovers(names: &[String]) -> Option<String> {
    let named: Vec<&str> = names.iter().take(NAMED_LEFTOVERS_MAX).map(String::as_str).collect();
    let more = names.len() - named.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let what = counted(names.len() as u64, "file", "files");
    (!names.is_empty()).then(|| {
        format!("note: an interrupted run left {what} behind, which the next `dateline index` removes: {}{more}", named.join(", "))
    })
}

fn verdict(verification: &Verification) -> String {
    let took = format!("{:.1} s", verification.took.as_secs_f64());
    if verification.is_whole() {
        let and_files = if verification.against_files.is_some() { ", and it is what its folders give" } else { "" };
        return format!("the index is whole{and_files} ({took})");
    }
    let faults = &verification.faults;
    let kinds: Vec<String> = faults.counts().iter().map(|(kind, count)| format!("{count} {}", kind.label())).collect();
    let mends: BTreeSet<Mend> = faults.listed().iter().map(|fault| fault.mend).collect();
    let mends: Vec<&str> = mends.into_iter().map(place::way_out).collect();
    let what = if faults.listed().iter().all(|fault| fault.kind.is_of_folders()) {
        "the index is not what its folders give"
    } else {
        "the index is not whole"
    };
    format!("{what}: {} ({took}); try: {}", kinds.join(", "), mends.join("; "))
}
