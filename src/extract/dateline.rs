//! The first paragraph of a report in; its dateline out: the day and the agency that open it.
//!
//! `KYIV, Nov. 25 (Reuters) —`, `BERLIN (dpa) - `, `Madrid, 25 nov (EFE).-`, `Karlsruhe, (12.11.2021).` A place alone is not taken for a
//! dateline: many a sentence has a dash near its start. A day without a year stays so here; which year it is, other fields may tell.

use crate::extract::{agencies, date};
use crate::moment::Moment;

/// What a dateline states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The day, where the dateline has its year.
    pub day: Option<Moment>,
    /// Month and day of month, where it has not.
    pub day_of_year: Option<(i8, i8)>,
    /// The agencies, by their usual names; one that is not known, as it is written.
    pub agencies: Vec<String>,
}

/// A dateline is over after so many bytes: place, country, day and agency.
const HEAD_BYTES_MAX: usize = 90;

/// Words of the longest place: `San Juan de la Maguana, Dominican Republic`.
const PLACE_WORDS_MAX: usize = 7;

/// Reads the dateline that opens a paragraph.
pub fn read(paragraph: &str) -> Option<Dateline> {
    let text = paragraph.trim_start();
    let head = &text[..text.floor_char_boundary(HEAD_BYTES_MAX)];
    by_dash(head).or_else(|| by_day(head))
}

/// Reads a dateline that a dash ends.
fn by_dash(head: &str) -> Option<Dateline> {
    dashes(head).take(2).filter_map(|end| parse(&head[..end])).last()
}

/// Returns the places of the dashes that can end a dateline.
fn dashes(head: &str) -> impl Iterator<Item = usize> {
    head.char_indices().filter_map(|(at, c)| {
        let after = head[at + c.len_utf8()..].chars().next();
        let before = head[..at].chars().next_back();
        let is_apart = matches!(before, Some(' ' | ')' | '.' | '/')) && (after == Some(' ') || matches!(before, Some(')' | '.')));
        (matches!(c, '-' | '–' | '—' | '―' | '·') && is_apart).then_some(at)
    })
}

fn parse(head: &str) -> Option<Dateline> {
    let mut found = Dateline::default();
    let (rest, signs) = signed(head);
    for sign in &signs {
        match agencies::list(sign) {
            Some(known) => found.agencies.extend(known.iter().map(|agency| (*agency).to_owned())),
            None => found.agencies.extend(unknown_agency(sign, &rest)),
        }
    }
    let (place, day) = match date::find(&rest) {
        Some(day) if !day.is_change => (format!("{} {}", &rest[..day.range.start], &rest[day.range.end..]), Some(day.moment.to_day())),
        _ => (rest, None),
    };
    found.day = day;
    let place = match date::day_of_year(&place) {
        Some((day, range)) if found.day.is_none() => {
            found.day_of_year = Some(day);
            format!("{} {}", &place[..range.start], &place[range.end..])
        }
        _ => place,
    };
    let says_much = !found.agencies.is_empty() || found.day.is_some() || found.day_of_year.is_some();
    (says_much && is_place(&place)).then_some(found)
}

/// Takes what stands in brackets or slashes out of a head.
fn signed(head: &str) -> (String, Vec<&str>) {
    let mut rest = String::new();
    let mut signs = Vec::new();
    let mut text = head;
    while let Some((before, inner, after)) = bracket(text) {
        rest.push_str(before);
        rest.push(' ');
        // A day in brackets belongs to the rest.
        if inner.contains(|c: char| c.is_ascii_digit()) {
            rest.push_str(inner);
        } else {
            signs.push(inner);
        }
        text = after;
    }
    rest.push_str(text);
    (rest, signs)
}

fn bracket(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['(', '/'])?;
    let close = if text[open..].starts_with('(') { ')' } else { '/' };
    let length = text[open + 1..].find(close)?;
    Some((&text[..open], &text[open + 1..open + 1 + length], &text[open + 2 + length..]))
}

/// Returns the sign of an agency that is not in the table: capitals in brackets after a place in capitals.
fn unknown_agency(sign: &str, place: &str) -> Option<String> {
    let capitals = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let first = place.split([',', ' ']).find(|word| !word.is_empty())?;
    let is_sign = (2..=8).contains(&sign.len()) && capitals(sign) && sign.chars().all(char::is_alphabetic);
    (is_sign && capitals(first) && first.chars().count() > 2).then(|| sign.to_owned())
}

