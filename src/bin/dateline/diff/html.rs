//! A difference as a page of its own: no script, nothing from elsewhere, everything of the articles escaped.

use std::borrow::Cow;
use std::io::Write;

use dateline::article::PARAGRAPH_BREAK;
use dateline::difference::{Change, Difference};

use crate::diff::Comparison;
use crate::diff::why::{group_line, rule_line};
use crate::printers::percent;
use crate::screen::safe;

const HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<title>Two articles compared</title>
<style>
body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 serif; }
del { background: #fdd; color: #800; } ins { background: #dfd; color: #060; text-decoration: none; }
th { text-align: left; padding-right: 1em; vertical-align: top; font-weight: normal; color: #666; }
</style>
</head>
<body>
";

/// Prints a page.
///
/// # Errors
///
/// When the output cannot be written.
pub fn print(comparison: &Comparison, out: &mut dyn Write) -> std::io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    writeln!(out, "<h1>{}</h1>\n<table>", marked(&comparison.headline, comparison.headlines).join(" "))?;
    for (tag, name, side) in [("del", "A", &comparison.sides.sides[0]), ("ins", "B", &comparison.sides.sides[1])] {
        writeln!(out, "<tr><th>{name}</th><td><{tag}>{}</{tag}></td></tr>", escaped(&side.path))?;
    }
    for change in &comparison.fields {
        let [a, b] = change.values.each_ref().map(|value| escaped(value.as_deref().unwrap_or("not stated")));
        writeln!(out, "<tr><th>{}</th><td><del>{a}</del> <ins>{b}</ins></td></tr>", change.field)?;
    }
    writeln!(out, "</table>")?;
    for paragraph in marked(&comparison.body, comparison.bodies()) {
        writeln!(out, "<p>{paragraph}</p>")?;
    }
    if let Some(why) = comparison.why() {
        let overlap = why.overlap;
        writeln!(
            out,
            "<h2>Why</h2>\n<p>Resemblance {}; {} of A stands in B, {} of B in A. By themselves {}.</p>",
            percent(overlap.resemblance().share()),
            percent(overlap.containment_of_a().share()),
            percent(overlap.containment_of_b().share()),
            escaped(&rule_line(why.rule))
        )?;
        writeln!(out, "<p>{}</p>\n<ol>", escaped(&comparison.ties.as_ref().map(group_line).unwrap_or_default()))?;
        let whole = comparison.sides.sides[0].compared().text;
        for run in &why.runs {
            writeln!(out, "<li>{} words: “{}”</li>", run.words, escaped(&whole[run.a.clone()]))?;
        }
        writeln!(out, "</ol>")?;
    }
    writeln!(out, "</body>\n</html>")
}

/// Writes the paragraphs of a difference, each run in its element.
fn marked(difference: &Difference, texts: [&str; 2]) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for piece in &difference.pieces {
        let (text, tag) = match piece.change {
            Change::Same => (&texts[1][piece.b.clone()], None),
            Change::Removed => (&texts[0][piece.a.clone()], Some("del")),
            Change::Added => (&texts[1][piece.b.clone()], Some("ins")),
        };
        for (number, part) in text.split(PARAGRAPH_BREAK).enumerate() {
            if number > 0 {
                paragraphs.push(String::new());
            }
            let Some(paragraph) = paragraphs.last_mut() else { continue };
            match tag.filter(|_| !part.is_empty()) {
                Some(tag) => paragraph.push_str(&format!("<{tag}>{}</{tag}>", escaped(part))),
                None => paragraph.push_str(&escaped(part)),
            }
        }
    }
    paragraphs.retain(|paragraph| !paragraph.trim().is_empty());
    paragraphs
}

/// Writes a text so that nothing in it is taken for HTML; what turns the direction of writing and control characters are left
/// out as in a terminal.
fn escaped(text: &str) -> Cow<'_, str> {
    let text = safe(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_article_is_taken_for_html() {
        assert_eq!(escaped("<b>\"A&B\"</b>'\u{1b}"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;&#39;");
        assert!(matches!(escaped("plain"), Cow::Borrowed(_)));
    }
}
