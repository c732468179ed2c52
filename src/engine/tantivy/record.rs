//! The stored part of an article: to text and back.
//!
//! The body's text is stored once, beside the record; the record holds what cannot be told from the text: metadata, headings,
//! places in the file, passages.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};

use super::schema::Fields;
use super::words::language::Language;
use crate::article::{Body, Cut, Metadata, PARAGRAPH_BREAK, Paragraph, Trimmed};
use crate::document::Place;
use crate::passage::Passage;
use crate::search::IndexEntry;

/// What is stored of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The article's key as text, so that a hit needs no column for it.
    #[serde(rename = "k")]
    pub key: String,
    /// The document's own id, where its format carries one.
    #[serde(rename = "i", skip_serializing_if = "Option::is_none", default)]
    pub own_id: Option<String>,
    /// What is known about the article.
    #[serde(rename = "m")]
    pub metadata: Metadata,
    /// First and last byte and paragraph of each passage, each as the distance to the number before it of the same kind.
    #[serde(rename = "p")]
    passages: Vec<u32>,
    /// The numbers of the paragraphs that are headings.
    #[serde(rename = "h", skip_serializing_if = "Vec::is_empty", default)]
    headings: Vec<u32>,
    /// What was left out of the body at its two ends.
    #[serde(rename = "t", skip_serializing_if = "Trimmed::is_empty", default)]
    pub trimmed: Trimmed,
    /// See [`crate::search::IndexEntry::name`].
    #[serde(rename = "n", skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// See [`crate::article::Article::nameplates`].
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty", default)]
    pub nameplates: Vec<String>,
    /// Whether the body was found inside of a page.
    #[serde(rename = "c", skip_serializing_if = "std::ops::Not::not", default)]
    is_out_of_page: bool,
    /// First and last byte, first and last line of each paragraph, as distances; empty where the file does not hold the text as such.
    #[serde(rename = "l", skip_serializing_if = "Vec::is_empty", default)]
    places: Vec<u32>,
}

impl Record {
    /// Makes the record of an article.
    pub fn new(entry: &IndexEntry) -> Self {
        let IndexEntry { key, article, passages, .. } = entry;
        let body = &article.body;
        let headings =
            body.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_heading).map(|(number, _)| to_u32(number)).collect();
        Record {
            key: key.to_string(),
            own_id: article.own_id.clone(),
            metadata: article.metadata.clone(),
            passages: pack_passages(passages),
            headings,
            trimmed: entry.trimmed.clone(),
            name: entry.name.clone(),
            nameplates: article.nameplates.clone(),
            is_out_of_page: article.cut == Cut::OutOfPage,
            places: pack_places(body),
        }
    }

    /// Reads a record; `None` if the text is not one.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Writes the record.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a record is made of strings and numbers")
    }

    /// Returns the passages, in order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut last = Passage { start: 0, end: 0, first_paragraph: 0, last_paragraph: 0 };
        let unpacked = self.passages.as_chunks::<4>().0.iter().map(|[start, len, first, more]| {
            let begin = last.end + *start as usize;
            let first_paragraph = last.last_paragraph + first;
            last = Passage { start: begin, end: begin + *len as usize, first_paragraph, last_paragraph: first_paragraph + more };
            last
        });
        unpacked.collect()
    }

    /// Puts the body together again from its text.
    pub fn body(&self, text: String) -> Body {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        if !text.is_empty() {
            for piece in text.split(PARAGRAPH_BREAK) {
                paragraphs.push(Paragraph { start, end: start + piece.len(), is_heading: false, place: None });
                start += piece.len() + PARAGRAPH_BREAK.len();
            }
        }
        for number in &self.headings {
            if let Some(paragraph) = paragraphs.get_mut(*number as usize) {
                paragraph.is_heading = true;
            }
        }
        for (paragraph, place) in paragraphs.iter_mut().zip(self.places()) {
            paragraph.place = Some(place);
        }
        Body { text, paragraphs }
    }

    /// Returns where the lede stands in the body's text: the first paragraph that is no heading; nowhere if there is none.
    pub fn lede(&self, text: &str) -> Range<usize> {
        let mut start = 0;
        for (number, piece) in text.split(PARAGRAPH_BREAK).enumerate() {
            if !self.headings.iter().any(|heading| *heading as usize == number) {
                return start..start + piece.len();
            }
            start += piece.len() + PARAGRAPH_BREAK.len();
        }
        0..0
    }

    /// Returns how the body came about.
    pub fn cut(&self) -> Cut {
        if self.is_out_of_page { Cut::OutOfPage } else { Cut::AsMarked }
    }

    /// Tells whether the file holds the text as such, so that its paragraphs have places.
    pub fn has_places(&self) -> bool {
        !self.places.is_empty()
    }

    /// Returns the place of each paragraph in the file; nothing where the file does not hold the text as such.
    fn places(&self) -> Vec<Place> {
        let (mut byte, mut line) = (0_usize, 0_u32);
        let unpacked = self.places.as_chunks::<4>().0.iter().map(|[bytes_before, len, lines_before, more_lines]| {
            let start = byte + *bytes_before as usize;
            byte = start + *len as usize;
            let first = line + lines_before;
            line = first + more_lines;
            Place { bytes: start..byte, lines: (first, line) }
        });
        unpacked.collect()
    }
}

