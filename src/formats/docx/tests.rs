//! Documents of Word, made here, in; fields and blocks out.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut bytes = bytes;
    read(&mut Input::open("a.docx", &mut bytes).unwrap(), &mut |outcome| match outcome {
        Ok(raw) => {
            lines.extend(raw.fields.iter().map(|field| format!("{}={}", field.name.label(), field.value)));
            lines.extend(raw.blocks.iter().map(|block| format!("{}{}", if block.role == Role::Heading { "# " } else { "" }, block.text)));
        }
        Err(warning) => lines.push(format!("! {warning}")),
    });
    lines
}

fn check(body: &str, expected: &[&str]) {
    let main = format!("<w:document><w:body>{body}</w:body></w:document>");
    assert_eq!(lines_of(&packed(&[("word/document.xml", &main)])), expected, "{body}");
}

#[test]
fn paragraphs_are_read() {
    check("<w:p><w:r><w:t>The </w:t></w:r><w:r><w:t>ferry &amp; crew</w:t><w:br/><w:t>run.</w:t></w:r></w:p>", &["The ferry & crew run."]);
    check(
        "<w:p><w:del><w:r><w:delText>Nine</w:delText></w:r></w:del><w:ins><w:r><w:t>Ten</w:t></w:r></w:ins><w:r><w:t> ships</w:t></w:r></w:p>",
        &["Ten ships"],
    );
    check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>", &["shown"]);
    check(
        "<w:p><w:r><w:t>Around</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p>\
         </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        &["In a box", "Around"],
    );
    check(
        "<w:p><w:r><w:t>Before the fault.</w:t></w:r></w:p><w:p><w:r></w:x>",
        &["! a.docx: broken XML at byte 80: ill-formed document: expected `</w:r>`, but `</w:x>` was found", "Before the fault."],
    );
}

#[test]
fn rows_are_lines_and_laid_out_pages_are_not() {
    let cell = |texts: &[&str]| {
        let paragraphs: String = texts.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
        format!("<w:tc>{paragraphs}</w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cells.concat());
    check(&row(&[cell(&["Ship"]), cell(&["Tons", "gross"])]), &["Ship Tons gross"]);
    check(&row(&[cell(&["One.", "Two."])]), &["One.", "Two."]);
    check(&row(&[cell(&["Menu"]), cell(&["One.", "Two.", "Three."])]), &["Menu", "One.", "Two.", "Three."]);
}

#[test]
fn styles_and_properties_are_read() {
    let main = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"berschrift1\"/></w:pPr><w:r><w:t>Ferry runs</w:t></w:r></w:p>\
                <w:p><w:r><w:t>Text.</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:document>";
    let styles = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let core = "<cp:coreProperties><dc:title>Ferry runs again</dc:title><dc:creator>Ida Holm</dc:creator>\
                <dcterms:created>2024-11-25T10:00:00Z</dcterms:created><dcterms:modified>2024-11-26T03:20:00Z</dcterms:modified></cp:coreProperties>";
    let notes = "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>\
                 <w:footnote w:id=\"2\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let parts = [("word/document.xml", main), ("word/styles.xml", styles), ("docProps/core.xml", core), ("word/footnotes.xml", notes)];
    assert_eq!(
        lines_of(&packed(&parts)),
        [
            "headline=Ferry runs",
            "headline=Ferry runs again",
            "byline=Ida Holm",
            "saved=2024-11-26T03:20:00Z",
            "# Ferry runs",
            "Text.",
            "A note."
        ]
    );
}

#[test]
fn hostile_documents_cost_a_warning() {
    let bomb = packed(&[("word/document.xml", &" ".repeat(40 << 20))]);
    assert_eq!(lines_of(&bomb), ["! a.docx: word/document.xml unpacks to more than 32 MB"]);
    assert_eq!(lines_of(&bomb[..bomb.len() / 2]), ["! a.docx: not a zip archive that can be read: it is damaged or cut off"]);
    assert_eq!(lines_of(&packed(&[("x", "y")])), ["! a.docx: not a document of Word: it has no word/document.xml"]);
    let envelope = [OLD_CONTAINER, &[0; 600], ENCRYPTED_NAME].concat();
    assert_eq!(lines_of(&envelope), ["! a.docx: encrypted: it opens with a password only (save a copy without a password)"]);
    let entities =
        "<!DOCTYPE w [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;\">]><w:document><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p></w:document>";
    assert_eq!(lines_of(&packed(&[("word/document.xml", entities)])), ["xy"]);
    let deep = format!("<w:document>{}<w:r><w:t>deep", "<w:p>".repeat(100_000));
    let lines = lines_of(&packed(&[("word/document.xml", &deep)]));
    assert_eq!(lines.last().map(String::as_str), Some("deep"));
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_damage_brings_the_reader_down(at in 0_usize..1000, bit in 0_u8..8) {
        let main = "<w:document><w:body><w:p><w:r><w:t>The ferry runs.</w:t></w:r></w:p></w:body></w:document>";
        let mut bytes = packed(&[("word/document.xml", main)]);
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        lines_of(&bytes);
    }
}
