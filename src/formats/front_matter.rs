//! The head of a Markdown file in; its front matter as values out: YAML between `---`, TOML between `+++`.
//!
//! Only what metadata needs of YAML is kept: mappings, lists and scalars, these as written. Aliases and tags state nothing.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::formats::front_matter_toml;
use crate::formats::value::Value;

/// Front matter of more levels is none that describes an article.
const LEVELS_MAX: usize = 16;

/// The front matter of a file.
#[derive(Debug)]
pub struct FrontMatter<'t> {
    /// Its fields in order.
    pub fields: Vec<(Cow<'t, str>, Value<'t>)>,
    /// Where the body starts.
    pub body_start: usize,
    /// The line, from 1, and what is wrong with it.
    pub problem: Option<(u64, String)>,
}

/// Reads the front matter that a text starts with: lines between `---` and `---` or `...`, or between `+++` and `+++`; `None` if
/// it starts otherwise.
///
/// Where it is broken, its lines of the form `name: value` or `name = value` are read as they stand.
pub fn read(text: &str) -> Option<FrontMatter<'_>> {
    let first_end = text.find('\n')? + 1;
    let fence = text[..first_end].trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let is_toml = fence == "+++";
    let mut at = first_end;
    for line in text[first_end..].split_inclusive('\n') {
        let line_text = line.trim_end();
        if line_text == fence || (line_text == "..." && !is_toml) {
            let (inner, body_start) = (&text[first_end..at], at + line.len());
            return Some(if is_toml { parse_toml(inner, body_start) } else { parse(inner, body_start) });
        }
        at += line.len();
    }
    // A rule at the head of a text is no front matter; a field below it says that some was meant.
    let second = text[first_end..].lines().next()?;
    let problem = Some((1, format!("front matter has no closing `{fence}`")));
    line_field(second, if is_toml { '=' } else { ':' }).map(|_| FrontMatter { fields: Vec::new(), body_start: first_end, problem })
}

fn parse_toml(toml: &str, body_start: usize) -> FrontMatter<'_> {
    match front_matter_toml::read(toml) {
        Ok(fields) => FrontMatter { fields, body_start, problem: None },
        Err((line, cause)) => {
            FrontMatter { fields: by_line(toml, '='), body_start, problem: Some((line + 1, format!("broken front matter: {cause}"))) }
        }
    }
}

fn parse(yaml: &str, body_start: usize) -> FrontMatter<'_> {
    match mapping(yaml) {
        Ok(fields) => FrontMatter { fields, body_start, problem: None },
        Err(NotMapping { line, cause: None }) => FrontMatter {
            fields: by_line(yaml, ':'),
            body_start,
            problem: Some((line + 1, "front matter holds no `name: value` fields".to_owned())),
        },
        Err(NotMapping { line, cause: Some(cause) }) => {
            FrontMatter { fields: by_line(yaml, ':'), body_start, problem: Some((line + 1, format!("broken front matter: {cause}"))) }
        }
    }
}

/// Why a text is no YAML mapping.
#[derive(Debug, PartialEq, Eq)]
pub struct NotMapping {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with the YAML; `None` if it is sound but something else than `name: value` fields.
    pub cause: Option<String>,
}

/// Reads a text that is a YAML mapping as a whole: its fields in order; none if it is empty.
///
/// # Errors
///
/// The line and the cause, if it is broken or something else.
pub fn mapping(yaml: &str) -> Result<Vec<(Cow<'_, str>, Value<'_>)>, NotMapping> {
    match parse_yaml(yaml) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(Value::Nothing) => Ok(Vec::new()),
        Ok(_) => Err(NotMapping { line: 1, cause: None }),
        Err(error) => Err(NotMapping { line: error.marker().line() as u64, cause: Some(error.info().to_owned()) }),
    }
}

fn by_line(text: &str, mark: char) -> Vec<(Cow<'_, str>, Value<'_>)> {
    text.lines()
        .filter_map(|line| line_field(line, mark))
        .map(|(name, value)| (Cow::Borrowed(name), Value::Text(Cow::Borrowed(value))))
        .collect()
}

