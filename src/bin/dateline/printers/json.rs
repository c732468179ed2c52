//! Answers as JSON: the contract, version 1. Unknown values are `null` and stay present.

use std::io::Write;

use dateline::article::{Article, Furniture, Metadata, Stated};
use dateline::dedup::Tie;
use dateline::error::Warning;
use dateline::moment::Moment;
use dateline::query::Also;
use dateline::search::{
    Copied, Elsewhere, Extent, Facet, FacetCount, Folder, GroupSummary, Hit, PassageHit, SearchResponse, StoredArticle,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::printers::explanation;
use crate::printers::facets::facet_name;
use crate::printers::shown_path;
use crate::safe::escaped_json;

/// The version of the contract: it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// What was asked, and what could not be done about it.
pub struct Asked<'a> {
    /// What was typed.
    pub typed: &'a str,
    /// How it was understood.
    pub parsed: String,
    /// What it looks for beside what was typed.
    pub also: &'a [Also],
    /// What the user should know.
    pub warnings: &'a [String],
}

/// Prints the object of a search without making it first: of many hits it would take eight times the room that they do.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_response(asked: &Asked, response: &SearchResponse, folders: &[Folder], out: &mut dyn Write) -> std::io::Result<()> {
    let Value::Object(object) = without_hits(asked, response) else { return Ok(()) };
    let mut before = "{";
    for (name, value) in object {
        write!(out, "{before}{}:", Value::String(name.clone()))?;
        before = ",";
        if name != HITS {
            write!(out, "{}", printed(&value))?;
            continue;
        }
        let mut between = "[";
        for (number, found) in response.hits.iter().enumerate() {
            write!(out, "{between}{}", printed(&hit(number + 1, found, folders)))?;
            between = ",";
        }
        write!(out, "{}", if response.hits.is_empty() { "[]" } else { "]" })?;
    }
    writeln!(out, "}}")
}

/// The member of the object under which the hits stand.
const HITS: &str = "hits";

fn without_hits(asked: &Asked, response: &SearchResponse) -> Value {
    json!({
        "version": VERSION,
        "query": asked.typed,
        "parsed": asked.parsed,
        "also": asked.also.iter().map(|also| json!({"typed": also.typed, "others": also.others})).collect::<Vec<_>>(),
        "articles_total": response.articles_total,
        "groups_total": response.groups_total,
        "sources_total": response.sources_total,
        "took_us": u64::try_from(response.took.as_micros()).unwrap_or(u64::MAX),
        HITS: [],
        "facets": facets(&response.facets),
        "warnings": asked.warnings,
    })
}

/// Makes an object with the counts of each property under its name.
fn facets(facets: &[Facet]) -> Value {
    let named = facets.iter().map(|facet| (facet_name(facet.field).to_owned(), counts(&facet.counts)));
    Value::Object(named.collect())
}

/// Makes a list of values, each with its articles and groups.
pub fn counts(counts: &[FacetCount]) -> Value {
    let count = |count: &FacetCount| json!({"value": count.value, "articles": count.articles, "groups": count.groups});
    counts.iter().map(count).collect()
}

/// Prints the hits of a response as they stand in its object, each on a line.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(response: &SearchResponse, folders: &[Folder], out: &mut dyn Write) -> std::io::Result<()> {
    for (number, found) in response.hits.iter().enumerate() {
        writeln!(out, "{}", printed(&hit(number + 1, found, folders)))?;
    }
    Ok(())
}

/// Writes a value on one line; what acts on a terminal is escaped, so that the value stays what it is.
pub fn printed(value: &Value) -> String {
    escaped_json(value.to_string())
}

fn hit(rank: usize, hit: &Hit, folders: &[Folder]) -> Value {
    let metadata = &hit.article.metadata;
    let mut object = json!({
        "rank": rank,
        "score": f64::from((hit.score * 1000.0).round()) / 1000.0,
        "id": hit.article.id,
        "path": shown_path(folders, &hit.article.key.file),
        "group": group(&hit.group),
        "copies": hit.copies.iter().map(|found| copied(found, folders)).collect::<Vec<_>>(),
        "passages": hit.passages.iter().map(|found| passage(found, folders)).collect::<Vec<_>>(),
    });
    if let Some(told) = &hit.explanation {
        object["explanation"] = explanation::object(told);
    }
    add_metadata(metadata, &mut object);
    object
}

