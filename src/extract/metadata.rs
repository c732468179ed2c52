//! All that a document states about itself in; the chosen metadata out, with what contradicts it.
//!
//! Each field has its cascade: the places where it may be stated, the most trustworthy first. Among values of the same place the
//! one stated first counts. Dates that name the same day agree, and of those the most precise is taken.

use std::cmp::Reverse;

use crate::article::{Conflict, Metadata, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::{byline, date, language, source};
use crate::moment::Moment;
use crate::text::words;

/// No newspaper is older than the press; years before it are misread.
const YEAR_MIN: i16 = 1400;

/// Later years are misread, too; a fixed bound keeps what is read from depending on the day of reading.
const YEAR_MAX: i16 = 2100;

/// Two wall-clock times of the same instant are at most so far apart: zones reach from UTC-12 to UTC+14.
const SAME_INSTANT_SECONDS: i64 = 26 * 3600;

/// Returns the metadata that the fields state, with the file's name as the last resort for the date, and what could not be read.
pub fn choose(fields: &[RawField], path: &str) -> (Metadata, Vec<String>) {
    let mut metadata = Metadata::default();
    let mut causes = Vec::new();
    choose_url(fields, &mut metadata);
    choose_source(fields, &mut metadata);
    choose_headline(fields, &mut metadata);
    choose_dates(fields, path, &mut metadata, &mut causes);
    choose_byline(fields, &mut metadata);
    choose_credits(fields, &mut metadata);
    choose_language(fields, &mut metadata);
    (metadata, causes)
}

/// Takes the first language. Pages state one that is not theirs too often for that to be a conflict; what the keeper of the
/// archive contradicts is one.
fn choose_language(fields: &[RawField], metadata: &mut Metadata) {
    let stated = |field: &RawField| Some(Stated { value: language::code(&field.value)?, from: field.from });
    let mut stated: Vec<Stated<String>> = ranked(fields, FieldName::Language).into_iter().filter_map(stated).collect();
    if stated.first().is_some_and(|first| first.from != Provenance::Sidecar) {
        stated.truncate(1);
    }
    metadata.language = settle(FieldName::Language, stated, |a, b| a == b, &mut metadata.conflicts);
}

/// Where fields are stated as such: by the keeper of the archive, or by the format itself.
const KEEPERS: [Provenance; 6] =
    [Provenance::Sidecar, Provenance::FrontMatter, Provenance::JsonField, Provenance::Column, Provenance::WireField, Provenance::Feed];

/// Tells how far a place is trusted to state a field, the most trusted first.
fn trust(name: FieldName, from: Provenance) -> u8 {
    use Provenance as P;
    let order: &[P] = match name {
        FieldName::Headline => &[P::MailHeader, P::JsonLd, P::Meta, P::PageElement, P::HeadlineLine, P::TitleElement],
        FieldName::Source => &[P::MailHeader, P::JsonLd, P::Meta, P::PageElement, P::MastheadLine, P::FooterLine, P::BannerLine],
        FieldName::Url => &[P::PageElement, P::Meta, P::JsonLd, P::SaveComment, P::ArchiveRecord, P::MailHeader],
        FieldName::Byline => &[P::JsonLd, P::Meta, P::PageElement, P::BylineLine],
        FieldName::Published | FieldName::Modified => {
            &[P::MailHeader, P::JsonLd, P::Meta, P::TimeElement, P::PageElement, P::BannerLine, P::Dateline, P::FooterLine]
        }
        FieldName::Saved => &[P::ArchiveRecord, P::MailHeader, P::SaveComment],
        FieldName::Credit => &[P::CreditLine, P::Dateline],
        FieldName::Language => &[P::JsonLd, P::LangAttribute, P::Meta],
    };
    let all = KEEPERS.iter().chain(order);
    let place = all.into_iter().position(|known| *known == from).unwrap_or(KEEPERS.len() + order.len());
    u8::try_from(place).unwrap_or(u8::MAX)
}

/// Returns what is stated for a field, the most trusted first.
fn ranked(fields: &[RawField], name: FieldName) -> Vec<&RawField> {
    let mut stated: Vec<&RawField> = fields.iter().filter(|field| field.name == name).collect();
    stated.sort_by_key(|field| trust(name, field.from));
    stated
}

fn choose_url(fields: &[RawField], metadata: &mut Metadata) {
    let mut candidates: Vec<Stated<String>> = Vec::new();
    for field in ranked(fields, FieldName::Url) {
        if field.value.starts_with("http://") || field.value.starts_with("https://") {
            candidates.push(Stated { value: field.value.clone(), from: field.from });
        }
    }
    let plain = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest).split('#').next().unwrap_or_default();
        rest.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
    };
    metadata.url = settle(FieldName::Url, candidates, |a, b| plain(a) == plain(b), &mut metadata.conflicts);
}

