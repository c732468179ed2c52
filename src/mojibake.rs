//! A text in; the places out where it was decoded wrongly: `Ã¼` for ü, `â€™` for ’, `Ð¿Ñ€` for пр, `\u{fffd}` for what is lost.
//!
//! Mojibake is what a text in UTF-8 becomes when its bytes are read as an encoding of one byte a letter. A letter beyond ASCII
//! then shows as a *run*: a sign for its first byte and one for each further byte. Runs are looked for as windows-1252,
//! windows-1251, windows-1250 and Mac OS Roman show them. Sound text has such pairs by chance: a capital before a closing quote
//! (`CAFÉ”`, `Spaß“`), a word before a guillemet (`là »`), so a pair counts only where nothing but a mistake explains it.
//!
//! Left out: text decoded wrongly more than once, and encodings of several bytes read as each other.

mod repair;
mod western;

use std::ops::Range;

use self::western::western_byte;

pub use self::repair::repaired;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mojibake {
    /// How many places show letters for bytes.
    pub misread: usize,
    /// How many characters stand for what could not be decoded.
    pub lost: usize,
    /// The first such place, as bytes of the text.
    pub first: Range<usize>,
}

/// Finds where a text was decoded wrongly; `None` if nowhere.
pub fn find(text: &str) -> Option<Mojibake> {
    let mut found = Mojibake { misread: 0, lost: 0, first: 0..0 };
    let mut at = 0;
    while let Some(start) = beyond_ascii(text.as_bytes(), at) {
        // A stretch beyond ASCII, with the two characters before it and the one after.
        let before = text[..start].chars().next_back();
        at = start + text[start..].find(|c: char| c.is_ascii()).unwrap_or(text.len() - start);
        let after = text[at..].chars().next();
        examine(&text[start..at], start, Beside { before, after }, &mut found);
    }
    (found.misread + found.lost > 0).then_some(found)
}

/// Returns the first byte beyond ASCII from a place on.
fn beyond_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    const STEP: usize = 32;
    while let Some(step) = bytes.get(at..at + STEP) {
        if !step.is_ascii() {
            break;
        }
        at += STEP;
    }
    bytes.get(at..)?.iter().position(|byte| !byte.is_ascii()).map(|place| at + place)
}

/// The characters beside a stretch.
#[derive(Clone, Copy)]
struct Beside {
    before: Option<char>,
    after: Option<char>,
}

impl Mojibake {
    fn count(&mut self, misread: usize, place: Range<usize>) {
        if self.misread + self.lost == 0 {
            self.first = place;
        }
        self.misread += misread;
    }
}

fn examine(stretch: &str, start: usize, beside: Beside, found: &mut Mojibake) {
    let first = stretch.chars().next().unwrap_or_default();
    // Most stretches are one quotation mark or one letter with a mark.
    if stretch.len() == first.len_utf8() {
        let is_split = matches!(first, 'Ã' | 'Â') && beside.before.is_some_and(|c| c.is_ascii_lowercase()) && beside.after == Some(' ');
        if is_split {
            found.count(1, start..start + stretch.len());
        }
    } else {
        western(stretch, start, beside, found);
        cyrillic(stretch, start, found);
        literal(stretch, start, found);
    }
    for (at, _) in stretch.match_indices('\u{fffd}') {
        if found.misread + found.lost == 0 {
            found.first = start + at..start + at + '\u{fffd}'.len_utf8();
        }
        found.lost += 1;
    }
}

/// Tells the signs that sound text has after a letter: quotation marks, dashes, dots, a blank, a mark of trade, a raised figure.
fn is_usual_after_letter(byte: u8) -> bool {
    matches!(byte, 0x80 | 0x82 | 0x84..=0x87 | 0x89 | 0x8b | 0x91..=0x97 | 0x99 | 0x9b | 0xa0 | 0xab | 0xad | 0xae | 0xb0..=0xb4 | 0xb7..=0xb9 | 0xbb | 0xbf)
}

/// Letters that sound text has after a capital: Š and Ž, Œ and the like, as in VÝŠKA.
fn is_letter(byte: u8) -> bool {
    matches!(byte, 0x83 | 0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f | 0xaa | 0xb5 | 0xba)
}

/// One letter's run of signs.
struct Run {
    /// The byte that its first sign stands for.
    lead: u8,
    /// The bytes of the others.
    rest: [u8; 3],
    /// How many others there are.
    rest_len: usize,
    at: Range<usize>,
    before: Option<char>,
}

