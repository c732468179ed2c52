//! Going through the matches of a request: the best of them, and how many there are.

use std::cell::RefCell;

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use super::super::columns::SegmentColumns;
use super::super::matching::facts::SegmentFacts;
use super::super::matching::few::Narrowing;
use super::super::matching::filter::SegmentFilter;
use super::super::matching::positions::{PositionTest, Verdict};
use super::super::matching::reading::Reading;
use super::super::matching::sought::Sought;
use super::super::matching::tree::Sign;
use super::asked::Asked;
use super::collapse::{Best, Candidate};
use super::counts::{Counting, Counts, SegmentCounting};
use super::placed::{self, LOOKED_AT};
use super::score::as_told;
use super::spread;
use super::ties;
use crate::error::Error;
use crate::query::Fact;
use crate::search::{Order, Spread, Undated};

/// One segment that a request goes through.
struct Part<'a> {
    asked: &'a Asked<'a>,
    number: u32,
    segment: &'a SegmentReader,
    columns: &'a SegmentColumns,
    filter: &'a SegmentFilter,
    test: Option<(RefCell<PositionTest<'a>>, SegmentFacts)>,
    /// The only articles that the filter may admit, where they are few.
    few: Option<Vec<DocId>>,
}

/// Looking up an article costs as much as going through so many: a guess, which matters where a word is nearly as rare as what the
/// filter leaves.
const LOOK_UP_COST: u64 = 4;

/// So few articles are looked up whatever going through all would cost.
const FEW_AT_ANY_COST: usize = 32;

/// Finds the best candidates, best first, at most one a group where groups are collapsed: by BM25 and, of the best of these, by
/// the places of the words (see `score`). Of equals the latest comes first, of one time the first by key, wherever they stand in
/// the index.
///
/// # Errors
///
/// When the index cannot be read, or the time is over.
pub fn best(asked: &Asked) -> Result<Vec<Candidate>, Error> {
    let (limit, is_placed) = (asked.request.limit, !asked.placed.is_empty());
    let is_spread = asked.request.spread == Spread::Sources && asked.request.order == Order::Relevance;
    let wanted = if is_spread { limit.saturating_mul(spread::POOL) } else { limit };
    let ties = |a: DocAddress, b: DocAddress| ties::latest_first(asked.snapshot, a, b);
    let mut best = Best::new(if is_placed { wanted.max(LOOKED_AT) } else { wanted }, asked.request.collapse, &ties);
    if limit > 0 {
        for part in parts(asked, asked.request.filter.undated) {
            let part = part?;
            let gone_through = match asked.request.order {
                Order::Relevance => asked.readings.iter().try_for_each(|reading| part.best_by_score(reading, &mut best)),
                Order::Newest => part.best_by_date(&mut best, |seconds| seconds as f64),
                Order::Oldest => part.best_by_date(&mut best, |seconds| -seconds as f64),
            };
            gone_through.map_err(|error| asked.snapshot.failed(error))?;
            asked.clock.check()?;
        }
    }
    let (mut found, copies) = best.into_sorted();
    if is_placed {
        found = placed::by_places(asked, found, copies)?;
        found.truncate(wanted);
    }
    if is_spread { spread::by_source(asked.snapshot, found, limit) } else { Ok(found) }
}

/// Counts all matches.
///
/// # Errors
///
/// When the index cannot be read, or the time is over.
pub fn count(asked: &Asked) -> Result<Counts, Error> {
    let mut counting = Counting::new(&asked.request.facets);
    // What lacks a date is counted too.
    for part in parts(asked, Undated::TakenIn) {
        let part = part?;
        let mut segment = counting.segment(part.columns).map_err(|error| asked.snapshot.failed(error))?;
        part.count(&mut segment).map_err(|error| asked.snapshot.failed(error))?;
        asked.clock.check()?;
        segment.finish(asked.snapshot.source_numbers()?.get(part.number as usize).map_or(&[], Vec::as_slice));
    }
    Ok(counting.finish())
}

fn parts<'a>(asked: &'a Asked<'a>, undated: Undated) -> impl Iterator<Item = Result<Part<'a>, Error>> {
    (0..).zip(asked.snapshot.searcher.segment_readers()).map(move |(number, segment)| {
        let columns = asked.snapshot.columns(number)?;
        let test = asked.position_test(segment, columns)?;
        let filter = asked.filter(number)?;
        let narrowing = Narrowing { source: asked.request.filter.source.as_deref(), window: filter.window(), undated };
        let few = asked.snapshot.with_terms(|terms| narrowing.few(segment, &asked.snapshot.fields, terms));
        let few = few.map_err(|error| asked.snapshot.failed(error))?;
        Ok(Part { asked, number, segment, columns, filter, test, few })
    })
}

