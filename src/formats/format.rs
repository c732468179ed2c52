//! A file's name and first bytes in; its format out.
//!
//! The first bytes decide where they leave no doubt, whatever the name says; else the name's ending does. A name without a
//! known ending is enough only together with such bytes, so that a file called `Makefile` is not taken for an article.

use encoding_rs::Encoding;

use crate::formats::csv;
use crate::formats::input::HEAD_BYTES;
use crate::formats::mail_signs::{MailKind, mail_kind};
use crate::formats::sgml;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: an article, or the visible text of a page.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// One JSON value: an article, an array of them, or an object that holds such an array.
    Json,
    /// A JSON object a line.
    JsonLines,
    /// A table, its first row the names of the columns: CSV, TSV.
    Table,
    /// RSS or Atom.
    Feed,
    /// NITF, the news text format of agencies.
    Nitf,
    /// NewsML-G2, the exchange format of agencies.
    NewsMl,
    /// A collection of documents in SGML: Reuters-21578, TREC.
    Sgml,
    /// XML of a kind that is not read.
    OtherXml,
    /// A PDF.
    Pdf,
    /// A document of Word and of programs that write its format.
    Docx,
    /// A book.
    Epub,
    /// A file compressed by gzip.
    Gzip,
    /// A file compressed by zstd.
    Zstd,
    /// A zip archive of files.
    Zip,
    /// A web archive: the answers of servers, as a crawler or a browser kept them.
    Warc,
    /// A mail.
    Mail,
    /// A mailbox: mails one after the other.
    Mailbox,
    /// A page saved as a mail with its pictures and frames: MHTML.
    Mhtml,
}

/// The endings of the formats, in lower case.
const ENDINGS: &[(&str, Format)] = &[
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("csv", Format::Table),
    ("tsv", Format::Table),
    ("tab", Format::Table),
    ("rss", Format::Feed),
    ("atom", Format::Feed),
    ("rdf", Format::Feed),
    ("nitf", Format::Nitf),
    ("newsml", Format::NewsMl),
    ("sgm", Format::Sgml),
    ("sgml", Format::Sgml),
    ("trec", Format::Sgml),
    ("xml", Format::OtherXml),
    ("pdf", Format::Pdf),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("epub", Format::Epub),
    ("gz", Format::Gzip),
    ("gzip", Format::Gzip),
    ("zst", Format::Zstd),
    ("zstd", Format::Zstd),
    ("zip", Format::Zip),
    ("warc", Format::Warc),
    ("wet", Format::Warc),
    ("eml", Format::Mail),
    ("mbox", Format::Mailbox),
    ("mhtml", Format::Mhtml),
    ("mht", Format::Mhtml),
];

/// The roots of XML files.
const ROOTS: &[(&str, Format)] = &[
    ("rss", Format::Feed),
    ("feed", Format::Feed),
    ("RDF", Format::Feed),
    ("nitf", Format::Nitf),
    ("newsItem", Format::NewsMl),
    ("newsMessage", Format::NewsMl),
];

/// Endings of files that lie beside saved articles and hold none: they are not opened.
const OTHER_ENDINGS: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "heic", "mp3", "mp4", "m4a", "m4v", "mov", "avi",
    "mkv", "webm", "wav", "ogg", "flac", "css", "js", "mjs", "map", "woff", "woff2", "ttf", "otf", "eot", "exe", "dll", "so", "o", "a",
    "class", "jar", "pyc", "db", "sqlite", "iso", "bin", "lock", "log", "py", "rs", "c", "h", "cpp", "java", "go", "sh", "toml", "ini",
    "cfg", "yaml", "yml", "doc", "xls", "xlsx", "ppt", "pptx", "odt", "rtf", "7z", "rar", "bz2", "xz", "tar", "tgz",
];

/// Tells whether a file may hold articles by its name alone: `Some(true)` if its ending is one that is read, `Some(false)` if
/// it is one of another kind, `None` if only its first bytes can tell.
pub fn may_be_read(path: &str) -> Option<bool> {
    let inner = inner_name(path);
    if inner.len() < path.len() && may_be_read(inner) == Some(false) {
        return Some(false);
    }
    let ending = ending(path)?;
    if named(path).is_some() { Some(true) } else { OTHER_ENDINGS.contains(&ending.as_str()).then_some(false) }
}

