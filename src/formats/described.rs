//! For tests: what a reader hands on in; a line for each document and warning out.

use crate::document::RawDocument;
use crate::error::Warning;
use crate::formats::input::Input;
use crate::formats::reader::Sink;

/// Describes what a reader hands on: a document by its id, fields and blocks, a warning as it prints.
pub fn outcomes(read: impl FnOnce(&mut Sink<'_>)) -> Vec<String> {
    let mut lines = Vec::new();
    read(&mut |outcome| lines.push(outcome.map_or_else(|warning: Warning| format!("! {warning}"), |raw| document(&raw))));
    lines
}

fn document(raw: &RawDocument) -> String {
    let id = raw.origin.own_id.clone().unwrap_or_else(|| format!("#{}", raw.origin.ordinal));
    let blocks: Vec<&str> = raw.blocks.iter().map(|block| block.text.as_str()).collect();
    format!("{id} [{}] {}", fields(raw), blocks.join(" / "))
}

/// Describes what a reader hands on of a file of this name and content.
pub fn of_file(name: &str, bytes: &[u8], read: impl FnOnce(&mut Input<'_>, &mut Sink<'_>)) -> Vec<String> {
    let mut bytes = bytes;
    let mut input = Input::open(name, &mut bytes).expect("bytes in memory can be read");
    outcomes(|sink| read(&mut input, sink))
}

/// Describes the fields of a document.
pub fn fields(raw: &RawDocument) -> String {
    let fields: Vec<String> = raw.fields.iter().map(|field| format!("{}={}", field.name.label(), field.value)).collect();
    fields.join(", ")
}
