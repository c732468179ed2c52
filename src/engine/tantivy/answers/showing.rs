//! Which passages of a hit are shown: those that answer best and tell something that is not shown already.

use std::ops::Range;

use tantivy::DocAddress;

use super::super::ranking::asked::Asked;
use super::super::record::Stored;
use super::passages::{self, Ranked};
use super::reused::{self, KeyedPassage, Shown};
use crate::error::Error;
use crate::search::{PassageHit, Passages, ShownAbove};

/// A passage that answers at least so well, compared with the best of the article, is shown in place of one that was shown already:
/// one of two words, where the best has both side by side.
const NEARLY_AS_GOOD: f32 = 0.25;

/// An article whose passages are to be shown.
pub struct Showing<'a> {
    /// What was asked.
    pub asked: &'a Asked<'a>,
    /// Where the article is.
    pub address: DocAddress,
    /// What is stored of it.
    pub stored: &'a Stored,
}

impl Showing<'_> {
    /// Chooses as many passages as are asked for: first the best one that is not shown already, then those that tell something more.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn passages(&self, shown: &mut Shown) -> Result<Vec<PassageHit>, Error> {
        let Showing { asked, stored, .. } = self;
        let wanted = match asked.request.passages {
            Passages::None => return Ok(Vec::new()),
            Passages::Best(wanted) => wanted as usize,
        };
        let occurrences = asked.snapshot.with_terms(|terms| asked.needles.occurrences(stored, terms));
        let all = stored.record.passages();
        let ranked = passages::ranked(&all, &occurrences, &asked.needle_weights);
        let Some(best) = ranked.first() else { return Ok(Vec::new()) };
        let is_good = |passage: &&Ranked<'_>| passage.score > 0.0 && passage.score >= best.score * NEARLY_AS_GOOD;
        let first = ranked.iter().take_while(is_good).map(|passage| Looked::at(passage, stored, shown));
        let first = first.into_iter().find(|looked| looked.tells_something_new(shown)).unwrap_or_else(|| Looked::at(best, stored, shown));
        let first_start = first.passage.passage.start;
        let mut found = vec![self.take(first, shown)?];
        for passage in ranked.iter().filter(|passage| passage.score > 0.0 && passage.passage.start != first_start) {
            if found.len() >= wanted {
                break;
            }
            let looked = Looked::at(passage, stored, shown);
            if looked.tells_something_new(shown) {
                found.push(self.take(looked, shown)?);
            }
        }
        Ok(found)
    }

    /// Makes the hit of a passage, which is shown from now on.
    fn take(&self, looked: Looked<'_>, shown: &mut Shown) -> Result<PassageHit, Error> {
        let (asked, stored) = (self.asked, self.stored);
        let Looked { passage: Ranked { passage, score, .. }, keyed, shown_above, highlights } = looked;
        let place = if stored.record.has_places() { passages::place(&stored.record.body(stored.text.clone()), passage) } else { None };
        shown.note(&keyed);
        Ok(PassageHit {
            text: keyed.text().to_owned(),
            elsewhere: reused::elsewhere(asked.snapshot, &keyed, self.address)?,
            shown_above,
            score: *score,
            body_bytes: passage.start..passage.end,
            lines: place.as_ref().map(|place| place.lines),
            bytes: place.and_then(|place| place.bytes),
            highlights,
        })
    }
}

/// A passage that may be shown, with what of it is shown already.
struct Looked<'p> {
    passage: &'p Ranked<'p>,
    keyed: KeyedPassage<'p>,
    shown_above: Vec<ShownAbove>,
    highlights: Vec<Range<usize>>,
}

impl<'p> Looked<'p> {
    fn at(passage: &'p Ranked<'p>, stored: &'p Stored, shown: &Shown) -> Self {
        let keyed = KeyedPassage::new(&stored.text, passage.passage);
        Looked { passage, shown_above: shown.parts(&keyed), keyed, highlights: passage.highlights() }
    }

    /// Tells whether something that matched in it stands in a sentence that is not shown already.
    fn tells_something_new(&self, shown: &Shown) -> bool {
        let is_within = |mark: &Range<usize>, part: &ShownAbove| part.bytes.start <= mark.start && mark.end <= part.bytes.end;
        shown.is_empty() || !self.highlights.iter().all(|mark| self.shown_above.iter().any(|part| is_within(mark, part)))
    }
}
