//! Runs of common and changed tokens in, the same with those common words left out that chance put between two changes.
//!
//! The shortest script of changes keeps every `the` that two sentences happen to share, and what comes out cannot be read.

use std::ops::Range;

use super::tokens::{Kind, Token};

/// Tokens of both texts that are the same, or that stand in each other's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Whether they are the same.
    pub is_same: bool,
    /// The tokens of the first text.
    pub a: Range<usize>,
    /// The tokens of the second.
    pub b: Range<usize>,
}

/// Common words between two changes that may be chance: with three the sentence frame shows through, and a reader wants it.
const CHANCE_WORDS_MAX: usize = 2;

/// Joins changes that only a word or two keep apart, where both are longer than that; a paragraph break always parts them.
pub fn joined(runs: Vec<Run>, a: &[Token]) -> Vec<Run> {
    let words = |tokens: &Range<usize>, of: &[Token]| of[tokens.clone()].iter().map(|token| token.words).sum::<usize>();
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let is_change = !run.is_same;
        kept.push(run);
        while let [.., before, same, after] = kept.as_mut_slice() {
            let is_between = is_change && same.is_same && !before.is_same;
            let common = words(&same.a, a);
            let is_chance = common <= CHANCE_WORDS_MAX
                && common < before.a.len().max(before.b.len()).min(after.a.len().max(after.b.len()))
                && a[same.a.clone()].iter().all(|token| token.kind != Kind::Break);
            if !(is_between && is_chance) {
                break;
            }
            before.a.end = after.a.end;
            before.b.end = after.b.end;
            kept.truncate(kept.len() - 2);
        }
    }
    kept
}
