//! A byline as stated in; out come the people whom it names, in order and with their roles, and the agencies beside them.
//!
//! Dates and addresses are left out. A joining word parts two people only where a whole name
//! stands on either side, so that `Health and Science Desk` and `Ortega y Gasset` stay whole.

use crate::article::Person;
use crate::extract::agencies;

/// Words before the names, in lower case, the longer one first.
#[rustfmt::skip]
const OPENINGS: [&str; 56] = [
    "zeige alle beiträge von ", "alle beiträge von ", "alle artikel von ", "view all posts by ", "view all articles by ", "show all articles of ", "all posts by ", "all articles by ",
    "more from ", "more by ", "voir tous les articles de ", "ver todas las entradas de ", "erstellt von ", "eingestellt von ", "gepostet von ", "text & fotos: ",
    "artikel von ", "eine kolumne von ", "ein kommentar von ", "kommentar von ", "gastbeitrag von ", "blog beitrag von ", "veröffentlicht von ", "text und interview: ", "text und fotos: ",
    "article written by ", "story written by ", "written by ", "posted by ", "published by ", "reported by ", "reporting by ", "article by ",
    "story by ", "verfasst von ", "geschrieben von ", "ein beitrag von ", "ein gastbeitrag von ", "escrito por ", "écrit par ", "publié par ",
    "scritto da ", "a cura di ", "by: ", "by ", "von: ", "von ", "por ", "par ", "author: ", "autor: ", "autorin: ", "auteur : ", "text: ", "автор: ", "door ",
];

/// Words that make what stands after a comma or a bar a role, a desk or an outlet, in lower case.
#[rustfmt::skip]
const ROLES: [&str; 50] = [
    "correspondent", "editor", "reporter", "writer", "journalist", "columnist", "contributor", "staff", "bureau", "chief", "desk", "analyst",
    "producer", "photographer", "director", "professor", "fellow", "reuters", "afp", "dpa", "news", "press", "times", "post", "magazine", "updated",
    "published", "redakteur", "redakteurin", "korrespondent", "korrespondentin", "redaktion", "reporterin", "autor", "autorin", "redactor", "corresponsal",
    "periodista", "journaliste", "rédacteur", "rédactrice", "corrispondente", "giornalista", "author", "blogger", "senior", "ceo", "phd", "md", "gmbh",
];

/// Words joining two people, with the blanks around them.
#[rustfmt::skip]
const JOINTS: [&str; 12] = [
    " im Gespräch mit ", " in conversation with ", " en conversation avec ", " en conversación con ", " and ", " & ", " und ", " y ", " et ", " e ", " og ", " och ",
];

/// What programs write where no person is named.
#[rustfmt::skip]
const NOBODY: [&str; 37] = [
    "admin", "administrator", "webmaster", "author", "autor", "editor", "user", "guest", "anonymous", "wordpress", "by", "von", "facebook", "twitter",
    "por", "par", "text", "foto", "artikel von", "autoreninfo", "datum", "quelle", "redaktion:", "autor/in", "wordpressadmin", "verfasser",
    "mehr", "red", "human", "aus", "gesponserte inhalte", "sponsored", "no author", "authors", "autoren", "auteurs", "autores",
];

/// A name has no more words than this; longer runs are sentences.
const NAME_WORDS_MAX: usize = 7;

/// What a byline names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// The people, in order, each once.
    pub people: Vec<Person>,
    /// The agencies, by their usual names.
    pub agencies: Vec<&'static str>,
}

/// Reads a byline; nobody is named by one that is only an address, a placeholder or a sentence.
pub fn read(stated: &str) -> Named {
    let mut named = Named::default();
    let line = &without_handles(without_opening(stated.trim()));
    for sign in brackets(line) {
        named.agencies.extend(agencies::list(sign).unwrap_or_default());
    }
    let line = without_brackets(line);
    let mut pieces =
        BARS.iter().fold(vec![line.as_str()], |pieces, bar| pieces.iter().flat_map(|piece| piece.split(bar)).collect()).into_iter();
    add_people(pieces.next().unwrap_or_default(), &mut named);
    for piece in pieces {
        match agencies::list(piece) {
            Some(known) => named.agencies.extend(known),
            None => add_role(piece, &mut named.people),
        }
    }
    named
}

/// Returns a byline without the names that people go by in networks: `Ida Holm @idaholm`.
fn without_handles(line: &str) -> String {
    let is_handle = |word: &str| word.len() > 1 && word.starts_with('@');
    let mut words = line.split(' ');
    match words.next() {
        Some(first) => words.filter(|word| !is_handle(word)).fold(first.to_owned(), |kept, word| kept + " " + word),
        None => String::new(),
    }
}

/// What stands between the people and their roles, desks and dates.
const BARS: [&str; 7] = [" | ", " • ", " · ", " — ", " – ", " - ", " / "];

