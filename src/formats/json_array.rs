//! A stream that starts with `[` in; the bytes of the array's elements out, one by one.
//!
//! Only brackets, strings and escapes are looked at: what an element holds is the parser's business. So an array of any length
//! is read with no more than one element in memory, and a broken element costs itself and not its neighbours.

use std::io::BufRead;

use crate::formats::input::{Input, unreadable};

/// Goes through the elements of an array.
pub struct Elements<'e, 'i> {
    input: &'e mut Input<'i>,
    element_bytes_max: usize,
    state: State,
    line: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeArray,
    Inside,
    AfterArray,
    Done,
}

/// An element, or what is wrong at a place where one should be.
#[derive(Debug, PartialEq, Eq)]
pub enum Element {
    /// The bytes of an element without the blanks around it, and the line it starts at, from 1.
    Whole(Vec<u8>, u64),
    /// What is wrong, and the line; after it the array may go on.
    Broken(String, u64),
}

impl<'e, 'i> Elements<'e, 'i> {
    /// Starts at an input whose first byte that is not blank is `[`.
    pub fn new(input: &'e mut Input<'i>, element_bytes_max: usize) -> Self {
        Elements { input, element_bytes_max, state: State::BeforeArray, line: 1 }
    }

    fn element(&mut self, scan: Scan, line: u64, closes: bool) -> Element {
        if closes {
            self.state = State::AfterArray;
        }
        if scan.is_too_long {
            return self.too_long(line);
        }
        let end = scan.bytes.trim_ascii_end().len();
        let mut bytes = scan.bytes;
        bytes.truncate(end);
        if bytes.is_empty() {
            return Element::Broken("broken JSON: an element is missing between two commas".to_owned(), line);
        }
        Element::Whole(bytes, line)
    }

    fn too_long(&self, line: u64) -> Element {
        Element::Broken(format!("a document of more than {} MB, the limit", self.element_bytes_max >> 20), line)
    }

    fn peek(&mut self) -> Option<u8> {
        self.input.fill_buf().ok()?.first().copied()
    }

    fn take_byte(&mut self) {
        if let Some(byte) = self.peek() {
            self.line += u64::from(byte == b'\n');
            self.input.consume(1);
        }
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.take_byte();
        }
    }
}

impl Iterator for Elements<'_, '_> {
    type Item = Element;

    fn next(&mut self) -> Option<Element> {
        if self.state == State::BeforeArray {
            self.skip_blanks();
            self.take_byte();
            self.state = State::Inside;
        }
        self.skip_blanks();
        if self.state == State::Inside && self.peek() == Some(b']') {
            self.take_byte();
            self.skip_blanks();
            self.state = State::AfterArray;
        }
        if self.state == State::AfterArray {
            self.state = State::Done;
            return self.peek().map(|_| Element::Broken("broken JSON: more text after the end of the array".to_owned(), self.line));
        }
        if self.state == State::Done {
            return None;
        }
        let mut scan = Scan::default();
        let line = self.line;
        loop {
            let (used, ended) = match self.input.fill_buf() {
                Ok([]) => {
                    self.state = State::Done;
                    if scan.is_too_long {
                        return Some(self.too_long(line));
                    }
                    return Some(Element::Broken("broken JSON: the file ends inside of the array".to_owned(), self.line));
                }
                Ok(buffer) => scan.take(buffer, self.element_bytes_max),
                Err(error) => {
                    self.state = State::Done;
                    return Some(Element::Broken(unreadable(&error), self.line));
                }
            };
            self.input.consume(used);
            if let Some(closes) = ended {
                self.line += scan.lines;
                return Some(self.element(scan, line, closes));
            }
        }
    }
}

/// What is known of an element while it is read.
#[derive(Default)]
struct Scan {
    bytes: Vec<u8>,
    depth: usize,
    is_in_string: bool,
    is_escaped: bool,
    is_too_long: bool,
    lines: u64,
}

impl Scan {
    /// Takes the element's bytes from a buffer: how many were used, and if the element ends in it, whether the array does too.
    fn take(&mut self, buffer: &[u8], bytes_max: usize) -> (usize, Option<bool>) {
        let mut at = 0;
        let mut ended = None;
        while at < buffer.len() {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
                continue;
            }
            if self.is_in_string {
                let Some(next) = memchr::memchr2(b'"', b'\\', &buffer[at..]) else {
                    at = buffer.len();
                    break;
                };
                self.is_in_string = buffer[at + next] == b'\\';
                self.is_escaped = self.is_in_string;
                at += next + 1;
                continue;
            }
            match buffer[at] {
                b'"' => self.is_in_string = true,
                b'{' | b'[' => self.depth += 1,
                b']' if self.depth == 0 => ended = Some(true),
                b',' if self.depth == 0 => ended = Some(false),
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            if ended.is_some() {
                break;
            }
            at += 1;
        }
        let piece = &buffer[..at];
        self.lines += memchr::memchr_iter(b'\n', piece).count() as u64;
        if self.is_too_long || self.bytes.len() + piece.len() > bytes_max {
            self.is_too_long = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(piece);
        }
        (at + usize::from(ended.is_some()), ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Result<(&str, u64), &str>]) {
        let mut bytes = text.as_bytes();
        let mut input = Input::open("a.json", &mut bytes).unwrap();
        let mut found = Vec::new();
        for element in Elements::new(&mut input, 24) {
            found.push(match element {
                Element::Whole(bytes, line) => Ok((String::from_utf8(bytes).unwrap(), line)),
                Element::Broken(cause, line) => Err(format!("{line}: {cause}")),
            });
        }
        let expected: Vec<_> =
            expected.iter().map(|found| found.map(|(text, line)| (text.to_owned(), line)).map_err(str::to_owned)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn elements_come_one_by_one() {
        check("[]", &[]);
        check(" [ ]\n", &[]);
        check("[{\"a\": \"]\\\",[\"},\n 7 ]", &[Ok(("{\"a\": \"]\\\",[\"}", 1)), Ok(("7", 2))]);
        check("[[1, 2], {\"b\": [{}]}]", &[Ok(("[1, 2]", 1)), Ok(("{\"b\": [{}]}", 1))]);
    }

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        check("[1\n,,2]", &[Ok(("1", 1)), Err("2: broken JSON: an element is missing between two commas"), Ok(("2", 2))]);
        check("[1,\n{\"a\"", &[Ok(("1", 1)), Err("2: broken JSON: the file ends inside of the array")]);
        check("[1] x", &[Ok(("1", 1)), Err("1: broken JSON: more text after the end of the array")]);
        check("[\"0123456789012345678901234\", 2]", &[Err("1: a document of more than 0 MB, the limit"), Ok(("2", 1))]);
    }
}
