//! An article as it was read: its metadata, each value with its provenance, its body, and what was taken out of the page.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::document::{FieldName, Place, Provenance};
use crate::moment::Moment;
use crate::sentence;

/// One article: what is not in the document is `None`, never a guess.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The file, relative to the folder that was indexed, with `/` between its parts.
    pub path: String,
    /// Which document of the file, from 1.
    pub ordinal: u32,
    /// The document's own id, where its format carries one.
    pub own_id: Option<String>,
    /// What is known about it.
    pub metadata: Metadata,
    /// Its text.
    pub body: Body,
    /// What was taken out of the page, in the order of the file.
    pub furniture: Vec<Furniture>,
    /// Whether the body was found inside of a page, or is as its keeper or its format marked it.
    pub cut: Cut,
    /// Lines at the ends of a page that may be the outlet's name; the outlet's other pages tell whether one is.
    pub nameplates: Vec<String>,
}

/// How an article's body came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cut {
    /// It was told from the furniture of a page, and some of that may still be in it.
    OutOfPage,
    /// It is what the document marks as the text.
    AsMarked,
}

/// What is known about an article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Stated<String>>,
    /// The outlet that published it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<Stated<String>>,
    /// When it was first published.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<Stated<Moment>>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modified: Option<Stated<Moment>>,
    /// When the page was saved or the file received: not a date of publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved: Option<Stated<Moment>>,
    /// Who wrote it, in the order of the byline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub byline: Option<Stated<Vec<Person>>>,
    /// Agencies and other outlets that the text is credited to, in the order of the document.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub credits: Vec<Stated<String>>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<Stated<String>>,
    /// Its language, as a two- or three-letter ISO 639 code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<Stated<String>>,
    /// How sure the detection of the language is, in percent from 1 to 100; `None` where the document states its language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language_confidence: Option<u8>,
    /// Other values that the document states for a field and that do not agree with the one chosen.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conflicts: Vec<Conflict>,
}

impl Metadata {
    /// Returns the outlet: the name that its other pages tell, where they do, else what the article states.
    pub fn source_or(&self, name: Option<&str>) -> Option<Stated<String>> {
        let told = name.map(|name| Stated { value: name.to_owned(), from: Provenance::RecurringLine });
        told.or_else(|| self.source.clone())
    }
}

/// A person whom a byline names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name as written.
    pub name: String,
    /// What the byline says that the person is: `Chief Correspondent`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
}

/// A value with the place where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub from: Provenance,
}

/// A value that a document states beside the one that was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The field: `published`, `source` and so on.
    pub field: String,
    /// The value as written.
    pub value: String,
    /// Where it was read.
    pub from: Provenance,
}

/// The text of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// All paragraphs, a blank line between two of them.
    pub text: String,
    /// The paragraphs in order; each is a run of `text`, and together with the blank lines they cover it.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph or heading of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its first byte in the body's text.
    pub start: usize,
    /// One past its last byte in the body's text.
    pub end: usize,
    /// Tells a heading from a paragraph.
    pub is_heading: bool,
    /// Where the file holds this paragraph as such.
    pub place: Option<Place>,
}

/// What stands between two paragraphs of [`Body::text`].
pub const PARAGRAPH_BREAK: &str = "\n\n";

/// Returns the sentences of the text of a body, in order; none of them goes over the end of a paragraph.
pub fn sentences_of(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(text.len() / 100 + 1);
    let mut at = 0;
    for paragraph in text.split(PARAGRAPH_BREAK) {
        found.extend(sentence::sentences(paragraph).into_iter().map(|sentence| at + sentence.start..at + sentence.end));
        at += paragraph.len() + PARAGRAPH_BREAK.len();
    }
    found
}

