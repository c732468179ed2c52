//! Whole pages: what becomes of each line.

use super::*;
use crate::document::{FieldName, Provenance};
use crate::formats::text;

/// What is expected of a page; lines of the body in order.
struct Expected<'t> {
    headline: Option<&'t str>,
    published: Option<&'t str>,
    byline: &'t [&'t str],
    source: Option<&'t str>,
    body: &'t [&'t str],
}

const NOTHING: Expected<'_> = Expected { headline: None, published: None, byline: &[], source: None, body: &[] };

fn read(page: &str) -> Cleaned {
    clean(text::read("a.txt", page).blocks)
}

fn values(cleaned: &Cleaned, name: FieldName) -> Vec<&str> {
    cleaned.fields.iter().filter(|field| field.name == name).map(|field| field.value.as_str()).collect()
}

fn check(page: &str, expected: &Expected<'_>) {
    let cleaned = read(page);
    assert_eq!(cleaned.body.paragraph_texts().collect::<Vec<_>>(), expected.body, "body of {page}");
    assert_eq!(values(&cleaned, FieldName::Headline).first().copied(), expected.headline, "headline of {page}");
    assert_eq!(values(&cleaned, FieldName::Published).first().copied(), expected.published, "date of {page}");
    assert_eq!(values(&cleaned, FieldName::Byline), expected.byline, "byline of {page}");
    assert_eq!(values(&cleaned, FieldName::Source).first().copied(), expected.source, "source of {page}");
}

const WALL: &str =
    "The town council of a small port said on Monday that it would raise the harbour wall by one metre before the autumn storms come.";
const COST: &str = "\"We have put this off for nine years,\" the mayor told reporters, and added that the cost was not yet known.";
const FISHERMEN: &str =
    "Fishermen welcomed the plan, which will close the northern quay for at least four months, according to the port's master.";
const STORM: &str = "In the last storm, water stood a foot deep in the market hall, and two boats broke their moorings and were lost.";

#[test]
fn a_page_with_furniture_around() {
    let caption = "Boats lie in the inner harbour on Feb. 16, 2019. (Jo Dyke / Port Pictures via Harbour Agency)";
    let page = format!(
        "date 2024-11-26 Four years of local reporting, paid for by our readers: become a member now.\nNews Feed, Harbour, Storms, Council, \
         Ports\nHarbour wall to be raised by one metre, council says\n\nby Ada Marsh November 26, 2024 3:20 AM 2 min \
         read\n{caption}\n{WALL}\n\n{COST}\n\n{FISHERMEN}\n\n{STORM}\n\nThe market hall will be rebuilt on its old ground, two officials said.\n\nOfficials \
         promise the market hall rebuilt before next summer, mayor says\nThe market hall will be rebuilt before next summer, the mayor and other officials \
         promise in a letter.\nThe Harbour PostKim Reed\n\n\nAuthor: Ada Marsh\n"
    );
    check(
        &page,
        &Expected {
            headline: Some("Harbour wall to be raised by one metre, council says"),
            published: Some("2024-11-26T03:20"),
            byline: &["Ada Marsh"],
            body: &[WALL, COST, FISHERMEN, STORM, "The market hall will be rebuilt on its old ground, two officials said."],
            ..NOTHING
        },
    );
    let reasons: Vec<String> = read(&page).furniture.into_iter().map(|piece| piece.reason).collect();
    let expected = ["appeal", "tag list", "byline", "caption with credit", "card of another article", "card of another article"];
    assert_eq!(reasons[..6], expected);
}

#[test]
fn a_page_with_a_list_of_headlines_below() {
    let list: String =
        (10..40).map(|minute| format!("21:{minute}\nExclusive\nThe council of town {minute} speaks about its own harbour\n")).collect();
    let page = format!(
        "Harbour. Global\n\nHarbour wall to be raised by one metre\n\n19 November, 2024 Tuesday\n10:27\n\nclient/title.list_title\n\n{WALL}\n\n{COST}\n\nWhat \
         the storm did\n\n{STORM}\n\n{FISHERMEN}\n\nTags:\nRead also:\n  • News\n2025, Wednesday\n12 February\n{list}More news"
    );
    check(
        &page,
        &Expected {
            headline: Some("Harbour wall to be raised by one metre"),
            published: Some("2024-11-19T10:27"),
            source: Some("Harbour"),
            body: &[WALL, COST, "What the storm did", STORM, FISHERMEN],
            ..NOTHING
        },
    );
    let cleaned = read(&page);
    let headings: Vec<bool> = cleaned.body.paragraphs.iter().map(|paragraph| paragraph.is_heading).collect();
    assert_eq!(headings, [false, false, true, false, false]);
    assert_eq!(cleaned.fields.last().map(|field| field.from), Some(Provenance::MastheadLine));
}

