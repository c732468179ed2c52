//! Hits for reading in a terminal.

use std::collections::HashMap;
use std::io::Write;
use std::ops::Range;

use dateline::search::{Copied, Elsewhere, Extent, Folder, GroupSummary, Hit, PassageHit, SearchResponse};
use dateline::walk;

use crate::printers::{
    Totals, counted, date_line, explanation, headline_line, left_out, marked_paragraphs, openable_path, own_id, readable, relation_line,
    shown_path, source_line,
};
use crate::screen::{Screen, Style, safe};

/// Outlets that are named on the line of copies; how many more there are is told.
const NAMED_SOURCES_MAX: usize = 6;

/// Prints the hits of a response, best first.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print_hits(response: &SearchResponse, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let digits = response.hits.len().to_string().len();
    for (number, hit) in response.hits.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        print_hit(&format!("{:>digits$}", number + 1), hit, folders, screen, out)?;
    }
    Ok(())
}

fn print_hit(rank: &str, hit: &Hit, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let indent = " ".repeat(rank.len() + 2);
    let metadata = &hit.article.metadata;
    let passage = hit.passages.first();
    let headline = headline_line(metadata, passage.map_or("", |passage| &passage.text));
    let marks = if metadata.headline.is_some() { hit.headline_highlights.as_slice() } else { &[] };
    for (number, line) in screen.wrapped(&screen.marked_headline(&headline, marks), &indent).iter().enumerate() {
        let start = if number == 0 { format!("{}  ", screen.styled(rank, Style::Label)) } else { indent.clone() };
        writeln!(out, "{start}{}", line.trim_start())?;
    }
    let about = format!("{} · {}", source_line(metadata), date_line(metadata.published.as_ref()));
    for line in screen.wrapped(&safe(&about), &indent) {
        writeln!(out, "{}", screen.styled(&line, Style::Label))?;
    }
    for (number, passage) in hit.passages.iter().enumerate() {
        if number > 0 {
            let place = passage.lines.map(|(first, _)| format!(" line {first}:")).unwrap_or_default();
            writeln!(out, "{indent}{}", screen.styled(&format!("…{place}"), Style::Quiet))?;
        }
        for line in shown_lines(passage, &indent, screen) {
            writeln!(out, "{line}")?;
        }
    }
    for line in copies_line(&hit.group).iter().flat_map(|line| screen.wrapped(&safe(line), &indent)) {
        writeln!(out, "{}", screen.styled(&line, Style::Match))?;
    }
    for copied in by_source(&hit.copies) {
        print_copied(copied, &indent, folders, screen, out)?;
    }
    for line in explanation::lines(hit).iter().flat_map(|line| screen.wrapped(&safe(line), &indent)) {
        writeln!(out, "{}", screen.styled(&line, Style::Label))?;
    }
    let path = openable_path(folders, &hit.article.key.file);
    let line = passage.and_then(|passage| passage.lines).map(|(first, _)| format!(":{first}"));
    let own = own_id(&hit.article);
    let place = format!("{indent}{}{}{}", screen.linked(&walk::written(&path), &path), line.unwrap_or_default(), safe(&own));
    writeln!(out, "{}", screen.styled(&place, Style::Quiet))
}

/// Returns the lines of a passage and what is told about it.
fn shown_lines(passage: &PassageHit, indent: &str, screen: &Screen) -> Vec<String> {
    let mut lines = passage_lines(&new_part(passage), indent, screen);
    if let Some(elsewhere) = &passage.elsewhere {
        let wrapped = screen.wrapped(&safe(&elsewhere_line(elsewhere)), indent).into_iter();
        lines.extend(wrapped.map(|line| screen.styled(&line, Style::Label).into_owned()));
    }
    lines
}

/// Returns what a passage shows that no hit above does; a note stands where words are left out.
fn new_part(passage: &PassageHit) -> Marked {
    let mut part = Marked::default();
    let mut from = 0;
    for shown in &passage.shown_above {
        part.push(passage, from..shown.bytes.start);
        part.text.push_str(&format!("[… as in hit {}]", shown.rank));
        from = shown.bytes.end;
    }
    part.push(passage, from..passage.text.len());
    part
}

/// A text with what matched in it.
#[derive(Debug, Default, PartialEq)]
struct Marked {
    text: String,
    marks: Vec<Range<usize>>,
}

impl Marked {
    fn push(&mut self, passage: &PassageHit, bytes: Range<usize>) {
        let inside = passage.highlights.iter().filter(|mark| bytes.start <= mark.start && mark.end <= bytes.end);
        let start = self.text.len();
        self.marks.extend(inside.map(|mark| start + mark.start - bytes.start..start + mark.end - bytes.start));
        self.text.push_str(&passage.text[bytes]);
    }
}