impl Body {
    /// Adds a paragraph or heading at the end; blank text is left out, a line break in it becomes a blank.
    pub fn push(&mut self, text: &str, is_heading: bool, place: Option<Place>) {
        if text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(PARAGRAPH_BREAK);
        }
        let start = self.text.len();
        for (number, line) in text.lines().enumerate() {
            self.text.push_str(if number > 0 { " " } else { "" });
            self.text.push_str(line);
        }
        self.paragraphs.push(Paragraph { start, end: self.text.len(), is_heading, place });
    }

    /// Takes paragraphs away at the two ends and returns them; where none would stay, none is taken.
    pub fn trim(&mut self, trim: Trim) -> Trimmed {
        let mut trimmed = Trimmed::default();
        let (above, below) = (usize::from(trim.above), usize::from(trim.below));
        if above + below == 0 || above + below >= self.paragraphs.len() {
            return trimmed;
        }
        let whole = std::mem::take(self);
        let last = whole.paragraphs.len() - below;
        for (number, paragraph) in whole.paragraphs.iter().enumerate() {
            let part = if number < above {
                &mut trimmed.above
            } else if number < last {
                &mut *self
            } else {
                &mut trimmed.below
            };
            part.push_paragraph(&whole, paragraph);
        }
        trimmed
    }

    /// Puts back what [`Body::trim`] took away.
    #[must_use]
    pub fn untrimmed(&self, trimmed: &Trimmed) -> Body {
        let mut whole = Body::default();
        for part in [&trimmed.above, self, &trimmed.below] {
            part.paragraphs.iter().for_each(|paragraph| whole.push_paragraph(part, paragraph));
        }
        whole
    }

    fn push_paragraph(&mut self, from: &Body, paragraph: &Paragraph) {
        if !self.text.is_empty() {
            self.text.push_str(PARAGRAPH_BREAK);
        }
        let start = self.text.len();
        self.text.push_str(&from.text[paragraph.start..paragraph.end]);
        self.paragraphs.push(Paragraph { start, end: self.text.len(), ..paragraph.clone() });
    }

    /// Returns the text of each paragraph, in order.
    pub fn paragraph_texts(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().map(|paragraph| &self.text[paragraph.start..paragraph.end])
    }
}

/// How many paragraphs are left out at the two ends of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trim {
    /// At its start.
    pub above: u8,
    /// At its end.
    pub below: u8,
}

/// Paragraphs that were left out at the ends of a body, since they recur on the outlet's other pages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trimmed {
    /// Those above the text.
    pub above: Body,
    /// Those below it.
    pub below: Body,
}

impl Trimmed {
    /// Tells that nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.above.paragraphs.is_empty() && self.below.paragraphs.is_empty()
    }

    /// Returns what was left out as furniture, top to bottom.
    pub fn furniture(&self) -> Vec<Furniture> {
        let piece = |(text, paragraph): (&str, &Paragraph)| Furniture {
            text: text.to_owned(),
            reason: "recurs on the outlet's other pages".to_owned(),
            lines: paragraph.place.as_ref().map(|place| place.lines),
        };
        [&self.above, &self.below].into_iter().flat_map(|part| part.paragraph_texts().zip(&part.paragraphs).map(piece)).collect()
    }
}

/// A piece of the page that is not the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// The piece as the page has it.
    pub text: String,
    /// Why it was taken out, in a few words.
    pub reason: String,
    /// First and last line of the file, from 1, where the file holds it as such.
    pub lines: Option<(u32, u32)>,
}

impl Article {
    /// Returns the id that the article claims; see [`claimed_id`].
    pub fn claimed_id(&self) -> String {
        claimed_id(self.own_id.as_deref(), &self.path, self.ordinal)
    }
}

/// Returns the id that a document claims: its own, else its path, with `#2` for the second document of a file.
pub fn claimed_id(own_id: Option<&str>, path: &str, ordinal: u32) -> String {
    match (own_id, ordinal) {
        (Some(id), _) => id.to_owned(),
        (None, 1) => path.to_owned(),
        (None, ordinal) => format!("{path}#{ordinal}"),
    }
}

impl FieldName {
    /// Returns the word that stands for the field in conflicts and in output.
    pub fn label(self) -> &'static str {
        match self {
            FieldName::Headline => "headline",
            FieldName::Source => "source",
            FieldName::Published => "published",
            FieldName::Modified => "modified",
            FieldName::Saved => "saved",
            FieldName::Byline => "byline",
            FieldName::Credit => "credit",
            FieldName::Url => "url",
            FieldName::Language => "language",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], (above, below): (u8, u8), expected: [&[&str]; 3]) {
        let mut whole = Body::default();
        lines.iter().for_each(|line| whole.push(line, *line == "Heading", Some(Place { bytes: 0..line.len(), lines: (1, 1) })));
        let mut body = whole.clone();
        let trimmed = body.trim(Trim { above, below });
        let texts = [&trimmed.above, &body, &trimmed.below].map(|part| part.paragraph_texts().collect::<Vec<_>>());
        assert_eq!(texts, expected.map(<[&str]>::to_vec));
        assert_eq!(body.untrimmed(&trimmed), whole, "what was left out can be put back");
    }

    #[test]
    fn the_ends_of_a_body_are_left_out_and_put_back() {
        let lines = ["Post", "Heading", "One.", "Two.", "Join."];
        check(&lines, (0, 0), [&[], &lines, &[]]);
        check(&lines, (1, 1), [&["Post"], &["Heading", "One.", "Two."], &["Join."]]);
        check(&lines, (0, 2), [&[], &["Post", "Heading", "One."], &["Two.", "Join."]]);
        check(&lines, (3, 2), [&[], &lines, &[]]);
        check(&[], (1, 0), [&[], &[], &[]]);
    }
}
