//! The run of lines whose scores add up to most: Bentley's maximum-sum segment, in one pass.

use std::ops::Range;

/// Returns the run of scores with the largest sum, the first of equal ones; an empty run if no score is positive.
pub fn best(scores: &[f32]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0.0);
    let (mut from, mut sum) = (0, 0.0);
    for (at, score) in scores.iter().enumerate() {
        if sum <= 0.0 {
            (from, sum) = (at, 0.0);
        }
        sum += score;
        if sum > best_sum {
            (best, best_sum) = (from..at + 1, sum);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_sum_wins() {
        for (scores, expected) in [
            (&[][..], 0..0),
            (&[-1.0, -2.0][..], 0..0),
            (&[1.0, 2.0][..], 0..2),
            (&[-1.0, 3.0, -1.0, 2.0, -5.0, 3.0][..], 1..4),
            (&[2.0, -5.0, 2.0][..], 0..1),
        ] {
            assert_eq!(best(scores), expected, "{scores:?}");
        }
    }
}
