//! Paragraphs with their sentences: `|` in a golden paragraph stands where one sentence ends and the next begins.

use proptest::prelude::*;

use super::*;

fn check(marked: &str) {
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text).into_iter().map(|range| &text[range]).collect();
    assert_eq!(found, expected);
}

#[test]
fn stops_end_sentences() {
    for marked in [
        "The dam broke.| Nobody was hurt.",
        "Did it break?| Yes!| It did.",
        "Why?!| Nobody knows...| The inquiry goes on…| Perhaps.",
        "\"It broke.\"| The mayor left.| “It broke.”| He left.| (It rained.)| Then it stopped.",
        "It rose to 3.5 metres at 10.30 on example.com and b.txt.| It fell.",
        "\"Is it over?\" he asked.| \"No!\" said Anna.",
        "He paused... and went on.| iPhone sales rose.| 20 people came.",
        "The company Wave! said no more.",
        "One line\nof two.| Another\nline.",
        "No stop at the end",
    ] {
        check(marked);
    }
}

#[test]
fn abbreviations_do_not() {
    for marked in [
        "The U.S. President met Gen. Smith and J. K. Brown on Nov. 25 in St. Anne.| They spoke.",
        "It opened at 9 a.m. Monday and closed at 5 p.m.| The queue was long.",
        "He works for Wave Inc.| He said so.| Wave Inc. Chairman Ann Lee left.",
        "See No. 5, e.g. Figure 2, vs. Part 3.| He said no.| No.| He did not.",
        "She lives in the U.S.| It is far.| John B. Green and Mr. A. Stone agreed.",
        "Wave Ltd. Co. paid Rs. 500 to Dr. (Mrs.) Silva.| Prices rose.",
        "It grew by 5 percent in 2021.| Last year it fell.",
        "1. Wash the rice.| Then boil it.",
    ] {
        check(marked);
    }
}

#[test]
fn other_languages_have_their_own() {
    for marked in [
        "Das Treffen ist am 26. November in Bern.| Es beginnt um 9 Uhr.| Dr. Weber, z. B. aus Köln, kommt u. a. mit Frau Prof. Klein.",
        "Im 19. Jahrhundert war das anders.| Der 1. FC Musterstadt gewann.",
        "M. Dupont est venu avec Mme. Martin.| Il a dit « non. »| Elle est partie.",
        "El Sr. García vive en EE.UU.| La Sra. López no.| ¿Por qué?| ¡Nadie sabe!",
        "Il dott. Rossi è qui.| Non parla.",
        "A Sra. Silva chegou.| O Dr. Costa saiu.",
        "Spotkał się z prof. Nowakiem przy ul. Długiej w 2020 r.| Prezydent milczał.",
        "Він народився 1990 р.| Місто Київ велике.| На вул. Садовій живе проф. Коваль.",
        "Он приехал в г. Тверь в 2020 г.| Потом уехал.| И. И. Петров остался.",
        "大坝破了。|没有人受伤！|真的吗？|「本当です。」と言った。",
        "बाँध टूट गया।| कोई घायल नहीं हुआ।",
        "هل انهار السد؟| نعم.| بند ٹوٹ گیا۔| سب ٹھیک ہیں۔",
    ] {
        check(marked);
    }
}

#[test]
fn blank_text_has_no_sentence() {
    assert!(sentences("").is_empty());
    assert!(sentences(" \n\u{a0}").is_empty());
    check(".");
}

proptest! {
    #[test]
    fn sentences_cover_the_text_in_order(text in "([A-Z]\\.|[a-z]{1,4}|[ .?!\"»。।“”…\n(\u{a0}É1]|\\PC){0,60}") {
        let mut done = 0;
        for range in sentences(&text) {
            prop_assert!(range.start < range.end);
            prop_assert!(text[done..range.start].trim().is_empty());
            prop_assert_eq!(text[range.clone()].trim(), &text[range.clone()]);
            done = range.end;
        }
        prop_assert!(text[done..].trim().is_empty());
    }
}
