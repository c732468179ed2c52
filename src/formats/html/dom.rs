//! The source of a page in; its tree out: the only door to the parser.
//!
//! The tree lies in one run of memory, its nodes tied by numbers, so that nothing in it is walked by recursion. Comments,
//! long attributes and whatever else no reader of a page sees are not kept. A tag's name is in lower case, and the contents of a
//! `<template>` are its children.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};

/// A page that needs more nodes repeats open elements without end, as a browser would. The largest of 1,990 pages measured has 27,754.
const NODES_MAX: usize = 400_000;

/// The parser is given so much at a time, and what it made of it is counted: no piece can make more than 20 times [`NODES_MAX`].
const PIECE_BYTES: usize = 8192;

/// Longer attributes are pictures and programs, but for the address of a page and the text of a `<meta>`.
const ATTRIBUTE_BYTES_MAX: usize = 4096;

/// A node of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// No node.
const NONE: NodeId = NodeId(u32::MAX);

/// A parsed page.
#[derive(Debug)]
pub struct Document {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Root,
    Element { name: QualName, attributes: Vec<Attribute> },
    Text(StrTendril),
    Other,
}

impl NodeId {
    /// Returns the place of the node among all, from 0: a number to index tables with.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    fn some(self) -> Option<NodeId> {
        (self != NONE).then_some(self)
    }
}

impl Document {
    /// Parses a page.
    ///
    /// # Errors
    ///
    /// The cause, if the page makes far more elements than it writes.
    pub fn parse(html: &str) -> Result<Document, String> {
        let sink = Sink { document: RefCell::new(Document { nodes: Vec::with_capacity(html.len() / 40 + 16) }) };
        sink.create(Kind::Root);
        let mut parser = parse_document(sink, ParseOpts::default());
        let whole = StrTendril::from(html);
        let mut start = 0;
        while start < html.len() {
            let end = html.floor_char_boundary(start + PIECE_BYTES);
            parser.process(whole.subtendril(start as u32, (end - start) as u32));
            start = end;
            if parser.tokenizer.sink.sink.document.borrow().nodes.len() > NODES_MAX {
                return Err(format!("more than {NODES_MAX} elements once those left open are repeated"));
            }
        }
        Ok(parser.finish())
    }

    /// Returns the node above all others, which is no element.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Returns the `<body>`.
    pub fn body(&self) -> Option<NodeId> {
        let html = self.find_child(self.root(), "html")?;
        self.find_child(html, "body")
    }

    fn find_child(&self, id: NodeId, tag: &str) -> Option<NodeId> {
        self.child_nodes(id).find(|child| self.tag_name(*child) == tag)
    }

    /// Returns all nodes, in the order in which they were made.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// Returns how many nodes there are; each node's index is below. A document has one at least.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Tells whether a node is a run of text.
    pub fn is_text(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, Kind::Text(_))
    }

    /// Tells whether a node is an element.
    pub fn is_element(&self, id: NodeId) -> bool {
        matches!(self.node(id).kind, Kind::Element { .. })
    }

    /// Returns the name of an element, and "" for other nodes.
    pub fn tag_name(&self, id: NodeId) -> &str {
        match &self.node(id).kind {
            Kind::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// Returns the text of a run of text, and "" for other nodes.
    pub fn text(&self, id: NodeId) -> &str {
        match &self.node(id).kind {
            Kind::Text(text) => text,
            _ => "",
        }
    }

    /// Returns all text in a node, seen or not.
    pub fn text_content(&self, id: NodeId) -> String {
        self.text_start(id, usize::MAX)
    }

    /// Returns the text in a node up to the piece with which it has so many bytes.
    pub fn text_start(&self, id: NodeId, bytes: usize) -> String {
        let mut text = self.text(id).to_owned();
        let mut at = self.node(id).first;
        while let Some(inner) = at.some().filter(|_| text.len() < bytes) {
            text.push_str(self.text(inner));
            at = self.after(inner, id, self.node(inner).first);
        }
        text
    }

    /// Returns the node that follows another in a walk below `top`: `child` if there is one, else what follows the node itself.
    fn after(&self, id: NodeId, top: NodeId, child: NodeId) -> NodeId {
        let mut at = id;
        let mut found = child;
        while found == NONE && at != top && at != NONE {
            found = self.node(at).next;
            at = self.node(at).parent;
            if found == NONE && at == top {
                return NONE;
            }
        }
        found
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match &self.node(id).kind {
            Kind::Element { attributes, .. } => {
                attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
            }
            _ => None,
        }
    }

    /// Returns the value of an attribute as a text of its own.
    pub fn get_attribute(&self, id: NodeId, name: &str) -> Option<String> {
        self.attribute(id, name).map(str::to_owned)
    }

    /// Returns the `class` of an element, "" if it has none.
    pub fn class_name(&self, id: NodeId) -> &str {
        self.attribute(id, "class").unwrap_or_default()
    }

    /// Returns the `id` of an element, "" if it has none.
    pub fn id_attr(&self, id: NodeId) -> &str {
        self.attribute(id, "id").unwrap_or_default()
    }

    /// Returns the node that a node stands in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent.some()
    }

    /// Returns the first node inside of a node.
    pub fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first.some()
    }

    /// Returns the node that follows a node inside of the same one.
    pub fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).next.some()
    }

    /// Returns the node that a node follows inside of the same one.
    pub fn previous_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).previous.some()
    }

    /// Returns the elements inside of a node, in order.
    pub fn children(&self, id: NodeId) -> Vec<NodeId> {
        self.child_nodes(id).filter(|child| self.is_element(*child)).collect()
    }

    /// Returns all nodes inside of a node, in order.
    pub fn child_nodes(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.first_child(id), |child| self.next_sibling(*child))
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.index()]
    }

    fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = *self.node(id);
        match previous.some() {
            Some(previous) => self.node_mut(previous).next = next,
            None if parent != NONE => self.node_mut(parent).first = next,
            None => {}
        }
        match next.some() {
            Some(next) => self.node_mut(next).previous = previous,
            None if parent != NONE => self.node_mut(parent).last = previous,
            None => {}
        }
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a node into another: before the one given, else at the end.
    fn insert(&mut self, id: NodeId, parent: NodeId, before: Option<NodeId>) {
        self.detach(id);
        let previous = before.map_or(self.node(parent).last, |before| self.node(before).previous);
        let node = self.node_mut(id);
        (node.parent, node.previous, node.next) = (parent, previous, before.unwrap_or(NONE));
        match previous.some() {
            Some(previous) => self.node_mut(previous).next = id,
            None => self.node_mut(parent).first = id,
        }
        match before {
            Some(before) => self.node_mut(before).previous = id,
            None => self.node_mut(parent).last = id,
        }
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).expect("the number of nodes is bounded"));
        self.nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, kind });
        id
    }

    fn add(&mut self, parent: NodeId, before: Option<NodeId>, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) => self.insert(child, parent, before),
            NodeOrText::AppendText(text) => {
                let previous = before.map_or(self.node(parent).last, |before| self.node(before).previous);
                if let Some(Kind::Text(known)) = previous.some().map(|previous| &mut self.nodes[previous.index()].kind) {
                    known.push_tendril(&text);
                } else {
                    let child = self.push(Kind::Text(text));
                    self.insert(child, parent, before);
                }
            }
        }
    }
}

