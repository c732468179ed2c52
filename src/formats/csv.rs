//! A table in; documents out, a row a document.
//!
//! The first row names the columns, by the table of [`fields`] or as the keeper has mapped them. What parts the fields is seen
//! from the name of the file and from its first row. Rows are read one by one; one that is broken costs a warning and itself.

use std::borrow::Cow;

use crate::document::{FieldName, Provenance};
use crate::error::Warning;
use crate::formats::csv_rows::{self, Dialect, Flaw, Row, Rows};
use crate::formats::fields::{self, Slot};
use crate::formats::input::{DOCUMENT_BYTES_MAX, Input};
use crate::formats::map::FieldMap;
use crate::formats::reader::{self, ReadOptions, Sink};
use crate::formats::record::{Record, Standing};
use crate::formats::value::Value;

/// What may stand between two fields, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Columns that a warning names.
const COLUMNS_NAMED_MAX: usize = 12;

/// A name of a column is no longer than this; text is.
const NAME_BYTES_MAX: usize = 48;

/// What stands between the fields of a row while it is decoded: the unit separator of ASCII, which no text holds.
const UNIT_SEPARATOR: &str = "\u{1f}";

/// Reads a table. Without a column for the headline or the text there is one warning that names the columns.
pub fn read(input: &mut Input<'_>, options: &ReadOptions, sink: &mut Sink<'_>) {
    let path = input.path();
    let head = Head::of(input.head(), input.name());
    let mut rows = Rows::new(input, head.dialect, DOCUMENT_BYTES_MAX);
    if head.has_separator_line {
        rows.skip_line();
    }
    let Some(first) = rows.next_row() else { return };
    let names = match cells(&first) {
        Ok(cells) => cells,
        Err(cause) => return sink(Err(Warning::new(path, cause).at_line(first.line).with_hint("save it as UTF-8"))),
    };
    let columns = Columns::of(&names.values, &options.map);
    if !columns.has_words() {
        return sink(Err(Warning::new(path, columns.cause()).at_line(first.line).with_hint(MAP_HINT)));
    }
    let mut table = Table { path, columns: &columns, ordinal: 0, sink };
    while let Some(row) = rows.next_row() {
        table.read_row(&row);
    }
    if table.ordinal == 0 {
        (table.sink)(Err(Warning::new(path, "a table without rows below the names of its columns")));
    }
}

/// How a table is told what its columns are.
const MAP_HINT: &str = "name the columns in the first row, or say which they are, as in `--map headline=COLUMN --map text=COLUMN`";

/// Tells a table by its first line, where its name does not: several columns, most of them known, a headline or text among them.
pub fn is_table(head: &[u8]) -> bool {
    let line = String::from_utf8_lossy(first_line(head));
    DELIMITERS.iter().any(|delimiter| {
        let names = split(&line, *delimiter);
        let known: Vec<Slot> = names.iter().filter_map(|name| fields::slot(name).map(|(_, slot)| slot)).collect();
        names.len() >= 3 && known.len() >= 3 && known.len() * 2 >= names.len() && known.iter().any(|slot| is_words(*slot))
    })
}

/// What the first bytes tell of a table.
struct Head {
    dialect: Dialect,
    /// Spreadsheets write `sep=;` on a line of its own.
    has_separator_line: bool,
}