fn choose_source(fields: &[RawField], metadata: &mut Metadata) {
    let mut named = Vec::new();
    let mut host = None;
    for field in ranked(fields, FieldName::Source) {
        if field.from == Provenance::Url {
            host = host.or_else(|| source::host(&field.value));
        } else if let Some(value) = source::name(&field.value) {
            named.push(Stated { value, from: field.from });
        }
    }
    if named.is_empty() {
        let host = host.or_else(|| metadata.url.as_ref().and_then(|url| source::host(&url.value)));
        metadata.source = host.map(|value| Stated { value, from: Provenance::Url });
    } else {
        metadata.source = settle(FieldName::Source, named, holds, &mut metadata.conflicts);
    }
}

/// Returns the names by which the document may call its outlet: all that are stated, and the parts of its address.
fn outlet_keys(fields: &[RawField], metadata: &Metadata) -> Vec<String> {
    let mut outlets: Vec<String> = fields.iter().filter(|field| field.name == FieldName::Source).map(|field| key(&field.value)).collect();
    if let Some(host) = metadata.url.as_ref().and_then(|url| source::host(&url.value)) {
        outlets.push(key(&host));
        outlets.extend(host.split('.').filter(|label| label.len() > 3).map(key));
    }
    outlets
}

/// Tells a name that is a company's or a domain, whoever's it is.
fn reads_as_outlet(name: &str) -> bool {
    const FORMS: [&str; 9] = ["gmbh", "ag", "e.v", "e.v.", "inc", "inc.", "ltd", "ltd.", "verlag"];
    const NOBODY: [&str; 5] = ["no author", "redaktion", "agencies", "newsroom", "staff"];
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let is_domain =
        !lower.contains(' ') && lower.split_once('.').is_some_and(|(label, ending)| label.len() > 2 && (2..=4).contains(&ending.len()));
    FORMS.contains(&last) || is_domain || NOBODY.contains(&lower.as_str())
}

fn choose_headline(fields: &[RawField], metadata: &mut Metadata) {
    let outlets = outlet_keys(fields, metadata);
    let stated = ranked(fields, FieldName::Headline);
    let shown = shown_headline(&stated, &outlets);
    let mut candidates: Vec<Stated<String>> = shown.iter().cloned().collect();
    for field in stated {
        let is_page = matches!(field.from, Provenance::Meta | Provenance::TitleElement | Provenance::JsonLd | Provenance::PageElement);
        let value = if is_page { without_outlet(&field.value, &outlets) } else { &field.value };
        let is_outlet = is_page && outlets.contains(&key(value));
        // Where one heading is the page's title, the others are headings of its parts.
        let is_part = shown.is_some() && field.from == Provenance::PageElement;
        if !key(value).is_empty() && !is_outlet && !is_part {
            candidates.push(Stated { value: value.to_owned(), from: field.from });
        }
    }
    metadata.headline = settle(FieldName::Headline, candidates, holds, &mut metadata.conflicts);
}

/// A heading is the page's title if it shares so many words with one that is stated: twice the shared ones over all words of both.
const LIKENESS_MIN: f64 = 0.4;

/// A stated title of more bytes may have been cut off: search engines ask for at most 110 characters.
const CUT_OFF_BYTES: usize = 90;

