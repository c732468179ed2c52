//! From texts to groups, and its parts: fingerprints, shingle sets, the comparison of two articles.
//!
//! `DATELINE_ARTICLES=news.jsonl RAYON_NUM_THREADS=1 cargo bench --bench dedup texts_to_groups` measures articles of one's own;
//! without the variable they are made by a fixed rule.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use dateline::dedup::{self, Archive, Entry, Fingerprint, Standing};
use dateline::error::Error;
use dateline::{extract, formats};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Makes a text of so many sentences that shares all but every `apart`-th of them with the others.
fn text(sentences: usize, apart: usize) -> String {
    let sentence = |number: usize| {
        let own = if number.is_multiple_of(apart) { apart * 1000 } else { 0 };
        format!(
            "On day {} the council of district {} heard report {} about the bridge over the river. ",
            number + own,
            number * 7 + own,
            number * 13
        )
    };
    (0..sentences).map(sentence).collect()
}

#[divan::bench(args = [10, 40, 400])]
fn fingerprint(bencher: Bencher, sentences: usize) {
    let text = text(sentences, 5);
    bencher.counter(BytesCount::of_str(&text)).bench(|| dedup::fingerprint(&text));
}

#[divan::bench(args = [10, 40, 400])]
fn shingles(bencher: Bencher, sentences: usize) {
    let text = text(sentences, 5);
    bencher.counter(BytesCount::of_str(&text)).bench(|| dedup::shingles(&text));
}

#[divan::bench(args = [10, 40, 400])]
fn compare(bencher: Bencher, sentences: usize) {
    let (a, b) = (dedup::shingles(&text(sentences, 5)), dedup::shingles(&text(sentences, 7)));
    bencher.bench(|| dedup::compare(&a, &b));
}

/// Articles in memory.
struct News {
    texts: Vec<String>,
    standings: Vec<Standing>,
}

impl News {
    /// Reads the articles of a file of JSON Lines.
    fn read(path: &str) -> Self {
        let mut file = std::io::BufReader::new(std::fs::File::open(path).expect("the file that DATELINE_ARTICLES names"));
        let (mut texts, mut standings) = (Vec::new(), Vec::new());
        formats::read(path, &mut file, &formats::ReadOptions::default(), &mut |raw| {
            let article = extract::extract(raw.expect("a document")).0;
            let metadata = &article.metadata;
            standings.push(Standing {
                published: metadata.published.as_ref().map(|published| published.value.wall_seconds()),
                source: metadata.source.as_ref().map(|source| hash(&source.value)),
                url: metadata.url.as_ref().map(|url| hash(&url.value)),
                words: 0,
            });
            texts.push(article.body.text);
        });
        News { texts, standings }
    }

    /// Makes articles of which every third is an edited copy of the one before it.
    fn made() -> Self {
        let made = |number: usize| text(20 + number / 3 % 40, 3 + number % 3).replace("council", &format!("council{}", number / 3));
        let texts: Vec<String> = (0..3000).map(made).collect();
        News { standings: vec![Standing::default(); texts.len()], texts }
    }

    fn len_bytes(&self) -> usize {
        self.texts.iter().map(String::len).sum()
    }

    fn groups(&self) -> usize {
        let fingerprints: Vec<Fingerprint> = self.texts.iter().map(|text| dedup::fingerprint(text)).collect();
        let entries = self.standings.iter().zip(&fingerprints).map(|(standing, fingerprint)| Entry {
            standing: Standing { words: fingerprint.words, ..*standing },
            digest: fingerprint.digest,
            ..Entry::default()
        });
        let archive = Fingerprinted { entries: entries.collect(), news: self, fingerprints };
        let assignments = dedup::group(&archive).expect("groups of articles in memory");
        assignments.iter().filter(|assignment| assignment.entry == assignment.representative).count()
    }
}

fn hash(name: &str) -> u64 {
    twox_hash::XxHash3_64::oneshot(name.to_lowercase().as_bytes())
}

struct Fingerprinted<'n> {
    news: &'n News,
    entries: Vec<Entry>,
    fingerprints: Vec<Fingerprint>,
}

impl Archive for Fingerprinted<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn compare_ids(&self, a: usize, b: usize) -> Ordering {
        a.cmp(&b)
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        self.fingerprints.iter().enumerate().for_each(|(entry, fingerprint)| visit(entry, &fingerprint.samples));
        Ok(())
    }

    fn body(&self, entry: usize) -> Result<Cow<'_, str>, Error> {
        Ok(Cow::Borrowed(&self.news.texts[entry]))
    }
}

fn news() -> &'static News {
    static NEWS: OnceLock<News> = OnceLock::new();
    NEWS.get_or_init(|| std::env::var("DATELINE_ARTICLES").map_or_else(|_| News::made(), |path| News::read(&path)))
}

/// Articles a second from their texts to groups, fingerprints and all.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn texts_to_groups(bencher: Bencher) {
    let news = news();
    bencher.counter(BytesCount::new(news.len_bytes())).bench_local(|| news.groups());
}

/// The part of it that each article takes by itself.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn texts_to_fingerprints(bencher: Bencher) {
    let news = news();
    bencher
        .counter(BytesCount::new(news.len_bytes()))
        .bench_local(|| news.texts.iter().map(|text| dedup::fingerprint(text).samples.len()).sum::<usize>());
}
