//! The lines of a page in; which of them are its article's out.
//!
//! Two looks are taken at the lines, both by a model that weighs yes-or-no features: the first at each line and the elements around
//! it, the second also at what the first thinks of its neighbours.

use crate::formats::html::content::Line;
use crate::formats::html::context;
use crate::formats::html::dom::Document;
use crate::formats::html::features::{self, Described};
use crate::formats::html::stated::Stated;
use crate::formats::html::weights;

/// A page with more lines is a table or a list of its site, and is read as a dump. The longest of 1,990 pages measured has 2,239.
const LINES_MAX: usize = 40_000;

/// Tells for each line whether it is the article's; for none if the page has no article.
pub fn find(document: &Document, lines: &[Line], stated: &Stated) -> Vec<bool> {
    if lines.len() > LINES_MAX {
        return vec![false; lines.len()];
    }
    let described = Described::new(document, lines, stated);
    let features: Vec<Vec<u16>> = (0..lines.len()).map(|number| described.features(number).on).collect();
    let first: Vec<f32> = features.iter().map(|on| weights::FIRST_BIAS + sum(on, &weights::FIRST)).collect();
    let around = context::features(document, lines, &first);
    let (own, context) = weights::SECOND.split_at(features::COUNT);
    let second = features.iter().zip(&around).map(|(on, around)| weights::SECOND_BIAS + sum(on, own) + sum(around, context));
    second.enumerate().map(|(number, score)| score > 0.0 && !described.is_way(number)).collect()
}

fn sum(on: &[u16], weights: &[f32]) -> f32 {
    on.iter().map(|number| weights[usize::from(*number)]).sum()
}
