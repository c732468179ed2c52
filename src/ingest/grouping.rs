//! From articles, those that stay and those that come, to each one's place in a group.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::stop::Stop;
use super::waiting::Waiting;
use crate::dedup::{self, Archive, Assignment, Entry, Removed, Standing, Tie};
use crate::error::Error;
use crate::search::{ArticleKey, Catalog, GroupId, Grouping, KnownArticle, Membership};

/// So many groups are remembered that an article was in before: more than a text is likely to have been noted under.
const FORMER_GROUPS_MAX: usize = 8;

/// What was there before the articles that wait.
pub struct Before<'b> {
    /// The articles of the index; `None` if it is made anew.
    pub known: Option<&'b dyn Catalog>,
    /// Which of them are removed.
    pub removed: &'b [usize],
    /// The articles that are removed, or that an index made anew takes the place of.
    pub gone: Vec<&'b KnownArticle>,
    /// By which it is told to end early.
    pub stop: &'b Stop,
}

/// Says of every article that waits where it stands, and returns the known articles that stand elsewhere now.
///
/// # Errors
///
/// When the index cannot be read, or it was told to stop.
pub fn assign(before: &Before<'_>, waiting: &mut Waiting) -> Result<Vec<(usize, Grouping)>, Error> {
    let (removed, gone) = (before.removed, &before.gone);
    let meeting = Meeting::new(before, waiting);
    let assignments = if meeting.stay.is_empty() { dedup::group(&meeting)? } else { dedup::regroup(&meeting, &meeting.removed(removed))? };
    let mut groupings = meeting.groupings(&assignments);
    let first_new = groupings.partition_point(|(position, _)| *position < meeting.stay.len());
    let coming = groupings.split_off(first_new);
    groupings.retain(|(position, grouping)| !is_same(&meeting.known_article(meeting.stay[*position]).grouping, grouping));
    let former = Former::of(&meeting, gone);
    let with_former = |(position, grouping): (usize, Grouping)| {
        let former_groups = former.groups(position, &grouping);
        (position, Grouping { former_groups, ..grouping })
    };
    let moved = groupings.into_iter().map(with_former).map(|(position, grouping)| (meeting.stay[position], grouping)).collect();
    let coming: Vec<Grouping> = coming.into_iter().map(with_former).map(|(_, grouping)| grouping).collect();
    for (article, grouping) in waiting.articles_mut().iter_mut().zip(coming) {
        article.grouping = grouping;
    }
    Ok(moved)
}

/// Groups all articles of an index afresh, and returns those that stand elsewhere then than it says; nothing waits.
///
/// # Errors
///
/// When the index cannot be read.
pub fn afresh(known: &dyn Catalog, none: &Waiting) -> Result<Vec<(usize, Grouping)>, Error> {
    let before = Before { known: Some(known), removed: &[], gone: Vec::new(), stop: &Stop::default() };
    let meeting = Meeting::new(&before, none);
    let mut groupings = meeting.groupings(&dedup::group(&meeting)?);
    groupings.retain(|(position, grouping)| !is_same(&meeting.known_article(*position).grouping, grouping));
    Ok(groupings)
}

/// Tells whether an article stands where it stood; shares are compared as finely as the index keeps them.
fn is_same(before: &Grouping, now: &Grouping) -> bool {
    // In the very steps of the index: in 32 bits what lies halfway is rounded otherwise.
    let thousandths = |share: f32| (f64::from(share) * 1000.0).round() as u64;
    let comparable = |membership: &Option<Membership>| {
        membership.map(|membership| {
            let tie = membership.tie.map(|tie| {
                let shares = [tie.resemblance.share(), tie.containment.share(), tie.containment_of_representative.share()];
                (tie.relation, shares.map(thousandths))
            });
            (membership.group, tie)
        })
    };
    comparable(&before.membership) == comparable(&now.membership) && before.centres == now.centres
}

/// The articles that stay, then those that come, as one archive.
struct Meeting<'a> {
    known: Option<&'a dyn Catalog>,
    stay: Vec<usize>,
    come: &'a Waiting,
    stop: &'a Stop,
    entries: Vec<Entry>,
    /// The position in the archive of each known article; `None` of one that is removed.
    positions: Vec<Option<usize>>,
    /// The positions of articles that stay and that some grouping names, by the hashes of their keys.
    position_of_hash: HashMap<u64, usize>,
}

