//! PDFs, made here, in; what the program reads from them out: none may end it, hang it, or cost more than a warning.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use serde_json::Value;

use crate::support::{Archive, Run, project, run};

/// The reader of a PDF stops itself after two seconds of computing; the rest is for a busy machine.
const LONGEST: Duration = Duration::from_secs(30);

/// Makes a PDF of objects, which are numbered from 1; the first one is the catalogue.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend(format!("{} 0 obj\n", number + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let (start, count) = (bytes.len(), objects.len() + 1);
    let end = format!("xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend(end.bytes());
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dictionary}/Length {}>>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

/// Makes a PDF of one page with this content.
fn page(content: Vec<u8>, resources: &str) -> Vec<Vec<u8>> {
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<<{resources}>>>>").into_bytes(),
        content,
    ]
}

const FONT: &str = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";

/// Reads a PDF by itself, in time.
fn read(bytes: &[u8]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    let started = Instant::now();
    let read = run(Path::new("no index is opened"), &["article", "--json", path.to_str().unwrap()]);
    assert!(started.elapsed() < LONGEST, "it took {:?}", started.elapsed());
    assert!(read.code == 0 || read.code == 1, "{}", read.err);
    read
}

/// Checks that a PDF costs one warning, which says this, and nothing else.
fn check_hostile(name: &str, bytes: &[u8], expected: &str) {
    let read = read(bytes);
    assert_eq!((read.out.as_str(), read.err.lines().count()), ("", 1), "{name}: {}", read.err);
    assert!(read.err.contains(expected), "{name}: expected “{expected}” in {}", read.err);
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Packs a megabyte once and repeats what came of it, which is as good as packing a gigabyte.
fn gigabyte_of_blanks() -> Vec<u8> {
    let mut block = DeflateEncoder::new(Vec::new(), Compression::best());
    block.write_all(&[b' '; 1 << 20]).unwrap();
    block.flush().unwrap();
    let len = 1_u64 << 30;
    let sums = [(len + 32 * (len * (len + 1) / 2 % 65_521)) % 65_521, (1 + 32 * len) % 65_521];
    let check: Vec<u8> = sums.iter().flat_map(|sum| u16::try_from(*sum).unwrap().to_be_bytes()).collect();
    [b"\x78\x9c".to_vec(), block.get_ref().repeat(1024), b"\x03\0".to_vec(), check].concat()
}

#[test]
fn a_text_layer_is_read() {
    let content =
        b"BT /F 20 Tf 40 540 Td (The ferry runs) Tj /F 10 Tf 0 -40 Td (The ferry between the islands runs again after a week of re-) Tj \
                    0 -12 Td [(pairs) -300 (to its engine.)] TJ ET";
    let read = read(&pdf(&page(stream("", content), FONT)));
    let article: Value = serde_json::from_str(&read.out).unwrap();
    assert_eq!(article["articleBody"], "The ferry between the islands runs again after a week of repairs to its engine.");
    assert_eq!((article["headline"].as_str(), read.err.as_str()), (Some("The ferry runs"), ""));
}

#[test]
fn a_scan_is_named() {
    check_hostile("scan", &pdf(&page(stream("", b"0 0 100 100 re f"), "")), "a scan without a text layer");
}

#[test]
fn bombs_cost_a_warning() {
    let packed = zlib(&gigabyte_of_blanks());
    check_hostile(
        "a gigabyte of blanks",
        &pdf(&page(stream("/Filter[/FlateDecode/FlateDecode]", &packed), FONT)),
        "reading it took more than",
    );
    let letters = [b"BT /F 10 Tf ".to_vec(), b"(ferry ferry ferry ferry ferry ferry) Tj ".repeat(50_000)].concat();
    // What is read of so much text is not said: how far it goes depends on the machine.
    read(&pdf(&page(stream("/Filter/FlateDecode", &zlib(&letters)), FONT)));
}

#[test]
fn depth_and_circles_cost_a_warning() {
    check_hostile("deep array", &pdf(&page(vec![b'['; 1 << 20], FONT)), "");
    check_hostile("deep content", &pdf(&page(stream("", &b"[".repeat(1 << 20)), FONT)), "");
    check_hostile("deep dictionary", &pdf(&page(b"<</A".repeat(1 << 18), FONT)), "");
    check_hostile("open states", &pdf(&page(stream("", &b"q ".repeat(1 << 20)), FONT)), "");
    let mut form = page(stream("", b"/X Do"), "/XObject<</X 5 0 R>>");
    form.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>", b"/X Do /X Do"));
    check_hostile("a form in itself", &pdf(&form), "");
    let mut pages = page(stream("", b""), FONT);
    pages[1] = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>".to_vec();
    check_hostile("a page tree in itself", &pdf(&pages), "");
}

#[test]
fn damaged_files_cost_a_warning_at_most() {
    let whole = std::fs::read(project().join("seeds/wenlow/tram-choir.pdf")).unwrap();
    for share in [1, 3, 5, 7] {
        read(&whole[..whole.len() * share / 8]);
    }
    for flip in 0..24 {
        let mut bytes = whole.clone();
        let at = (flip * 7919) % bytes.len();
        bytes[at] ^= 1 << (flip % 8);
        let read = read(&bytes);
        assert!(read.err.lines().count() <= 1, "a bit at {at}: {}", read.err);
    }
}

#[test]
fn a_hostile_pdf_does_not_keep_others_out_of_an_index() {
    let archive = Archive::with(&[(
        "sound.txt",
        "Sound article\n\nA heron stood on the weir for nine hours and was counted as a post by two inspectors.",
    )]);
    archive.write("bad.pdf", pdf(&page(vec![b'['; 1 << 20], FONT)));
    archive.write("good.pdf", std::fs::read(project().join("seeds/wenlow/tram-choir.pdf")).unwrap());
    let made = archive.update();
    assert!(made.out.contains("2 new,"), "{}", made.out);
    assert!(made.err.contains("bad.pdf: "), "{}", made.err);
    assert_eq!(archive.hits(&["falling third sung"]), ["good.pdf"]);
}
