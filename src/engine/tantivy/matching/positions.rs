//! What the positions of the index tell of a query by themselves: what stands near what, and how often, without a text.
//!
//! The positions of a headline are the same in the field of headlines as in the field of headline and body, so that the two
//! are told apart; where sentences, paragraphs and the lede begin stands in a field of its own (see [`super::super::words::bounds`]). Where
//! positions do not decide (a word in just one form), the answer is [`Verdict::Unclear`] and the text has to.

use std::borrow::Cow;

use tantivy::postings::SegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term, schema};

use super::super::schema::Fields;
use super::super::words::bounds::{Bound, Bounds};
use super::super::words::tokens::Vocabulary;
use super::cursor::{Cursor, read_positions};
use super::needle::{Check, Needle, NeedleWord};
use super::pair::Pair;
use super::tree::{NearNode, Node, Sign};
use crate::query::{Connector, Fact, Field, Presence, Reach, Succession};

/// The most terms whose positions are read; of queries with more the texts are.
const TERMS_MAX: usize = 64;

/// The most pairs that are made of the places of two operands; as many as in a text.
const PAIRS_MAX: usize = 4096;

/// What positions tell of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It matches.
    Match,
    /// It does not.
    NoMatch,
    /// They do not tell.
    Unclear,
}

impl Verdict {
    fn of(is_match: bool) -> Self {
        if is_match { Verdict::Match } else { Verdict::NoMatch }
    }

    fn turned(self) -> Self {
        match self {
            Verdict::Match => Verdict::NoMatch,
            Verdict::NoMatch => Verdict::Match,
            Verdict::Unclear => Verdict::Unclear,
        }
    }

    /// A match that positions alone cannot make sure of.
    fn at_best_unclear(self) -> Self {
        if self == Verdict::Match { Verdict::Unclear } else { self }
    }
}

/// A query as positions are asked.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    /// Its tree.
    pub tree: &'a Node,
    /// Its needles.
    pub needles: &'a [Needle],
    /// Its terms.
    pub vocabulary: &'a Vocabulary,
}

/// Reads the positions of a segment, article by article in ascending order.
pub struct PositionTest<'a> {
    asking: Asking<'a>,
    /// The cursor of each term in each field in which it is looked for.
    cursors: Vec<Cursor>,
    bound_cursors: Vec<(Bound, SegmentPostings)>,
    bounds: Bounds,
    pair: Option<Pair>,
    last: Option<(u32, Verdict)>,
}

/// A place of a part of the query, as positions of words.
struct Place {
    first: u32,
    last: u32,
    /// The positions of its words; nothing where they are all from the first to the last.
    words: Option<Vec<u32>>,
}

impl Place {
    fn has_word(&self, position: u32) -> bool {
        self.words.as_ref().map_or((self.first..=self.last).contains(&position), |words| words.contains(&position))
    }

    fn words(&self) -> Vec<u32> {
        self.words.clone().unwrap_or_else(|| (self.first..=self.last).collect())
    }

    fn shares_words(&self, other: &Place) -> bool {
        let are_apart = self.last < other.first || other.last < self.first;
        !are_apart && self.words().iter().any(|word| other.has_word(*word))
    }
}

