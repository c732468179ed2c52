//! A raw document in, an article out: its metadata chosen, its furniture set aside. It cannot fail; what could not be read is a
//! warning.

pub mod agencies;
pub mod around;
pub mod banner;
pub mod byline;
pub mod credits;
pub mod date;
pub mod dateline;
pub mod furniture;
pub mod language;
pub mod metadata;
pub mod months;
pub mod nameplates;
pub mod outlets;
pub mod source;
mod word_gate;

use crate::article::{Article, Body, Cut, Furniture, Metadata, Stated};
use crate::document::{Layout, Provenance, RawBlock, RawDocument, Role};
use crate::error::Warning;

/// Concludes an article from what its format gave.
///
/// In a dump furniture is told from text line by line, and lines may state fields too; a body is taken as its format marked it.
pub fn extract(raw: RawDocument) -> (Article, Vec<Warning>) {
    let RawDocument { origin, mut fields, mut blocks, layout } = raw;
    let mut nameplates = if layout == Layout::Dump { nameplates::of_page(&blocks) } else { Vec::new() };
    let (body, furniture) = match layout {
        Layout::Body | Layout::Page => {
            around::add_fields(&blocks, &mut fields);
            around::mark_head(&mut blocks, &fields);
            settled(blocks)
        }
        Layout::Dump => {
            let cleaned = furniture::clean(blocks);
            fields.extend(cleaned.fields);
            (cleaned.body, cleaned.furniture)
        }
    };
    let (mut metadata, causes) = metadata::choose(&fields, origin.member.as_deref().unwrap_or(&origin.path));
    if metadata.published.is_none() {
        let lines = || furniture.iter().map(|piece| piece.text.as_str()).chain(body.paragraph_texts());
        let bare = || if layout == Layout::Page { around::only_bare_day(lines()) } else { None };
        let found = around::only_day(lines()).or_else(bare);
        metadata.published = found.map(|value| Stated { value, from: Provenance::FooterLine });
    }
    add_of_body(&body, &mut metadata);
    if metadata.source.as_ref().is_some_and(|source| source.from != Provenance::FolderName) {
        nameplates.clear();
    }
    let warnings = causes.into_iter().map(|cause| Warning::new(origin.path.clone(), cause)).collect();
    let cut = if layout == Layout::Body { Cut::AsMarked } else { Cut::OutOfPage };
    let article = Article { path: origin.path, ordinal: origin.ordinal, own_id: origin.own_id, metadata, body, furniture, cut, nameplates };
    (article, warnings)
}

/// Adds what the text itself states: its dateline, the agencies that it credits at its end, its language.
fn add_of_body(body: &Body, metadata: &mut Metadata) {
    /// Credits close a text; below them an author's note may stand.
    const LAST_PARAGRAPHS: usize = 3;
    /// A headline, a byline and a standfirst may stand above the first paragraph.
    const FIRST_PARAGRAPHS: usize = 4;
    /// A paragraph of so many bytes is text, and no standfirst.
    const PARAGRAPH_BYTES_MIN: usize = 400;
    let long = body.paragraph_texts().position(|paragraph| paragraph.len() >= PARAGRAPH_BYTES_MIN).unwrap_or(0);
    let opening = body.paragraph_texts().take((long + 1).min(FIRST_PARAGRAPHS));
    if let Some(dateline) = opening.filter_map(dateline::read).next() {
        metadata::add_dateline(&dateline, metadata);
    }
    let hidden = body.paragraphs.len().saturating_sub(LAST_PARAGRAPHS);
    body.paragraph_texts().skip(hidden).for_each(|paragraph| metadata::add_credits(&credits::find(paragraph), metadata));
    if metadata.language.is_none()
        && let Some(found) = language::detect(&body.text)
    {
        metadata.language = Some(Stated { value: found.code, from: Provenance::Detected });
        metadata.language_confidence = Some(found.confidence);
    }
}

/// Parts blocks that their format has marked.
fn settled(blocks: Vec<RawBlock>) -> (Body, Vec<Furniture>) {
    let mut body = Body::default();
    let mut furniture = Vec::new();
    for block in blocks {
        match block.role {
            Role::Furniture(reason) => {
                furniture.push(Furniture { text: block.text, reason: reason.to_owned(), lines: block.place.map(|place| place.lines) });
            }
            Role::Text | Role::Heading => body.push(&block.text, block.role == Role::Heading, block.place),
        }
    }
    (body, furniture)
}

#[cfg(test)]
mod tests;
