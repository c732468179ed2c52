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
    add_dates_of_lines(blocks, &parts, fields);
    let order: Vec<usize> = parts.in_order().filter(|at| blocks[*at].text.len() <= LINE_BYTES_MAX).collect();
    let named = order.iter().find_map(|at| {
        let line = blocks[*at].text.as_str();
        let below = || blocks.get(at + 1).filter(|_| banner::is_lone_label(line)).and_then(|next| banner::names_alone(&next.text));
        banner::byline(line, date::find(line).as_ref()).or_else(below)
    });
    // An author may sign at the end, under a word that says so.
    let text = || blocks[parts.article.clone()].iter().rev().filter(|block| !is_furniture(block));
    let last = || text().take(LAST_BLOCKS).filter(|block| block.text.len() <= LINE_BYTES_MAX);
    let signed = || last().find_map(|block| banner::byline(&block.text, None)).filter(|byline| byline.is_labelled);
    let signed = || signed().or_else(|| last().find_map(|block| banner::signature(&block.text)));
    let named = named.or_else(signed);
    let people = named.map(|byline| byline.people).unwrap_or_default();
    fields.extend(people.into_iter().map(|value| RawField { name: FieldName::Byline, value, from: Provenance::BylineLine }));
}

/// Adds the dates that the lines around an article state, where the fields lack them; else what is printed with the headline, which stands
/// beside what the page states for machines.
fn add_dates_of_lines(blocks: &[RawBlock], parts: &Parts, fields: &mut Vec<RawField>) {
    let is_dated = |at: &usize| {
        let line = blocks[*at].text.as_str();
        line.len() <= LINE_BYTES_MAX && line.bytes().any(|byte| byte.is_ascii_digit()) && !is_of_member(blocks, *at)
    };
    let line = |at: usize| blocks[at].text.as_str();
    // What a sidecar states is not the page's own: what the page says itself is looked for all the same.
    let is_own = |field: &&RawField| field.name == FieldName::Published && field.from != Provenance::Sidecar && states_day(field);
    if !fields.iter().any(|field| is_own(&field)) {
        add_date_of_headline(fields);
        let lines: Vec<&str> = parts.in_order().filter(is_dated).map(line).collect();
        return add_dates(&lines, fields);
    }
    let printed = parts.head.clone().chain(parts.opening.clone()).filter(is_dated).map(line);
    add_dates(&printed.filter(|line| is_about_date(line)).collect::<Vec<_>>(), fields);
}

/// Adds the date that opens the headline: `26.11.2024 - Ferries run again`.
fn add_date_of_headline(fields: &mut Vec<RawField>) {
    /// Before the web, a day in a headline is that of history.
    const YEAR_MIN: i16 = 1990;
    let shown = |field: &&RawField| field.name == FieldName::Headline && field.from == Provenance::PageElement;
    let leading = fields.iter().filter(shown).find_map(|field| date::leading(&field.value)).map(|(moment, _)| moment);
    let value = leading.filter(|moment| moment.ymd().0 >= YEAR_MIN).map(|moment| moment.to_string());
    fields.extend(value.map(|value| RawField { name: FieldName::Published, value, from: Provenance::BannerLine }));
}

/// Words before the day on which a writer of posts joined, folded.
#[rustfmt::skip]
const MEMBERSHIP: [&str; 16] = [
    "mitglied seit", "registriert", "beigetreten", "dabei seit", "angemeldet seit", "member since", "joined", "registered", "inscrit", "registrado", "miembro desde",
    "iscritto", "membro desde", "zarejestrowan", "dolaczyl", "lid sinds",
];

/// Tells a line that states since when someone is a member, or that stands under the label that does.
fn is_of_member(blocks: &[RawBlock], at: usize) -> bool {
    /// Bytes of the longest label.
    const LABEL_BYTES_MAX: usize = 24;
    let says = |text: &str| {
        let folded = folded(text);
        MEMBERSHIP.iter().any(|word| folded.contains(word))
    };
    let label = at
        .checked_sub(1)
        .map(|before| blocks[before].text.as_str())
        .filter(|label| label.len() <= LABEL_BYTES_MAX && !label.bytes().any(|byte| byte.is_ascii_digit()));
    says(&blocks[at].text) || label.is_some_and(says)
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
    /// Returns the lines that may state something about the article, the likelier ones first.
    fn in_order(&self) -> impl Iterator<Item = usize> {
        let Parts { above, head, opening, below, .. } = self;
        head.clone().chain(opening.clone()).chain(above.clone().rev()).chain(below.iter().copied())
    }

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
        let found = date::find_published(line)?;
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
    date::find(line).is_some_and(|found| matches!(found.extent, Extent::Whole) || found.is_introduced || is_signed(line, &found))
}

