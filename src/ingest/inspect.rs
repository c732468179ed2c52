//! The folders of an index in; out what lies in them and gave no article: files that are not read, and why, and sidecars that
//! state nothing.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::changes::{is_index_file, may_be_read};
use super::read::read_file;
use super::sidecar::Sidecar;
use crate::doctor::{Finding, Kind, Remedy};
use crate::error::Warning;
use crate::formats::ReadOptions;
use crate::search::{FileKey, Folder};
use crate::walk::{self, Listing, SourceFile, owner};

/// A file that gave no article is read again to say why, unless it is larger: what is wrong with a file shows in less.
const READ_AGAIN_LEN_BYTES_MAX: u64 = 16 << 20;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct InspectRequest<'r> {
    /// What the readers of formats are told, but for the maps.
    pub reading: &'r ReadOptions,
    /// The folders that the index remembers.
    pub folders: &'r [Folder],
    /// The folder of the index.
    pub index: &'r Path,
    /// The files of which the index has articles.
    pub files: &'r HashMap<FileKey, usize>,
    /// How many files are read again to say why they gave no article; the others are told without the reason.
    pub read_again_max: usize,
}

/// Looks for what gave no article in the folders of an index: its findings, in the order of kinds, folders and paths.
pub fn inspect(request: &InspectRequest<'_>) -> Vec<Finding> {
    let index = std::fs::canonicalize(request.index).ok();
    let mut unread = Vec::new();
    let mut findings = Vec::new();
    for folder in request.folders {
        let listing = match walk::files(&folder.path(), folder.links) {
            Ok(listing) => listing,
            Err(error) => {
                let cause = error.to_string();
                let advice = error.hint().unwrap_or("make it readable, or drop it with `dateline index --forget FOLDER`").to_owned();
                findings.push(of_file(Kind::Unread, FileKey { folder: folder.number, path: Arc::default() }, cause, advice));
                continue;
            }
        };
        findings.extend(unreached(folder, &listing));
        findings.par_extend(listing.files.par_iter().filter_map(|file| broken_sidecar(folder, file)));
        for file in listing.files.iter().filter(|file| !index.as_deref().is_some_and(|index| is_index_file(&file.location, index))) {
            let key = FileKey { folder: folder.number, path: file.path.as_str().into() };
            if !request.files.contains_key(&key) {
                if may_be_read(file) {
                    unread.push((key, file.clone()));
                } else {
                    let advice = "convert it to a format that is read, if there is an article in it";
                    findings.push(of_file(Kind::OtherKind, key, String::new(), advice.to_owned()));
                }
            }
        }
        findings.extend(listing.stray_sidecars.iter().map(|sidecar| stray(folder, sidecar, &listing)));
    }
    let later = unread.split_off(unread.len().min(request.read_again_max));
    findings.par_extend(unread.into_par_iter().map(|(key, file)| {
        let folder = request.folders.iter().find(|folder| folder.number == key.folder);
        let options = request.reading.with_map(folder.map(|folder| folder.map.clone()).unwrap_or_default());
        why_unread(key, &file, &options)
    }));
    findings.extend(
        later
            .into_iter()
            .map(|(key, _)| of_file(Kind::Unread, key, String::new(), "`dateline article FILE` says what is wrong with it".to_owned())),
    );
    findings
}

fn of_file(kind: Kind, file: FileKey, detail: String, advice: String) -> Finding {
    Finding { kind, file, ordinal: None, id: None, detail, remedy: Remedy::Advice(advice) }
}

/// Tells what the walk could not look at.
fn unreached<'l>(folder: &'l Folder, listing: &'l Listing) -> impl Iterator<Item = Finding> + 'l {
    let path_of = |warning: &Warning| {
        let inside = Path::new(&warning.path).strip_prefix(&folder.location).ok();
        inside.map_or_else(|| warning.path.clone(), walk::written)
    };
    listing.warnings.iter().map(move |warning| {
        let advice = warning.hint.clone().unwrap_or_else(|| "make it readable, or move it out of the folder".to_owned());
        of_file(Kind::Unread, FileKey { folder: folder.number, path: path_of(warning).into() }, warning.cause.clone(), advice)
    })
}

/// Reads a file again to say why it gave no article.
fn why_unread(key: FileKey, file: &SourceFile, options: &ReadOptions) -> Finding {
    if file.len_bytes > READ_AGAIN_LEN_BYTES_MAX {
        let cause = format!("not read again to say why: it has {} MB", file.len_bytes >> 20);
        return of_file(Kind::Unread, key, cause, "`dateline article FILE` says what is wrong with it".to_owned());
    }
    let (mut gives_articles, mut first) = (false, None);
    let read = read_file(&file.location, options, &mut |result| match result {
        Ok(_) => gives_articles = true,
        Err(warning) if first.is_none() && owner(&warning.path).is_none() => first = Some(warning),
        Err(_) => {}
    });
    let (cause, hint) = match (read, first) {
        (Err(error), _) => (error.to_string(), error.hint().map(str::to_owned)),
        (Ok(()), _) if gives_articles => ("not in the index yet".to_owned(), Some("run `dateline index`".to_owned())),
        (Ok(()), Some(warning)) => (cause_at(&warning), warning.hint),
        (Ok(()), None) => ("nothing in it reads as an article".to_owned(), None),
    };
    let hint = hint.unwrap_or_else(|| "repair it, or save it again from where it came".to_owned());
    of_file(Kind::Unread, key, cause, hint)
}

fn cause_at(warning: &Warning) -> String {
    warning.line.map_or_else(|| warning.cause.clone(), |line| format!("line {line}: {}", warning.cause))
}

fn broken_sidecar(folder: &Folder, file: &SourceFile) -> Option<Finding> {
    let sidecar = file.sidecar.as_deref()?;
    let name = walk::written(Path::new(sidecar.file_name()?));
    let path = match file.path.rsplit_once('/') {
        Some((above, _)) => format!("{above}/{name}"),
        None => name,
    };
    let warnings = Sidecar::read(sidecar, &path).warnings;
    let first = warnings.first()?;
    let advice = first.hint.clone().unwrap_or_else(|| "take the line out, or correct it".to_owned());
    let causes: Vec<String> = warnings.iter().map(cause_at).collect();
    Some(of_file(Kind::BrokenSidecar, FileKey { folder: folder.number, path: path.into() }, causes.join("; "), advice))
}

fn stray(folder: &Folder, sidecar: &SourceFile, listing: &Listing) -> Finding {
    let wanted = owner(&sidecar.path).unwrap_or_default();
    let other = listing.files.iter().find(|file| file.path == wanted).and_then(|file| file.sidecar.as_ref()?.file_name());
    let cause =
        other.map_or_else(|| format!("there is no {wanted}"), |other| format!("{} is read instead", walk::written(Path::new(other))));
    let advice = "give it the name of its file with .meta.yaml, or delete it".to_owned();
    of_file(Kind::StraySidecar, FileKey { folder: folder.number, path: sidecar.path.as_str().into() }, cause, advice)
}
