//! An element in; what its name, role, class and id say that it holds: the article's text, navigation, comments, a caption.
//!
//! Class names are words of people in many languages, run together in many ways. They are brought to one form, `-lower-case-`
//! with one stroke between words, and searched for pieces of known words in one pass. A stroke in a piece asks for the border of a word.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::formats::html::dom::{Document, NodeId};

/// A set of signs, a bit each, in the order of `NAMES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signs(pub u64);

/// How many signs there are.
pub const COUNT: usize = WORDS.len() + ELEMENTS.len();

/// What class and id may say, and the pieces of words that say it.
#[rustfmt::skip]
const WORDS: [(&str, &[&str]); 32] = [
    ("body", &[
        "article-body", "articlebody", "article-content", "articlecontent", "article-text", "articletext", "entry-content", "post-content", "postcontent",
        "post-body", "postbody", "post-text", "story-body", "storybody", "story-content", "story-text", "body-text", "bodytext", "body-copy", "bodycopy",
        "content-body", "contentbody", "text-content", "article-copy", "richtext", "rich-text", "-rte-", "field-name-body", "field-body", "news-text",
        "news-content", "newstext", "textblock", "text-block", "single-content", "artikeltext", "artikel-text", "artikel-body", "cuerpo", "corps",
        "paragraph", "wysiwyg", "-prose-", "copytext", "haupttext", "entry-text", "content-text", "csc-default", "ce-bodytext", "article-paragraph", "-absatz",
        "text-module", "articulo-content", "nota-content", "materia-", "tresc", "article-main", "text-image", "textpic",
    ]),
    ("content", &["-content", "maincontent", "inhalt", "contenido", "contenu"]),
    ("article", &["article", "artikel", "-story-", "-post-", "-entry-", "hentry", "blog", "-news-", "noticia", "beitrag", "-single-"]),
    ("main", &["-main-", "-primary-", "-page-", "-wrapper-", "-container-", "-row-", "-inner-"]),
    ("text", &["-text-", "-body-", "-copy-", "-texto-", "-texte-", "-txt-"]),
    ("lead", &[
        "-lead-", "-intro", "einleitung", "-lede-", "-dek-", "standfirst", "vorspann", "subtitle", "sub-title", "summary", "abstract", "excerpt", "-sapo-",
        "chapo", "entradilla", "bajada", "anreisser", "subheadline", "sub-headline", "-description", "article-lead", "-leadtext", "-untertitel", "subheading",
    ]),
    ("comment", &["comment", "kommentar", "disqus", "-respond-", "-replies", "-reply", "livefyre", "leserbrief", "comentario", "gaestebuch", "discussion"]),
    ("share", &[
        "-share", "sharing", "sharedaddy", "social", "addthis", "addtoany", "shariff", "twitter", "facebook", "whatsapp", "-follow", "-teilen", "-like-", "-likes-",
        "post-flair", "-sns-", "instagram", "-tweet",
    ]),
    ("related", &[
        "related", "recommend", "readmore", "read-more", "-similar", "also-like", "weiterlesen", "mehr-zum", "outbrain", "taboola", "-yarpp", "-crp-",
        "more-stories", "more-news", "more-articles", "see-also", "lesen-sie", "verwandt", "aehnlich", "empfehl", "relacionad", "further", "also-read",
        "crosslink", "plista", "-more-", "weitere", "-read-next", "up-next", "link-box", "linkbox",
    ]),
    ("popular", &["popular", "most-read", "mostread", "meistgelesen", "trending", "-latest", "-recent", "-top-news", "aktuell", "-newest", "ranking", "-breaking", "ticker"]),
    ("teaser", &["teaser", "-card", "-tile", "-promo", "-preview", "thumbnail", "-thumb-", "-feed-", "overview"]),
    ("carousel", &["carousel", "slider", "swiper", "slick", "slideshow", "gallery", "galerie", "lightbox", "owl-"]),
    ("sidebar", &["sidebar", "side-bar", "-aside", "widget", "-rail-", "-secondary-", "rightcol", "right-col", "-right-", "-side-", "marginal", "randspalte", "-complementary"]),
    ("nav", &["-nav", "navi", "menu", "breadcrumb", "-crumb", "pagination", "-pager", "paging", "sitemap", "-prev-", "-previous-", "-next-", "-skip", "-tabs-"]),
    ("contents", &["-toc-", "table-of-contents", "inhaltsverzeichnis", "-toc", "-anchor", "jump"]),
    ("footer", &["footer", "-foot-", "fusszeile", "impressum", "colophon", "copyright", "-legal", "disclaimer", "imprint"]),
    ("header", &["header", "-head-", "masthead", "-topbar", "-top-bar", "-kopf", "-logo", "branding", "-hero", "-stage-"]),
    ("cookie", &["cookie", "consent", "gdpr", "-cmp-", "dsgvo", "privacy", "datenschutz", "onetrust", "borlabs", "usercentrics", "-rgpd"]),
    ("newsletter", &["newsletter", "subscri", "signup", "sign-up", "mailchimp", "optin", "opt-in", "-cta-", "call-to-action", "-abo-", "abonn", "mailing"]),
    ("pay", &["paywall", "premium", "-offer", "register", "-login", "anmeld", "-piano", "donat", "spende", "support-us", "-shop", "product", "-price", "-buy-", "-cart"]),
    ("author", &["author", "autor", "byline", "-bio-", "-verfasser", "contributor", "vcard", "-writer", "redakteur", "-profile", "-auteur", "-person"]),
    ("meta", &["-meta", "-info-", "-infos-", "-stats-", "-details-", "reading-time", "lesezeit", "-views-", "postinfo", "-credits-"]),
    ("date", &["-date", "datum", "-time-", "published", "posted-on", "timestamp", "dateline", "-updated-"]),
    ("tags", &["-tag-", "-tags", "tagcloud", "keyword", "schlagw", "categor", "-topic", "-label-", "stichw", "kategorie", "-terms-", "-rubrik", "-kicker", "dachzeile", "-tax"]),
    ("caption", &["caption", "bildunter", "-legend-", "-credit", "bildtext", "-copyright", "-source-", "bildquelle", "-fig-"]),
    ("media", &["-image", "-img", "-photo", "-picture", "-figure", "-bild", "-media", "-foto", "-video", "-player", "-embed", "-audio", "podcast"]),
    ("ad", &["-ad-", "-ads-", "advert", "adsense", "-adv-", "werbung", "anzeige", "sponsor", "-dfp-", "-gpt-", "-banner", "affiliate", "partner", "-adslot"]),
    ("popup", &[
        "popup", "modal", "overlay", "-toast", "-alert", "-notice", "notification", "-dialog", "-sticky", "offcanvas", "off-canvas", "-hidden-", "-hide-", "-d-none-",
        "sr-only", "screen-reader", "visually-hidden", "visuallyhidden", "no-print", "noprint", "-print-", "collaps", "-unsichtbar",
    ]),
    ("tools", &["toolbar", "-tools-", "search", "suche", "-form-", "-filter", "-action", "-buttons", "-btn", "-button", "-rating", "-vote", "bewert", "-poll-", "dropdown", "tooltip", "-service"]),
    ("box", &["-box-", "infobox", "info-box", "-fact", "callout", "accordion", "-faq", "-hint", "-note-", "quote", "zitat", "highlight", "-infokasten"]),
    ("title", &["-title", "headline", "-heading", "ueberschrift", "titel", "titulo"]),
    ("list", &["-list-", "-lists-", "-links-", "linklist", "-link-", "-item-", "-items-", "-listing"]),
];

