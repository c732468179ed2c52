//! The order of the keys of all segments: the dictionaries of the segments in, the place of each of their keys among all out.
//!
//! Within a segment the numbers of keys are in the order of the keys; across segments the keys themselves tell, and reading one out of its
//! dictionary takes as long as reading some two hundred that follow each other. Where many are compared all are read once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::columnar::StrColumn;

/// The place of each key of an index among all.
pub struct KeyOrder {
    /// By segment, by the number of the key in its dictionary.
    places: Vec<Vec<u32>>,
}

impl KeyOrder {
    /// Reads the keys of all segments; those that two segments have come at one place.
    ///
    /// # Errors
    ///
    /// When a dictionary cannot be read.
    pub fn read(columns: &[Option<&StrColumn>]) -> tantivy::Result<Self> {
        let mut streams = Vec::with_capacity(columns.len());
        for column in columns {
            streams.push(column.map(|column| column.dictionary().stream()).transpose()?);
        }
        let mut places: Vec<Vec<u32>> = vec![Vec::new(); columns.len()];
        let mut heads = BinaryHeap::new();
        for (segment, stream) in streams.iter_mut().enumerate() {
            if let Some(stream) = stream
                && stream.advance()
            {
                heads.push(Reverse((stream.key().to_vec(), segment)));
            }
        }
        let (mut place, mut last) = (0, Vec::new());
        while let Some(Reverse((mut key, segment))) = heads.pop() {
            if key != last {
                place += 1;
                last.clone_from(&key);
            }
            places[segment].push(place);
            if let Some(stream) = &mut streams[segment]
                && stream.advance()
            {
                key.clear();
                key.extend_from_slice(stream.key());
                heads.push(Reverse((key, segment)));
            }
        }
        Ok(KeyOrder { places })
    }

    /// Returns the place of a key of a segment, by its number there.
    pub fn place(&self, segment: u32, number: u64) -> Option<u32> {
        self.places.get(segment as usize)?.get(usize::try_from(number).ok()?).copied()
    }
}
