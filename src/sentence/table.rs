//! Abbreviations and usual first words of sentences, for telling the full stop that ends a sentence from any other.
//!
//! One table for English, German, French, Spanish, Italian, Portuguese, Polish, Ukrainian and Russian together: case counts, so
//! that `Sun.` and `sun.` differ, and abbreviations that are everyday words in another of these languages are left out.

/// Where an abbreviation stands, which says whether its full stop can also end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Before a name or in the midst of a phrase; never the end of a sentence.
    BeforeName,
    /// Before a number only; before anything else it is a word, or the end of the sentence.
    BeforeNumber,
    /// Anywhere, also at the end of a sentence.
    Anywhere,
    /// Behind a number, and there usually the end of the sentence if a capital follows; else before a name.
    AfterNumber,
}

use Abbreviation::{AfterNumber, Anywhere, BeforeName, BeforeNumber};

/// Returns where the abbreviation stands that is written so before its last full stop.
pub(super) fn abbreviation(token: &str) -> Option<Abbreviation> {
    let place = ABBREVIATIONS.binary_search_by_key(&token, |(written, _)| *written).ok()?;
    Some(ABBREVIATIONS[place].1)
}

/// Tells whether a word usually begins a sentence when it is written with a capital.
pub(super) fn is_opener(word: &str) -> bool {
    OPENERS.binary_search(&word).is_ok()
}

/// Tells whether a German word follows an ordinal number, as in `am 26. November`.
pub(super) fn follows_ordinal(word: &str) -> bool {
    AFTER_ORDINALS.binary_search(&word).is_ok()
}

