//! A PDF's bytes in, its text out, by way of a process that may run wild without harm: both ends of the pipe between.
//!
//! The process is a program that the front end names; it is started with [`COMMAND`] as its argument, bounds itself, and calls
//! [`serve`]. It gets the file on its standard input and writes its pieces to its standard output, a line of JSON each. Whatever
//! happens to it, crash, endless loop, too much memory, ends as one cause.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use crate::error::cause_of;
use crate::formats::pdf::PdfText;
use crate::formats::pdf::content::{PdfContent, PdfPiece};
use crate::formats::pdf::glyphs;

/// The argument with which the program is started.
pub const COMMAND: &str = "pdf-text";

/// The process sets this limit to its own computing time. Of 61 web pages printed to PDF, 679 sheets, none took more than 0.2 s in a build
/// without optimisation.
pub const COMPUTING_SECONDS_MAX: u64 = 2;

/// The process sets this limit to its own memory: room for the largest file, twice, and for what is made of it.
pub const MEMORY_BYTES_MAX: u64 = 400 << 20;

/// The process is stopped after this time by the clock. It does nothing but compute, so that on a machine that has time for it
/// the limit of computing time comes first; this one holds where there is no such limit.
const CLOCK_SECONDS_MAX: u64 = 20;

/// What is taken from the process: the text of a long book, with its places, has under 8 MB.
const OUTPUT_BYTES_MAX: u64 = 32 << 20;

/// Takes the text out of PDFs in a process of its own.
#[derive(Debug, Clone)]
struct Isolated {
    program: PathBuf,
}

/// Returns a reader of PDFs that starts a program for each; see the head of this file for what the program does.
pub fn reader(program: PathBuf) -> Arc<dyn PdfText> {
    Arc::new(Isolated { program })
}

impl PdfText for Isolated {
    fn read(&self, bytes: &[u8]) -> PdfContent {
        let mut command = Command::new(&self.program);
        command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // What is typed at the terminal to end the program is not for a process that is in the middle of a file.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        match command.spawn() {
            Ok(child) => converse(child, bytes),
            Err(error) => {
                let cause = format!("the program that reads PDFs cannot be started: {}", cause_of(&error));
                PdfContent { failure: Some(cause), ..PdfContent::default() }
            }
        }
    }
}

/// What came out of the process.
#[derive(Default)]
struct Received {
    content: PdfContent,
    is_too_much: bool,
}

/// Gives the process the file and takes what it writes, each in a thread, so that neither waits for the other.
fn converse(mut child: Child, bytes: &[u8]) -> PdfContent {
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (tell, told) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A process that has ended takes no more; why it ended is told below.
            let _ = stdin.map(|mut stdin| stdin.write_all(bytes));
        });
        scope.spawn(move || {
            // Who listens waits for this message, however long it takes.
            let _ = tell.send(stdout.map(receive).unwrap_or_default());
        });
        let in_time = told.recv_timeout(Duration::from_secs(CLOCK_SECONDS_MAX)).ok();
        let is_late = in_time.is_none();
        if in_time.as_ref().is_none_or(|received| received.is_too_much) {
            // It may have ended by itself in the meantime.
            let _ = child.kill();
        }
        let ended = child.wait();
        let Received { mut content, is_too_much } = in_time.or_else(|| told.recv().ok()).unwrap_or_default();
        if is_late {
            content.failure = Some(format!("reading it took more than {CLOCK_SECONDS_MAX} s"));
        } else if is_too_much {
            content.failure = Some(format!("its text has more than {} MB", OUTPUT_BYTES_MAX >> 20));
        } else if content.failure.is_none() {
            content.failure = failure_of(ended);
        }
        content
    })
}

/// Takes what the process writes, line by line.
fn receive(output: impl Read) -> Received {
    let mut received = Received::default();
    let mut output = BufReader::new(output.take(OUTPUT_BYTES_MAX));
    let mut line = Vec::new();
    while output.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
        // A line that is cut off is the last one of a process that was stopped.
        if let Ok(piece) = serde_json::from_slice::<PdfPiece>(&line) {
            received.content.add(piece);
        }
        line.clear();
    }
    received.is_too_much = output.get_ref().limit() == 0;
    received
}

/// Says why a process ended that did not end well.
fn failure_of(ended: io::Result<ExitStatus>) -> Option<String> {
    match ended {
        Ok(status) if status.success() => None,
        Ok(status) => Some(match signal(status) {
            Some(signal) if [SIGNAL_COMPUTING, SIGNAL_KILLED].contains(&signal) => {
                format!("reading it took more than {COMPUTING_SECONDS_MAX} s")
            }
            Some(_) => format!("reading it took more than {} MB of memory, or it is nested too deep", MEMORY_BYTES_MAX >> 20),
            None => "the reader of PDFs gave up on it".to_owned(),
        }),
        Err(error) => Some(format!("the program that reads PDFs was lost: {}", cause_of(&error))),
    }
}

/// The signal that ends a process at its limit of computing time, on all systems that have one.
const SIGNAL_COMPUTING: i32 = 24;

/// The signal that ends a process at once: what comes next if it does not heed the first one.
const SIGNAL_KILLED: i32 = 9;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// What the process does: takes a PDF from a stream and writes its pieces to another, a line of JSON each.
///
/// # Errors
///
/// When the file cannot be read or its pieces not be written.
pub fn serve(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let mut outcome = Ok(());
    glyphs::read_pieces(bytes, &mut |piece| {
        if outcome.is_ok() {
            outcome = write_piece(&piece, output);
        }
    });
    outcome
}

/// Writes a piece as one line.
fn write_piece(piece: &PdfPiece, output: &mut dyn Write) -> io::Result<()> {
    let mut line = serde_json::to_vec(piece)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(program: &str, expected: &str) {
        let content = reader(PathBuf::from(program)).read(b"%PDF-1.7");
        assert!(content.pages.is_empty(), "{program}");
        assert_eq!(content.failure.as_deref(), Some(expected), "{program}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        check("no such program", "the program that reads PDFs cannot be started: it does not exist");
    }

    #[cfg(unix)]
    #[test]
    fn programs_that_misbehave_are_one_failure() {
        // They take the command for a file, for a word to repeat without end.
        check("cat", "the reader of PDFs gave up on it");
        check("yes", "its text has more than 32 MB");
    }

    #[test]
    fn what_is_served_is_received() {
        let mut served = Vec::new();
        serve(&mut &b"no PDF"[..], &mut served).unwrap();
        let received = receive(served.as_slice());
        assert_eq!(received.content.failure.as_deref(), Some("not a PDF that can be read: it is damaged or cut off"));
        // A process that was stopped leaves a line without an end.
        let received = receive(&b"{\"page\":{\"height\":9.0,\"lines\":[]}}\n{\"pa"[..]);
        assert_eq!((received.content.pages.len(), received.is_too_much), (1, false));
    }
}
