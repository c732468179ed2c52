//! A posting list with positions, moved from article to article in ascending order.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, schema};

/// The list of a term in a field, and its positions in the article that was read last.
pub struct Cursor {
    /// The field.
    pub field: schema::Field,
    /// The number of the term.
    pub term: usize,
    /// The list.
    pub postings: SegmentPostings,
    /// The positions, in order.
    pub positions: Vec<u32>,
}

impl Cursor {
    /// Reads the positions of an article.
    pub fn read(&mut self, document: DocId) {
        read_positions(&mut self.postings, document, &mut self.positions);
    }
}

/// Reads the positions of an article; none if it is not in the posting list.
pub fn read_positions(postings: &mut SegmentPostings, document: DocId, positions: &mut Vec<u32>) {
    positions.clear();
    if postings.doc() < document {
        postings.seek(document);
    }
    if postings.doc() == document {
        postings.positions(positions);
    }
}
