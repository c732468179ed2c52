//! A query asked of given articles, in ascending order: each is looked up in the posting lists of its words.
//!
//! tantivy can be sent to an article too, but its union of words reads all articles of a window of 4,096 wherever it is sent.
//! Scores are what tantivy gives, summed word by word.

use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, Query, Scorer};
use tantivy::{DocId, Score, SeekDangerResult, SegmentReader};

use super::excluded::Excluded;

/// A query, open in a segment.
pub enum Sought {
    /// Every article.
    Every {
        /// How many there are.
        articles: u32,
    },
    /// What tantivy looks up by itself: a word, a phrase.
    Leaf(Leaf),
    /// All of these, the cheapest first, and none of some others.
    All(Vec<Sought>, Vec<Sought>),
    /// At least one of these.
    Any(Vec<Sought>),
}

/// A list of articles that is moved forward.
pub struct Leaf {
    scorer: Box<dyn Scorer>,
    /// No article before this one is in what is left of the list.
    next: DocId,
}

impl Sought {
    /// Opens a query in a segment.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn open(query: &dyn Query, scoring: EnableScoring<'_>, segment: &SegmentReader) -> tantivy::Result<Self> {
        if query.is::<AllQuery>() {
            return Ok(Sought::Every { articles: segment.max_doc() });
        }
        if let Some(Excluded(query)) = query.downcast_ref() {
            return Sought::open(query.as_ref(), scoring, segment);
        }
        if let Some(query) = query.downcast_ref::<BooleanQuery>() {
            let open = |wanted: Occur| -> tantivy::Result<Vec<Sought>> {
                let clauses = query.clauses().iter().filter(|(occur, _)| *occur == wanted);
                clauses.map(|(_, clause)| Sought::open(clause.as_ref(), scoring, segment)).collect()
            };
            let (any, all, none) = (open(Occur::Should)?, open(Occur::Must)?, open(Occur::MustNot)?);
            // A query in which some may be there and others must be is made nowhere; it is left to tantivy.
            if all.is_empty() && none.is_empty() {
                return Ok(Sought::any(any));
            }
            if any.is_empty() {
                return Ok(Sought::all(all, none));
            }
        }
        let scorer = query.weight(scoring)?.scorer(segment, 1.0)?;
        let next = scorer.doc();
        Ok(Sought::Leaf(Leaf { scorer, next }))
    }

    fn all(mut all: Vec<Sought>, none: Vec<Sought>) -> Self {
        // Every article adds nothing to the score of what else must hold.
        if all.iter().any(|part| !part.is_every()) {
            all.retain(|part| !part.is_every());
        } else {
            all.truncate(1);
        }
        all.sort_by_key(Sought::cost);
        Sought::All(all, none)
    }

    fn any(mut any: Vec<Sought>) -> Self {
        // However often every article is asked for, it counts once.
        let mut has_every = false;
        any.retain(|part| !part.is_every() || !std::mem::replace(&mut has_every, true));
        Sought::Any(any)
    }

    fn is_every(&self) -> bool {
        match self {
            Sought::Every { .. } => true,
            Sought::All(all, none) => none.is_empty() && all.iter().all(Sought::is_every),
            Sought::Any(any) => !any.is_empty() && any.iter().all(Sought::is_every),
            Sought::Leaf(_) => false,
        }
    }

    /// Estimates how many entries of posting lists are gone through to find all that is found.
    pub fn cost(&self) -> u64 {
        match self {
            Sought::Every { articles } => u64::from(*articles),
            Sought::Leaf(leaf) => leaf.scorer.cost(),
            Sought::All(all, _) => all.iter().map(Sought::cost).min().unwrap_or_default(),
            Sought::Any(any) => any.iter().map(Sought::cost).sum(),
        }
    }

    /// Visits those of some articles, in ascending order, that are found, with their scores.
    pub fn visit(&mut self, mut articles: &[DocId], visit: &mut dyn FnMut(DocId, Score)) {
        while let Some((article, rest)) = articles.split_first() {
            articles = rest;
            match self.score(*article) {
                Some(score) => visit(*article, score),
                None => {
                    let next = self.next(*article);
                    articles = &rest[rest.partition_point(|article| *article < next)..];
                }
            }
        }
    }

    /// Scores an article, if it is found; it lies behind all that were asked for before.
    fn score(&mut self, article: DocId) -> Option<Score> {
        match self {
            Sought::Every { .. } => Some(1.0),
            Sought::Leaf(leaf) => leaf.score(article),
            Sought::All(all, none) => {
                let mut sum = 0.0;
                for part in all {
                    sum += part.score(article)?;
                }
                none.iter_mut().all(|part| part.score(article).is_none()).then_some(sum)
            }
            Sought::Any(any) => any.iter_mut().filter_map(|part| part.score(article)).reduce(|a, b| a + b),
        }
    }

    /// Returns an article, this one or a later one, before which nothing more is found from this one on.
    fn next(&self, article: DocId) -> DocId {
        match self {
            Sought::Every { .. } => article,
            Sought::Leaf(leaf) => leaf.next.max(article),
            Sought::All(all, _) => all.iter().map(|part| part.next(article)).max().unwrap_or(article),
            Sought::Any(any) => any.iter().map(|part| part.next(article)).min().unwrap_or(DocId::MAX),
        }
    }
}

