//! A compressed file in, the documents of what it holds out: `a.jsonl.gz` is read as `a.jsonl`.
//!
//! Nothing is held but the decoder's window. A file that is cut off or damaged gives what came before, and one warning.

use std::io::Read;

use crate::error::Warning;
use crate::formats::expansion::{Expanded, UpToFailure};
use crate::formats::format::inner_name;
use crate::formats::inflate;
use crate::formats::input::{Input, Nest};
use crate::formats::members::{Around, without_places};
use crate::formats::reader::Sink;

/// Reads a gzip file.
pub fn read_gzip(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let outer = Outer { name: inner_name(input.name()).to_owned(), nest: input.nest() };
    outer.read(&mut inflate::gzip(input), around, sink);
}

/// Reads a zstd file.
pub fn read_zstd(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let outer = Outer { name: inner_name(input.name()).to_owned(), nest: input.nest() };
    outer.read(&mut inflate::zstd(input), around, sink);
}

struct Outer<'o> {
    name: String,
    nest: Nest<'o>,
}

impl Outer<'_> {
    fn read(&self, decoder: &mut dyn Read, around: &Around<'_>, sink: &mut Sink<'_>) {
        let mut bytes = UpToFailure::new(Expanded::new(decoder, self.nest.gauge()));
        match self.nest.inner(&self.name, &mut bytes) {
            Ok(inner) if inner.head().is_empty() => {}
            Ok(mut inner) => (around.inside)(&mut inner, around.options, &mut |outcome| sink(outcome.map(without_places))),
            Err(cause) => sink(Err(Warning::new(self.nest.path(), cause))),
        }
        if let Some(cause) = bytes.failure() {
            sink(Err(Warning::new(self.nest.path(), cause).with_hint("what came before is read")));
        }
    }
}
