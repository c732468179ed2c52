//! From articles, those that stay and those that come, to each one's place in a group.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::waiting::Waiting;
use crate::dedup::{self, Archive, Assignment, Entry, Removed, Standing, Tie};
use crate::error::Error;
use crate::search::{ArticleKey, Catalog, GroupId, KnownArticle, Membership};

/// Where an article stands among the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its group, when there are others in it.
    pub membership: Option<Membership>,
    /// See [`IndexEntry::centres`].
    pub centres: Vec<u64>,
}

/// Gives every article that waits its place, and returns the known articles whose place is another one now.
///
/// # Errors
///
/// When the index cannot be read.
pub fn assign(known: Option<&dyn Catalog>, removed: &[usize], waiting: &mut Waiting) -> Result<Vec<(usize, Place)>, Error> {
    let meeting = Meeting::new(known, removed, waiting);
    let assignments = if meeting.stay.is_empty() { dedup::group(&meeting)? } else { dedup::regroup(&meeting, &meeting.removed(removed))? };
    let places = meeting.places(&assignments);
    let staying = meeting.stay.iter().zip(&places);
    let moved = staying.filter(|(article, place)| !is_same(meeting.known_article(**article), place));
    let moved = moved.map(|(article, place)| (*article, place.clone())).collect();
    let first_new = meeting.stay.len();
    for (article, place) in waiting.articles_mut().iter_mut().zip(places.into_iter().skip(first_new)) {
        article.membership = place.membership;
        article.centres = place.centres;
    }
    Ok(moved)
}

/// Tells whether an article stands where it stood; shares are compared as finely as the index keeps them.
fn is_same(before: &KnownArticle, now: &Place) -> bool {
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
        let coming = come.articles().iter().map(|article| Entry {
            standing: article.standing,
            digest: article.fingerprint.digest,
            ..Entry::default()
        });
        meeting.entries = staying.chain(coming).collect();
        meeting
    }

    fn entry_of_known(&self, position: usize, article: &KnownArticle) -> Entry {
        let representative = match article.membership {
            None => Some(position),
            Some(membership) => self.position_of_hash.get(&membership.group.0).copied(),
        };
        let centres = if article.centres.is_empty() { vec![position] } else { self.staying_centres(&article.centres) };
        let are_all_there = article.centres.is_empty() || centres.len() == article.centres.len();
        let (centres, former_centres) = if are_all_there { (centres, Vec::new()) } else { (Vec::new(), centres) };
        Entry { standing: standing_of_known(article), digest: article.digest, representative, centres, former_centres }
    }

    fn staying_centres(&self, hashes: &[u64]) -> Vec<usize> {
        hashes.iter().filter_map(|hash| self.position_of_hash.get(hash).copied()).collect()
    }

    fn removed(&self, removed: &[usize]) -> Vec<Removed> {
        let known = |&article: &usize| self.known_article(article);
        let removed = removed.iter().map(known);
        removed.map(|article| Removed { digest: article.digest, centres: self.staying_centres(&article.centres) }).collect()
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

    /// Returns every article's place, from the assignments that are new and those that still hold.
    fn places(&self, assignments: &[Assignment]) -> Vec<Place> {
        let mut representatives: Vec<usize> =
            self.entries.iter().enumerate().map(|(position, entry)| entry.representative.unwrap_or(position)).collect();
        let mut centres: Vec<&[usize]> = self.entries.iter().map(|entry| entry.centres.as_slice()).collect();
        let mut ties: Vec<Option<Tie>> = vec![None; self.entries.len()];
        for (position, &article) in self.stay.iter().enumerate() {
            ties[position] = self.known_article(article).membership.and_then(|membership| membership.tie);
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
        let place = |(position, &representative): (usize, &usize)| {
            let tie = if representative == position { None } else { ties[position] };
            let membership = (sizes[representative] > 1).then(|| Membership { group: GroupId::of(self.key(representative)), tie });
            let is_own = centres[position] == [position];
            let centres = if is_own { Vec::new() } else { centres[position].iter().map(|&centre| self.key(centre).hash()).collect() };
            Place { membership, centres }
        };
        representatives.iter().enumerate().map(place).collect()
    }
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
        for (number, article) in self.come.articles().iter().enumerate() {
            visit(self.stay.len() + number, &article.fingerprint.samples);
        }
        Ok(())
    }

    fn body(&self, position: usize) -> Result<Cow<'_, str>, Error> {
        match (self.stay.get(position), self.known) {
            (Some(&article), Some(known)) => known.body(article),
            _ => self.come.body(position - self.stay.len()),
        }
    }
}
