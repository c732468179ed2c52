//! What the parsers of markup are given: nothing that makes them slow, hungry or deep beyond reason.
//!
//! A page is measured in one pass over its bytes, before any tree is built. Pages beyond the limits are not lost: their text
//! is taken line by line with the tags left out.

/// Elements may be open inside each other to this depth. The deepest of 1,989 pages measured
/// has 151, 99 in 100 have at most 64.
const OPEN_ELEMENTS_MAX: usize = 400;

/// A page may have so many tags. The largest of 1,989 pages measured has 19,524, 99 in 100 have at most 6,055.
const TAGS_MAX: usize = 60_000;

/// A page may have so much markup and text, scripts, styles and embedded pictures left aside; the largest of 1,989
/// pages measured has 0.6 MB.
const MARKUP_BYTES_MAX: usize = 8 << 20;

/// A tag may have so many attributes, as blanks outside of quotes tell: the parser compares each with all before it. The most of
/// 1,990 pages measured is 1,069.
const ATTRIBUTES_MAX: usize = 2000;

/// So many lines are taken of a page that cannot be parsed; the longest of 1,990 pages measured has 2,239.
const LINES_MAX: usize = 50_000;

/// Checks that a page can be parsed.
///
/// # Errors
///
/// The cause, if it cannot.
pub fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut deepest = 0;
    let mut tags = 0_usize;
    let mut markup_bytes = 0;
    for piece in pieces(html) {
        markup_bytes += piece.markup_bytes();
        let Piece::Tag { name, is_end, attributes, .. } = piece else { continue };
        tags += 1;
        if attributes > ATTRIBUTES_MAX {
            return Err(format!("a tag with {attributes} attributes, the limit is {ATTRIBUTES_MAX}"));
        }
        if !counts(name) {
            continue;
        }
        if is_end {
            // An end that nothing was opened for ends nothing; beyond the limit nobody looks any more.
            let searched = open.len().saturating_sub(OPEN_ELEMENTS_MAX);
            let opened = open[searched..].iter().rposition(|other| other.eq_ignore_ascii_case(name));
            open.truncate(opened.map_or(open.len(), |at| searched + at));
        } else {
            open.push(name);
            deepest = deepest.max(open.len());
        }
    }
    if deepest > OPEN_ELEMENTS_MAX {
        Err(format!("elements nested {deepest} deep, the limit is {OPEN_ELEMENTS_MAX}"))
    } else if tags > TAGS_MAX {
        Err(format!("{tags} tags, the limit is {TAGS_MAX}"))
    } else if markup_bytes > MARKUP_BYTES_MAX {
        Err(format!("{} MB of markup, the limit is {} MB", markup_bytes >> 20, MARKUP_BYTES_MAX >> 20))
    } else {
        Ok(())
    }
}

/// Returns the lines of text between the tags, with the most common character references resolved.
pub fn text_lines(html: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => line.push_str(text),
            Piece::Tag { name, .. } if is_inline(name) => {}
            Piece::Tag { .. } => flush(&mut line, &mut lines),
            Piece::Skipped => {}
        }
        if lines.len() >= LINES_MAX {
            return lines;
        }
    }
    flush(&mut line, &mut lines);
    lines
}

fn flush(line: &mut String, lines: &mut Vec<String>) {
    if !line.trim().is_empty() {
        lines.push(unescaped(line.trim()));
    }
    line.clear();
}

/// Resolves the character references that text cannot do without.
pub fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.bytes().take(9).position(|byte| byte == b';').and_then(|end| character(&rest[1..end]).map(|c| (c, end + 1)));
        let (c, length) = reference.unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        _ => {
            if let Some((_, letter)) = LETTERS.iter().find(|(known, _)| *known == name) {
                return Some(*letter);
            }
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(figures) => u32::from_str_radix(figures, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// Letters with marks, as programs spell them for western languages.
#[rustfmt::skip]
const LETTERS: [(&str, char); 44] = [
    ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("Auml", 'Ä'), ("Ouml", 'Ö'), ("Uuml", 'Ü'), ("szlig", 'ß'), ("euml", 'ë'), ("iuml", 'ï'),
    ("aacute", 'á'), ("eacute", 'é'), ("iacute", 'í'), ("oacute", 'ó'), ("uacute", 'ú'),
    ("Aacute", 'Á'), ("Eacute", 'É'), ("Iacute", 'Í'), ("Oacute", 'Ó'), ("Uacute", 'Ú'),
    ("agrave", 'à'), ("egrave", 'è'), ("igrave", 'ì'), ("ograve", 'ò'), ("ugrave", 'ù'), ("Agrave", 'À'), ("Egrave", 'È'),
    ("acirc", 'â'), ("ecirc", 'ê'), ("icirc", 'î'), ("ocirc", 'ô'), ("ucirc", 'û'),
    ("atilde", 'ã'), ("otilde", 'õ'), ("ntilde", 'ñ'), ("Ntilde", 'Ñ'), ("ccedil", 'ç'), ("Ccedil", 'Ç'),
    ("aring", 'å'), ("Aring", 'Å'), ("oslash", 'ø'), ("Oslash", 'Ø'), ("aelig", 'æ'), ("euro", '€'), ("bdquo", '„'),
];

/// Elements that are often left open on purpose close each other, and void ones hold nothing: they make no depth.
fn counts(name: &str) -> bool {
    const LIGHT: [&str; 27] = [
        "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "area", "base", "br", "col",
        "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];
    !LIGHT.iter().any(|light| name.eq_ignore_ascii_case(light))
}

fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 14] = ["a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "small", "font", "abbr", "mark", "wbr"];
    INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline))
}

