//! What all matches add up to: articles, groups, outlets, and what they have in common.
//!
//! Matches come in blocks. A column is asked for a block at a time, and each group gets a small number when it comes up first,
//! so that whether it was counted under a value already is looked up in a list.

use std::collections::HashSet;

use foldhash::HashMap as FastMap;
use tantivy::DocId;

use super::super::columns::SegmentColumns;
use super::super::sources::SegmentSources;
use super::facets::{Facets, SegmentFacets};
use crate::search::{Facet, FacetField};

/// What all matches add up to.
#[derive(Default)]
pub struct Counts {
    /// Articles that match.
    pub articles: u64,
    /// Their groups; an article that shares none is one of its own.
    pub groups: u64,
    /// Their outlets, by their numbers in the index.
    pub sources: HashSet<u32>,
    /// Articles that match but for a filter by date, because nothing says when they were published.
    pub undated_left_out: u64,
    /// All matches by the properties asked for.
    pub facets: Vec<Facet>,
}

/// The counts while an index is gone through.
pub struct Counting {
    counts: Counts,
    group_numbers: FastMap<u64, u32>,
    facets: Facets,
}

/// The counts while one segment is gone through.
pub struct SegmentCounting<'s> {
    counts: &'s mut Counts,
    group_numbers: &'s mut FastMap<u64, u32>,
    facets: SegmentFacets<'s>,
    sources: SegmentSources,
    columns: &'s SegmentColumns,
    block: Block,
}

/// What is known of the articles of a block, kept so that its room is used again.
#[derive(Default)]
struct Block {
    grouped: Vec<DocId>,
    rows: Vec<u32>,
    groups: Vec<Option<u32>>,
}

impl Counting {
    /// Starts with nothing counted.
    pub fn new(fields: &[FacetField]) -> Self {
        Counting { counts: Counts::default(), group_numbers: FastMap::default(), facets: Facets::new(fields) }
    }

    /// Starts a segment.
    ///
    /// # Errors
    ///
    /// When a dictionary of the segment cannot be read.
    pub fn segment<'s>(&'s mut self, columns: &'s SegmentColumns) -> tantivy::Result<SegmentCounting<'s>> {
        Ok(SegmentCounting {
            counts: &mut self.counts,
            group_numbers: &mut self.group_numbers,
            facets: self.facets.segment(columns)?,
            sources: SegmentSources::new(columns),
            columns,
            block: Block::default(),
        })
    }

    /// Returns the counts.
    pub fn finish(self) -> Counts {
        Counts { facets: self.facets.finish(), ..self.counts }
    }
}

impl SegmentCounting<'_> {
    /// Counts the articles of a block, which are in order.
    pub fn note(&mut self, documents: &[DocId]) {
        self.counts.articles += documents.len() as u64;
        self.sources.note(documents);
        let Block { grouped, rows, groups } = &mut self.block;
        grouped.clear();
        rows.clear();
        groups.clear();
        self.columns.group.row_ids_for_docs(documents, grouped, rows);
        self.counts.groups += (documents.len() - grouped.len()) as u64;
        let mut numbers = grouped.iter().zip(rows.iter()).peekable();
        for document in documents {
            let row = numbers.next_if(|(grouped, _)| *grouped == document).map(|(_, row)| *row);
            groups.push(row.map(|row| {
                let next = u32::try_from(self.group_numbers.len()).unwrap_or(u32::MAX);
                *self.group_numbers.entry(self.columns.group.values.get_val(row)).or_insert_with(|| {
                    self.counts.groups += 1;
                    next
                })
            }));
        }
        self.facets.note(documents, groups);
    }

    /// Counts an article that only lacks a date.
    pub fn note_undated(&mut self) {
        self.counts.undated_left_out += 1;
    }

    /// Ends the segment, whose outlets have these numbers in the index.
    pub fn finish(self, source_numbers: &[u32]) {
        self.counts.sources.extend(self.sources.seen().filter_map(|seen| source_numbers.get(seen)));
    }
}
