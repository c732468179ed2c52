//! What every reader of a format shares: file bytes in; the decoded text and clean lines out.
//!
//! Decoding keeps to UTF-8 and to what the file declares; the charset of other bytes is detected, and kept only where that gives
//! plausible text.

use std::borrow::Cow;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::document::{RawBlock, RawDocument, Role};
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::map::FieldMap;
use crate::formats::pdf::content::PdfText;

/// What a reader is told beside the file.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Which columns hold which fields, beside the names that are known.
    pub map: FieldMap,
    /// Who takes the text out of PDFs; without anyone a PDF is a warning.
    pub pdf: Option<Arc<dyn PdfText>>,
}

impl ReadOptions {
    /// Returns the same with the map of other columns.
    #[must_use]
    pub fn with_map(&self, map: FieldMap) -> Self {
        ReadOptions { map, ..self.clone() }
    }

    /// Names who takes the text out of PDFs.
    #[must_use]
    pub fn with_pdf(mut self, pdf: Arc<dyn PdfText>) -> Self {
        self.pdf = Some(pdf);
        self
    }
}

/// Reads what lies inside of an input, whatever its format is.
pub type Inside<'r> = &'r (dyn Fn(&mut Input<'_>, &ReadOptions, &mut Sink<'_>) + Sync);

/// Takes the documents and warnings of a file, in its order.
pub type Sink<'s> = dyn FnMut(Result<RawDocument, Warning>) + 's;

/// A file's text.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// Where in the file the text starts, if the file holds it byte by byte.
    pub offset: Option<usize>,
    /// The first byte that could not be read and was replaced.
    pub damaged_at: Option<usize>,
}

/// Decodes a file's bytes: by its byte order mark, as UTF-8, by the charset it declares, else by the one that they look like.
///
/// # Errors
///
/// The cause, if the bytes are none of these.
pub fn decode<'b>(bytes: &'b [u8], declared: Option<&str>) -> Result<Decoded<'b>, String> {
    if let Some((encoding, mark_bytes)) = Encoding::for_bom(bytes) {
        let rest = &bytes[mark_bytes..];
        if encoding == UTF_8 {
            return Ok(match std::str::from_utf8(rest) {
                Ok(text) => Decoded { text: Cow::Borrowed(text), offset: Some(mark_bytes), damaged_at: None },
                Err(error) => damaged(rest, error.valid_up_to()),
            });
        }
        debug_assert!(encoding == UTF_16LE || encoding == UTF_16BE);
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return Ok(Decoded { text: Cow::Owned(text.into_owned()), offset: None, damaged_at: None });
    }
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: Cow::Borrowed(text), offset: Some(0), damaged_at: None }),
        Err(error) => error.valid_up_to(),
    };
    let declared = declared.and_then(|label| Encoding::for_label_no_replacement(label.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(Decoded { text: Cow::Owned(text.into_owned()), offset: None, damaged_at: None });
    }
    if is_mostly_utf8(bytes) {
        return Ok(damaged(bytes, error));
    }
    match detected(bytes, error) {
        Some(text) => Ok(Decoded { text: Cow::Owned(text), offset: None, damaged_at: None }),
        None if declared.is_some() || is_nearly_ascii(bytes) => Ok(damaged(bytes, error)),
        None => Err(format!("invalid UTF-8 at byte {error}")),
    }
}

/// So much suffices to tell the charset.
const DETECTED_BYTES: usize = 1 << 20;

/// Decodes bytes by the charset that they look like from the first one that is not UTF-8; `None` if no charset makes text of them.
fn detected(bytes: &[u8], from: usize) -> Option<String> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Words around the first letter beyond ASCII tell as much as those after it.
    let looked_at = &bytes[from.saturating_sub(1024)..];
    detector.feed(&looked_at[..looked_at.len().min(DETECTED_BYTES)], true);
    let (text, _) = detector.guess(None, Utf8Detection::Deny).decode_without_bom_handling(bytes);
    // The separator of units stands between the fields of a row that is decoded as a whole.
    let is_wrong = |c: char| c == '\u{fffd}' || (c.is_control() && c != '\u{1f}' && !c.is_whitespace());
    let wrong = text.chars().filter(|c| is_wrong(*c)).count();
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    (wrong * WRONG_IN <= beyond).then(|| text.into_owned())
}

/// Of so many letters beyond ASCII one may be wrong: a judgement, text in the right charset has next to none.
const WRONG_IN: usize = 50;

fn damaged(bytes: &[u8], at: usize) -> Decoded<'_> {
    Decoded { text: Cow::Owned(String::from_utf8_lossy(bytes).into_owned()), offset: None, damaged_at: Some(at) }
}

/// Tells text in which one byte in a hundred at the most is not ASCII: what is wrong with it spoils little.
fn is_nearly_ascii(bytes: &[u8]) -> bool {
    bytes.iter().filter(|byte| !byte.is_ascii()).count() * 100 <= bytes.len()
}

/// Tells UTF-8 with a few bad bytes from another encoding: most of its bytes beyond ASCII form valid sequences.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| !byte.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    valid > 4 * invalid
}

