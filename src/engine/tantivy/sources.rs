//! Which outlets the matches in a segment are from.

use tantivy::columnar::Column;

use super::columns::SegmentColumns;

/// More outlets than any segment has; a damaged file may say any number, and room is made for no more.
const OUTLETS_MAX: usize = 1 << 26;

/// The outlets of a segment, and which of them were seen.
pub struct SegmentSources {
    numbers: Option<Column<u64>>,
    is_seen: Vec<bool>,
    unseen: usize,
}

impl SegmentSources {
    /// Starts with none seen.
    pub fn new(columns: &SegmentColumns) -> Self {
        let unseen = columns.source.as_ref().map_or(0, |source| source.num_terms().min(OUTLETS_MAX));
        SegmentSources { numbers: columns.source.as_ref().map(|source| source.ords().clone()), is_seen: vec![false; unseen], unseen }
    }

    /// Notes the outlets of articles. Once all have been seen it looks no more, so that a common word costs next to nothing.
    #[inline]
    pub fn note(&mut self, documents: &[u32]) {
        for &document in documents {
            if self.unseen == 0 {
                return;
            }
            let number = self.numbers.as_ref().and_then(|numbers| numbers.first(document));
            if let Some(is_seen) = number.and_then(|number| self.is_seen.get_mut(usize::try_from(number).ok()?)) {
                self.unseen -= usize::from(!*is_seen);
                *is_seen = true;
            }
        }
    }

    /// Returns the numbers, in the segment, of the outlets that were seen.
    pub fn seen(&self) -> impl Iterator<Item = usize> + '_ {
        self.is_seen.iter().enumerate().filter(|(_, is_seen)| **is_seen).map(|(number, _)| number)
    }
}