/// What the element itself, its role or its property says.
const ELEMENTS: [&str; 22] = [
    "itemprop=articleBody",
    "itemprop=text",
    "itemprop=other",
    "<article>",
    "<main>",
    "<nav>",
    "<aside>",
    "<footer>",
    "<header>",
    "<form>",
    "<figure>",
    "<blockquote>",
    "<ul>",
    "<ol>",
    "<table>",
    "<section>",
    "<details>",
    "<dl>",
    "<pre>",
    "<button>",
    "role=dialog",
    "aria-hidden",
];

/// The first sign of an element's own, after those of words.
const OWN: usize = WORDS.len();

/// An article carries the names of its topics and kind among its classes; only these signs are believed of it.
const BELIEVED_OF_ARTICLES: [&str; 5] = ["body", "comment", "related", "teaser", "popular"];

static PIECES: LazyLock<(AhoCorasick, Vec<u8>)> = LazyLock::new(|| {
    let pieces: Vec<(&str, u8)> =
        (0_u8..).zip(WORDS).flat_map(|(sign, (_, pieces))| pieces.iter().map(move |piece| (*piece, sign))).collect();
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .build(pieces.iter().map(|(piece, _)| piece))
        .expect("the pieces are few and short");
    (search, pieces.iter().map(|(_, sign)| *sign).collect())
});

