//! Front matter in TOML in; its fields as values out. The only door to the TOML parser.

use std::borrow::Cow;

use toml::Value as Toml;

use crate::formats::value::Value;

/// Fields in order.
pub type Fields<'t> = Vec<(Cow<'t, str>, Value<'t>)>;

/// Reads the lines between two `+++`.
///
/// # Errors
///
/// The line, from 1, and what is wrong with it.
pub fn read<'t>(text: &str) -> Result<Fields<'t>, (u64, String)> {
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(fields(table)),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            Err((line, error.message().lines().next().unwrap_or_default().to_owned()))
        }
    }
}

fn fields<'t>(table: toml::Table) -> Fields<'t> {
    table.into_iter().map(|(name, value)| (Cow::Owned(name), value_of(value))).collect()
}

/// Levels are bounded by the parser, which refuses more than 80 of them.
fn value_of<'t>(value: Toml) -> Value<'t> {
    match value {
        Toml::String(text) => Value::Text(Cow::Owned(text)),
        Toml::Integer(number) => Value::Number(number.to_string()),
        Toml::Float(number) => Value::Number(number.to_string()),
        Toml::Boolean(_) => Value::Nothing,
        Toml::Datetime(moment) if moment.date.is_none() => Value::Nothing,
        Toml::Datetime(moment) => Value::Text(Cow::Owned(moment.to_string())),
        Toml::Array(items) => Value::List(items.into_iter().map(value_of).collect()),
        Toml::Table(table) => Value::Object(fields(table)),
    }
}