/// Tells whether a file may give much more text than it has bytes: one that is compressed, by its name.
pub fn may_unfold(path: &str) -> bool {
    use Format::{Docx, Epub, Gzip, Pdf, Zip, Zstd};
    matches!(named(path), Some(Gzip | Zstd | Zip | Docx | Epub | Pdf))
}

/// Recognises a format by the ending of a name and by the first bytes, which win where they are clear; `None` if it is none
/// that is read.
pub fn recognise(name: &str, head: &[u8]) -> Option<Format> {
    if let Some(shown) = shown_binary(head).or_else(|| signature(head)) {
        let is_archive_of_parts = shown == Format::Zip && is_of_parts(head);
        let named = named(name).filter(|named| *named != Format::Zip || !is_archive_of_parts);
        return if is_archive_of_parts { named } else { Some(shown) };
    }
    match (named(name), shown(head)) {
        (Some(Format::Mhtml), Some(Format::Mail)) => Some(Format::Mhtml),
        (Some(Format::JsonLines), Some(Format::Json)) => Some(Format::JsonLines),
        (Some(Format::Markdown), Some(Format::Json)) => Some(Format::Markdown),
        (Some(Format::Markdown | Format::Html | Format::Table), Some(Format::Table)) => named(name),
        (named, shown) => shown.or(named),
    }
}

fn named(name: &str) -> Option<Format> {
    let ending = ending(name)?;
    ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}

/// Endings that a compressed file's name has after that of what it holds.
const COMPRESSED_ENDINGS: [&str; 4] = [".gz", ".gzip", ".zst", ".zstd"];

/// Returns the name of what a compressed file holds: its own without the ending, if it has one.
pub fn inner_name(name: &str) -> &str {
    let inner = COMPRESSED_ENDINGS.iter().find_map(|ending| {
        let start = name.len().checked_sub(ending.len())?;
        name.get(start..)?.eq_ignore_ascii_case(ending).then(|| &name[..start])
    });
    inner.filter(|inner| !inner.is_empty()).unwrap_or(name)
}

/// Returns the ending of a file's name in lower case, without the dot.
fn ending(name: &str) -> Option<String> {
    let (_, ending) = name.rsplit('/').next().unwrap_or_default().rsplit_once('.')?;
    Some(ending.to_ascii_lowercase())
}

/// A PDF begins within so many bytes: readers of PDF bear what mail programs and servers put before it.
const PDF_START_BYTES: usize = 1024;

/// Tells the format of files that are no text.
fn shown_binary(head: &[u8]) -> Option<Format> {
    let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if let Some(at) = memchr::memmem::find(&head[..head.len().min(PDF_START_BYTES)], b"%PDF-") {
        // A text may speak of the mark; a PDF is no text.
        let is_line = at == 0 || head[at - 1] == b'\n' || head[at - 1] == b'\r';
        return (at == 0 || (is_line && std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some()))).then_some(Format::Pdf);
    }
    if !head.starts_with(b"PK\x03\x04") {
        return None;
    }
    if holds(b"mimetypeapplication/epub+zip") {
        return Some(Format::Epub);
    }
    (holds(b"word/document") || (holds(b"[Content_Types].xml") && holds(b"word/"))).then_some(Format::Docx)
}

/// Tells the format whose signature the first bytes are.
fn signature(head: &[u8]) -> Option<Format> {
    const SIGNATURES: [(&[u8], Format); 7] = [
        (b"\x1f\x8b\x08", Format::Gzip),
        (b"\x28\xb5\x2f\xfd", Format::Zstd),
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"PK\x07\x08PK\x03\x04", Format::Zip),
        (b"WARC/1.", Format::Warc),
        (b"WARC/0.", Format::Warc),
    ];
    SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, format)| *format)
}

/// Tells a zip archive that is one document in parts, an office document or a book: it is not an archive of articles.
fn is_of_parts(head: &[u8]) -> bool {
    const FIRST_PARTS: [&[u8]; 5] = [b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"word/"];
    // A local header has 30 bytes before the name of its member.
    let name = head.get(30..).unwrap_or_default();
    FIRST_PARTS.iter().any(|part| name.starts_with(part))
}

