//! From pages, those that stay and those that come, to how much of each is lines that recur on its outlet's other pages.
//!
//! Only outlets of which a page comes, goes or changes its group are looked at: nothing else can change what recurs.

use std::collections::{HashMap, HashSet};

use super::grouping::Place;
use super::waiting::{Waiting, WaitingArticle};
use crate::article::Trim;
use crate::recurring::{self, Page};
use crate::search::{ArticleKey, Catalog, KnownArticle, Membership};
use crate::text;

/// Sets how much is left out of the pages that wait, and returns the known pages of which another part is left out than before.
pub fn assign(known: Option<&dyn Catalog>, removed: &[usize], moved: &[(usize, Place)], waiting: &mut Waiting) -> Vec<(usize, Trim)> {
    let articles = known.map_or(&[][..], |known| known.articles());
    let moved: HashMap<usize, Option<Membership>> = moved.iter().map(|(article, place)| (*article, place.membership)).collect();
    let touched = touched_outlets(articles, removed, &moved, waiting);
    if touched.is_empty() {
        return Vec::new();
    }
    let removed: HashSet<usize> = removed.iter().copied().collect();
    let is_looked_at = |article: &usize| {
        let known = &articles[*article];
        !removed.contains(article) && is_page(known) && touched.contains(&outlet_of_known(known))
    };
    let stay: Vec<usize> = (0..articles.len()).filter(is_looked_at).collect();
    let come: Vec<usize> = (0..waiting.articles().len()).filter(|number| waits_as_page(&waiting.articles()[*number])).collect();
    let staying = stay.iter().map(|&article| {
        let known = &articles[article];
        let membership = moved.get(&article).copied().unwrap_or(known.membership);
        Page { outlet: outlet_of_known(known), group: group(membership, &known.key), edges: &known.edges }
    });
    let coming = come.iter().map(|&number| {
        let article = &waiting.articles()[number];
        Page { outlet: outlet_of_waiting(article), group: group(article.membership, &article.key), edges: &article.edges }
    });
    let trims = recurring::trims(&staying.chain(coming).collect::<Vec<_>>());
    let (of_stay, of_come) = trims.split_at(stay.len());
    for (&number, &trim) in come.iter().zip(of_come) {
        waiting.articles_mut()[number].trim = trim;
    }
    stay.into_iter().zip(of_stay.iter().copied()).filter(|(article, trim)| articles[*article].trim != *trim).collect()
}

fn touched_outlets(
    articles: &[KnownArticle],
    removed: &[usize],
    moved: &HashMap<usize, Option<Membership>>,
    waiting: &Waiting,
) -> HashSet<u64> {
    let known = removed.iter().chain(moved.keys()).map(|&article| &articles[article]);
    let of_known = known.filter(|known| is_page(known)).map(outlet_of_known);
    of_known.chain(waiting.articles().iter().filter(|article| waits_as_page(article)).map(outlet_of_waiting)).collect()
}

fn is_page(article: &KnownArticle) -> bool {
    !article.edges.hashes().is_empty()
}

fn waits_as_page(article: &WaitingArticle) -> bool {
    !article.edges.hashes().is_empty()
}

fn outlet_of_known(article: &KnownArticle) -> u64 {
    outlet(article.identity.source, &article.key)
}

fn outlet_of_waiting(article: &WaitingArticle) -> u64 {
    outlet(article.standing.source, &article.key)
}

/// Returns what an outlet is known by: its name, and where no page says it, the folder in which its keeper put the page.
fn outlet(source: Option<u64>, key: &ArticleKey) -> u64 {
    source.unwrap_or_else(|| {
        let folder = key.file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        text::hash_of_bytes(&format!("{}/{folder}", key.file.folder))
    })
}

fn group(membership: Option<Membership>, key: &ArticleKey) -> u64 {
    membership.map_or_else(|| key.hash(), |membership| membership.group.0)
}
