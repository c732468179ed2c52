//! `dateline verify`: an index that is whole passes, and whatever is wrong in one is told with its place and the way out.

use std::path::Path;

use dateline::engine;
use dateline::formats::ReadOptions;
use dateline::ingest::{self, Verification, VerifyRequest};
use dateline::recurring::EdgeLines;
use dateline::search::{FaultKind, GroupId, IndexEntry, Mend};

use crate::support::{Archive, Run, command, finished, run, run_json, seeds_index};

const STORY: &str = "The ferry lay in the harbour for nine days, since its papers named another owner. The harbour master wrote eleven letters \
    and had no answer to the last of them. On the tenth day the crew went ashore and asked the town for bread, which it gave.";

const APPEAL: &str = "Nine thousand readers pay for the Tollgate Mirror, and each of them keeps one reporter on the road for an hour.";

/// Texts that have nothing in common but the appeal that their outlet puts below them.
const PAGES: [&str; 4] = [
    "The keeper of the Marren light has counted 412 ships since spring, twice as many as before the channel was dredged.",
    "After sixty years the ovens of the bakery on Corn Street go cold on Saturday; flour alone has doubled in price, the family says.",
    "Two anglers photographed a family of otters below Saltram weir, the first on the lower river since 1978, as far as anyone knows.",
    "Trams on the quay line will run until two in the morning from Friday; the transport board decided it by seven votes to four.",
];

fn article(outlet: &str, day: u32, text: &str) -> String {
    format!("---\ntitle: What the {outlet} saw\nsource: {outlet}\ndate: 2024-11-{day:02}\n---\n\n{text}\n")
}

/// An archive with copies, pages with a recurring line, several languages, several documents in a file, and segments with deletions.
fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("first.md", article("Selwick Courier", 2, STORY));
    archive.write(
        "second.md",
        article("Osterby Post", 3, &format!("{STORY}\n\nNobody in the town had seen the owner, nor did anyone expect to.")),
    );
    archive.write("third.md", article("Marnhull Echo", 4, STORY));
    archive.write(
        "zurich.md",
        article("Seeblatt", 5, "In Zürich wurden gestern die Schiffe gezählt; der Hafenmeister zählte fünf, und über den Rest schwieg er."),
    );
    let line = |number: u32| {
        format!(
            "{{\"id\":\"r{number}\",\"title\":\"Rule {number}\",\"text\":\"The board passed rule number {number} about the width of gates.\"}}\n"
        )
    };
    archive.write("rules.jsonl", (1..=3).map(line).collect::<String>());
    for (number, page) in PAGES.iter().enumerate() {
        archive.write(
            &format!("tollgate/{number}.txt"),
            format!("Report {number}\n1{number} November 2024\n{page}\nIt was told to the council, which put off its answer.\n{APPEAL}\n"),
        );
    }
    archive.update();
    archive.write(
        "late.md",
        article("Fenholt Mail", 9, "A late report about a signal box that has burned for the second time, and about those who keep it."),
    );
    std::fs::remove_file(archive.articles().join("third.md")).unwrap();
    archive.update();
    archive
}

fn verify(archive: &Archive) -> Verification {
    ingest::verify(&VerifyRequest { index: &archive.index(), against_files: None }, &|_| {}).unwrap()
}

fn against_files(archive: &Archive) -> Verification {
    ingest::verify(&VerifyRequest { index: &archive.index(), against_files: Some(ReadOptions::default()) }, &|_| {}).unwrap()
}

/// Says what was found, a line a fault.
fn told(verification: &Verification) -> String {
    verification.faults.listed().iter().map(|fault| format!("{:?} {:?}: {}\n", fault.kind, fault.place, fault.cause)).collect()
}

/// Writes the article of a path again, changed, beside the one that is there or in its place.
fn write_again(index: &Path, path: &str, stays: bool, change: impl Fn(&mut IndexEntry)) {
    let catalog = engine::open_catalog(index).unwrap();
    let (path, ordinal) = path.split_once('#').map_or((path, 1), |(path, ordinal)| (path, ordinal.parse().unwrap()));
    let number = catalog.articles().iter().position(|article| &*article.key.file.path == path && article.key.ordinal == ordinal).unwrap();
    let mut entry = catalog.entry(number).unwrap();
    change(&mut entry);
    let mut writer = engine::open_writer(index, 0).unwrap();
    if !stays {
        writer.remove(&catalog.articles()[number].key);
    }
    writer.add(&entry).unwrap();
    writer.commit(catalog.folders()).unwrap();
}

