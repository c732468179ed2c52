//! Which of the starter articles are the same text, and that an index that is kept up to date groups them as a new one does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::extract::{KnownMiss, file_and_id, settle, table};
use crate::support::{Archive, project, run, seeds_index};

/// How far a share may be from the one in the table, which has three places.
const ROUNDING: f64 = 0.0015;

/// None at present.
const KNOWN_MISSES: &[KnownMiss] = &[];

/// An article as `dateline groups --format tsv` lists it.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    group: String,
    relation: String,
    resemblance: String,
    containment: String,
}

fn listing(index: &Path) -> String {
    let groups = run(index, &["groups", "--format", "tsv"]);
    assert_eq!(groups.code, 0, "{}", groups.err);
    groups.out
}

fn lines(listing: &str) -> BTreeMap<String, Line> {
    let line = |text: &str| {
        let cells: Vec<String> = text.split('\t').map(str::to_owned).collect();
        let [article, group, relation, resemblance, containment] = <[String; 5]>::try_from(cells).unwrap();
        (article, Line { group, relation, resemblance, containment })
    };
    let all: Vec<(String, Line)> = listing.lines().map(line).collect();
    let by_id: BTreeMap<String, Line> = all.iter().cloned().collect();
    assert_eq!(by_id.len(), all.len(), "every article once");
    by_id
}

/// Returns the members of each group of two or more.
fn partition<'a>(groups: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeSet<BTreeSet<&'a str>> {
    let mut members: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (article, group) in groups {
        members.entry(group).or_default().insert(article);
    }
    members.into_values().filter(|members| members.len() > 1).collect()
}

#[test]
fn groups_are_those_of_the_table() {
    let listing = listing(seeds_index());
    let found = lines(&listing);
    let rows = table("headline");
    let all: BTreeSet<&str> = rows.iter().map(|row| file_and_id(&row["article"]).1).collect();
    assert_eq!(found.keys().map(String::as_str).collect::<BTreeSet<_>>(), all);
    let expected = table("resemblance");
    let expected = partition(expected.iter().map(|row| (row["article"].as_str(), row["group"].as_str())));
    assert_eq!(expected.len(), 3);
    assert_eq!(partition(found.iter().map(|(article, line)| (article.as_str(), line.group.as_str()))), expected);
}

#[test]
fn relations_and_shares_are_those_of_the_table() {
    let found = lines(&listing(seeds_index()));
    let is_near = |a: &str, b: &str| (a.parse::<f64>().unwrap() - b.parse::<f64>().unwrap()).abs() <= ROUNDING;
    let mut misses = BTreeMap::new();
    for row in table("resemblance") {
        let line = &found[&row["article"]];
        let fields = [
            ("relation", &line.relation, row["relation"] == line.relation),
            ("resemblance", &line.resemblance, is_near(&row["resemblance"], &line.resemblance)),
            ("containment", &line.containment, is_near(&row["containment"], &line.containment)),
        ];
        for (field, got, _) in fields.into_iter().filter(|(_, _, is_right)| !is_right) {
            misses.insert((row["article"].clone(), field.to_owned()), format!("expected {}, got {got}", row[field]));
        }
    }
    settle(&misses, KNOWN_MISSES);
}

#[test]
fn two_rate_decisions_are_two_stories() {
    let found = lines(&listing(seeds_index()));
    assert_ne!(found["cws-241024-031"].group, found["cws-250206-012"].group);
}

/// The wire service's next version is tied to its story without the copies of other outlets, which hold passages of both.
#[test]
fn version_of_the_next_day_is_an_update_by_itself() {
    let archive = Archive::new();
    for file in ["corvane-export.jsonl", "cws-241115-009.json"] {
        archive.write(file, seed(&format!("wire/{file}")));
    }
    let found = lines(&listing_of_a_new_index(&archive));
    let update = &found["cws-241115-009"];
    assert_eq!((&update.group, update.relation.as_str()), (&found["cws-241114-017"].group, "update"));
}

/// The folders of the seeds that hold copies of each other, and some that do not.
const COPIED_FOLDERS: &[&str] = &["castellan-standard", "exports", "kestrel", "marrowick-star", "orrin-valley-courier", "wire"];

/// The file that is added in the first step.
const LATE: &str = "kestrel/selwick-vote-in-brief.html";

fn copy_of_the_seeds() -> Archive {
    let archive = Archive::new();
    for folder in COPIED_FOLDERS {
        for file in std::fs::read_dir(project().join("seeds").join(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            let name = format!("{folder}/{}", file.file_name().unwrap().to_str().unwrap());
            if name != LATE {
                archive.write(&name, std::fs::read(&file).unwrap());
            }
        }
    }
    archive
}

fn seed(name: &str) -> String {
    std::fs::read_to_string(project().join("seeds").join(name)).unwrap()
}

/// A change to a folder: what it is, how it is made, and the articles whose groups it may touch.
struct Step {
    what: &'static str,
    make: fn(&Archive),
    touched: &'static [&'static str],
}

