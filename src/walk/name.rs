//! Names of files as text, and back: a name is bytes and need not be text, and what an index keeps is text.
//!
//! Valid UTF-8 stays as it is. A byte that belongs to no character is written as one of the last 128 characters of Unicode's private use,
//! `U+10FF80` for the byte 80 to `U+10FFFF` for FF. A name that has such a character itself gets the four bytes of it written that way, so that no
//! two names are written alike and each is read back byte for byte. Where names are not bytes (on Windows) what is no text is lost in writing.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The character of the byte 0 would be this; those of the bytes from 80 on are in private use and never assigned.
const FIRST: u32 = 0x10_ff00;

/// Returns the byte that a character stands for in a written name; `None` for all but 128 characters.
pub fn byte_of(c: char) -> Option<u8> {
    u32::from(c).checked_sub(FIRST).and_then(|byte| u8::try_from(byte).ok()).filter(|byte| *byte >= 0x80)
}

/// Writes a path as text from which [`path_of`] makes the same path again.
pub fn written(path: &Path) -> String {
    match path.to_str() {
        Some(text) if !text.contains(is_byte) => text.to_owned(),
        _ => of_bytes(&bytes_of(path)),
    }
}

/// Returns the path that a text was written from.
pub fn path_of(text: &str) -> PathBuf {
    if !text.contains(is_byte) {
        return PathBuf::from(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match byte_of(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    from_bytes(bytes)
}

fn is_byte(c: char) -> bool {
    byte_of(c).is_some()
}

fn of_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_byte(c) {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_byte(byte, &mut text));
            } else {
                text.push(c);
            }
        }
        chunk.invalid().iter().for_each(|byte| push_byte(*byte, &mut text));
    }
    text
}

/// Writes a byte that is not below 80; all bytes of a character of several, and all that are invalid, are such.
fn push_byte(byte: u8, text: &mut String) {
    text.push(char::from_u32(FIRST + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER));
}

#[cfg(unix)]
fn bytes_of(path: &Path) -> Cow<'_, [u8]> {
    use std::os::unix::ffi::OsStrExt;
    Cow::Borrowed(path.as_os_str().as_bytes())
}

#[cfg(not(unix))]
fn bytes_of(path: &Path) -> Cow<'_, [u8]> {
    Cow::Owned(path.to_string_lossy().into_owned().into_bytes())
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use proptest::prelude::*;

    #[cfg(unix)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn text_stays_and_bytes_are_told_apart() {
        for (bytes, expected) in [
            (&b"a/b\n.txt"[..], "a/b\n.txt"),
            ("Zürich.txt".as_bytes(), "Zürich.txt"),
            (b"caf\xe9.txt", "caf\u{10ffe9}.txt"),
            (b"\xe2\x82", "\u{10ffe2}\u{10ff82}"),
            ("\u{10ffe9}".as_bytes(), "\u{10fff4}\u{10ff8f}\u{10ffbf}\u{10ffa9}"),
            (b"", ""),
        ] {
            assert_eq!(written(&from_bytes(bytes.to_vec())), expected, "{bytes:?}");
        }
    }

    #[cfg(unix)]
    proptest! {
        #[test]
        fn any_name_comes_back(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x7f_u8..0xc2, Just(0xf4), Just(0x8f), Just(0xbe)], 0..40)) {
            let path = from_bytes(bytes.clone());
            let text = written(&path);
            prop_assert_eq!(path_of(&text), path);
            // What was written is text, and writing it as a name of its own gives another.
            let again = written(Path::new(&text));
            prop_assert_eq!(again == text, std::str::from_utf8(&bytes).is_ok_and(|name| !name.contains(is_byte)));
        }
    }
}
