//! The report as one JSON object, version 1.

use dateline::doctor::{Finding, Kind, Report, SHORT_WORDS};
use dateline::moment::Moment;
use dateline::search::Folder;
use serde_json::{Map, Value, json};

use super::fix;
use crate::printers::shown_path;

/// The version of the object: it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// Makes the object; of one kind, where one is wanted, but with the counts of all.
pub fn report(report: &Report, wanted: Option<Kind>, today: Moment, folders: &[Folder]) -> Value {
    let found = report.counts();
    let counts: Map<String, Value> =
        Kind::ALL.into_iter().map(|kind| (kind.label().to_owned(), json!(found.get(&kind).copied().unwrap_or(0)))).collect();
    let findings = wanted.map_or(report.findings.as_slice(), |kind| report.of(kind));
    json!({
        "version": VERSION,
        "today": today.to_string(),
        "articles": report.articles,
        "files": report.files,
        "short_words": SHORT_WORDS,
        "counts": counts,
        "findings": findings.iter().map(|found| finding(found, folders)).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding, folders: &[Folder]) -> Value {
    let fix = fix::of(finding, folders);
    json!({
        "kind": finding.kind.label(),
        "path": shown_path(folders, &finding.file),
        "id": finding.id,
        "ordinal": finding.ordinal,
        "detail": finding.detail,
        "fix": {"how": fix.how, "file": fix.file, "lines": fix.lines},
    })
}
