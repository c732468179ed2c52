//! From all articles to stars: for each article the texts it is verified to be a copy of.
//!
//! A *lead* is the first article with its words; the others repeat it and go where it goes. Leads are taken in star order, the
//! fewest words first. One that is verified against no centre before it becomes a *centre* itself; any other belongs to the
//! star of the centre with which it shares the most shingles, the earlier of two that share as many, but to none that only a
//! second look ties it to while there is another. So a centre is the barest version of a text: what outlets put around it counts
//! for nothing, and a page of several articles belongs to the largest of them. The result depends on the set of articles alone.
//!
//! One text can have several centres: an excerpt of it and an edited copy of it may share too little to be one text by
//! themselves. So the centres of an article also name the other centres that it would fit, and those of a centre name the
//! earlier centres that are *kin* and of whose star a member before it, a *witness*, is verified against it too.
//!
//! But for witnesses only centres are ever compared against, so a story that was reprinted 5,000 times costs linear time.

use std::cmp::Ordering;
use std::collections::{BTreeMap, hash_map};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::archive::{Archive, star_order};
use super::bound::{Handful, Table};
use super::candidates::{HashedMap, SampleCounts, SampleFilter, is_candidate, is_candidate_for_kin, may_be_candidate};
use super::postings::{self, Part, Postings};
use super::rule::{FEWEST_WORDS, Look, are_kin, first_look};
use super::sets::{SetCache, Weight};
use super::shingle::common;
use super::standing::{Setting, Standing};
use super::verify::Overlap;
use crate::error::Error;

/// Articles that are compared with earlier centres at the same time: enough to keep the cores busy, few enough that most
/// centres stand before the block.
const BLOCK: usize = 1024;

/// Finds the centres of every entry, best first, itself alone where it is a centre.
pub(super) fn find_stars(archive: &dyn Archive, sets: &SetCache) -> Result<Vec<Vec<usize>>, Error> {
    let mut order: Vec<usize> = (0..archive.entries().len()).collect();
    order.par_sort_unstable_by(|&a, &b| star_order(archive, a, b));
    let (leads, followers) = leads_and_followers(archive, &order);
    drop(order);
    let found = centres_of_leads(archive, &leads, sets)?;
    let mut centres: Vec<Vec<usize>> = (0..archive.entries().len()).map(|entry| vec![entry]).collect();
    for (&lead, found) in leads.iter().zip(found) {
        centres[lead] = found;
    }
    for (follower, lead) in followers {
        centres[follower] = centres[lead].clone();
    }
    Ok(centres)
}

/// Parts the articles that come first with their words, in star order, from those that repeat them. An article without
/// words repeats none.
fn leads_and_followers(archive: &dyn Archive, order: &[usize]) -> (Vec<usize>, Vec<(usize, usize)>) {
    let entries = archive.entries();
    let mut lead_of = HashedMap::<u64, usize>::default();
    let (mut leads, mut followers) = (Vec::with_capacity(order.len()), Vec::new());
    for &entry in order {
        if entries[entry].standing.words == 0 {
            continue;
        }
        match lead_of.entry(entries[entry].digest) {
            hash_map::Entry::Occupied(lead) => followers.push((entry, *lead.get())),
            hash_map::Entry::Vacant(place) => {
                place.insert(entry);
                leads.push(entry);
            }
        }
    }
    (leads, followers)
}

/// The samples of leads that more than one of them has, and a few more.
struct CommonSamples {
    /// By numbers that stand for them, ascending for each lead.
    values: Vec<u32>,
    /// How many different ones there are.
    distinct: usize,
    places: Vec<SamplePlace>,
}

/// Where the samples of a lead stand; a lead that is too short for more than the exact tier has none.
#[derive(Clone, Copy, Default)]
struct SamplePlace {
    from: usize,
    kept: u32,
    /// How many samples it has with those that no other has.
    total: u32,
}

impl CommonSamples {
    fn of(&self, lead: usize) -> (&[u32], usize) {
        let place = self.places[lead];
        (&self.values[place.from..place.from + place.kept as usize], place.total as usize)
    }

