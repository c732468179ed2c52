//! What is said while folders are followed: a line with the time for what has changed, and each warning once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use dateline::error::{Error, Warning};
use dateline::ingest::{Change, IngestReport};
use dateline::moment::Moment;

use crate::failure::Failure;
use crate::printers::{Totals, counted};
use crate::screen::safe;

use super::follow::Notice;

/// Warnings of one update that are printed; how many more there are is told.
const WARNINGS_MAX: usize = 50;

/// Says what happens, and remembers what has been said.
#[derive(Debug, Default)]
pub struct Log {
    /// Hashes of the warnings that hold as far as is known, with those of the files they are about.
    told: HashMap<u64, u64>,
    trouble: Option<String>,
}

impl Log {
    /// Prints what has changed.
    pub fn news(&self, text: &str) -> Result<(), Failure> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(now.as_secs()).ok().and_then(Moment::from_unix_seconds);
        let now = now.map(|now| format!("{now}  ")).unwrap_or_default();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{now}{}", safe(text))?;
        Ok(out.flush()?)
    }

    /// Says what the user is to know of the folders.
    pub fn notices(&self, notices: Vec<Notice>) -> Result<(), Failure> {
        for notice in notices {
            match notice {
                Notice::Warning(text) => warn(&text),
                Notice::News(text) => self.news(&text)?,
            }
        }
        Ok(())
    }

    /// Prints what an update did, if it did anything, and its warnings that are new; not those about folders that are known to be gone.
    pub fn report(&mut self, report: &IngestReport, is_gone: impl Fn(&Path) -> bool) -> Result<(), Failure> {
        self.trouble = None;
        if let Some(changed) = changed(report) {
            self.news(&format!("{changed}: {}", totals(report)))?;
        }
        let new = self.new_warnings(report);
        let new: Vec<&Warning> = new.into_iter().filter(|warning| !is_gone(Path::new(&warning.path))).collect();
        new.iter().take(WARNINGS_MAX).for_each(|warning| warn(&warning.to_string()));
        if new.len() > WARNINGS_MAX {
            warn(&format!("and {} more", new.len() - WARNINGS_MAX));
        }
        Ok(())
    }

    /// Says once why the index cannot be brought up to date now.
    pub fn trouble(&mut self, error: &Error) {
        let text = error.to_string();
        if self.trouble.as_ref() != Some(&text) {
            warn(&format!("{text}; it is tried again until it succeeds"));
            self.trouble = Some(text);
        }
    }

    /// Returns the warnings of a report that have not been told, and takes note of all. What has been told of a file holds until the file
    /// is read again; what has been told of a folder holds as long as every update says it.
    pub fn new_warnings<'r>(&mut self, report: &'r IngestReport) -> Vec<&'r Warning> {
        let changed: Vec<u64> = report.changes.iter().map(|change| hash_of(&change.file.path)).collect();
        let present: HashMap<u64, u64> =
            report.warnings.iter().map(|warning| (hash_of(&warning.to_string()), hash_of_file(warning))).collect();
        self.told.retain(|warning, file| present.contains_key(warning) || (*file != STANDING && !changed.contains(file)));
        let new = report.warnings.iter().filter(|warning| !self.told.contains_key(&hash_of(&warning.to_string()))).collect();
        self.told.extend(present);
        new
    }
}

/// The hash of what every update looks at, folders, which are named by where they are.
const STANDING: u64 = 0;

fn hash_of_file(warning: &Warning) -> u64 {
    if Path::new(&warning.path).is_absolute() { STANDING } else { hash_of(&warning.path) }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(STANDING + 1)
}

/// Says how many articles came, changed and went; `None` if nothing did.
fn changed(report: &IngestReport) -> Option<String> {
    let renamed = report.changes.iter().filter(|change| change.change == Change::Renamed).count();
    let counts = [(report.new, "new"), (report.updated, "updated"), (report.removed, "removed")];
    let mut parts: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if renamed > 0 {
        parts.push(counted(renamed as u64, "file renamed", "files renamed"));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Says what the index holds.
pub fn totals(report: &IngestReport) -> Totals {
    let statistics = &report.statistics;
    Totals { articles: statistics.articles, groups: statistics.groups, sources: statistics.sources }
}

fn warn(text: &str) {
    // Where even this cannot be written there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "warning: {}", safe(text));
}

#[cfg(test)]
mod tests {
    use dateline::ingest::FileChange;
    use dateline::search::FileKey;

    use super::*;

    fn report(changed: &[&str], warnings: &[(&str, &str)]) -> IngestReport {
        let file = |path: &&str| FileChange { file: FileKey { folder: 0, path: (*path).into() }, change: Change::Changed };
        IngestReport {
            changes: changed.iter().map(file).collect(),
            warnings: warnings.iter().map(|(path, cause)| Warning::new(*path, *cause)).collect(),
            ..IngestReport::default()
        }
    }

    #[test]
    fn a_warning_is_told_again_only_when_it_had_ceased() {
        let mut log = Log::default();
        let (bad, away) = (("a.txt", "no text"), ("/disk", "it is empty"));
        for (changed, warnings, expected) in [
            (&["a.txt"][..], &[bad, away][..], 2),
            (&["a.txt"], &[bad, away], 0),
            (&["b.txt"], &[away], 0),
            (&["a.txt"], &[bad], 0),
            (&[], &[away], 1),
            (&["a.txt"], &[], 0),
            (&["a.txt"], &[bad], 1),
        ] {
            let report = report(changed, warnings);
            assert_eq!(log.new_warnings(&report).len(), expected, "{changed:?} {warnings:?}");
        }
    }

    #[test]
    fn only_what_changed_is_counted() {
        let counts = |new, updated, removed| changed(&IngestReport { new, updated, removed, ..IngestReport::default() });
        assert_eq!(counts(0, 0, 0), None);
        assert_eq!(counts(3, 0, 1).as_deref(), Some("3 new, 1 removed"));
    }
}
