//! What lies beside a file and belongs to it, by names alone: its sidecar, and the folder of a saved page's parts.
//!
//! A *sidecar* is a file `FILE.meta.yaml` beside `FILE` in which the keeper of the archive states fields of it. A browser that saves a "complete" page writes `Page.html` and, beside it, a folder with the page's pictures, styles and
//! frames, called after the page with an ending in the browser's language: `Page_files`, `Page-Dateien`. What lies in there is
//! part of the page and no article, though some of it is text and some even HTML.

use std::path::{Path, PathBuf};

/// The endings that the name of a file gets for its sidecar; of two sidecars the first is read.
pub const SIDECAR_ENDINGS: [&str; 2] = [".meta.yaml", ".meta.yml"];

/// The endings of such folders: those that Windows and its browsers connect with a page, by language, and Firefox's and Chrome's,
/// which are among them, with the Ukrainian and Russian ones added.
const FOLDER_ENDINGS: [&str; 24] = [
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_bestanden",
    "_file",
    "_arquivos",
    "_ficheiros",
    "_pliki",
    "_soubory",
    "_tiedostot",
    "-filer",
    "_elemei",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fitxategiak",
    "_файлы",
    "_файли",
];

/// The endings of pages that are saved with such a folder.
const PAGE_ENDINGS: [&str; 7] = ["html", "htm", "xhtml", "shtml", "HTML", "HTM", "mht"];

/// Returns the name of the file that a sidecar belongs to, by the sidecar's own name or path; `None` if it is no sidecar's.
pub fn owner(name: &str) -> Option<&str> {
    let owner = SIDECAR_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    (!owner.is_empty() && !owner.ends_with('/')).then_some(owner)
}

/// Returns where the pages would lie that a folder may hold the parts of; none if its name is not that of such a folder.
pub fn pages(folder: &Path) -> Vec<PathBuf> {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return Vec::new() };
    let stem = FOLDER_ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).filter(|stem| !stem.is_empty());
    let beside = |stem: &str, ending: &str| folder.with_file_name(format!("{stem}.{ending}"));
    stem.map(|stem| PAGE_ENDINGS.iter().map(|ending| beside(stem, ending)).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_sidecars() {
        for (name, expected) in [
            ("a/b.txt.meta.yaml", Some("a/b.txt")),
            ("b.jsonl.meta.yml", Some("b.jsonl")),
            (".meta.yaml", None),
            ("a/.meta.yaml", None),
            ("b.yaml", None),
        ] {
            assert_eq!(owner(name), expected, "{name}");
        }
    }

    #[test]
    fn folders_name_their_pages() {
        for (folder, expected) in [
            ("a/Flood_files", Some("a/Flood.html")),
            ("a/Brand in Ried-Dateien", Some("a/Brand in Ried.html")),
            ("Incendie_fichiers", Some("Incendie.html")),
            ("Fuego.files", Some("Fuego.html")),
            ("Пожежа_файли", Some("Пожежа.html")),
            ("_files", None),
            ("a/files", None),
            ("a/2024", None),
        ] {
            assert_eq!(pages(Path::new(folder)).first().map(PathBuf::as_path), expected.map(Path::new), "{folder}");
        }
    }
}
