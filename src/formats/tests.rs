//! Files in, documents and warnings out.

use super::*;
use crate::formats::described::outcomes;

fn check(path: &str, bytes: &[u8], expected: &[&str]) {
    let lines = outcomes(|sink| read(path, &mut { bytes }, &ReadOptions::default(), sink));
    assert_eq!(lines, expected, "{path}");
}

#[test]
fn json_lines_go_on_after_a_bad_line() {
    check(
        "a.jsonl",
        b"{\"id\": 7, \"title\": \"Ferry\", \"text\": \"One.\\n\\nTwo.\"}\n\nnot json\n[1]\n{\"id\": \"x\"}\n{\"headline\": \"Quay\", \"date\": \"2024-11-26\"}\n",
        &[
            "7 [headline=Ferry] One. / Two.",
            "! a.jsonl:3: broken JSON: expected ident (column 2)",
            "! a.jsonl:4: not a JSON object: array",
            "! a.jsonl:5: no headline and no text (fields such as \"title\", \"text\", \"source\", \"date\" are read)",
            "#5 [headline=Quay, published=2024-11-26] ",
        ],
    );
}

#[test]
fn text_decoded_wrongly_is_read_as_it_was_meant() {
    let warning = "! a.txt: its text was decoded wrongly before it was saved (ü stands as Ã¼); it is read as it was meant (save the file again from where it came, as UTF-8)";
    check("a.txt", "Die BrÃ¼cke\n\nFÃ¼r Ã¶ffentliche GelÃ¤nder.\n".as_bytes(), &[warning, "#1 [] Die Brücke / Für öffentliche Geländer."]);
    check("a.txt", "Die Brücke\n\nFür öffentliche Geländer.\n".as_bytes(), &["#1 [] Die Brücke / Für öffentliche Geländer."]);
}

