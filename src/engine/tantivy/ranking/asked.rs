//! One request on its way through the index: what was asked, made ready once.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use tantivy::{DocAddress, SegmentReader, Term};

use super::super::clock::Clock;
use super::super::columns::SegmentColumns;
use super::super::matching::expand::Expansions;
use super::super::matching::facts::{self, SegmentFacts};
use super::super::matching::filter::{Apart, SegmentFilter};
use super::super::matching::lower::Lowering;
use super::super::matching::needles::{Needles, PlacedNeedle};
use super::super::matching::positions::PositionTest;
use super::super::matching::reading::{self, Reading};
use super::super::matching::tree::Sign;
use super::super::snapshot::Snapshot;
use super::recency::Recency;
use super::score;
use crate::error::Error;
use crate::query::Fact;
use crate::search::{Order, Passages, SearchRequest, TooWide};

/// A request, made ready for the index.
pub struct Asked<'q> {
    /// Where it is asked.
    pub snapshot: &'q Snapshot,
    /// What was asked.
    pub request: &'q SearchRequest,
    /// What finds the matches, each once.
    pub readings: Vec<Reading>,
    /// The words and phrases to find again in the texts.
    pub needles: Needles,
    /// How much each needle weighs by itself: its rarity, as in BM25; none where nothing is weighed.
    pub needle_weights: Vec<f32>,
    /// The needles whose places count for the score; none where nothing is ordered by score.
    pub placed: Vec<PlacedNeedle>,
    /// What words with wildcards stand for.
    pub expansions: Expansions,
    /// How long it may take.
    pub clock: Clock,
    /// How the age of an article counts, where it does.
    pub recency: Option<Recency>,
    /// The words that stand for more than are looked for.
    pub too_wide: Vec<TooWide>,
    facts: Vec<(Fact, Sign)>,
    is_rough: bool,
    asks_for_days_within: bool,
    apart_from: Option<DocAddress>,
    checked: RefCell<HashMap<DocAddress, bool, FixedState>>,
    /// What finds matches by terms that fit the patterns of the query; nothing where that tells nothing.
    sure_readings: OnceCell<Vec<Reading>>,
    sure: Vec<OnceCell<HashSet<u32, FixedState>>>,
    filters: Vec<OnceCell<SegmentFilter>>,
}

impl<'q> Asked<'q> {
    /// Makes a request ready.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the time is over.
    pub fn new(snapshot: &'q Snapshot, request: &'q SearchRequest) -> Result<Self, Error> {
        let clock = Clock::new(request.deadline);
        let facts::Parted { facts, rest } = facts::part(&request.query);
        let rest = rest.as_deref();
        let mut expansions = rest.map_or_else(|| Ok(Expansions::default()), |rest| Expansions::new(rest, snapshot, &clock))?;
        let lowering = Lowering { fields: &snapshot.fields, expansions: &expansions, language: None };
        let is_rough = rest.is_some_and(|rest| lowering.is_rough(rest));
        let asks_for_days_within = rest.is_some_and(facts::asks_for_days);
        let needles = snapshot.with_terms(|terms| Needles::new(rest, &expansions, terms));
        let readings = reading::readings(rest, &expansions, snapshot)?;
        let is_ranked = request.order == Order::Relevance && request.limit > 0;
        let needle_weights = if is_ranked || request.passages != Passages::None { rarities(snapshot, &needles)? } else { Vec::new() };
        let recency = match request.recent_on {
            Some(today) if is_ranked => Some(Recency::until(today, snapshot)?),
            _ => None,
        };
        let placed = if is_ranked { needles.placed() } else { Vec::new() };
        let too_wide = std::mem::take(&mut expansions.too_wide);
        let apart_from = match &request.filter.apart_from {
            Some(key) => snapshot.documents_with(&Term::from_field_text(snapshot.fields.key, &key.to_string()))?.first().copied(),
            None => None,
        };
        Ok(Asked {
            snapshot,
            request,
            readings,
            needles,
            needle_weights,
            placed,
            expansions,
            clock,
            recency,
            too_wide,
            facts,
            is_rough,
            asks_for_days_within,
            apart_from,
            checked: RefCell::default(),
            sure_readings: OnceCell::new(),
            sure: snapshot.searcher.segment_readers().iter().map(|_| OnceCell::new()).collect(),
            filters: snapshot.searcher.segment_readers().iter().map(|_| OnceCell::new()).collect(),
        })
    }

