//! Where the score of a hit comes from.

/// The parts that a score is the sum of.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The id of the article whose score it is, where another one of its group is shown.
    pub of: Option<String>,
    /// The parts: words in the order of the query, then what their places add, then the rest.
    pub parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorePart {
    /// How much it adds.
    pub score: f32,
    /// What adds it.
    pub source: ScoreSource,
}

/// What adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreSource {
    /// A word or phrase stands in the article: it adds the more, the oftener it does, the fewer articles have it and the
    /// shorter the article is (BM25).
    Word {
        /// The word or phrase as it was typed, with its field.
        word: String,
        /// How often it stands in headline and body; `None` where another field is meant or where it stands for many words.
        times: Option<u32>,
        /// How many articles have it.
        articles_with: u64,
        /// How many articles there are.
        articles: u64,
        /// How many words are looked through, as the index remembers it: to an eighth.
        length_words: u32,
    },
    /// A word or phrase stands early, the headline counted with the body.
    Early {
        /// The word or phrase.
        word: String,
        /// How many words stand before it.
        words_before: u32,
    },
    /// Two words or phrases stand near each other.
    Near {
        /// Both, in the order of the query.
        words: (String, String),
        /// How far apart they are at their nearest, in words: 1 for neighbours.
        distance: u32,
    },
    /// The article is older than the latest, where recent ones are favoured; this takes from the score.
    Age {
        /// Its age; `None` where it is undated.
        days: Option<f64>,
        /// The share of the score that is left.
        weight: f64,
    },
    /// Conditions that no word is behind.
    Conditions,
}
