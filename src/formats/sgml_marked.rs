//! A document in SGML in; what stands in its elements out, by their names, and text without the marks.
//!
//! Names are compared without regard to case. What is no tag, a bare `<` or one that meets another before its `>`, is text: tags never
//! overlap.

use std::ops::Range;

use crate::formats::xml;

/// A tag is no longer than this; a `<` without a `>` so near is text.
const TAG_BYTES_MAX: usize = 400;

/// A document and where its tags stand.
pub struct Marked<'t> {
    /// The document as it is written.
    pub text: &'t str,
    tags: Vec<Tag<'t>>,
}

struct Tag<'t> {
    name: &'t str,
    bytes: Range<usize>,
    is_end: bool,
}

impl<'t> Marked<'t> {
    /// Looks up the tags of a document.
    pub fn of(text: &'t str) -> Self {
        let tags = memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| tag(text, at)).collect();
        Marked { text, tags }
    }

    /// Returns the place of what stands in the first element of a name.
    pub fn element(&self, name: &str) -> Option<Range<usize>> {
        self.elements(name).next()
    }

    /// Returns the place of what stands in each element of a name. One that is not closed reaches to the next tag; a text or
    /// body, to the end.
    pub fn elements(&self, name: &str) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        let is = |tag: &Tag<'_>, is_end: bool| tag.is_end == is_end && tag.name.eq_ignore_ascii_case(name);
        let last_end = self.tags.iter().rposition(|tag| is(tag, true));
        let reaches_to_end = ["TEXT", "BODY"].iter().any(|text| name.eq_ignore_ascii_case(text));
        std::iter::from_fn(move || {
            let at = from + self.tags[from..].iter().position(|tag| is(tag, false))?;
            if let Some(last) = last_end.filter(|last| *last > at) {
                let end = at + self.tags[at..=last].iter().position(|tag| is(tag, true))?;
                from = end + 1;
                return Some(self.tags[at].bytes.end..self.tags[end].bytes.start);
            }
            from = if reaches_to_end { self.tags.len() } else { at + 1 };
            let next = self.tags.get(at + 1).filter(|_| !reaches_to_end).map_or(self.text.len(), |tag| tag.bytes.start);
            Some(self.tags[at].bytes.end..next)
        })
    }

    /// Returns a part of the document without the closed elements of some names.
    pub fn without(&self, part: Range<usize>, names: &[&str]) -> String {
        let mut text = String::with_capacity(part.len());
        let mut at = part.start;
        for (number, tag) in self.tags.iter().enumerate() {
            let is_read = tag.bytes.start < at || tag.bytes.end > part.end;
            if is_read || tag.is_end || !names.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
                continue;
            }
            // An element of these holds a line or two: its end is near, or missing.
            let near = self.tags[number..].iter().take(TAGS_INSIDE_MAX);
            let end = near.clone().find(|end| end.is_end && end.name.eq_ignore_ascii_case(tag.name)).map(|end| end.bytes.end);
            if let Some(end) = end.filter(|end| *end <= part.end) {
                text.push_str(&self.text[at..tag.bytes.start]);
                text.push_str("\n\n");
                at = end;
            }
        }
        text.push_str(&self.text[at..part.end]);
        text
    }
}

/// Tags inside of a headline or a byline.
const TAGS_INSIDE_MAX: usize = 64;

/// Reads the tag that starts at a `<`; `None` if it is text.
fn tag(text: &str, at: usize) -> Option<Tag<'_>> {
    let rest = &text[at + 1..];
    let (is_end, named) = rest.strip_prefix('/').map_or((false, rest), |named| (true, named));
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = named.bytes().take(TAG_BYTES_MAX).position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')))?;
    if !matches!(named.as_bytes()[length], b'>' | b' ' | b'\t' | b'\n' | b'\r') {
        return None;
    }
    let window = &rest.as_bytes()[..rest.len().min(TAG_BYTES_MAX)];
    let end = memchr::memchr2(b'<', b'>', window).filter(|end| window[*end] == b'>')?;
    Some(Tag { name: &named[..length], bytes: at..at + end + 2, is_end })
}

/// Returns text without its tags and control characters, entities resolved; a tag for a paragraph parts paragraphs.
pub fn plain(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find(['<', '&']) {
        push_text(&rest[..at], &mut text);
        let marked = &rest[at..];
        let used = if marked.starts_with('<') { skip_tag(marked, &mut text) } else { take_entity(marked, &mut text) };
        rest = &marked[used..];
    }
    push_text(rest, &mut text);
    text
}

fn push_text(piece: &str, text: &mut String) {
    text.extend(piece.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
}

/// Passes over a tag or comment; a `<` that opens neither is text. Returns the bytes that it took.
fn skip_tag(marked: &str, text: &mut String) -> usize {
    if let Some(end) = marked.strip_prefix("<!--").and_then(|comment| comment.find("-->")) {
        return "<!--".len() + end + "-->".len();
    }
    let name = marked[1..].strip_prefix('/').unwrap_or(&marked[1..]);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    let window = if is_name { &marked[..marked.floor_char_boundary(TAG_BYTES_MAX)] } else { "" };
    let end = window[window.len().min(1)..].find(['<', '>']).map(|end| end + 1);
    match end.filter(|end| window[*end..].starts_with('>')) {
        Some(end) => {
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if ["P", "BR", "PARAGRAPH", "DIV", "LI"].iter().any(|parting| name.eq_ignore_ascii_case(parting)) {
                text.push_str("\n\n");
            }
            end + 1
        }
        _ => {
            text.push('<');
            1
        }
    }
}

/// Resolves an entity; what is none is text. Returns the bytes that it took.
fn take_entity(marked: &str, text: &mut String) -> usize {
    /// The longest name that collections use has seven letters.
    const NAME_BYTES_MAX: usize = 12;
    let window = &marked[1..marked.floor_char_boundary(NAME_BYTES_MAX)];
    let Some(end) = window.find(';') else {
        text.push('&');
        return 1;
    };
    let name = &window[..end];
    let number = name.strip_prefix('#').and_then(|digits| digits.parse().ok()).and_then(char::from_u32);
    match (number, xml::entity(&name.to_ascii_lowercase()), name) {
        (Some(c), _, _) => push_text(c.encode_utf8(&mut [0; 4]), text),
        (_, _, "blank") => text.push(' '),
        (_, _, "hyph") => text.push('-'),
        (_, Some(value), _) => text.push_str(value),
        _ => {
            text.push('&');
            return 1;
        }
    }
    end + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_name() {
        let marked = Marked::of("<DOC><a>one</a> < two <B x='y'>three<c>four</B>five <a>six<text>seven <9>");
        let found = |name: &str| marked.elements(name).map(|inner| &marked.text[inner]).collect::<Vec<_>>();
        assert_eq!(found("A"), ["one", "six"]);
        assert_eq!(found("b"), ["three<c>four"]);
        assert_eq!(found("TEXT"), ["seven <9>"]);
        assert_eq!(found("d"), [""; 0]);
        assert_eq!(Marked::of("<a b <text>c").elements("a").count(), 0, "one tag inside of another is none");
        assert_eq!(plain("<a b <text>c"), "<a b c");
        let all = 0..marked.text.len();
        assert_eq!(marked.without(all.clone(), &["A", "c"]), "<DOC>\n\n < two <B x='y'>three<c>four</B>five <a>six<text>seven <9>");
        assert_eq!(plain(&marked.text[all]), "one < two threefourfive sixseven <9>");
    }
}
