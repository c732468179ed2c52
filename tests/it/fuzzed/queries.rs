//! Typed queries, with saved ones below a line with `@@`: trees, what is printed of them, what is said of those that are none.

use std::sync::OnceLock;

use dateline::moment::Moment;
use dateline::query::{
    MAX_CONNECTORS, MAX_TEXT_BYTES, MAX_WORDS, Query, QueryError, Saved, Setting, Spellings, days, parse, parse_any, parse_in, widen,
};

/// A query.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (typed, lines) = text.split_once("\n@@\n").unwrap_or((&text, ""));
    let saved = Saved::read(lines).unwrap_or_default();
    let setting = Setting { today: Moment::day(2024, 11, 26), saved: Some(&saved) };
    for outcome in [parse_in(typed, &setting), parse_any(typed)] {
        match outcome {
            Ok(query) => check_tree(&query),
            Err(error) => check_error(typed, &error, &setting),
        }
    }
    if let Ok(span) = days::named(typed, setting.today) {
        assert!(span.first.day_number() <= span.last.day_number(), "{typed}: {span:?}");
    }
}

fn check_tree(query: &Query) {
    check_printed(query);
    assert!(!query.outline().is_empty());
    static SPELLINGS: OnceLock<Spellings> = OnceLock::new();
    let widened = widen(query, SPELLINGS.get_or_init(Spellings::shipped));
    check_printed(&widened.query);
    assert!(widened.also.iter().all(|also| !also.typed.is_empty() && !also.others.is_empty()), "{:?}", widened.also);
}

/// Checks that what is printed of a tree is read as the same tree, unless it is longer than what is read.
fn check_printed(query: &Query) {
    let printed = query.to_string();
    match parse(&printed) {
        Ok(read) => assert_eq!(&read, query, "printed as {printed}"),
        Err(error) => {
            let is_too_much = printed.len() > MAX_TEXT_BYTES || query.positive_words().len() + MAX_CONNECTORS > MAX_WORDS;
            assert!(is_too_much, "{query:?} is printed as {printed}: {error}");
        }
    }
}

fn check_error(typed: &str, error: &QueryError, setting: &Setting) {
    assert!(typed.get(error.at.clone()).is_some(), "{:?} of {typed:?}: {error}", error.at);
    assert!(!error.message.is_empty() && !error.message.ends_with('.'), "{}", error.message);
    if let Some(suggestion) = &error.suggestion {
        assert!(parse_in(suggestion, setting).is_ok(), "{typed:?}: {suggestion:?} is suggested, and is no query");
    }
}