/// Tells the format of a text that the first bytes leave no doubt of.
fn shown(head: &[u8]) -> Option<Format> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = &head[..head.len().min(HEAD_BYTES)];
    match mail_kind(head) {
        Some(MailKind::Mail) => return Some(Format::Mail),
        Some(MailKind::Mailbox) => return Some(Format::Mailbox),
        Some(MailKind::Page) => return Some(Format::Mhtml),
        None => {}
    }
    let start = String::from_utf8_lossy(head);
    let start = without_preamble(&start);
    let lower = start.get(..start.floor_char_boundary(16)).unwrap_or_default().to_ascii_lowercase();
    if ["<!doctype html", "<html>", "<html ", "<head>", "<body"].iter().any(|opening| lower.starts_with(opening)) {
        return Some(Format::Html);
    }
    if sgml::is_collection(start) {
        return Some(Format::Sgml);
    }
    if let Some(root) = xml_root(head) {
        let root = root.rsplit(':').next().unwrap_or_default();
        return ROOTS.iter().find(|(known, _)| *known == root).map(|(_, format)| *format);
    }
    let inner = start.strip_prefix('[').map_or(start, str::trim_start);
    let is_object = inner.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
    if is_object {
        return Some(Format::Json);
    }
    csv::is_table(head).then_some(Format::Table)
}

/// Returns the name of the element that an XML file starts with; `None` if it starts otherwise.
pub fn xml_root(head: &[u8]) -> Option<String> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let text = match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    };
    let mut rest = without_preamble(&text);
    if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
        let declarations = rest.find(['[', '>']).filter(|at| rest[*at..].starts_with('['));
        let end = declarations.and_then(|at| rest[at..].find(']').map(|end| at + end)).unwrap_or_default();
        rest = without_preamble(&rest[end + rest[end..].find('>')? + 1..]);
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))?;
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    (is_name && matches!(name[end..].chars().next(), Some('>' | '/' | ' ' | '\n' | '\r' | '\t'))).then(|| name[..end].to_owned())
}

/// Skips blanks, XML declarations and comments, which may stand before a page.
fn without_preamble(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(end) = preamble_end(rest) {
        rest = rest[end..].trim_start();
    }
    rest
}

fn preamble_end(text: &str) -> Option<usize> {
    let close = if text.starts_with("<?") {
        "?>"
    } else if text.starts_with("<!--") {
        "-->"
    } else {
        return None;
    };
    text.find(close).map(|at| at + close.len())
}

