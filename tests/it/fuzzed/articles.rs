//! What holds of every article, whatever document it was made of.

use std::ops::Range;

use dateline::article::{Article, Body, PARAGRAPH_BREAK, Trim, sentences_of};
use dateline::dedup::{compare, fingerprint, shingles};
use dateline::document::RawDocument;
use dateline::extract::extract;
use dateline::moment::Moment;
use dateline::passage;
use dateline::recurring::EdgeLines;
use dateline::reuse::keyed_sentences;

/// Makes an article of a document and checks it, with what an index would make of it.
pub fn check(raw: RawDocument) {
    let name = raw.origin.path.clone();
    let letters: usize = raw.blocks.iter().map(|block| letters(&block.text)).sum();
    let (article, warnings) = extract(raw);
    warnings.iter().for_each(|warning| crate::fuzzed::documents::check_warning(&name, warning));
    let kept = self::letters(&article.body.text) + article.furniture.iter().map(|piece| self::letters(&piece.text)).sum::<usize>();
    assert!(kept <= letters, "{kept} letters were made of {letters}");
    check_metadata(&article);
    check_body(&article.body);
    for piece in &article.furniture {
        assert!(!piece.text.trim().is_empty() && !piece.reason.is_empty(), "{piece:?}");
        assert!(piece.lines.is_none_or(|(first, last)| 1 <= first && first <= last), "{piece:?}");
    }
    let stored = serde_json::to_vec(&article).unwrap();
    assert_eq!(serde_json::from_slice::<Article>(&stored).unwrap(), article, "it reads back as it was stored");
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn check_metadata(article: &Article) {
    let metadata = &article.metadata;
    for stated in [&metadata.headline, &metadata.source, &metadata.url].into_iter().flatten().chain(&metadata.credits) {
        assert!(!stated.value.trim().is_empty(), "{stated:?}");
        assert!(!stated.value.contains('\n'), "{stated:?}");
    }
    for moment in [&metadata.published, &metadata.modified, &metadata.saved].into_iter().flatten() {
        check_moment(moment.value);
    }
    if let Some(byline) = &metadata.byline {
        assert!(!byline.value.is_empty() && byline.value.iter().all(|person| !person.name.trim().is_empty()), "{byline:?}");
    }
    if let Some(language) = &metadata.language {
        let is_code = matches!(language.value.len(), 2 | 3) && language.value.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(is_code, "{language:?}");
    }
    assert!(metadata.language_confidence.is_none_or(|percent| (1..=100).contains(&percent)));
}

/// Checks that a moment reads back as it is written.
pub fn check_moment(moment: Moment) {
    let written = moment.to_string();
    assert_eq!(written.parse::<Moment>(), Ok(moment), "{written}");
}

fn check_body(body: &Body) {
    let text = body.text.as_str();
    let mut at = 0;
    for (number, paragraph) in body.paragraphs.iter().enumerate() {
        let start = if number == 0 { 0 } else { at + PARAGRAPH_BREAK.len() };
        assert_eq!(paragraph.start, start, "paragraphs follow each other");
        assert!(paragraph.end > paragraph.start && !text[paragraph.start..paragraph.end].contains('\n'), "{paragraph:?}");
        at = paragraph.end;
    }
    assert_eq!(at, text.len(), "paragraphs cover the text");
    check_passages(body);
    check_in_order("sentences", &sentences_of(text), text);
    keyed_sentences(text).into_iter().for_each(|sentence| assert!(!text[sentence.bytes].is_empty()));
    let set = shingles(text);
    let overlap = compare(&set, &set);
    assert_eq!((overlap.shared, overlap.a_total), (overlap.b_total, overlap.b_total), "a text resembles itself");
    let print = fingerprint(text);
    assert!(print.samples.is_sorted_by(|a, b| a < b), "samples rise");
    let edges = EdgeLines::of(body);
    assert!(edges.hashes().len() <= body.paragraphs.len(), "an edge for each line at the most");
    check_trim(body);
}

fn check_passages(body: &Body) {
    let passages = passage::split(body);
    let ranges: Vec<Range<usize>> = passages.iter().map(|passage| passage.start..passage.end).collect();
    check_in_order("passages", &ranges, &body.text);
    for passage in &passages {
        let within = |number: u32, at: usize| {
            let paragraph = &body.paragraphs[number as usize];
            (paragraph.start..paragraph.end).contains(&at)
        };
        assert!(within(passage.first_paragraph, passage.start) && within(passage.last_paragraph, passage.end - 1), "{passage:?}");
    }
}

/// Checks runs of a text: in order, without overlap, trimmed, and nothing but blanks between them.
pub fn check_in_order(what: &str, ranges: &[Range<usize>], text: &str) {
    let mut at = 0;
    for range in ranges {
        assert!(range.start >= at && range.end > range.start, "{what}: {range:?} after {at}");
        assert!(text[at..range.start].trim().is_empty(), "{what}: {:?} is left out", &text[at..range.start]);
        assert_eq!(text[range.clone()].trim(), &text[range.clone()], "{what}: blanks at the ends");
        at = range.end;
    }
    assert!(text[at..].trim().is_empty(), "{what}: {:?} is left out", &text[at..]);
}

fn check_trim(body: &Body) {
    let mut trimmed = body.clone();
    let away = trimmed.trim(Trim { above: 1, below: 1 });
    assert_eq!(&trimmed.untrimmed(&away), body, "what was left out can be put back");
}
