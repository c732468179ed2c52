//! From a change in an archive to the assignments that it changes, the same as grouping everything anew would give.
//!
//! Leads are evaluated from a queue in star order. What an evaluation finds depends on the centres before it alone, so its
//! effects only flow to later leads, and each is evaluated at most once:
//! - new and changed articles, and those that a lost or demoted centre leaves behind, look for centres among all articles;
//! - when a lead becomes a centre, the later leads that are candidates for it are compared with it.
//!
//! Then the centres are told which others they are kin to, as far as new and lost witnesses may have changed that. At last the
//! stars that changed, and those that links lead to from them, are joined into groups again.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::archive::{Archive, Assignment, Entry, Removed, star_order};
use super::candidates::{HashedMap, SampleCounts, SampleFilter, SampleIndex, is_candidate, is_candidate_for_kin};
use super::group::{Links, first, home, tie};
use super::rule::FEWEST_WORDS;
use super::sets::{SetCache, Weight};
use super::shingle::{common, fingerprint};
use super::stars::best_first;
use crate::error::Error;

/// Assigns what has to be assigned anew after a change: new articles, changed ones, and those that the change moves; in
/// ascending order of entries. Every other article keeps what its entry says.
///
/// # Errors
/// When the archive cannot be read.
pub fn regroup(archive: &dyn Archive, removed: &[Removed]) -> Result<Vec<Assignment>, Error> {
    let mut change = Change::new(archive, removed);
    while let Some(lead) = change.next_lead() {
        change.evaluate(lead)?;
    }
    change.find_kin()?;
    change.assignments(removed)
}

/// What an evaluation has to look at.
enum Need {
    /// All centres before the lead.
    Everything,
    /// These new centres, and the centres that the lead has.
    Against(Vec<usize>),
}

/// A lead in the queue.
struct Place<'a> {
    archive: &'a dyn Archive,
    lead: usize,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        star_order(self.archive, self.lead, other.lead)
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Place<'_> {}

/// A change on its way through the leads.
struct Change<'a> {
    archive: &'a dyn Archive,
    entries: &'a [Entry],
    sets: SetCache<'a>,
    /// The articles with one digest, in star order, where there may be several.
    classes: HashedMap<u64, Vec<usize>>,
    /// The centres of what was removed.
    gone: BTreeSet<usize>,
    /// The articles that named a centre among theirs before the change.
    named_by: HashedMap<usize, Vec<usize>>,
    queue: BinaryHeap<Reverse<Place<'a>>>,
    needs: HashedMap<usize, Need>,
    /// The centres of the leads that were evaluated.
    found: HashedMap<usize, Vec<usize>>,
    /// The candidates of the leads that were looked for.
    neighbours: HashedMap<usize, Vec<usize>>,
}

impl<'a> Change<'a> {
    fn new(archive: &'a dyn Archive, removed: &[Removed]) -> Self {
        let entries = archive.entries();
        let mut change = Change {
            archive,
            entries,
            sets: SetCache::new(archive),
            classes: classes(archive, removed),
            gone: removed.iter().flat_map(|gone| gone.centres.iter().copied()).collect(),
            named_by: HashedMap::default(),
            queue: BinaryHeap::new(),
            needs: HashedMap::default(),
            found: HashedMap::default(),
            neighbours: HashedMap::default(),
        };
        for (entry, article) in entries.iter().enumerate() {
            for &centre in article.centres.iter().filter(|&&centre| centre != entry) {
                change.named_by.entry(centre).or_default().push(entry);
            }
        }
        let fresh = (0..entries.len()).filter(|&entry| entries[entry].centres.is_empty());
        let shortened = removed.iter().filter_map(|gone| change.classes.get(&gone.digest)?.first().copied());
        let mut leads: Vec<usize> = fresh.map(|entry| change.lead_of(entry)).chain(shortened).collect();
        leads.sort_unstable();
        leads.dedup();
        for lead in leads {
            change.want(lead, Need::Everything);
            for repeating in change.class_of(lead).into_iter().filter(|&entry| entry != lead) {
                change.want_followers(repeating);
            }
        }
        change
    }

