//! How far something has come, on the standard error where that is a terminal. The only door to the library that draws it.

use std::time::{Duration, Instant};

use dateline::ingest::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What ends sooner than this shows no progress: it would only flicker.
const SHOWN_AFTER: Duration = Duration::from_millis(300);

/// Does something and shows how far it has come.
pub fn shown<T>(work: impl FnOnce(&(dyn Fn(Progress) + Sync)) -> T) -> T {
    let started = Instant::now();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
    let bytes = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let counts = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let waiting = ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
    let show = |style: &ProgressStyle, message: &'static str, done: u64, total: u64| {
        if started.elapsed() < SHOWN_AFTER {
            return;
        }
        if bar.message() != message {
            bar.set_style(style.clone());
            bar.set_message(message);
        }
        bar.set_length(total);
        bar.set_position(done.min(total));
    };
    let result = work(&|progress| match progress {
        Progress::Listing => show(&waiting, "listing the folders", 0, 1),
        Progress::Reading { done_bytes, total_bytes } => show(&bytes, "reading", done_bytes, total_bytes),
        Progress::Grouping { .. } => show(&waiting, "finding copies", 0, 1),
        Progress::Writing { done, total } => show(&counts, "writing", done as u64, total as u64),
        Progress::Committing => show(&waiting, "writing the index to disk", 0, 1),
        Progress::CheckingFiles => show(&waiting, "checking the files of the index", 0, 1),
        Progress::Checking { done, total } => show(&counts, "checking articles", done, total),
    });
    bar.finish_and_clear();
    result
}
