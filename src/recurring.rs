//! The lines at the ends of pages in, with the outlet and the group of each page; how many lines of each page are the outlet's
//! and not the article's, out.
//!
//! A page by itself cannot tell a last paragraph from a standing appeal. The outlet's other pages can: what stands at the end of
//! many of them is furniture. A wire story that an outlet printed in ten versions would look the same, so a *line* counts once
//! for each group of copies and not for each page. Only lines at the two ends are looked at, from outside inwards, so that a
//! sentence that recurs inside of reports stays where it is.
//!
//! In the same way the pages of a folder tell the name of their outlet where none of them states it: the line at the top or at
//! the foot of most of them.
//!
//! The groups are those of the whole texts, recurring lines included: what is left out changes no group, and so what is left
//! out is a function of the set of pages, whatever the order in which they came.

use std::collections::{HashMap, HashSet};

use crate::article::{Body, Trim};
use crate::text;

/// So many lines at the start of a body are looked at: what is left of mastheads, bylines and share boxes.
const LINES_ABOVE: usize = 8;

/// So many lines at the end: appeals, notices, lists of other articles.
const LINES_BELOW: usize = 16;

/// A line recurs if it stands in so many groups of an outlet: two reports may quote the same words.
const GROUPS_MIN: usize = 3;

/// A label recurs if it stands in one of so many groups of the outlet.
const LABEL_SHARE: usize = 10;

/// A sentence recurs if it stands in one of so many groups: background that is told again and again is rarer than that.
const SENTENCE_SHARE: usize = 3;

/// The lines at the ends of a page's body, as hashes; empty for an article whose body its keeper marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EdgeLines(Vec<u32>);

impl EdgeLines {
    /// Takes the lines at the ends of a body; a line is a paragraph.
    pub fn of(body: &Body) -> Self {
        let lines: Vec<&str> = body.paragraph_texts().collect();
        let is_edge = |at: &usize| *at < LINES_ABOVE || at + LINES_BELOW >= lines.len();
        EdgeLines((0..lines.len()).filter(is_edge).map(|at| hash(lines[at])).collect())
    }

    /// Makes them of the hashes that [`EdgeLines::hashes`] gave.
    pub fn from_hashes(hashes: Vec<u32>) -> Self {
        EdgeLines(hashes)
    }

    /// Returns the hashes, in the order of the page.
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }

    fn above(&self) -> &[u32] {
        &self.0[..self.0.len().min(LINES_ABOVE)]
    }

    fn below(&self) -> &[u32] {
        &self.0[self.0.len().saturating_sub(LINES_BELOW)..]
    }
}

/// Hashes a line's words; the lowest bit tells a sentence from a label.
fn hash(line: &str) -> u32 {
    let is_sentence = line.ends_with(['.', '!', '?', '"', '”', '»', '…', '।', '。']);
    (text::hash_of_words(line) as u32 & !1) | u32::from(is_sentence)
}

/// A page among the others.
#[derive(Debug, Clone, Copy)]
pub struct Page<'p> {
    /// What its outlet is known by: pages of the same number are of the same outlet.
    pub outlet: u64,
    /// What its group of copies is known by.
    pub group: u64,
    /// The lines at its ends.
    pub edges: &'p EdgeLines,
}

/// Returns how many lines at the start and at the end of each page recur on its outlet's other pages, in the order of the pages.
///
/// At least one line of a page stays, and where all of them recur all stay.
pub fn trims(pages: &[Page<'_>]) -> Vec<Trim> {
    let mut of_outlet: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        of_outlet.entry(page.outlet).or_default().push(number);
    }
    let mut trims = vec![Trim::default(); pages.len()];
    for numbers in of_outlet.values().filter(|numbers| numbers.len() >= GROUPS_MIN) {
        let recurring = recurring_lines(numbers.iter().map(|number| pages[*number]));
        if recurring.is_empty() {
            continue;
        }
        for &number in numbers {
            trims[number] = trim(pages[number].edges, &recurring);
        }
    }
    trims
}

