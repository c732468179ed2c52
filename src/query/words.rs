//! The words of a piece of a query, each with its form.

use crate::query::ast::{Form, Word};
use crate::query::pattern;
use crate::text;

/// A piece with more marks before combining letters is no writing: what comes after them is left out.
const LEADING_MARKS_MAX: usize = 64;

/// Returns the words of a run, all in one form; nothing in it is a sign.
pub(super) fn words_of(run: &str, form: Form) -> Vec<Word> {
    // Segmentation takes the narrow no-break space for a part of words; nobody types it as one.
    let bare = run.split_whitespace().flat_map(bare_words);
    bare.map(|word| Word { text: word.to_owned(), match_form: form }).collect()
}

/// Returns the words of a piece without the marks that they begin with.
///
/// A mark before a combining letter makes one word with it in Unicode segmentation; the mark is left out, since it could be a quote.
/// Without it other words may begin, and these with a mark.
fn bare_words(piece: &str) -> Vec<&str> {
    let (mut rest, mut words) = (piece, Vec::new());
    for _ in 0..=LEADING_MARKS_MAX {
        let mut behind_mark = None;
        for (at, word) in text::words(rest) {
            let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
            if bare.len() < word.len() {
                behind_mark = Some(at + word.len() - bare.len());
                break;
            }
            words.push(word);
        }
        let Some(at) = behind_mark else { break };
        rest = &rest[at..];
    }
    words
}

/// Returns the words of a run as typed: with wildcards they are patterns, the last one before a tilde is fuzzy.
pub(super) fn typed_words(run: &str) -> Vec<Word> {
    let tilde = run.trim_end_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '~' | '*' | '_')).strip_suffix('~');
    let fuzzy = tilde.filter(|before| before.ends_with(char::is_alphanumeric));
    let run = fuzzy.unwrap_or(run);
    if fuzzy.is_none() && !pattern::has_wildcard(run) {
        return words_of(run, Form::Stemmed);
    }
    let segmented = run.split_whitespace().flat_map(pattern::words);
    let is_kept = |c: char| c.is_alphanumeric() || matches!(c, '_' | '*' | '?');
    let bare = segmented.flat_map(|word| pattern::words(word.trim_start_matches(|c: char| !is_kept(c))));
    let mut words: Vec<Word> = bare.flat_map(typed).collect();
    if let (Some(_), Some(last)) = (fuzzy, words.last_mut())
        && last.match_form == Form::Stemmed
    {
        last.match_form = Form::Fuzzy;
    }
    words
}

/// Returns a pattern, or what is in a piece without wildcards: a question mark that was one may have joined more than a word.
fn typed(piece: String) -> Vec<Word> {
    if pattern::has_wildcard(&piece) { vec![Word { text: piece, match_form: Form::Pattern }] } else { words_of(&piece, Form::Stemmed) }
}

/// Returns the words of a quoted phrase; those of a stretch that begins with `=` are exact.
pub(super) fn phrase_words(content: &str) -> Vec<Word> {
    let stretches = content.split_whitespace();
    stretches.flat_map(|run| if run.starts_with('=') { words_of(run, Form::Exact) } else { typed_words(run) }).collect()
}

/// Tells a pattern that nearly every word fits.
pub(super) fn stands_for_too_much(word: &Word) -> bool {
    word.match_form == Form::Pattern && !pattern::is_narrow(&word.text)
}

/// Tells whether a text has a letter or digit, and so a word.
pub(super) fn has_word(text: &str) -> bool {
    text::words(text).next().is_some()
}
