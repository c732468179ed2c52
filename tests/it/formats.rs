//! A seed, its golden article and a broken file for every format.
//!
//! A golden article is what reading one file must give, as `dateline article --json` prints it. With `DATELINE_BLESS=1` the
//! goldens are written anew from what the program gives, but for the fields that it is known to get wrong: those keep the right
//! value, which was written by hand.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::extract::read_files;
use crate::support::{Archive, project, run};

/// The golden's name, and the seed that it was read from.
const GOLDENS: &[(&str, &str)] = &[
    ("text_clean", "unsorted/school-roof.txt"),
    ("text_with_sidecar", "unsorted/weathercock.txt"),
    ("text_with_list", "castellan-standard/skarn-cable-live.txt"),
    ("text_with_boxes", "marrowick-star/selwick-stays-shut.txt"),
    ("markdown", "harbour-post/2024-11-04-crane-crews-walk-out.md"),
    ("markdown_with_headings", "tidewater/automation-clause.md"),
    ("html_json_ld", "harbour-post/employers-first-figure.html"),
    ("html_meta", "harbour-post/strike-fund.html"),
    ("html_date_in_url", "football/okparebo-transfer.html"),
    ("json_schema_org", "wire/cws-241115-009.json"),
    ("json_news_please", "highmoor-gazette/dam-inspection.json"),
    ("json_newspaper4k", "kestrel/data-fine.json"),
    ("json_lines", "exports/pressbox.jsonl"),
    ("json_feed", "feeds/gaceta.json"),
    ("csv", "exports/lakeside.csv"),
    ("tsv_windows_1252", "exports/hochland.tsv"),
    ("feed_rss", "feeds/orchard-street.rss"),
    ("feed_atom", "feeds/perihelion.atom"),
    ("nitf", "wire/cws-251103-006.xml"),
    ("newsml", "wire/cws-251110-message.xml"),
    ("sgml_trec", "collections/standard-1994.sgml"),
    ("markdown_toml", "space/dust-on-the-lens.md"),
    ("docx", "wenlow/perrin-rock.docx"),
    ("epub", "e-paper/tessel-valley-weekend.epub"),
    ("pdf", "wenlow/tram-choir.pdf"),
    ("html_singlefile", "wenlow/chess-by-candlelight.html"),
    ("gzip", "collected/allotments.jsonl.gz"),
    ("zstd", "collected/signal-box.md.zst"),
    ("zip", "collected/clippings.zip"),
    ("web_archive", "collected/hallow-crawl.warc.gz"),
    ("mail", "letters/morning-letter.eml"),
    ("mailbox", "letters/alerts.mbox"),
    ("mhtml", "letters/cape-merrow.mhtml"),
];

/// Fields that come out wrong; the reasons stand with those of `extract`. Where the body is wrong, so is the furniture, its
/// other half: the golden then has none.
const KNOWN_MISSES: &[(&str, &str)] = &[];

/// A file with something wrong, and what is read from it all the same.
struct Broken {
    file: &'static str,
    articles: usize,
    warnings: &'static [&'static str],
    text: &'static str,
}