/// A piece of a page's source.
enum Piece<'h> {
    Text(&'h str),
    Tag {
        name: &'h str,
        is_end: bool,
        bytes: usize,
        attributes: usize,
    },
    /// A comment, a script or a style: no markup comes of it.
    Skipped,
}

impl Piece<'_> {
    fn markup_bytes(&self) -> usize {
        match self {
            Piece::Text(text) => text.len(),
            // A longer tag carries a picture in an attribute; it costs no more than one copy.
            Piece::Tag { bytes, attributes, .. } => (*bytes).min(4096) + 8 * attributes,
            Piece::Skipped => 0,
        }
    }
}

fn pieces(html: &str) -> Pieces<'_> {
    Pieces { rest: html }
}

struct Pieces<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Pieces<'h> {
    type Item = Piece<'h>;

    fn next(&mut self) -> Option<Piece<'h>> {
        if self.rest.is_empty() {
            return None;
        }
        let Some(inner) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            return Some(Piece::Text(self.take(end)));
        };
        if inner.starts_with("!--") {
            let end = self.rest[4..].find("-->").map_or(self.rest.len(), |at| at + 7);
            self.take(end);
            return Some(Piece::Skipped);
        }
        let is_end = inner.starts_with('/');
        let after = inner.strip_prefix('/').unwrap_or(inner);
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            return Some(Piece::Text(self.take(1)));
        }
        let name = &after[..after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len())];
        let (bytes, attributes) = tag_end(self.rest);
        let is_closed =
            self.rest[..bytes].ends_with("/>") && matches!(name, "path" | "rect" | "circle" | "use" | "g" | "svg" | "line" | "polygon");
        self.take(bytes);
        if name.is_empty() || is_closed {
            return Some(Piece::Skipped);
        }
        if !is_end && (name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")) {
            let end = closing(self.rest, name);
            self.take(end);
        }
        Some(Piece::Tag { name, is_end, bytes, attributes })
    }
}

impl<'h> Pieces<'h> {
    fn take(&mut self, bytes: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }
}

/// Returns the length of the tag that a text starts with, and how many attributes it has at most; quoted ones may hold `>`.
fn tag_end(text: &str) -> (usize, usize) {
    let mut quote = None;
    let mut may_open = false;
    let mut attributes = 0;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (at + 1, attributes),
            (None, b' ' | b'\t' | b'\n' | b'\r' | b'/') => attributes += 1,
            (None, b'"' | b'\'') if may_open => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
        may_open = byte == b'=' || (may_open && byte.is_ascii_whitespace());
    }
    (text.len(), attributes)
}

/// Returns where the script or style that a text starts with ends.
fn closing(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at;
        if text.get(start + 2..start + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return start;
        }
        from = start + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_pages_pass_and_hostile_ones_do_not() {
        assert_eq!(check("<html><body><p>One<p>Two<br><img src='a>b'></body></html>"), Ok(()));
        assert_eq!(check(&"<p>unclosed <li>".repeat(2000)), Ok(()));
        assert_eq!(check(&format!("<script>{}</script>", "<div>".repeat(2000))), Ok(()));
        assert_eq!(check(&"<div>".repeat(100_000)), Err("elements nested 100000 deep, the limit is 400".to_owned()));
        assert_eq!(check(&"<table><tr><td>".repeat(2000)), Err("elements nested 2000 deep, the limit is 400".to_owned()));
        assert!(check(&"<div></b>".repeat(2000)).is_err());
        assert!(check(&format!("<p {}>", "a=1 ".repeat(3000))).is_err());
        assert_eq!(check(&format!("<p title='{}'>", "a b ".repeat(2000))), Ok(()));
        assert_eq!(check(&"<br>".repeat(60_001)), Err("60001 tags, the limit is 60000".to_owned()));
        assert_eq!(check("<"), Ok(()));
        assert_eq!(check("<!--"), Ok(()));
        assert_eq!(check("<a href=\"never closed"), Ok(()));
    }

    #[test]
    fn text_is_taken_without_tags() {
        assert_eq!(
            text_lines("<div><p>Tea &amp; <b>rum</b></p><script>x < y</script>a &lt; b &#8217; &#x41; &x;"),
            ["Tea & rum", "a < b ’ A &x;"]
        );
    }
}
