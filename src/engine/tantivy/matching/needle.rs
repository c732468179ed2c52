//! One word or phrase of a query, and where it occurs in a text.

use std::borrow::Cow;
use std::ops::Range;

use super::super::words::tokens::Token;
use super::super::zones::VALUE_BREAK_SIGN;
use crate::query::{Field, Pattern};
use crate::text;

/// One word or phrase.
pub struct Needle {
    /// Its words, in order.
    pub words: Vec<NeedleWord>,
    /// Where it is looked for; `None` for headline and body.
    pub field: Option<Field>,
    /// Tells whether it must not occur.
    pub is_negative: bool,
}

/// One word of a needle.
pub struct NeedleWord {
    /// The numbers of the terms that it may have, in ascending order.
    pub terms: Vec<usize>,
    /// What the index cannot tell.
    pub check: Check,
}

/// What a word of a text must be beside having a term.
pub enum Check {
    /// Nothing.
    None,
    /// The folded word is this one; where the word was typed with a capital, its letters are in the same case.
    Exact {
        /// The folded word.
        folded: String,
        /// The word as typed, if it has a capital.
        cased: Option<String>,
    },
    /// The folded word, or its term, fits a pattern.
    Pattern {
        /// The pattern.
        pattern: Pattern,
        /// The terms that do not fit it, in ascending order.
        rough: Vec<usize>,
    },
}

/// A place where a needle occurs in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The number of the needle, in the order of the query.
    pub needle: usize,
    /// The words it covers, as bytes of the text.
    pub words: Vec<Range<usize>>,
}

impl Needle {
    /// Tells whether the needle occurs among the tokens of a text.
    pub fn occurs_in(&self, tokens: &[Token], text: &str) -> bool {
        (0..tokens.len()).any(|at| self.run_at(&tokens[at..], text).is_some())
    }

    /// Returns the places where the needle, of this number, occurs, in order.
    pub fn occurrences<'n>(&'n self, number: usize, tokens: &'n [Token], text: &'n str) -> impl Iterator<Item = Occurrence> + 'n {
        (0..tokens.len()).filter_map(move |at| {
            let run = self.run_at(&tokens[at..], text)?;
            Some(Occurrence { needle: number, words: run.iter().map(|token| token.start..token.end).collect() })
        })
    }

    /// Returns the run of tokens at the start of `tokens` that are the needle's words, one after the other.
    fn run_at<'t>(&self, tokens: &'t [Token], text: &str) -> Option<&'t [Token]> {
        let run = tokens.get(..self.words.len())?;
        let fits = run.iter().zip(&self.words).all(|(token, word)| word.fits(token, text));
        let is_nothing = |between: &str| text::words(between).next().is_none() && !between.contains(VALUE_BREAK_SIGN);
        let is_unbroken = || run.windows(2).all(|pair| is_nothing(&text[pair[0].end..pair[1].start]));
        (fits && is_unbroken()).then_some(run)
    }
}

impl NeedleWord {
    /// Returns the terms that need no look at the text; `None` where each does.
    pub fn sure_terms(&self) -> Option<Cow<'_, [usize]>> {
        match &self.check {
            Check::None => Some(Cow::Borrowed(&self.terms)),
            Check::Pattern { rough, .. } => {
                Some(Cow::Owned(self.terms.iter().copied().filter(|term| rough.binary_search(term).is_err()).collect()))
            }
            Check::Exact { .. } => None,
        }
    }

    /// Tells whether a word of a text is this one.
    #[inline]
    pub fn fits(&self, token: &Token, text: &str) -> bool {
        let has_term = match self.terms.as_slice() {
            [only] => *only == token.term,
            terms => terms.binary_search(&token.term).is_ok(),
        };
        has_term && {
            let word = &text[token.start..token.end];
            let folded = || text::folded(word);
            match &self.check {
                Check::None => true,
                Check::Exact { folded: exact, cased } => {
                    cased.as_ref().is_none_or(|cased| text::is_cased_alike(cased, word)) && folded() == *exact
                }
                Check::Pattern { pattern, rough } => rough.binary_search(&token.term).is_err() || pattern.fits(&folded()),
            }
        }
    }
}
