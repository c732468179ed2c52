//! The words of dates: a word in its folded form (see [`text::folded`](crate::text::folded)) goes in, what it means in a date comes out.
//!
//! Covers English, German, French, Spanish, Italian, Portuguese, Polish, Ukrainian and Russian, with genitive forms and the
//! usual abbreviations; the months and weekdays of Dutch, Swedish, Danish, Norwegian, Finnish, Czech, Turkish, Romanian, Hungarian, Greek
//! and Arabic, whose months have one set of names in the east and another in the west; those of two words are left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::extract::word_gate::WordGate;

/// What a word means in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateWord {
    /// A month, from 1.
    Month(i8),
    /// A day of the week.
    Weekday,
    /// The hours before noon.
    Morning,
    /// The hours after noon.
    Afternoon,
    /// A zone, in minutes east of UTC.
    Zone(i32),
    /// Follows an hour: `Uhr`, `h`.
    HourMark,
    /// Joins the parts of a date: `of`, `de`, `at`, `um`.
    Joint,
    /// Stands before a date and says what it is: `published`, `Stand`.
    Label,
    /// Stands before a date of change: `updated`.
    ChangeLabel,
}

/// Returns what a folded word means in a date, if anything.
pub fn meaning(word: &str) -> Option<DateWord> {
    MEANINGS.get(word).copied()
}

/// Tells whether a word, folded or not, may mean something in a date; most words do not, and need not be folded to see that.
pub fn may_mean(word: &str) -> bool {
    GATE.may_hold(word)
}

static GATE: LazyLock<WordGate> = LazyLock::new(|| WordGate::of(MEANINGS.keys().copied()));

/// All tables by word; a word in several of them means what the first says.
static MEANINGS: LazyLock<HashMap<&'static str, DateWord>> = LazyLock::new(|| {
    let mut meanings = HashMap::new();
    for (month, names) in (1..).zip(MONTHS) {
        meanings.extend(names.iter().map(|name| (*name, DateWord::Month(month))));
    }
    meanings.extend(ZONES.iter().map(|(name, minutes)| (*name, DateWord::Zone(*minutes))));
    let groups = [
        (WEEKDAYS, DateWord::Weekday),
        (MORNING, DateWord::Morning),
        (AFTERNOON, DateWord::Afternoon),
        (HOUR_MARKS, DateWord::HourMark),
        (JOINTS, DateWord::Joint),
        (LABELS, DateWord::Label),
        (CHANGE_LABELS, DateWord::ChangeLabel),
    ];
    for (words, meaning) in groups {
        for word in words {
            meanings.entry(word).or_insert(meaning);
        }
    }
    meanings
});

