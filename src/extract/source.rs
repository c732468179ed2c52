//! What a document states about its outlet in; a clean name out, or as the last resort the bare domain of its address.

/// Labels at the front of a host that name an edition or a device, not the outlet.
const EDITIONS: [&str; 10] = ["www", "www2", "www3", "m", "mobile", "amp", "english", "en", "edition", "beta"];

/// A longer text describes an outlet and does not name it.
const NAME_CHARS_MAX: usize = 80;

/// Returns an outlet's name as stated, without the marks around it; an address becomes its bare domain. `None` if it names nothing.
pub fn name(stated: &str) -> Option<String> {
    let stated = stated.trim();
    if stated.contains("://") || stated.starts_with("www.") {
        return host(stated);
    }
    let name = stated.trim_start_matches(['@', '©']).trim();
    let name = name.strip_prefix("Copyright").unwrap_or(name).trim();
    let name = ["RSS Feed", "RSS", "Homepage", "Home Page"]
        .iter()
        .fold(name, |name, ending| name.strip_suffix(ending).map_or(name, |rest| rest.trim_end_matches([' ', '-', '|', '–', ':'])));
    let has_letter = name.chars().any(char::is_alphabetic);
    (has_letter && name.chars().count() <= NAME_CHARS_MAX).then(|| name.to_owned())
}

/// Returns the bare domain of an address: its host without user, port and the labels of an edition; `None` if it has none.
pub fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let mut host = authority.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    while let Some((first, others)) = host.split_once('.') {
        if !others.contains('.') || !EDITIONS.contains(&first) {
            break;
        }
        host = others.to_owned();
    }
    let is_host = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    (is_host && host.chars().any(char::is_alphabetic)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cleaned() {
        for (stated, expected) in [
            ("Harbour Gazette", Some("Harbour Gazette")),
            ("harbourgazette", Some("harbourgazette")),
            ("@HarbourGazette", Some("HarbourGazette")),
            ("Harbour Gazette - RSS Feed", Some("Harbour Gazette")),
            ("https://www.gazette.example/", Some("gazette.example")),
            ("2024", None),
            ("", None),
        ] {
            assert_eq!(name(stated).as_deref(), expected, "{stated}");
        }
    }

    #[test]
    fn addresses_give_domains() {
        for (address, expected) in [
            ("https://www.gazette.example/2024/11/26/ferry", Some("gazette.example")),
            ("http://user@m.english.gazette.example:8080?q", Some("gazette.example")),
            ("gazette.example", Some("gazette.example")),
            ("https://en.example/x", Some("en.example")),
            ("https://10.0.0.1/x", None),
            ("file:///tmp/a.html", None),
            ("localhost", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }
}
