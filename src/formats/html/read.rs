//! The steps of reading a page, in order.

use crate::document::{FieldName, Layout, Origin, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::html::content::Line;
use crate::formats::html::dom::Document;
use crate::formats::html::stated::{Stated, folded};
use crate::formats::html::{body, content, guard, metadata, page, save_comment};
use crate::formats::paragraphs;
use crate::formats::reader::{Sink, block};

/// A charset is declared in the first kilobyte, as the HTML standard asks; some pages need a little more.
const CHARSET_BYTES: usize = 4096;

/// Why the lines of a page that are not in its article were taken out.
const OUTSIDE: &str = "outside the article";

/// Why the headline was taken out of the text.
const HEADLINE: &str = "headline";

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
    let html = &*save_comment::without_toolbar(html);
    let document = match guard::check(html).and_then(|()| Document::parse(html)) {
        Ok(document) => document,
        Err(cause) => {
            sink(Err(Warning::new(path, cause).with_hint("its text is read without its structure")));
            let blocks = guard::text_lines(html).iter().filter_map(|line| block(line, Role::Text)).collect();
            return sink(Ok(RawDocument { origin, fields: Vec::new(), blocks, layout: Layout::Dump }));
        }
    };
    let page = page::survey(&document);
    let mut fields = metadata::fields(&page);
    save_comment::add_fields(html, &page.metas, &mut fields);
    let lines = content::lines(&document, document.body().unwrap_or_else(|| document.root()));
    let stated = Stated::of(&page);
    let text = stated.text.as_str();
    let is_own = body::find(&document, &lines, &stated);
    let own_bytes: usize = lines.iter().zip(&is_own).filter(|(_, is_own)| **is_own).map(|(line, _)| line.text.len()).sum();
    let (blocks, layout) = if text.len() >= STATED_BYTES_MIN && text.len() > TIMES_LONGER * own_bytes {
        let furniture = marked(lines, &vec![false; is_own.len()]);
        (furniture.into_iter().chain(paragraphs::of_text(text)).collect(), Layout::Page)
    } else if own_bytes > 0 {
        (without_headline(marked(lines, &is_own), &fields), Layout::Page)
    } else {
        (lines.into_iter().map(Line::into_block).collect(), Layout::Dump)
    };
    sink(Ok(RawDocument { origin, fields, blocks, layout }));
}

/// A shorter text in a JSON-LD block is a summary.
const STATED_BYTES_MIN: usize = 400;

/// The text of a JSON-LD block is taken where it is so many times as long as what the page shows: a script would show the rest.
const TIMES_LONGER: usize = 2;

/// Marks the lines that are not in the article, in the order of the page.
fn marked(lines: Vec<Line>, is_own: &[bool]) -> Vec<RawBlock> {
    let block = |(line, is_own): (Line, &bool)| {
        let block = line.into_block();
        if *is_own { block } else { RawBlock { role: Role::Furniture(OUTSIDE), ..block } }
    };
    lines.into_iter().zip(is_own).map(block).collect()
}

/// Takes the headline out of the article where it opens it: it has its own field.
fn without_headline(mut blocks: Vec<RawBlock>, fields: &[RawField]) -> Vec<RawBlock> {
    let is_headline = |block: &RawBlock| {
        let key = folded(&block.text);
        fields.iter().any(|field| field.name == FieldName::Headline && folded(&field.value) == key)
    };
    let is_own = |block: &RawBlock| !matches!(block.role, Role::Furniture(_));
    let opens = blocks.iter().position(is_own).filter(|first| is_headline(&blocks[*first]));
    if let Some(first) = opens.filter(|first| blocks[first + 1..].iter().any(is_own)) {
        blocks[first].role = Role::Furniture(HEADLINE);
    }
    blocks
}
