//! SGML collections in, Reuters-21578 and those of TREC; documents out, one by one.
//!
//! It is not XML: tags are left open, text holds bare `<` and `&` and control characters. A document is what stands between
//! `<DOC>` and `</DOC>`, or between `<REUTERS …>` and `</REUTERS>`; what is in it is looked up by the names of its elements.

use crate::document::{FieldName, Layout, Origin, Provenance, RawDocument, RawField, Role};
use crate::error::Warning;
use crate::formats::fields::push;
use crate::formats::input::{Input, LineRead};
use crate::formats::paragraphs;
use crate::formats::reader::{self, Sink, block, clean_line};
use crate::formats::sgml_marked::{Marked, plain};

/// Why the last line of a report was taken out.
const SIGN_OFF: &str = "sign-off of the agency";

/// Elements that hold the headline, the likelier first.
const HEADLINES: [&str; 7] = ["HEADLINE", "HEAD", "TITLE", "HL", "TI", "TTL", "H3"];

/// Elements that may stand inside of a text and are read by themselves.
const READ_APART: &[&str] = &["HEADLINE", "HEAD", "TITLE", "HL", "TI", "TTL", "H3", "DATELINE", "AUTHOR", "BYLINE", "DATE", "DATE1"];

/// Elements that hold the day of publication.
const DATES: [&str; 6] = ["DATE", "DATE_TIME", "DATETIME", "DD", "DATE1", "PUBDATE"];

/// Elements that hold the name of the outlet.
const SOURCES: [&str; 4] = ["SO", "PUB", "SOURCE", "NEWSPAPER"];

/// Elements that hold the id.
const IDS: [&str; 3] = ["DOCNO", "DOCID", "ID"];

/// No document is read beyond this: the longest of these collections, issues of a federal gazette, have some 4 MB.
const DOCUMENT_BYTES_MAX: usize = 8 << 20;

/// Tells a collection by its first bytes.
pub fn is_collection(start: &str) -> bool {
    let upper = start.get(..start.floor_char_boundary(2000)).unwrap_or_default().to_ascii_uppercase();
    let is_trec = upper.starts_with("<DOC>") && (upper.contains("<DOCNO>") || upper.contains("<DOCID>"));
    let is_gigaword = upper.starts_with("<DOC ") && upper.contains(" ID=") && upper.contains("<TEXT>");
    upper.starts_with("<!DOCTYPE LEWIS") || upper.starts_with("<REUTERS ") || is_trec || is_gigaword
}

