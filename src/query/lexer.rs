//! Cutting a typed string into tokens: operands (runs of words), operators, field names and parentheses, each with its bytes.
//!
//! A *stretch* is a run without blanks, quotes, parentheses or bars. A stretch without any letter or digit is no token. Any
//! double quote, straight or curly, closes any other, since keyboards mix them; one between two Hebrew letters belongs to the word.

use std::ops::Range;

use crate::query::ast::{Connector, Field, Form, Word};
use crate::query::connector::{self, Unclear};
use crate::query::error::Problem;
use crate::query::fact::{Fact, FactName, UNDATED};
use crate::query::names::{self, Named};
use crate::query::setting::Setting;
use crate::query::words::{has_word, phrase_words, stands_for_too_much, typed_words, words_of};
use crate::text;

/// A piece of a query with its bytes in the text.
#[derive(Debug)]
pub(super) struct Token {
    pub kind: TokenKind,
    pub at: Range<usize>,
}

/// What a piece of a query is.
#[derive(Debug)]
pub(super) enum TokenKind {
    /// A word, or the words of a phrase; never empty.
    Words(Vec<Word>),
    /// `OR` or `|`.
    Or,
    /// `AND`.
    And,
    /// `NOT` or a leading `-`.
    Not,
    /// A field name with its colon; an operand follows directly.
    Field(Field),
    /// What must hold of the article.
    Fact(Fact),
    /// `w/5`, `pre/5`, `w/s`, `not w/p` and the like.
    Connector(Connector),
    /// `atleast3`; a group follows directly.
    AtLeast(u32),
    /// `@name`: the text of a saved query.
    Saved(String),
    /// `(`
    Open,
    /// `)`
    Close,
}

/// Cuts a text into tokens, in order.
pub(super) fn tokens(text: &str, setting: &Setting) -> Result<Vec<Token>, Problem> {
    let mut lexer = Lexer { text, setting, at: 0, tokens: Vec::new() };
    while lexer.at < text.len() {
        lexer.take_next()?;
    }
    Ok(lexer.tokens)
}

/// Tells whether a word alone would read as an operator.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "OR" | "AND" | "NOT")
}

/// Tells whether a character opens and closes phrases.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