/// Tells a text that can be the place of a dateline: few words, which begin with a capital or are particles of names; also none.
fn is_place(text: &str) -> bool {
    const PARTICLES: [&str; 16] = ["de", "la", "le", "del", "da", "do", "of", "am", "an", "der", "di", "el", "im", "bei", "of", "the"];
    let words: Vec<&str> = text.split([' ', ',', '.', '/', '-', '–', '—']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase) || PARTICLES.contains(word);
    words.len() <= PLACE_WORDS_MAX && words.iter().all(is_name) && !text.contains([':', ';', '?', '!', '"', '“', '„'])
}

/// Reads a dateline without a dash that has a full day: `(18.01.2018) Farmers`, `Karlsruhe, (12.11.2021). Farmers`, `01.02.2022 „Farmers`.
fn by_day(head: &str) -> Option<Dateline> {
    let found = date::find(head).filter(|found| !found.is_change)?;
    let before = head[..found.range.start].trim_end_matches(['(', '[', ' ']);
    let after = head[found.range.end..].trim_start_matches([')', ']', '.', ':', ',', ' ', '|']);
    let opens = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '„' | '“' | '"' | '«' | '»'));
    let has_mark = !before.is_empty() || !head[found.range.end..].starts_with(',');
    // Words of a sentence follow on a day without a mark: `November 26, 2024 Was`.
    let is_figures = head[found.range.clone()].chars().all(|c| !c.is_alphabetic());
    let is_alone = before.is_empty() || before.ends_with(',') || head[..found.range.start].trim_end().ends_with('(');
    (opens && has_mark && is_figures && is_alone && is_place(before))
        .then(|| Dateline { day: Some(found.moment.to_day()), ..Dateline::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraph: &str, expected: &str) {
        let found = read(paragraph).map(|found| {
            let day = found.day.map(|day| day.to_string()).or_else(|| found.day_of_year.map(|(month, day)| format!("{month}/{day}")));
            format!("{} {}", day.unwrap_or_default(), found.agencies.join("+")).trim().to_owned()
        });
        assert_eq!(found.unwrap_or_default(), expected, "{paragraph}");
    }

    #[test]
    fn datelines_state_day_and_agency() {
        check("KYIV, Nov. 25 (Reuters) — The ferry runs again.", "11/25 Reuters");
        check("KYIV, Ukraine (AP) — The ferry runs again.", "AP");
        check("BERLIN (dpa) - Die Fähre fährt wieder.", "dpa");
        check("Berlin (dpa/lno) - Die Fähre fährt wieder.", "dpa");
        check("PARIS, 25 nov (AFP) - Le bac repart.", "11/25 AFP");
        check("Madrid, 25 nov (EFE).- El barco sale.", "11/25 EFE");
        check("(Reuters) - The ferry runs again.", "Reuters");
        check("(ANSA) - ROMA, 25 NOV - Il traghetto riparte.", "11/25 ANSA");
        check("МОСКВА, 25 ноября. /ТАСС/. Паром.", "");
        check("КИЇВ, 25 листопада (Укрінформ) — Пором.", "11/25 Ukrinform");
        check("SELWICK (CWS) — Dockworkers voted.", "CWS");
        check("BRACK, 26 Nov 2024 (Reuters) - The ferry.", "2024-11-26 Reuters");
        check("Karlsruhe, (12.11.2021). Die Fähre.", "2021-11-12");
        check("(18.01.2018) Die Fähre fährt.", "2018-01-18");
        check("01.02.2022 „Die Fähre fährt“, heißt es.", "2022-02-01");
    }

    #[test]
    fn sentences_are_no_datelines() {
        for text in [
            "KYIV — The ferry runs again.",
            "The ferry – a gift of the town (Brack) – runs again.",
            "In November 2024 the ferry ran - again.",
            "The ferry of 26 November 2024 was late - as ever.",
            "Ida Holm (SPD) - sie ist 44 - fährt.",
            "26 November 2024 was a day of storms.",
            "",
        ] {
            check(text, "");
        }
    }
}
