//! Hits as quotations in plain text, ready to paste: the words, whose they are, of which day and how one knows, where they stand,
//! and the SHA-256 of the file as it is now. The door to the library of that hash.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use dateline::article::PARAGRAPH_BREAK;
use dateline::error::Error;
use dateline::ingest;
use dateline::search::{ArticleKey, FileKey, Hit, PassageHit, SearchResponse, Searcher};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::printers::{dated_line, headline_line, place_line, shown_path, source_line};
use crate::screen::safe;

/// Bytes of a file that are hashed at one go.
const CHUNK_LEN_BYTES: usize = 64 << 10;

/// Prints the hits of a response, best first, a blank line between two.
pub fn print_hits(response: &SearchResponse, searcher: &dyn Searcher, out: &mut dyn Write) -> Result<(), Failure> {
    let mut known = HashMap::new();
    for (number, hit) in response.hits.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let file = &hit.article.key.file;
        if !known.contains_key(file) {
            known.insert(file.clone(), file_lines(file, searcher)?);
        }
        print_hit(hit, searcher, &known[file], out)?;
    }
    Ok(())
}

/// Prints each passage of a hit as a quotation of its own.
fn print_hit(hit: &Hit, searcher: &dyn Searcher, file_lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    for number in 0..hit.passages.len().max(1) {
        if number > 0 {
            writeln!(out)?;
        }
        print_quotation(hit, hit.passages.get(number), &About { searcher, file_lines }, out)?;
    }
    Ok(())
}

/// What is told about a quotation.
struct About<'a> {
    searcher: &'a dyn Searcher,
    file_lines: &'a [String],
}

fn print_quotation(hit: &Hit, passage: Option<&PassageHit>, about: &About<'_>, out: &mut dyn Write) -> io::Result<()> {
    let About { searcher, file_lines } = about;
    let metadata = &hit.article.metadata;
    if let Some(passage) = passage {
        writeln!(out, "{}", quotation(&passage.text))?;
    }
    let headline = match &metadata.headline {
        Some(headline) => format!("“{}”", headline.value),
        None => headline_line(metadata, passage.map_or("", |passage| &passage.text)),
    };
    let path = shown_path(searcher.folders(), &hit.article.key.file);
    let lines = [
        format!("{headline}, {}, {}", source_line(metadata), dated_line(metadata.published.as_ref())),
        place_line(&path, passage.and_then(|passage| passage.lines)),
    ];
    let ordinal = hit.article.key.ordinal;
    let document = (ordinal > 1 || *hit.article.id != *hit.article.key.file.path)
        .then(|| format!("document {ordinal} of the file, id {}", hit.article.id));
    for line in lines.iter().chain(&document).chain(*file_lines) {
        writeln!(out, "{}", safe(line))?;
    }
    Ok(())
}

/// Puts a passage in quotation marks; each paragraph opens anew, the last alone closes, as printers do.
fn quotation(text: &str) -> String {
    let paragraphs: Vec<String> = text.split(PARAGRAPH_BREAK).map(|paragraph| format!("“{}", safe(paragraph))).collect();
    format!("{}”", paragraphs.join("\n"))
}

/// Says which bytes the file has now, and whether they are those that were indexed.
fn file_lines(file: &FileKey, searcher: &dyn Searcher) -> Result<Vec<String>, Error> {
    let Some(location) = ingest::location(searcher.folders(), file) else {
        return Ok(vec!["warning: the folder of the file is not in the index any more".to_owned()]);
    };
    let hash = match sha256(&location) {
        Ok(hash) => format!("SHA-256 {hash}"),
        Err(error) => return Ok(vec![format!("warning: the file cannot be read now, it has no SHA-256: {error}")]),
    };
    let first = ArticleKey { file: file.clone(), ordinal: 1 };
    let stored = searcher.articles(&first.to_string())?;
    let state = stored.iter().filter(|stored| stored.entry.key.file == *file).find_map(|stored| stored.entry.file_state);
    let is_same = state.map(|state| ingest::is_as_indexed(&location, &state));
    let warning = match is_same {
        Some(Ok(true)) => None,
        Some(Ok(false)) => Some("warning: the file or its sidecar has changed since it was indexed; run `dateline index` and cite again"),
        Some(Err(_)) | None => Some("warning: whether the file is as it was indexed cannot be told; run `dateline index` and cite again"),
    };
    Ok(std::iter::once(hash).chain(warning.map(str::to_owned)).collect())
}

/// Returns the SHA-256 of a file in hexadecimal digits.
fn sha256(location: &Path) -> io::Result<String> {
    let mut file = File::open(location)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK_LEN_BYTES];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            Ok(count) => hasher.update(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-4 examples: the empty message and "abc".
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(sha256(file.path()).unwrap(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        std::fs::write(file.path(), "abc").unwrap();
        assert_eq!(sha256(file.path()).unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn paragraphs_are_quoted_as_printers_do() {
        assert_eq!(quotation("One.\n\nTwo."), "“One.\n“Two.”");
    }
}