impl<'a> PositionTest<'a> {
    /// Opens the positions that a query needs; `None` where that are too many.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn new(asking: Asking<'a>, fields: &Fields, segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        if asking.vocabulary.len() > TERMS_MAX {
            return Ok(None);
        }
        let mut wanted: Vec<(schema::Field, usize)> = Vec::new();
        for needle in asking.needles {
            for term in needle.words.iter().flat_map(|word| &word.terms) {
                wanted.push((fields.of_query(needle.field), *term));
                if needle.field.is_none_or(|field| field == Field::Lede) {
                    wanted.push((fields.headline, *term));
                }
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut cursors = Vec::with_capacity(wanted.len());
        for (field, term) in wanted {
            let index = segment.inverted_index(field)?;
            let of_index = Term::from_field_text(field, asking.vocabulary.term(term));
            if let Some(postings) = index.read_postings(&of_index, IndexRecordOption::WithFreqsAndPositions)? {
                cursors.push(Cursor { field, term, postings, positions: Vec::new() });
            }
        }
        let mut bound_cursors = Vec::new();
        for bound in needed_bounds(&asking) {
            let of_index = Term::from_field_text(fields.bounds, bound.term());
            let index = segment.inverted_index(fields.bounds)?;
            if let Some(postings) = index.read_postings(&of_index, IndexRecordOption::WithFreqsAndPositions)? {
                bound_cursors.push((bound, postings));
            }
        }
        let pair = Pair::of(asking.tree, asking.needles, &cursors, fields);
        Ok(Some(PositionTest { asking, cursors, bound_cursors, bounds: Bounds::default(), pair, last: None }))
    }

    /// Tells what positions tell of an article; articles are asked for in ascending order, one may be asked for again.
    pub fn verdict(&mut self, document: u32, fields: &Fields, holds: &dyn Fn(&Fact, Sign) -> bool) -> Verdict {
        if let Some((_, verdict)) = self.last.filter(|(last, _)| *last == document) {
            return verdict;
        }
        if self.last.is_some_and(|(last, _)| document < last) {
            return Verdict::Unclear;
        }
        let verdict = match &self.pair {
            Some(pair) => Verdict::of(pair.is_in(document, &mut self.cursors)),
            None => self.general_verdict(document, fields, holds),
        };
        self.last = Some((document, verdict));
        verdict
    }

    fn general_verdict(&mut self, document: u32, fields: &Fields, holds: &dyn Fn(&Fact, Sign) -> bool) -> Verdict {
        self.cursors.iter_mut().for_each(|cursor| cursor.read(document));
        for (bound, postings) in &mut self.bound_cursors {
            read_positions(postings, document, self.bounds.of(*bound));
        }
        let article = Article { asking: self.asking, cursors: &self.cursors, bounds: &self.bounds, fields, holds };
        article.verdict(self.asking.tree)
    }
}

/// The positions of one article.
struct Article<'a> {
    asking: Asking<'a>,
    cursors: &'a [Cursor],
    bounds: &'a Bounds,
    fields: &'a Fields,
    holds: &'a dyn Fn(&Fact, Sign) -> bool,
}

/// Which words of a field are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Of headline and body the headline.
    Headline,
    /// Of headline and body the body.
    Body,
    /// Of the body the lede.
    Lede,
    /// All of a field.
    Whole(Field),
}

fn parts_of(field: Option<Field>) -> &'static [Part] {
    match field {
        None => &[Part::Headline, Part::Body],
        Some(Field::Lede) => &[Part::Lede],
        Some(Field::Headline) => &[Part::Headline],
        Some(Field::Byline) => &[Part::Whole(Field::Byline)],
        Some(Field::Source) => &[Part::Whole(Field::Source)],
        Some(Field::Credit) => &[Part::Whole(Field::Credit)],
        Some(Field::Language) => &[Part::Whole(Field::Language)],
        Some(Field::Url) => &[Part::Whole(Field::Url)],
        Some(Field::Path) => &[Part::Whole(Field::Path)],
    }
}

