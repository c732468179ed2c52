//! The outlets that a document states in; the one that published it out, and the names by which it goes.

use crate::article::{Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::metadata::rank::{holds, key, ranked, settle};
use crate::extract::source;

/// Chooses the outlet: a name before a domain.
pub fn choose(fields: &[RawField], metadata: &mut Metadata) {
    let mut named = Vec::new();
    let mut host = None;
    for field in ranked(fields, FieldName::Source) {
        if field.from == Provenance::Url {
            host = host.or_else(|| source::host(&field.value));
        } else if let Some(value) = source::name(&field.value) {
            named.push(Stated { value, from: field.from });
        }
    }
    if named.is_empty() {
        let host = host.or_else(|| metadata.url.as_ref().and_then(|url| source::host(&url.value)));
        metadata.source = host.map(|value| Stated { value, from: Provenance::Url });
    } else {
        metadata.source = settle(FieldName::Source, named, holds, &mut metadata.conflicts);
    }
}

/// Returns the names by which the document may call its outlet: all that are stated, and the parts of its address.
pub fn outlet_keys(fields: &[RawField], metadata: &Metadata) -> Vec<String> {
    let mut outlets: Vec<String> = fields.iter().filter(|field| field.name == FieldName::Source).map(|field| key(&field.value)).collect();
    if let Some(host) = metadata.url.as_ref().and_then(|url| source::host(&url.value)) {
        outlets.push(key(&host));
        outlets.extend(host.split('.').filter(|label| label.len() > 3).map(key));
    }
    outlets
}
