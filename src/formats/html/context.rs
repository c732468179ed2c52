//! What a first look thinks of each line in; what it thinks of the lines around out, as numbers of yes-or-no features.
//!
//! An article stands in one piece, or in a few: a line is judged by the company it keeps, before it, after it, and in the elements
//! around it.

use std::collections::HashMap;

use crate::formats::html::content::Line;
use crate::formats::html::dom::{Document, NodeId};
use crate::formats::html::features::step;

/// Doubts and certainties beyond this weigh no more.
const LOGIT_MAX: f32 = 4.0;

/// Longer lines weigh no more than this.
const WEIGHT_BYTES_MAX: usize = 600;

/// Every line has some weight.
const WEIGHT_BYTES_MIN: usize = 10;

/// A line that surely is the article's and no label: its logit and its weight.
const SURE: (f32, f32) = (1.0, 90.0);

const COARSE: [f32; 5] = [-2.5, -1.0, 0.0, 1.2, 2.5];
const FINE: [f32; 8] = [-3.0, -2.0, -1.0, -0.3, 0.3, 1.0, 2.0, 3.0];
const PARTS: [f32; 6] = [0.02, 0.1, 0.3, 0.6, 0.9, 0.98];
const AWAY: [f32; 5] = [2.0, 3.0, 5.0, 9.0, 20.0];
const TOTALS: [f32; 5] = [2.3, 2.8, 3.2, 3.6, 4.0];

/// The number of features of each group, in the order in which [`features`] adds them.
#[rustfmt::skip]
pub const GROUPS: [(&str, usize); 25] = [
    ("third line before", 6), ("second line before", 6), ("line before", 6), ("line after", 6), ("second line after", 6), ("third line after", 6),
    ("the line itself", 9),
    ("three lines around", 9), ("itself by three lines around", 81), ("ten lines around", 9), ("itself by ten lines around", 81),
    ("same parent", 10), ("same grandparent", 10), ("itself by same parent", 90), ("itself by same grandparent", 90),
    ("line before by line after", 36),
    ("share of the article before", 7), ("share of the article after", 7),
    ("sure line before", 6), ("sure line after", 6), ("sure line before by after", 36),
    ("heading by sure line after", 18), ("heading by line after", 18),
    ("length of the article", 6), ("", 0),
];

/// How many features there are.
pub const COUNT: usize = count();

const fn count() -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < GROUPS.len() {
        sum += GROUPS[at].1;
        at += 1;
    }
    sum
}

/// A first look at a page: what it thinks of each line, and what each line weighs.
struct Look {
    logits: Vec<f32>,
    weights: Vec<f32>,
    parents: Vec<Option<f32>>,
    grandparents: Vec<Option<f32>>,
    /// Sums over the lines before each, and at the end over all: weights, logits by weight, likely bytes of the article.
    sums: Vec<(f32, f32, f32)>,
    sure_before: Vec<f32>,
    sure_after: Vec<f32>,
}

/// Numbers the features of one line, group after group.
struct Numbered {
    on: Vec<u16>,
    base: usize,
    group: usize,
}

impl Numbered {
    fn add(&mut self, which: usize) {
        debug_assert!(which < GROUPS[self.group].1, "{} {which}", GROUPS[self.group].0);
        self.on.push((self.base + which) as u16);
        self.base += GROUPS[self.group].1;
        self.group += 1;
    }
}

/// Returns for each line the numbers of the features that are true of it, below [`COUNT`].
pub fn features(document: &Document, lines: &[Line], logits: &[f32]) -> Vec<Vec<u16>> {
    let look = look(document, lines, logits);
    (0..lines.len()).map(|number| of_line(document, lines, &look, number)).collect()
}

