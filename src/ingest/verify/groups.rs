//! The groups of an index against their rule: who represents each, what the others are to it, and what grouping all articles afresh
//! gives.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::report::Faults;
use crate::error::Error;
use crate::ingest::waiting::Waiting;
use crate::ingest::{grouping, outlets};
use crate::search::{Catalog, Fault, FaultKind, GroupId, Grouping, KnownArticle};

/// Checks the groups of an index and returns how many there are, an article without copies counted as one.
///
/// # Errors
///
/// When the index cannot be read.
pub fn check(catalog: &dyn Catalog, index: &Path, faults: &mut Faults) -> Result<u64, Error> {
    let articles = catalog.articles();
    let mut groups: BTreeMap<GroupId, Vec<&KnownArticle>> = BTreeMap::new();
    let mut alone = 0;
    for article in articles {
        match article.grouping.membership {
            Some(membership) => groups.entry(membership.group).or_default().push(article),
            None => alone += 1,
        }
    }
    let mut told: HashSet<GroupId> = HashSet::new();
    for (id, members) in &groups {
        if let Some(fault) = fault_of_group(*id, members) {
            told.insert(*id);
            faults.push(fault);
        }
    }
    check_centres(articles, faults);
    // It stays empty, so that no file is written for it.
    let mut none = Waiting::new(index);
    for (article, now) in grouping::afresh(catalog, &none)? {
        let known = &articles[article];
        // What follows from a group that was told is not told again of each article in it.
        if !known.grouping.membership.is_some_and(|membership| told.contains(&membership.group)) {
            faults.push(regrouped(known, &now));
        }
    }
    let findings = outlets::afresh(catalog, &mut none);
    for (article, trim) in findings.trims {
        let cause = format!(
            "its outlet's pages give {} lines above its text and {} below that recur, and others are left out",
            trim.above, trim.below
        );
        faults.push(Fault::of_article(FaultKind::Recurring, &articles[article].key, cause));
    }
    for (article, name) in findings.names {
        let name = name.map_or_else(|| "none".to_owned(), |name| format!("“{name}”"));
        let cause = format!("the name of its outlet is not the one that the outlet's pages tell, which is {name}");
        faults.push(Fault::of_article(FaultKind::Recurring, &articles[article].key, cause));
    }
    Ok(alone + groups.len() as u64)
}

/// Tells what is wrong with a group as such.
fn fault_of_group(id: GroupId, members: &[&KnownArticle]) -> Option<Fault> {
    let first = members.iter().copied().min_by(|a, b| standing(a).cmp(&standing(b)))?;
    let is_representative = |article: &&&KnownArticle| article.grouping.membership.is_some_and(|membership| membership.tie.is_none());
    let representatives: Vec<&&KnownArticle> = members.iter().filter(is_representative).collect();
    let fault = |article: &KnownArticle, cause: String| Some(Fault::of_article(FaultKind::Group, &article.key, cause));
    let [representative] = representatives.as_slice() else {
        return match representatives.len() {
            0 => fault(first, format!("its group {id} has no representative in the index")),
            number => fault(first, format!("its group {id} has {number} representatives")),
        };
    };
    if GroupId::of(&representative.key) != id {
        let own = GroupId::of(&representative.key);
        return fault(representative, format!("it represents the group {id}, and its own is {own}"));
    }
    if representative.key != first.key {
        return fault(representative, format!("it represents the group {id}, and {} comes before it", first.key));
    }
    (members.len() == 1).then(|| fault(first, format!("its group {id} has no other article"))).flatten()
}

/// By what articles of a group are ordered; the first represents it.
fn standing(article: &KnownArticle) -> impl Ord {
    (article.published_seconds.is_none(), article.published_seconds, Reverse(article.words), article.key.clone())
}

/// Checks that the articles are there whose text others are said to have.
fn check_centres(articles: &[KnownArticle], faults: &mut Faults) {
    let mut named: HashMap<u64, bool> =
        articles.iter().flat_map(|article| &article.grouping.centres).map(|centre| (*centre, false)).collect();
    if named.is_empty() {
        return;
    }
    for article in articles {
        if let Some(is_there) = named.get_mut(&article.key.hash()) {
            *is_there = true;
        }
    }
    for article in articles {
        let missing = article.grouping.centres.iter().filter(|centre| !named.get(centre).copied().unwrap_or_default()).count();
        if missing > 0 {
            let cause = format!("{missing} of the articles whose text it is said to have are not in the index");
            faults.push(Fault::of_article(FaultKind::Group, &article.key, cause));
        }
    }
}

/// Tells how an article stands elsewhere than the index says.
fn regrouped(known: &KnownArticle, now: &Grouping) -> Fault {
    let (said, given) = (known.grouping.group(&known.key), now.group(&known.key));
    if said != given {
        let cause = format!("it is in the group {said}, and grouping afresh puts it into {given}");
        return Fault::of_article(FaultKind::Regrouped, &known.key, cause);
    }
    let tie = |grouping: &Grouping| grouping.membership.and_then(|membership| membership.tie);
    let told = |grouping: &Grouping| {
        tie(grouping).map_or_else(
            || "itself the representative".to_owned(),
            |tie| {
                format!(
                    "{} ({:.3}/{:.3}/{:.3})",
                    tie.relation.label(),
                    tie.resemblance.share(),
                    tie.containment.share(),
                    tie.containment_of_representative.share()
                )
            },
        )
    };
    if told(&known.grouping) != told(now) {
        let cause = format!("it is said to be {} to its representative, and the two texts give {}", told(&known.grouping), told(now));
        return Fault::of_article(FaultKind::Tie, &known.key, cause);
    }
    let cause = "the articles whose text it is said to have are not those that grouping afresh gives";
    Fault::of_article(FaultKind::Regrouped, &known.key, cause)
}
