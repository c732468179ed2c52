//! Where else the words of a passage stand: in articles of other groups, and in the passages that a list of hits shows already.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use super::super::snapshot::{Snapshot, live_documents};
use crate::error::Error;
use crate::passage::{self, Passage};
use crate::reuse::{KeyedSentence, SentenceKey, keyed_sentences};
use crate::search::{Elsewhere, Extent, ShownAbove};

/// Bytes from which a shared part of a passage is worth telling of, where it is less than half of it: some twenty-five English
/// words, or two sentences.
const FEWEST_BYTES_OF_PART: usize = 150;

/// Says how much of a passage a part of it is; `None` if it is too little to tell of.
fn extent(part: usize, whole: usize) -> Option<Extent> {
    if part * 2 >= whole { Some(Extent::Most) } else { (part >= FEWEST_BYTES_OF_PART).then_some(Extent::Part) }
}

/// The sentences of the passages that are shown so far, with the rank of the hit that shows each first.
#[derive(Default)]
pub struct Shown {
    ranks: HashMap<SentenceKey, usize, FixedState>,
    hits: usize,
}

/// A passage with its sentences.
pub struct KeyedPassage<'p> {
    text: &'p str,
    sentences: Vec<KeyedSentence>,
    /// Whether its sentences are all sentences of its article, none of them a part of one.
    is_of_whole_sentences: bool,
}

impl<'p> KeyedPassage<'p> {
    /// Finds the sentences of a passage.
    pub fn new(body: &'p str, passage: &Passage) -> Self {
        let text = &body[passage.start..passage.end];
        KeyedPassage { text, sentences: keyed_sentences(text), is_of_whole_sentences: passage::has_whole_sentences(body, passage) }
    }

    /// Returns the words of it.
    pub fn text(&self) -> &'p str {
        self.text
    }
}

impl Shown {
    /// Tells whether nothing is shown yet.
    pub fn is_empty(&self) -> bool {
        self.ranks.is_empty()
    }

    /// Goes on to the next hit.
    pub fn next_hit(&mut self) {
        self.hits += 1;
    }

    /// Notes the passage of the present hit.
    pub fn note(&mut self, passage: &KeyedPassage<'_>) {
        for sentence in &passage.sentences {
            self.ranks.entry(sentence.key).or_insert(self.hits);
        }
    }

    /// Returns the parts of a passage that are shown already, neighbouring sentences of one hit as one.
    pub fn parts(&self, passage: &KeyedPassage<'_>) -> Vec<ShownAbove> {
        let mut parts: Vec<ShownAbove> = Vec::new();
        for sentence in &passage.sentences {
            let Some(&rank) = self.ranks.get(&sentence.key) else { continue };
            match parts.last_mut() {
                Some(last) if last.rank == rank && passage.text[last.bytes.end..sentence.bytes.start].trim().is_empty() => {
                    last.bytes.end = sentence.bytes.end;
                }
                _ => parts.push(ShownAbove { bytes: sentence.bytes.clone(), rank }),
            }
        }
        parts
    }
}

/// An article that holds a part of a passage, as the columns know it.
struct Holder {
    address: DocAddress,
    extent: Extent,
    group: Option<u64>,
    published_seconds: Option<i64>,
}

/// Finds the articles of other groups that hold a passage of an article or a good part of it; `None` if there are none.
///
/// # Errors
///
/// When the index cannot be read.
pub fn elsewhere(snapshot: &Snapshot, passage: &KeyedPassage<'_>, article: DocAddress) -> Result<Option<Elsewhere>, Error> {
    let own = snapshot.columns(article.segment_ord)?.group.first(article.doc_id);
    let mut holders = Vec::new();
    for number in (0..).take(snapshot.searcher.segment_readers().len()) {
        let columns = snapshot.columns(number)?;
        for (document, len) in held_in(snapshot, number, passage, article).map_err(|error| snapshot.failed(error))? {
            let Some(extent) = extent(len, passage.text.len()) else { continue };
            let group = columns.group.first(document);
            if group.is_none() || group != own {
                let published_seconds = columns.published.first(document);
                holders.push(Holder { address: DocAddress::new(number, document), extent, group, published_seconds });
            }
        }
    }
    if holders.iter().any(|holder| holder.extent == Extent::Most) {
        holders.retain(|holder| holder.extent == Extent::Most);
    }
    let place = |holder: &&Holder| (holder.published_seconds.is_none(), holder.published_seconds, holder.address);
    let Some(first) = holders.iter().min_by_key(place) else { return Ok(None) };
    let groups: HashSet<u64, FixedState> = holders.iter().filter_map(|holder| holder.group).collect();
    let alone = holders.iter().filter(|holder| holder.group.is_none()).count();
    let first_article = snapshot.summary(snapshot.record(first.address)?)?;
    Ok(Some(Elsewhere { extent: first.extent, articles: holders.len(), groups: groups.len() + alone, first: first_article }))
}