/// Sorted by bytes.
#[rustfmt::skip]
const ABBREVIATIONS: &[(&str, Abbreviation)] = &[
    ("A.M", Anywhere), ("Abb", BeforeNumber), ("Abs", BeforeNumber), ("Adm", BeforeName), ("Ala", Anywhere), ("Amb", BeforeName),
    ("Apr", Anywhere), ("Ariz", Anywhere), ("Ark", Anywhere), ("Arq", BeforeName), ("Art", BeforeNumber), ("Assoc", BeforeName),
    ("Asst", BeforeName), ("Atty", BeforeName), ("Aug", Anywhere), ("Avda", BeforeName), ("Ave", Anywhere), ("Avv", BeforeName),
    ("Bd", BeforeNumber), ("Bhd", Anywhere), ("Blvd", Anywhere), ("Brig", BeforeName), ("Bros", Anywhere), ("Calif", Anywhere),
    ("Cap", BeforeName), ("Capt", BeforeName), ("Cdr", BeforeName), ("Ch", BeforeNumber), ("Cmdr", BeforeName), ("Co", Anywhere),
    ("Col", BeforeName), ("Colo", Anywhere), ("Conn", Anywhere), ("Corp", Anywhere), ("Cos", Anywhere), ("Cpl", BeforeName),
    ("Cía", BeforeName), ("Dec", Anywhere), ("Dep", BeforeName), ("Dept", Anywhere), ("Dez", Anywhere), ("Dipl", BeforeName),
    ("Dott", BeforeName), ("Dr", BeforeName), ("Dra", BeforeName), ("Drs", BeforeName), ("Dña", BeforeName), ("EE.UU", Anywhere),
    ("Esq", Anywhere), ("Etc", Anywhere), ("Excmo", BeforeName), ("Exma", BeforeName), ("Exmo", BeforeName), ("Feb", Anywhere),
    ("Febr", Anywhere), ("Fig", BeforeNumber), ("Figs", BeforeNumber), ("Fla", Anywhere), ("Fr", BeforeName), ("Fri", Anywhere),
    ("Frl", BeforeName), ("Ft", BeforeName), ("Ga", Anywhere), ("Gen", BeforeName), ("Geom", BeforeName), ("Gov", BeforeName),
    ("Govs", BeforeName), ("Govt", BeforeName), ("Gral", BeforeName), ("Hon", BeforeName), ("Hr", BeforeName), ("Hwy", Anywhere),
    ("Inc", Anywhere), ("Ing", BeforeName), ("Insp", BeforeName), ("Jan", Anywhere), ("Jr", Anywhere), ("Jul", Anywhere),
    ("Jun", Anywhere), ("Kan", Anywhere), ("Kap", BeforeNumber), ("Ky", Anywhere), ("LLC", Anywhere), ("Lic", BeforeName),
    ("Lt", BeforeName), ("Ltd", Anywhere), ("M.D", Anywhere), ("MM", BeforeName), ("Maj", BeforeName), ("Mar", Anywhere),
    ("Md", Anywhere), ("Messrs", BeforeName), ("Mgr", BeforeName), ("Mich", Anywhere), ("Minn", Anywhere), ("Mio", Anywhere),
    ("Mlle", BeforeName), ("Mme", BeforeName), ("Mmes", BeforeName), ("Mons", BeforeName), ("Mont", Anywhere), ("Mr", BeforeName),
    ("Mrd", Anywhere), ("Mrs", BeforeName), ("Ms", BeforeName), ("Mt", BeforeName), ("Mx", BeforeName), ("N.V", Anywhere),
    ("Neb", Anywhere), ("Nev", Anywhere), ("No", BeforeNumber), ("Nos", BeforeNumber), ("Nov", Anywhere), ("Nr", BeforeNumber),
    ("Nrn", BeforeNumber), ("Nº", BeforeNumber), ("Núm", BeforeNumber), ("Oct", Anywhere), ("Okla", Anywhere), ("Okt", Anywhere),
    ("Ont", Anywhere), ("P.M", Anywhere), ("PLC", Anywhere), ("Pa", Anywhere), ("Penn", Anywhere), ("Ph.D", Anywhere),
    ("Plc", Anywhere), ("Pres", BeforeName), ("Prof", BeforeName), ("Pty", Anywhere), ("Pvt", BeforeName), ("Que", Anywhere),
    ("Rd", Anywhere), ("Rep", BeforeName), ("Reps", BeforeName), ("Rev", BeforeName), ("Revd", BeforeName), ("Rs", BeforeNumber),
    ("S.A", Anywhere), ("Sec", BeforeName), ("Sect", BeforeNumber), ("Sen", BeforeName), ("Sens", BeforeName), ("Sep", Anywhere),
    ("Sept", Anywhere), ("Sgt", BeforeName), ("Sig", BeforeName), ("Sigg", BeforeName), ("Sr", Anywhere), ("Sra", BeforeName),
    ("Sres", BeforeName), ("Srta", BeforeName), ("St", BeforeName), ("Std", Anywhere), ("Ste", BeforeName), ("Str", Anywhere),
    ("Supt", BeforeName), ("Tel", BeforeNumber), ("Tenn", Anywhere), ("Tex", Anywhere), ("Tfno", BeforeNumber), ("Thero", BeforeName),
    ("Thu", Anywhere), ("Thur", Anywhere), ("Thurs", Anywhere), ("Tsd", Anywhere), ("Tue", Anywhere), ("Tues", Anywhere),
    ("Ud", Anywhere), ("Uds", Anywhere), ("Univ", Anywhere), ("Va", Anywhere), ("Ven", BeforeName), ("Vol", BeforeNumber),
    ("Vt", Anywhere), ("Wed", Anywhere), ("Wis", Anywhere), ("Wyo", Anywhere), ("a.m", Anywhere), ("abp", BeforeName), ("al", Anywhere),
    ("approx", BeforeName), ("aprox", Anywhere), ("art", BeforeNumber), ("avr", Anywhere), ("bp", BeforeName), ("bspw", BeforeName),
    ("bzw", BeforeName), ("ca", BeforeName), ("cf", BeforeName), ("d.h", BeforeName), ("dott", Anywhere), ("dr", BeforeName),
    ("déc", Anywhere), ("e.g", BeforeName), ("ecc", Anywhere), ("einschl", BeforeName), ("etc", Anywhere), ("evtl", BeforeName),
    ("exkl", BeforeName), ("fig", BeforeNumber), ("févr", Anywhere), ("gen", BeforeName), ("ggf", BeforeName), ("godz", Anywhere),
    ("hab", BeforeName), ("i.e", BeforeName), ("im", BeforeName), ("inkl", BeforeName), ("insb", BeforeName), ("inż", BeforeName),
    ("itd", Anywhere), ("itp", Anywhere), ("janv", Anywhere), ("juil", Anywhere), ("kpt", BeforeName), ("ks", BeforeName),
    ("m.in", BeforeName), ("mgr", BeforeName), ("min", Anywhere), ("mjr", BeforeName), ("mld", Anywhere), ("mln", Anywhere),
    ("n.º", BeforeNumber), ("np", BeforeName), ("nr", BeforeNumber), ("núm", BeforeNumber), ("o.ä", Anywhere), ("p.m", Anywhere),
    ("pag", Anywhere), ("pg", BeforeNumber), ("pkt", BeforeNumber), ("pl", BeforeName), ("poz", BeforeNumber), ("pp", BeforeNumber),
    ("ppłk", BeforeName), ("prof", BeforeName), ("pág", Anywhere), ("płk", BeforeName), ("r", AfterNumber), ("resp", BeforeName),
    ("rr", AfterNumber), ("sog", BeforeName), ("tel", BeforeNumber), ("tj", Anywhere), ("tys", Anywhere), ("tzn", BeforeName),
    ("tzw", BeforeName), ("tél", BeforeNumber), ("u.a", BeforeName), ("u.s.w", Anywhere), ("u.ä", Anywhere), ("ul", BeforeName),
    ("usf", Anywhere), ("ust", BeforeNumber), ("usw", Anywhere), ("v.a", BeforeName), ("vgl", BeforeName), ("viz", BeforeName),
    ("vol", BeforeNumber), ("vs", BeforeName), ("woj", BeforeName), ("z.B", BeforeName), ("zm", BeforeName), ("zzgl", BeforeName),
    ("zł", Anywhere), ("éd", Anywhere), ("św", BeforeName), ("акад", BeforeName), ("бул", BeforeName), ("вул", BeforeName),
    ("г", AfterNumber), ("г-жа", BeforeName), ("г-н", BeforeName), ("гг", AfterNumber), ("ген", BeforeName), ("гл", BeforeNumber),
    ("гос", BeforeName), ("гр", BeforeName), ("грн", Anywhere), ("д-р", BeforeName), ("дер", BeforeName), ("др", Anywhere),
    ("им", BeforeName), ("кап", BeforeName), ("кв", Anywhere), ("коп", Anywhere), ("куб", Anywhere), ("млн", Anywhere),
    ("млрд", Anywhere), ("наб", BeforeName), ("напр", BeforeName), ("обл", Anywhere), ("пер", BeforeName), ("пл", BeforeName),
    ("полк", BeforeName), ("пос", BeforeName), ("пп", BeforeName), ("пр", Anywhere), ("пров", BeforeName), ("просп", BeforeName),
    ("проф", BeforeName), ("р", AfterNumber), ("р-н", Anywhere), ("ред", BeforeName), ("рис", BeforeNumber), ("рр", AfterNumber),
    ("руб", Anywhere), ("св", BeforeName), ("см", BeforeName), ("ст", BeforeName), ("стор", BeforeName), ("стр", BeforeNumber),
    ("т.д", Anywhere), ("т.е", BeforeName), ("т.зв", BeforeName), ("т.к", BeforeName), ("т.н", BeforeName), ("т.п", Anywhere),
    ("т.ч", Anywhere), ("тзв", BeforeName), ("тис", Anywhere), ("тощо", Anywhere), ("тыс", Anywhere), ("ул", BeforeName),
    ("чел", Anywhere), ("ім", BeforeName), ("ін", Anywhere),
];