impl Head {
    fn of(head: &[u8], name: &str) -> Head {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let line = first_line(head);
        let text = String::from_utf8_lossy(head);
        // A quote after a backslash that ends no field is a quote inside of one.
        let is_escaped = text.match_indices("\\\"").any(|(at, _)| text[at + 2..].starts_with(char::is_alphanumeric));
        let escape = (is_escaped && !text.contains("\"\"")).then_some(b'\\');
        if let [b's', b'e', b'p', b'=', delimiter] = line {
            return Head { dialect: Dialect { delimiter: *delimiter, escape, has_quotes: true }, has_separator_line: true };
        }
        let line = String::from_utf8_lossy(line);
        let is_tabbed = [".tsv", ".tab"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
        let weigh = |delimiter: &u8| {
            let names = split(&line, *delimiter);
            let known = names.iter().filter(|name| fields::slot(name).is_some()).count();
            (known, usize::from(is_tabbed && *delimiter == b'\t' && names.len() > 1), names.len())
        };
        // Of equals the last is taken, so the likelier are looked at last.
        let delimiter = DELIMITERS.iter().rev().max_by_key(|delimiter| weigh(delimiter)).copied().unwrap_or(b',');
        let quoted = Dialect { delimiter, escape, has_quotes: true };
        // Where tabs part the fields, many programs write quotes as they come: then they are text.
        let has_quotes = delimiter != b'\t' || !head.split(|byte| *byte == b'\n').any(|line| csv_rows::goes_on_after_quote(line, quoted));
        Head { dialect: Dialect { has_quotes, ..quoted }, has_separator_line: false }
    }
}

fn first_line(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default()
}

/// Splits a line of names; none of them holds the delimiter.
fn split(line: &str, delimiter: u8) -> Vec<&str> {
    line.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')).filter(|name| name.len() <= NAME_BYTES_MAX).collect()
}

fn is_words(slot: Slot) -> bool {
    matches!(slot, Slot::Text | Slot::Summary | Slot::Field(FieldName::Headline))
}

/// The columns of a table: what each holds.
struct Columns {
    names: Vec<String>,
    slots: Vec<Option<(u8, Slot)>>,
}

impl Columns {
    fn of(names: &[Cow<'_, str>], map: &FieldMap) -> Columns {
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        let slots = names.iter().map(|name| fields::slot_in(map, name)).collect();
        Columns { names, slots }
    }

    fn has_words(&self) -> bool {
        self.slots.iter().flatten().any(|(_, slot)| is_words(*slot))
    }

    fn cause(&self) -> String {
        let shown = |name: &String| name.chars().take(NAME_BYTES_MAX).collect::<String>();
        let names: Vec<String> = self.names.iter().take(COLUMNS_NAMED_MAX).map(shown).collect();
        let more = if self.names.len() > COLUMNS_NAMED_MAX { ", …" } else { "" };
        format!("no column for a headline or a text: the first row is {}{more}", names.join(", "))
    }
}

/// Turns rows into documents, and counts them.
struct Table<'t, 's> {
    path: &'t str,
    columns: &'t Columns,
    ordinal: u32,
    sink: &'t mut Sink<'s>,
}

impl Table<'_, '_> {
    fn warn(&mut self, line: u64, cause: String) {
        (self.sink)(Err(Warning::new(self.path, cause).at_line(line)));
    }

    /// The ordinal counts rows, good or bad, so that mending a row changes no other document's number.
    fn read_row(&mut self, row: &Row<'_>) {
        self.ordinal = self.ordinal.saturating_add(1);
        match &row.flaw {
            None => {}
            Some(Flaw::OpenQuote) => {
                self.warn(row.line, "a quote is not closed where its field ends: this line is read by itself".to_owned());
            }
            Some(Flaw::TooLong) => {
                return self.warn(row.line, format!("a row of more than {} MB, the limit", DOCUMENT_BYTES_MAX >> 20));
            }
            Some(Flaw::Unreadable(cause)) => return self.warn(row.line, cause.clone()),
        }
        let cells = match cells(row) {
            Ok(cells) => cells,
            Err(cause) => {
                let warning = Warning::new(self.path, cause).at_line(row.line).with_hint("save it as UTF-8");
                return (self.sink)(Err(warning));
            }
        };
        if cells.is_damaged {
            self.warn(row.line, "invalid UTF-8: what could not be read shows as \u{fffd}".to_owned());
        }
        self.check_width(row.line, &cells.values);
        let mut record = Record::new();
        for (place, value) in self.columns.slots.iter().zip(cells.values) {
            if let Some(place) = place.filter(|_| !value.trim().is_empty()) {
                record.push(place, value_of(value));
            }
        }
        if !record.has_words() {
            return self.warn(row.line, "no headline and no text".to_owned());
        }
        (self.sink)(Ok(record.into_document(Standing { path: self.path, ordinal: self.ordinal, from: Provenance::Column })));
    }

