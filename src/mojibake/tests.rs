//! Texts that were decoded wrongly, made by decoding sound ones wrongly; and sound ones of many languages that must pass.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

use super::*;

/// Sentences of our own, in many languages and with what is easily mistaken.
const SOUND: [&str; 46] = [
    "The dockers’ “final” offer — nine percent — was refused; they said: ‘no’.",
    "At the CAFÉ” they met, and in the CAFÉ’s yard, at NESCAFÉ® and É™, footnote CAFÉ¹.",
    "Der Spaß“, sagte er, „Ärger“ und ‚Ärger‘ seien groß… Die Straße–Brücke heißt „Ä“ und „Ö“.",
    "„ÜBERFLUTET“ stand in GRÖSSE 12 auf der Tafel: ÄÖÜ, ß§ und Maß².",
    "« Là », dit-il, « déjà » ; la qualité « élevée »… L’ŒUVRE d’Ésope, À « L’ÎLE » ; ÉŒ, ÇA… et là\u{a0}», été\u{a0}», où\u{a0}».",
    "«Él dijo: ¿qué?», y en ESPAÑA… «AÑO», «MONTAÑA», Nº 5, 3ª, ¿¡qué!? ¡Ñandú!",
    "Amanhã, a irmã; AMANHÃ”, IRMÃ…, MAÇÃ, NÃO, SÃO, PÃES, CORAÇÕES, À noite, Às 3h, “Ã”, 2.ª e 1º.",
    "Perché no? È così: «CITTÀ», UNIVERSITÀ”, È… e là.",
    "Zażółć gęślą jaźń; ŻÓŁĆ, „ŁÓDŹ”, Śląsk, ĄĘŃ… „Ó”.",
    "VÝŠKA, KŘÍŽ, ŽÁDNÝ, „ÚŽAS“, Příliš žluťoučký kůň úpěl ďábelské ódy; ÉŠ, ÍŽ.",
    "Slovenčina: ĽÚBIŤ, VĹČA, ÔSMY, „Ň“, kôň, DĹŽKA, VŔBA, stĺp.",
    "A csütörtöki „ŐRÜLT” ötlet: árvíztűrő tükörfúrógép, ÁRVÍZTŰRŐ.",
    "OBĂŞTEA, ŞCOALĂ”, OBŞTEASCĂ; „ÎNTR-ADEVĂR”, școală, înțelegere, ȚARĂ…",
    "Şişli’de İSTANBUL’un GÜNLÜĞÜ: “ÇIĞ”, ağır, ÖĞÜT… Âşık, kâr, ÂLEM”.",
    "I DAG: «PÅ», på», «Ærø», ÆRØ», ØL”, BLÅ… blåbærsyltetøy, gå–bort.",
    "Å ÄLSKA: ”DÅ”, ÅÄÖ, ”Å…”, RÅ–VARA, smörgås.",
    "ÄÄNI, YÖ”, ”TYÖ”, TÄÄLLÄ… Õhtu, ÕŠU, ŽÜRII.",
    "Það er Ð og Þ: „Þ“, „Ð“, ÞÚ…, MEÐ“, þjóð, ÆÐI.",
    "Ir žodis „ŠĮ“, ĖŽ, ĄŽUOLAS; Rīgā ĀĒĪ…, „ŪDENS“, ģērbt.",
    "Đường đến HÀ NỘI: “ĐÂY”, Ở, ÊĐÊ, Ô…, ấp ủ, ĂN, ÂN, CÂY.",
    "Привет, мир: «Россия», СССР, РФ, «СМИ»… РОССИЯ — №1, Р., С. Ёлка.",
    "Київ: «ЇЖА», РІЧ, РІК, СІЇ, СІМ’Я, ЄС, Ґанок, РІЄ… «РІ», СІРІ й рій.",
    "Беларусь: «ЎСЁ», РЎ, СЁ, праўда, РЎМ…",
    "Ваљево и ЊЕГОШ: «СЈАЈ», РЈ, Ђак, Ћуприја, СЊ, «Љ», РЂ.",
    "Скопје: ЌЕ, Ѓорѓи, СЅ, «РЉ», ѕвезда.",
    "Български: «РЪКА»… СЪД, ръж, № 7.",
    "Ελλάδα: «ΌΧΙ», ΞΈΝΟΣ, ΟΊΚΟΣ, ΟΎΤΕ… ΆΝΟΙΞΗ’, Ή.",
    "שלום עולם: „ירושלים”, צה״ל, ×2, 2×½.",
    "مرحبا بالعالم: «القاهرة»، خط، ظرف… ٪ ؟",
    "گزارش «تهران»: پنج‌شنبه، چاپ، ژاله، کاپ، خطکش.",
    "یہ خبر «لاہور» سے ہے: گاؤں، چائے، ٹھیک۔",
    "नमस्ते दुनिया: “दिल्ली” — आज…",
    "வணக்கம் உலகம்: “சென்னை” – இன்று…",
    "සමගි ජන “කොළඹ” – අද…",
    "สวัสดีชาวโลก “กรุงเทพ” …",
    "你好，世界：“北京”——今天……《报纸》·×é。",
    "こんにちは、世界：「東京」・ニュース…①×2。",
    "안녕하세요 “서울” — 오늘… ‘뉴스’·사진.",
    "30°C, ±2°, 5 µm, ½ ¼ ¾, £5, €5, 5 €, ¥7, §3, ¶4, ©2024, ®, ™, •, …, †.",
    "mp3 “Beyoncé”, naïve café’s façade, Zoë’s, El Niño’s, São Paulo—Brasília, Curaçao–Aruba.",
    "“Déjà vu” à Paris – voilà… l’été’, “É”, “À”, “Ç”.",
    "Ô, Ê, Â! Ã? Â»… CHÂTEAU, ÂGE, « Â ».",
    "Catalan: l·l, «ÇA», COL·LEGI, ÀÉÍ…, què\u{a0}»; Galego: «Ó», MAÑÁ.",
    "Gaeilge: ÁÉÍÓÚ, “Éire”, SEÁN’s; Cymraeg: TŶ, ŴY, “Ô”.",
    "Esperanto: ĈĜĤĴŜŬ, „EĤOŜANĜO”, ĉiuĵaŭde.",
    "Azərbaycan: ƏŞİ”, Qırğız, Ÿ, “Ÿ”, ŸŽ.",
];

