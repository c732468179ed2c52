//! Two texts in, the runs of words that stand in both out.
//!
//! A *run* is a stretch of words that both texts have in the same order, in their folded forms, and that cannot be made longer at
//! either end but by what belongs to a longer run.

use std::collections::BinaryHeap;
use std::ops::Range;

use super::candidates::HashedMap;
use super::shingle::{SET_WORDS, shingle_hashes, word_hashes};
use crate::text::words;

/// Places in the second text at which a run is tried to begin: a refrain that stands there more often is looked at no further,
/// so that two texts of one word a million times cost linear time.
const PLACES_MAX: usize = 64;

/// Words that are compared at places after the first before only what goes on from one word to the next is followed. Two texts
/// of a megabyte take a hundredth of it; a text of one word over and over takes all of it.
const COMPARED_MAX: usize = 20_000_000;

/// Words that two texts share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedRun {
    /// How many words it has.
    pub words: usize,
    /// Where it stands in the first text, from its first word to its last.
    pub a: Range<usize>,
    /// Where it stands in the second text.
    pub b: Range<usize>,
}

/// Finds the runs that stand in both texts, longest first, those of one length in the order of the first text; none in it
/// overlap, and what stands twice in it is told once.
pub fn shared_runs(a: &str, b: &str) -> Vec<SharedRun> {
    let (a_hashes, b_hashes) = (word_hashes(a, |_, _| {}), word_hashes(b, |_, _| {}));
    let found = chosen(longest(&a_hashes, &b_hashes), a_hashes.len());
    let (a_places, b_places) = (places(a), places(b));
    let bytes = |places: &[Range<usize>], from: usize, len: usize| places[from].start..places[from + len - 1].end;
    found.iter().map(|run| SharedRun { words: run.len, a: bytes(&a_places, run.a, run.len), b: bytes(&b_places, run.b, run.len) }).collect()
}

fn places(text: &str) -> Vec<Range<usize>> {
    words(text).map(|(start, word)| start..start + word.len()).collect()
}

/// A run as numbers of words. The greater is the longer, then the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    len: usize,
    a: usize,
    b: usize,
}

impl Ord for Run {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.len.cmp(&other.len).then(other.a.cmp(&self.a)).then(other.b.cmp(&self.b))
    }
}

impl PartialOrd for Run {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Finds for each word of the first text the longest run that begins there, where it is no part of one that began before.
fn longest(a: &[u64], b: &[u64]) -> BinaryHeap<Run> {
    let index = PlaceIndex::of(b);
    let (mut found, mut before, mut compared) = (BinaryHeap::new(), Run { len: 0, a: 0, b: 0 }, 0);
    for (at, shingle) in shingle_hashes(a, SET_WORDS).take(a.len().saturating_sub(SET_WORDS - 1)).enumerate() {
        // What the run that began one word earlier leaves.
        let mut best = Run { len: before.len.saturating_sub(1), a: at, b: before.b + 1 };
        let mut is_new = false;
        for place in index.places(shingle).take(PLACES_MAX) {
            // One that is to be longer has the same word where the best one ends.
            let is_worth_it = compared < COMPARED_MAX && a.get(at + best.len).is_some_and(|word| b.get(place + best.len) == Some(word));
            let len = if is_worth_it { common_len(&a[at..], &b[place..]) } else { 0 };
            compared += len;
            if len > best.len && len >= SET_WORDS {
                (best.len, best.b, is_new) = (len, place, true);
            }
        }
        if is_new {
            found.push(best);
        }
        before = best;
    }
    found
}

fn common_len(a: &[u64], b: &[u64]) -> usize {
    a.iter().zip(b).take_while(|(one, other)| one == other).count()
}

/// Takes the longest runs first; of the others what is left of them.
fn chosen(mut found: BinaryHeap<Run>, words: usize) -> Vec<Run> {
    let mut is_taken = vec![false; words];
    let mut told = HashedMap::<u64, ()>::default();
    let mut chosen = Vec::new();
    while let Some(run) = found.pop() {
        let free = free_parts(&is_taken[run.a..run.a + run.len]);
        if free.as_slice() != [0..run.len] {
            let rest = |part: Range<usize>| Run { len: part.len(), a: run.a + part.start, b: run.b + part.start };
            found.extend(free.into_iter().filter(|part| part.len() >= SET_WORDS).map(rest));
            continue;
        }
        is_taken[run.a..run.a + run.len].fill(true);
        if told.insert((run.b as u64) << 32 | run.len as u64, ()).is_none() {
            chosen.push(run);
        }
    }
    chosen
}

/// Returns the stretches that are not taken.
fn free_parts(is_taken: &[bool]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut at = 0;
    for stretch in is_taken.chunk_by(|a, b| a == b) {
        if stretch.first() == Some(&false) {
            parts.push(at..at + stretch.len());
        }
        at += stretch.len();
    }
    parts
}

/// Where each shingle of a text stands.
struct PlaceIndex {
    first: HashedMap<u64, u32>,
    next: Vec<u32>,
}

impl PlaceIndex {
    fn of(words: &[u64]) -> Self {
        let shingles: Vec<u64> = shingle_hashes(words, SET_WORDS).take(words.len().saturating_sub(SET_WORDS - 1)).collect();
        let (mut first, mut next) = (HashedMap::default(), vec![u32::MAX; shingles.len()]);
        for (place, shingle) in shingles.into_iter().enumerate().rev() {
            let later = first.insert(shingle, u32::try_from(place).unwrap_or(u32::MAX));
            next[place] = later.unwrap_or(u32::MAX);
        }
        PlaceIndex { first, next }
    }

