//! Articles in, as an index is gone through, and files that gave none; the whole report out.

use std::collections::{BTreeMap, HashMap};

use super::checks::{Trouble, examine};
use super::finding::Finding;
use super::kind::Kind;
use super::remedy::{Place, Remedy, of_article};
use crate::article::{Metadata, claimed_id};
use crate::moment::Moment;
use crate::search::{ArticleKey, ArticleSummary, FileKey};
use crate::text::{folded, words};

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many files they are in.
    pub files: usize,
    /// What was found, by kind, then by file and document.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Counts the findings of each kind that there are, in the order of kinds.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.kind).or_default() += 1;
        }
        counts
    }

    /// Returns the findings of a kind.
    pub fn of(&self, kind: Kind) -> &[Finding] {
        let start = self.findings.partition_point(|finding| finding.kind < kind);
        let end = self.findings.partition_point(|finding| finding.kind <= kind);
        &self.findings[start..end]
    }
}

/// An examination of an archive that goes on.
#[derive(Debug)]
pub struct Examination {
    today: Moment,
    source: Option<Vec<String>>,
    articles: HashMap<FileKey, usize>,
    /// By each id, the first that claims it, and whether another does.
    ids: HashMap<String, (ArticleKey, bool)>,
    findings: Vec<Finding>,
}

impl Examination {
    /// Begins one on a day in UTC; with words of a source, only articles whose outlet's name has them side by side are looked at.
    pub fn new(today: Moment, source: Option<&str>) -> Self {
        Examination { today, source: source.map(folded_words), articles: HashMap::new(), ids: HashMap::new(), findings: Vec::new() }
    }

    /// Looks at an article.
    pub fn add_article(&mut self, article: ArticleSummary, body: &str) {
        if !self.is_wanted(&article.metadata) {
            return;
        }
        let ArticleSummary { id, key, metadata } = article;
        for trouble in examine(&metadata, body, self.today) {
            self.push(trouble, &key, &id);
        }
        // A path is an id of its own; what several documents claim can only be an id that one of them has.
        if id != claimed_id(None, &key.file.path, key.ordinal) {
            self.claim(id, &key);
        }
        *self.articles.entry(key.file).or_default() += 1;
    }

    fn claim(&mut self, id: String, key: &ArticleKey) {
        let shared = |other: &ArticleKey| {
            let detail = format!("document {} of {} claims it too", other.ordinal, other.file.path);
            Trouble { kind: Kind::SharedId, detail, lines: Vec::new() }
        };
        let Some((first, is_shared)) = self.ids.get_mut(&id) else {
            self.ids.insert(id, (key.clone(), false));
            return;
        };
        let first = (first.clone(), std::mem::replace(is_shared, true));
        self.push(shared(&first.0), key, &id);
        if let (first, false) = first {
            self.push(shared(key), &first, &id);
        }
    }

    fn push(&mut self, trouble: Trouble, key: &ArticleKey, id: &str) {
        let Trouble { kind, detail, lines } = trouble;
        let (file, ordinal, id) = (key.file.clone(), Some(key.ordinal), Some(id.to_owned()));
        // What would repair it is settled at the end, when it is known how many articles its file has.
        self.findings.push(Finding { kind, file, ordinal, id, detail, remedy: Remedy::Sidecar(lines) });
    }

    fn is_wanted(&self, metadata: &Metadata) -> bool {
        let Some(wanted) = &self.source else { return true };
        let name = metadata.source.as_ref().map(|source| folded_words(&source.value)).unwrap_or_default();
        name.windows(wanted.len().max(1)).any(|run| run == wanted)
    }

    /// Returns how many articles each file has that was looked at.
    pub fn files(&self) -> &HashMap<FileKey, usize> {
        &self.articles
    }

    /// Ends the examination, with what was found about files that gave no article.
    pub fn finish(self, of_files: Vec<Finding>) -> Report {
        let mut findings = self.findings;
        for finding in &mut findings {
            let holds_many = self.articles.get(&finding.file).is_some_and(|articles| *articles > 1);
            let lines = if let Remedy::Sidecar(lines) = &mut finding.remedy { std::mem::take(lines) } else { Vec::new() };
            finding.remedy = of_article(finding.kind, lines, Place { path: &finding.file.path, holds_many });
        }
        findings.extend(of_files);
        findings.sort_by(|a, b| (a.kind, &a.file, a.ordinal).cmp(&(b.kind, &b.file, b.ordinal)));
        Report { articles: self.articles.values().sum(), files: self.articles.len(), findings }
    }
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| folded(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Stated;
    use crate::document::Provenance;

    fn article(path: &str, ordinal: u32, own_id: Option<&str>, source: Option<&str>) -> ArticleSummary {
        let key = ArticleKey { file: FileKey { folder: 0, path: path.into() }, ordinal };
        let source = source.map(|name| Stated { value: name.to_owned(), from: Provenance::JsonField });
        let id = claimed_id(own_id, path, ordinal);
        ArticleSummary { id, key, metadata: Metadata { source, ..Metadata::default() } }
    }

    fn today() -> Moment {
        "2024-12-01".parse().unwrap()
    }

    #[test]
    fn findings_are_ordered_and_counted() {
        let mut examination = Examination::new(today(), None);
        for (path, ordinal, id) in [("b.jsonl", 2, Some("x")), ("b.jsonl", 1, None), ("a.txt", 1, Some("x"))] {
            examination.add_article(article(path, ordinal, id, None), "");
        }
        let report = examination.finish(Vec::new());
        assert_eq!((report.articles, report.files), (3, 2));
        let places: Vec<(&str, Option<u32>)> =
            report.of(Kind::Undated).iter().map(|finding| (&*finding.file.path, finding.ordinal)).collect();
        assert_eq!(places, [("a.txt", Some(1)), ("b.jsonl", Some(1)), ("b.jsonl", Some(2))]);
        assert_eq!(report.of(Kind::Undated)[1].remedy, Remedy::Map("published=NAME"));
        let shared: Vec<&str> = report.of(Kind::SharedId).iter().map(|finding| finding.detail.as_str()).collect();
        assert_eq!(shared, ["document 2 of b.jsonl claims it too", "document 1 of a.txt claims it too"]);
        assert_eq!(report.counts()[&Kind::Empty], 3);
        assert!(report.of(Kind::Unread).is_empty());
    }

    #[test]
    fn one_source_can_be_looked_at() {
        let mut examination = Examination::new(today(), Some("harbour post"));
        for source in [Some("The Selwick Harbour Post"), Some("Harbour Gazette"), None] {
            examination.add_article(article("a.jsonl", 1, None, source), "");
        }
        assert_eq!(examination.finish(Vec::new()).articles, 1);
    }
}
