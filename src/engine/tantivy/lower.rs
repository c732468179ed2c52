//! From our query tree to a tantivy query.
//!
//! A word in just the form typed (`=word`) is looked up by its stem; what is found may then be too much and is checked
//! against the text (see `needles`). So that it is never too little, such a word does not exclude anything here.

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::schema::Fields;
use super::terms::Terms;
use crate::query::{Field, Form, Query, Word};

/// Turns a query into one that finds at least what it asks for.
pub fn lower(query: &Query, fields: &Fields, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
    lower_in(query, None, fields, terms)
}

fn lower_in(query: &Query, field: Option<Field>, fields: &Fields, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
    match query {
        Query::Word(word) => lower_words(std::slice::from_ref(word), field, fields, terms),
        Query::Phrase(words) => lower_words(words, field, fields, terms),
        Query::Within { field, query } => lower_in(query, Some(*field), fields, terms),
        Query::Or(parts) => {
            let clauses = parts.iter().map(|part| (Occur::Should, lower_in(part, field, fields, terms)));
            Box::new(BooleanQuery::new(clauses.collect()))
        }
        Query::And(parts) => lower_all(parts, field, fields, terms),
        Query::Not(_) => lower_all(std::slice::from_ref(query), field, fields, terms),
    }
}

fn lower_all(parts: &[Query], field: Option<Field>, fields: &Fields, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
    let mut clauses = Vec::with_capacity(parts.len());
    let mut has_positive = false;
    for part in parts {
        match part {
            Query::Not(part) if has_exact(part) => {}
            Query::Not(part) => clauses.push((Occur::MustNot, lower_in(part, field, fields, terms))),
            part => {
                has_positive = true;
                clauses.push((Occur::Must, lower_in(part, field, fields, terms)));
            }
        }
    }
    if !has_positive {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn has_exact(query: &Query) -> bool {
    match query {
        Query::Word(word) => word.match_form == Form::Exact,
        Query::Phrase(words) => words.iter().any(|word| word.match_form == Form::Exact),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(has_exact),
        Query::Not(part) => has_exact(part),
        Query::Within { query, .. } => has_exact(query),
    }
}

fn lower_words(words: &[Word], field: Option<Field>, fields: &Fields, terms: &mut Terms) -> Box<dyn tantivy::query::Query> {
    let field = match field {
        None => fields.text,
        Some(Field::Headline) => fields.headline,
        Some(Field::Source) => fields.source_words,
    };
    let found: Option<Vec<Term>> =
        words.iter().map(|word| terms.term(&word.text).map(|term| Term::from_field_text(field, &term))).collect();
    match found {
        None => Box::new(EmptyQuery),
        Some(mut found) if found.len() == 1 => Box::new(TermQuery::new(found.remove(0), IndexRecordOption::WithFreqs)),
        Some(found) => Box::new(PhraseQuery::new(found)),
    }
}
