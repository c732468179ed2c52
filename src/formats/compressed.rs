//! A compressed file in, the documents of what it holds out: `a.jsonl.gz` is read as `a.jsonl`.
//!
//! Nothing is held but the decoder's window. A file that is cut off or damaged gives what came before, and one warning; a web
//! archive also what comes after, since each of its records is compressed by itself.

use std::io::{BufRead, Read};

use crate::document::RawDocument;
use crate::error::Warning;
use crate::formats::expansion::{Expanded, UpToFailure};
use crate::formats::format::{Format, inner_name, recognise};
use crate::formats::inflate;
use crate::formats::input::{Input, Nest};
use crate::formats::members::{Around, without_places};
use crate::formats::reader::Sink;

/// So many damaged places of a web archive are passed over; one with more is not worth the time.
const DAMAGED_PLACES_MAX: usize = 50;

/// How a member of a gzip file begins; the fourth byte has flags, of which the upper three are always 0 (RFC 1952).
const MEMBER: &[u8] = b"\x1f\x8b\x08";

/// Reads a gzip file.
pub fn read_gzip(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let mut outer = Outer { name: inner_name(input.name()).to_owned(), nest: input.nest(), ordinal: 0, state: State::Start };
    for _ in 0..=DAMAGED_PLACES_MAX {
        outer.read(&mut inflate::gzip(&mut *input), around, sink);
        if outer.state != State::DamagedWebArchive || outer.nest.gauge().is_over() || !skip_to_member(input) {
            break;
        }
    }
}

/// Reads a zstd file.
pub fn read_zstd(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let mut outer = Outer { name: inner_name(input.name()).to_owned(), nest: input.nest(), ordinal: 0, state: State::Start };
    outer.read(&mut inflate::zstd(input), around, sink);
}

/// Goes on to where a member of a gzip file may begin; false at the end of the file. One whose first bytes lie in two pieces as
/// the file was read, once in some ten thousand, is missed.
fn skip_to_member(input: &mut Input<'_>) -> bool {
    loop {
        let buffer = match input.fill_buf() {
            Ok([]) | Err(_) => return false,
            Ok(buffer) => buffer,
        };
        let at = memchr::memmem::find(buffer, MEMBER);
        let is_member = at.is_some_and(|at| buffer.get(at + MEMBER.len()).is_some_and(|flags| flags & 0xe0 == 0));
        let used = at.map_or(buffer.len(), |at| if is_member { at } else { at + 1 });
        input.consume(used);
        if is_member {
            return true;
        }
    }
}

/// A compressed file while it is read.
struct Outer<'o> {
    name: String,
    nest: Nest<'o>,
    /// The greatest of the documents' so far.
    ordinal: u32,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Done,
    /// What was read before the damage is a web archive.
    DamagedWebArchive,
}

impl Outer<'_> {
    /// Reads what a decoder gives, up to its end or to the first damage.
    fn read(&mut self, decoder: &mut dyn Read, around: &Around<'_>, sink: &mut Sink<'_>) {
        let goes_on = self.state == State::DamagedWebArchive;
        let mut bytes = UpToFailure::new(Expanded::new(decoder, self.nest.gauge()));
        let (before, mut last) = (self.ordinal, self.ordinal);
        let (mut is_web_archive, mut is_empty) = (false, false);
        match self.nest.inner(&self.name, &mut bytes) {
            // Bytes that only look like the start of a member give anything but a record.
            Ok(inner) if goes_on && !inner.head().starts_with(b"WARC/") => return,
            Ok(mut inner) => {
                is_web_archive = recognise(&self.name, inner.head()) == Some(Format::Warc);
                let mut pass = |raw: RawDocument| {
                    let mut raw = without_places(raw);
                    raw.origin.ordinal = raw.origin.ordinal.saturating_add(before);
                    last = last.max(raw.origin.ordinal);
                    raw
                };
                is_empty = inner.head().is_empty();
                if !is_empty {
                    (around.inside)(&mut inner, around.options, &mut |outcome| sink(outcome.map(&mut pass)));
                }
            }
            Err(cause) => sink(Err(Warning::new(self.nest.path(), cause))),
        }
        self.ordinal = last;
        self.state = if goes_on { self.state } else { State::Done };
        if let Some(cause) = bytes.failure() {
            if is_web_archive {
                self.state = State::DamagedWebArchive;
                sink(Err(Warning::new(self.nest.path(), cause).with_hint("the other records are read")));
            } else if !goes_on {
                sink(Err(Warning::new(self.nest.path(), cause).with_hint("what came before is read")));
            }
        } else {
            self.state = State::Done;
            if is_empty && !goes_on {
                sink(Err(Warning::new(self.nest.path(), "empty file")));
            }
        }
    }
}
