//! From what two articles share, and where and when they were published, to whether they are the same text.
//!
//! The *first look* takes the overlap of the shingle sets. It decides nearly all pairs; where it does not, or where both texts
//! have figures that the other has not, an alignment decides: see [`Doubt`](super::doubt::Doubt).
//!
//! Articles of one outlet share its furniture, its templates (weather, rates, results of elections) and the background of a
//! running story, so on different days an alignment has to show that more than that is common. Whether a shingle recurs in many
//! groups of an outlet is not looked at: that would make a group depend on articles that have nothing to do with it.

use super::shingle::{ShingleSet, common};
use super::standing::{Interval, Outlets, Setting};
use super::verify::{CONTAINED, NEAR, Overlap};

/// Words that a text must have for anything but the exact tier: shorter ones are captions and notices, which agree by chance.
pub(super) const FEWEST_WORDS: u32 = 30;

/// Shingles that a contained text must share, so that a stock paragraph alone ties nothing.
const FEWEST_SHARED: u32 = 20;

/// How much of the longer text a short shared passage has to be, since it may be a notice, a caption or a comment form.
const LEAST_PART_OF_BRIEF: f32 = 0.25;

/// Shared shingles from which a passage is not short.
const LONG_SHARED: u32 = 40;

/// The same for two pages of one outlet, which share its furniture however long that is. Without it 5,382 articles of one
/// outlet of 33,249 became one group around a page that held nothing but a comment form.
const LEAST_PART_OF_OUTLET: f32 = 0.4;

/// How much of the longer text is enough on one day, for a text that stands in it as a whole: the first lines of a story that
/// the outlet went on writing. All of 18 such pairs that were read were that; of 10 where .85 to .9 stands in the longer one four
/// shared their background.
const LEAST_PART_OF_LATER_VERSION: f32 = 0.2;

/// The same where both texts open alike. Four of 17 such pairs share less; they are too far from each other to be candidates, and
/// a teaser of an article ten times as long is hardly its copy.
const LEAST_PART_OF_GROWN: f32 = 0.15;

/// Shared shingles that a text must have which does not open the later version.
const VERSION_SHARED: u32 = 60;

/// Containment of such a text.
pub(super) const WHOLE: f32 = 0.9;

/// What one outlet prints on another day is looked at where hardly a word is another, ...
pub(super) const ALMOST_ALIKE: f32 = 0.95;

/// ... or from this containment, with ...
const PERHAPS_REPRINTED: f32 = 0.7;

/// ... so many shared shingles: a prose text with as much in long runs as is asked for then has more.
pub(super) const PERHAPS_REPRINTED_SHARED: u32 = 100;

/// Containment from which the words between the shared ones are looked at. Of edited copies with furniture around them .7 alone
/// misses one in eight.
const PERHAPS_CONTAINED: f32 = 0.5;

/// Shared shingles that are asked for there, ...
pub(super) const PERHAPS_SHARED: u32 = 60;

/// ... but for statements that outlets print on one day, each in its own words, where so much of the longer one is shared.
const LEAST_PART_OF_BRIEF_REWRITTEN: f32 = 0.3;

/// Figures that each text must have for itself, twice as many as they share, so that no alignment is needed where hardly anything
/// else differs. It keeps thousands of reports of one form, each a centre, cheap to tell apart.
const FEWEST_LONE_FIGURES: usize = 3;

/// Shingles that are not shared for each such figure: three that it stands in, and as many for a word that changes along.
const BROKEN_BY_FIGURE: usize = 6;

/// Containment from which two texts may be copies of one text that both tie to; measured on labelled families, .2 to .4 do alike.
const KIN: f32 = 0.3;

/// What the overlap of two texts of at least 30 words says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// They are the same text.
    Same,
    /// They are if an alignment says so.
    Unclear,
    /// They are not.
    Different,
}

/// Looks at what two texts share.
pub(super) fn first_look(overlap: Overlap, setting: Setting) -> Look {
    let shared = Shared::of(overlap);
    match (setting.outlets, setting.interval) {
        (Outlets::Same, Interval::Day) if shared.is_text_of_outlet() => Look::Same,
        (Outlets::Same, Interval::Day) if shared.is_perhaps_first_version() => Look::Unclear,
        (Outlets::Same, Interval::Days | Interval::Week | Interval::Longer) if shared.is_perhaps_reprint() => Look::Unclear,
        (Outlets::Other, _) if shared.is_text() => Look::Same,
        (Outlets::Other, Interval::Day) if shared.is_perhaps_brief() => Look::Unclear,
        (Outlets::Other, Interval::Day | Interval::Days) if shared.is_perhaps_text() => Look::Unclear,
        _ => Look::Different,
    }
}

/// What two texts share: how many shingles, how much of both, of the one it is more of, and of the other.
pub(super) struct Shared {
    pub(super) count: u32,
    pub(super) resemblance: f32,
    pub(super) most: f32,
    pub(super) least: f32,
}

impl Shared {
    pub(super) fn of(overlap: Overlap) -> Self {
        let (own, other) = (overlap.containment_of_a().share(), overlap.containment_of_b().share());
        Shared { count: overlap.shared, resemblance: overlap.resemblance().share(), most: own.max(other), least: own.min(other) }
    }

