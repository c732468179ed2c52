//! `dateline index --watch`: brings the index up to date, then again whenever its folders change, until a signal ends it.
//!
//! Each update is the ordinary one, which looks at everything, so that nothing depends on having been told of every change. Nothing is
//! held between updates: others may read, and write in between.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::engine;
use dateline::error::ErrorKind;
use dateline::ingest::{IngestReport, IngestRequest, Mode};
use dateline::walk;

use crate::Outcome;
use crate::args::{IndexOptions, Place};
use crate::failure::Failure;
use crate::index;
use crate::signals::{self, Signal};

mod follow;
mod inbox;
mod log;
mod rhythm;
mod scope;

use follow::Followed;
use inbox::Inbox;
use log::Log;
use rhythm::Rhythm;

/// So often it is looked whether folders have gone or come back, and whether another process has changed which they are: a few calls of the
/// system.
const LOOK: Duration = Duration::from_secs(2);

/// So long is waited before the index is tried again that another process is writing to.
const BUSY_PAUSE: Duration = Duration::from_secs(1);

/// So long is waited before an update is tried again that the system refused, as on a full disk.
const TROUBLE_PAUSE: Duration = Duration::from_secs(10);

/// Runs the command.
pub fn run(place: &Place, options: &IndexOptions) -> Result<Outcome, Failure> {
    let inbox = Arc::new(Inbox::default());
    let told = Arc::clone(&inbox);
    let _heeded = signals::heed(move |signal| told.stop(signal));
    let mut log = Log::default();
    let first = index::request(place, options);
    let report = first_update(&first, &inbox, &mut log)?;
    index::print_report(&report, first.mode, place)?;
    log.new_warnings(&report);
    let poll = options.poll.map(|seconds| Duration::from_secs(u64::from(seconds)));
    let (followed, notice) = Followed::new(&first.index, poll, Arc::clone(&inbox));
    log.notices(notice.into_iter().collect())?;
    let request = IngestRequest { folders: Vec::new(), forget: Vec::new(), map: None, links: None, mode: Mode::Update, ..first };
    let mut watch = Watch { request, inbox, log, followed, rhythm: Rhythm::from(Instant::now()), last: report };
    watch.begin()?;
    let signal = watch.go_on(poll.map_or(LOOK, |poll| poll.min(LOOK)))?;
    watch.end(signal)?;
    Ok(Outcome::Done)
}

/// Brings the index up to date with what is asked for; another process that writes to it is waited for.
fn first_update(request: &IngestRequest, inbox: &Inbox, log: &mut Log) -> Result<IngestReport, Failure> {
    loop {
        match index::with_progress(request) {
            Err(error) if error.kind() == ErrorKind::IndexBusy => log.trouble(&error),
            outcome => return Ok(outcome?),
        }
        inbox.wait(inbox.look(), Instant::now() + BUSY_PAUSE);
        if let Some(signal) = inbox.look().stop {
            return Err(Failure::Stopped(signal));
        }
    }
}

/// An index whose folders are followed.
struct Watch {
    request: IngestRequest,
    inbox: Arc<Inbox>,
    log: Log,
    followed: Followed,
    rhythm: Rhythm,
    /// What the last update told.
    last: IngestReport,
}

impl Watch {
    fn begin(&mut self) -> Result<(), Failure> {
        let notices = self.followed.set(&self.last.folders);
        self.log.notices(notices)?;
        let folders: Vec<String> = self.followed.locations().map(walk::written).collect();
        self.log.news(&format!("following {}; Ctrl-C ends it", folders.join(", ")))
    }

    /// Brings the index up to date whenever something changes, until a signal comes.
    fn go_on(&mut self, look: Duration) -> Result<Signal, Failure> {
        let mut next_look = Instant::now() + look;
        loop {
            let waiting = self.inbox.look();
            if let Some(signal) = waiting.stop {
                return Ok(signal);
            }
            let now = Instant::now();
            let due = waiting.burst.map(|burst| self.rhythm.due(burst));
            if due.is_some_and(|due| due <= now) {
                self.look()?;
                self.update()?;
            } else if next_look <= now {
                self.look()?;
                next_look = Instant::now() + look;
            } else {
                self.inbox.wait(waiting, due.map_or(next_look, |due| due.min(next_look)));
            }
        }
    }

    /// Looks at what nobody tells: folders that go or come back, other folders of the index.
    fn look(&mut self) -> Result<(), Failure> {
        let notices = self.followed.look();
        self.log.notices(notices)?;
        let remembered = engine::remembered_folders(&self.request.index);
        if remembered.is_empty() && engine::open(&self.request.index).is_err_and(|error| error.kind() == ErrorKind::NoIndex) {
            let message = format!("the index in {} is gone", walk::written(&self.request.index));
            return Err(Failure::usage(message, "make it anew, as with `dateline index --watch FOLDER`"));
        }
        let notices = self.followed.set(&remembered);
        self.log.notices(notices)
    }

    fn update(&mut self) -> Result<(), Failure> {
        // Folders are asked for before files are listed: what comes into them later is told, what came earlier is found.
        if self.inbox.take_changes().has_other_folders || self.followed.follows_links() {
            let notices = self.followed.follow_new_folders();
            self.log.notices(notices)?;
        }
        if !self.followed.is_any_there() {
            return Ok(());
        }
        let started = Instant::now();
        match index::with_progress(&self.request) {
            Ok(report) => {
                self.rhythm.ran(Instant::now(), started.elapsed());
                let notices = self.followed.set(&report.folders);
                self.log.notices(notices)?;
                self.log.report(&report, |location| self.followed.is_gone(location))?;
                self.last = report;
            }
            Err(error) if matches!(error.kind(), ErrorKind::IndexBusy | ErrorKind::IndexUnreadable | ErrorKind::Io) => {
                let pause = if error.kind() == ErrorKind::IndexBusy { BUSY_PAUSE } else { TROUBLE_PAUSE };
                self.log.trouble(&error);
                self.inbox.change(inbox::Seen::Folder);
                self.rhythm.pause(Instant::now(), pause);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Writes what has changed up to now, and says so.
    fn end(&mut self, signal: Signal) -> Result<(), Failure> {
        self.look()?;
        if self.followed.is_any_there() {
            let report = index::with_progress(&self.request)?;
            self.log.report(&report, |location| self.followed.is_gone(location))?;
            self.last = report;
        }
        let totals = log::totals(&self.last);
        self.log.news(&format!("stopped by {}, with all that was seen in the index: {totals}", signal.name()))
    }
}
