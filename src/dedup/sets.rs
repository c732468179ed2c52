//! From two entries of an archive to the verdict on them, with the sets and sequences of the texts that were read lately.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::align::{Alignment, Sequence, align, sequence};
use super::archive::Archive;
use super::candidates::HashedMap;
use super::judge::{Judgement, Ruling, judge};
use super::rule::Look;
use super::shingle::{ShingleSet, fingerprint, shingles};
use super::standing::Setting;
use super::verify::{Overlap, compare};
use crate::error::Error;

/// How much ties two articles: that the first look saw it comes before the number of shingles they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Weight {
    is_plain: bool,
    shared: u32,
}

/// What two articles are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are one text.
    Edge(Weight),
    /// They may be copies of one text, if a third is verified to be a copy of either.
    Kin(Weight),
    /// They are two texts.
    Apart,
}

/// Shingle sets and sequences that were read lately.
pub(super) struct SetCache<'a> {
    archive: &'a dyn Archive,
    kept: Mutex<Kept>,
}

struct Kept {
    sets: Generations<ShingleSet>,
    sequences: Generations<Sequence>,
    samples: HashedMap<usize, Arc<[u32]>>,
}

/// Hashes in one generation of sets, so that both take 32 MiB at most: the sets of some 15,000 articles.
const MOST_HASHES: usize = 4 << 20;

/// The same for sequences, which few pairs ask for: 16 MiB at most.
const MOST_WORDS: usize = 2 << 20;

impl<'a> SetCache<'a> {
    pub(super) fn new(archive: &'a dyn Archive) -> Self {
        let kept = Kept { sets: Generations::of(MOST_HASHES), sequences: Generations::of(MOST_WORDS), samples: HashedMap::default() };
        SetCache { archive, kept: Mutex::new(kept) }
    }

    /// Looks at what is known about two entries beside their texts.
    pub(super) fn setting(&self, a: usize, b: usize) -> Setting {
        let entries = self.archive.entries();
        Setting::of(&entries[a].standing, &entries[b].standing)
    }

    /// Returns the samples of an entry's fingerprint, and keeps them: only what a change touches is asked for.
    pub(super) fn samples(&self, entry: usize) -> Result<Arc<[u32]>, Error> {
        let found = self.lock().samples.get(&entry).map(Arc::clone);
        if let Some(samples) = found {
            return Ok(samples);
        }
        let samples: Arc<[u32]> = fingerprint(&self.archive.body(entry)?).samples.into();
        self.lock().samples.insert(entry, Arc::clone(&samples));
        Ok(samples)
    }

    /// Verifies two entries against each other, and gives what ties them where they are the same text.
    pub(super) fn edge(&self, a: usize, b: usize) -> Result<Option<Weight>, Error> {
        Ok(match self.verdict(a, b)? {
            Verdict::Edge(weight) => Some(weight),
            Verdict::Kin(_) | Verdict::Apart => None,
        })
    }

    /// Gives what ties two entries where they may be copies of one text.
    pub(super) fn kin(&self, a: usize, b: usize) -> Result<Option<Weight>, Error> {
        Ok(match self.verdict(a, b)? {
            Verdict::Edge(weight) | Verdict::Kin(weight) => Some(weight),
            Verdict::Apart => None,
        })
    }

    /// Verifies two entries against each other.
    pub(super) fn verdict(&self, a: usize, b: usize) -> Result<Verdict, Error> {
        let (own, other) = (self.set(a)?, self.set(b)?);
        let aligned = || self.align((a, &own), (b, &other));
        let Judgement { ruling, overlap, look } = judge((&own, &other), self.setting(a, b), aligned)?;
        let weight = Weight { is_plain: look == Look::Same, shared: overlap.shared };
        Ok(match ruling {
            Ruling::OneText => Verdict::Edge(weight),
            Ruling::Kin => Verdict::Kin(weight),
            Ruling::OtherReports | Ruling::Apart => Verdict::Apart,
        })
    }

    /// Counts what two entries share.
    pub(super) fn compare(&self, a: usize, b: usize) -> Result<Overlap, Error> {
        Ok(compare(&*self.set(a)?, &*self.set(b)?))
    }

    fn align(&self, a: (usize, &ShingleSet), b: (usize, &ShingleSet)) -> Result<Alignment, Error> {
        let (own, other) = (self.sequence(a.0)?, self.sequence(b.0)?);
        Ok(align((&own, a.1), (&other, b.1)))
    }

    /// Returns the shingle set of an entry.
    pub(super) fn set(&self, entry: usize) -> Result<Arc<ShingleSet>, Error> {
        let found = self.lock().sets.find(entry);
        if let Some(set) = found {
            return Ok(set);
        }
        let set = Arc::new(shingles(&self.archive.body(entry)?));
        let size = set.hashes().len() + set.figures().len();
        self.lock().sets.keep(entry, (Arc::clone(&set), size));
        Ok(set)
    }

    fn sequence(&self, entry: usize) -> Result<Arc<Sequence>, Error> {
        let found = self.lock().sequences.find(entry);
        if let Some(sequence) = found {
            return Ok(sequence);
        }
        let sequence = Arc::new(sequence(&self.archive.body(entry)?));
        let size = sequence.len();
        self.lock().sequences.keep(entry, (Arc::clone(&sequence), size));
        Ok(sequence)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // What a thread that panicked left behind is whole: a set goes in by one insertion.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Two generations: when the younger is full the older goes.
struct Generations<T> {
    younger: HashedMap<usize, (Arc<T>, usize)>,
    older: HashedMap<usize, (Arc<T>, usize)>,
    younger_size: usize,
    most: usize,
}

impl<T> Generations<T> {
    fn of(most: usize) -> Self {
        Generations { younger: HashedMap::default(), older: HashedMap::default(), younger_size: 0, most }
    }

    fn find(&mut self, entry: usize) -> Option<Arc<T>> {
        if let Some((kept, _)) = self.younger.get(&entry) {
            return Some(Arc::clone(kept));
        }
        let (kept, size) = self.older.remove(&entry)?;
        self.keep(entry, (Arc::clone(&kept), size));
        Some(kept)
    }

    fn keep(&mut self, entry: usize, (kept, size): (Arc<T>, usize)) {
        if self.younger_size > self.most {
            self.older = std::mem::take(&mut self.younger);
            self.younger_size = 0;
        }
        self.younger_size += size;
        self.younger.insert(entry, (kept, size));
    }
}
