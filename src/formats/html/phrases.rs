//! A line in; which of the phrases of furniture and which common words it has.
//!
//! A list of phrases is a feature among others and decides nothing alone.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// How many lists of phrases there are, each with a feature for short lines and one for long ones.
pub const COUNT: usize = 2 * LISTS.len();

/// A longer line that opens with a phrase may be a paragraph that happens to.
const SHORT_BYTES: usize = 80;

/// The first line of a list says what it stands for; a phrase that begins with `*` may stand anywhere in the line.
#[rustfmt::skip]
const LISTS: [&[&str]; 14] = [
    // Sharing.
    &["teilen", "share", "tweet", "facebook", "twitter", "whatsapp", "pinterest", "per e-mail", "e-mail", "drucken", "print", "merken", "email", "compartir", "partager",
      "condividi", "udostępnij", "auf facebook", "auf twitter", "like this", "gefällt mir", "follow us", "folgen", "folgt uns", "link kopieren", "instagram", "linkedin", "telegram"],
    // Other articles.
    &["mehr zum thema", "lesen sie", "auch interessant", "das könnte", "weitere artikel", "mehr dazu", "mehr lesen", "mehr zu", "mehr aus", "read more", "read also", "also read",
      "related", "you may also", "you might also", "more from", "see also", "siehe auch", "weiterlesen", "lire aussi", "à lire", "lee también", "leer más", "lea también",
      "te puede interesar", "czytaj", "zobacz", "leggi anche", "leia também", "leia mais", "recommended", "empfehl", "zum artikel", "next:", "previous", "ähnliche", "passend dazu",
      "zum weiterlesen", "zum thema", "trending", "most read", "meistgelesen", "beliebt", "popular", "latest", "neueste", "aktuelle", "vorheriger", "nächster", "nächste", "vorherige",
      "older post", "newer post", "übersicht", "zurück", "back to", "← ", "→ ", "voir aussi", "lea:", "lea ", "lee:", "mire:", "mira:", "dowiedz się", "auch lesen", "lesetipp", "przeczytaj", "vea ", "vea:", "además:", "también:", "zum weiter", "hier geht", "hier gibt", "buchtipp", "andere ", "ebenfalls ", "noch mehr", "lies auch", "lies hier", "leia:", "read:", "watch:", "listen:", "click here", "découvrez", "approfondi", "sur le même", "relacionad", "más noticias", "zum seitenanfang", "nach oben"],
    // More to be found elsewhere.
    &["weitere informationen", "weiterführende", "more information", "further information", "mehr informationen", "weitere infos", "links", "downloads", "download", "zur website",
      "kontakt", "contact", "pressekontakt", "ansprechpartner", "infos:", "quelle", "source", "quellen", "sources", "fuente", "źródło"],
    // Comments and accounts.
    &["kommentar", "comment", "antworten", "reply", "leave a", "schreibe", "log in", "anmelden", "login", "registr", "diskutieren", "deine e-mail", "your email", "ihre e-mail", "gib deine", "enter your", "*antworten", "*schreibt:", "*says:", "*sagt:", "* @ ", "keine kommentare",
      "no comments", "comentario", "commentaire", "hinterlasse", "sign in", "einloggen", "name *", "benachrichtig", "notify me", "zitieren", "melden", "gast", "gepostet"],
    // Letters and subscriptions.
    &["newsletter", "subscribe", "abonnieren", "sign up", "abo ", "jetzt abonnieren", "jetzt registrieren", "unterstütz", "support", "spenden", "donate", "suscr", "abonnez", "jetzt testen",
      "bleiben sie", "jetzt kaufen", "*newsletter", "*abonnieren"],
    // Pictures.
    &["foto", "photo", "bild:", "bild ", "bilder", "©", "(c)", "image", "credit", "*getty", "*imago", "*picture alliance", "*shutterstock", "*dpa", "grafik", "video", "symbolbild", "abbildung",
      "*foto:", "*bild:", "*©", "*photo:", "*pixabay", "*unsplash", "*istock", "*fotolia", "*(c)", "abb.", "fig."],
    // Law.
    &["copyright", "*all rights reserved", "*alle rechte", "impressum", "datenschutz", "privacy", "cookie", "agb", "terms of", "*cookies", "disclaimer", "*nutzungsbedingungen", "haftung",
      "*datenschutzerklärung", "*privacy policy", "wir verwenden", "we use", "diese website", "diese seite", "this site", "this website", "*reservados", "*zastrzeżone"],
    // Topics.
    &["tags", "schlagw", "kategorie", "category", "categories", "filed under", "themen", "stichw", "topics", "posted in", "rubrik", "abgelegt", "etiquetas", "ressort", "tag:", "keywords", "#",
      "in diesem artikel", "inhaltsverzeichnis", "inhalt", "contents", "temas"],
    // Advertisements.
    &["anzeige", "werbung", "advertisement", "sponsored", "publicidad", "publicité", "reklama", "ad ", "promo", "partner", "*affiliate", "*provision", "angebot"],
    // People.
    &["von ", "by ", "autor", "text:", "por ", "par ", "di ", "author", "über den autor", "about the author", "über uns", "über die autor", "*redakteur", "*ist autor", "*freie journalist", "zur person", "about", "*is a writer", "*writes about", "*studierte", "*contributor", "written by", "verfasst von", "redaktion", "geschrieben von", "posted by", "gepostet von",
      "veröffentlicht von", "interview:", "published by"],
    // Times.
    &["veröffentlicht", "published", "posted on", "updated", "aktualisiert", "stand:", "last updated", "lesezeit", "*min read", "*minuten", "*uhr", "*lesedauer", "am ", "datum", "publicado",
      "publié", "erstellt", "zuletzt", "*min.", "*ago", "vor "],
    // Days.
    &["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "januar", "februar", "märz",
      "april", "mai ", "juni", "juli", "august", "september", "oktober", "november", "dezember", "january", "february", "march", "june", "july", "october", "december", "jan ", "feb ", "mar ",
      "jun ", "jul ", "aug ", "sep ", "oct ", "nov ", "dec ", "*.2020", "*.2021", "*.2022", "*.2019", "*.2018", "*.2017", "*.2016", "*.2015", "*.2023", "*.2014", "*.2013", "*.2024", "*.2025", "*.2026"],
    // Reports.
    &["(dpa", "*(dpa", "*(ots)", "(reuters", "*(afp", "*(ap)", "berlin (", "*/dpa", "wien (", "hamburg (", "münchen (", "original-content von", "pressemitteilung"],
    // Controls.
    &["menü", "menu", "suche", "search", "home", "startseite", "mehr", "more", "close", "schließen", "ok", "akzeptieren", "accept", "weiter", "next", "previous", "show", "anzeigen", "hide", "öffnen",
      "open", "skip", "zum inhalt", "play", "jump to", "springe", "navigation", "inicio", "accueil", "toggle", "click", "klick", "hier klicken", "auswahl", "alle ", "edit", "bearbeiten", "zur "],
];

