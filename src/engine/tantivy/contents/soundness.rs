//! A record with its text in, out whether an entry can be made of them: what follows relies on it.

use super::super::record::Record;
use crate::article::Body;
use crate::passage::Passage;
use crate::search::FaultKind;

/// Tells why a record cannot be put together with its text; `None` if it can.
pub fn unsound(record: &Record, text: &str) -> Option<(FaultKind, String)> {
    for (which, part) in [("above", &record.trimmed.above), ("below", &record.trimmed.below)] {
        if let Some(cause) = unsound_body(part) {
            return Some((FaultKind::Record, format!("of the lines left out {which} its text, {cause}")));
        }
    }
    let body = record.body(text.to_owned());
    unsound_passages(&record.passages(), &body).map(|cause| (FaultKind::Passages, cause))
}

fn unsound_body(body: &Body) -> Option<String> {
    let mut end = 0;
    for (number, paragraph) in (1..).zip(&body.paragraphs) {
        if paragraph.start < end || body.text.get(paragraph.start..paragraph.end).is_none() {
            return Some(format!("paragraph {number} is from byte {} to {}, which cannot be", paragraph.start, paragraph.end));
        }
        end = paragraph.end;
    }
    None
}

fn unsound_passages(passages: &[Passage], body: &Body) -> Option<String> {
    let mut end = 0;
    for (number, passage) in (1..).zip(passages) {
        let place = format!("passage {number} is from byte {} to {}", passage.start, passage.end);
        if passage.end > body.text.len() {
            return Some(format!("{place}, and the text has {}", body.text.len()));
        }
        if passage.start < end || passage.end < passage.start {
            return Some(format!("{place}, and the one before it ends at {end}"));
        }
        if body.text.get(passage.start..passage.end).is_none() {
            return Some(format!("{place}, which is inside of a character"));
        }
        let begins_in = |paragraph: u32, byte: usize| {
            body.paragraphs.get(paragraph as usize).is_some_and(|paragraph| (paragraph.start..=paragraph.end).contains(&byte))
        };
        if !begins_in(passage.first_paragraph, passage.start) || !begins_in(passage.last_paragraph, passage.end) {
            return Some(format!(
                "{place}, and not in the paragraphs that it says: {} to {}",
                passage.first_paragraph, passage.last_paragraph
            ));
        }
        end = passage.end;
    }
    None
}
