//! An archive in several languages: words are found in all their forms, each in the language of its article.

use crate::support::{Archive, ids, run_json};

const GERMAN: &str = "---\ntitle: Häfen bleiben geschlossen\nlang: de\ndate: 2024-11-05\n---\n\nDie Beschäftigten der Häfen legten die Arbeit nieder. In den Häusern am Kai blieb das Licht aus, sagte der Sprecher der Gewerkschaft.\n";
const FRENCH: &str = "---\ntitle: Les ports fermés\nlang: fr\ndate: 2024-11-06\n---\n\nLes dockers ont voté la grève. L’économie locale en souffre, et les élections municipales approchent, dit le maire.\n";
const ENGLISH: &str = "---\ntitle: Ports closed\nlang: en\ndate: 2024-11-07\n---\n\nDockers voted to strike. Houses on the quay went dark, and the local economy suffers, the mayor said before the vote.\n";
const OTHER: &str = "---\ntitle: A quiet night\nlang: en\ndate: 2024-11-04\n---\n\nThe crane was switched off at nine, and nobody on the quay heard a thing until the morning came.\n";
const JAPANESE: &str =
    "---\ntitle: 港は閉鎖\nlang: ja\ndate: 2024-11-08\n---\n\n東京港の作業員は木曜日に仕事を止めた。京都の東の倉庫は暗いままだった。\n";
const THAI: &str = "---\ntitle: ท่าเรือปิด\nlang: th\ndate: 2024-11-09\n---\n\nคนงานท่าเรือหยุดงานเมื่อวันพฤหัสบดี\n";

fn five() -> Archive {
    let archive = Archive::with(&[("de.md", GERMAN), ("en.md", ENGLISH), ("fr.md", FRENCH), ("ja.md", JAPANESE), ("th.md", THAI)]);
    archive.update();
    archive
}

#[test]
fn words_are_found_in_the_forms_of_their_language() {
    let archive = five();
    for (query, expected) in [
        ("Haus", &["de.md"][..]),
        ("hauser", &["de.md"]),
        ("hafen geschlossene", &["de.md"]),
        ("économie", &["en.md", "fr.md"]),
        ("economie élection", &["fr.md"]),
        ("économie -lang:en", &["fr.md"]),
        ("port", &["en.md", "fr.md"]),
        ("dockers ports", &["en.md", "fr.md"]),
        ("\"élection municipale\"", &["fr.md"]),
        ("headline:hafen", &["de.md"]),
        ("lede:gewerkschaften", &["de.md"]),
        ("beschäftigte w/3 häfen", &["de.md"]),
        ("beschäftigte w/s häusern", &[]),
        ("=Häusern", &["de.md"]),
        ("=Haus", &[]),
        ("h?usern", &["de.md"]),
        ("gewerkschft~", &["de.md"]),
        ("port -grèves", &["en.md"]),
        ("atleast2(hafen)", &["de.md"]),
        ("lang:fr port", &["fr.md"]),
    ] {
        let mut found = archive.hits(&[query]);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
}

#[test]
fn the_stem_of_one_language_finds_nothing_in_another() {
    let archive = Archive::with(&[("de.md", GERMAN), ("en.md", ENGLISH), ("other.md", OTHER)]);
    archive.update();
    assert_eq!(archive.hits(&["offer"]), [] as [&str; 0], "offer is off in German");
    assert_eq!(archive.hits(&["off"]), ["other.md"]);
    for (query, expected) in [
        ("haus OR off", &["de.md", "other.md"][..]),
        ("haus OR source:nobody OR off", &["de.md", "other.md"]),
        ("quay -off", &["en.md"]),
        ("lang:en -off", &["en.md"]),
        ("lang:de -off", &["de.md"]),
        ("lang:de -haus", &[]),
        ("(haus OR off) -undated", &["de.md", "other.md"]),
    ] {
        let response = run_json(&archive.index(), &["search", "--json", query]);
        let mut found = ids(&response);
        found.sort();
        assert_eq!(found, expected, "{query}");
        assert_eq!(response["articles_total"], expected.len(), "{query}");
    }
}

#[test]
fn scripts_without_blanks_are_found_by_their_letters_side_by_side() {
    let archive = five();
    for (query, expected) in [("東京", &["ja.md"][..]), ("京東", &[]), ("東京 作業員", &["ja.md"]), ("ท่าเรือ", &["th.md"]), ("เรือท่า", &[])]
    {
        assert_eq!(archive.hits(&[query]), expected, "{query}");
    }
}

#[test]
fn highlights_stand_on_the_forms_that_were_found() {
    let archive = five();
    let marked = |query: &str| {
        let response = run_json(&archive.index(), &["search", "--json", query]);
        let passage = &response["hits"][0]["passages"][0];
        let text = passage["text"].as_str().unwrap();
        let marks = passage["highlights"].as_array().unwrap().iter();
        let bytes = |mark: &serde_json::Value, end: usize| usize::try_from(mark[end].as_u64().unwrap()).unwrap();
        marks.map(|mark| text[bytes(mark, 0)..bytes(mark, 1)].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked("haus lang:de"), ["Häusern"]);
    assert_eq!(marked("economie lang:fr"), ["L’économie"]);
    assert_eq!(marked("東京 lang:ja"), ["東京"]);
}

#[test]
fn a_slip_of_the_pen_is_put_right_in_each_language() {
    let run = five().run(&["search", "gewerkschafft"]);
    assert!(run.err.contains("gewerkschaft"), "{}", run.err);
}
