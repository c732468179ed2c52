//! PDFs. The library that reads them may fail on a hostile file: it works in a process of its own. What is checked is that our own code
//! bears whatever it says.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use dateline::formats::ReadOptions;
use dateline::formats::pdf::PdfText;
use dateline::formats::pdf::content::{PdfContent, PdfPiece};
use dateline::formats::pdf::glyphs;

use crate::fuzzed::documents::{Places, check_with};

/// The bytes of a PDF.
pub fn whole(bytes: &[u8]) {
    check_with("a.pdf", bytes, Places::None, &ReadOptions::default().with_pdf(Arc::new(InProcess)));
}

/// What the process says, a line of JSON a piece.
pub fn pieces(bytes: &[u8]) {
    let mut content = PdfContent::default();
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.filter_map(|line| serde_json::from_slice::<PdfPiece>(line).ok()).for_each(|piece| content.add(piece));
    check_with("a.pdf", b"%PDF-1.7", Places::None, &ReadOptions::default().with_pdf(Arc::new(Given(content))));
}

/// Takes the text out here, where a panic is caught.
#[derive(Debug)]
struct InProcess;

impl PdfText for InProcess {
    fn read(&self, bytes: &[u8]) -> PdfContent {
        let mut content = PdfContent::default();
        let outcome = catch_unwind(AssertUnwindSafe(|| glyphs::read_pieces(bytes.to_vec(), &mut |piece| content.add(piece))));
        if outcome.is_err() {
            content.failure = Some("the reader of PDFs gave up on it".to_owned());
        }
        content
    }
}

/// What was said.
#[derive(Debug)]
struct Given(PdfContent);

impl PdfText for Given {
    fn read(&self, _: &[u8]) -> PdfContent {
        self.0.clone()
    }
}
