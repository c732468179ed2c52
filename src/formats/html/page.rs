//! A parsed page in; in one walk, all that it may state about the article: meta elements, JSON-LD, times, names, headings and
//! the lines that a reader sees. What of it to believe is decided elsewhere.

use crate::formats::html::dom::{Document, NodeId};
use crate::formats::html::heading::{self, Heading};
use crate::formats::html::{content, script};
use crate::formats::reader::clean_line;

/// What a page states about itself, in the order of the page.
#[derive(Debug, Default)]
pub struct Page {
    /// Meta elements: name, property or itemprop in lower case, and the content.
    pub metas: Vec<(String, String)>,
    /// The texts of JSON-LD blocks.
    pub json_ld: Vec<String>,
    /// Dates that other scripts name as the article's.
    pub script_dates: Vec<String>,
    /// Names that other scripts give as the author's.
    pub script_authors: Vec<String>,
    /// The text of the `<title>`.
    pub title: Option<String>,
    /// The headings of the upper levels that stand in no part for other things.
    pub headings: Vec<Heading>,
    /// The headings of the first level in parts for other things.
    pub aside_headings: Vec<Heading>,
    /// The address that the page names as its own.
    pub canonical: Option<String>,
    /// The language of the `<html>` element.
    pub language: Option<String>,
    /// Elements that show a time.
    pub times: Vec<Time>,
    /// Elements whose class says that they show a date.
    pub dates: Vec<Time>,
    /// Elements that show an author.
    pub people: Vec<Person>,
    /// Values of `itemprop` elements: the property in lower case and what it holds.
    pub items: Vec<(String, String)>,
}

/// A time that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// The machine-readable value, else the text.
    pub value: String,
    /// The text, where the value is another.
    pub shown: Option<String>,
    /// What the element says the time is.
    pub kind: TimeKind,
    /// Where the element stands.
    pub region: Region,
}

/// What an element says a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// The article's publication.
    Published,
    /// The article's last change.
    Modified,
    /// Nothing is said.
    Unsaid,
}

/// A name that a page shows as an author's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The text of the element.
    pub name: String,
    /// How clearly the element says that this is the author: `itemprop` 0, `rel` 1, a class of that name 2, one with the word in it 3,
    /// a link to an author's page 4, a class of another such word 5, the name of a user 6.
    pub doubt: u8,
    /// Where the element stands.
    pub region: Region,
}

/// The part of a page that an element stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Region {
    /// Inside the first article or the main part.
    Article,
    /// Neither here nor there.
    Open,
    /// In a part for other things: navigation, side column, footer, comments, links to other articles.
    Aside,
}

/// An author's name and the words around it; longer texts are paragraphs about someone.
const PERSON_CHARS_MAX: usize = 120;

/// The doubt of the name of a user.
pub const USER_DOUBT: u8 = 6;

/// The longest names that people take in forums.
const LOGIN_WORDS_MAX: usize = 3;

/// Walks a page and collects what it states about itself.
pub fn survey(document: &Document) -> Page {
    let mut page = Page::default();
    let mut articles = 0_usize;
    let mut steps = vec![(document.root(), Region::Open)];
    while let Some((id, region)) = steps.pop() {
        if !document.is_element(id) && id != document.root() {
            continue;
        }
        let tag = document.tag_name(id);
        let region = region_of(document, id, tag, region, &mut articles);
        match tag {
            "meta" => add_meta(document, id, &mut page),
            "script" => add_script(document, id, &mut page),
            "title" if page.title.is_none() => page.title = text(document, id),
            "link" => add_link(document, id, &mut page),
            "html" => page.language = document.get_attribute(id, "lang").or_else(|| document.get_attribute(id, "xml:lang")),
            "h1" if region == Region::Aside => page.aside_headings.extend(heading::read(document, id, tag)),
            "h1" | "h2" | "h3" if region != Region::Aside => page.headings.extend(heading::read(document, id, tag)),
            "svg" | "style" => continue,
            _ => {}
        }
        if !matches!(tag, "meta" | "script" | "link" | "head" | "html" | "body" | "title") {
            add_marked(document, id, tag, region, &mut page);
        }
        steps.extend(document.children(id).into_iter().rev().map(|child| (child, region)));
    }
    page
}

