//! The samples that recur in an archive, under numbers of their own, and which articles hold each: what candidates are found by.

use std::cell::RefCell;

use super::candidates::{HashedMap, SampleCounts};

thread_local! {
    /// How many samples each article was seen to share; all zeros between two questions, so that asking costs no clearing.
    static SHARED: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Gives samples numbers from 0 in place of their hashes, and returns how often each occurs.
///
/// A list by number takes half the room of a map by hash, and finding an article's lists a fraction of the time.
pub(super) fn number(samples: &mut [u32]) -> Vec<u32> {
    let (mut numbers, mut counts) = (HashedMap::<u32, u32>::default(), Vec::new());
    for sample in samples {
        let number = *numbers.entry(*sample).or_insert_with(|| {
            counts.push(0);
            narrow(counts.len() - 1)
        });
        counts[number as usize] += 1;
        *sample = number;
    }
    counts
}

/// Which articles hold a sample: a list a sample, in the order of insertion.
pub(super) struct Postings {
    /// Where the list of each sample begins.
    starts: Vec<u32>,
    /// How long it is.
    lens: Vec<u32>,
    /// How long the part of it is that is settled.
    settled: Vec<u32>,
    articles: Vec<u32>,
    /// How many samples each article has, by its number.
    sample_counts: Vec<u32>,
    /// The samples of which something is not settled yet.
    fresh: Vec<u32>,
}

/// Which part of the lists is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What stood there when [`Postings::settle`] was called last.
    Settled,
    /// What came since.
    Fresh,
}

impl Postings {
    /// Makes empty lists for samples that occur so often.
    pub(super) fn with_room_for(counts: &[u32]) -> Self {
        let mut total = 0;
        let begin = |count: &u32| {
            let start = total;
            total += *count;
            start
        };
        let starts = counts.iter().map(begin).collect();
        Postings {
            starts,
            lens: vec![0; counts.len()],
            settled: vec![0; counts.len()],
            articles: vec![0; total as usize],
            sample_counts: Vec::new(),
            fresh: Vec::new(),
        }
    }

    /// Adds an article; `sample_count` counts all its samples, of which some may be left out that no other article has.
    pub(super) fn insert(&mut self, article: u32, samples: &[u32], sample_count: usize) {
        for &sample in samples {
            let at = sample as usize;
            self.articles[(self.starts[at] + self.lens[at]) as usize] = article;
            self.lens[at] += 1;
            self.fresh.push(sample);
        }
        let place = article as usize;
        if place >= self.sample_counts.len() {
            self.sample_counts.resize(place + 1, 0);
        }
        self.sample_counts[place] = narrow(sample_count);
    }

    /// Makes what was added part of what is settled.
    pub(super) fn settle(&mut self) {
        for sample in self.fresh.drain(..) {
            self.settled[sample as usize] = self.lens[sample as usize];
        }
    }

    /// Returns the articles of a part of the lists that share samples with one that has these and are wanted, ascending.
    pub(super) fn sharing(
        &self,
        (samples, sample_count): (&[u32], usize),
        part: Part,
        is_wanted: impl Fn(u32, SampleCounts) -> bool,
    ) -> Vec<u32> {
        SHARED.with_borrow_mut(|shared| {
            shared.resize(shared.len().max(self.sample_counts.len()), 0);
            let mut seen = Vec::new();
            for &sample in samples {
                for &holder in self.holders(sample, part) {
                    let count = &mut shared[holder as usize];
                    if *count == 0 {
                        seen.push(holder);
                    }
                    *count += 1;
                }
            }
            seen.retain(|&holder| {
                let shared = std::mem::take(&mut shared[holder as usize]) as usize;
                is_wanted(holder, SampleCounts { shared, a: sample_count, b: self.sample_counts[holder as usize] as usize })
            });
            seen.sort_unstable();
            seen
        })
    }

    fn holders(&self, sample: u32, part: Part) -> &[u32] {
        let at = sample as usize;
        let (start, settled, end) = (self.starts[at] as usize, self.settled[at] as usize, self.lens[at] as usize);
        match part {
            Part::Settled => &self.articles[start..start + settled],
            Part::Fresh => &self.articles[start + settled..start + end],
        }
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("fewer than 2^32 samples of all articles: an index numbers its values in 32 bits")
}