fn add_metadata(metadata: &Metadata, object: &mut Value) {
    let Value::Object(object) = object else { return };
    object.insert("headline".to_owned(), plain(metadata.headline.as_ref()));
    object.insert(
        "source".to_owned(),
        metadata.source.as_ref().map_or(Value::Null, |source| json!({"name": source.value, "from": source.from.label()})),
    );
    object.insert("published".to_owned(), moment(metadata.published.as_ref()));
    let byline = metadata.byline.as_ref().map(|_| Value::String(names(metadata).join(", ")));
    object.insert("byline".to_owned(), byline.unwrap_or(Value::Null));
    object.insert("url".to_owned(), plain(metadata.url.as_ref()));
    object.insert("language".to_owned(), plain(metadata.language.as_ref()));
}

/// Returns the names of the byline, in its order.
fn names(metadata: &Metadata) -> Vec<&str> {
    metadata.byline.as_ref().map(|byline| byline.value.iter().map(|person| person.name.as_str()).collect()).unwrap_or_default()
}

/// Writes a value without its provenance.
pub fn plain(stated: Option<&Stated<String>>) -> Value {
    stated.map_or(Value::Null, |stated| Value::String(stated.value.clone()))
}

/// Writes a moment with how finely and where it is stated.
pub fn moment(stated: Option<&Stated<Moment>>) -> Value {
    stated.map_or(
        Value::Null,
        |stated| json!({"value": stated.value.to_string(), "precision": stated.value.precision().label(), "from": stated.from.label()}),
    )
}

fn group(group: &GroupSummary) -> Value {
    json!({
        "id": group.id.to_string(),
        "articles": group.articles,
        "sources": group.sources,
        "earliest": group.earliest.map(|earliest| earliest.to_string()),
    })
}

fn copied(copied: &Copied, folders: &[Folder]) -> Value {
    let metadata = &copied.article.metadata;
    json!({
        "id": copied.article.id,
        "source": plain(metadata.source.as_ref()),
        "published": metadata.published.as_ref().map(|published| published.value.to_string()),
        "relation": copied.tie.map(|tie| tie.relation.label()),
        "resemblance": copied.tie.map(|tie| share(tie.resemblance.share())),
        "containment": copied.tie.map(|tie| share(tie.containment.share())),
        "path": shown_path(folders, &copied.article.key.file),
    })
}

/// Returns a share to three places, as the index keeps it.
pub fn share(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// Returns resemblance and containment of a tie; an article is wholly like itself.
pub fn shares(tie: Option<&Tie>) -> (f64, f64) {
    tie.map_or((1.0, 1.0), |tie| (share(tie.resemblance.share()), share(tie.containment.share())))
}

fn passage(passage: &PassageHit, folders: &[Folder]) -> Value {
    json!({
        "text": passage.text,
        "score": f64::from((passage.score * 1000.0).round()) / 1000.0,
        "lines": passage.lines.map(|(first, last)| [first, last]),
        "bytes": passage.bytes.as_ref().map(|bytes| [bytes.start, bytes.end]),
        "highlights": passage.highlights.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
        "elsewhere": passage.elsewhere.as_ref().map(|found| elsewhere(found, folders)),
        "shown_above": passage.shown_above.iter().map(|part| json!({"bytes": [part.bytes.start, part.bytes.end], "rank": part.rank})).collect::<Vec<_>>(),
    })
}

fn elsewhere(elsewhere: &Elsewhere, folders: &[Folder]) -> Value {
    let metadata = &elsewhere.first.metadata;
    json!({
        "extent": match elsewhere.extent {
            Extent::Most => "most",
            Extent::Part => "part",
        },
        "articles": elsewhere.articles,
        "groups": elsewhere.groups,
        "first": {
            "id": elsewhere.first.id,
            "source": plain(metadata.source.as_ref()),
            "published": metadata.published.as_ref().map(|published| published.value.to_string()),
            "path": shown_path(folders, &elsewhere.first.key.file),
        },
    })
}

/// What was read from a document, under schema.org names where one exists.
#[derive(Serialize)]
struct ReadArticle<'a> {
    id: &'a str,
    headline: Option<&'a str>,
    source: Option<&'a str>,
    #[serde(rename = "datePublished")]
    published: Option<String>,
    #[serde(rename = "dateModified")]
    modified: Option<String>,
    #[serde(rename = "dateSaved")]
    saved: Option<String>,
    author: Vec<&'a str>,
    #[serde(rename = "authorRoles")]
    roles: Map<String, Value>,
    credit: Vec<&'a str>,
    url: Option<&'a str>,
    #[serde(rename = "inLanguage")]
    language: Option<&'a str>,
    #[serde(rename = "inLanguageConfidence")]
    language_confidence: Option<u8>,
    #[serde(rename = "articleBody")]
    body: &'a str,
    furniture: &'a [Furniture],
    provenance: Map<String, Value>,
    conflicts: Value,
    warnings: Vec<String>,
}