/// Longer texts are no names, times or headings; what stands in an element is read so far, and not once more for each one around it.
const TEXT_BYTES: usize = 2048;

fn text(document: &Document, id: NodeId) -> Option<String> {
    let text = clean_line(&document.text_start(id, TEXT_BYTES));
    (!text.is_empty()).then_some(text)
}

fn region_of(document: &Document, id: NodeId, tag: &str, around: Region, articles: &mut usize) -> Region {
    match tag {
        _ if around == Region::Aside => Region::Aside,
        // The foot of an article names its author.
        "footer" if around == Region::Article => Region::Article,
        "aside" | "nav" | "footer" => Region::Aside,
        "article" => {
            *articles += 1;
            if *articles == 1 || has_title(document, id) { Region::Article } else { Region::Aside }
        }
        "main" => Region::Article,
        "div" | "section" | "ul" | "ol" => {
            let mut marks = document.class_name(id).to_ascii_lowercase();
            marks.push(' ');
            marks.push_str(&document.id_attr(id).to_ascii_lowercase());
            const SIGNS: [&str; 10] =
                ["sidebar", "related", "recommend", "comment-", "comments", "footer", "teaser", "most-read", "trending", "read-more"];
            // The foot of an article names its author, whatever element it is.
            let is_foot = around == Region::Article;
            let is_aside = SIGNS.iter().any(|sign| marks.contains(sign) && !(is_foot && *sign == "footer"));
            if is_aside && !is_wrapper(document, id) { Region::Aside } else { around }
        }
        _ => around,
    }
}

/// Tells an element with a heading of the first level near its top: where others of its kind stand before it, they are teasers.
fn has_title(document: &Document, id: NodeId) -> bool {
    /// Elements that may stand before the heading.
    const BEFORE_MAX: usize = 60;
    let mut steps = vec![id];
    let mut left = BEFORE_MAX;
    while let Some(inner) = steps.pop() {
        if document.tag_name(inner) == "h1" {
            return true;
        }
        left -= 1;
        if left == 0 {
            break;
        }
        steps.extend(document.children(inner).into_iter().rev());
    }
    false
}

/// Tells an element around the main part of a page: a class such as `has-sidebar` says what else is in it.
fn is_wrapper(document: &Document, id: NodeId) -> bool {
    /// Elements before the main part: menus, for the most.
    const BEFORE_MAX: usize = 2000;
    let mut steps = vec![id];
    for _ in 0..BEFORE_MAX {
        let Some(inner) = steps.pop() else { return false };
        if matches!(document.tag_name(inner), "h1" | "main") {
            return true;
        }
        steps.extend(document.children(inner).into_iter().rev());
    }
    false
}

fn add_meta(document: &Document, id: NodeId, page: &mut Page) {
    let Some(content) = document.get_attribute(id, "content").map(|content| clean_line(&content)).filter(|content| !content.is_empty())
    else {
        return;
    };
    for attribute in ["property", "name", "itemprop", "http-equiv"] {
        let is_inner = |name: &String| attribute == "itemprop" && is_of_another_work(document, id, name);
        if let Some(name) = document.get_attribute(id, attribute).filter(|name| !is_inner(name)) {
            page.metas.push((name.trim().to_ascii_lowercase(), content.clone()));
        }
    }
}

/// Tells a property of something else than the article: of a work that it cites, of a comment.
fn is_of_another_work(document: &Document, id: NodeId, property: &str) -> bool {
    /// Elements between a property and its thing.
    const LEVELS_MAX: usize = 6;
    const THINGS: [&str; 6] = ["citation", "comment", "isbasedon", "mentions", "relatedlink", "haspart"];
    let around = || std::iter::successors(document.parent(id), |inner| document.parent(*inner)).take(LEVELS_MAX);
    let is_thing =
        |around| document.get_attribute(around, "itemprop").is_some_and(|stated| THINGS.contains(&stated.to_ascii_lowercase().as_str()));
    matches!(property, "author" | "headline" | "datePublished") && around().any(is_thing)
}

