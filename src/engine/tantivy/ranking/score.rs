//! What is added to BM25 for the places in which the words of a query stand in an article.
//!
//! A word adds more the earlier it first stands (the headline comes first, then the lede, in which news says what happened), and
//! two words that are neighbours in the query add more the nearer they stand to each other. With *rarity* the inverse document
//! frequency of BM25, and *first* and *distance* counted in words:
//!
//! ```text
//! early  =  rarity × 2 × 50 / (50 + first)
//! near   =  mean of both rarities / (1 + distance),  up to 10 words apart, each word with the two after it
//! ```
//!
//! All parts are positive, so that an article whose places are not looked at never comes before one of higher BM25 whose are.
//! Both forms and their numbers were chosen on four collections together, `cranfield`, `npl` and the headlines of two news
//! sets: each of them gains with the numbers chosen on the other three.

/// What the first occurrence of a word adds where it opens the article, in rarities. The optimum is flat: 1.5 to 3 do as well.
const EARLY: f32 = 2.0;

/// So many words into the article a first occurrence adds half of that: about the end of the lede.
const EARLY_HALF_WORDS: f32 = 50.0;

/// Words that stand farther apart add nothing.
const NEAR_WORDS_MAX: u32 = 10;

/// With so many of the words after it in the query a word makes pairs.
const NEAR_NEIGHBOURS: usize = 2;

/// Returns how rare a word is that so many of all articles have: the inverse document frequency of BM25.
pub fn rarity(articles: f32, total: f32) -> f32 {
    (1.0 + (total - articles + 0.5) / (articles + 0.5)).ln()
}

/// Rounds a score to what is told of it: articles of which the same score is told are equals, and come in the order of equals.
pub fn as_told(score: f64) -> f64 {
    f64::from(score as f32)
}

/// The places of a word or phrase in an article, in words from its start.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Places {
    /// Where it starts, in order.
    pub starts: Vec<u32>,
    /// How many words it has.
    pub words: u32,
}

/// What a place adds to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gain {
    /// A word stands early.
    Early {
        /// The number of the word.
        word: usize,
        /// How many words stand before it.
        first: u32,
    },
    /// Two words stand near each other.
    Near {
        /// The numbers of the words.
        pair: (usize, usize),
        /// How far apart they are: 1 for neighbours.
        distance: u32,
    },
}

/// Visits what the places of some words add, with how much; `rarities` and `places` are those of the words in the order of the
/// query.
pub fn visit_gains(rarities: &[f32], places: &[Places], visit: &mut dyn FnMut(Gain, f32)) {
    let count = rarities.len().min(places.len());
    for word in 0..count {
        let Some(&first) = places[word].starts.first() else { continue };
        visit(Gain::Early { word, first }, rarities[word] * EARLY * EARLY_HALF_WORDS / (EARLY_HALF_WORDS + first as f32));
        for other in (word + 1..count).take(NEAR_NEIGHBOURS) {
            if let Some(distance) = distance(&places[word], &places[other]).filter(|distance| *distance <= NEAR_WORDS_MAX) {
                let rarity = (rarities[word] + rarities[other]) / 2.0;
                visit(Gain::Near { pair: (word, other), distance }, rarity / (1.0 + distance as f32));
            }
        }
    }
}

/// Returns how much the places of some words add together.
pub fn gains(rarities: &[f32], places: &[Places]) -> f32 {
    let mut sum = 0.0;
    visit_gains(rarities, places, &mut |_, gain| sum += gain);
    sum
}

/// Returns how near two words come to each other, from the last word of the one to the first of the other; `None` where one is
/// absent, or where both are the same word and so have the same places.
fn distance(a: &Places, b: &Places) -> Option<u32> {
    if a == b {
        return None;
    }
    let (mut left, mut right) = (a.starts.iter().peekable(), b.starts.iter().peekable());
    let mut least: Option<u32> = None;
    while let (Some(&&at), Some(&&other)) = (left.peek(), right.peek()) {
        let apart = if at <= other { other.saturating_sub(at + a.words - 1) } else { at.saturating_sub(other + b.words - 1) }.max(1);
        least = Some(least.map_or(apart, |least| least.min(apart)));
        if apart == 1 {
            break;
        }
        if at <= other {
            left.next()
        } else {
            right.next()
        };
    }
    least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places(words: u32, starts: &[u32]) -> Places {
        Places { starts: starts.to_vec(), words }
    }

    #[test]
    fn scores_that_read_the_same_are_equal() {
        let (a, b) = (0.007_511_114_7_f64, 0.007_511_114_700_1);
        assert!(a < b && as_told(a) == as_told(b));
        assert!(as_told(0.1) < as_told(0.100_000_1));
    }

    fn check(rarities: &[f32], all: &[Places], expected: f32) {
        let sum = gains(rarities, all);
        assert!((sum - expected).abs() < 1e-5, "{all:?}: {sum}, not {expected}");
    }

    #[test]
    fn early_words_and_near_words_add() {
        check(&[3.0], &[places(1, &[])], 0.0);
        check(&[3.0], &[places(1, &[0, 9])], 6.0);
        check(&[3.0], &[places(1, &[50])], 3.0);
        check(&[3.0, 1.0], &[places(1, &[50]), places(1, &[])], 3.0);
        check(&[3.0, 1.0], &[places(1, &[50]), places(1, &[150])], 3.0 + 0.5);
        check(&[3.0, 1.0], &[places(1, &[50, 149]), places(1, &[150])], 3.0 + 0.5 + 1.0);
        check(&[3.0, 1.0], &[places(1, &[50, 153]), places(1, &[150])], 3.0 + 0.5 + 0.5);
        check(
            &[1.0; 4],
            &[places(1, &[950]), places(1, &[]), places(1, &[952]), places(1, &[953])],
            0.1 + 100.0 / 1002.0 + 100.0 / 1003.0 + 1.0 / 3.0 + 0.5,
        );
    }

    #[test]
    fn phrases_are_apart_by_their_ends() {
        assert_eq!(distance(&places(2, &[10]), &places(1, &[12])), Some(1));
        assert_eq!(distance(&places(2, &[10]), &places(1, &[14])), Some(3));
        assert_eq!(distance(&places(2, &[10]), &places(1, &[7])), Some(3));
        assert_eq!(distance(&places(2, &[10]), &places(1, &[11])), Some(1), "inside of it");
        assert_eq!(distance(&places(1, &[3, 8]), &places(1, &[3, 8])), None, "one word typed twice");
    }

    proptest! {
        #[test]
        fn the_distance_is_the_least_of_all_pairs(a in prop::collection::btree_set(0_u32..200, 0..12), b in prop::collection::btree_set(0_u32..200, 0..12)) {
            let (a, b): (Vec<u32>, Vec<u32>) = (a.into_iter().collect(), b.into_iter().collect());
            let all = a.iter().flat_map(|at| b.iter().map(move |other| at.abs_diff(*other).max(1)));
            let expected = if a == b { None } else { all.min() };
            prop_assert_eq!(distance(&places(1, &a), &places(1, &b)), expected);
        }
    }
}
