//! A byline as stated in; the people it names out, in order.
//!
//! Roles, agencies after the name, dates and addresses are left out. A joining word parts two people only where a whole name
//! stands on either side, so that `Health and Science Desk` and `Ortega y Gasset` stay whole.

/// Words before the names, in lower case, the longer one first.
#[rustfmt::skip]
const OPENINGS: [&str; 31] = [
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
const JOINTS: [&str; 8] = [" and ", " & ", " und ", " y ", " et ", " e ", " og ", " och "];

/// What programs write where no person is named.
#[rustfmt::skip]
const NOBODY: [&str; 14] = [
    "admin", "administrator", "webmaster", "author", "autor", "editor", "user", "guest", "anonymous", "wordpress", "by", "von", "facebook", "twitter",
];

/// A name has no more words than this; longer runs are sentences.
const NAME_WORDS_MAX: usize = 7;

/// Returns the people that a byline names; none if it names none.
pub fn people(stated: &str) -> Vec<String> {
    let line = without_brackets(without_opening(stated.trim()));
    let line = line.split(" | ").next().unwrap_or_default();
    let line = [" • ", " · ", " — ", " – ", " - ", " / "].iter().fold(line, |line, bar| line.split(bar).next().unwrap_or_default());
    let mut people: Vec<String> = Vec::new();
    for part in line.split(';').flat_map(comma_parts) {
        for name in joint_parts(&part) {
            let name = without_opening(name.trim().trim_matches([',', ':', '|', '"', '-']).trim_start_matches('.').trim());
            let name = if ends_short(name) { name } else { name.trim_end_matches(['.', ',', ':', ' ']) };
            if is_name(name) && !people.iter().any(|person| person == name) {
                people.push(name.to_owned());
            }
        }
    }
    people
}

fn without_opening(line: &str) -> &str {
    let mut rest = line;
    while let Some(shorter) = OPENINGS.iter().find_map(|opening| strip_opening(rest, opening)) {
        rest = shorter.trim_start();
    }
    rest
}

fn strip_opening<'l>(line: &'l str, opening: &str) -> Option<&'l str> {
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

/// Parts a byline at its commas, leaves out roles, and turns `Holm, Ida` round.
fn comma_parts(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [family, given] = parts[..] {
        let is_word = |part: &str| !part.contains(' ') && part.chars().next().is_some_and(char::is_uppercase);
        if is_word(family) && is_word(given) && !is_role(given) {
            return vec![format!("{given} {family}")];
        }
    }
    let mut people: Vec<String> = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 && is_role(part) {
            continue;
        }
        match people.last_mut() {
            Some(last) if matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") => {
                last.push(' ');
                last.push_str(part);
            }
            _ => people.push(part.strip_prefix("and ").or_else(|| part.strip_prefix("und ")).unwrap_or(part).to_owned()),
        }
    }
    people
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
    let is_address = lower.contains('@') || lower.contains("http") || lower.contains("www.") || lower.contains('/');
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let digits = name.chars().filter(char::is_ascii_digit).count();
    !is_address && (1..=NAME_WORDS_MAX).contains(&words) && letters >= 2 && digits == 0 && !NOBODY.contains(&lower.as_str())
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
            ("admin", &[]),
            ("By", &[]),
            ("", &[]),
        ] {
            assert_eq!(people(stated), expected, "{stated}");
        }
    }
}