fn add_script(document: &Document, id: NodeId, page: &mut Page) {
    let kind = document.get_attribute(id, "type").unwrap_or_default();
    if kind.to_ascii_lowercase().contains("ld+json") {
        page.json_ld.push(document.text_content(id));
    } else {
        let program = document.text_start(id, script::SCRIPT_BYTES_MAX);
        script::add_dates(&program, &mut page.script_dates);
        script::add_authors(&program, &mut page.script_authors);
    }
}

fn add_link(document: &Document, id: NodeId, page: &mut Page) {
    let is_canonical = document.get_attribute(id, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
    if is_canonical && page.canonical.is_none() {
        page.canonical = document.get_attribute(id, "href");
    }
}

/// Adds what an element's `itemprop`, `rel`, class or kind say that it holds.
fn add_marked(document: &Document, id: NodeId, tag: &str, region: Region, page: &mut Page) {
    let property = document.get_attribute(id, "itemprop").unwrap_or_default().to_ascii_lowercase();
    let class = document.class_name(id).to_ascii_lowercase();
    if tag == "time" || property.contains("datepublished") || property.contains("datemodified") {
        page.times.extend(time(document, id, &property, &class, region));
    }
    if region != Region::Aside && tag != "time" && says_date(&class) {
        page.dates
            .extend(time(document, id, &property, &class, region).filter(|time| time.value.bytes().any(|byte| byte.is_ascii_digit())));
    }
    // Headings are read part by part.
    let is_heading = matches!(tag, "h1" | "h2" | "h3") && region != Region::Aside;
    if !property.is_empty() && !is_heading && !property.contains("articlebody") && !property.contains("text") {
        let stated = document.get_attribute(id, "content").map(|content| clean_line(&content)).filter(|content| !content.is_empty());
        if let Some(value) = stated.or_else(|| text(document, id)).filter(|value| value.len() < 400) {
            page.items.push((property.clone(), value));
        }
    }
    let rel = document.get_attribute(id, "rel").unwrap_or_default();
    let doubt = if property.split_whitespace().any(|name| name == "author") {
        0
    } else if rel.split_whitespace().any(|name| name.eq_ignore_ascii_case("author")) {
        1
    } else {
        match class_doubt(&class) {
            Some(doubt) => doubt,
            None if tag == "byline" => 2,
            None if tag == "a" && leads_to_author(document, id) => 4,
            None if class.split_whitespace().any(|name| matches!(name, "itemposter" | "wrote_by" | "contributor")) => 5,
            None if class.split_whitespace().any(is_user_class) => USER_DOUBT,
            None => return,
        }
    };
    if let Some(name) = person_text(document, id)
        .filter(|name| doubt < 4 || is_short_name(name) || (doubt == USER_DOUBT && name.split(' ').count() <= LOGIN_WORDS_MAX))
    {
        page.people.push(Person { name, doubt, region });
    }
}

/// Tells how clearly a class names an author: 2 if it is the word itself, 3 if it holds the word; `None` if it does not.
fn class_doubt(class: &str) -> Option<u8> {
    const OTHERS: [&str; 14] =
        ["bio", "image", "img", "avatar", "photo", "box", "social", "twitter", "title", "link-", "comment", "desc", "info-", "role"];
    let is_exact =
        |name: &str| matches!(name, "author" | "byline" | "author-name" | "authorname" | "author_name" | "byline-name" | "vcard" | "autor");
    if class.split_whitespace().any(is_exact) {
        return Some(2);
    }
    let holds = |name: &str| {
        (name.contains("author") || name.contains("byline") || name.contains("autor")) && !OTHERS.iter().any(|other| name.contains(other))
    };
    class.split_whitespace().any(holds).then_some(3)
}

/// Tells a class of the names of users: `username`, `post-account-name`.
fn is_user_class(name: &str) -> bool {
    let plain = || name.chars().filter(|c| !matches!(c, '-' | '_')).collect::<String>();
    name.ends_with("name") && ["username", "accountname", "nickname"].iter().any(|end| plain().ends_with(end))
}

/// Tells a text that can be no more than a name or a login: few words, each with a capital or the only one.
fn is_short_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.len() == 1 || (words.len() <= 4 && words.iter().all(|word| word.starts_with(char::is_uppercase)))
}

