//! Fingerprints, shingle sets, and the comparison of two articles.

use dateline::dedup;
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
