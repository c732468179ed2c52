//! What a file holds, one member after the other, in; their documents out, in that order, as documents of the file.
//!
//! Members are read in batches, each batch in parallel: taking a page apart is what costs time, and members do not know each
//! other. Ordinals run through the file; a member of a format that is read counts as one document at least, so that mending a
//! broken one changes no other's number. A member that fails costs a warning, and its neighbours nothing.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};

use rayon::prelude::*;

use crate::document::{RawDocument, RawField};
use crate::error::Warning;
use crate::formats::expansion::UpToFailure;
use crate::formats::format::recognise;
use crate::formats::input::{HEAD_BYTES, Nest};
use crate::formats::reader::{Decoded, Inside, ReadOptions, Sink, decode};

/// Members that are read at one go: enough for many cores, and few beside what they take.
const MEMBERS_AT_ONCE: usize = 64;

/// Bytes of members that are read at one go. Measured on pages, their trees take about ten times as much.
const BYTES_AT_ONCE: usize = 8 << 20;

/// A member that is larger is read by itself and as a stream, never held whole here.
const HELD_BYTES_MAX: usize = 4 << 20;

/// So many warnings alike are passed on; of those after them only the number.
const ALIKE_MAX: u64 = 5;

/// So many kinds of warnings are told apart; further ones count as one kind.
const KINDS_MAX: usize = 40;

/// What a reader of files that hold others needs beside the file.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Reads what is inside.
    pub inside: Inside<'a>,
    /// What it is told.
    pub options: &'a ReadOptions,
}

/// What the file around a member says of it.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// What the member is called, in warnings and documents; `None` if it is the file itself.
    pub label: Option<String>,
    /// The name that tells its format.
    pub name: String,
    /// What the file around it states about its documents.
    pub fields: Vec<RawField>,
    /// The id of its first document, if that states none.
    pub own_id: Option<String>,
    /// The charset of its text, if that is stated outside of it.
    pub charset: Option<String>,
}

/// Takes the members of a file.
pub struct Members<'m, 's> {
    nest: Nest<'m>,
    around: Around<'m>,
    sink: &'m mut Sink<'s>,
    waiting: Vec<Member>,
    waiting_bytes: usize,
    ordinal: u32,
    alike: Vec<(String, u64)>,
    is_empty: bool,
}

struct Member {
    about: About,
    bytes: Vec<u8>,
    damage: Option<String>,
}

type Outcome = Result<RawDocument, Warning>;

impl<'m, 's> Members<'m, 's> {
    /// Starts with none.
    pub fn new(nest: Nest<'m>, around: Around<'m>, sink: &'m mut Sink<'s>) -> Self {
        Members { nest, around, sink, waiting: Vec::new(), waiting_bytes: 0, ordinal: 0, alike: Vec::new(), is_empty: true }
    }

    /// Tells whether the file has expanded so far that no more of it is read.
    pub fn is_over(&self) -> bool {
        self.nest.gauge().is_over()
    }

    /// Takes a member, and tells whether it is one: a member of a format that is not read is passed over silently.
    pub fn read(&mut self, about: About, bytes: &mut dyn Read) -> bool {
        self.nest.gauge().add_member();
        let mut bytes = UpToFailure::new(bytes);
        let mut held = Vec::new();
        let outcome = (&mut bytes).take(HEAD_BYTES as u64).read_to_end(&mut held);
        debug_assert!(outcome.is_ok(), "failures are kept");
        if recognise(&about.name, &held).is_none() {
            return false;
        }
        self.is_empty = false;
        let rest_max = HELD_BYTES_MAX + 1 - held.len();
        let outcome = (&mut bytes).take(rest_max as u64).read_to_end(&mut held);
        debug_assert!(outcome.is_ok(), "failures are kept");
        if held.len() > HELD_BYTES_MAX {
            self.stream(&about, held, bytes);
        } else {
            self.waiting_bytes += held.len();
            self.waiting.push(Member { about, bytes: held, damage: bytes.failure().map(str::to_owned) });
            if self.waiting.len() >= MEMBERS_AT_ONCE || self.waiting_bytes >= BYTES_AT_ONCE {
                self.flush();
            }
        }
        true
    }

