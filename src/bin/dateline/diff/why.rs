//! Why two articles are one text or are not, in words.

use dateline::dedup::Rule;

use crate::diff::via::Ties;
use crate::printers::percent;

/// Says which rule decides about two articles.
pub fn rule_line(rule: Rule) -> String {
    let apart = match rule {
        Rule::SameWords => return "one text: they have the same words in the same order".to_owned(),
        Rule::Alike => return "one text: they resemble each other enough".to_owned(),
        Rule::Contained => return "one text: enough of one stands in the other".to_owned(),
        Rule::Edited => return "one text: what they share lies dense, with short changes between".to_owned(),
        Rule::WrittenThrough => return "one text: about half of both stands in the other, in several passages".to_owned(),
        Rule::TooShort { words_min } => format!("one has fewer than {words_min} words, so that only the same words would tie it"),
        Rule::DifferentReports => "their figures differ, as in two reports of one form".to_owned(),
        Rule::OtherDay => "they are of one outlet and of different days, for which they share too little".to_owned(),
        Rule::TooSmallAPart => "what they share is too little of the longer one, and may be the furniture of a page".to_owned(),
        Rule::TooLittle { resemblance_min, containment_min } => format!(
            "they share too little; two texts that resemble each other by {}, or of which one stands in the other by {}, may be one",
            percent(resemblance_min),
            percent(containment_min)
        ),
    };
    format!("not one text: {apart}")
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