    fn places(&self, shingle: u64) -> impl Iterator<Item = usize> + '_ {
        let known = |place: &u32| (*place as usize) < self.next.len();
        let first = self.first.get(&shingle).copied();
        std::iter::successors(first, |place| self.next.get(*place as usize).copied()).take_while(known).map(|place| place as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::dedup::{compare, shingles};

    fn check(a: &str, b: &str, expected: &[&str]) {
        let found = shared_runs(a, b);
        assert_eq!(found.iter().map(|run| &a[run.a.clone()]).collect::<Vec<_>>(), expected, "{a} | {b}");
        for run in found {
            assert_eq!(words(&a[run.a]).count(), run.words);
            assert_eq!(words(&b[run.b]).count(), run.words);
        }
    }

    #[test]
    fn runs_are_found_longest_first_whatever_their_order() {
        check("one two three four x y five six seven", "five six seven z one two three four", &["one two three four", "five six seven"]);
        check("The Port, shut: again", "the port shut again now", &["The Port, shut: again"]);
        check("one two", "one two", &[]);
        check("", "one two three", &[]);
        check("a b c d e f", "a b c d x c d e f", &["a b c d"]);
        check("a b c d e f g", "a b c d x c d e f g", &["c d e f g"]);
        check("a b c x a b c", "a b c", &["a b c"]);
    }

    #[test]
    fn a_word_that_comes_back_costs_no_square_of_time() {
        let (long, short) = ("again ".repeat(100_000), "again ".repeat(50_000));
        assert_eq!(shared_runs(&long, &long).len(), 1);
        assert_eq!(shared_runs(&long, &short)[0].words, 50_000);
    }

    proptest! {
        #[test]
        fn runs_are_shared_and_apart(a in "([a-e] ){0,40}", b in "([a-e] ){0,40}") {
            let runs = shared_runs(&a, &b);
            let told: HashSet<u32> = runs.iter().flat_map(|run| shingles(&a[run.a.clone()]).hashes().to_vec()).collect();
            let is_long = words(&a).count() >= SET_WORDS && words(&b).count() >= SET_WORDS;
            let shared = compare(&shingles(&a), &shingles(&b)).shared as usize;
            prop_assert!(!is_long || told.len() <= shared, "what is told is shared");
            prop_assert!(runs.windows(2).all(|pair| pair[0].words >= pair[1].words));
            let mut places: Vec<_> = runs.iter().map(|run| run.a.clone()).collect();
            places.sort_by_key(|place| place.start);
            prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
