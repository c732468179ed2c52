//! A file, or a member of one, as its reader gets it: a name, the first bytes, and a stream of all of them.
//!
//! A reader of one document takes the whole ([`Input::whole`]); a reader of many goes through the stream, line by line
//! ([`Input::next_line`]) or in its own way, and never holds more than a document. What is inside of something else, a zip
//! archive, a mail, a web archive, is an input of its own, one level deeper.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::sync::Arc;

use crate::error::cause_of;
use crate::formats::expansion::{Counted, Gauge};

/// How many bytes from the start of a file suffice to recognise it: text shows its nature in the first lines, and a page may
/// open with a long comment.
pub const HEAD_BYTES: usize = 8192;

/// No single document is read beyond this. The largest of 1,989 pages measured has 1.6 MB; pages saved with their pictures inside
/// are larger by an amount not measured, for which room is left.
pub const DOCUMENT_BYTES_MAX: usize = 64 << 20;

/// Inputs lie inside each other to this depth: a page in a mail in a mailbox in a compressed archive.
const LEVELS_MAX: u8 = 6;

/// A file's bytes are asked of the operating system in pieces of this size.
const BUFFER_BYTES: usize = 128 << 10;

/// What a reader is given.
pub struct Input<'i> {
    nest: Nest<'i>,
    name: String,
    head: Vec<u8>,
    stream: BufReader<Chain<Cursor<Vec<u8>>, Counted<'i>>>,
}

/// Where an input lies: in which file, how deep, and how far that file has been expanded.
#[derive(Clone)]
pub struct Nest<'i> {
    path: &'i str,
    level: u8,
    gauge: Arc<Gauge>,
}

impl<'i> Nest<'i> {
    /// Returns the path of the file, which names it in warnings and documents.
    pub fn path(&self) -> &'i str {
        self.path
    }

    /// Returns the count of what the file was expanded to.
    pub fn gauge(&self) -> &Arc<Gauge> {
        &self.gauge
    }

    /// Opens what lies inside of the input under a name.
    ///
    /// # Errors
    ///
    /// The cause, if the first bytes cannot be read, or if inputs lie in each other too deep.
    pub fn inner<'n>(&self, name: &str, read: &'n mut dyn Read) -> Result<Input<'n>, String>
    where
        'i: 'n,
    {
        if self.level + 1 >= LEVELS_MAX {
            return Err(format!("files inside of each other {} deep, the limit is {LEVELS_MAX}", self.level + 2));
        }
        let nest = Nest { path: self.path, level: self.level + 1, gauge: Arc::clone(&self.gauge) };
        Input::in_nest(nest, name.to_owned(), Counted::inner(read))
    }
}

/// Where an input stands: where it lies, and under which name.
#[derive(Clone)]
pub struct Standing<'i> {
    nest: Nest<'i>,
    name: String,
}

/// What [`Input::next_line`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRead {
    /// A line, which may be empty.
    Line,
    /// A line that is longer than was asked for, with its length in bytes; it was passed over.
    TooLong(u64),
    /// The end of the file.
    End,
}

impl<'i> Input<'i> {
    /// Opens a file: reads its head.
    ///
    /// # Errors
    ///
    /// The cause, if the first bytes cannot be read.
    pub fn open(path: &'i str, read: &'i mut dyn Read) -> Result<Self, String> {
        let gauge = Arc::new(Gauge::default());
        let nest = Nest { path, level: 0, gauge: Arc::clone(&gauge) };
        Self::in_nest(nest, path.to_owned(), Counted::outermost(read, gauge))
    }