    /// Returns how much the score of an article counts by its age.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn recency_weight(&self, address: DocAddress) -> Result<f64, Error> {
        let Some(recency) = self.recency else { return Ok(1.0) };
        Ok(recency.weight(self.snapshot.columns(address.segment_ord)?.published.first(address.doc_id)))
    }

    /// Returns the request's filter for a segment, made ready once.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn filter(&self, segment: u32) -> Result<&SegmentFilter, Error> {
        let place = &self.filters[segment as usize];
        if let Some(filter) = place.get() {
            return Ok(filter);
        }
        let ready = self.ready_filter(segment)?;
        Ok(place.get_or_init(|| ready))
    }

    fn ready_filter(&self, segment: u32) -> Result<SegmentFilter, Error> {
        let (filter, columns) = (&self.request.filter, self.snapshot.columns(segment)?);
        let told = match filter.group_articles_min {
            None if self.facts.is_empty() => None,
            _ => Some(self.told(columns)?),
        };
        let ready = SegmentFilter::new(filter, &self.facts, columns, told).map_err(|error| self.snapshot.failed(error))?;
        let Some(address) = self.apart_from else { return Ok(ready) };
        let group = self.snapshot.columns(address.segment_ord)?.group.first(address.doc_id);
        let document = (address.segment_ord == segment).then_some(address.doc_id);
        Ok(ready.apart_from(Apart { document, group: group.map(|group| (group, columns.group.clone())) }))
    }

    /// Opens what tells without the texts whether articles match, with what tells facts; `None` where nothing has to be told.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn position_test(
        &self,
        segment: &SegmentReader,
        columns: &SegmentColumns,
    ) -> Result<Option<(RefCell<PositionTest<'_>>, SegmentFacts)>, Error> {
        if !self.is_rough {
            return Ok(None);
        }
        let test = self.needles.position_test(&self.snapshot.fields, segment).map_err(|error| self.snapshot.failed(error))?;
        let Some(test) = test else { return Ok(None) };
        Ok(Some((RefCell::new(test), self.told(columns)?)))
    }

    /// Tells whether days of publication are asked for in a part of the query that other parts may stand in for.
    pub fn asks_for_days_within(&self) -> bool {
        self.asks_for_days_within
    }

    fn told(&self, columns: &SegmentColumns) -> Result<SegmentFacts, Error> {
        Ok(SegmentFacts::new(columns, self.snapshot.group_sizes()?, self.request.filter.undated))
    }

    /// Tells whether what the index finds is a match without a further look.
    pub fn confirms_all(&self) -> bool {
        !self.is_rough
    }

    /// Tells what the index cannot tell by itself: whether an article that it found has the words in just the form that was
    /// typed, near what they must be near, and so often. One that cannot be read has not. Each article is read once.
    pub fn confirms(&self, address: DocAddress) -> bool {
        if !self.is_rough {
            return true;
        }
        if let Some(known) = self.checked.borrow().get(&address) {
            return *known;
        }
        if self.clock.is_over_now() {
            return false;
        }
        let is_confirmed = self.is_sure(address).unwrap_or(false) || self.check(address).unwrap_or(false);
        self.checked.borrow_mut().insert(address, is_confirmed);
        is_confirmed
    }

    /// Tells whether an article is found by terms that need no look at the text; these are looked for once a segment.
    fn is_sure(&self, address: DocAddress) -> Result<bool, Error> {
        let place = &self.sure[address.segment_ord as usize];
        if let Some(found) = place.get() {
            return Ok(found.contains(&address.doc_id));
        }
        let segment = self.snapshot.searcher.segment_reader(address.segment_ord);
        let mut found = HashSet::default();
        for reading in self.sure_readings()? {
            let visited = reading.unscored.for_each_no_score(segment, &mut |documents| found.extend(documents));
            visited.map_err(|error| self.snapshot.failed(error))?;
        }
        Ok(place.get_or_init(|| found).contains(&address.doc_id))
    }

    fn sure_readings(&self) -> Result<&[Reading], Error> {
        if let Some(readings) = self.sure_readings.get() {
            return Ok(readings);
        }
        let parted = facts::part(&self.request.query);
        let lowering = Lowering { fields: &self.snapshot.fields, expansions: &self.expansions, language: None };
        let readings = match parted.rest.as_deref() {
            Some(rest) if lowering.is_rough_by_patterns(rest, None) => {
                reading::readings(Some(rest), &self.expansions.sure(), self.snapshot)?
            }
            _ => Vec::new(),
        };
        Ok(self.sure_readings.get_or_init(|| readings))
    }

    fn check(&self, address: DocAddress) -> Result<bool, Error> {
        let unread = self.snapshot.unread(address)?;
        let columns = self.snapshot.columns(address.segment_ord)?;
        let told = OnceCell::new();
        let holds = |fact: &Fact, sign: Sign| {
            let told = told.get_or_init(|| self.told(columns).ok());
            told.as_ref().is_some_and(|told| told.holds(fact, sign, address.doc_id))
        };
        Ok(self.snapshot.with_terms(|terms| self.needles.match_article(&unread, terms, &holds)))
    }
}

/// Returns the rarity of each needle; a phrase has that of its rarest word, a word with wildcards that of all it stands for.
fn rarities(snapshot: &Snapshot, needles: &Needles) -> Result<Vec<f32>, Error> {
    let total = snapshot.searcher.num_docs() as f32;
    let frequency = |term: &str| -> Result<f32, Error> {
        let term = Term::from_field_text(snapshot.fields.text, term);
        Ok(snapshot.searcher.doc_freq(&term).map_err(|error| snapshot.failed(error))? as f32)
    };
    let rarity = |terms: Vec<&str>| -> Result<f32, Error> {
        let found = terms.into_iter().try_fold(0.0_f32, |found, term| Ok::<f32, Error>(found + frequency(term)?))?.min(total);
        Ok(score::rarity(found, total))
    };
    let weigh = |words: Option<Vec<Vec<&str>>>| {
        words.unwrap_or_default().into_iter().try_fold(0.0_f32, |rarest, terms| Ok(rarest.max(rarity(terms)?)))
    };
    needles.terms().map(weigh).collect()
}
