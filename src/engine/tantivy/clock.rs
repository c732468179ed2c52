//! The time that an answer may take: looked at while matches are gone through, cheaply.
//!
//! What goes through an index cannot be left in the middle, but what is done with each match can: when the time is over nothing is done any
//! more, the rest is passed over, and what comes next ends with an error. Nothing is answered in part.

use std::cell::Cell;

use crate::error::{Error, ErrorKind};
use crate::search::Deadline;

/// The clock is looked at once in so many asks: a look takes 25 ns, as long as going over some ten matches.
const ASKS_A_LOOK: u32 = 32;

/// The time that is left for an answer.
pub struct Clock {
    deadline: Option<Deadline>,
    asks: Cell<u32>,
    is_over: Cell<bool>,
}

impl Clock {
    /// Makes a clock; without a deadline the time is never over.
    pub fn new(deadline: Option<Deadline>) -> Self {
        Clock { deadline, asks: Cell::new(0), is_over: Cell::new(false) }
    }

    /// Tells whether the time is over, where that is asked of each of many matches.
    #[inline]
    pub fn is_over(&self) -> bool {
        let asks = self.asks.get().wrapping_add(1);
        self.asks.set(asks);
        if asks.is_multiple_of(ASKS_A_LOOK) { self.is_over_now() } else { self.is_over.get() }
    }

    /// Tells whether the time is over, where what comes next takes far longer than a look.
    pub fn is_over_now(&self) -> bool {
        if !self.is_over.get() && self.deadline.is_some_and(|deadline| deadline.is_over()) {
            self.is_over.set(true);
        }
        self.is_over.get()
    }

    /// Goes on while there is time.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::TooLong`] when it is over.
    pub fn check(&self) -> Result<(), Error> {
        match self.deadline {
            Some(deadline) if self.is_over_now() => {
                let cause = format!("it takes longer than {} s", deadline.allowed().as_secs_f64());
                let hint = "more time with --timeout, or a narrower query: longer words before a *, fewer of them, a range of days";
                Err(Error::new(ErrorKind::TooLong, "answer", "the query", cause).with_hint(hint))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_time_is_over_at_the_deadline_and_stays_so() {
        let never = Clock::new(None);
        assert!((0..100).all(|_| !never.is_over()) && never.check().is_ok());
        let later = Clock::new(Some(Deadline::after(Duration::from_secs(3600))));
        assert!((0..100).all(|_| !later.is_over()) && later.check().is_ok());
        let now = Clock::new(Some(Deadline::after(Duration::ZERO)));
        assert!((0..ASKS_A_LOOK).any(|_| now.is_over()) && now.is_over());
        assert_eq!(now.check().unwrap_err().to_string(), "cannot answer the query: it takes longer than 0 s");
    }
}