impl Article<'_> {
    fn verdict(&self, node: &Node) -> Verdict {
        match node {
            Node::Needle(number) => {
                let needle = &self.asking.needles[*number];
                let occurs = || parts_of(needle.field).iter().any(|part| self.occurs(node, *part));
                match is_sure(node, self.asking.needles) {
                    true => Verdict::of(occurs()),
                    false if self.surely_occurs(needle) => Verdict::Match,
                    false => Verdict::of(occurs()).at_best_unclear(),
                }
            }
            Node::And(parts) => {
                let each = || parts.iter().map(|part| self.verdict(part));
                strongest(each, Verdict::NoMatch, Verdict::Match)
            }
            Node::Or(parts) => {
                let each = || parts.iter().map(|part| self.verdict(part));
                strongest(each, Verdict::Match, Verdict::NoMatch)
            }
            Node::Not(part) => self.verdict(part).turned(),
            Node::Near(near) => self.near_verdict(node, near),
            Node::AtLeast { count, node, field } => {
                let found: usize = parts_of(*field).iter().map(|part| self.places(node, *part).len()).sum();
                if is_sure(node, self.asking.needles) { Verdict::of(found >= *count) } else { self.verdict(node).at_best_unclear() }
            }
            Node::Fact(fact, sign) => Verdict::of((self.holds)(fact, *sign)),
        }
    }

    fn near_verdict(&self, node: &Node, near: &NearNode) -> Verdict {
        if is_sure(node, self.asking.needles) {
            return Verdict::of(parts_of(near.field).iter().any(|part| self.occurs(node, *part)));
        }
        match (self.verdict(&near.left), near.connector.presence) {
            (Verdict::NoMatch, _) => Verdict::NoMatch,
            (_, Presence::NotNear) => Verdict::Unclear,
            (_, Presence::Near) => self.verdict(&near.right).at_best_unclear(),
        }
    }

    /// Tells whether a part of the query has a place.
    fn occurs(&self, node: &Node, part: Part) -> bool {
        let Node::Near(near) = node else { return !self.places(node, part).is_empty() };
        let left = self.places(&near.left, part);
        if left.is_empty() {
            return false;
        }
        let right = self.places(&near.right, part);
        let has_neighbour = |a: &Place| right.iter().any(|b| in_reach(a, b, near.connector, self.bounds));
        match near.connector.presence {
            Presence::Near => left.iter().any(has_neighbour),
            Presence::NotNear => !left.iter().all(has_neighbour),
        }
    }

    /// Finds the places of a part of the query, in order.
    fn places(&self, node: &Node, part: Part) -> Vec<Place> {
        match node {
            Node::Needle(number) => self.needle_places(&self.asking.needles[*number], part),
            Node::Or(nodes) => {
                let mut places: Vec<Place> = nodes.iter().flat_map(|node| self.places(node, part)).collect();
                places.sort_by_key(|place| (place.first, place.last));
                places.dedup_by_key(|place| (place.first, place.last));
                places
            }
            Node::Near(near) => {
                let (left, right) = (self.places(&near.left, part), self.places(&near.right, part));
                joined(left, &right, &|a, b| in_reach(a, b, near.connector, self.bounds), near.connector.presence)
            }
            Node::And(_) | Node::Not(_) | Node::AtLeast { .. } | Node::Fact(..) => Vec::new(),
        }
    }

    /// Tells whether a needle has a place by terms that fit their patterns, so that no text has to be looked at.
    fn surely_occurs(&self, needle: &Needle) -> bool {
        let Some(terms) = needle.words.iter().map(NeedleWord::sure_terms).collect::<Option<Vec<_>>>() else { return false };
        parts_of(needle.field).iter().any(|part| !self.runs(&terms, *part).is_empty())
    }

    fn needle_places(&self, needle: &Needle, part: Part) -> Vec<Place> {
        let terms: Vec<Cow<'_, [usize]>> = needle.words.iter().map(|word| Cow::Borrowed(word.terms.as_slice())).collect();
        self.runs(&terms, part)
    }

    /// Finds the places where words with some terms each follow one another.
    fn runs(&self, words: &[Cow<'_, [usize]>], part: Part) -> Vec<Place> {
        let of_words: Vec<Vec<u32>> = words.iter().map(|terms| self.positions(terms, part)).collect();
        let Some((first, rest)) = of_words.split_first() else { return Vec::new() };
        let follows = |start: u32| (1..).zip(rest).all(|(offset, positions)| positions.binary_search(&(start + offset)).is_ok());
        let len = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let starts = first.iter().copied().filter(|start| follows(*start));
        starts.map(|start| Place { first: start, last: start + len - 1, words: None }).collect()
    }

    /// Returns the positions of any of some terms, in order.
    fn positions(&self, terms: &[usize], part: Part) -> Vec<u32> {
        let of_field = |field: schema::Field| {
            let cursors = self.cursors.iter().filter(move |cursor| cursor.field == field && terms.contains(&cursor.term));
            cursors.flat_map(|cursor| cursor.positions.iter().copied())
        };
        let mut positions: Vec<u32> = match part {
            Part::Headline => of_field(self.fields.headline).collect(),
            Part::Whole(field) => of_field(self.fields.of_query(Some(field))).collect(),
            Part::Body | Part::Lede => {
                let headline: Vec<u32> = of_field(self.fields.headline).collect();
                let is_meant = |position: &u32| !headline.contains(position) && (part == Part::Body || self.bounds.is_in_lede(*position));
                of_field(self.fields.text).filter(is_meant).collect()
            }
        };
        positions.sort_unstable();
        positions
    }
}

