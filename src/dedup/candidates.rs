//! From samples to the pairs of articles that are worth verifying.
//!
//! Two articles are *candidates* when they share a quarter, but for one sample, of the samples of the one that has fewer; of two
//! of one outlet, a fifth of the samples of the one that has more, or most of those of the other and an eighth of these, since
//! there a short text inside a long one ties nothing. Of two that were printed days apart more is asked, since rewritten copies
//! are made within days. The rule looks at the two alone: no frequency, no cap, so it does not depend on which other articles
//! there are.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::rule::PERHAPS_REPRINTED_SHARED;
use super::standing::{Interval, Outlets, Setting, Standing};

/// One in so many samples of the article with fewer must be shared. Texts that pass verification share half of them but for
/// chance, edited ones a third. Of 7,893 edges of labelled families, found by comparing all with all, this loses 3, and none of
/// 225 of every twentieth of 33,249 news articles; it leaves a sixth of the pairs that one in ten would leave, since page
/// furniture mostly shares less. One in five loses 1 and makes grouping a sixth slower.
const SHARED_ONE_IN: usize = 4;

/// The same of the article with more, where both are of one outlet.
const SHARED_ONE_IN_OF_OUTLET: usize = 5;

/// The same for a first version of what the outlet went on writing, which stands in the later one as a whole.
const SHARED_ONE_IN_OF_VERSION: usize = 8;

/// Of the article with fewer, where it stands in the other as a whole.
const MOST_SHARED_ONE_IN: usize = 2;

/// Of the article with more, where both are of one outlet and not of one day.
const SHARED_ONE_IN_ON_OTHER_DAY: usize = 4;

/// Of the article with more, where both are of one outlet, not of one day, and too short to be anything but the same text with
/// hardly a word changed.
const MOST_OF_BRIEF: (usize, usize) = (2, 3);

/// Samples that chance may take from a pair: of two short texts one shared sample is enough.
const SPARED: usize = 1;

/// Of the article with fewer, where two outlets printed it more than days apart, so that only plain copies count: these share two
/// thirds of their shingles. Of 54,416 such edges of labelled families this loses 9, and none of 1,509 of news articles.
const SHARED_OF_LATE_COPY: (usize, usize) = (2, 5);

/// Samples that chance may take from such a pair.
const SPARED_OF_LATE_COPY: usize = 2;

/// How many samples two articles have.
#[derive(Clone, Copy)]
pub(super) struct SampleCounts {
    pub(super) shared: usize,
    pub(super) a: usize,
    pub(super) b: usize,
}

/// Tells whether two articles with so many samples are worth verifying, before it is looked up what is known of them.
pub(super) fn may_be_candidate(counts: SampleCounts) -> bool {
    // Of the rules of is_candidate the one that asks for least, and of the article with fewer samples, which is easier still.
    (counts.shared + SPARED) * SHARED_ONE_IN_OF_OUTLET >= counts.a.min(counts.b)
}

/// Tells whether two articles with so many samples are worth verifying.
pub(super) fn is_candidate(counts: SampleCounts, a: &Standing, b: &Standing) -> bool {
    let Setting { outlets, interval } = Setting::of(a, b);
    let is_late = matches!(interval, Interval::Week | Interval::Longer);
    let is_enough = match outlets {
        Outlets::Other => may_be_kin_of_other_outlet(counts) && (!is_late || may_be_late_copy(counts)),
        Outlets::Same if interval == Interval::Day => may_be_version(counts),
        Outlets::Same => may_be_reprint(counts, a.words.min(b.words)),
    };
    counts.shared > 0 && is_enough
}

/// Tells whether two articles, of which a third is verified to be a copy of either, are worth verifying.
pub(super) fn is_candidate_for_kin(counts: SampleCounts, a: &Standing, b: &Standing) -> bool {
    match Outlets::of(a, b) {
        Outlets::Other => counts.shared > 0 && may_be_kin_of_other_outlet(counts),
        Outlets::Same => is_candidate(counts, a, b),
    }
}

fn may_be_kin_of_other_outlet(counts: SampleCounts) -> bool {
    (counts.shared + SPARED) * SHARED_ONE_IN >= counts.fewer()
}

fn may_be_late_copy(counts: SampleCounts) -> bool {
    let (part, whole) = SHARED_OF_LATE_COPY;
    (counts.shared + SPARED_OF_LATE_COPY) * whole >= counts.fewer() * part
}

fn may_be_version(counts: SampleCounts) -> bool {
    let enough = counts.shared + SPARED;
    let one_in = if enough * MOST_SHARED_ONE_IN >= counts.fewer() { SHARED_ONE_IN_OF_VERSION } else { SHARED_ONE_IN_OF_OUTLET };
    enough * one_in >= counts.more()
}

fn may_be_reprint(counts: SampleCounts, fewest_words: u32) -> bool {
    let enough = counts.shared + SPARED;
    let (part, whole) = MOST_OF_BRIEF;
    let is_like_brief = fewest_words >= PERHAPS_REPRINTED_SHARED || enough * whole >= counts.more() * part;
    is_like_brief && enough * MOST_SHARED_ONE_IN >= counts.fewer() && enough * SHARED_ONE_IN_ON_OTHER_DAY >= counts.more()
}

impl SampleCounts {
    fn fewer(self) -> usize {
        self.a.min(self.b)
    }

    fn more(self) -> usize {
        self.a.max(self.b)
    }
}

/// A map whose keys are hashes already.
pub(super) type HashedMap<K, V> = HashMap<K, V, BuildHasherDefault<Spread>>;

