//! Printing of a query: a tree goes in, a string that parses back to the same tree comes out.

use std::fmt;

use crate::query::ast::{Form, Query, Word};
use crate::query::connector;
use crate::query::fact::UNDATED;
use crate::query::lexer::{is_operator, is_quote};

impl fmt::Display for Query {
    /// Writes the query in its own language, with parentheses only where the tree needs them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::Word(word) => write_word(word, f),
            Query::Phrase(words) => write_phrase(words, f),
            Query::And(members) => {
                for (position, member) in members.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { " " })?;
                    match member {
                        Query::And(_) | Query::Or(_) => write!(f, "({member})")?,
                        _ => write!(f, "{member}")?,
                    }
                }
                Ok(())
            }
            Query::Or(members) => {
                for (position, member) in members.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { " OR " })?;
                    match member {
                        Query::Or(_) => write!(f, "({member})")?,
                        _ => write!(f, "{member}")?,
                    }
                }
                Ok(())
            }
            Query::Not(query) => write_operand("-", query, f),
            Query::Within { field, query } => {
                f.write_str(field.label())?;
                write_operand(":", query, f)
            }
            Query::Near(near) => {
                match &near.left {
                    Query::Or(_) => write!(f, "({})", near.left)?,
                    left => write!(f, "{left}")?,
                }
                write!(f, " {}", connector::text(near.connector))?;
                write_operand(" ", &near.right, f)
            }
            Query::AtLeast { count, query } => write!(f, "atleast{count}({query})"),
            Query::Fact(fact) => write!(f, "{fact}"),
        }
    }
}

fn write_operand(prefix: &str, query: &Query, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match query {
        Query::And(_) | Query::Or(_) | Query::Not(_) | Query::Near(_) => write!(f, "{prefix}({query})"),
        _ => write!(f, "{prefix}{query}"),
    }
}

fn write_word(word: &Word, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if word.match_form == Form::Exact {
        f.write_str("=")?;
    }
    let is_sign = is_operator(&word.text) || word.text.eq_ignore_ascii_case("not") || word.text == UNDATED;
    if is_sign || word.text.contains(|c: char| c == ':' || is_quote(c)) {
        return write!(f, "\"{}{}\"", word.text, tail(word));
    }
    write!(f, "{}{}", word.text, tail(word))
}

fn write_phrase(words: &[Word], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let all_exact = words.iter().all(|word| word.match_form == Form::Exact);
    f.write_str(if all_exact { "=\"" } else { "\"" })?;
    for (position, word) in words.iter().enumerate() {
        f.write_str(if position == 0 { "" } else { " " })?;
        f.write_str(if word.match_form == Form::Exact && !all_exact { "=" } else { "" })?;
        write!(f, "{}{}", word.text, tail(word))?;
    }
    f.write_str("\"")
}

fn tail(word: &Word) -> &'static str {
    if word.match_form == Form::Fuzzy { "~" } else { "" }
}
