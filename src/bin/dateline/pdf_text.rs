//! The process that takes the text out of one PDF: the file on the standard input, its pieces on the standard output.
//!
//! The program starts itself for this, with a command that is not for people. The process bounds its own time and memory before it
//! looks at the file, and opens nothing.

use std::process::ExitCode;

use dateline::formats::ReadOptions;
use dateline::ingest::isolated;

/// Tells whether this process was started to take the text out of a PDF.
pub fn is_asked() -> bool {
    std::env::args_os().nth(1).is_some_and(|command| command == isolated::COMMAND) && std::env::args_os().count() == 2
}

/// Returns what readers are told: PDFs are read by this program, started anew for each.
pub fn reading() -> ReadOptions {
    let options = ReadOptions::default();
    match std::env::current_exe() {
        Ok(program) => options.with_pdf(isolated::reader(program)),
        Err(_) => options,
    }
}

/// Reads the PDF.
pub fn run() -> ExitCode {
    confine();
    match isolated::serve(&mut std::io::stdin().lock(), &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Sets limits to what this process may use. A limit that cannot be set is stricter already, or unknown to the system.
#[cfg(unix)]
fn confine() {
    use rustix::process::{Resource, Rlimit, setrlimit};

    #[cfg(target_os = "linux")]
    const MEMORY: Resource = Resource::As;
    #[cfg(not(target_os = "linux"))]
    const MEMORY: Resource = Resource::Data;

    let limits = [(Resource::Core, 0), (MEMORY, isolated::MEMORY_BYTES_MAX), (Resource::Cpu, isolated::COMPUTING_SECONDS_MAX)];
    for (resource, most) in limits {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn confine() {}
