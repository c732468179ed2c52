//! Two lists of lines in, the hunks of a unified difference out.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

use super::pieces::Change;

/// Lines around a change, as `diff -u` gives them.
const CONTEXT_LINES: usize = 3;

/// A run of changed lines with the lines around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// Its lines in the first list, from 0.
    pub a: Range<usize>,
    /// Its lines in the second list, from 0.
    pub b: Range<usize>,
    /// What became of each line, with its number in the list that has it: in the first where both do.
    pub lines: Vec<(Change, usize)>,
}

/// Finds where two lists of lines differ; none where they do not.
pub fn hunks<S: AsRef<str>>(a: &[S], b: &[S]) -> Vec<Hunk> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.iter().map(AsRef::as_ref).collect(), b.iter().map(AsRef::as_ref).collect());
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    group_diff_ops(ops, CONTEXT_LINES).iter().filter(|ops| !ops.is_empty()).map(|ops| hunk(ops)).collect()
}

fn hunk(ops: &[DiffOp]) -> Hunk {
    let mut lines = Vec::new();
    for op in ops {
        if matches!(op, DiffOp::Equal { .. }) {
            lines.extend(op.old_range().map(|line| (Change::Same, line)));
        } else {
            lines.extend(op.old_range().map(|line| (Change::Removed, line)));
            lines.extend(op.new_range().map(|line| (Change::Added, line)));
        }
    }
    let ends = |range: fn(&DiffOp) -> Range<usize>| {
        let start = ops.first().map_or(0, |op| range(op).start);
        start..ops.last().map_or(start, |op| range(op).end)
    };
    Hunk { a: ends(DiffOp::old_range), b: ends(DiffOp::new_range), lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_those_of_a_unified_difference() {
        let a: Vec<String> = (1..=20).map(|line| format!("line {line}")).collect();
        let mut b = a.clone();
        b[4] = "changed".to_owned();
        b.remove(15);
        let found = hunks(&a, &b);
        assert_eq!(found.iter().map(|hunk| (hunk.a.clone(), hunk.b.clone())).collect::<Vec<_>>(), [(1..8, 1..8), (12..19, 12..18)]);
        assert_eq!(found[0].lines[3..5], [(Change::Removed, 4), (Change::Added, 4)]);
        assert!(hunks(&a, &a).is_empty());
        assert!(hunks::<String>(&[], &[]).is_empty());
    }
}
