//! The steps of reading a page, in order.

use std::collections::HashSet;

use trafilatura::dom::Document;

use crate::document::{FieldName, Layout, Origin, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::html::{body, guard, metadata, page, save_comment};
use crate::formats::reader::{Sink, block};
use crate::text::words;

/// A charset is declared in the first kilobyte, as the HTML standard asks; some pages need a little more.
const CHARSET_BYTES: usize = 4096;

/// Why the lines of a page that are not in its article were taken out.
const OUTSIDE: &str = "outside the article";

/// A shorter line that is no paragraph of the article is furniture, though its words may stand in the article: "Share", "World".
const SEARCHED_BYTES_MIN: usize = 40;

/// Returns the charset that a page declares in its head.
pub fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(CHARSET_BYTES)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|at| at + "charset=".len()).or_else(|| head.find("encoding=").map(|at| at + "encoding=".len()))?;
    let rest = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// Reads a page. One that no parser can bear gives a warning and its text as a dump.
pub fn read(path: &str, html: &str, sink: &mut Sink<'_>) {
    let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: None };
    if let Err(cause) = guard::check(html) {
        sink(Err(Warning::new(path, cause).with_hint("its text is read without its structure")));
        let blocks = guard::text_lines(html).iter().filter_map(|line| block(line, Role::Text)).collect();
        return sink(Ok(RawDocument { origin, fields: Vec::new(), blocks, layout: Layout::Dump }));
    }
    let html = &*save_comment::without_toolbar(html);
    let document = Document::parse(html);
    let page = page::survey(&document);
    let mut fields = metadata::fields(&page);
    save_comment::add_fields(html, &page.metas, &mut fields);
    match body::find(document, html) {
        Ok(found) if !found.is_empty() => {
            let blocks = with_furniture(without_headline(found, &fields), &page.lines);
            sink(Ok(RawDocument { origin, fields, blocks, layout: Layout::Page }));
        }
        outcome => {
            if let Err(cause) = outcome {
                sink(Err(Warning::new(path, cause).with_hint("its text is read without its structure")));
            }
            let blocks = page.lines.iter().filter_map(|line| block(line, Role::Text)).collect();
            sink(Ok(RawDocument { origin, fields, blocks, layout: Layout::Dump }));
        }
    }
}

/// Leaves out the headline where it opens the article: it has its own field.
fn without_headline(mut blocks: Vec<RawBlock>, fields: &[RawField]) -> Vec<RawBlock> {
    let is_headline = |block: &RawBlock| {
        let key = folded(&block.text);
        fields.iter().any(|field| field.name == FieldName::Headline && folded(&field.value) == key)
    };
    if blocks.len() > 1 && blocks.first().is_some_and(is_headline) {
        blocks.remove(0);
    }
    blocks
}

fn folded(text: &str) -> String {
    words(text).map(|(_, word)| word.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Puts the lines of the page that are not in its article around it, in the order of the page.
fn with_furniture(article: Vec<RawBlock>, lines: &[String]) -> Vec<RawBlock> {
    let text: String = article.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ");
    let own: HashSet<&str> = article.iter().map(|block| block.text.as_str()).collect();
    let is_own = |line: &str| own.contains(line) || (line.len() >= SEARCHED_BYTES_MIN && text.contains(line));
    let opening = article.iter().find(|block| block.text.len() >= SEARCHED_BYTES_MIN).map_or("", |block| block.text.as_str());
    let start =
        lines.iter().position(|line| line.len() >= SEARCHED_BYTES_MIN && (opening.starts_with(line.as_str()) || line.contains(opening)));
    let (above, below) = lines.split_at(start.unwrap_or(0));
    let outside = |lines: &[String]| -> Vec<RawBlock> {
        lines.iter().filter(|line| !is_own(line)).filter_map(|line| block(line, Role::Furniture(OUTSIDE))).collect()
    };
    let (above, below) = (outside(above), outside(below));
    above.into_iter().chain(article.iter().cloned()).chain(below).collect()
}
