//! Passages that stand in articles of several groups: told at the hit, and not shown twice.

use serde_json::{Value, json};

use crate::support::{Archive, run_json};

/// What an agency wrote once and three outlets put into reports of their own.
const BACKGROUND: &str = "The dam at Corrow was built in 1931 for a town a third of its present size, and engineers have asked the province for a second spillway since the flood of 1968. \
    Two ministers promised the money and left office before a single contract was signed, according to the auditor of the water board.";

const SIREN: &str = "Sirens woke the lower town of Corrow at four on Sunday, and nine hundred people walked up to the school on the hill in the rain. \
    The mayor thanked the bakers, who opened their shops at five and asked nobody for money. The level fell after noon, and most families were home by night.";

const BUDGET: &str = "The province put off the vote on its budget for the third time, because the two small parties want more for roads than the treasurer offers. \
    A new date was not named. The opposition called the delay a farce that costs every school a month of repairs, and left the chamber before the sitting was closed.";

const HISTORY: &str = "A walk along the old millrace begins at the lime kilns, where a board tells of the families who worked there until the war. \
    Walkers should allow three hours and bring boots, since the meadow below the weir is wet until June. The inn at the upper bridge serves soup on Sundays, and its landlord keeps the key of the tower.";

fn article(source: &str, date: &str, paragraphs: &[&str]) -> String {
    format!("---\nsource: {source}\ndate: {date}\n---\n\n{}\n", paragraphs.join("\n\n"))
}

fn archive() -> Archive {
    let archive = Archive::new();
    archive.write("siren.md", article("Corrow Herald", "2024-03-04", &[SIREN, BACKGROUND]));
    archive.write("siren-copy.md", article("Valley Post", "2024-03-05", &[SIREN, BACKGROUND]));
    archive.write("budget.md", article("Province Daily", "2024-03-02", &[BUDGET, &BACKGROUND.replace("1968.", "1968…")]));
    archive.write("walk.md", article("Rambler", "2024-05-01", &[HISTORY, BACKGROUND]));
    archive.update();
    archive
}

fn hits(archive: &Archive, query: &str) -> Vec<Value> {
    run_json(&archive.index(), &["search", "--json", query])["hits"].as_array().unwrap().clone()
}

#[test]
fn a_passage_says_where_else_it_stands() {
    let archive = archive();
    let found = hits(&archive, "spillway auditor");
    assert_eq!(found.len(), 3, "the copies are one group");
    for hit in &found {
        let path = hit["path"].as_str().unwrap();
        let expected = match path.rsplit('/').next().unwrap() {
            "siren.md" => json!([2, 2, "budget.md"]),
            "budget.md" => json!([3, 2, "siren.md"]),
            "walk.md" => json!([3, 2, "budget.md"]),
            other => panic!("{other}"),
        };
        let elsewhere = &hit["passages"][0]["elsewhere"];
        assert_eq!(json!([elsewhere["articles"], elsewhere["groups"], elsewhere["first"]["id"]]), expected, "{path}");
    }
    let shown = archive.run(&["search", "spillway auditor"]);
    let told = shown.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("also in 3 other articles of 2 groups, first in Province Daily, 2 Mar 2024"), "{}", shown.out);
}

#[test]
fn the_same_words_are_not_shown_twice() {
    let archive = archive();
    let shown = archive.run(&["search", "spillway auditor"]);
    assert_eq!(shown.out.matches("Two ministers promised").count(), 1, "{}", shown.out);
    assert_eq!(shown.out.matches("[… as in hit 1]").count(), 2, "{}", shown.out);
    for hit in &hits(&archive, "spillway auditor")[1..] {
        let passage = &hit["passages"][0];
        let part = &passage["shown_above"][0];
        assert_eq!(part["rank"], 1);
        let end = part["bytes"][1].as_u64().unwrap() as usize;
        assert!(passage["text"].as_str().unwrap()[..end].ends_with("the water board."), "JSON keeps the whole text");
    }
}

#[test]
fn another_passage_that_answers_is_shown_instead() {
    let archive = archive();
    // The dam stands in what the reports share, and far from it in one of them once more.
    let story = HISTORY.replace("The inn", "The dam was the end of the mill, a sign says. The inn");
    archive.write("walk.md", article("Rambler", "2024-05-01", &[&story, HISTORY, BACKGROUND]));
    archive.update();
    let found = hits(&archive, "dam province");
    let walk = found.iter().find(|hit| hit["id"] == "walk.md").unwrap();
    assert!(walk["rank"].as_u64().unwrap() > 1, "{found:#?}");
    let passage = &walk["passages"][0];
    assert!(passage["text"].as_str().unwrap().contains("the end of the mill"), "{passage:#?}");
    assert_eq!(passage["shown_above"], json!([]));
}

#[test]
fn what_stands_nowhere_else_says_nothing() {
    let archive = Archive::new();
    archive.write("siren.md", article("Corrow Herald", "2024-03-04", &[SIREN]));
    archive.write("siren-copy.md", article("Valley Post", "2024-03-05", &[SIREN]));
    archive.write("budget.md", article("Province Daily", "2024-03-02", &[BUDGET]));
    archive.update();
    let hit = &hits(&archive, "sirens bakers")[0];
    assert_eq!(hit["group"]["articles"], 2);
    assert_eq!((&hit["passages"][0]["elsewhere"], &hit["passages"][0]["shown_above"]), (&Value::Null, &json!([])));
}

#[test]
fn a_part_of_a_long_list_is_found_elsewhere() {
    let archive = Archive::new();
    let list = |count: usize| (1..=count).map(|number| format!("pier{number}")).collect::<Vec<_>>().join(" ");
    // What is longer than any sentence is cut: its first part is no sentence of its own article, but one of the other.
    archive.write("register.md", article("Corrow Herald", "2024-03-04", &[&list(450)]));
    archive.write("budget.md", article("Province Daily", "2024-03-02", &[&format!("{}.", list(120)), BUDGET, BACKGROUND, HISTORY]));
    archive.update();
    let found = hits(&archive, "pier7 pier8");
    let register = found.iter().find(|hit| hit["id"] == "register.md").unwrap();
    assert_eq!(register["passages"][0]["elsewhere"]["first"]["id"], "budget.md", "{register:#?}");
}
