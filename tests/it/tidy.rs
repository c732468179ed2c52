//! The laws of the house: floors, doors, sizes, circles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::project;

/// The floor of each room of the library, from the ground up: a room imports from floors below its own only.
const FLOORS: [(&str, u32); 22] = [
    ("error", 1),
    ("moment", 1),
    ("document", 1),
    ("text", 1),
    ("sentence", 1),
    ("mojibake", 1),
    ("article", 2),
    ("walk", 2),
    ("query", 2),
    ("formats", 2),
    ("passage", 3),
    ("extract", 3),
    ("dedup", 3),
    ("difference", 3),
    ("recurring", 3),
    ("reuse", 3),
    ("search", 4),
    ("engine", 5),
    ("doctor", 5),
    ("ingest", 6),
    ("lib", 7),
    ("bin", 8),
];

/// Which room may use a library that has one door.
const DOORS: [(&str, &str); 32] = [
    ("sha2", "src/bin/dateline/printers/cite.rs"),
    ("similar", "src/difference/"),
    ("notify", "src/bin/dateline/watch/"),
    ("signal_hook", "src/bin/dateline/signals.rs"),
    ("psl", "src/extract/source.rs"),
    ("rustix", "src/bin/dateline/"),
    ("tantivy", "src/engine/tantivy/"),
    ("frostem", "src/engine/tantivy/"),
    ("foldhash", "src/engine/tantivy/"),
    ("walkdir", "src/walk.rs"),
    ("unicode_segmentation", "src/text.rs"),
    ("unicode_normalization", "src/text.rs"),
    ("jiff", "src/moment.rs"),
    ("clap", "src/bin/dateline/"),
    ("console", "src/bin/dateline/screen.rs"),
    ("textwrap", "src/bin/dateline/screen.rs"),
    ("indicatif", "src/bin/dateline/progress.rs"),
    ("whatlang", "src/extract/language.rs"),
    ("html5ever", "src/formats/html/dom.rs"),
    ("aho_corasick", "src/formats/html/"),
    ("chardetng", "src/formats/reader.rs"),
    ("pulldown_cmark", "src/formats/markdown.rs"),
    ("csv_core", "src/formats/csv_rows.rs"),
    ("toml", "src/formats/front_matter_toml.rs"),
    ("saphyr_parser", "src/formats/front_matter.rs"),
    ("zip", "src/formats/"),
    ("quick_xml", "src/formats/"),
    ("hayro_interpret", "src/formats/pdf/glyphs.rs"),
    ("flate2", "src/formats/inflate.rs"),
    ("ruzstd", "src/formats/inflate.rs"),
    ("brotli_decompressor", "src/formats/inflate.rs"),
    ("mail_parser", "src/formats/mail/"),
];

/// The most lines of a file.
const FILE_LINES_MAX: usize = 500;

/// The most lines of a function.
const FUNCTION_LINES_MAX: usize = 70;

struct File {
    path: String,
    text: String,
}

fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![project().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let relative = path.strip_prefix(project()).unwrap().to_string_lossy().replace('\\', "/");
                found.push(File { path: relative, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Returns the code of a file without its tests and comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..end].lines().enumerate().map(|(number, line)| (number + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn room(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap();
    let end = inside.find(['/', '.']).unwrap();
    &inside[..end]
}

fn floor(room: &str) -> u32 {
    FLOORS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("the room {room} has no floor: add it to FLOORS")).1
}

/// Returns the modules of our own that a file names.
fn imports(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for (_, line) in code(text) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + 7..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            if !rest[..end].is_empty() {
                found.insert(&rest[..end]);
            } else if rest.starts_with('{') {
                let inside = rest.trim_start_matches('{').split('}').next().unwrap();
                found.extend(inside.split(',').map(|name| name.trim().split("::").next().unwrap()).filter(|name| !name.is_empty()));
            }
        }
    }
    found
}

#[test]
fn imports_run_down() {
    let mut wrong = Vec::new();
    for file in files("src").iter().filter(|file| !file.path.starts_with("src/bin/") && file.path != "src/lib.rs") {
        let own = room(&file.path);
        for name in imports(&file.text).into_iter().filter(|name| *name != own && FLOORS.iter().any(|(room, _)| room == name)) {
            let is_type_of_floor =
                floor(name) < floor(own) || (floor(name) == floor(own) && floor(own) <= 2 && !matches!(own, "formats" | "query" | "walk"));
            if !is_type_of_floor {
                wrong.push(format!("{}: imports {name}, which is not below it", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn children_do_not_import_their_face() {
    let mut wrong = Vec::new();
    for file in files("src").iter().filter(|file| !file.path.ends_with("/mod.rs") && !file.path.ends_with("tests.rs")) {
        for (number, line) in code(&file.text) {
            let line = line.trim();
            if line == "use super::*;" && !file.path.ends_with("tests.rs") {
                wrong.push(format!("{}:{number}: takes everything from its face", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_come_in_by_one_door() {
    let mut wrong = Vec::new();
    for file in files("src") {
        for (name, door) in DOORS {
            let uses = |line: &str| {
                line.contains(&format!("use {name}::"))
                    || line.contains(&format!("use {name};"))
                    || line.contains(&format!(" {name}::"))
                    || line.contains(&format!("({name}::"))
            };
            for (number, _) in code(&file.text).filter(|(_, line)| uses(line)) {
                if !file.path.starts_with(door) {
                    wrong.push(format!("{}:{number}: uses {name}, whose door is {door}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_neither_prints_nor_reads_the_environment() {
    let mut wrong = Vec::new();
    for file in files("src").iter().filter(|file| !file.path.starts_with("src/bin/") && !file.path.ends_with("tests.rs")) {
        for (number, line) in code(&file.text) {
            for word in [
                "println!",
                "eprintln!",
                "print!(",
                "dbg!",
                "std::env",
                "env::var",
                "std::process",
                ".unwrap()",
                "todo!",
                "unimplemented!",
                "panic!(",
            ] {
                // One place starts a process: PDFs are read in it, and the front end names the program. Another says its number.
                let may_know = ["src/ingest/isolated.rs", "src/engine/tantivy/storage/holder.rs"].contains(&file.path.as_str());
                if line.contains(word) && !(word == "std::process" && may_know) {
                    wrong.push(format!("{}:{number}: {word}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_and_functions_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for file in files("src").into_iter().chain(files("tests")).chain(files("benches")) {
        let lines = file.text.lines().count();
        if lines > FILE_LINES_MAX {
            wrong.push(format!("{}: {lines} lines, the limit is {FILE_LINES_MAX}", file.path));
        }
        if !file.text.starts_with("//!") {
            wrong.push(format!("{}: does not begin by saying what goes in and what comes out", file.path));
        }
        for (name, lines) in functions(&file.text) {
            if lines > FUNCTION_LINES_MAX {
                wrong.push(format!("{}: {name} has {lines} lines, the limit is {FUNCTION_LINES_MAX}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns the functions of a formatted file with their lengths: from the line with `fn` to the brace in the same column.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let start = line.trim_start();
        let is_function =
            ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "].iter().any(|word| start.starts_with(word));
        if !is_function || line.ends_with('}') || line.ends_with(';') {
            continue;
        }
        let close = format!("{}}}", " ".repeat(line.len() - start.len()));
        if let Some(len) = lines[number..].iter().position(|line| **line == close) {
            found.push((start, len + 1));
        }
    }
    found
}

#[test]
fn no_circle_of_files() {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = files("src");
    let paths: BTreeSet<&str> = all.iter().map(|file| file.path.as_str()).collect();
    for file in all.iter().filter(|file| !file.path.ends_with("/mod.rs") && !file.path.ends_with("tests.rs") && file.path != "src/lib.rs") {
        let folder = Path::new(&file.path).parent().unwrap().to_string_lossy().into_owned();
        let targets = graph.entry(file.path.clone()).or_default();
        for (_, line) in code(&file.text) {
            for (at, _) in line.match_indices("super::") {
                let rest = &line[at + 7..];
                let names: Vec<&str> = if let Some(inside) = rest.strip_prefix('{') { inside.split(',').collect() } else { vec![rest] };
                for name in names {
                    let name = name.trim().split([':', ';', '}', ' ', '(', ',']).next().unwrap();
                    let target = format!("{folder}/{name}.rs");
                    if paths.contains(target.as_str()) && target != file.path {
                        targets.insert(target);
                    }
                }
            }
        }
    }
    for start in graph.keys() {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&String> = graph[start].iter().collect();
        while let Some(file) = next.pop() {
            assert_ne!(file, start, "{start} imports itself by way of others: {seen:?}");
            if seen.insert(file) {
                next.extend(graph.get(file).into_iter().flatten());
            }
        }
    }
}

/// The rooms of the engine from the ground up; the files beside them stand on the first two.
const ENGINE_ROOMS: [&str; 7] = ["words", "storage", "", "matching", "ranking", "answers", "contents"];

#[test]
fn rooms_of_the_engine_import_down() {
    let height = |room: &str| ENGINE_ROOMS.iter().position(|name| *name == room);
    let mut wrong = Vec::new();
    for file in files("src/engine/tantivy").iter().filter(|file| !file.path.ends_with("mod.rs")) {
        let inside = file.path.strip_prefix("src/engine/tantivy/").unwrap();
        let own = inside.split_once('/').map_or("", |(room, _)| room);
        let above = if own.is_empty() { "super::" } else { "super::super::" };
        for (number, line) in code(&file.text) {
            for (at, _) in line.match_indices(above) {
                let name = line[at + above.len()..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let room = if height(name).is_some() { name } else { "" };
                if height(room) > height(own) || (room == own && !own.is_empty()) {
                    wrong.push(format!("{}:{number}: imports {name}", file.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_laws_can_be_broken() {
    assert_eq!(imports("use crate::engine;\nuse crate::{text, dedup::group};"), BTreeSet::from(["engine", "text", "dedup"]));
    assert_eq!(functions("fn long() {\n    a();\n}\n"), [("fn long() {", 3)]);
    assert_eq!(code("a\n// b\n#[cfg(test)]\nmod tests {\nc").count(), 1);
}