/// The stored texts of an article, as the document store gives them.
pub struct StoredTexts(Vec<(Field, String)>);

impl DocumentDeserialize for StoredTexts {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Self, DeserializeError> {
        let mut texts = Vec::with_capacity(deserializer.size_hint());
        while let Some(text) = deserializer.next_field::<String>()? {
            texts.push(text);
        }
        Ok(StoredTexts(texts))
    }
}

/// The first of the stored texts of an article, which is its record. What comes after it is not read: the texts are ten times as
/// long as the record, and a list of hits without passages needs none of them.
pub struct FirstText(Option<(Field, String)>);

impl DocumentDeserialize for FirstText {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut deserializer: D) -> Result<Self, DeserializeError> {
        Ok(FirstText(deserializer.next_field::<String>()?))
    }
}

impl FirstText {
    /// Reads the record; `None` if another text comes first, or if it cannot be read.
    pub fn record(self, fields: &Fields) -> Option<Record> {
        let (field, text) = self.0?;
        if field == fields.record { Record::from_text(&text) } else { None }
    }
}

/// A stored article whose record is not read yet.
pub struct Unread {
    /// The headline; empty where there is none.
    pub headline: String,
    /// The text of the body.
    pub text: String,
    /// The language in which their words are stemmed.
    pub language: Language,
    record: String,
}

impl Unread {
    /// Takes the texts of an article apart; `None` if it is not one.
    pub fn unpack(texts: StoredTexts, fields: &Fields) -> Option<Self> {
        let (mut searched, mut record) = (Vec::with_capacity(2), None);
        let mut language = Language::ENGLISH;
        for (field, mut text) in texts.0 {
            if field == fields.text {
                let (stated, unmarked) = Language::read(&text);
                let mark_len_bytes = text.len() - unmarked.len();
                language = stated;
                text.drain(..mark_len_bytes);
                searched.push(text);
            } else if field == fields.record {
                record = Some(text);
            }
        }
        let text = searched.pop()?;
        Some(Unread { record: record?, headline: searched.pop()?, text, language })
    }

    /// Reads what is stored beside the text; `None` if it cannot be read.
    pub fn record(&self) -> Option<Record> {
        Record::from_text(&self.record)
    }

    /// Makes an article of its parts.
    #[cfg(test)]
    pub fn new(headline: &str, text: &str, record: &str) -> Self {
        Unread { headline: headline.to_owned(), text: text.to_owned(), language: Language::ENGLISH, record: record.to_owned() }
    }
}

/// A stored article, unpacked.
pub struct Stored {
    /// What is stored beside the text.
    pub record: Record,
    /// The headline; empty where there is none.
    pub headline: String,
    /// The text of the body.
    pub text: String,
}

