//! Building the tree: a typed string goes in, a normalised [`Query`] or a [`QueryError`] with a mended query comes out.
//!
//! The grammar, weakest first: `any = all (OR all)*`, `all = operand (AND? operand)*`, `operand = NOT* near`,
//! `near = atom (connector atom)*`, `atom = words | fact | field atom | atleast "(" any ")" | "(" any ")"`.

use std::ops::Range;

use crate::query::ast::{Connector, Field, Form, Near, Query};
use crate::query::connector;
use crate::query::error::{Problem, QueryError};
use crate::query::lexer::{Token, TokenKind, is_operator, tokens};
use crate::query::marks;
use crate::query::setting::Setting;
use crate::query::words::words_of;

/// The longest text that is read as a query: above any typed or pasted query, and it bounds all work on one.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// The most words of a query: each is a posting list to open.
pub const MAX_WORDS: usize = 1024;
/// The deepest nesting of parentheses: the parser and whatever walks the tree take stack for each.
pub const MAX_DEPTH: usize = 64;
/// The most connectors (`w/5`) of a query: whatever walks the tree takes stack for each of a chain.
pub const MAX_CONNECTORS: usize = 64;
/// How deep saved queries may name other saved queries; one that names itself ends here.
pub const MAX_SAVED_DEPTH: usize = 8;
/// The longest text of a saved query: a query can name it [`MAX_WORDS`] times.
pub const MAX_SAVED_BYTES: usize = 4096;

/// Mends tried one after the other before the suggestion falls back to the words alone.
const MAX_MENDS: usize = 8;

/// Parses a typed query that depends on no day and no saved queries; plain words mean that all of them are wanted.
///
/// # Errors
///
/// As [`parse_in`].
pub fn parse(text: &str) -> Result<Query, QueryError> {
    parse_in(text, &Setting::default())
}

