//! Posting lists in, one number an article out: the sum over all its words and their positions.

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings;
use tantivy::schema::{Field, FieldEntry, IndexRecordOption, Schema};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use crate::text::hash_of;

/// What an article has in a field of the index, added up: equal words at equal positions give equal sums, in whatever order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum(u32);

impl Sum {
    /// Adds a word at a position; 0 where positions are not kept.
    pub fn add(&mut self, word: WordHash, position: u32) {
        // The steps of SplitMix64, by which two sums that differ in one position have nothing in common.
        let mut mixed = word.0 ^ u64::from(position).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = self.0.wrapping_add((mixed >> 32) as u32);
    }
}

/// The hash of a word as the posting lists write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordHash(u64);

impl WordHash {
    /// Hashes the bytes of a word.
    pub fn of(bytes: &[u8]) -> Self {
        WordHash(hash_of(bytes))
    }
}

/// A field that has posting lists, and what they have of each article of a segment.
pub struct Posted {
    /// The field.
    pub field: Field,
    /// Its name.
    pub name: String,
    /// Whether they tell at which positions a word stands.
    pub has_positions: bool,
    sums: Vec<Sum>,
    lengths: Option<FieldNormReader>,
}

impl Posted {
    /// Goes through the posting lists of all fields of a segment.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn read_all(segment: &SegmentReader, schema: &Schema) -> tantivy::Result<Vec<Self>> {
        let fields: Vec<(Field, &FieldEntry)> = schema.fields().filter(|(_, entry)| entry.is_indexed()).collect();
        fields.into_par_iter().map(|(field, entry)| Posted::read(segment, field, entry)).collect()
    }

    fn read(segment: &SegmentReader, field: Field, entry: &FieldEntry) -> tantivy::Result<Self> {
        let option = entry.field_type().get_index_record_option().unwrap_or(IndexRecordOption::Basic);
        let has_positions = option.has_positions();
        let mut sums = vec![Sum::default(); segment.max_doc() as usize];
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        let mut positions = Vec::new();
        while terms.advance() {
            let word = WordHash::of(terms.key());
            let mut postings = index.read_postings_from_terminfo(terms.value(), option)?;
            while postings.doc() != TERMINATED {
                if let Some(sum) = sums.get_mut(postings.doc() as usize) {
                    if has_positions {
                        postings.positions(&mut positions);
                        positions.iter().for_each(|position| sum.add(word, *position));
                    } else {
                        sum.add(word, 0);
                    }
                }
                postings.advance();
            }
        }
        // How long a text is counts where matches are weighed; of numbers it is never asked.
        let lengths = if has_positions { segment.fieldnorms_readers().get_field(field)? } else { None };
        Ok(Posted { field, name: entry.name().to_owned(), has_positions, sums, lengths })
    }

    /// Tells whether the posting lists have just these words of an article.
    pub fn has(&self, document: u32, sum: Sum) -> bool {
        self.sums.get(document as usize).is_some_and(|posted| *posted == sum)
    }

    /// Tells whether the text of an article is noted to be as long, as finely as lengths are kept.
    pub fn has_length(&self, document: u32, words: u32) -> bool {
        self.lengths.as_ref().is_none_or(|lengths| lengths.fieldnorm_id(document) == FieldNormReader::fieldnorm_to_id(words))
    }
}