/// Returns the heading of the page that its stated titles confirm, without the outlet's name.
///
/// What readers see as the title is better than what is stated for machines, which is shortened, or sharpened for sharing; but
/// the first heading of many pages is the outlet's name. A heading that holds a stated title and more, a kicker or a subtitle,
/// gives way to it.
fn shown_headline(stated: &[&RawField], outlets: &[String]) -> Option<Stated<String>> {
    if stated.iter().any(|field| KEEPERS.contains(&field.from)) {
        return None;
    }
    let cut = |field: &&RawField| Stated { value: without_outlet(&field.value, outlets).to_owned(), from: field.from };
    let (headings, titles): (Vec<_>, Vec<_>) = stated.iter().map(cut).partition(|title| title.from == Provenance::PageElement);
    let best = |heading: &Stated<String>| titles.iter().map(|title| likeness(&heading.value, &title.value)).fold(0.0, f64::max);
    let headings = headings.into_iter().filter(|heading| !outlets.contains(&key(&heading.value)));
    let (likeness, heading) = headings.map(|heading| (best(&heading), heading)).reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let whole = key(&heading.value);
    let is_inner = |title: &&Stated<String>| {
        let inner = key(&title.value);
        let is_end = inner.len() < whole.len() && !inner.is_empty() && (whole.starts_with(&inner) || whole.ends_with(&inner));
        is_end && title.from != Provenance::TitleElement && title.value.len() < CUT_OFF_BYTES && !title.value.ends_with(['…', '.'])
    };
    match titles.iter().find(is_inner) {
        Some(title) if likeness >= LIKENESS_MIN => Some(title.clone()),
        _ => (likeness >= LIKENESS_MIN).then_some(heading),
    }
}

/// Tells how many words two titles share, from 0 to 1: twice the shared ones over all.
fn likeness(a: &str, b: &str) -> f64 {
    let of = |text: &str| words(text).map(|(_, word)| word.to_lowercase()).collect::<Vec<_>>();
    let (a, mut b) = (of(a), of(b));
    let all = a.len() + b.len();
    let mut shared = 0_u16;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            shared = shared.saturating_add(1);
        }
    }
    if all == 0 { 0.0 } else { 2.0 * f64::from(shared) / all as f64 }
}

/// Cuts an outlet's name off a title's end or start, where a separator parts it from the title.
fn without_outlet<'t>(title: &'t str, outlets: &[String]) -> &'t str {
    const SEPARATORS: [&str; 11] = [" › ", " « ", " | ", " - ", " – ", " — ", " :: ", " • ", " · ", " » ", " // "];
    let mut title = title.trim();
    // A title may end in a section and an outlet: two cuts suffice.
    for _ in 0..2 {
        let last = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator)).min_by_key(|(_, tail)| tail.len());
        let first = SEPARATORS.iter().filter_map(|separator| title.split_once(separator)).min_by_key(|(head, _)| head.len());
        title = match (last, first) {
            (Some((head, tail)), _) if outlets.contains(&key(tail)) => head.trim_end(),
            (_, Some((head, tail))) if outlets.contains(&key(head)) => tail.trim_start(),
            _ => return title,
        };
    }
    title
}

fn choose_byline(fields: &[RawField], metadata: &mut Metadata) {
    let known_outlets = outlet_keys(fields, metadata);
    let mut candidates: Vec<Stated<Vec<String>>> = Vec::new();
    let mut outlets = Vec::new();
    for field in ranked(fields, FieldName::Byline) {
        for person in byline::people(&field.value) {
            let is_outlet = known_outlets.contains(&key(&person)) || reads_as_outlet(&person);
            match candidates.last_mut() {
                _ if is_outlet => outlets.push(Stated { value: vec![person], from: field.from }),
                Some(last) if last.from == field.from => {
                    if !last.value.contains(&person) {
                        last.value.push(person);
                    }
                }
                _ => candidates.push(Stated { value: vec![person], from: field.from }),
            }
        }
    }
    let joined = |people: &[String]| people.iter().map(|person| key(person)).collect::<Vec<_>>().join(" ");
    // Where nobody else is named the outlet is its own author, as many a person's own site is.
    let mut candidates = if candidates.is_empty() { outlets } else { candidates }.into_iter();
    let Some(mut chosen) = candidates.next() else { return };
    let wanted = joined(&chosen.value);
    let mut candidates = candidates.peekable();
    // A single word is a first name or a login; the same person in full is better.
    if let Some(fuller) = candidates.next_if(|other| {
        !wanted.is_empty() && chosen.value.len() == 1 && !chosen.value[0].contains(' ') && joined(&other.value).contains(&wanted)
    }) {
        chosen = fuller;
    }
    for other in candidates.filter(|other| !joined(&other.value).contains(&wanted) && !wanted.contains(&joined(&other.value))) {
        metadata.conflicts.push(Conflict { field: FieldName::Byline.label().to_owned(), value: other.value.join(", "), from: other.from });
    }
    metadata.byline = Some(chosen);
}

