//! Sentences of a paragraph: its text goes in, byte ranges in order come out.
//!
//! A *stop* is a mark that can end a sentence, with the stops that follow it and the quotes and brackets that close after it. A
//! stop ends the sentence unless the next word is in lower case, the stop belongs to an abbreviation or an initial, or it is
//! part of a number. An *opener* is a word that usually begins a sentence (`The`, `Er`, `В`); it decides where an abbreviation
//! such as `U.S.` may or may not end one. No language is asked for: the tables of all languages are tried together.
//!
//! Left out on purpose: sentences without a blank between them (`end.Next`), which are not told from addresses and file names.

mod table;

use std::ops::Range;

use crate::sentence::table::Abbreviation;

/// Returns the sentences of a paragraph as byte ranges, in order; blank text gives none.
///
/// They do not overlap, begin and end without white space, and between them is nothing but white space.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(text.len() / 100 + 1);
    let mut start = 0;
    let mut at = 0;
    while let Some(stop) = next_stop(text, at) {
        at = stop.end;
        if ends_sentence(text, start, &stop) {
            push_trimmed(text, start..stop.end, &mut found);
            start = stop.end;
        }
    }
    push_trimmed(text, start..text.len(), &mut found);
    found
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let slice = &text[range.clone()];
    let trimmed = slice.trim_start();
    let start = range.end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

/// A run of stops with what closes after it.
struct Stop {
    start: usize,
    end: usize,
    kind: StopKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StopKind {
    /// One ASCII full stop, which can also belong to an abbreviation or a number.
    Point,
    /// Other stops that need a blank after them: `?`, `!`, `…` and runs.
    Spaced,
    /// Stops of scripts in which no blank need follow: `。`, `।`, `؟`.
    Hard,
}

/// Marks the bytes that can begin a stop, so that all others are passed over by one look-up.
const STOP_LEADS: [bool; 256] = {
    let mut leads = [false; 256];
    let bytes = b".?!\xd6\xd8\xdb\xe0\xe1\xe2\xe3\xef";
    let mut at = 0;
    while at < bytes.len() {
        leads[bytes[at] as usize] = true;
        at += 1;
    }
    leads
};

/// Returns the kind of stop that stands at a byte, with its length.
#[inline]
fn stop_at(bytes: &[u8], at: usize) -> Option<(StopKind, usize)> {
    match bytes[at] {
        b'.' => Some((StopKind::Point, 1)),
        b'?' | b'!' => Some((StopKind::Spaced, 1)),
        lead if lead < 0x80 || !STOP_LEADS[usize::from(lead)] => None,
        _ => match &bytes[at..bytes.len().min(at + 3)] {
            // Arabic question mark, Urdu full stop, Armenian full stop.
            [0xd8, 0x9f, ..] | [0xdb, 0x94, ..] | [0xd6, 0x89, ..] => Some((StopKind::Hard, 2)),
            // The ellipsis, the doubled marks.
            [0xe2, 0x80, 0xa6 | 0xbc] | [0xe2, 0x81, 0x87..=0x89] => Some((StopKind::Spaced, 3)),
            // Danda and double danda; Burmese, Ethiopic and Khmer full stops; ideographic and full-width stops.
            [0xe0, 0xa5, 0xa4 | 0xa5]
            | [0xe1, 0x81, 0x8b]
            | [0xe1, 0x8d, 0xa2]
            | [0xe1, 0x9f, 0x94]
            | [0xe3, 0x80, 0x82]
            | [0xef, 0xbc, 0x81 | 0x8e | 0x9f]
            | [0xef, 0xbd, 0xa1] => Some((StopKind::Hard, 3)),
            _ => None,
        },
    }
}

fn next_stop(text: &str, from: usize) -> Option<Stop> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|byte| STOP_LEADS[usize::from(*byte)])?;
        if let Some((kind, len_bytes)) = stop_at(bytes, at) {
            return Some(whole_stop(text, at, kind, len_bytes));
        }
        at += 1;
    }
}

