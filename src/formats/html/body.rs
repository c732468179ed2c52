//! A parsed page in; the blocks of its article out.
//!
//! The article is found by one library and, where that finds nothing, by another. Both are ports of long-lived tools, work by
//! rules on the tree of the page, and know nothing of the other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, Options};

use crate::document::RawBlock;
use crate::formats::html::content;

/// An article of fewer bytes may be only a part of one: the other library is asked too.
const ARTICLE_BYTES_MIN: usize = 700;

/// What the other library finds is taken where it is so many times as long.
const TIMES_LONGER: usize = 2;

/// Returns the blocks of a page's article; none if it has no article.
///
/// # Errors
///
/// The cause, if a library gave up on the page in a way that it should not. The page's text is not lost: the other library, and
/// the lines of the page, remain.
pub fn find(document: Document, html: &str) -> Result<Vec<RawBlock>, String> {
    let options = Options::default().with_focus(ExtractionFocus::FavorPrecision).with_fallback(true).with_exclude_comments(true);
    // The libraries unwrap in many places, and not all could be proved safe; a page that breaks one must not end the program.
    // They keep no state between pages, so nothing half-done is seen afterwards.
    let first = catch_unwind(AssertUnwindSafe(|| trafilatura::extract_document(document, &options)));
    let found = match &first {
        Ok(Ok(result)) => content::blocks(&result.content_html),
        _ => Vec::new(),
    };
    if length(&found) >= ARTICLE_BYTES_MIN {
        return Ok(found);
    }
    let second = catch_unwind(AssertUnwindSafe(|| {
        let article = dom_smoothie::Readability::new(html, None, None).ok()?.parse().ok()?;
        Some(content::blocks(&article.content))
    }));
    match (first, second) {
        (Err(_), Err(_)) => Err("the search for the article failed".to_owned()),
        (_, Ok(Some(other))) if length(&other) > TIMES_LONGER * length(&found) => Ok(other),
        _ => Ok(found),
    }
}

fn length(blocks: &[RawBlock]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}
