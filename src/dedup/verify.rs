//! From two shingle sets to what they share, and what to call it.
//!
//! *Resemblance* is the share of both texts that is common, the same either way; *containment* is the share of one text that
//! stands in the other (Broder, *On the resemblance and containment of documents*, 1997).

use super::shingle::{ShingleSet, common};
use super::standing::{Standing, is_same};

/// Resemblance from which two texts are one.
pub(super) const NEAR: f32 = 0.5;

/// Containment from which one text stands in the other.
pub(super) const CONTAINED: f32 = 0.7;

/// Containment from which a text counts as wholly in the other; the rest is the words at the seams.
const WHOLLY: f32 = 0.9;

/// Containment up to which the longer text has a part of its own worth a name.
const PARTLY: f32 = 0.8;

/// How much of two texts is common: shared shingles over all shingles, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Resemblance(f32);

/// How much of one text stands in another: shared shingles over its own, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Containment(f32);

impl Resemblance {
    /// Makes a resemblance; what is out of range is brought to its end.
    pub fn new(share: f32) -> Self {
        Resemblance(share.clamp(0.0, 1.0))
    }

    /// Returns the share, from 0 to 1.
    pub fn share(self) -> f32 {
        self.0
    }
}

impl Containment {
    /// Makes a containment; what is out of range is brought to its end.
    pub fn new(share: f32) -> Self {
        Containment(share.clamp(0.0, 1.0))
    }

    /// Returns the share, from 0 to 1.
    pub fn share(self) -> f32 {
        self.0
    }
}

/// What two shingle sets have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overlap {
    /// Shingles in both.
    pub shared: u32,
    /// Shingles of the first.
    pub a_total: u32,
    /// Shingles of the second.
    pub b_total: u32,
}

impl Overlap {
    /// Returns the resemblance; two empty texts resemble each other wholly.
    pub fn resemblance(self) -> Resemblance {
        Resemblance(share(self.shared, self.a_total + self.b_total - self.shared))
    }

    /// Returns how much of the first text stands in the second.
    pub fn containment_of_a(self) -> Containment {
        Containment(share(self.shared, self.a_total))
    }

    /// Returns how much of the second text stands in the first.
    pub fn containment_of_b(self) -> Containment {
        Containment(share(self.shared, self.b_total))
    }
}

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}

/// Counts what two sets share, by one pass over both.
pub fn compare(a: &ShingleSet, b: &ShingleSet) -> Overlap {
    let shared = u32::try_from(common(a.hashes(), b.hashes())).unwrap_or(u32::MAX);
    Overlap { shared, a_total: total(a.hashes()), b_total: total(b.hashes()) }
}

fn total(hashes: &[u32]) -> u32 {
    u32::try_from(hashes.len()).unwrap_or(u32::MAX)
}

/// What an article is to its representative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The same words in the same order; an article is this to itself.
    Exact,
    /// Nearly the same text.
    Near,
    /// A part of the representative.
    Excerpt,
    /// The representative and more.
    Extended,
    /// A later version from the same outlet or at the same address.
    Update,
}

impl Relation {
    /// Returns the word that stands for it in output.
    pub fn label(self) -> &'static str {
        match self {
            Relation::Exact => "exact",
            Relation::Near => "near",
            Relation::Excerpt => "excerpt",
            Relation::Extended => "extended",
            Relation::Update => "update",
        }
    }

    /// Returns the relation that a label stands for; `None` if it is no label.
    pub fn from_label(label: &str) -> Option<Self> {
        [Relation::Exact, Relation::Near, Relation::Excerpt, Relation::Extended, Relation::Update]
            .into_iter()
            .find(|relation| relation.label() == label)
    }
}

/// How an article is tied to its representative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// The name for it.
    pub relation: Relation,
    /// How much of both is common.
    pub resemblance: Resemblance,
    /// How much of the article stands in the representative.
    pub containment: Containment,
    /// How much of the representative stands in the article.
    pub containment_of_representative: Containment,
}

impl Tie {
    /// The tie of an article to itself and to an exact copy.
    pub const EXACT: Tie = Tie {
        relation: Relation::Exact,
        resemblance: Resemblance(1.0),
        containment: Containment(1.0),
        containment_of_representative: Containment(1.0),
    };
}

/// Names what a member is to a representative with other words, from their overlap with the member first.
pub fn relate(member: &Standing, representative: &Standing, overlap: Overlap) -> Tie {
    let tie = Tie {
        relation: Relation::Near,
        resemblance: overlap.resemblance(),
        containment: overlap.containment_of_a(),
        containment_of_representative: overlap.containment_of_b(),
    };
    tie.for_copy(member, representative)
}

impl Tie {
    /// Returns the tie to a representative with other words of an article that has the words of a tied one.
    #[must_use]
    pub fn for_copy(self, member: &Standing, representative: &Standing) -> Self {
        let relation = match self.relation_of_texts() {
            Relation::Near | Relation::Extended if is_later_version(member, representative) => Relation::Update,
            relation => relation,
        };
        Tie { relation, ..self }
    }

    fn relation_of_texts(&self) -> Relation {
        let (own, other) = (self.containment.share(), self.containment_of_representative.share());
        match () {
            () if own >= WHOLLY && other < PARTLY => Relation::Excerpt,
            () if other >= WHOLLY && own < PARTLY => Relation::Extended,
            () if self.resemblance.share() >= NEAR => Relation::Near,
            () if own >= CONTAINED && own >= other => Relation::Excerpt,
            () if other >= CONTAINED => Relation::Extended,
            () => Relation::Near,
        }
    }
}

fn is_later_version(member: &Standing, representative: &Standing) -> bool {
    let is_later = matches!((member.published, representative.published), (Some(own), Some(other)) if own > other);
    is_later && (is_same(member.source, representative.source) || is_same(member.url, representative.url))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::shingle::shingles;

    #[test]
    fn overlap_counts_both_ways() {
        let overlap = compare(&shingles("a b c d e f"), &shingles("x b c d e"));
        assert_eq!(overlap, Overlap { shared: 2, a_total: 4, b_total: 3 });
        assert_eq!(overlap.resemblance(), Resemblance::new(0.4));
        assert_eq!(overlap.containment_of_a(), Containment::new(0.5));
        assert_eq!(overlap.containment_of_b(), Containment::new(2.0 / 3.0));
    }

    #[test]
    fn labels_read_back() {
        for relation in [Relation::Exact, Relation::Near, Relation::Excerpt, Relation::Extended, Relation::Update] {
            assert_eq!(Relation::from_label(relation.label()), Some(relation));
        }
        assert_eq!(Relation::from_label("same"), None);
    }

    proptest::proptest! {
        #[test]
        fn text_resembles_itself(text in "([a-f]{1,2} ){0,60}") {
            let set = shingles(&text);
            proptest::prop_assert_eq!(compare(&set, &set).resemblance(), Resemblance::new(1.0));
        }
    }
}
