//! The words by which pages label their furniture, in the languages this project reads; one table, so that a language is added in one place.
//!
//! Phrases are compared in folded words (see [`text::folded`](crate::text::folded)). None decides by itself: what a line means is one feature among
//! others, and long lines are not looked at.

use std::sync::LazyLock;

use crate::text::{folded, words};

/// What a line's words say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sense {
    /// A way to another part of the site.
    Navigation,
    /// A button that passes the article on.
    Share,
    /// The head of readers' comments, or a box to write one.
    Comments,
    /// The head of a list of other articles.
    More,
    /// Labels of the article.
    Tags,
    /// A notice of rights.
    Rights,
    /// A picture's credit.
    Credit,
    /// Asks for a subscription, a membership or a gift.
    Appeal,
    /// Consent to cookies, hints about scripts and browsers.
    Consent,
    /// An advertisement.
    Advertisement,
    /// How long it takes to read, how often it was read.
    Count,
}

/// Where in a line a phrase has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// It is the whole line, but for numbers.
    Whole,
    /// The line starts with it.
    Start,
    /// Anywhere.
    Anywhere,
}

/// Words beyond which a line is text, whatever words it has.
pub const MOST_WORDS: usize = 28;

/// Returns what a line's words say it is, if anything; numbers are passed over.
pub fn sense(line: &str) -> Option<Sense> {
    let mut found = [""; MOST_WORDS + 1];
    let mut count = 0;
    for (_, word) in words(line) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        *found.get_mut(count)? = word;
        count += 1;
    }
    let found = &found[..count];
    let at_start = || PHRASES.at_start.sense(found);
    (count > 0).then(at_start)?.or_else(|| (1..count).find_map(|from| PHRASES.anywhere.sense(&found[from..])))
}

struct Entry {
    /// Folded; never empty.
    words: Vec<String>,
    stand: Stand,
    sense: Sense,
}

impl Entry {
    /// Tells whether the words of a line are, or start with, those of the phrase, the first of which is known to be.
    fn fits(&self, line: &[&str]) -> bool {
        let is_long_enough = if self.stand == Stand::Whole { line.len() == self.words.len() } else { line.len() >= self.words.len() };
        is_long_enough && line.iter().zip(&self.words).skip(1).all(|(word, phrase)| folds_to(word, phrase))
    }
}

/// Tells whether a word's folded form is this; most words are plain, and need no copy.
fn folds_to(word: &str, phrase: &str) -> bool {
    if is_plain(word) { word.eq_ignore_ascii_case(phrase) } else { folded(word) == phrase }
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The phrases that may stand at a place in a line.
struct Phrases {
    /// By the first byte of the first word.
    entries: [Vec<Entry>; 256],
    /// For each first byte, a bit for each count of letters of the first words that begin with it; spares most words of a line the look-up.
    lengths: [u64; 256],
    /// The bits of all first words: a letter beyond ASCII may fold to any.
    all_lengths: u64,
}

impl Phrases {
    fn new() -> Self {
        Phrases { entries: std::array::from_fn(|_| Vec::new()), lengths: [0; 256], all_lengths: 0 }
    }

    fn add(&mut self, entry: Entry) {
        let (byte, length) = (first_byte(&entry.words[0]), length_bit(&entry.words[0]));
        self.lengths[byte] |= length;
        self.all_lengths |= length;
        self.entries[byte].push(entry);
    }

    /// Returns what the words of a line, one at least, say by a phrase that they start with.
    fn sense(&self, line: &[&str]) -> Option<Sense> {
        let first = line[0];
        if is_plain(first) {
            let byte = usize::from(first.as_bytes()[0].to_ascii_lowercase());
            let may_be = self.lengths[byte] & length_bit(first) != 0;
            return if may_be { self.find(byte, line, |phrase| first.eq_ignore_ascii_case(phrase)) } else { None };
        }
        // Folding can make a word a letter longer (`ß`), and shorter by its possessive ending.
        let bit = length_bit(first);
        if (bit | bit << 1 | bit >> 2) & self.all_lengths == 0 {
            return None;
        }
        let first = folded(first);
        self.find(first_byte(&first), line, |phrase| first == phrase)
    }

    fn find(&self, byte: usize, line: &[&str], is_first: impl Fn(&str) -> bool) -> Option<Sense> {
        self.entries[byte].iter().find(|entry| is_first(&entry.words[0]) && entry.fits(line)).map(|entry| entry.sense)
    }
}

fn first_byte(word: &str) -> usize {
    usize::from(word.bytes().next().unwrap_or_default())
}

fn length_bit(word: &str) -> u64 {
    1 << word.chars().count().min(63)
}

struct Table {
    at_start: Phrases,
    anywhere: Phrases,
}

/// The table by first word.
static PHRASES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { at_start: Phrases::new(), anywhere: Phrases::new() };
    for (sense, stand, phrases) in TABLE {
        for phrase in phrases.split(',') {
            let phrase: Vec<String> = words(phrase).map(|(_, word)| folded(word)).collect();
            if phrase.is_empty() {
                continue;
            }
            if *stand == Stand::Anywhere {
                table.anywhere.add(Entry { words: phrase.clone(), stand: *stand, sense: *sense });
            }
            table.at_start.add(Entry { words: phrase, stand: *stand, sense: *sense });
        }
    }
    table
});

