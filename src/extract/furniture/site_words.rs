//! The words in which a site speaks of itself and to its readers: a line goes in, how many of them it has comes out.
//!
//! Letters ask readers to subscribe, notes tell them about cookies, boxes name the author, all in whole sentences that have the form of the article's
//! text. No such word says what a line is: articles are about newsletters too. Their number is one feature among others, and the words are of ten
//! languages, so that none decides alone.

use std::sync::LazyLock;

/// How many words of a line are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SiteWords {
    /// Words for what a site has and wants: newsletters, accounts, consent, rights, networks.
    pub site: usize,
    /// Words that speak to the readers or for the makers: `you`, `our`.
    pub address: usize,
    /// Words for those who write.
    pub roles: usize,
}

/// Bytes of a line that are looked at: what a site says of itself begins with it.
const MOST_BYTES: usize = 600;

/// Counts the words of a line.
pub fn count(line: &str) -> SiteWords {
    let mut counts = SiteWords::default();
    let bytes = &line.as_bytes()[..line.floor_char_boundary(MOST_BYTES)];
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && is_part(bytes[at]) {
            at += 1;
        }
        if at >= start + 2 {
            match WORDS.kind(&bytes[start..at]) {
                Some(Kind::Site) => counts.site += 1,
                Some(Kind::Address) => counts.address += 1,
                Some(Kind::Role) => counts.roles += 1,
                None => {}
            }
        }
        at += 1;
    }
    counts
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Site,
    Address,
    Role,
}

struct Entry {
    word: String,
    /// Words of readers are whole, the others stems that any ending may follow.
    kind: Kind,
}

impl Entry {
    fn fits(&self, word: &[u8]) -> bool {
        let stem = self.word.as_bytes();
        let is_long_enough = if self.kind == Kind::Address { word.len() == stem.len() } else { word.len() >= stem.len() };
        is_long_enough && word[..stem.len()].eq_ignore_ascii_case(stem)
    }
}

/// The words by their first bytes, with a bit for each such beginning that spares most words of a line the look-up.
struct Words {
    entries: Vec<Vec<Entry>>,
    may_be: [u64; SLOTS / 64],
}

/// Slots for beginnings of words: many times more than there are words, so that few others fall on one.
const SLOTS: usize = 8192;

impl Words {
    fn kind(&self, word: &[u8]) -> Option<Kind> {
        let slot = slot(word);
        if self.may_be[slot / 64] & (1 << (slot % 64)) == 0 {
            return None;
        }
        self.entries[slot].iter().find(|entry| entry.fits(word)).map(|entry| entry.kind)
    }

    fn add(&mut self, word: String, kind: Kind) {
        let slot = slot(word.as_bytes());
        self.may_be[slot / 64] |= 1 << (slot % 64);
        self.entries[slot].push(Entry { word, kind });
    }
}

/// Returns the slot of a word of two bytes or more, by its first three; letters of ASCII count the same in both cases.
fn slot(word: &[u8]) -> usize {
    let byte = |at: usize| word.get(at).map_or(0, |byte| usize::from(byte | 0x20));
    (byte(0).wrapping_mul(0x9e5) ^ byte(1).wrapping_mul(0x3b1) ^ byte(2).wrapping_mul(0x2f)) % SLOTS
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { entries: std::iter::repeat_with(Vec::new).take(SLOTS).collect(), may_be: [0; SLOTS / 64] };
    for (kind, list) in [(Kind::Address, ADDRESS), (Kind::Site, SITE), (Kind::Role, ROLES)] {
        for word in list.split_whitespace() {
            // Beyond ASCII the two cases are different bytes; sentences begin with a capital.
            let mut chars = word.chars();
            let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
            if !word.starts_with(|c: char| c.is_ascii()) {
                words.add(capital, kind);
            }
            words.add(word.to_owned(), kind);
        }
    }
    words
});

const SITE: &str = "
    newsletter inbox subscri suscrib suscrip suscrí abonn iscriv iscriz abbon assinatur assinante inscreva prenumer rassylk підпис підпиш подпис подпиш розсилк рассылк
    email mails correo courriel eintragen posteingang postfach boletín cookie javascript browser navegador navigateur przeglądark браузер
    copyright disclaimer disclosure reserved vorbehalten reservados réservés riservati zastrzeżone захищен защищен
    comments kommentare kommentier commentaires comentarios comentários commenti komentarz коментар комментар moderat
    advertis advertorial sponsor werbung werblich anzeige publicidad publicité pubblicit publicidade reklam реклам affiliat
    login anmeld einlogg registrier account konto passwor contraseña zaloguj logowan facebook twitter instagram linkedin pinterest whatsapp telegram youtube tiktok discord
    website webseite webpage homepage blog sitio strony сайт apps download herunterlad descarg télécharg baixar pobierz podcast click klick cliquez clic clique kliknij натис нажм
    privacy datenschutz privacidad confidentialité prywatności конфіденц конфиденц donat spende donaciones wesprzyj підтрима поддерж patreon
    follow folge suivez síguenos seguici siga obserwuj readers leser lecteurs lectores lettori leitores czytelni читач читател";

const ADDRESS: &str = "
    you your yours we our us sie ihre ihren ihrer ihnen ihr unser unsere unseren unserem unserer uns wir du dein deine deinen dich dir vous votre vos nous notre nos
    usted ustedes nuestro nuestra nuestros tu tus te nosotros voi vostro vostra noi nostro nostra tuo tua você seu sua nosso nossa twój twoje nas nasz nasze naszych
    ви вас вам ваш ваше наш нас вы наши";

const ROLES: &str = "
    author writer editor reporter journalist correspondent columnist freelance blogger professor founder contributor autor redakteur chefredakteur freie gründer
    auteur rédact periodista redactor giornalista redattore jornalista dziennikar redaktor автор журналіст журналист редактор";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_many_languages() {
        for (line, site, address, roles) in [
            ("Sign up for our newsletter and get it in your inbox.", 2, 2, 0),
            ("Підпишіться на нашу розсилку, читачі.", 3, 0, 0),
            ("Jetzt den Newsletter abonnieren", 2, 0, 0),
            ("Ada Marsh is a writer and the editor of this page.", 0, 0, 2),
            ("The harbour wall is to be raised.", 0, 0, 0),
            ("YOUR COOKIES", 1, 1, 0),
            ("", 0, 0, 0),
        ] {
            assert_eq!(count(line), SiteWords { site, address, roles }, "{line}");
        }
    }
}
