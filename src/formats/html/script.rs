//! The text of a script in a page in; the dates and authors that it names as the article's out: `"publishedDate": "2024-11-26"`.
//!
//! Nothing is run. A name, a mark and a quoted value are looked for; what the program does with them is not known, so they
//! count only where the page states none elsewhere.

use std::ops::Range;

use crate::document::FieldName;
use crate::formats::fields::{Slot, slot};

/// Names that any thing with a date has, and those that the article's own data need not be behind.
const TOO_GENERAL: [&str; 4] = ["date", "datetime", "issued", "published"];

/// So many dates are taken from a page; more are those of a list of articles.
const DATES_MAX: usize = 24;

/// A script is looked at up to here; data about the page stand in its first ones, and the largest are programs.
pub const SCRIPT_BYTES_MAX: usize = 400_000;

/// A name before a value is no longer than this.
const NAME_BYTES_MAX: usize = 32;

/// Adds the values that a script gives under names for the day of publication.
pub fn add_dates(script: &str, dates: &mut Vec<String>) {
    let script = &script[..script.floor_char_boundary(SCRIPT_BYTES_MAX)];
    // Each name that is looked for has `pub` in it.
    for (at, _) in script.match_indices("ub") {
        let is_name = script.as_bytes()[..at].last().is_some_and(|before| before.eq_ignore_ascii_case(&b'p'));
        if dates.len() < DATES_MAX
            && is_name
            && let Some(value) = named_value(script, at)
            && !dates.iter().any(|known| known == value)
        {
            dates.push(value.to_owned());
        }
    }
}

/// Returns the value after the name that a byte is part of, if the name says that it is the day of publication.
fn named_value(script: &str, at: usize) -> Option<&str> {
    let range = name_around(script, at);
    let name = script.get(range.clone())?;
    let name = name.strip_prefix("article_").or_else(|| name.strip_prefix("article-")).unwrap_or(name);
    let is_known = matches!(slot(name), Some((_, Slot::Field(FieldName::Published)))) || is_first(name);
    if !is_known || TOO_GENERAL.iter().any(|general| name.eq_ignore_ascii_case(general)) {
        return None;
    }
    let value = value_after(script, range.end)?;
    let has_digits = value.bytes().filter(u8::is_ascii_digit).count() >= 5;
    (has_digits && value.len() < 60).then_some(value)
}

/// Returns the bytes of the name that a byte is part of.
fn name_around(script: &str, at: usize) -> Range<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let bytes = script.as_bytes();
    let start = at - bytes[..at].iter().rev().take(NAME_BYTES_MAX).take_while(|byte| is_part(byte)).count();
    start..at + bytes[at..].iter().take(NAME_BYTES_MAX).take_while(|byte| is_part(byte)).count()
}

/// Returns the quoted value that follows on a name: `": "…"`, ` = '…'`, `\":\"…\"`.
fn value_after(script: &str, end: usize) -> Option<&str> {
    let rest = script[end..].trim_start_matches(['"', '\'', '\\']).trim_start();
    let rest = rest.strip_prefix([':', '='])?.trim_start().trim_start_matches('\\');
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split([quote, '\\', '\n']).next()
}

/// Names before the author of a page's article, in lower case.
const AUTHORS: [&str; 6] = ["author", "authors", "authorname", "author_name", "article_author", "contentauthor"];

/// Adds the names that a script gives as the author's: two to four words with capitals, each name once.
pub fn add_authors(script: &str, authors: &mut Vec<String>) {
    /// Pages with more names than this list articles.
    const AUTHORS_MAX: usize = 4;
    let script = &script[..script.floor_char_boundary(SCRIPT_BYTES_MAX)];
    for (at, _) in script.match_indices("uthor") {
        let name_range = name_around(script, at);
        let is_name = script.get(name_range.clone()).is_some_and(|name| AUTHORS.contains(&name.to_ascii_lowercase().as_str()));
        if authors.len() < AUTHORS_MAX
            && is_name
            && let Some(value) = value_after(script, name_range.end)
            && (2..=4).contains(&value.split(' ').count())
            && value.split(' ').all(|word| word.starts_with(char::is_uppercase))
            && !authors.iter().any(|known| known == value)
        {
            authors.push(value.to_owned());
        }
    }
}

fn is_first(name: &str) -> bool {
    ["first-publication", "publishedFirst", "first_publication", "firstPublication"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&str]) {
        let mut dates = Vec::new();
        add_dates(script, &mut dates);
        assert_eq!(dates, expected, "{script}");
    }

    #[test]
    fn named_dates_are_found() {
        check(r#"{"publishedDate":"2024-11-26T03:20:00Z","title":"Ferry"}"#, &["2024-11-26T03:20:00Z"]);
        check("page.publication_date = '2024-11-26 00:15';", &["2024-11-26 00:15"]);
        check(r#"layer = {"first-publication":"26.11.2024 09:35"}"#, &["26.11.2024 09:35"]);
        check(r#"{\"datePublished\":\"2024-11-26\"}"#, &["2024-11-26"]);
        check(r#"{"published":"2024-11-26"}"#, &[]);
        check(r#"publishDate: null, "publicKey": "20241126""#, &[]);
        check("", &[]);
    }
}
