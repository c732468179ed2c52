//! Amounts on the command line: sizes, times, counts with an upper bound; and ids, which may be names that are no text.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use clap::Args;
use clap::builder::{OsStringValueParser, TypedValueParser};
use dateline::search::Deadline;
use dateline::walk;

/// The most hits of an answer. They are held until they are printed, at about 3 KB each with a passage; who wants all of an archive takes it
/// a range of days at a time.
const HITS_MAX: usize = 1_000_000;

/// The longest time that can be stated: beyond a day nobody waits, and 0 allows any.
const TIMEOUT_SECONDS_MAX: f64 = 86_400.0;

/// How long an answer may take.
#[derive(Debug, Clone, Copy, Args)]
pub struct TimeOptions {
    /// Give up on a query that takes longer, with an error and exit code 2: nothing is answered in part. 0 allows any time.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
}

impl TimeOptions {
    /// Returns until when an answer is wanted that is asked for now.
    pub fn deadline(self) -> Option<Deadline> {
        (!self.timeout.is_zero()).then(|| Deadline::after(self.timeout))
    }
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.0..=TIMEOUT_SECONDS_MAX).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| format!("not a number of seconds from 0 to {TIMEOUT_SECONDS_MAX}"))
}

/// Reads how many hits are wanted.
pub fn hits(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(hits) if hits <= HITS_MAX => Ok(hits),
        _ => Err(format!("not a number from 0 to {HITS_MAX}; for more, ask for a range of days at a time")),
    }
}

/// Reads a size: 500000, 500K, 2G, 1.5GB, 1GiB.
pub fn size(text: &str) -> Result<u64, String> {
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = (text[..split].parse::<f64>().ok(), text[split..].trim().to_ascii_lowercase());
    let (power, base) = match unit.as_str() {
        "" | "b" => (0, 1000.0_f64),
        "k" | "kb" => (1, 1000.0),
        "m" | "mb" => (2, 1000.0),
        "g" | "gb" => (3, 1000.0),
        "t" | "tb" => (4, 1000.0),
        "kib" => (1, 1024.0),
        "mib" => (2, 1024.0),
        "gib" => (3, 1024.0),
        "tib" => (4, 1024.0),
        _ => (-1, 0.0),
    };
    let bytes = number.filter(|_| power >= 0).map(|number| number * base.powi(power)).filter(|bytes| (1.0..1e18).contains(bytes));
    bytes.map(|bytes| bytes as u64).ok_or_else(|| "not a size, such as 500K, 200M or 2G".to_owned())
}

/// Reads an id or a path, which need not be text; see [`walk::written`].
pub fn id() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(as_text)
}

fn as_text(typed: OsString) -> String {
    // What is text already may have been copied from output, where a path was written so.
    typed.into_string().unwrap_or_else(|typed| walk::written(Path::new(&typed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("1", Some(1)),
            ("500K", Some(500_000)),
            ("2G", Some(2_000_000_000)),
            ("1.5 GB", Some(1_500_000_000)),
            ("1GiB", Some(1 << 30)),
            ("0", None),
            ("-2G", None),
            ("G", None),
            ("2X", None),
            ("99999999T", None),
        ] {
            assert_eq!(size(typed).ok(), expected, "{typed}");
        }
    }

    #[test]
    fn times_and_counts_are_bounded() {
        assert_eq!(seconds("0.5").unwrap(), Duration::from_millis(500));
        assert!(["-1", "NaN", "inf", "1e9", "x"].iter().all(|typed| seconds(typed).is_err()));
        assert_eq!(hits("1000000"), Ok(HITS_MAX));
        assert!(["1000001", "-1", ""].iter().all(|typed| hits(typed).is_err()));
    }
}
