//! A stream of bytes in any encoding in; the same text as a stream of UTF-8 out.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

/// Bytes that are decoded at one go.
const CHUNK_BYTES: usize = 64 << 10;

/// Reads text as UTF-8, whatever its encoding is. What is no text in that encoding becomes `\u{fffd}`.
pub struct Recoded<'r> {
    read: &'r mut dyn Read,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// What of `bytes` is still to be decoded.
    waiting: std::ops::Range<usize>,
    text: Vec<u8>,
    /// What of `text` is still to be read.
    ready: std::ops::Range<usize>,
    is_at_end: bool,
    is_damaged: bool,
}

impl<'r> Recoded<'r> {
    /// Makes a stream; a byte order mark of the encoding is left out.
    pub fn new(read: &'r mut dyn Read, encoding: &'static Encoding) -> Self {
        Recoded {
            read,
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: vec![0; CHUNK_BYTES],
            waiting: 0..0,
            text: vec![0; CHUNK_BYTES],
            ready: 0..0,
            is_at_end: false,
            is_damaged: false,
        }
    }

    /// Tells whether something could not be decoded since it was last asked.
    pub fn take_damage(&mut self) -> bool {
        std::mem::take(&mut self.is_damaged)
    }

    /// Decodes some more; nothing is ready afterwards only at the end.
    fn decode(&mut self) -> io::Result<()> {
        loop {
            if self.waiting.is_empty() && !self.is_at_end {
                let read = self.read.read(&mut self.bytes)?;
                self.waiting = 0..read;
                self.is_at_end = read == 0;
            }
            let input = &self.bytes[self.waiting.clone()];
            let (result, read, written, is_damaged) = self.decoder.decode_to_utf8(input, &mut self.text, self.is_at_end);
            self.waiting.start += read;
            self.is_damaged |= is_damaged;
            self.ready = 0..written;
            if written > 0 || (self.is_at_end && result == CoderResult::InputEmpty) {
                return Ok(());
            }
        }
    }
}

impl Read for Recoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ready.is_empty() && !(self.is_at_end && self.waiting.is_empty()) {
            self.decode()?;
        }
        let count = self.ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.text[self.ready.start..self.ready.start + count]);
        self.ready.start += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], label: &str, expected: &str) {
        let mut bytes = bytes;
        let mut text = String::new();
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        Recoded::new(&mut bytes, encoding).read_to_string(&mut text).unwrap();
        assert_eq!(text, expected);
    }

    #[test]
    fn encodings_become_utf8() {
        check(b"\xff\xfeZ\x00\xfc\x00", "utf-16le", "Zü");
        check(b"Z\xfcrich", "windows-1252", "Zürich");
        check(b"\xef\xbb\xbfa\xffb", "utf-8", "a\u{fffd}b");
        check(b"a\xc3", "utf-8", "a\u{fffd}");
        check(b"", "utf-8", "");
        let long = "Zürich ".repeat(40_000);
        check(long.as_bytes(), "utf-8", &long);
    }
}
