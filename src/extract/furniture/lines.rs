//! What can be measured of a line by itself: its length, its punctuation, its marks, and what its words say it is.

use crate::document::{RawBlock, Role};
use crate::extract::date::{self, Extent, Found};
use crate::extract::furniture::phrases::{self, Sense};
use crate::extract::furniture::site_words::{self, SiteWords};

/// A line of a dump with what was measured of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'t> {
    /// The line itself.
    pub text: &'t str,
    /// Tells that its format calls it a heading.
    pub is_heading: bool,
    /// Runs between blanks; of a script without blanks, two characters count as one.
    pub words: usize,
    /// Tells that it ends as a sentence does, closing quotes and brackets aside.
    pub ends_sentence: bool,
    /// Tells that a sentence ends inside it.
    pub has_inner_stop: bool,
    /// Tells that it has a comma inside.
    pub has_comma: bool,
    /// Tells that it has a colon.
    pub has_colon: bool,
    /// Tells that it has the sign of copyright.
    pub has_copyright: bool,
    /// Tells that it has an address of mail or of the web.
    pub has_address: bool,
    /// Characters that part entries of menus and trails: `|`, `»`, `›`, `•`.
    pub separators: usize,
    /// Digits.
    pub digits: usize,
    /// Characters that are no blanks.
    pub characters: usize,
    /// Words that start with a capital or a digit.
    pub capitals: usize,
    /// How it ends.
    pub ending: Ending,
    /// How it begins.
    pub beginning: Beginning,
    /// What its words say it is; only of short lines.
    pub sense: Option<Sense>,
    /// The date in it; only of short lines.
    pub date: Option<Found>,
    /// Tells that it is a time of day and nothing else.
    pub is_time: bool,
}

/// How a line ends, where it is not as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With a colon.
    Colon,
    /// Cut off: `…`, `...`, `[…]`.
    Ellipsis,
    /// With an arrow: `»`, `→`, `>`.
    Arrow,
    /// In any other way.
    Other,
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// With a bullet or an arrow.
    Bullet,
    /// With a small letter.
    Small,
    /// In any other way.
    Other,
}

/// Bytes up to which a line is looked at for dates and labels; bylines with dates and captions stay under it.
const SHORT_BYTES: usize = 220;
/// Words from which a line is text even without a full stop: headlines stay under it.
pub const LONG_WORDS: usize = 16;
/// Words from which a sentence is text and not a label.
pub const SENTENCE_WORDS: usize = 8;

/// Words of the longest time of day: hour, minutes, half of the day, a zone, and words that join them.
const TIME_WORDS: usize = 6;

impl Line<'_> {
    /// Tells a line that reads as text of an article.
    pub fn is_text(&self) -> bool {
        (self.ends_sentence && self.words >= SENTENCE_WORDS) || self.words >= LONG_WORDS
    }

    /// Counts the words in which sites speak of themselves; none in labels of one or two words.
    pub fn site_words(&self) -> SiteWords {
        if self.words > 2 { site_words::count(self.text) } else { SiteWords::default() }
    }

    /// Tells a line of capitals.
    pub fn is_upper_case(&self) -> bool {
        self.capitals > 0 && !self.text.contains(char::is_lowercase) && self.text.contains(char::is_uppercase)
    }

    /// Tells a line that is about dates and times only, and not the end of a sentence that was broken off before its date.
    pub fn is_date_only(&self) -> bool {
        let is_date = self.is_time || self.date.as_ref().is_some_and(|found| found.extent == Extent::Whole);
        is_date && (!self.ends_sentence || self.text.ends_with("m."))
    }
}

