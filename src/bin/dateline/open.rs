//! A hit of a search in the user's own pager or editor, at the line of its passage.

use std::io::IsTerminal;

use dateline::ingest;
use dateline::search::{Folder, SearchResponse};

use crate::failure::Failure;
use crate::launch;

/// Where the program is stated, the first first: an archive is for reading, so that pagers come before editors.
const VARIABLES: [&str; 4] = ["DATELINE_PAGER", "PAGER", "VISUAL", "EDITOR"];

/// Opens a hit, counted from 1; does not come back where it succeeds, but for systems where a program cannot become another.
pub fn open(number: usize, response: &SearchResponse, folders: &[Folder]) -> Result<(), Failure> {
    let Some(hit) = response.hits.get(number - 1) else {
        let hint = if response.hits.is_empty() { "the search without --open" } else { "a number of the list" };
        return Err(Failure::usage(format!("there is no hit {number}: the search has {}", response.hits.len()), hint));
    };
    let key = &hit.article.key.file;
    let show = format!("dateline show {}", hit.article.id);
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::usage("--open needs a terminal", show));
    }
    let Some(stated) = launch::first_set(&VARIABLES) else {
        return Err(Failure::usage("no program is stated to open a file with", "PAGER=less or EDITOR=nano before the command"));
    };
    let Some(location) = ingest::location(folders, key).filter(|location| location.is_file()) else {
        return Err(Failure::usage(format!("the file {} is gone", key.path), show));
    };
    let Some(mut command) = launch::command(&stated) else { return Ok(()) };
    let line = hit.passages.first().and_then(|passage| passage.lines).map(|(first, _)| first);
    let arguments = launch::at_line(&command, &location, line);
    launch::become_program(command.args(arguments))
        .map_err(|error| Failure::usage(format!("cannot start {stated}: {error}"), format!("another program in {}", VARIABLES.join(", "))))
}
