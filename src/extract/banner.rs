//! Lines that say who wrote an article and who published it: a line goes in, names come out, nothing invented.

use std::sync::LazyLock;

use crate::extract::date::Found;
use crate::extract::word_gate::WordGate;
use crate::text::folded;

/// The people that a line names as authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// In the order of the line; never empty.
    pub people: Vec<String>,
    /// Tells that a word such as `author` says so, not only `by` or `von`.
    pub is_labelled: bool,
}

/// Words of a line beyond which `by` and its like are part of a sentence.
const MOST_WORDS: usize = 22;
/// Words of the longest name.
const MOST_NAME_WORDS: usize = 4;

/// Words that stand before an author's name in several languages, folded; with a colon or without.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "author", "authors", "written by", "posted by", "published by", "reported by", "reporting by", "story by", "words by", "text by", "autor",
    "autorin", "autoren", "text", "geschrieben von", "veroffentlicht von", "erstellt von", "verfasst von", "gepostet von", "eingestellt von",
    "ein artikel von", "blog beitrag von", "eine kolumne von", "ein kommentar von", "kommentar von", "gastbeitrag von", "redaktion",
    "ein beitrag von", "auteur", "ecrit par", "publie par", "redige par", "escrito por", "publicado por", "autora", "autore", "scritto da",
    "pubblicato da", "autorka", "napisal", "napisala", "автор", "автори", "авторка", "авторы", "текст",
];

/// Words that mean `by`, folded.
const PREPOSITIONS: &[&str] = &["by", "von", "par", "por", "di", "przez", "від"];

/// Words of reading counts after a name, folded: `Ada Marsh Views`.
const COUNTS: &[&str] = &["views", "aufrufe", "vues", "vistas", "visualizzazioni", "visualizacoes", "odslon", "переглядів", "просмотров"];

/// The first words of labels, which most lines do not begin with.
static LABEL_WORDS: LazyLock<WordGate> = LazyLock::new(|| WordGate::of(LABELS.iter().copied()));
/// The same of prepositions.
static PREPOSITION_WORDS: LazyLock<WordGate> = LazyLock::new(|| WordGate::of(PREPOSITIONS.iter().copied()));
/// The same of reading counts.
static COUNT_WORDS: LazyLock<WordGate> = LazyLock::new(|| WordGate::of(COUNTS.iter().copied()));
/// The same of labels before the name of an outlet.
static IMPRINT_WORDS: LazyLock<WordGate> = LazyLock::new(|| WordGate::of(IMPRINT_LABELS));

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "da", "di", "del", "della", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu",
    "af",
];

/// Last words of the names of companies, folded.
const LEGAL_FORMS: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "plc",
    "ltd",
    "limited",
    "llc",
    "gmbh",
    "ag",
    "kg",
    "se",
    "sa",
    "spa",
    "nv",
    "oy",
    "bank",
    "group",
];

/// Words between two people.
const CONJUNCTIONS: &[&str] = &["and", "und", "et", "y", "e", "i", "oraz", "та", "і", "й", "и"];

/// Reads the people from a byline; `None` if the line is none. `date` is the date in the line, which is not part of a name.
pub fn byline(line: &str, date: Option<&Found>) -> Option<Byline> {
    let mut before_date = line;
    let mut after_date = "";
    if let Some(found) = date {
        (before_date, after_date) = (&line[..found.range.start], &line[found.range.end..]);
    }
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).count();
    if words(before_date) + words(after_date) > MOST_WORDS {
        return None;
    }
    labelled(before_date)
        .or_else(|| prepositional(before_date, if date.is_some() { 1 } else { 2 }))
        .or_else(|| {
            date.filter(|found| found.is_introduced || found.range.start == 0 || found.moment.hour_minute().is_some())
                .and_then(|_| labelled(after_date).or_else(|| inner(after_date)))
        })
        .or_else(|| counted(line))
        .or_else(|| date.and_then(|found| after_dash(found, after_date)))
}