impl Signs {
    /// Tells whether a sign is among them.
    pub fn has(self, sign: usize) -> bool {
        self.0 >> sign & 1 == 1
    }

    /// Returns the signs of an element itself, without those of its class.
    pub fn without_words(self) -> Signs {
        Signs(self.0 >> OWN << OWN)
    }

    /// Returns the signs of both.
    pub fn and(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }
}

/// Returns the number of a sign by its name.
pub fn number(name: &str) -> usize {
    name_of().position(|known| known == name).expect("only names from the tables are asked for")
}

/// Returns the names of all signs, in order.
pub fn name_of() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, _)| *name).chain(ELEMENTS)
}

/// Returns what an element says that it holds; `written` is a buffer for its class.
pub fn of(document: &Document, id: NodeId, written: &mut String) -> Signs {
    let tag = document.tag_name(id);
    if matches!(tag, "html" | "body" | "") {
        return Signs::default();
    }
    written.clear();
    written.push('-');
    push_words(document.class_name(id), written);
    push_words(document.id_attr(id), written);
    let mut signs = words(written);
    if tag == "article" {
        signs.0 &= BELIEVED_OF_ARTICLES.iter().map(|name| 1 << number(name)).sum::<u64>();
    }
    signs.0 |= own(document, id, tag).map_or(0, |own| 1 << (OWN + own));
    let property = document.attribute(id, "itemprop").map(|property| match property {
        "articleBody" => 0,
        "text" | "description" => 1,
        _ => 2,
    });
    signs.0 |= property.map_or(0, |own| 1 << (OWN + own));
    signs.0 |= u64::from(document.attribute(id, "aria-hidden") == Some("true")) << (OWN + 21);
    signs
}

fn own(document: &Document, id: NodeId, tag: &str) -> Option<usize> {
    let role = document.attribute(id, "role").unwrap_or_default();
    Some(match (tag, role) {
        ("article", _) | (_, "article") => 3,
        ("main", _) | (_, "main") => 4,
        ("nav", _) | (_, "navigation") => 5,
        ("aside", _) | (_, "complementary") => 6,
        ("footer", _) | (_, "contentinfo") => 7,
        ("header", _) | (_, "banner") => 8,
        ("form", _) | (_, "form" | "search") => 9,
        ("figure" | "figcaption", _) => 10,
        ("blockquote" | "q", _) => 11,
        ("ul" | "menu", _) => 12,
        ("ol", _) => 13,
        ("table", _) => 14,
        ("section", _) => 15,
        ("details" | "summary", _) => 16,
        ("dl", _) => 17,
        ("pre" | "code", _) => 18,
        ("button" | "label" | "fieldset", _) => 19,
        (_, "dialog" | "alert" | "alertdialog") => 20,
        _ => return None,
    })
}

/// Appends words in lower case with a stroke after each; a capital after a small letter begins a word.
fn push_words(names: &str, written: &mut String) {
    let mut was_small = false;
    // A longer list of classes is machine-made.
    for c in names.chars().take(200) {
        if !c.is_alphanumeric() {
            if !written.ends_with('-') {
                written.push('-');
            }
            was_small = false;
            continue;
        }
        if was_small && c.is_ascii_uppercase() {
            written.push('-');
        }
        was_small = c.is_ascii_lowercase();
        written.push(c.to_ascii_lowercase());
    }
    if !written.ends_with('-') {
        written.push('-');
    }
}

fn words(written: &str) -> Signs {
    let (search, signs) = &*PIECES;
    Signs(search.find_overlapping_iter(written).fold(0, |found, piece| found | 1 << signs[piece.pattern().as_usize()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let document = Document::parse(html).unwrap();
        let element = document.children(document.body().unwrap())[0];
        let signs = of(&document, element, &mut String::new());
        let found: Vec<&str> = name_of().enumerate().filter(|(number, _)| signs.has(*number)).map(|(_, name)| name).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn elements_say_what_they_hold() {
        check("<div class='entry-content'>", &["body", "content", "article"]);
        check("<div class='articleBody'>", &["body", "article", "text"]);
        check("<div id=Comments class=wide>", &["comment"]);
        check("<aside class='col'>", &["<aside>"]);
        check("<article class='post tag-sea category-ports'>", &["<article>"]);
        check("<div itemprop=articleBody role=main>", &["itemprop=articleBody", "<main>"]);
        check("<div class='unavailable broad'>", &[]);
    }
}
