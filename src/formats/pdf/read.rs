//! The steps of reading a PDF, in order.

use crate::document::{FieldName, Layout, Origin, Provenance, RawBlock, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::input::Input;
use crate::formats::pdf::content::PdfContent;
use crate::formats::pdf::paragraphs;
use crate::formats::properties;
use crate::formats::reader::{ReadOptions, Sink};

/// From this share of letters without a meaning on, a text layer is of no use.
const UNKNOWN_SHARE_MAX: f32 = 0.3;

/// Reads a PDF. Its text is taken out by whoever the options name; without anyone a PDF is a warning.
pub fn read(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let path = input.path();
    let Some(taker) = &options.pdf else {
        return sink(Err(Warning::new(path, "a PDF is read in a process of its own, and no program was given for it")));
    };
    let bytes = match input.whole() {
        Ok(bytes) => bytes,
        Err(cause) => return sink(Err(Warning::new(path, cause))),
    };
    let content = taker.read(&bytes);
    let blocks = paragraphs::of_pages(&content.pages);
    if let Some((cause, hint)) = problem(&content, &blocks) {
        let warning = Warning::new(path, cause);
        sink(Err(match hint {
            Some(hint) => warning.with_hint(hint),
            None => warning,
        }));
    }
    if has_text(&blocks) && !is_unknown(&blocks) {
        let fields = fields(&content, &blocks, input.name());
        let origin = Origin { path: path.to_owned(), ordinal: 1, own_id: None, member: input.member().map(str::to_owned) };
        sink(Ok(RawDocument { origin, fields, blocks, layout: Layout::Dump }));
    }
}

/// Says what is wrong with a PDF, and what can be done about it.
fn problem(content: &PdfContent, blocks: &[RawBlock]) -> Option<(String, Option<&'static str>)> {
    let (pages, total) = (content.pages.len(), content.properties.pages_total);
    match &content.failure {
        Some(cause) if has_text(blocks) => Some((format!("{cause}: the first {pages} of {total} pages were read"), None)),
        Some(cause) => Some((cause.clone(), cause.starts_with("encrypted").then_some("save a copy without a password"))),
        None if !has_text(blocks) => Some(("a scan without a text layer".to_owned(), Some("text recognition (OCR) can add one"))),
        None if is_unknown(blocks) => {
            Some(("its fonts do not tell which characters their letters are".to_owned(), Some("text recognition (OCR) can help")))
        }
        None => None,
    }
}

/// Tells a document with more than heads and numbers of pages.
fn has_text(blocks: &[RawBlock]) -> bool {
    blocks.iter().any(|block| !matches!(block.role, Role::Furniture(_)))
}

/// Tells text whose letters mostly stand for nothing.
fn is_unknown(blocks: &[RawBlock]) -> bool {
    let letters: usize = blocks.iter().map(|block| block.text.chars().count()).sum();
    let unknown: usize = blocks.iter().map(|block| block.text.matches('\u{fffd}').count()).sum();
    unknown as f32 > UNKNOWN_SHARE_MAX * letters as f32
}

fn fields(content: &PdfContent, blocks: &[RawBlock], name: &str) -> Vec<RawField> {
    let mut fields = Vec::new();
    let stated = &content.properties;
    properties::add(stated.title.as_deref(), stated.author.as_deref(), name, &mut fields);
    if let Some(created) = &stated.created {
        // The day on which the file was made is the day of saving, or of typesetting; it is not stated as that of publication.
        push(FieldName::Saved, created, Provenance::DocumentProperties, &mut fields);
    }
    if let Some(url) = printed_address(blocks) {
        push(FieldName::Url, url, Provenance::FooterLine, &mut fields);
    }
    fields
}

/// Finds the address that browsers print at the foot of each page; one that is cut off is none.
fn printed_address(blocks: &[RawBlock]) -> Option<&str> {
    let furniture = blocks.iter().filter(|block| matches!(block.role, Role::Furniture(_)));
    let first =
        furniture.filter_map(|block| block.text.split(' ').next()).find(|word| word.starts_with("https://") || word.starts_with("http://"));
    first.filter(|url| !url.ends_with(['…', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdf::content::{PdfLine, PdfPage, PdfProperties, PdfText};

    #[derive(Debug)]
    struct Given(PdfContent);

    impl PdfText for Given {
        fn read(&self, _: &[u8]) -> PdfContent {
            self.0.clone()
        }
    }

    fn check(lines: &[&str], failure: Option<&str>, expected: &[&str]) {
        let line = |(number, text): (usize, &&str)| PdfLine {
            text: (*text).to_owned(),
            left: 50.0,
            right: 300.0,
            baseline: 60.0 + 40.0 * number as f32,
            size: 10.0,
        };
        let pages = vec![PdfPage { height: 800.0, lines: lines.iter().enumerate().map(line).collect() }];
        let properties = PdfProperties {
            pages_total: 2,
            title: Some("Ferry runs".to_owned()),
            author: Some("Ida Holm".to_owned()),
            created: Some("2024-11-26T03:20:00".to_owned()),
        };
        let content = PdfContent { properties, pages, failure: failure.map(str::to_owned) };
        let options = ReadOptions::default().with_pdf(std::sync::Arc::new(Given(content)));
        let mut found = Vec::new();
        let mut bytes: &[u8] = b"%PDF-1.7";
        read(&mut Input::open("a.pdf", &mut bytes).unwrap(), &options, &mut |outcome| match outcome {
            Ok(raw) => {
                found.extend(raw.fields.iter().map(|field| format!("{}={}", field.name.label(), field.value)));
                found.extend(raw.blocks.iter().map(|block| block.text.clone()));
            }
            Err(warning) => found.push(format!("! {warning}")),
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn each_failure_is_one_warning() {
        let fields = ["headline=Ferry runs", "byline=Ida Holm", "saved=2024-11-26T03:20:00"];
        check(&["The ferry runs."], None, &[fields[0], fields[1], fields[2], "The ferry runs."]);
        check(
            &["The ferry runs."],
            Some("stopped after 2 s"),
            &["! a.pdf: stopped after 2 s: the first 1 of 2 pages were read", fields[0], fields[1], fields[2], "The ferry runs."],
        );
        check(&[], Some("encrypted"), &["! a.pdf: encrypted (save a copy without a password)"]);
        check(&[], None, &["! a.pdf: a scan without a text layer (text recognition (OCR) can add one)"]);
        check(
            &["\u{fffd}\u{fffd}a"],
            None,
            &["! a.pdf: its fonts do not tell which characters their letters are (text recognition (OCR) can help)"],
        );
    }
}
