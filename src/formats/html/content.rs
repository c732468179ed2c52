//! Markup of an article in; its paragraphs, headings, list items and quotes out, in order.

use ego_tree::NodeId;
use trafilatura::dom::Document;

use crate::document::{RawBlock, Role};
use crate::formats::html::guard;
use crate::formats::reader::{block, push_clean};

/// Returns the blocks of a piece of markup; none where it nests deeper than parsers can bear.
pub fn blocks(html: &str) -> Vec<RawBlock> {
    match guard::check(html) {
        Ok(()) => of_document(&Document::parse(html)),
        Err(_) => guard::text_lines(html).iter().filter_map(|line| block(line, Role::Text)).collect(),
    }
}

/// Returns the blocks of a parsed document's body.
pub fn of_document(document: &Document) -> Vec<RawBlock> {
    let root = document.body().unwrap_or_else(|| document.root());
    let mut blocks = Vec::new();
    visit(document, root, &mut |line, tag| {
        let role = if matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") { Role::Heading } else { Role::Text };
        blocks.push(RawBlock { text: line.to_owned(), role, place: None });
    });
    blocks
}

/// What is left to do at one point of the walk.
enum Step {
    Enter(NodeId),
    Leave,
}

/// Calls `line` for each line that a reader sees below a node, with the name of the nearest block element around it.
pub fn visit(document: &Document, root: NodeId, line: &mut dyn FnMut(&str, &str)) {
    let mut steps = vec![Step::Enter(root)];
    let mut text = String::new();
    let mut around: Vec<NodeId> = Vec::new();
    let flush = |text: &mut String, around: &[NodeId], line: &mut dyn FnMut(&str, &str)| {
        let trimmed = text.trim_end();
        if !trimmed.is_empty() {
            line(trimmed, around.last().map_or("", |id| document.tag_name(*id)));
        }
        text.clear();
    };
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave => {
                flush(&mut text, &around, line);
                around.pop();
            }
            Step::Enter(id) if document.is_text(id) => push_clean(&document.text_content(id), &mut text),
            Step::Enter(id) if document.is_element(id) || id == root => {
                let tag = document.tag_name(id);
                if is_hidden(document, id, tag) {
                    continue;
                }
                match tag {
                    "br" if !matches!(around.last().map(|id| document.tag_name(*id)), Some("p" | "td" | "li")) => {
                        flush(&mut text, &around, line)
                    }
                    "br" | "td" | "th" | "img" | "wbr" => push_clean(" ", &mut text),
                    _ => {}
                }
                if is_block(tag) {
                    flush(&mut text, &around, line);
                    around.push(id);
                    steps.push(Step::Leave);
                }
                steps.extend(document.child_nodes(id).into_iter().rev().map(Step::Enter));
            }
            Step::Enter(_) => {}
        }
    }
    flush(&mut text, &around, line);
}

/// Tells elements that no reader sees.
fn is_hidden(document: &Document, id: NodeId, tag: &str) -> bool {
    if matches!(
        tag,
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "head" | "select" | "textarea" | "iframe" | "object" | "canvas"
    ) {
        return true;
    }
    document.get_attribute(id, "hidden").is_some()
        || document.get_attribute(id, "style").is_some_and(|style| {
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
