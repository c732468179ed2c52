//! What holds of every document that a reader gives, whatever the file was.

use dateline::document::{Layout, Place, RawDocument};
use dateline::error::Warning;
use dateline::formats::{ReadOptions, read};

use crate::fuzzed::articles;

/// How the text of a block relates to the bytes at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// It is those bytes, with one blank for each run of blanks.
    AreText,
    /// The bytes hold it among marks.
    HoldText,
    /// There are none: the format encodes its text.
    None,
}

/// Reads a file under a name, checks its documents and warnings, and the articles made of them.
pub fn check(name: &str, bytes: &[u8], places: Places) {
    check_with(name, bytes, places, &ReadOptions::default());
}

/// As [`check`], with what the reader is told beside the file.
pub fn check_with(name: &str, bytes: &[u8], places: Places, options: &ReadOptions) {
    let mut ordinal = 0;
    let mut outcomes = 0_usize;
    read(name, &mut { bytes }, options, &mut |outcome| {
        outcomes += 1;
        match outcome {
            Ok(raw) => {
                assert!(raw.origin.ordinal > ordinal, "ordinals rise: {} after {ordinal}", raw.origin.ordinal);
                ordinal = raw.origin.ordinal;
                check_document(name, &raw);
                check_places(bytes, &raw, places);
                articles::check(raw);
            }
            Err(warning) => check_warning(name, &warning),
        }
    });
    assert!(outcomes > 0, "neither a document nor a warning");
}

/// Checks a warning: it names its file and says something.
pub fn check_warning(name: &str, warning: &Warning) {
    assert_eq!(warning.path, name);
    assert!(!warning.cause.trim().is_empty(), "a warning without a cause");
    assert!(warning.line.is_none_or(|line| line >= 1), "lines count from 1: {warning}");
}

fn check_document(name: &str, raw: &RawDocument) {
    assert_eq!(raw.origin.path, name);
    for field in &raw.fields {
        assert!(!field.value.is_empty() && field.value.trim() == field.value, "{:?}: {:?}", field.name, field.value);
    }
    for block in &raw.blocks {
        assert!(!block.text.is_empty() && block.text.trim() == block.text, "untrimmed: {:?}", block.text);
        assert!(!block.text.contains(['\n', '\r']), "a line break: {:?}", block.text);
    }
}

fn check_places(bytes: &[u8], raw: &RawDocument, places: Places) {
    let mut before = 0;
    for block in &raw.blocks {
        let Some(place) = &block.place else { continue };
        assert!(places != Places::None, "a place in a file that does not hold the text: {place:?}");
        let found = text_at(bytes, place);
        assert!(place.bytes.start >= before, "blocks stand in the order of the file: {place:?} after byte {before}");
        before = if places == Places::AreText { place.bytes.end } else { place.bytes.start };
        if places == Places::AreText {
            assert_eq!(spaced(found), block.text, "the place holds the text");
            let lines = (line_of(bytes, place.bytes.start), line_of(bytes, place.bytes.end - 1));
            assert_eq!(lines, place.lines, "lines of {place:?}");
        }
    }
    if raw.layout == Layout::Dump && places == Places::AreText && raw.blocks.iter().all(|block| block.place.is_some()) {
        let kept: usize = raw.blocks.iter().map(|block| letters(&block.text)).sum();
        let all = std::str::from_utf8(bytes).map_or(kept, letters);
        assert_eq!(kept, all, "letters of the file that stand in no block");
    }
}

/// Returns what a file holds at a place, which must be whole letters on existing lines.
fn text_at<'b>(bytes: &'b [u8], place: &Place) -> &'b str {
    assert!(place.bytes.start < place.bytes.end && place.bytes.end <= bytes.len(), "{place:?} in {} bytes", bytes.len());
    assert!(1 <= place.lines.0 && place.lines.0 <= place.lines.1, "{place:?}");
    std::str::from_utf8(&bytes[place.bytes.clone()]).expect("a place is on boundaries of letters")
}

/// Returns the line of a byte, from 1; LF, CR LF and CR end lines.
fn line_of(bytes: &[u8], at: usize) -> u32 {
    let ends = (0..at).filter(|end| bytes[*end] == b'\n' || (bytes[*end] == b'\r' && bytes.get(end + 1) != Some(&b'\n')));
    1 + u32::try_from(ends.count()).unwrap()
}

fn spaced(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || c.is_ascii_control() || matches!(c, '\u{feff}' | '\u{200b}');
    text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