/// Changes an article in the index of an archive, and looks for the fault that this must give.
fn check(path: &str, change: impl Fn(&mut IndexEntry), kind: FaultKind, cause: &str) {
    let archive = archive();
    write_again(&archive.index(), path, false, change);
    let found = verify(&archive);
    let is_it = found.faults.listed().iter().any(|fault| fault.kind == kind && fault.cause.contains(cause) && fault.mend == Mend::Rebuild);
    assert!(is_it, "{kind:?} {cause:?} of {path} is not among:\n{}", told(&found));
}

#[test]
fn a_whole_index_passes() {
    let archive = archive();
    let found = against_files(&archive);
    assert!(found.is_whole(), "{}", told(&found));
    let contents = found.contents.unwrap();
    assert!(contents.articles == 11 && contents.groups == 10 && contents.passages >= 11, "{contents:?}");
    let folders = found.against_files.unwrap();
    assert_eq!((folders.files, folders.articles), (9, 11));
    let Run { code, out, err } = run(seeds_index(), &["verify", "--against-files"]);
    assert!(code == 0 && out.lines().last().unwrap().starts_with("the index is whole, and it is what its folders give"), "{out}{err}");
}

#[test]
fn an_article_that_was_rewritten_as_it_is_passes() {
    let archive = archive();
    for path in ["first.md", "zurich.md", "tollgate/1.txt", "rules.jsonl#2"] {
        write_again(&archive.index(), path, false, |_| {});
    }
    let found = verify(&archive);
    assert!(found.is_whole(), "{}", told(&found));
}

#[test]
fn columns_that_are_not_the_text_s_are_told() {
    check("late.md", |entry| entry.fingerprint.digest ^= 1, FaultKind::Column, "column digest");
    check("late.md", |entry| entry.fingerprint.words += 1, FaultKind::Column, "column words");
    check("late.md", |entry| entry.fingerprint.samples.push(u32::MAX), FaultKind::Column, "column samples");
    check("late.md", |entry| entry.content_hash ^= 1, FaultKind::Column, "hash of what was read");
    check("late.md", |entry| entry.article.own_id = Some("other".to_owned()), FaultKind::Column, "hash of what was read");
    check("tollgate/2.txt", |entry| entry.edges = EdgeLines::default(), FaultKind::Column, "lines at its ends");
}

#[test]
fn passages_and_places_that_cannot_be_are_told() {
    check("late.md", |entry| entry.passages.last_mut().unwrap().end += 1000, FaultKind::Passages, "and the text has");
    let inside = |entry: &mut IndexEntry| entry.passages[0].start = entry.article.body.text.find('ü').unwrap() + 1;
    check("zurich.md", inside, FaultKind::Passages, "inside of a character");
    check("late.md", |entry| entry.passages[0].last_paragraph += 9, FaultKind::Passages, "not in the paragraphs");
    check("late.md", |entry| entry.passages.clear(), FaultKind::Passages, "not those into which its text is cut");
    let unplaced = |entry: &mut IndexEntry| entry.article.body.paragraphs.truncate(1);
    check("second.md", unplaced, FaultKind::Places, "have a place in the file");
}

#[test]
fn keys_ids_and_states_are_told() {
    check("late.md", |entry| entry.article.path = "other.md".to_owned(), FaultKind::Words, "posting lists of id");
    check("late.md", |entry| entry.file_state = None, FaultKind::FileState, "is missing");
    let stated = |entry: &mut IndexEntry| {
        entry.file_state = Some(dateline::search::FileState { len_bytes: 1, modified_ns: 1, content_hash: 1 });
    };
    check("rules.jsonl#2", stated, FaultKind::FileState, "whose first article is 1");
    let archive = archive();
    write_again(&archive.index(), "late.md", true, |_| {});
    let found = verify(&archive);
    assert!(told(&found).contains("it is in the index more than once"), "{}", told(&found));
}