/// Spreads the bits of a key that is a hash already.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(self.0.rotate_left(8) ^ u64::from(byte)));
    }

    fn write_u32(&mut self, key: u32) {
        self.write_u64(u64::from(key));
    }

    fn write_u64(&mut self, key: u64) {
        let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }

    fn write_usize(&mut self, key: usize) {
        self.write_u64(key as u64);
    }
}

/// A set of samples that may say yes to a few that are not in it, and never no to one that is.
///
/// Two bits for each sample in one word of 64 (Putze, Sanders and Singler, *Cache-, Hash- and Space-Efficient Bloom Filters*,
/// 2007): as few strangers pass as by one bit of twice as many, at one access to memory.
pub(super) struct SampleFilter {
    words: Vec<u64>,
}

/// Bits a sample: one stranger in fifteen passes.
const FILTER_BITS: usize = 8;

impl SampleFilter {
    pub(super) fn with_room_for(samples: usize) -> Self {
        SampleFilter { words: vec![0; samples * FILTER_BITS / 64 + 1] }
    }

    /// Adds a sample, and tells whether it seemed to be there already.
    #[inline]
    pub(super) fn insert(&mut self, sample: u32) -> bool {
        let (word, bits) = self.place(sample);
        let was_there = self.words[word] & bits == bits;
        self.words[word] |= bits;
        was_there
    }

    #[inline]
    pub(super) fn may_hold(&self, sample: u32) -> bool {
        let (word, bits) = self.place(sample);
        self.words[word] & bits == bits
    }

    #[inline]
    fn place(&self, sample: u32) -> (usize, u64) {
        // A sample is a hash: its place among all there can be is its place among the words (Lemire, *Fast Random Integer
        // Generation in an Interval*, 2019).
        let word = (u64::from(sample) * self.words.len() as u64) >> 32;
        let spread = u64::from(sample).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (word as usize, 1 << (spread >> 58) | 1 << (spread >> 52 & 63))
    }
}

/// Which articles hold a sample: a list a sample, in the order of insertion reversed.
#[derive(Default)]
pub(super) struct SampleIndex {
    newest: HashedMap<u32, u32>,
    links: Vec<Link>,
    /// How many samples each article has, by its number.
    sample_counts: Vec<u32>,
}

struct Link {
    article: u32,
    /// The number of the next older link, from 1; 0 ends the list.
    older: u32,
}

impl SampleIndex {
    /// Adds an article; `sample_count` counts all its samples, of which some may be left out that no other article has.
    pub(super) fn insert(&mut self, article: u32, samples: impl Iterator<Item = u32>, sample_count: usize) {
        for sample in samples {
            let newest = self.newest.entry(sample).or_default();
            self.links.push(Link { article, older: *newest });
            *newest = u32::try_from(self.links.len()).expect("fewer than 2^32 samples: an article number takes 32 bits too");
        }
        let place = article as usize;
        if place >= self.sample_counts.len() {
            self.sample_counts.resize(place + 1, 0);
        }
        self.sample_counts[place] = u32::try_from(sample_count).unwrap_or(u32::MAX);
    }

    /// Returns the articles that hold a sample.
    pub(super) fn holders(&self, sample: u32) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.newest.get(&sample).copied().unwrap_or(0);
        std::iter::from_fn(move || {
            let link = &self.links[(at as usize).checked_sub(1)?];
            at = link.older;
            Some(link.article)
        })
    }

    pub(super) fn sample_count(&self, article: u32) -> usize {
        self.sample_counts.get(article as usize).map_or(0, |&count| count as usize)
    }

    pub(super) fn samples(&self) -> impl Iterator<Item = u32> + '_ {
        self.newest.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn standing(source: u64, days: i64, words: u32) -> Standing {
        Standing { published: Some(days * DAY), source: Some(source), words, ..Standing::default() }
    }

    #[test]
    fn candidates_share_what_their_setting_asks_for() {
        for (shared, a, b, setting, expected) in [
            (4, 20, 60, (2, 0), true),
            (3, 20, 60, (2, 0), false),
            (6, 20, 60, (2, 9), true),
            (5, 20, 60, (2, 9), false),
            (1, 6, 60, (2, 9), true),
            (0, 3, 3, (2, 0), false),
            (9, 20, 60, (1, 0), true),
            (6, 20, 60, (1, 0), false),
            (14, 20, 60, (1, 9), true),
            (13, 20, 60, (1, 9), false),
        ] {
            let (own, other) = (standing(1, 0, 100), standing(setting.0, setting.1, 300));
            let counts = SampleCounts { shared, a, b };
            assert_eq!(is_candidate(counts, &own, &other), expected, "{shared} of {a} and {b}, outlet and days {setting:?}");
            assert_eq!(is_candidate(SampleCounts { a: b, b: a, ..counts }, &other, &own), expected);
            assert!(!expected || may_be_candidate(counts));
        }
    }

    #[test]
    fn brief_of_one_outlet_comes_back_as_it_was_or_not_at_all() {
        let is = |shared, words| is_candidate(SampleCounts { shared, a: 15, b: 15 }, &standing(1, 0, words), &standing(1, 9, 200));
        assert!(is(9, 99) && !is(8, 99) && is(8, 100));
    }

    #[test]
    fn kin_of_two_outlets_share_as_much_whenever_they_were_printed() {
        for days in [0, 9] {
            let is = |shared| is_candidate_for_kin(SampleCounts { shared, a: 20, b: 60 }, &standing(1, 0, 100), &standing(2, days, 300));
            assert!(is(4) && !is(3));
        }
    }
}
