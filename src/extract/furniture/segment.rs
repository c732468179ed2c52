//! The runs of lines whose scores add up to most, each further run at a cost: Bentley's maximum-sum segment, for a text with boxes in it.

use std::ops::Range;

/// Where a line stands, while the best way to the next is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    Between,
}

/// Returns the runs with the largest sum after `cost` is paid for each but the first, in order; none if no score is positive.
///
/// A run that cannot earn its cost is left out, and what cannot cost more than a further run is kept inside one.
pub fn best(scores: &[f32], cost: f32) -> Vec<Range<usize>> {
    let (mut inside, mut between) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
    let mut ways: Vec<(State, State)> = Vec::with_capacity(scores.len());
    for score in scores {
        let (best_inside, into_inside) = better((inside, State::Inside), better((0.0, State::Before), (between - cost, State::Between)));
        let (best_between, into_between) = better((between, State::Between), (inside, State::Inside));
        ways.push((into_inside, into_between));
        (inside, between) = (best_inside + score, best_between);
    }
    let (_, last) = better((0.0, State::Before), better((between, State::Between), (inside, State::Inside)));
    runs(&ways, last)
}

fn better(a: (f32, State), b: (f32, State)) -> (f32, State) {
    if b.0 > a.0 { b } else { a }
}

/// Goes back over the best ways from the state after the last line.
fn runs(ways: &[(State, State)], last: State) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut state = last;
    for (at, (into_inside, into_between)) in ways.iter().enumerate().rev() {
        match (state, runs.last_mut()) {
            (State::Inside, Some(run)) if run.start == at + 1 => run.start = at,
            (State::Inside, _) => runs.push(at..at + 1),
            _ => {}
        }
        state = match state {
            State::Before => State::Before,
            State::Inside => *into_inside,
            State::Between => *into_between,
        };
    }
    runs.reverse();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_sum_wins() {
        for (scores, expected) in [
            (&[][..], &[][..]),
            (&[-1.0, -2.0], &[]),
            (&[1.0, 2.0], &[0..2]),
            (&[-1.0, 3.0, -1.0, 2.0, -5.0, 3.0], &[1..4]),
            (&[2.0, -5.0, 2.0], &[0..1]),
            (&[-1.0, 9.0, -7.0, -1.0, 9.0, -1.0], &[1..2, 4..5]),
            (&[9.0, -3.0, 9.0], &[0..3]),
        ] {
            assert_eq!(best(scores, 4.0), expected, "{scores:?}");
        }
    }
}
