//! The columns of a segment, each value as a number, so that all sorts of columns are compared in one way.

use tantivy::SegmentReader;
use tantivy::columnar::Column;
use tantivy::schema::{Field, FieldEntry, FieldType, Schema};

use crate::text::hash_of;

/// A column of a segment.
pub struct Values {
    /// The field.
    pub field: Field,
    /// Its name.
    pub name: String,
    kept: Kept,
}

enum Kept {
    Unsigned(Column<u64>),
    Signed(Column<i64>),
    /// Texts and bytes: the number of each in a dictionary, and there its hash.
    Hashed {
        numbers: Column<u64>,
        hashes: Vec<u64>,
    },
    Nothing,
}

impl Values {
    /// Opens all columns of a segment.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn open_all(segment: &SegmentReader, schema: &Schema) -> tantivy::Result<Vec<Self>> {
        schema.fields().filter(|(_, entry)| entry.is_fast()).map(|(field, entry)| Values::open(segment, field, entry)).collect()
    }

    fn open(segment: &SegmentReader, field: Field, entry: &FieldEntry) -> tantivy::Result<Self> {
        let (columns, name) = (segment.fast_fields(), entry.name());
        let bytes = match entry.field_type() {
            FieldType::Str(_) => columns.str(name)?.map(|column| (*column).clone()),
            FieldType::Bytes(_) => columns.bytes(name)?,
            _ => None,
        };
        let kept = match (entry.field_type(), bytes) {
            (FieldType::U64(_), _) => Kept::Unsigned(columns.u64(name)?),
            (FieldType::I64(_), _) => Kept::Signed(columns.i64(name)?),
            (_, Some(column)) => {
                let mut hashes = Vec::new();
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    hashes.push(hash_of(stream.key()));
                }
                Kept::Hashed { numbers: column.ords().clone(), hashes }
            }
            (_, None) => Kept::Nothing,
        };
        Ok(Values { field, name: name.to_owned(), kept })
    }

    /// Returns what the column has of an article, in its order.
    pub fn of(&self, document: u32) -> Vec<u64> {
        match &self.kept {
            Kept::Unsigned(column) => column.values_for_doc(document).collect(),
            Kept::Signed(column) => column.values_for_doc(document).map(i64::cast_unsigned).collect(),
            Kept::Hashed { numbers, hashes } => {
                let hash = |number: u64| usize::try_from(number).ok().and_then(|number| hashes.get(number)).copied();
                numbers.values_for_doc(document).map(|number| hash(number).unwrap_or_default()).collect()
            }
            Kept::Nothing => Vec::new(),
        }
    }
}