fn add_dates(lines: &[&str], fields: &mut Vec<RawField>) {
    let is_timed = |line: &str, found: &Found| found.moment.hour_minute().is_some() && banner::byline(line, Some(found)).is_some();
    let found = lines.iter().filter_map(|line| Some((line, date::find_published(line).or_else(|| date::find(line))?)));
    let is_banner = |line: &str, found: &Found| is_banner(found) || is_signed(line, found) || is_timed(line, found);
    let found: Vec<Found> = found.filter(|(line, found)| is_banner(line, found)).map(|(_, found)| found).collect();
    let mut add = |name, found: Option<&Found>| {
        fields.extend(found.map(|found| RawField { name, value: found.moment.to_string(), from: Provenance::BannerLine }));
    };
    add(FieldName::Published, found.iter().find(|found| !found.is_change));
    add(FieldName::Modified, found.iter().find(|found| found.is_change));
}

/// Tells a line of a date and the authors; where the date opens it and a word says that they are the authors, more may follow.
fn is_signed(line: &str, found: &Found) -> bool {
    let is_banner = is_banner(found);
    let is_byline = |byline: banner::Byline| is_banner || byline.is_labelled;
    (is_banner || found.range.start == 0) && banner::byline(line, Some(found)).is_some_and(is_byline)
}

/// Tells a line that is about its date.
fn is_banner(found: &Found) -> bool {
    match found.extent {
        Extent::Whole => true,
        Extent::Among { others, .. } => found.is_introduced || others <= WORDS_BESIDE_MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds what the lines around an article state; `*` marks its own lines.
    fn check(lines: &[&str], headline: &str, expected: &[(&str, &str)]) {
        let block = |line: &&str| {
            let own = line.strip_prefix('*');
            RawBlock {
                text: own.unwrap_or(line).to_owned(),
                role: own.map_or(Role::Furniture("outside the article"), |_| Role::Text),
                place: None,
            }
        };
        let blocks: Vec<RawBlock> = lines.iter().map(block).collect();
        let mut fields = vec![RawField { name: FieldName::Headline, value: headline.to_owned(), from: Provenance::PageElement }];
        add_fields(&blocks, &mut fields);
        let found: Vec<(&str, &str)> = fields[1..].iter().map(|field| (field.name.label(), field.value.as_str())).collect();
        assert_eq!(found, expected, "{lines:?}");
    }

    const TEXT: &str = "*The ferry to the outer islands will run three times a day from the first of May, the office said.";

    #[test]
    fn the_day_on_which_a_writer_joined_is_not_the_article_s() {
        check(&["Ferry runs", "Mitglied seit", "28.06.2014", TEXT, "Share"], "Ferry runs", &[]);
        check(&["Ferry runs", "Joined: 28.06.2014", "26.11.2024", TEXT, "Share"], "Ferry runs", &[("published", "2024-11-26")]);
    }

    #[test]
    fn lines_at_the_head_state_date_and_author() {
        let headline = "26.11.2024 - Ferry runs to the outer islands again from May on";
        check(&["Menu", TEXT, "19.01.2021 - Bridge closed for repairs to be made in winter"], headline, &[("published", "2024-11-26")]);
        let line = "Boats (1 / 1) 26.11.2024 13:30 von Ida";
        check(&["Ferry runs", line, TEXT, "Share"], "Ferry runs", &[("published", "2024-11-26T13:30"), ("byline", "Ida")]);
        check(&["Ferry runs", "Autor", "Ida Holm,", TEXT, "Share"], "Ferry runs", &[("byline", "Ida Holm")]);
        check(&["Ferry runs", "Harbours", "Ida Holm", TEXT, "Share"], "Ferry runs", &[]);
    }
}
