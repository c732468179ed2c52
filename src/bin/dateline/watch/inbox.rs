//! What waits for the loop that follows folders: changes that were seen, a signal to end. Threads put it in, the loop takes it out.
//!
//! However many events there are, what waits stays as small: since when there is something to do, and what kind of thing.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::signals::Signal;

/// What waits.
#[derive(Debug, Default)]
pub struct Inbox {
    waiting: Mutex<Waiting>,
    has_come: Condvar,
}

/// What waits at a moment.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Changes that were seen.
    pub burst: Option<Burst>,
    /// Whether folders may have come or gone.
    pub has_other_folders: bool,
    /// The signal to end.
    pub stop: Option<Signal>,
}

/// Changes that are seen one soon after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Burst {
    /// When the first was seen.
    pub first: Instant,
    /// When the last was seen.
    pub last: Instant,
}

/// What was seen to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A file.
    File,
    /// Perhaps a folder, or more than was told.
    Folder,
}

impl Inbox {
    /// Takes note of a change.
    pub fn change(&self, seen: Seen) {
        let now = Instant::now();
        let mut waiting = self.waiting();
        waiting.burst = Some(Burst { first: waiting.burst.map_or(now, |burst| burst.first), last: now });
        waiting.has_other_folders |= seen == Seen::Folder;
        self.has_come.notify_all();
    }

    /// Takes note of a signal to end.
    pub fn stop(&self, signal: Signal) {
        self.waiting().stop = Some(signal);
        self.has_come.notify_all();
    }

    /// Returns what waits.
    pub fn look(&self) -> Waiting {
        *self.waiting()
    }

    /// Takes the changes out, which are about to be dealt with.
    pub fn take_changes(&self) -> Waiting {
        let mut waiting = self.waiting();
        let taken = *waiting;
        *waiting = Waiting { stop: waiting.stop, ..Waiting::default() };
        taken
    }

    /// Waits until something else waits than what is known, at most until a moment.
    pub fn wait(&self, known: Waiting, until: Instant) {
        let mut waiting = self.waiting();
        while *waiting == known {
            let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else { return };
            waiting = self.has_come.wait_timeout(waiting, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_keeps_its_beginning_and_is_taken_once() {
        let inbox = Inbox::default();
        inbox.change(Seen::File);
        let begun = inbox.look().burst.unwrap();
        inbox.change(Seen::Folder);
        let taken = inbox.take_changes();
        let burst = taken.burst.unwrap();
        assert!(taken.has_other_folders && burst.first == begun.first && burst.last >= begun.last);
        assert_eq!(inbox.look(), Waiting::default());
    }

    #[test]
    fn waiting_ends_with_what_comes_or_with_time() {
        let inbox = Inbox::default();
        let started = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| inbox.change(Seen::File));
            inbox.wait(Waiting::default(), started + Duration::from_secs(60));
        });
        assert!(inbox.look().burst.is_some() && started.elapsed() < Duration::from_secs(50));
        inbox.wait(inbox.look(), Instant::now() + Duration::from_millis(5));
    }
}
