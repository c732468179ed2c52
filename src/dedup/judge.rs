//! From the shingle sets of two texts of at least 30 words and what is known beside them to what they are to each other: the one
//! road to that answer, for grouping and for telling why.

use super::align::Alignment;
use super::doubt::Doubt;
use super::rule::{Figures, Look, are_kin, first_look};
use super::shingle::ShingleSet;
use super::standing::Setting;
use super::verify::{Overlap, compare};

/// What two texts are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ruling {
    /// They are one text.
    OneText,
    /// They share enough, but are two reports of one form.
    OtherReports,
    /// They may be copies of one text, if a third is verified to be a copy of either.
    Kin,
    /// They are two texts.
    Apart,
}

/// A ruling, with what it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Judgement {
    pub(super) ruling: Ruling,
    pub(super) overlap: Overlap,
    pub(super) look: Look,
}

/// Judges two texts; `align` reads them side by side, and is asked only where the sets leave doubt.
///
/// # Errors
///
/// Those of `align`.
pub(super) fn judge<E>(
    (a, b): (&ShingleSet, &ShingleSet),
    setting: Setting,
    align: impl FnOnce() -> Result<Alignment, E>,
) -> Result<Judgement, E> {
    let overlap = compare(a, b);
    let look = first_look(overlap, setting);
    let are_kin = are_kin(overlap, setting);
    let figures = Figures::of(a, b);
    let doubt = Doubt { overlap, setting, figures };
    let ruling = if figures.are_others(overlap) {
        Ruling::OtherReports
    } else {
        let is_in_doubt = look == Look::Unclear || ((look != Look::Different || are_kin) && doubt.may_be_other_reports());
        match if is_in_doubt { Some(align()?) } else { None } {
            Some(alignment) if doubt.are_other_reports(alignment) => Ruling::OtherReports,
            _ if look == Look::Same => Ruling::OneText,
            Some(alignment) if look == Look::Unclear && doubt.is_one_text(alignment) => Ruling::OneText,
            _ if are_kin => Ruling::Kin,
            _ => Ruling::Apart,
        }
    };
    Ok(Judgement { ruling, overlap, look })
}
