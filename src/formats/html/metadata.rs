//! What a page states about itself in; the article's fields out, each with the place where it stood.
//!
//! Within a place the more telling name comes first. Nothing is chosen here: all that is stated goes on.

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::fields::push;
use crate::formats::html::json_ld;
use crate::formats::html::page::{Page, Region, Time, TimeKind};

/// Names of meta elements, the more telling one first.
#[rustfmt::skip]
const METAS: [(FieldName, &[&str]); 7] = [
    (FieldName::Headline, &["og:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "twitter:title", "headline"]),
    (FieldName::Source, &["og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "application-name", "publisher", "copyright"]),
    (
        FieldName::Published,
        &[
            "article:published_time", "og:article:published_time", "article:published", "og:published_time", "citation_publication_date",
            "citation_online_date", "citation_date", "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
            "parsely-pub-date", "sailthru.date", "publish_date", "publish-date", "pubdate", "publication_date", "published_at", "cxenseparse:recs:publishtime",
            "cxenseparse:publishtime", "published-date", "publisheddate", "article.published", "article:post_date", "bt:pubdate", "ptime",
            "originalpublicationdate", "rnews:datepublished", "dc.date", "dcterms.date", "date", "article_date_original", "article.created", "displaydate",
            "article:create_at", "created", "timestamp", "dc:created", "doc_date",
        ],
    ),
    (
        FieldName::Modified,
        &[
            "article:modified_time", "og:updated_time", "article:updated_time", "article:modified", "datemodified", "dc.date.modified",
            "dcterms.modified", "last-modified", "lastmodified", "lastmod", "modified", "revised", "rnews:datemodified",
        ],
    ),
    (
        FieldName::Byline,
        &[
            "author", "article:author_name", "parsely-author", "sailthru.author", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor",
            "byl", "article:author", "og:article:author", "og:author", "rbauthors", "cxenseparse:author", "twitter:data1",
        ],
    ),
    (FieldName::Url, &["og:url", "twitter:url", "parsely-link"]),
    (FieldName::Language, &["content-language", "language", "dc.language", "dcterms.language", "og:locale"]),
];

/// Returns the fields that a page states.
pub fn fields(page: &Page) -> Vec<RawField> {
    let mut fields = Vec::new();
    json_ld::add_fields(&page.json_ld, &mut fields);
    for (name, metas) in METAS {
        for meta in metas {
            for (_, value) in page.metas.iter().filter(|(stated, _)| stated == meta) {
                if *meta != "twitter:data1" || is_labelled_author(page) {
                    push(name, value, Provenance::Meta, &mut fields);
                }
            }
            // Several meta elements name the same people in several spellings; the first that names any is enough.
            if name == FieldName::Byline && fields.last().is_some_and(|field| field.name == name && !field.value.contains("://")) {
                break;
            }
        }
    }
    add_times(&page.times, &mut fields);
    if !fields.iter().any(|field| field.name == FieldName::Published) {
        add_dates(&page.dates, &mut fields);
    }
    add_people(page, &mut fields);
    for (property, value) in &page.items {
        if property == "headline" {
            push(FieldName::Headline, value, Provenance::PageElement, &mut fields);
        }
    }
    page.headings.iter().for_each(|heading| push(FieldName::Headline, heading, Provenance::PageElement, &mut fields));
    if let Some(title) = &page.title {
        // Where the outlet's name is the first heading, the article's is of a lower level; the page's title starts with it.
        let is_title = |heading: &&String| title.starts_with(heading.as_str()) && heading.chars().count() >= SUBHEADING_CHARS_MIN;
        page.subheadings
            .iter()
            .filter(is_title)
            .take(1)
            .for_each(|heading| push(FieldName::Headline, heading, Provenance::PageElement, &mut fields));
        push(FieldName::Headline, title, Provenance::TitleElement, &mut fields);
    }
    if let Some(canonical) = &page.canonical {
        push(FieldName::Url, canonical, Provenance::PageElement, &mut fields);
    }
    if let Some(language) = &page.language {
        push(FieldName::Language, language, Provenance::LangAttribute, &mut fields);
    }
    fields.retain(|field| field.name != FieldName::Url || field.value.starts_with("http"));
    fields
}

fn is_labelled_author(page: &Page) -> bool {
    let label = page.metas.iter().find(|(name, _)| name == "twitter:label1").map(|(_, label)| label.to_lowercase());
    label.is_some_and(|label| ["written by", "verfasst von", "escrito por", "écrit par", "scritto da"].contains(&label.as_str()))
}

/// Adds the times that the page says are the article's; where it says nothing, the first one beside the article.
fn add_times(times: &[Time], fields: &mut Vec<RawField>) {
    let said =
        |kind: TimeKind| times.iter().filter(move |time| time.kind == kind && time.region != Region::Aside).min_by_key(|time| time.region);
    if let Some(time) = said(TimeKind::Published).or_else(|| said(TimeKind::Unsaid)) {
        push(FieldName::Published, &time.value, Provenance::TimeElement, fields);
    }
    if let Some(time) = said(TimeKind::Modified) {
        push(FieldName::Modified, &time.value, Provenance::TimeElement, fields);
    }
}

/// A shorter heading may open the page's title by accident.
const SUBHEADING_CHARS_MIN: usize = 8;

/// A page without a machine-readable date shows it in one of the first elements that are marked as dates.
const SHOWN_DATES_MAX: usize = 4;

/// Adds the dates that the page shows, those inside the article first.
fn add_dates(dates: &[Time], fields: &mut Vec<RawField>) {
    let mut shown: Vec<&Time> = dates.iter().collect();
    shown.sort_by_key(|time| (time.region, time.kind == TimeKind::Unsaid));
    for time in shown.into_iter().take(SHOWN_DATES_MAX) {
        let name = if time.kind == TimeKind::Modified { FieldName::Modified } else { FieldName::Published };
        push(name, &time.value, Provenance::PageElement, fields);
    }
}

/// Adds the authors that are shown most clearly.
fn add_people(page: &Page, fields: &mut Vec<RawField>) {
    let beside = || page.people.iter().filter(|person| person.region != Region::Aside);
    let Some(best) = beside().map(|person| (person.region, person.doubt)).min() else { return };
    let mut names: Vec<&str> = Vec::new();
    for person in beside().filter(|person| (person.region, person.doubt) == best) {
        if !names.contains(&person.name.as_str()) {
            names.push(&person.name);
            push(FieldName::Byline, &person.name, Provenance::PageElement, fields);
        }
    }
}
