//! Whole pages: what is taken as the article, and what hostile pages do.

use super::*;
use crate::document::{Layout, RawDocument, Role};

/// Reads a page; returns its documents and the causes of its warnings.
fn read_page(html: &str) -> (Vec<RawDocument>, Vec<String>) {
    let (mut documents, mut causes) = (Vec::new(), Vec::new());
    read("a.html", html, &mut |outcome| match outcome {
        Ok(document) => documents.push(document),
        Err(warning) => causes.push(warning.to_string()),
    });
    (documents, causes)
}

const PARAGRAPHS: [&str; 4] = [
    "The ferry to the outer islands will run three times a day from the first of May, the harbour office said on Monday.",
    "A second boat, which was laid up for the winter, has been repaired and is to take over the early morning crossing.",
    "Fishermen had asked for an earlier start of the season, since the market on the mainland opens at six o'clock.",
    "The council will decide on the fares next week; it has promised that they will not rise for people who live there.",
];

fn page(article: &str) -> String {
    format!(
        "<html><head><title>Ferry runs again - Tidewater Herald</title></head><body><nav><ul><li><a href=/>Home</a></li><li><a href=/s>Sport</a></li>\
         <li><a href=/w>Weather</a></li></ul></nav>{article}<aside class=related><h3>Related articles</h3><ul><li><a href=/1>Bridge closed for \
         repairs</a></li><li><a href=/2>Harbour master retires</a></li></ul></aside><footer><p>© Tidewater Herald. All rights reserved.</p></footer></body></html>"
    )
}

fn own(document: &RawDocument) -> Vec<&str> {
    document.blocks.iter().filter(|block| !matches!(block.role, Role::Furniture(_))).map(|block| block.text.as_str()).collect()
}

#[test]
fn the_article_is_told_from_the_page() {
    let text = PARAGRAPHS.map(|paragraph| format!("<p>{paragraph}</p>")).join("\n");
    let broken = PARAGRAPHS.join("<br><br>");
    for article in [
        format!("<article><h1>Ferry runs again</h1>{text}</article>"),
        format!("<div id=main><h1>Ferry runs again</h1><div class=entry-content>{text}</div></div>"),
        format!("<h1>Ferry runs again</h1><div class=story>{broken}</div>"),
        format!("<table><tr><td><h1>Ferry runs again</h1>{text}</td></tr></table>"),
        format!("<h1>Ferry runs again</h1><x-story><template shadowrootmode=open><div>{text}</div></template></x-story>"),
    ] {
        let (documents, causes) = read_page(&page(&article));
        assert_eq!((documents.len(), causes.len()), (1, 0), "{article}");
        assert_eq!(documents[0].layout, Layout::Page, "{article}");
        assert_eq!(own(&documents[0]), PARAGRAPHS, "{article}");
    }
}

#[test]
fn an_article_that_only_the_page_s_data_hold_is_read_from_them() {
    let data = format!(
        "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{}\"}}</script>",
        PARAGRAPHS.join("\\n\\n")
    );
    let (documents, _) = read_page(&page(&format!("{data}<h1>Ferry runs again</h1><p>Loading …</p>")));
    assert_eq!(own(&documents[0]), PARAGRAPHS);
}

#[test]
fn hostile_pages_give_their_text_and_a_warning() {
    let open: String = (0..300).map(|number| format!("<b id=b{number}>")).collect();
    for (html, cause) in [
        ("<div>".repeat(100_000) + "deep", "nested"),
        ("<div></b>".repeat(50_000) + "deep", "nested"),
        ("<table><tr><td>".repeat(2_000) + "deep", "nested"),
        ("<br>deep".repeat(100_000), "tags"),
        (format!("<p>{open}</p>{}", "<p>deep".repeat(20_000)), "elements"),
    ] {
        let (documents, causes) = read_page(&html);
        assert!(causes.len() == 1 && causes[0].contains(cause), "{causes:?}");
        assert!(documents.len() == 1 && documents[0].blocks.iter().any(|block| block.text.contains("deep")), "{causes:?}");
    }
}

#[test]
fn odd_pages_are_read_in_silence() {
    for html in [
        "",
        "<",
        "<!--",
        "<html",
        "<p",
        "&#xfffffff;&#0;",
        "<svg><p>x</svg>",
        "<table><p>x<select><td>y",
        "</p></body></html>x",
        "<a><a><a>x",
        "<frameset><frame>",
    ] {
        let (documents, causes) = read_page(html);
        assert_eq!((documents.len(), causes.len()), (1, 0), "{html}");
    }
    let picture = format!("<img src='data:image/png;base64,{}'>", "QUJD".repeat(1 << 18));
    let (documents, causes) = read_page(&page(&format!("{picture}<p>{}</p>", PARAGRAPHS.join("</p><p>"))));
    assert_eq!((own(&documents[0]), causes.len()), (PARAGRAPHS.to_vec(), 0));
}

proptest::proptest! {
    #[test]
    fn damaged_pages_give_one_document(cut in 0..900_usize, flips in proptest::collection::vec((0..900_usize, 0..8_u32), 0..40)) {
        let mut bytes = page(&format!("<article><h1>Ferry runs again</h1><p>{}</p></article>", PARAGRAPHS.join("</p><p>"))).into_bytes();
        for (at, bit) in flips {
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate(bytes.len() - cut);
        let (documents, _) = read_page(&String::from_utf8_lossy(&bytes));
        proptest::prop_assert_eq!(documents.len(), 1);
    }
}