/// Adds the people and agencies of a piece of a byline without bars.
fn add_people(piece: &str, named: &mut Named) {
    if let Some(known) = agencies::list(piece) {
        named.agencies.extend(known);
        return;
    }
    // `AFP/Harbour Post`: an agency and whoever prints it.
    if piece.contains('/') && piece.split('/').any(|part| agencies::named(part.trim()).is_some()) {
        return piece.split('/').for_each(|part| add_people(part.trim(), named));
    }
    for part in piece.split(';').filter(|part| !is_editing(part)) {
        for (at, part) in comma_parts(part).into_iter().enumerate() {
            if let Some(known) = agencies::list(&part) {
                named.agencies.extend(known);
                continue;
            }
            if at > 0 && is_role(&part) {
                add_role(&part, &mut named.people);
                continue;
            }
            for name in joint_parts(&part) {
                let name =
                    without_opening(name.trim().trim_matches([',', ':', '|', '"', '-', '→', '—', '–', ' ']).trim_start_matches('.').trim());
                let name = if ends_short(name) { name } else { name.trim_end_matches(['.', ',', ':', ' ']) };
                let staff = name.strip_suffix(" Staff").or_else(|| name.strip_suffix(" staff")).and_then(agencies::named);
                if let Some(agency) = staff.or_else(|| agencies::named(name)) {
                    named.agencies.push(agency);
                } else if is_name(name) && !named.people.iter().any(|person| person.name == name) {
                    named.people.push(Person { name: name.to_owned(), role: None });
                }
            }
        }
    }
}

/// Tells a part that names who edited a text that others reported: `Reporting by Ida Holm; Editing by Jan Berg`.
fn is_editing(part: &str) -> bool {
    let part = part.trim().to_lowercase();
    ["editing by ", "edited by "].iter().any(|opening| part.starts_with(opening))
}

/// Gives the last person a role, where a piece reads as one and the person has none.
fn add_role(piece: &str, people: &mut [Person]) {
    /// Characters of the longest role; what is longer is a sentence about the person.
    const ROLE_CHARS_MAX: usize = 60;
    let role = piece.trim().trim_end_matches(['.', ',']);
    let is_plain = role.chars().count() <= ROLE_CHARS_MAX && !role.contains(|c: char| c.is_ascii_digit() || c == '@') && !is_degree(role);
    let is_date = ["updated", "published"].iter().any(|word| role.to_lowercase().contains(word));
    if let Some(person) = people.last_mut().filter(|person| person.role.is_none() && is_plain && !is_date && is_role(role)) {
        person.role = Some(role.to_owned());
    }
}

fn is_degree(role: &str) -> bool {
    role.split(' ')
        .all(|word| matches!(word.trim_matches('.').to_lowercase().as_str(), "phd" | "ph.d" | "md" | "m.d" | "mba" | "ma" | "ba" | "msc"))
}

/// Returns what stands in the round brackets of a line.
fn brackets(line: &str) -> impl Iterator<Item = &str> {
    line.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inner, _)| inner)
}

/// Returns a byline without the words that introduce the names.
pub fn without_opening(line: &str) -> &str {
    let mut rest = line;
    while let Some(shorter) = OPENINGS.iter().find_map(|opening| strip_opening(rest, opening)) {
        rest = shorter.trim_start();
    }
    rest
}

fn strip_opening<'l>(line: &'l str, opening: &str) -> Option<&'l str> {
    // The name may stand in another element.
    if line.len() + 1 == opening.len() && line.to_lowercase() == opening.trim_end() {
        return Some("");
    }
    let head = line.get(..opening.len())?;
    (head.to_lowercase() == opening).then(|| &line[opening.len()..])
}

fn without_brackets(line: &str) -> String {
    let mut level = 0_usize;
    let mut kept = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '(' | '[' | '<' => level += 1,
            ')' | ']' | '>' => level = level.saturating_sub(1),
            c if level == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Parts a byline at its commas, and turns `Holm, Ida` round.
fn comma_parts(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [family, given] = parts[..] {
        let is_word = |part: &str| !part.contains(' ') && part.chars().next().is_some_and(char::is_uppercase);
        if is_word(family) && is_word(given) && !is_role(given) && agencies::named(given).is_none() {
            return vec![format!("{given} {family}")];
        }
    }
    let mut whole: Vec<String> = Vec::new();
    for part in parts {
        match whole.last_mut() {
            Some(last) if matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") => {
                last.push(' ');
                last.push_str(part);
            }
            _ => whole.push(part.strip_prefix("and ").or_else(|| part.strip_prefix("und ")).unwrap_or(part).to_owned()),
        }
    }
    whole
}