#[test]
fn clean_text_comes_out_whole() {
    let lines = [WALL, COST, FISHERMEN, "Harbour Agency contributed to this report."];
    check(&lines.join("\n"), &Expected { body: &lines, ..NOTHING });
    let headline = "Town Council Raises Harbour Wall and Closes a Quay for Months";
    check(&format!("{headline}\n{}", lines.join("\n\n")), &Expected { headline: Some(headline), body: &lines, ..NOTHING });
    check(WALL, &Expected { body: &[WALL], ..NOTHING });
    check("", &NOTHING);
    check("\n \n", &NOTHING);
}

#[test]
fn a_last_section_is_no_card() {
    let subhead = "The market hall will be rebuilt before next summer";
    let last = "The market hall will be rebuilt before next summer on its old ground, two officials said, if the council finds the money.";
    check(&[WALL, COST, STORM, subhead, last].join("\n\n"), &Expected { body: &[WALL, COST, STORM, subhead, last], ..NOTHING });
}

#[test]
fn wrapped_wire_copy_is_whole() {
    let wire = "    The town council of a small port said on Monday it would raise\nthe harbour wall by a metre before the autumn storms come, at a\ncost that it \
                did not name.\n    Fishermen welcomed the plan, which had been put off for nine\nyears.\n";
    let first = "The town council of a small port said on Monday it would raise the harbour wall by a metre before the autumn storms come, at a cost that it did \
                 not name.";
    check(wire, &Expected { body: &[first, "Fishermen welcomed the plan, which had been put off for nine years."], ..NOTHING });
}

#[test]
fn views_and_boxes_go() {
    let headline = "Harbour Wall Raised, Town and Port Watch the Weather";
    check(
        &format!("{headline}\nKim Reed Views\n{WALL}\n{COST}\n{STORM}\nMost Commented"),
        &Expected { headline: Some(headline), byline: &["Kim Reed"], body: &[WALL, COST, STORM], ..NOTHING },
    );
}

#[test]
fn a_short_german_notice() {
    let text = "Die Hafenmauer wird um einen Meter erhöht. Das hat der Rat der Stadt am Montagabend beschlossen.";
    check(
        &format!("Stadt erhöht die Hafenmauer\nVon Ada Marsh\nStand: 26.11.2024, 14:05 Uhr\n{text}"),
        &Expected {
            headline: Some("Stadt erhöht die Hafenmauer"),
            published: Some("2024-11-26T14:05"),
            byline: &["Ada Marsh"],
            body: &[text],
            ..NOTHING
        },
    );
}

#[test]
fn a_german_page() {
    let first = "Der Rat der kleinen Hafenstadt hat am Montag beschlossen, die Mauer vor den Herbststürmen um einen Meter zu erhöhen.";
    let second = "„Das haben wir neun Jahre lang verschoben“, sagte die Bürgermeisterin, die zu den Kosten noch nichts sagen wollte.";
    let third = "Die Fischer begrüßten den Plan, obwohl der nördliche Kai dafür mindestens vier Monate lang geschlossen bleiben muss.";
    let page = format!(
        "Startseite\nPolitik\nWirtschaft\nKultur\nSuche\nAnmelden\nStadt erhöht die Hafenmauer um einen Meter\n26. November 2024, 14:05 \
         Uhr\nTeilen\n{first}\n{second}\n{third}\nSchlagworte:\nHafen\nLesen Sie auch\nMarkthalle wird neu gebaut\n12 Kommentare\nKommentar \
         schreiben\nImpressum\nDatenschutz\n© 2024 Hafenbote. Alle Rechte vorbehalten.\n"
    );
    check(
        &page,
        &Expected {
            headline: Some("Stadt erhöht die Hafenmauer um einen Meter"),
            published: Some("2024-11-26T14:05"),
            source: Some("Hafenbote"),
            body: &[first, second, third],
            ..NOTHING
        },
    );
}

