//! A document in, out what a segment must hold of it: words with their positions, and the values of its columns.

use tantivy::schema::document::{Document, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, Schema};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{Index, TantivyDocument, Term};

use super::postings::{Posted, Sum, WordHash};
use crate::text::hash_of;

/// Positions that are left free between two values of a field, as tantivy does it.
const VALUE_GAP: u32 = 1;

/// What a field must have of an article.
#[derive(Default)]
pub struct Expected {
    /// Its words.
    pub sum: Sum,
    /// How many they are.
    pub words: u32,
    /// Its values in the column.
    pub values: Vec<u64>,
    end_position: u32,
    /// The words of a field without positions, each of which is listed once.
    set: Vec<WordHash>,
}

/// Cuts the texts of documents into words, as the index does.
pub struct Cutter {
    analyzers: Vec<Option<TextAnalyzer>>,
    is_fast: Vec<bool>,
}

impl Cutter {
    /// Makes one for an index.
    ///
    /// # Errors
    ///
    /// When a field has a tokenizer that is not known.
    pub fn new(index: &Index, schema: &Schema) -> tantivy::Result<Self> {
        let analyzer = |(field, entry): (Field, &tantivy::schema::FieldEntry)| {
            let is_text = entry.is_indexed() && matches!(entry.field_type(), tantivy::schema::FieldType::Str(_));
            if is_text { index.tokenizer_for_field(field).map(Some) } else { Ok(None) }
        };
        Ok(Cutter {
            analyzers: schema.fields().map(analyzer).collect::<tantivy::Result<_>>()?,
            is_fast: schema.fields().map(|(_, entry)| entry.is_fast()).collect(),
        })
    }

    /// Tells what each field must have of a document, by the number of the field.
    pub fn expect(&mut self, document: &TantivyDocument, posted: &[Posted]) -> Vec<Expected> {
        let mut all: Vec<Expected> = self.analyzers.iter().map(|_| Expected::default()).collect();
        for (field, value) in document.iter_fields_and_values() {
            let (number, Some(leaf)) = (field.field_id() as usize, value.as_leaf()) else { continue };
            let Some(expected) = all.get_mut(number) else { continue };
            if self.is_fast.get(number).copied().unwrap_or_default() {
                expected.values.extend(number_of(&leaf));
            }
            if let Some(posted) = posted.iter().find(|posted| posted.field == field) {
                let analyzer = self.analyzers.get_mut(number).and_then(Option::as_mut);
                expected.add(&leaf, posted, analyzer);
            }
        }
        all.iter_mut().for_each(Expected::finish);
        all
    }
}

/// Returns the number that stands for a value of a column.
fn number_of(value: &ReferenceValueLeaf<'_>) -> Option<u64> {
    match value {
        ReferenceValueLeaf::U64(number) => Some(*number),
        ReferenceValueLeaf::I64(number) => Some(number.cast_unsigned()),
        ReferenceValueLeaf::Str(text) => Some(hash_of(str::as_bytes(text))),
        ReferenceValueLeaf::Bytes(bytes) => Some(hash_of(bytes)),
        _ => None,
    }
}

impl Expected {
    fn add(&mut self, value: &ReferenceValueLeaf<'_>, posted: &Posted, analyzer: Option<&mut TextAnalyzer>) {
        let term = match value {
            ReferenceValueLeaf::Str(text) => {
                if let Some(analyzer) = analyzer {
                    self.add_text(text, posted.has_positions, analyzer);
                }
                return;
            }
            ReferenceValueLeaf::U64(number) => Term::from_field_u64(posted.field, *number),
            ReferenceValueLeaf::I64(number) => Term::from_field_i64(posted.field, *number),
            _ => return,
        };
        self.words += 1;
        self.set.push(WordHash::of(term.serialized_value_bytes()));
    }

    fn add_text(&mut self, text: &str, has_positions: bool, analyzer: &mut TextAnalyzer) {
        let start = self.end_position;
        let mut stream = analyzer.token_stream(text);
        while stream.advance() {
            let token = stream.token();
            let word = WordHash::of(str::as_bytes(&token.text));
            let position = start.wrapping_add(token.position as u32);
            self.words += 1;
            self.end_position = self.end_position.max(position.wrapping_add(token.position_length as u32));
            if has_positions {
                self.sum.add(word, position);
            } else {
                self.set.push(word);
            }
        }
        self.end_position += VALUE_GAP;
    }

    fn finish(&mut self) {
        self.set.sort_unstable();
        self.set.dedup();
        for word in std::mem::take(&mut self.set) {
            self.sum.add(word, 0);
        }
    }
}
