//! A heading of a page in; its text out, with what its markup says of it: that it is a title, that it leads home, which part of it is a kicker.

use crate::formats::html::content;
use crate::formats::html::dom::{Document, NodeId};
use crate::formats::reader::clean_line;

/// A heading of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// From 1, as in `<h1>`.
    pub level: u8,
    /// Its text, without a kicker or a subtitle that is marked as one.
    pub text: String,
    /// Tells that its class calls it the title of an article.
    pub is_marked: bool,
    /// Tells that it is a link to the site's first page: the outlet's name.
    pub leads_home: bool,
}

/// Reads a heading; `None` for one without text.
pub fn read(document: &Document, id: NodeId, tag: &str) -> Option<Heading> {
    let level = tag.strip_prefix('h')?.parse().ok()?;
    let whole = visible(document, id);
    let class = document.class_name(id).to_ascii_lowercase();
    let is_kicker = level > 1 && KICKERS.iter().any(|sign| class.contains(sign));
    if whole.is_empty() || is_kicker {
        return None;
    }
    let text = main_part(document, id).unwrap_or(whole);
    Some(Heading { level, text, is_marked: class.split_whitespace().any(is_title_class), leads_home: leads_home(document, id) })
}

/// What classes call a line above the title; a heading of its own on some pages.
const KICKERS: [&str; 9] =
    ["kicker", "overline", "dachzeile", "roofline", "pretitle", "pre-title", "pre-headline", "eyebrow", "spitzmarke"];

/// Lines of a heading with its kicker and subtitle; more are a whole box.
const LINES_MAX: usize = 16;

/// Returns the text that a reader sees, as one line.
fn visible(document: &Document, id: NodeId) -> String {
    if document.is_text(id) {
        return clean_line(document.text(id));
    }
    let lines = content::first_lines(document, id, LINES_MAX);
    lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join(" ")
}

/// Tells a class that the title of an article has: `entry-title`, `article__headline`.
fn is_title_class(class: &str) -> bool {
    const THINGS: [&str; 8] = ["entry", "post", "article", "page", "story", "blog", "news", "content"];
    let plain: String = class.chars().filter(char::is_ascii_alphanumeric).collect();
    matches!(plain.as_str(), "headline" | "title")
        || THINGS.iter().any(|thing| plain.contains(thing) && (plain.ends_with("title") || plain.ends_with("headline")))
}

/// Returns the part of a heading that is the title, where its elements say which is: `<span>Ferries</span><span class="headline">…</span>`.
fn main_part(document: &Document, id: NodeId) -> Option<String> {
    /// Headings are wrapped in links and spans; deeper ones are whole boxes.
    const WRAPPERS_MAX: usize = 4;
    let mut inner = id;
    let mut pieces = pieces(document, inner);
    for _ in 0..WRAPPERS_MAX {
        let [Piece { element: Some(only), .. }] = pieces.as_slice() else { break };
        inner = *only;
        pieces = self::pieces(document, inner);
    }
    if pieces.len() < 2 {
        return None;
    }
    let kind = |piece: &Piece| piece.element.map(|id| kind_of(document, id)).unwrap_or(Kind::Unsaid);
    let titles: Vec<&Piece> = pieces.iter().filter(|piece| kind(piece) == Kind::Title).collect();
    let rest: Vec<&Piece> = pieces.iter().filter(|piece| kind(piece) != Kind::Beside).collect();
    match (titles.as_slice(), rest.as_slice()) {
        // What ends in a colon goes on.
        ([title], _) if !title.text.ends_with(':') => Some(title.text.clone()),
        (_, rest) if !rest.is_empty() && rest.len() < pieces.len() => {
            Some(rest.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" "))
        }
        _ => None,
    }
}

struct Piece {
    element: Option<NodeId>,
    text: String,
}

fn pieces(document: &Document, id: NodeId) -> Vec<Piece> {
    document
        .child_nodes(id)
        .filter_map(|node| {
            let text = visible(document, node);
            let is_shown = document.is_text(node) || document.is_element(node);
            (is_shown && text.chars().any(char::is_alphanumeric))
                .then(|| Piece { element: document.is_element(node).then_some(node), text })
        })
        .collect()
}

/// What the class of a part of a heading says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    /// A kicker, a label, a date or a subtitle.
    Beside,
    Unsaid,
}

fn kind_of(document: &Document, id: NodeId) -> Kind {
    #[rustfmt::skip]
    const BESIDE: [&str; 27] = [
        "kicker", "overline", "topline", "dachzeile", "roofline", "subtitle", "subline", "subhead", "preline", "pretitle", "label", "category", "rubrik", "eyebrow",
        "overhead", "supertitle", "date", "badge", "spitzmarke", "ortsmarke", "topic", "breadcrumb", "intro", "hidden", "toptitle", "titleheader", "sub-heading",
    ];
    let class = document.class_name(id).to_ascii_lowercase();
    if BESIDE.iter().any(|sign| class.contains(sign)) || document.tag_name(id) == "small" {
        Kind::Beside
    } else if class.contains("headline") || class.contains("title") {
        Kind::Title
    } else {
        Kind::Unsaid
    }
}

fn leads_home(document: &Document, id: NodeId) -> bool {
    document.children(id).into_iter().take(2).any(|child| {
        let href = document.get_attribute(child, "href").unwrap_or_default();
        let path = href.split_once("://").map_or(href.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let is_root = path.trim_matches('/').is_empty() || matches!(path.trim_start_matches('/'), "index.html" | "index.php" | "index.htm");
        document.tag_name(child) == "a" && !href.is_empty() && !href.starts_with('#') && is_root
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, text: &str, signs: &[&str]) {
        let document = Document::parse(html).unwrap();
        let id = document.children(document.body().unwrap())[0];
        let heading = read(&document, id, "h1").unwrap();
        let found: Vec<&str> =
            [("marked", heading.is_marked), ("home", heading.leads_home)].into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect();
        assert_eq!((heading.text.as_str(), found.as_slice()), (text, signs), "{html}");
    }

    #[test]
    fn kickers_are_told_from_titles() {
        check("<h1>Ferry runs again</h1>", "Ferry runs again", &[]);
        check("<h1 class='entry-title'>Ferry <em>runs</em></h1>", "Ferry runs", &["marked"]);
        check("<h1><span class='kicker'>Harbour</span> <span>Ferry runs</span></h1>", "Ferry runs", &[]);
        check("<h1><a><span>Harbour</span><span class='headline'>Ferry runs</span></a></h1>", "Ferry runs", &[]);
        check("<h1><b class='title'>Harbour:</b> <i>Ferry runs</i></h1>", "Harbour: Ferry runs", &[]);
        check("<h1 class='entry-title'><span class='entry-title__toptitle'>Harbour</span> Ferry runs</h1>", "Ferry runs", &["marked"]);
        let document = Document::parse("<h3 class='title pre-title'>Harbour</h3>").unwrap();
        assert_eq!(read(&document, document.children(document.body().unwrap())[0], "h3"), None);
        check("<h1>Ferry <b>runs</b> again<style>b{}</style></h1>", "Ferry runs again", &[]);
        check("<h1><a href='/'>Harbour Post</a></h1>", "Harbour Post", &["home"]);
        check("<h1><a href='https://gazette.example/'>Harbour Post</a></h1>", "Harbour Post", &["home"]);
        check("<h1><a href='https://gazette.example/ferry'>Ferry</a></h1>", "Ferry", &[]);
    }
}