/// Says where else a passage stands: `this passage also in 6 articles of 4 groups, first in Outlet A, 14 November 2024`.
fn elsewhere_line(elsewhere: &Elsewhere) -> String {
    let articles = counted(elsewhere.articles as u64, "other article", "other articles");
    let groups = if elsewhere.groups == elsewhere.articles {
        String::new()
    } else {
        format!(" of {}", counted(elsewhere.groups as u64, "group", "groups"))
    };
    let metadata = &elsewhere.first.metadata;
    format!(
        "{} also in {articles}{groups}, {} {}, {}",
        match elsewhere.extent {
            Extent::Most => "this passage",
            Extent::Part => "a part of this passage",
        },
        if elsewhere.articles == 1 { "in" } else { "first in" },
        source_line(metadata),
        date_line(metadata.published.as_ref())
    )
}

/// Breaks a passage into lines, each paragraph by itself.
fn passage_lines(passage: &Marked, indent: &str, screen: &Screen) -> Vec<String> {
    let paragraphs = marked_paragraphs(&passage.text, &passage.marks).into_iter();
    paragraphs.flat_map(|(paragraph, marks)| screen.wrapped(&screen.marked(paragraph, &marks), indent)).collect()
}

/// Says how many copies there are, from whom, since when: `+2 copies: Outlet A, Outlet B; earliest 14 Nov 2024`.
pub fn copies_line(group: &GroupSummary) -> Option<String> {
    let copies = group.articles.checked_sub(1).filter(|copies| *copies > 0)?;
    let mut line = format!("+{}", counted(u64::from(copies), "copy", "copies"));
    let named: Vec<&str> = group.other_sources.iter().take(NAMED_SOURCES_MAX).map(String::as_str).collect();
    if !named.is_empty() {
        line.push_str(&format!(": {}", named.join(", ")));
    }
    let unnamed = group.other_sources.len().saturating_sub(named.len());
    if unnamed > 0 {
        line.push_str(&format!(" and {unnamed} more"));
    }
    match group.earliest {
        Some(earliest) => line.push_str(&format!("; earliest {}", readable(earliest))),
        None => line.push_str("; all undated"),
    }
    Some(line)
}

/// Puts the copies of one outlet side by side; the outlets come in the order of their earliest copies, those without one last.
fn by_source(copies: &[Copied]) -> Vec<&Copied> {
    let source = |copied: &Copied| copied.article.metadata.source.as_ref().map(|source| source.value.clone());
    let mut first_of = HashMap::new();
    for (number, copied) in copies.iter().enumerate() {
        first_of.entry(source(copied)).or_insert(number);
    }
    let mut ordered: Vec<&Copied> = copies.iter().collect();
    ordered.sort_by_key(|copied| {
        let source = source(copied);
        (source.is_none(), first_of.get(&source).copied())
    });
    ordered
}

fn print_copied(copied: &Copied, indent: &str, folders: &[Folder], screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let metadata = &copied.article.metadata;
    let relation = relation_line(copied.tie.as_ref());
    let path = shown_path(folders, &copied.article.key.file);
    let line = format!(
        "= {} · {} · {relation} · {path}{}",
        source_line(metadata),
        date_line(metadata.published.as_ref()),
        own_id(&copied.article)
    );
    for line in screen.wrapped(&safe(&line), &format!("{indent}  ")) {
        writeln!(out, "{}", screen.styled(&line, Style::Quiet))?;
    }
    Ok(())
}

/// Says what all matches add up to: `14 articles in 5 groups from 3 sources, 0.8 ms`.
pub fn totals_line(response: &SearchResponse) -> String {
    let totals = Totals { articles: response.articles_total, groups: response.groups_total, sources: response.sources_total };
    let mut line = format!("{totals}, {:.1} ms", response.took.as_secs_f64() * 1000.0);
    let shown = response.hits.len() as u64;
    if shown < response.groups_total {
        line.push_str(&format!("; the first {shown} shown"));
    }
    line.push_str(&left_out(response));
    line
}

#[cfg(test)]
mod tests {
    use dateline::search::GroupId;

    use super::*;

    fn group(articles: u32, other_sources: &[&str], earliest: Option<&str>) -> GroupSummary {
        GroupSummary {
            id: GroupId(1),
            articles,
            other_sources: other_sources.iter().map(|source| (*source).to_owned()).collect(),
            sources: 1,
            earliest: earliest.map(|day| day.parse().unwrap()),
        }
    }

    #[test]
    fn copies_are_counted_and_named() {
        assert_eq!(copies_line(&group(1, &[], None)), None);
        assert_eq!(copies_line(&group(2, &["Harbour Post"], Some("2024-11-14"))).unwrap(), "+1 copy: Harbour Post; earliest 14 Nov 2024");
        assert_eq!(copies_line(&group(3, &[], None)).unwrap(), "+2 copies; all undated");
        let many = ["A", "B", "C", "D", "E", "F", "G", "H"];
        assert_eq!(copies_line(&group(9, &many, None)).unwrap(), "+8 copies: A, B, C, D, E, F and 2 more; all undated");
    }
}