    /// Passes a warning on, about a member or about the file, unless there were enough of its kind.
    pub fn warn(&mut self, label: Option<&str>, cause: &str) {
        // What waits comes first: warnings stand in the order of the file.
        self.flush();
        self.pass_warning(label, Warning::new(self.nest.path(), cause));
    }

    /// Reads what waits, and tells how many warnings were not passed on, or that there was nothing at all.
    pub fn finish(mut self) {
        self.flush();
        if self.is_empty && self.alike.is_empty() {
            self.pass_warning(None, Warning::new(self.nest.path(), "holds nothing of a format that is read"));
        }
        for (kind, count) in std::mem::take(&mut self.alike) {
            if count > ALIKE_MAX {
                let cause = format!("and {} more of this kind: {kind}", count - ALIKE_MAX);
                (self.sink)(Err(Warning::new(self.nest.path(), cause)));
            }
        }
    }

    fn stream(&mut self, about: &About, held: Vec<u8>, mut rest: UpToFailure<&mut dyn Read>) {
        self.flush();
        let nest = self.nest.clone();
        let around = self.around;
        let mut taken = 0;
        let mut stream = Cursor::new(held).chain(&mut rest);
        match nest.inner(&about.name, &mut stream) {
            Ok(mut input) => (around.inside)(&mut input, around.options, &mut |outcome| self.pass(about, outcome, &mut taken)),
            Err(cause) => self.pass_warning(about.label.as_deref(), Warning::new(nest.path(), cause)),
        }
        self.ordinal = self.ordinal.saturating_add(taken.max(1));
        // A reader may have given up before a damaged place; the place is worth its warning all the same, unless nobody came there.
        if let Some(cause) = rest.failure() {
            self.pass_warning(about.label.as_deref(), Warning::new(nest.path(), cause));
        }
    }

    fn flush(&mut self) {
        let members = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let (nest, around) = (&self.nest, self.around);
        let read: Vec<Vec<Outcome>> = members.par_iter().map(|member| read_held(nest, around, member)).collect();
        for (member, outcomes) in members.iter().zip(read) {
            let mut taken = 0;
            for outcome in outcomes {
                self.pass(&member.about, outcome, &mut taken);
            }
            self.ordinal = self.ordinal.saturating_add(taken.max(1));
            if let Some(cause) = &member.damage {
                self.pass_warning(member.about.label.as_deref(), Warning::new(self.nest.path(), cause.as_str()));
            }
        }
    }

    fn pass(&mut self, about: &About, outcome: Outcome, taken: &mut u32) {
        match outcome {
            Ok(raw) => {
                *taken = (*taken).max(raw.origin.ordinal);
                (self.sink)(Ok(of_file(raw, about, self.ordinal)));
            }
            Err(warning) => self.pass_warning(about.label.as_deref(), warning),
        }
    }

    fn pass_warning(&mut self, label: Option<&str>, warning: Warning) {
        let kind = kind(&warning.cause);
        let at = match self.alike.iter().position(|(known, _)| known == kind) {
            Some(at) => at,
            None if self.alike.len() < KINDS_MAX => {
                self.alike.push((kind.to_owned(), 0));
                self.alike.len() - 1
            }
            None => KINDS_MAX - 1,
        };
        self.alike[at].1 += 1;
        if self.alike[at].1 <= ALIKE_MAX {
            (self.sink)(Err(named(label, warning)));
        }
    }
}

