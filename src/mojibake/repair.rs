//! A text that was decoded wrongly before it was saved in; the text as it was meant out.
//!
//! *Mojibake* is here UTF-8 that a program read as windows-1252 or ISO 8859-1, so that `ü` became `Ã¼`, `’` became `â€™` and `при` became
//! `Ð¿Ñ€Ð¸`. It is certain where it is the rule: a text in which nearly all letters and marks beyond ASCII are pieces of such sequences was not
//! written so by anybody. Other mix-ups of character sets (UTF-8 read as KOI8-R, text decoded twice over) are left as they are.

use std::borrow::Cow;

use crate::mojibake::western::western_byte;

/// What a text shows of having been decoded wrongly.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Torn {
    /// Characters that were torn into several, as far as the text was looked at.
    sequences: usize,
    /// How much of what is beyond ASCII is pieces of such sequences, from 0 to 1; from [`CERTAIN_SHARE`] on the text can be repaired.
    share: f64,
}

/// Share from which a text is taken for wrongly decoded: what a page adds of its own, such as a sign that was written as an entity, stays under
/// the rest. Of the plain-text dumps of 990 web pages, 76 have it.
const CERTAIN_SHARE: f64 = 0.9;
/// Sequences from which a share says anything: a single one can be a capital before a quotation mark (`CITÉ»`).
const FEWEST_SEQUENCES: usize = 2;
/// Characters beyond ASCII after which a text has shown what it is.
const MOST_LOOKED_AT: usize = 4000;

/// Tells a text that was decoded wrongly; `None` if it shows no sign of it or if the signs can be chance.
fn torn_by_rule(text: &str) -> Option<Torn> {
    let (mut sequences, mut pieces, mut others) = (0_usize, 0_usize, 0_usize);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        rest = &rest[at..];
        match sequence(rest) {
            Some(found) => {
                sequences += 1;
                pieces += found.pieces;
                rest = &rest[found.len_bytes..];
            }
            None => {
                let is_piece = before_lost_blank(rest).is_some();
                pieces += usize::from(is_piece);
                others += usize::from(!is_piece);
                rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
            }
        }
        if pieces + others >= MOST_LOOKED_AT || (sequences == 0 && others > 100) {
            break;
        }
    }
    let share = pieces as f64 / (pieces + others).max(1) as f64;
    (sequences >= FEWEST_SEQUENCES && share >= 0.5).then_some(Torn { sequences, share })
}

/// Returns the text as it was meant if it was certainly decoded wrongly, and the text itself if not.
pub fn repaired(text: &str) -> Cow<'_, str> {
    if torn_by_rule(text).is_none_or(|found| found.share < CERTAIN_SHARE) {
        return Cow::Borrowed(text);
    }
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        repaired.push_str(&rest[..at]);
        rest = &rest[at..];
        let len_bytes = match sequence(rest) {
            Some(found) => {
                repaired.push(found.meant);
                found.len_bytes
            }
            None => {
                let c = rest.chars().next().unwrap_or_default();
                match before_lost_blank(rest) {
                    Some(meant) => repaired.push_str(meant),
                    None => repaired.push(c),
                }
                c.len_utf8()
            }
        };
        rest = &rest[len_bytes..];
    }
    repaired.push_str(rest);
    Cow::Owned(repaired)
}

/// A character that was torn into several.
struct Sequence {
    meant: char,
    /// The characters that it became.
    pieces: usize,
    /// Their length in the text.
    len_bytes: usize,
}

/// Reads the sequence at the start of a text.
fn sequence(text: &str) -> Option<Sequence> {
    let mut chars = text.chars();
    let first = western_byte(chars.next()?)?;
    let pieces = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for byte in &mut bytes[1..pieces] {
        *byte = chars.next().and_then(western_byte).filter(|byte| (0x80..0xc0).contains(byte))?;
    }
    let meant = std::str::from_utf8(&bytes[..pieces]).ok()?.chars().next().filter(|c| is_usual(*c))?;
    Some(Sequence { meant, pieces, len_bytes: text.len() - chars.as_str().len() })
}

/// Returns what an `Ã` or an `Â` before a blank was meant to be, `à` and a no-break space: their second piece is such a space itself, and programs that
/// tidy blanks make an ordinary one of it.
fn before_lost_blank(text: &str) -> Option<&'static str> {
    let (meant, rest) = text.strip_prefix('Ã').map(|rest| ("à", rest)).or_else(|| text.strip_prefix('Â').map(|rest| ("", rest)))?;
    rest.starts_with([' ', '\n']).then_some(meant)
}