#[test]
fn json_of_all_shapes_is_read() {
    check(
        "a.json",
        br#"{"@type": "NewsArticle", "@id": "urn:1", "headline": "Ferry", "articleBody": "One."}"#,
        &["urn:1 [headline=Ferry] One."],
    );
    check("a.json", br#"[{"title": "Ferry"}, {"title": "Quay"}]"#, &["#1 [headline=Ferry] ", "#2 [headline=Quay] "]);
    check("a.json", br#"{"status": "ok", "articles": [{"title": "Ferry", "content": "One."}]}"#, &["#1 [headline=Ferry] One."]);
    check(
        "a.json",
        br#"{"@graph": [{"@type": "Person", "name": "Ida"}, {"@type": ["Article"], "headline": "Quay"}]}"#,
        &["#1 [headline=Quay] "],
    );
    check("a.json", b"{\"title\": \"Ferry\"}\n{\"title\": \"Quay\"}\n", &["#1 [headline=Ferry] ", "#2 [headline=Quay] "]);
    check("a.txt", br#"{"title": "Ferry"}"#, &["#1 [headline=Ferry] "]);
    for nothing in ["[]", "[[], {\"@type\": \"Person\"}]", "{\"@type\": \"Person\", \"name\": \"Ida Holm\"}"] {
        check("a.json", nothing.as_bytes(), &["! a.json: no article in it"]);
    }
    check("a.jsonl", b"\n{\"@type\": \"Person\"}\n", &["! a.jsonl: no article in it"]);
    check("a.json", br#"{"title": "Ferry""#, &["! a.json:1: broken JSON: EOF while parsing an object (column 17)"]);
    check(
        "a.json",
        br#"{"title": "Ferry", "body": {"summary": ["One."], "sections": [{"headline": ["Fares"], "paragraphs": ["Two."]}]}}"#,
        &["#1 [headline=Ferry] One. / Fares / Two."],
    );
    check("a.json", br#"{"title": "a \ud800 b"}"#, &["! a.json:1: broken JSON: unexpected end of hex escape (column 20)"]);
}

#[test]
fn crawlers_rows_are_read() {
    check(
        "a.json",
        br#"{"title": "Ferry", "maintext": "One.", "date_publish": "2024-11-26 03:20:00", "authors": ["Ida Holm"], "source_domain": "gazette.example", "url": "https://gazette.example/f", "language": "en"}"#,
        &["#1 [headline=Ferry, source=gazette.example, published=2024-11-26 03:20:00, byline=Ida Holm, url=https://gazette.example/f, language=en] One."],
    );
    check(
        "a.json",
        br#"{"title": "Ferry", "text": "One.", "publish_date": "2024-11-26", "source_url": "https://gazette.example", "meta_lang": "en"}"#,
        &["#1 [headline=Ferry, source=https://gazette.example, published=2024-11-26, language=en] One."],
    );
}

#[test]
fn pages_state_their_fields() {
    let paragraph =
        "The ferry between the islands runs again from Friday, the harbour office said after a week of repairs to its engine and hull. ";
    let page = format!(
        "<html lang=en><head><title>Ferry runs | Gazette</title><meta property='og:site_name' content='Gazette'>\
         <meta property='article:published_time' content='2024-11-26T03:20:00Z'><link rel=canonical href='https://gazette.example/f'></head>\
         <body><nav><a href=/>Front page</a></nav><article><h1>Ferry runs</h1><p>{}</p><p>{}</p></article><footer>All rights kept</footer></body></html>",
        paragraph.repeat(2),
        paragraph.repeat(2).to_uppercase()
    );
    let mut documents = Vec::new();
    read("a.html", &mut page.as_bytes(), &ReadOptions::default(), &mut |outcome| documents.extend(outcome));
    let [raw] = &documents[..] else { unreachable!("one page was given") };
    let fields: Vec<String> =
        raw.fields.iter().map(|field| format!("{}={} ({})", field.name.label(), field.value, field.from.label())).collect();
    assert_eq!(
        fields,
        [
            "source=Gazette (meta)",
            "published=2024-11-26T03:20:00Z (meta)",
            "headline=Ferry runs (page element)",
            "headline=Ferry runs | Gazette (title element)",
            "url=https://gazette.example/f (page element)",
            "language=en (lang attribute)",
        ]
    );
    let of = |role: crate::document::Role| {
        raw.blocks.iter().filter(|block| block.role == role).map(|block| block.text.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(crate::document::Role::Text).len(), 2);
    assert_eq!(of(crate::document::Role::Furniture("outside the article")), ["Front page", "Ferry runs", "All rights kept"]);
}

#[test]
fn hostile_pages_cost_a_warning() {
    for opening in ["<div>", "<table><tr><td>", "<b><i>", "<a>x<div>"] {
        let mut outcomes = Vec::new();
        let page = format!("<html>{}Ferry", opening.repeat(100_000));
        read("a.html", &mut page.as_bytes(), &ReadOptions::default(), &mut |outcome| outcomes.push(outcome));
        assert_eq!((outcomes.len(), outcomes[0].is_err(), outcomes[1].is_ok()), (2, true, true), "{opening}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    check(
        "a.jpg",
        b"x",
        &[
            "! a.jpg: not a format that is read (read are text, Markdown, web pages, JSON, tables, feeds, wire formats, mail, web archives, \
           Word, EPUB and PDF, also in gzip, zstd and zip)",
        ],
    );
    check("a.txt", b"%PDF-1.7", &["! a.txt: a PDF is read in a process of its own, and no program was given for it"]);
    check("a.txt", b" \n", &["! a.txt: empty file"]);
    check("a.md", b"\xcf\xf0\xe8\xe2\xe5\xf2", &["#1 [] Привет"]);
    check(
        "a.md",
        b"---\ntitle: a: b\n---\nOne.",
        &[
            "! a.md:2: broken front matter: mapping values are not allowed in this context (write values that hold a colon between quotes)",
            "#1 [headline=a: b] One.",
        ],
    );
}

#[test]
fn files_are_known_by_what_is_in_them() {
    check("feed.xml", b"<rss><channel><item><title>Ferry</title></item></channel></rss>", &["#1 [headline=Ferry] "]);
    check("saved", b"<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>One.</TEXT>\n</DOC>\n", &["1 [] One."]);
    check("export.txt", b"id,title,date\n1,Ferry,2024-11-26\n", &["1 [headline=Ferry, published=2024-11-26] "]);
    let utf16: Vec<u8> = "\u{feff}title;text\nZ\u{fc}rich;One.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.csv", &utf16, &["#1 [headline=Z\u{fc}rich] One."]);
    let utf16: Vec<u8> = "\u{feff}{\"title\": \"Z\u{fc}rich\"}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check("a.jsonl", &utf16, &["#1 [headline=Z\u{fc}rich] "]);
    check(
        "a.xml",
        b"<?xml version='1.0'?><!-- no --><opml><head/></opml>",
        &["! a.xml: not a format that is read: XML with the root <opml> (read are rss, feed, rdf:RDF, nitf, newsItem and newsMessage)"],
    );
}

#[test]
fn a_file_of_bad_lines_does_not_fill_the_memory() {
    let mut last = None;
    let mut count = 0;
    read("a.jsonl", &mut "x\n".repeat(3000).as_bytes(), &ReadOptions::default(), &mut |outcome| {
        count += 1;
        last = outcome.err();
    });
    assert_eq!((count, last.unwrap().to_string()), (1001, "a.jsonl: 2000 more places that could not be read".to_owned()));
}

#[test]
fn feeds_of_json_name_their_source() {
    check(
        "a.json",
        br#"{"items": [{"id": "1", "title": "Ferry", "summary": "One."}], "title": "Gazette", "version": "https://jsonfeed.org/version/1"}"#,
        &["1 [headline=Ferry, source=Gazette] One."],
    );
    check("a.json", br#"{"items": [{"id": "1", "title": "Ferry"}], "title": "Gazette"}"#, &["1 [headline=Ferry] "]);
}

/// The starter articles of the formats that hold many documents.
const RECORDS: [(&str, &[u8]); 7] = [
    ("a.csv", include_bytes!("../../seeds/exports/lakeside.csv")),
    ("a.tsv", include_bytes!("../../seeds/exports/hochland.tsv")),
    ("a.rss", include_bytes!("../../seeds/feeds/orchard-street.rss")),
    ("a.atom", include_bytes!("../../seeds/feeds/perihelion.atom")),
    ("a.nitf", include_bytes!("../../seeds/wire/cws-251103-006.xml")),
    ("a.newsml", include_bytes!("../../seeds/wire/cws-251110-message.xml")),
    ("a.sgml", include_bytes!("../../seeds/collections/standard-1994.sgml")),
];

/// Reads bytes and checks that each document has a number of its own, in order.
fn check_order(path: &str, bytes: &[u8]) -> usize {
    let mut last = 0;
    let mut count = 0;
    read(path, &mut { bytes }, &ReadOptions::default(), &mut |outcome| {
        if let Ok(raw) = outcome {
            assert!(raw.origin.ordinal > last, "{path}");
            last = raw.origin.ordinal;
        }
        count += 1;
    });
    count
}

#[test]
fn cut_and_changed_files_are_borne() {
    for (path, bytes) in RECORDS {
        for end in (1..bytes.len()).step_by(13) {
            assert!(check_order(path, &bytes[..end]) > 0, "{path} cut at {end} gives nothing and says nothing");
        }
        for at in (0..bytes.len()).step_by(17) {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << (at % 8);
            check_order(path, &changed);
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_bring_a_reader_down(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), ending in 0_usize..10) {
        let path = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.rss", "a.nitf", "a.newsml", "a.sgm"][ending];
        read(path, &mut bytes.as_slice(), &ReadOptions::default(), &mut |_| {});
    }

    #[test]
    fn no_text_brings_a_reader_down(text in "[-<>a-z/=\"'{}\\[\\]:,#|*` \n!&;]{0,120}", ending in 0_usize..10) {
        let path = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.rss", "a.nitf", "a.newsml", "a.sgm"][ending];
        read(path, &mut text.as_bytes(), &ReadOptions::default(), &mut |_| {});
    }
}
