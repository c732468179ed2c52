//! The program on a terminal: the pager, opening a hit.

#![cfg(unix)]

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::support::{Archive, command, run, seeds_index};

/// Runs the program on a terminal of so many lines, and returns its exit code and what the terminal got.
fn on_terminal(rows: u16, arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String) {
    with_terminal(rows, command(seeds_index(), arguments), variables)
}

/// Runs a command on a terminal of so many lines, and returns its exit code and what the terminal got.
pub fn with_terminal(rows: u16, command: Command, variables: &[(&str, &str)]) -> (i32, String) {
    let (mut child, mut terminal) = started(rows, command, variables);
    let mut got = Vec::new();
    // Its other end closed is an error on Linux and an end elsewhere.
    let _ = terminal.read_to_end(&mut got);
    (child.wait().unwrap().code().unwrap(), String::from_utf8(got).unwrap().replace("\r\n", "\n"))
}

/// Starts a command on a terminal of so many lines, and returns it with what the terminal gets.
fn started(rows: u16, mut command: Command, variables: &[(&str, &str)]) -> (Child, File) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let terminal = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    tcsetwinsize(&terminal, Winsize { ws_row: rows, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    for name in ["DATELINE_PAGER", "PAGER", "VISUAL", "EDITOR", "LESS"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).stdin(terminal.try_clone().unwrap());
    command.stdout(terminal.try_clone().unwrap()).stderr(terminal);
    (command.spawn().unwrap(), File::from(master))
}

/// Writes a program that says how it was called and how many lines it was given.
fn reader(archive: &Archive, name: &str) -> PathBuf {
    archive.write(name, "#!/bin/sh\nprintf '[%s]' \"$@\"\necho \" LESS=$LESS\"\n[ -t 0 ] || echo \"lines $(wc -l | tr -d ' ')\"\n");
    let path = archive.articles().join(name);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn what_is_longer_than_the_terminal_goes_to_the_pager() {
    let archive = Archive::new();
    let pager = format!("{} --plain", reader(&archive, "pager").display());
    let search = ["search", "port", "strike", "-n", "2"];
    let (code, got) = on_terminal(10, &search, &[("PAGER", &pager)]);
    assert_eq!(code, 0);
    assert!(got.starts_with("[--plain] LESS=FRX\nlines "), "{got}");
    let (_, preferred) = on_terminal(10, &search, &[("PAGER", "/nowhere"), ("DATELINE_PAGER", &pager), ("LESS", "S")]);
    assert!(preferred.starts_with("[--plain] LESS=S\n"), "{preferred}");
    let long = ["search", "port", "strike", "-n", "2", "--no-pager"];
    for (rows, arguments, pager) in [(200, &search[..], pager.as_str()), (10, &long, &pager), (10, &search, "cat"), (10, &search, "")] {
        let (_, got) = on_terminal(rows, arguments, &[("PAGER", pager)]);
        assert!(got.contains("the first 2 shown") && !got.contains("LESS="), "{rows} {arguments:?} {pager}: {got}");
    }
    let (code, got) = on_terminal(10, &search, &[("PAGER", "/nowhere/pager")]);
    assert!(code == 0 && got.contains("warning: the pager /nowhere/pager cannot be started") && got.contains("the first 2 shown"), "{got}");
}

#[test]
fn every_command_that_prints_for_reading_is_paged() {
    let archive = Archive::new();
    let pager = reader(&archive, "pager").display().to_string();
    let fund = "seeds/harbour-post/strike-fund.html";
    for command in [
        &["show", fund][..],
        &["groups"],
        &["diff", fund, "seeds/harbour-post/correction-strike-fund.txt"],
        &["timeline", "port", "--by", "day"],
        &["doctor"],
    ] {
        let (code, got) = on_terminal(4, command, &[("PAGER", &pager)]);
        assert!(code == 0 && got.starts_with("[] LESS=FRX\nlines "), "{command:?}: {got}");
        let (_, got) = on_terminal(4, &[command, &["--no-pager"]].concat(), &[("PAGER", &pager)]);
        assert!(!got.contains("LESS="), "{command:?}: {got}");
    }
}

#[test]
fn a_hit_is_opened_at_its_line() {
    let archive = Archive::new();
    let less = reader(&archive, "less").display().to_string();
    let plain = reader(&archive, "plain").display().to_string();
    let search = ["search", "--source", "marrowick", "wage", "offer", "--open", "1"];
    let (code, got) = on_terminal(50, &search, &[("EDITOR", &format!("{less} -N"))]);
    assert!(code == 0 && got.starts_with("[-N][+") && got.contains("/seeds/marrowick-star/"), "{got}");
    let (_, got) = on_terminal(50, &search, &[("PAGER", &plain), ("EDITOR", &less)]);
    assert!(got.starts_with("[/") && got.contains("/seeds/marrowick-star/"), "a program that knows no lines gets none: {got}");
    let (code, got) = on_terminal(50, &search, &[]);
    assert!(code == 2 && got.contains("no program is stated to open a file with"), "{got}");
    let elsewhere = run(seeds_index(), &search);
    assert!(
        elsewhere.code == 2 && elsewhere.err.contains("--open needs a terminal") && elsewhere.err.contains("dateline show"),
        "{}",
        elsewhere.err
    );
    let (code, got) = on_terminal(50, &["search", "zeppelin", "--open", "1"], &[("PAGER", &less)]);
    assert!(code == 2 && got.contains("there is no hit 1"), "{got}");
}

#[test]
fn a_signal_leaves_no_bar_and_a_cursor() {
    let archive = Archive::new();
    let text = "Crates of pears were weighed at the gate of the orchard. ".repeat(9);
    let line = |number: usize| format!("{{\"headline\":\"Pears {number}\",\"text\":\"{text} {number}\"}}\n");
    archive.write("pears.jsonl", (0..20_000).map(line).collect::<String>());
    let (mut child, mut terminal) = started(50, command(&archive.index(), &["index", archive.articles().to_str().unwrap()]), &[]);
    let (mut got, mut piece) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&got).contains("reading ") {
        let len = terminal.read(&mut piece).unwrap();
        got.extend_from_slice(&piece[..len]);
    }
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    let _ = terminal.read_to_end(&mut got);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let got = String::from_utf8(got).unwrap();
    // What stands on the screen is what comes behind the last line that was cleared.
    let (_, left) = got.rsplit_once("\r\u{1b}[2K").unwrap();
    assert_eq!(left, "stopped: nothing was written, the index is as it was\r\n");
    assert!(got.rfind("\u{1b}[?25l") <= got.rfind("\u{1b}[?25h"), "the cursor stays hidden");
}
