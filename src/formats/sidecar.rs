//! The text of a sidecar in; the fields that the keeper of the archive states in it out.
//!
//! A *sidecar* is a file `FILE.meta.yaml` beside `FILE`: `name: value` lines under the names of the table of
//! [`crate::formats::fields`], for what its keeper knows better than the document does. What it states comes first, and what the
//! document says otherwise stays visible as a conflict. It holds for every document of the file, so that of an export or an
//! archive of pages it states what all have in common: the outlet, the language. An id and a text belong to one document and
//! cannot be stated there.

use crate::document::{FieldName, Provenance, RawField};
use crate::error::Warning;
use crate::formats::fields::{self, Slot};
use crate::formats::front_matter::{self, NotMapping};
use crate::formats::reader;

/// No sidecar is read beyond this: a line for each field takes a thousandth of it.
pub const SIDECAR_BYTES_MAX: usize = 1 << 20;

/// Reads the bytes of a sidecar, which the path names in warnings: the fields that it states, and what is wrong with it.
///
/// A broken one states nothing.
pub fn read(path: &str, bytes: &[u8]) -> (Vec<RawField>, Vec<Warning>) {
    let nothing = |warning: Warning| (Vec::new(), vec![warning]);
    let text = match reader::decode(bytes, None) {
        Ok(decoded) => decoded.text,
        Err(cause) => return nothing(Warning::new(path, cause).with_hint("save it as UTF-8")),
    };
    let stated = match front_matter::mapping(&text) {
        Ok(stated) => stated,
        Err(NotMapping { line, cause: Some(cause) }) => {
            let warning = Warning::new(path, format!("broken sidecar: {cause}")).at_line(line);
            return nothing(warning.with_hint("write values that hold a colon between quotes"));
        }
        Err(NotMapping { line, cause: None }) => {
            let warning = Warning::new(path, "the sidecar holds no `name: value` fields").at_line(line);
            return nothing(warning.with_hint("write lines such as `published: 2024-11-26`"));
        }
    };
    let mut warnings = Vec::new();
    let mut known: Vec<_> = Vec::new();
    for (name, value) in &stated {
        match fields::slot(name) {
            Some((_, Slot::Id | Slot::Text | Slot::Articles)) => {
                let cause = format!("a sidecar cannot state `{name}`, which belongs to one document: it is left out");
                warnings.push(Warning::new(path, cause));
            }
            Some((rank, slot)) => known.push((rank, slot, value)),
            None => {}
        }
    }
    fields::sort_known(&mut known);
    let mut found = Vec::new();
    for (_, slot, value) in known {
        match slot {
            // What names the site names the outlet here: nobody but the keeper wrote it.
            Slot::Site if !found.iter().any(|field: &RawField| field.name == FieldName::Source) => {
                let site = value.items().first().and_then(|item| item.scalar()).unwrap_or_default();
                fields::push(FieldName::Source, site, Provenance::Sidecar, &mut found);
            }
            Slot::Site => {}
            slot => fields::add(slot, value, Provenance::Sidecar, &mut found),
        }
    }
    if found.is_empty() && warnings.is_empty() {
        let warning = Warning::new(path, "the sidecar states no field of an article");
        warnings.push(warning.with_hint("write lines such as `published: 2024-11-26` or `source: Harbour Gazette`"));
    }
    (found, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(FieldName, &str)], warnings: &[&str]) {
        let (fields, found) = read("a.txt.meta.yaml", text.as_bytes());
        assert!(fields.iter().all(|field| field.from == Provenance::Sidecar));
        let fields: Vec<(FieldName, &str)> = fields.iter().map(|field| (field.name, field.value.as_str())).collect();
        assert_eq!(fields, expected, "{text}");
        assert_eq!(found.len(), warnings.len(), "{text}: {found:?}");
        for (warning, start) in found.iter().zip(warnings) {
            assert!(warning.to_string().starts_with(&format!("a.txt.meta.yaml{start}")), "{warning}");
        }
    }

    #[test]
    fn fields_are_read() {
        check(
            "published: 2024-11-26\nsource: Harbour Gazette\nauthor: [Ida Holm, Jan Berg]\nnote: from the attic\n",
            &[
                (FieldName::Source, "Harbour Gazette"),
                (FieldName::Published, "2024-11-26"),
                (FieldName::Byline, "Ida Holm"),
                (FieldName::Byline, "Jan Berg"),
            ],
            &[],
        );
        check("---\ndate: 1732591200\n---\n", &[(FieldName::Published, "2024-11-26T03:20:00Z")], &[]);
        check("site: gazette.example", &[(FieldName::Source, "gazette.example")], &[]);
        check("site: gazette.example\nsource: Gazette", &[(FieldName::Source, "Gazette")], &[]);
    }

    #[test]
    fn what_cannot_be_stated_is_said() {
        check(
            "id: 7\ntext: All of it\nlang: en",
            &[(FieldName::Language, "en")],
            &[": a sidecar cannot state `id`", ": a sidecar cannot state `text`"],
        );
        check("source: Gazette\ntitle: Ferry: a day out\n", &[], &[":2: broken sidecar"]);
        check("- 2024-11-26\n", &[], &[":1: the sidecar holds no"]);
        check("colour: red", &[], &[": the sidecar states no field"]);
        check("", &[], &[": the sidecar states no field"]);
        check(&"[".repeat(5000), &[], &[":1: broken sidecar"]);
    }
}
