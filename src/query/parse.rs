//! Building the tree: a typed string goes in, a normalised [`Query`] or a [`QueryError`] with a mended query comes out.
//!
//! The grammar, weakest first: `any = all (OR all)*`, `all = operand (AND? operand)*`, `operand = NOT* (words | field operand | "(" any ")")`.

use std::ops::Range;

use crate::query::ast::{Field, Form, Query};
use crate::query::error::{Problem, QueryError};
use crate::query::lexer::{Token, TokenKind, is_operator, tokens, words_of};

/// The longest text that is read as a query: above any typed or pasted query, and it bounds all work on one.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// The most words of a query: each is a posting list to open.
pub const MAX_WORDS: usize = 1024;
/// The deepest nesting of parentheses: the parser and whatever walks the tree take stack for each.
pub const MAX_DEPTH: usize = 64;

/// Mends tried one after the other before the suggestion falls back to the words alone.
const MAX_MENDS: usize = 8;

/// Parses a typed query; plain words mean that all of them are wanted.
///
/// # Errors
///
/// A [`QueryError`] that says where the text is not a query and, where one can be guessed, which query was meant.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    parse_once(text).map_err(|problem| {
        let (at, message) = (problem.at.clone(), problem.message.clone());
        QueryError { at, message, suggestion: suggest(text, problem) }
    })
}

/// Reads a text as a bag of words of which any is wanted, as the queries of test collections are meant.
///
/// Nothing in it is an operator. Words beyond [`MAX_WORDS`] are left out.
///
/// # Errors
///
/// A [`QueryError`] if there is no word.
pub fn parse_any(text: &str) -> Result<Query, QueryError> {
    let members = words_of(text, Form::Stemmed).into_iter().take(MAX_WORDS).map(Query::Word).collect();
    gather(members, Query::Or).ok_or_else(|| {
        let problem = no_word(text);
        QueryError { at: problem.at, message: problem.message, suggestion: None }
    })
}

fn parse_once(text: &str) -> Result<Query, Problem> {
    if text.len() > MAX_TEXT_BYTES {
        let start = (0..=MAX_TEXT_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        return Err(Problem::new(start..text.len(), format!("the query is longer than {MAX_TEXT_BYTES} bytes")));
    }
    let tokens = tokens(text)?;
    check_word_count(&tokens)?;
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), end: text.len(), signs: Vec::new(), field: None };
    let node = parser.any(0)?;
    if let Some(token) = parser.tokens.next() {
        return Err(Problem::new(token.at.clone(), "this parenthesis was not opened").replacing(token.at, " "));
    }
    let node = node.ok_or_else(|| no_word(text))?;
    parser.require_positive(&node)?;
    Ok(node.query)
}

fn no_word(text: &str) -> Problem {
    let message = if text.trim().is_empty() { "the query is empty" } else { "there is no word to look for" };
    Problem::new(0..text.len(), message)
}

fn check_word_count(tokens: &[Token]) -> Result<(), Problem> {
    let mut count = 0;
    for token in tokens {
        if let TokenKind::Words(words) = &token.kind {
            count += words.len();
        }
        if count > MAX_WORDS {
            return Err(Problem::new(token.at.clone(), format!("the query has more than {MAX_WORDS} words")));
        }
    }
    Ok(())
}

/// Mends the first problem, then what else comes to light, until the query parses; failing that, takes its words alone.
fn suggest(text: &str, problem: Problem) -> Option<String> {
    if text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let mut mended = problem.mend(text)?;
    for _ in 0..MAX_MENDS {
        match parse_once(&mended) {
            Ok(_) => return Some(mended),
            Err(next) => match next.mend(&mended) {
                Some(better) => mended = better,
                None => break,
            },
        }
    }
    let words = words_of(text, Form::Stemmed).into_iter().filter(|word| !is_operator(&word.text));
    let printed = gather(words.map(Query::Word).collect(), Query::And)?.to_string();
    parse_once(&printed).is_ok().then_some(printed)
}

/// Joins members under And or Or; one alone stays itself, and members of the same kind are taken apart.
fn gather(members: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    if members.len() < 2 {
        return members.into_iter().next();
    }
    let mut joined = join(Vec::with_capacity(members.len()));
    for member in members {
        match (&mut joined, member) {
            (Query::And(flat), Query::And(inner)) | (Query::Or(flat), Query::Or(inner)) => flat.extend(inner),
            (Query::And(flat) | Query::Or(flat), other) => flat.push(other),
            (_, other) => return Some(other),
        }
    }
    Some(joined)
}

/// A part of the tree with its bytes in the text.
struct Node {
    query: Query,
    /// Something in it is looked for, so that it can be answered without a list of all articles.
    is_positive: bool,
    at: Range<usize>,
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    end: usize,
    /// The negations read so far, for mending.
    signs: Vec<Range<usize>>,
    /// The bytes of the field whose operand is being read.
    field: Option<Range<usize>>,
}