#[rustfmt::skip]
const TABLE: &[(Sense, Stand, &str)] = &[
    (Sense::Comments, Stand::Start,
     "comments, comment on, comment, leave a reply, leave a comment, post a comment, add a comment, write a comment, join the conversation, responses to, response to,
      one response to, thoughts on, one thought on, most commented, reply, log in to comment, your email address will not be published, view comments, show comments,
      kommentare, kommentar, kommentieren, einen kommentar, ein kommentar, keine kommentare, schreibe einen kommentar, schreiben sie einen kommentar, hinterlasse eine antwort,
      kommentar verfassen, kommentar schreiben, diskussion, diskutieren sie, antworten, antwort, leserkommentare, antwort hinterlassen, deine e mail adresse wird nicht,
      trackback, trackbacks, pingback, gedanken zu, gedanke zu, schreib einen kommentar, deine meinung,
      commentaires, laisser un commentaire, reagir, reactions, comentarios, deja un comentario, deja una respuesta, comentar, commenti, commenta, lascia un commento,
      deixe um comentario, komentarze, komentarzy, dodaj komentarz, skomentuj, коментарі, коментарів, коментувати, додати коментар, залишити коментар,
      комментарии, комментариев, комментировать, добавить комментарий, оставить комментарий"),
    (Sense::Comments, Stand::Whole, "no comments, says, sagt, be the first to comment"),
    (Sense::More, Stand::Start,
     "read also, read more, also read, see also, related, you may also like, you might also like, more from, more on, more in, more news, more stories, more articles, most read,
      most popular, most viewed, popular, trending, recommended, latest, recent posts, recent articles, recent comments, top stories, editor picks, editors picks, don't miss,
      up next, next article, previous article, other articles, other news, archives, categories, in this series, further reading, what to read next, similar, about the author,
      mehr zum thema, mehr zu, mehr aus, mehr von, lesen sie auch, lesen sie mehr, lesen sie weiter, lies auch, auch interessant, das konnte sie auch interessieren,
      das konnte dich auch interessieren, weitere artikel, weitere beitrage, weitere themen, weitere nachrichten, weitere meldungen, weitere informationen, ahnliche artikel,
      ahnliche beitrage, ahnliche themen, verwandte, meistgelesen, meist gelesen, meistgelesene, meistgelesenen, neueste beitrage, neueste kommentare, neueste artikel, letzte beitrage,
      letzte kommentare, aktuelle beitrage, aktuelle artikel, zum thema, links zum thema, passend dazu, beliebte, beliebteste, empfehlungen, empfohlen, dossier,
      archiv, kategorien, siehe auch, uber den autor, uber die autorin, nachster artikel, vorheriger artikel, vorheriger beitrag, nachster beitrag, beitrags navigation,
      a lire aussi, lire aussi, sur le meme sujet, articles similaires, les plus lus, plus d'articles, lea tambien, lee tambien, te puede interesar, mas noticias, mas leidas, noticias relacionadas,
      leggi anche, potrebbe interessarti, articoli correlati, i piu letti, leia tambem, veja tambem, mais lidas, noticias relacionadas,
      czytaj takze, czytaj tez, czytaj wiecej, przeczytaj takze, zobacz takze, zobacz tez, polecane, najpopularniejsze, powiazane,
      читаите також, читаите также, читаите еще, дивіться також, смотрите также, більше новин, більше по темі, по теме, за темою, популярне, популярное, останні новини,
      последние новости, новости по теме, материалы по теме, схожі матеріали"),
    (Sense::Tags, Stand::Start,
     "tags, tag, tagged, tagged with, filed under, topics, posted in, keywords, schlagworter, schlagwort, schlagworte, stichworte, stichworter, themen, abgelegt unter, kategorie, verschlagwortet,
      eingeordnet unter, veroffentlicht in, geschrieben in, mots cles, etiquetas, temas, argomenti, tagi, temat, теги, тег, теми, ключові слова, ключевые слова, category"),
    (Sense::Share, Stand::Start,
     "share, share this, share on, tweet, tweet this, follow us, follow on, email this, print this, send to a friend, copy link, bookmark, pin it, like this, click to share,
      teilen, teile, auf facebook, bei facebook, auf twitter, folgen sie uns, folge uns, folgt uns, drucken, versenden, weiterempfehlen, artikel drucken, artikel teilen, artikel versenden, beitrag teilen,
      seite drucken, klick um, gefallt mir, sharen, merken, partager, compartir, condividi, compartilhar, compartilhe, udostepnij, podziel sie, поділитися, поділитись, поделиться, подписываитесь"),
    (Sense::Share, Stand::Whole,
     "facebook, twitter, whatsapp, telegram, linkedin, pinterest, instagram, youtube, reddit, email, e mail, mail, print, xing, google, flipboard, tumblr, rss, pocket, x, bluesky, mastodon, viber, like,
      per e mail, facebook twitter, pdf, feed, rss feed, flattr, delicious, digg, stumbleupon"),
    (Sense::Advertisement, Stand::Whole,
     "advertisement, advertising, sponsored, ad, ads, anzeige, anzeigen, werbung, publicite, publicidad, pubblicita, publicidade, reklama, реклама, advertorial, promoted, affiliate material"),
    (Sense::Advertisement, Stand::Start, "advertisement, story continues below, article continues below, continue reading the main story, sponsored by"),
    (Sense::Navigation, Stand::Whole,
     "home, homepage, start, menu, search, login, log in, logout, sign in, sign up, register, subscribe, contact, contact us, about, about us, about me, faq, help, sitemap, news, world, politics, business, sport,
      sports, opinion, culture, technology, tech, science, health, lifestyle, travel, video, videos, photos, photo, gallery, weather, jobs, more, back, next, previous, back to top, top, close, skip, blog, shop, shopping cart,
      cart, account, my account, products, services, events, magazine, podcast, podcasts, newsletter, newsletters, newsfeed, skip to content, skip to main content, skip to navigation, jump to navigation, main menu, toggle navigation,
      english, deutsch, francais, espanol, italiano, portugues, polski, русскии, українська, de, en, fr, es, live, exclusive, updated, review, interview, economy, europe, music, entertainment, local, all, see all, view all, show more, load more, go,
      privacy, privacy policy, terms, terms of use, terms of service, terms and conditions, legal, legal notice, imprint, disclaimer, advertise, press, careers, feedback, submit, send, apply, ok, cancel, yes, no,
      startseite, hauptmenu, navigation, suche, suchen, anmelden, abmelden, registrieren, abonnieren, abo, kontakt, impressum, datenschutz, datenschutzerklarung, agb, uber uns, uber mich, hilfe, mediadaten,
      nachrichten, politik, wirtschaft, gesellschaft, kultur, wissen, wissenschaft, technik, gesundheit, reise, auto, leben, panorama, bilder, fotos, fotostrecke, wetter, stellenmarkt, mehr, zuruck, weiter, nach oben, seitenanfang,
      zum inhalt, zum inhalt springen, zum seitenanfang, inhalt, unternehmen, produkte, service, termine, veranstaltungen, presse, medien, warenkorb, links, partner, sitemap, ubersicht, home page, themen, allgemein, aktuell, aktuelles, regional, vorschau,
      accueil, rechercher, connexion, contactez nous, inicio, buscar, contacto, cerca, contatti, chi siamo, szukaj, kontakt, strona glowna, головна, новини, пошук, контакти, про нас, главная, новости, поиск, контакты, о нас, weiterlesen, mehr lesen"),
    (Sense::Navigation, Stand::Start,
     "you are here, sie sind hier, skip to, jump to, zum hauptinhalt, direkt zum, zur hauptnavigation, back to, zuruck zu, zuruck zum, zuruck zur, login, hauptnavigation, toggle, permalink, permanent link, edit this, bearbeiten, page, seite"),
    (Sense::Rights, Stand::Start, "copyright, c copyright, all rights reserved, alle rechte vorbehalten, tous droits reserves, todos los derechos reservados, tutti i diritti riservati, todos os direitos reservados,
      wszelkie prawa zastrzezone, усі права захищені, всі права захищені, все права защищены, powered by, proudly powered by, theme by, designed by, impressum, kontakt impressum, imprint, privacy policy, terms of use, datenschutz, nutzungsbedingungen"),
    (Sense::Rights, Stand::Anywhere, "all rights reserved, alle rechte vorbehalten, tous droits reserves, todos los derechos reservados, tutti i diritti riservati, все права защищены, всі права захищені, wszelkie prawa zastrzezone, powered by wordpress"),
    (Sense::Credit, Stand::Start,
     "photo, photos by, photo by, photo credit, image, image credit, image source, image by, picture, getty images, illustration, illustrative photo, file photo, foto, fotos, bild, bildquelle, bilderquelle, symbolbild, archivbild, fotoquelle,
      credit, photograph, credit photo, photographie, imagen, immagine, crediti, zdjecie, fot, zrodlo, фото, світлина, ілюстрація, иллюстрация, источник фото, джерело фото, enlarge, bild vergrossern"),
    (Sense::Credit, Stand::Anywhere, "illustrative photo, symbolfoto, file photo, via getty images, getty images, picture alliance, shutterstock, istockphoto, imago images"),
    (Sense::Appeal, Stand::Whole, "your e mail address, your email address, enter your email, enter your e mail address, e mail address, ihre e mail adresse, e mail adresse, tu correo electronico, votre adresse e mail, il tuo indirizzo email"),
    (Sense::Consent, Stand::Start, "by signing up you agree, by subscribing you agree, by clicking sign up, mit ihrer anmeldung, mit der anmeldung stimmen sie, al suscribirte aceptas, en vous inscrivant"),
    (Sense::Appeal, Stand::Start,
     "subscribe to, subscribe now, subscribe for, sign up, sign up for, register for, get our, support us, support our, donate, become a member, become a supporter, become a patron, join us, newsletter, try it free, already a subscriber, want more,
      jetzt abonnieren, jetzt anmelden, abonnieren sie, newsletter abonnieren, unterstutzen sie, spenden, jetzt spenden, mitglied werden, melden sie sich, jetzt testen, abonniere, s'abonner, abonnez vous, faire un don, suscribete, dona, iscriviti, abbonati, assine, inscreva se,
      zapisz sie, wesprzyj, підпишіться, підписуитесь, підписатися, підтримаите, подпишитесь, подписаться, поддержите"),
    (Sense::Appeal, Stand::Anywhere, "become a member, become a subscriber, become a patron, our newsletter, unseren newsletter, unserem newsletter, free newsletter, our readers, ad blocker, adblocker, werbeblocker, free trial, via e mail, by email"),
    (Sense::Consent, Stand::Anywhere,
     "use cookies, uses cookies, of cookies, our cookies, cookie policy, accept cookies, verwendet cookies, verwenden cookies, nutzt cookies, von cookies, cookies einverstanden, utilise des cookies, utiliza cookies, utilizza cookie, utilizza i cookie, plikow cookies, plikow cookie, фаили cookie, фаилы cookie,
      enable javascript, javascript aktivieren, javascript is disabled, javascript deaktiviert, your browser, ihr browser, ihrem browser, agree to our, required fields, erforderliche felder, privacy policy and"),
    (Sense::Count, Stand::Anywhere, "min read, minute read, minutes read, mins read, min lesezeit, minuten lesezeit, lesezeit, min de lecture, min de lectura, min di lettura, min de leitura, min czytania, хв читання, мин чтения"),
    (Sense::Count, Stand::Whole, "views, aufrufe, vues, vistas, visualizzazioni, visualizacoes, odslon, переглядів, просмотров, shares, likes, reads, votes, gelesen, x gelesen, hits"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_recognised_in_many_languages() {
        let check = |line: &str, expected: Option<Sense>| assert_eq!(sense(line), expected, "{line}");
        check("12 Kommentare", Some(Sense::Comments));
        check("Читайте також:", Some(Sense::More));
        check("Lesen Sie auch: Der Hafen wird größer", Some(Sense::More));
        check("Tags:", Some(Sense::Tags));
        check("© 2024 Harbour Post. All rights reserved.", Some(Sense::Rights));
        check("Facebook", Some(Sense::Share));
        check("Facebook was fined by the town of the harbour.", None);
        check("4 min read", Some(Sense::Count));
        check("The harbour wall is to be raised.", None);
        check("", None);
    }
}
