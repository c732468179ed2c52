//! The properties of an office document, a book or a PDF in; what of them says something about the article out.
//!
//! Such properties are set by programs more often than by people: a title may be the name of the file or of a template, an
//! author the name of an account.

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::fields::push;
use crate::formats::reader::clean_line;

/// Endings of files that programs leave in titles.
const FILE_ENDINGS: [&str; 17] = [
    ".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".txt", ".pdf", ".indd", ".qxd", ".qxp", ".html", ".htm", ".xhtml", ".tex",
    ".md",
];

/// Titles that programs write where nobody gave one, in lower case; figures at their end do not count.
const PLACEHOLDERS: [&str; 18] = [
    "untitled",
    "untitled document",
    "unbenannt",
    "unbenanntes dokument",
    "document",
    "dokument",
    "documento",
    "documento sin título",
    "sin título",
    "sans titre",
    "senza titolo",
    "title",
    "titel",
    "template",
    "vorlage",
    "word document",
    "powerpoint presentation",
    "about:blank",
];

/// Authors that are accounts or programs, in lower case.
const ACCOUNTS: [&str; 19] = [
    "user",
    "users",
    "admin",
    "administrator",
    "owner",
    "author",
    "autor",
    "default",
    "guest",
    "pc",
    "root",
    "test",
    "unknown author",
    "microsoft office user",
    "microsoft",
    "python-docx",
    "calibre",
    "libreoffice",
    "anonymous",
];

/// Adds the title as the headline and the author as the byline, where they are what they say they are.
pub fn add(title: Option<&str>, author: Option<&str>, file: &str, fields: &mut Vec<RawField>) {
    if let Some(title) = title.and_then(|title| headline(title, file)) {
        push(FieldName::Headline, &title, Provenance::DocumentProperties, fields);
    }
    for author in author.unwrap_or_default().split(';').filter(|author| !is_account(author)) {
        push(FieldName::Byline, author, Provenance::DocumentProperties, fields);
    }
}

/// Returns a title without the mark of the program that set it; `None` if it is a placeholder or the name of a file.
pub fn headline(title: &str, file: &str) -> Option<String> {
    let title = clean_line(title);
    let title = title.strip_prefix("Microsoft Word - ").or_else(|| title.strip_prefix("Microsoft PowerPoint - ")).unwrap_or(&title);
    let lower = title.to_lowercase();
    let name = file.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')' | '-' | '_'));
    let is_file = lower == stem || lower == name || FILE_ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let is_address = lower.contains("://") || lower.starts_with("www.");
    // `layout_final_3` is a name that somebody gave a file; a headline of one word has letters alone.
    let is_mark = !lower.contains(' ') && !lower.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '!' | '?' | '’' | '\''));
    let is_named = !plain.is_empty() && !PLACEHOLDERS.contains(&plain) && !is_file && !is_address && !is_mark;
    is_named.then(|| title.to_owned())
}

fn is_account(author: &str) -> bool {
    let lower = author.trim().to_lowercase();
    ACCOUNTS.contains(&lower.as_str()) || lower.contains('@') || lower.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_placeholders() {
        for (title, expected) in [
            ("Ferry runs again", Some("Ferry runs again")),
            ("Microsoft Word - Ferry runs again", Some("Ferry runs again")),
            ("Standstill", Some("Standstill")),
            ("Microsoft Word - ferry.doc", None),
            ("ferry-article", None),
            ("layout_final_3", None),
            ("Document1", None),
            ("Untitled (2)", None),
            ("https://gazette.example/ferry", None),
            ("  ", None),
        ] {
            assert_eq!(headline(title, "a/Ferry-Article.docx").as_deref(), expected, "{title}");
        }
    }

    #[test]
    fn authors_are_told_from_accounts() {
        let mut fields = Vec::new();
        add(None, Some("Ida Holm; admin;Jan Berg; ida@gazette.example"), "a.docx", &mut fields);
        assert_eq!(fields.iter().map(|field| field.value.as_str()).collect::<Vec<_>>(), ["Ida Holm", "Jan Berg"]);
    }
}
