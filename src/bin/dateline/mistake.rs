//! What is said where the program itself makes a mistake.
//!
//! The library turns a panic over a damaged index into an error; what it caught is not to be printed on top of that. Any other panic ends the
//! program with a message that says what happened and what to do. Whoever sets `RUST_BACKTRACE` gets what Rust prints.

use std::panic::{self, PanicHookInfo, UnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use crate::screen::safe;

/// What the last panic said.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Runs the program; a panic ends it with a message.
pub fn told(program: impl FnOnce() -> ExitCode + UnwindSafe) -> ExitCode {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        panic::set_hook(Box::new(|info| *LAST.lock().unwrap_or_else(PoisonError::into_inner) = message(info)));
    }
    panic::catch_unwind(program).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        eprintln!("error: dateline made a mistake and stopped: {}", safe(&last));
        eprintln!("  try: report it with the command that you typed; your articles and the index are as they were");
        ExitCode::from(2)
    })
}

fn message(info: &PanicHookInfo<'_>) -> String {
    let said = info.payload_as_str().unwrap_or("it does not say why");
    match info.location() {
        Some(place) => format!("{said} ({}:{})", place.file(), place.line()),
        None => said.to_owned(),
    }
}