/// A sentence of a passage as a segment knows it.
struct Known {
    info: TermInfo,
    len: usize,
}

/// A sentence of a passage, with the articles of a segment that hold it.
struct Posted {
    postings: SegmentPostings,
    len: usize,
}

/// Returns the other articles of a segment that may hold enough of a passage to tell of, in order, with the bytes of it that
/// each holds.
///
/// Formulas stand in thousands of articles and are short: articles are looked for by the rarer sentences, without one of which
/// too little is held, and the others are looked up for those articles alone. Most passages stand in no other article: that is
/// known when their longest sentences are looked up, before any list of articles is opened.
fn held_in(snapshot: &Snapshot, segment: u32, passage: &KeyedPassage<'_>, article: DocAddress) -> tantivy::Result<Vec<(u32, usize)>> {
    let reader = snapshot.searcher.segment_reader(segment);
    let index = reader.inverted_index(snapshot.fields.sentences)?;
    let is_own = segment == article.segment_ord;
    let is_article_alone = |info: &TermInfo| is_own && passage.is_of_whole_sentences && info.doc_freq == 1;
    let mut sentences: Vec<&KeyedSentence> = passage.sentences.iter().collect();
    sentences.sort_by_key(|sentence| Reverse(sentence.bytes.len()));
    let mut may_be_held: usize = sentences.iter().map(|sentence| sentence.bytes.len()).sum();
    let mut known = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        if extent(may_be_held, passage.text.len()).is_none() {
            return Ok(Vec::new());
        }
        let (term, len) = (Term::from_field_u64(snapshot.fields.sentences, sentence.key.0), sentence.bytes.len());
        match index.get_term_info(&term)? {
            Some(info) if !is_article_alone(&info) => known.push(Known { info, len }),
            _ => may_be_held -= len,
        }
    }
    if extent(may_be_held, passage.text.len()).is_none() {
        return Ok(Vec::new());
    }
    known.sort_by_key(|known| known.info.doc_freq);
    let rare = rare(&known, passage.text.len());
    let mut posted = Vec::with_capacity(known.len());
    for Known { info, len } in known {
        posted.push(Posted { postings: index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?, len });
    }
    let mut common = posted.split_off(rare);
    let mut held: Vec<(u32, usize)> = Vec::new();
    for Posted { postings, len } in &mut posted {
        held.extend(live_documents(reader, postings).map(|document| (document, *len)));
    }
    held.sort_unstable_by_key(|(document, _)| *document);
    held.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 += if is_same { next.1 } else { 0 };
        is_same
    });
    held.retain(|(document, _)| !is_own || *document != article.doc_id);
    for Posted { postings, len } in &mut common {
        for (document, held) in &mut held {
            let is_there = postings.doc() == *document || (postings.doc() < *document && postings.seek(*document) == *document);
            *held += if is_there { *len } else { 0 };
        }
    }
    Ok(held)
}

/// Tells how many sentences, the rarest first, have to be looked through: all the others together are too little to tell of.
fn rare(known: &[Known], whole: usize) -> usize {
    let mut others = 0;
    let is_too_little = |known: &&Known| {
        others += known.len;
        extent(others, whole).is_none()
    };
    known.len() - known.iter().rev().take_while(is_too_little).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: &str = "The bank that grows off the northern mole after every storm has been charted in vain for thirty years.";
    const PILOT: &str = "The pilots want a dredger that stays, and not one that is hired for a week each spring when it is too late.";

    fn keyed(text: &str) -> KeyedPassage<'_> {
        KeyedPassage::new(text, &Passage { start: 0, end: text.len(), first_paragraph: 0, last_paragraph: 0 })
    }

    #[test]
    fn sentences_that_were_shown_are_found_in_another_passage() {
        let mut shown = Shown::default();
        let passage = format!("It rained. {BANK} {PILOT}");
        let check = |shown: &Shown, expected: &[(&str, usize)]| {
            let parts = shown.parts(&keyed(&passage));
            assert_eq!(parts.iter().map(|part| (&passage[part.bytes.clone()], part.rank)).collect::<Vec<_>>(), expected);
        };
        check(&shown, &[]);
        shown.next_hit();
        shown.note(&keyed(PILOT));
        check(&shown, &[(PILOT, 1)]);
        shown.next_hit();
        shown.note(&keyed(&format!("{BANK} {PILOT}")));
        check(&shown, &[(BANK, 2), (PILOT, 1)]);
        let mut both = Shown::default();
        both.next_hit();
        both.note(&keyed(&format!("{PILOT}\n\n{BANK}")));
        check(&both, &[(&format!("{BANK} {PILOT}"), 1)]);
    }

    #[test]
    fn a_part_is_told_of_when_it_is_half_or_long() {
        assert_eq!(extent(100, 200), Some(Extent::Most));
        assert_eq!(extent(149, 500), None);
        assert_eq!(extent(150, 500), Some(Extent::Part));
    }
}