impl Parser {
    fn any(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let mut branches: Vec<Node> = Vec::new();
        let mut last_or: Option<Range<usize>> = None;
        loop {
            match (self.all(depth)?, last_or.take()) {
                (Some(branch), _) => branches.push(branch),
                (None, Some(at)) => return Err(lonely("OR", "behind", at)),
                (None, None) => {}
            }
            let Some(token) = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Or)) else { break };
            if branches.is_empty() {
                return Err(lonely("OR", "before", token.at));
            }
            last_or = Some(token.at);
        }
        if branches.len() > 1 {
            branches.iter().try_for_each(|branch| self.require_positive(branch))?;
        }
        Ok(join_nodes(branches, Query::Or))
    }

    fn all(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let mut members: Vec<Node> = Vec::new();
        let mut last_and: Option<Range<usize>> = None;
        loop {
            if let Some(token) = self.tokens.next_if(|token| matches!(token.kind, TokenKind::And)) {
                if members.is_empty() {
                    return Err(lonely("AND", "before", token.at));
                }
                if let Some(at) = last_and.replace(token.at) {
                    return Err(lonely("AND", "behind", at));
                }
            } else if let Some(member) = self.operand(depth)? {
                members.push(member);
                last_and = None;
            } else {
                return match last_and {
                    Some(at) => Err(lonely("AND", "behind", at)),
                    None => Ok(join_nodes(members, Query::And)),
                };
            }
        }
    }

    fn operand(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let mut first_sign: Option<Range<usize>> = None;
        let mut last_sign = 0..0;
        let mut is_negated = false;
        while let Some(token) = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Not)) {
            self.signs.push(token.at.clone());
            is_negated = !is_negated;
            last_sign = token.at.clone();
            first_sign.get_or_insert(token.at);
        }
        let node = self.atom(depth)?;
        let Some(first_sign) = first_sign else { return Ok(node) };
        let Some(node) = node else { return Err(lonely("NOT", "behind", last_sign)) };
        let at = first_sign.start..node.at.end;
        match node.query {
            query if !is_negated => Ok(Some(Node { query, is_positive: node.is_positive, at })),
            Query::Not(query) => Ok(Some(Node { query: *query, is_positive: true, at })),
            _ => {
                self.require_positive(&node)?;
                Ok(Some(Node { query: Query::Not(Box::new(node.query)), is_positive: false, at }))
            }
        }
    }

    fn atom(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let is_atom = |token: &Token| matches!(token.kind, TokenKind::Words(_) | TokenKind::Field(_) | TokenKind::Open);
        let Some(token) = self.tokens.next_if(is_atom) else { return Ok(None) };
        match token.kind {
            TokenKind::Words(mut words) => {
                let query = if words.len() == 1 { Query::Word(words.remove(0)) } else { Query::Phrase(words) };
                Ok(Some(Node { query, is_positive: true, at: token.at }))
            }
            TokenKind::Field(field) => self.within(field, token.at, depth).map(Some),
            _ => self.group(token.at, depth + 1).map(Some),
        }
    }

    fn within(&mut self, field: Field, at: Range<usize>, depth: usize) -> Result<Node, Problem> {
        if let Some(outer) = self.field.replace(at.clone()) {
            let problem = Problem::new(at, "a field cannot stand inside another");
            return Err(problem.replacing(outer, " "));
        }
        let node = self.atom(depth)?.ok_or_else(|| Problem::new(at.clone(), "there is nothing to look for in this field"))?;
        self.field = None;
        self.require_positive(&node)?;
        let at = at.start..node.at.end;
        Ok(Node { query: Query::Within { field, query: Box::new(node.query) }, is_positive: true, at })
    }

    fn group(&mut self, open: Range<usize>, depth: usize) -> Result<Node, Problem> {
        if depth > MAX_DEPTH {
            return Err(Problem::new(open, format!("parentheses are nested more than {MAX_DEPTH} deep")));
        }
        let node = self.any(depth)?;
        let Some(close) = self.tokens.next_if(|token| matches!(token.kind, TokenKind::Close)) else {
            let problem = Problem::new(open.clone(), "this parenthesis is not closed");
            return Err(if node.is_some() { problem.replacing(self.end..self.end, ")") } else { problem.replacing(open, " ") });
        };
        let at = open.start..close.at.end;
        match node {
            Some(node) => Ok(Node { at, ..node }),
            None => Err(Problem::new(at.clone(), "there is no word between the parentheses").replacing(at, " ")),
        }
    }

    /// Refuses what only says what must not be there; the mend takes the negations in it away.
    fn require_positive(&self, node: &Node) -> Result<(), Problem> {
        if node.is_positive {
            return Ok(());
        }
        let problem = Problem::new(node.at.clone(), "this only leaves out, and there is nothing to look for");
        let signs = self.signs.iter().filter(|sign| node.at.start <= sign.start && sign.end <= node.at.end);
        Err(signs.fold(problem, |problem, sign| problem.replacing(sign.clone(), "")))
    }
}

fn lonely(operator: &str, side: &str, at: Range<usize>) -> Problem {
    Problem::new(at.clone(), format!("{operator} has nothing {side} it")).replacing(at, " ")
}

fn join_nodes(nodes: Vec<Node>, join: fn(Vec<Query>) -> Query) -> Option<Node> {
    let at = nodes.first()?.at.start..nodes.last()?.at.end;
    let is_positive = nodes.iter().any(|node| node.is_positive);
    let query = gather(nodes.into_iter().map(|node| node.query).collect(), join)?;
    Some(Node { query, is_positive, at })
}
