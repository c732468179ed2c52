//! From answers to output: a file a format, and the words they share.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use dateline::article::{Metadata, PARAGRAPH_BREAK, Stated};
use dateline::dedup::Tie;
use dateline::document::Provenance;
use dateline::ingest;
use dateline::moment::Moment;
use dateline::search::{ArticleSummary, FileKey, Folder, SearchResponse};
use dateline::walk;

pub mod answer;
pub mod cite;
pub mod explanation;
pub mod facets;
pub mod json;
pub mod markdown;
pub mod paths;
mod provenance;
pub mod table;
pub mod text;
pub mod trec;

/// Short names of the months, as newsrooms write them.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns a path under which a file can be opened from here: relative where it lies below the working folder, and never one that a
/// program would take for an option.
pub fn openable_path(folders: &[Folder], file: &FileKey) -> PathBuf {
    let Some(location) = ingest::location(folders, file) else { return walk::path_of(&file.path) };
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    match here.as_deref().and_then(|here| location.strip_prefix(here).ok()) {
        Some(relative) if relative.as_os_str().as_encoded_bytes().starts_with(b"-") => Path::new(".").join(relative),
        Some(relative) if relative != Path::new("") => relative.to_path_buf(),
        _ => location,
    }
}

/// Returns the path of a file as text, for reading and for data: one that is no text is written as [`walk::written`] does.
pub fn shown_path(folders: &[Folder], file: &FileKey) -> String {
    walk::written(&openable_path(folders, file))
}

/// Writes a moment for reading: `26 Nov 2024`, `26 Nov 2024, 03:20`, `26 Nov 2024, 03:20 +02:00`.
pub fn readable(moment: Moment) -> String {
    let (year, month, day) = moment.ymd();
    let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"?");
    let date = format!("{day} {month} {year}");
    match moment.hour_minute() {
        None => date,
        Some((hour, minute)) => {
            let zone = if moment.has_zone() { zone_of(moment) } else { String::new() };
            format!("{date}, {hour:02}:{minute:02}{zone}")
        }
    }
}

fn zone_of(moment: Moment) -> String {
    let text = moment.to_string();
    if text.ends_with('Z') {
        return " UTC".to_owned();
    }
    let from = text.len().saturating_sub(6);
    text.get(from..).map(|zone| format!(" {zone}")).unwrap_or_default()
}

/// Says when an article was published; a date that was not stated for readers says where it comes from.
pub fn date_line(published: Option<&Stated<Moment>>) -> String {
    match published {
        None => "undated".to_owned(),
        Some(stated) => match stated.from {
            Provenance::Url | Provenance::FileName => format!("{} (from the {})", readable(stated.value), stated.from.label()),
            _ => readable(stated.value),
        },
    }
}

/// Says when an article was published and where that was read: `26 Nov 2024, from the page's JSON-LD`.
pub fn dated_line(published: Option<&Stated<Moment>>) -> String {
    published.map_or_else(|| "undated".to_owned(), |stated| format!("{}, from {}", readable(stated.value), provenance::phrase(stated.from)))
}

/// Says where a passage stands: `wire/storm.txt, lines 12–14`.
pub fn place_line(path: &str, lines: Option<(u32, u32)>) -> String {
    match lines {
        None => path.to_owned(),
        Some((first, last)) if first == last => format!("{path}, line {first}"),
        Some((first, last)) => format!("{path}, lines {first}–{last}"),
    }
}

/// Says from which outlet an article is.
pub fn source_line(metadata: &Metadata) -> &str {
    metadata.source.as_ref().map_or("source unknown", |source| source.value.as_str())
}

/// Says what the headline is; an article without one is called by the beginning of its text.
pub fn headline_line(metadata: &Metadata, body: &str) -> String {
    match &metadata.headline {
        Some(headline) => headline.value.clone(),
        None => {
            let words: Vec<&str> = body.split_whitespace().take(10).collect();
            if words.is_empty() { "(no headline, no text)".to_owned() } else { format!("“{} …”", words.join(" ")) }
        }
    }
}

/// Returns a share as a percentage.
pub fn percent(share: f32) -> String {
    format!("{:.0} %", f64::from(share) * 100.0)
}

/// Says what an article is to the representative of its group, and how much of both is common.
pub fn relation_line(tie: Option<&Tie>) -> String {
    tie.map_or_else(|| "representative".to_owned(), |tie| format!("{} {}", tie.relation.label(), percent(tie.resemblance.share())))
}

/// What is counted everywhere: articles, the groups they are in, the outlets they are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Articles.
    pub articles: u64,
    /// Groups, an article without copies counted as one.
    pub groups: u64,
    /// Outlets; articles without a source count as none.
    pub sources: u64,
}

impl fmt::Display for Totals {
    /// Writes `14 articles in 5 groups from 3 sources`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles = counted(self.articles, "article", "articles");
        let groups = counted(self.groups, "group", "groups");
        write!(f, "{articles} in {groups} from {}", counted(self.sources, "source", "sources"))
    }
}

/// Returns the id of an article after two blanks, for the end of the line that names its file; nothing where the file says it all.
pub fn own_id(article: &ArticleSummary) -> String {
    if *article.id == *article.key.file.path { String::new() } else { format!("  {}", article.id) }
}

/// Says how many articles were left out for want of a date, as the end of a line of totals: `; 6 undated articles not considered`.
pub fn left_out(response: &SearchResponse) -> String {
    match response.undated_left_out {
        0 => String::new(),
        undated => format!("; {} not considered", counted(undated, "undated article", "undated articles")),
    }
}

/// Returns the paragraphs of a text, each with the marks that lie in it as ranges of its bytes.
pub fn marked_paragraphs<'t>(text: &'t str, marks: &[Range<usize>]) -> Vec<(&'t str, Vec<Range<usize>>)> {
    let mut start = 0;
    let paragraphs = text.split(PARAGRAPH_BREAK).map(|paragraph| {
        let (from, end) = (start, start + paragraph.len());
        start = end + PARAGRAPH_BREAK.len();
        let inside = marks.iter().filter(|mark| from <= mark.start && mark.end <= end);
        (paragraph, inside.map(|mark| mark.start - from..mark.end - from).collect())
    });
    paragraphs.collect()
}

/// Writes a number of bytes for reading.
pub fn size(len_bytes: u64) -> String {
    if len_bytes < 1_000_000 { format!("{:.1} KB", len_bytes as f64 / 1e3) } else { format!("{:.1} MB", len_bytes as f64 / 1e6) }
}

/// Returns a number with a noun in the right number: `1 article`, `2 articles`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_newsrooms_write_them() {
        for (iso, expected) in [
            ("2024-11-06", "6 Nov 2024"),
            ("2024-11-26T03:20", "26 Nov 2024, 03:20"),
            ("2024-11-26T03:20:15Z", "26 Nov 2024, 03:20 UTC"),
            ("2024-11-26T03:20-05:00", "26 Nov 2024, 03:20 -05:00"),
        ] {
            assert_eq!(readable(iso.parse().unwrap()), expected);
        }
    }

    #[test]
    fn a_date_nobody_printed_says_where_it_is_from() {
        let stated = |from| Stated { value: "2024-11-06".parse().unwrap(), from };
        assert_eq!(date_line(Some(&stated(Provenance::JsonLd))), "6 Nov 2024");
        assert_eq!(date_line(Some(&stated(Provenance::Url))), "6 Nov 2024 (from the url)");
        assert_eq!(date_line(None), "undated");
    }
}
