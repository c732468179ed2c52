//! Where the score of a hit comes from, told in the words of the query.
//!
//! The score of each word is asked of the index by itself; together with what their places add they make the score that the
//! hit was found by.

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet};

use super::super::matching::facts;
use super::super::matching::lower::Lowering;
use super::super::matching::tree::Sign;
use super::asked::Asked;
use super::collapse::Candidate;
use super::placed::PlaceReader;
use super::score::{self, Gain, Places};
use crate::error::Error;
use crate::query::{Field, Presence, Query};
use crate::search::{Explanation, Order, ScorePart, ScoreSource};
use crate::text;

/// Differences below this are those of adding in another order.
const ROUNDING: f32 = 0.001;

/// A word or phrase of a query.
struct Leaf<'q> {
    query: &'q Query,
    field: Option<Field>,
    sign: Sign,
}

impl Leaf<'_> {
    fn typed(&self) -> String {
        let typed = self.query.to_string();
        self.field.map_or(typed.clone(), |field| format!("{}:{typed}", field.label()))
    }
}

/// Tells where the score of a candidate comes from that is shown by the article at `shown`; nothing where there are no scores.
///
/// # Errors
///
/// When the index cannot be read.
pub fn explanation(asked: &Asked, candidate: &Candidate, shown: DocAddress) -> Result<Option<Explanation>, Error> {
    if asked.request.order != Order::Relevance {
        return Ok(None);
    }
    let parted = facts::part(&asked.request.query);
    let mut leaves = Vec::new();
    if let Some(rest) = &parted.rest {
        collect(rest, None, Sign::Positive, &mut leaves);
    }
    let stored = asked.snapshot.stored(candidate.address)?;
    let places = places(asked, candidate.address).map_err(|error| asked.snapshot.failed(error))?;
    let mut parts = Vec::new();
    for (number, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| leaf.sign == Sign::Positive) {
        let at = asked.placed.iter().position(|needle| needle.number == number);
        let times = at.and_then(|at| u32::try_from(places.get(at)?.starts.len()).ok());
        parts.extend(word_part(asked, leaf, times, candidate.address).map_err(|error| asked.snapshot.failed(error))?);
    }
    if candidate.gain > 0.0 {
        let headline_words = text::words(&stored.headline).count();
        add_gains(&Told { asked, leaves: &leaves, headline_words }, &places, &mut parts);
    }
    parts.extend(age_part(asked, candidate)?);
    let rest = candidate.rank as f32 - parts.iter().map(|part| part.score).sum::<f32>();
    if rest.abs() > ROUNDING {
        parts.push(ScorePart { score: rest, source: ScoreSource::Conditions });
    }
    let of = if candidate.address == shown { None } else { Some(asked.snapshot.summary(stored.record)?.id) };
    Ok(Some(Explanation { of, parts }))
}

/// Collects the words and phrases of a query in the order in which its needles are numbered.
fn collect<'q>(query: &'q Query, field: Option<Field>, sign: Sign, leaves: &mut Vec<Leaf<'q>>) {
    match query {
        Query::Word(_) | Query::Phrase(_) => leaves.push(Leaf { query, field, sign }),
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| collect(part, field, sign, leaves)),
        Query::Not(part) => collect(part, field, sign.turned(), leaves),
        Query::Within { field, query } => collect(query, Some(*field), sign, leaves),
        Query::Near(near) => {
            collect(&near.left, field, sign, leaves);
            let right = if near.connector.presence == Presence::NotNear { sign.turned() } else { sign };
            collect(&near.right, field, right, leaves);
        }
        Query::AtLeast { query, .. } => collect(query, field, sign, leaves),
        Query::Fact(_) => {}
    }
}

/// Returns what the age of an article takes from its score; nothing where ages do not count.
fn age_part(asked: &Asked, candidate: &Candidate) -> Result<Option<ScorePart>, Error> {
    let Some(recency) = asked.recency else { return Ok(None) };
    let published = asked.snapshot.columns(candidate.address.segment_ord)?.published.first(candidate.address.doc_id);
    let weight = recency.weight(published);
    let score = candidate.rank - candidate.rank / weight;
    Ok(Some(ScorePart { score: score as f32, source: ScoreSource::Age { days: recency.age_days(published), weight } }))
}

fn places(asked: &Asked, address: DocAddress) -> tantivy::Result<Vec<Places>> {
    let mut reader = PlaceReader::open(asked, asked.snapshot.searcher.segment_reader(address.segment_ord))?;
    Ok(reader.places(address.doc_id).to_vec())
}

/// Returns what a word or phrase adds by itself; nothing where the article does not have it.
fn word_part(asked: &Asked, leaf: &Leaf, times: Option<u32>, address: DocAddress) -> tantivy::Result<Option<ScorePart>> {
    let snapshot = asked.snapshot;
    let lowering = Lowering { fields: &snapshot.fields, expansions: &asked.expansions, language: None };
    let lowered = snapshot.with_terms(|terms| lowering.lower_in(leaf.query, leaf.field, terms));
    let segment = snapshot.searcher.segment_reader(address.segment_ord);
    let weight = lowered.weight(EnableScoring::enabled_from_searcher(&snapshot.searcher))?;
    let mut scorer = weight.scorer(segment, 1.0)?;
    if scorer.doc() > address.doc_id || (scorer.doc() < address.doc_id && scorer.seek(address.doc_id) != address.doc_id) {
        return Ok(None);
    }
    let field = snapshot.fields.of_query(leaf.field);
    let source = ScoreSource::Word {
        word: leaf.typed(),
        times,
        articles_with: lowered.count(&snapshot.searcher)? as u64,
        articles: snapshot.searcher.num_docs(),
        length_words: segment.get_fieldnorms_reader(field)?.fieldnorm(address.doc_id),
    };
    Ok(Some(ScorePart { score: scorer.score(), source }))
}

/// What gains are told by.
struct Told<'a> {
    asked: &'a Asked<'a>,
    leaves: &'a [Leaf<'a>],
    headline_words: usize,
}

impl Told<'_> {
    fn word(&self, placed: usize) -> String {
        self.leaves.get(self.asked.placed[placed].number).map(Leaf::typed).unwrap_or_default()
    }

    /// Counts the words before a position: the index leaves one out between headline and body.
    fn words_before(&self, position: u32) -> u32 {
        if position as usize > self.headline_words { position - 1 } else { position }
    }
}

fn add_gains(told: &Told, places: &[Places], parts: &mut Vec<ScorePart>) {
    let asked = told.asked;
    let rarities: Vec<f32> = asked.placed.iter().map(|needle| asked.needle_weights[needle.number]).collect();
    score::visit_gains(&rarities, places, &mut |gain, score| {
        let source = match gain {
            Gain::Early { word, first } => ScoreSource::Early { word: told.word(word), words_before: told.words_before(first) },
            Gain::Near { pair, distance } => ScoreSource::Near { words: (told.word(pair.0), told.word(pair.1)), distance },
        };
        parts.push(ScorePart { score, source });
    });
}