#[test]
fn groups_that_break_their_rule_are_told() {
    let member = "second.md";
    check(member, |entry| entry.grouping.membership.as_mut().unwrap().tie = None, FaultKind::Group, "has 2 representatives");
    check(member, |entry| entry.grouping.membership.as_mut().unwrap().group = GroupId(7), FaultKind::Group, "has no representative");
    check(member, |entry| entry.grouping.membership = None, FaultKind::Group, "has no other article");
    check(member, |entry| entry.grouping.centres = vec![12345], FaultKind::Group, "are not in the index");
    let other_tie = |entry: &mut IndexEntry| {
        let tie = entry.grouping.membership.as_mut().unwrap().tie.as_mut().unwrap();
        tie.resemblance = dedup_share(tie.resemblance.share());
    };
    check(member, other_tie, FaultKind::Tie, "the two texts give");
    let archive = archive();
    // An article of another text comes into the group.
    let group = engine::open_catalog(&archive.index()).unwrap().articles().iter().find_map(|article| article.grouping.membership).unwrap();
    let tie = dateline::dedup::Tie { relation: dateline::dedup::Relation::Near, ..dateline::dedup::Tie::EXACT };
    write_again(&archive.index(), "zurich.md", false, |entry| {
        entry.grouping.membership = Some(dateline::search::Membership { group: group.group, tie: Some(tie) });
    });
    let found = verify(&archive);
    assert!(told(&found).contains("and grouping afresh puts it into"), "{}", told(&found));
}

fn dedup_share(share: f32) -> dateline::dedup::Resemblance {
    dateline::dedup::Resemblance::new(share / 2.0)
}

#[test]
fn a_representative_that_is_not_the_first_is_told() {
    let archive = archive();
    let exact = dateline::dedup::Tie::EXACT;
    let second = engine::open_catalog(&archive.index())
        .unwrap()
        .articles()
        .iter()
        .find(|article| &*article.key.file.path == "second.md")
        .unwrap()
        .key
        .clone();
    let turned = |tie| dateline::search::Membership { group: GroupId::of(&second), tie };
    write_again(&archive.index(), "first.md", false, |entry| entry.grouping.membership = Some(turned(Some(exact))));
    write_again(&archive.index(), "second.md", false, |entry| entry.grouping.membership = Some(turned(None)));
    let found = verify(&archive);
    assert!(told(&found).contains("0/first.md#1 comes before it"), "{}", told(&found));
}

#[test]
fn recurring_lines_and_names_that_pages_do_not_give_are_told() {
    let put_back = |entry: &mut IndexEntry| {
        assert!(!entry.trimmed.is_empty());
        entry.article.body = entry.article.body.untrimmed(&entry.trimmed);
        entry.trimmed = Default::default();
        entry.passages = dateline::passage::split(&entry.article.body);
    };
    check("tollgate/1.txt", put_back, FaultKind::Recurring, "2 below");
    check("tollgate/1.txt", |entry| entry.name = Some("Other Gazette".to_owned()), FaultKind::Recurring, "name of its outlet");
}

#[test]
fn damage_is_named_and_contents_are_left_alone() {
    let archive = archive();
    let store = std::fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "store")).unwrap();
    let mut bytes = std::fs::read(&store).unwrap();
    bytes[10] ^= 4;
    std::fs::write(&store, bytes).unwrap();
    let Run { code, out, err } = archive.run(&["verify"]);
    let name = store.file_name().unwrap().to_str().unwrap();
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        out.contains(&format!("damaged-file: {name}: its bytes are not those that were written; try: dateline index --rebuild")),
        "{out}"
    );
    assert!(
        out.contains("contents  not looked at") && out.lines().last().unwrap().starts_with("the index is not whole: 1 damaged-file"),
        "{out}"
    );
    let report = run_json(&archive.index(), &["verify", "--json"]);
    assert_eq!(
        (report["whole"].as_bool(), report["contents"].is_null(), report["faults"][0]["index_file"].as_str()),
        (Some(false), true, Some(name))
    );
    let quiet = archive.run(&["verify", "--quiet"]);
    assert_eq!((quiet.code, quiet.out.as_str(), quiet.err.as_str()), (1, "", ""));
    assert_eq!(archive.run(&["index", "--rebuild"]).code, 0);
    assert_eq!(archive.run(&["verify", "--quiet", "--against-files"]).code, 0);
    let none = run(&archive.articles().join("none"), &["verify"]);
    assert!(none.code == 2 && none.err.contains("there is none yet"), "{}", none.err);
}