/// Measures a block.
pub fn measure(block: &RawBlock) -> Line<'_> {
    let text = block.text.as_str();
    let mut line = count(text);
    line.is_heading = block.role == Role::Heading;
    line.ends_sentence = ends_sentence(text);
    line.ending = ending(text);
    line.beginning = beginning(text);
    if text.len() <= SHORT_BYTES {
        line.has_address |= text.contains("www.");
        line.sense = phrases::sense(text);
        if line.digits > 0 {
            line.date = date::find(text);
            line.is_time = line.date.is_none() && line.digits <= 6 && line.words <= TIME_WORDS && date::is_time(text);
        }
    }
    line
}

fn count(text: &str) -> Line<'_> {
    let mut line = Line {
        text,
        is_heading: false,
        words: 0,
        ends_sentence: false,
        has_inner_stop: false,
        has_comma: false,
        has_colon: false,
        has_copyright: false,
        has_address: false,
        separators: 0,
        digits: 0,
        characters: 0,
        capitals: 0,
        ending: Ending::Other,
        beginning: Beginning::Other,
        sense: None,
        date: None,
        is_time: false,
    };
    let (mut before, mut unspaced) = (' ', 0);
    for c in text.chars() {
        if c.is_ascii_lowercase() {
            line.characters += 1;
            line.words += usize::from(before == ' ');
            before = c;
            continue;
        }
        if c == ' ' {
            line.has_inner_stop |= matches!(before, '.' | '!' | '?');
            line.has_comma |= before == ',';
            before = c;
            continue;
        }
        line.characters += 1;
        if before == ' ' {
            line.words += 1;
            line.capitals += usize::from(c.is_ascii_uppercase() || c.is_ascii_digit() || (!c.is_ascii() && c.is_uppercase()));
        }
        if c.is_ascii_digit() {
            line.digits += 1;
        } else if c == ':' {
            line.has_colon = true;
        } else if c == '@' || (c == '/' && before == ':') {
            line.has_address = true;
        } else if c == '©' {
            line.has_copyright = true;
        } else if matches!(c, '|' | '»' | '«' | '›' | '•' | '·' | '→' | '←' | '↑' | '►' | '▶' | '■' | '>' | '<' | '#') {
            line.separators += 1;
        } else if is_unspaced(c) {
            unspaced += 1;
            line.has_comma |= matches!(c, '、' | '，');
            line.has_inner_stop |= c == '。';
        }
        before = c;
    }
    line.words += unspaced / 2;
    line
}

/// Tells characters of Chinese and Japanese, which are written without blanks.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3001..=0x30ff | 0x3400..=0x9fff | 0xff01..=0xff5e)
}

fn ends_sentence(text: &str) -> bool {
    if stops(text) {
        return true;
    }
    // What follows the stop in brackets, an agency or a place and a date, belongs to the sentence.
    text.strip_suffix([')', ']']).and_then(|open| open.rsplit_once(['(', '['])).is_some_and(|(before, _)| stops(before.trim_end()))
}

/// Tells a text that ends with a full stop or its like, closing quotes and brackets aside, and is not cut off.
fn stops(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '“', '»', '«', ')', ']', '›', '‘', '』', '」']);
    !bare.ends_with("...") && bare.ends_with(['.', '!', '?', '。', '！', '？', '।', '؟', '።'])
}

fn ending(text: &str) -> Ending {
    let bare = text.trim_end_matches([']', ')', ' ']);
    if bare.ends_with(':') {
        Ending::Colon
    } else if bare.ends_with("...") || bare.ends_with('…') {
        Ending::Ellipsis
    } else if text.ends_with(['»', '→', '>', '›', '►', '▶']) && !text.contains(['«', '‹']) {
        Ending::Arrow
    } else {
        Ending::Other
    }
}

fn beginning(text: &str) -> Beginning {
    match text.chars().next() {
        Some('•' | '·' | '►' | '▶' | '»' | '›' | '>' | '→' | '←' | '<' | '«' | '*' | '|' | '■') => Beginning::Bullet,
        Some(c) if c.is_lowercase() => Beginning::Small,
        _ => Beginning::Other,
    }
}
