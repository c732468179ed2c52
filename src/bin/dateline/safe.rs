//! What of other people's text may be shown: the one place where it is decided which characters act instead of being seen.
//!
//! An article, and the name of a file, may hold what turns a terminal's colours, its title, the direction of writing, or what is there and not
//! seen. Outputs for reading leave that out ([`safe`]), outputs for programs write it as an escape of their own ([`escaped_json`]).

use std::borrow::Cow;

use dateline::{text, walk};

/// So many marks above and below one letter are shown. Vietnamese has two, Hebrew with its accents four, a Tibetan stack up to seven; a flood
/// of them covers the lines around.
const MARKS_MAX: usize = 8;

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It is shown as it is.
    Shown,
    /// It breaks a line: a blank is shown.
    Blank,
    /// It acts, or cannot be seen.
    Hidden,
    /// It stands for a byte of a name that is no text.
    Byte(u8),
}

/// Takes out of a text what acts on a terminal instead of being shown: control characters, what turns the direction of writing, what has no
/// width and joins nothing, floods of marks. A line break becomes a blank, a byte of a name that is no text four signs: `\xE9`.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_suspect) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    judge(text, &mut |c, verdict| match verdict {
        Verdict::Shown => out.push(c),
        Verdict::Blank => out.push(' '),
        Verdict::Hidden => {}
        Verdict::Byte(byte) => out.push_str(&format!("\\x{byte:02X}")),
    });
    Cow::Owned(out)
}

/// Writes what [`safe`] would take out or change of a JSON text as escapes, so that the values stay what they are.
pub fn escaped_json(text: String) -> String {
    if !text.contains(is_suspect) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    judge(&text, &mut |c, verdict| match verdict {
        Verdict::Shown => out.push(c),
        _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
    });
    out
}

/// Tells a character that never is shown as it is.
pub fn acts(c: char) -> bool {
    c.is_control() || (!c.is_ascii() && (is_invisible(c) || is_break(c) || walk::byte_of(c).is_some()))
}

/// Tells a character that is not shown, or only in some places.
fn is_suspect(c: char) -> bool {
    if c.is_ascii() { c.is_control() } else { acts(c) || is_joiner(c) || is_selector(c) || text::is_mark(c) }
}

fn is_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Tells what has no shape of its own in any text: what Unicode calls ignorable by default and controls of direction, but for joiners and
/// selectors, which have their places.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Tells the joiner and the non-joiner, which Sinhala and Persian are written with, and families of emoji.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Tells what selects a form of the character before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Goes through a text and says of each character what becomes of it.
fn judge(text: &str, take: &mut dyn FnMut(char, Verdict)) {
    let (mut before, mut marks) = (None, 0);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_mark = text::is_mark(c) || is_selector(c);
        let verdict = if let Some(byte) = walk::byte_of(c) {
            Verdict::Byte(byte)
        } else if is_break(c) {
            Verdict::Blank
        } else if acts(c) {
            Verdict::Hidden
        } else if is_joiner(c) {
            let is_inside = before.is_some_and(is_joined) && rest.peek().copied().is_some_and(is_joined);
            if is_inside { Verdict::Shown } else { Verdict::Hidden }
        } else if is_selector(c) && !before.is_some_and(|before| takes_selector(before, c)) || is_mark && marks >= MARKS_MAX {
            Verdict::Hidden
        } else {
            Verdict::Shown
        };
        if verdict != Verdict::Hidden {
            marks = if is_mark { marks + 1 } else { 0 };
            before = Some(c);
        }
        take(c, verdict);
    }
}

/// Tells a character that may stand beside a joiner.
fn is_joined(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !acts(c) && !is_joiner(c)
}

/// Tells whether a form of a character may be selected by another: of an ideograph by any, else by the few of the first block; keycaps are
/// made of digits.
fn takes_selector(before: char, selector: char) -> bool {
    let is_ideograph = matches!(before, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    match selector {
        '\u{e0100}'..='\u{e01ef}' => is_ideograph,
        _ => !is_selector(before) && !is_joiner(before) && (!before.is_ascii() || before.is_ascii_digit() || matches!(before, '#' | '*')),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_passes() {
        for (text, expected) in [
            ("plain – text", "plain – text"),
            ("a\u{1b}[31mb\u{7}c\u{202e}d\ne\u{9b}f", "a[31mbcd ef"),
            ("line\u{2028}par\u{2029}nel\u{85}tab\tend", "line par nel tab end"),
            ("ze\u{200b}ro\u{2060}wi\u{feff}dth\u{ad}", "zerowidth"),
            ("tag\u{e0041}\u{e007f}s \u{2066}iso\u{2069}", "tags iso"),
            ("a\u{200d}b", "ab"),
            ("ශ්\u{200d}රී", "ශ්\u{200d}රී"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("ශ්\u{200d}\u{200d}රී", "ශ්\u{200d}රී"),
            ("👩\u{200d}🚒 1\u{fe0f}\u{20e3} ☀\u{fe0f}\u{fe0f}", "👩\u{200d}🚒 1\u{fe0f}\u{20e3} ☀\u{fe0f}"),
            ("a\u{fe01}\u{e0101}", "a"),
            ("caf\u{10ffe9}.txt", "caf\\xE9.txt"),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
        assert_eq!(safe(&format!("e{}f", "\u{301}".repeat(500))), format!("e{}f", "\u{301}".repeat(MARKS_MAX)));
        assert!(matches!(safe("plain – text"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_values() {
        for text in
            ["a\u{9b}b\u{7f}\u{202e}c", "tag\u{e0041}", "caf\u{10ffe9}", &format!("e{}", "\u{301}".repeat(20)), "ශ්\u{200d}රී", "a\nb"]
        {
            let written = escaped_json(serde_json::Value::from(text).to_string());
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            assert_eq!(safe(&written), written, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_is_safe_stays_as_it_is(text in "(\\PC|[\u{0}-\u{20}\u{7f}-\u{9f}\u{ad}\u{200b}-\u{206f}\u{300}-\u{310}\u{fe00}-\u{fe0f}\u{e0000}-\u{e01ff}\u{10ff80}-\u{10ffff}])*") {
            let shown = safe(&text).into_owned();
            prop_assert!(!shown.contains(acts));
            let written = escaped_json(serde_json::Value::from(text.as_str()).to_string());
            prop_assert!(!written.contains(acts));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
