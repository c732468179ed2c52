//! A word in, out the terms of the index that are spelled nearly like it.

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

use super::super::snapshot::Snapshot;

/// Visits the terms of a field that are no more than so many edits from another (swaps of neighbours are one), with the number of the
/// segment and that of the articles in it that have each.
///
/// # Errors
///
/// When the index cannot be read.
pub fn visit(snapshot: &Snapshot, field: Field, like: &str, edits: u8, visit: &mut dyn FnMut(u32, &str, u32)) -> tantivy::Result<()> {
    // One automaton for all segments: to make it takes longer than to go through the terms of one.
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, like), edits, true).automaton()?;
    for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(&automaton).into_stream()?;
        while stream.advance() {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                visit(number, term, stream.value().doc_freq);
            }
        }
    }
    Ok(())
}
