//! Paths as links that a terminal opens (OSC 8): when they are written, and how.

use std::path::Path;

/// When paths are links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Hyperlinks {
    /// On a terminal that is known to follow them, where colours are shown.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Whether a text that is printed becomes a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// It does.
    Written,
    /// It stays as it is.
    Plain,
}

/// Values of `TERM_PROGRAM` and starts of `TERM` of terminals that follow links, and variables that such terminals set: from the
/// list of terminals kept with the specification of OSC 8.
const PROGRAMS: [&str; 6] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"];
const TERMS: [&str; 7] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio"];
const MARKS: [&str; 4] = ["KONSOLE_VERSION", "WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID"];

/// The first release of VTE (GNOME Terminal and its kin) that follows links without faults: 0.50.
const VTE_MIN: u32 = 5000;

impl Hyperlinks {
    /// Decides, where the output is a terminal that shows colours or something else.
    pub fn decide(self, is_coloured_terminal: impl Fn() -> bool) -> Links {
        let is_written = match self {
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
            Hyperlinks::Auto => is_coloured_terminal() && follows(|name| std::env::var(name).ok()),
        };
        if is_written { Links::Written } else { Links::Plain }
    }
}

/// Tells by its variables whether a terminal follows links.
fn follows(variable: impl Fn(&str) -> Option<String>) -> bool {
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    vte.is_some_and(|version| version >= VTE_MIN)
        || variable("TERM_PROGRAM").is_some_and(|program| PROGRAMS.contains(&program.as_str()))
        || variable("TERM").is_some_and(|term| TERMS.iter().any(|known| term.starts_with(known)))
        || MARKS.iter().any(|mark| variable(mark).is_some_and(|value| !value.is_empty()))
}

impl Links {
    /// Makes a text, which must be safe already, a link to a file.
    pub fn linked(self, text: &str, file: &Path) -> String {
        match (self, url(file)) {
            (Links::Written, Some(url)) => format!("\u{1b}]8;;{url}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            _ => text.to_owned(),
        }
    }
}

/// Returns the address of a file: all but unreserved characters (RFC 3986) and slashes encoded; `None` where the path of a relative
/// one cannot be told.
fn url(file: &Path) -> Option<String> {
    let absolute = std::path::absolute(file).ok()?;
    let mut url = "file://".to_owned();
    for &byte in absolute.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_nothing_but_plain_signs() {
        let file = Path::new("/a b/ü\u{1b}\\;%#?.txt");
        assert_eq!(url(file).as_deref(), Some("file:///a%20b/%C3%BC%1B%5C%3B%25%23%3F.txt"));
        assert_eq!(Links::Written.linked("x", Path::new("/x")), "\u{1b}]8;;file:///x\u{1b}\\x\u{1b}]8;;\u{1b}\\");
        assert_eq!(Links::Plain.linked("x", Path::new("/x")), "x");
    }

    #[test]
    fn terminals_that_follow_links_are_known_by_their_variables() {
        let check = |name: &str, value: &str| follows(|asked| (asked == name).then(|| value.to_owned()));
        for (name, value) in [("VTE_VERSION", "7600"), ("TERM_PROGRAM", "WezTerm"), ("TERM", "foot-extra"), ("WT_SESSION", "1")] {
            assert!(check(name, value), "{name}");
        }
        for (name, value) in [("VTE_VERSION", "4999"), ("TERM_PROGRAM", "Apple_Terminal"), ("TERM", "xterm-256color"), ("WT_SESSION", "")] {
            assert!(!check(name, value), "{name}");
        }
    }
}