    /// Warns of a row that has not a field for each column; fields that are blank at its end are no matter.
    fn check_width(&mut self, line: u64, values: &[Cow<'_, str>]) {
        let columns = self.columns.names.len();
        let is_wide = values.len() > columns && values[columns..].iter().any(|value| !value.trim().is_empty());
        if values.len() >= columns && !is_wide {
            return;
        }
        self.warn(line, format!("the row has {} fields, there are {columns} columns", values.len()));
    }
}

/// The fields of a row as text.
struct Cells<'r> {
    values: Vec<Cow<'r, str>>,
    is_damaged: bool,
}

/// Decodes a row as a whole, since a single field is too little to tell its encoding by.
fn cells<'r>(row: &Row<'r>) -> Result<Cells<'r>, String> {
    let starts = || std::iter::once(0).chain(row.ends.iter().copied());
    if let Ok(text) = std::str::from_utf8(row.bytes) {
        let ranges = starts().zip(row.ends);
        let values: Option<Vec<_>> = ranges.map(|(start, end)| text.get(start..*end).map(Cow::Borrowed)).collect();
        if let Some(values) = values {
            return Ok(Cells { values, is_damaged: false });
        }
    }
    let fields: Vec<&[u8]> = starts().zip(row.ends).map(|(start, end)| &row.bytes[start..*end]).collect();
    let joined = fields.join(UNIT_SEPARATOR.as_bytes());
    let decoded = reader::decode(&joined, None)?;
    let values = decoded.text.split(UNIT_SEPARATOR).map(|value| Cow::Owned(value.to_owned())).collect();
    Ok(Cells { values, is_damaged: decoded.damaged_at.is_some() })
}

