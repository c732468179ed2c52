//! The blocks of a page whose article is known, in; what the lines around the article state, out: its date and its author.
//!
//! The lines are looked at only for what the page does not state elsewhere. Lines between the headline and the text come first, then
//! those that open the text, then those above the headline, where the day of reading may stand.

use std::ops::Range;

use crate::document::{FieldName, Provenance, RawBlock, RawField, Role};
use crate::extract::banner;
use crate::extract::date::{self, Extent, Found};
use crate::moment::Moment;
use crate::text::folded;

/// Lines above the text that may belong to its head.
const LINES_ABOVE: usize = 14;

/// A shorter line that opens the text is a label: the text begins below it.
const OPENING_BYTES_MIN: usize = 40;

/// Blocks of the text that may still be its head.
const LINES_INSIDE: usize = 2;

/// Lines from the first block of the text on in which they stand; more lines between them are a box.
const LINES_OPENING: usize = 8;

/// Blocks at the end of the text in which its author may sign.
const LAST_BLOCKS: usize = 4;

/// Lines beside or below the text that may state when and by whom it was written.
const LINES_BELOW: usize = 6;

/// A line of more bytes is a paragraph.
const LINE_BYTES_MAX: usize = 160;

/// A line with more words beside its date tells something that happened on that day.
const WORDS_BESIDE_MAX: usize = 6;

/// Adds the date and the authors that the lines around an article state, where the fields lack them.
pub fn add_fields(blocks: &[RawBlock], fields: &mut Vec<RawField>) {
    let is_furniture = |block: &RawBlock| matches!(block.role, Role::Furniture(_));
    if !blocks.iter().any(is_furniture) {
        return;
    }
    let Some(parts) = Parts::of(blocks, fields) else { return };
    let Parts { above, head, opening, article, below } = parts;
    let order = head.clone().chain(opening.clone()).chain(above.rev()).chain(below);
    let lines: Vec<&str> = order.map(|at| blocks[at].text.as_str()).filter(|line| line.len() <= LINE_BYTES_MAX).collect();
    // What a sidecar states is not the page's own: what the page says itself is looked for all the same.
    let is_date = |field: &&RawField| field.name == FieldName::Published && field.from != Provenance::Sidecar && states_day(field);
    let lacks_date = !fields.iter().any(|field| is_date(&field));
    if lacks_date {
        add_dates(&lines, fields);
    } else {
        // A date that is printed with the headline stands beside the one that the page states for machines.
        let printed = head.chain(opening).map(|at| blocks[at].text.as_str());
        add_dates(&printed.filter(|line| line.len() <= LINE_BYTES_MAX && is_about_date(line)).collect::<Vec<_>>(), fields);
    }
    let named = lines.iter().find_map(|line| banner::byline(line, date::find(line).as_ref()));
    // An author may sign at the end, under a word that says so.
    let text = || blocks[article.clone()].iter().rev().filter(|block| !is_furniture(block));
    let last = || text().take(LAST_BLOCKS).filter(|block| block.text.len() <= LINE_BYTES_MAX);
    let signed = || last().find_map(|block| banner::byline(&block.text, None)).filter(|byline| byline.is_labelled);
    let signed = || signed().or_else(|| last().find_map(|block| banner::signature(&block.text)));
    let named = named.or_else(signed);
    let people = named.map(|byline| byline.people).unwrap_or_default();
    fields.extend(people.into_iter().map(|value| RawField { name: FieldName::Byline, value, from: Provenance::BylineLine }));
}

/// The places of a page's lines, as seen from its article.
struct Parts {
    /// Lines above the headline.
    above: Range<usize>,
    /// The headline and the lines down to the text.
    head: Range<usize>,
    /// The first blocks of the text and what stands between them.
    opening: Range<usize>,
    /// All from the first line of the text to the last.
    article: Range<usize>,
    /// The first lines below that are not of the text: the foot of an article often stands before its notes and comments.
    below: Vec<usize>,
}

impl Parts {
    fn of(blocks: &[RawBlock], fields: &[RawField]) -> Option<Parts> {
        let own: Vec<usize> = (0..blocks.len()).filter(|at| !matches!(blocks[*at].role, Role::Furniture(_))).collect();
        let opens = own.iter().position(|at| blocks[*at].text.len() >= OPENING_BYTES_MIN).unwrap_or(0);
        let (start, end) = (*own.get(opens)?, own.last()? + 1);
        let inside_end = own.get(opens + LINES_INSIDE).map_or(end, |next| *next).min(start + LINES_OPENING);
        let first = start.saturating_sub(LINES_ABOVE);
        let is_headline = |block: &RawBlock| fields.iter().any(|field| field.name == FieldName::Headline && field.value == block.text);
        let headline = blocks[first..start].iter().rposition(is_headline).map_or(start, |at| first + at);
        let is_furniture = |at: &usize| matches!(blocks[*at].role, Role::Furniture(_));
        let below = (inside_end..blocks.len()).filter(is_furniture).take(LINES_BELOW).collect();
        Some(Parts { above: first..headline, head: headline..start, opening: start..inside_end, article: own[0]..end, below })
    }
}

