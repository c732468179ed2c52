//! The kind of a trouble and of the file that has it in; out what would repair it.

use super::kind::Kind;

/// What would repair a trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Lines to write into the front matter of the file itself.
    FrontMatter(Vec<String>),
    /// Lines to write into a sidecar, `FILE.meta.yaml` beside the file.
    Sidecar(Vec<String>),
    /// What `--map` of `dateline index` must be told, where a column or field has the value under another name.
    Map(&'static str),
    /// A look at what was read: `dateline show ID --furniture`.
    Look,
    /// Something else, in words.
    Advice(String),
}

/// What matters of a file for a remedy.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    /// Its path.
    pub path: &'p str,
    /// Whether it gave more than one article.
    pub holds_many: bool,
}

impl Place<'_> {
    fn ends_with(&self, endings: &[&str]) -> bool {
        let path = self.path.to_ascii_lowercase();
        let bare = [".gz", ".zst"].iter().find_map(|packed| path.strip_suffix(packed)).unwrap_or(&path);
        endings.iter().any(|ending| bare.ends_with(ending))
    }
}

/// Returns what would repair a trouble of an article that was read from a file, with the lines that settle it where they are known.
pub fn of_article(kind: Kind, lines: Vec<String>, place: Place<'_>) -> Remedy {
    match kind {
        Kind::Undated => stated("published: YYYY-MM-DD", "published=NAME", place),
        Kind::NoHeadline => stated("headline: TITLE", "headline=NAME", place),
        // All documents of a file may well have these in common.
        Kind::NoSource => common("source: NAME OF THE OUTLET", place),
        Kind::NoLanguage => common("language: xx", place),
        // The document itself has a date; what its keeper knows better stands beside it.
        Kind::Contradiction | Kind::Future => corrected(lines, place),
        Kind::ModifiedFirst => corrected(vec!["published: YYYY-MM-DD".to_owned(), "modified: YYYY-MM-DD".to_owned()], place),
        Kind::Empty | Kind::Short => Remedy::Look,
        Kind::Mojibake => Remedy::Advice("save it again from where it came, as UTF-8".to_owned()),
        _ => Remedy::Advice("give each document an id of its own; till then both are found by their paths".to_owned()),
    }
}

/// Says what to do about a value that only one document of a file can have.
fn stated(line: &str, map: &'static str, place: Place<'_>) -> Remedy {
    if place.ends_with(&[".md", ".markdown"]) {
        Remedy::FrontMatter(vec![line.to_owned()])
    } else if place.ends_with(&[".jsonl", ".ndjson", ".csv", ".tsv"]) || (place.holds_many && place.ends_with(&[".json"])) {
        Remedy::Map(map)
    } else {
        corrected(vec![line.to_owned()], place)
    }
}

fn common(line: &str, place: Place<'_>) -> Remedy {
    let lines = vec![line.to_owned()];
    if place.ends_with(&[".md", ".markdown"]) { Remedy::FrontMatter(lines) } else { Remedy::Sidecar(lines) }
}

fn corrected(lines: Vec<String>, place: Place<'_>) -> Remedy {
    if place.holds_many {
        Remedy::Advice("state it in the file itself: a sidecar would hold for all its articles".to_owned())
    } else {
        Remedy::Sidecar(lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, path: &str, holds_many: bool, expected: Remedy) {
        assert_eq!(of_article(kind, vec!["modified: 2024-11-26".to_owned()], Place { path, holds_many }), expected, "{kind:?} {path}");
    }

    #[test]
    fn remedies_fit_the_file() {
        let lines = |line: &str| vec![line.to_owned()];
        let date = "published: YYYY-MM-DD";
        check(Kind::Undated, "a.txt", false, Remedy::Sidecar(lines(date)));
        check(Kind::Undated, "a.MD", false, Remedy::FrontMatter(lines(date)));
        check(Kind::Undated, "a.jsonl.gz", true, Remedy::Map("published=NAME"));
        check(Kind::Undated, "a.json", false, Remedy::Sidecar(lines(date)));
        check(Kind::NoSource, "a.jsonl", true, Remedy::Sidecar(lines("source: NAME OF THE OUTLET")));
        check(Kind::Contradiction, "a.md", false, Remedy::Sidecar(lines("modified: 2024-11-26")));
        check(Kind::Short, "a.html", false, Remedy::Look);
        for (kind, path) in [(Kind::Undated, "a.mbox"), (Kind::Future, "a.jsonl")] {
            assert!(matches!(of_article(kind, Vec::new(), Place { path, holds_many: true }), Remedy::Advice(_)));
        }
    }
}
