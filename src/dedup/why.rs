//! Two articles in, out whether what they share makes them the same text, and by which rule: what grouping decides, told.

use std::convert::Infallible;

use super::align::{align, sequence};
use super::judge::{Judgement, Ruling, judge};
use super::rewritten::is_dense;
use super::rule::{FEWEST_WORDS, Look, first_look};
use super::runs::{SharedRun, shared_runs};
use super::shingle::{ShingleSet, fingerprint, shingles};
use super::standing::{Interval, Outlets, Setting, Standing};
use super::verify::{CONTAINED, NEAR, Overlap, Tie, compare, relate};

/// One of two articles that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Side<'t> {
    /// Its whole text, as it was fingerprinted.
    pub text: &'t str,
    /// What is known of it beside that.
    pub standing: Standing,
}

/// Why two articles are the same text, or are not.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The rule that decides.
    pub rule: Rule,
    /// What they share.
    pub overlap: Overlap,
    /// What the first would be to the second if that represented it.
    pub tie: Tie,
    /// The words that both have, longest run first.
    pub runs: Vec<SharedRun>,
}

/// The rule that decides whether two articles are the same text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// They have the same words in the same order.
    SameWords,
    /// One is so short that only the same words tie it.
    TooShort {
        /// The words it would have to have.
        words_min: u32,
    },
    /// They resemble each other enough.
    Alike,
    /// One stands in the other.
    Contained,
    /// What they share lies dense: one is an edited copy.
    Edited,
    /// About half of both stands in the other, in several passages: one is a later version.
    WrittenThrough,
    /// They share enough, but their figures differ: two reports of one form.
    DifferentReports,
    /// They share what would tie them, were they not of one outlet and of different days.
    OtherDay,
    /// One stands in the other, but what they share is too little, or too small a part of the longer one: it may be furniture.
    TooSmallAPart,
    /// They share too little.
    TooLittle {
        /// The resemblance from which two texts are one.
        resemblance_min: f32,
        /// The containment from which one text stands in the other.
        containment_min: f32,
    },
}

impl Rule {
    /// Tells whether the rule ties the two.
    pub fn ties(self) -> bool {
        matches!(self, Rule::SameWords | Rule::Alike | Rule::Contained | Rule::Edited | Rule::WrittenThrough)
    }

    /// Returns the words that stand for it in output.
    pub fn label(self) -> &'static str {
        match self {
            Rule::SameWords => "same words",
            Rule::TooShort { .. } => "too short",
            Rule::Alike => "alike",
            Rule::Contained => "contained",
            Rule::Edited => "edited",
            Rule::WrittenThrough => "written through",
            Rule::DifferentReports => "different reports",
            Rule::OtherDay => "other day",
            Rule::TooSmallAPart => "too small a part",
            Rule::TooLittle { .. } => "too little",
        }
    }
}

/// Compares two articles and tells what comes of it.
pub fn why(a: &Side<'_>, b: &Side<'_>) -> Why {
    let (own, other) = (fingerprint(a.text), fingerprint(b.text));
    let (own_set, other_set) = (shingles(a.text), shingles(b.text));
    let overlap = compare(&own_set, &other_set);
    let is_same = own.words > 0 && own.digest == other.digest;
    let rule = match own.words.min(other.words) {
        _ if is_same => Rule::SameWords,
        words if words < FEWEST_WORDS => Rule::TooShort { words_min: FEWEST_WORDS },
        _ => rule_of((a, &own_set), (b, &other_set)),
    };
    let tie = if is_same { Tie::EXACT } else { relate(&a.standing, &b.standing, overlap) };
    Why { rule, overlap, tie, runs: shared_runs(a.text, b.text) }
}

/// Names the rule by which grouping decides about two texts of at least 30 words.
fn rule_of((a, own): (&Side<'_>, &ShingleSet), (b, other): (&Side<'_>, &ShingleSet)) -> Rule {
    let setting = Setting::of(&a.standing, &b.standing);
    let alignment = align((&sequence(a.text), own), (&sequence(b.text), other));
    let Ok(Judgement { ruling, overlap, look }) = judge((own, other), setting, || Ok::<_, Infallible>(alignment));
    let most = overlap.containment_of_a().share().max(overlap.containment_of_b().share());
    match ruling {
        Ruling::OtherReports if look != Look::Different => Rule::DifferentReports,
        Ruling::OneText if look == Look::Unclear && setting.outlets == Outlets::Other => match is_dense(overlap, alignment) {
            true => Rule::Edited,
            false => Rule::WrittenThrough,
        },
        Ruling::OneText if overlap.resemblance().share() >= NEAR => Rule::Alike,
        Ruling::OneText => Rule::Contained,
        _ if would_tie_on_one_day(overlap, setting) => Rule::OtherDay,
        _ if most >= CONTAINED => Rule::TooSmallAPart,
        _ => Rule::TooLittle { resemblance_min: NEAR, containment_min: CONTAINED },
    }
}

fn would_tie_on_one_day(overlap: Overlap, setting: Setting) -> bool {
    setting.outlets == Outlets::Same && first_look(overlap, Setting { interval: Interval::Day, ..setting }) == Look::Same
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(text: &str, day: i64) -> Side<'_> {
        Side { text, standing: Standing { published: Some(day * 86_400), source: Some(1), ..Standing::default() } }
    }

    #[test]
    fn short_texts_and_same_words_are_told_first() {
        let short = why(&side("A crane fell into the dock.", 1), &side("A crane fell into the dock today.", 1));
        assert_eq!((short.rule, short.runs[0].words), (Rule::TooShort { words_min: 30 }, 6));
        let same = why(&side("A crane fell.", 1), &side("A crane – fell", 1));
        assert_eq!((same.rule, same.tie), (Rule::SameWords, Tie::EXACT));
        assert!(!why(&side("", 1), &side("", 1)).rule.ties(), "nothing is no text");
    }

    #[test]
    fn background_of_one_outlet_ties_on_one_day_and_reprints_on_any() {
        let words = |from: usize, to: usize| (from..to).map(|number| format!("w{}x", number * 7)).collect::<Vec<_>>().join(" ");
        let (a, b) = (words(0, 100), words(20, 120));
        let rule = |day: i64| why(&side(&a, 1), &side(&b, day)).rule;
        assert_eq!((rule(1), rule(9)), (Rule::Alike, Rule::OtherDay));
        let reprint = why(&side(&words(0, 300), 1), &side(&words(0, 260), 40));
        assert_eq!((reprint.rule, reprint.rule.ties()), (Rule::Alike, true));
        assert!(matches!(why(&side(&a, 1), &side(&words(200, 300), 1)).rule, Rule::TooLittle { .. }));
        let long = words(0, 1000);
        assert_eq!(why(&side(&words(0, 40), 1), &side(&long, 1)).rule, Rule::TooSmallAPart);
    }
}
