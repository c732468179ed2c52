//! What `dateline doctor` finds in an archive with one of each trouble, how it tells it, and that what it advises repairs it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Archive, Run, command, finished, run_json, seeds_index};

const BODY: &str = "The ferry of Lower Tillwick rings again, and the lock keeper, who never liked the old bell, has moved his bed to the far side of the house.\n";

/// Returns a sound article with some lines of its front matter replaced; a line that ends in a colon is taken out.
fn article(changes: &[&str]) -> String {
    let mut fields = BTreeMap::from([("date", " 2024-11-26"), ("source", " Tillwick Messenger"), ("title", " A bell")]);
    for change in changes {
        let (name, value) = change.split_once(':').unwrap();
        fields.insert(name, value);
    }
    let lines: Vec<String> = fields.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}:{value}")).collect();
    format!("---\n{}\n---\n\n{BODY}", lines.join("\n"))
}

/// Makes an archive with one of each trouble, and a sound article.
fn sick() -> Archive {
    let archive = Archive::new();
    archive.write("sound.md", article(&[]));
    archive.write("undated.md", article(&["date:"]));
    archive.write("sourceless.md", article(&["source:"]));
    archive.write("untitled.md", article(&["title:"]));
    archive.write("empty.md", "---\ntitle: Nothing\nsource: Tillwick Messenger\ndate: 2024-11-26\nlang: en\n---\n");
    archive.write("short.md", "---\ntitle: Caption\nsource: Tillwick Messenger\ndate: 2024-11-26\nlang: en\n---\n\nThe bell.\n");
    archive.write("decoded.md", article(&[]).replace("lock keeper", "lock keeper of ZÃ¼rich"));
    archive.write("future.md", article(&["date: 2099-01-01"]));
    archive.write("twice.md", article(&["url: https://messenger.example/2024/11/30/bell"]));
    archive.write("back.md", article(&["modified: 2024-11-10"]));
    archive.write("digits.txt", "4711 0815\n\n12 34 56 78 90 11 22 33 44 55 66 77 88 99 10 20 30 40 50 60 70 80 90.\n");
    archive.write("digits.txt.meta.yaml", "published: 2024-11-26\nsource: Tillwick Messenger\nheadline: Figures\n");
    archive.write("one.md", article(&["id: bell-7"]));
    archive.write("other.md", article(&["id: bell-7"]));
    archive.write("blank.txt", "");
    archive.write("photo.jpg", [0xff, 0xd8, 0xff, 0xe0]);
    archive.write("gone.txt.meta.yaml", "published: 2024-11-26\n");
    archive.write("sound.md.meta.yaml", "source: Tillwick: the messenger\n");
    archive.update();
    archive
}

/// Returns the findings of an archive as `kind path`, in order.
fn findings(report: &Value) -> Vec<String> {
    let name = |found: &Value| found["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    report["findings"].as_array().unwrap().iter().map(|found| format!("{} {}", found["kind"].as_str().unwrap(), name(found))).collect()
}

fn finding<'r>(report: &'r Value, kind: &str) -> &'r Value {
    report["findings"].as_array().unwrap().iter().find(|found| found["kind"] == kind).unwrap()
}

#[test]
fn each_trouble_is_found() {
    let archive = sick();
    let report = run_json(&archive.index(), &["doctor", "--json"]);
    assert_eq!(
        findings(&report),
        [
            "unread blank.txt",
            "broken-sidecar sound.md.meta.yaml",
            "stray-sidecar gone.txt.meta.yaml",
            "empty empty.md",
            "short short.md",
            "mojibake decoded.md",
            "future future.md",
            "contradiction twice.md",
            "modified-first back.md",
            "undated undated.md",
            "no-source sourceless.md",
            "no-headline untitled.md",
            "no-language digits.txt",
            "shared-id one.md",
            "shared-id other.md",
            "other-kind photo.jpg",
        ]
    );
    for (kind, detail) in [
        ("unread", "empty file"),
        ("broken-sidecar", "line 1: broken sidecar: mapping values are not allowed in this context"),
        ("stray-sidecar", "there is no gone.txt"),
        ("short", "2 words"),
        ("mojibake", "“ZÃ¼rich,”"),
        ("future", "published 2099-01-01 (front matter)"),
        ("contradiction", "published 2024-11-26 (front matter), but 2024-11-30 (url)"),
        ("modified-first", "published 2024-11-26 (front matter), modified 2024-11-10 (front matter)"),
        ("shared-id", "document 1 of other.md claims it too"),
    ] {
        assert_eq!(finding(&report, kind)["detail"], detail);
    }
}