/// Keeps what the tree needs of an element's attributes.
fn kept(name: &QualName, attributes: Vec<Attribute>) -> Vec<Attribute> {
    let is_meta = name.local == local_name!("meta");
    let mut attributes = attributes;
    attributes
        .retain(|attribute| attribute.value.len() <= ATTRIBUTE_BYTES_MAX || (is_meta && attribute.value.len() <= 16 * ATTRIBUTE_BYTES_MAX));
    attributes
}

struct Sink {
    document: RefCell<Document>,
}

impl Sink {
    fn create(&self, kind: Kind) -> NodeId {
        self.document.borrow_mut().push(kind)
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId(0)
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.document.borrow(), |document| match &document.node(*target).kind {
            Kind::Element { name, .. } => name,
            _ => &NO_NAME,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        let attributes = kept(&name, attributes);
        self.create(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.create(Kind::Other)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.create(Kind::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.document.borrow_mut().add(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        if self.document.borrow().parent(*element).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut document = self.document.borrow_mut();
        if let NodeOrText::AppendNode(child) = &child {
            document.detach(*child);
        }
        if let Some(parent) = document.parent(*sibling) {
            document.add(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let Kind::Element { attributes: known, name } = &mut self.document.borrow_mut().node_mut(*target).kind {
            for attribute in kept(name, attributes) {
                if !known.iter().any(|known| known.name == attribute.name) {
                    known.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        let mut document = self.document.borrow_mut();
        while let Some(child) = document.first_child(*node) {
            document.insert(child, *parent, None);
        }
    }

    fn allow_declarative_shadow_roots(&self, _parent: &NodeId) -> bool {
        false
    }
}

/// The name of what has none; the parser asks for the names of elements only.
static NO_NAME: QualName = QualName { prefix: None, ns: ns!(), local: local_name!("") };

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the tree with its tags, without attributes.
    fn outline(document: &Document, id: NodeId) -> String {
        let mut written = document.text(id).to_owned();
        for child in document.child_nodes(id) {
            let (tag, inner) = (document.tag_name(child), outline(document, child));
            written.push_str(&if tag.is_empty() { inner } else { format!("<{tag}>{inner}</{tag}>") });
        }
        written
    }

    fn check(html: &str, expected: &str) {
        let document = Document::parse(html).unwrap();
        assert_eq!(outline(&document, document.body().unwrap()), expected, "{html}");
    }

    #[test]
    fn tag_soup_becomes_a_tree() {
        check("<p>One<p>Two", "<p>One</p><p>Two</p>");
        check("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>");
        check("<table>lost<tr><td>cell</table>", "lost<table><tbody><tr><td>cell</td></tr></tbody></table>");
        check("<div><template shadowrootmode=open><p>in</p></template>out</div>", "<div><template><p>in</p></template>out</div>");
        check("a<!-- b -->c &amp; d", "ac & d");
        check("<p><b><div>x</p>y", "<p><b></b></p><div><b>x<p></p>y</b></div>");
    }

    #[test]
    fn text_and_attributes_are_found() {
        let document = Document::parse("<body><div id=a class='b c' data-x=1>x <b>y</b><i> z</i></div>w").unwrap();
        let body = document.body().unwrap();
        let div = document.children(body)[0];
        assert_eq!(document.text_content(div), "x y z");
        assert_eq!(document.text_content(body), "x y zw");
        assert_eq!((document.id_attr(div), document.class_name(div), document.attribute(div, "data-y")), ("a", "b c", None));
    }

    #[test]
    fn elements_repeated_without_end_are_an_error() {
        let open: String = (0..300).map(|number| format!("<b id=b{number}>")).collect();
        assert!(Document::parse(&format!("<p>{open}</p>{}", "<p>x".repeat(20_000))).is_err());
    }
}
