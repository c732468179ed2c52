//! A wish from outside that an update end early, asked for between files and between articles.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, ErrorKind};

/// Ends an update before it writes anything; who asks holds one copy, the update another.
///
/// Asked once the commit has begun it changes nothing: the commit is finished.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks the update to end.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Tells whether it was asked to end.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Goes on, unless it was asked to end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Stopped`].
    pub fn check(&self) -> Result<(), Error> {
        if !self.is_asked() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Stopped, "update", "the index", "it was told to stop"))
    }
}
