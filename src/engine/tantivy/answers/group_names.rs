//! From the id of a group, or its first digits, to the group as it is now.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Term};

use super::super::columns::dictionary_texts;
use super::super::schema::column;
use super::super::snapshot::{Snapshot, live_documents};
use super::groups;
use crate::error::Error;
use crate::search::{ArticleKey, GroupId, Grouped, NamedGroups};

/// Returns the groups whose id lies in a range, and those that hold articles of one whose id did.
///
/// # Errors
///
/// When the index cannot be read.
pub fn named(snapshot: &Snapshot, ids: &RangeInclusive<GroupId>) -> Result<NamedGroups, Error> {
    let mut present = BTreeSet::new();
    let mut successors = BTreeSet::new();
    for address in documents_within(snapshot, snapshot.fields.group, ids)? {
        present.insert(group_of(snapshot, address)?);
    }
    for address in keyed_within(snapshot, ids)? {
        let group = group_of(snapshot, address)?;
        if ids.contains(&group.id) {
            present.insert(group)
        } else {
            successors.insert(group)
        };
    }
    for address in documents_within(snapshot, snapshot.fields.former_groups, ids)? {
        let group = group_of(snapshot, address)?;
        if !present.contains(&group) {
            successors.insert(group);
        }
    }
    let members = |groups: BTreeSet<FoundGroup>| groups.iter().map(|group| members(snapshot, group)).collect::<Result<_, Error>>();
    Ok(NamedGroups { present: members(present)?, successors: members(successors)? })
}

/// A group, and an article where that is alone.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct FoundGroup {
    id: GroupId,
    alone: Option<DocAddress>,
}

fn group_of(snapshot: &Snapshot, address: DocAddress) -> Result<FoundGroup, Error> {
    match snapshot.columns(address.segment_ord)?.group.first(address.doc_id) {
        Some(group) => Ok(FoundGroup { id: GroupId(group), alone: None }),
        None => {
            let article = snapshot.summary(snapshot.record(address)?)?;
            Ok(FoundGroup { id: GroupId::of(&article.key), alone: Some(address) })
        }
    }
}

fn members(snapshot: &Snapshot, group: &FoundGroup) -> Result<Vec<Grouped>, Error> {
    let addresses = match group.alone {
        Some(address) => vec![address],
        None => snapshot.documents_with(&Term::from_field_u64(snapshot.fields.group, group.id.0))?,
    };
    let mut grouped = Vec::with_capacity(addresses.len());
    for address in addresses {
        let article = snapshot.summary(snapshot.record(address)?)?;
        let membership = snapshot.columns(address.segment_ord)?.membership(address.doc_id);
        grouped.push(Grouped { article, group: group.id, tie: membership.and_then(|membership| membership.tie) });
    }
    groups::order(&mut grouped);
    Ok(grouped)
}

/// Returns the live documents with a term of a field in a range.
fn documents_within(snapshot: &Snapshot, field: Field, ids: &RangeInclusive<GroupId>) -> Result<Vec<DocAddress>, Error> {
    let [lowest, highest] = [ids.start(), ids.end()].map(|id| Term::from_field_u64(field, id.0));
    let mut found = Vec::new();
    for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
        let index = segment.inverted_index(field).map_err(|error| snapshot.failed(error))?;
        let range = index.terms().range().ge(lowest.serialized_value_bytes()).le(highest.serialized_value_bytes());
        let mut terms = range.into_stream().map_err(|error| snapshot.failed(error.into()))?;
        while terms.advance() {
            let postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|error| snapshot.failed(error.into()))?;
            found.extend(live_documents(segment, &mut postings).map(|document| DocAddress::new(number, document)));
        }
    }
    Ok(found)
}

/// Returns the articles whose own key hashes into a range: those that are alone have their group's id from it, and so had the
/// group that a merged or changed one represented.
fn keyed_within(snapshot: &Snapshot, ids: &RangeInclusive<GroupId>) -> Result<Vec<DocAddress>, Error> {
    let failed = |error| snapshot.failed(error);
    let mut found = Vec::new();
    for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
        let Some(column) = segment.fast_fields().str(column::KEY).map_err(failed)? else { continue };
        let keys = dictionary_texts(&column).map_err(failed)?;
        let is_named: Vec<bool> =
            keys.iter().map(|key| ArticleKey::read(key).is_some_and(|key| ids.contains(&GroupId::of(&key)))).collect();
        let is_named = |key: u64| usize::try_from(key).ok().and_then(|key| is_named.get(key).copied()).unwrap_or(false);
        let documents = segment.doc_ids_alive().filter(|&document| column.ords().first(document).is_some_and(is_named));
        found.extend(documents.map(|document| DocAddress::new(number, document)));
    }
    Ok(found)
}