/// Reads the people from a line that is `by` or its like and full names, and nothing else.
pub fn signature(line: &str) -> Option<Byline> {
    /// Words of three people in full and what joins them.
    const MOST_SIGNING_WORDS: usize = 10;
    let start = Start::of(line.trim_matches(EDGES));
    let (rest, _) = PREPOSITIONS.iter().find_map(|word| start.after(word))?;
    let is_all = line.split(' ').count() <= MOST_SIGNING_WORDS && is_all_names(rest);
    is_all.then(|| people(rest, 2, Commas::PartPeople)).flatten().map(|people| Byline { people, is_labelled: false })
}

/// Tells a line that is a label of authors and nothing else: `Author:`; their names stand on the next.
pub fn is_lone_label(line: &str) -> bool {
    /// Bytes of the longest label: `veröffentlicht von:`.
    const LABEL_BYTES_MAX: usize = 24;
    let label = line.trim_matches(EDGES);
    let first = label.split(' ').next().unwrap_or_default();
    let may_be = label.len() <= LABEL_BYTES_MAX && (LABEL_WORDS.may_hold(first) || PREPOSITION_WORDS.may_hold(first));
    may_be && {
        let folded = folded_line(label);
        LABELS.contains(&folded.as_str()) || PREPOSITIONS.contains(&folded.as_str())
    }
}

/// Reads the people from a line that is full names and nothing else.
pub fn names_alone(line: &str) -> Option<Byline> {
    /// Names on a line of their own are short; longer ones are labels: `Leave A Reply Below`.
    const WORDS_MAX: usize = 3;
    let line = line.trim_matches(EDGES);
    let is_shouted = |word: &str| word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let is_short =
        |names: &[String]| names.iter().all(|name| name.split(' ').filter(|word| !PARTICLES.contains(word)).count() <= WORDS_MAX);
    if line.split([' ', ',']).any(is_shouted) {
        return None;
    }
    is_all_names(line)
        .then(|| people(line, 2, Commas::PartPeople))
        .flatten()
        .filter(|people| is_short(people))
        .map(|people| Byline { people, is_labelled: true })
}

/// Reads the name in a line that is a date, a dash and a name: `26.11.2024 - Ada Marsh`.
fn after_dash(found: &Found, after_date: &str) -> Option<Byline> {
    let name = after_date.trim_start().strip_prefix(['-', '–', '—', '|', '·', '•'])?.trim();
    let is_alone = found.range.start == 0 && (2..=3).contains(&name.split(' ').count()) && name.split(' ').all(is_name_word);
    is_alone.then(|| Byline { people: vec![name.to_owned()], is_labelled: false })
}

fn labelled(text: &str) -> Option<Byline> {
    let start = Start::if_in(&LABEL_WORDS, text.trim_matches(EDGES))?;
    LABELS.iter().find_map(|label| {
        let (rest, has_colon) = start.after(label)?;
        // A label of one word is a noun of any sentence, unless a colon or nothing but names follow.
        if !has_colon && !label.contains(' ') && !is_all_names(rest) {
            return None;
        }
        let inner = Start::of(rest);
        let rest = PREPOSITIONS.iter().find_map(|word| inner.after(word)).map_or(rest, |(rest, _)| rest);
        people(rest, 1, Commas::PartPeople).map(|people| Byline { people, is_labelled: true })
    })
}

/// Tells two words or more that are parts of names, or join names.
fn is_all_names(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_part = |word: &&str| is_name_word(word) || CONJUNCTIONS.contains(word) || PARTICLES.contains(word);
    (2..=MOST_WORDS / 2).contains(&words.len()) && words.iter().all(is_part)
}

/// Reads names after `by`; without a colon they have to have this many words, since `by Tuesday` is no byline.
fn prepositional(text: &str, fewest_words: usize) -> Option<Byline> {
    let start = Start::if_in(&PREPOSITION_WORDS, text.trim_matches(EDGES))?;
    let (rest, has_colon) = PREPOSITIONS.iter().find_map(|word| start.after(word))?;
    let fewest_words = if has_colon { 1 } else { fewest_words };
    people(rest, fewest_words, Commas::Unclear).map(|people| Byline { people, is_labelled: false })
}