/// Tells characters that texts have; controls and phonetic letters come out where capitals with accents stand before marks.
fn is_usual(c: char) -> bool {
    !matches!(u32::from(c), 0x80..=0x9f | 0x180..=0x36f | 0xe000..=0xf8ff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mojibake::western::WESTERN;

    /// Reads UTF-8 as windows-1252, as a careless program does.
    fn torn(text: &str) -> String {
        let mark = |byte: u8| match byte {
            0x80..=0x9f => WESTERN[usize::from(byte - 0x80)],
            byte => char::from(byte),
        };
        text.bytes().map(mark).collect()
    }

    /// Our own sentences in many languages, as they are meant to be.
    const SENTENCES: [&str; 24] = [
        "“It won’t be cheap,” the mayor’s office said — and it wasn’t: £40 for a café table.",
        "Für die Brücke über den Fluß fehlen größere Stücke; „schön wäre es“, sagte der Bürgermeister.",
        "L’été dernier, la mairie a déjà fermé l’école à cause des dégâts — « c’est assez », dit-elle.",
        "El año pasado la señora Ibáñez pidió más puentes; ¿quién pagará?",
        "La città è più fredda però l’università resta aperta, perché così vuole il comune.",
        "A câmara não aprovou a construção da ponte; “é cedo”, disse o vereador São João.",
        "Żółta łódź płynęła pod mostem, a świadkowie mówili, że było cicho.",
        "Рада порту вирішила, що міст збудують наступного літа, хоч кошторису ще немає.",
        "Совет порта решил, что мост построят следующим летом, но сметы ещё нет.",
        "Příliš žluťoučký kůň přešel přes most, řekla starostka.",
        "A hídon átkelő őrült tűzoltó így szólt: „még kell egy év”.",
        "Podul a fost închis, însă primăria a spus că îl va redeschide în vară.",
        "Το λιμάνι θα κλείσει για μία εβδομάδα, είπε ο δήμαρχος.",
        "Köprü yarın kapatılacak; belediye başkanı “gerekliydi” dedi, ücret artmayacak.",
        "Broen åpner på lørdag, sa ordføreren, og færgen går som før.",
        "Bron öppnar på lördag, sade borgmästaren, och färjan går som förut.",
        "Silta avataan lauantaina, sanoi pormestari, eikä lautta kulje enää.",
        "سيُفتح الجسر يوم السبت، كما قال رئيس البلدية.",
        "הגשר ייפתח בשבת, אמר ראש העיר.",
        "पुल शनिवार को खुलेगा, महापौर ने कहा।",
        "பாலம் சனிக்கிழமை திறக்கப்படும் என்று மேயர் கூறினார்.",
        "පාලම සෙනසුරාදා විවෘත වේ යැයි නගරාධිපති කීවේය.",
        "市長は、橋は土曜日に開通すると述べた。",
        "시장은 다리가 토요일에 개통된다고 말했다.",
    ];

    #[test]
    fn what_is_as_it_should_be_is_left() {
        for text in SENTENCES.iter().chain(&[
            "Plain text.",
            "",
            "LA CITÉ» ET L’ÉTÉ»",
            "20 °C, 5 µm, ½ €, © 2024 — «oui»",
            "NÃO É SÃO",
            "Â",
            "CRÈ€ 5",
        ]) {
            assert_eq!(torn_by_rule(text), None, "{text}");
            assert_eq!(repaired(text), *text);
        }
    }

    #[test]
    fn what_was_torn_is_put_together() {
        for text in SENTENCES {
            let torn = torn(text);
            let found = torn_by_rule(&torn).unwrap_or_else(|| panic!("{torn}"));
            assert!(found.share > 0.99 && found.sequences >= FEWEST_SEQUENCES, "{found:?}: {torn}");
            assert_eq!(repaired(&torn), text);
        }
        assert_eq!(repaired("FÃ¼r die BrÃ¼cke"), "Für die Brücke");
        assert_eq!(repaired("dÃ©jÃ  fermÃ© Ã cause"), "déjà  fermé à cause");
        assert_eq!(repaired("FÃ¼r 5Â km Ã¶stlich"), "Für 5 km östlich");
    }

    #[test]
    fn a_quotation_of_it_is_not_repaired() {
        let about = format!("{} Wer „ü“ falsch liest, sieht „Ã¼“ und „Ã¶“.", SENTENCES[1]);
        assert_eq!(repaired(&about), about);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_fail(text in "\\PC{0,60}") {
            let _ = torn_by_rule(&text);
            let _ = repaired(&text);
        }
    }
}