/// Reads a collection, document by document; one that is not closed ends where the next begins.
pub fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) {
    let mut collection =
        Collection { path: input.path(), ordinal: 0, number: 0, started: 0, document: Vec::new(), state: State::Outside, sink };
    let mut line = Vec::new();
    loop {
        collection.number += 1;
        match input.next_line(&mut line, DOCUMENT_BYTES_MAX) {
            Ok(LineRead::Line) => collection.take(&line),
            Ok(LineRead::TooLong(len_bytes)) => {
                let cause = format!("line of {} MB, the limit is {} MB", len_bytes >> 20, DOCUMENT_BYTES_MAX >> 20);
                collection.warn(collection.number, &cause);
            }
            Ok(LineRead::End) => break,
            Err(cause) => return collection.warn(collection.number, &cause),
        }
    }
    if collection.state != State::Outside {
        collection.warn(collection.started, "the file ends inside of this document");
        collection.finish();
    }
    if collection.ordinal == 0 {
        collection.warn(1, "no document in it: neither <DOC> nor <REUTERS>");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// Inside of a document that is larger than the limit.
    PassingOver,
}

struct Collection<'c, 's> {
    path: &'c str,
    ordinal: u32,
    number: u64,
    /// The line at which the document starts.
    started: u64,
    document: Vec<u8>,
    state: State,
    sink: &'c mut Sink<'s>,
}

impl Collection<'_, '_> {
    fn warn(&mut self, line: u64, cause: &str) {
        (self.sink)(Err(Warning::new(self.path, cause).at_line(line)));
    }

    /// Takes a line: opens and closes documents, wherever their tags stand in it.
    fn take(&mut self, line: &[u8]) {
        let mut rest = line;
        while let Some((at, tag)) = boundary(rest) {
            if tag.is_start {
                if self.state != State::Outside {
                    self.add(&rest[..at]);
                    self.finish();
                }
                self.state = State::Inside;
                self.started = self.number;
                rest = &rest[at..];
                self.add(&rest[..tag.len_bytes]);
                rest = &rest[tag.len_bytes..];
            } else {
                self.add(&rest[..at]);
                self.finish();
                rest = &rest[at + tag.len_bytes..];
            }
        }
        self.add(rest);
        self.add(b"\n");
    }

    fn add(&mut self, bytes: &[u8]) {
        if self.state == State::Inside {
            self.document.extend_from_slice(bytes);
            if self.document.len() > DOCUMENT_BYTES_MAX {
                self.state = State::PassingOver;
                self.document = Vec::new();
            }
        }
    }

    fn finish(&mut self) {
        let state = std::mem::replace(&mut self.state, State::Outside);
        if state == State::Outside {
            return;
        }
        self.ordinal = self.ordinal.saturating_add(1);
        let line = self.started;
        if state == State::PassingOver {
            return self.warn(line, &format!("a document of more than {} MB, the limit", DOCUMENT_BYTES_MAX >> 20));
        }
        let bytes = std::mem::take(&mut self.document);
        match reader::decode(&bytes, None) {
            Ok(decoded) => match document(self.path, self.ordinal, &decoded.text) {
                Some(raw) => (self.sink)(Ok(raw)),
                None => self.warn(line, &format!("document {} has no headline and no text", self.ordinal)),
            },
            Err(cause) => self.warn(line, &cause),
        }
        self.document = bytes;
        self.document.clear();
    }
}

/// A tag that opens or closes a document.
struct Boundary {
    is_start: bool,
    len_bytes: usize,
}

/// Finds the first tag in a line that opens or closes a document.
fn boundary(line: &[u8]) -> Option<(usize, Boundary)> {
    memchr::memchr_iter(b'<', line).find_map(|at| {
        let rest = &line[at + 1..];
        let (is_start, name) = rest.strip_prefix(b"/").map_or((true, rest), |name| (false, name));
        let is = |wanted: &[u8]| {
            name.get(..wanted.len()).is_some_and(|name| name.eq_ignore_ascii_case(wanted))
                && name.get(wanted.len()).is_none_or(|next| matches!(next, b'>' | b' ' | b'\t'))
        };
        if !is(b"DOC") && !is(b"REUTERS") {
            return None;
        }
        let end = memchr::memchr(b'>', rest).map_or(line.len() - at, |end| end + 2);
        Some((at, Boundary { is_start, len_bytes: end }))
    })
}

fn document(path: &str, ordinal: u32, text: &str) -> Option<RawDocument> {
    let mut fields = Vec::new();
    let marked = Marked::of(text);
    let first = |names: &[&str]| names.iter().find_map(|name| marked.element(name)).map(|inner| clean_line(&plain(&text[inner])));
    let opening = text.split('>').next().unwrap_or_default();
    let is_reuters = opening.to_ascii_uppercase().starts_with("<REUTERS");
    let own_id = first(&IDS).or_else(|| attribute(opening, "NEWID")).or_else(|| attribute(opening, "ID")).filter(|id| !id.is_empty());
    let headline = first(&HEADLINES);
    add(FieldName::Headline, headline.as_deref(), &mut fields);
    let source = first(&SOURCES).map(|source| source.split(['(', ',']).next().unwrap_or_default().to_owned());
    add(FieldName::Source, source.as_deref().or(is_reuters.then_some("Reuters")), &mut fields);
    let date = first(&DATES).filter(|date| !date.is_empty()).map(|date| full_date(&date));
    add(FieldName::Published, date.or_else(|| own_id.as_deref().and_then(date_of_id)).as_deref(), &mut fields);
    add(FieldName::Byline, first(&["BYLINE", "AUTHOR", "AU"]).as_deref(), &mut fields);
    add(FieldName::Language, first(&["LANGUAGE"]).as_deref(), &mut fields);
    let body = body(&marked, headline.as_deref());
    let (body, sign_off) = if is_reuters { without_sign_off(&body) } else { (body.as_str(), "") };
    let mut blocks = paragraphs::of_text(body);
    blocks.extend(block(sign_off, Role::Furniture(SIGN_OFF)));
    if fields.iter().all(|field| field.name != FieldName::Headline) && blocks.is_empty() {
        return None;
    }
    let origin = Origin { path: path.to_owned(), ordinal, own_id, member: None };
    Some(RawDocument { origin, fields, blocks, layout: Layout::Body })
}

fn add(name: FieldName, value: Option<&str>, fields: &mut Vec<RawField>) {
    push(name, value.unwrap_or_default(), Provenance::WireField, fields);
}

/// Parts the line on which the agency signs its reports, `Reuter`, from a text.
fn without_sign_off(body: &str) -> (&str, &str) {
    let trimmed = body.trim_end();
    match trimmed.rsplit_once('\n') {
        Some((before, last)) if last.trim().trim_start_matches('-').eq_ignore_ascii_case("reuter") => (before, last),
        _ => (body, ""),
    }
}

/// Returns the text of a document, the dateline before it as it is printed.
fn body(marked: &Marked<'_>, headline: Option<&str>) -> String {
    let dateline = marked.element("DATELINE").map(|inner| clean_line(&plain(&marked.text[inner])));
    let body = marked.element("BODY");
    let mut parts: Vec<String> = Vec::new();
    parts.extend(["LEADPARA", "LP"].iter().filter_map(|name| marked.element(name)).map(|inner| plain(&marked.text[inner])));
    match body.clone().filter(|inner| !marked.elements("TEXT").any(|text| inner.contains(&text.start))) {
        Some(inner) => parts.push(plain(&marked.text[inner])),
        None => parts.extend(marked.elements("TEXT").map(|inner| plain(&marked.without(inner, READ_APART)))),
    }
    let mut joined = parts.join("\n\n");
    // A text without a body of its own may hold the headline as its first lines.
    if let Some(headline) = headline.filter(|headline| body.is_none() && !headline.is_empty())
        && let Some(rest) = joined.trim_start().strip_prefix(headline)
    {
        joined = rest.to_owned();
    }
    match dateline.filter(|dateline| !dateline.is_empty()) {
        Some(dateline) if !joined.trim().is_empty() => format!("{dateline} {}", joined.trim_start()),
        _ => joined,
    }
}

/// Returns an attribute of a tag: `NEWID="1"`.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let upper = tag.to_ascii_uppercase();
    let at = upper.find(&format!(" {name}="))? + name.len() + 2;
    let value = tag[at..].trim_start_matches(['"', '\'']);
    let end = value.find(['"', '\'', ' ', '>']).unwrap_or(value.len());
    Some(value[..end].to_owned())
}