impl Run {
    /// Tells whether only a mistake explains the run, whatever stands around it.
    fn is_clear(&self) -> bool {
        let rest = &self.rest[..self.rest_len];
        let is_unusual = rest.iter().any(|byte| !is_usual_after_letter(*byte));
        match self.lead {
            0xc2 => {
                (rest[0] == 0xa0 && self.before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
                    || is_unusual && !is_letter(rest[0]) && rest[0] > 0xa0
            }
            0xc3 => is_unusual || self.is_inside_word(),
            // Dashes, quotation marks, the euro sign, arrows, marks of lists.
            0xe2 => rest[0] == 0x80 || (rest[0] == 0x82 && rest.get(1) == Some(&0xac)) || (is_unusual && !is_letter(rest[0])),
            0xc4..=0xde => self.is_inside_word() && !is_letter(rest[0]),
            _ => false,
        }
    }

    /// Tells whether a small letter stands before it: no sound word goes on with a capital and a sign.
    fn is_inside_word(&self) -> bool {
        self.before.is_some_and(|c| c.is_ascii_lowercase())
    }

    fn is_weak(&self) -> bool {
        self.rest[..self.rest_len].iter().all(|byte| is_usual_after_letter(*byte) || is_letter(*byte))
    }
}

fn western(stretch: &str, start: usize, beside: Beside, found: &mut Mojibake) {
    let mut row: Vec<Run> = Vec::new();
    let mut at = 0;
    let mut before = beside.before;
    while let Some(c) = stretch[at..].chars().next() {
        match run_at(stretch, at) {
            Some(run) => {
                let run = Run { at: start + run.at.start..start + run.at.end, before, ..run };
                at = run.at.end - start;
                row.push(run);
                before = stretch[..at].chars().next_back();
            }
            None => {
                settle(&mut row, found);
                at += c.len_utf8();
                before = Some(c);
            }
        }
    }
    settle(&mut row, found);
}

/// Reads a run at a place: a sign for the first byte of a letter in UTF-8, and as many for further bytes as it needs.
fn run_at(stretch: &str, at: usize) -> Option<Run> {
    let mut signs = stretch[at..].chars();
    let first = signs.next()?;
    let lead = western_byte(first)?;
    let rest_len = match lead {
        0xc2..=0xdf => 1,
        0xe0..=0xef => 2,
        0xf0..=0xf4 => 3,
        _ => return None,
    };
    let mut rest = [0; 3];
    let mut end = at + first.len_utf8();
    for byte in rest.iter_mut().take(rest_len) {
        let sign = signs.next()?;
        *byte = western_byte(sign).filter(|byte| (0x80..=0xbf).contains(byte))?;
        end += sign.len_utf8();
    }
    Some(Run { lead, rest, rest_len, at: at..end, before: None })
}

/// Counts the runs of a row: those that are clear, and all of several side by side, if one has a sign that no sound text has there
/// or all are Cyrillic.
fn settle(row: &mut Vec<Run>, found: &mut Mojibake) {
    let is_row = row.len() > 1 && (row.iter().any(|run| !run.is_weak()) || row.iter().all(|run| matches!(run.lead, 0xd0 | 0xd1)));
    for run in row.drain(..) {
        if is_row || run.is_clear() {
            found.count(1, run.at);
        }
    }
}

/// So many letters in a row are no chance: a Ukrainian word in capitals may have two.
const CYRILLIC_ROW_MIN: usize = 3;

/// Finds Cyrillic text that was read as windows-1251, where each letter shows as Р or С with another sign.
fn cyrillic(stretch: &str, start: usize, found: &mut Mojibake) {
    if !stretch.contains(['Р', 'С']) {
        return;
    }
    let is_rest = |c: char| {
        matches!(c, 'Ђ' | 'Ѓ' | 'ѓ' | 'Љ' | 'Њ' | 'Ќ' | 'Ћ' | 'Џ' | 'ђ' | 'љ' | 'њ' | 'ќ' | 'ћ' | 'џ' | 'Ў' | 'ў' | 'Ј' | 'Ґ' | 'Ё' | 'Є')
            || matches!(
                c,
                'Ї' | 'І'
                    | 'і'
                    | 'ґ'
                    | 'ё'
                    | '№'
                    | 'є'
                    | 'ј'
                    | 'Ѕ'
                    | 'ѕ'
                    | 'ї'
                    | '‚'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | '€'
                    | '‰'
                    | '‹'
            )
            || matches!(c, '‘' | '’' | '“' | '”' | '•' | '–' | '—' | '™' | '›' | '\u{98}' | '\u{a0}' | '¤' | '¦'..='©' | '«'..='®' | '°' | '±')
            || matches!(c, 'µ'..='·' | '»')
    };
    let (mut row, mut row_at) = (0, 0);
    let mut signs = stretch.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let is_run = matches!(c, 'Р' | 'С') && signs.next_if(|(_, rest)| is_rest(*rest)).is_some();
        if is_run {
            row_at = if row == 0 { at } else { row_at };
            row += 1;
        }
        if row >= CYRILLIC_ROW_MIN && (!is_run || signs.peek().is_none()) {
            let end = signs.peek().map_or(stretch.len(), |(end, _)| *end);
            found.count(row, start + row_at..start + end);
        }
        if !is_run {
            row = 0;
        }
    }
}

/// What single letters and marks become in encodings that are not searched in general: a dash or quotation mark in
/// windows-1251 and Mac OS Roman, letters with marks in windows-1250 and Mac OS Roman.
const LITERAL: [&str; 26] = [
    "вЂ™", "вЂњ", "вЂќ", "вЂ“", "вЂ”", "вЂ¦", "‚Äô", "‚Äú", "‚Äù", "‚Äì", "‚Äî", "‚Äò", "‚Ä¶", "√©", "√º", "√∂", "√§", "√±", "√≥", "Ă©",
    "Ă¤", "Ă¶", "ĂĽ", "Ăł", "Ăˇ", "Ă\u{ad}",
];

fn literal(stretch: &str, start: usize, found: &mut Mojibake) {
    for shown in LITERAL {
        for (at, _) in stretch.match_indices(shown) {
            found.count(1, start + at..start + at + shown.len());
        }
    }
}

#[cfg(test)]
mod tests;
