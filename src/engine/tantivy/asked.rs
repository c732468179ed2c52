//! One request on its way through the index: what was asked, made ready once.

use tantivy::query::{EnableScoring, Weight};
use tantivy::{DocAddress, Term};

use super::columns::SegmentColumns;
use super::filter::{LargeGroups, SegmentFilter};
use super::lower;
use super::needles::Needles;
use super::snapshot::Snapshot;
use crate::error::Error;
use crate::search::{Passages, SearchRequest};

/// A request, made ready for the index.
pub struct Asked<'q> {
    /// Where it is asked.
    pub snapshot: &'q Snapshot,
    /// What was asked.
    pub request: &'q SearchRequest,
    /// What finds and scores articles.
    pub weight: Box<dyn Weight>,
    /// What finds articles and does not score them.
    pub unscored: Box<dyn Weight>,
    /// The words and phrases to find again in the texts.
    pub needles: Needles,
    /// How much each needle weighs when passages are chosen: its rarity, as in BM25; none where none are chosen.
    pub needle_weights: Vec<f32>,
}

impl<'q> Asked<'q> {
    /// Makes a request ready.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn new(snapshot: &'q Snapshot, request: &'q SearchRequest) -> Result<Self, Error> {
        let (needles, lowered) =
            snapshot.with_terms(|terms| (Needles::new(&request.query, terms), lower::lower(&request.query, &snapshot.fields, terms)));
        let failed = |error| snapshot.failed(error);
        let weight = lowered.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher)).map_err(failed)?;
        let unscored = lowered.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher)).map_err(failed)?;
        let needle_weights = if request.passages == Passages::Best { rarities(snapshot, &needles)? } else { Vec::new() };
        Ok(Asked { snapshot, request, weight, unscored, needles, needle_weights })
    }

    /// Makes the request's filter ready for a segment.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn filter(&self, columns: &SegmentColumns) -> Result<SegmentFilter, Error> {
        let groups = match self.request.filter.group_articles_min {
            None => None,
            Some(articles_min) => Some(LargeGroups { group: columns.group.clone(), sizes: self.snapshot.group_sizes()?, articles_min }),
        };
        SegmentFilter::new(&self.request.filter, columns, groups).map_err(|error| self.snapshot.failed(error))
    }

    /// Tells what the index cannot tell by itself: whether an article that it found has the words in just the form that was
    /// typed. One that cannot be read has not.
    pub fn confirms(&self, address: DocAddress) -> bool {
        if !self.needles.needs_check {
            return true;
        }
        let Ok(stored) = self.snapshot.stored(address) else { return false };
        let source = stored.record.metadata.source.as_ref().map_or("", |source| source.value.as_str());
        self.snapshot.with_terms(|terms| self.needles.match_article(&stored.headline, &stored.text, source, terms))
    }
}

/// Returns the rarity of each needle; a phrase has that of its rarest word.
fn rarities(snapshot: &Snapshot, needles: &Needles) -> Result<Vec<f32>, Error> {
    let total = snapshot.searcher.num_docs() as f32;
    let rarity = |term: &str| -> Result<f32, Error> {
        let term = Term::from_field_text(snapshot.fields.text, term);
        let found = snapshot.searcher.doc_freq(&term).map_err(|error| snapshot.failed(error))? as f32;
        Ok((1.0 + (total - found.min(total) + 0.5) / (found + 0.5)).ln())
    };
    let weigh =
        |terms: Option<Vec<&str>>| terms.unwrap_or_default().into_iter().try_fold(0.0_f32, |rarest, term| Ok(rarest.max(rarity(term)?)));
    needles.terms().map(weigh).collect()
}