struct Lexer<'t> {
    text: &'t str,
    setting: &'t Setting<'t>,
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: TokenKind, len_bytes: usize) {
        self.tokens.push(Token { kind, at: self.at..self.at + len_bytes });
        self.at += len_bytes;
    }

    fn take_next(&mut self) -> Result<(), Problem> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(()) };
        match first {
            '(' => self.push(TokenKind::Open, 1),
            ')' => self.push(TokenKind::Close, 1),
            '|' => self.push(TokenKind::Or, rest.bytes().take_while(|byte| *byte == b'|').count()),
            '-' if self.is_sign() => self.push(TokenKind::Not, 1),
            c if c.is_whitespace() => self.at += c.len_utf8(),
            c if is_quote(c) => self.take_quoted(self.at, Form::Stemmed)?,
            '=' => self.take_exact()?,
            _ => self.take_stretch()?,
        }
        Ok(())
    }

    /// Tells whether the dash here negates what follows: nothing but a blank, a parenthesis or a bar before it, and a word after it.
    fn is_sign(&self) -> bool {
        let is_free = self.text[..self.at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '|' | ')'));
        let after = &self.rest()[1..];
        let is_negatable = match after.chars().next() {
            None | Some('-') => false,
            Some('(') => true,
            Some('=') => true,
            Some(c) => is_quote(c) || has_word(stretch(after, self.at + 1, self.text)),
        };
        is_free && is_negatable
    }

    fn take_exact(&mut self) -> Result<(), Problem> {
        let sign = self.at..self.at + 1;
        let after = &self.text[sign.end..];
        match after.chars().next() {
            Some(c) if is_quote(c) => {
                self.at = sign.end;
                self.take_quoted(sign.start, Form::Exact)
            }
            Some('(') => {
                let message = "`=` stands before a word or a phrase, not before a group";
                Err(Problem::new(sign.clone(), message).replacing(sign, ""))
            }
            _ => {
                let run = stretch(after, sign.end, self.text);
                if let Some((name, Some(_))) = names::of(run) {
                    let colon_end = sign.end + name.len() + 1;
                    let problem = Problem::new(sign.clone(), "`=` stands behind the name of a field, before the word");
                    return Err(problem.replacing(sign, "").replacing(colon_end..colon_end, "="));
                }
                self.push_words(words_of(run, Form::Exact), sign.start..sign.end + run.len())
            }
        }
    }

    /// Takes a phrase whose opening quote is here; the token begins at `start`, which is the sign before the quote if there is one.
    fn take_quoted(&mut self, start: usize, form: Form) -> Result<(), Problem> {
        let opening = self.rest().chars().next().map_or(0, char::len_utf8);
        let inside = self.at + opening;
        let Some((closing, quote)) = closing_quote(self.text, inside) else {
            let problem = Problem::new(self.at..inside, "this quote is not closed");
            let follows_word = self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric);
            return Err(if follows_word || !has_word(&self.text[inside..]) {
                problem.replacing(start..inside, " ")
            } else {
                problem.replacing(self.text.len()..self.text.len(), "\"")
            });
        };
        let content = &self.text[inside..closing];
        let end = closing + quote.len_utf8();
        let words = match form {
            Form::Exact => words_of(content, Form::Exact),
            _ => phrase_words(content),
        };
        if words.is_empty() {
            return Err(Problem::new(start..end, "there is no word between the quotes").replacing(start..end, " "));
        }
        self.push_words(words, start..end)
    }

    fn take_stretch(&mut self) -> Result<(), Problem> {
        let run = stretch(self.rest(), self.at, self.text);
        match run {
            "OR" => self.push(TokenKind::Or, run.len()),
            "AND" => self.push(TokenKind::And, run.len()),
            UNDATED => self.push(TokenKind::Fact(Fact::Undated), run.len()),
            _ => return self.take_word_or_sign(run),
        }
        Ok(())
    }

    fn take_word_or_sign(&mut self, run: &'t str) -> Result<(), Problem> {
        let at = self.at..self.at + run.len();
        if let Some((connector, len_bytes)) = connector::read(self.rest(), run) {
            let connector = connector.map_err(|unclear| clarified(unclear, self.at..self.at + len_bytes, " "))?;
            self.push(TokenKind::Connector(connector), len_bytes);
            return Ok(());
        }
        if run == "NOT" {
            self.push(TokenKind::Not, run.len());
            return Ok(());
        }
        if let Some(count) = connector::at_least(run).filter(|_| self.text[at.end..].starts_with('(')) {
            self.push(TokenKind::AtLeast(count.map_err(|unclear| clarified(unclear, at, ""))?), run.len());
            return Ok(());
        }
        if let Some(saved) = self.setting.saved.filter(|saved| !saved.is_empty())
            && let Some(name) = run.strip_prefix('@').filter(|name| has_word(name))
        {
            let text = saved.text(name).ok_or_else(|| {
                let message = format!("there is no saved query `{name}`; there are {}", saved.list());
                Problem::new(at.clone(), message).replacing(at.start..at.start + 1, "")
            })?;
            self.push(TokenKind::Saved(text.to_owned()), run.len());
            return Ok(());
        }
        match names::of(run) {
            Some((name, Some(Named::Field(field)))) => self.take_field(field, name, run),
            Some((name, Some(Named::Fact(fact)))) => self.take_fact(fact, name, run),
            Some((name, None)) if self.names_field(name, run) => Err(self.unknown_field(name, run)),
            _ => self.push_words(typed_words(run), at),
        }
    }

    /// Takes `date:2024-11` or `since:"last week"`.
    fn take_fact(&mut self, fact: FactName, name: &str, run: &str) -> Result<(), Problem> {
        let (start, colon_end) = (self.at, self.at + name.len() + 1);
        let after = &self.text[colon_end..];
        let (value, end) = match after.chars().next() {
            Some(opening) if is_quote(opening) => {
                let inside = colon_end + opening.len_utf8();
                let Some((closing, quote)) = closing_quote(self.text, inside) else {
                    let problem = Problem::new(colon_end..inside, "this quote is not closed");
                    return Err(problem.replacing(colon_end..inside, ""));
                };
                (&self.text[inside..closing], closing + quote.len_utf8())
            }
            _ => (&run[name.len() + 1..], start + run.len()),
        };
        let fact = fact.read(value.trim(), self.setting.today).map_err(|complaint| {
            let problem = Problem::new(colon_end..end.max(colon_end), complaint.message);
            match complaint.instead {
                Some(instead) => problem.replacing(colon_end..end, instead),
                None => {
                    problem.replacing(start..end, if has_word(value) { format!("\"{}\"", without_quotes(value)) } else { " ".to_owned() })
                }
            }
        })?;
        self.push(TokenKind::Fact(fact), end - start);
        Ok(())
    }

    fn take_field(&mut self, field: Field, name: &str, run: &str) -> Result<(), Problem> {
        let (start, colon_end) = (self.at, self.at + name.len() + 1);
        let value = &run[name.len() + 1..];
        let after = &self.text[colon_end..];
        if let Some(negated) = value.strip_prefix('-')
            && (has_word(negated) || after[1..].starts_with(['(', '"', '=']))
        {
            let problem = Problem::new(colon_end..colon_end + 1, format!("`-` stands before `{}:`, not behind it", field.label()));
            return Err(problem.replacing(start..start, "-").replacing(colon_end..colon_end + 1, ""));
        }
        let has_operand = has_word(value) || after.starts_with(|c: char| c == '(' || is_quote(c)) || opens_exact_phrase(after);
        if !has_operand {
            let message = format!("`{}:` needs a word, a phrase or a group right behind it", field.label());
            let problem = Problem::new(start..colon_end, message);
            let blanks = after.len() - after.trim_start().len();
            let is_followed =
                blanks > 0 && after.trim_start().starts_with(|c: char| c.is_alphanumeric() || c == '(' || c == '=' || is_quote(c));
            return Err(if is_followed {
                problem.replacing(colon_end..colon_end + blanks, "")
            } else {
                problem.replacing(colon_end - 1..colon_end, " ")
            });
        }
        self.push(TokenKind::Field(field), name.len() + 1);
        if after.starts_with('=') && !has_word(value) {
            return self.take_exact();
        }
        if let Some(count) = connector::at_least(value).filter(|_| after[value.len()..].starts_with('(')) {
            let count = count.map_err(|unclear| clarified(unclear, colon_end..colon_end + value.len(), ""))?;
            self.push(TokenKind::AtLeast(count), value.len());
            return Ok(());
        }
        let words = if value.starts_with('=') { words_of(value, Form::Exact) } else { typed_words(value) };
        self.push_words(words, colon_end..colon_end + value.len())
    }

    /// Tells whether a name that is no field was meant as one: `name:word` was, but neither `name: word` nor `http://host`.
    fn names_field(&self, name: &str, run: &str) -> bool {
        let value = &run[name.len() + 1..];
        let after = &self.text[self.at + name.len() + 1..];
        !value.starts_with("//") && (has_word(value) || after.starts_with(is_quote) || after.starts_with('('))
    }

    fn unknown_field(&self, name: &str, run: &str) -> Problem {
        let (start, colon) = (self.at, self.at + name.len());
        let message = format!("there is no field `{name}`; there are {}", names::list());
        let problem = Problem::new(start..colon, message);
        match names::nearest(name) {
            Some(known) => problem.replacing(start..colon, known),
            None if has_word(&run[name.len() + 1..]) => {
                let end = start + run.len();
                problem.replacing(start..start, "\"").replacing(end..end, "\"")
            }
            None => problem.replacing(colon..colon + 1, " "),
        }
    }

    fn push_words(&mut self, words: Vec<Word>, at: Range<usize>) -> Result<(), Problem> {
        if words.iter().any(stands_for_too_much) {
            let problem = Problem::new(at.clone(), "a word with `*` or `?` in it begins with a letter and has two letters or more");
            return Err(problem.replacing(at.clone(), self.text[at].replace(['*', '?'], "")));
        }
        self.at = at.end;
        if !words.is_empty() {
            self.tokens.push(Token { kind: TokenKind::Words(words), at });
        }
        Ok(())
    }
}

