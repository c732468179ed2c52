//! The id of a group that someone noted down leads to its articles, whatever has become of them.

use dateline::engine;
use dateline::search::{GroupId, NamedGroups};

use crate::support::Archive;

const STRIKE: &str = "Dockers in the port voted late on Monday to reject the offer of the employers, the union said, and the strike goes on for a second week. \
    No ship has been unloaded since the first of the month. Growers fear for the harvest that waits in the cold stores behind the gates.";

const FERRY: &str = "A ferry with ninety people on board ran aground off the northern mole in thick fog early on Thursday, and all were taken off by noon. \
    The pilots had warned for years of the bank that grows there after every storm, the harbour master told the council.";

fn article(date: &str, text: &str) -> String {
    format!("---\nsource: Port Post\ndate: {date}\n---\n\n{text}\n")
}

fn groups_of(archive: &Archive, ids: &str) -> NamedGroups {
    let searcher = engine::open(&archive.index()).unwrap();
    searcher.groups_named(GroupId::range_of(ids).unwrap()).unwrap()
}

fn paths(groups: &[Vec<dateline::search::Grouped>]) -> Vec<Vec<&str>> {
    groups.iter().map(|members| members.iter().map(|member| &*member.article.key.file.path).collect()).collect()
}

/// Returns the id of the group that an article is in.
fn id_of(archive: &Archive, path: &str) -> String {
    let grouped = engine::open(&archive.index()).unwrap().groups().unwrap();
    grouped.iter().find(|grouped| *grouped.article.key.file.path == *path).unwrap().group.to_string()
}

/// What is done to the two copies of a report, in an archive with another article.
struct Case {
    what: &'static str,
    change: fn(&Archive),
    present: &'static [&'static [&'static str]],
    successors: &'static [&'static [&'static str]],
}

const CASES: [Case; 7] = [
    Case { what: "nothing", change: |_| {}, present: &[&["early.md", "late.md"]], successors: &[] },
    Case {
        what: "an earlier copy becomes the representative",
        change: |archive| archive.write("first.md", article("2024-10-30", STRIKE)),
        present: &[],
        successors: &[&["first.md", "early.md", "late.md"]],
    },
    Case { what: "the representative goes", change: |archive| remove(archive, "early.md"), present: &[], successors: &[&["late.md"]] },
    Case {
        what: "the representative is renamed",
        change: |archive| rename(archive, "early.md", "moved.md"),
        present: &[],
        successors: &[&["moved.md", "late.md"]],
    },
    Case {
        what: "the representative becomes another report",
        change: |archive| archive.write("early.md", article("2024-11-01", &format!("{FERRY} {FERRY}"))),
        present: &[&["early.md", "ferry.md"]],
        successors: &[&["late.md"]],
    },
    Case {
        what: "the representative becomes a report of its own",
        change: |archive| archive.write("early.md", article("2024-11-01", "The mayor will not stand again.")),
        present: &[&["early.md"]],
        successors: &[&["late.md"]],
    },
    Case {
        what: "an earlier copy becomes the representative, and the former one goes later",
        change: |archive| {
            archive.write("first.md", article("2024-10-30", STRIKE));
            archive.update();
            remove(archive, "early.md");
        },
        present: &[],
        successors: &[&["first.md", "late.md"]],
    },
];

fn remove(archive: &Archive, name: &str) {
    std::fs::remove_file(archive.articles().join(name)).unwrap();
}

fn rename(archive: &Archive, from: &str, to: &str) {
    std::fs::rename(archive.articles().join(from), archive.articles().join(to)).unwrap();
}

#[test]
fn an_id_leads_to_what_became_of_its_group() {
    for Case { what, change, present, successors } in CASES {
        let archive = Archive::new();
        archive.write("early.md", article("2024-11-01", STRIKE));
        archive.write("late.md", article("2024-11-03", STRIKE));
        archive.write("ferry.md", article("2024-11-02", FERRY));
        archive.update();
        let id = id_of(&archive, "late.md");
        change(&archive);
        archive.update();
        let found = groups_of(&archive, &id);
        assert_eq!(paths(&found.present), present, "{what}");
        let mut followed = paths(&found.successors);
        followed.sort_unstable();
        assert_eq!(followed, successors, "{what}");
    }
}

#[test]
fn rebuilding_keeps_the_ids_that_were() {
    let archive = Archive::new();
    archive.write("early.md", article("2024-11-01", STRIKE));
    archive.write("late.md", article("2024-11-03", STRIKE));
    archive.update();
    let id = id_of(&archive, "late.md");
    remove(&archive, "early.md");
    assert_eq!(archive.run(&["index", "--rebuild"]).code, 0);
    assert_eq!(paths(&groups_of(&archive, &id).successors), [["late.md"]]);
}

#[test]
fn first_digits_name_every_group_that_has_them() {
    let archive = Archive::new();
    archive.write("early.md", article("2024-11-01", STRIKE));
    archive.write("late.md", article("2024-11-03", STRIKE));
    archive.write("ferry.md", article("2024-11-02", FERRY));
    archive.update();
    for path in ["late.md", "ferry.md"] {
        let id = id_of(&archive, path);
        assert!(paths(&groups_of(&archive, &id[..6]).present).iter().any(|members| members.contains(&path)), "{path}");
    }
    assert_eq!(groups_of(&archive, "0").present.len() + groups_of(&archive, "1").present.len(), 0);
}