/// Returns the lines that recur on pages of one outlet.
fn recurring_lines<'p>(pages: impl Iterator<Item = Page<'p>>) -> HashSet<u32> {
    let mut groups = HashSet::new();
    let mut places: Vec<(u32, u64)> = Vec::new();
    for page in pages {
        groups.insert(page.group);
        places.extend(page.edges.0.iter().map(|line| (*line, page.group)));
    }
    places.sort_unstable();
    places.dedup();
    let recurs = |run: &&[(u32, u64)]| {
        let share = if run[0].0 & 1 == 1 { SENTENCE_SHARE } else { LABEL_SHARE };
        run.len() >= GROUPS_MIN && run.len() * share >= groups.len()
    };
    places.chunk_by(|a, b| a.0 == b.0).filter(recurs).map(|run| run[0].0).collect()
}

fn trim(edges: &EdgeLines, recurring: &HashSet<u32>) -> Trim {
    if edges.0.iter().all(|line| recurring.contains(line)) {
        return Trim::default();
    }
    let above = edges.above().iter().take_while(|line| recurring.contains(line)).count();
    let below = edges.below().iter().rev().take_while(|line| recurring.contains(line)).count();
    let count = |lines: usize| u8::try_from(lines).unwrap_or(u8::MAX);
    Trim { above: count(above), below: count(below) }
}

/// A page without a stated outlet among the others of its folder.
#[derive(Debug, Clone, Copy)]
pub struct Unnamed<'p> {
    /// What its folder is known by.
    pub folder: u64,
    /// What its group of copies is known by.
    pub group: u64,
    /// See [`crate::article::Article::nameplates`].
    pub nameplates: &'p [String],
}

/// A name stands on two of three of a folder's pages: the rest may be pages of other shapes, and no other name can do the same
/// twice over.
const NAME_SHARE: (usize, usize) = (2, 3);

/// Returns the name of each page's outlet, where the pages of its folder tell it and the page has it too.
pub fn outlet_names<'p>(pages: &[Unnamed<'p>]) -> Vec<Option<&'p str>> {
    let mut of_folder: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        of_folder.entry(page.folder).or_default().push(number);
    }
    let mut names = vec![None; pages.len()];
    for numbers in of_folder.values().filter(|numbers| numbers.len() >= GROUPS_MIN) {
        let name = common_name(numbers.iter().map(|number| pages[*number]));
        for &number in numbers {
            names[number] = name.filter(|name| pages[number].nameplates.iter().any(|nameplate| nameplate == name));
        }
    }
    names
}

