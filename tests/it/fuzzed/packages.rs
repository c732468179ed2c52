//! Formats that are zip archives. A whole one is read as it is; its checksums keep changes out, so that the parts come by themselves,
//! too: lines of `##name`, each followed by what the part holds, are packed here.

use crate::fuzzed::documents::{Places, check};
use crate::packing::{Packed, zip as packed};

/// Zip archives of files.
pub fn zip(bytes: &[u8]) {
    check("a.zip", &archive(bytes, None), Places::None);
}

/// Documents of Word.
pub fn docx(bytes: &[u8]) {
    check("a.docx", &archive(bytes, Some("word/document.xml")), Places::None);
}

/// Books.
pub fn epub(bytes: &[u8]) {
    check("a.epub", &archive(bytes, Some("mimetype")), Places::None);
}

/// Makes an archive of parts; what stands above the first name is the part named.
fn archive(bytes: &[u8], first: Option<&str>) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut parts: Vec<(String, Vec<u8>)> = first.map(|name| (name.to_owned(), Vec::new())).into_iter().collect();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match (line.strip_prefix(b"##"), parts.last_mut()) {
            (Some(name), _) => parts.push((String::from_utf8_lossy(name.trim_ascii()).into_owned(), Vec::new())),
            (None, Some((_, held))) => held.extend(line),
            (None, None) => {}
        }
    }
    // A name that takes more than its length can say is no name.
    let parts = parts.iter().filter(|(name, held)| name.len() < 1000 && !(held.is_empty() && first == Some(name.as_str())));
    packed(&parts.map(|(name, held)| Packed::stored(name, held)).collect::<Vec<_>>())
}