fn is_role(part: &str) -> bool {
    part.split(|c: char| !c.is_alphanumeric()).any(|word| ROLES.contains(&word.to_lowercase().as_str()))
}

/// Parts at joining words where two words or more stand on either side.
fn joint_parts(part: &str) -> Vec<&str> {
    for joint in JOINTS {
        if let Some((left, right)) = part.split_once(joint) {
            let is_whole =
                |name: &str| name.split_whitespace().count() >= 2 && name.trim().chars().next().is_some_and(|c| !c.is_lowercase());
            if is_whole(left) && is_whole(right) && !is_role(right) {
                return [joint_parts(left), joint_parts(right)].concat();
            }
        }
    }
    vec![part]
}

/// Tells a name that ends in an abbreviation, which keeps its stop.
fn ends_short(name: &str) -> bool {
    name.strip_suffix('.').and_then(|name| name.rsplit(' ').next()).is_some_and(|last| last.chars().count() <= 2)
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_address = lower.contains('#')
        || lower.contains("geändert")
        || lower.contains('@')
        || lower.contains("http")
        || lower.contains("www.")
        || lower.contains('/');
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // A login may have digits; a name of several words with digits is something else.
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let is_spelled = digits == 0 || (words == 1 && letters >= 3 && digits <= 4 && name.starts_with(char::is_alphabetic));
    !is_address && (1..=NAME_WORDS_MAX).contains(&words) && letters >= 2 && is_spelled && !NOBODY.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_people() {
        for (stated, expected) in [
            ("Ida Holm", &["Ida Holm"][..]),
            ("By Ida Holm and Jan Berg", &["Ida Holm", "Jan Berg"]),
            ("Von Ida Holm, Jan Berg und Eva Lind", &["Ida Holm", "Jan Berg", "Eva Lind"]),
            ("by Ida Holm, Jan Berg, and Eva Lind", &["Ida Holm", "Jan Berg", "Eva Lind"]),
            ("Ida Holm, Harbour Correspondent", &["Ida Holm"]),
            ("Ida Holm | 26 November 2024", &["Ida Holm"]),
            ("Ida Holm (Reuters)", &["Ida Holm"]),
            ("Holm, Ida", &["Ida Holm"]),
            ("Ida Holm; Jan Berg", &["Ida Holm", "Jan Berg"]),
            ("Ida Holm & Jan Berg", &["Ida Holm", "Jan Berg"]),
            ("José Ruiz y Campo", &["José Ruiz y Campo"]),
            ("Health and Science Desk", &["Health and Science Desk"]),
            ("John Reed, Jr.", &["John Reed Jr."]),
            ("desk@gazette.example", &[]),
            ("https://social.example/ida", &[]),
            ("Ida Holm @idaholm", &["Ida Holm"]),
            ("View all posts by Ida Holm →", &["Ida Holm"]),
            ("Zeige alle Beiträge von", &[]),
            ("Erstellt von Ida Holm —", &["Ida Holm"]),
            ("Reporting by Ida Holm and Jan Berg; Editing by Eva Lind", &["Ida Holm", "Jan Berg"]),
            ("Ida Holm im Gespräch mit Jan Berg", &["Ida Holm", "Jan Berg"]),
            ("No Author", &[]),
            ("admin", &[]),
            ("By", &[]),
            ("", &[]),
        ] {
            let named = read(stated).people.into_iter().map(|person| person.name).collect::<Vec<_>>();
            assert_eq!(named, expected, "{stated}");
        }
    }

    #[test]
    fn roles_and_agencies_are_told_from_people() {
        for (stated, people, agencies) in [
            ("By Ida Holm, Chief Correspondent", &[("Ida Holm", Some("Chief Correspondent"))][..], &[][..]),
            ("Ida Holm and Jan Berg, Reuters", &[("Ida Holm", None), ("Jan Berg", None)], &["Reuters"]),
            ("Ida Holm | Political Editor", &[("Ida Holm", Some("Political Editor"))], &[]),
            ("Ida Holm (dpa)", &[("Ida Holm", None)], &["dpa"]),
            ("Ida Holm, PhD", &[("Ida Holm", None)], &[]),
            ("Reuters Staff", &[], &["Reuters"]),
            ("dpa/AFP", &[], &["dpa", "AFP"]),
            ("AFP/Harbour Post", &[("Harbour Post", None)], &["AFP"]),
            ("Ida Holm, Redakteurin, dpa", &[("Ida Holm", Some("Redakteurin"))], &["dpa"]),
        ] {
            let named = read(stated);
            let found: Vec<(&str, Option<&str>)> =
                named.people.iter().map(|person| (person.name.as_str(), person.role.as_deref())).collect();
            assert_eq!((found.as_slice(), named.agencies.as_slice()), (people, agencies), "{stated}");
        }
    }
}