#[test]
fn folders_that_are_not_as_they_were_are_told() {
    let archive = archive();
    let path = archive.articles().join("late.md");
    let (text, time) = (std::fs::read_to_string(&path).unwrap(), std::fs::metadata(&path).unwrap().modified().unwrap());
    // The next update writes the time that the file has once it is no longer fresh.
    archive.write("late.md", text.replace("signal", "sygnal"));
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    archive.write("first.md", article("Selwick Courier", 2, "Told anew."));
    archive.write("new.md", article("Selwick Courier", 3, "It was not there before."));
    archive.write("empty.md", "");
    std::fs::remove_file(archive.articles().join("zurich.md")).unwrap();
    let found = against_files(&archive);
    let lines: Vec<(FaultKind, Mend)> = found.faults.listed().iter().map(|fault| (fault.kind, fault.mend)).collect();
    assert_eq!(lines[..2], [(FaultKind::MissingFile, Mend::Update), (FaultKind::NewFile, Mend::Update)], "{}", told(&found));
    assert_eq!(lines[2..].iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [FaultKind::ChangedFile; 2], "{}", told(&found));
    let report = archive.run(&["verify", "--against-files"]);
    assert!(report.code == 1 && report.out.contains("late.md: it holds something else than when it was read"), "{}", report.out);
    assert!(
        report
            .out
            .lines()
            .last()
            .unwrap()
            .starts_with("the index is not what its folders give: 1 missing-file, 1 new-file, 2 changed-file")
    );
    assert_eq!(archive.run(&["verify"]).code, 0, "the index itself is whole");
    archive.run(&["index", "--rebuild"]);
    assert!(against_files(&archive).is_whole());
    std::fs::rename(archive.articles(), archive.index().with_file_name("elsewhere")).unwrap();
    let found = against_files(&archive);
    assert_eq!(found.faults.counts().keys().copied().collect::<Vec<_>>(), [FaultKind::UnreachedFolder]);
}

#[test]
fn an_article_that_reads_otherwise_is_told() {
    let archive = archive();
    write_again(&archive.index(), "rules.jsonl#2", false, |entry| entry.content_hash ^= 1);
    let catalog = engine::open_catalog(&archive.index()).unwrap();
    let third = catalog.articles().iter().find(|article| article.key.ordinal == 3).unwrap().key.clone();
    let mut writer = engine::open_writer(&archive.index(), 0).unwrap();
    writer.remove(&third);
    writer.commit(catalog.folders()).unwrap();
    let found = against_files(&archive);
    assert_eq!(found.faults.counts()[&FaultKind::ReadsOtherwise], 2, "{}", told(&found));
}

#[test]
fn what_an_interrupted_run_left_is_no_fault() {
    let archive = archive();
    let left = archive.index().join("0123456789abcdef0123456789abcdef.idx");
    std::fs::write(&left, "half").unwrap();
    let Run { code, out, .. } = archive.run(&["verify"]);
    assert!(code == 0 && out.contains("an interrupted run left 1 file behind"), "{out}");
    // While another process writes, its files are no leftovers.
    let writer = engine::open_writer(&archive.index(), 0).unwrap();
    std::fs::write(&left, "half").unwrap();
    let Run { code, out, .. } = archive.run(&["verify"]);
    assert!(code == 0 && !out.contains("interrupted"), "{out}");
    drop(writer);
    archive.update();
    assert!(verify(&archive).files.leftovers.is_empty() && !left.exists());
}

#[cfg(unix)]
#[test]
fn an_index_that_may_only_be_read_is_verified() {
    use std::os::unix::fs::PermissionsExt;
    let archive = archive();
    let set = |mode: u32| std::fs::set_permissions(archive.index(), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o500);
    let outcome = finished(command(&archive.index(), &["verify", "--against-files"]).output().unwrap());
    set(0o700);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

/// Verifies an index while another thread changes it: one state is seen, and it is whole.
#[test]
fn an_index_that_is_being_written_is_verified() {
    let archive = archive();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..6 {
                archive.write(
                    "late.md",
                    article("Fenholt Mail", 9, &format!("Round {round} of a report that never ends, as the signal box burns on.")),
                );
                archive.write(&format!("more-{round}.md"), article("Osterby Post", 10 + round, STORY));
                archive.ingest_into(&archive.index());
            }
        });
        while !writer.is_finished() {
            let found = verify(&archive);
            assert!(found.is_whole(), "{}", told(&found));
        }
    });
    assert!(verify(&archive).is_whole());
}