/// Takes all credits, each once, where it was stated first.
fn choose_credits(fields: &[RawField], metadata: &mut Metadata) {
    for field in ranked(fields, FieldName::Credit) {
        if !metadata.credits.iter().any(|known| key(&known.value) == key(&field.value)) {
            metadata.credits.push(Stated { value: field.value.clone(), from: field.from });
        }
    }
}

/// Takes the first value, and keeps as conflicts the others that do not agree with it.
fn settle(
    name: FieldName,
    candidates: Vec<Stated<String>>,
    agree: impl Fn(&str, &str) -> bool,
    conflicts: &mut Vec<Conflict>,
) -> Option<Stated<String>> {
    let mut candidates = candidates.into_iter();
    let chosen = candidates.next()?;
    let mut others: Vec<Stated<String>> = Vec::new();
    for other in candidates {
        if !agree(&chosen.value, &other.value) && !others.iter().any(|kept| agree(&kept.value, &other.value)) {
            others.push(other);
        }
    }
    conflicts.extend(others.into_iter().map(|other| Conflict { field: name.label().to_owned(), value: other.value, from: other.from }));
    Some(chosen)
}

fn choose_dates(fields: &[RawField], path: &str, metadata: &mut Metadata, causes: &mut Vec<String>) {
    for name in [FieldName::Published, FieldName::Modified, FieldName::Saved] {
        let mut candidates: Vec<Stated<Moment>> = Vec::new();
        let mut unread = None;
        for field in ranked(fields, name) {
            match read_date(field) {
                Ok(value) => candidates.push(Stated { value, from: field.from }),
                Err(cause) => unread = unread.or(Some(cause)),
            }
        }
        if name == FieldName::Published {
            let address = metadata.url.as_ref().and_then(|url| date::in_url(&url.value)).filter(|moment| is_sensible(*moment));
            candidates.extend(address.map(|value| Stated { value, from: Provenance::Url }));
            let in_name = in_file_name(path).filter(|_| candidates.is_empty());
            candidates.extend(in_name.map(|value| Stated { value, from: Provenance::FileName }));
        }
        if let (Some(cause), true) = (unread, candidates.is_empty()) {
            causes.push(format!("{} date {cause}", name.label()));
        }
        let chosen = settle_date(name, &candidates, &mut metadata.conflicts);
        match name {
            FieldName::Published => metadata.published = chosen,
            FieldName::Saved => metadata.saved = chosen,
            _ => metadata.modified = chosen,
        }
    }
}

/// Reads a date; one that is no date, or none that a newspaper can bear, gives its reason.
fn read_date(field: &RawField) -> Result<Moment, String> {
    let text = field.value.as_str();
    let among = || date::find(text).filter(|_| field.from == Provenance::PageElement).map(|found| found.moment);
    let moment =
        text.parse().ok().or_else(|| date::read(text)).or_else(among).ok_or_else(|| format!("not understood: \"{}\"", shortened(text)))?;
    if !is_sensible(moment) {
        return Err(format!("out of range: \"{}\"", shortened(text)));
    }
    // A time of exactly midnight is what programs write for a day without a time.
    Ok(if moment.wall_seconds().rem_euclid(86_400) == 0 { moment.to_day() } else { moment })
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(60)]
}

fn is_sensible(moment: Moment) -> bool {
    (YEAR_MIN..=YEAR_MAX).contains(&moment.ymd().0)
}