#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "genn", "janeiro", "styczen", "stycznia", "sty",
      "січень", "січня", "січ", "январь", "января", "янв",
      "januari", "ianuarie", "ian", "leden", "ledna", "ocak", "oca", "ιανουαριου", "ιανουαριος", "ιαν", "tammikuuta", "يناير", "جانفي"],
    &["february", "feb", "febr", "februar", "fevrier", "fevr", "fev", "febrero", "febbraio", "febb", "fevereiro", "luty", "lutego", "lut",
      "лютии", "лютого", "лют", "февраль", "февраля", "фев", "февр",
      "februari", "februarie", "unor", "unora", "subat", "φεβρουαριου", "φεβρουαριος", "φεβ", "helmikuuta", "فبراير", "شباط", "فيفري"],
    &["march", "mar", "marz", "maerz", "mrz", "mars", "marzo", "marco", "marzec", "marca",
      "березень", "березня", "бер", "март", "марта", "мар",
      "maart", "mrt", "marts", "martie", "brezen", "brezna", "bre", "mart", "marcius", "μαρτιου", "μαρτιος", "μαρ", "maaliskuuta", "مارس", "اذار"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwiecien", "kwietnia", "kwi",
      "квітень", "квітня", "квіт", "апрель", "апреля", "апр",
      "aprilie", "duben", "dubna", "dub", "nisan", "nis", "aprilis", "απριλιου", "απριλιος", "απρ", "huhtikuuta", "ابريل", "نيسان", "افريل"],
    &["may", "mai", "mayo", "maggio", "mag", "magg", "maio", "maj", "maja",
      "травень", "травня", "трав", "маи", "мая",
      "mei", "kveten", "kvetna", "kve", "mayis", "majus", "μαιου", "μαιος", "μαι", "toukokuuta", "مايو", "ايار"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca", "cze",
      "червень", "червня", "черв", "июнь", "июня", "июн",
      "iunie", "iun", "cerven", "cervna", "haziran", "haz", "junius", "ιουνιου", "ιουνιος", "ιουν", "kesakuuta", "يونيو", "يونيه", "حزيران", "جوان"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca", "lip",
      "липень", "липня", "лип", "июль", "июля", "июл",
      "iulie", "iul", "cervenec", "cervence", "temmuz", "julius", "ιουλιου", "ιουλιος", "ιουλ", "heinakuuta", "يوليو", "يوليه", "تموز", "جويلية"],
    &["august", "aug", "aout", "agosto", "ago", "sierpien", "sierpnia", "sie",
      "серпень", "серпня", "серп", "август", "августа", "авг",
      "augusti", "augustus", "srpen", "srpna", "srp", "agustos", "agu", "augusztus", "αυγουστου", "αυγουστος", "αυγ", "elokuuta", "اغسطس", "اب", "اوت"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "sett", "set", "setembro", "wrzesien", "wrzesnia", "wrz",
      "вересень", "вересня", "вер", "сентябрь", "сентября", "сен", "сент",
      "septembrie", "zari", "eylul", "eyl", "szeptember", "szept", "σεπτεμβριου", "σεπτεμβριος", "σεπ", "σεπτ", "syyskuuta", "سبتمبر", "ايلول"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "pazdziernik", "pazdziernika", "paz",
      "жовтень", "жовтня", "жовт", "октябрь", "октября", "окт",
      "octombrie", "rijen", "rijna", "rij", "ekim", "eki", "οκτωβριου", "οκτωβριος", "οκτ", "lokakuuta", "اكتوبر"],
    &["november", "nov", "novembre", "noviembre", "novembro", "listopad", "listopada", "lis",
      "листопад", "листопада", "лист", "ноябрь", "ноября", "ноя", "нояб",
      "noiembrie", "listopadu", "kasim", "kas", "νοεμβριου", "νοεμβριος", "νοε", "νοεμ", "marraskuuta", "نوفمبر"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre", "dezembro", "grudzien", "grudnia", "gru",
      "грудень", "грудня", "груд", "декабрь", "декабря", "дек",
      "decembrie", "desember", "prosinec", "prosince", "aralik", "δεκεμβριου", "δεκεμβριος", "δεκ", "joulukuuta", "ديسمبر"],
];

#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "mo", "mi", "fr", "sa", "so",
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica",
    "segunda", "terca", "quarta", "quinta", "sexta", "feira",
    "poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela",
    "понеділок", "вівторок", "середа", "четвер", "пятниця", "п'ятниця", "субота", "неділя",
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "mandag", "tisdag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag",
    "pondeli", "utery", "streda", "ctvrtek", "patek", "nedele", "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar",
    "luni", "marti", "miercuri", "joi", "vineri", "sambata", "duminica", "hetfo", "kedd", "szerda", "csutortok", "pentek", "szombat", "vasarnap",
    "δευτερα", "τριτη", "τεταρτη", "πεμπτη", "παρασκευη", "σαββατο", "κυριακη",
    "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد",
];

const MORNING: &[&str] = &["am", "a.m", "ص", "صباحا"];
const AFTERNOON: &[&str] = &["pm", "p.m", "م", "مساء"];
const HOUR_MARKS: &[&str] = &["uhr", "h", "hrs", "hours", "uur", "klo"];

