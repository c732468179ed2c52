//! What can stand before a colon: the names of fields and facts, and which of them a name that is none was meant to be.

use crate::query::ast::Field;
use crate::query::fact::FactName;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Field(Field),
    Fact(FactName),
}

/// Returns the letters before the first colon of a stretch, and what they name, if anything.
pub(super) fn of(run: &str) -> Option<(&str, Option<Named>)> {
    let (name, _) = run.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(char::is_alphabetic);
    is_name.then(|| (name, Field::from_label(name).map(Named::Field).or_else(|| FactName::from_label(name).map(Named::Fact))))
}

/// Returns all names with their colons, as messages list them.
pub(super) fn list() -> String {
    labels().map(|label| format!("{label}:")).collect::<Vec<_>>().join(", ")
}

fn labels() -> impl Iterator<Item = &'static str> {
    Field::ALL.into_iter().map(Field::label).chain(FactName::ALL.into_iter().map(FactName::label))
}

/// Returns the name that another search engine's name stands for, or that is at most two edits away from it.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let field = match name.as_str() {
        "title" | "intitle" | "head" | "heading" | "subject" | "hlead" => Field::Headline,
        "lead" | "leadpara" | "intro" => Field::Lede,
        "author" | "writer" | "by" => Field::Byline,
        "site" | "outlet" | "publisher" | "publication" | "paper" | "from" | "pub" => Field::Source,
        "agency" | "wire" => Field::Credit,
        "language" => Field::Language,
        "inurl" | "link" | "address" => Field::Url,
        "file" | "folder" | "filename" => Field::Path,
        "after" => return Some(FactName::Since.label()),
        "before" => return Some(FactName::Until.label()),
        "published" | "day" | "month" | "year" => return Some(FactName::Date.label()),
        _ => return labels().find(|label| distance(&name, label) <= most_edits(label)),
    };
    Some(field.label())
}

/// Of the shortest names nearly everything is two edits away.
fn most_edits(label: &str) -> usize {
    if label.len() < 6 { 1 } else { 2 }
}

/// Counts the insertions, deletions and replacements between two names; names longer than any field are far.
fn distance(name: &str, label: &str) -> usize {
    const LONGEST_NAME_CHARS: usize = 16;
    let label: Vec<char> = label.chars().collect();
    if name.chars().nth(LONGEST_NAME_CHARS).is_some() {
        return LONGEST_NAME_CHARS;
    }
    let mut row: Vec<usize> = (0..=label.len()).collect();
    for (line, typed) in name.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for column in 0..label.len() {
            let replaced = diagonal + usize::from(label[column] != typed);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[label.len()]
}