    /// Opens what lies inside of this input under a name.
    ///
    /// # Errors
    ///
    /// The cause, if the first bytes cannot be read, or if inputs lie in each other too deep.
    pub fn inner<'n>(&self, name: &str, read: &'n mut dyn Read) -> Result<Input<'n>, String>
    where
        'i: 'n,
    {
        self.nest.inner(name, read)
    }

    /// Tells where the input stands, to open its text again in another encoding.
    pub fn standing(&self) -> Standing<'i> {
        Standing { nest: self.nest(), name: self.name.clone() }
    }

    /// Opens what stands where another input did: the same text, decoded.
    ///
    /// # Errors
    ///
    /// The cause, if the first bytes cannot be read.
    pub fn reopen(standing: Standing<'i>, read: &'i mut dyn Read) -> Result<Self, String> {
        Self::in_nest(standing.nest, standing.name, Counted::inner(read))
    }

    fn in_nest(nest: Nest<'i>, name: String, read: Counted<'i>) -> Result<Self, String> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let mut first = read.take(HEAD_BYTES as u64);
        first.read_to_end(&mut head).map_err(|error| unreadable(&error))?;
        let read = first.into_inner();
        // A short file is over with its head: a large buffer would only be cleared for nothing.
        let buffer_bytes = if head.len() < HEAD_BYTES { head.len().max(1) } else { BUFFER_BYTES };
        let stream = BufReader::with_capacity(buffer_bytes, Cursor::new(head.clone()).chain(read));
        Ok(Input { nest, name, head, stream })
    }

    /// Returns where this input lies, for what lies inside of it while its own bytes are being read.
    pub fn nest(&self) -> Nest<'i> {
        self.nest.clone()
    }

    /// Returns the path of the file, which names it in warnings and documents.
    pub fn path(&self) -> &'i str {
        self.nest.path
    }

    /// Returns the name that tells the format: the path, or the name of the member inside of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the name of the member, if this is inside of a file.
    pub fn member(&self) -> Option<&str> {
        (self.nest.level > 0).then_some(self.name.as_str())
    }

    /// Returns the first [`HEAD_BYTES`] bytes, or all if there are fewer.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Reads all that is left, as one document.
    ///
    /// # Errors
    ///
    /// The cause, if it cannot be read or has more than [`DOCUMENT_BYTES_MAX`] bytes.
    pub fn whole(&mut self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::with_capacity(self.head.len());
        (&mut self.stream).take(DOCUMENT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
        if bytes.len() > DOCUMENT_BYTES_MAX {
            return Err(format!("too large for one document: the limit is {} MB", DOCUMENT_BYTES_MAX >> 20));
        }
        Ok(bytes)
    }

    /// Reads the next line without its end, into a buffer that is emptied first; a longer one than `bytes_max` is passed over.
    ///
    /// # Errors
    ///
    /// The cause, if it cannot be read.
    pub fn next_line(&mut self, line: &mut Vec<u8>, bytes_max: usize) -> Result<LineRead, String> {
        line.clear();
        let mut len_bytes = 0_u64;
        loop {
            let buffer = self.stream.fill_buf().map_err(|error| unreadable(&error))?;
            if buffer.is_empty() {
                return Ok(match len_bytes {
                    0 => LineRead::End,
                    _ if len_bytes > bytes_max as u64 => LineRead::TooLong(len_bytes),
                    _ => LineRead::Line,
                });
            }
            let end = memchr::memchr(b'\n', buffer);
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            len_bytes += piece.len() as u64;
            if len_bytes <= bytes_max as u64 {
                line.extend_from_slice(piece);
            } else {
                // Memory goes back at once: what is passed over is not held.
                *line = Vec::new();
            }
            let used = piece.len() + usize::from(end.is_some());
            self.stream.consume(used);
            if end.is_some() {
                return Ok(if len_bytes > bytes_max as u64 { LineRead::TooLong(len_bytes) } else { LineRead::Line });
            }
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.stream.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.stream.consume(count);
    }
}

/// Says why bytes could not be read.
pub fn unreadable(error: &io::Error) -> String {
    format!("cannot be read: {}", cause_of(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_one_by_one() {
        let mut bytes: &[u8] = b"one\n\ntwo and more\nthree";
        let mut input = Input::open("a.txt", &mut bytes).unwrap();
        assert_eq!(input.head(), b"one\n\ntwo and more\nthree");
        let mut line = Vec::new();
        let mut found = Vec::new();
        loop {
            let read = input.next_line(&mut line, 5).unwrap();
            found.push((read, String::from_utf8(line.clone()).unwrap()));
            if read == LineRead::End {
                break;
            }
        }
        let expected =
            [(LineRead::Line, "one"), (LineRead::Line, ""), (LineRead::TooLong(12), ""), (LineRead::Line, "three"), (LineRead::End, "")];
        assert_eq!(found, expected.map(|(read, text)| (read, text.to_owned())));
    }

    #[test]
    fn inputs_are_not_opened_too_deep() {
        let mut bytes: &[u8] = b"x";
        let mut inner = [&b"x"[..]; 6];
        let input = Input::open("a.zip", &mut bytes).unwrap();
        let [first, second, third, fourth, fifth, _] = &mut inner;
        let input = input.inner("1", first).unwrap();
        assert_eq!((input.path(), input.name(), input.member()), ("a.zip", "1", Some("1")));
        let input = input.inner("2", second).unwrap();
        let input = input.inner("3", third).unwrap();
        let input = input.inner("4", fourth).unwrap();
        let input = input.inner("5", fifth).unwrap();
        assert!(input.inner("6", &mut &b"x"[..]).is_err());
    }
}
