//! Parsing a query, and answering one from an index of the starter articles.
//!
//! Latency over a real archive is what `dateline bench` measures.

use std::path::Path;
use std::sync::OnceLock;

use dateline::ingest::{self, IngestRequest, Mode};
use dateline::search::{SearchRequest, Searcher};
use dateline::{engine, query};
use divan::Bencher;

fn main() {
    divan::main();
}

const QUERIES: [&str; 5] = ["strike", "port strike wage offer", "\"wage offer\"", "ferry OR dam -union", "=strikes"];

fn searcher() -> &'static dyn Searcher {
    static SEARCHER: OnceLock<(tempfile::TempDir, Box<dyn Searcher>)> = OnceLock::new();
    let (_, searcher) = SEARCHER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let request = IngestRequest {
            index: folder.path().join("index"),
            folders: vec![seeds],
            map: None,
            links: None,
            limits: ingest::Limits::default(),
            forget: Vec::new(),
            mode: Mode::Update,
            reading: Default::default(),
            stop: Default::default(),
        };
        ingest::update(&request, &|_| {}).expect("an index of the seeds");
        let searcher = engine::open(&request.index).expect("the index that was made");
        (folder, searcher)
    });
    searcher.as_ref()
}

#[divan::bench(args = QUERIES)]
fn parse(typed: &str) -> bool {
    query::parse(typed).is_ok()
}

#[divan::bench(args = QUERIES)]
fn search(bencher: Bencher, typed: &str) {
    let request = SearchRequest::of(query::parse(typed).expect("a query"));
    bencher.bench(|| searcher().search(&request).expect("an answer"));
}
