//! The order of articles that answer equally well: the latest published first, undated ones last, then by key.

use std::cmp::Reverse;

use tantivy::columnar::StrColumn;

use super::collapse::Candidate;
use super::schema::column;
use super::snapshot::Snapshot;
use crate::error::Error;

/// Puts candidates in order, best first. Dates are looked up of equal ones only, and keys, which cost most, where dates are
/// equal too.
///
/// # Errors
///
/// When the index cannot be read.
pub fn put_in_order(snapshot: &Snapshot, candidates: &mut [Candidate]) -> Result<(), Error> {
    candidates.sort_unstable_by(|a, b| b.rank.total_cmp(&a.rank).then(a.address.cmp(&b.address)));
    for equals in candidates.chunk_by_mut(|a, b| a.rank == b.rank).filter(|equals| equals.len() > 1) {
        let mut dated = Vec::with_capacity(equals.len());
        for candidate in equals.iter() {
            dated.push((Reverse(published(snapshot, candidate)?), *candidate));
        }
        dated.sort_by_key(|(published, _)| *published);
        for same_date in dated.chunk_by_mut(|a, b| a.0 == b.0).filter(|same_date| same_date.len() > 1) {
            let keys: Result<Vec<String>, Error> = same_date.iter().map(|(_, candidate)| key(snapshot, candidate)).collect();
            let mut keyed: Vec<_> = keys?.into_iter().zip(same_date.iter().copied()).collect();
            keyed.sort_by(|a, b| a.0.cmp(&b.0));
            same_date.iter_mut().zip(keyed).for_each(|(place, (_, candidate))| *place = candidate);
        }
        equals.iter_mut().zip(dated).for_each(|(place, (_, candidate))| *place = candidate);
    }
    Ok(())
}

fn published(snapshot: &Snapshot, candidate: &Candidate) -> Result<Option<i64>, Error> {
    Ok(snapshot.columns(candidate.address.segment_ord)?.published.first(candidate.address.doc_id))
}

fn key(snapshot: &Snapshot, candidate: &Candidate) -> Result<String, Error> {
    let fields = snapshot.searcher.segment_reader(candidate.address.segment_ord).fast_fields();
    let keys = fields.str(column::KEY).and_then(|keys| key_of(keys.as_ref(), candidate.address.doc_id));
    keys.map_err(|error| snapshot.failed(error))
}

fn key_of(keys: Option<&StrColumn>, document: u32) -> tantivy::Result<String> {
    let mut key = String::new();
    if let Some(keys) = keys
        && let Some(number) = keys.term_ords(document).next()
    {
        keys.ord_to_str(number, &mut key)?;
    }
    Ok(key)
}
