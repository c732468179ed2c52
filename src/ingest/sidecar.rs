//! A file's sidecar, read from the disk: its fields in, each of the file's documents with them out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use twox_hash::XxHash3_64;

use crate::document::{FieldName, RawDocument, RawField};
use crate::error::{Warning, cause_of};
use crate::extract::metadata;
use crate::formats::sidecar::{self, SIDECAR_BYTES_MAX};
use crate::search::FileState;

/// What a sidecar states; nothing for a file without one.
#[derive(Debug, Default)]
pub struct Sidecar {
    fields: Vec<RawField>,
    state: Option<(u64, u64)>,
    /// What is wrong with it.
    pub warnings: Vec<Warning>,
}

impl Sidecar {
    /// Reads the sidecar at a place, if there is one; the path of its file names it in warnings. What cannot be read is a
    /// warning, and the file is read without it.
    pub fn of(file: &str, location: Option<&Path>) -> Self {
        let Some(location) = location else { return Sidecar::default() };
        let ending = location.extension().and_then(|ending| ending.to_str()).unwrap_or("yaml");
        Sidecar::read(location, &format!("{file}.meta.{ending}"))
    }

    /// Reads the sidecar at a place; the path names it in warnings.
    pub fn read(location: &Path, path: &str) -> Self {
        let failed = |cause: String| Sidecar { warnings: vec![Warning::new(path, cause)], ..Sidecar::default() };
        let mut bytes = Vec::new();
        let limit = SIDECAR_BYTES_MAX as u64 + 1;
        if let Err(error) = File::open(location).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
            return failed(format!("cannot be read: {}", cause_of(&error)));
        }
        if bytes.len() > SIDECAR_BYTES_MAX {
            return failed(format!("too large for a sidecar: the limit is {} MB", SIDECAR_BYTES_MAX >> 20));
        }
        let (mut fields, mut warnings) = sidecar::read(path, &bytes);
        // A date that is none would be warned of with every document of the file.
        fields.retain(|field| {
            let is_date = matches!(field.name, FieldName::Published | FieldName::Modified | FieldName::Saved);
            let causes = if is_date { metadata::choose(std::slice::from_ref(field), "").1 } else { Vec::new() };
            warnings.extend(causes.iter().map(|cause| Warning::new(path, cause).with_hint("write it as 2024-11-26")));
            causes.is_empty()
        });
        Sidecar { fields, state: Some((bytes.len() as u64, XxHash3_64::oneshot(&bytes))), warnings }
    }

    /// Adds the fields to a document of the file, before its own.
    pub fn add_to(&self, raw: &mut RawDocument) {
        raw.fields.splice(0..0, self.fields.iter().cloned());
    }

    /// Returns the state of the file and its sidecar together, from that of the file alone.
    pub fn joined(&self, file: FileState) -> FileState {
        let Some((len_bytes, hash)) = self.state else { return file };
        let both = [file.content_hash.to_le_bytes(), hash.to_le_bytes()].concat();
        FileState { len_bytes: file.len_bytes + len_bytes, content_hash: XxHash3_64::oneshot(&both), ..file }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sidecar_changes_the_state_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.txt.meta.yaml");
        let alone = FileState { len_bytes: 10, modified_ns: 1, content_hash: 5 };
        assert_eq!(Sidecar::of("a.txt", None).joined(alone), alone);
        let mut states = vec![alone];
        for text in ["source: Gazette", "source: Courier"] {
            std::fs::write(&place, text).unwrap();
            let sidecar = Sidecar::of("a.txt", Some(&place));
            assert!(sidecar.warnings.is_empty());
            states.push(sidecar.joined(alone));
        }
        assert_eq!(states[1].len_bytes, 25);
        assert!(states[0].content_hash != states[1].content_hash && states[1].content_hash != states[2].content_hash);
    }

    #[test]
    fn what_cannot_be_read_is_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.txt.meta.yaml");
        assert_eq!(Sidecar::read(&place, "a").warnings[0].to_string(), "a: cannot be read: it does not exist");
        std::fs::write(&place, "source: Gazette\npublished: some day\n").unwrap();
        let sidecar = Sidecar::read(&place, "a");
        assert_eq!(sidecar.warnings[0].cause, "published date not understood: \"some day\"");
        assert_eq!(sidecar.fields.len(), 1);
        std::fs::write(&place, "x".repeat(SIDECAR_BYTES_MAX + 1)).unwrap();
        assert_eq!(Sidecar::read(&place, "a").warnings[0].to_string(), "a: too large for a sidecar: the limit is 1 MB");
    }
}
