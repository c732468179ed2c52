//! Lines that recur on an outlet's pages: left out when the archive shows them, taken in again when it no longer does.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Archive, run_json};

const APPEAL: &str = "Nine thousand readers pay for the Tollgate Mirror, and each of them keeps one reporter on the road for an hour.";

/// What the pages are about; no two share their text.
const STORIES: [(&str, &str, &str); 5] = [
    (
        "lighthouse",
        "Lighthouse keeper counts ships again",
        "The keeper of the Marren light has counted 412 ships since spring, twice as many as in the year before the channel was dredged.",
    ),
    (
        "bakery",
        "Bakery on Corn Street to close",
        "After sixty years the ovens of the Lindqvist bakery go cold on Saturday; the family says that flour alone has doubled in price.",
    ),
    (
        "otters",
        "Otters found below the weir",
        "Two anglers photographed a family of otters below Saltram weir, the first that anyone has seen on the lower river since 1978.",
    ),
    (
        "tram",
        "Night trams run until two",
        "Trams on the harbour line will run until two in the morning from Friday, the transport board decided by seven votes to four.",
    ),
    (
        "choir",
        "Choir without a hall",
        "The miners' choir of Upper Brann rehearses in a bus garage, because the roof of the parish hall has been shut by the inspectors.",
    ),
];

/// Writes the page of a story as a dump of its text, with the outlet's standing line below it.
fn page(story: usize) -> String {
    let (_, headline, text) = STORIES[story];
    let more: String = (1..4)
        .map(|part| {
            format!(
                "The council heard report {story}{part} on the matter of the {} and put off its answer, which nobody there had expected.\n",
                STORIES[story].0
            )
        })
        .collect();
    format!("{headline}\n1{story} November 2024\n{text}\n{more}{APPEAL}\n")
}

fn name(story: usize) -> String {
    format!("tollgate/{}.txt", STORIES[story].0)
}

/// Returns the body and the pieces left out of each page.
fn pages(archive: &Archive, stories: &[usize]) -> BTreeMap<String, (String, Vec<String>)> {
    let shown = |story: &usize| {
        let name = name(*story);
        let shown = run_json(&archive.index(), &["show", &name, "--json"]);
        let reasons = shown["furniture"].as_array().unwrap().iter().map(|piece| piece["reason"].as_str().unwrap().to_owned()).collect();
        (name, (shown["articleBody"].as_str().unwrap().to_owned(), reasons))
    };
    stories.iter().map(shown).collect()
}

fn hits_of_appeal(archive: &Archive) -> usize {
    let found: Value = run_json(&archive.index(), &["search", "--json", "readers pay reporter"]);
    found["articles_total"].as_u64().unwrap() as usize
}

fn rebuilt(stories: &[usize]) -> Archive {
    let archive = Archive::new();
    stories.iter().for_each(|story| archive.write(&name(*story), page(*story)));
    archive.update();
    archive
}

#[test]
fn a_line_is_left_out_once_it_recurs_and_comes_back_when_it_does_not() {
    let archive = rebuilt(&[0, 1]);
    assert_eq!(hits_of_appeal(&archive), 2, "two pages prove nothing");

    archive.write(&name(2), page(2));
    archive.update();
    assert_eq!(hits_of_appeal(&archive), 0, "three pages show whose line it is");
    let found = pages(&archive, &[0, 1, 2]);
    for (name, (body, reasons)) in &found {
        assert!(!body.contains("Nine thousand") && body.contains("nobody there had expected"), "{name}: {body}");
        assert_eq!(reasons.iter().filter(|reason| *reason == "recurs on the outlet's other pages").count(), 1, "{name}: {reasons:?}");
    }
    assert_eq!(found, pages(&rebuilt(&[0, 1, 2]), &[0, 1, 2]), "an update gives what a rebuild gives");

    for story in [3, 4] {
        archive.write(&name(story), page(story));
        archive.update();
    }
    let all = [0, 1, 2, 3, 4];
    assert_eq!(pages(&archive, &all), pages(&rebuilt(&all), &all));

    for story in [0, 2, 4] {
        std::fs::remove_file(archive.articles().join(name(story))).unwrap();
    }
    archive.update();
    assert_eq!(hits_of_appeal(&archive), 2, "what no longer recurs is text again");
    assert_eq!(pages(&archive, &[1, 3]), pages(&rebuilt(&[1, 3]), &[1, 3]));
}

#[test]
fn versions_of_one_story_do_not_make_a_line_recur() {
    let archive = Archive::new();
    for version in 0..4 {
        archive.write(&format!("tollgate/tram-{version}.txt"), page(3));
    }
    archive.write(&name(0), page(0));
    archive.update();
    assert_eq!(hits_of_appeal(&archive), 5);
}

/// Writes the page of a story under the name of its outlet, which is said again at its foot.
fn named_page(story: usize) -> String {
    format!("Tollgate Mirror\n{}Write to the Tollgate Mirror\n", page(story))
}

fn sources(archive: &Archive, stories: &[usize]) -> Vec<Value> {
    let shown = |story: &usize| {
        let shown = run_json(&archive.index(), &["show", &name(*story), "--json"]);
        serde_json::json!([shown["source"], shown["provenance"]["source"]])
    };
    stories.iter().map(shown).collect()
}

#[test]
fn the_pages_of_a_folder_name_their_outlet_together() {
    let archive = Archive::new();
    for story in [0, 1] {
        archive.write(&name(story), named_page(story));
    }
    archive.update();
    let alone = sources(&archive, &[0, 1]);
    assert!(alone.iter().all(|source| source[1] != "recurring line"), "{alone:?}");

    archive.write(&name(2), named_page(2));
    archive.update();
    let named = serde_json::json!(["Tollgate Mirror", "recurring line"]);
    assert_eq!(sources(&archive, &[0, 1, 2]), [named.clone(), named.clone(), named.clone()]);
    let found: Value = run_json(&archive.index(), &["search", "--json", "--source", "tollgate", "ferry OR council"]);
    assert_eq!(found["hits"].as_array().unwrap().len(), 3, "{found}");

    std::fs::remove_file(archive.articles().join(name(2))).unwrap();
    archive.update();
    assert_eq!(sources(&archive, &[0, 1]), alone, "two pages prove nothing");
}