/// The commonest words of English, German, French, Spanish, Italian, Portuguese, Polish and Dutch, in order.
#[rustfmt::skip]
const COMMON: [&str; 156] = [
    "a", "about", "al", "als", "an", "and", "are", "as", "at", "au", "auch", "auf", "aus", "avec", "be", "been", "bei", "but", "by", "che", "com", "como", "con", "dans", "das", "dass", "de",
    "dei", "del", "della", "dem", "den", "der", "des", "di", "die", "do", "du", "durch", "e", "ein", "eine", "einem", "einen", "einer", "el", "elle", "em", "en", "er", "es", "est", "et",
    "for", "from", "für", "ha", "haben", "had", "has", "hat", "have", "he", "her", "his", "i", "ich", "if", "il", "ils", "im", "in", "is", "ist", "it", "its", "jest", "kann", "la", "las",
    "le", "les", "lo", "los", "man", "mas", "mehr", "met", "mit", "más", "na", "nach", "nicht", "nie", "no", "noch", "non", "not", "nous", "não", "o", "oder", "of", "on", "or", "os", "ou",
    "par", "para", "pas", "per", "plus", "por", "pour", "que", "qui", "se", "sein", "si", "sich", "sie", "sind", "so", "sont", "su", "sur", "that", "the", "their", "they", "this", "to",
    "um", "un", "una", "und", "une", "uns", "van", "var", "vom", "von", "vor", "w", "was", "we", "werden", "were", "wie", "will", "wir", "wird", "with", "z", "zu", "zum",
];

/// Calls `each` with the number of each list that a line has a phrase of.
pub fn found(text: &str, each: &mut dyn FnMut(usize)) {
    // Phrases of furniture stand at the start; a long line is searched no further.
    let end = text.floor_char_boundary(2 * SHORT_BYTES);
    let start = text[..end].to_lowercase();
    let is_long = usize::from(text.len() > SHORT_BYTES);
    let (search, lists) = &*ANYWHERE;
    let anywhere =
        search.find_overlapping_iter(start.as_str()).fold(0_u32, |found, phrase| found | 1 << lists[phrase.pattern().as_usize()]);
    for (number, list) in LISTS.iter().enumerate() {
        if anywhere >> number & 1 == 1 || list.iter().any(|phrase| start.starts_with(phrase)) {
            each(2 * number + is_long);
        }
    }
}

/// The phrases that may stand anywhere, searched for in one pass, and the list of each.
static ANYWHERE: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let of_list =
        |(number, list): (usize, &'static &[&str])| list.iter().filter_map(move |phrase| Some((phrase.strip_prefix('*')?, number)));
    let phrases: Vec<(&str, usize)> = LISTS.iter().enumerate().flat_map(of_list).collect();
    let search = AhoCorasick::new(phrases.iter().map(|(phrase, _)| phrase)).expect("the phrases are few and short");
    (search, phrases.iter().map(|(_, number)| *number).collect())
});

/// Tells the commonest words of eight languages, which sentences are full of and labels are not.
pub fn is_common(word: &str) -> bool {
    if word.len() > 7 {
        return false;
    }
    let small = word.to_lowercase();
    COMMON.binary_search(&small.as_str()).is_ok()
}
