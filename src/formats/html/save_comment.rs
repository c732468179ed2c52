//! A saved page in; what the program that saved it has noted in it, out: its address and the time of saving.
//!
//! Read are the comments of SingleFile, of browsers that save pages, of HTTrack and of monolith, the elements of Save Page WE, and the
//! addresses of pages that were saved from a web archive, which hold the page's own address and the time of its capture.

use std::borrow::Cow;

use crate::document::{FieldName, Provenance, RawField};
use crate::formats::fields::push;
use crate::formats::html::guard;

/// The notes stand at the top of a page, above styles that were put into it.
const NOTE_BYTES_MAX: usize = 16 << 10;

/// What a web archive puts around its toolbar.
const TOOLBAR: (&str, &str) = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->");

/// Returns a page without the toolbar of a web archive.
pub fn without_toolbar(html: &str) -> Cow<'_, str> {
    let found = html.find(TOOLBAR.0).and_then(|start| Some((start, start + html[start..].find(TOOLBAR.1)? + TOOLBAR.1.len())));
    match found {
        Some((start, end)) => Cow::Owned([&html[..start], &html[end..]].concat()),
        None => Cow::Borrowed(html),
    }
}

/// Adds what is noted in a page, given its meta elements, and puts the page's own address in place of a web archive's.
pub fn add_fields(html: &str, metas: &[(String, String)], fields: &mut Vec<RawField>) {
    let note = comments(html).find_map(note_of).or_else(|| note_of_metas(metas)).unwrap_or_default();
    if let Some(url) = note.url.filter(|url| url.starts_with("http")) {
        let is_known = |field: &RawField| field.name == FieldName::Url && without_query(&field.value) == without_query(&url);
        // With a query that tells where the reader came from it is the same address, and no other.
        if !fields.iter().any(is_known) {
            push(FieldName::Url, &url, Provenance::SaveComment, fields);
        }
    }
    if let Some(date) = note.date {
        push(FieldName::Saved, &iso_text(&date).unwrap_or(date), Provenance::SaveComment, fields);
    }
    let mut captured = None;
    for field in fields.iter_mut().filter(|field| field.name == FieldName::Url) {
        if let Some((stamp, url)) = archived(&field.value) {
            captured = captured.or(Some(stamp));
            field.value = url;
        }
    }
    if let Some(stamp) = captured {
        push(FieldName::Saved, &stamp, Provenance::ArchiveRecord, fields);
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

/// What a program has noted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Note {
    url: Option<String>,
    date: Option<String>,
}

/// Returns the texts of the comments at the top of a page.
fn comments(html: &str) -> impl Iterator<Item = &str> {
    let top = &html[..html.floor_char_boundary(NOTE_BYTES_MAX)];
    top.split("<!--").skip(1).filter_map(|rest| rest.split_once("-->")).map(|(comment, _)| comment.trim())
}

fn note_of(comment: &str) -> Option<Note> {
    let word_after = |mark: &str| {
        let (_, rest) = comment.split_once(mark)?;
        rest.split_whitespace().next().map(guard::unescaped)
    };
    let line_after = |mark: &str| {
        let (_, rest) = comment.split_once(mark)?;
        rest.lines().next().map(|line| line.trim().to_owned())
    };
    if comment.starts_with("Page saved with SingleFile") {
        return Some(Note { url: word_after("url:"), date: line_after("saved date:") });
    }
    if let Some(rest) = comment.strip_prefix("saved from url=(") {
        let url = rest.split_once(')').and_then(|(_, url)| url.split_whitespace().next());
        return Some(Note { url: url.map(guard::unescaped), date: None });
    }
    if comment.starts_with("Saved from ") && comment.contains("using monolith") {
        return Some(Note { url: word_after("Saved from "), date: word_after(" at ") });
    }
    if comment.starts_with("Mirrored from ") && comment.contains("HTTrack") {
        let url = word_after("Mirrored from ").map(|url| if url.contains("://") { url } else { format!("http://{url}") });
        return Some(Note { url, date: comment.split_once("], ").map(|(_, date)| date.trim().to_owned()) });
    }
    None
}

fn note_of_metas(metas: &[(String, String)]) -> Option<Note> {
    let stated = |name: &str| metas.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let note = Note { url: stated("savepage-url"), date: stated("savepage-date") };
    note.url.is_some().then_some(note)
}

/// Reads the date that browsers write: `Tue Nov 26 2024 03:20:00 GMT+0100 (Central European Standard Time)`.
fn iso_text(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut words = date.split_whitespace().skip(1);
    let month = words.next()?;
    let month = MONTHS.iter().position(|known| *known == month)? + 1;
    let (day, year, time, zone) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let is_number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = time.len() == 8 && time.split(':').count() == 3 && time.split(':').all(|part| is_number(part, 2));
    let offset = zone.strip_prefix("GMT")?;
    let is_offset = offset.len() == 5 && offset.starts_with(['+', '-']) && is_number(&offset[1..], 4);
    let is_date = is_number(day, 2) && is_number(year, 4) && is_time && is_offset;
    is_date.then(|| format!("{year}-{month:02}-{day}T{time}{}:{}", &offset[..3], &offset[3..]))
}

/// Takes the address of a page in a web archive apart: when it was captured, in UTC, and its own address.
fn archived(url: &str) -> Option<(String, String)> {
    const HOSTS: [&str; 9] = [
        "web.archive.org/web/",
        "archive.org/web/",
        "archive.today/",
        "archive.ph/",
        "archive.is/",
        "archive.md/",
        "archive.li/",
        "archive.vn/",
        "archive.fo/",
    ];
    let (_, rest) = url.split_once("://")?;
    let rest = HOSTS.iter().find_map(|host| rest.strip_prefix(host))?;
    let (stamp, own) = rest.split_once('/')?;
    let own = own.trim_start_matches('/');
    let own = if own.starts_with("http://") || own.starts_with("https://") { own.to_owned() } else { format!("http://{own}") };
    // `20241126032000`, also `20241126032000if_`, and `2024.11.26-032000`.
    let figures: String = stamp.chars().filter(char::is_ascii_digit).collect();
    let is_stamp = figures.len() == 14 && stamp.starts_with(|c: char| c.is_ascii_digit()) && own.contains('.');
    is_stamp.then(|| {
        let part = |from: usize, to: usize| &figures[from..to];
        let (day, time) = ((part(0, 4), part(4, 6), part(6, 8)), (part(8, 10), part(10, 12), part(12, 14)));
        (format!("{}-{}-{}T{}:{}:{}Z", day.0, day.1, day.2, time.0, time.1, time.2), own)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, known: Option<&str>, expected: &[(&str, &str, &str)]) {
        let mut fields = Vec::new();
        push(FieldName::Url, known.unwrap_or_default(), Provenance::PageElement, &mut fields);
        add_fields(html, &[], &mut fields);
        let found: Vec<_> = fields.iter().map(|field| (field.name.label(), field.value.as_str(), field.from.label())).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn notes_of_saving_programs_are_read() {
        let date = "Tue Nov 26 2024 03:20:00 GMT+0100 (Central European Standard Time)";
        check(
            &format!(
                "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://g.example/f?a=1&amp;b=2 \n saved date: {date}\n--><p>"
            ),
            None,
            &[("url", "https://g.example/f?a=1&b=2", "save comment"), ("saved", "2024-11-26T03:20:00+01:00", "save comment")],
        );
        check(
            "<!-- Page saved with SingleFile\n url: https://g.example/f?utm_source=x -->",
            Some("https://g.example/f"),
            &[("url", "https://g.example/f", "page element")],
        );
        check("<!-- saved from url=(0021)https://g.example/f -->\n<html>", None, &[("url", "https://g.example/f", "save comment")]);
        check("<!-- saved from url=(0014)about:internet -->", None, &[]);
        check(
            "<!-- Saved from https://g.example/f at 2024-11-26T02:20:00Z using monolith v2.8.1 -->",
            None,
            &[("url", "https://g.example/f", "save comment"), ("saved", "2024-11-26T02:20:00Z", "save comment")],
        );
        check(
            "<html>\n<!-- Mirrored from g.example/f by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 26 Nov 2024 02:20:00 GMT -->",
            None,
            &[("url", "http://g.example/f", "save comment"), ("saved", "Tue, 26 Nov 2024 02:20:00 GMT", "save comment")],
        );
        check("<!-- nothing of note --><!-- <!-- ", None, &[]);
    }

    #[test]
    fn elements_of_save_page_are_read() {
        let metas = [("savepage-url", "https://g.example/f"), ("savepage-date", "Tue Nov 26 2024 03:20:00 GMT-0530 (X)")];
        let mut fields = Vec::new();
        add_fields("", &metas.map(|(name, value)| (name.to_owned(), value.to_owned())), &mut fields);
        assert_eq!(
            fields.iter().map(|field| field.value.as_str()).collect::<Vec<_>>(),
            ["https://g.example/f", "2024-11-26T03:20:00-05:30"]
        );
    }

    #[test]
    fn archives_give_the_own_address() {
        for (known, own, stamp) in [
            ("https://web.archive.org/web/20241126032000/https://g.example/f", "https://g.example/f", Some("2024-11-26T03:20:00Z")),
            ("http://web.archive.org/web/20241126032000if_/http://g.example/f", "http://g.example/f", Some("2024-11-26T03:20:00Z")),
            ("https://archive.ph/2024.11.26-032000/https://g.example/f", "https://g.example/f", Some("2024-11-26T03:20:00Z")),
            ("https://web.archive.org/web/2024*/g.example", "https://web.archive.org/web/2024*/g.example", None),
            ("https://archive.ph/AbC12", "https://archive.ph/AbC12", None),
        ] {
            let expected: Vec<_> =
                [("url", own, "page element")].into_iter().chain(stamp.map(|stamp| ("saved", stamp, "archive record"))).collect();
            check("", Some(known), &expected);
        }
    }

    #[test]
    fn the_toolbar_is_no_text() {
        let html = format!("<body>{}<div>Captures</div>{}<p>Text", TOOLBAR.0, TOOLBAR.1);
        assert_eq!(without_toolbar(&html), "<body><p>Text");
        assert_eq!(without_toolbar(&html[..50]), &html[..50]);
    }
}