#[test]
fn a_name_alone_is_the_author_where_a_date_stands_by_it() {
    let page = |name: &str, date: &str| format!("Harbour wall to be raised by one metre\n{name}\n{date}\n{WALL}\n{COST}\n{STORM}");
    let byline = |page: &str| values(&read(page), FieldName::Byline).first().map(|name| (*name).to_owned());
    assert_eq!(byline(&page("Ada van Marsh", "26 November 2024")).as_deref(), Some("Ada van Marsh"));
    assert_eq!(byline(&page("Ada van Marsh", "Harbours")), None, "no date");
    assert_eq!(byline(&page("Market Hall", "26 November 2024")), None, "words of the text");
    assert_eq!(byline(&page("Harbour Editor", "26 November 2024")), None, "a role");
}

#[test]
fn a_box_inside_the_text_goes() {
    let labels = [
        "Share",
        "Tweet",
        "Our newsletter",
        "Your e-mail address",
        "Sign up",
        "More from Harbours",
        "Ferry runs again",
        "Lighthouse lit",
        "Advertisement",
    ];
    let page = format!(
        "Home\nNews\nPolitics\nLog in\nHarbour wall to be raised\nby Ada Marsh\n{WALL}\n{COST}\n{}\n{FISHERMEN}\n{STORM}\n12 Comments",
        labels.join("\n")
    );
    let cleaned = read(&page);
    assert_eq!(cleaned.body.paragraph_texts().collect::<Vec<_>>(), [WALL, COST, FISHERMEN, STORM]);
}

#[test]
fn a_change_is_not_the_publication() {
    let cleaned =
        read(&format!("Harbour wall to be raised\nPublished November 25, 2024\nUpdated November 26, 2024 3:20 AM\n{WALL}\n{COST}"));
    assert_eq!(values(&cleaned, FieldName::Published), ["2024-11-25"]);
    assert_eq!(values(&cleaned, FieldName::Modified), ["2024-11-26T03:20"]);
    let cleaned = read(&format!("Harbour wall to be raised\nUpdated 3 hours ago\n{WALL}\n{COST}"));
    assert_eq!(values(&cleaned, FieldName::Published), [""; 0]);
}

proptest::proptest! {
    #[test]
    fn every_block_is_in_one_place(lines in proptest::collection::vec(line(), 0..40)) {
        let blocks = text::read("a.txt", &lines.join("\n\n")).blocks;
        let mut expected: Vec<String> = blocks.iter().map(|block| block.text.clone()).collect();
        let cleaned = clean(blocks);
        let mut found: Vec<String> = cleaned.furniture.iter().map(|piece| piece.text.clone()).collect();
        found.extend(cleaned.body.paragraph_texts().map(str::to_owned));
        found.extend(values(&cleaned, FieldName::Headline).into_iter().map(str::to_owned));
        expected.sort();
        found.sort();
        proptest::prop_assert_eq!(found, expected);
    }
}

/// Lines of all kinds, in any order.
fn line() -> impl proptest::strategy::Strategy<Value = String> {
    proptest::prop_oneof![
        proptest::sample::select(vec![
            WALL,
            COST,
            FISHERMEN,
            STORM,
            "Read also:",
            "Tags: Harbour, Storms",
            "12 Kommentare",
            "by Ada Marsh November 26, 2024",
            "21:45",
            "Home",
            "Share",
            "© 2024 Harbour Post",
            "Harbour wall to be raised by one metre",
            "Harbour Post | World",
            "client/title.list_title",
            "Photo: Jo Dyke",
            "A view of the port. (Jo Dyke / Port Pictures via Harbour Agency)",
            "26.11.2024",
        ])
        .prop_map(str::to_owned),
        "[A-Za-zäß0-9 .,:|/()©–年]{1,80}",
    ]
}

use proptest::strategy::Strategy as _;
