//! A page's JSON-LD blocks in; the fields of its article out.
//!
//! A block holds one thing, a list of things, or a `@graph`; the article is the first thing of an article's type, else the first page
//! that states a date. Things may name each other by `@id`. Blocks are often broken in small ways, which are mended first.

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::fields::{self, Slot};
use crate::formats::html::guard::unescaped;
use crate::formats::value::Value;

/// Things are looked for so many levels deep: a graph in a list in a page is three.
const LEVELS_MAX: u8 = 6;

/// Adds the fields of the article that the blocks describe; blocks that are not JSON say nothing.
pub fn add_fields(blocks: &[String], fields: &mut Vec<RawField>) {
    let mended: Vec<String> = blocks.iter().map(|block| mend(block)).collect();
    let values: Vec<Value<'_>> = mended.iter().filter_map(|text| parse(text)).collect();
    let mut things = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut things));
    let best = things.iter().filter_map(|thing| rank(thing).map(|rank| (rank, *thing))).min_by_key(|(rank, _)| *rank);
    if let Some((rank, article)) = best {
        add_article(article, rank, &things, fields);
    } else if let Some(list) = things.iter().find(|thing| is_of(thing, &["NewsMediaOrganization"])) {
        add(FieldName::Source, list, fields);
    }
}

/// Returns a block as JSON: without the comments around it, and without line breaks inside strings.
fn mend(block: &str) -> String {
    let block = block.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let block = block.trim().trim_start_matches("//").trim_start_matches("<![CDATA[").trim();
    let block = block.trim_end_matches("//]]>").trim_end_matches("]]>").trim_end_matches(';').trim();
    block.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn parse(text: &str) -> Option<Value<'_>> {
    // A block may end in a surplus bracket; what stands before it is whole.
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value<'_>>();
    stream.next()?.ok()
}

fn collect<'v>(value: &'v Value<'v>, level: u8, things: &mut Vec<&'v Value<'v>>) {
    if level > LEVELS_MAX {
        return;
    }
    match value {
        Value::List(items) => items.iter().for_each(|item| collect(item, level + 1, things)),
        Value::Object(object) => {
            things.push(value);
            for (name, inner) in object {
                if matches!(
                    name.as_ref(),
                    "@graph" | "mainEntity" | "mainEntityOfPage" | "hasPart" | "author" | "publisher" | "itemListElement" | "item"
                ) {
                    collect(inner, level + 1, things);
                }
            }
        }
        _ => {}
    }
}

fn is_of(thing: &Value<'_>, types: &[&str]) -> bool {
    let stated = thing.get("@type").map(Value::items).unwrap_or_default();
    stated.iter().filter_map(Value::scalar).any(|name| types.contains(&name.rsplit('/').next().unwrap_or(name)))
}

/// Tells how well a thing stands for the article, from 0; `None` if not at all.
fn rank(thing: &Value<'_>) -> Option<u8> {
    let stated = thing.get("@type").map(Value::items).unwrap_or_default();
    stated.iter().filter_map(Value::scalar).filter_map(|name| type_rank(name.rsplit('/').next().unwrap_or(name))).min()
}

fn type_rank(name: &str) -> Option<u8> {
    match name {
        "NewsArticle"
        | "ReportageNewsArticle"
        | "AnalysisNewsArticle"
        | "OpinionNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle" => Some(0),
        name if name.ends_with("Article") => Some(1),
        "BlogPosting" | "LiveBlogPosting" | "SocialMediaPosting" => Some(2),
        "Report" | "Review" | "Recipe" | "HowTo" | "CreativeWork" => Some(3),
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" => Some(4),
        _ => None,
    }
}

fn add_article<'v>(article: &Value<'v>, rank: u8, things: &[&Value<'v>], fields: &mut Vec<RawField>) {
    // A page's name is the title with the outlet's name at its end, and its author may be the site's: only a person and its dates are told.
    let is_page = rank >= 4;
    let Value::Object(object) = article else { return };
    let mut known: Vec<(u8, Slot, &Value<'v>)> =
        object.iter().filter_map(|(name, value)| fields::slot(name).map(|(place, slot)| (place, slot, value))).collect();
    fields::sort_known(&mut known);
    for (_, slot, value) in known {
        match slot {
            Slot::Field(FieldName::Headline) if is_page => {}
            Slot::Field(FieldName::Byline) => {
                for person in value.items() {
                    let person = resolved(person, things);
                    let may_sign = if is_page { is_of(person, &["Person"]) } else { value.items().len() == 1 };
                    if may_sign || (!is_page && !is_of(person, &["Organization", "NewsMediaOrganization"])) {
                        add(FieldName::Byline, person, fields);
                    }
                }
            }
            Slot::Field(name @ FieldName::Source) => {
                value.items().iter().take(1).for_each(|outlet| add(name, resolved(outlet, things), fields));
            }
            Slot::Field(name) => add(name, value, fields),
            _ => {}
        }
    }
}

fn add(name: FieldName, value: &Value<'_>, fields: &mut Vec<RawField>) {
    let from = fields.len();
    fields::add(Slot::Field(name), value, Provenance::JsonLd, fields);
    // Values are often escaped once more than JSON asks for, and some twice.
    for field in &mut fields[from..] {
        field.value = unescaped(&unescaped(&field.value));
    }
}

/// Returns the thing that a value names by its `@id`, else the value itself.
fn resolved<'r, 'v>(value: &'r Value<'v>, things: &[&'r Value<'v>]) -> &'r Value<'v> {
    if value.get("name").is_some() {
        return value;
    }
    let Some(id) = value.get("@id").and_then(Value::scalar) else { return value };
    things
        .iter()
        .find(|thing| thing.get("name").is_some() && thing.get("@id").and_then(Value::scalar) == Some(id))
        .copied()
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &str, expected: &[(&str, &str)]) {
        let mut fields = Vec::new();
        add_fields(&[block.to_owned()], &mut fields);
        let mut found: Vec<(&str, &str)> = fields.iter().map(|field| (field.name.label(), field.value.as_str())).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{block}");
    }

    #[test]
    fn articles_are_found() {
        check(
            r#"{"@type":"NewsArticle","headline":"Ferry runs &amp; rests","datePublished":"2024-11-26","author":{"name":"Ida Holm"}}"#,
            &[("byline", "Ida Holm"), ("headline", "Ferry runs & rests"), ("published", "2024-11-26")],
        );
        check(
            r##"{"@graph":[{"@type":"Organization","@id":"#o","name":"Harbour Gazette"},{"@type":"Person","@id":"#p","name":"Jan Berg"},
               {"@type":["Article"],"headline":"Ferry","author":[{"@id":"#p"}],"publisher":{"@id":"#o"}}]}"##,
            &[("byline", "Jan Berg"), ("headline", "Ferry"), ("source", "Harbour Gazette")],
        );
        check("[{\"@type\":\"Article\",\"headline\":\"One\nline\"}];", &[("headline", "One line")]);
        check(
            "<!-- {\"@type\":\"WebPage\",\"name\":\"Ferry | Gazette\",\"dateModified\":\"2024-11-27\"} -->",
            &[("modified", "2024-11-27")],
        );
        check("{\"@type\":\"Product\",\"name\":\"Boat\"}", &[]);
        check("{broken", &[]);
    }
}