impl<'a> Meeting<'a> {
    fn new(before: &Before<'a>, come: &'a Waiting) -> Self {
        let Before { known, removed, stop, .. } = *before;
        let articles = known.map_or(&[][..], |known| known.articles());
        let mut positions = vec![Some(0); articles.len()];
        removed.iter().for_each(|&article| positions[article] = None);
        let stay: Vec<usize> = (0..articles.len()).filter(|&article| positions[article].is_some()).collect();
        stay.iter().enumerate().for_each(|(position, &article)| positions[article] = Some(position));
        let position_of_hash = named_positions(articles, &stay);
        let mut meeting = Meeting { known, stay, come, stop, entries: Vec::new(), positions, position_of_hash };
        let staying = meeting.stay.iter().enumerate().map(|(position, &article)| meeting.entry_of_known(position, &articles[article]));
        let coming = come.articles().iter().map(|article| Entry { standing: article.standing, digest: article.digest, ..Entry::default() });
        meeting.entries = staying.chain(coming).collect();
        meeting
    }

    fn entry_of_known(&self, position: usize, article: &KnownArticle) -> Entry {
        let given = article.grouping.centres.as_slice();
        let representative = match article.grouping.membership {
            None => Some(position),
            Some(membership) => self.position_of_hash.get(&membership.group.0).copied(),
        };
        let centres = if given.is_empty() { vec![position] } else { self.staying_centres(given) };
        let are_all_there = given.is_empty() || centres.len() == given.len();
        let (centres, former_centres) = if are_all_there { (centres, Vec::new()) } else { (Vec::new(), centres) };
        Entry { standing: standing_of_known(article), digest: article.digest, representative, centres, former_centres }
    }

    fn staying_centres(&self, hashes: &[u64]) -> Vec<usize> {
        hashes.iter().filter_map(|hash| self.position_of_hash.get(hash).copied()).collect()
    }

    fn removed(&self, removed: &[usize]) -> Vec<Removed> {
        let known = |&article: &usize| self.known_article(article);
        let removed = removed.iter().map(known);
        removed.map(|article| Removed { digest: article.digest, centres: self.staying_centres(&article.grouping.centres) }).collect()
    }

    fn known_article(&self, article: usize) -> &KnownArticle {
        &self.known.expect("only a catalog has articles that stay").articles()[article]
    }

    fn key(&self, position: usize) -> &ArticleKey {
        match self.stay.get(position) {
            Some(&article) => &self.known_article(article).key,
            None => &self.come.articles()[position - self.stay.len()].key,
        }
    }

    /// Says where the articles stand that come and those that may stand elsewhere now, in the order of positions, from the
    /// assignments that are new and those that still hold; which groups they were in before is left out.
    fn groupings(&self, assignments: &[Assignment]) -> Vec<(usize, Grouping)> {
        let mut representatives: Vec<usize> =
            self.entries.iter().enumerate().map(|(position, entry)| entry.representative.unwrap_or(position)).collect();
        let mut assigned: Vec<Option<&Assignment>> = vec![None; self.entries.len()];
        for assignment in assignments {
            representatives[assignment.entry] = assignment.representative;
            assigned[assignment.entry] = Some(assignment);
        }
        let mut sizes = vec![0_u32; self.entries.len()];
        representatives.iter().for_each(|&representative| sizes[representative] += 1);
        let mut groupings = Vec::with_capacity(assignments.len());
        for (position, &representative) in representatives.iter().enumerate() {
            let is_in_group = sizes[representative] > 1;
            let assignment = assigned[position];
            if assignment.is_none() && self.stands(position, is_in_group) {
                continue;
            }
            let tie =
                if representative == position { None } else { assignment.map_or_else(|| self.known_tie(position), |new| Some(new.tie)) };
            let membership = is_in_group.then(|| Membership { group: GroupId::of(self.key(representative)), tie });
            let centres = assignment.map_or(&self.entries[position].centres, |new| &new.centres);
            let is_own = *centres == [position];
            let centres = if is_own { Vec::new() } else { centres.iter().map(|&centre| self.key(centre).hash()).collect() };
            groupings.push((position, Grouping { membership, centres, former_groups: Vec::new() }));
        }
        groupings
    }

    /// Tells an article that stays, that is not assigned anew, and whose group is still the one it names.
    fn stands(&self, position: usize, is_in_group: bool) -> bool {
        let entry = &self.entries[position];
        let was_in_group = |article: &usize| self.known_article(*article).grouping.membership.is_some();
        entry.representative.is_some()
            && !entry.centres.is_empty()
            && self.stay.get(position).is_some_and(|article| was_in_group(article) == is_in_group)
    }

