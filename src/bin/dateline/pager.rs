//! Output for reading: as it is, or in the user's pager where it is longer than the terminal, as git does.

use std::io::{BufWriter, Seek, StdoutLock, Write};
use std::process::Stdio;

use crate::args::Place;
use crate::failure::Failure;
use crate::launch;
use crate::screen::{safe, terminal_rows};

/// The pager where none is stated.
const PAGER: &str = "less";

/// What output is written to.
pub enum Output {
    /// The standard output, at once.
    Direct(BufWriter<StdoutLock<'static>>),
    /// Kept back until it is known how long it is.
    Held {
        /// What was written.
        bytes: Vec<u8>,
        /// Lines of the terminal.
        rows: usize,
        /// The pager as it is stated.
        pager: String,
    },
}

impl Output {
    /// Looks at the standard output: only what goes to a terminal is paged, and not where `--no-pager` says so or the pager is
    /// `cat` or blank.
    pub fn new(place: &Place) -> Self {
        let stated = ["DATELINE_PAGER", "PAGER"].iter().find_map(|name| std::env::var(name).ok());
        let pager = stated.unwrap_or_else(|| PAGER.to_owned());
        match terminal_rows() {
            Some(rows) if !place.no_pager && !matches!(pager.trim(), "" | "cat") => Output::Held { bytes: Vec::new(), rows, pager },
            _ => Output::Direct(BufWriter::new(std::io::stdout().lock())),
        }
    }

    /// Prints what was kept back, then on the standard error what is told about it; where the pager is going to show the one, it
    /// shows the other too.
    pub fn finish_with(mut self, about: &[u8]) -> Result<(), Failure> {
        if let Output::Held { bytes, .. } = &mut self {
            bytes.extend_from_slice(about);
            return self.finish();
        }
        self.finish()?;
        Ok(std::io::stderr().write_all(about)?)
    }

    /// Prints what was kept back. What is too long for the terminal is the last that is done: the pager takes our place.
    pub fn finish(self) -> Result<(), Failure> {
        let (bytes, rows, pager) = match self {
            Output::Direct(mut out) => return Ok(out.flush()?),
            Output::Held { bytes, rows, pager } => (bytes, rows, pager),
        };
        // One line is the prompt's.
        if bytes.iter().filter(|byte| **byte == b'\n').count() >= rows {
            let error = page(&bytes, &pager);
            if let Err(error) = error {
                writeln!(std::io::stderr(), "warning: the pager {} cannot be started: {error}", safe(&pager))?;
            } else {
                return Ok(());
            }
        }
        let mut out = std::io::stdout().lock();
        out.write_all(&bytes)?;
        Ok(out.flush()?)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Output::Direct(out) => out.write(bytes),
            Output::Held { bytes: held, .. } => held.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Output::Direct(out) => out.flush(),
            Output::Held { .. } => Ok(()),
        }
    }
}

fn page(bytes: &[u8], pager: &str) -> std::io::Result<()> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    file.rewind()?;
    let Some(mut command) = launch::command(pager) else { return Ok(()) };
    command.stdin(Stdio::from(file));
    // As git sets them: colours pass, a screenful ends by itself, the screen stays as it is.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    launch::become_program(&mut command)
}