    fn class_of(&self, entry: usize) -> Vec<usize> {
        let article = &self.entries[entry];
        let class = self.classes.get(&article.digest).filter(|_| article.standing.words > 0);
        class.cloned().unwrap_or_else(|| vec![entry])
    }

    fn lead_of(&self, entry: usize) -> usize {
        let article = &self.entries[entry];
        let class = self.classes.get(&article.digest).filter(|_| article.standing.words > 0);
        class.map_or(entry, |class| class[0])
    }

    fn is_before(&self, a: usize, b: usize) -> bool {
        star_order(self.archive, a, b).is_lt()
    }

    /// Returns the centres of an article, as far as they are known by now.
    fn centres(&self, entry: usize) -> &[usize] {
        let lead = self.lead_of(entry);
        self.found.get(&lead).unwrap_or(&self.entries[lead].centres)
    }

    fn is_centre(&self, entry: usize) -> bool {
        self.centres(entry).first() == Some(&entry)
    }

    /// Puts a lead into the queue, unless it was evaluated.
    fn want(&mut self, lead: usize, need: Need) {
        if self.found.contains_key(&lead) {
            return;
        }
        match (self.needs.get_mut(&lead), need) {
            (None, need) => {
                self.needs.insert(lead, need);
                self.queue.push(Reverse(Place { archive: self.archive, lead }));
            }
            (Some(Need::Everything), _) => {}
            (Some(Need::Against(wanted)), Need::Against(more)) => wanted.extend(more),
            (Some(wanted), Need::Everything) => *wanted = Need::Everything,
        }
    }

    /// Queues the articles that named an article as centre which is none.
    fn want_followers(&mut self, centre: usize) {
        for follower in self.named_by.get(&centre).cloned().unwrap_or_default() {
            self.want(self.lead_of(follower), Need::Everything);
        }
    }

    fn next_lead(&mut self) -> Option<usize> {
        self.queue.pop().map(|Reverse(place)| place.lead)
    }

    fn evaluate(&mut self, lead: usize) -> Result<(), Error> {
        if matches!(self.needs.get(&lead), Some(Need::Everything)) && !self.neighbours.contains_key(&lead) {
            self.find_neighbours(lead)?;
        }
        let was_centre = self.entries[lead].centres.first() == Some(&lead);
        let centres = self.verify(lead, self.earlier_centres(lead))?;
        let is_centre = centres == [lead];
        self.found.insert(lead, centres);
        if !is_centre {
            self.want_followers(lead);
        }
        if is_centre && !was_centre {
            for later in self.neighbours.get(&lead).cloned().unwrap_or_default() {
                if self.lead_of(later) == later && self.is_before(lead, later) {
                    self.want(later, Need::Against(vec![lead]));
                }
            }
        }
        Ok(())
    }

    /// Returns the centres with which a lead has to be compared.
    fn earlier_centres(&self, lead: usize) -> BTreeSet<usize> {
        match self.needs.get(&lead) {
            Some(Need::Against(wanted)) => {
                // A centre that lost one of its own may be new and known at once.
                let known = self.entries[lead].centres.iter().filter(|&&centre| centre != lead);
                wanted.iter().chain(known).copied().collect()
            }
            _ => {
                let all = self.neighbours.get(&lead).map_or(&[][..], Vec::as_slice);
                all.iter().copied().filter(|&other| self.is_before(other, lead) && self.is_centre(other)).collect()
            }
        }
    }

    /// Returns the centres of which a member may be a witness for a lead that looked at everything.
    fn stars_of_earlier_candidates(&self, lead: usize) -> BTreeSet<usize> {
        let all = self.neighbours.get(&lead).map_or(&[][..], Vec::as_slice);
        all.iter()
            .filter(|&&other| self.lead_of(other) == other && self.is_before(other, lead))
            .map(|&other| self.centres(other)[0])
            .collect()
    }

