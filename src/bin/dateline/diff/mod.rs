//! `dateline diff`: where two articles differ, word by word, and why they are one text or are not.

use std::io::Write;

use dateline::dedup;
use dateline::difference::{Change, Difference, difference};

use crate::Outcome;
use crate::args::{DiffFormat, DiffOptions, Place};
use crate::diff::fields::{FieldChange, changes};
use crate::diff::side::{Sides, sides};
use crate::diff::text::Paragraphs;
use crate::diff::via::{Ties, ties};
use crate::failure::Failure;
use crate::pager::Output;
use crate::printers::json::printed;
use crate::screen::Screen;

mod fields;
mod html;
mod json;
mod side;
mod text;
mod unified;
mod via;
mod why;

/// What is told of two articles.
struct Comparison<'c> {
    sides: &'c Sides,
    headlines: [&'c str; 2],
    headline: Difference,
    fields: Vec<FieldChange>,
    body: Difference,
    ties: Option<Ties>,
}

/// Runs the command.
pub fn run(place: &Place, options: &DiffOptions) -> Result<Outcome, Failure> {
    let Some(found) = sides(place, [&options.a, &options.b])? else { return Ok(Outcome::NothingFound) };
    let articles = found.articles();
    let headlines = articles.map(|article| article.metadata.headline.as_ref().map_or("", |headline| headline.value.as_str()));
    let comparison = Comparison {
        headline: difference(headlines[0], headlines[1]),
        headlines,
        fields: changes(articles.map(|article| &article.metadata)),
        body: difference(&articles[0].body.text, &articles[1].body.text),
        ties: if options.why { Some(ties(&found)?) } else { None },
        sides: &found,
    };
    let paragraphs = if options.full { Paragraphs::All } else { Paragraphs::Changed };
    let screen = Screen::of_stdout(place.color);
    let (mut out, mut about) = (Output::new(place), Vec::new());
    match options.format {
        DiffFormat::Text => text::print(&comparison, paragraphs, &screen, &mut out)?,
        DiffFormat::Unified => unified::print(&comparison, &screen, &mut out)?,
        DiffFormat::Json => writeln!(out, "{}", printed(&json::object(&comparison)))?,
        DiffFormat::Html => html::print(&comparison, &mut out)?,
    }
    if comparison.is_same() && options.format == DiffFormat::Text {
        writeln!(about, "no difference in headline, source, dates, byline, address and text")?;
    }
    out.finish_with(&about)?;
    Ok(if comparison.is_same() && comparison.ties.is_none() { Outcome::NothingFound } else { Outcome::Done })
}

impl Comparison<'_> {
    /// Returns the bodies of both articles.
    fn bodies(&self) -> [&str; 2] {
        self.sides.articles().map(|article| article.body.text.as_str())
    }

    /// Tells that nothing differs.
    fn is_same(&self) -> bool {
        let is_changed = |difference: &Difference| difference.pieces.iter().any(|piece| piece.change != Change::Same);
        self.fields.is_empty() && !is_changed(&self.headline) && !is_changed(&self.body)
    }

    /// Returns why they are one text or are not, where that is asked for.
    fn why(&self) -> Option<&dedup::Why> {
        self.ties.as_ref().map(|ties| &ties.why)
    }
}