const WIRE: &[&str] = &[
    "cws-241114-017",
    "pb-0417",
    "kestrel/selwick-vote-in-brief.html",
    "marrowick-star/selwick-stays-shut.txt",
    "orrin-valley-courier/selwick-ballot.md",
    "cws-241115-009",
];

/// The same, and the documents that move up by a line when one is taken out of their file.
const WIRE_EXPORT: &[&str] = &[
    "cws-241114-017",
    "pb-0417",
    "kestrel/selwick-vote-in-brief.html",
    "marrowick-star/selwick-stays-shut.txt",
    "orrin-valley-courier/selwick-ballot.md",
    "cws-241115-009",
    "cws-250120-003",
    "cws-250122-008",
    "cws-250206-012",
    "cws-250324-022",
    "cws-250711-015",
];

const MEDIATOR: &[&str] = &["castellan-standard/mediator-proposal.md", "marrowick-star/mediator-paper.txt", "marrowick-star/paper.txt"];

const STEPS: &[Step] = &[
    Step { what: "add an excerpt", make: |archive| archive.write(LATE, seed(LATE)), touched: WIRE },
    Step {
        what: "change a copy into another text",
        make: |archive| archive.write("orrin-valley-courier/selwick-ballot.md", seed("brackwater-ledger/ferry-grounding.md")),
        touched: WIRE,
    },
    Step {
        what: "change it back",
        make: |archive| archive.write("orrin-valley-courier/selwick-ballot.md", seed("orrin-valley-courier/selwick-ballot.md")),
        touched: WIRE,
    },
    Step { what: "remove a copy", make: |archive| remove(archive, "marrowick-star/selwick-stays-shut.txt"), touched: WIRE },
    Step {
        what: "take the representative out of its file",
        make: |archive| {
            let export = seed("wire/corvane-export.jsonl");
            let without: Vec<&str> = export.lines().filter(|line| !line.contains("\"cws-241114-017\"")).collect();
            assert_eq!(without.len() + 1, export.lines().count());
            archive.write("wire/corvane-export.jsonl", without.join("\n"));
        },
        touched: WIRE_EXPORT,
    },
    Step {
        what: "rename a copy",
        make: |archive| rename(archive, "marrowick-star/mediator-paper.txt", "marrowick-star/paper.txt"),
        touched: MEDIATOR,
    },
    Step {
        what: "remove the file of a representative",
        make: |archive| remove(archive, "castellan-standard/mediator-proposal.md"),
        touched: MEDIATOR,
    },
];

fn remove(archive: &Archive, name: &str) {
    std::fs::remove_file(archive.articles().join(name)).unwrap();
}

fn rename(archive: &Archive, from: &str, to: &str) {
    std::fs::rename(archive.articles().join(from), archive.articles().join(to)).unwrap();
}

/// Lists the groups of a new index of the same folder.
fn listing_of_a_new_index(archive: &Archive) -> String {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let made = run(&index, &["index", archive.articles().to_str().unwrap()]);
    assert_eq!(made.code, 0, "{}", made.err);
    listing(&index)
}

/// Finds the articles whose group got another id though nothing happened to it.
fn renamed_groups(before: &str, after: &str, touched: &[&str]) -> Vec<String> {
    let (before, after) = (lines(before), lines(after));
    let is_untouched = |article: &&String| !touched.contains(&article.as_str());
    before
        .keys()
        .filter(is_untouched)
        .filter(|article| after.get(*article).is_none_or(|line| line.group != before[*article].group))
        .cloned()
        .collect()
}

#[test]
fn an_index_kept_up_to_date_groups_as_a_new_one() {
    let archive = copy_of_the_seeds();
    archive.update();
    let mut before = listing(&archive.index());
    assert_eq!(before, listing_of_a_new_index(&archive), "at first");
    for step in STEPS {
        (step.make)(&archive);
        let updated = archive.run(&["index"]);
        assert_eq!(updated.code, 0, "{}: {}", step.what, updated.err);
        let after = listing(&archive.index());
        assert_ne!(after, before, "{}: something changes", step.what);
        assert_eq!(after, listing_of_a_new_index(&archive), "{}", step.what);
        let renamed = renamed_groups(&before, &after, step.touched);
        assert!(renamed.is_empty(), "{}: {renamed:?}", step.what);
        before = after;
    }
}
