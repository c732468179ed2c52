//! The names of news agencies: a name, a bracket or a sentence goes in; the agencies that it names come out, each under its usual name.
//!
//! The table holds facts: agencies, the names that they sign with, and how those are written.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Agencies: the usual name, then other names that reports are signed with.
#[rustfmt::skip]
const AGENCIES: [(&str, &[&str]); 62] = [
    ("AP", &["Associated Press", "The Associated Press", "A.P."]), ("Reuters", &["Thomson Reuters", "рейтер", "рейтерс"]),
    ("AFP", &["Agence France-Presse", "Agence France Presse"]), ("dpa", &["DPA", "dpa-AFX", "Deutsche Presse-Agentur", "Deutschen Presse-Agentur"]),
    ("EFE", &["Agencia EFE", "Efe"]), ("ANSA", &["Ansa"]), ("TASS", &["ТАСС", "ITAR-TASS"]), ("RIA Novosti", &["РИА Новости", "RIA"]),
    ("Interfax", &["Интерфакс", "Інтерфакс"]), ("Interfax-Ukraine", &["Інтерфакс-Україна", "Интерфакс-Украина"]), ("Ukrinform", &["Укрінформ", "Укринформ"]),
    ("UNIAN", &["УНІАН", "УНИАН"]), ("PAP", &["Polska Agencja Prasowa"]), ("APA", &["Austria Presse Agentur"]), ("Keystone-SDA", &["SDA", "sda", "Keystone", "ATS", "Keystone-ATS"]),
    ("Xinhua", &["Xinhua News Agency", "新华社"]), ("Kyodo", &["Kyodo News", "KYODO"]), ("Jiji", &["JIJI", "Jiji Press"]), ("PTI", &["Press Trust of India"]), ("ANI", &["Asian News International"]),
    ("IANS", &["Indo-Asian News Service"]), ("UPI", &["United Press International"]), ("Bloomberg", &["Bloomberg News"]), ("Dow Jones", &["Dow Jones Newswires"]), ("PA", &["PA Media", "Press Association"]),
    ("AAP", &["Australian Associated Press"]), ("The Canadian Press", &["Canadian Press"]), ("epd", &["EPD", "Evangelischer Pressedienst"]), ("KNA", &["Katholische Nachrichten-Agentur"]),
    ("Kathpress", &["kathpress", "KAP"]), ("SID", &["sid", "Sport-Informations-Dienst"]), ("AdnKronos", &["Adnkronos"]), ("AGI", &["Agenzia Italia"]), ("LaPresse", &[]), ("Europa Press", &["EP"]),
    ("Lusa", &["LUSA", "Agência Lusa"]), ("Agência Brasil", &[]), ("Estadão Conteúdo", &[]), ("Belga", &["BELGA"]), ("ANP", &[]), ("NTB", &[]), ("TT", &["TT Nyhetsbyrån"]), ("Ritzau", &[]), ("STT", &[]),
    ("ČTK", &["CTK"]), ("TASR", &[]), ("MTI", &[]), ("Agerpres", &["AGERPRES"]), ("BTA", &["БТА"]), ("HINA", &["Hina"]), ("Tanjug", &["Танјуг"]), ("Anadolu", &["Anadolu Agency", "Anadolu Ajansı", "AA"]),
    ("DHA", &[]), ("Yonhap", &["Yonhap News Agency"]), ("CNA", &[]), ("Bernama", &["BERNAMA"]), ("Antara", &["ANTARA"]), ("MENA", &[]), ("WAM", &[]), ("SANA", &[]), ("IRNA", &[]), ("Telam", &["Télam"]),
];

/// The longest name of the table has fewer bytes.
const NAME_BYTES_MAX: usize = 40;

/// Names of so few bytes mean other things in other cases, and count only as they are written in the table.
const SHORT_BYTES: usize = 4;

/// All names to the usual ones: short ones as written, long ones in lower case.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let of_agency = |(usual, others): &(&'static str, &[&'static str])| {
        let usual = *usual;
        others.iter().copied().chain([usual]).map(move |name| (spelled(name), usual)).collect::<Vec<_>>()
    };
    AGENCIES.iter().flat_map(of_agency).collect()
});

