//! From two texts in the order of their words to how the shorter one stands in the longer: what is kept, what was replaced on
//! the way, and which figures are others.
//!
//! The texts are read side by side by the shingles they share. Between two shared shingles that are close together in both,
//! a *gap*, words were replaced, added or taken out; anything further apart is another passage. A *figure* is a number as it is
//! written but for zeros that mean nothing, so that `03`, `3rd` and `3.0` are one. A *name* is a word with a capital letter: also
//! the first of a sentence, so names say something only beside figures.

use std::cmp::Ordering;

use super::candidates::HashedMap;
use super::shingle::{ShingleSet, read_figures, word_hashes};

/// Words in a shared shingle, as in the full sets.
const RUN: usize = 3;

/// Words from one shared shingle to the next, in either text, up to which they part a gap and no passage. A replaced word is
/// a gap of 4, two within three words one of up to 7.
const WIDEST_STEP: usize = 8;

/// Words of an unbroken run that is long: phrases of the trade, titles and names of offices are shorter.
const LONG_RUN: usize = 25;

/// Words of a passage that is more than a phrase.
const PASSAGE: u32 = 10;

/// Words of an opening: the first sentence of a news article, or the first two.
pub(super) const OPENING: usize = 40;

/// A text in the order of its words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sequence {
    words: Box<[u32]>,
    figures: Box<[Figure]>,
    /// The numbers of the words that are names.
    names: Box<[u32]>,
}

/// A figure, and the number of the word it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figure {
    word: u32,
    value: u32,
}

impl Sequence {
    /// Returns how many numbers it is kept in.
    pub(super) fn len(&self) -> usize {
        self.words.len() + 2 * self.figures.len() + self.names.len()
    }

    fn figures_in(&self, words: std::ops::Range<usize>) -> &[Figure] {
        let place = |word: usize| self.figures.partition_point(|figure| (figure.word as usize) < word);
        let (from, to) = (place(words.start), place(words.end));
        &self.figures[from..to.max(from)]
    }

    /// Counts the names among some words that another text does not have anywhere.
    fn lone_names(&self, words: std::ops::Range<usize>, other: &Sequence) -> u32 {
        let place = |word: usize| self.names.partition_point(|&name| (name as usize) < word);
        let (from, to) = (place(words.start), place(words.end));
        self.names[from..to.max(from)].iter().filter(|&&name| !other.words.contains(&self.words[name as usize])).count() as u32
    }
}

/// How the shorter of two texts stands in the longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Alignment {
    /// Words of the shorter text.
    pub(super) words: u32,
    /// Those that stand in shared shingles or in gaps between them.
    pub(super) covered: u32,
    /// Figures among them that stand in the longer text at the same place.
    pub(super) figures_kept: u32,
    /// Figures in gaps, where each text has one that the other does not have anywhere.
    pub(super) figures_changed: u32,
    /// Names in gaps, where each text has one that the other does not have anywhere.
    pub(super) names_changed: u32,
    /// Words of the longest unbroken run.
    pub(super) longest: u32,
    /// Words of the shorter text in long unbroken runs.
    pub(super) in_long_runs: u32,
    /// Passages of the shorter text that are more than a phrase: shared shingles with no more than gaps between them.
    pub(super) passages: u32,
    /// Words of its opening that a text keeps: of both texts, the one that keeps fewer.
    pub(super) opening_kept: u32,
}

/// Reads a text word by word.
pub(super) fn sequence(text: &str) -> Sequence {
    let (mut figures, mut names) = (Vec::new(), Vec::new());
    let hashes = word_hashes(text, |number, word| {
        read_figures(word, |value| figures.push(Figure { word: number as u32, value }));
        if word.chars().next().is_some_and(char::is_uppercase) {
            names.push(number as u32);
        }
    });
    let words = hashes.into_iter().map(|hash| hash as u32).collect();
    Sequence { words, figures: figures.into_boxed_slice(), names: names.into_boxed_slice() }
}

