//! Files that hold other files: what is read of each member, under which name, and what is said of those that fail.

use crate::packing::{Packed, answer, gzip, outcome, record, zip, zstd};

fn check(path: &str, bytes: &[u8], documents: &[&str], warnings: &[&str]) {
    assert_eq!(
        outcome(path, bytes),
        (documents.iter().map(|text| (*text).to_owned()).collect(), warnings.iter().map(|text| (*text).to_owned()).collect()),
        "{path}"
    );
}

const LINES: &[u8] = b"{\"title\": \"Ferry\", \"text\": \"One.\"}\nno json\n{\"title\": \"Quay\", \"text\": \"Two.\"}\n";

#[test]
fn compressed_files_are_read_as_what_they_hold() {
    let bad = "a.jsonl.gz:2: broken JSON: expected ident (column 2)";
    check("a.jsonl.gz", &gzip(LINES), &["#1 -: One.", "#3 -: Two."], &[bad]);
    check("a.jsonl.zst", &zstd(LINES), &["#1 -: One.", "#3 -: Two."], &["a.jsonl.zst:2: broken JSON: expected ident (column 2)"]);
    check("a.txt", &gzip(b"Ferry"), &["#1 -: Ferry"], &[]);
    check("a.md.gz", &[gzip(b"# Ferry\n\n"), gzip(b"One.")].concat(), &["#1 -: One."], &[]);
    check("a.md.zst", &[zstd(b"# Ferry\n\n"), b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec(), zstd(b"One.")].concat(), &["#1 -: One."], &[]);
    check("a.txt.gz.zst", &zstd(&gzip(b"Ferry")), &["#1 -: Ferry"], &[]);
    check("a.txt.gz", &gzip(b""), &[], &["a.txt.gz: empty file"]);
    check(
        "a.gz",
        &gzip(b"Ferry"),
        &[],
        &[
            "a.gz: not a format that is read (read are text, Markdown, web pages, JSON, tables, feeds, wire formats, mail, web archives, Word, EPUB and PDF, also in gzip, zstd and zip)",
        ],
    );
    check("a.txt.gz", b"this is no gzip file at all", &[], &["a.txt.gz: is damaged: invalid gzip header (what came before is read)"]);
}

#[test]
fn what_came_before_a_cut_is_read() {
    let text = "The ferry ran. ".repeat(20_000);
    for packed in [gzip(text.as_bytes()), zstd(text.as_bytes())] {
        let (documents, warnings) = outcome("a.txt.gz", &packed[..packed.len() - 8]);
        assert!(documents.len() == 1 && documents[0].starts_with("#1 -: The ferry ran."), "{documents:?}");
        assert_eq!(warnings, ["a.txt.gz: ends too early: it was cut off (what came before is read)"]);
    }
}

#[test]
fn members_of_an_archive_are_read_in_order() {
    let members = [
        Packed::stored("x/", b""),
        Packed::deflated("x/a.txt", b"Ferry"),
        Packed::stored("x/b.png", b"\x89PNG"),
        Packed { flags: 8, ..Packed::deflated("../../c.md", b"# Quay\n\nOne.") },
        Packed::stored("__MACOSX/x/._a.txt", b"\0\x05"),
        Packed::stored("d", b"neither"),
        Packed { method: 93, bytes: zstd(LINES), ..Packed::stored("e.jsonl", LINES) },
        Packed::stored("f.zip", &zip(&[Packed::stored("g.txt", b"Inside")])),
        Packed::stored("h.txt", b"Last"),
    ];
    let archive = zip(&members);
    let documents =
        ["#1 x/a.txt: Ferry", "#2 ../../c.md: One.", "#3 e.jsonl: One.", "#5 e.jsonl: Two.", "#6 f.zip/g.txt: Inside", "#7 h.txt: Last"];
    check("a.zip", &archive, &documents, &["a.zip: e.jsonl:2: broken JSON: expected ident (column 2)"]);
    let cut = &archive[..members.iter().map(|member| member.local().len()).sum()];
    let (documents, warnings) = outcome("a.zip", cut);
    assert_eq!(
        (documents.len(), warnings.last().map(String::as_str)),
        (6, Some("a.zip: ends too early: it was cut off, and what came before is read"))
    );
}

#[test]
fn a_member_that_fails_does_not_harm_its_neighbours() {
    let archive = zip(&[
        Packed::stored("a.txt", b"First"),
        Packed { checksum: 7, ..Packed::deflated("b.txt", b"Changed") },
        Packed { flags: 1, ..Packed::stored("c.txt", b"Secret") },
        Packed { method: 12, ..Packed::stored("d.txt", b"BZh") },
        Packed { flags: 8, ..Packed::stored("e.txt", b"How long?") },
        Packed { bytes: vec![0xff; 40], ..Packed::deflated("f.txt", b"Broken") },
        Packed { flags: 8, bytes: vec![0xff; 40], ..Packed::deflated("g.txt", b"Broken") },
        Packed::stored("h.txt", b""),
        Packed::stored("i.txt", b"Last"),
    ]);
    check(
        "a.zip",
        &archive,
        &["#1 a.txt: First", "#2 b.txt: Changed", "#6 i.txt: Last"],
        &[
            "a.zip: b.txt: is damaged: its checksum does not match",
            "a.zip: c.txt: is encrypted (unpack it with its password)",
            "a.zip: d.txt: is compressed by bzip2, which is not read (pack it again)",
            "a.zip: e.txt: stands in the archive without its length (pack it again)",
            "a.zip: what stands between two members is lost: 25 bytes",
            "a.zip: f.txt: is damaged: corrupt deflate stream",
            "a.zip: g.txt: is damaged: corrupt deflate stream",
            "a.zip: what stands between two members is lost: 55 bytes",
            "a.zip: h.txt: empty file",
        ],
    );
}

