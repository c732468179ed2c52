//! Texts parted by lines of `===`, the first letter of each its outlet and day: what they share, where they differ, their groups.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use dateline::dedup::{Archive, Assignment, Entry, Fingerprint, Side, Standing, fingerprint, group, shared_runs, why};
use dateline::difference::{Change, difference, hunks};
use dateline::error::Error;
use dateline::text::{folded, words};

/// Texts that may be copies of each other.
pub fn copies(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let texts: Vec<&str> = text.split("\n===\n").take(TEXTS_MAX).collect();
    for pair in texts.windows(2) {
        check_pair(pair[0], pair[1]);
    }
    check_groups(&texts);
}

/// More texts say nothing new, and cost.
const TEXTS_MAX: usize = 6;

fn side(text: &str) -> Side<'_> {
    let letter = i64::from(text.bytes().next().unwrap_or_default());
    let published = (letter & 1 == 1).then_some(((letter >> 1) & 7) * 86_400 * 2);
    let source = ((letter >> 4) & 3).try_into().ok().filter(|source| *source > 0_u64);
    Side { text, standing: Standing { published, source, words: fingerprint(text).words, url: None } }
}

fn check_pair(a: &str, b: &str) {
    let (there, back) = (why(&side(a), &side(b)), why(&side(b), &side(a)));
    assert_eq!(there.rule, back.rule, "the rule does not depend on which comes first");
    assert_eq!((there.overlap.shared, there.overlap.a_total), (back.overlap.shared, back.overlap.b_total));
    assert!(there.overlap.shared <= there.overlap.a_total.min(there.overlap.b_total));
    let runs = shared_runs(a, b);
    assert!(runs.is_sorted_by(|one, other| one.words >= other.words), "longest first");
    for run in &runs {
        assert_eq!(folds(&a[run.a.clone()]), folds(&b[run.b.clone()]), "a run has the same words in both");
    }
    let found = difference(a, b);
    check_side(a, found.pieces.iter().map(|piece| piece.a.clone()));
    check_side(b, found.pieces.iter().map(|piece| piece.b.clone()));
    for piece in &found.pieces {
        let (in_a, in_b) = (folds(&a[piece.a.clone()]), folds(&b[piece.b.clone()]));
        assert!(piece.change != Change::Same || in_a.is_empty() == in_b.is_empty(), "{piece:?}");
    }
    check_hunks(a, b);
}

fn folds(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| folded(word)).collect()
}

/// Checks that pieces go through a text from its start to its end and leave out no word.
fn check_side(text: &str, ranges: impl Iterator<Item = Range<usize>>) {
    let mut at = 0;
    for range in ranges.filter(|range| !range.is_empty()) {
        assert!(range.start >= at, "{range:?} after {at}");
        assert!(text[at..range.start].trim().is_empty(), "{:?} is in no piece", &text[at..range.start]);
        at = at.max(text[..range.end].len());
    }
    assert!(text[at..].trim().is_empty(), "{:?} is in no piece", &text[at..]);
}

/// Checks that the second text can be made of the first by its hunks.
fn check_hunks(a: &str, b: &str) {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.lines().collect(), b.lines().collect());
    let (mut made, mut at) = (Vec::new(), 0);
    for hunk in hunks(&a, &b) {
        made.extend(&a[at..hunk.a.start]);
        made.extend(hunk.lines.iter().filter_map(|(change, line)| match change {
            Change::Same => Some(a[*line]),
            Change::Removed => None,
            Change::Added => Some(b[*line]),
        }));
        at = hunk.a.end;
    }
    made.extend(&a[at..]);
    assert_eq!(made, b);
}

struct Texts<'t> {
    texts: Vec<&'t str>,
    prints: Vec<Fingerprint>,
    entries: Vec<Entry>,
}

impl<'t> Texts<'t> {
    fn new(texts: &[&'t str]) -> Self {
        let prints: Vec<Fingerprint> = texts.iter().map(|text| fingerprint(text)).collect();
        let entry =
            |(text, print): (&&str, &Fingerprint)| Entry { standing: side(text).standing, digest: print.digest, ..Entry::default() };
        Texts { texts: texts.to_vec(), entries: texts.iter().zip(&prints).map(entry).collect(), prints }
    }
}

impl Archive for Texts<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn compare_ids(&self, a: usize, b: usize) -> Ordering {
        self.texts[a].cmp(self.texts[b])
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        self.prints.iter().enumerate().for_each(|(entry, print)| visit(entry, &print.samples));
        Ok(())
    }

    fn body(&self, entry: usize) -> Result<Cow<'_, str>, Error> {
        Ok(Cow::Borrowed(self.texts[entry]))
    }
}

/// Checks that every text has one group, and that groups do not depend on the order of the texts.
fn check_groups(texts: &[&str]) {
    let mut distinct = texts.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let there = representatives(&distinct);
    distinct.reverse();
    let mut back = representatives(&distinct);
    back.reverse();
    assert_eq!(there, back, "the order of texts does not matter");
}

/// Returns the text that represents each.
fn representatives<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    let mut assignments: Vec<Assignment> = group(&Texts::new(texts)).unwrap();
    assignments.sort_by_key(|assignment| assignment.entry);
    assert!(assignments.iter().map(|assignment| assignment.entry).eq(0..texts.len()), "each text is assigned once");
    for assignment in &assignments {
        assert_eq!(assignments[assignment.representative].representative, assignment.representative, "a representative is its own");
    }
    assignments.iter().map(|assignment| texts[assignment.representative]).collect()
}
