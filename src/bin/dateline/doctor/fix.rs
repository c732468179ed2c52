//! What would repair a finding, with the places as they can be opened from here.

use std::path::Path;

use dateline::doctor::{Finding, Remedy};
use dateline::search::Folder;
use dateline::walk;

use crate::printers::openable_path;

/// What would repair a finding.
pub struct Fix {
    /// What sort of repair it is, in a word or two.
    pub how: &'static str,
    /// The file that the lines go into.
    pub file: Option<String>,
    /// Lines to write, a command, or what to do in words.
    pub lines: Vec<String>,
}

impl Fix {
    /// Returns it as it is said of several files at once.
    pub fn generic(&self) -> (&'static str, Vec<String>) {
        let lines = if self.how == "look" { vec!["dateline show --furniture ID".to_owned()] } else { self.lines.clone() };
        (self.how, lines)
    }
}

/// Makes a remedy ready to be told.
pub fn of(finding: &Finding, folders: &[Folder]) -> Fix {
    let path = || openable_path(folders, &finding.file);
    let line = |how, line| Fix { how, file: None, lines: vec![line] };
    match &finding.remedy {
        Remedy::FrontMatter(lines) => Fix { how: "front matter", file: Some(walk::written(&path())), lines: lines.clone() },
        Remedy::Sidecar(lines) => Fix { how: "sidecar", file: Some(sidecar(&path())), lines: lines.clone() },
        Remedy::Map(column) => line("option", format!("dateline index --map {column} {}", typed(&folder(finding, folders)))),
        Remedy::Look => {
            // A file may hold thousands: only the one is looked at.
            let id = finding.id.clone().unwrap_or_else(|| walk::written(&path()));
            // What begins with a dash would be taken for an option.
            let mark = if id.starts_with('-') { "-- " } else { "" };
            line("look", format!("dateline show --furniture {mark}{}", typed(&id)))
        }
        Remedy::Advice(words) => line("advice", words.clone()),
    }
}

/// Returns the folder of the index that a file lies in.
fn folder(finding: &Finding, folders: &[Folder]) -> String {
    folders.iter().find(|folder| folder.number == finding.file.folder).map_or("FOLDER", |folder| folder.location.as_str()).to_owned()
}

/// Returns the sidecar that a file has, or would have.
fn sidecar(path: &Path) -> String {
    walk::sidecar_of(path).map_or_else(|| format!("{}.meta.yaml", walk::written(path)), |sidecar| walk::written(&sidecar))
}

/// Quotes a path for a shell where it needs that.
fn typed(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ',' | '+' | '@' | ':'));
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_where_a_shell_wants_it() {
        assert_eq!(typed("a/b-1.txt"), "a/b-1.txt");
        assert_eq!(typed("a/It's $1.txt"), r"'a/It'\''s $1.txt'");
    }
}