/// Aligns two texts, given with their sets; which is given first does not matter.
pub(super) fn align(a: (&Sequence, &ShingleSet), b: (&Sequence, &ShingleSet)) -> Alignment {
    let order = a.0.words.len().cmp(&b.0.words.len()).then_with(|| a.0.words.cmp(&b.0.words));
    let (shorter, longer) = if order == Ordering::Greater { (b, a) } else { (a, b) };
    let mut walk =
        Walk { shorter, longer, covered_to: 0, kept_to: 0, run: 0, passage: 0, openings: [0; 2], last: None, found: Alignment::default() };
    walk.found.words = u32::try_from(shorter.0.words.len()).unwrap_or(u32::MAX);
    // Where a shingle recurs its first place stands for it, so that repetition costs nothing.
    let mut places = HashedMap::<u64, usize>::default();
    for (place, run) in longer.0.words.windows(RUN).enumerate() {
        places.entry(key(run)).or_insert(place);
    }
    for (place, run) in shorter.0.words.windows(RUN).enumerate() {
        let next = walk.next_place(place).filter(|&other| longer.0.words.get(other..other + RUN) == Some(run));
        if let Some(other) = next.or_else(|| places.get(&key(run)).copied()) {
            walk.step(Match { place, other });
        }
    }
    walk.finish()
}

