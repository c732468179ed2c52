//! Files of articles made up of a few hundred words, so that every kind of query finds some and misses others.

use serde_json::json;

use super::File;
use crate::chance::Chance;

/// Files, each with as many articles as [`ARTICLES_OF_FILE`].
const FILES: usize = 18;

/// Articles of one file.
const ARTICLES_OF_FILE: usize = 9;

const SUBJECTS: [&str; 14] = [
    "The harbour council",
    "A dockworkers' union",
    "The mayor of Selwick",
    "Some fishermen",
    "The ferry's pilot",
    "President Zelenskyy",
    "A woman from Brackwater",
    "The old women of the quay",
    "An U.S. envoy",
    "Zoë Łukacs",
    "The state-run railway",
    "Growers and workers",
    "The union's lawyers",
    "A happy crowd",
];
const VERBS: [&str; 12] = [
    "rejected",
    "welcomed",
    "is considering",
    "considers",
    "will be striking against",
    "studies",
    "studied",
    "operates",
    "had closed",
    "closes",
    "said it feared",
    "hopes for",
];
const OBJECTS: [&str; 16] = [
    "the wage offer",
    "an offer of 11,000 crowns",
    "wages of 11 thousand crowns",
    "a strike at the port",
    "the closing of two ports",
    "the operation of the ferries",
    "operational plans for the harbour",
    "1.2 million crowns of damages",
    "1,200,000 crowns in damage",
    "a new organisation of the quays",
    "the happiness of its members",
    "talks in Kyiv",
    "talks in Kiev",
    "the storm warning",
    "3.5% more",
    "a study of the fog",
];
const ENDS: [&str; 10] = [
    "on Monday",
    "after the storm",
    "before dawn",
    "in the port of Selwick",
    "for a second week",
    "although the Mayor objected",
    "as ships waited outside",
    "at 4:30 p.m. on Friday",
    "near Orrin",
    "without striking",
];
const GERMAN: [&str; 12] = [
    "Die Häfen der Küste schließen am Montag.",
    "Im alten Hafen liegen drei Häuser und ein Haus aus Holz.",
    "Die Gewerkschaften lehnten das Angebot ab.",
    "Eine Gewerkschaft nahm 11.000 Kronen an.",
    "Der Bürgermeister von Selwick kritisierte die Streiks.",
    "Ein Streik der Fähren dauert eine zweite Woche.",
    "Zoë Łukacs studierte die Größe der Schiffe.",
    "Studien über große Schiffe kommen aus Kyiv.",
    "Happy hour, sagte die Sprecherin der Union.",
    "Die Port Union operiert ohne Lizenzen.",
    "Nach dem Sturm warteten die Fischer.",
    "Ein Fischer wartete vor der Küste auf den Sturm.",
];
const SOURCES: [&str; 6] = ["Harbour Post", "Coast Wire", "The Brackwater Ledger", "Évening Star", "Orrin Post", "Kestrel Daily"];
const AUTHORS: [&str; 5] =
    ["Ann Lee", "Tom Marsh and Ann Lee", "Bel Okafor, Mira Quint and Tom Marsh", "Lee Marsh", "Quint Okafor and Bel Lee"];

/// Returns the files.
pub fn files() -> Vec<File> {
    let mut chance = Chance::new(7);
    let mut bodies: Vec<String> = Vec::new();
    (0..FILES).map(|number| file(number, &mut bodies, &mut chance)).collect()
}

fn file(number: usize, bodies: &mut Vec<String>, chance: &mut Chance) -> File {
    let lines: Vec<String> = (0..ARTICLES_OF_FILE).map(|place| article(number * ARTICLES_OF_FILE + place, bodies, chance)).collect();
    let mut last = lines.clone();
    last.rotate_left(2);
    last.truncate(ARTICLES_OF_FILE - 1);
    last[0] = article(9000 + number, bodies, chance);
    File { name: format!("beat{}/week-{number}.jsonl", number % 5), first: lines.concat(), last: last.concat() }
}

fn article(number: usize, bodies: &mut Vec<String>, chance: &mut Chance) -> String {
    let language = chance.of(&["en", "en", "en", "en", "en", "de", "xx"]);
    let body = if language == "de" {
        (0..2 + chance.below(3)).map(|_| german(chance)).collect::<Vec<_>>().join("\n\n")
    } else if !bodies.is_empty() && chance.percent(30) {
        // A copy, whole or with something before it.
        let copied = bodies[chance.below(bodies.len())].clone();
        if chance.percent(30) { format!("{}\n\n{copied}", paragraph(chance)) } else { copied }
    } else {
        (0..2 + chance.below(3)).map(|_| paragraph(chance)).collect::<Vec<_>>().join("\n\n")
    };
    bodies.push(body.clone());
    let mut article = json!({"title": sentence(chance).trim_end_matches('.'), "text": body, "source": chance.of(&SOURCES)});
    if chance.percent(85) {
        article["date"] = json!(format!("2024-{:02}-{:02}", 1 + chance.below(12), 1 + chance.below(9)));
    }
    if chance.percent(50) {
        article["author"] = json!(chance.of(&AUTHORS));
    }
    if chance.percent(50) {
        article["url"] = json!(format!("https://post.example/2024/port_{}/story-{number}.html", number % 4));
    }
    if language == "de" || chance.percent(80) {
        article["lang"] = json!(language);
    }
    if chance.percent(50) {
        article["id"] = json!(format!("w-{number}"));
    }
    format!("{article}\n")
}

fn paragraph(chance: &mut Chance) -> String {
    (0..2 + chance.below(4)).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
}

fn german(chance: &mut Chance) -> String {
    (0..2 + chance.below(4)).map(|_| chance.of(&GERMAN)).collect::<Vec<_>>().join(" ")
}

fn sentence(chance: &mut Chance) -> String {
    let (subject, verb, object) = (chance.of(&SUBJECTS), chance.of(&VERBS), chance.of(&OBJECTS));
    format!("{subject} {verb} {object} {}.", chance.of(&ENDS))
}
