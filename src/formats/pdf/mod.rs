//! A PDF with a text layer in; one document out: its paragraphs as a dump, what its properties state.
//!
//! A PDF is a program that draws letters. [`glyphs`] runs it and hands on [`content`], in a process of its own, since no reader of
//! PDF bears every file; [`lines`] puts the letters together, [`paragraphs`] the lines. The text of pictures is not read, nor
//! is text that runs up or down; text from right to left comes in the order in which it was drawn.

pub mod content;
pub mod glyphs;
pub mod lines;
pub mod paragraphs;

mod read;

pub use content::PdfText;
pub use read::read;
