//! Books, made here, in; a line a chapter out.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const TEXT: &str = "The ferry between the islands runs again from Friday, the harbour office said after a week of repairs to its engine and hull. \
                    Fares stay as they are until the spring, when they are to be looked at once more by the council of the islands.";

fn packed(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Makes a book of two chapters and a list of contents.
fn book(metadata: &str, first: &str, second: &str) -> Vec<(&'static str, String)> {
    let page = |body: &str| format!("<html xmlns=\"x\"><head><title>Page</title></head><body>{body}</body></html>");
    let opf = format!(
        "<package><metadata>{metadata}</metadata><manifest>\
         <item id=\"c\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\
         <item id=\"a\" href=\"text/one%20a.xhtml\" media-type=\"application/xhtml+xml\"/>\
         <item id=\"b\" href=\"text/two.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
         <spine><itemref idref=\"c\"/><itemref idref=\"a\"/><itemref idref=\"b\"/></spine></package>"
    );
    let contents = "<nav><a href=\"text/one%20a.xhtml#x\">The first chapter</a><a href=\"text/two.xhtml\">The second chapter</a></nav>";
    vec![
        ("mimetype", "application/epub+zip".to_owned()),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/b.opf\"/></rootfiles></container>".to_owned()),
        ("OEBPS/b.opf", opf),
        ("OEBPS/contents.xhtml", page(contents)),
        ("OEBPS/text/one a.xhtml", page(first)),
        ("OEBPS/text/two.xhtml", page(second)),
    ]
}

fn check(parts: &[(&str, String)], expected: &[&str]) {
    let bytes = packed(parts);
    let mut bytes = bytes.as_slice();
    let mut lines = Vec::new();
    read(&mut Input::open("a.epub", &mut bytes).unwrap(), &mut |outcome| match outcome {
        Ok(raw) => {
            let fields: Vec<String> = raw.fields.iter().map(|field| format!("{}={}", field.name.label(), field.value)).collect();
            let start = |block: &RawBlock| match block.role {
                Role::Furniture(reason) => format!("({reason})"),
                _ => block.text[..block.text.len().min(9)].to_owned(),
            };
            lines.push(format!(
                "#{} [{}] {}",
                raw.origin.ordinal,
                fields.join(", "),
                raw.blocks.iter().map(start).collect::<Vec<_>>().join(" / ")
            ));
        }
        Err(warning) => lines.push(format!("! {warning}")),
    });
    assert_eq!(lines, expected);
}

#[test]
fn chapters_are_documents() {
    let stated = "<dc:title>Island tales</dc:title><dc:creator opf:role=\"aut\">Ida Holm</dc:creator><dc:creator opf:role=\"bkp\">Press</dc:creator>\
                  <dc:publisher>Quay Books</dc:publisher><dc:date>2024-11-26</dc:date><dc:language>en</dc:language>";
    check(
        &book(stated, &format!("<h1>Ferry runs</h1><p>{TEXT}</p>"), &format!("<p>{TEXT}</p>")),
        &[
            "#1 [headline=Ferry runs, source=Quay Books, published=2024-11-26, byline=Ida Holm, language=en] The ferry",
            "#2 [headline=The second chapter, source=Quay Books, published=2024-11-26, byline=Ida Holm, language=en] The ferry",
        ],
    );
}

#[test]
fn newspapers_state_their_outlet() {
    let stated = "<dc:title>Harbour Gazette [Tue, 26 Nov 2024]</dc:title><dc:creator>calibre</dc:creator><dc:publisher>calibre</dc:publisher>\
                  <dc:date>2024-11-26T05:00:00+00:00</dc:date><meta name=\"calibre:publication_type\" content=\"periodical:unknown:Harbour Gazette\"/>";
    let article = format!(
        "<div>| Next | Main menu |</div><h2>Ferry runs</h2><p>{TEXT}</p>\
         <div>This article was downloaded by calibre from https://gazette.example/ferry</div>"
    );
    let index = "<a href=\"one a.xhtml\">Ferry runs</a><p>A summary.</p>".to_owned();
    check(
        &book(stated, &article, &index),
        &["#1 [url=https://gazette.example/ferry, headline=Ferry runs, source=Harbour Gazette, saved=2024-11-26T05:00:00+00:00] \
           (links of the book) / The ferry / (note of the program that saved it)"],
    );
}

#[test]
fn lists_of_contents_are_passed_over() {
    let mut parts = book("", &format!("<p>{TEXT}</p>"), &format!("<p>{TEXT}</p>"));
    let links = "<p>A summary of some length stands below <a href=\"one a.xhtml\">this</a> <a href=\"two.xhtml\">and that</a> \
                 <a href=\"../contents.xhtml\">and there</a>, with words enough to be taken for a text of its own by whoever counts them only, \
                 and it goes on for a while so that it is long.</p>";
    parts.push(("OEBPS/text/three.xhtml", format!("<html><body>{links}</body></html>")));
    parts[2].1 = parts[2].1.replace("</manifest>", "<item id=\"d\" href=\"text/three.xhtml\" media-type=\"text/html\"/></manifest>");
    parts[2].1 = parts[2].1.replace("<spine>", "<spine><itemref idref=\"d\"/>").replace(" properties=\"nav\"", "");
    check(&parts, &["#1 [] The ferry", "#2 [] The ferry"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let text = format!("<h1>Ferry runs</h1><p>{TEXT}</p>");
    let mut parts = book("", &text, &text);
    parts.push(("META-INF/encryption.xml", "<e><CipherReference URI=\"OEBPS/text/one%20a.xhtml\"/></e>".to_owned()));
    check(
        &parts,
        &[
            "#1 [headline=Ferry runs] The ferry",
            "! a.epub: encrypted: 1 of 2 chapters cannot be read (the shop that sold the book has protected it)",
        ],
    );
    check(&parts[..1], &["! a.epub: not a book that can be read: it has no META-INF/container.xml"]);
    check(&book("", "<p>A cover.</p>", ""), &["! a.epub: a book without text"]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_damage_brings_the_reader_down(at in 0_usize..5000, bit in 0_u8..8) {
        let text = format!("<h1>Ferry runs</h1><p>{TEXT}</p>");
        let mut bytes = packed(&book("", &text, &text));
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let mut bytes = bytes.as_slice();
        read(&mut Input::open("a.epub", &mut bytes).unwrap(), &mut |_| {});
    }
}