    fn verify(&self, lead: usize, candidates: BTreeSet<usize>) -> Result<Vec<usize>, Error> {
        let mut found = Vec::new();
        for candidate in candidates {
            found.extend(self.sets.edge(lead, candidate)?.map(|weight| (candidate, weight)));
        }
        if found.is_empty() {
            found.push((lead, Weight::default()));
        }
        Ok(best_first(found, |&a, &b| star_order(self.archive, a, b)))
    }

    /// Brings up to date which earlier centres each centre is kin to by a witness.
    fn find_kin(&mut self) -> Result<(), Error> {
        let (gained, lost) = self.moves();
        self.ask(gained.iter().map(|&(member, _)| member).collect())?;
        let mut wanted = BTreeMap::<usize, BTreeSet<usize>>::new();
        for (&lead, need) in self.needs.iter().filter(|(lead, _)| self.is_centre(**lead)) {
            let known = match need {
                Need::Everything => self.stars_of_earlier_candidates(lead),
                Need::Against(_) => self.entries[lead].centres.iter().copied().collect(),
            };
            wanted.entry(lead).or_default().extend(known);
        }
        for &centre in lost.iter().filter_map(|centre| self.named_by.get(centre)).flatten() {
            if self.lead_of(centre) == centre && self.is_centre(centre) {
                wanted.entry(centre).or_default().extend(&self.entries[centre].centres);
            }
        }
        for (member, star) in gained {
            let all = self.neighbours.get(&member).map_or(&[][..], Vec::as_slice);
            for &later in all.iter().filter(|&&other| self.is_before(member, other) && self.is_centre(other)) {
                let known = self.centres(later).iter().copied().chain([star]);
                wanted.entry(later).or_default().extend(known);
            }
        }
        let members = self.star_members(wanted.values().flatten().copied().collect());
        for (centre, earlier) in wanted {
            let centres = self.kin(centre, earlier, &members)?;
            self.found.insert(centre, centres);
        }
        Ok(())
    }

    /// Returns the leads that came into a star or may stand in it anew, with its centre, and the centres that may have lost a
    /// member.
    fn moves(&self) -> (Vec<(usize, usize)>, BTreeSet<usize>) {
        let (mut gained, mut lost) = (Vec::new(), self.gone.clone());
        for (&lead, centres) in &self.found {
            // A lead that took the place of another with its words may be of another outlet, and stands elsewhere in the star
            // order; every such lead looked at everything.
            let is_anew = matches!(self.needs.get(&lead), Some(Need::Everything));
            let is_moved = self.entries[lead].centres.first() != Some(&centres[0]);
            gained.extend((centres[0] != lead && (is_anew || is_moved)).then_some((lead, centres[0])));
            lost.extend(self.class_of(lead).iter().filter_map(|&entry| self.entries[entry].centres.first()));
        }
        (gained, lost)
    }

    /// Returns the leads that belong to the stars of some centres, in star order.
    fn star_members(&self, stars: BTreeSet<usize>) -> HashedMap<usize, Vec<usize>> {
        let mut members = HashedMap::<usize, Vec<usize>>::default();
        let named = stars.iter().filter_map(|star| self.named_by.get(star)).flatten().copied();
        let mut leads: Vec<usize> = named.map(|entry| self.lead_of(entry)).chain(self.found.keys().copied()).collect();
        leads.sort_unstable_by(|&a, &b| star_order(self.archive, a, b));
        leads.dedup();
        for lead in leads {
            let centre = self.centres(lead)[0];
            if centre != lead {
                members.entry(centre).or_default().push(lead);
            }
        }
        members
    }

    /// Returns a centre and those of some earlier centres that it is kin to by a witness, best first.
    fn kin(&self, centre: usize, earlier: BTreeSet<usize>, members: &HashedMap<usize, Vec<usize>>) -> Result<Vec<usize>, Error> {
        let mut kept = Vec::new();
        for other in earlier.into_iter().filter(|&other| self.is_centre(other) && self.is_before(other, centre)) {
            let members = members.get(&other).map_or(&[][..], Vec::as_slice);
            if self.may_be_kin(centre, other)? && self.has_witness(centre, members)? {
                kept.extend(self.sets.kin(centre, other)?.map(|weight| (other, weight)));
            }
        }
        let kin = best_first(kept, |&a, &b| star_order(self.archive, a, b));
        Ok([centre].into_iter().chain(kin).collect())
    }

