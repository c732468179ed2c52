//! Forms of dates and what each states.

use super::*;

fn check(text: &str, expected: &str) {
    assert_eq!(read(text).map(|moment| moment.to_string()).as_deref(), Some(expected), "{text}");
}

#[test]
fn figures() {
    for (text, expected) in [
        ("2024-11-26", "2024-11-26"),
        ("2024/11/26", "2024-11-26"),
        ("2024. 11. 26.", "2024-11-26"),
        ("2024-11-26T03:20:00.123Z", "2024-11-26T03:20:00Z"),
        ("2024-11-26T03:20:00+02:00", "2024-11-26T03:20:00+02:00"),
        ("2024-11-26 03:20", "2024-11-26T03:20"),
        ("20241126", "2024-11-26"),
        ("20241126T032000Z", "2024-11-26T03:20:00Z"),
        ("26.11.2024 14:05", "2024-11-26T14:05"),
        ("26.11.24, 14:05 Uhr", "2024-11-26T14:05"),
        ("5.4.2024", "2024-04-05"),
        ("26/11/2024", "2024-11-26"),
        ("11/26/2024", "2024-11-26"),
        ("11/11/2024 3.20pm", "2024-11-11T15:20"),
        ("2024年11月26日", "2024-11-26"),
        ("2024年11月26日(火) 10時27分", "2024-11-26T10:27"),
        ("2024년 11월 26일 오후 3:20", "2024-11-26T15:20"),
    ] {
        check(text, expected);
    }
}

#[test]
fn english() {
    for (text, expected) in [
        ("Tue, 26 Nov 2024 03:20:00 +0200", "2024-11-26T03:20:00+02:00"),
        ("November 26, 2024 3:20 AM", "2024-11-26T03:20"),
        ("Nov. 26th, 2024 at 12:05 p.m. EST", "2024-11-26T12:05-05:00"),
        ("26 November, 2024 Tuesday", "2024-11-26"),
        ("Updated: 26th of November 2024, 12:10 am", "2024-11-26T00:10"),
        ("Published on 26-NOV-1987 09:15:22.90", "1987-11-26T09:15:22"),
        ("10:27, 26 November 2024", "2024-11-26T10:27"),
        ("10:27 AM GMT - Nov 26, 2024", "2024-11-26T10:27Z"),
        ("26 Nov 2024 | 15:04 CST", "2024-11-26T15:04"),
        ("May 3, 2024", "2024-05-03"),
        ("26-Nov-24", "2024-11-26"),
        ("Nov 26, 2024 10:27 UTC+2", "2024-11-26T10:27+02:00"),
    ] {
        check(text, expected);
    }
}

#[test]
fn other_languages() {
    for (text, expected) in [
        ("26. November 2024, 14.05 Uhr", "2024-11-26T14:05"),
        ("Veröffentlicht am Dienstag, den 26. März 2024 um 14 Uhr", "2024-03-26T14:00"),
        ("Stand: 26.11.2024 - 07:05 MEZ", "2024-11-26T07:05+01:00"),
        ("Publié le 26 février 2024 à 15h30", "2024-02-26T15:30"),
        ("1er août 2024", "2024-08-01"),
        ("26 de noviembre de 2024", "2024-11-26"),
        ("mar 26 dicembre 2023, alle ore 9:05", "2023-12-26T09:05"),
        ("26 de março de 2024 às 15h30", "2024-03-26T15:30"),
        ("26 października 2024, godz. 15:30", "2024-10-26T15:30"),
        ("Вівторок, 26 листопада 2024, 03:20", "2024-11-26T03:20"),
        ("26 мая 2024 г. в 15:30", "2024-05-26T15:30"),
        ("الثلاثاء، 26 نوفمبر 2024 - 03:20 م", "2024-11-26T15:20"),
        ("تم النشر 26 أيار 2024".trim_start_matches("تم "), "2024-05-26"),
    ] {
        check(text, expected);
    }
}