/// Tells why the first bytes are no text; `None` if they may be.
pub fn binary_cause(head: &[u8]) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 8] = [
        (b"%PDF-", "looks binary: a PDF file"),
        (b"PK\x03\x04", "looks binary: a zip archive"),
        (b"\x1f\x8b", "looks binary: a gzip archive"),
        (b"\x28\xb5\x2f\xfd", "looks binary: a zstd archive"),
        (b"\x89PNG", "looks binary: a picture"),
        (b"\xff\xd8\xff", "looks binary: a picture"),
        (b"GIF8", "looks binary: a picture"),
        (b"\x7fELF", "looks binary: a program"),
    ];
    if let Some((_, cause)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Some(cause);
    }
    if Encoding::for_bom(head).is_some() {
        return None;
    }
    let head = &head[..head.len().min(HEAD_BYTES)];
    let controls = head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    // Saved text may hold a stray NUL; of evenly spread bytes, 27 in 256 are such controls.
    (controls * 20 > head.len()).then_some("looks binary")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_tell_the_format() {
        for (path, head, expected) in [
            ("a/b.TXT", "Ferry runs again\n", Some(Format::Text)),
            ("b.txt", "\u{feff}<!DOCTYPE html><html>", Some(Format::Html)),
            ("b.txt", "<?xml version=\"1.0\"?>\n<!-- saved -->\n<html lang=en>", Some(Format::Html)),
            ("b.txt", "{\"title\": \"x\"}", Some(Format::Json)),
            ("b.txt", "[\n {\"title\": \"x\"}]", Some(Format::Json)),
            ("b.txt", "[Photo] {x}", Some(Format::Text)),
            ("b.html", "<p>No head at all", Some(Format::Html)),
            ("b.jsonl", "{\"title\": \"x\"}\n", Some(Format::JsonLines)),
            ("b.md", "# Ferry", Some(Format::Markdown)),
            ("b.markdown", "", Some(Format::Markdown)),
            ("b.json", "", Some(Format::Json)),
            ("b.jpg", "", None),
            ("b.csv", "Titel;Inhalt\n", Some(Format::Table)),
            ("export", "id,title,date,text\n1,", Some(Format::Table)),
            ("b.xml", "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Some(Format::Feed)),
            ("b", "<feed xmlns='http://www.w3.org/2005/Atom'>", Some(Format::Feed)),
            ("b.txt", "<rdf:RDF xmlns:rdf='r'>", Some(Format::Feed)),
            ("b.xml", "<!DOCTYPE nitf SYSTEM 'n.dtd' [<!ENTITY a 'b'>]><nitf>", Some(Format::Nitf)),
            ("b.xml", "<nar:newsMessage>", Some(Format::NewsMl)),
            ("b.xml", "<urlset>", Some(Format::OtherXml)),
            ("b.sgm", "", Some(Format::Sgml)),
            ("reut2-000", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS>", Some(Format::Sgml)),
            ("ap880212", "<DOC>\n<DOCNO> AP1 </DOCNO>", Some(Format::Sgml)),
            ("README", "", None),
            ("saved page", "<!DOCTYPE html><html>", Some(Format::Html)),
            ("a.d/file", "", None),
            ("saved", "%PDF-1.7\n", Some(Format::Pdf)),
            ("b.txt", "The mark is\n%PDF-1.7\n", Some(Format::Text)),
            ("saved.zip", "PK\u{3}\u{4}......mimetypeapplication/epub+zipPK", Some(Format::Epub)),
            ("saved", "PK\u{3}\u{4}......[Content_Types].xml...PK...word/styles.xml", Some(Format::Docx)),
            ("saved", "PK\u{3}\u{4}..........................[Content_Types].xml...PK...xl/styles.xml", None),
            ("b.docx", "<html>", Some(Format::Html)),
        ] {
            assert_eq!(recognise(path, head.as_bytes()), expected, "{path} {head}");
        }
    }

    #[test]
    fn names_lose_one_ending() {
        for (name, expected) in
            [("a/b.jsonl.gz", "a/b.jsonl"), ("b.HTML.ZST", "b.HTML"), ("b.gz.gz", "b.gz"), ("page", "page"), (".gz", ".gz")]
        {
            assert_eq!(inner_name(name), expected);
        }
    }

    #[test]
    fn files_that_hold_others_are_known_by_their_signature() {
        let office = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml";
        let book = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/epub+zip";
        for (path, head, expected) in [
            ("a.txt", &b"\x1f\x8b\x08\0"[..], Some(Format::Gzip)),
            ("a", b"\x28\xb5\x2f\xfd\0", Some(Format::Zstd)),
            ("a", b"PK\x03\x04\x14\0\0\0", Some(Format::Zip)),
            ("a", b"PK\x05\x06\0\0", Some(Format::Zip)),
            ("a.docx", office, Some(Format::Docx)),
            ("a.zip", office, None),
            ("a.zip", book, Some(Format::Epub)),
            ("a", b"WARC/1.0\r\n", Some(Format::Warc)),
            ("a.gz", b"<!doctype html>", Some(Format::Html)),
            ("a.gz", b"neither", Some(Format::Gzip)),
        ] {
            assert_eq!(recognise(path, head), expected, "{path}");
        }
    }

    #[test]
    fn names_tell_what_need_not_be_opened() {
        for (path, expected) in [
            ("a.HTML", Some(true)),
            ("a.png", Some(false)),
            ("a", None),
            ("a.html_saved", None),
            ("a.jsonl.gz", Some(true)),
            ("a.tar.gz", Some(false)),
            ("a.gz", Some(true)),
        ] {
            assert_eq!(may_be_read(path), expected, "{path}");
        }
    }

    #[test]
    fn binary_files_are_told_from_text() {
        assert_eq!(binary_cause(b"%PDF-1.7"), Some("looks binary: a PDF file"));
        assert_eq!(binary_cause(&[0, 1, 2, 3, 0, 0, 7, 200]), Some("looks binary"));
        assert_eq!(binary_cause(b"\xff\xfea\x00b\x00"), None);
        assert_eq!(binary_cause(b"plain text with a form feed\x0c and more of it"), None);
        assert_eq!(binary_cause(b""), None);
    }
}
