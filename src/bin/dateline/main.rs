//! The `dateline` program: arguments in, the library's answers out, in the terminal or as data.
//!
//! Exit codes: 0 done, 1 nothing found (of `verify`, something found), 2 it could not be done (the message says why and what to do), 128 and
//! the number of the signal that made it stop (130 for Ctrl-C).

#![forbid(unsafe_code)]

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Command};
use crate::failure::Failure;

/// Gives back to the system what a stage of indexing leaves: the peak of 200,000 articles is a third lower than with that of the C
/// library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod args;
mod article;
mod bench;
mod command_line;
mod days;
mod diff;
mod doctor;
mod failure;
mod groups;
mod help;
mod index;
mod launch;
mod like;
mod links;
mod lookup;
mod mistake;
mod open;
mod own_file;
mod pager;
mod pdf_text;
mod printers;
mod progress;
mod safe;
mod screen;
mod search;
mod show;
mod signals;
mod timeline;
mod understand;
mod verify;
mod watch;

fn main() -> ExitCode {
    mistake::told(|| if pdf_text::is_asked() { pdf_text::run() } else { run() })
}

fn run() -> ExitCode {
    let arguments = match Arguments::try_parse_from(command_line::typed(std::env::args_os())) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let result = match &arguments.command {
        Command::Index(options) if options.watch => watch::run(&arguments.place, options),
        Command::Index(options) => index::run(&arguments.place, options),
        Command::Search(options) => search::run(&arguments.place, options),
        Command::Timeline(options) => timeline::run(&arguments.place, options),
        Command::Show(options) => show::run(&arguments.place, options),
        Command::Article(options) => article::run(&arguments.place, options),
        Command::Groups(options) => groups::run(&arguments.place, options),
        Command::Diff(options) => diff::run(&arguments.place, options),
        Command::Doctor(options) => doctor::run(&arguments.place, options),
        Command::Verify(options) => verify::run(&arguments.place, options),
        Command::Bench(options) => bench::run(&arguments.place, options),
        Command::Help(options) => help::run(options),
    };
    let result = result.and_then(|outcome| std::io::stdout().flush().map_err(Failure::from).map(|()| outcome));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound | Outcome::Faulty) => ExitCode::from(1),
        // Who reads our output has had enough of it: that is no failure.
        Err(Failure::PipeClosed) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Says what is wrong with the arguments, or what was asked of them. The parser repeats what was typed, which may have been taken from the
/// names of files.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if !error.use_stderr() || text.lines().all(|line| !line.contains(screen::acts)) {
        error.exit();
    }
    for line in text.lines() {
        // Where even this cannot be written there is nobody left to tell.
        let _ = writeln!(std::io::stderr(), "{}", screen::safe(line));
    }
    ExitCode::from(2)
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It did what it was asked to.
    Done,
    /// There was nothing to answer with; of `doctor --quiet`, something to repair.
    NothingFound,
    /// The index is not as it should be.
    Faulty,
}
