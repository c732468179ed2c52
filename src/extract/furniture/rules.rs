//! Lines that are furniture wherever they stand, also between two paragraphs of the article: what a line is goes in, the reason comes out.
//!
//! Only lines that are no sentences are judged by their words, so that an article about photographs or comments loses nothing.

use crate::extract::banner;
use crate::extract::furniture::lines::{Ending, Line};
use crate::extract::furniture::phrases::{self, Sense};

/// Why a line was taken out, in a few words.
pub type Reason = &'static str;

/// The reason for a line that names the authors.
pub const BYLINE: Reason = "byline";
/// The reason for a line that states a date or a time and nothing else.
pub const DATE_LINE: Reason = "date line";

/// The reason for a line inside the article that reads as no part of it.
pub const INSIDE: Reason = "label inside the article";

/// The reason for a line between two runs of the article.
pub const BETWEEN: Reason = "between parts of the article";
/// The reason for the caption of a picture that names its maker.
const CAPTION: Reason = "caption with credit";
/// The reason for the title of another article behind a label.
const LINK: Reason = "link to other articles";

/// Tells reasons that a headline can have, too: it can begin as a link's label does, and end with a name in brackets.
pub fn is_uncertain(reason: Reason) -> bool {
    [INSIDE, BETWEEN, CAPTION, LINK].contains(&reason)
}

/// Words up to which a label is believed.
const LABEL_WORDS: usize = 12;

/// Returns why a line is furniture wherever it stands, or nothing.
pub fn reason(line: &Line<'_>) -> Option<Reason> {
    if is_template_key(line) {
        return Some("template key");
    }
    if is_caption(line) {
        return Some(CAPTION);
    }
    if line.is_date_only() {
        return Some(DATE_LINE);
    }
    if line.has_copyright && line.words <= LABEL_WORDS * 2 {
        return Some("copyright notice");
    }
    if may_be_byline(line) && banner::byline(line.text, line.date.as_ref()).is_some() {
        return Some(BYLINE);
    }
    if line.has_colon && is_labelled_link(line.text) {
        return Some(LINK);
    }
    if line.is_heading || line.ends_sentence || line.words > LABEL_WORDS {
        return None;
    }
    by_sense(line)
}

/// Tells whether a line has the form of a byline, which is cheaper to tell than whether it is one: some words, a name among them, no full stop.
fn may_be_byline(line: &Line<'_>) -> bool {
    let has_name = line.capitals > 0 && line.words >= 2;
    line.words <= LABEL_WORDS * 2 && !line.ends_sentence && (has_name || line.date.is_some())
}

/// Returns why a line that follows a line of furniture is furniture too: it goes on with the same box, be it by a sentence.
pub fn reason_in_box(line: &Line<'_>) -> Option<Reason> {
    match line.sense? {
        Sense::Appeal | Sense::Consent if line.words <= LABEL_WORDS => Some("appeal"),
        _ => None,
    }
}

/// Tells a title behind a label and a colon: `Related: …`, `Lesen Sie auch: …`.
fn is_labelled_link(text: &str) -> bool {
    /// Words of the longest label.
    const MOST_WORDS: usize = 4;
    /// Words of the longest title.
    const MOST_TITLE_WORDS: usize = 24;
    text.split_once(':').is_some_and(|(label, title)| {
        label.split(' ').count() <= MOST_WORDS
            && (1..=MOST_TITLE_WORDS).contains(&title.split_whitespace().count())
            && phrases::sense(label) == Some(Sense::More)
    })
}

fn by_sense(line: &Line<'_>) -> Option<Reason> {
    /// Bytes within which a label ends with its colon.
    const LONGEST_LABEL_BYTES: usize = 32;
    let is_short = line.words <= 4;
    let has_label = line.text.find([':', '/', '©']).is_some_and(|at| at <= LONGEST_LABEL_BYTES);
    match line.sense? {
        Sense::Share if is_short => Some("share box"),
        Sense::Comments if is_short => Some("comment box"),
        Sense::More if is_short || has_label => Some(LINK),
        Sense::Tags if is_short || has_label => Some("tag list"),
        Sense::Rights => Some("copyright notice"),
        Sense::Advertisement => Some("advertisement"),
        Sense::Consent => Some("notice of the site"),
        Sense::Count => Some("reading count"),
        Sense::Credit if has_label && line.ending != Ending::Colon => Some("picture credit"),
        Sense::Appeal => Some("appeal"),
        _ => None,
    }
}