/// Tells a link to the page of an author.
fn leads_to_author(document: &Document, id: NodeId) -> bool {
    #[rustfmt::skip]
    const PATHS: [&str; 14] = [
        "/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/byline/", "/autores/", "/reporters/", "/reporter/", "/newsteam/", "/staff/", "/journalist/", "/journalists/",
        "/columnist/",
    ];
    document.get_attribute(id, "href").is_some_and(|href| PATHS.iter().any(|path| href.contains(path)))
}

/// Tells a class that says that the element shows a date.
fn says_date(class: &str) -> bool {
    const SIGNS: [&str; 13] = [
        "date",
        "datum",
        "publi",
        "posted",
        "timestamp",
        "entry-meta",
        "post-meta",
        "postmeta",
        "byline",
        "submitted",
        "created",
        "fecha",
        "article-info",
    ];
    const OTHERS: [&str; 3] = ["update-", "validate", "candidate"];
    SIGNS.iter().any(|sign| class.contains(sign)) && !OTHERS.iter().any(|other| class.contains(other))
}

/// Returns the name in an author element: that of an inner element that holds just the name, else the whole text.
fn person_text(document: &Document, id: NodeId) -> Option<String> {
    let mut steps = vec![(id, 0_u8)];
    while let Some((inner, level)) = steps.pop() {
        let property = document.get_attribute(inner, "itemprop").unwrap_or_default();
        let class = document.class_name(inner).to_ascii_lowercase();
        let is_name = property == "name" || class.split_whitespace().any(|name| matches!(name, "fn" | "name" | "author-name"));
        if inner != id && is_name {
            let stated = document.get_attribute(inner, "content").or_else(|| document.get_attribute(inner, "title"));
            return text(document, inner).or(stated).filter(|name| name.chars().count() <= PERSON_CHARS_MAX);
        }
        // Names stand near the element that is marked; deeper ones belong to whole boxes about a person.
        if level < 5 {
            steps.extend(document.children(inner).into_iter().rev().map(|child| (child, level + 1)));
        }
    }
    let stated = document.get_attribute(id, "content").map(|content| clean_line(&content)).filter(|content| !content.is_empty());
    if stated.is_some() {
        return stated;
    }
    let shown = content::first_lines(document, id, 1).into_iter().next().map(|line| line.text);
    shown.filter(|line| line.chars().count() <= PERSON_CHARS_MAX)
}

fn time(document: &Document, id: NodeId, property: &str, class: &str, region: Region) -> Option<Time> {
    let titled = || document.get_attribute(id, "title").filter(|title| title.starts_with(|c: char| c.is_ascii_digit()));
    let stated = ["datetime", "content", "date"].iter().find_map(|name| document.get_attribute(id, name)).or_else(titled);
    let stated = stated.filter(|value| !value.trim().is_empty());
    let shown = text(document, id).filter(|shown| stated.as_ref().is_some_and(|stated| stated != shown) && shown.len() < 80);
    let value = stated.or_else(|| text(document, id)).map(|value| clean_line(&value)).filter(|value| value.len() < 80)?;
    let says = |word: &str| property.contains(word) || class.contains(word);
    let kind = if says("modif") || says("updat") || says("dateupdated") {
        if says("published") { TimeKind::Published } else { TimeKind::Modified }
    } else if says("publi") || document.get_attribute(id, "pubdate").is_some() || says("entry-date") || says("posted") || says("created") {
        TimeKind::Published
    } else {
        TimeKind::Unsaid
    };
    Some(Time { value, shown, kind, region })
}
