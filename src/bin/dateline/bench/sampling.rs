//! Percentiles of repeated measurements, with how far a repetition would stray.
//!
//! The rounds of a run are drawn again and again, with replacement, and each time the percentile is taken anew (the bootstrap of
//! Efron, 1979); the interval holds the middle 95 % of what comes out. One round alone has none.

use super::chance::Chance;

/// How often rounds are drawn again: enough for two places of an interval of 95 %.
const RESAMPLINGS: usize = 200;

/// A figure with how far it strays.
#[derive(Debug, Clone, Copy)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Where 95 of 100 repetitions would lie; `None` where it was measured once.
    pub interval: Option<(f64, f64)>,
}

/// Percentiles of latencies, in microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Latency {
    /// Half are faster.
    pub p50: Estimate,
    /// Nine of ten are faster.
    pub p90: Estimate,
    /// Ninety-nine of a hundred are faster.
    pub p99: Estimate,
    /// The slowest.
    pub max: f64,
    /// How many were measured.
    pub count: usize,
}

/// Takes percentiles over things of the median over the rounds of each; `times` has a list of rounds a thing.
pub fn latency(times: &[&[f64]]) -> Latency {
    let rounds = times.first().map_or(0, |rounds| rounds.len());
    let all: Vec<usize> = (0..rounds).collect();
    percentiles(medians(times, &all), rounds, &|drawn| medians(times, drawn))
}

/// Takes the median of what several rounds gave.
pub fn median(rounds: &[f64]) -> Estimate {
    latency(&[rounds]).p50
}

/// Takes percentiles over things that were measured once each; drawing them again tells how far they stray.
pub fn latency_of_things(values: &[f64]) -> Latency {
    percentiles(sorted(values.to_vec()), values.len(), &|drawn| sorted(drawn.iter().map(|thing| values[*thing]).collect()))
}

/// Takes percentiles of values in order of size; `again` returns them as they are when some of so many things are drawn.
fn percentiles(values: Vec<f64>, things: usize, again: &dyn Fn(&[usize]) -> Vec<f64>) -> Latency {
    let mut resampled: [Vec<f64>; 3] = Default::default();
    let mut chance = Chance::new();
    for _ in 0..if things > 1 { RESAMPLINGS } else { 0 } {
        let drawn: Vec<usize> = (0..things).map(|_| chance.below(things)).collect();
        let values = again(&drawn);
        for (share, found) in [0.5, 0.9, 0.99].into_iter().zip(&mut resampled) {
            found.push(percentile(&values, share));
        }
    }
    let estimate = |share: f64, found: &[f64]| Estimate { value: percentile(&values, share), interval: interval(found) };
    Latency {
        p50: estimate(0.5, &resampled[0]),
        p90: estimate(0.9, &resampled[1]),
        p99: estimate(0.99, &resampled[2]),
        max: percentile(&values, 1.0),
        count: values.len(),
    }
}

fn interval(found: &[f64]) -> Option<(f64, f64)> {
    let found = sorted(found.to_vec());
    (!found.is_empty()).then(|| (percentile(&found, 0.025), percentile(&found, 0.975)))
}

/// Takes the median over some rounds of each thing; in order of size.
fn medians(times: &[&[f64]], rounds: &[usize]) -> Vec<f64> {
    let median = |times: &&[f64]| percentile(&sorted(rounds.iter().map(|round| times[*round]).collect()), 0.5);
    sorted(times.iter().map(median).collect())
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Returns the value at a share of the way through values in order of size.
fn percentile(values: &[f64], share: f64) -> f64 {
    let place = (share * values.len().saturating_sub(1) as f64).round();
    values.get(place as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let times: Vec<Vec<f64>> = (1..=100).rev().map(|value| vec![f64::from(value)]).collect();
        let times: Vec<&[f64]> = times.iter().map(Vec::as_slice).collect();
        let found = latency(&times);
        assert_eq!((found.p50.value, found.p90.value, found.p99.value, found.max, found.count), (51.0, 90.0, 99.0, 100.0, 100));
        assert_eq!(found.p50.interval, None, "one round tells nothing about repetitions");
        assert!(latency(&[]).p50.value.is_nan());
    }

    #[test]
    fn intervals_hold_the_middle_of_what_repetitions_give() {
        let steady = median(&[5.0; 9]);
        assert_eq!((steady.value, steady.interval), (5.0, Some((5.0, 5.0))));
        let straying = median(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 900.0]);
        let (low, high) = straying.interval.unwrap();
        assert!(straying.value == 5.0 && (2.0..=4.0).contains(&low) && (6.0..=8.0).contains(&high), "{low} {high}");
        let things = latency_of_things(&[3.0, 1.0, 2.0]);
        assert_eq!((things.p50.value, things.max, things.count), (2.0, 3.0, 3));
    }
}
