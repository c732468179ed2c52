//! Stems of words in several languages.

use dateline::text;
use frostem::{Algorithm, Stemmer};

/// The code under which English is meant, and all languages that have no stemmer here.
pub const ENGLISH: &str = "en";

/// The languages that articles of the tests are in, with their stemmers.
const STEMMERS: [(&str, Algorithm); 7] = [
    ("en", Algorithm::English),
    ("de", Algorithm::German),
    ("es", Algorithm::Spanish),
    ("fr", Algorithm::French),
    ("it", Algorithm::Italian),
    ("ru", Algorithm::Russian),
    ("ta", Algorithm::Tamil),
];

/// Returns the code of the language in which words of articles are stemmed that state a code.
pub fn language(code: &str) -> &str {
    if STEMMERS.iter().any(|(known, _)| *known == code) { code } else { ENGLISH }
}

/// Makes the stemmer of a language.
pub fn stemmer(code: &str) -> Stemmer {
    Stemmer::new(STEMMERS.iter().find(|(known, _)| *known == code).map_or(Algorithm::English, |(_, algorithm)| *algorithm))
}

/// Returns the stem of a word: English ones are made of folded words, in other languages accents tell endings apart.
pub fn stem(stemmer: &Stemmer, code: &str, word: &str) -> String {
    if code == ENGLISH {
        return stemmer.stem(&text::folded(word)).into_owned();
    }
    let mut lower = String::new();
    text::lower(word, &mut lower);
    text::folded(&stemmer.stem(&lower))
}
