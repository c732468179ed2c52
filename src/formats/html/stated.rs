//! What a page states about itself in; what of that its lines are compared with out: titles, summaries, the article's text.

use crate::formats::html::page::Page;

/// What a page states about its article.
#[derive(Debug, Default)]
pub struct Stated {
    /// Titles, folded.
    pub titles: Vec<String>,
    /// What the page says in short, folded.
    pub summaries: Vec<String>,
    /// The text of the article as a JSON-LD block holds it, "" if none does.
    pub text: String,
    /// The same, folded.
    pub body: String,
}

/// A page states its title in four ways at the most, and so its summary; some do each twice.
const STATED_MAX: usize = 8;

impl Stated {
    /// Gathers it from a page.
    pub fn of(page: &Page) -> Stated {
        let of = |names: &[&str]| -> Vec<String> {
            let values = page.metas.iter().filter(|(name, _)| names.contains(&name.as_str())).take(STATED_MAX);
            values.map(|(_, value)| folded(value)).filter(|value| !value.is_empty()).collect()
        };
        let mut titles = of(&["og:title", "twitter:title", "headline", "title", "dc.title"]);
        titles.extend(page.title.iter().map(|title| folded(title)).filter(|title| !title.is_empty()));
        let summaries = of(&["description", "og:description", "twitter:description", "dc.description"]);
        let text = article_text(&page.json_ld);
        Stated { titles, summaries, body: folded(&text), text }
    }
}

/// Returns the letters and figures of a text in lower case, nothing between them.
pub fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The field of a JSON-LD block that holds the article's text.
const ARTICLE_BODY: &str = "\"articleBody\"";

/// A block is about one article, or lists a few.
const BODIES_MAX: usize = 4;

/// Returns the longest text of an article in the JSON-LD blocks.
fn article_text(blocks: &[String]) -> String {
    let texts = blocks.iter().flat_map(|block| {
        block.match_indices(ARTICLE_BODY).take(BODIES_MAX).filter_map(|(at, _)| value(&block[at + ARTICLE_BODY.len()..]))
    });
    texts.max_by_key(String::len).unwrap_or_default()
}

/// Returns the string that stands after the name of a field.
fn value(after: &str) -> Option<String> {
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    // Line breaks inside of strings are common, though JSON has none.
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::Deserializer::from_str(&value).into_iter::<String>().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_is_taken() {
        let blocks = [r#"{"articleBody" : "A ferry."}"#, "{\"articleBody\":\"A \\u00e9cluse\nruns.\",\"x\":1", r#"{"articleBody":3}"#]
            .map(str::to_owned);
        assert_eq!(article_text(&blocks), "A écluse runs.");
        assert_eq!(folded("A écluse, runs 3."), "aécluseruns3");
    }
}