#[test]
fn the_object_has_its_shape() {
    let archive = sick();
    let report = run_json(&archive.index(), &["doctor", "--json"]);
    let names: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = ["version", "today", "articles", "files", "short_words", "counts", "findings"];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!([&report["version"], &report["articles"], &report["files"], &report["short_words"]], [1, 13, 13, 20]);
    assert_eq!(report["today"].as_str().unwrap().len(), 10);
    let counts = report["counts"].as_object().unwrap();
    assert_eq!((counts.len(), &counts["shared-id"], &counts["undated"]), (15, &2.into(), &1.into()));
    let place = |name: &str| archive.articles().canonicalize().unwrap().join(name).display().to_string();
    let undated = finding(&report, "undated");
    assert_eq!([&undated["id"], &undated["path"]], ["undated.md", &place("undated.md")]);
    assert_eq!(undated["ordinal"], 1);
    assert_eq!(undated["fix"]["how"], "front matter");
    assert_eq!(undated["fix"]["lines"][0], "published: YYYY-MM-DD");
    let twice = &finding(&report, "contradiction")["fix"];
    assert_eq!([&twice["how"], &twice["file"]], ["sidecar", &place("twice.md.meta.yaml")]);
    assert_eq!(twice["lines"][0], "published: 2024-11-26  # or 2024-11-30");
    let unread = finding(&report, "unread");
    assert_eq!([&unread["id"], &unread["ordinal"], &unread["fix"]["file"]], [&Value::Null; 3]);
    assert_eq!(unread["fix"]["how"], "advice");
    let one = run_json(&archive.index(), &["doctor", "--json", "--kind", "short"]);
    assert_eq!(findings(&one), ["short short.md"]);
    assert_eq!(one["counts"], report["counts"]);
}