fn line_field(line: &str, mark: char) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(mark)?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let value = value.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    (is_name && !value.starts_with(['[', '{', '&', '*', '|', '>'])).then_some((name, quoted.unwrap_or(value)))
}

/// A list or mapping that is not yet closed.
enum Open<'t> {
    List(Vec<Value<'t>>),
    Mapping(Vec<(Cow<'t, str>, Value<'t>)>, Option<Cow<'t, str>>),
}

fn parse_yaml(yaml: &str) -> Result<Value<'_>, ScanError> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut whole = Value::Nothing;
    for event in Parser::new_from_str(yaml) {
        let (event, span) = event?;
        let value = match event {
            Event::Scalar(text, style, _, _) => scalar(text, style),
            Event::Alias(_) => Value::Nothing,
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= LEVELS_MAX => {
                return Err(ScanError::new_str(span.start, "too many levels"));
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(items)) => Value::List(items),
                Some(Open::Mapping(fields, _)) => Value::Object(fields),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            // Of several YAML documents in one text the first counts.
            None if whole != Value::Nothing => {}
            None => whole = value,
            Some(Open::List(items)) => items.push(value),
            Some(Open::Mapping(fields, name)) => match name.take() {
                Some(name) => fields.push((name, value)),
                None => *name = Some(key(value)),
            },
        }
    }
    Ok(whole)
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value<'_> {
    if style == ScalarStyle::Plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL") {
        return Value::Nothing;
    }
    Value::Text(text)
}

fn key(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Text(text) => text,
        _ => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)], problem: Option<(u64, &str)>) {
        let front = read(text).unwrap();
        let found: Vec<(&str, &str)> = front.fields.iter().filter_map(|(name, value)| Some((name.as_ref(), value.scalar()?))).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(front.problem.as_ref().map(|(line, cause)| (*line, cause.split(':').next().unwrap_or_default())), problem, "{text}");
    }

    #[test]
    fn front_matter_is_read() {
        check(
            "---\ntitle: \"Ferry: a day out\"\nid: 007\ndate: 2024-11-26\nnote: ~\n---\nBody",
            &[("title", "Ferry: a day out"), ("id", "007"), ("date", "2024-11-26")],
            None,
        );
        check("---\r\ntitle: Ferry\r\n---\r\nBody", &[("title", "Ferry")], None);
        check("---\n---\nBody", &[], None);
        assert!(read("--- a rule").is_none());
        assert!(read("---\n\nJust a rule above text").is_none());
        assert!(read("# Ferry\n---\n").is_none());
    }

    #[test]
    fn front_matter_in_toml_is_read() {
        check(
            "+++\ntitle = \"Ferry: a day out\"\ndate = 2024-11-26T03:20:00Z\nweight = 7\ndraft = false\n[extra]\nsource = 'Gazette'\n+++\nBody",
            &[("date", "2024-11-26T03:20:00Z"), ("title", "Ferry: a day out"), ("weight", "7")],
            None,
        );
        check("+++\ndate = 2024-11-26\n+++\n", &[("date", "2024-11-26")], None);
        check(
            "+++\ntitle = Ferry\ndate = 2024-11-26\n+++\nBody",
            &[("title", "Ferry"), ("date", "2024-11-26")],
            Some((2, "broken front matter")),
        );
        check("+++\ntitle = \"Ferry\"\nBody without an end", &[], Some((1, "front matter has no closing `+++`")));
        assert!(read("+++\nA line of crosses above text").is_none());
        check(&format!("+++\na = {}\n+++\n", "[".repeat(5000)), &[], Some((2, "broken front matter")));
    }

    #[test]
    fn broken_front_matter_is_read_by_line() {
        check(
            "---\ntitle: Ferry: a day out\ndate: 2024-11-26\n---\nBody",
            &[("title", "Ferry: a day out"), ("date", "2024-11-26")],
            Some((2, "broken front matter")),
        );
        check("---\ntitle: Ferry\nBody without an end", &[], Some((1, "front matter has no closing `---`")));
        check(&format!("---\na: {}\n---\n", "[".repeat(5000)), &[], Some((2, "broken front matter")));
    }
}
