//! What is concluded from a single line or paragraph: words, sentences, names, credits, languages, outlets.

use dateline::article::PARAGRAPH_BREAK;
use dateline::extract::{agencies, banner, byline, credits, date, dateline as datelines, furniture, language, source};
use dateline::search::{ArticleKey, GroupId};
use dateline::{mojibake, sentence, text};

use crate::fuzzed::articles::{check_in_order, check_moment};

/// A line.
pub fn line(bytes: &[u8]) {
    let line = String::from_utf8_lossy(bytes);
    check_words(&line);
    for paragraph in line.split(PARAGRAPH_BREAK) {
        check_in_order("sentences", &sentence::sentences(paragraph), paragraph);
    }
    check_names(&line);
    assert!(mojibake::repaired(&line).len() <= line.len().max(3 * line.chars().count()), "repairing makes a text no longer");
    if let Some(found) = mojibake::find(&line) {
        assert!(!line[found.first.clone()].is_empty() && found.misread + found.lost > 0, "{found:?}");
    }
    check_keys(&line);
}

fn check_words(line: &str) {
    let mut at = 0;
    for (start, word) in text::words(line) {
        assert!(start >= at && !word.is_empty() && line[start..].starts_with(word), "{word:?} at {start} after {at}");
        at = start + word.len();
        let folded = text::folded(word);
        assert!(!folded.contains(char::is_whitespace), "{word:?} folds to {folded:?}");
    }
}

fn check_names(line: &str) {
    let found = date::find(line);
    let lines = [banner::byline(line, found.as_ref()), banner::signature(line), banner::names_alone(line)];
    for byline in lines.into_iter().flatten() {
        assert!(!byline.people.is_empty() && byline.people.iter().all(|person| !person.trim().is_empty()), "{byline:?}");
    }
    for person in byline::read(line).people {
        assert!(!person.name.trim().is_empty() && person.role.as_ref().is_none_or(|role| !role.trim().is_empty()), "{person:?}");
    }
    assert!(line.contains(byline::without_opening(line)));
    let names = [banner::masthead(line), banner::imprint(line), banner::nameplate(line), source::name(line), source::folder(line)];
    assert!(names.iter().flatten().all(|name| !name.trim().is_empty()), "{names:?}");
    if let Some(host) = source::host(line) {
        assert!(host.ends_with(source::registered(&host)), "{host}");
    }
    let _ =
        (banner::is_lone_label(line), furniture::is_page_label(line), agencies::named(line), agencies::list(line), agencies::within(line));
    assert!(credits::find(line).iter().all(|name| !name.is_empty()));
    datelines::read(line).and_then(|opening| opening.day).into_iter().for_each(check_moment);
    for code in [language::code(line), language::detect(line).map(|found| found.code)].into_iter().flatten() {
        assert!(matches!(code.len(), 2 | 3), "{code}");
    }
}

fn check_keys(line: &str) {
    if let Some(key) = ArticleKey::read(line) {
        assert_eq!(ArticleKey::read(&key.to_string()).as_ref(), Some(&key), "a key reads back");
    }
    if let Some(range) = GroupId::range_of(line) {
        assert!(range.start() <= range.end());
    }
}