    /// Reads them by three scans: to size the filters, to find what recurs, to keep it. Also returns how often each occurs, which is
    /// asked once.
    fn read(archive: &dyn Archive, leads: &[usize]) -> Result<(Self, Vec<u32>), Error> {
        let entries = archive.entries();
        let mut lead_at = vec![None; entries.len()];
        for (lead, &entry) in leads.iter().enumerate() {
            lead_at[entry] = (entries[entry].standing.words >= FEWEST_WORDS).then(|| narrow(lead));
        }
        let mut total = 0;
        archive.scan_samples(&mut |_, samples| total += samples.len())?;
        let (mut seen, mut recurring) = (SampleFilter::with_room_for(total), SampleFilter::with_room_for(total));
        archive.scan_samples(&mut |entry, samples| {
            for &sample in samples.iter().filter(|_| lead_at[entry].is_some()) {
                if seen.insert(sample) {
                    recurring.insert(sample);
                }
            }
        })?;
        drop(seen);
        let (mut values, mut places) = (Vec::new(), vec![SamplePlace::default(); leads.len()]);
        archive.scan_samples(&mut |entry, samples| {
            if let Some(lead) = lead_at[entry] {
                let from = values.len();
                values.extend(samples.iter().filter(|&&sample| recurring.may_hold(sample)));
                places[lead as usize] = SamplePlace { from, kept: narrow(values.len() - from), total: narrow(samples.len()) };
            }
        })?;
        let counts = postings::number(&mut values);
        for place in &places {
            values[place.from..place.from + place.kept as usize].sort_unstable();
        }
        Ok((CommonSamples { values, distinct: counts.len(), places }, counts))
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 articles, and samples of one: an index numbers documents in 32 bits")
}

/// An edge to a centre, with what ties to it.
pub(super) type Edge = (usize, Weight);

/// Finds for each lead, in star order, its centres, best first, itself alone where it is one.
fn centres_of_leads(archive: &dyn Archive, leads: &[usize], sets: &SetCache) -> Result<Vec<Vec<usize>>, Error> {
    let (samples, counts) = CommonSamples::read(archive, leads)?;
    let standings = leads.iter().map(|&lead| archive.entries()[lead].standing).collect();
    let handfuls = leads.iter().map(|_| OnceLock::new()).collect();
    let verify = Verifier { leads, samples: &samples, sets, standings, handfuls };
    let mut postings = Postings::with_room_for(&counts);
    drop(counts);
    let mut centres: Vec<Vec<usize>> = Vec::with_capacity(leads.len());
    while centres.len() < leads.len() {
        let from = centres.len();
        let block = from..leads.len().min(from + BLOCK);
        let before: Vec<Vec<Edge>> =
            block.clone().into_par_iter().map(|lead| verify.edges(lead, &postings, Part::Settled)).collect::<Result<_, _>>()?;
        for (lead, mut found) in block.zip(before) {
            found.extend(verify.edges(lead, &postings, Part::Fresh)?);
            if found.is_empty() {
                verify.insert(lead, &mut postings);
                found.push((lead, Weight::default()));
            }
            centres.push(best_first(found, usize::cmp));
        }
        postings.settle();
    }
    drop(postings);
    for (lead, kin) in verify.kin_of_centres(&centres)? {
        centres[lead].extend(kin);
    }
    Ok(centres.into_iter().map(|found| found.into_iter().map(|centre| leads[centre]).collect()).collect())
}

/// What verifying leads looks at; leads are numbered in star order.
struct Verifier<'a> {
    leads: &'a [usize],
    samples: &'a CommonSamples,
    sets: &'a SetCache<'a>,
    /// What is known of the leads beside their texts, close together since most candidates fall by it.
    standings: Vec<Standing>,
    /// Some shingles of the leads that were looked at.
    handfuls: Vec<OnceLock<Handful>>,
}

