//! Why two articles are one text or are not, in words.

use dateline::dedup::{Outlets, Rule};

use crate::diff::via::Ties;
use crate::printers::percent;

/// Says which rule decides about two articles.
pub fn rule_line(rule: Rule) -> String {
    match rule {
        Rule::SameWords => "one text: they have the same words in the same order".to_owned(),
        Rule::TooShort { words_min } => {
            format!("not one text: one has fewer than {words_min} words, so that only the same words would tie it")
        }
        Rule::Alike { resemblance_min } => format!("one text: they resemble each other by {} or more", percent(resemblance_min)),
        Rule::Contained { containment_min, shared_min } => format!(
            "one text: {} or more of one stands in the other, and {shared_min} runs of three words or more are shared",
            percent(containment_min)
        ),
        Rule::TooFewShared { shared_min } => format!("not one text: they share fewer than {shared_min} runs of three words"),
        Rule::TooSmallAPart { part_min, outlets } => format!(
            "not one text: what they share is less than {} of the longer one, and may be the furniture of a page{}",
            percent(part_min),
            if outlets == Outlets::Same { " of their outlet" } else { "" }
        ),
        Rule::TooLittle { resemblance_min, containment_min } => format!(
            "not one text: they resemble each other by less than {}, and less than {} of either stands in the other",
            percent(resemblance_min),
            percent(containment_min)
        ),
        Rule::Other => "not one text".to_owned(),
    }
}

/// Says what the index has made of it.
pub fn group_line(ties: &Ties) -> String {
    match (ties.same_group, ties.why.rule.ties()) {
        (None, _) => "the index does not have both, so that it groups them not at all".to_owned(),
        (Some(true), true) => "in the index they are in one group".to_owned(),
        (Some(true), false) if ties.via.is_empty() => "in the index they are in one group, tied through others".to_owned(),
        (Some(true), false) => format!("in the index they are in one group, tied through {}", via_line(ties)),
        (Some(false), true) => "in the index they are in two groups: each has more in common with another text".to_owned(),
        (Some(false), false) => "in the index they are in two groups".to_owned(),
    }
}

fn via_line(ties: &Ties) -> String {
    let steps: Vec<String> = ties.via.iter().map(|step| format!("{} ({})", step.id, percent(step.resemblance))).collect();
    let last = ties.last_resemblance.map(|share| format!(", which resembles B by {}", percent(share))).unwrap_or_default();
    format!("{}{last}", steps.join(", then "))
}
