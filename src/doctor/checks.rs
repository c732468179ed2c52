//! One article in, as an index tells of it; out what is wrong with it.

use super::kind::Kind;
use crate::article::{Conflict, Metadata, Stated};
use crate::document::{FieldName, Provenance};
use crate::mojibake;
use crate::moment::Moment;
use crate::text::words;

/// A body of fewer words is suspiciously short. Of 33,249 news articles with their whole text 64 have fewer than 20, most of them
/// captions and teasers; whole briefs of two sentences begin at 24.
pub const SHORT_WORDS: usize = 20;

/// A page that is written ahead and appears at a set time was last changed before it was published. Of 990 pages 49 say so, all
/// but 5 of them by a week at most.
const SCHEDULED_DAYS_MAX: i64 = 7;

/// What is shown of a text that was decoded wrongly: the word with the first such place, and no more.
const SHOWN_CHARS: usize = 24;

/// What is wrong with an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What sort of trouble it is.
    pub kind: Kind,
    /// What shows it, in a few words; empty where the kind says it all.
    pub detail: String,
    /// The lines of a sidecar that would settle it, where the values are known.
    pub lines: Vec<String>,
}

impl Trouble {
    fn new(kind: Kind, detail: String) -> Self {
        Trouble { kind, detail, lines: Vec::new() }
    }
}

/// Finds what is wrong with an article by its metadata and its text, each kind at most once. Today is the day in UTC.
pub fn examine(metadata: &Metadata, body: &str, today: Moment) -> Vec<Trouble> {
    let mut found = Vec::new();
    let missing = |is_missing: bool, kind: Kind| is_missing.then(|| Trouble::new(kind, String::new()));
    let is_empty = body.trim().is_empty();
    found.extend(missing(is_empty, Kind::Empty));
    if !is_empty {
        found.extend(short(body));
        found.extend(missing(metadata.language.is_none(), Kind::NoLanguage));
    }
    found.extend(decoded_wrongly(metadata, body));
    found.extend(future(metadata, today));
    found.extend(contradiction(metadata));
    found.extend(modified_first(metadata));
    found.extend(metadata.published.is_none().then(|| Trouble::new(Kind::Undated, other_dates(metadata))));
    found.extend(missing(metadata.source.is_none(), Kind::NoSource));
    found.extend(missing(metadata.headline.is_none(), Kind::NoHeadline));
    found
}

fn short(body: &str) -> Option<Trouble> {
    let count = words(body).take(SHORT_WORDS).count();
    let noun = if count == 1 { "word" } else { "words" };
    (count < SHORT_WORDS).then(|| Trouble::new(Kind::Short, format!("{count} {noun}")))
}

fn decoded_wrongly(metadata: &Metadata, body: &str) -> Option<Trouble> {
    let stated = [metadata.headline.as_ref(), metadata.source.as_ref()].into_iter().flatten().map(|stated| stated.value.as_str());
    let byline = metadata.byline.iter().flat_map(|byline| byline.value.iter().map(|person| person.name.as_str()));
    let (mut places, mut first) = (0, None);
    for text in stated.chain(byline).chain([body]) {
        if let Some(found) = mojibake::find(text) {
            places += found.misread + found.lost;
            first = first.or_else(|| Some(word_around(text, found.first.start)));
        }
    }
    let first = first?;
    Some(Trouble::new(Kind::Mojibake, if places == 1 { format!("“{first}”") } else { format!("{places} places, the first “{first}”") }))
}

/// Returns the word that has a place in it, shortened around the place.
fn word_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let start = text.ceil_char_boundary(start.max(at.saturating_sub(SHOWN_CHARS)));
    let length = text[start..].char_indices().find(|(offset, c)| (start + offset > at && c.is_whitespace()) || *offset >= 3 * SHOWN_CHARS);
    &text[start..length.map_or(text.len(), |(offset, _)| start + offset)]
}

/// Finds a date later than tomorrow: east of UTC it is tomorrow already.
fn future(metadata: &Metadata, today: Moment) -> Option<Trouble> {
    let dates = [(FieldName::Published, &metadata.published), (FieldName::Modified, &metadata.modified)];
    let later = dates.into_iter().filter_map(|(name, stated)| stated.as_ref().map(|stated| (name, stated)));
    let mut later = later.filter(|(_, stated)| stated.value.day_number() > today.day_number() + 1);
    later.next().map(|(name, stated)| {
        let lines = vec![format!("{}: YYYY-MM-DD", name.label())];
        Trouble { kind: Kind::Future, detail: format!("{} {}", name.label(), stated_text(stated)), lines }
    })
}

fn stated_text(stated: &Stated<Moment>) -> String {
    format!("{} ({})", stated.value, stated.from.label())
}

