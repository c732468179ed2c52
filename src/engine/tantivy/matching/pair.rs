//! Two plain words some words apart: what is asked most with a connector, told by one walk along the positions of both.
//!
//! The general test makes lists of places for each part of a query and each part of an article.

use tantivy::{DocId, schema};

use super::super::schema::Fields;
use super::cursor::Cursor;
use super::needle::{Check, Needle};
use super::tree::Node;
use crate::query::{Presence, Reach, Succession};

/// Two words that stand so many words apart at most, both in the headline or both in the body.
pub struct Pair {
    left: Side,
    right: Side,
    reach: u32,
    order: Succession,
}

/// The cursors of a word.
struct Side {
    text: usize,
    /// None where no headline has it.
    headline: Option<usize>,
}

impl Pair {
    /// Returns the pair that a query is, with these cursors; `None` if it is anything else.
    pub fn of(tree: &Node, needles: &[Needle], cursors: &[Cursor], fields: &Fields) -> Option<Self> {
        let Node::Near(near) = tree else { return None };
        let (Node::Needle(left), Node::Needle(right)) = (&near.left, &near.right) else { return None };
        let (left, right) = (plain_term(&needles[*left])?, plain_term(&needles[*right])?);
        let Reach::Words(reach) = near.connector.reach else { return None };
        if left == right || near.connector.presence != Presence::Near {
            return None;
        }
        let cursor = |field: schema::Field, term| cursors.iter().position(|cursor| cursor.field == field && cursor.term == term);
        let side = |term| Some(Side { text: cursor(fields.text, term)?, headline: cursor(fields.headline, term) });
        Some(Pair { left: side(left)?, right: side(right)?, reach, order: near.connector.order })
    }

    /// Tells whether an article has it; articles are asked for in ascending order.
    pub fn is_in(&self, document: DocId, cursors: &mut [Cursor]) -> bool {
        for side in [&self.left, &self.right] {
            cursors[side.text].read(document);
            if cursors[side.text].positions.is_empty() {
                return false;
            }
        }
        // Nearly all pairs that are near are no accident of where the headline ends, so that headlines are read only then.
        let (left, right) = (&cursors[self.left.text].positions, &cursors[self.right.text].positions);
        if !self.is_near(left, right, |_, _| true) {
            return false;
        }
        for headline in [self.left.headline, self.right.headline].into_iter().flatten() {
            cursors[headline].read(document);
        }
        let of_headline = |side: &Side| side.headline.map_or(&[][..], |headline| cursors[headline].positions.as_slice());
        let (left_headline, right_headline) = (of_headline(&self.left), of_headline(&self.right));
        if left_headline.is_empty() && right_headline.is_empty() {
            return true;
        }
        let (left, right) = (&cursors[self.left.text].positions, &cursors[self.right.text].positions);
        self.is_near(left, right, |a, b| left_headline.binary_search(&a).is_ok() == right_headline.binary_search(&b).is_ok())
    }

    /// Tells whether any two positions, in order, are near and fit together.
    fn is_near(&self, left: &[u32], right: &[u32], fits: impl Fn(u32, u32) -> bool) -> bool {
        let mut others = right;
        left.iter().any(|&a| {
            let first = match self.order {
                Succession::AsWritten => a.saturating_add(1),
                Succession::Any => a.saturating_sub(self.reach),
            };
            while let Some((b, rest)) = others.split_first()
                && *b < first
            {
                others = rest;
            }
            others.iter().take_while(|b| **b <= a.saturating_add(self.reach)).any(|&b| b != a && fits(a, b))
        })
    }
}

/// Returns the one term of a needle that is one plain word of headline or body.
fn plain_term(needle: &Needle) -> Option<usize> {
    match (needle.words.as_slice(), needle.field) {
        ([word], None) if matches!(word.check, Check::None) => match word.terms.as_slice() {
            [term] => Some(*term),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_walk_finds_what_comparing_all_does(
            left in proptest::collection::btree_set(0_u32..40, 0..8),
            right in proptest::collection::btree_set(0_u32..40, 0..8),
            reach in 0_u32..9,
            is_ordered in any::<bool>(),
        ) {
            let side = || Side { text: 0, headline: None };
            let order = if is_ordered { Succession::AsWritten } else { Succession::Any };
            let pair = Pair { left: side(), right: side(), reach, order };
            let (left, right): (Vec<u32>, Vec<u32>) = (left.into_iter().collect(), right.into_iter().collect());
            let fits = |a: u32, b: u32| (a + b).is_multiple_of(3);
            let near = |a: u32, b: u32| a != b && a.abs_diff(b) <= reach && (!is_ordered || a < b) && fits(a, b);
            let expected = left.iter().any(|a| right.iter().any(|b| near(*a, *b)));
            prop_assert_eq!(pair.is_near(&left, &right, fits), expected);
        }
    }
}
