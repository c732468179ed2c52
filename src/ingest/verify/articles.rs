//! What an article must be by itself, whatever engine keeps it: its passages, its hash, the lines at its ends; and that each is there
//! once, its file's state with the first of them.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::report::Faults;
use crate::article::{Body, Cut};
use crate::ingest::Progress;
use crate::ingest::take_apart::{content_hash, edges};
use crate::passage;
use crate::search::{Auditor, Catalog, Fault, FaultKind, FileKey, IndexEntry, KnownArticle, Statistics};
use crate::text;

/// So often it is told how many articles are checked.
const TOLD_EVERY: u64 = 256;

/// What is counted while articles are checked.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// Articles.
    pub articles: u64,
    /// Passages.
    pub passages: u64,
    undated: u64,
    without_source: u64,
    sources: HashSet<u64>,
}

/// Checks articles, and counts them.
pub struct Audit<'a> {
    total: u64,
    progress: &'a (dyn Fn(Progress) + Sync),
    done: AtomicU64,
    found: Mutex<(Counted, Faults)>,
}

impl<'a> Audit<'a> {
    /// Begins with no article of so many.
    pub fn new(total: u64, progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Audit { total, progress, done: AtomicU64::new(0), found: Mutex::default() }
    }

    /// Hands over what was found, and returns what was counted.
    pub fn finish(self, faults: &mut Faults) -> Counted {
        let (counted, found) = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        faults.append(found);
        counted
    }
}

impl Auditor for Audit<'_> {
    fn article(&self, entry: &IndexEntry) {
        let wrong = faults_of(entry);
        let metadata = &entry.article.metadata;
        let source = metadata.source_or(entry.name.as_deref()).map(|source| text::hash_of_bytes(&source.value));
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let (counted, faults) = &mut *found;
        counted.articles += 1;
        counted.passages += entry.passages.len() as u64;
        counted.undated += u64::from(metadata.published.is_none());
        counted.without_source += u64::from(source.is_none());
        counted.sources.extend(source);
        wrong.into_iter().for_each(|fault| faults.push(fault));
        drop(found);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(TOLD_EVERY) {
            (self.progress)(Progress::Checking { done, total: self.total });
        }
    }

    fn fault(&self, fault: Fault) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).1.push(fault);
    }
}

fn faults_of(entry: &IndexEntry) -> Vec<Fault> {
    let IndexEntry { key, article, .. } = entry;
    let mut faults = Vec::new();
    let mut add = |kind, cause: &str| faults.push(Fault::of_article(kind, key, cause));
    if entry.passages != passage::split(&article.body) {
        add(FaultKind::Passages, "its passages are not those into which its text is cut");
    }
    let whole = article.body.untrimmed(&entry.trimmed);
    if edges(article.cut, &whole) != entry.edges {
        add(FaultKind::Column, "the hashes of the lines at its ends are not those of its text");
    }
    if article.cut == Cut::AsMarked && !entry.trimmed.is_empty() {
        add(FaultKind::Recurring, "lines are left out of it, though its keeper marked where its text ends");
    }
    match place_fault(&whole) {
        Some(cause) => add(FaultKind::Places, &cause),
        None if content_hash(&article.own_id, &article.metadata, &whole) != entry.content_hash => {
            add(FaultKind::Column, "the hash of what was read of it is not that of what is kept");
        }
        None => {}
    }
    faults
}

/// Tells what is wrong with the places of paragraphs; nothing where the file does not hold the text as such.
fn place_fault(body: &Body) -> Option<String> {
    let mut before: Option<&crate::document::Place> = None;
    let with_place = body.paragraphs.iter().filter(|paragraph| paragraph.place.is_some()).count();
    if with_place > 0 && with_place < body.paragraphs.len() {
        return Some(format!("{with_place} of its {} paragraphs have a place in the file", body.paragraphs.len()));
    }
    for (number, place) in (1..).zip(body.paragraphs.iter().filter_map(|paragraph| paragraph.place.as_ref())) {
        let follows = before.is_none_or(|before| place.bytes.start >= before.bytes.end && place.lines.0 >= before.lines.1);
        if !follows || place.bytes.end < place.bytes.start || place.lines.1 < place.lines.0 {
            return Some(format!("paragraph {number} lies before the end of the one above it"));
        }
        before = Some(place);
    }
    None
}

/// Checks that each article is there once, and that each file's state stands with its first article and nowhere else.
pub fn check_keys(catalog: &dyn Catalog, faults: &mut Faults) {
    let mut seen = HashSet::with_capacity(catalog.articles().len());
    let mut files: HashMap<&FileKey, OfFile<'_>> = HashMap::new();
    for article in catalog.articles() {
        if !seen.insert(&article.key) {
            faults.push(Fault::of_article(FaultKind::Key, &article.key, "it is in the index more than once"));
        }
        let of_file = files.entry(&article.key.file).or_insert(OfFile { first: article, with_state: Vec::new() });
        if article.key.ordinal < of_file.first.key.ordinal {
            of_file.first = article;
        }
        if article.file_state.is_some() {
            of_file.with_state.push(article);
        }
    }
    for of_file in files.values() {
        if of_file.first.file_state.is_none() {
            faults.push(Fault::of_article(
                FaultKind::FileState,
                &of_file.first.key,
                "the state of its file, whose first article it is, is missing",
            ));
        }
        for article in of_file.with_state.iter().filter(|article| article.key != of_file.first.key) {
            let cause = format!("it has a state of its file, whose first article is {}", of_file.first.key.ordinal);
            faults.push(Fault::of_article(FaultKind::FileState, &article.key, cause));
        }
    }
}

/// The articles of a file, as far as its state goes.
struct OfFile<'a> {
    first: &'a KnownArticle,
    with_state: Vec<&'a KnownArticle>,
}

impl Counted {
    /// Compares what the index says that it holds with what was counted. Articles that could not be read are told already.
    pub fn compare(&self, said: &Statistics, groups: u64, faults: &mut Faults) {
        if !faults.is_empty() {
            return;
        }
        let copies = self.articles.saturating_sub(groups);
        let counts = [
            ("articles", said.articles, self.articles),
            ("groups", said.groups, groups),
            ("copies", said.copies, copies),
            ("sources", said.sources, self.sources.len() as u64),
            ("undated articles", said.undated, self.undated),
            ("articles without source", said.without_source, self.without_source),
        ];
        for (what, said, counted) in counts.into_iter().filter(|(_, said, counted)| said != counted) {
            faults.push(Fault::of_index(FaultKind::Counts, format!("it says that it holds {said} {what}, and {counted} were counted")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_counts_are_faults() {
        let counted = Counted { articles: 5, sources: HashSet::from([1, 2]), ..Counted::default() };
        let said = Statistics { articles: 5, groups: 4, copies: 1, sources: 2, ..Statistics::default() };
        let mut faults = Faults::default();
        counted.compare(&said, 4, &mut faults);
        assert!(faults.is_empty());
        counted.compare(&Statistics { sources: 3, undated: 1, ..said }, 4, &mut faults);
        let causes: Vec<&str> = faults.listed().iter().map(|fault| fault.cause.as_str()).collect();
        assert_eq!(
            causes,
            ["it says that it holds 1 undated articles, and 0 were counted", "it says that it holds 3 sources, and 2 were counted"]
        );
    }
}