/// Reads a list that a program wrote into a field, `['Ida Holm', 'Jan Berg']`; any other field is text.
fn value_of(text: Cow<'_, str>) -> Value<'_> {
    let is_list = text.starts_with('[') && text.trim_end().ends_with(']') && text.len() <= 1000;
    let items = if is_list { quoted(&text) } else { Vec::new() };
    if items.is_empty() { Value::Text(text) } else { Value::List(items.into_iter().map(|item| Value::Text(Cow::Owned(item))).collect()) }
}

/// Returns the strings between the brackets of a list; none if something else stands there.
fn quoted(list: &str) -> Vec<String> {
    let mut rest = list.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let mut items = Vec::new();
    while let Some(quote) = rest.chars().next().filter(|first| matches!(first, '\'' | '"')) {
        let Some(end) = rest[1..].find(quote) else { return Vec::new() };
        items.push(rest[1..=end].to_owned());
        rest = rest[end + 2..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    if rest.is_empty() { items } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::described::of_file;

    fn check(name: &str, bytes: &[u8], map: &[&str], expected: &[&str]) {
        let options = ReadOptions::default().with_map(FieldMap::new(map.iter().map(|mapping| mapping.parse().unwrap()).collect()));
        let lines = of_file(name, bytes, |input, sink| read(input, &options, sink));
        assert_eq!(lines, expected, "{name}");
    }

    #[test]
    fn tables_of_all_dialects_are_read() {
        let ferry = ["#1 [headline=Ferry, source=Gazette, published=2024-11-26] One. / Two."];
        check("a.csv", b"title,text,date,source\nFerry,\"One.\n\nTwo.\",2024-11-26,Gazette\n", &[], &ferry);
        check("a.csv", b"\xef\xbb\xbfTitle;Text;Date;Source\r\nFerry;\"One.\r\n\r\nTwo.\";2024-11-26;Gazette", &[], &ferry);
        check("a.csv", b"sep=|\ntitle|text|date|source\nFerry|\"One.\n\nTwo.\"|2024-11-26|Gazette\n", &[], &ferry);
        check("a.tsv", b"title\ttext\tdate\tsource\nFerry\t\"One.\n\nTwo.\"\t2024-11-26\tGazette\n", &[], &ferry);
        check("a.tsv", b"a, b\ttext\nx\tOne \\\"or two\\\".\n", &["title=a, b"], &["#1 [headline=x] One \\\"or two\\\"."]);
        check("a.csv", b"title,text\n\"The \\\"Ida\\\", again\",One.\n", &[], &["#1 [headline=The \"Ida\", again] One."]);
        check(
            "a.csv",
            b"id,title,authors,description\n7,Ferry,\"['Ida Holm', \"\"Jan O'Berg\"\"]\",Short.\n",
            &[],
            &["7 [headline=Ferry, byline=Ida Holm, byline=Jan O'Berg] Short."],
        );
    }

    #[test]
    fn quotes_between_tabs_may_be_text() {
        check(
            "a.tsv",
            b"title\ttext\tdate\n\"Ida\" runs again\t\"One\t2024-11-26\nQuay\tTwo.\t2024-11-27\n",
            &[],
            &["#1 [headline=\"Ida\" runs again, published=2024-11-26] \"One", "#2 [headline=Quay, published=2024-11-27] Two."],
        );
    }

    #[test]
    fn bad_rows_cost_themselves() {
        check(
            "a.csv",
            b"title,text,date\nFerry,One.\nQuay,Two.,2024-11-26,\nBuoy,Three.,2024-11-27,x\n,,2024\nRope,\"Four.,\nLamp,Five.,2024-11-28\n",
            &[],
            &[
                "! a.csv:2: the row has 2 fields, there are 3 columns",
                "#1 [headline=Ferry] One.",
                "#2 [headline=Quay, published=2024-11-26] Two.",
                "! a.csv:4: the row has 4 fields, there are 3 columns",
                "#3 [headline=Buoy, published=2024-11-27] Three.",
                "! a.csv:5: no headline and no text",
                "! a.csv:6: a quote is not closed where its field ends: this line is read by itself",
                "! a.csv:6: the row has 2 fields, there are 3 columns",
                "#5 [headline=Rope] Four.,",
                "#6 [headline=Lamp, published=2024-11-28] Five.",
            ],
        );
    }

    #[test]
    fn columns_are_told_where_none_is_known() {
        check(
            "a.csv",
            b"Titel,Inhalt\nFerry,One.\n",
            &[],
            &[
                "! a.csv:1: no column for a headline or a text: the first row is Titel, Inhalt (name the columns in the first row, or say which they are, as in `--map headline=COLUMN --map text=COLUMN`)",
            ],
        );
        check("a.csv", b"Titel,Inhalt\nFerry,One.\n", &["title=Titel", "text=Inhalt"], &["#1 [headline=Ferry] One."]);
    }

    #[test]
    fn rows_in_other_encodings_are_read() {
        check("a.csv", b"title,text\nZ\xfcrich ferry,Runs again.\n", &[], &["#1 [headline=Zürich ferry] Runs again."]);
        let damaged = "title,text\nZürich über Öl,Runs \u{0}again.\n".replace('\u{0}', "#").into_bytes();
        let damaged: Vec<u8> = damaged.into_iter().map(|byte| if byte == b'#' { 0xff } else { byte }).collect();
        let warned = "! a.csv:2: invalid UTF-8: what could not be read shows as \u{fffd}";
        check("a.csv", &damaged, &[], &[warned, "#1 [headline=Zürich über Öl] Runs \u{fffd}again."]);
    }

    #[test]
    fn a_first_line_shows_a_table() {
        for (line, expected) in [
            ("id,title,date,text\n", true),
            ("url;headline;published;pageviews\n", true),
            ("The title, the date and the author\n", false),
            ("Title, text\n", false),
            ("", false),
        ] {
            assert_eq!(is_table(line.as_bytes()), expected, "{line}");
        }
    }
}