/// Makes the object of a document that was read.
pub fn article(id: &str, article: &Article, warnings: &[Warning]) -> Value {
    let metadata = &article.metadata;
    let object = ReadArticle {
        id,
        headline: metadata.headline.as_ref().map(|stated| stated.value.as_str()),
        source: metadata.source.as_ref().map(|stated| stated.value.as_str()),
        published: metadata.published.as_ref().map(|stated| stated.value.to_string()),
        modified: metadata.modified.as_ref().map(|stated| stated.value.to_string()),
        saved: metadata.saved.as_ref().map(|stated| stated.value.to_string()),
        credit: metadata.credits.iter().map(|stated| stated.value.as_str()).collect(),
        author: names(metadata),
        roles: roles(metadata),
        url: metadata.url.as_ref().map(|stated| stated.value.as_str()),
        language: metadata.language.as_ref().map(|stated| stated.value.as_str()),
        language_confidence: metadata.language_confidence,
        body: &article.body.text,
        furniture: &article.furniture,
        provenance: provenance(metadata),
        conflicts: json!(metadata.conflicts),
        warnings: warnings.iter().map(ToString::to_string).collect(),
    };
    serde_json::to_value(object).unwrap_or(Value::Null)
}

/// Returns the roles that the byline states, by name.
fn roles(metadata: &Metadata) -> Map<String, Value> {
    let people = metadata.byline.iter().flat_map(|byline| &byline.value);
    people.filter_map(|person| Some((person.name.clone(), Value::String(person.role.clone()?)))).collect()
}

fn provenance(metadata: &Metadata) -> Map<String, Value> {
    let from = [
        ("headline", metadata.headline.as_ref().map(|stated| stated.from)),
        ("source", metadata.source.as_ref().map(|stated| stated.from)),
        ("datePublished", metadata.published.as_ref().map(|stated| stated.from)),
        ("dateModified", metadata.modified.as_ref().map(|stated| stated.from)),
        ("dateSaved", metadata.saved.as_ref().map(|stated| stated.from)),
        ("credit", metadata.credits.first().map(|stated| stated.from)),
        ("author", metadata.byline.as_ref().map(|stated| stated.from)),
        ("url", metadata.url.as_ref().map(|stated| stated.from)),
        ("inLanguage", metadata.language.as_ref().map(|stated| stated.from)),
    ];
    from.into_iter().filter_map(|(name, from)| Some((name.to_owned(), Value::String(from?.label().to_owned())))).collect()
}

/// Makes the object of an article of the index, with its group.
pub fn stored(stored: &StoredArticle, furniture: &[Furniture], folders: &[Folder]) -> Value {
    let mut object = article(&stored.entry.article.claimed_id(), &stored.entry.article, &[]);
    if let Value::Object(object) = &mut object {
        object.remove("warnings");
        object.insert("furniture".to_owned(), json!(furniture));
        object.insert("path".to_owned(), json!(shown_path(folders, &stored.entry.key.file)));
        object.insert("group".to_owned(), group(&stored.group));
        object.insert("copies".to_owned(), stored.copies.iter().map(|found| copied(found, folders)).collect());
    }
    object
}
