//! Phrases of which positions are read only where the phrase could be among the best.
//!
//! A phrase occurs in an article no more often than the rarest of its words there: that, and the length of the article, bound
//! its score. Common words stand together in tens of thousands of articles, of which nearly all fall short by that bound. Where
//! words have other stems in other languages, several phrases are looked for at once.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, BooleanQuery, EnableScoring, Explanation, Occur, PhraseQuery, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};

/// Any of some phrases; it finds and scores what tantivy's own query for them does, the best of it faster.
#[derive(Debug)]
pub struct Phrases {
    whole: Box<dyn Query>,
    phrases: Vec<Vec<Term>>,
}

impl Phrases {
    /// Makes a query of phrases, each of at least two words in order; all words are terms of one field.
    pub fn new(phrases: Vec<Vec<Term>>) -> Self {
        let plain = |words: &Vec<Term>| Box::new(PhraseQuery::new(words.clone())) as Box<dyn Query>;
        let whole = match phrases.as_slice() {
            [words] => plain(words),
            several => Box::new(BooleanQuery::new(several.iter().map(|words| (Occur::Should, plain(words))).collect())),
        };
        Phrases { whole, phrases }
    }
}

impl Clone for Phrases {
    fn clone(&self) -> Self {
        Phrases { whole: self.whole.box_clone(), phrases: self.phrases.clone() }
    }
}

impl Query for Phrases {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let whole = self.whole.weight(scoring)?;
        let EnableScoring::Enabled { statistics_provider, .. } = scoring else { return Ok(whole) };
        let mut phrases = Vec::with_capacity(self.phrases.len());
        for words in &self.phrases {
            phrases.push((words.clone(), Bm25Weight::for_terms(statistics_provider, words)?));
        }
        Ok(Box::new(PhrasesWeight { whole, phrases }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.whole.query_terms(visitor);
    }
}

struct PhrasesWeight {
    whole: Box<dyn Weight>,
    /// The words of each phrase, and what scores it.
    phrases: Vec<(Vec<Term>, Bm25Weight)>,
}

impl Weight for PhrasesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.whole.scorer(reader, boost)
    }

    fn scorer_danger(&self, reader: &SegmentReader, target: DocId, boost: Score) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        self.whole.scorer_danger(reader, target, boost)
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        self.whole.explain(reader, document)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let Some((words, _)) = self.phrases.first() else { return Ok(()) };
        let Some(lengths) = reader.fieldnorms_readers().get_field(words[0].field())? else {
            return self.whole.for_each_pruning(threshold, reader, callback);
        };
        let mut phrases = Vec::with_capacity(self.phrases.len());
        for (words, similarity) in &self.phrases {
            phrases.extend(SegmentPhrase::open(words, similarity, reader)?);
        }
        through(phrases, &lengths, threshold, callback);
        Ok(())
    }
}

/// Goes through the articles of a segment that hold the words of phrases, in order.
fn through(
    mut phrases: Vec<SegmentPhrase<'_>>,
    lengths: &FieldNormReader,
    mut threshold: Score,
    callback: &mut dyn FnMut(DocId, Score) -> Score,
) {
    while let Some(document) = phrases.iter().map(SegmentPhrase::document).min().filter(|document| *document != TERMINATED) {
        let length = lengths.fieldnorm_id(document);
        let here = phrases.iter().filter(|phrase| phrase.document() == document);
        let (most, count) = here.fold((0.0, 0), |(most, count), phrase| (most + phrase.most(length), count + 1));
        // What one phrase lacks another may make good.
        let least = if count == 1 { threshold } else { Score::MIN };
        let mut score = None;
        for phrase in phrases.iter_mut().filter(|phrase| phrase.document() == document) {
            let of_phrase = if most > threshold { phrase.score(length, least) } else { Look::Short };
            match of_phrase {
                Look::Scores(of_phrase) => score = Some(score.unwrap_or(0.0) + of_phrase),
                Look::Lacks(next) => {
                    phrase.cursors[0].postings.seek(next);
                    continue;
                }
                Look::Short => {}
            }
            phrase.cursors[0].postings.advance();
        }
        if let Some(score) = score.filter(|score| *score > threshold) {
            threshold = callback(document, score);
        }
    }
}

/// A word of a phrase in a segment.
struct Cursor {
    postings: SegmentPostings,
    /// How many words come after it; added to its positions, those of all words of one place are equal.
    words_after: u32,
}