    fn has_witness(&self, centre: usize, members: &[usize]) -> Result<bool, Error> {
        for &member in members.iter().take_while(|&&member| self.is_before(member, centre)) {
            if self.is_candidate(centre, member)? && self.sets.edge(centre, member)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_candidate(&self, a: usize, b: usize) -> Result<bool, Error> {
        Ok(is_candidate(self.sample_counts(a, b)?, &self.entries[a].standing, &self.entries[b].standing))
    }

    fn may_be_kin(&self, a: usize, b: usize) -> Result<bool, Error> {
        Ok(is_candidate_for_kin(self.sample_counts(a, b)?, &self.entries[a].standing, &self.entries[b].standing))
    }

    fn sample_counts(&self, a: usize, b: usize) -> Result<SampleCounts, Error> {
        let (a_samples, b_samples) = (self.sets.samples(a)?, self.sets.samples(b)?);
        Ok(SampleCounts { shared: common(&a_samples, &b_samples), a: a_samples.len(), b: b_samples.len() })
    }

    /// Finds the candidates of a lead, and in the same scan those of all others in the queue that will look for theirs.
    fn find_neighbours(&mut self, lead: usize) -> Result<(), Error> {
        let waiting = self.queue.iter().map(|Reverse(place)| place.lead);
        let wanted = waiting.filter(|other| matches!(self.needs.get(other), Some(Need::Everything)));
        let unknown = wanted.chain([lead]).filter(|other| !self.neighbours.contains_key(other));
        self.ask(unknown.collect())
    }

    /// Finds the candidates of those of some leads whose candidates are not known, by one scan.
    fn ask(&mut self, mut leads: Vec<usize>) -> Result<(), Error> {
        leads.retain(|lead| !self.neighbours.contains_key(lead));
        if !leads.is_empty() {
            let found = neighbours(self.archive, &leads)?;
            self.neighbours.extend(leads.into_iter().zip(found));
        }
        Ok(())
    }

    /// Joins the stars that the change touched into groups, and says what is new in them.
    fn assignments(&self, removed: &[Removed]) -> Result<Vec<Assignment>, Error> {
        let links = self.links();
        let reached = links.reach(self.archive, self.touched(removed).into_iter());
        let stars: HashedMap<usize, ()> = reached.iter().map(|&centre| (centre, ())).collect();
        let homes = links.join(self.archive, &self.sets, reached)?;
        let mut groups = HashedMap::<usize, Vec<usize>>::default();
        for entry in self.may_be_in(stars.keys().copied()) {
            let centre = self.centres(entry)[0];
            if stars.contains_key(&centre) {
                groups.entry(home(&homes, centre)).or_default().push(entry);
            }
        }
        let mut assignments = Vec::new();
        for members in groups.values() {
            let representative = first(self.archive, members);
            for &entry in members {
                let (before, centres) = (&self.entries[entry], self.centres(entry));
                if before.representative != Some(representative) || before.centres != centres {
                    let tie = tie(self.archive, &self.sets, entry, representative)?;
                    assignments.push(Assignment { entry, representative, tie, centres: centres.to_vec() });
                }
            }
        }
        assignments.sort_unstable_by_key(|assignment| assignment.entry);
        Ok(assignments)
    }

    /// Returns, ascending, the centres, the articles that named them, and those whose centres were found anew: all that can
    /// belong to their stars.
    fn may_be_in(&self, stars: impl Iterator<Item = usize>) -> Vec<usize> {
        let named = |star: usize| self.named_by.get(&star).into_iter().flatten().copied();
        let mut entries: Vec<usize> = stars.flat_map(|star| self.class_of(star).into_iter().chain(named(star))).collect();
        entries.extend(self.found.keys().flat_map(|&lead| self.class_of(lead)));
        entries.sort_unstable();
        entries.dedup();
        entries
    }

    fn links(&self) -> Links {
        let untouched = self.entries.iter().enumerate().filter(|(_, article)| article.centres.len() > 1);
        let untouched = untouched.filter(|&(entry, _)| !self.found.contains_key(&self.lead_of(entry)));
        Links::of(untouched.map(|(_, article)| article.centres.as_slice()).chain(self.found.values().map(Vec::as_slice)))
    }

    /// Returns the centres whose stars or links the change touched.
    fn touched(&self, removed: &[Removed]) -> BTreeSet<usize> {
        let mut touched = BTreeSet::new();
        for (&lead, centres) in &self.found {
            touched.extend(centres);
            let before = self.class_of(lead).into_iter().map(|entry| &self.entries[entry]);
            touched.extend(before.flat_map(|article| article.centres.iter().chain(&article.former_centres)));
        }
        touched.extend(removed.iter().flat_map(|gone| &gone.centres));
        let lost = (0..self.entries.len()).filter(|&entry| self.entries[entry].representative.is_none());
        touched.extend(lost.map(|entry| self.centres(entry)[0]));
        touched.retain(|&centre| self.is_centre(centre));
        touched
    }
}

/// Collects the articles of each digest that more than one may have: all but the centres, and what was removed.
fn classes(archive: &dyn Archive, removed: &[Removed]) -> HashedMap<u64, Vec<usize>> {
    let mut classes: HashedMap<u64, Vec<usize>> = removed.iter().map(|gone| (gone.digest, Vec::new())).collect();
    let entries = archive.entries();
    for (entry, article) in entries.iter().enumerate() {
        if article.centres.first() != Some(&entry) {
            classes.entry(article.digest).or_default();
        }
    }
    for (entry, article) in entries.iter().enumerate().filter(|(_, article)| article.standing.words > 0) {
        if let Some(class) = classes.get_mut(&article.digest) {
            class.push(entry);
        }
    }
    classes.retain(|_, class| !class.is_empty());
    classes.values_mut().for_each(|class| class.sort_unstable_by(|&a, &b| star_order(archive, a, b)));
    classes
}

/// Finds the candidates of some articles by one scan over the samples of all; an article too short for more than the exact tier
/// has none.
fn neighbours(archive: &dyn Archive, asked: &[usize]) -> Result<Vec<Vec<usize>>, Error> {
    let entries = archive.entries();
    let mut index = SampleIndex::default();
    for (number, &entry) in (0..).zip(asked) {
        if entries[entry].standing.words >= FEWEST_WORDS {
            let samples = fingerprint(&archive.body(entry)?).samples;
            index.insert(number, samples.iter().copied(), samples.len());
        }
    }
    let mut filter = SampleFilter::with_room_for(index.samples().count());
    index.samples().for_each(|sample| {
        filter.insert(sample);
    });
    let mut found = vec![Vec::new(); asked.len()];
    let (mut shared, mut hit) = (vec![0; asked.len()], Vec::new());
    archive.scan_samples(&mut |entry, samples| {
        for &sample in samples.iter().filter(|&&sample| filter.may_hold(sample)) {
            for holder in index.holders(sample) {
                if shared[holder as usize] == 0 {
                    hit.push(holder);
                }
                shared[holder as usize] += 1;
            }
        }
        let is_long = entries[entry].standing.words >= FEWEST_WORDS;
        for holder in hit.drain(..) {
            let count = std::mem::take(&mut shared[holder as usize]);
            let asking = asked[holder as usize];
            let counts = SampleCounts { shared: count, a: samples.len(), b: index.sample_count(holder) };
            if is_long && asking != entry && is_candidate(counts, &entries[asking].standing, &entries[entry].standing) {
                found[holder as usize].push(entry);
            }
        }
    })?;
    Ok(found)
}
