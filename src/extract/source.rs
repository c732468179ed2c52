//! What a document states about its outlet in, or its address or folder; a clean name out, or the domain.
//!
//! This file is the door to the public suffix list, which tells `bbc.co.uk` from `co.uk`.

use crate::extract::{banner, outlets};

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
    let address = archived(address);
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

/// Returns the address of a page in the address of its copy in a web archive: `https://web.archive.org/web/20241126/https://…`.
fn archived(address: &str) -> &str {
    let is_archive = ["web.archive.org/", "archive.ph/", "archive.today/"].iter().any(|archive| address.contains(archive));
    match address.rfind("http").filter(|at| is_archive && *at > 0) {
        Some(at) => &address[at..],
        None => address,
    }
}

/// Returns the part of a host that can be registered, after the public suffix list: `bbc.co.uk` for `news.bbc.co.uk`; the host itself where it is none.
pub fn registered(host: &str) -> &str {
    psl::domain_str(host).unwrap_or(host)
}

/// Returns the outlet that a file's folder is named after; `None` for folders that are named after anything else.
///
/// A folder reads as an outlet's name if it is an address, as programs that copy sites name theirs, or has a word that names newspapers:
/// `harbour-post`, not `unsorted`, `2024-11` or `port-strike`. The nearest folder counts first.
pub fn folder(path: &str) -> Option<String> {
    /// Farther folders are the keeper's own order.
    const FOLDERS_MAX: usize = 2;
    let folders = path.rsplit(['/', '\\']).skip(1).take(FOLDERS_MAX);
    folders.filter(|folder| !folder.is_empty()).find_map(|folder| named_by_address(folder).or_else(|| banner::nameplate(&titled(folder))))
}

fn named_by_address(folder: &str) -> Option<String> {
    let is_address = psl::suffix(folder.as_bytes()).is_some_and(|suffix| suffix.is_known()) && folder.contains('.');
    let domain = host(folder).filter(|_| is_address)?;
    let domain = registered(&domain);
    Some(outlets::name(domain).unwrap_or(domain).to_owned())
}

/// Writes a folder's name as a title: `harbour-post` as `Harbour Post`.
fn titled(folder: &str) -> String {
    let words = folder.split(['-', '_', ' ', '.']).filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
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

    #[test]
    fn domains_are_told_from_suffixes() {
        for (host, expected) in [
            ("news.bbc.co.uk", "bbc.co.uk"),
            ("gazette.example", "gazette.example"),
            ("harbour.blogspot.com", "harbour.blogspot.com"),
            ("co.uk", "co.uk"),
        ] {
            assert_eq!(registered(host), expected, "{host}");
        }
        assert_eq!(host("https://web.archive.org/web/20241126032000/https://www.gazette.example/a").as_deref(), Some("gazette.example"));
    }

    #[test]
    fn folders_name_outlets_or_nothing() {
        for (path, expected) in [
            ("harbour-post/a.txt", Some("Harbour Post")),
            ("archive/harbour_post/a.txt", Some("Harbour Post")),
            ("harbour-post/2024/a.txt", Some("Harbour Post")),
            ("www.bbc.co.uk/a.html", Some("BBC")),
            ("unsorted/a.txt", None),
            ("2024-11/a.txt", None),
            ("inbox/html/a.html", None),
            ("port-strike/a.txt", None),
            ("a.txt", None),
            ("", None),
        ] {
            assert_eq!(folder(path).as_deref(), expected, "{path}");
        }
    }
}
