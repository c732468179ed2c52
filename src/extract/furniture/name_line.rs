//! The author on a line of its own below the headline, without a word such as `by`: the lines of a page go in, an index comes out.
//!
//! A name has no form of its own: sections and links of two words in capitals look the same. So a date has to stand next to it, and none of
//! its words may be written small anywhere on the page, as those of labels mostly are. Of the dumps of 990 web pages 70 have such a line; where
//! the author is known, it is right in nine of ten.

use crate::extract::furniture::lines::Line;
use crate::extract::furniture::rules::Reason;

/// Lines below the headline in which a banner stands.
const LINES_BELOW: usize = 6;
/// Lines from a name to the date of its banner.
const LINES_TO_DATE: usize = 2;
/// Words of a name, first and last.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// Small words inside names.
const PARTICLES: [&str; 23] = [
    "von", "van", "de", "der", "den", "da", "di", "del", "della", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu",
    "af", "y", "av",
];

/// Finds the line below the headline that is the author's name alone, if there is one.
pub fn find(lines: &[Line<'_>], reasons: &[Option<Reason>], headline: usize) -> Option<usize> {
    let below = headline + 1..lines.len().min(headline + 1 + LINES_BELOW);
    let is_free = |at: &usize| reasons[*at].is_none() && lines[*at].sense.is_none() && lines[*at].site_words().roles == 0;
    let has_date = |at: &usize| {
        let around = at.saturating_sub(LINES_TO_DATE).max(headline + 1)..lines.len().min(at + LINES_TO_DATE + 1);
        around.into_iter().any(|other| other != *at && lines[other].date.is_some())
    };
    let may_be = |at: &usize| is_name(&lines[*at]) && is_free(at) && has_date(at);
    below.into_iter().find(|at| may_be(at) && !has_common_words(lines, *at))
}

fn is_name(line: &Line<'_>) -> bool {
    let words = || line.text.split(' ');
    let is_spelled = |word: &str| {
        let is_plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let is_shouted = word.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.contains(char::is_lowercase);
        word.starts_with(char::is_uppercase) && is_plain && !is_shouted
    };
    let is_particle = |(at, word): (usize, &str)| at > 0 && at + 1 < line.words && PARTICLES.contains(&word);
    NAME_WORDS.contains(&line.words)
        && line.capitals >= 2
        && !line.text.ends_with('.')
        && words().enumerate().all(|(at, word)| is_particle((at, word)) || is_spelled(word))
}

/// Tells whether a word of a line is written small somewhere on the page.
fn has_common_words(lines: &[Line<'_>], at: usize) -> bool {
    let parts = |text: &'_ str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let small: Vec<String> = parts(lines[at].text)
        .into_iter()
        .filter(|word| !PARTICLES.contains(&word.as_str()) && word.chars().count() > 1)
        .map(|word| word.to_lowercase())
        .collect();
    let words = lines.iter().flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric()));
    words.into_iter().any(|word| small.iter().any(|small| small == word))
}
