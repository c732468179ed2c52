//! A raw document in, an article out: its metadata chosen, its furniture set aside. It cannot fail; what could not be read is a
//! warning.

pub mod around;
pub mod banner;
pub mod byline;
pub mod date;
pub mod furniture;
pub mod language;
pub mod metadata;
pub mod months;
pub mod nameplates;
pub mod source;

use crate::article::{Article, Body, Cut, Furniture};
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
    if metadata.language.is_none() {
        metadata.language = language::detect(&body.text);
    }
    if metadata.source.as_ref().is_some_and(|source| source.from != Provenance::FolderName) {
        nameplates.clear();
    }
    let warnings = causes.into_iter().map(|cause| Warning::new(origin.path.clone(), cause)).collect();
    let cut = if layout == Layout::Body { Cut::AsMarked } else { Cut::OutOfPage };
    let article = Article { path: origin.path, ordinal: origin.ordinal, own_id: origin.own_id, metadata, body, furniture, cut, nameplates };
    (article, warnings)
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