fn of_line(document: &Document, lines: &[Line], look: &Look, number: usize) -> Vec<u16> {
    let mut features = Numbered { on: Vec::with_capacity(GROUPS.len()), base: 0, group: 0 };
    let near = |away: i64| {
        let other = usize::try_from(number as i64 + away).ok().and_then(|other| look.logits.get(other));
        step(other.copied().unwrap_or(-LOGIT_MAX), &COARSE)
    };
    [-3, -2, -1, 1, 2, 3].into_iter().for_each(|away| features.add(near(away)));
    let own = step(look.logits[number], &FINE);
    features.add(own);
    for reach in [3, 10] {
        let around = step(mean_around(look, number, reach), &FINE);
        features.add(around);
        features.add(own * 9 + around);
    }
    let inside = [&look.parents, &look.grandparents].map(|means| means[number].map_or(9, |mean| step(mean, &FINE)));
    inside.into_iter().for_each(|inside| features.add(inside));
    inside.into_iter().for_each(|inside| features.add(own * 10 + inside));
    features.add(near(-1) * 6 + near(1));
    let total = look.sums[lines.len()].2 + 1.0;
    features.add(step(look.sums[number].2 / total, &PARTS));
    features.add(step((total - look.sums[number + 1].2) / total, &PARTS));
    let (before, after) = (step(look.sure_before[number], &AWAY), step(look.sure_after[number], &AWAY));
    features.add(before);
    features.add(after);
    features.add(before * 6 + after);
    let heading = match document.tag_name(lines[number].element) {
        "h1" => 2,
        "h2" | "h3" | "h4" | "h5" | "h6" => 1,
        _ => 0,
    };
    features.add(heading * 6 + after);
    features.add(heading * 6 + near(1));
    features.add(step(total.log10(), &TOTALS));
    features.on
}

fn look(document: &Document, lines: &[Line], logits: &[f32]) -> Look {
    let logits: Vec<f32> = logits.iter().map(|logit| logit.clamp(-LOGIT_MAX, LOGIT_MAX)).collect();
    let weights: Vec<f32> = lines.iter().map(|line| (line.text.len().min(WEIGHT_BYTES_MAX) + WEIGHT_BYTES_MIN) as f32).collect();
    let mut sums = vec![(0.0, 0.0, 0.0)];
    let (mut all, mut thought, mut likely) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (logit, weight) in logits.iter().zip(&weights) {
        all += f64::from(*weight);
        thought += f64::from(logit * weight);
        likely += f64::from(weight / (1.0 + (-logit).exp()));
        sums.push((all as f32, thought as f32, likely as f32));
    }
    let parent = |line: &Line| document.parent(line.element);
    let parents = means(lines, (&logits, &weights), &parent);
    let grandparents = means(lines, (&logits, &weights), &|line| parent(line).and_then(|parent| document.parent(parent)));
    let is_sure: Vec<bool> = logits.iter().zip(&weights).map(|(logit, weight)| *logit > SURE.0 && *weight > SURE.1).collect();
    let sure_before = distances(is_sure.iter());
    let mut sure_after = distances(is_sure.iter().rev());
    sure_after.reverse();
    Look { logits, weights, parents, grandparents, sums, sure_before, sure_after }
}

/// Returns for each line how many lines before it the last sure one stands.
fn distances<'s>(is_sure: impl Iterator<Item = &'s bool>) -> Vec<f32> {
    let mut away = 99.0;
    let next = |is_sure: &bool| {
        let found = away;
        away = if *is_sure { 1.0 } else { away + 1.0 };
        found
    };
    is_sure.map(next).collect()
}

/// Returns the mean logit, by weight, of the lines around one, itself left out.
fn mean_around(look: &Look, number: usize, reach: usize) -> f32 {
    let (low, high) = (look.sums[number.saturating_sub(reach)], look.sums[(number + reach + 1).min(look.logits.len())]);
    let weight = look.weights[number];
    (high.1 - low.1 - look.logits[number] * weight) / (high.0 - low.0 - weight + 1e-9)
}

/// Returns for each line the mean logit, by weight, of the other lines in the same element; `None` if there are none.
fn means(lines: &[Line], look: (&[f32], &[f32]), element: &dyn Fn(&Line) -> Option<NodeId>) -> Vec<Option<f32>> {
    let mut sums: HashMap<Option<NodeId>, (f32, f32)> = HashMap::new();
    for ((line, logit), weight) in lines.iter().zip(look.0).zip(look.1) {
        let sum = sums.entry(element(line)).or_default();
        *sum = (sum.0 + logit * weight, sum.1 + weight);
    }
    let of = |((line, logit), weight): ((&Line, &f32), &f32)| {
        let (thought, all) = sums[&element(line)];
        (all - weight > 1.0).then(|| (thought - logit * weight) / (all - weight))
    };
    lines.iter().zip(look.0).zip(look.1).map(of).collect()
}
