//! The order of articles that answer equally well: the latest published first, undated ones last, then by key. It does not depend
//! on how the index came about, as the places of articles in it do.

use std::cmp::Ordering;

use tantivy::DocAddress;

use super::super::snapshot::Snapshot;
use super::collapse::Candidate;

/// Puts candidates in order, best first.
pub fn put_in_order(snapshot: &Snapshot, candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| latest_first(snapshot, a.address, b.address)));
}

/// Compares two articles by when they were published, the latest first and undated ones last, then by their keys.
pub fn latest_first(snapshot: &Snapshot, a: DocAddress, b: DocAddress) -> Ordering {
    let published = |address: DocAddress| snapshot.columns(address.segment_ord).ok()?.published.first(address.doc_id);
    published(b).cmp(&published(a)).then_with(|| by_key(snapshot, a, b))
}

/// Compares two articles by their keys as they are written. The numbers of keys in the dictionary of a segment are in the same
/// order, so that keys are read only where two segments are compared: reading them for all made the latest ten hits take ten
/// times as long.
pub fn by_key(snapshot: &Snapshot, a: DocAddress, b: DocAddress) -> Ordering {
    let column = |address: DocAddress| {
        let segment = snapshot.searcher.segment_reader(address.segment_ord);
        snapshot.columns(address.segment_ord).ok()?.key(segment)
    };
    let number = |address: DocAddress| column(address)?.ords().first(address.doc_id);
    if a.segment_ord == b.segment_ord {
        return number(a).cmp(&number(b)).then(a.cmp(&b));
    }
    let key = |address: DocAddress| {
        let mut key = String::new();
        column(address)?.ord_to_str(number(address)?, &mut key).ok()?;
        Some(key)
    };
    key(a).cmp(&key(b)).then(a.cmp(&b))
}