/// Returns what the first verdict decides if any is it, the last if all are it, else that it is unclear.
fn strongest<I: Iterator<Item = Verdict>>(each: impl Fn() -> I, deciding: Verdict, otherwise: Verdict) -> Verdict {
    let mut verdict = otherwise;
    for one in each() {
        if one == deciding {
            return deciding;
        }
        if one == Verdict::Unclear {
            verdict = Verdict::Unclear;
        }
    }
    verdict
}

/// Returns the bounds that a query asks for.
fn needed_bounds(asking: &Asking<'_>) -> Vec<Bound> {
    let mut bounds = Vec::new();
    if asking.needles.iter().any(|needle| needle.field == Some(Field::Lede)) {
        bounds.push(Bound::Lede);
    }
    collect_bounds(asking.tree, &mut bounds);
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

fn collect_bounds(node: &Node, bounds: &mut Vec<Bound>) {
    match node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| collect_bounds(part, bounds)),
        Node::Not(part) | Node::AtLeast { node: part, .. } => collect_bounds(part, bounds),
        Node::Near(near) => {
            match near.connector.reach {
                Reach::Sentence => bounds.extend([Bound::Sentence, Bound::Paragraph]),
                Reach::Paragraph => bounds.push(Bound::Paragraph),
                Reach::Words(_) => {}
            }
            collect_bounds(&near.left, bounds);
            collect_bounds(&near.right, bounds);
        }
        Node::Needle(_) | Node::Fact(..) => {}
    }
}

/// Tells whether positions decide on a part of the query.
fn is_sure(node: &Node, needles: &[Needle]) -> bool {
    match node {
        Node::Needle(number) => needles[*number].words.iter().all(|word| matches!(word.check, Check::None)),
        Node::And(parts) | Node::Or(parts) => parts.iter().all(|part| is_sure(part, needles)),
        Node::Not(part) => is_sure(part, needles),
        Node::Near(near) => {
            let has_bounds = matches!(near.field, None | Some(Field::Headline | Field::Lede));
            let is_told = has_bounds || matches!(near.connector.reach, Reach::Words(_));
            is_told && is_sure(&near.left, needles) && is_sure(&near.right, needles)
        }
        Node::AtLeast { node, .. } => is_sure(node, needles),
        Node::Fact(..) => true,
    }
}

fn joined(left: Vec<Place>, right: &[Place], is_near: &dyn Fn(&Place, &Place) -> bool, presence: Presence) -> Vec<Place> {
    if presence == Presence::NotNear {
        return left.into_iter().filter(|a| !right.iter().any(|b| is_near(a, b))).collect();
    }
    let mut pairs = Vec::new();
    for a in &left {
        for b in right.iter().filter(|b| is_near(a, b)) {
            let mut words = [a.words(), b.words()].concat();
            words.sort_unstable();
            pairs.push(Place { first: a.first.min(b.first), last: a.last.max(b.last), words: Some(words) });
            if pairs.len() == PAIRS_MAX {
                break;
            }
        }
    }
    pairs.truncate(PAIRS_MAX);
    // Two words that each operand stands for are one place, not one for each order.
    pairs.sort_by(|a, b| (a.first, a.last, &a.words).cmp(&(b.first, b.last, &b.words)));
    pairs.dedup_by(|a, b| a.words == b.words);
    pairs
}

/// Tells whether two places are near.
fn in_reach(a: &Place, b: &Place, connector: Connector, bounds: &Bounds) -> bool {
    let is_before = a.last < b.first;
    if connector.order == Succession::AsWritten && !is_before {
        return false;
    }
    let (first, last) = (a.first.min(b.first), a.last.max(b.last));
    let is_near = match connector.reach {
        Reach::Words(reach) => {
            let apart = if is_before { b.first - a.last } else { a.first.saturating_sub(b.last) };
            apart <= reach
        }
        Reach::Sentence => !bounds.part_sentence(first, last),
        Reach::Paragraph => !bounds.part_paragraph(first, last),
    };
    is_near && !a.shares_words(b)
}