const BROKEN: &[Broken] = &[
    Broken {
        file: "bad_front_matter.md",
        articles: 1,
        warnings: &["bad_front_matter.md:1: front matter has no closing"],
        text: "Forty singers performed for a tractor and its driver, who clapped.",
    },
    Broken {
        file: "bad_line.jsonl",
        articles: 3,
        warnings: &["bad_line.jsonl:3: broken JSON", "bad_line.jsonl:4: not a JSON object"],
        text: "The night train to Castellan will carry a dining car again",
    },
    Broken {
        file: "bad_toml.md",
        articles: 1,
        warnings: &["bad_toml.md:3: broken front matter"],
        text: "An oar was found in the reeds below Askle",
    },
    Broken { file: "binary.txt", articles: 0, warnings: &["binary.txt: looks binary"], text: "" },
    Broken {
        file: "cut_off.docx",
        articles: 0,
        warnings: &["cut_off.docx: not a zip archive that can be read: it is damaged or cut off"],
        text: "",
    },
    Broken {
        file: "protected.epub",
        articles: 1,
        warnings: &["protected.epub: encrypted: 1 of 4 chapters cannot be read"],
        text: "The owls look at it, they said, as people look at a clock.",
    },
    Broken { file: "encrypted.pdf", articles: 0, warnings: &["encrypted.pdf: encrypted: it opens with a password only"], text: "" },
    Broken { file: "empty.txt", articles: 0, warnings: &["empty.txt: empty file"], text: "" },
    Broken {
        file: "latin1.txt",
        articles: 1,
        warnings: &[],
        text: "Bürgermeisterin Käthe Sänftl bedauerte die Entscheidung. Übrig bleiben 340 Kilo Bergkäse",
    },
    Broken { file: "not_json.json", articles: 0, warnings: &["not_json.json:11: broken JSON"], text: "" },
    Broken {
        file: "not_utf8.jsonl",
        articles: 3,
        warnings: &["not_utf8.jsonl:2: broken JSON: invalid unicode"],
        text: "A family of beavers has dammed the ditch at Lower Tillwick",
    },
    Broken {
        file: "no_text_newsml.xml",
        articles: 1,
        warnings: &["no_text_newsml.xml:2: item 1 has no headline and no text"],
        text: "nothing was missing but the gate",
    },
    Broken {
        file: "open_documents.sgml",
        articles: 2,
        warnings: &[
            "open_documents.sgml:6: document 2 has no headline and no text",
            "open_documents.sgml:9: the file ends inside of this document",
        ],
        text: "It was put out on Friday, and the moths have written to the bish",
    },
    Broken {
        file: "open_quote.csv",
        articles: 4,
        warnings: &["open_quote.csv:5: a quote is not closed", "open_quote.csv:7: the row has 2 fields"],
        text: "The fence is to be green, so that the swan does not notice.",
    },
    Broken {
        file: "sitemap.xml",
        articles: 0,
        warnings: &["sitemap.xml: not a format that is read: XML with the root <urlset>"],
        text: "",
    },
    Broken {
        file: "cut_off.jsonl.gz",
        articles: 2,
        warnings: &["cut_off.jsonl.gz:3: broken JSON", "cut_off.jsonl.gz: ends too early"],
        text: "the kettle museum holds the ones that do not whistle",
    },
    Broken {
        file: "cut_off.md.zst",
        articles: 1,
        warnings: &["cut_off.md.zst: ends too early"],
        text: "and the boats, which go by it, have come home early.",
    },
    Broken {
        file: "bad_checksum.zip",
        articles: 2,
        warnings: &["bad_checksum.zip: snail.txt: is damaged: its checksum does not match"],
        text: "the bells now begin softly, as if they were being woken.",
    },
    Broken {
        file: "encrypted.zip",
        articles: 1,
        warnings: &["encrypted.zip: secret.txt: is encrypted (unpack it with its password)"],
        text: "A lifeguard has been appointed for the pond",
    },
    Broken {
        file: "cut_off.warc",
        articles: 2,
        warnings: &["cut_off.warc: https://brokenledger.example/balloon: ends too early", "cut_off.warc: the last record ends too early"],
        text: "since the bridge was out, and was thanked by cows.",
    },
    Broken {
        file: "wrong_boundary.eml",
        articles: 1,
        warnings: &[],
        text: "The swarm settled on the ballot box, and only the beekeeper could open it.",
    },
    Broken {
        file: "empty_mail.mbox",
        articles: 1,
        warnings: &["empty_mail.mbox: mail 1: a mail without text"],
        text: "A haystack of the usual size was found on Saturday",
    },
    Broken { file: "no_page.mhtml", articles: 0, warnings: &["no_page.mhtml: a saved page without a part that is HTML"], text: "" },
    Broken { file: "truncated.html", articles: 1, warnings: &[], text: "show the motor how the gate behaves in an east wi" },
    Broken {
        file: "truncated.rss",
        articles: 1,
        warnings: &["truncated.rss:5: the file ends inside of <item>"],
        text: "the record keeper wrote &laughter; into the minutes",
    },
    Broken { file: "truncated_nitf.xml", articles: 0, warnings: &["truncated_nitf.xml:2: the file ends inside of <nitf>"], text: "" },
];

/// Tells whether goldens are written instead of compared.
pub fn is_blessing() -> bool {
    std::env::var_os("DATELINE_BLESS").is_some_and(|value| value == "1")
}

fn golden_path(name: &str) -> PathBuf {
    project().join("tests/golden/articles").join(format!("{name}.json"))
}

fn is_known_miss(name: &str, field: &str) -> bool {
    KNOWN_MISSES.contains(&(name, field))
}

/// Returns a field of a document; `provenance.source` is the field `source` of the object `provenance`.
fn field<'a>(document: &'a Value, name: &str) -> &'a Value {
    name.split('.').fold(document, |value, part| &value[part])
}

/// Lists the fields of two documents, each once, in order.
fn field_names(documents: [&Value; 2]) -> Vec<String> {
    let mut names = Vec::new();
    for document in documents {
        names.extend(document.as_object().unwrap().keys().filter(|name| *name != "provenance").cloned());
        names.extend(document["provenance"].as_object().unwrap().keys().map(|name| format!("provenance.{name}")));
    }
    names.sort();
    names.dedup();
    names
}

/// Says where two values part: the first paragraph or item that differs.
fn difference(expected: &Value, got: &Value) -> String {
    let parts = |value: &Value| -> Vec<String> {
        match value {
            Value::String(text) => text.split("\n\n").map(str::to_owned).collect(),
            Value::Array(items) => items.iter().map(Value::to_string).collect(),
            other => vec![other.to_string()],
        }
    };
    let (expected, got) = (parts(expected), parts(got));
    let same = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let shown = |parts: &[String]| parts.get(same).map_or("nothing".to_owned(), |part| format!("“{part}”"));
    format!("part {}: expected {}, got {}", same + 1, shown(&expected), shown(&got))
}