fn key(run: &[u32]) -> u64 {
    run.iter().fold(0, |key, &word| (key ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

/// A shared shingle: the word at which it begins in the shorter text, and in the longer one.
#[derive(Clone, Copy)]
struct Match {
    place: usize,
    other: usize,
}

/// The state of reading two texts side by side.
struct Walk<'a> {
    shorter: (&'a Sequence, &'a ShingleSet),
    longer: (&'a Sequence, &'a ShingleSet),
    covered_to: usize,
    kept_to: usize,
    /// Words of the unbroken run that is being read.
    run: usize,
    /// Words of the passage that is being read.
    passage: u32,
    /// A bit for each word that is kept of both openings.
    openings: [u64; 2],
    last: Option<Match>,
    found: Alignment,
}

impl Walk<'_> {
    /// Returns where a shingle of the shorter text stands in the longer one if nothing was added or taken out since the last.
    fn next_place(&self, place: usize) -> Option<usize> {
        let last = self.last?;
        Some(last.other + (place - last.place))
    }

    fn step(&mut self, next: Match) {
        self.follow_run(next);
        let last = self.last.filter(|last| {
            let is_close = |from: usize, to: usize| to > from && to - from <= WIDEST_STEP;
            is_close(last.place, next.place) && is_close(last.other, next.other)
        });
        let from = if last.is_some() { self.covered_to } else { next.place.max(self.covered_to) };
        let covered = (next.place + RUN - from) as u32;
        self.found.covered += covered;
        let before = if last.is_some() { self.passage } else { 0 };
        self.passage = before + covered;
        self.found.passages += u32::from(before < PASSAGE && self.passage >= PASSAGE);
        self.covered_to = next.place + RUN;
        let kept = self.shorter.0.figures_in(next.place.max(self.kept_to)..next.place + RUN);
        self.found.figures_kept += kept.len() as u32;
        self.kept_to = next.place + RUN;
        if let Some(last) = last {
            self.compare_figures(last, next);
            self.compare_names(last, next);
        }
        self.last = Some(next);
    }

    fn follow_run(&mut self, next: Match) {
        let is_unbroken = self.last.is_some_and(|last| next.place == last.place + 1 && next.other == last.other + 1);
        if is_unbroken {
            self.run += 1;
        } else {
            self.close_run();
            self.run = RUN;
        }
        for (opening, place) in self.openings.iter_mut().zip([next.place, next.other]) {
            (place..(place + RUN).min(OPENING)).for_each(|word| *opening |= 1 << word);
        }
    }

    fn close_run(&mut self) {
        self.found.longest = self.found.longest.max(self.run as u32);
        self.found.in_long_runs += if self.run >= LONG_RUN { self.run as u32 } else { 0 };
    }

    fn finish(mut self) -> Alignment {
        self.close_run();
        self.found.opening_kept = self.openings.map(u64::count_ones).into_iter().min().unwrap_or_default();
        self.found
    }

    fn compare_names(&mut self, last: Match, next: Match) {
        let (own, other) = (self.shorter.0, self.longer.0);
        let lone = own.lone_names(last.place + RUN..next.place, other);
        // Most gaps have no name at all, so the other text is not searched.
        if lone > 0 {
            self.found.names_changed += lone.min(other.lone_names(last.other + RUN..next.other, own));
        }
    }

    fn compare_figures(&mut self, last: Match, next: Match) {
        let own = self.shorter.0.figures_in(last.place + RUN..next.place);
        let other = self.longer.0.figures_in(last.other + RUN..next.other);
        let is_kept = |figure: &&Figure| other.iter().any(|there| there.value == figure.value);
        self.found.figures_kept += own.iter().filter(is_kept).count() as u32;
        let lone = |figures: &[Figure], set: &ShingleSet| {
            figures.iter().filter(|figure| set.figures().binary_search(&figure.value).is_err()).count() as u32
        };
        self.found.figures_changed += lone(own, self.longer.1).min(lone(other, self.shorter.1));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::shingle::shingles;
    use super::*;

    fn aligned(a: &str, b: &str) -> Alignment {
        align((&sequence(a), &shingles(a)), (&sequence(b), &shingles(b)))
    }

    fn numbered(from: u32, count: u32) -> String {
        (from..from + count).map(|number| format!("word{}", char_word(number))).collect::<Vec<_>>().join(" ")
    }

    /// Spells a number in letters, so that it is no figure.
    fn char_word(number: u32) -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    }

    #[test]
    fn replaced_words_are_covered_and_other_passages_are_not() {
        let text = numbered(0, 40);
        let edited = text.replace("wordbb ", "other ").replace("wordcd ", "some other ");
        let found = aligned(&text, &edited);
        assert_eq!((found.words, found.covered, found.figures_changed, found.names_changed), (40, 40, 0, 0));
        let rewritten = format!("{} {} {}", numbered(0, 12), numbered(500, 20), numbered(30, 10));
        assert_eq!(aligned(&text, &rewritten).covered, 22);
    }

    #[test]
    fn moved_passages_are_covered_but_for_no_word() {
        let text = format!("{} {}", numbered(0, 20), numbered(100, 20));
        let moved = format!("{} {} {}", numbered(100, 20), numbered(700, 30), numbered(0, 20));
        assert_eq!(aligned(&text, &moved).covered, 40);
    }

    #[test]
    fn figures_are_kept_or_changed_where_they_stand() {
        let report = |first: &str, second: &str| {
            format!("prices of wheat rose by {first} per cent and those of oats fell by {second} crowns in the week")
        };
        let found = aligned(&report("3", "1,200"), &report("4", "1200"));
        assert_eq!((found.figures_kept, found.figures_changed), (1, 1));
        let swapped = aligned(&report("3", "5"), &report("5", "3"));
        assert_eq!((swapped.figures_kept, swapped.figures_changed), (0, 0));
        assert_eq!(aligned(&report("3rd", "1.50"), &report("03", "1.5")).figures_kept, 2);
    }

    #[test]
    fn names_are_changed_where_each_text_has_its_own() {
        let count = |place: &str| format!("the votes of the town of {place} were counted and those of Netherby will be tomorrow at noon");
        assert_eq!(aligned(&count("Dunmore"), &count("Wenlow")).names_changed, 1);
        assert_eq!(aligned(&count("Dunmore"), &count("Netherby")).names_changed, 0, "the other text has it elsewhere");
        assert_eq!(aligned(&count("Dunmore"), &count("dunmore")).names_changed, 0);
    }

    #[test]
    fn runs_and_openings_are_measured() {
        let text = numbered(0, 100);
        let found = aligned(&text, &text);
        assert_eq!((found.longest, found.in_long_runs, found.opening_kept), (100, 100, 40));
        let led = aligned(&text, &format!("{} {}", numbered(500, 30), numbered(0, 120)));
        assert_eq!((led.longest, led.in_long_runs, led.opening_kept), (100, 100, 10));
        let pieces = format!("{} other {} another {}", numbered(0, 24), numbered(24, 25), numbered(60, 40));
        let pieces = aligned(&text, &pieces);
        assert_eq!((pieces.longest, pieces.in_long_runs), (40, 65));
    }

    #[test]
    fn repetition_does_not_cost_more() {
        let same = "na ".repeat(20_000);
        let found = aligned(&same, &format!("{same} batman"));
        assert_eq!(found.covered, found.words);
    }

    proptest! {
        #[test]
        fn order_does_not_matter(a in "([a-d]{1,2} |[0-9]{1,2} ){0,40}", b in "([a-d]{1,2} |[0-9]{1,2} ){0,40}") {
            prop_assert_eq!(aligned(&a, &b), aligned(&b, &a));
        }

        #[test]
        fn text_covers_itself(text in "([a-d]{1,2} |[0-9]{1,2} ){3,40}") {
            let found = aligned(&text, &text);
            prop_assert_eq!((found.covered, found.figures_changed), (found.words, 0));
        }
    }
}
