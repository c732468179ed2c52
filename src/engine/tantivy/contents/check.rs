//! One segment after the other: its articles are read in the order of its store, and looked at on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::DocAddress;
use tantivy::schema::Schema;

use super::super::record::{Stored, StoredTexts, Unread};
use super::super::snapshot::{Beside, Snapshot, entry_of};
use super::super::writer::Documents;
use super::expected::{Cutter, Expected};
use super::postings::Posted;
use super::soundness::unsound;
use super::values::Values;
use crate::error::Error;
use crate::search::{ArticleKey, Auditor, Fault, FaultKind, IndexEntry, KnownArticle};

/// Articles that are read at one go: enough to keep all cores busy, and no more text than a few megabytes.
const ARTICLES_AT_ONCE: usize = 256;

/// The articles of one segment that are not deleted.
pub struct Part<'p> {
    /// What the columns say of them.
    pub known: &'p [KnownArticle],
    /// Where they are, in the order of the segment.
    pub addresses: &'p [DocAddress],
}

/// Compares what a segment holds of its articles with what their texts and records give.
///
/// # Errors
///
/// When the segment cannot be read.
pub fn check(snapshot: &Snapshot, part: &Part<'_>, auditor: &dyn Auditor) -> Result<(), Error> {
    let Some(first) = part.addresses.first() else { return Ok(()) };
    let failed = |error| snapshot.failed(error);
    let segment = snapshot.searcher.segment_reader(first.segment_ord);
    let schema = snapshot.searcher.schema();
    let segment_check = SegmentCheck {
        snapshot,
        schema,
        posted: Posted::read_all(segment, schema).map_err(failed)?,
        values: Values::open_all(segment, schema).map_err(failed)?,
        documents: Documents { fields: snapshot.fields },
        cutters: Mutex::default(),
        auditor,
    };
    let store = segment.get_store_reader(1).map_err(|error| failed(error.into()))?;
    let mut stored = store.iter::<StoredTexts>(segment.alive_bitset());
    let mut articles = part.known.iter().zip(part.addresses);
    loop {
        let batch: Vec<_> = articles.by_ref().take(ARTICLES_AT_ONCE).map(|(known, address)| (known, address, stored.next())).collect();
        if batch.is_empty() {
            return Ok(());
        }
        batch.into_par_iter().for_each(|(known, address, stored)| {
            let texts = stored.and_then(Result::ok);
            segment_check.article(known, address.doc_id, texts);
        });
    }
}

/// What articles of a segment are compared with.
struct SegmentCheck<'s> {
    snapshot: &'s Snapshot,
    schema: &'s Schema,
    posted: Vec<Posted>,
    values: Vec<Values>,
    documents: Documents,
    /// Those that no thread uses at the moment; each remembers the stems that it has made.
    cutters: Mutex<Vec<Cutter>>,
    auditor: &'s dyn Auditor,
}

impl SegmentCheck<'_> {
    fn article(&self, known: &KnownArticle, document: u32, texts: Option<StoredTexts>) {
        let unread = texts.and_then(|texts| Unread::unpack(texts, &self.snapshot.fields));
        // What is stored may be anything where the program has made a mistake: that is no reason not to look at the other articles.
        let outcome = catch_unwind(AssertUnwindSafe(|| match unread {
            Some(unread) => self.unread(known, document, unread),
            None => Some((FaultKind::Unreadable, "what is stored of it cannot be read".to_owned())),
        }));
        let panicked = || Some((FaultKind::Unreadable, "what is stored of it cannot be put together".to_owned()));
        if let Some((kind, cause)) = outcome.unwrap_or_else(|_| panicked()) {
            self.auditor.fault(Fault::of_article(kind, &known.key, cause));
        }
    }

    /// Puts an article together and compares it; returns why that cannot be done.
    fn unread(&self, known: &KnownArticle, document: u32, unread: Unread) -> Option<(FaultKind, String)> {
        let Some(record) = unread.record() else {
            return Some((FaultKind::Unreadable, "its record cannot be read".to_owned()));
        };
        let Some(key) = ArticleKey::read(&record.key).filter(|key| *key == known.key) else {
            return Some((FaultKind::Key, format!("its record says that it is {}", record.key)));
        };
        if let Some(fault) = unsound(&record, &unread.text) {
            return Some(fault);
        }
        let (language, headline) = (unread.language, unread.headline.clone());
        let stored = Stored { record, headline: unread.headline, text: unread.text };
        if stored.language() != language {
            return Some((FaultKind::Record, "its text is stored in another language than its record says".to_owned()));
        }
        let beside = Beside {
            content_hash: known.content_hash,
            file_state: known.file_state,
            grouping: known.grouping.clone(),
            edges: known.edges.clone(),
        };
        let entry = entry_of(key, stored, beside);
        if entry.article.metadata.headline.as_ref().map_or("", |headline| &headline.value) != headline {
            return Some((FaultKind::Record, "its headline is another than that of its record".to_owned()));
        }
        self.compare(&entry, document);
        self.auditor.article(&entry);
        None
    }

    fn compare(&self, entry: &IndexEntry, document: u32) {
        let (again, _) = self.documents.document(entry);
        let Some(mut cutter) = self.cutter() else { return };
        let expected = cutter.expect(&again, &self.posted);
        self.cutters.lock().unwrap_or_else(PoisonError::into_inner).push(cutter);
        let nothing = Expected::default();
        let of = |field: tantivy::schema::Field| expected.get(field.field_id() as usize).unwrap_or(&nothing);
        let fault = |kind, cause| self.auditor.fault(Fault::of_article(kind, &entry.key, cause));
        for values in &self.values {
            let (kept, given) = (values.of(document), &of(values.field).values);
            if kept != *given {
                fault(
                    FaultKind::Column,
                    format!("its column {} does not hold what its text and record give: {}", values.name, told(&kept, given)),
                );
            }
        }
        for posted in &self.posted {
            let given = of(posted.field);
            if !posted.has(document, given.sum) {
                fault(FaultKind::Words, format!("the posting lists of {} do not have just its words, where they stand", posted.name));
            } else if !posted.has_length(document, given.words) {
                fault(FaultKind::Words, format!("its length in {} is not that of its words, which are {}", posted.name, given.words));
            }
        }
    }

    fn cutter(&self) -> Option<Cutter> {
        let idle = self.cutters.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.or_else(|| Cutter::new(self.snapshot.searcher.index(), self.schema).ok())
    }
}

/// Tells what a column has and what it should have; of long lists only how long they are.
fn told(kept: &[u64], given: &[u64]) -> String {
    match (kept, given) {
        ([kept], [given]) => format!("{kept}, not {given}"),
        _ if kept.len() == given.len() => format!("{} values, other ones", kept.len()),
        _ => format!("{} values, not {}", kept.len(), given.len()),
    }
}
