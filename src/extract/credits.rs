//! A paragraph in; the agencies that it credits out: `(dpa)` at its end, `Source: AFP`, `Reuters contributed to this report`.
//!
//! A credit says where a text comes from; the source of an article is the outlet that printed it.

use crate::extract::agencies;

/// A longer paragraph with a phrase of credit in it tells of other things.
const SENTENCE_BYTES_MAX: usize = 240;

/// Labels before the names of agencies, in lower case.
const LABELS: [&str; 12] =
    ["source", "sources", "quelle", "quellen", "fuente", "fonte", "fonti", "źródło", "джерело", "источник", "agence", "bron"];

/// Phrases of credit, in lower case.
#[rustfmt::skip]
const PHRASES: [&str; 30] = [
    "contributed to this", "contributed reporting", "contributed to the", "with reporting by", "with reporting from", "with files from", "with inputs from", "with agency inputs", "additional reporting by",
    "mit material von", "mit material der", "mit informationen von", "mit informationen der", "unter verwendung von", "con información de", "con informacion de", "con datos de", "avec l'", "avec l’", "avec les agences",
    "con informazioni", "com informações", "com informacoes", "met informatie van", "na podstawie", "за матеріалами", "за даними", "по материалам", "this story was originally published by", "this article was first published by",
];

/// Returns the agencies that a paragraph credits, by their usual names, in order; none if it credits none.
pub fn find(paragraph: &str) -> Vec<&'static str> {
    let text = paragraph.trim();
    if let Some(listed) = closing_bracket(text).and_then(agencies::list) {
        return listed;
    }
    if text.len() > SENTENCE_BYTES_MAX {
        return Vec::new();
    }
    let bare = text.trim_matches(['(', ')', '[', ']', '.', '*', '—', '–', '-', ' ']);
    let labelled = bare.split_once(':').filter(|(label, _)| LABELS.contains(&label.trim().to_lowercase().as_str()));
    if let Some(listed) = agencies::list(labelled.map_or(bare, |(_, names)| names)) {
        return listed;
    }
    let lower = text.to_lowercase();
    if PHRASES.iter().any(|phrase| lower.contains(phrase)) { agencies::within(text) } else { Vec::new() }
}

/// Returns what stands in the brackets that end a paragraph.
fn closing_bracket(text: &str) -> Option<&str> {
    let inner = text.trim_end_matches('.').strip_suffix([')', ']'])?;
    let open = inner.rfind(['(', '['])?;
    Some(&inner[open + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_credit_agencies() {
        for (paragraph, expected) in [
            ("Reuters contributed to this report.", &["Reuters"][..]),
            ("The Associated Press contributed to this report.", &["AP"]),
            ("Die Fähre fährt wieder, teilte das Amt mit. (dpa/AFP)", &["dpa", "AFP"]),
            ("(AP)", &["AP"]),
            ("dpa", &["dpa"]),
            ("Mit Material von dpa", &["dpa"]),
            ("Quelle: dpa", &["dpa"]),
            ("Con información de EFE", &["EFE"]),
            ("За матеріалами Укрінформ", &["Ukrinform"]),
            ("He told Reuters that the ferry would run again.", &[]),
            ("Ida Holm leads the party (SPD)", &[]),
            ("Source: the harbour office", &[]),
            ("", &[]),
        ] {
            assert_eq!(find(paragraph), expected, "{paragraph}");
        }
    }
}
