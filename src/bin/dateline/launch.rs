//! Other programs that the user reads with: which one, and starting it. Never through a shell; nothing of an article is ever a
//! part of a command.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// Programs that take `+LINE` before the name of a file.
const LINE_PROGRAMS: [&str; 20] = [
    "less",
    "more",
    "most",
    "vi",
    "vim",
    "nvim",
    "gvim",
    "view",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "joe",
    "jed",
    "ne",
    "kak",
    "mg",
    "nvi",
    "jove",
];

/// Returns what the first of some variables says that is set and not blank.
pub fn first_set(names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.trim().is_empty())
}

/// Makes a command of a program and its arguments as a variable states them, parted by blanks.
pub fn command(stated: &str) -> Option<Command> {
    let mut words = stated.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

/// Returns the arguments that open a file, at a line where the program knows how.
pub fn at_line(program: &Command, file: &Path, line: Option<u32>) -> Vec<OsString> {
    let name = Path::new(program.get_program()).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let line = line.filter(|_| LINE_PROGRAMS.contains(&name)).map(|line| OsString::from(format!("+{line}")));
    line.into_iter().chain([file.as_os_str().to_owned()]).collect()
}

/// Goes over into another program, which has the terminal for itself; returns only where that fails.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

/// Runs another program to its end.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> std::io::Result<()> {
    command.status().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_to_those_that_know_it() {
        for (stated, line, expected) in [
            ("less -R", Some(7), &["+7", "/a b.txt"][..]),
            ("/usr/bin/vim", Some(7), &["+7", "/a b.txt"]),
            ("less", None, &["/a b.txt"]),
            ("bat", Some(7), &["/a b.txt"]),
        ] {
            assert_eq!(at_line(&command(stated).unwrap(), Path::new("/a b.txt"), line), expected, "{stated}");
        }
        assert!(command("  ").is_none());
        let with_options = command("less -R; rm").unwrap();
        assert_eq!(with_options.get_args().collect::<Vec<_>>(), ["-R;", "rm"]);
    }
}
