//! How keys, states and relations are written into columns, and the columns of a segment.

use std::sync::{Arc, OnceLock};

use tantivy::SegmentReader;
use tantivy::columnar::{BytesColumn, Column, StrColumn};

use super::schema::column;
use crate::article::{Body, Trim, Trimmed};
use crate::dedup::{Containment, Relation, Resemblance, Tie};
use crate::recurring::EdgeLines;
use crate::search::{ArticleKey, FileState, GroupId, Grouping, Membership};

/// Writes a file's state: three numbers, little end first.
pub fn file_state_bytes(state: &FileState) -> [u8; 24] {
    let mut bytes = [0; 24];
    bytes[..8].copy_from_slice(&state.len_bytes.to_le_bytes());
    bytes[8..16].copy_from_slice(&state.modified_ns.to_le_bytes());
    bytes[16..].copy_from_slice(&state.content_hash.to_le_bytes());
    bytes
}

/// Reads a file's state; `None` if the bytes are not one.
pub fn read_file_state(bytes: &[u8]) -> Option<FileState> {
    let bytes: &[u8; 24] = bytes.try_into().ok()?;
    let ([len, modified, hash], _) = bytes.as_chunks::<8>() else { return None };
    Some(FileState {
        len_bytes: u64::from_le_bytes(*len),
        modified_ns: i64::from_le_bytes(*modified),
        content_hash: u64::from_le_bytes(*hash),
    })
}

/// The numbers under which relations are stored: never change one, only add.
const RELATIONS: [(u64, Relation); 5] =
    [(1, Relation::Exact), (2, Relation::Near), (3, Relation::Excerpt), (4, Relation::Extended), (5, Relation::Update)];

/// Returns the number under which a relation is stored.
pub fn relation_number(relation: Relation) -> u64 {
    RELATIONS.iter().find(|(_, known)| *known == relation).map_or(0, |(number, _)| *number)
}

/// Writes resemblance and both containments as thousandths in one number.
pub fn overlap_number(tie: &Tie) -> u64 {
    let thousandths = |share: f32| (f64::from(share) * 1000.0).round() as u64;
    let shares = [tie.resemblance.share(), tie.containment.share(), tie.containment_of_representative.share()];
    shares.into_iter().fold(0, |number, share| number << THOUSANDTHS_BITS | thousandths(share))
}

/// Bits that a number of thousandths takes.
const THOUSANDTHS_BITS: u32 = 10;

fn read_tie(relation: Relation, overlap: u64) -> Tie {
    let share = |place: u32| (overlap >> (place * THOUSANDTHS_BITS) & 0x3ff) as f32 / 1000.0;
    Tie {
        relation,
        resemblance: Resemblance::new(share(2)),
        containment: Containment::new(share(1)),
        containment_of_representative: Containment::new(share(0)),
    }
}

/// Writes how many paragraphs are left out at the two ends of a body as one number.
pub fn trim_number(trimmed: &Trimmed) -> u64 {
    let count = |part: &Body| part.paragraphs.len().min(usize::from(u8::MAX)) as u64;
    count(&trimmed.above) << 8 | count(&trimmed.below)
}

/// Reads what [`trim_number`] wrote.
pub fn read_trim(number: u64) -> Trim {
    let [below, above, ..] = number.to_le_bytes();
    Trim { above, below }
}

/// Returns the lines at the ends of an article's body.
///
/// # Errors
///
/// When the column cannot be read.
pub fn edges(segment: &SegmentReader, document: u32) -> tantivy::Result<EdgeLines> {
    Ok(read_edges(&segment.fast_fields().u64(column::EDGES)?, document))
}

/// Reads the lines at the ends of an article's body from their column.
pub fn read_edges(column: &Column<u64>, document: u32) -> EdgeLines {
    EdgeLines::from_hashes(column.values_for_doc(document).filter_map(|line| u32::try_from(line).ok()).collect())
}

/// The columns of a segment that answering needs.
pub struct SegmentColumns {
    /// See [`column::GROUP`].
    pub group: Column<u64>,
    /// See [`column::RELATION`].
    pub relation: Column<u64>,
    /// See [`column::OVERLAP`].
    pub overlap: Column<u64>,
    /// See [`column::PUBLISHED`].
    pub published: Column<i64>,
    /// See [`column::SOURCE`]; `None` where no article of the segment has a source.
    pub source: Option<StrColumn>,
    /// See [`column::LANGUAGE`]; `None` where no article of the segment has a language.
    pub language: Option<StrColumn>,
    /// See [`column::KEY`]; opened when it is needed.
    key: OnceLock<Option<StrColumn>>,
    /// The names of the outlets by their numbers, read when one is needed; empty where there are too many.
    source_names: OnceLock<Vec<String>>,
}

/// So many names of outlets are read together: each by itself costs unpacking a block of the dictionary, some hundred names.
const SOURCE_NAMES_MAX: usize = 1024;