/// Sorted by bytes.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "A", "Aber", "According", "Additionally", "Además", "After", "Agora", "Ainda", "Al", "Ale", "Alla", "Als", "Also", "Although", "Am",
    "Among", "An", "Anche", "And", "Another", "Ante", "Antes", "Any", "Ao", "Aos", "Apesar", "Après", "As", "Asked", "Así", "At", "Até",
    "Au", "Auch", "Aucun", "Auf", "Aunque", "Aus", "Aux", "Avec", "Because", "Before", "Bei", "Beim", "Bis", "Bo", "Both", "But", "By",
    "Ce", "Cela", "Celui", "Cependant", "Ces", "Cet", "Cette", "Che", "Chi", "Choć", "Ci", "Co", "Com", "Como", "Con", "Così",
    "Critics", "Cuando", "Czy", "Da", "Dabei", "Daher", "Dal", "Dalla", "Damit", "Dann", "Dans", "Das", "Dass", "De", "Del", "Dem",
    "Den", "Denn", "Depois", "Depuis", "Der", "Des", "Desde", "Deshalb", "Despite", "Die", "Dies", "Diese", "Dieser", "Dieses", "Dla",
    "Do", "Doch", "Donde", "Dopo", "Dort", "Dos", "Du", "Durante", "Durch", "During", "Each", "Earlier", "Ein", "Eine", "Einem",
    "Einen", "Einer", "El", "Ela", "Eles", "Ella", "Ellas", "Elle", "Elles", "Ellos", "Em", "En", "Enquanto", "Entre", "Er", "Era",
    "Es", "Esa", "Ese", "Eso", "Essa", "Esse", "Esta", "Estas", "Este", "Estos", "Et", "Eu", "Even", "Every", "Foi", "For", "Former",
    "From", "Fue", "Furthermore", "Für", "Gdy", "Gegen", "Gli", "Ha", "Hasta", "Hay", "He", "Her", "Here", "His", "How", "However", "I",
    "Ich", "If", "Ihr", "Ihre", "Il", "Ils", "Im", "In", "Infatti", "Instead", "Intanto", "Isso", "Ist", "It", "Its", "Jak", "Je",
    "Jednak", "Jego", "Jej", "Jest", "Jetzt", "Już", "Já", "Kiedy", "Który", "La", "Las", "Last", "Later", "Le", "Les", "Leur", "Lo",
    "Lors", "Los", "Ma", "Mais", "Malgré", "Man", "Many", "Mas", "Meanwhile", "Mentre", "Mientras", "Mit", "More", "Moreover", "Most",
    "My", "Na", "Nach", "Nad", "Nada", "Nas", "Nearly", "Nel", "Nella", "Nem", "Nevertheless", "Nie", "No", "Noch", "Non", "None",
    "Nor", "Nos", "Not", "Nothing", "Nous", "Now", "Nun", "Nur", "Não", "O", "Ob", "Od", "Ohne", "On", "Ona", "Once", "One", "Oni",
    "Only", "Or", "Os", "Others", "Ou", "Our", "Over", "Par", "Para", "Pela", "Pelo", "Pendant", "Per", "Perché", "Pero", "Più", "Po",
    "Pod", "Podczas", "Poi", "Ponadto", "Por", "Porque", "Pour", "Pourtant", "Przed", "Przez", "Przy", "Puis", "Quand", "Quando", "Que",
    "Quem", "Questa", "Questo", "Qui", "Quoi", "Sa", "Sans", "Schon", "Se", "Secondo", "Segundo", "Según", "Sein", "Seine", "Seit",
    "Selon", "Sem", "Ses", "She", "Si", "Sie", "Sin", "Since", "So", "Sobre", "Some", "Son", "Sono", "Sous", "Still", "Su", "Such",
    "Sul", "Sur", "Sus", "Są", "Ta", "Tak", "Także", "También", "Também", "Te", "Ten", "That", "The", "Their", "Then", "There",
    "Therefore", "These", "They", "This", "Those", "Though", "Through", "Thus", "To", "Today", "Tous", "Tout", "Toutefois", "Tra",
    "Tras", "Trotz", "Tutti", "Two", "Tym", "Um", "Uma", "Un", "Una", "Und", "Under", "Une", "Unlike", "Uno", "Unos", "Unter", "Until",
    "Viele", "Vom", "Von", "Vor", "Vous", "W", "Wann", "Warum", "Was", "We", "Według", "Weil", "Wenn", "Wer", "What", "When", "Where",
    "Whether", "Which", "While", "Who", "Why", "Wie", "Wir", "With", "Without", "Więc", "Wo", "Wszyscy", "Während", "Y", "Ya", "Yet",
    "You", "Your", "Z", "Za", "Zdaniem", "Ze", "Zu", "Zudem", "Zum", "Zur", "Zwar", "Über", "Że", "І", "Із", "Їх", "Її", "А", "Адже",
    "Але", "Без", "Был", "Была", "Были", "Было", "Біля", "В", "Ваш", "Вже", "Ви", "Во", "Вона", "Вони", "Воно", "Все", "Всего", "Втім",
    "Вы", "Він", "Где", "Да", "Для", "До", "Его", "Ее", "Если", "Есть", "Еще", "Ещё", "За", "Зараз", "Затем", "Зі", "И", "Из", "Их",
    "Його", "К", "Как", "Когда", "Коли", "Которые", "Кроме", "Крім", "Ми", "Мы", "На", "Нагадаємо", "Напомним", "Наразі", "Не", "Нет",
    "Но", "Ні", "Об", "Однак", "Однако", "Окрім", "Он", "Она", "Они", "Оно", "От", "По", "После", "Поэтому", "При", "Про", "Під",
    "Після", "Ранее", "Раніше", "С", "Сейчас", "Со", "Согласно", "Та", "Так", "Также", "Також", "Там", "Те", "Тим", "То", "Тогда",
    "Тоді", "Только", "Тому", "Ты", "У", "Це", "Цей", "Ця", "Ці", "Через", "Чи", "Что", "Чтобы", "Що", "Щоб", "Эта", "Эти", "Это",
    "Этот", "Я", "Як", "Якщо",
];

/// Sorted by bytes.
#[rustfmt::skip]
const AFTER_ORDINALS: &[&str] = &[
    "April", "Auflage", "August", "Bezirk", "Bundesliga", "Bundestag", "Dezember", "Etage", "FC", "Februar", "Geburtstag", "Jahrestag",
    "Jahrhundert", "Jahrhunderts", "Januar", "Juli", "Juni", "Jänner", "Klasse", "Liga", "Mai", "Mal", "Minute", "März", "November",
    "Oktober", "Platz", "Runde", "September", "Spieltag", "Stock", "Tag", "Weltkrieg", "Weltkriegs",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(OPENERS.is_sorted_by(|a, b| a < b));
        assert!(AFTER_ORDINALS.is_sorted_by(|a, b| a < b));
    }
}
