//! What output goes to: how wide it is, whether it shows colours. What is styled here is made safe before.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use console::Term;

use crate::links::{Hyperlinks, Links};

pub use crate::safe::{acts, safe};

/// Columns where the output is not a terminal.
const WIDTH_ELSEWHERE: usize = 80;

/// The widest text that is comfortable to read; a wider terminal is not filled.
const WIDTH_MAX: usize = 100;

/// The narrowest width that is laid out for; a narrower terminal breaks lines itself.
const WIDTH_MIN: usize = 16;

/// What output goes to.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    width: usize,
    has_colour: bool,
    is_terminal: bool,
    links: Links,
}

/// How a piece of text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Text as it is.
    Plain,
    /// A headline.
    Headline,
    /// A match.
    Match,
    /// What matters less.
    Quiet,
    /// A number or a name to look up.
    Label,
    /// What one should look at.
    Attention,
    /// What is gone.
    Removed,
    /// What has come.
    Added,
}

/// When colours are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Screen {
    /// Looks at the standard output.
    pub fn of_stdout(colour: Colour) -> Self {
        Self::of(&Term::stdout(), colour)
    }

    /// Looks at the standard error; it is never coloured.
    pub fn of_stderr() -> Self {
        Self::of(&Term::stderr(), Colour::Never)
    }

    fn of(terminal: &Term, colour: Colour) -> Self {
        let stated = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
        let width = match terminal.size_checked() {
            Some((_, columns)) if terminal.is_term() && columns > 0 => usize::from(columns),
            _ => stated.unwrap_or(WIDTH_ELSEWHERE),
        };
        let is_plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let has_colour = match colour {
            Colour::Auto => terminal.is_term() && !is_plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        Screen { width: width.clamp(WIDTH_MIN, WIDTH_MAX), has_colour, is_terminal: terminal.is_term(), links: Links::Plain }
    }

    /// Makes paths links, as is asked for.
    #[must_use]
    pub fn with_links(self, hyperlinks: Hyperlinks) -> Self {
        Screen { links: hyperlinks.decide(|| self.is_terminal && self.has_colour), ..self }
    }

    /// Returns a text, made safe, as a link to a file where links are written.
    pub fn linked(&self, text: &str, file: &Path) -> String {
        self.links.linked(&safe(text), file)
    }

    /// Returns how many columns text may take.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Tells whether a person reads along, so that nothing may act on the terminal.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Makes a piece of text stand out, where colours are shown.
    pub fn styled<'t>(&self, text: &'t str, style: Style) -> Cow<'t, str> {
        if !self.has_colour || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let code = match style {
            Style::Plain => return Cow::Borrowed(text),
            Style::Headline => "1",
            Style::Match => "1;33",
            Style::Quiet => "2",
            Style::Label => "36",
            Style::Attention => "31",
            Style::Removed => "9;31",
            Style::Added => "32",
        };
        Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m"))
    }

    /// Returns a headline, made safe, with ranges of its bytes marked where colours are shown.
    pub fn marked_headline(&self, text: &str, marks: &[Range<usize>]) -> String {
        if !self.has_colour {
            return safe(text).into_owned();
        }
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for mark in marks {
            let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
            out.push_str(&self.styled(&safe(before), Style::Headline));
            out.push_str(&self.styled(&safe(inside), Style::Match));
            at = mark.end;
        }
        out.push_str(&self.styled(&safe(text.get(at..).unwrap_or_default()), Style::Headline));
        out
    }

    /// Returns words that are gone or have come, made safe: coloured one by one, so that no line break falls into a colour, or in
    /// `[-brackets-]` and `{+braces+}` where there are no colours. The white space around them stays as it is.
    pub fn changed(&self, text: &str, style: Style) -> String {
        let text = safe(text);
        let inside = text.trim();
        let (before, after) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
        if inside.is_empty() {
            return text.into_owned();
        }
        if self.has_colour {
            let words: Vec<Cow<str>> = inside.split(' ').map(|word| self.styled(word, style)).collect();
            return format!("{before}{}{after}", words.join(" "));
        }
        let (open, close) = if style == Style::Removed { ("[-", "-]") } else { ("{+", "+}") };
        format!("{before}{open}{inside}{close}{after}")
    }

    /// Returns a text, made safe, with ranges of its bytes marked: by colour, or as `*word*` where there is none.
    pub fn marked(&self, text: &str, marks: &[Range<usize>]) -> String {
        let mut out = String::with_capacity(text.len() + marks.len() * 8);
        let mut at = 0;
        for mark in marks {
            let (Some(before), Some(inside)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
            out.push_str(&safe(before));
            let inside = safe(inside);
            if self.has_colour {
                out.push_str(&self.styled(&inside, Style::Match));
            } else {
                out.push_str(&format!("*{inside}*"));
            }
            at = mark.end;
        }
        out.push_str(&safe(text.get(at..).unwrap_or_default()));
        out
    }

    /// Breaks a text into lines that fit, each after an indent; marks in it do not count as columns.
    pub fn wrapped(&self, text: &str, indent: &str) -> Vec<String> {
        let options = textwrap::Options::new(self.width)
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(text, options).into_iter().map(Cow::into_owned).collect()
    }
}

/// Returns how many lines the terminal has that the standard output is; `None` if it is none.
pub fn terminal_rows() -> Option<usize> {
    let terminal = Term::stdout();
    terminal.size_checked().filter(|_| terminal.is_term()).map(|(rows, _)| usize::from(rows)).filter(|rows| *rows > 0)
}

/// Takes away the line that is being drawn on the standard error, where that is a terminal.
pub fn clear_line_of_stderr() {
    let terminal = Term::stderr();
    if terminal.is_term() {
        // Where it cannot be taken away it stays.
        let _ = terminal.clear_line();
    }
}

/// Returns how many columns a text takes.
pub fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Screen = Screen { width: 20, has_colour: false, is_terminal: false, links: Links::Plain };
    const COLOURED: Screen = Screen { width: 20, has_colour: true, is_terminal: true, links: Links::Plain };

    #[test]
    fn matches_are_marked_with_and_without_colour() {
        assert_eq!(PLAIN.marked("port strike", &[5..11]), "port *strike*");
        assert_eq!(COLOURED.marked("port strike", &[5..11]), "port \u{1b}[1;33mstrike\u{1b}[0m");
        assert_eq!(PLAIN.marked("a\u{1b}b", &[2..3]), "a*b*");
    }

    #[test]
    fn lines_fit_and_marks_take_no_room() {
        assert_eq!(PLAIN.wrapped("one two three four five", "  "), ["  one two three four", "  five"]);
        let marked = COLOURED.marked("one two three four five", &[4..7]);
        assert_eq!(COLOURED.wrapped(&marked, "  ").len(), 2);
    }
}
