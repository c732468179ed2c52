//! The lines of a page in; for each element around one, how much text, links and prose it holds, and what it says that it is.
//!
//! *Prose* is text that reads as a paragraph does: long, with few links, ended as a sentence.

use crate::formats::html::content::Line;
use crate::formats::html::dom::{Document, NodeId};
use crate::formats::html::signs::{self, Signs};

/// A shorter line may be a label or a headline; a judgement, as in the model of dumps.
const PROSE_BYTES_MIN: usize = 70;

/// A longer paragraph counts no more than this, so that one of them does not decide where the article is.
const PROSE_BYTES_MAX: usize = 600;

/// An element that holds more of the page's text than this is the page: what its class says is said of the whole.
const PAGE_SHARE: f32 = 0.9;

/// Siblings are compared over so many places on either side.
const SIBLINGS_MAX: usize = 20;

/// What stands in an element, all levels down.
#[derive(Debug, Clone, Copy, Default)]
pub struct Held {
    /// Lines.
    pub lines: u32,
    /// Bytes of text.
    pub bytes: u32,
    /// Bytes of text in links.
    pub link_bytes: u32,
    /// Bytes of prose, long paragraphs cut.
    pub prose_bytes: u32,
    /// What the element says that it holds.
    pub signs: Signs,
    /// How many siblings have the same name and class.
    pub alike: u32,
}

/// All elements around the lines of a page.
#[derive(Debug)]
pub struct Surroundings {
    held: Vec<Held>,
    /// All that the page holds.
    pub page: Held,
    /// The innermost element that holds half, three quarters and nine tenths of the prose.
    pub cores: [Option<NodeId>; 3],
}

/// Tells prose from labels, headlines and lists of links.
pub fn is_prose(line: &Line) -> bool {
    line.text.len() >= PROSE_BYTES_MIN
        && line.link_bytes * 3 < line.text.len()
        && line
            .text
            .trim_end_matches(['"', '”', '“', '»', '«', '\'', '’', ')', ']', ' '])
            .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।'])
}

impl Surroundings {
    /// Sums up a page.
    pub fn of(document: &Document, lines: &[Line]) -> Surroundings {
        let mut held = vec![Held::default(); document.len()];
        let mut page = Held::default();
        for line in lines {
            add(&mut page, line);
            for element in path(document, line.element) {
                add(&mut held[element.index()], line);
            }
        }
        let mut written = String::new();
        for element in document.ids().filter(|element| document.is_element(*element)) {
            let held = &mut held[element.index()];
            if held.lines > 0 {
                let signs = signs::of(document, element, &mut written);
                held.signs = if held.bytes as f32 > PAGE_SHARE * page.bytes as f32 { signs.without_words() } else { signs };
                held.alike = alike(document, element);
            }
        }
        let cores = [0.5, 0.75, 0.9].map(|share| core(document, lines, &held, share * page.prose_bytes as f32));
        Surroundings { held, page, cores }
    }

    /// Returns what an element holds.
    pub fn held(&self, element: NodeId) -> Held {
        self.held[element.index()]
    }
}

/// Returns an element and all that it stands in, outwards.
pub fn path(document: &Document, element: NodeId) -> impl Iterator<Item = NodeId> {
    std::iter::successors(Some(element), |inner| document.parent(*inner))
}

fn add(held: &mut Held, line: &Line) {
    let bytes = u32::try_from(line.text.len()).unwrap_or(u32::MAX);
    held.lines += 1;
    held.bytes = held.bytes.saturating_add(bytes);
    held.link_bytes = held.link_bytes.saturating_add(u32::try_from(line.link_bytes).unwrap_or(u32::MAX));
    if is_prose(line) {
        held.prose_bytes = held.prose_bytes.saturating_add(bytes.min(PROSE_BYTES_MAX as u32));
    }
}

/// Returns the innermost element that holds at least so much prose; of several, the first.
fn core(document: &Document, lines: &[Line], held: &[Held], prose_bytes: f32) -> Option<NodeId> {
    if prose_bytes <= 0.0 {
        return None;
    }
    let holds = |element: &NodeId| held[element.index()].prose_bytes as f32 >= prose_bytes;
    // More than half of the prose lies in one place only; of what holds just half, the first is as good as the other.
    lines
        .iter()
        .filter(|line| is_prose(line))
        .filter_map(|line| path(document, line.element).find(holds))
        .min_by_key(|element| held[element.index()].lines)
}

fn alike(document: &Document, element: NodeId) -> u32 {
    let (tag, class) = (document.tag_name(element), document.class_name(element));
    let is_alike = |other: &NodeId| document.tag_name(*other) == tag && document.class_name(*other) == class;
    let after = std::iter::successors(document.next_sibling(element), |other| document.next_sibling(*other)).take(SIBLINGS_MAX);
    let before = std::iter::successors(document.previous_sibling(element), |other| document.previous_sibling(*other)).take(SIBLINGS_MAX);
    u32::try_from(after.chain(before).filter(is_alike).count()).unwrap_or(u32::MAX)
}