    pub(super) fn is_text(&self) -> bool {
        let least_part = if self.count < LONG_SHARED { LEAST_PART_OF_BRIEF } else { 0.0 };
        self.resemblance >= NEAR || (self.is_contained() && self.least >= least_part)
    }

    /// What every page of an outlet carries, and a page that is nothing else, must tie nothing.
    fn is_text_of_outlet(&self) -> bool {
        let is_version = self.most >= WHOLE && self.count >= VERSION_SHARED && self.least >= LEAST_PART_OF_LATER_VERSION;
        self.resemblance >= NEAR || is_version || (self.is_contained() && self.least >= LEAST_PART_OF_OUTLET)
    }

    fn is_perhaps_reprint(&self) -> bool {
        let is_long = self.most >= PERHAPS_REPRINTED && self.count >= PERHAPS_REPRINTED_SHARED && self.least >= LEAST_PART_OF_OUTLET;
        is_long || self.resemblance >= ALMOST_ALIKE
    }

    fn is_perhaps_text(&self) -> bool {
        self.most >= PERHAPS_CONTAINED && self.count >= PERHAPS_SHARED
    }

    /// A statement that an outlet printed in its own words, of the day.
    fn is_perhaps_brief(&self) -> bool {
        self.most >= PERHAPS_CONTAINED && self.least >= LEAST_PART_OF_BRIEF_REWRITTEN && self.count >= FEWEST_SHARED
    }

    /// The first lines of a story, if they open both texts.
    fn is_perhaps_first_version(&self) -> bool {
        self.most >= CONTAINED && self.count >= LONG_SHARED && self.least >= LEAST_PART_OF_GROWN
    }

    fn is_contained(&self) -> bool {
        self.most >= CONTAINED && self.count >= FEWEST_SHARED
    }
}

/// Tells whether two texts share enough to be copies of one text, where a third is verified to be a copy of either.
pub(super) fn are_kin(overlap: Overlap, setting: Setting) -> bool {
    let shared = Shared::of(overlap);
    let is_possible = match (setting.outlets, setting.interval) {
        (Outlets::Other, _) => true,
        (Outlets::Same, Interval::Day) => shared.least >= KIN,
        (Outlets::Same, Interval::Days | Interval::Week | Interval::Longer) => false,
    };
    shared.most >= KIN && shared.count >= FEWEST_SHARED && is_possible
}

/// How many figures two texts share, and how many each of them has at least that the other has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) shared: usize,
    pub(super) lone: usize,
}

impl Figures {
    /// Looks at the figures of two texts.
    pub(super) fn of(a: &ShingleSet, b: &ShingleSet) -> Self {
        let shared = common(a.figures(), b.figures());
        Figures { shared, lone: a.figures().len().min(b.figures().len()) - shared }
    }

    /// Tells that the texts differ in their figures and in little else.
    pub(super) fn are_others(self, overlap: Overlap) -> bool {
        let unshared = (overlap.a_total.max(overlap.b_total) - overlap.shared) as usize;
        self.lone >= FEWEST_LONE_FIGURES && self.lone >= 2 * self.shared && self.lone * BROKEN_BY_FIGURE >= unshared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(outlets: Outlets, interval: Interval) -> Setting {
        Setting { outlets, interval }
    }

    #[test]
    fn first_look_follows_the_thresholds() {
        use Interval::{Day, Days, Longer};
        use Look::{Different, Same, Unclear};
        for (shared, a_total, b_total, outlets, interval, expected) in [
            (50, 75, 75, Outlets::Same, Day, Same),
            (49, 75, 75, Outlets::Same, Day, Different),
            (50, 75, 75, Outlets::Same, Days, Different),
            (100, 140, 250, Outlets::Same, Longer, Unclear),
            (100, 143, 250, Outlets::Same, Longer, Different),
            (100, 140, 251, Outlets::Same, Days, Different),
            (95, 100, 95, Outlets::Same, Days, Unclear),
            (94, 100, 94, Outlets::Same, Days, Different),
            (70, 100, 600, Outlets::Other, Longer, Same),
            (69, 100, 600, Outlets::Other, Longer, Different),
            (60, 100, 600, Outlets::Other, Days, Unclear),
            (60, 121, 130, Outlets::Other, Days, Different),
            (59, 100, 600, Outlets::Other, Days, Different),
            (70, 100, 466, Outlets::Same, Day, Unclear),
            (70, 100, 467, Outlets::Same, Day, Different),
            (39, 50, 200, Outlets::Same, Day, Different),
            (69, 100, 400, Outlets::Same, Day, Different),
            (20, 40, 66, Outlets::Other, Day, Unclear),
            (20, 40, 67, Outlets::Other, Day, Different),
            (20, 40, 66, Outlets::Other, Days, Different),
            (70, 100, 170, Outlets::Same, Day, Same),
            (90, 100, 450, Outlets::Same, Day, Same),
            (90, 100, 451, Outlets::Same, Day, Unclear),
            (30, 30, 600, Outlets::Other, Day, Different),
            (30, 30, 110, Outlets::Other, Day, Same),
            (19, 19, 40, Outlets::Other, Day, Different),
        ] {
            let look = first_look(Overlap { shared, a_total, b_total }, setting(outlets, interval));
            assert_eq!(look, expected, "{shared} of {a_total} and {b_total}, {outlets:?} {interval:?}");
        }
    }
}
