//! Two texts in, the pieces that both or one of them has out.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::readable::{Run, joined};
use super::tokens::{Token, coarse, fine, numbered};

/// Bytes of both texts together up to which they are compared word by word; longer ones are compared sentence by sentence. Two
/// texts of 1.3 MB that have nothing in common but their vocabulary take 1.3 s by words.
const FINE_LEN_BYTES_MAX: usize = 3_000_000;

/// What became of a piece on the way from the first text to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// Both have it.
    Same,
    /// The first alone has it.
    Removed,
    /// The second alone has it.
    Added,
}

impl Change {
    /// Returns the word that stands for it in output.
    pub fn label(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::Removed => "removed",
            Change::Added => "added",
        }
    }
}

/// A run of words that both texts have, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub change: Change,
    /// Its bytes in the first text; empty where it was added.
    pub a: Range<usize>,
    /// Its bytes in the second text; empty where it was removed.
    pub b: Range<usize>,
}

/// How many words two texts share and do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Words that both have.
    pub same: usize,
    /// Words that the first alone has.
    pub removed: usize,
    /// Words that the second alone has.
    pub added: usize,
}

/// Where two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The pieces in order; those of a place where one text has something else than the other are first what was removed, then
    /// what was added.
    pub pieces: Vec<Piece>,
    /// How many words they share and do not.
    pub words: Counts,
}

/// Finds where two texts differ. Two empty texts have no pieces.
///
/// The shortest script of changes but for a bounded search (Myers, *An O(ND) difference algorithm and its variations*, 1986), in
/// which changes are joined that only a word or two of chance part.
pub fn difference(a: &str, b: &str) -> Difference {
    let cut = if a.len() + b.len() > FINE_LEN_BYTES_MAX { coarse } else { fine };
    let (a_tokens, b_tokens) = (cut(a), cut(b));
    let [a_numbers, b_numbers] = numbered([a, b], [&a_tokens, &b_tokens]);
    let runs = capture_diff_slices(Algorithm::Myers, &a_numbers, &b_numbers).into_iter().map(run).collect();
    let (mut pieces, mut counts) = (Vec::new(), Counts::default());
    for run in joined(runs, &a_tokens) {
        let words = |tokens: &[Token]| tokens.iter().map(|token| token.words).sum::<usize>();
        let (a_words, b_words) = (words(&a_tokens[run.a.clone()]), words(&b_tokens[run.b.clone()]));
        let (in_a, in_b) = (bytes(&a_tokens, &run.a), bytes(&b_tokens, &run.b));
        if run.is_same {
            counts.same += b_words;
            pieces.push(Piece { change: Change::Same, a: in_a, b: in_b });
            continue;
        }
        counts.removed += a_words;
        counts.added += b_words;
        let (b_start, a_end) = (in_b.start, in_a.end);
        pieces.push(Piece { change: Change::Removed, a: in_a, b: b_start..b_start });
        pieces.push(Piece { change: Change::Added, a: a_end..a_end, b: in_b });
    }
    pieces.retain(|piece| !piece.a.is_empty() || !piece.b.is_empty());
    Difference { pieces, words: counts }
}

fn run(op: DiffOp) -> Run {
    Run { is_same: matches!(op, DiffOp::Equal { .. }), a: op.old_range(), b: op.new_range() }
}

/// Returns the bytes of a run of tokens; an empty run stands before the token that it names.
fn bytes(tokens: &[Token], run: &Range<usize>) -> Range<usize> {
    let start = |token: usize| tokens.get(token).map_or_else(|| tokens.last().map_or(0, |last| last.bytes.end), |token| token.bytes.start);
    start(run.start)..start(run.end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes a difference with `[-removed-]` and `{+added+}`.
    fn written(a: &str, b: &str) -> String {
        let piece = |piece: &Piece| match piece.change {
            Change::Same => b[piece.b.clone()].to_owned(),
            Change::Removed => format!("[-{}-]", &a[piece.a.clone()]),
            Change::Added => format!("{{+{}+}}", &b[piece.b.clone()]),
        };
        difference(a, b).pieces.iter().map(piece).collect()
    }

    #[test]
    fn words_that_changed_are_shown() {
        for (a, b, expected) in [
            ("The port is shut.", "The port is shut.", "The port is shut."),
            ("The port is shut for two days.", "The port is shut for three days.", "The port is shut for [-two -]{+three +}days."),
            ("The port is shut.", "The port is shut", "The port is shut[-.-]"),
            ("", "All new.", "{+All new.+}"),
            ("All gone.", "", "[-All gone.-]"),
            ("", "", ""),
            ("One.\n\nThree.", "One.\n\nTwo.\n\nThree.", "One.\n\n{+Two.\n\n+}Three."),
        ] {
            assert_eq!(written(a, b), expected);
        }
    }

    #[test]
    fn words_of_chance_between_two_changes_are_left_out() {
        assert_eq!(
            written("Some say that fog delayed the last boat home.", "Some say that storms and hail cancelled the first two trains out."),
            "Some say that [-fog delayed the last boat home-]{+storms and hail cancelled the first two trains out+}."
        );
        assert_eq!(written("cats in the old town eat", "dogs in the old town sleep"), "[-cats -]{+dogs +}in the old town [-eat-]{+sleep+}");
    }

    #[test]
    fn words_are_counted() {
        let found = difference("A storm closed the port for two days.", "A storm closed the port for three whole days.");
        assert_eq!(found.words, Counts { same: 7, removed: 1, added: 2 });
    }

    proptest! {
        #[test]
        fn pieces_cover_both_texts(a in "([a-d]{1,2}[ ,.]{0,2}|\n\n){0,40}", b in "([a-d]{1,2}[ ,.]{0,2}|\n\n){0,40}") {
            let found = difference(&a, &b);
            let text = |whole: &str, range: fn(&Piece) -> &Range<usize>| {
                found.pieces.iter().map(|piece| whole[range(piece).clone()].to_owned()).collect::<String>()
            };
            let blank = |text: &str| text.trim().is_empty();
            prop_assert!(blank(&a) || text(&a, |piece| &piece.a) == a);
            prop_assert!(blank(&b) || text(&b, |piece| &piece.b) == b);
            let same = |piece: &&Piece| piece.change == Change::Same;
            for piece in found.pieces.iter().filter(same) {
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join("");
                prop_assert_eq!(words(&a[piece.a.clone()]), words(&b[piece.b.clone()]));
            }
        }
    }
}