/// Writes out the dates of collections that leave out the century: `910514`, `03/24/87`, and takes the day from a line of more.
///
/// The collections that write so were made in the United States and end before 2050.
fn full_date(date: &str) -> String {
    let date = date.trim_start_matches(['=', ' ']);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if date.len() == 6 && digits(date) {
        return format!("{}{}-{}-{}", century(&date[..2]), &date[..2], &date[2..4], &date[4..]);
    }
    if let [month, day, year] = date.split('/').collect::<Vec<_>>()[..]
        && [month, day, year].iter().all(|part| part.len() == 2 && digits(part))
    {
        return format!("{}{year}-{month}-{day}", century(year));
    }
    // `January 1, 1989, Sunday, Home Edition`
    match date.split(", ").collect::<Vec<_>>()[..] {
        [day, year, _, ..] if year.len() == 4 && digits(year) => format!("{day}, {year}"),
        _ => date.to_owned(),
    }
}

fn century(year: &str) -> &'static str {
    if year < "50" { "20" } else { "19" }
}

/// Returns the day that a document's number states, in the collections that have no field for it: `AP880212-0001`,
/// `APW19980613.0001`, `APW_ENG_20041001.0002`.
fn date_of_id(id: &str) -> Option<String> {
    let number = id.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
    let prefix = &id[..id.len() - number.len()];
    let digits = &number[..number.bytes().take_while(u8::is_ascii_digit).count()];
    let is_apart = number[digits.len()..].starts_with(['-', '.']);
    match digits.len() {
        6 if is_apart && matches!(prefix, "AP" | "WSJ") => Some(full_date(digits)),
        8 if is_apart && (digits.starts_with("19") || digits.starts_with("20")) => {
            Some(format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::described::of_file;

    fn check(sgml: &str, expected: &[&str]) {
        assert_eq!(of_file("a.sgm", sgml.as_bytes(), read), expected, "{sgml}");
    }

    #[test]
    fn reuters_is_read() {
        check(
            "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\" OLDID=\"54\" NEWID=\"7\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n\
             <UNKNOWN> \n&#5;&#5;&#5;C T\nf0704</UNKNOWN>\n<TEXT>&#2;\n<TITLE>FERRY &lt;IDA> RUNS</TITLE>\n\
             <AUTHOR>    By Ida Holm, Reuters</AUTHOR><DATELINE>    PORT, Feb 26 - </DATELINE><BODY>The ferry &amp; its\n\
             crew of &lt;Ida Ltd> have\nbeen to sea.\n    It comes back with the\nmail.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n\
             <REUTERS NEWID=\"8\">\n<DATE> 2-MAR-1987 09:00:00.00</DATE>\n<TEXT TYPE=\"UNPROC\">&#2;\nQUAY SHUT\nThe quay is shut.\n</TEXT>\n</REUTERS>\n",
            &[
                "7 [headline=FERRY <IDA> RUNS, source=Reuters, published=26-FEB-1987 15:01:01.79, byline=By Ida Holm, Reuters] PORT, Feb 26 - The ferry & its crew of <Ida Ltd> have been to sea. / It comes back with the mail. / Reuter",
                "8 [source=Reuters, published=2-MAR-1987 09:00:00.00] QUAY SHUT The quay is shut.",
            ],
        );
    }

    #[test]
    fn collections_of_trec_are_read() {
        check(
            "<DOC>\n<DOCNO>FT911-3</DOCNO>\n<DATE>910514\n</DATE>\n<HEADLINE>\nFT  14 MAY 91 / Ferry\n</HEADLINE>\n<TEXT>\nOne.\n</TEXT>\n<PUB>The Financial Ferry\n</PUB>\n</DOC>\n\
             <DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<HEAD>Quay</HEAD>\n<DATELINE>PORT (AP) </DATELINE>\n<TEXT>\n   Two &blank; three.\n</TEXT>\n</DOC>\n\
             <DOC>\n<DOCNO> LA010189-0001 </DOCNO>\n<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition \n</P>\n</DATE>\n<HEADLINE>\n<P>\nBuoy \n</P>\n</HEADLINE>\n<TEXT>\n<P>\nFour.\n</P>\n<P>\nFive.\n</P>\n</TEXT>\n</DOC>\n\
             <DOC>\n<DOCNO> WSJ870324-0001 </DOCNO>\n<HL> Rope </HL>\n<DD> 03/24/87</DD>\n<SO> HARBOUR STREET JOURNAL (J), PAGE A1 </SO>\n<TEXT>\nSix < seven.\n</TEXT>\n</DOC>\n\
             <DOC id=\"CWS_ENG_20041001.0002\" type=\"story\" >\n<HEADLINE>\nLamp\n</HEADLINE>\n<TEXT>\n<P>\nEight.\n</P>\n</TEXT>\n</DOC>\n",
            &[
                "FT911-3 [headline=FT 14 MAY 91 / Ferry, source=The Financial Ferry, published=1991-05-14] One.",
                "AP880212-0001 [headline=Quay, published=1988-02-12] PORT (AP) Two three.",
                "LA010189-0001 [headline=Buoy, published=January 1, 1989] Four. / Five.",
                "WSJ870324-0001 [headline=Rope, source=HARBOUR STREET JOURNAL, published=1987-03-24] Six < seven.",
                "CWS_ENG_20041001.0002 [headline=Lamp, published=2004-10-01] Eight.",
            ],
        );
    }

    #[test]
    fn broken_collections_give_what_they_hold() {
        check(
            "<DOC><DOCNO>a</DOCNO><TEXT>One.\n<DOC><DOCNO>b</DOCNO><TEXT>Two.</DOC><DOC><DOCNO>c</DOCNO></DOC>\n<DOC>\n<DOCNO>d</DOCNO>\n<TEXT>Thr",
            &[
                "a [] One.",
                "b [] Two.",
                "! a.sgm:2: document 3 has no headline and no text",
                "! a.sgm:3: the file ends inside of this document",
                "d [] Thr",
            ],
        );
        check("some text", &["! a.sgm:1: no document in it: neither <DOC> nor <REUTERS>"]);
    }

    #[test]
    fn collections_are_recognised() {
        for (start, expected) in [
            ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS", true),
            ("<DOC>\n<DOCNO> 1 </DOCNO>", true),
            ("<doc>\n<docid>1</docid>", true),
            ("<DOC>plain", false),
            ("", false),
        ] {
            assert_eq!(is_collection(start), expected, "{start}");
        }
    }
}