/// Tells a field from which a day can be read; one that has other words beside it, only where it shows them to readers.
fn states_day(field: &RawField) -> bool {
    let among = || field.from == Provenance::PageElement && date::find(&field.value).is_some_and(|found| !found.is_change);
    field.value.parse::<Moment>().is_ok() || date::read(&field.value).is_some() || among()
}

/// A notice such as "this was published on …, you can …" is as long at the most.
const NOTICE_BYTES_MAX: usize = 320;

/// Words that call a date the article's, wherever they stand in a line, folded.
#[rustfmt::skip]
const PUBLISHING: [&str; 20] = [
    "published", "posted", "veroffentlicht", "erschienen", "erstellt", "eingestellt", "publie", "mise en ligne", "publicado", "publicada", "pubblicato",
    "opublikowano", "опубліковано", "опубликовано", "gepubliceerd", "publicerad", "geschrieben", "gepostet", "gespeichert", "abgelegt",
];

/// Returns the one day that lines of a page state and nothing else, wherever they stand; of several the first, if the others are later,
/// as those of comments are.
///
/// Right for 9 of 11 pages whose articles are known; for dumps, where the article itself is in doubt, for 46 of 60 only.
pub fn only_bare_day<'l>(lines: impl Iterator<Item = &'l str>) -> Option<Moment> {
    let read = |line: &str| date::find(line).filter(|found| !found.is_change && is_bare(found)).map(|found| found.moment);
    let mut found = lines.filter(|line| line.len() <= LINE_BYTES_MAX).filter_map(read);
    let first = found.next()?;
    found.all(|other| other.day_number() >= first.day_number()).then_some(first)
}

/// Returns the one day that lines of a page call the article's, wherever they stand; `None` if there is none, or several.
pub fn only_day<'l>(lines: impl Iterator<Item = &'l str>) -> Option<Moment> {
    let read = |line: &str| {
        let found = date::find(line).filter(|found| !found.is_change)?;
        let is_called = found.is_introduced || {
            let folded = folded(line);
            PUBLISHING.iter().any(|word| folded.contains(word))
        };
        is_called.then_some(found.moment)
    };
    agreed(lines.filter(|line| line.len() <= NOTICE_BYTES_MAX).filter_map(read))
}

/// Tells a date with nothing beside it but a place or a name.
fn is_bare(found: &Found) -> bool {
    match found.extent {
        Extent::Whole => true,
        Extent::Among { others, small } => others <= 3 && small <= 1,
    }
}

fn agreed(mut found: impl Iterator<Item = Moment>) -> Option<Moment> {
    let first = found.next()?;
    found.all(|other| other.day_number() == first.day_number()).then_some(first)
}

/// Marks what opens the text and is its head: the date, the authors, a label without a sentence.
///
/// Only pages are looked at: what a keeper marked as the body is the body.
pub fn mark_head(blocks: &mut [RawBlock], fields: &[RawField]) {
    let is_page = blocks.iter().any(|block| matches!(block.role, Role::Furniture(_)));
    let is_author = |text: &str| fields.iter().any(|field| field.name == FieldName::Byline && field.value == text);
    let mut texts = blocks.iter_mut().filter(|block| block.role == Role::Text);
    let mut at_head = texts.by_ref().take(HEAD_BLOCKS_MAX).take_while(|block| block.text.len() <= LINE_BYTES_MAX);
    while let Some(block) = at_head.next().filter(|_| is_page) {
        let text = block.text.as_str();
        let is_sentence = text.ends_with(['.', '!', '?', '"', '”', '…', ':']);
        let reason = match () {
            () if is_about_date(text) => "date line",
            () if is_author(text) || (!is_sentence && banner::byline(text, date::find(text).as_ref()).is_some()) => "byline",
            () if !is_sentence && text.split(' ').count() <= LABEL_WORDS_MAX => "label",
            () => return,
        };
        block.role = Role::Furniture(reason);
    }
}

/// Blocks that may open a text before its first paragraph: date, time, authors, a label.
const HEAD_BLOCKS_MAX: usize = 4;

/// Words of a label such as `Published`.
const LABEL_WORDS_MAX: usize = 2;

/// Tells a line that states a date and next to nothing else, or a date and the authors.
fn is_about_date(line: &str) -> bool {
    date::find(line).is_some_and(|found| {
        matches!(found.extent, Extent::Whole) || found.is_introduced || (is_banner(&found) && banner::byline(line, Some(&found)).is_some())
    })
}

fn add_dates(lines: &[&str], fields: &mut Vec<RawField>) {
    let found: Vec<Found> = lines.iter().filter_map(|line| date::find(line)).filter(is_banner).collect();
    let mut add = |name, found: Option<&Found>| {
        fields.extend(found.map(|found| RawField { name, value: found.moment.to_string(), from: Provenance::BannerLine }));
    };
    add(FieldName::Published, found.iter().find(|found| !found.is_change));
    add(FieldName::Modified, found.iter().find(|found| found.is_change));
}

/// Tells a line that is about its date.
fn is_banner(found: &Found) -> bool {
    match found.extent {
        Extent::Whole => true,
        Extent::Among { others, .. } => found.is_introduced || others <= WORDS_BESIDE_MAX,
    }
}
