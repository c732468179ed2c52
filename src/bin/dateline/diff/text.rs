//! A difference for reading: headline, then source, date and byline, then the text, word by word.

use std::io::Write;

use dateline::article::PARAGRAPH_BREAK;
use dateline::difference::{Change, Difference};
use dateline::text::words;

use crate::diff::Comparison;
use crate::diff::via::Ties;
use crate::diff::why::{group_line, rule_line};
use crate::printers::{counted, percent};
use crate::screen::{Screen, Style, safe};

/// Runs of common words that are shown: a screen of them.
const SHOWN_RUNS_MAX: usize = 12;

/// Which paragraphs are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paragraphs {
    /// Those in which something differs; of the others how many there are.
    Changed,
    /// All.
    All,
}

/// Prints a comparison.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(comparison: &Comparison, shown: Paragraphs, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    for (name, side) in ["A", "B"].into_iter().zip(&comparison.sides.sides) {
        let id = side.article.claimed_id();
        let own = if side.path.ends_with(&id) { String::new() } else { format!("  {id}") };
        print_row(name, &safe(&format!("{}{own}", side.path)), screen, out)?;
    }
    let [a, b] = comparison.headlines;
    let headline = if a == b { format!("the same: {}", safe(a)) } else { marked(&comparison.headline, comparison.headlines, screen).0 };
    print_row("headline", if a.is_empty() && b.is_empty() { "none" } else { headline.trim() }, screen, out)?;
    for change in &comparison.fields {
        let [a, b] = change.values.each_ref().map(|value| value.as_deref().unwrap_or("not stated"));
        let line = format!("{} → {}", screen.changed(a, Style::Removed), screen.changed(b, Style::Added));
        print_row(change.field, &line, screen, out)?;
    }
    let counts = comparison.body.words;
    let line =
        format!("{} in both, {} in A alone, {} in B alone", counted(counts.same as u64, "word", "words"), counts.removed, counts.added);
    print_row("text", &line, screen, out)?;
    print_body(comparison, shown, screen, out)?;
    match &comparison.ties {
        Some(ties) => print_why(comparison, ties, screen, out),
        None => Ok(()),
    }
}

fn print_row(name: &str, line: &str, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let name = format!("{name:10}");
    for (number, line) in screen.wrapped(line, "          ").iter().enumerate() {
        let start = if number == 0 { screen.styled(&name, Style::Label).into_owned() } else { " ".repeat(name.len()) };
        writeln!(out, "{start}{}", line.trim_start())?;
    }
    Ok(())
}

/// A paragraph of both texts.
#[derive(Default)]
struct Paragraph {
    text: String,
    is_changed: bool,
    words: usize,
}

fn print_body(comparison: &Comparison, shown: Paragraphs, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let paragraphs = paragraphs(&comparison.body, comparison.bodies(), screen);
    for run in paragraphs.chunk_by(|a, b| a.is_changed == b.is_changed) {
        let is_shown = shown == Paragraphs::All || run.iter().any(|paragraph| paragraph.is_changed);
        if is_shown {
            for paragraph in run {
                writeln!(out)?;
                for line in screen.wrapped(paragraph.text.trim(), "") {
                    writeln!(out, "{line}")?;
                }
            }
            continue;
        }
        let words = counted(run.iter().map(|paragraph| paragraph.words as u64).sum(), "word", "words");
        let line = format!("… {} the same, {words}", counted(run.len() as u64, "paragraph", "paragraphs"));
        writeln!(out)?;
        for line in screen.wrapped(&line, "") {
            writeln!(out, "{}", screen.styled(&line, Style::Quiet))?;
        }
    }
    Ok(())
}

/// Puts the pieces of a difference side by side, a paragraph at a time.
fn paragraphs(difference: &Difference, texts: [&str; 2], screen: &Screen) -> Vec<Paragraph> {
    let (mut all, mut now) = (Vec::new(), Paragraph::default());
    for piece in &difference.pieces {
        let (text, style) = match piece.change {
            Change::Same => (&texts[1][piece.b.clone()], None),
            Change::Removed => (&texts[0][piece.a.clone()], Some(Style::Removed)),
            Change::Added => (&texts[1][piece.b.clone()], Some(Style::Added)),
        };
        for (number, part) in text.split(PARAGRAPH_BREAK).enumerate() {
            if number > 0 {
                if !now.text.trim().is_empty() {
                    all.push(std::mem::take(&mut now));
                }
                now = Paragraph::default();
            }
            now.words += words(part).count();
            match style {
                None => now.text.push_str(&safe(part)),
                Some(style) => {
                    now.is_changed |= !part.trim().is_empty();
                    // The blank before what is gone is the first text's, and the second may have none there.
                    let is_apart = piece.change == Change::Removed && texts[0][..piece.a.start].ends_with(' ');
                    if number == 0 && is_apart && !now.text.is_empty() && !now.text.ends_with(' ') {
                        now.text.push(' ');
                    }
                    now.text.push_str(&screen.changed(part, style));
                }
            }
        }
    }
    if !now.text.trim().is_empty() {
        all.push(now);
    }
    all
}

/// Marks in one line what differs, and tells how many words there are.
fn marked(difference: &Difference, texts: [&str; 2], screen: &Screen) -> (String, usize) {
    let paragraphs = paragraphs(difference, texts, screen);
    let text = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" ");
    (text, paragraphs.iter().map(|paragraph| paragraph.words).sum())
}

fn print_why(comparison: &Comparison, ties: &Ties, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let overlap = ties.why.overlap;
    writeln!(out, "\n{}", screen.styled("why", Style::Headline))?;
    let of_both = overlap.a_total + overlap.b_total - overlap.shared;
    let lines = [
        format!("resemblance {}: {} of {of_both} runs of three words are in both", percent(overlap.resemblance().share()), overlap.shared),
        format!(
            "{} of A stands in B, {} of B in A",
            percent(overlap.containment_of_a().share()),
            percent(overlap.containment_of_b().share())
        ),
        format!("by themselves {}", rule_line(ties.why.rule)),
        relation_line(ties),
        group_line(ties),
    ];
    for line in lines.iter().flat_map(|line| screen.wrapped(&safe(line), "  ")) {
        writeln!(out, "{line}")?;
    }
    let runs = &ties.why.runs;
    let shown = if runs.len() > SHOWN_RUNS_MAX { format!(", the longest {SHOWN_RUNS_MAX}") } else { String::new() };
    let line = format!("{}{shown}:", counted(runs.len() as u64, "shared run of words", "shared runs of words"));
    for line in screen.wrapped(&line, "  ") {
        writeln!(out, "{line}")?;
    }
    let whole = comparison.sides.sides[0].compared().text;
    for run in runs.iter().take(SHOWN_RUNS_MAX) {
        let text: Vec<&str> = whole[run.a.clone()].split_whitespace().collect();
        let line = format!("{}: “{}”", counted(run.words as u64, "word", "words"), text.join(" "));
        for line in screen.wrapped(&safe(&line), "    ") {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Says what the second would be to the first, had it the other as its representative.
fn relation_line(ties: &Ties) -> String {
    format!("relation of A to B: {}", if ties.why.rule.ties() { ties.why.tie.relation.label() } else { "none" })
}
