//! A check of an index as one JSON object, version 1.

use std::path::Path;

use dateline::ingest::Verification;
use dateline::search::{Fault, Folder};
use dateline::walk;
use serde_json::{Map, Value, json};

use super::place;

/// The version of the object: it changes when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// Makes the object.
pub fn verification(verification: &Verification, index: &Path) -> Value {
    let files = &verification.files;
    let contents = verification
        .contents
        .map(|contents| json!({"articles": contents.articles, "passages": contents.passages, "groups": contents.groups}));
    let folders = verification
        .against_files
        .map(|folders| json!({"files": folders.files, "len_bytes": folders.len_bytes, "articles": folders.articles}));
    let counts: Map<String, Value> =
        verification.faults.counts().iter().map(|(kind, count)| (kind.label().to_owned(), json!(count))).collect();
    json!({
        "version": VERSION,
        "index": walk::written(index),
        "whole": verification.is_whole(),
        "took_ms": u64::try_from(verification.took.as_millis()).unwrap_or(u64::MAX),
        "files": {"count": files.files, "len_bytes": files.len_bytes, "leftovers": files.leftovers},
        "contents": contents,
        "folders": folders,
        "counts": counts,
        "faults": verification.faults.listed().into_iter().map(|found| fault(found, &verification.folders)).collect::<Vec<_>>(),
    })
}

fn fault(fault: &Fault, folders: &[Folder]) -> Value {
    let place = place::of(&fault.place, folders);
    json!({
        "kind": fault.kind.label(),
        "index_file": place.index_file,
        "path": place.path,
        "ordinal": place.ordinal,
        "cause": fault.cause,
        "try": place::way_out(fault.mend),
    })
}
