//! The outlets that a document states in; the one that published it out, and the names by which it goes.

use crate::article::{Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::metadata::rank::{holds, is_kin, key, ranked, settle};
use crate::extract::{outlets, source};

/// Chooses the outlet: a name that is stated, else what its address and its folder say.
pub fn choose(fields: &[RawField], path: &str, metadata: &mut Metadata) {
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
        metadata.source = by_address(host.as_deref(), path);
    } else {
        metadata.source = settle(FieldName::Source, named, holds, &mut metadata.conflicts);
    }
}

/// Names the outlet where the document does not: by its domain, by the folder that it lies in, or as its bare domain.
///
/// The folder is its keeper's word. Beside a domain it counts only as the spelling of the domain's own name.
fn by_address(host: Option<&str>, path: &str) -> Option<Stated<String>> {
    let folder = source::folder(path);
    let domain = host.map(source::registered);
    if let Some(name) = domain.and_then(outlets::name) {
        return Some(Stated { value: name.to_owned(), from: Provenance::DomainTable });
    }
    let Some(domain) = domain else { return folder.map(|value| Stated { value, from: Provenance::FolderName }) };
    let label = key(domain.split('.').next().unwrap_or_default());
    match folder.filter(|folder| is_kin(&label, &key(folder)) || label == key(folder)) {
        Some(value) => Some(Stated { value, from: Provenance::FolderName }),
        None => Some(Stated { value: domain.to_owned(), from: Provenance::Url }),
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