impl Stored {
    /// Returns the language in which the words of headline and body are stemmed.
    pub fn language(&self) -> Language {
        Language::of_article(&self.record.metadata)
    }

    /// Unpacks an article; `None` if it is not one.
    pub fn unpack(texts: StoredTexts, fields: &Fields) -> Option<Self> {
        let unread = Unread::unpack(texts, fields)?;
        Some(Stored { record: unread.record()?, headline: unread.headline, text: unread.text })
    }
}

fn pack_passages(passages: &[Passage]) -> Vec<u32> {
    let (mut end, mut paragraph) = (0, 0);
    let mut packed = Vec::with_capacity(passages.len() * 4);
    for passage in passages {
        packed.extend([
            to_u32(passage.start - end),
            to_u32(passage.end - passage.start),
            passage.first_paragraph - paragraph,
            passage.last_paragraph - passage.first_paragraph,
        ]);
        (end, paragraph) = (passage.end, passage.last_paragraph);
    }
    packed
}

/// Packs the places if every paragraph has one and they follow one another, as in a file that is read from top to bottom.
fn pack_places(body: &Body) -> Vec<u32> {
    let (mut byte, mut line) = (0, 0);
    let mut packed = Vec::with_capacity(body.paragraphs.len() * 4);
    for paragraph in &body.paragraphs {
        let Some(place) = &paragraph.place else { return Vec::new() };
        let (Some(bytes_before), Some(lines_before)) = (place.bytes.start.checked_sub(byte), place.lines.0.checked_sub(line)) else {
            return Vec::new();
        };
        packed.extend([to_u32(bytes_before), to_u32(place.bytes.len()), lines_before, place.lines.1.saturating_sub(place.lines.0)]);
        (byte, line) = (place.bytes.end, place.lines.1);
    }
    packed
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::dedup::Fingerprint;
    use crate::recurring::EdgeLines;
    use crate::search::{ArticleKey, FileKey, Grouping};

    fn record(body: &Body, passages: &[Passage]) -> Record {
        let key = ArticleKey { file: FileKey { folder: 0, path: "a.txt".into() }, ordinal: 1 };
        let article = Article {
            path: "a.txt".to_owned(),
            ordinal: 1,
            own_id: Some("x1".to_owned()),
            metadata: Metadata::default(),
            body: body.clone(),
            furniture: Vec::new(),
            cut: Cut::AsMarked,
            nameplates: Vec::new(),
        };
        Record::new(&IndexEntry {
            key,
            article,
            passages: passages.to_vec(),
            fingerprint: Fingerprint::default(),
            content_hash: 0,
            file_state: None,
            grouping: Grouping::default(),
            edges: EdgeLines::default(),
            trimmed: Trimmed::default(),
            name: None,
        })
    }

    #[test]
    fn a_record_comes_back_as_it_was() {
        let mut body = Body::default();
        body.push("A heading", true, Some(Place { bytes: 10..19, lines: (2, 2) }));
        body.push("First sentence. Second one.", false, Some(Place { bytes: 20..47, lines: (3, 5) }));
        let passages = [
            Passage { start: 0, end: 26, first_paragraph: 0, last_paragraph: 1 },
            Passage { start: 27, end: 38, first_paragraph: 1, last_paragraph: 1 },
        ];
        let mut record = record(&body, &passages);
        record.trimmed.below = body.clone();
        let read = Record::from_text(&record.to_text()).unwrap();
        assert_eq!(read, record);
        assert_eq!(read.passages(), passages);
        assert_eq!(read.body(body.text.clone()), body);
        assert_eq!(&body.text[read.lede(&body.text)], "First sentence. Second one.");
    }

    #[test]
    fn an_empty_body_comes_back_empty() {
        assert_eq!(record(&Body::default(), &[]).body(String::new()), Body::default());
    }

    #[test]
    fn other_text_is_no_record() {
        assert_eq!(Record::from_text("{\"x\":1}"), None);
    }
}