impl Leaf {
    fn score(&mut self, article: DocId) -> Option<Score> {
        if article < self.next {
            return None;
        }
        match self.scorer.seek_danger(article) {
            SeekDangerResult::Found => {
                self.next = article;
                Some(self.scorer.score())
            }
            SeekDangerResult::SeekLowerBound(next) => {
                self.next = next;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::query::{PhraseQuery, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption};
    use tantivy::{TERMINATED, Term};

    use super::super::in_memory_for_tests::of_texts;
    use super::*;

    fn queries(field: Field) -> impl Strategy<Value = Box<dyn Query>> {
        let term = move |word: &String| Term::from_field_text(field, word);
        let word = "[abc]".prop_map(move |word| Box::new(TermQuery::new(term(&word), IndexRecordOption::WithFreqs)) as Box<dyn Query>);
        let phrase = proptest::collection::vec("[abc]", 2..3)
            .prop_map(move |words| Box::new(PhraseQuery::new(words.iter().map(term).collect())) as Box<dyn Query>);
        let every = Just(()).prop_map(|()| Box::new(AllQuery) as Box<dyn Query>);
        prop_oneof![4 => word, 2 => phrase, 1 => every].prop_recursive(3, 12, 3, |inner| {
            let any = proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| {
                Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Should, part)).collect())) as Box<dyn Query>
            });
            let all = (proptest::collection::vec(inner.clone(), 1..4), proptest::option::of(inner)).prop_map(|(parts, without)| {
                let must = parts.into_iter().map(|part| (Occur::Must, part));
                let must_not = without.into_iter().map(|part| (Occur::MustNot, Box::new(Excluded(part)) as Box<dyn Query>));
                Box::new(BooleanQuery::new(must.chain(must_not).collect())) as Box<dyn Query>
            });
            prop_oneof![any, all]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_is_found_and_its_score_are_those_of_the_plain_query(
            texts in proptest::collection::vec("([abc] ){0,6}", 1..40),
            query in queries(Field::from_field_id(0)),
            step in 1_usize..4,
        ) {
            let (index, _) = of_texts(&texts);
            let searcher = index.reader().unwrap().searcher();
            let scoring = EnableScoring::enabled_from_searcher(&searcher);
            for segment in searcher.segment_readers() {
                let mut scorer = query.weight(scoring).unwrap().scorer(segment, 1.0).unwrap();
                let mut expected = Vec::new();
                while scorer.doc() != TERMINATED {
                    if (scorer.doc() as usize).is_multiple_of(step) {
                        expected.push((scorer.doc(), scorer.score()));
                    }
                    scorer.advance();
                }
                let articles: Vec<DocId> = (0..segment.max_doc()).step_by(step).collect();
                let mut found = Vec::new();
                Sought::open(query.as_ref(), scoring, segment).unwrap().visit(&articles, &mut |article, score| found.push((article, score)));
                let of = |list: &[(DocId, Score)]| list.iter().map(|(article, _)| *article).collect::<Vec<_>>();
                prop_assert_eq!(of(&found), of(&expected));
                for ((_, a), (_, b)) in found.iter().zip(&expected) {
                    prop_assert!((a - b).abs() < 1e-4, "{} {}", a, b);
                }
            }
        }
    }
}
