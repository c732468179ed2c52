//! Lines in, bylines and outlets out.

use super::*;
use crate::extract::date;

#[test]
fn nameplates_are_names_of_newspapers() {
    for name in [
        "The Quayside Gazette",
        "Millbrook Evening Star",
        "Der Talbote",
        "Nordheimer Tagblatt",
        "La Gaceta del Puerto",
        "Ridge & Vale Courier",
    ] {
        assert_eq!(nameplate(name).as_deref(), Some(name));
    }
    for line in [
        "World News",
        "Evening walk",
        "Home",
        "Gazette",
        "The gazette said so.",
        "Storm closes port",
        "Latest News",
        "Journal of 2024",
        "Farm and Market",
    ] {
        assert_eq!(nameplate(line), None, "{line}");
    }
}

#[test]
fn bylines_name_people() {
    let check = |line: &str, expected: &[&str]| {
        let found = byline(line, date::find(line).as_ref()).map(|byline| byline.people).unwrap_or_default();
        assert_eq!(found, expected, "{line}");
    };
    check("by Ada Marsh November 26, 2024 3:20 AM 2 min read", &["Ada Marsh"]);
    check("By Ada Marsh and Jo van Dyke, Harbour Post", &["Ada Marsh", "Jo van Dyke"]);
    check("Von Ada Marsh | 26.11.2024", &["Ada Marsh"]);
    check("Posted on November 26, 2024 by Ada in Harbours", &["Ada"]);
    check("Veröffentlicht am 26. November 2024 von Ada Marsh", &["Ada Marsh"]);
    check("Author: Ada Marsh", &["Ada Marsh"]);
    check("Autoren Ada Marsh und Jo van Dyke", &["Ada Marsh", "Jo van Dyke"]);
    check("Автор: Олена Коваль", &["Олена Коваль"]);
    check("26.11.2024 - Ada Marsh", &["Ada Marsh"]);
    check("26.11.2024 - Harbour closed for ships", &[]);
    check("Ada Marsh Views", &["Ada Marsh"]);
    check("Ada Marsh 1,204 views", &["Ada Marsh"]);
    check("Par Ada Marsh le 26 novembre 2024", &["Ada Marsh"]);
    check("Harbours (1 / 1) 26.11.2024 14:05 von Ada", &["Ada"]);
    check("Harbours (1 / 1) 26.11.2024 von Ada", &[]);
    check("By Tuesday the harbour was closed", &[]);
    check("by the harbour wall", &[]);
    check("Views", &[]);
    check("Text of the harbour bill", &[]);
    check("", &[]);
}

#[test]
fn names_may_stand_below_their_label() {
    for (line, expected) in
        [("By", true), ("Autor:", true), ("Veröffentlicht von:", true), ("By Ada Marsh", false), ("Harbours", false), ("", false)]
    {
        assert_eq!(is_lone_label(line), expected, "{line}");
    }
    for (line, expected) in [
        ("Ada Marsh,", &["Ada Marsh"][..]),
        ("Ada Marsh und Jo van Dyke", &["Ada Marsh", "Jo van Dyke"]),
        ("LEAVE A REPLY", &[]),
        ("Leave Your Reply Below", &[]),
        ("Harbours", &[]),
        ("Ada Marsh lives at the harbour", &[]),
    ] {
        assert_eq!(names_alone(line).map(|byline| byline.people).unwrap_or_default(), expected, "{line}");
    }
}

#[test]
fn sources_are_named_by_the_page() {
    let check = |line: &str, expected: Option<&str>| {
        assert_eq!(masthead(line).or_else(|| imprint(line)).as_deref(), expected, "{line}");
    };
    check("Harbour. Global", Some("Harbour"));
    check("Harbour Post | World", Some("Harbour Post"));
    check("News | World", None);
    check("Harbour Post | A wall is raised", None);
    check("© 2024 Harbour Post. All rights reserved.", Some("Harbour Post"));
    check("Copyright © 2012-2024 Harbour Post All Rights Reserved", Some("Harbour Post"));
    check("Source: Harbour Post", Some("Harbour Post"));
    check("Home", None);
    check("© 2024", None);
    check("", None);
}
