//! `dateline help`: the commands, one of them, or the query language.

use std::io::Write;

use clap::CommandFactory;

use crate::Outcome;
use crate::args::{Arguments, HelpOptions};
use crate::failure::Failure;

/// The page on the query language.
const QUERY_LANGUAGE: &str = include_str!("query_language.txt");

/// Runs the command.
pub fn run(options: &HelpOptions) -> Result<Outcome, Failure> {
    let mut out = std::io::stdout().lock();
    let mut command = Arguments::command();
    // What holds for all commands is told with each of them.
    command.build();
    match options.topic.as_deref() {
        Some("query") => out.write_all(QUERY_LANGUAGE.as_bytes())?,
        None => write!(out, "{}", command.render_long_help())?,
        Some(topic) => match command.find_subcommand_mut(topic) {
            Some(command) => write!(out, "{}", command.render_long_help())?,
            None => {
                let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
                let message = format!("there is no command `{topic}`");
                return Err(Failure::usage(message, format!("dateline help query, or one of {}", names.join(", "))));
            }
        },
    }
    Ok(Outcome::Done)
}