fn spelled(name: &str) -> String {
    if name.len() <= SHORT_BYTES { name.to_owned() } else { name.to_lowercase() }
}

/// Returns an agency's usual name for one of its names; a short one has to be written as it writes itself.
pub fn named(name: &str) -> Option<&'static str> {
    let name = name.trim().trim_end_matches(['.', ':']);
    if name.is_empty() || name.len() > NAME_BYTES_MAX {
        return None;
    }
    NAMES.get(spelled(name).as_str()).copied()
}

/// Words that stand before an agency's name in a bracket or after a label.
const WITH: [&str; 14] = ["mit ", "Mit ", "avec ", "Avec ", "con ", "Con ", "com ", "Com ", "with ", "With ", "from ", "via ", "z ", "за "];

/// Returns the agencies that a list names and nothing else: `dpa/AFP`, `AP, Reuters`, `mit dpa`, `dpa/lno`; `None` if it has other words.
///
/// What is no agency in it has to be the sign of a desk or a writer, in at most four small letters, beside at least one agency.
pub fn list(text: &str) -> Option<Vec<&'static str>> {
    /// Letters of the sign of a desk or a writer.
    const SIGN_LETTERS_MAX: usize = 4;
    let text = WITH.iter().find_map(|with| text.trim().strip_prefix(with)).unwrap_or(text.trim());
    if text.len() > 2 * NAME_BYTES_MAX {
        return None;
    }
    let mut agencies = Vec::new();
    for part in text.split(['/', ',', ';', '+', '|']).flat_map(|part| part.split(" und ")).flat_map(|part| part.split(" and ")) {
        let part = part.trim();
        match named(part) {
            Some(agency) if !agencies.contains(&agency) => agencies.push(agency),
            Some(_) => {}
            None if part.chars().count() <= SIGN_LETTERS_MAX && !part.is_empty() && part.chars().all(char::is_lowercase) => {}
            None => return None,
        }
    }
    (!agencies.is_empty()).then_some(agencies)
}

/// Returns the agencies whose names stand in a sentence, in its order.
pub fn within(text: &str) -> Vec<&'static str> {
    /// Words of the longest name.
    const NAME_WORDS_MAX: usize = 3;
    let words: Vec<&str> = text.split([' ', '/', '(', ')', ',', ';', ':', '"', '“', '”']).filter(|word| !word.is_empty()).collect();
    let mut agencies = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest =
            (1..=NAME_WORDS_MAX.min(words.len() - at)).rev().find_map(|count| Some((named(&words[at..at + count].join(" "))?, count)));
        let (agency, count) = longest.map_or((None, 1), |(agency, count)| (Some(agency), count));
        agencies.extend(agency.filter(|agency| !agencies.contains(agency)));
        at += count;
    }
    agencies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_known_by_their_names() {
        for (name, expected) in [
            ("Reuters", Some("Reuters")),
            ("REUTERS", Some("Reuters")),
            ("dpa", Some("dpa")),
            ("AP", Some("AP")),
            ("ap", None),
            ("the associated press", Some("AP")),
            ("ТАСС", Some("TASS")),
            ("Укрінформ", Some("Ukrinform")),
            ("Harbour Post", None),
            ("", None),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }

    #[test]
    fn lists_name_nothing_else() {
        for (text, expected) in [
            ("dpa/AFP", &["dpa", "AFP"][..]),
            ("dpa/lno", &["dpa"]),
            ("mit dpa", &["dpa"]),
            ("AP, Reuters", &["AP", "Reuters"]),
            ("dpa und Reuters", &["dpa", "Reuters"]),
            ("AP Photo/Ida Holm", &[]),
            ("Ida Holm, AP", &[]),
            ("lno", &[]),
            ("", &[]),
        ] {
            assert_eq!(list(text).unwrap_or_default(), expected, "{text}");
        }
        assert_eq!(within("The Associated Press and Reuters contributed to this report."), ["AP", "Reuters"]);
        assert_eq!(within("The press contributed nothing."), [""; 0]);
    }
}
