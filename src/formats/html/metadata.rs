//! What a page states about itself in; the article's fields out, each with the place where it stood.
//!
//! Within a place the more telling name comes first. Nothing is chosen here: all that is stated goes on.

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::fields::push;
use crate::formats::html::heading::Heading;
use crate::formats::html::json_ld;
use crate::formats::html::page::{Page, Region, Time, TimeKind, USER_DOUBT};

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
            "byl", "article:author", "og:article:author", "og:author", "rbauthors", "cxenseparse:author", "twitter:data1", "twitter:creator",
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
            // The outlet's own name names nobody.
            let is_person = |field: &RawField| {
                let outlet = page.metas.iter().find(|(name, _)| name == "og:site_name").map(|(_, outlet)| outlet);
                field.name == name
                    && !field.value.contains("://")
                    && !outlet.is_some_and(|outlet| outlet.eq_ignore_ascii_case(&field.value))
            };
            if name == FieldName::Byline && fields.last().is_some_and(is_person) {
                break;
            }
        }
    }
    add_times(&page.times, &mut fields);
    if !fields.iter().any(|field| field.name == FieldName::Published) {
        add_dates(&page.dates, &mut fields);
    }
    page.script_dates.iter().for_each(|date| push(FieldName::Published, date, Provenance::PageScript, &mut fields));
    add_people(page, &mut fields);
    // Several headlines are those of a list of articles.
    let mut headlines = page.items.iter().filter(|(property, _)| property == "headline").map(|(_, value)| value);
    if let Some(headline) = headlines.next().filter(|first| headlines.all(|other| other == *first)) {
        push(FieldName::Headline, headline, Provenance::PageElement, &mut fields);
    }
    add_headings(page, &mut fields);
    if let Some(title) = &page.title {
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
        push(FieldName::Published, time.shown.as_deref().unwrap_or_default(), Provenance::TimeElement, fields);
    }
    if let Some(time) = said(TimeKind::Modified) {
        push(FieldName::Modified, &time.value, Provenance::TimeElement, fields);
    }
}

/// Adds the headings that may be the article's title: those of the first level, and of the lower ones what opens the page's title or,
/// where the page states no title for machines, what its class calls a title.
///
/// The first heading of many pages is the outlet's name: it leads home, or it stands at the end of a title that another heading opens.
fn add_headings(page: &Page, fields: &mut Vec<RawField>) {
    let title = page.title.as_deref().unwrap_or_default();
    let opens = |heading: &&Heading| title.starts_with(&heading.text) && heading.text.chars().count() >= SUBHEADING_CHARS_MIN;
    let opening = page.headings.iter().find(opens);
    let is_outlet = |heading: &Heading| {
        heading.leads_home || opening.is_some_and(|opening| title.ends_with(&heading.text) && !heading.text.contains(&opening.text))
    };
    let lacks_title = !fields.iter().any(|field| field.name == FieldName::Headline);
    let marked = page.headings.iter().filter(|heading| heading.is_marked && heading.level > 1 && lacks_title);
    let firsts = page.headings.iter().filter(|heading| heading.level == 1 && !is_outlet(heading));
    let firsts: Vec<&Heading> = firsts.collect();
    let marked_firsts: Vec<&Heading> = firsts.iter().copied().filter(|heading| heading.is_marked).collect();
    let firsts = match (marked_firsts.as_slice(), page.aside_headings.as_slice()) {
        ([only], _) => vec![*only],
        // The only one of a page is its title wherever it stands.
        ([], [only]) if firsts.is_empty() && !is_outlet(only) => vec![only],
        _ => firsts,
    };
    let is_in_first = |heading: &Heading| firsts.iter().any(|first| first.text.starts_with(&heading.text));
    let lower: Vec<&Heading> = opening.into_iter().filter(|heading| heading.level > 1 && !is_in_first(heading)).collect();
    for heading in firsts.into_iter().chain(lower).chain(marked.take(1)) {
        push(FieldName::Headline, &heading.text, Provenance::PageElement, fields);
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
        push(name, time.shown.as_deref().unwrap_or_default(), Provenance::PageElement, fields);
    }
}

/// Adds the authors that are shown most clearly; of parts for other things only where they name one person. What scripts name comes last.
fn add_people(page: &Page, fields: &mut Vec<RawField>) {
    let beside = page.people.iter().filter(|person| person.region != Region::Aside).collect::<Vec<_>>();
    let is_whole = !beside.is_empty();
    let people = if is_whole { beside } else { page.people.iter().collect() };
    if let Some(best) = people.iter().map(|person| (person.region, person.doubt)).min() {
        let mut names: Vec<&str> = Vec::new();
        // Of the users of a forum the first began the thread.
        let count = if is_whole && best.1 == USER_DOUBT { 1 } else { people.len() };
        for person in people.iter().filter(|person| (person.region, person.doubt) == best).take(count) {
            if !names.contains(&person.name.as_str()) {
                names.push(&person.name);
            }
        }
        if is_whole || names.len() == 1 {
            names.into_iter().for_each(|name| push(FieldName::Byline, name, Provenance::PageElement, fields));
        }
    }
    if let [only] = page.script_authors.as_slice() {
        push(FieldName::Byline, only, Provenance::PageScript, fields);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::html::dom::Document;
    use crate::formats::html::page;

    fn check(name: FieldName, html: &str, expected: &[&str]) {
        let page = page::survey(&Document::parse(html).unwrap());
        let fields = fields(&page);
        let found: Vec<&str> = fields.iter().filter(|field| field.name == name).map(|field| field.value.as_str()).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn what_belongs_to_other_works_is_not_the_article_s() {
        let cited = "<ol><li itemprop=citation><meta itemprop=author content='Jan Berg'></li></ol>";
        check(FieldName::Byline, &format!("<meta name=dc.creator content='Ida Holm'><article>{cited}</article>"), &["Ida Holm"]);
        let listed = "<div itemprop=headline>Ferry runs</div><div itemprop=headline>Bridge closed</div>";
        check(FieldName::Headline, &format!("<h1>Ferry runs again</h1>{listed}"), &["Ferry runs again"]);
        check(FieldName::Headline, "<div itemprop=headline>Ferry runs</div>", &["Ferry runs"]);
    }

    #[test]
    fn the_first_user_of_a_thread_began_it() {
        let users = "<b class=username>night owl</b><p>Where?</p><b class=username>Jan</b><p>There.</p>";
        check(FieldName::Byline, users, &["night owl"]);
        check(FieldName::Byline, "<b class=post-account-name>Ida</b>", &["Ida"]);
    }

    #[test]
    fn a_heading_of_a_list_gives_way_to_the_title_that_goes_on() {
        let page = "<title>Ferry runs - Gazette</title><h1>Ferry runs again</h1><h3>Ferry runs</h3>";
        check(FieldName::Headline, page, &["Ferry runs again", "Ferry runs - Gazette"]);
    }
}
