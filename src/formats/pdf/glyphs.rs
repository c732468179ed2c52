//! The bytes of a PDF in; its properties and the lines of its pages out. The only door to the PDF library.
//!
//! This runs where a hostile file does no harm, see [`PdfText`](crate::formats::pdf::PdfText): the library is careful, but no
//! reader of PDF can be proved to bear every file in little time and memory.

use std::sync::Arc;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::DateTime;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};

use crate::formats::pdf::content::{PdfPage, PdfPiece, PdfProperties};
use crate::formats::pdf::lines::{LineBuilder, PlacedText};
use crate::formats::reader;

/// A document has no more pages than a long book.
const PAGES_MAX: usize = 10_000;

/// A page holds no more letters than this: a broadsheet page set in small type has under 60,000.
const PAGE_GLYPHS_MAX: usize = 400_000;

/// An em of every font has so many units.
const EM_UNITS: f64 = 1000.0;

/// Reads a PDF and hands on its pieces as they are found. A failure is a piece, too.
pub fn read_pieces(bytes: Vec<u8>, hand_on: &mut dyn FnMut(PdfPiece)) {
    let pdf = match Pdf::new(Arc::new(bytes)) {
        Ok(pdf) => pdf,
        Err(error) => return hand_on(PdfPiece::Failed(cause_of(error).to_owned())),
    };
    let pages = pdf.pages();
    hand_on(PdfPiece::Properties(properties(&pdf, pages.len())));
    let cache = InterpreterCache::new();
    for page in pages.iter().take(PAGES_MAX) {
        hand_on(PdfPiece::Page(read_page(&pdf, page, &cache)));
    }
    if pages.len() > PAGES_MAX {
        hand_on(PdfPiece::Failed(format!("{} pages, the limit is {PAGES_MAX}", pages.len())));
    }
}

fn cause_of(error: LoadPdfError) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "encrypted: it opens with a password only",
        LoadPdfError::Decryption(_) => "encrypted in a way that cannot be read",
        LoadPdfError::Invalid => "not a PDF that can be read: it is damaged or cut off",
    }
}

fn properties(pdf: &Pdf, pages_total: usize) -> PdfProperties {
    let metadata = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| {
        let decoded = reader::decode(bytes.as_deref()?, Some("windows-1252")).ok()?;
        Some(reader::clean_line(&decoded.text)).filter(|text| !text.is_empty())
    };
    PdfProperties {
        pages_total,
        title: text(&metadata.title),
        author: text(&metadata.author),
        created: metadata.creation_date.as_ref().map(iso_text),
    }
}

/// Writes a date in ISO 8601. The library reads a date without a zone as UTC: such a zone is not stated.
fn iso_text(date: &DateTime) -> String {
    let DateTime { year, month, day, hour, minute, second, utc_offset_hour, utc_offset_minute } = date;
    let zone = match (utc_offset_hour, utc_offset_minute) {
        (0, 0) => String::new(),
        (hours, minutes) => format!("{}{:02}:{minutes:02}", if *hours < 0 { '-' } else { '+' }, hours.unsigned_abs()),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

fn read_page<'p>(pdf: &'p Pdf, page: &Page<'p>, cache: &InterpreterCache<'p>) -> PdfPage {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(upright, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector::default();
    interpret_page(page, &mut context, &mut collector);
    PdfPage { height, lines: collector.lines.into_lines() }
}

/// A device that keeps letters and draws nothing.
#[derive(Default)]
struct Collector {
    lines: LineBuilder,
    glyphs: usize,
    /// The number of letters of the last run, and where it starts.
    filled: Option<(usize, Point)>,
}

impl Collector {
    /// Keeps a letter; text that runs up, down or upside down is a stamp at the edge of a page and no part of the article.
    fn keep(&mut self, glyph: &Glyph<'_>, place: Affine) {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawing) => drawing.advance_width(),
        };
        let start = place * Point::ORIGIN;
        let em = place * Point::new(EM_UNITS, 0.0) - start;
        let rise = place * Point::new(0.0, EM_UNITS) - start;
        let size = rise.hypot();
        if !(em.x > em.y.abs() && size.is_finite() && size > 0.0 && start.is_finite()) {
            return;
        }
        let share = advance.map_or(0.5, |advance| f64::from(advance) / EM_UNITS);
        let width = if (0.0..=3.0).contains(&share) { share * em.x } else { em.x / 2.0 };
        let mut buffer = [0; 4];
        let unicode = glyph.as_unicode();
        let text = match &unicode {
            Some(BfString::Char(c)) => c.encode_utf8(&mut buffer),
            Some(BfString::String(text)) => text.as_str(),
            None => "\u{fffd}",
        };
        let (left, right) = (start.x as f32, (start.x + width) as f32);
        self.lines.push(PlacedText { text, left, right, baseline: start.y as f32, size: size as f32 });
    }
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        let place = run.glyphs().first().map(|first| (run.glyphs().len(), props.transform * first.transform() * Point::ORIGIN));
        // Letters that are filled and stroked come twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.filled == place {
            return;
        }
        self.filled = place;
        for glyph in run.glyphs().iter().take(PAGE_GLYPHS_MAX - self.glyphs) {
            self.keep(glyph, props.transform * glyph.transform());
        }
        self.glyphs = (self.glyphs + run.glyphs().len()).min(PAGE_GLYPHS_MAX);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