fn common_name<'p>(pages: impl Iterator<Item = Unnamed<'p>>) -> Option<&'p str> {
    let mut groups = HashSet::new();
    let mut places: Vec<(&'p str, u64)> = Vec::new();
    for page in pages {
        groups.insert(page.group);
        places.extend(page.nameplates.iter().map(|name| (name.as_str(), page.group)));
    }
    places.sort_unstable();
    places.dedup();
    let is_common = |run: &&[(&str, u64)]| run.len() >= GROUPS_MIN && run.len() * NAME_SHARE.1 >= groups.len() * NAME_SHARE.0;
    // Of two lines that stand on all pages the one on more of them is the name, then the longer one, which says more.
    let runs = places.chunk_by(|a, b| a.0 == b.0).filter(is_common);
    runs.max_by_key(|run| (run.len(), run[0].0.len(), run[0].0)).map(|run| run[0].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(lines: &[&str]) -> EdgeLines {
        let mut body = Body::default();
        lines.iter().for_each(|line| body.push(line, false, None));
        EdgeLines::of(&body)
    }

    fn check(pages: &[(u64, u64, &[&str])], expected: &[(u8, u8)]) {
        let edges: Vec<EdgeLines> = pages.iter().map(|(_, _, lines)| body(lines)).collect();
        let pages: Vec<Page<'_>> = pages.iter().zip(&edges).map(|(&(outlet, group, _), edges)| Page { outlet, group, edges }).collect();
        assert_eq!(trims(&pages).iter().map(|trim| (trim.above, trim.below)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_that_recur_at_the_ends_are_the_outlets() {
        let first = ["Harbour Post", "The ferry ran.", "Join 9,000 readers today.", "More from the coast"];
        let second = ["Harbour Post", "A bridge fell.", "Join 9,000 readers today.", "More from the coast"];
        let third = ["Harbour Post", "The mayor spoke.", "Join 9,000 readers today.", "More from the coast"];
        check(&[(1, 1, &first), (1, 2, &second), (1, 3, &third)], &[(1, 2); 3]);
        check(&[(1, 1, &first), (1, 2, &second)], &[(0, 0); 2]);
        check(&[(1, 1, &first), (1, 2, &second), (2, 3, &third)], &[(0, 0); 3]);
        // Three versions of one story are one text.
        check(&[(1, 1, &first), (1, 1, &second), (1, 1, &third)], &[(0, 0); 3]);
    }

    #[test]
    fn what_stands_inside_stays() {
        let pages: Vec<Vec<String>> =
            (0..3).map(|page| vec![format!("News {page} came."), "Told again.".to_owned(), format!("End {page}.")]).collect();
        let lines: Vec<Vec<&str>> = pages.iter().map(|page| page.iter().map(String::as_str).collect()).collect();
        check(&[(1, 1, &lines[0]), (1, 2, &lines[1]), (1, 3, &lines[2])], &[(0, 0); 3]);
    }

    #[test]
    fn a_page_of_nothing_else_stays_whole() {
        let lines = ["Harbour Post", "Please log in."];
        check(&[(1, 1, &lines), (1, 2, &lines), (1, 3, &lines)], &[(0, 0); 3]);
        check(&[], &[]);
    }

    #[test]
    fn the_pages_of_a_folder_tell_their_outlet() {
        let name = |text: &str| vec![text.to_owned(), "Home".to_owned()];
        let nameplates = [name("Tollgate Mirror"), name("Tollgate Mirror"), name("Tollgate Mirror"), vec!["Weather".to_owned()]];
        let page = |number: usize, folder, group| Unnamed { folder, group, nameplates: &nameplates[number] };
        let (mirror, none) = (Some("Tollgate Mirror"), None);
        assert_eq!(outlet_names(&[page(0, 1, 1), page(1, 1, 2), page(2, 1, 3), page(3, 1, 4)]), [mirror, mirror, mirror, none]);
        assert_eq!(outlet_names(&[page(0, 1, 1), page(1, 1, 2), page(2, 2, 3)]), [none, none, none]);
        assert_eq!(outlet_names(&[page(0, 1, 1), page(1, 1, 1), page(2, 1, 1)]), [none, none, none]);
        assert_eq!(outlet_names(&[]), []);
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_pages_changes_nothing(lines in proptest::collection::vec((0_u64..2, 0_u64..4, proptest::collection::vec(0_u8..5, 1..5)), 0..12)) {
            let edges: Vec<EdgeLines> =
                lines.iter().map(|(_, _, lines)| EdgeLines(lines.iter().map(|line| u32::from(*line)).collect())).collect();
            let pages: Vec<Page<'_>> =
                lines.iter().zip(&edges).map(|((outlet, group, _), edges)| Page { outlet: *outlet, group: *group, edges }).collect();
            let mut turned = trims(&pages.iter().rev().copied().collect::<Vec<_>>());
            turned.reverse();
            let found = trims(&pages);
            proptest::prop_assert_eq!(&found, &turned);
            for (page, trim) in pages.iter().zip(found) {
                proptest::prop_assert!(usize::from(trim.above) + usize::from(trim.below) < page.edges.0.len());
            }
        }
    }
}
