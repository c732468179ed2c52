//! The command line as it was typed in, out the same in a form that the parser of arguments cannot mistake.

use std::ffi::OsString;

/// The options of a search that take a value of their own.
const VALUE_OPTIONS: [&str; 21] = [
    "--index",
    "--color",
    "--source",
    "--since",
    "--until",
    "--limit",
    "--like",
    "--passages",
    "--timeout",
    "-n",
    "--sort",
    "--representative",
    "--min-copies",
    "--format",
    "--facets",
    "--by",
    "--open",
    "--hyperlinks",
    "--queries",
    "--saved",
    "--names",
];

/// Returns the command line with the words of a search that are left out by a dash (`-ferry`) kept apart from options.
///
/// Of what begins with one dash only `-n 3`, `-n3`, `-h` and the like are options; anything longer is a word. A blank before it
/// tells the parser so, and means nothing in a query.
pub fn typed(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut is_search = false;
    let mut is_value = false;
    let mark = |argument: OsString| {
        let text = argument.to_str().unwrap_or_default();
        is_search |= text == "search" || text == "timeline";
        let word = text.strip_prefix('-').filter(|word| !word.starts_with('-') && word.chars().count() > 1);
        let is_count = |word: &str| {
            word.strip_prefix('n').is_some_and(|count| count.trim_start_matches('=').bytes().all(|byte| byte.is_ascii_digit()))
        };
        let is_left_out = is_search && !is_value && word.is_some_and(|word| !is_count(word));
        is_value = VALUE_OPTIONS.contains(&text);
        if is_left_out { OsString::from(format!(" {text}")) } else { argument }
    };
    arguments.map(mark).collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::{Arguments, Command};

    #[test]
    fn words_left_out_are_no_options() {
        let check = |line: &str, expected: &[&str]| {
            let arguments = typed(line.split(' ').map(OsString::from));
            assert_eq!(arguments, expected.iter().map(OsString::from).collect::<Vec<_>>(), "{line}");
        };
        check("dateline search strike -ferry -n 3", &["dateline", "search", "strike", " -ferry", "-n", "3"]);
        check("dateline search -nato -n3 -h", &["dateline", "search", " -nato", "-n3", "-h"]);
        check("dateline search --json -strike port", &["dateline", "search", "--json", " -strike", "port"]);
        check("dateline search port --source -x", &["dateline", "search", "port", "--source", "-x"]);
        check("dateline index -ferry", &["dateline", "index", "-ferry"]);
        let parsed = Arguments::try_parse_from(typed(
            ["dateline", "search", "port", "-ferry", "--since", "2024", "-n", "3"].map(OsString::from).into_iter(),
        ))
        .unwrap();
        let Command::Search(options) = parsed.command else { panic!("not a search") };
        assert_eq!((options.query.join(" ").as_str(), options.limit), ("port  -ferry", Some(3)));
    }
}
