//! What the text layer of a PDF holds, as whoever takes it out hands it on: properties, and lines with their place on the page.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A piece of a PDF, in the order in which they come: the properties, then page by page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PdfPiece {
    /// What the document states about itself; it comes first.
    Properties(PdfProperties),
    /// The next page.
    Page(PdfPage),
    /// Why there is no more: lower case, no final stop. It comes last.
    Failed(String),
}

/// What a PDF states about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfProperties {
    /// How many pages it has.
    pub pages_total: usize,
    /// The title.
    pub title: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// When the file was made, in ISO 8601; without a zone where it is UTC or not stated.
    pub created: Option<String>,
}

/// A page: its lines in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfPage {
    /// The height of the page in points.
    pub height: f32,
    /// The lines.
    pub lines: Vec<PdfLine>,
}

/// A run of text on one line. Places are in points from the left and the top of the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PdfLine {
    /// The text.
    pub text: String,
    /// Where it starts.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// The line that the letters stand on.
    pub baseline: f32,
    /// The size of its font.
    pub size: f32,
}

/// A PDF with its text taken out, as far as that went.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PdfContent {
    /// What it states about itself.
    pub properties: PdfProperties,
    /// Its pages.
    pub pages: Vec<PdfPage>,
    /// Why there are no more pages, where there should be: lower case, no final stop.
    pub failure: Option<String>,
}

impl PdfContent {
    /// Adds a piece.
    pub fn add(&mut self, piece: PdfPiece) {
        match piece {
            PdfPiece::Properties(properties) => self.properties = properties,
            PdfPiece::Page(page) => self.pages.push(page),
            PdfPiece::Failed(cause) => self.failure = Some(cause),
        }
    }
}

/// Takes the text out of a PDF in a place where a hostile file can do no harm: no file may end or hang the caller.
pub trait PdfText: fmt::Debug + Send + Sync {
    /// Reads a PDF; what went wrong is told in [`PdfContent::failure`].
    fn read(&self, bytes: &[u8]) -> PdfContent;
}