impl SegmentColumns {
    /// Opens the columns of a segment.
    ///
    /// # Errors
    ///
    /// When the segment cannot be read.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(SegmentColumns {
            group: columns.u64(column::GROUP)?,
            relation: columns.u64(column::RELATION)?,
            overlap: columns.u64(column::OVERLAP)?,
            published: columns.i64(column::PUBLISHED)?,
            source: columns.str(column::SOURCE)?,
            language: columns.str(column::LANGUAGE)?,
            key: OnceLock::new(),
            source_names: OnceLock::new(),
        })
    }

    /// Returns an article's place in its group.
    pub fn membership(&self, document: u32) -> Option<Membership> {
        let group = GroupId(self.group.first(document)?);
        let relation = self.relation.first(document);
        let relation = relation.and_then(|number| RELATIONS.iter().find(|(known, _)| *known == number));
        let tie = relation.map(|(_, relation)| read_tie(*relation, self.overlap.first(document).unwrap_or_default()));
        Some(Membership { group, tie })
    }

    /// Returns the keys of the articles; `None` where they cannot be read.
    pub fn key(&self, segment: &SegmentReader) -> Option<&StrColumn> {
        self.key.get_or_init(|| segment.fast_fields().str(column::KEY).ok().flatten()).as_ref()
    }

    /// Returns the number of an article's source in the segment's dictionary.
    pub fn source_number(&self, document: u32) -> Option<u64> {
        self.source.as_ref().and_then(|source| source.ords().first(document))
    }

    /// Returns the name of an article's source.
    ///
    /// # Errors
    ///
    /// When the dictionary cannot be read.
    pub fn source_name(&self, document: u32) -> tantivy::Result<Option<String>> {
        let (Some(column), Some(number)) = (&self.source, self.source_number(document)) else { return Ok(None) };
        if let Some(name) = self.source_names(column)?.get(number as usize) {
            return Ok(Some(name.clone()));
        }
        let mut name = String::new();
        column.ord_to_str(number, &mut name)?;
        Ok(Some(name))
    }

    fn source_names(&self, column: &StrColumn) -> tantivy::Result<&[String]> {
        if let Some(names) = self.source_names.get() {
            return Ok(names);
        }
        let names = if column.num_terms() <= SOURCE_NAMES_MAX { dictionary_texts(column)? } else { Vec::new() };
        Ok(self.source_names.get_or_init(|| names))
    }
}

/// Returns the hash of all that was read of an article.
///
/// # Errors
///
/// When the columns cannot be read.
pub fn content_hash(segment: &SegmentReader, document: u32) -> tantivy::Result<u64> {
    Ok(segment.fast_fields().u64(column::CONTENT)?.first(document).unwrap_or_default())
}

/// Returns where an article stands among the others.
///
/// # Errors
///
/// When the columns cannot be read.
pub fn grouping(segment: &SegmentReader, columns: &SegmentColumns, document: u32) -> tantivy::Result<Grouping> {
    let fast = segment.fast_fields();
    Ok(Grouping {
        membership: columns.membership(document),
        centres: fast.u64(column::CENTRES)?.values_for_doc(document).collect(),
        former_groups: fast.u64(column::FORMER_GROUPS)?.values_for_doc(document).map(GroupId).collect(),
    })
}

/// Returns the state of the file that an article is the first of.
///
/// # Errors
///
/// When the column cannot be read.
pub fn file_state(segment: &SegmentReader, document: u32) -> tantivy::Result<Option<FileState>> {
    let Some(column) = segment.fast_fields().bytes(column::FILE)? else { return Ok(None) };
    let Some(number) = column.ords().first(document) else { return Ok(None) };
    let mut bytes = Vec::new();
    column.ord_to_bytes(number, &mut bytes)?;
    Ok(read_file_state(&bytes))
}

/// For so many terms of a dictionary room is made at once. A damaged file may say any number, and nobody has room for all of them.
const TRUSTED_TERMS: usize = 1 << 16;

/// Returns the texts of a column's dictionary by their numbers.
///
/// # Errors
///
/// When the dictionary cannot be read.
pub fn dictionary_texts(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut texts = Vec::with_capacity(column.num_terms().min(TRUSTED_TERMS));
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        texts.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(texts)
}

/// Returns the keys of articles of a column's dictionary by their numbers; `None` for what is no key.
///
/// # Errors
///
/// When the dictionary cannot be read.
pub fn dictionary_keys(column: &StrColumn) -> tantivy::Result<Vec<Option<ArticleKey>>> {
    let mut keys: Vec<Option<ArticleKey>> = Vec::with_capacity(column.num_terms().min(TRUSTED_TERMS));
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        // The keys of one file follow each other.
        let before = keys.last().and_then(|key| Some(&key.as_ref()?.file));
        let key = std::str::from_utf8(stream.key()).ok().and_then(|text| ArticleKey::read_after(text, before));
        keys.push(key);
    }
    Ok(keys)
}

/// Returns the value of each number of a bytes column's dictionary.
///
/// # Errors
///
/// When the dictionary cannot be read.
pub fn dictionary_bytes(column: &BytesColumn) -> tantivy::Result<Vec<Arc<[u8]>>> {
    let mut values = Vec::with_capacity(column.num_terms().min(TRUSTED_TERMS));
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(stream.key().into());
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_states_come_back() {
        let state = FileState { len_bytes: 7, modified_ns: -5, content_hash: u64::MAX };
        assert_eq!(read_file_state(&file_state_bytes(&state)), Some(state));
        assert_eq!(read_file_state(b"short"), None);
    }

    #[test]
    fn ties_come_back_in_thousandths() {
        let tie = Tie {
            relation: Relation::Near,
            resemblance: Resemblance::new(0.7654),
            containment: Containment::new(1.0),
            containment_of_representative: Containment::new(0.25),
        };
        let read = read_tie(Relation::Near, overlap_number(&tie));
        assert_eq!((read.resemblance.share(), read.containment.share(), read.containment_of_representative.share()), (0.765, 1.0, 0.25));
    }
}