/// A phrase in a segment.
struct SegmentPhrase<'p> {
    /// Its words, the rarest first.
    cursors: Vec<Cursor>,
    similarity: &'p Bm25Weight,
    places: Vec<u32>,
    others: Vec<u32>,
}

/// What is known of an article after a look at the words of a phrase.
enum Look {
    /// It has the phrase.
    Scores(Score),
    /// It has not, or not often enough.
    Short,
    /// It lacks a word, which comes again in this article.
    Lacks(DocId),
}

impl<'p> SegmentPhrase<'p> {
    /// Opens the posting lists of the words; `None` if the segment lacks one.
    fn open(words: &[Term], similarity: &'p Bm25Weight, reader: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let mut cursors = Vec::with_capacity(words.len());
        for (words_after, word) in (0..).zip(words.iter().rev()) {
            let index = reader.inverted_index(word.field())?;
            match index.read_postings(word, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => cursors.push(Cursor { postings, words_after }),
                None => return Ok(None),
            }
        }
        cursors.sort_by_key(|cursor| cursor.postings.doc_freq());
        Ok(Some(SegmentPhrase { cursors, similarity, places: Vec::new(), others: Vec::new() }))
    }

    /// Returns the article at which its rarest word is.
    fn document(&self) -> DocId {
        self.cursors[0].postings.doc()
    }

    /// Bounds the score of that article by its rarest word.
    fn most(&self, length: u8) -> Score {
        self.similarity.score(length, self.cursors[0].postings.term_freq())
    }

    /// Scores that article, unless it cannot exceed `least`: the bound is made closer with each word.
    fn score(&mut self, length: u8, least: Score) -> Look {
        let document = self.document();
        let mut fewest = u32::MAX;
        for Cursor { postings, .. } in &mut self.cursors {
            let at = if postings.doc() < document { postings.seek(document) } else { postings.doc() };
            if at != document {
                return Look::Lacks(at);
            }
            fewest = fewest.min(postings.term_freq());
            if self.similarity.score(length, fewest) <= least {
                return Look::Short;
            }
        }
        match self.count() {
            0 => Look::Short,
            count => Look::Scores(self.similarity.score(length, count)),
        }
    }

    /// Counts the phrase in the article at which all cursors are.
    fn count(&mut self) -> u32 {
        for (number, Cursor { postings, words_after }) in self.cursors.iter_mut().enumerate() {
            if number == 0 {
                postings.positions_with_offset(*words_after, &mut self.places);
            } else {
                postings.positions_with_offset(*words_after, &mut self.others);
                keep_common(&mut self.places, &self.others);
            }
            if self.places.is_empty() {
                return 0;
            }
        }
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }
}

/// Keeps of some places those that are among others too; both are in order.
fn keep_common(places: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().copied().peekable();
    places.retain(|place| {
        while others.next_if(|other| other < place).is_some() {}
        others.peek() == Some(place)
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::Index;

    use super::super::in_memory_for_tests::of_texts;
    use super::*;

    /// Returns the best of a phrase in the order in which they are met, as a list of three keeps them.
    fn best(query: &dyn Query, index: &Index) -> Vec<(DocId, Score)> {
        let searcher = index.reader().unwrap().searcher();
        let weight = query.weight(EnableScoring::enabled_from_searcher(&searcher)).unwrap();
        let (mut met, mut scores) = (Vec::new(), Vec::new());
        for reader in searcher.segment_readers() {
            let threshold = |scores: &[Score]| scores.get(2).copied().unwrap_or(Score::MIN);
            let mut note = |document, score| {
                met.push((document, score));
                scores.push(score);
                scores.sort_by(|a: &Score, b| b.total_cmp(a));
                threshold(&scores)
            };
            weight.for_each_pruning(Score::MIN, reader, &mut note).unwrap();
        }
        met
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_best_are_those_of_the_plain_phrase(
            texts in proptest::collection::vec("([abc] ){0,12}", 1..40),
            phrases in proptest::collection::vec(proptest::collection::vec("[abc]", 2..4), 1..4),
        ) {
            let (index, field) = of_texts(&texts);
            let term = |word: &String| Term::from_field_text(field, word);
            let phrases: Vec<Vec<Term>> = phrases.iter().map(|words| words.iter().map(term).collect()).collect();
            let query = Phrases::new(phrases);
            prop_assert_eq!(best(&query, &index), best(query.whole.as_ref(), &index));
        }
    }
}
