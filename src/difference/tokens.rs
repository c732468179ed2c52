//! A text in, what is compared of it out: its words and marks, or its sentences where the texts are too long for that.
//!
//! A *token* is a word, a run of marks between two words, or the break between two paragraphs; with it goes the white space
//! after it, so that the tokens of a text cover it. Two tokens are the same if they are so letter by letter, whatever white space
//! follows.

use std::collections::HashMap;
use std::ops::Range;

use crate::article::PARAGRAPH_BREAK;
use crate::sentence::sentences;
use crate::text::words;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word, or in a long text a sentence.
    Word,
    /// Marks between two words.
    Marks,
    /// The break between two paragraphs.
    Break,
}

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, with the white space after it.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Words in it.
    pub words: usize,
}

/// Cuts a text into words, marks and breaks.
pub fn fine(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
    let mut at = 0;
    for (start, word) in words(text) {
        push_between(text, at..start, &mut tokens);
        at = start + word.len();
        tokens.push(Token { bytes: start..at, kind: Kind::Word, words: 1 });
    }
    push_between(text, at..text.len(), &mut tokens);
    covering(tokens, text)
}

/// Cuts a text into sentences and breaks.
pub fn coarse(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for paragraph in text.split(PARAGRAPH_BREAK) {
        if at > 0 {
            tokens.push(Token { bytes: at - PARAGRAPH_BREAK.len()..at, kind: Kind::Break, words: 0 });
        }
        tokens.extend(sentences(paragraph).into_iter().map(|sentence| Token {
            words: words(&paragraph[sentence.clone()]).count(),
            bytes: at + sentence.start..at + sentence.end,
            kind: Kind::Word,
        }));
        at += paragraph.len() + PARAGRAPH_BREAK.len();
    }
    covering(tokens, text)
}

/// Adds what stands between two words: marks, and the break between two paragraphs.
fn push_between(text: &str, between: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = between.start;
    for (number, part) in text[between].split(PARAGRAPH_BREAK).enumerate() {
        if number > 0 {
            tokens.push(Token { bytes: at..at + PARAGRAPH_BREAK.len(), kind: Kind::Break, words: 0 });
            at += PARAGRAPH_BREAK.len();
        }
        for marks in part.split_whitespace() {
            let start = at + (marks.as_ptr() as usize - part.as_ptr() as usize);
            tokens.push(Token { bytes: start..start + marks.len(), kind: Kind::Marks, words: 0 });
        }
        at += part.len();
    }
}

/// Gives each token what follows it up to the next, and the first what comes before it.
fn covering(mut tokens: Vec<Token>, text: &str) -> Vec<Token> {
    let mut end = text.len();
    for token in tokens.iter_mut().rev() {
        token.bytes.end = end;
        end = token.bytes.start;
    }
    if let Some(first) = tokens.first_mut() {
        first.bytes.start = 0;
    }
    tokens
}

/// Gives equal tokens of two texts equal numbers.
pub fn numbered<'t>(texts: [&'t str; 2], tokens: [&[Token]; 2]) -> [Vec<u32>; 2] {
    let mut numbers: HashMap<&'t str, u32> = HashMap::new();
    let mut number = |text: &'t str, token: &Token| {
        let shown = if token.kind == Kind::Break { PARAGRAPH_BREAK } else { text[token.bytes.clone()].trim() };
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(shown).or_insert(next)
    };
    let [a, b] = tokens;
    let a: Vec<u32> = a.iter().map(|token| number(texts[0], token)).collect();
    let b = b.iter().map(|token| number(texts[1], token)).collect();
    [a, b]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, tokens: &[Token]) -> Vec<String> {
        tokens.iter().map(|token| text[token.bytes.clone()].to_owned()).collect()
    }

    #[test]
    fn words_marks_and_breaks_are_told_apart() {
        let text = "“No,” said 11,400  men.\n\n— Then";
        assert_eq!(shown(text, &fine(text)), ["“", "No", ",” ", "said ", "11,400  ", "men", ".", "\n\n", "— ", "Then"]);
        let kinds: Vec<Kind> = fine("a. \n\n b").iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [Kind::Word, Kind::Marks, Kind::Break, Kind::Word]);
        assert!(fine("").is_empty() && coarse("").is_empty());
    }

    #[test]
    fn long_texts_go_by_sentences() {
        let text = "One came. Two left.\n\nThree stayed.";
        assert_eq!(shown(text, &coarse(text)), ["One came. ", "Two left.", "\n\n", "Three stayed."]);
    }

    #[test]
    fn white_space_after_a_token_is_no_difference() {
        let (a, b) = ("the ferry  sank", "the ferry sank");
        let [one, other] = numbered([a, b], [&fine(a), &fine(b)]);
        assert_eq!(one, other);
    }
}
