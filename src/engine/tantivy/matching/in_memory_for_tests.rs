//! Small indexes in memory for the tests of this room.

use tantivy::schema::{Field, Schema, TEXT};
use tantivy::{Index, doc};

/// Makes an index of some texts, in one field.
pub fn of_texts(texts: &[String]) -> (Index, Field) {
    let mut schema = Schema::builder();
    let field = schema.add_text_field("text", TEXT);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    for text in texts {
        writer.add_document(doc!(field => text.as_str())).unwrap();
    }
    writer.commit().unwrap();
    (index, field)
}