    fn known_tie(&self, position: usize) -> Option<Tie> {
        self.known_article(*self.stay.get(position)?).grouping.membership?.tie
    }
}

/// Finds the articles that stay and that groupings of others name, by the hashes of their keys: of most archives a small part.
fn named_positions(articles: &[KnownArticle], stay: &[usize]) -> HashMap<u64, usize> {
    let groupings = articles.iter().map(|article| &article.grouping);
    let named = groupings
        .flat_map(|grouping| grouping.membership.iter().map(|membership| membership.group.0).chain(grouping.centres.iter().copied()));
    let named: HashSet<u64> = named.collect();
    if named.is_empty() {
        return HashMap::new();
    }
    let hashes = stay.par_iter().enumerate().map(|(position, &article)| (articles[article].key.hash(), position));
    let found: Vec<(u64, usize)> = hashes.filter(|(hash, _)| named.contains(hash)).collect();
    found.into_iter().collect()
}

/// The groups that each article was in before: one that stays, one that is read anew under its key, and one that is found with
/// the same contents under another key, as in a file that was renamed.
struct Former<'f> {
    meeting: &'f Meeting<'f>,
    by_key: HashMap<&'f ArticleKey, &'f KnownArticle>,
    by_content: HashMap<u64, &'f KnownArticle>,
}

impl<'f> Former<'f> {
    fn of(meeting: &'f Meeting<'f>, gone: &[&'f KnownArticle]) -> Self {
        let (mut by_key, mut by_content) = (HashMap::new(), HashMap::new());
        for &article in gone {
            by_key.insert(&article.key, article);
            by_content.entry(article.content_hash).or_insert(article);
        }
        Former { meeting, by_key, by_content }
    }

    fn groups(&self, position: usize, now: &Grouping) -> Vec<GroupId> {
        let meeting = self.meeting;
        let before = match meeting.stay.get(position) {
            Some(&article) => Some(meeting.known_article(article)),
            None => {
                let article = &meeting.come.articles()[position - meeting.stay.len()];
                self.by_key.get(&article.key).or_else(|| self.by_content.get(&article.content_hash)).copied()
            }
        };
        before.map(|before| former_groups(before, now.group(meeting.key(position)))).unwrap_or_default()
    }
}

/// Returns the groups that an article was in before the one it is in now, the latest last.
fn former_groups(before: &KnownArticle, now: GroupId) -> Vec<GroupId> {
    let left = before.grouping.group(&before.key);
    let mut former = before.grouping.former_groups.clone();
    former.retain(|group| *group != left);
    former.push(left);
    former.retain(|group| *group != now);
    former.drain(..former.len().saturating_sub(FORMER_GROUPS_MAX));
    former
}

fn standing_of_known(article: &KnownArticle) -> Standing {
    Standing { published: article.published_seconds, words: article.words, source: article.identity.source, url: article.identity.url }
}

impl Archive for Meeting<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn compare_ids(&self, a: usize, b: usize) -> Ordering {
        self.key(a).cmp(self.key(b))
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        if let Some(known) = self.known.filter(|_| !self.stay.is_empty()) {
            known.scan_samples(&mut |article, samples| {
                if let Some(position) = self.positions[article] {
                    visit(position, samples);
                }
            })?;
        }
        self.come.scan_samples(&mut |number, samples| visit(self.stay.len() + number, samples))
    }

    fn body(&self, position: usize) -> Result<Cow<'_, str>, Error> {
        // Grouping asks for texts all the time, so that this is where it ends early.
        self.stop.check()?;
        match (self.stay.get(position), self.known) {
            (Some(&article), Some(known)) => known.body(article),
            _ => self.come.body(position - self.stay.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dedup::{Relation, Resemblance};

    use super::*;

    #[test]
    fn a_share_that_lies_halfway_is_the_same_when_it_comes_back() {
        let grouping = |share: f32| {
            let tie = Tie { relation: Relation::Near, resemblance: Resemblance::new(share), ..Tie::EXACT };
            Grouping { membership: Some(Membership { group: GroupId(1), tie: Some(tie) }), ..Grouping::default() }
        };
        // In the index 0.7625 is 762 thousandths, since the number of 32 bits next to it is less.
        assert!(is_same(&grouping(0.762), &grouping(0.7625)));
        assert!(!is_same(&grouping(0.761), &grouping(0.7625)));
    }
}