/// Appends text with each run of blanks and control characters as one blank, and none at the start.
pub fn push_clean(text: &str, line: &mut String) {
    let mut rest = text;
    loop {
        // Most of a text stands as it is: stretches of it are copied as a whole.
        let kept = kept_bytes(rest.as_bytes());
        line.push_str(&rest[..kept]);
        let mut chars = rest[kept..].chars();
        let Some(c) = chars.next() else { return };
        rest = chars.as_str();
        if c.is_whitespace() || c.is_control() || is_joining(c) {
            if !is_joining(c) && !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(c);
        }
    }
}

/// Tells marks without a width, which part no words.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}')
}

/// Counts the bytes at the start that are visible characters of ASCII, single blanks between them, or letters and quotes of several bytes
/// that are never blanks.
fn kept_bytes(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            0x21..=0x7e => 1,
            b' ' if at > 0 && bytes[at - 1] != b' ' => 1,
            // Latin letters from U+00C0 on, Greek, Cyrillic and on to Arabic: two bytes, none of them a blank.
            0xc3..=0xdf => 2,
            // Quotes and dashes; blanks are before and behind them.
            0xe2 if matches!(bytes[at + 1..], [0x80, 0x90..=0xa6, ..]) => 3,
            _ => break,
        };
    }
    at
}

/// Returns text as one line: each run of blanks and control characters is one blank, with none at the ends.
pub fn clean_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) && !text.contains("  ") {
        line.push_str(text.trim());
        return line;
    }
    push_clean(text, &mut line);
    line.truncate(line.trim_end().len());
    line
}

/// Returns a paragraph that the file does not hold as such; `None` if it is blank.
pub fn block(text: &str, role: Role) -> Option<RawBlock> {
    let text = clean_line(text);
    (!text.is_empty()).then_some(RawBlock { text, role, place: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_decode(bytes: &[u8], declared: Option<&str>, expected: Result<&str, &str>) {
        let decoded = decode(bytes, declared);
        let text = decoded.as_ref().map(|decoded| decoded.text.as_ref()).map_err(String::as_str);
        assert_eq!(text, expected);
    }

    #[test]
    fn bytes_become_text() {
        check_decode("Zürich".as_bytes(), None, Ok("Zürich"));
        check_decode(b"\xef\xbb\xbfab", None, Ok("ab"));
        check_decode(b"\xff\xfea\x00b\x00", None, Ok("ab"));
        check_decode(b"\xfe\xff\x00a\x00b", None, Ok("ab"));
        check_decode(b"the Z\xfcrich ferry", None, Ok("the Zürich ferry"));
        check_decode(b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("windows-1251"), Ok("Привет"));
        check_decode(b"\xff\x81\x8d\x01\x02\x03\x04\x90", None, Err("invalid UTF-8 at byte 0"));
        check_decode(b"ab \xc3\xa9\xc3\xa9\xc3\xa9 \xff", None, Ok("ab ééé \u{fffd}"));
    }

    #[test]
    fn charsets_are_detected() {
        for (label, text) in [
            ("windows-1251", "Паром до острова ходит три раза в день, а в воскресенье только утром."),
            ("koi8-r", "Паром до острова ходит три раза в день, а в воскресенье только утром."),
            ("shift_jis", "港の渡し船は一日に三回、日曜日は朝だけ出ます。"),
            ("euc-jp", "港の渡し船は一日に三回、日曜日は朝だけ出ます。"),
            ("gbk", "渡船每天开三班，星期天只在早上开一班。"),
            (
                "iso-8859-2",
                "Prom na wyspę pływa trzy razy dziennie, a w niedzielę tylko rano; później już nic się nie dzieje, mówią mieszkańcy.",
            ),
            ("windows-1252", "Die Fähre zur Insel fährt dreimal täglich, sonntags nur früh – für „Gäste“ genügt das."),
            ("iso-8859-7", "Το πλοίο για το νησί φεύγει τρεις φορές την ημέρα."),
        ] {
            let bytes = Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned();
            check_decode(&bytes, None, Ok(text));
            check_decode(&bytes, Some("utf-8"), Ok(text));
            check_decode(
                format!("<p>{}</p>", "The ferry runs. ".repeat(400))
                    .into_bytes()
                    .iter()
                    .chain(&bytes)
                    .copied()
                    .collect::<Vec<u8>>()
                    .as_slice(),
                None,
                Ok(&format!("<p>{}</p>{text}", "The ferry runs. ".repeat(400))),
            );
        }
    }

    #[test]
    fn lines_are_cleaned() {
        for (text, expected) in
            [("  a\n\tb  ", "a b"), ("a\0b\u{1b}[31m", "a b [31m"), ("Zü\u{ad}rich\u{200b} x\u{a0}y", "Zürich x y"), ("", "")]
        {
            assert_eq!(clean_line(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn stretches_clean_like_single_characters(text in "[a-z é\u{2010}-\u{202f}\u{ad}\u{a0}\u{200b}А-я।\n\u{85}]{0,40}") {
            let mut expected = String::new();
            for c in text.chars().filter(|c| !is_joining(*c)) {
                let is_blank = c.is_whitespace() || c.is_control();
                if !is_blank {
                    expected.push(c);
                } else if !expected.is_empty() && !expected.ends_with(' ') {
                    expected.push(' ');
                }
            }
            let mut line = String::new();
            push_clean(&text, &mut line);
            proptest::prop_assert_eq!(line, expected);
        }
    }
}