#[test]
fn what_holds_nothing_says_so() {
    let warning = "holds nothing of a format that is read";
    check("a.zip", &zip(&[Packed::stored("b.png", b"\x89PNG")]), &[], &[&format!("a.zip: {warning}")]);
    check("a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", &[], &[&format!("a.zip: {warning}")]);
    check("a.warc", &answer("https://g.example/a.css", "Content-Type: text/css\r\n", b"p {}"), &[], &[&format!("a.warc: {warning}")]);
}

#[test]
fn warnings_alike_are_counted() {
    let members: Vec<Packed> = (0..300).map(|number| Packed { flags: 1, ..Packed::stored(&format!("{number}.txt"), b"x") }).collect();
    let (documents, warnings) = outcome("a.zip", &zip(&members));
    assert_eq!((documents.len(), warnings.len()), (0, 6));
    assert_eq!(warnings[5], "a.zip: and 295 more of this kind: is encrypted (unpack it with its password)");
}

#[test]
fn records_of_a_web_archive_are_read() {
    let page = |text: &str| format!("<!doctype html><html><body><article><p>{text}</p></article></body></html>").into_bytes();
    let archive = [
        answer("https://g.example/a.png?x", "Content-Type: text/html\r\n", &page("First page, which is read.")),
        answer("https://g.example/style.css", "Content-Type: text/css\r\n", b"p {}"),
        answer("https://g.example/robots.txt", "Content-Type: text/plain\r\n", b"User-agent: *"),
        answer("metadata://crawler.example/log", "Content-Type: text/plain\r\n", b"Crawled"),
        answer("https://g.example/note", "Content-Type: text/plain\r\n", b"A note"),
        answer(
            "https://g.example/b",
            "Content-Type: text/html; charset=windows-1251\r\n",
            b"<html><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p></body></html>",
        ),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
        answer("https://g.example/c", "Content-Type: text/html\r\nContent-Encoding: compress\r\n", b"x"),
        record("https://g.example/d", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nx", 54),
        b"noise in between\r\n".to_vec(),
        answer("https://g.example/e", "Content-Type: text/html\r\n", &page("Last page, cut off")),
    ];
    let whole = archive.concat();
    let (documents, warnings) = outcome("a.warc", &whole[..whole.len() - 32]);
    let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
    assert_eq!(
        documents,
        [
            "#1 https://g.example/a.png?x: First page, which is read.",
            "#2 https://g.example/note: A note",
            "#3 https://g.example/b: Привет",
            "#4 https://g.example/e: Last page, cut off",
        ]
    );
    assert_eq!(
        warnings,
        [
            "a.warc: a record without Content-Length is passed over",
            "a.warc: https://g.example/c: is coded as compress, which is not read",
            "a.warc: what stands between two records is lost: 16 bytes",
            "a.warc: https://g.example/e: ends too early: it was cut off",
            "a.warc: the last record ends too early: the archive was cut off",
        ]
    );
}

#[test]
fn a_damaged_record_of_a_compressed_archive_does_not_harm_the_next() {
    let records: Vec<Vec<u8>> = (0..5)
        .map(|number| {
            let text = format!("Note {number}. {}", "The ferry ran again. ".repeat(30));
            gzip(&answer(&format!("https://g.example/{number}"), "Content-Type: text/plain\r\n", text.as_bytes()))
        })
        .collect();
    let mut archive = records.concat();
    let damaged = records[0].len() + 30;
    archive[damaged..damaged + 20].fill(0xff);
    let (documents, warnings) = outcome("a.warc.gz", &archive);
    let numbers: Vec<&str> = documents.iter().map(|document| &document[..29]).collect();
    let expected = [
        "#1 https://g.example/0: Note 0",
        "#2 https://g.example/2: Note 2",
        "#3 https://g.example/3: Note 3",
        "#4 https://g.example/4: Note 4",
    ];
    assert_eq!(numbers, expected.map(|document| &document[..29]), "{warnings:?}");
    assert!(warnings.iter().any(|warning| warning.ends_with("(the other records are read)")), "{warnings:?}");
}

#[test]
fn attachments_are_read_by_their_own_formats() {
    let mail = b"From: Ida Holm <ida@g.example>\r\nSubject: Three files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\n\r\nHere they are.\r\n--b\r\nContent-Type: text/plain; charset=windows-1251; name=\"a.txt\"\r\n\
        Content-Disposition: attachment\r\n\r\n\xcf\xf0\xe8\xe2\xe5\xf2\r\n--b\r\nContent-Type: image/png; name=b.png\r\n\
        Content-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Inner\r\nMessage-ID: <i@g>\r\n\r\nInner text.\r\n--b--\r\n";
    check("a.eml", mail, &["#1 -: Here they are.", "#2 a.txt: Привет", "#3 mail.eml: Inner text."], &[]);
    let mailbox =
        [b"From x Tue Nov 26 03:20:00 2024\n".to_vec(), mail.to_vec(), b"\n\nFrom x Tue Nov 26 03:21:00 2024\n".to_vec(), mail.to_vec()]
            .concat();
    let (documents, warnings) = outcome("a.mbox", &mailbox);
    assert_eq!((documents.len(), warnings.len(), documents[3].as_str()), (6, 0, "#4 mail 2: Here they are."));
    check("b.eml", b"Subject: Nothing\r\nMessage-ID: <i@g>\r\n\r\n", &[], &["b.eml: a mail without text"]);
    check("b.mhtml", b"Subject: Nothing\r\nMIME-Version: 1.0\r\n\r\nText", &[], &["b.mhtml: a saved page without a part that is HTML"]);
}
