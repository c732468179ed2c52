//! The articles that a filter leaves, taken from posting lists where they are few: of an outlet, of some days.
//!
//! What is taken may be too much, never too little: the words of an outlet's name are looked up by their stems, and of several
//! words the rarest tells. The filter itself is still tested on each.

use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::super::schema::{Fields, UNDATED};
use super::super::words::language::Language;
use super::super::words::terms::Terms;
use super::facts::Window;
use crate::search::Undated;
use crate::text;

/// More than this share of a segment is not few. At a share of 24 words that must all be there took 1,180 µs in place of 632, at
/// one of 280 they took 278 in place of 620.
const SEGMENT_SHARE: u32 = 64;

/// More days than these are not looked up one by one.
const DAYS_MAX: usize = 400;

/// What a filter asks for.
#[derive(Clone, Copy)]
pub struct Narrowing<'f> {
    /// The words of the outlet's name.
    pub source: Option<&'f str>,
    /// When an article was published.
    pub window: Window,
    /// Whether articles without a date are among those taken.
    pub undated: Undated,
}

impl Narrowing<'_> {
    /// Takes the articles that are left, in ascending order; `None` where they are many, or nothing is asked for.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn few(&self, segment: &SegmentReader, fields: &Fields, terms: &mut Terms) -> tantivy::Result<Option<Vec<DocId>>> {
        if let Some(source) = self.source
            && let Some(few) = of_source(source, segment, fields, terms)?
        {
            return Ok(Some(few));
        }
        if self.window.is_set() { self.of_days(segment, fields) } else { Ok(None) }
    }

    fn of_days(&self, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Option<Vec<DocId>>> {
        let index = segment.inverted_index(fields.day)?;
        let term = |day: i64| Term::from_field_i64(fields.day, day);
        let days = self.window.days();
        let (first, last) = (term(*days.start()), term(*days.end()));
        let mut stream = index.terms().range().ge(first.serialized_value_bytes()).le(last.serialized_value_bytes()).into_stream()?;
        let (mut lists, mut articles) = (Vec::new(), 0);
        while stream.advance() {
            articles += stream.value().doc_freq;
            if articles > segment.max_doc() / SEGMENT_SHARE || lists.len() == DAYS_MAX {
                return Ok(None);
            }
            lists.push(stream.value().clone());
        }
        if self.undated == Undated::TakenIn
            && let Some(undated) = index.get_term_info(&term(UNDATED))?
        {
            articles += undated.doc_freq;
            lists.push(undated);
        }
        if articles > segment.max_doc() / SEGMENT_SHARE {
            return Ok(None);
        }
        let mut found = Vec::with_capacity(articles as usize);
        for list in &lists {
            read(&index, list, &mut found)?;
        }
        found.sort_unstable();
        Ok(Some(found))
    }
}

fn of_source(source: &str, segment: &SegmentReader, fields: &Fields, terms: &mut Terms) -> tantivy::Result<Option<Vec<DocId>>> {
    let index = segment.inverted_index(fields.source_words)?;
    let stems = terms.of(Language::ENGLISH);
    let mut rarest: Option<TermInfo> = None;
    for term in text::words(source).filter_map(|(_, word)| stems.term(word)) {
        let Some(list) = index.get_term_info(&Term::from_field_text(fields.source_words, &term))? else { return Ok(Some(Vec::new())) };
        if rarest.as_ref().is_none_or(|rarest| list.doc_freq < rarest.doc_freq) {
            rarest = Some(list);
        }
    }
    let Some(list) = rarest.filter(|list| list.doc_freq <= segment.max_doc() / SEGMENT_SHARE) else { return Ok(None) };
    let mut found = Vec::with_capacity(list.doc_freq as usize);
    read(&index, &list, &mut found)?;
    Ok(Some(found))
}

fn read(index: &InvertedIndexReader, list: &TermInfo, found: &mut Vec<DocId>) -> tantivy::Result<()> {
    let mut postings: SegmentPostings = index.read_postings_from_terminfo(list, IndexRecordOption::Basic)?;
    while postings.doc() != TERMINATED {
        found.push(postings.doc());
        postings.advance();
    }
    Ok(())
}
