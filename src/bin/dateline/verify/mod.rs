//! `dateline verify`: whether the index is whole, and whether it is what its folders give.

use std::io::Write;

use dateline::ingest::{self, VerifyRequest};

use crate::Outcome;
use crate::args::{Place, VerifyOptions};
use crate::failure::Failure;
use crate::pager::Output;
use crate::pdf_text;
use crate::printers::json::printed;
use crate::progress;
use crate::screen::Screen;

mod json;
mod place;
mod text;

/// Runs the command.
pub fn run(place: &Place, options: &VerifyOptions) -> Result<Outcome, Failure> {
    let against_files = options.against_files.then(pdf_text::reading);
    let request = VerifyRequest { index: &place.index, against_files };
    let verification = match options.quiet {
        true => ingest::verify(&request, &|_| {}),
        false => progress::shown(|progress| ingest::verify(&request, progress)),
    }?;
    if !options.quiet {
        let mut out = Output::new(place);
        if options.json {
            writeln!(out, "{}", printed(&json::verification(&verification, &place.index)))?;
        } else {
            text::print(&verification, &Screen::of_stdout(place.color), &mut out)?;
        }
        out.finish()?;
    }
    Ok(if verification.is_whole() { Outcome::Done } else { Outcome::Faulty })
}