/// Finds `by` inside a line that has a date too: `Posted on … by Ada Marsh in Harbours`.
fn inner(text: &str) -> Option<Byline> {
    /// Words between the date and `by`: a section, reading time.
    const MOST_BETWEEN: usize = 4;
    let mut rest = text.trim_matches(EDGES);
    for _ in 0..=MOST_BETWEEN {
        if let Some(found) = prepositional(rest, 1) {
            return Some(found);
        }
        rest = rest.split_once(' ')?.1.trim_start_matches(EDGES);
    }
    None
}

fn counted(line: &str) -> Option<Byline> {
    let (name, count) = line.trim().rsplit_once(' ')?;
    if !COUNT_WORDS.may_hold(count) || !COUNTS.contains(&folded(count).as_str()) {
        return None;
    }
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || EDGES.contains(&c) || matches!(c, '.' | ','));
    people(name, 2, Commas::Unclear).map(|people| Byline { people, is_labelled: false })
}

/// Marks around the parts of a byline.
const EDGES: [char; 12] = [' ', '|', '•', '·', '-', '–', '—', '/', ',', ':', '~', '»'];

/// The first words of a text, folded, to be compared with labels.
struct Start<'t> {
    text: &'t str,
    /// Each with the byte after it.
    words: [(String, usize); 3],
}

impl<'t> Start<'t> {
    /// Reads the first words of a text, if the first of them may be one of a table.
    fn if_in(table: &WordGate, text: &'t str) -> Option<Self> {
        let first = text.split([' ', ':']).next().unwrap_or_default();
        table.may_hold(first).then(|| Start::of(text))
    }

    fn of(text: &'t str) -> Self {
        /// Bytes beyond which a word is no label.
        const LONGEST_LABEL_BYTES: usize = 48;
        let mut from = 0;
        let words = std::array::from_fn(|_| {
            let end = from + text[from..].find([' ', ':']).unwrap_or(text.len() - from);
            let word = if end - from <= LONGEST_LABEL_BYTES { folded(&text[from..end]) } else { String::new() };
            from = text.len() - text[end..].trim_start_matches([' ', ':']).len();
            (word, end)
        });
        Start { text, words }
    }

    /// Returns what follows a label at the start of the text, and whether a colon stands between.
    fn after(&self, label: &str) -> Option<(&'t str, bool)> {
        let mut end = 0;
        let mut found = self.words.iter();
        for word in label.split(' ') {
            end = found.next().filter(|(found, _)| found == word)?.1;
        }
        let rest = &self.text[end..];
        Some((rest.trim_start_matches([' ', ':']), rest.trim_start().starts_with(':')))
    }
}

/// What a comma after a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Commas {
    /// Another person follows.
    PartPeople,
    /// A person or an outlet follows: only `and` tells.
    Unclear,
}

/// Splits names off the start of a text; the first thing that is no name ends them.
fn people(text: &str, fewest_words: usize, commas: Commas) -> Option<Vec<String>> {
    let text = text.split(['|', '•', '·', '(', '/', '@', ':', ';']).next().unwrap_or_default();
    let text = [" - ", " – ", " — "].iter().fold(text, |text, mark| text.split(mark).next().unwrap_or_default());
    let mut people = Vec::new();
    let mut is_closed = false;
    for part in text.split([',', '&']) {
        let names = names(part);
        is_closed = names.len() > 1;
        people.extend(names.iter().flatten().filter(|name| name.split(' ').count() >= fewest_words).cloned());
        if is_closed || people.is_empty() || names.contains(&None) {
            break;
        }
    }
    let is_listed = is_closed || text.contains('&') || commas == Commas::PartPeople;
    people.truncate(if is_listed { people.len() } else { 1 });
    (!people.is_empty()).then_some(people)
}

/// The names in a text without commas; `None` where something else stands.
fn names(text: &str) -> Vec<Option<String>> {
    let mut names = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let mut is_over = false;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if CONJUNCTIONS.contains(&word.to_lowercase().as_str()) && !name.is_empty() {
            names.push(whole(&name));
            name.clear();
        } else if is_name_word(word) || (PARTICLES.contains(&word) && !name.is_empty()) {
            name.push(word);
        } else {
            is_over = true;
            break;
        }
    }
    if !name.is_empty() {
        names.push(whole(&name));
    }
    if is_over || names.is_empty() {
        names.push(None);
    }
    names
}