fn misread(text: &str, encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

#[test]
fn sound_text_passes() {
    for text in SOUND {
        let found = find(text);
        assert!(found.is_none(), "{text}: {:?}", &text[found.clone().unwrap().first]);
    }
}

#[test]
fn misread_text_is_found() {
    for (text, encoding) in [
        ("Zürich", WINDOWS_1252),
        ("the dockers’ offer", WINDOWS_1252),
        ("“no”", WINDOWS_1252),
        ("a – b", WINDOWS_1252),
        ("5 €", WINDOWS_1252),
        ("voilà une", WINDOWS_1252),
        ("año y más", WINDOWS_1252),
        ("Größe, Spaß", WINDOWS_1252),
        ("São", WINDOWS_1252),
        ("50\u{a0}km", WINDOWS_1252),
        ("© 2024", WINDOWS_1252),
        ("pracę, ludzie są", WINDOWS_1252),
        ("привет", WINDOWS_1252),
        ("Ελλάδα", WINDOWS_1252),
        ("שלום", WINDOWS_1252),
        ("القاهرة", WINDOWS_1252),
        ("नमस्ते", WINDOWS_1252),
        ("你好世界", WINDOWS_1252),
        ("안녕하세요", WINDOWS_1252),
        ("привет, мир", WINDOWS_1251),
        ("Київ і Львів", WINDOWS_1251),
        ("тире — “кавычки”", WINDOWS_1251),
        ("Größe für Käthe", WINDOWS_1250),
        ("the dockers’ offer", WINDOWS_1250),
        ("the dockers’ “offer” – no", MACINTOSH),
        ("Zürich, café", MACINTOSH),
    ] {
        let wrong = misread(text, encoding);
        let found = find(&wrong).unwrap_or_else(|| panic!("{text} as {}: {wrong}", encoding.name()));
        assert!(found.misread > 0 && !wrong[found.first].is_ascii(), "{wrong}");
    }
}

#[test]
fn places_are_counted() {
    let text = "Die Größe in ZÃ¼rich wÃ¤chst \u{fffd}\u{fffd}";
    let found = find(text).unwrap();
    assert_eq!((found.misread, found.lost, &text[found.first]), (2, 2, "Ã¼"));
    let found = find("lost \u{fffd} here").unwrap();
    assert_eq!((found.misread, found.lost, found.first), (0, 1, 5..8));
    assert_eq!(find("â€™").unwrap().misread, 1);
    assert_eq!(find("Ð¿Ñ€").unwrap().misread, 2);
    assert_eq!(find(""), None);
}

proptest! {
    #[test]
    fn any_text_can_be_searched(text in r"[\PC�Ã¼â€™РёÐ¿ ]{0,40}") {
        if let Some(found) = find(&text) {
            prop_assert!(!text[found.first].is_empty());
        }
    }

    #[test]
    fn cyrillic_words_are_found(word in "[а-яёіїє]{3,12}") {
        prop_assert!(find(&word).is_none());
        prop_assert!(find(&misread(&word, WINDOWS_1252)).is_some());
        prop_assert!(find(&misread(&word, WINDOWS_1251)).is_some());
    }
}
