//! When the index is brought up to date: soon after changes have ended, and not all the time while they go on.

use std::time::{Duration, Instant};

use super::inbox::Burst;

/// So long nothing must have changed: programs save a file in several steps, and a folder is copied file by file. Half a second is not
/// felt by who writes, and an update of a small archive takes as long.
const QUIET: Duration = Duration::from_millis(500);

/// Changes that do not end are dealt with after this time.
const LONGEST: Duration = Duration::from_secs(5);

/// After an update follows a rest of so many times what it took, so that folders in which something changes all the time do not take a
/// whole core.
const RESTS: u32 = 2;

/// No rest is longer.
const REST_MAX: Duration = Duration::from_secs(10);

/// When the next update may begin.
#[derive(Debug)]
pub struct Rhythm {
    not_before: Instant,
}

impl Rhythm {
    /// Begins with an update that may run at once.
    pub fn from(now: Instant) -> Self {
        Rhythm { not_before: now }
    }

    /// Returns when changes are to be dealt with.
    pub fn due(&self, burst: Burst) -> Instant {
        (burst.last + QUIET).min(burst.first + LONGEST).max(self.not_before)
    }

    /// Takes note of an update that has just ended.
    pub fn ran(&mut self, ended: Instant, took: Duration) {
        self.not_before = ended + (took * RESTS).min(REST_MAX);
    }

    /// Lets no update begin for some time.
    pub fn pause(&mut self, now: Instant, pause: Duration) {
        self.not_before = now + pause;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_wait_for_quiet_but_not_for_ever() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut rhythm = Rhythm::from(start);
        assert_eq!(rhythm.due(Burst { first: at(0), last: at(0) }), at(500));
        assert_eq!(rhythm.due(Burst { first: at(0), last: at(4000) }), at(4500));
        assert_eq!(rhythm.due(Burst { first: at(0), last: at(4900) }), at(5000));
        rhythm.ran(at(1000), Duration::from_millis(400));
        assert_eq!(rhythm.due(Burst { first: at(900), last: at(900) }), at(1800));
        assert_eq!(rhythm.due(Burst { first: at(1700), last: at(1700) }), at(2200));
        rhythm.ran(at(1000), Duration::from_secs(60));
        assert_eq!(rhythm.due(Burst { first: at(900), last: at(900) }), at(11_000));
    }
}