fn whole(name: &[&str]) -> Option<String> {
    // `le` and its like may belong to the date behind a name.
    let kept = name.iter().rposition(|word| !PARTICLES.contains(word)).map_or(0, |last| last + 1);
    let name = &name[..kept];
    let ends_well = name.last().is_some_and(|word| !LEGAL_FORMS.contains(&folded(word).as_str()));
    (ends_well && name.len() <= MOST_NAME_WORDS).then(|| name.join(" ").trim_end_matches('.').to_owned())
}

/// Tells a word that can be part of a name: a capital, then letters, hyphens and apostrophes, no digits, and no date word.
fn is_name_word(word: &str) -> bool {
    let is_spelled =
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '‑'));
    is_spelled && word.chars().count() > 1 && !is_weekday(word)
}

fn is_weekday(word: &str) -> bool {
    use crate::extract::months::{DateWord, meaning};
    word.chars().count() > 3 && matches!(meaning(&folded(word)), Some(DateWord::Weekday))
}

/// Reads the outlet from the first lines of a page: its name, a mark, then a word for an edition or a section (`Harbour Post. Global`, `Harbour Post | World`).
///
/// Without such a word the line could be any label, and a section's name is never an outlet's.
pub fn masthead(line: &str) -> Option<String> {
    let (name, section) = SEPARATORS.iter().find_map(|mark| line.split_once(mark))?;
    (is_outlet(name) && SECTIONS.contains(&folded_line(section).as_str())).then(|| name.trim().to_owned())
}

/// Words before the name of an outlet, folded.
const IMPRINT_LABELS: [&str; 8] = ["copyright", "source", "quelle", "fuente", "fonte", "zrodlo", "джерело", "источник"];

/// Reads the outlet from a notice of rights or a line that names the source: `© 2024 Harbour Post`, `Copyright Harbour Post`, `Source: Harbour Post`.
pub fn imprint(line: &str) -> Option<String> {
    /// Words before a notice of rights that it can have.
    const FARTHEST_SIGN_BYTES: usize = 30;
    let after_sign = line.find('©').filter(|at| *at <= FARTHEST_SIGN_BYTES).map(|at| &line[at + '©'.len_utf8()..]);
    let rest = after_sign.or_else(|| {
        let start = Start::if_in(&IMPRINT_WORDS, line)?;
        IMPRINT_LABELS.iter().find_map(|word| {
            start
                .after(word)
                .filter(|(rest, has_colon)| {
                    *has_colon || (*word == "copyright" && rest.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()))
                })
                .map(|(rest, _)| rest)
        })
    })?;
    let rest =
        rest.trim_start_matches("(c)").trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | ',' | '.' | '©'));
    let rest = ["by ", "Copyright "].iter().fold(rest, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let end = rest
        .find(['|', '.', ',', '–', '•', '·', '(', '/', ';', '—'])
        .filter(|end| !rest[*end..].starts_with('.') || rest[*end + 1..].starts_with([' ']) || rest.len() == end + 1);
    let name = cut_rights(&rest[..end.unwrap_or(rest.len())]).trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '!');
    (is_outlet(name) && !is_rights(name)).then(|| name.to_owned())
}

/// Tells the rest of a notice that names nobody, and words too short to be a name.
fn is_rights(name: &str) -> bool {
    let folded = folded_line(name);
    let starts = [
        "all rights",
        "alle rechte",
        "tous droits",
        "todos los derechos",
        "tutti i diritti",
        "foto",
        "photo",
        "theme",
        "powered by",
        "minuten",
    ];
    starts.iter().any(|start| folded.starts_with(start))
        || matches!(folded.as_str(), "the" | "der" | "die" | "das" | "by" | "la" | "le" | "el")
}

fn cut_rights(name: &str) -> &str {
    let end = [" All rights", " All Rights", " ALL RIGHTS", " Alle Rechte", " Tous droits", " Todos ", " Tutti i", " - ", " 19", " 20"]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min();
    name[..end.unwrap_or(name.len())].trim()
}

const SEPARATORS: &[&str] = &[" | ", ". ", " - ", " – ", " — ", " :: ", " › ", " » ", " / ", " • ", " · ", ": "];

