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
use std::collections::hash_map;

use rayon::prelude::*;

use super::archive::{Archive, star_order};
use super::candidates::{HashedMap, SampleCounts, SampleFilter, is_candidate, may_be_candidate};
use super::postings::{self, Part, Postings};
use super::rule::FEWEST_WORDS;
use super::sets::{SetCache, Verdict, Weight};
use super::shingle::common;
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
    /// How often each occurs.
    counts: Vec<u32>,
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

    /// Reads them by three scans: to size the filters, to find what recurs, to keep it.
    fn read(archive: &dyn Archive, leads: &[usize]) -> Result<Self, Error> {
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
        Ok(CommonSamples { values, counts, places })
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 articles, and samples of one: an index numbers documents in 32 bits")
}

/// An edge to a centre, with what ties to it.
pub(super) type Edge = (usize, Weight);

/// Finds for each lead, in star order, its centres, best first, itself alone where it is one.
fn centres_of_leads(archive: &dyn Archive, leads: &[usize], sets: &SetCache) -> Result<Vec<Vec<usize>>, Error> {
    let samples = CommonSamples::read(archive, leads)?;
    let verify = Verifier { leads, samples: &samples, sets };
    let (mut postings, mut kin) = (Postings::with_room_for(&samples.counts), Vec::new());
    let mut centres: Vec<Vec<usize>> = Vec::with_capacity(leads.len());
    while centres.len() < leads.len() {
        let from = centres.len();
        let block = from..leads.len().min(from + BLOCK);
        let before: Vec<Edges> =
            block.clone().into_par_iter().map(|lead| verify.edges(lead, &postings, Part::Settled)).collect::<Result<_, _>>()?;
        for (lead, mut found) in block.zip(before) {
            found.extend(verify.edges(lead, &postings, Part::Fresh)?);
            if found.edges.is_empty() {
                verify.insert(lead, &mut postings);
                found.edges.push((lead, Weight::default()));
                kin.extend((!found.kin.is_empty()).then_some((lead, found.kin)));
            }
            centres.push(best_first(found.edges, usize::cmp));
        }
        postings.settle();
    }
    for (lead, further) in verify.witnessed(kin, &centres)? {
        centres[lead].extend(further);
    }
    Ok(centres.into_iter().map(|found| found.into_iter().map(|centre| leads[centre]).collect()).collect())
}

/// What verifying an article against centres finds.
#[derive(Default)]
struct Edges {
    edges: Vec<Edge>,
    kin: Vec<Edge>,
}

impl Edges {
    fn extend(&mut self, more: Edges) {
        self.edges.extend(more.edges);
        self.kin.extend(more.kin);
    }
}

/// What verifying leads looks at.
struct Verifier<'a> {
    leads: &'a [usize],
    samples: &'a CommonSamples,
    sets: &'a SetCache<'a>,
}

impl Verifier<'_> {
    /// Verifies a lead against centres.
    fn edges(&self, lead: usize, postings: &Postings, part: Part) -> Result<Edges, Error> {
        let own = self.leads[lead];
        let is_wanted = |candidate: u32, counts| {
            may_be_candidate(counts) && is_candidate(counts, self.sets.setting(own, self.leads[candidate as usize]))
        };
        let mut found = Edges::default();
        for candidate in postings.sharing(self.samples.of(lead), part, is_wanted) {
            let candidate = candidate as usize;
            match self.sets.verdict(own, self.leads[candidate])? {
                Verdict::Edge(weight) => found.edges.push((candidate, weight)),
                Verdict::Kin(weight) => found.kin.push((candidate, weight)),
                Verdict::Apart => {}
            }
        }
        Ok(found)
    }

    fn insert(&self, centre: usize, postings: &mut Postings) {
        let (values, total) = self.samples.of(centre);
        postings.insert(narrow(centre), values, total);
    }

    /// Keeps of the kin of each centre those for which there is a witness.
    fn witnessed(&self, kin: Vec<(usize, Vec<Edge>)>, centres: &[Vec<usize>]) -> Result<Vec<(usize, Vec<usize>)>, Error> {
        let mut members = HashedMap::<usize, Vec<usize>>::default();
        for (lead, found) in centres.iter().enumerate().filter(|(lead, found)| found[0] != *lead) {
            members.entry(found[0]).or_default().push(lead);
        }
        let witnessed = |(centre, kin): (usize, Vec<Edge>)| {
            let mut kept = Vec::new();
            for (earlier, weight) in kin {
                let members = members.get(&earlier).map_or(&[][..], Vec::as_slice);
                if self.has_witness(centre, members)? {
                    kept.push((earlier, weight));
                }
            }
            Ok((centre, best_first(kept, usize::cmp)))
        };
        kin.into_par_iter().map(witnessed).collect()
    }

    fn has_witness(&self, centre: usize, members: &[usize]) -> Result<bool, Error> {
        let (own, own_total) = self.samples.of(centre);
        for &member in members.iter().take_while(|&&member| member < centre) {
            let (values, total) = self.samples.of(member);
            let counts = SampleCounts { shared: common(own, values), a: own_total, b: total };
            let (centre, member) = (self.leads[centre], self.leads[member]);
            if is_candidate(counts, self.sets.setting(centre, member)) && self.sets.edge(centre, member)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Orders centres by what ties to them, most first, and those that it ties as much by `order`.
pub(super) fn best_first(mut found: Vec<Edge>, order: impl Fn(&usize, &usize) -> Ordering) -> Vec<usize> {
    found.sort_unstable_by(|(a, a_weight), (b, b_weight)| b_weight.cmp(a_weight).then_with(|| order(a, b)));
    found.into_iter().map(|(centre, _)| centre).collect()
}
