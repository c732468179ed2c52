//! The languages that have a stemmer, and the mark by which a text in the index tells which one its words are stemmed in.
//!
//! English is the language of all texts that say nothing else. A text in another language with a stemmer begins with a mark, so
//! that the tokenizer, which sees nothing but the text, knows it.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};

use crate::article::Metadata;

/// A language whose words are stemmed.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    code: &'static str,
    algorithm: Algorithm,
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm
    }
}

/// What stands on both sides of the code in a mark: no text that is shown has it.
const MARK: char = '\u{1}';

/// The first of the letters that tag terms: for private use, so that no word has it.
const FIRST_TAG: u32 = 0xe000;

/// All of them.
const TAGS: std::ops::Range<u32> = FIRST_TAG..FIRST_TAG + LANGUAGES.len() as u32;

/// The codes of ISO 639-1 with their stemmers: all of Snowball's but those that write one script in another, and for artificial
/// and historical languages.
#[rustfmt::skip]
const LANGUAGES: [(&str, Algorithm); 30] = [
    ("ar", Algorithm::Arabic), ("ca", Algorithm::Catalan), ("cs", Algorithm::Czech), ("da", Algorithm::Danish), ("de", Algorithm::German),
    ("el", Algorithm::Greek), ("es", Algorithm::Spanish), ("et", Algorithm::Estonian), ("eu", Algorithm::Basque), ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish), ("fr", Algorithm::French), ("hi", Algorithm::Hindi), ("hu", Algorithm::Hungarian), ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian), ("it", Algorithm::Italian), ("lt", Algorithm::Lithuanian), ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali), ("nl", Algorithm::Dutch), ("nn", Algorithm::Norwegian), ("no", Algorithm::Norwegian), ("pl", Algorithm::Polish), ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian), ("ru", Algorithm::Russian), ("sv", Algorithm::Swedish), ("ta", Algorithm::Tamil), ("tr", Algorithm::Turkish),
];

impl Language {
    /// English, in which all texts are stemmed that are in no other language of the list.
    pub const ENGLISH: Language = Language { code: "", algorithm: Algorithm::English };

    /// Returns the language of a code; English for one without a stemmer.
    pub fn of_code(code: &str) -> Self {
        let found = LANGUAGES.iter().find(|(known, _)| *known == code);
        found.map_or(Language::ENGLISH, |(code, algorithm)| Language { code, algorithm: *algorithm })
    }

    /// Returns the language in which the words of an article are stemmed.
    pub fn of_article(metadata: &Metadata) -> Self {
        metadata.language.as_ref().map_or(Language::ENGLISH, |language| Language::of_code(&language.value))
    }

    /// Makes its stemmer.
    pub fn stemmer(self) -> Stemmer {
        Stemmer::new(self.algorithm)
    }

    /// Returns the letter that ends the terms of texts in it, so that the stems of two languages are never taken for each other:
    /// `offer` is `off` in German. English terms have none.
    pub fn tag(self) -> Option<char> {
        let place = LANGUAGES.iter().position(|(_, algorithm)| *algorithm == self.algorithm)?;
        char::from_u32(FIRST_TAG + u32::try_from(place).ok()?)
    }

    /// Tells whether a term of the index is of texts in this language.
    pub fn has_term(self, term: &str) -> bool {
        Language::untagged(term).1 == self.tag()
    }

    /// Returns a term of the index without its tag, and the tag.
    pub fn untagged(term: &str) -> (&str, Option<char>) {
        match term.chars().next_back() {
            Some(tag) if TAGS.contains(&u32::from(tag)) => (&term[..term.len() - tag.len_utf8()], Some(tag)),
            _ => (term, None),
        }
    }

    /// Tells whether it is English.
    pub fn is_english(self) -> bool {
        self == Language::ENGLISH
    }

    /// Puts the mark before a text.
    pub fn mark(self, text: &str) -> Cow<'_, str> {
        if self.is_english() && !text.starts_with(MARK) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(format!("{MARK}{}{MARK}{text}", self.code))
    }

    /// Takes the mark from a text that [`Language::mark`] made.
    pub fn read(text: &str) -> (Self, &str) {
        let marked = text.strip_prefix(MARK).and_then(|rest| rest.split_once(MARK));
        marked.map_or((Language::ENGLISH, text), |(code, text)| (Language::of_code(code), text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_text_comes_back_with_its_language() {
        for code in ["de", "en", "xx", ""] {
            for text in ["", "Der Hafen", "\u{1}de\u{1}", "\u{1}"] {
                let language = Language::of_code(code);
                assert_eq!(Language::read(&language.mark(text)), (language, text), "{code} {text:?}");
            }
        }
    }

    #[test]
    fn a_tagged_term_comes_apart() {
        let term = format!("haus{}", Language::of_code("de").tag().unwrap());
        assert_eq!(Language::untagged(&term), ("haus", Language::of_code("de").tag()));
        assert_eq!((Language::untagged("haus"), Language::untagged("")), (("haus", None), ("", None)));
        assert_eq!((Language::of_code("nb").tag(), Language::ENGLISH.tag()), (Language::of_code("no").tag(), None));
    }

    #[test]
    fn a_code_has_one_stemmer() {
        assert!(LANGUAGES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(Language::of_code("uk"), Language::ENGLISH);
    }
}
