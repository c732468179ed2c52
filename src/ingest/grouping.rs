//! From articles, those that stay and those that come, to each one's place in a group.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

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
}

/// Says of every article that waits where it stands, and returns the known articles that stand elsewhere now.
///
/// # Errors
///
/// When the index cannot be read.
pub fn assign(before: &Before<'_>, waiting: &mut Waiting) -> Result<Vec<(usize, Grouping)>, Error> {
    let Before { known, removed, gone } = before;
    let (known, removed) = (*known, *removed);
    let meeting = Meeting::new(known, removed, waiting);
    let assignments = if meeting.stay.is_empty() { dedup::group(&meeting)? } else { dedup::regroup(&meeting, &meeting.removed(removed))? };
    let mut groupings = meeting.groupings(&assignments);
    meeting.remember_former_groups(gone, &mut groupings);
    let staying = meeting.stay.iter().zip(&groupings);
    let moved = staying.filter(|(article, grouping)| !is_same(&meeting.known_article(**article).grouping, grouping));
    let moved = moved.map(|(article, grouping)| (*article, grouping.clone())).collect();
    let first_new = meeting.stay.len();
    for (article, grouping) in waiting.articles_mut().iter_mut().zip(groupings.into_iter().skip(first_new)) {
        article.grouping = grouping;
    }
    Ok(moved)
}

/// Tells whether an article stands where it stood; shares are compared as finely as the index keeps them.
fn is_same(before: &Grouping, now: &Grouping) -> bool {
    let thousandths = |share: f32| (share * 1000.0).round();
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
    entries: Vec<Entry>,
    /// The position in the archive of each known article that stays.
    position: HashMap<usize, usize>,
    /// The position of each article that stays, by the hash of its key.
    position_of_hash: HashMap<u64, usize>,
}

impl<'a> Meeting<'a> {
    fn new(known: Option<&'a dyn Catalog>, removed: &[usize], come: &'a Waiting) -> Self {
        let removed: HashSet<usize> = removed.iter().copied().collect();
        let articles = known.map_or(&[][..], |known| known.articles());
        let stay: Vec<usize> = (0..articles.len()).filter(|article| !removed.contains(article)).collect();
        let position = stay.iter().enumerate().map(|(position, article)| (*article, position)).collect();
        let position_of_hash = stay.iter().enumerate().map(|(position, article)| (articles[*article].key.hash(), position)).collect();
        let mut meeting = Meeting { known, stay, come, entries: Vec::new(), position, position_of_hash };
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

    /// Says where every article stands, from the assignments that are new and those that still hold.
    fn groupings(&self, assignments: &[Assignment]) -> Vec<Grouping> {
        let mut representatives: Vec<usize> =
            self.entries.iter().enumerate().map(|(position, entry)| entry.representative.unwrap_or(position)).collect();
        let mut centres: Vec<&[usize]> = self.entries.iter().map(|entry| entry.centres.as_slice()).collect();
        let mut ties: Vec<Option<Tie>> = vec![None; self.entries.len()];
        for (position, &article) in self.stay.iter().enumerate() {
            ties[position] = self.known_article(article).grouping.membership.and_then(|membership| membership.tie);
        }
        for assignment in assignments {
            representatives[assignment.entry] = assignment.representative;
            centres[assignment.entry] = &assignment.centres;
            ties[assignment.entry] = Some(assignment.tie);
        }
        let mut sizes = vec![0_u32; self.entries.len()];
        for &representative in &representatives {
            sizes[representative] += 1;
        }
        let grouping = |(position, &representative): (usize, &usize)| {
            let tie = if representative == position { None } else { ties[position] };
            let membership = (sizes[representative] > 1).then(|| Membership { group: GroupId::of(self.key(representative)), tie });
            let is_own = centres[position] == [position];
            let centres = if is_own { Vec::new() } else { centres[position].iter().map(|&centre| self.key(centre).hash()).collect() };
            Grouping { membership, centres, former_groups: Vec::new() }
        };
        representatives.iter().enumerate().map(grouping).collect()
    }

    /// Carries on the groups that each article was in before: an article that stays, one that is read anew under its key, and
    /// one that is found with the same contents under another key, as in a file that was renamed.
    fn remember_former_groups(&self, gone: &[&KnownArticle], groupings: &mut [Grouping]) {
        let (mut by_key, mut by_content) = (HashMap::new(), HashMap::new());
        for &article in gone {
            by_key.insert(&article.key, article);
            by_content.entry(article.content_hash).or_insert(article);
        }
        for (position, grouping) in groupings.iter_mut().enumerate() {
            let before = match self.stay.get(position) {
                Some(&article) => Some(self.known_article(article)),
                None => {
                    let article = &self.come.articles()[position - self.stay.len()];
                    by_key.get(&article.key).or_else(|| by_content.get(&article.content_hash)).copied()
                }
            };
            if let Some(before) = before {
                grouping.former_groups = former_groups(before, grouping.group(self.key(position)));
            }
        }
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
                if let Some(&position) = self.position.get(&article) {
                    visit(position, samples);
                }
            })?;
        }
        self.come.scan_samples(&mut |number, samples| visit(self.stay.len() + number, samples))
    }

    fn body(&self, position: usize) -> Result<Cow<'_, str>, Error> {
        match (self.stay.get(position), self.known) {
            (Some(&article), Some(known)) => known.body(article),
            _ => self.come.body(position - self.stay.len()),
        }
    }
}