/// Complains of what is nearly a connector or `atleast3`; behind a connector stands a blank, whatever follows.
fn clarified(unclear: Unclear, at: Range<usize>, behind: &str) -> Problem {
    Problem::new(at.clone(), unclear.message).replacing(at, unclear.instead + behind)
}

fn without_quotes(value: &str) -> String {
    value.chars().map(|c| if is_quote(c) { ' ' } else { c }).collect()
}

/// Returns the stretch at the start of `rest`, which begins at byte `at` of `text`.
fn stretch<'t>(rest: &'t str, at: usize, text: &str) -> &'t str {
    let ends = |(offset, c): (usize, char)| {
        let is_end = c.is_whitespace() || matches!(c, '(' | ')' | '|') || (is_quote(c) && !is_inside_word(text, at + offset));
        is_end.then_some(offset)
    };
    &rest[..rest.char_indices().find_map(ends).unwrap_or(rest.len())]
}

fn closing_quote(text: &str, from: usize) -> Option<(usize, char)> {
    let mut quotes = text[from..].char_indices().filter(|(_, c)| is_quote(*c)).map(|(offset, c)| (from + offset, c));
    quotes.find(|(at, _)| !is_inside_word(text, *at))
}

/// Tells whether the quote at a byte stands between two Hebrew letters, as the mark of an acronym (rule WB7b of UAX #29); a letter may
/// have marks of its own.
fn is_inside_word(typed: &str, at: usize) -> bool {
    let is_letter = |c: char| matches!(c, '\u{05d0}'..='\u{05f2}' | '\u{fb1d}'..='\u{fb4f}');
    let is_near = |(_, c): &(usize, char)| *c != '"' && !c.is_whitespace();
    let Some(behind) = typed[at..].strip_prefix('"') else { return false };
    let before = typed[..at].char_indices().rev().take_while(is_near).find(|(_, c)| is_letter(*c));
    let after = behind.char_indices().take_while(is_near).find(|(_, c)| is_letter(*c));
    let (Some((start, _)), Some((end, last))) = (before, after) else { return false };
    let stretch = &typed[start..at + 1 + end + last.len_utf8()];
    text::words(stretch).next().is_some_and(|(_, word)| word.len() == stretch.len())
}

fn opens_exact_phrase(after: &str) -> bool {
    after.strip_prefix('=').is_some_and(|rest| rest.starts_with(is_quote))
}