/// Takes in the stops that follow the first one, then what closes after them.
fn whole_stop(text: &str, start: usize, first: StopKind, len_bytes: usize) -> Stop {
    let bytes = text.as_bytes();
    let (mut end, mut kind) = (start + len_bytes, first);
    while end < bytes.len()
        && let Some((next, len_bytes)) = stop_at(bytes, end)
    {
        kind = if kind == StopKind::Hard || next == StopKind::Hard { StopKind::Hard } else { StopKind::Spaced };
        end += len_bytes;
    }
    if bytes.get(end) != Some(&b' ') {
        end += text[end..].chars().take_while(|c| closes(*c)).map(char::len_utf8).sum::<usize>();
    }
    // French sets a blank before the closing guillemet; German opens with it and then no blank follows.
    let rest = &text[end..];
    let after = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if let Some(beyond) = after.strip_prefix('»')
        && after.len() < rest.len()
        && beyond.chars().next().is_none_or(char::is_whitespace)
    {
        end = text.len() - beyond.len();
    }
    Stop { start, end, kind }
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '›' | ')' | ']' | '}' | '」' | '』' | '）' | '】' | '》' | '〉' | '*')
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '(' | '[' | '{' | '-' | '–' | '—' | '•' | '*' | '¿' | '¡')
}

fn ends_sentence(text: &str, sentence_start: usize, stop: &Stop) -> bool {
    let rest = &text[stop.end..];
    if stop.kind == StopKind::Hard {
        // A Japanese quotation goes on with its particle.
        return !(text[..stop.end].ends_with(['」', '』']) && rest.starts_with(['と', 'っ']));
    }
    let Some(first) = rest.chars().next() else { return true };
    if !first.is_whitespace() {
        return false;
    }
    let next = rest.trim_start().trim_start_matches(|c: char| opens(c) || c.is_whitespace());
    let mut following = next.chars();
    let Some(initial) = following.next() else { return true };
    if initial.is_lowercase() && !following.next().is_some_and(char::is_uppercase) {
        return false;
    }
    if matches!(initial, ',' | ';' | ':' | '.' | '?' | '!' | '…' | ')' | ']' | '/' | '%') {
        return false;
    }
    stop.kind != StopKind::Point || point_ends_sentence(text, sentence_start, stop.start, next)
}

/// The longest run of bytes before a full stop that can be an abbreviation: `М.В.Ломоносов` is none, `В.В.` is.
const MAX_ABBREVIATION_BYTES: usize = 16;

/// Decides on one full stop at `point`, with a blank after it and the text `next` behind that.
fn point_ends_sentence(text: &str, sentence_start: usize, point: usize, next: &str) -> bool {
    let before = &text[sentence_start..point];
    let Some(token) = last_token(before) else { return true };
    let earlier = &before[..before.len() - token.len()];
    let follows_number = earlier.trim_end().ends_with(|c: char| c.is_ascii_digit());
    if token.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_list_mark = token.len() <= 2 && earlier.trim_start_matches(opens).trim().is_empty();
        let is_ordinal = token.len() <= 2 && table::follows_ordinal(first_word(next));
        return !is_list_mark && !is_ordinal;
    }
    let next_is_digit = next.starts_with(|c: char| c.is_ascii_digit() || c == '№');
    match table::abbreviation(token) {
        Some(Abbreviation::BeforeName) => return false,
        Some(Abbreviation::BeforeNumber) => return !next_is_digit,
        Some(Abbreviation::Anywhere) => return !next_is_digit && begins_with_opener(next),
        Some(Abbreviation::AfterNumber) => return follows_number && !next_is_digit,
        None => {}
    }
    let mut letters = token.chars();
    let is_single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let is_acronym = token.contains('.') && token.split('.').all(|part| part.chars().nth(2).is_none());
    !(is_single || is_acronym) || begins_with_opener(next)
}

/// Returns what stands between the last blank or opening mark and the stop; `None` if it is too long for an abbreviation.
fn last_token(before: &str) -> Option<&str> {
    let bytes = before.as_bytes();
    let floor = bytes.len().saturating_sub(MAX_ABBREVIATION_BYTES + 1);
    let mut at = bytes.len();
    while at > floor && bytes[at - 1] > b' ' && !matches!(bytes[at - 1], b'(' | b'[' | b'"' | b'/') {
        at -= 1;
    }
    if at == floor && floor > 0 {
        return None;
    }
    // Both the no-break space and the curly quotes end in a byte above 0x7f, so they are looked for as characters.
    let token = before.get(at..)?;
    let token = token.rsplit(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '„' | '«' | '‘' | '—' | '–')).next()?;
    (!token.is_empty()).then_some(token)
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// Tells whether a text begins with a word that usually begins a sentence; an initial does not, though `A` does.
fn begins_with_opener(text: &str) -> bool {
    let word = first_word(text);
    !text[word.len()..].starts_with('.') && table::is_opener(word)
}

#[cfg(test)]
mod tests;
