//! What the system asks of the program: to end. The only door to signals.
//!
//! While something heeds them, SIGINT, SIGTERM and SIGHUP are told to it once; the next one ends the program at once, as all of them do
//! while nothing heeds them. A signal that was ignored when the program was started, as SIGHUP is under `nohup`, stays ignored.

use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::screen;

/// The signals that ask a program to end.
#[cfg(unix)]
const ENDING: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: [i32; 2] = [SIGINT, SIGTERM];

/// A process that a signal ended is said to have this exit code, and the number of the signal on top.
const EXIT_CODE_BASE: i32 = 128;

/// A signal that asks the program to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal(i32);

impl Signal {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            SIGINT => "SIGINT",
            SIGTERM => "SIGTERM",
            _ => "SIGHUP",
        }
    }

    /// Returns the exit code of a program that it made end: 130 for SIGINT.
    pub fn exit_code(self) -> u8 {
        u8::try_from(EXIT_CODE_BASE + self.0).unwrap_or(u8::MAX)
    }
}

type Tell = Box<dyn Fn(Signal) + Send>;

/// Who is told the next signal.
static HEEDING: Mutex<Option<Tell>> = Mutex::new(None);

/// Signals are heeded as long as this lives.
pub struct Heeded {
    told: Arc<OnceLock<Signal>>,
}

impl Heeded {
    /// Returns the signal that has come, if one has.
    pub fn signal(&self) -> Option<Signal> {
        self.told.get().copied()
    }
}

impl Drop for Heeded {
    fn drop(&mut self) {
        *HEEDING.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Tells the first signal that asks the program to end to something that ends in its own way.
pub fn heed(tell: impl Fn(Signal) + Send + 'static) -> Heeded {
    static LISTENING: Once = Once::new();
    let told = Arc::new(OnceLock::new());
    let remembered = Arc::clone(&told);
    let tell = move |signal| {
        // Only the first is told, so that there is none yet.
        let _ = remembered.set(signal);
        tell(signal);
    };
    *HEEDING.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(tell));
    LISTENING.call_once(listen);
    Heeded { told }
}

fn take(number: i32) {
    let heeding = HEEDING.lock().unwrap_or_else(PoisonError::into_inner).take();
    match heeding {
        Some(tell) => tell(Signal(number)),
        None => end_at_once(number),
    }
}

/// Waits for signals in a thread of its own. Where that cannot be, they end the program as they do by themselves.
#[cfg(unix)]
fn listen() {
    let wanted = ENDING.into_iter().filter(|number| !is_ignored(*number));
    let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) else { return };
    std::thread::spawn(move || signals.forever().for_each(take));
}

/// Looks for signals in a thread of its own, ten times a second: the system has no other way here.
#[cfg(not(unix))]
fn listen() {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    let seen = ENDING.map(|number| (number, Arc::new(AtomicBool::new(false))));
    let is_told = |(number, seen): &(i32, Arc<AtomicBool>)| signal_hook::flag::register(*number, Arc::clone(seen)).is_ok();
    if !seen.iter().all(is_told) {
        return;
    }
    std::thread::spawn(move || {
        loop {
            seen.iter().filter(|(_, seen)| seen.swap(false, Ordering::Relaxed)).for_each(|(number, _)| take(*number));
            std::thread::sleep(Duration::from_millis(100));
        }
    });
}

/// Tells a signal that this process was started to ignore. Only Linux says so without more ado.
#[cfg(unix)]
fn is_ignored(number: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0);
    ignored & (1 << (number - 1)) != 0
}

/// Ends the program as the signal does by itself. The index is whole at any moment.
fn end_at_once(number: i32) {
    screen::clear_line_of_stderr();
    #[cfg(unix)]
    let _ = signal_hook::low_level::emulate_default_handler(number);
    std::process::exit(EXIT_CODE_BASE + number);
}