impl Verifier<'_> {
    /// Verifies a lead against centres.
    fn edges(&self, lead: usize, postings: &Postings, part: Part) -> Result<Vec<Edge>, Error> {
        let (mut own, mut found) = (Own { verify: self, lead, table: None }, Vec::new());
        for centre in self.candidates(lead, postings, part) {
            found.extend(own.edge(centre)?.map(|weight| (centre, weight)));
        }
        Ok(found)
    }

    fn candidates(&self, lead: usize, postings: &Postings, part: Part) -> impl Iterator<Item = usize> {
        let is_wanted = |other: u32, counts| {
            (other as usize) < lead
                && may_be_candidate(counts)
                && is_candidate(counts, &self.standings[lead], &self.standings[other as usize])
        };
        postings.sharing(self.samples.of(lead), part, is_wanted).into_iter().map(|other| other as usize)
    }

    fn setting(&self, a: usize, b: usize) -> Setting {
        Setting::of(&self.standings[a], &self.standings[b])
    }

    fn may_be_kin(&self, a: usize, b: usize) -> bool {
        let ((a_samples, a_total), (b_samples, b_total)) = (self.samples.of(a), self.samples.of(b));
        let counts = SampleCounts { shared: common(a_samples, b_samples), a: a_total, b: b_total };
        is_candidate_for_kin(counts, &self.standings[a], &self.standings[b])
    }

    fn insert(&self, lead: usize, postings: &mut Postings) {
        let (values, total) = self.samples.of(lead);
        postings.insert(narrow(lead), values, total);
    }

    /// Finds for each centre the earlier ones that it is kin to by a witness, best first. Witnesses are few and kin are many, so
    /// they are looked for among the candidates of the centre.
    fn kin_of_centres(&self, centres: &[Vec<usize>]) -> Result<Vec<(usize, Vec<usize>)>, Error> {
        let is_centre = |lead: &usize| centres[*lead][0] == *lead;
        let mut counts = vec![0; self.samples.distinct];
        let members = || (0..centres.len()).filter(|lead| !is_centre(lead));
        members().flat_map(|member| self.samples.of(member).0).for_each(|&sample| counts[sample as usize] += 1);
        let mut witnesses = Postings::with_room_for(&counts);
        members().for_each(|member| self.insert(member, &mut witnesses));
        witnesses.settle();
        let kin = |centre: usize| {
            let mut stars = BTreeMap::<usize, Vec<usize>>::new();
            for witness in self.candidates(centre, &witnesses, Part::Settled) {
                stars.entry(centres[witness][0]).or_default().push(witness);
            }
            Ok((centre, self.kin(centre, stars)?))
        };
        (0..centres.len()).into_par_iter().filter(is_centre).map(kin).collect()
    }

    /// Finds the stars whose centre a later one is kin to and of which a member is a witness, best first.
    fn kin(&self, centre: usize, stars: BTreeMap<usize, Vec<usize>>) -> Result<Vec<usize>, Error> {
        let (mut own, mut kept) = (Own { verify: self, lead: centre, table: None }, Vec::new());
        for (earlier, witnesses) in stars {
            let kin = if self.may_be_kin(centre, earlier) { own.kin(earlier)? } else { None };
            if let Some(weight) = kin
                && own.has_edge(&witnesses)?
            {
                kept.push((earlier, weight));
            }
        }
        Ok(best_first(kept, usize::cmp))
    }

    fn handful(&self, lead: usize) -> Result<&Handful, Error> {
        let place = &self.handfuls[lead];
        match place.get() {
            Some(handful) => Ok(handful),
            None => {
                let set = self.sets.set(self.leads[lead])?;
                Ok(place.get_or_init(|| Handful::of(&set)))
            }
        }
    }
}

/// A lead that is verified against others.
struct Own<'v, 'a> {
    verify: &'v Verifier<'a>,
    lead: usize,
    table: Option<Table>,
}

impl Own<'_, '_> {
    fn edge(&mut self, other: usize) -> Result<Option<Weight>, Error> {
        let bound = self.most_shared(other)?;
        let may_be = first_look(bound, self.verify.setting(self.lead, other)) != Look::Different;
        if may_be { self.verify.sets.edge(self.verify.leads[self.lead], self.verify.leads[other]) } else { Ok(None) }
    }

    fn kin(&mut self, other: usize) -> Result<Option<Weight>, Error> {
        let (bound, setting) = (self.most_shared(other)?, self.verify.setting(self.lead, other));
        let may_be = are_kin(bound, setting) || first_look(bound, setting) != Look::Different;
        if may_be { self.verify.sets.kin(self.verify.leads[self.lead], self.verify.leads[other]) } else { Ok(None) }
    }

    fn has_edge(&mut self, others: &[usize]) -> Result<bool, Error> {
        for &other in others {
            if self.edge(other)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn most_shared(&mut self, other: usize) -> Result<Overlap, Error> {
        let table = match self.table.take() {
            Some(table) => table,
            None => {
                let set = self.verify.sets.set(self.verify.leads[self.lead])?;
                self.verify.handfuls[self.lead].get_or_init(|| Handful::of(&set));
                Table::of(&set)
            }
        };
        Ok(self.table.insert(table).most_shared(self.verify.handful(other)?))
    }
}

/// Orders centres by what ties to them, most first, and those that it ties as much by `order`.
pub(super) fn best_first(mut found: Vec<Edge>, order: impl Fn(&usize, &usize) -> Ordering) -> Vec<usize> {
    found.sort_unstable_by(|(a, a_weight), (b, b_weight)| b_weight.cmp(a_weight).then_with(|| order(a, b)));
    found.into_iter().map(|(centre, _)| centre).collect()
}
