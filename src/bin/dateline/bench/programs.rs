//! Starts the whole program and takes the time from start to printed answer.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::asked::BenchQuery;
use super::measure::micros;
use super::sampling::{Latency, latency_of_things};

/// Programs that are started for one figure.
const PROGRAMS: usize = 20;

/// What is started.
pub struct Programs<'p> {
    /// The queries; some of them are asked.
    pub queries: &'p [BenchQuery],
    /// The folder of the index.
    pub index: &'p Path,
    /// Whether any of their words is looked for.
    pub is_any: bool,
}

impl Programs<'_> {
    /// Starts the program once for each of some queries, after a preparation each time.
    ///
    /// # Errors
    ///
    /// The reason why it could not be measured.
    pub fn measure(&self, prepare: impl Fn() -> Result<(), String>) -> Result<Latency, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let step = self.queries.len().div_ceil(PROGRAMS).max(1);
        let mut times = Vec::new();
        for query in self.queries.iter().step_by(step) {
            let mut command = Command::new(&program);
            command.arg("--index").arg(self.index).arg("search").args(self.is_any.then_some("--any"));
            command.args(["--", &query.typed]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            prepare()?;
            let started = Instant::now();
            command.status().map_err(|error| error.to_string())?;
            times.push(micros(started.elapsed()));
        }
        Ok(latency_of_things(&times))
    }
}