/// Parses a typed query with what it may depend on.
///
/// # Errors
///
/// A [`QueryError`] that says where the text is not a query and, where one can be guessed, which query was meant.
pub fn parse_in(text: &str, setting: &Setting) -> Result<Query, QueryError> {
    parse_once(text, setting).map_err(|problem| {
        let (at, message) = (problem.at.clone(), problem.message.clone());
        QueryError { at, message, suggestion: suggest(text, problem, setting) }
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

fn parse_once(text: &str, setting: &Setting) -> Result<Query, Problem> {
    if text.len() > MAX_TEXT_BYTES {
        let start = (0..=MAX_TEXT_BYTES).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        return Err(Problem::new(start..text.len(), format!("the query is longer than {MAX_TEXT_BYTES} bytes")));
    }
    let mut spent = Spent::default();
    let node = parse_text(text, setting, &mut spent, None)?;
    Ok(node.query)
}

/// What has been read so far, over the query and the saved ones it names.
#[derive(Default)]
struct Spent {
    words: usize,
    connectors: usize,
    saved_depth: usize,
}

/// Parses the text of a query, or of a saved one inside the operand of a field.
fn parse_text(text: &str, setting: &Setting, spent: &mut Spent, field: Option<Range<usize>>) -> Result<Node, Problem> {
    let tokens = tokens(text, setting)?;
    count_words(&tokens, spent)?;
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), end: text.len(), setting, signs: Vec::new(), field, spent };
    let node = parser.any(0)?;
    if let Some(token) = parser.tokens.next() {
        return Err(Problem::new(token.at.clone(), "this parenthesis was not opened").replacing(token.at, " "));
    }
    let node = node.ok_or_else(|| no_word(text))?;
    parser.require_positive(&node)?;
    Ok(node)
}

fn no_word(text: &str) -> Problem {
    let message = if text.trim().is_empty() { "the query is empty" } else { "there is no word to look for" };
    Problem::new(0..text.len(), message)
}

/// Counts words, and whatever else is looked for as one word each.
fn count_words(tokens: &[Token], spent: &mut Spent) -> Result<(), Problem> {
    for token in tokens {
        spent.words += match &token.kind {
            TokenKind::Words(words) => words.len(),
            TokenKind::Fact(_) | TokenKind::AtLeast(_) | TokenKind::Saved(_) => 1,
            _ => 0,
        };
        if spent.words > MAX_WORDS {
            return Err(Problem::new(token.at.clone(), format!("the query has more than {MAX_WORDS} words")));
        }
    }
    Ok(())
}

/// Mends the first problem, then what else comes to light, until the query parses; failing that, takes its words alone.
fn suggest(text: &str, problem: Problem, setting: &Setting) -> Option<String> {
    if text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let mut mended = problem.mend(text)?;
    for _ in 0..MAX_MENDS {
        match parse_once(&mended, setting) {
            Ok(_) => return Some(mended),
            Err(next) => match next.mend(&mended) {
                Some(better) => mended = better,
                None => break,
            },
        }
    }
    let words = words_of(text, Form::Stemmed).into_iter().filter(|word| !is_operator(&word.text));
    let printed = gather(words.map(Query::Word).collect(), Query::And)?.to_string();
    parse_once(&printed, setting).is_ok().then_some(printed)
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

struct Parser<'p> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    end: usize,
    setting: &'p Setting<'p>,
    spent: &'p mut Spent,
    /// The negations read so far, for mending.
    signs: Vec<Range<usize>>,
    /// The bytes of the field whose operand is being read.
    field: Option<Range<usize>>,
}

impl Parser<'_> {
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
        let node = self.near(depth)?;
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

    fn near(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let mut node = self.atom(depth)?;
        while let Some((connector, at)) = self.next_connector() {
            let Some(left) = node else { return Err(lonely_connector(connector, "before", at)) };
            self.spent.connectors += 1;
            if self.spent.connectors > MAX_CONNECTORS {
                return Err(Problem::new(at, format!("the query has more than {MAX_CONNECTORS} connectors")));
            }
            let right = self.atom(depth)?.ok_or_else(|| lonely_connector(connector, "behind", at.clone()))?;
            require_connectable(&left, connector, &at)?;
            require_connectable(&right, connector, &at)?;
            let whole = left.at.start..right.at.end;
            let near = Near { left: left.query, right: right.query, connector };
            node = Some(Node { query: Query::Near(Box::new(near)), is_positive: true, at: whole });
        }
        Ok(node)
    }

    fn next_connector(&mut self) -> Option<(Connector, Range<usize>)> {
        let TokenKind::Connector(connector) = self.tokens.peek()?.kind else { return None };
        self.tokens.next().map(|token| (connector, token.at))
    }

    fn atom(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let is_atom = |token: &Token| {
            use TokenKind::{AtLeast, Fact, Field, Open, Saved, Words};
            matches!(token.kind, Words(_) | Field(_) | Fact(_) | AtLeast(_) | Saved(_) | Open)
        };
        let Some(token) = self.tokens.next_if(is_atom) else { return Ok(None) };
        match token.kind {
            TokenKind::Words(mut words) => {
                let query = if words.len() == 1 { Query::Word(words.remove(0)) } else { Query::Phrase(words) };
                Ok(Some(Node { query, is_positive: true, at: token.at }))
            }
            TokenKind::Fact(fact) => match &self.field {
                None => Ok(Some(Node { query: Query::Fact(fact), is_positive: true, at: token.at })),
                Some(field) => {
                    let problem = Problem::new(token.at, "this is asked of the whole article and cannot stand inside a field");
                    Err(problem.replacing(field.clone(), " "))
                }
            },
            TokenKind::Field(field) => self.within(field, token.at, depth).map(Some),
            TokenKind::AtLeast(count) => self.at_least(count, token.at, depth).map(Some),
            TokenKind::Saved(text) => self.saved(&text, token.at).map(Some),
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
        let query = if field.is_cut_at_marks() { marks::cut(node.query) } else { node.query };
        Ok(Node { query: Query::Within { field, query: Box::new(query) }, is_positive: true, at })
    }

    fn at_least(&mut self, count: u32, at: Range<usize>, depth: usize) -> Result<Node, Problem> {
        let node = self.atom(depth)?.ok_or_else(|| Problem::new(at.clone(), "there is nothing to look for"))?;
        if !is_connectable(&node.query) {
            let problem = Problem::new(node.at.clone(), "what is counted is a word, a phrase, or several of them with OR");
            return Err(quoted_or(&node, problem, ("(\"", "\")"), at));
        }
        let at = at.start..node.at.end;
        Ok(Node { query: Query::AtLeast { count, query: Box::new(node.query) }, is_positive: true, at })
    }

    fn saved(&mut self, text: &str, at: Range<usize>) -> Result<Node, Problem> {
        let named = |message: String| Problem::new(at.clone(), message).replacing(at.start..at.start + 1, "");
        if text.len() > MAX_SAVED_BYTES {
            return Err(named(format!("this saved query is longer than {MAX_SAVED_BYTES} bytes")));
        }
        if self.spent.saved_depth == MAX_SAVED_DEPTH {
            return Err(named(format!("saved queries name one another more than {MAX_SAVED_DEPTH} deep")));
        }
        self.spent.saved_depth += 1;
        let field = self.field.as_ref().map(|_| 0..0);
        let node = parse_text(text, self.setting, self.spent, field);
        self.spent.saved_depth -= 1;
        let Node { query, is_positive, .. } = node.map_err(|problem| named(format!("in this saved query: {}", problem.message)))?;
        Ok(Node { query, is_positive, at })
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

/// Tells whether something can stand beside a connector.
fn is_connectable(query: &Query) -> bool {
    match query {
        Query::Word(_) | Query::Phrase(_) | Query::Near(_) => true,
        Query::Or(members) => members.iter().all(is_connectable),
        Query::And(_) | Query::Not(_) | Query::Within { .. } | Query::AtLeast { .. } | Query::Fact(_) => false,
    }
}

fn require_connectable(node: &Node, connector: Connector, at: &Range<usize>) -> Result<(), Problem> {
    if is_connectable(&node.query) {
        return Ok(());
    }
    let message = format!("`{}` stands between words, phrases, or several of them with OR", connector::text(connector));
    let problem = Problem::new(node.at.clone(), message);
    Err(quoted_or(node, problem, ("\"", "\""), at.clone()))
}

/// Mends a group of words by making a phrase of it between these signs; anything else by leaving out what is at some bytes.
fn quoted_or(node: &Node, problem: Problem, (opening, closing): (&str, &str), otherwise: Range<usize>) -> Problem {
    let is_plain = |member: &Query| matches!(member, Query::Word(word) if word.match_form == Form::Stemmed);
    match &node.query {
        Query::And(members) if members.iter().all(is_plain) => {
            problem.replacing(node.at.start..node.at.start + 1, opening).replacing(node.at.end - 1..node.at.end, closing)
        }
        _ => problem.replacing(otherwise, " "),
    }
}

fn lonely_connector(connector: Connector, side: &str, at: Range<usize>) -> Problem {
    lonely(&format!("`{}`", connector::text(connector)), side, at)
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