/// Reads a member that is held whole; of a damaged one its own warnings are left out, since the damage has its warning.
fn read_held(nest: &Nest<'_>, around: Around<'_>, member: &Member) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let converted = member.about.charset.as_deref().and_then(|label| to_utf8(&member.bytes, label));
    let mut bytes = converted.as_deref().unwrap_or(&member.bytes);
    if bytes.is_empty() && member.damage.is_none() {
        return vec![Err(Warning::new(nest.path(), "empty file"))];
    }
    match nest.inner(&member.about.name, &mut bytes) {
        Ok(mut input) => (around.inside)(&mut input, around.options, &mut |outcome| outcomes.push(outcome)),
        Err(cause) => outcomes.push(Err(Warning::new(nest.path(), cause))),
    }
    if member.damage.is_some() {
        outcomes.retain(Result::is_ok);
    }
    outcomes
}

/// Decodes text whose charset is stated outside of it, unless it is UTF-8 whatever is stated.
fn to_utf8(bytes: &[u8], label: &str) -> Option<Vec<u8>> {
    match decode(bytes, Some(label)) {
        Ok(Decoded { text: Cow::Owned(text), damaged_at: None, .. }) => Some(text.into_bytes()),
        _ => None,
    }
}

/// Makes a member's document one of the file.
fn of_file(raw: RawDocument, about: &About, before: u32) -> RawDocument {
    let mut raw = without_places(raw);
    if raw.origin.ordinal == 1 && raw.origin.own_id.is_none() {
        raw.origin.own_id.clone_from(&about.own_id);
    }
    raw.origin.ordinal = raw.origin.ordinal.saturating_add(before);
    raw.origin.member = match (&about.label, raw.origin.member.take()) {
        (Some(label), Some(inner)) => Some(format!("{label}/{inner}")),
        (label, inner) => label.clone().or(inner),
    };
    raw.fields.extend(about.fields.iter().cloned());
    raw
}

/// Returns what kind of thing went wrong: a cause up to its details, without the names of members inside of members.
fn kind(cause: &str) -> &str {
    let mut rest = cause;
    while let Some((_, tail)) = rest.split_once(": ").filter(|(name, _)| !name.contains(' ')) {
        rest = tail;
    }
    let end = rest.find(|c: char| c == ':' || c.is_ascii_digit()).filter(|end| *end > 0).unwrap_or(rest.len());
    rest[..end].trim_end()
}

/// Puts a member's name, and the line in it, before the cause of its warning.
fn named(label: Option<&str>, mut warning: Warning) -> Warning {
    let Some(label) = label else { return warning };
    warning.cause = match warning.line.take() {
        Some(line) => format!("{label}:{line}: {}", warning.cause),
        None => format!("{label}: {}", warning.cause),
    };
    warning
}

/// Takes the places of blocks away: the file does not hold the text as such.
pub fn without_places(mut raw: RawDocument) -> RawDocument {
    for block in &mut raw.blocks {
        block.place = None;
    }
    raw
}

/// Reads what is left and forgets it.
///
/// # Errors
///
/// When it cannot be read.
pub fn pass_over(read: &mut dyn Read) -> io::Result<u64> {
    io::copy(read, &mut io::sink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_leave_names_and_numbers_out() {
        for (cause, expected) in [
            ("is cut off: the file expands", "is cut off"),
            ("b.zip: c.zip:7: broken JSON: expected ident (column 2)", "broken JSON"),
            ("what stands between two records is lost: 25 bytes", "what stands between two records is lost"),
            ("invalid UTF-8 at byte 7", "invalid UTF-"),
            ("empty file", "empty file"),
        ] {
            assert_eq!(kind(cause), expected);
        }
    }

    #[test]
    fn charsets_stated_outside_count_unless_the_text_is_utf8() {
        assert_eq!(to_utf8(b"\xcf\xf0\xe8", "windows-1251").as_deref(), Some("При".as_bytes()));
        assert_eq!(to_utf8("При".as_bytes(), "windows-1251"), None);
        assert_eq!(to_utf8("При".as_bytes(), "utf-8"), None);
    }
}
