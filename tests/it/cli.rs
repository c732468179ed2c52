//! The program as its user meets it: answers, mistakes, pipes, narrow terminals.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Archive, command, finished, ids, project, run, run_json, seeds_index};

const FERRY: &str = "---\ntitle: Ferry aground\nsource: Harbour Post\ndate: 2024-11-05\n---\n\nThe ferry ran aground on a sandbank at dawn with forty passengers. Nobody was hurt.\n";
const STORM: &str = "---\ntitle: Storm closes port\nsource: Coast Wire\ndate: 2024-12-01\n---\n\nA storm closed the port for two days. The ferry stayed in the harbour.\n";
const UNDATED: &str = "---\ntitle: Port memories\n---\n\nThe old pilot remembers the port and its ferry on a Friday long ago.\n";

fn three() -> Archive {
    let archive = Archive::with(&[("ferry.md", FERRY), ("storm.md", STORM), ("memories.md", UNDATED)]);
    archive.update();
    archive
}

#[test]
fn the_first_search_makes_an_index_of_the_seeds() {
    let archive = Archive::new();
    let run = archive.run(&["search", "port", "strike", "wage", "offer"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("making one from seeds"), "{}", run.err);
    assert!(run.out.contains("Selwick dockworkers reject wage offer"), "{}", run.out);
    assert!(run.err.contains("12 articles in 6 groups from 8 sources"), "{}", run.err);
    assert!(run.out.contains("+5 copies: "), "{}", run.out);
}

#[test]
fn without_an_index_and_without_seeds_the_way_out_is_named() {
    let archive = Archive::new();
    let output = command(&archive.index(), &["search", "port"]).current_dir(archive.articles()).output().unwrap();
    let run = finished(output);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is none yet") && run.err.contains("dateline index"), "{}", run.err);
}

#[test]
fn filters_narrow_and_undated_articles_are_counted_out() {
    let archive = three();
    let check = |arguments: &[&str], expected: &[&str]| {
        let mut found = archive.hits(arguments);
        found.sort();
        assert_eq!(found, expected, "{arguments:?}");
    };
    check(&["ferry"], &["ferry.md", "memories.md", "storm.md"]);
    check(&["ferry", "--since", "2024-11-06"], &["storm.md"]);
    check(&["ferry", "--until", "2024-11"], &["ferry.md"]);
    check(&["ferry", "--since", "2024", "--until", "2024"], &["ferry.md", "storm.md"]);
    check(&["ferry", "--source", "harbour post"], &["ferry.md"]);
    check(&["ferry", "--source", "post harbour"], &[]);
    check(&["ferry", "-n", "0"], &[]);
    let counted = archive.run(&["search", "ferry", "--since", "2024"]);
    assert!(counted.err.contains("1 undated article not considered"), "{}", counted.err);
}

#[test]
fn hits_come_in_the_order_asked_for() {
    let archive = three();
    assert_eq!(archive.hits(&["ferry", "--sort", "newest"]), ["storm.md", "ferry.md", "memories.md"]);
    assert_eq!(archive.hits(&["ferry", "--sort", "oldest"]), ["ferry.md", "storm.md", "memories.md"]);
    assert_eq!(archive.hits(&["ferry", "--sort", "oldest", "-n", "1"]), ["ferry.md"]);
}

#[test]
fn queries_say_what_they_mean() {
    let archive = three();
    let check = |query: &str, expected: &[&str]| {
        let mut found = archive.hits(&[query]);
        found.sort();
        assert_eq!(found, expected, "{query}");
    };
    check("storm OR sandbank", &["ferry.md", "storm.md"]);
    check("ferry -storm", &["ferry.md", "memories.md"]);
    assert_eq!(archive.hits(&["ferry", "-storm", "-pilot"]), ["ferry.md"]);
    check("ferry NOT (storm OR pilot)", &["ferry.md"]);
    check("\"the port\"", &["memories.md", "storm.md"]);
    check("\"port the\"", &[]);
    check("headline:port", &["memories.md", "storm.md"]);
    check("source:coast ferry", &["storm.md"]);
    check("remembering", &["memories.md"]);
    check("=remembers", &["memories.md"]);
    check("=remember", &[]);
    check("FERRY", &["ferry.md", "memories.md", "storm.md"]);
}

#[test]
fn nothing_found_says_what_to_try() {
    let archive = three();
    let misspelt = archive.run(&["search", "sandbnak"]);
    assert_eq!(misspelt.code, 1);
    assert!(misspelt.err.contains("did you mean “sandbank”?"), "{}", misspelt.err);
    let apart = archive.run(&["search", "sandbank pilot"]);
    assert!(apart.err.contains("fewer words, or --any"), "{}", apart.err);
    let filtered = archive.run(&["search", "ferry", "--since", "2025"]);
    assert!(filtered.err.contains("without --since: 3 articles"), "{}", filtered.err);
    let json = run_json(&archive.index(), &["search", "--json", "sandbnak"]);
    assert_eq!((json["hits"].as_array().unwrap().len(), json["warnings"].as_array().unwrap().len()), (0, 1));
}

#[test]
fn a_mistake_is_marked_with_a_caret() {
    for (query, caret, suggestion) in [
        ("port (strike", "       ^", "port (strike)"),
        ("sorce:post ferry", "  ^^^^^", "source:post ferry"),
        ("port OR", "       ^^", "port"),
    ] {
        let run = run(seeds_index(), &["search", query]);
        assert_eq!(run.code, 2, "{query}");
        let lines: Vec<&str> = run.err.lines().collect();
        assert_eq!(lines[1].trim_start(), query, "{}", run.err);
        assert!(lines[2].starts_with(caret), "{}", run.err);
        assert!(run.err.contains(suggestion), "{}", run.err);
        assert!(run.out.is_empty());
    }
    for arguments in [
        &["search"][..],
        &["search", "port", "--since", "2025", "--until", "2024"],
        &["search", "port", "--since", "someday"],
        &["serch", "port"],
        &["search", "port", "-n", "many"],
    ] {
        let run = run(seeds_index(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = command(seeds_index(), &["groups", "--format", "tsv"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(err, "");
}

#[test]
fn lines_fit_a_narrow_terminal() {
    for columns in ["20", "40", "72"] {
        let output = command(seeds_index(), &["search", "port", "strike"]).env("COLUMNS", columns).output().unwrap();
        let width: usize = columns.parse().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines().filter(|line| !line.contains("seeds/")) {
            assert!(line.chars().count() <= width, "{columns}: {line}");
        }
    }
}

#[test]
fn colours_are_shown_when_asked_for_only() {
    let escape = '\u{1b}';
    assert!(!run(seeds_index(), &["search", "strike"]).out.contains(escape));
    assert!(run(seeds_index(), &["search", "strike", "--color", "always"]).out.contains("\u{1b}[1;33mstrike\u{1b}[0m"));
    assert!(!run(seeds_index(), &["search", "strike", "--color", "never"]).out.contains(escape));
}

#[test]
fn what_articles_hold_does_not_act_on_the_terminal() {
    let hostile = "---\ntitle: \"Bad \\e[2J title\"\nsource: \"Out\\u202elet\"\n---\n\nA hostile\u{1b}]0;owned\u{7} paragraph about zebras with \u{202e}turned\u{202c} text \u{9b}31m inside it.\n";
    let archive = Archive::with(&[("a\u{1b}[31mname.md", hostile)]);
    archive.update();
    for arguments in [&["search", "zebras"][..], &["show", "a\u{1b}[31mname.md"], &["groups"], &["search", "zebras", "--expand"]] {
        let run = archive.run(arguments);
        for text in [&run.out, &run.err] {
            assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}']), "{arguments:?}: {text:?}");
        }
    }
}

#[test]
fn an_index_follows_its_folder() {
    let archive = three();
    let check = |expected: &str| {
        let run = archive.run(&["index"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.out.starts_with(expected), "{}", run.out);
    };
    check("0 new, 0 updated, 3 unchanged, 0 removed\n");
    archive.write("new.md", "---\ntitle: New\n---\n\nA lighthouse was painted white.\n");
    archive.write("storm.md", STORM.replace("two days", "three days"));
    std::fs::remove_file(archive.articles().join("memories.md")).unwrap();
    let plan = archive.run(&["index", "--dry-run"]);
    for line in ["new       ", "changed   ", "removed   ", "nothing was written"] {
        assert!(plan.out.contains(line), "{}", plan.out);
    }
    check("1 new, 1 updated, 1 unchanged, 1 removed\n");
    assert_eq!(archive.hits(&["lighthouse"]), ["new.md"]);
    assert_eq!(archive.hits(&["\"three days\""]), ["storm.md"]);
    assert!(archive.hits(&["pilot"]).is_empty());
    std::fs::rename(archive.articles().join("new.md"), archive.articles().join("white.md")).unwrap();
    check("1 new, 0 updated, 2 unchanged, 1 removed (1 file was renamed)\n");
    assert_eq!(archive.hits(&["lighthouse"]), ["white.md"]);
}

#[test]
fn lines_added_to_a_file_leave_the_others_as_they_are() {
    let line = |number: u32| {
        format!("{{\"id\":\"n{number}\",\"title\":\"Note {number}\",\"text\":\"Note number {number} about harbour matters.\"}}\n")
    };
    let archive = Archive::with(&[("notes.jsonl", &(1..=20).map(line).collect::<String>())]);
    archive.update();
    archive.write("notes.jsonl", (1..=22).map(line).collect::<String>());
    let run = archive.run(&["index"]);
    assert!(run.out.starts_with("2 new, 0 updated, 20 unchanged, 0 removed\n"), "{}", run.out);
    let again = archive.run(&["index"]);
    assert!(again.out.starts_with("0 new, 0 updated, 22 unchanged, 0 removed\n"), "{}", again.out);
    assert_eq!(archive.hits(&["harbour", "-n", "100"]).len(), 22);
}

#[test]
fn folders_are_remembered_added_and_forgotten() {
    let archive = three();
    let other = Archive::with(&[("other.md", "---\ntitle: Other\n---\n\nA second folder with a windmill.\n")]);
    assert_eq!(archive.run(&["index", other.articles().to_str().unwrap()]).code, 0);
    assert_eq!(archive.hits(&["windmill"]), ["other.md"]);
    let run = archive.run(&["index", "--forget", other.articles().to_str().unwrap()]);
    assert!(run.out.starts_with("0 new, 0 updated, 3 unchanged, 1 removed\n"), "{}{}", run.out, run.err);
    assert!(archive.hits(&["windmill"]).is_empty());
    let last = Archive::with(&[("one.md", "---\ntitle: One\n---\n\nA single article.\n")]);
    last.update();
    let forgotten = last.run(&["index", "--forget", last.articles().to_str().unwrap()]);
    assert!(forgotten.out.contains("1 removed") && forgotten.out.contains("no articles"), "{}{}", forgotten.out, forgotten.err);
    let unknown = archive.run(&["index", "--forget", "/no/such"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("it remembers: "), "{}", unknown.err);
}

#[test]
fn a_folder_that_is_gone_keeps_its_articles() {
    let archive = three();
    let other = Archive::with(&[("other.md", "---\ntitle: Other\n---\n\nA second folder with a windmill.\n")]);
    assert_eq!(archive.run(&["index", other.articles().to_str().unwrap()]).code, 0);
    std::fs::rename(other.articles(), other.articles().with_file_name("away")).unwrap();
    let run = archive.run(&["index"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("its articles stay in the index as they were"), "{}", run.err);
    assert_eq!(archive.hits(&["windmill"]), ["other.md"]);
}

#[test]
fn a_rebuild_starts_afresh() {
    let archive = three();
    let run = archive.run(&["index", "--rebuild"]);
    assert!(run.out.starts_with("3 new, 0 updated, 0 unchanged, 0 removed\n3 articles in 3 groups"), "{}{}", run.out, run.err);
    assert_eq!(archive.hits(&["pilot"]), ["memories.md"]);
}

#[test]
fn an_index_of_another_version_is_refused_and_can_be_rebuilt() {
    let archive = three();
    archive.make_older(5);
    for arguments in [&["search", "ferry"][..], &["index"], &["groups"]] {
        let run = archive.run(arguments);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("version 5") && run.err.contains("--rebuild"), "{}", run.err);
    }
    let rebuilt = archive.run(&["index", "--rebuild"]);
    assert_eq!(rebuilt.code, 0, "{}", rebuilt.err);
    assert_eq!(archive.hits(&["pilot"]), ["memories.md"]);
}

#[test]
fn bad_files_cost_a_warning_each_and_the_rest_goes_in() {
    let archive = three();
    archive.write("binary.txt", b"\x00\x01\x02\xff\xfe binary \x00");
    archive.write("empty.txt", b"");
    archive.write("cut.json", b"{\"headline\": \"Cut of");
    archive.write("photo.jpg", b"\xff\xd8\xff");
    let run = archive.run(&["index"]);
    assert_eq!(run.code, 0);
    for name in ["binary.txt", "empty.txt", "cut.json"] {
        assert!(run.err.contains(&format!("warning: {name}")), "{name}: {}", run.err);
    }
    let out = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("3 articles in 3 groups") && out.contains("1 file of other kinds not read, 3 warnings"), "{out}");
}

#[test]
fn folders_that_give_nothing_are_no_trouble() {
    let archive = Archive::new();
    let run = archive.update();
    assert!(run.out.contains("no articles: "), "{}", run.out);
    let bench = archive.run(&["bench"]);
    assert_eq!((bench.code, bench.out.as_str()), (2, ""));
    assert!(bench.err.contains("nothing to draw queries from"), "{}", bench.err);
    assert_eq!(archive.run(&["search", "anything"]).code, 1);
    let missing = archive.run(&["index", "no/such/folder"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("cannot read the folder no/such/folder: it does not exist"), "{}", missing.err);
}

#[test]
fn one_path_in_two_folders_is_told_and_both_are_found() {
    let archive = Archive::with(&[("index.md", FERRY)]);
    let other = Archive::with(&[("index.md", STORM)]);
    archive.update();
    let run = archive.run(&["index", other.articles().to_str().unwrap()]);
    assert!(run.err.contains("claims the id index.md"), "{}", run.err);
    let path = other.articles().join("index.md");
    let shown = archive.run(&["show", path.to_str().unwrap()]);
    assert!(shown.out.contains("Storm closes port") && !shown.out.contains("Ferry aground"), "{}{}", shown.out, shown.err);
    assert_eq!(archive.hits(&["ferry"]).len(), 2);
}

#[test]
fn an_index_among_the_articles_is_not_read() {
    let archive = three();
    let inside = archive.articles().join("my index");
    let run = run(&inside, &["index", archive.articles().to_str().unwrap()]);
    assert!(run.out.starts_with("3 new"), "{}", run.out);
    assert!(archive.run(&["index"]).out.starts_with("0 new, 0 updated, 3 unchanged, 0 removed"), "{}", run.err);
    assert_eq!(self::run(&inside, &["article", archive.articles().to_str().unwrap()]).code, 2);
}

#[test]
fn an_index_takes_no_file_that_is_not_its_own() {
    let archive = Archive::with(&[(
        "0123456789abcdef0123456789abcdef.html",
        "<html><body><p>A cached page about cormorants on the pier.</p></body></html>",
    )]);
    let folder = archive.articles();
    let made = run(&folder, &["index", folder.to_str().unwrap()]);
    assert!(made.code == 2 && made.err.contains("name another place for the index"), "{}", made.err);
    assert!(folder.join("0123456789abcdef0123456789abcdef.html").exists());
    archive.write("other/meta.json", "{\"mine\": true}");
    let refused = run(&folder.join("other"), &["index", "--rebuild", folder.to_str().unwrap()]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("name an empty folder"), "{}", refused.err);
    assert_eq!(std::fs::read_to_string(folder.join("other/meta.json")).unwrap(), "{\"mine\": true}");
}

#[test]
fn a_folder_that_is_empty_all_at_once_keeps_its_articles() {
    let archive = three();
    for name in ["ferry.md", "storm.md", "memories.md"] {
        std::fs::remove_file(archive.articles().join(name)).unwrap();
    }
    let run = archive.run(&["index"]);
    assert!(run.err.contains("it is empty now") && run.err.contains("--forget"), "{}", run.err);
    assert_eq!(archive.hits(&["ferry"]).len(), 3);
}

#[test]
fn two_documents_of_one_id_stay_findable() {
    let line = "{\"id\":\"same\",\"title\":\"Twin\",\"text\":\"A twin document about gannets.\"}\n";
    let archive = Archive::with(&[("a.jsonl", line), ("b.jsonl", &line.replace("gannets", "gannets and terns"))]);
    let run = archive.update();
    assert!(run.err.contains("claims the id same") && run.err.contains("b.jsonl") && run.err.contains("a.jsonl"), "{}", run.err);
    assert_eq!(archive.hits(&["gannets"]).len(), 2);
    let shown = archive.run(&["show", "same"]);
    assert!(shown.err.contains("2 documents claim the id same"), "{}", shown.err);
    assert_eq!(archive.run(&["show", "b.jsonl"]).out.matches("terns").count(), 1);
}

#[test]
fn an_article_is_shown_with_its_provenance_and_its_group() {
    let run = run(seeds_index(), &["show", "orrin-valley-courier/selwick-ballot.md"]);
    for text in ["(front matter)", "Orrin Valley Courier", "same text: 6 articles", "this is: near"] {
        assert!(run.out.contains(text), "{text}: {}", run.out);
    }
    let path = "seeds/harbour-post/2024-11-04-crane-crews-walk-out.md";
    let raw = self::run(seeds_index(), &["show", "--raw", path]);
    assert_eq!(raw.out, std::fs::read_to_string(project().join(path)).unwrap());
    let unknown = self::run(seeds_index(), &["show", "no such id"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""));
    let json = run_json(seeds_index(), &["show", "--json", path]);
    assert_eq!((&json["id"], &json["group"]["articles"]), (&"harbour-post/2024-11-04-crane-crews-walk-out.md".into(), &1.into()));
}

#[test]
fn what_was_taken_out_is_shown_with_its_reason() {
    let run = run(seeds_index(), &["show", "--furniture", "castellan-standard/skarn-cable-live.txt"]);
    assert!(run.out.contains("taken out: "), "{}", run.out);
    let body = &run.out[..run.out.find("taken out: ").unwrap()];
    assert!(!body.contains("Marzipan") && run.out.contains("Marzipan"), "{}", run.out);
}

#[test]
fn a_response_keeps_to_the_contract() {
    let response = run_json(seeds_index(), &["search", "--json", "port strike wage offer"]);
    assert_eq!((&response["version"], &response["articles_total"], &response["groups_total"]), (&1.into(), &12.into(), &6.into()));
    assert!(response["took_us"].is_u64() && response["warnings"].is_array());
    assert_eq!((response["query"].as_str(), response["parsed"].as_str()), (Some("port strike wage offer"), Some("port strike wage offer")));
    let hit = &response["hits"][0];
    for name in
        ["rank", "score", "id", "headline", "source", "published", "byline", "url", "language", "path", "group", "copies", "passages"]
    {
        assert!(hit.get(name).is_some(), "{name} is missing");
    }
    assert_eq!((&hit["published"]["value"], &hit["published"]["precision"]), (&"2024-11-14T05:40:00Z".into(), &"second".into()));
    assert_eq!((&hit["group"]["articles"], &hit["group"]["earliest"]), (&6.into(), &"2024-11-14".into()));
    let copies = hit["copies"].as_array().unwrap();
    assert_eq!(copies.len(), 5);
    let mut relations: Vec<&str> = copies.iter().map(|copy| copy["relation"].as_str().unwrap()).collect();
    relations.sort_unstable();
    assert_eq!(relations, ["exact", "exact", "excerpt", "near", "update"]);
    let passage = &hit["passages"][0];
    let text = passage["text"].as_str().unwrap();
    for mark in passage["highlights"].as_array().unwrap() {
        assert!(text.get(mark[0].as_u64().unwrap() as usize..mark[1].as_u64().unwrap() as usize).is_some());
    }
}

#[test]
fn expanding_lists_the_copies() {
    let run = run(seeds_index(), &["search", "--expand", "-n", "1", "port strike wage offer"]);
    assert_eq!(run.out.lines().filter(|line| line.trim_start().starts_with("= ")).count(), 5, "{}", run.out);
}

#[test]
fn copies_are_listed_by_source_and_the_article_shown_can_be_chosen() {
    let sources = |arguments: &[&str]| -> Vec<String> {
        let run = run(seeds_index(), arguments);
        run.out.lines().filter_map(|line| Some(line.trim_start().strip_prefix("= ")?.split(" · ").next()?.to_owned())).collect()
    };
    let listed = sources(&["search", "--expand", "-n", "1", "port strike wage offer"]);
    let outlets =
        ["Kestrel Business Daily", "Marrowick Evening Star", "The Brackwater Ledger", "Orrin Valley Courier", "Corvane Wire Service"];
    assert_eq!(listed, outlets);
    let newest = run_json(seeds_index(), &["search", "--json", "--representative", "newest", "-n", "1", "port strike wage offer"]);
    assert_eq!((&newest["hits"][0]["id"], &newest["sources_total"]), (&"cws-241115-009".into(), &8.into()));
    let large = run(seeds_index(), &["search", "port strike wage offer", "--min-copies", "3"]);
    assert!(large.err.contains("6 articles in 1 group from 5 sources"), "{}", large.err);
    let none = run(seeds_index(), &["search", "port strike wage offer", "--min-copies", "7"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("without --min-copies: 12 articles"), "{}", none.err);
}

#[test]
fn a_trec_run_has_its_columns() {
    let archive = Archive::new();
    archive.write("topics.tsv", "q1\tport strike\nq2\t\"no such (words\nq3\tzzzzz\n");
    let topics = archive.articles().join("topics.tsv");
    let run = run(seeds_index(), &["search", "--queries", topics.to_str().unwrap(), "--format", "trec", "--any"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let mut last = (String::new(), f64::INFINITY);
    for line in run.out.lines() {
        let columns: Vec<&str> = line.split(' ').collect();
        assert_eq!((columns.len(), columns[1], columns[5]), (6, "Q0", "dateline"), "{line}");
        let score: f64 = columns[4].parse().unwrap();
        assert!(columns[0] != last.0 || score <= last.1, "{line}");
        last = (columns[0].to_owned(), score);
    }
    assert!(run.out.contains("q1 Q0 ") && run.out.contains("q2 Q0 ") && !run.out.contains("q3 Q0 "), "{}", run.out);
}

#[test]
fn latency_is_measured_by_kind() {
    let figures = run_json(seeds_index(), &["bench", "--json", "--rounds", "1", "--per-kind", "2"]);
    let latencies = figures["latency_us"].as_array().unwrap();
    for mode in ["bare", "whole"] {
        for kind in ["term", "or", "and", "phrase", "rare", "dated", "all"] {
            let row = latencies
                .iter()
                .find(|row| row["mode"] == mode && row["kind"] == kind)
                .unwrap_or_else(|| panic!("{mode} {kind}: {figures}"));
            assert!(row["p50"].as_f64().unwrap() > 0.0 && row["p50"].as_f64() <= row["max"].as_f64());
        }
    }
    assert!(figures["warm_program_us"]["p50"].as_f64().unwrap() > 0.0);
}

#[test]
fn every_command_explains_itself() {
    for command in ["index", "search", "show", "article", "groups", "diff", "verify", "bench"] {
        let run = run(seeds_index(), &[command, "--help"]);
        assert!(run.out.contains("Examples:") && run.out.contains(&format!("dateline {command}")), "{}", run.out);
    }
    assert_eq!(ids(&run_json(seeds_index(), &["search", "--json", "-n", "1", "Selwick"])).len(), 1);
}