/// Finds dates that contradict the one chosen, unless the keeper has settled it in a sidecar.
fn contradiction(metadata: &Metadata) -> Option<Trouble> {
    let (mut texts, mut lines) = (Vec::new(), Vec::new());
    for (name, chosen) in [(FieldName::Published, &metadata.published), (FieldName::Modified, &metadata.modified)] {
        let Some(chosen) = chosen.as_ref().filter(|chosen| chosen.from != Provenance::Sidecar) else { continue };
        let others: Vec<&Conflict> = metadata.conflicts.iter().filter(|conflict| conflict.field == name.label()).collect();
        if !others.is_empty() {
            let shown: Vec<String> = others.iter().map(|other| format!("{} ({})", other.value, other.from.label())).collect();
            texts.push(format!("{} {}, but {}", name.label(), stated_text(chosen), shown.join(", ")));
            let values: Vec<&str> = others.iter().map(|other| other.value.as_str()).collect();
            lines.push(format!("{}: {}  # or {}", name.label(), chosen.value, values.join(", ")));
        }
    }
    (!texts.is_empty()).then(|| Trouble { kind: Kind::Contradiction, detail: texts.join("; "), lines })
}

fn modified_first(metadata: &Metadata) -> Option<Trouble> {
    let (published, modified) = (metadata.published.as_ref()?, metadata.modified.as_ref()?);
    let is_before = published.value.day_number() - modified.value.day_number() > SCHEDULED_DAYS_MAX;
    let detail = || format!("published {}, modified {}", stated_text(published), stated_text(modified));
    is_before.then(|| Trouble::new(Kind::ModifiedFirst, detail()))
}

/// Says what other dates an undated article has: a reader may conclude from them.
fn other_dates(metadata: &Metadata) -> String {
    let dates = [(FieldName::Modified, &metadata.modified), (FieldName::Saved, &metadata.saved)];
    let stated = dates.into_iter().filter_map(|(name, stated)| stated.as_ref().map(|stated| format!("{} {}", name.label(), stated.value)));
    stated.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry of Lower Tillwick rings again, and the lock keeper, who never liked the old bell, has moved his bed to the far side of the house.";

    fn stated<T>(value: T, from: Provenance) -> Option<Stated<T>> {
        Some(Stated { value, from })
    }

    fn date(text: &str, from: Provenance) -> Option<Stated<Moment>> {
        stated(text.parse().unwrap(), from)
    }

    fn sound() -> Metadata {
        Metadata {
            headline: stated("A bell".to_owned(), Provenance::FrontMatter),
            source: stated("Tillwick Messenger".to_owned(), Provenance::FrontMatter),
            published: date("2024-11-26", Provenance::FrontMatter),
            language: stated("en".to_owned(), Provenance::Detected),
            ..Metadata::default()
        }
    }

    fn check(metadata: &Metadata, body: &str, expected: &[(Kind, &str)]) {
        let found = examine(metadata, body, "2024-12-01".parse().unwrap());
        let found: Vec<(Kind, &str)> = found.iter().map(|trouble| (trouble.kind, trouble.detail.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn sound_articles_have_nothing() {
        check(&sound(), TEXT, &[]);
        check(&Metadata { published: date("2024-12-02T08:00+13:00", Provenance::Meta), ..sound() }, TEXT, &[]);
    }

    #[test]
    fn what_is_missing_is_found() {
        let bare = Metadata { saved: date("2024-11-30", Provenance::SaveComment), ..Metadata::default() };
        check(&bare, TEXT, &[(Kind::NoLanguage, ""), (Kind::Undated, "saved 2024-11-30"), (Kind::NoSource, ""), (Kind::NoHeadline, "")]);
        check(&sound(), " \n", &[(Kind::Empty, "")]);
        check(&sound(), "Photo: a ferry.", &[(Kind::Short, "3 words")]);
    }

    #[test]
    fn dates_are_compared() {
        let with = |published: &str, modified: &str| Metadata {
            published: date(published, Provenance::Meta),
            modified: date(modified, Provenance::Meta),
            ..sound()
        };
        check(&with("2024-12-03", "2024-12-03"), TEXT, &[(Kind::Future, "published 2024-12-03 (meta)")]);
        check(&with("2024-11-26", "2024-11-18"), TEXT, &[(Kind::ModifiedFirst, "published 2024-11-26 (meta), modified 2024-11-18 (meta)")]);
        check(&with("2024-11-26T10:00Z", "2024-11-19T23:00+01:00"), TEXT, &[]);
    }

    #[test]
    fn contradictions_are_settled_by_a_sidecar() {
        let conflict = Conflict { field: "published".to_owned(), value: "2024-11-28".to_owned(), from: Provenance::TimeElement };
        let mut metadata = Metadata { conflicts: vec![conflict], ..sound() };
        check(&metadata, TEXT, &[(Kind::Contradiction, "published 2024-11-26 (front matter), but 2024-11-28 (time element)")]);
        let lines = examine(&metadata, TEXT, "2024-12-01".parse().unwrap()).remove(0).lines;
        assert_eq!(lines, ["published: 2024-11-26  # or 2024-11-28"]);
        metadata.published = date("2024-11-26", Provenance::Sidecar);
        check(&metadata, TEXT, &[]);
    }

    #[test]
    fn wrongly_decoded_text_is_shown() {
        check(&sound(), &format!("{TEXT} Near ZÃ¼rich the lakeâ€™s ferry too."), &[(Kind::Mojibake, "2 places, the first “ZÃ¼rich”")]);
        let headline = stated("A bell\u{fffd}".to_owned(), Provenance::Meta);
        check(&Metadata { headline, ..sound() }, TEXT, &[(Kind::Mojibake, "“bell\u{fffd}”")]);
    }
}