#[rustfmt::skip]
const JOINTS: &[&str] = &[
    "of", "the", "at", "on", "in", "from", "as", "is", "was", "st", "nd", "rd", "th", "er", "o",
    "am", "um", "vom", "den", "der", "die", "das", "gegen", "um",
    "le", "la", "a", "du", "de", "del", "dia", "el", "las", "los", "il", "alle", "ore", "as", "em", "do", "da",
    "kl", "klockan", "r", "g", "godz", "godzina", "dnia", "w", "о", "об", "в", "року", "р", "г", "года", "году", "от", "від",
];

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "date", "dated", "published", "posted", "first", "created", "issued", "release", "released", "pub", "time", "publication", "article", "written",
    "stand", "datum", "veroffentlicht", "erstellt", "erschienen", "publiziert", "geschrieben", "artikel",
    "publie", "publiee", "parution", "publicado", "publicada", "fecha", "pubblicato", "pubblicata", "data", "opublikowano", "publikacja", "dodano", "utworzono",
    "опубліковано", "опубликовано", "дата", "публікаціі", "публикации",
    "gepubliceerd", "geplaatst", "publicerad", "publiceret", "publisert", "publikovano", "yayinlanma", "publicat", "megjelent", "δημοσιευση", "julkaistu", "نشر", "تاريخ", "النشر",
];

#[rustfmt::skip]
const CHANGE_LABELS: &[&str] = &[
    "updated", "update", "modified", "last", "revised", "edited", "changed", "reviewed",
    "aktualisiert", "geandert", "zuletzt", "bearbeitet", "letzte", "anderung", "aktualisierung", "modifie", "modifiee", "mis", "jour", "maj",
    "actualizado", "actualizada", "modificado", "aggiornato", "aggiornata", "modificato", "atualizado", "atualizada", "aktualizacja", "zaktualizowano",
    "оновлено", "обновлено", "изменено", "змінено",
    "bijgewerkt", "gewijzigd", "uppdaterad", "opdateret", "oppdatert", "aktualizovano", "guncelleme", "guncellenme", "actualizat", "frissitve", "ενημερωση", "paivitetty", "تحديث",
];

/// Zone names with one usual meaning; names that mean several zones (CST, IST, BST) or a rule (ET) are left out.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("sast", 120),
    ("pkt", 300),
    ("hkt", 480),
    ("sgt", 480),
    ("jst", 540),
    ("kst", 540),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::folded;

    #[test]
    fn every_word_is_in_folded_form() {
        for word in MONTHS.iter().copied().chain([MORNING, AFTERNOON, HOUR_MARKS, JOINTS, LABELS, CHANGE_LABELS, WEEKDAYS]).flatten() {
            assert_eq!(folded(word), *word);
        }
    }

    #[test]
    fn written_words_are_known() {
        let check = |word: &str, expected| assert_eq!(meaning(&folded(word)), expected, "{word}");
        check("März", Some(DateWord::Month(3)));
        check("août", Some(DateWord::Month(8)));
        check("października", Some(DateWord::Month(10)));
        check("травня", Some(DateWord::Month(5)));
        check("Май", Some(DateWord::Month(5)));
        check("лютий", Some(DateWord::Month(2)));
        check("CEST", Some(DateWord::Zone(120)));
        check("Mayıs", Some(DateWord::Month(5)));
        check("ΝΟΕΜΒΡΙΟΥ", Some(DateWord::Month(11)));
        check("října", Some(DateWord::Month(10)));
        check("Noiembrie", Some(DateWord::Month(11)));
        check("március", Some(DateWord::Month(3)));
        check("Donnerstag", Some(DateWord::Weekday));
        check("أكتوبر", Some(DateWord::Month(10)));
        check("الأربعاء", Some(DateWord::Weekday));
        check("n'est", None);
        check("harbour", None);
    }
}
