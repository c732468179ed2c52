//! A mailbox in; its mails, one after the other, out.
//!
//! Each mail begins behind a line `From sender time` that follows a blank line, and such lines inside of a mail have a `>` before them
//! (RFC 4155 and its `mboxrd` form). No more than one mail is held at a time.

use crate::formats::input::{DOCUMENT_BYTES_MAX, Input, LineRead};
use crate::formats::mail::message;
use crate::formats::mail_signs::is_from_line;
use crate::formats::members::{Around, Members};
use crate::formats::reader::Sink;

/// A line of a mail is held up to this length: no attachment is on one line, and a page may be.
const LINE_BYTES_MAX: usize = 16 << 20;

/// Reads a mailbox.
pub fn read(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let mut members = Members::new(input.nest(), *around, sink);
    let mut mail = Mail::default();
    let mut line = Vec::new();
    let mut is_after_blank = true;
    loop {
        match input.next_line(&mut line, LINE_BYTES_MAX) {
            Ok(LineRead::Line) if is_after_blank && is_from_line(&line) => mail.end(&mut members),
            Ok(LineRead::Line) => mail.push(&line),
            Ok(LineRead::TooLong(_)) => mail.is_too_long = true,
            Ok(LineRead::End) => break,
            Err(cause) => {
                members.warn(None, &cause);
                break;
            }
        }
        is_after_blank = line.trim_ascii().is_empty();
    }
    mail.end(&mut members);
    members.finish();
}

/// The mail that is being read.
#[derive(Default)]
struct Mail {
    /// Which mail of the mailbox, from 1; 0 before the first.
    number: u32,
    bytes: Vec<u8>,
    is_too_long: bool,
}

impl Mail {
    fn push(&mut self, line: &[u8]) {
        if self.is_too_long || self.bytes.len() + line.len() > DOCUMENT_BYTES_MAX {
            self.is_too_long = true;
            self.bytes = Vec::new();
            return;
        }
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted = marks > 0 && line[marks..].starts_with(b"From ");
        self.bytes.extend_from_slice(if is_quoted { &line[1..] } else { line });
        self.bytes.push(b'\n');
    }

    /// Hands the mail over and begins the next.
    fn end(&mut self, members: &mut Members<'_, '_>) {
        let label = format!("mail {}", self.number.max(1));
        if self.is_too_long {
            members.warn(Some(&label), &format!("larger than {} MB, the limit for a mail", DOCUMENT_BYTES_MAX >> 20));
        } else if !self.bytes.trim_ascii().is_empty() {
            message::add(&self.bytes, Some(&label), members);
        }
        *self = Mail { number: self.number.saturating_add(1), ..Mail::default() };
    }
}