/// Words for editions and sections, folded.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "global", "international", "world", "news", "world news", "politics", "europe", "asia", "africa", "us", "uk", "english", "english edition", "us edition", "uk edition", "edition", "breaking news",
    "latest news", "live", "live updates", "online", "business", "sport", "sports", "opinion", "culture", "technology", "home", "national", "local", "economy",
    "politik", "wirtschaft", "ausland", "inland", "welt", "nachrichten", "kultur", "startseite", "panorama", "monde", "politique", "actualites", "accueil", "mundo", "noticias", "inicio", "politica", "mondo", "notizie",
    "swiat", "wiadomosci", "polityka", "світ", "новини", "політика", "мир", "новости", "политика",
];

/// Reads the outlet from a line of its name alone that stands above a headline: in title case, with words that names of newspapers
/// are made of (`Harbour Gazette`, `Evening Star`, `Der Talbote`). One such word is enough if nothing else is called so.
pub fn nameplate(line: &str) -> Option<String> {
    let name = line.trim();
    let is_titled = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '&') || word.chars().count() <= 3;
    let is_plain = || name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '&' | '.' | '’' | '\''));
    // What is cheap to tell comes first: this is asked of every line that may be a headline.
    let is_short = (2..=MOST_OUTLET_WORDS).contains(&name.split(' ').count());
    if !is_short || !name.split(' ').all(is_titled) || !is_plain() || name.ends_with('.') || !is_outlet(name) {
        return None;
    }
    let folded: Vec<String> = name.split(' ').map(folded).collect();
    let strong = folded.iter().filter(|word| PRESS_WORDS.contains(&word.as_str()) || has_press_ending(word)).count();
    let weak = folded.iter().filter(|word| WEAK_PRESS_WORDS.contains(&word.as_str())).count();
    (strong > 0 || weak > 1).then(|| name.to_owned())
}

/// Tells a German compound that names a newspaper: `Hochlandbote`, `Abendblatt`.
fn has_press_ending(word: &str) -> bool {
    /// Letters before the ending, so that it is a compound.
    const FEWEST_BEFORE: usize = 3;
    let endings = ["bote", "blatt", "zeitung", "anzeiger", "kurier", "rundschau", "nachrichten"];
    endings.iter().any(|ending| word.strip_suffix(ending).is_some_and(|before| before.chars().count() >= FEWEST_BEFORE))
}

/// Words of newspapers' names that name little else, folded.
#[rustfmt::skip]
const PRESS_WORDS: &[&str] = &[
    "gazette", "courier", "herald", "tribune", "journal", "ledger", "chronicle", "telegraph", "times", "observer", "examiner", "inquirer", "enquirer", "dispatch", "bugle", "argus", "advertiser",
    "newspaper", "post", "standard", "bulletin",
    "tagblatt", "tageblatt", "zeitung", "anzeiger", "kurier", "rundschau", "nachrichten", "bote", "allgemeine", "volksblatt",
    "gaceta", "diario", "periodico", "heraldo", "correo", "noticiero", "gazzetta", "corriere", "giornale", "messaggero", "figaro", "depeche", "quotidien", "courrier", "jornal", "correio",
    "gazeta", "dziennik", "kurier", "газета", "вісник", "вістник", "вестник", "известия", "вісті",
];

/// Words of newspapers' names that name other things too: two of them make a name, folded.
const WEAK_PRESS_WORDS: &[&str] = &[
    "daily",
    "evening",
    "morning",
    "sunday",
    "weekly",
    "star",
    "sun",
    "mail",
    "news",
    "press",
    "world",
    "echo",
    "mirror",
    "express",
    "independent",
    "voice",
    "today",
];

/// Words of the longest name of an outlet that is taken as one.
const MOST_OUTLET_WORDS: usize = 5;

fn is_outlet(name: &str) -> bool {
    let name = name.trim();
    let count = name.split(' ').count();
    let starts_well = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && name.chars().any(char::is_alphabetic);
    starts_well
        && count <= MOST_OUTLET_WORDS
        && name.chars().count() >= 2
        && !SECTIONS.contains(&folded_line(name).as_str())
        && !name.ends_with(':')
}

fn folded_line(text: &str) -> String {
    let words: Vec<String> = crate::text::words(text).map(|(_, word)| folded(word)).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
