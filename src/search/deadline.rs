//! Until when an answer is wanted.

use std::time::{Duration, Instant};

/// The moment from which on an answer is not wanted any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    started: Instant,
    allowed: Duration,
}

impl Deadline {
    /// Allows so long from now on.
    pub fn after(allowed: Duration) -> Self {
        Deadline { started: Instant::now(), allowed }
    }

    /// Tells whether it is over.
    pub fn is_over(&self) -> bool {
        self.started.elapsed() >= self.allowed
    }

    /// Returns how long was allowed in all.
    pub fn allowed(&self) -> Duration {
        self.allowed
    }
}
