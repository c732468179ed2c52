//! The fields that a document states in; those of one name out, the most trusted first, and what all choices share.

use crate::article::{Conflict, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::text::words;

/// Where fields are stated as such: by the keeper of the archive, or by the format itself.
pub const KEEPERS: [Provenance; 6] =
    [Provenance::Sidecar, Provenance::FrontMatter, Provenance::JsonField, Provenance::Column, Provenance::WireField, Provenance::Feed];

/// Tells how far a place is trusted to state a field, the most trusted first.
fn trust(name: FieldName, from: Provenance) -> u8 {
    use Provenance as P;
    let order: &[P] = match name {
        FieldName::Headline => &[P::MailHeader, P::JsonLd, P::Meta, P::PageElement, P::HeadlineLine, P::TitleElement],
        FieldName::Source => &[P::MailHeader, P::JsonLd, P::Meta, P::PageElement, P::MastheadLine, P::FooterLine, P::BannerLine],
        FieldName::Url => &[P::PageElement, P::Meta, P::JsonLd, P::SaveComment, P::ArchiveRecord, P::MailHeader],
        FieldName::Byline => &[P::JsonLd, P::Meta, P::PageElement, P::BylineLine, P::PageScript],
        // What is printed with the headline is what readers are told; what is written for machines may be the day on which a draft was
        // made. Where the two name different days on 995 pages, the printed one is right on 11 and the other on 2.
        FieldName::Published => {
            &[P::MailHeader, P::BannerLine, P::JsonLd, P::Meta, P::TimeElement, P::PageElement, P::Dateline, P::PageScript, P::FooterLine]
        }
        FieldName::Modified => &[P::MailHeader, P::JsonLd, P::Meta, P::TimeElement, P::PageElement, P::BannerLine, P::FooterLine],
        FieldName::Saved => &[P::ArchiveRecord, P::MailHeader, P::SaveComment],
        FieldName::Credit => &[P::CreditLine, P::Dateline],
        FieldName::Language => &[P::JsonLd, P::LangAttribute, P::Meta],
    };
    let all = KEEPERS.iter().chain(order);
    let place = all.into_iter().position(|known| *known == from).unwrap_or(KEEPERS.len() + order.len());
    u8::try_from(place).unwrap_or(u8::MAX)
}

/// Returns what is stated for a field, the most trusted first.
pub fn ranked(fields: &[RawField], name: FieldName) -> Vec<&RawField> {
    let mut stated: Vec<&RawField> = fields.iter().filter(|field| field.name == name).collect();
    stated.sort_by_key(|field| trust(name, field.from));
    stated
}

/// Takes the first value, and keeps as conflicts the others that do not agree with it.
pub fn settle(
    name: FieldName,
    candidates: Vec<Stated<String>>,
    agree: impl Fn(&str, &str) -> bool,
    conflicts: &mut Vec<Conflict>,
) -> Option<Stated<String>> {
    let mut candidates = candidates.into_iter();
    let chosen = candidates.next()?;
    let mut others: Vec<Stated<String>> = Vec::new();
    for other in candidates {
        if !agree(&chosen.value, &other.value) && !others.iter().any(|kept| agree(&kept.value, &other.value)) {
            others.push(other);
        }
    }
    conflicts.extend(others.into_iter().map(|other| Conflict { field: name.label().to_owned(), value: other.value, from: other.from }));
    Some(chosen)
}

/// Returns a text's words in lower case, joined: what two spellings of a name have in common.
pub fn key(text: &str) -> String {
    words(text).flat_map(|(_, word)| word.chars().flat_map(char::to_lowercase)).filter(|c| c.is_alphanumeric()).collect()
}

/// Tells whether one text's words stand in the other's: the same title with and without its outlet.
pub fn holds(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    a.contains(&b) || b.contains(&a)
}

/// Adds a credit that is not there yet.
pub fn add_credit(name: &str, from: Provenance, credits: &mut Vec<Stated<String>>) {
    if !name.is_empty() && !credits.iter().any(|known| key(&known.value) == key(name)) {
        credits.push(Stated { value: name.to_owned(), from });
    }
}

/// Tells whether a name holds the outlet's own, or is a part of it: `Harbour Post Online` and `harbourpost`; umlauts as addresses write them.
///
/// Both are keys.
pub fn is_kin(outlet: &str, name: &str) -> bool {
    /// Shorter names stand in many words.
    const NAME_BYTES_MIN: usize = 6;
    let spelled = name.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    let is_long = outlet.len() >= NAME_BYTES_MIN && name.len() >= NAME_BYTES_MIN && name.len() <= 3 * outlet.len();
    is_long && (name.contains(outlet) || spelled.contains(outlet) || outlet.contains(name) || outlet.contains(&spelled))
}
