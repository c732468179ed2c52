//! The fields that the lines of a page state: headline, date, byline, source, each with the kind of line it was read from.

use std::ops::Range;

use crate::document::{FieldName, Provenance, RawField};
use crate::extract::banner;
use crate::extract::date::{self, Extent};
use crate::extract::furniture::lines::{LONG_WORDS, Line};
use crate::moment::Moment;

/// Lines above the headline in which a banner may stand: a page's own date is often there too, so the nearest below the headline comes first.
const LINES_ABOVE: usize = 20;
/// Lines into the article's run in which a banner may stand.
const LINES_INSIDE: usize = 9;
/// Lines below the article in which its author may be named.
const LINES_BELOW: usize = 12;
/// Lines at the top of a page in which its masthead may stand.
const MASTHEAD_LINES: usize = 2;

/// Where the article is, by line.
pub struct Found {
    /// Its headline.
    pub headline: Option<usize>,
    /// A line that is its author's name alone.
    pub author: Option<usize>,
    /// Its text, headings and what stands between among it.
    pub text: Range<usize>,
    /// The cards of other articles directly after the text.
    pub cards: Range<usize>,
}

/// Reads what the lines around an article state.
pub fn read(lines: &[Line<'_>], found: &Found) -> Vec<RawField> {
    let (run, headline) = (&found.text, found.headline);
    let mut fields = Vec::new();
    let mut add = |name, value: String, from| fields.push(RawField { name, value, from });
    if let Some(at) = headline {
        add(FieldName::Headline, lines[at].text.to_owned(), Provenance::HeadlineLine);
    }
    let banner = Banner::around(lines, run, headline);
    let (published, modified) = dates(lines, &banner);
    for (name, moment) in [(FieldName::Published, published), (FieldName::Modified, modified)] {
        if let Some(moment) = moment {
            add(name, moment.to_string(), Provenance::BannerLine);
        }
    }
    for person in byline(lines, found, &banner) {
        add(FieldName::Byline, person, Provenance::BylineLine);
    }
    if let Some((name, from)) = source(lines, run, headline) {
        add(FieldName::Source, name, from);
    }
    fields
}

/// The lines that may be an article's banner, the likeliest first.
struct Banner {
    lines: Vec<usize>,
    /// The first paragraph: above it a line may be mostly about a date, from there on it has to be about nothing else.
    first_text: usize,
}

impl Banner {
    fn around(lines: &[Line<'_>], run: &Range<usize>, headline: Option<usize>) -> Self {
        let anchor = headline.unwrap_or(run.start);
        let last = run.end.min(anchor.max(run.start) + LINES_INSIDE).min(lines.len());
        let first_text = run.clone().find(|at| lines[*at].is_text()).unwrap_or(run.start);
        let below = anchor..last;
        let above = (anchor.saturating_sub(LINES_ABOVE)..anchor).rev();
        Banner { lines: below.chain(above).filter(|at| Some(*at) != headline).collect(), first_text }
    }
}

fn dates(lines: &[Line<'_>], banner: &Banner) -> (Option<Moment>, Option<Moment>) {
    let (mut published, mut modified): (Option<Moment>, Option<Moment>) = (None, None);
    for at in &banner.lines {
        let Some((moment, is_change)) = stated(lines, *at, banner) else { continue };
        let kept = if is_change { &mut modified } else { &mut published };
        match kept {
            None => *kept = Some(moment),
            // Two lines that agree on the day: the one that says more.
            Some(first) if first.ymd() == moment.ymd() && first.precision() < moment.precision() => *kept = Some(moment),
            Some(_) => {}
        }
    }
    (published, modified)
}

/// Returns the date that a banner line states, and whether it is one of change.
fn stated(lines: &[Line<'_>], at: usize, banner: &Banner) -> Option<(Moment, bool)> {
    /// Other words that a line mostly about its date may have: a place, a section, a name.
    const MOST_OTHERS: usize = 5;
    /// Of these, words that begin small: a line of several is a piece of a sentence.
    const MOST_SMALL: usize = 1;
    let line = &lines[at];
    let found = line.date.as_ref()?;
    let is_byline = || !line.ends_sentence && banner::byline(line.text, Some(found)).is_some();
    let is_banner = match found.extent {
        Extent::Whole => line.is_date_only(),
        Extent::Among { .. } if found.is_introduced => true,
        Extent::Among { others, small } => {
            at < banner.first_text
                && ((others <= MOST_OTHERS && small <= MOST_SMALL && !line.ends_sentence && line.words < LONG_WORDS) || is_byline())
        }
    };
    if !is_banner || line.sense.is_some_and(is_notice) {
        return None;
    }
    let is_day = found.moment.hour_minute().is_none();
    let with_time = lines.get(at + 1).filter(|next| is_day && next.is_time).and_then(|next| date::add_time(found.moment, next.text));
    Some((with_time.unwrap_or(found.moment), found.is_change))
}

fn is_notice(sense: crate::extract::furniture::phrases::Sense) -> bool {
    use crate::extract::furniture::phrases::Sense;
    matches!(sense, Sense::Rights | Sense::Comments | Sense::More | Sense::Consent)
}

fn byline(lines: &[Line<'_>], article: &Found, banner: &Banner) -> Vec<String> {
    let read = |at: usize| {
        let line = &lines[at];
        if line.ends_sentence { None } else { banner::byline(line.text, line.date.as_ref()) }
    };
    let at_head = banner.lines.iter().find_map(|at| read(*at));
    let at_foot = || {
        let end = article.text.end;
        let below = end.saturating_sub(2)..lines.len().min(end + LINES_BELOW);
        below.into_iter().filter_map(read).find(|byline| byline.is_labelled)
    };
    let alone = || article.author.map(|at| vec![lines[at].text.to_owned()]);
    at_head.or_else(at_foot).map(|byline| byline.people).or_else(alone).unwrap_or_default()
}

fn source(lines: &[Line<'_>], run: &Range<usize>, headline: Option<usize>) -> Option<(String, Provenance)> {
    let short = |line: &&Line<'_>| line.words <= LONG_WORDS && line.date.is_none();
    // A masthead stands above a headline, a nameplate next to it; without one the line may be the headline itself.
    let headline = headline.unwrap_or_default();
    let above = headline.min(MASTHEAD_LINES);
    let masthead = lines[..above].iter().filter(short).find_map(|line| banner::masthead(line.text));
    let top = lines.iter().take(headline + 2).enumerate().filter(|(at, _)| *at != headline && (*at < above || *at == headline + 1));
    let nameplate = || top.map(|(_, line)| line).filter(short).find_map(|line| banner::nameplate(line.text));
    if let Some(name) = masthead.or_else(nameplate) {
        return Some((name, Provenance::MastheadLine));
    }
    let name = lines[run.end..].iter().filter(short).find_map(|line| banner::imprint(line.text))?;
    Some((name, Provenance::FooterLine))
}