/// Reads a full date in a file's name, set apart from other figures: `2024-11-26-ferry.txt`, `ferry_20241126.md`.
fn in_file_name(path: &str) -> Option<Moment> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
    let figures = |text: &str| text.parse::<i16>().ok();
    let day = |year: &str, month: &str, day: &str| {
        let lengths_fit = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let is_near = |year: &i16| (1600..=YEAR_MAX).contains(year);
        let (year, month, day) = (figures(year).filter(is_near)?, figures(month)?, figures(day)?);
        lengths_fit.then(|| Moment::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)).flatten()
    };
    let separate = parts.windows(3).find_map(|part| day(part[0], part[1], part[2]));
    separate.or_else(|| parts.iter().filter(|part| part.len() == 8).find_map(|part| day(&part[..4], &part[4..6], &part[6..])))
}

fn settle_date(name: FieldName, candidates: &[Stated<Moment>], conflicts: &mut Vec<Conflict>) -> Option<Stated<Moment>> {
    let first = candidates.first()?;
    // The keeper's word is final, also on how finely a date is known.
    let agreeing = candidates.iter().filter(|other| first.from != Provenance::Sidecar && is_same(first.value, other.value));
    let chosen = agreeing.min_by_key(|stated| Reverse((stated.value.precision(), stated.value.has_zone()))).unwrap_or(first);
    let mut kept: Vec<Moment> = Vec::new();
    for other in candidates.iter().filter(|other| !is_same(chosen.value, other.value)) {
        if !kept.iter().any(|before| is_same(*before, other.value)) {
            kept.push(other.value);
            conflicts.push(Conflict { field: name.label().to_owned(), value: other.value.to_string(), from: other.from });
        }
    }
    Some(chosen.clone())
}

/// Tells whether two dates can mean the same time: the same day, or times in different zones that may be one instant.
fn is_same(a: Moment, b: Moment) -> bool {
    let may_be_instant = a.has_zone() && b.has_zone() && offset_text(a) != offset_text(b);
    a.day_number() == b.day_number() || (may_be_instant && instant_gap(a, b) == 0) || may_fall_on(a, b) || may_fall_on(b, a)
}

/// Tells whether an instant in UTC can fall on a day as the place of publication counts it; programs write UTC everywhere.
fn may_fall_on(instant: Moment, day: Moment) -> bool {
    /// The zones farthest west and east of Greenwich, in seconds.
    const FARTHEST: (i64, i64) = (-12 * 3600, 14 * 3600);
    let local_day = |offset: i64| (instant.wall_seconds() + offset).div_euclid(86_400);
    offset_text(instant) == "Z"
        && day.hour_minute().is_none()
        && (local_day(FARTHEST.0)..=local_day(FARTHEST.1)).contains(&day.day_number())
}

/// Returns the zone as it is written at the end of a moment.
fn offset_text(moment: Moment) -> String {
    let text = moment.to_string();
    let at = text.get(16..).and_then(|rest| rest.find(['+', '-', 'Z']).map(|at| at + 16)).unwrap_or(text.len());
    text[at..].to_owned()
}

/// Returns the seconds between two instants with zones, to the minute; far ones give the bound.
fn instant_gap(a: Moment, b: Moment) -> i64 {
    let utc_minutes = |moment: Moment| {
        let zone = offset_text(moment);
        let minutes = match (
            zone.get(1..3).and_then(|hours| hours.parse::<i64>().ok()),
            zone.get(4..6).and_then(|minutes| minutes.parse::<i64>().ok()),
        ) {
            (Some(hours), Some(minutes)) => (hours * 60 + minutes) * if zone.starts_with('-') { -1 } else { 1 },
            _ => 0,
        };
        moment.wall_seconds().div_euclid(60) - minutes
    };
    ((utc_minutes(a) - utc_minutes(b)).abs() * 60).min(SAME_INSTANT_SECONDS)
}

/// Returns a text's words in lower case, joined: what two spellings of a name have in common.
fn key(text: &str) -> String {
    words(text).flat_map(|(_, word)| word.chars().flat_map(char::to_lowercase)).filter(|c| c.is_alphanumeric()).collect()
}

/// Tells whether one text's words stand in the other's: the same title with and without its outlet.
fn holds(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    a.contains(&b) || b.contains(&a)
}