#[test]
fn what_is_advised_repairs() {
    let archive = Archive::with(&[("twice.md", &article(&["url: https://messenger.example/2024/11/30/bell"])), ("a b.txt", BODY)]);
    archive.update();
    let before = run_json(&archive.index(), &["doctor", "--json"]);
    assert_eq!(findings(&before), ["contradiction twice.md", "undated a b.txt", "no-source a b.txt", "no-headline a b.txt"]);
    assert_eq!(archive.run(&["doctor", "--quiet"]).code, 1);
    let mut sidecars: BTreeMap<String, String> = BTreeMap::new();
    for found in before["findings"].as_array().unwrap() {
        let lines = found["fix"]["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().replace("YYYY-MM-DD", "2024-11-27"));
        let text = sidecars.entry(found["fix"]["file"].as_str().unwrap().to_owned()).or_default();
        lines.for_each(|line| text.push_str(&format!("{line}\n")));
    }
    for (file, text) in sidecars {
        std::fs::write(file, text).unwrap();
    }
    let changed = archive.run(&["index"]);
    assert!(changed.out.starts_with("0 new, 2 updated"), "{}{}", changed.out, changed.err);
    assert_eq!(findings(&run_json(&archive.index(), &["doctor", "--json"])), [""; 0]);
    let Run { code, out, err } = archive.run(&["doctor", "--quiet"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    assert!(archive.run(&["doctor"]).out.ends_with("nothing to repair\n"));
}

#[test]
fn the_report_reads_well() {
    let archive = sick();
    let report = archive.run(&["doctor"]);
    assert_eq!((report.code, report.err.as_str()), (0, ""));
    for part in [
        "13 articles in 13 files, looked at on ",
        "1  undated         nothing says when it was published\n",
        "\nundated: 1 article\n  ",
        "\n    write into its front matter:\n      published: YYYY-MM-DD\n",
        "\n    write into twice.md.meta.yaml beside it:\n      published: 2024-11-26  # or 2024-11-30\n",
        "\nother-kind: 1 file\n  1 .jpg\n",
        "/blank.txt\n    empty file\n    repair it, or save it again from where it came\n",
    ] {
        assert!(report.out.contains(part), "expected “{part}” in {}", report.out);
    }
    let escape = '\u{1b}';
    assert!(!report.out.contains(escape));
    assert!(archive.run(&["doctor", "--color", "always"]).out.contains("\u{1b}[31m"));
}

#[test]
fn nothing_of_a_file_acts_on_the_terminal() {
    let name = "bell\u{1b}[2J\u{202e}.md";
    let archive = Archive::with(&[(name, &article(&["date:", "id: x\u{1b}[31my"]))]);
    archive.update();
    let report = archive.run(&["doctor"]).out;
    assert!(report.contains("bell[2J.md") && !report.contains(['\u{1b}', '\u{202e}']), "{report}");
    let report = run_json(&archive.index(), &["doctor", "--json"]);
    assert!(report["findings"][0]["path"].as_str().unwrap().ends_with(name), "data is as it is");
}

#[test]
fn lines_fit_narrow_terminals() {
    for width in ["80", "40"] {
        let output = command(seeds_index(), &["doctor"]).env("COLUMNS", width).output().unwrap();
        let report = finished(output);
        assert!(report.out.contains("undated"), "{}", report.err);
        for line in report.out.lines() {
            assert!(line.chars().count() <= width.parse().unwrap(), "{line}");
        }
    }
}

#[test]
fn examples_are_few_unless_all_are_wanted() {
    let archive = Archive::new();
    for number in 0..8 {
        archive.write(&format!("bell-{number}.md"), article(&["date:", "title: A bell \u{1b}[31m"]));
    }
    let lines: String = (0..9)
        .map(|number| format!("{{\"id\":\"t{number}\",\"title\":\"Bell\",\"source\":\"Harbour Post\",\"text\":{BODY:?}}}\n"))
        .collect();
    archive.write("bells.jsonl", lines);
    archive.update();
    let some = archive.run(&["doctor"]).out;
    assert_eq!(some.matches("bell-").count(), 5, "{some}");
    assert!(some.contains("undated: 17 articles") && some.contains("and 4 more files: dateline doctor --kind undated"), "{some}");
    assert_eq!(archive.run(&["doctor", "-n", "1"]).out.matches("bell-").count(), 1);
    let all = archive.run(&["doctor", "--kind", "undated"]).out;
    assert_eq!((all.matches("bell-").count(), all.matches("    t").count()), (8, 9), "{all}");
    assert!(all.contains("write into the front matter of each:") && all.contains("dateline index --map published=NAME /"), "{all}");
    let post = archive.run(&["doctor", "--source", "harbour post"]);
    assert!(post.out.contains("undated: 9 articles") && post.out.contains("and 6 more articles"), "{}", post.out);
    let nobody = archive.run(&["doctor", "--source", "nobody"]);
    assert_eq!(nobody.code, 1);
    assert!(nobody.err.contains("no article is from an outlet with “nobody” in its name"), "{}", nobody.err);
    let wrong = archive.run(&["doctor", "--kind", "dusty"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("modified-first"), "{}", wrong.err);
}

#[test]
fn files_that_are_not_in_the_index_are_told_from_broken_ones() {
    let archive = Archive::with(&[("bell.md", &article(&[])), ("broken.json", "{\"title\": ")]);
    archive.update();
    archive.write("new.md", article(&[]));
    archive.write("bell_files/x.txt", BODY);
    let report = run_json(&archive.index(), &["doctor", "--json", "--kind", "unread"]);
    assert_eq!(findings(&report), ["unread x.txt", "unread broken.json", "unread new.md"]);
    let details: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|found| found["detail"].as_str().unwrap()).collect();
    assert_eq!([details[0], details[2]], ["not in the index yet"; 2]);
    assert!(details[1].starts_with("line 1: broken JSON"), "{details:?}");
    archive.write("bell.html", "<!DOCTYPE html><html><body><p>The page that the folder belongs to.</p></body></html>");
    let report = run_json(&archive.index(), &["doctor", "--json", "--kind", "unread"]);
    assert_eq!(findings(&report), ["unread bell.html", "unread broken.json", "unread new.md"], "parts of a page are no articles");
}

#[test]
fn the_help_shows_the_object_and_the_exit_codes() {
    let help = run_help();
    for part in ["\"short_words\":20", "Exit codes: 0 done", "dateline doctor --kind undated", "FILE.meta.yaml", "no-language"] {
        assert!(help.contains(part), "expected “{part}” in {help}");
    }
}

fn run_help() -> String {
    crate::support::run(std::path::Path::new("no index is opened"), &["doctor", "--help"]).out
}
