//! From pages, those that stay and those that come, to what only the outlet's other pages tell: how much of each is lines that
//! recur on them, and the outlet's name where no page states it.
//!
//! Only outlets of which a page comes, goes or changes its group are looked at: nothing else can change what recurs.

use std::collections::{HashMap, HashSet};

use super::waiting::Waiting;
use crate::article::Trim;
use crate::recurring::{self, EdgeLines, Page, Unnamed};
use crate::search::{ArticleKey, Catalog, Grouping, KnownArticle, Membership};
use crate::text;

/// What is another thing now for pages that are in the index and stay.
#[derive(Default)]
pub struct Findings {
    /// How much is left out of them.
    pub trims: Vec<(usize, Trim)>,
    /// The names of their outlets.
    pub names: Vec<(usize, Option<String>)>,
}

/// Tells the pages that wait what their outlets' other pages show, and returns what that changes for known pages.
pub fn assign(known: Option<&dyn Catalog>, removed: &[usize], moved: &[(usize, Grouping)], waiting: &mut Waiting) -> Findings {
    let articles = known.map_or(&[][..], |known| known.articles());
    assign_to(&Pages::of(articles, removed, moved, waiting), articles, waiting)
}

/// Looks at all pages of an index, and returns what its outlets' other pages tell otherwise than it says; nothing waits.
pub fn afresh(known: &dyn Catalog, none: &mut Waiting) -> Findings {
    let articles = known.articles();
    let stay = (0..articles.len()).filter(|article| is_page(&articles[*article])).collect();
    assign_to(&Pages { stay, come: Vec::new(), moved: HashMap::new() }, articles, none)
}

fn is_page(article: &KnownArticle) -> bool {
    !article.edges.hashes().is_empty()
}

fn assign_to(pages: &Pages, articles: &[KnownArticle], waiting: &mut Waiting) -> Findings {
    if pages.come.is_empty() && pages.stay.is_empty() {
        return Findings::default();
    }
    let seen: Vec<Seen<'_>> = pages.seen(articles, waiting).collect();
    let trims =
        recurring::trims(&seen.iter().map(|page| Page { outlet: page.outlet, group: page.group, edges: page.edges }).collect::<Vec<_>>());
    let names = names(&seen);
    drop(seen);
    let (trims_of_stay, trims_of_come) = trims.split_at(pages.stay.len());
    let (names_of_stay, names_of_come) = names.split_at(pages.stay.len());
    for (&number, (trim, name)) in pages.come.iter().zip(trims_of_come.iter().zip(names_of_come)) {
        let article = &mut waiting.articles_mut()[number];
        article.trim = *trim;
        article.name = name.as_deref().map(Box::from);
    }
    let stay = || pages.stay.iter().copied();
    Findings {
        trims: stay().zip(trims_of_stay.iter().copied()).filter(|(article, trim)| articles[*article].trim != *trim).collect(),
        names: stay().zip(names_of_stay.iter().cloned()).filter(|(article, name)| articles[*article].name != *name).collect(),
    }
}

/// Returns the name of the outlet of each page that does not state it.
fn names(seen: &[Seen<'_>]) -> Vec<Option<String>> {
    let unnamed: Vec<usize> = (0..seen.len()).filter(|number| seen[*number].may_be_named).collect();
    let pages = unnamed.iter().map(|&number| {
        let page = &seen[number];
        Unnamed { folder: page.folder, group: page.group, nameplates: page.nameplates }
    });
    let pages: Vec<Unnamed<'_>> = pages.collect();
    let mut names = vec![None; seen.len()];
    for (number, name) in unnamed.into_iter().zip(recurring::outlet_names(&pages)) {
        names[number] = name.map(str::to_owned);
    }
    names
}

/// The pages that are looked at.
struct Pages {
    /// Known articles by number.
    stay: Vec<usize>,
    /// Articles that wait, by number.
    come: Vec<usize>,
    moved: HashMap<usize, Option<Membership>>,
}

/// A page as it is looked at.
struct Seen<'p> {
    outlet: u64,
    folder: u64,
    group: u64,
    edges: &'p EdgeLines,
    nameplates: &'p [String],
    may_be_named: bool,
}

impl Pages {
    fn of(articles: &[KnownArticle], removed: &[usize], moved: &[(usize, Grouping)], waiting: &Waiting) -> Self {
        let moved: HashMap<usize, Option<Membership>> = moved.iter().map(|(article, grouping)| (*article, grouping.membership)).collect();
        let come: Vec<usize> =
            (0..waiting.articles().len()).filter(|number| !waiting.articles()[*number].edges.hashes().is_empty()).collect();
        let changed = removed.iter().chain(moved.keys()).map(|&article| &articles[article]).filter(|known| is_page(known));
        let mut touched: HashSet<u64> = changed.flat_map(|known| outlets(known.identity.source, &known.key)).collect();
        let coming = come.iter().map(|&number| &waiting.articles()[number]);
        touched.extend(coming.flat_map(|article| outlets(article.standing.source, &article.key)));
        let removed: HashSet<usize> = removed.iter().copied().collect();
        let is_looked_at = |article: &usize| {
            let known = &articles[*article];
            let may_be_touched = !touched.is_empty() && is_page(known) && !removed.contains(article);
            may_be_touched && outlets(known.identity.source, &known.key).iter().any(|outlet| touched.contains(outlet))
        };
        Pages { stay: (0..articles.len()).filter(is_looked_at).collect(), come, moved }
    }

    /// Returns the pages that stay, then those that come.
    fn seen<'p>(&'p self, articles: &'p [KnownArticle], waiting: &'p Waiting) -> impl Iterator<Item = Seen<'p>> {
        let staying = self.stay.iter().map(|&article| {
            let known = &articles[article];
            let membership = self.moved.get(&article).copied().unwrap_or(known.grouping.membership);
            seen(known.identity.source, &known.key, membership, &known.edges, &known.nameplates)
        });
        let coming = self.come.iter().map(|&number| {
            let article = &waiting.articles()[number];
            seen(article.standing.source, &article.key, article.grouping.membership, &article.edges, &article.nameplates)
        });
        staying.chain(coming)
    }
}

fn seen<'p>(
    source: Option<u64>,
    key: &ArticleKey,
    membership: Option<Membership>,
    edges: &'p EdgeLines,
    nameplates: &'p [String],
) -> Seen<'p> {
    let [outlet, folder] = outlets(source, key);
    let group = membership.map_or_else(|| key.hash(), |membership| membership.group.0);
    Seen { outlet, folder, group, edges, nameplates, may_be_named: source.is_none() || !nameplates.is_empty() }
}

/// Returns what a page's outlet is known by, its name, and what its keeper's folder is known by, which stands for the outlet where
/// no page says it.
fn outlets(source: Option<u64>, key: &ArticleKey) -> [u64; 2] {
    let folder = key.file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = text::hash_of_bytes(&format!("{}/{folder}", key.file.folder));
    [source.unwrap_or(folder), folder]
}