/// Compares the documents of a file with its golden, field by field.
fn complaints(name: &str, golden: &[Value], read: &[Value]) -> Vec<String> {
    if golden.len() != read.len() {
        return vec![format!("{name}: expected {} documents, got {}", golden.len(), read.len())];
    }
    let mut complaints = Vec::new();
    for (number, (golden, read)) in golden.iter().zip(read).enumerate() {
        for field_name in field_names([golden, read]) {
            let (expected, got) = (field(golden, &field_name), field(read, &field_name));
            if field_name == "furniture" && is_known_miss(name, "articleBody") {
                continue;
            }
            match (is_known_miss(name, &field_name), expected == got) {
                (true, true) => complaints.push(format!("{name}: {field_name}: is right now, take it from KNOWN_MISSES")),
                (false, false) => complaints.push(format!("{name}: document {}: {field_name}: {}", number + 1, difference(expected, got))),
                _ => {}
            }
        }
    }
    complaints
}

/// Makes the golden of what was read: fields that are known to come out wrong keep the value that they have.
fn blessed(name: &str, golden: &[Value], read: &[Value]) -> Vec<Value> {
    let mut blessed = read.to_vec();
    for (number, document) in blessed.iter_mut().enumerate() {
        for (_, missed) in KNOWN_MISSES.iter().filter(|(of, _)| *of == name) {
            let right = golden.get(number).map(|golden| field(golden, missed).clone()).unwrap_or_default();
            match missed.split_once('.') {
                Some((outer, inner)) => document[outer][inner] = right,
                None => document[*missed] = right,
            }
        }
        if is_known_miss(name, "articleBody") {
            document.as_object_mut().unwrap().remove("furniture");
        }
    }
    blessed
}

#[test]
fn seeds_read_as_their_goldens() {
    let mut all = Vec::new();
    for (name, seed) in GOLDENS {
        let read = read_files(&[project().join("seeds").join(seed)]);
        let path = golden_path(name);
        let golden: Vec<Value> = std::fs::read(&path).map(|bytes| serde_json::from_slice(&bytes).unwrap()).unwrap_or_default();
        if is_blessing() {
            let text = serde_json::to_string_pretty(&blessed(name, &golden, &read)).unwrap() + "\n";
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
        } else {
            all.extend(complaints(name, &golden, &read));
        }
    }
    assert!(all.is_empty(), "\n{}\nIf this is as it should be: DATELINE_BLESS=1 cargo test --test it\n", all.join("\n"));
}

#[test]
fn every_golden_has_a_seed() {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(golden_path("x").parent().unwrap()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut expected: Vec<PathBuf> = GOLDENS.iter().map(|(name, _)| golden_path(name)).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

fn check_broken(broken: &Broken) {
    let path = project().join("tests/broken").join(broken.file);
    let read = run(Path::new("no index is opened"), &["article", "--json", path.to_str().unwrap()]);
    let file = broken.file;
    assert_eq!(read.out.lines().count(), broken.articles, "articles of {file}");
    assert_eq!(read.code, i32::from(broken.articles == 0), "exit code of {file}");
    assert_eq!(read.err.lines().count(), broken.warnings.len(), "warnings of {file}: {}", read.err);
    for (line, fragment) in read.err.lines().zip(broken.warnings) {
        assert!(line.starts_with("warning: ") && line.contains(fragment), "{file}: expected “{fragment}” in “{line}”");
    }
    let bodies: Vec<Value> = read.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["articleBody"].take()).collect();
    assert!(broken.articles == 0 || bodies.iter().any(|body| body.as_str().unwrap().contains(broken.text)), "{file}: {bodies:?}");
}

#[test]
fn broken_files_give_what_they_hold_and_say_what_is_wrong() {
    for broken in BROKEN {
        check_broken(broken);
    }
    let on_disk = std::fs::read_dir(project().join("tests/broken")).unwrap().count();
    assert_eq!(on_disk, BROKEN.len(), "each broken file is in the table");
}

#[test]
fn broken_files_do_not_keep_others_out_of_an_index() {
    let archive = Archive::with(&[(
        "sound.txt",
        "Sound article\n\nA heron stood on the weir for nine hours and was counted as a post by two inspectors.",
    )]);
    for broken in BROKEN {
        archive.write(broken.file, std::fs::read(project().join("tests/broken").join(broken.file)).unwrap());
    }
    let made = archive.update();
    let articles: usize = 1 + BROKEN.iter().map(|broken| broken.articles).sum::<usize>();
    assert!(made.out.contains(&format!("{articles} new,")), "{}", made.out);
    for fragment in BROKEN.iter().flat_map(|broken| broken.warnings) {
        assert!(made.err.contains(fragment), "expected “{fragment}” in {}", made.err);
    }
    assert_eq!(archive.hits(&["heron weir"]), ["sound.txt"]);
    assert_eq!(archive.hits(&["beavers ditch"]), ["tm-4"], "the line below the broken one is found");
}
