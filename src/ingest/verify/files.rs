//! An index against the folders that it was made of: files that are gone, new or changed, by what they hold and not by their times, and
//! articles that reading gives otherwise now.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::report::{Faults, FoldersCheck};
use crate::error::{Warning, cause_of};
use crate::formats::ReadOptions;
use crate::ingest::changes::{ToRead, is_below_any, is_index_file, may_be_read, runs_of_files};
use crate::ingest::limits::ARTICLES_MAX;
use crate::ingest::open_file::Course;
use crate::ingest::read::documents;
use crate::ingest::{Progress, Stop};
use crate::search::{ArticleKey, Catalog, Fault, FaultKind, FaultPlace, FileKey, FileState, Folder, KnownArticle, Mend};
use crate::walk;

/// An index and how its folders are read.
pub struct Compared<'c> {
    /// Its articles.
    pub catalog: &'c dyn Catalog,
    /// Its folder.
    pub index: &'c Path,
    /// How its folders are read.
    pub reading: &'c ReadOptions,
}

/// The articles of each file that the index knows, as their numbers.
type OfFiles<'k> = HashMap<&'k FileKey, Vec<usize>>;

impl Compared<'_> {
    /// Reads all files of the folders and compares what they give with what the index has.
    pub fn compare(&self, faults: &mut Faults, progress: &(dyn Fn(Progress) + Sync)) -> FoldersCheck {
        progress(Progress::Listing);
        let mut unseen = OfFiles::new();
        for (file, numbers) in runs_of_files(self.catalog.articles()) {
            unseen.entry(file).or_default().extend(numbers);
        }
        let mut to_read = Vec::new();
        for folder in self.catalog.folders() {
            self.list(folder, &mut unseen, &mut to_read, faults);
        }
        for (file, _) in unseen {
            let cause = "it is no longer there, or no longer of a kind that is read, and its articles are in the index";
            faults.push(Fault::of_file(FaultKind::MissingFile, file, cause, Mend::Update));
        }
        let total_bytes = to_read.iter().map(|(read, _)| read.file.len_bytes).sum();
        let done_bytes = AtomicU64::new(0);
        let advance = |len_bytes: u64| {
            let done_bytes = done_bytes.fetch_add(len_bytes, Ordering::Relaxed) + len_bytes;
            progress(Progress::Reading { done_bytes, total_bytes });
        };
        let read = to_read.par_iter().map(|(read, numbers)| self.read(read, numbers, &advance));
        let (articles, found) = read.reduce(Default::default, |(articles, mut faults), (more, others)| {
            faults.append(others);
            (articles + more, faults)
        });
        faults.append(found);
        FoldersCheck { files: to_read.len() as u64, len_bytes: total_bytes, articles }
    }

    /// Lists a folder; what it has of the index is taken out of what was not seen.
    fn list(&self, folder: &Folder, unseen: &mut OfFiles<'_>, to_read: &mut Vec<(ToRead, Vec<usize>)>, faults: &mut Faults) {
        let place = FaultPlace::Folder(folder.number);
        let mut unreached = |cause: String| {
            faults.push(Fault { kind: FaultKind::UnreachedFolder, place: place.clone(), cause, mend: Mend::Reach });
        };
        let had_files = unseen.keys().any(|file| file.folder == folder.number);
        let listing = match walk::files(&folder.path(), folder.links) {
            Ok(listing) if !listing.files.is_empty() || !had_files => listing,
            outcome => {
                unseen.retain(|file, _| file.folder != folder.number);
                let is_empty = "it is empty, as when a disk is not plugged in".to_owned();
                return unreached(outcome.err().map_or(is_empty, |error| error.to_string()));
            }
        };
        listing.warnings.iter().for_each(|warning| unreached(warning.to_string()));
        unseen.retain(|file, _| file.folder != folder.number || !is_below_any(&file.path, &listing.unreached));
        let index = std::fs::canonicalize(self.index).ok();
        for file in listing.files {
            if index.as_deref().is_some_and(|index| is_index_file(&file.location, index)) || !may_be_read(&file) {
                continue;
            }
            let key = FileKey { folder: folder.number, path: file.path.as_str().into() };
            let numbers = unseen.remove(&key).unwrap_or_default();
            let known = numbers.iter().find_map(|&number| self.catalog.articles()[number].file_state);
            let options = self.reading.with_map(folder.map.clone());
            // More were read only where that was asked for.
            let articles_max = u32::try_from(numbers.len()).unwrap_or(u32::MAX).max(ARTICLES_MAX);
            to_read.push((ToRead { key, file, known, is_same: false, options, is_read_anew: true, articles_max }, numbers));
        }
    }

    /// Reads a file; tells how many articles it gives, and how it is not what the index has of it.
    fn read(&self, read: &ToRead, numbers: &[usize], advance: &(dyn Fn(u64) + Sync)) -> (u64, Faults) {
        let articles = self.catalog.articles();
        let mut before: HashMap<u32, &KnownArticle> =
            numbers.iter().map(|&number| (articles[number].key.ordinal, &articles[number])).collect();
        let (mut count, mut others, mut first_warning) = (0_u64, Faults::default(), None);
        let outcome = documents(read, Course { advance, stop: &Stop::default() }, &mut |result| match result {
            Ok(entry) => {
                count += 1;
                match before.remove(&entry.key.ordinal) {
                    Some(known) if known.content_hash == entry.content_hash => {}
                    Some(_) => others.push(otherwise(&entry.key, "reading it gives another article now")),
                    None => others.push(otherwise(&entry.key, "reading it gives an article now that is not in the index")),
                }
            }
            Err(warning) => first_warning = first_warning.take().or(Some(warning)),
        });
        for known in before.values() {
            let reason = first_warning.as_ref().map_or_else(String::new, |warning: &Warning| format!(": {}", warning.cause));
            others.push(otherwise(&known.key, &format!("reading it does not give this article now{reason}")));
        }
        let mut faults = Faults::default();
        match outcome {
            Err(error) => {
                let cause = format!("it cannot be read: {}", cause_of(&error));
                faults.push(Fault::of_file(FaultKind::ChangedFile, &read.key, cause, Mend::Reach));
            }
            Ok(_) if numbers.is_empty() && count > 0 => {
                let cause = format!("{count} articles in it are not in the index");
                faults.push(Fault::of_file(FaultKind::NewFile, &read.key, cause, Mend::Update));
            }
            Ok(state) => match read.known {
                Some(known) if !is_same(&known, &state) => faults.push(changed(read, &known)),
                _ => faults = others,
            },
        }
        (count, faults)
    }
}

fn is_same(known: &FileState, now: &FileState) -> bool {
    (known.len_bytes, known.content_hash) == (now.len_bytes, now.content_hash)
}

fn changed(read: &ToRead, known: &FileState) -> Fault {
    let is_passed_over = (known.len_bytes, known.modified_ns) == (read.file.len_bytes, read.file.modified_ns);
    let (cause, mend) = match is_passed_over {
        true => {
            ("it holds something else than when it was read, under the same size and time, so that an update passes over it", Mend::Rebuild)
        }
        false => ("it holds something else than when it was read", Mend::Update),
    };
    Fault::of_file(FaultKind::ChangedFile, &read.key, cause, mend)
}

fn otherwise(key: &ArticleKey, cause: &str) -> Fault {
    Fault::of_article(FaultKind::ReadsOtherwise, key, format!("its file holds what it held, and {cause}"))
}