#[test]
fn what_is_not_stated_is_not_read() {
    for text in [
        "",
        "Nov. 25",
        "25 November",
        "3 hours ago",
        "November 2024",
        "2024",
        "3/4/2024",
        "03-04-2024",
        "2024-13-01",
        "30.02.2024",
        "31/02/2024",
        "1.2.3",
        "192.168.10.24",
        "12345678",
        "10:27",
        "the harbour wall of 1950",
        "26.11.2024 was a cold day",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_date_is_found_in_a_line() {
    let check = |line: &str, expected: Option<(&str, &str)>| {
        let found = find(line);
        let shown = found.as_ref().map(|found| (found.moment.to_string(), &line[found.range.clone()]));
        assert_eq!(shown, expected.map(|(moment, text)| (moment.to_owned(), text)), "{line}");
    };
    check("by Ada Marsh November 26, 2024 3:20 AM 2 min read", Some(("2024-11-26T03:20", "November 26, 2024 3:20 AM")));
    check("Von Ada Marsh, 26. November 2024", Some(("2024-11-26", "26. November 2024")));
    check("It rained on Nov. 25 and again in 2024.", None);
    check("In 2024, 11 26-year-olds swam.", None);
    check("Rooms 10-11-2024 to 26.11.2024", Some(("2024-11-26", "26.11.2024")));
    assert!(find("Zuletzt aktualisiert: 26.11.2024").is_some_and(|found| found.is_change && found.extent == Extent::Whole));
}

#[test]
fn the_date_of_publication_may_stand_behind_that_of_a_change() {
    for (line, expected) in [
        ("Letzte Änderung: 27.11.2024 - 14:49 Erschienen am: 26.11.2024 Aufrufe: 61", Some("2024-11-26")),
        ("Updated 27.11.2024", None),
        ("Updated 27.11.2024, ferries from 28.11.2024", None),
        ("26.11.2024", Some("2024-11-26")),
    ] {
        assert_eq!(find_published(line).map(|found| found.moment.to_string()).as_deref(), expected, "{line}");
    }
}

#[test]
fn a_date_may_open_a_title() {
    for (title, expected) in [
        ("26.11.2024 - Ferries run again", Some("Ferries run again")),
        ("26 November 2024: Ferries run again", Some("Ferries run again")),
        ("26.11.2024 brought ferries", None),
        ("Ferries run from 26.11.2024 - again", None),
        ("26.11.2024 - 27.11.2024", None),
    ] {
        assert_eq!(leading(title).map(|(_, rest)| rest), expected, "{title}");
    }
}

#[test]
fn a_time_line_completes_a_day() {
    let day = Moment::day(2024, 11, 19).unwrap();
    let check = |line: &str, expected: Option<&str>| {
        assert_eq!(add_time(day, line).map(|moment| moment.to_string()).as_deref(), expected, "{line}")
    };
    check("10:27", Some("2024-11-19T10:27"));
    check("at 3.20 pm (CET)", Some("2024-11-19T15:20+01:00"));
    check("14.05 Uhr", Some("2024-11-19T14:05"));
    check("10:27 the bridge is closed", None);
    check("12", None);
}

#[test]
fn addresses() {
    let check = |url: &str, expected: Option<&str>| assert_eq!(in_url(url).map(|moment| moment.to_string()).as_deref(), expected, "{url}");
    check("https://example.org/2024/11/26/a-bridge", Some("2024-11-26"));
    check("https://example.org/news/2024-11-26-a-bridge.html", Some("2024-11-26"));
    check("https://example.org/20241126/a", Some("2024-11-26"));
    check("https://example.org/world/2024/nov/26/a-bridge", Some("2024-11-26"));
    check("https://example.org/2024/11/a-bridge", None);
    check("https://example.org/a-bridge-12345678", None);
    check("https://example.org/a?day=2024-11-26", None);
    check("https://example.org/2024/13/26/", None);
    check("", None);
}

#[test]
fn unix_seconds() {
    assert_eq!(from_unix("1732591200").map(|moment| moment.to_string()).as_deref(), Some("2024-11-26T03:20:00Z"));
    assert_eq!(from_unix("1732591200123").map(|moment| moment.to_string()).as_deref(), Some("2024-11-26T03:20:00Z"));
    assert_eq!(from_unix("17325912"), None);
    assert_eq!(from_unix("１２３４"), None);
}

proptest::proptest! {
    #[test]
    fn no_line_breaks_the_reader(line in "[0-9 .:/,a-zäмая年月日午前TZ+\\-]{0,60}") {
        if let Some(found) = find(&line) {
            proptest::prop_assert!(line.get(found.range).is_some());
        }
        let _ = (read(&line), in_url(&line), from_unix(&line));
    }

    #[test]
    fn iso_reads_back(days in 0_i64..40_000, hour in 0_i8..24, minute in 0_i8..60) {
        let moment = Moment::day(1970, 1, 1).unwrap().plus_days(days).unwrap().at(hour, minute, None).unwrap();
        proptest::prop_assert_eq!(read(&moment.to_string()), Some(moment));
    }
}
