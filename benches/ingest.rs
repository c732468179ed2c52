//! From bytes to entries of an index: reading, taking apart, passages, and the whole of building an index.
//!
//! The articles are made by a fixed rule, so that the figures of two runs can be compared; real archives are measured with
//! `dateline index` and `dateline bench`.

use std::fmt::Write;

use dateline::ingest::{self, IngestRequest, Mode};
use dateline::{extract, formats, passage};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const WORDS: [&str; 24] = [
    "harbour",
    "union",
    "offer",
    "Tuesday",
    "the",
    "minister",
    "of",
    "said",
    "in",
    "strike",
    "and",
    "to",
    "containers",
    "a",
    "river",
    "council",
    "for",
    "budget",
    "that",
    "court",
    "were",
    "storm",
    "with",
    "percent",
];

/// Makes an article of about 3,500 bytes; its number decides its words.
fn body(number: usize) -> String {
    let mut text = String::new();
    let mut state = number as u64 * 0x9e37_79b9_7f4a_7c15 + 1;
    for sentence in 0..34 {
        for _ in 0..16 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = WORDS[(state >> 59) as usize % WORDS.len()];
            let _ = write!(text, "{word}{} ", (state >> 33) % 97);
        }
        text.push_str(if sentence % 4 == 3 { "ended.\\n\\n" } else { "ended. " });
    }
    text
}

fn json_lines(count: usize) -> String {
    (0..count).map(|number| format!("{{\"id\":\"b{number}\",\"title\":\"Report {number}\",\"source\":\"Bench Post\",\"date\":\"2024-11-26\",\"text\":\"{}\"}}\n", body(number))).collect()
}

#[divan::bench]
fn read_json_lines(bencher: Bencher) {
    let lines = json_lines(500);
    bencher.counter(BytesCount::of_str(&lines)).bench(|| {
        let mut count = 0;
        formats::read("bench.jsonl", &mut lines.as_bytes(), &formats::ReadOptions::default(), &mut |raw| count += usize::from(raw.is_ok()));
        count
    });
}

#[divan::bench]
fn read_and_extract_plain_text(bencher: Bencher) {
    let text = format!("Harbour Gazette\nPort closes for a day\n26 November 2024\n\n{}", body(1).replace("\\n", "\n"));
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut articles = Vec::new();
        formats::read("bench.txt", &mut text.as_bytes(), &formats::ReadOptions::default(), &mut |raw| {
            articles.extend(raw.ok().map(extract::extract))
        });
        articles
    });
}

#[divan::bench]
fn read_and_extract_html(bencher: Bencher) {
    let paragraphs: String = body(1).split("\\n\\n").map(|text| format!("<p>{text}</p>\n")).collect();
    let page = format!(
        "<!doctype html><html lang=en><head><title>Port closes</title></head><body><nav><a href=/>Home</a></nav><article><h1>Port closes</h1>{paragraphs}</article></body></html>"
    );
    bencher.counter(BytesCount::of_str(&page)).bench(|| {
        let mut articles = Vec::new();
        formats::read("bench.html", &mut page.as_bytes(), &formats::ReadOptions::default(), &mut |raw| {
            articles.extend(raw.ok().map(extract::extract))
        });
        articles
    });
}

#[divan::bench]
fn split_passages(bencher: Bencher) {
    let mut article = dateline::article::Body::default();
    for paragraph in body(1).split("\\n\\n") {
        article.push(paragraph, false, None);
    }
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| passage::split(&article));
}

#[divan::bench(sample_count = 5)]
fn build_an_index(bencher: Bencher) {
    let lines = json_lines(2000);
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let articles = folder.path().join("articles");
    std::fs::create_dir(&articles).and_then(|()| std::fs::write(articles.join("bench.jsonl"), &lines)).expect("a file in it");
    let request = IngestRequest {
        index: folder.path().join("index"),
        folders: vec![articles],
        map: None,
        links: None,
        limits: ingest::Limits::default(),
        forget: Vec::new(),
        mode: Mode::Rebuild,
        reading: Default::default(),
        stop: Default::default(),
    };
    bencher.counter(BytesCount::of_str(&lines)).bench(|| ingest::update(&request, &|_| {}).expect("an index"));
}