/// Returns why a line outside of the article's run of text is furniture; it has no reason of its own.
pub fn reason_outside(line: &Line<'_>, stands: Stands) -> Reason {
    line.sense.map(outside_by_sense).unwrap_or(match stands {
        _ if is_tag_list(line) => "tag list",
        Stands::Before => "before the article",
        Stands::After => "after the article",
    })
}

/// On which side of the article a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Above its first line.
    Before,
    /// Below its last line.
    After,
}

fn outside_by_sense(sense: Sense) -> Reason {
    match sense {
        Sense::Navigation => "navigation",
        Sense::Share => "share box",
        Sense::Comments => "comment box",
        Sense::More => LINK,
        Sense::Tags => "tag list",
        Sense::Rights => "copyright notice",
        Sense::Credit => "picture credit",
        Sense::Appeal => "appeal",
        Sense::Consent => "notice of the site",
        Sense::Advertisement => "advertisement",
        Sense::Count => "reading count",
    }
}

/// Tells names of a template's texts that were printed instead of the texts: `client/title.list_title`, `{{headline}}`.
fn is_template_key(line: &Line<'_>) -> bool {
    let text = line.text;
    let is_path = || text.contains('_') && text.contains(['.', '/']) && !text.contains([':', '@']) && !text.starts_with("www.");
    let is_plain =
        || text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'/' | b'-'));
    line.words == 1 && ((is_path() && is_plain()) || (text.starts_with("{{") && text.ends_with("}}")))
}

/// Tells the caption of a picture by the credit in brackets at its end: `(Name / Agency via …)`, `(Foto: Name)`.
fn is_caption(line: &Line<'_>) -> bool {
    /// Bytes beyond which a bracket is an aside.
    const LONGEST_CREDIT_BYTES: usize = 80;
    /// Words beyond which a line is a paragraph, whatever it ends with.
    const MOST_CAPTION_WORDS: usize = 90;
    /// The same for a credit without brackets, which says less.
    const MOST_OPEN_CAPTION_WORDS: usize = 45;
    let bare = line.text.trim_end_matches(['.', ' ']);
    if line.has_colon && line.words <= MOST_OPEN_CAPTION_WORDS && has_credit_at_end(bare) {
        return true;
    }
    let Some(credit) =
        bare.strip_suffix(')').and_then(|text| text.rsplit_once('(')).filter(|(text, _)| !text.is_empty()).map(|(_, credit)| credit)
    else {
        return false;
    };
    if credit.len() > LONGEST_CREDIT_BYTES || line.words > MOST_CAPTION_WORDS || credit.contains('@') {
        return false;
    }
    let is_named = credit.starts_with(|c: char| c.is_uppercase()) && !credit.contains(|c: char| c.is_ascii_digit());
    let has_agency =
        credit.contains(" / ") || credit.contains(" via ") || credit.contains("/dpa") || credit.contains("/AFP") || credit.contains("/AP");
    let is_labelled = credit.split_once(':').is_some_and(|(label, name)| {
        let label = crate::text::folded(label.trim());
        !name.trim().is_empty() && CREDIT_LABELS.contains(&label.as_str())
    });
    (is_named && has_agency) || is_labelled
}

/// Tells a credit without brackets at the end of a line: `… on Monday. Photo: Name`.
fn has_credit_at_end(text: &str) -> bool {
    /// Words of the longest name in a credit.
    const MOST_NAME_WORDS: usize = 5;
    let Some((before, name)) = text.rsplit_once(": ") else { return false };
    let Some((caption, label)) = before.rsplit_once([' ', '|', '–']) else { return false };
    let is_name = name.starts_with(|c: char| c.is_uppercase()) && name.split(' ').count() <= MOST_NAME_WORDS;
    !caption.trim().is_empty() && is_name && CREDIT_LABELS.contains(&crate::text::folded(label).as_str())
}

/// Words that stand before the name in a credit, folded.
const CREDIT_LABELS: &[&str] = &[
    "photo",
    "photos",
    "foto",
    "fotos",
    "bild",
    "bilder",
    "image",
    "images",
    "picture",
    "credit",
    "zdjecie",
    "fot",
    "imagen",
    "immagine",
    "фото",
    "світлина",
    "grafik",
    "photograph",
    "screenshot",
    "illustration",
];

/// Tells labels of an article on one line: four or more, parted by commas, all of them short and most of them names.
pub fn is_tag_list(line: &Line<'_>) -> bool {
    let parts = || line.text.split([',', '|', '#', '•', '·']).map(str::trim).filter(|part| !part.is_empty());
    !line.ends_sentence && parts().count() >= 4 && parts().all(|part| part.split(' ').count() <= 4) && line.capitals * 2 >= line.words
}