impl Part<'_> {
    fn address(&self, document: DocId) -> DocAddress {
        DocAddress::new(self.number, document)
    }

    fn admits(&self, document: DocId) -> bool {
        !self.asked.clock.is_over() && !self.segment.is_deleted(document) && self.filter.admits(document) && self.confirms(document)
    }

    /// Tells whether an article that was found matches to the word: by the positions of its words, else by its text.
    fn confirms(&self, document: DocId) -> bool {
        let Some((test, told)) = &self.test else { return self.asked.confirms(self.address(document)) };
        let holds = |fact: &Fact, sign: Sign| told.holds(fact, sign, document);
        match test.borrow_mut().verdict(document, &self.asked.snapshot.fields, &holds) {
            Verdict::Match => true,
            Verdict::NoMatch => false,
            Verdict::Unclear => self.asked.confirms(self.address(document)),
        }
    }

    fn candidate(&self, document: DocId, rank: f64) -> Candidate {
        Candidate { rank, gain: 0.0, address: self.address(document), group: self.columns.group.first(document) }
    }

    fn best_by_score(&self, reading: &Reading, best: &mut Best) -> tantivy::Result<()> {
        // What scores as much as the worst kept is looked at too: it may come before it.
        let lowest = |best: &Best| best.threshold().map_or(Score::MIN, |rank| (rank as Score).next_down());
        let least = lowest(best);
        let mut look = |document, score| {
            if self.asked.clock.is_over() {
                return Score::MAX;
            }
            // No weight is greater than one, so that the rank is never above the score by which blocks are passed over.
            let weight = self.asked.recency.map_or(1.0, |recency| recency.weight(self.filter.published(document)));
            let candidate = self.candidate(document, as_told(f64::from(score) * weight));
            if best.may_take(&candidate) && self.admits(document) {
                best.offer(candidate);
            }
            lowest(best)
        };
        let Some((few, mut sought)) = self.sought(reading, EnableScoring::enabled_from_searcher(&self.asked.snapshot.searcher))? else {
            return reading.weight.for_each_pruning(least, self.segment, &mut look);
        };
        sought.visit(few, &mut |document, score| {
            look(document, score);
        });
        Ok(())
    }

    /// Opens a query to be asked of the few articles that the filter may admit; `None` where they are many, or going through all
    /// that the query finds is cheaper.
    fn sought(&self, reading: &Reading, scoring: EnableScoring<'_>) -> tantivy::Result<Option<(&[DocId], Sought)>> {
        let Some(few) = &self.few else { return Ok(None) };
        let sought = Sought::open(reading.lowered.as_ref(), scoring, self.segment)?;
        let is_cheaper = few.len() <= FEW_AT_ANY_COST || few.len() as u64 * LOOK_UP_COST <= sought.cost();
        Ok(is_cheaper.then_some((few, sought)))
    }

    fn best_by_date(&self, best: &mut Best, rank: impl Fn(i64) -> f64) -> tantivy::Result<()> {
        self.visit(&mut |documents| {
            for &document in documents {
                let rank = self.filter.published(document).map_or(f64::MIN, &rank);
                let candidate = self.candidate(document, rank);
                if best.may_take(&candidate) && self.admits(document) {
                    best.offer(candidate);
                }
            }
        })
    }

    /// Visits all that is found, in blocks, while there is time.
    fn visit(&self, visit: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        let mut in_time = |documents: &[DocId]| {
            if !self.asked.clock.is_over() {
                visit(documents);
            }
        };
        for reading in &self.asked.readings {
            match self.sought(reading, EnableScoring::disabled_from_searcher(&self.asked.snapshot.searcher))? {
                None => reading.unscored.for_each_no_score(self.segment, &mut in_time)?,
                Some((few, mut sought)) => {
                    let mut found = Vec::new();
                    sought.visit(few, &mut |document, _| found.push(document));
                    in_time(&found);
                }
            }
        }
        Ok(())
    }

    /// Tells whether all that is found is a match, without a look at it.
    fn admits_all(&self) -> bool {
        !self.segment.has_deletes() && self.filter.admits_all() && self.test.is_none() && self.asked.confirms_all()
    }

    fn count(&self, counting: &mut SegmentCounting<'_>) -> tantivy::Result<()> {
        if self.admits_all() {
            return self.visit(&mut |documents| counting.note(documents));
        }
        let mut admitted = Vec::new();
        self.visit(&mut |documents| {
            admitted.clear();
            for &document in documents {
                if self.admits(document) {
                    admitted.push(document);
                } else if self.filter.misses_only_a_date(document) && !self.segment.is_deleted(document) && self.confirms(document) {
                    counting.note_undated();
                }
            }
            counting.note(&admitted);
        })
    }
}
