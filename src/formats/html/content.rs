//! Markup of an article in; its paragraphs, headings, list items and quotes out, in order.

use crate::document::{RawBlock, Role};
use crate::formats::html::dom::{Document, NodeId};
use crate::formats::html::guard;
use crate::formats::reader::{block, push_clean};

/// Returns the blocks of a piece of markup; none where it nests deeper than parsers can bear.
pub fn blocks(html: &str) -> Vec<RawBlock> {
    match guard::check(html).and_then(|()| Document::parse(html)) {
        Ok(document) => lines(&document, document.body().unwrap_or_else(|| document.root())).into_iter().map(Line::into_block).collect(),
        Err(_) => guard::text_lines(html).iter().filter_map(|line| block(line, Role::Text)).collect(),
    }
}

/// A line that a reader sees: a paragraph, a heading, a row of a table, a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text with single blanks, trimmed, never empty.
    pub text: String,
    /// The nearest block element around it.
    pub element: NodeId,
    /// Tells a heading from a paragraph.
    pub is_heading: bool,
    /// How many bytes of the text stand in links.
    pub link_bytes: usize,
    /// How many bytes of the text stand in bold or in italics.
    pub strong_bytes: usize,
    /// How many pictures stand between the line before and the end of this one.
    pub images: usize,
}

impl Line {
    /// Returns the line as a block of the article.
    pub fn into_block(self) -> RawBlock {
        RawBlock { text: self.text, role: if self.is_heading { Role::Heading } else { Role::Text }, place: None }
    }
}

/// Returns the lines that a reader sees below a node, in order.
pub fn lines(document: &Document, root: NodeId) -> Vec<Line> {
    first_lines(document, root, usize::MAX)
}

/// Returns the first lines that a reader sees below a node, no more than so many.
pub fn first_lines(document: &Document, root: NodeId, lines_max: usize) -> Vec<Line> {
    let mut walk = Walk { document, around: vec![root], text: String::new(), inside: Inside::default(), lines: Vec::new() };
    let mut at = root;
    let mut goes_down = walk.enter(root);
    while walk.lines.len() < lines_max {
        let down = if goes_down { document.first_child(at) } else { None };
        if let Some(child) = down {
            at = child;
            goes_down = walk.enter(at);
            continue;
        }
        walk.leave(at, goes_down);
        while at != root && document.next_sibling(at).is_none() {
            let Some(parent) = document.parent(at) else { break };
            at = parent;
            walk.leave(at, true);
        }
        match document.next_sibling(at) {
            Some(next) if at != root => {
                at = next;
                goes_down = walk.enter(at);
            }
            _ => break,
        }
    }
    walk.flush();
    walk.lines.truncate(lines_max);
    walk.lines
}

/// How many links and emphases are open, and how much text stood in them since the line began.
#[derive(Default)]
struct Inside {
    links: usize,
    strongs: usize,
    link_bytes: usize,
    strong_bytes: usize,
    images: usize,
}

struct Walk<'d> {
    document: &'d Document,
    around: Vec<NodeId>,
    text: String,
    inside: Inside,
    lines: Vec<Line>,
}

impl Walk<'_> {
    /// Takes what stands at a node, and tells whether its children are seen.
    fn enter(&mut self, id: NodeId) -> bool {
        let tag = self.document.tag_name(id);
        if tag.is_empty() {
            self.push(self.document.text(id));
            return true;
        }
        if is_hidden(self.document, id, tag) {
            return false;
        }
        match tag {
            "br" if !matches!(self.around.last().map(|id| self.document.tag_name(*id)), Some("p" | "td" | "li")) => self.flush(),
            "img" => {
                self.inside.images += 1;
                self.push(" ");
            }
            "br" | "td" | "th" | "wbr" => self.push(" "),
            "a" => self.inside.links += 1,
            "b" | "strong" | "em" | "i" => self.inside.strongs += 1,
            _ if is_block(tag) => {
                self.flush();
                self.around.push(id);
            }
            _ => {}
        }
        true
    }

    fn leave(&mut self, id: NodeId, was_seen: bool) {
        let tag = self.document.tag_name(id);
        match tag {
            _ if !was_seen => {}
            "a" => self.inside.links -= 1,
            "b" | "strong" | "em" | "i" => self.inside.strongs -= 1,
            _ if is_block(tag) => {
                self.flush();
                self.around.pop();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let before = self.text.len();
        push_clean(text, &mut self.text);
        let added = self.text.len() - before;
        self.inside.link_bytes += if self.inside.links > 0 { added } else { 0 };
        self.inside.strong_bytes += if self.inside.strongs > 0 { added } else { 0 };
    }

    fn flush(&mut self) {
        let trimmed = self.text.trim_end();
        if let (false, Some(element)) = (trimmed.is_empty(), self.around.last()) {
            let is_heading = matches!(self.document.tag_name(*element), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
            let Inside { link_bytes, strong_bytes, images, .. } = self.inside;
            let text = trimmed.to_owned();
            let (link_bytes, strong_bytes) = (link_bytes.min(text.len()), strong_bytes.min(text.len()));
            self.lines.push(Line { text, element: *element, is_heading, link_bytes, strong_bytes, images });
            self.inside.images = 0;
        }
        self.text.clear();
        (self.inside.link_bytes, self.inside.strong_bytes) = (0, 0);
    }
}

/// Tells elements that no reader sees.
fn is_hidden(document: &Document, id: NodeId, tag: &str) -> bool {
    if matches!(
        tag,
        "script" | "style" | "noscript" | "svg" | "math" | "head" | "select" | "textarea" | "iframe" | "object" | "canvas" | "rt" | "rp"
    ) {
        return true;
    }
    // What a template holds is shown only where it is the inside of an element, as saving programs write it.
    (tag == "template" && document.attribute(id, "shadowrootmode").is_none())
        || document.attribute(id, "hidden").is_some()
        || document.attribute(id, "style").is_some_and(|style| {
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("display: none")
        })
}

/// Tells elements that start a line of their own.
pub fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(&str, Role)]) {
        let found = blocks(html);
        assert_eq!(found.iter().map(|block| (block.text.as_str(), block.role)).collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn markup_becomes_blocks() {
        let (text, heading) = (Role::Text, Role::Heading);
        check(
            "<p>The <b>ferry</b>\n runs.</p><h2>Fares</h2><p>Four<br>pounds</p>",
            &[("The ferry runs.", text), ("Fares", heading), ("Four pounds", text)],
        );
        check("<ul><li>A rope</li><li><p>A bell</p> and more</li></ul>", &[("A rope", text), ("A bell", text), ("and more", text)]);
        check("loose<div>in a div<br>second line</div>tail", &[("loose", text), ("in a div", text), ("second line", text), ("tail", text)]);
        check("<table><tr><td>Ship</td><td>Tons</td></tr></table>", &[("Ship Tons", text)]);
        check("<p hidden>a</p><script>b</script><p style='display:none'>c</p>", &[]);
        check("", &[]);
    }
}
