//! The parts of a line as a date sees them: numbers, words and marks.

use std::ops::Range;

use crate::extract::months::{self, DateWord};
use crate::text::folded;

/// A number, a word or a mark, without the blanks around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the line.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Tells whether blanks stand before it.
    pub is_apart: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A run of ASCII digits, no more than nine of them counted by value.
    Number { value: u32, digits: usize },
    /// A word that means something in a date.
    Known(DateWord),
    /// Any other word.
    Word,
    /// A character that is no letter, digit or blank; or a letter of a script that writes without blanks.
    Mark(char),
}

/// Digits beyond which a number is no part of a date.
const LONGEST_NUMBER: usize = 14;

/// Splits a line into its tokens, in order.
pub fn split(line: &str) -> Vec<Token> {
    /// Bytes of the usual word with its blank.
    const BYTES_A_TOKEN: usize = 5;
    let mut tokens: Vec<Token> = Vec::with_capacity(line.len() / BYTES_A_TOKEN + 1);
    let mut rest = line.char_indices().peekable();
    let mut is_apart = true;
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            is_apart = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut extend = |belongs: &dyn Fn(char) -> bool| {
            while let Some((at, next)) = rest.next_if(|(_, next)| belongs(*next)) {
                end = at + next.len_utf8();
            }
            end
        };
        let kind = if c.is_ascii_digit() {
            let end = extend(&|c| c.is_ascii_digit());
            number(&line[start..end])
        } else if is_unspaced(c) || !c.is_alphanumeric() {
            Kind::Mark(c)
        } else {
            let end = extend(&|c| (c.is_alphabetic() && !is_unspaced(c)) || matches!(c, '\'' | '’'));
            word(&line[start..end])
        };
        tokens.push(Token { range: start..end, kind, is_apart });
        is_apart = false;
    }
    join_day_halves(line, &mut tokens);
    tokens
}

fn number(text: &str) -> Kind {
    if text.len() > LONGEST_NUMBER {
        return Kind::Word;
    }
    Kind::Number { value: text.parse().unwrap_or(u32::MAX), digits: text.len() }
}

fn word(text: &str) -> Kind {
    /// Letters beyond which no word of the tables goes.
    const LONGEST_WORD_BYTES: usize = 40;
    if text.len() > LONGEST_WORD_BYTES || !months::may_mean(text) {
        return Kind::Word;
    }
    months::meaning(&folded(text)).map_or(Kind::Word, Kind::Known)
}

/// Tells the characters of Chinese, Japanese and Korean, where `年` and `년` follow their number without a blank.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3)
}

/// Makes one token of `a.m.` and `p.m.`, and of `午前`, `오후` and their like.
fn join_day_halves(line: &str, tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let whole = |end: usize| &line[tokens[at].range.start..tokens[end].range.end];
        let is_dotted = |half: &str| at + 3 <= tokens.len() && whole(at + 2).eq_ignore_ascii_case(half);
        let half = match (line.as_bytes()[tokens[at].range.start], whole(at + 1)) {
            (b'a' | b'A', _) if is_dotted("a.m") => Some((DateWord::Morning, 2)),
            (b'p' | b'P', _) if is_dotted("p.m") => Some((DateWord::Afternoon, 2)),
            (_, "午前" | "上午" | "오전") => Some((DateWord::Morning, 1)),
            (_, "午後" | "下午" | "오후") => Some((DateWord::Afternoon, 1)),
            _ => None,
        };
        if let Some((word, more)) = half {
            let is_dotted = more == 2 && matches!(tokens.get(at + 3).map(|token| token.kind), Some(Kind::Mark('.')));
            let last = at + more + usize::from(is_dotted);
            tokens[at].range.end = tokens[last].range.end;
            tokens[at].kind = Kind::Known(word);
            tokens.drain(at + 1..=last);
        }
        at += 1;
    }
}
