//! The words and phrases of a query as they are found again in a text: for highlights, for choosing passages, and for what
//! the index cannot tell by itself: the form in which a word stands, what stands near what, how often.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};

use tantivy::SegmentReader;

use super::super::record::{Record, Stored, Unread};
use super::super::schema::Fields;
use super::super::words::language::Language;
use super::super::words::terms::Terms;
use super::super::words::tokens::Vocabulary;
use super::super::zones::{self, Zone};
use super::expand::Expansions;
pub use super::needle::Occurrence;
use super::needle::{Needle, NeedleWord};
use super::positions::{Asking, PositionTest};
use super::spans::SearchedText;
use super::tree::{Builder, Node, Sign};
use crate::query::{Fact, Field, Query};

/// A word that stands for more terms than this does not count by its places: it stands for many things.
const PLACED_TERMS_MAX: usize = 16;

/// A needle whose places count for the score.
pub struct PlacedNeedle {
    /// Its number, in the order of the query.
    pub number: usize,
    /// For each of its words the terms that it may have.
    pub words: Vec<Vec<String>>,
}

/// The words and phrases of a query.
pub struct Needles {
    needles: Vec<Needle>,
    tree: Node,
    vocabulary: Vocabulary,
}

impl Needles {
    /// Takes the words and phrases out of a query; without one there are none.
    pub fn new(query: Option<&Query>, expansions: &Expansions, terms: &mut Terms) -> Self {
        let mut builder = Builder { terms, expansions, needles: Vec::new(), vocabulary: Vocabulary::new() };
        let tree = query.map_or(Node::And(Vec::new()), |query| builder.take(query, None, Sign::Positive));
        let Builder { needles, mut vocabulary, .. } = builder;
        vocabulary.finish();
        Needles { needles, tree, vocabulary }
    }

    /// Opens the positions of a segment that the query needs; `None` where that are too many.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn position_test(&self, fields: &Fields, segment: &SegmentReader) -> tantivy::Result<Option<PositionTest<'_>>> {
        let asking = Asking { tree: &self.tree, needles: &self.needles, vocabulary: &self.vocabulary };
        PositionTest::new(asking, fields, segment)
    }

    /// Returns the terms of each word of each needle that is looked for, `None` for a needle that must not occur, in the order of
    /// the query.
    pub fn terms(&self) -> impl Iterator<Item = Option<Vec<Vec<&str>>>> {
        self.needles.iter().map(|needle| {
            let terms = |word: &NeedleWord| word.terms.iter().map(|term| self.vocabulary.term(*term)).collect();
            (!needle.is_negative).then(|| needle.words.iter().map(terms).collect())
        })
    }

    /// Returns the needles whose places in headline and body count for the score, in the order of the query.
    pub fn placed(&self) -> Vec<PlacedNeedle> {
        let is_placed = |needle: &Needle| !needle.is_negative && needle.field.is_none_or(|field| field == Field::Lede);
        let terms = |word: &NeedleWord| word.terms.iter().map(|term| self.vocabulary.term(*term).to_owned()).collect();
        let placed = self.needles.iter().enumerate().filter(|(_, needle)| is_placed(needle));
        placed
            .map(|(number, needle)| PlacedNeedle { number, words: needle.words.iter().map(terms).collect() })
            .filter(|needle| needle.words.iter().all(|terms: &Vec<String>| terms.len() <= PLACED_TERMS_MAX))
            .collect()
    }

    /// Tells whether an article matches the query, word by word; `holds` tells whether a fact holds of it.
    pub fn match_article(&self, unread: &Unread, terms: &mut Terms, holds: &dyn Fn(&Fact, Sign) -> bool) -> bool {
        let terms = RefCell::new(terms);
        let article = Article { needles: self, unread, record: OnceCell::new(), terms, texts: Default::default(), holds };
        article.matches(&self.tree)
    }

    /// Finds the needles in the text of a body that make it match, in the order of their places; those that must not occur are
    /// left out.
    pub fn occurrences(&self, stored: &Stored, terms: &mut Terms) -> Vec<Occurrence> {
        let text = &stored.text;
        let searched = SearchedText::new(text.into(), self.vocabulary.tokens(text, terms.of(stored.language())));
        let mut found = Vec::new();
        self.collect(&self.tree, &searched, &|field| field.is_none(), &mut found);
        if self.needles.iter().any(|needle| needle.field == Some(Field::Lede)) {
            let lede = stored.record.lede(text);
            let tokens = searched.tokens.iter().filter(|token| lede.start <= token.start && token.end <= lede.end).copied().collect();
            let searched = SearchedText::new(text.into(), tokens);
            self.collect(&self.tree, &searched, &|field| field == Some(Field::Lede), &mut found);
        }
        in_order(found)
    }

    /// Finds the needles in the headline, in the order of their places; those that must not occur are left out.
    pub fn headline_occurrences(&self, stored: &Stored, terms: &mut Terms) -> Vec<Occurrence> {
        let headline = &stored.headline;
        let searched = SearchedText::new(headline.into(), self.vocabulary.tokens(headline, terms.of(stored.language())));
        let mut found = Vec::new();
        self.collect(&self.tree, &searched, &|field| matches!(field, None | Some(Field::Headline)), &mut found);
        in_order(found)
    }

    fn collect(&self, node: &Node, text: &SearchedText, wanted: &dyn Fn(Option<Field>) -> bool, found: &mut Vec<Occurrence>) {
        match node {
            Node::Needle(number) => {
                let needle = &self.needles[*number];
                if wanted(needle.field) && !needle.is_negative {
                    found.extend(needle.occurrences(*number, &text.tokens, &text.text));
                }
            }
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.collect(part, text, wanted, found)),
            Node::AtLeast { node, .. } => self.collect(node, text, wanted, found),
            Node::Near(near) if wanted(near.field) => {
                let spans = text.spans(node, &self.needles);
                found.extend(spans.into_iter().flat_map(|span| span.parts));
            }
            Node::Near(_) | Node::Not(_) | Node::Fact(..) => {}
        }
    }
}

/// Puts occurrences in the order of their places, each once.
fn in_order(mut found: Vec<Occurrence>) -> Vec<Occurrence> {
    found.sort_by_key(|occurrence| (occurrence.words[0].start, occurrence.needle));
    found.dedup();
    found
}

/// The number of zones.
const ZONES: usize = Field::ALL.len() + 1;

/// Returns the place of a zone among all.
fn place(zone: Zone) -> usize {
    match zone {
        Zone::Body => 0,
        Zone::Field(field) => 1 + field as usize,
    }
}

/// An article while it is compared with a query; each of its texts is looked through once, and its record is read where a field
/// is asked for that stands there.
struct Article<'a> {
    needles: &'a Needles,
    unread: &'a Unread,
    record: OnceCell<Option<Record>>,
    terms: RefCell<&'a mut Terms>,
    texts: [OnceCell<SearchedText<'a>>; ZONES],
    holds: &'a dyn Fn(&Fact, Sign) -> bool,
}

impl<'a> Article<'a> {
    fn text(&self, zone: Zone) -> &SearchedText<'a> {
        self.texts[place(zone)].get_or_init(|| {
            let text = self.zone_text(zone);
            let tokens = self.needles.vocabulary.tokens(&text, self.terms.borrow_mut().of(self.language(zone)));
            SearchedText::new(text, tokens)
        })
    }

    fn zone_text(&self, zone: Zone) -> Cow<'a, str> {
        match zone {
            Zone::Body => Cow::Borrowed(self.unread.text.as_str()),
            Zone::Field(Field::Headline) => Cow::Borrowed(self.unread.headline.as_str()),
            Zone::Field(field) => {
                let record = self.record.get_or_init(|| self.unread.record());
                record.as_ref().map_or_else(Cow::default, |record| zones::field_text(field, record, &self.unread.text))
            }
        }
    }

    fn language(&self, zone: Zone) -> Language {
        if zones::is_prose(zone) { self.unread.language } else { Language::ENGLISH }
    }

    /// Tells whether a needle occurs in a zone; of one word the first occurrence tells.
    fn occurs_in(&self, needle: &Needle, zone: Zone) -> bool {
        if let ([word], None) = (needle.words.as_slice(), self.texts[place(zone)].get()) {
            let text = self.zone_text(zone);
            let mut terms = self.terms.borrow_mut();
            return self.needles.vocabulary.any_token(&text, terms.of(self.language(zone)), &mut |token| word.fits(&token, &text));
        }
        let searched = self.text(zone);
        needle.occurs_in(&searched.tokens, &searched.text)
    }

    fn matches(&self, node: &Node) -> bool {
        let needles = &self.needles.needles;
        match node {
            Node::Needle(number) => {
                let needle = &needles[*number];
                zones::of(needle.field).iter().any(|zone| self.occurs_in(needle, *zone))
            }
            Node::And(parts) => parts.iter().all(|part| self.matches(part)),
            Node::Or(parts) => parts.iter().any(|part| self.matches(part)),
            Node::Not(part) => !self.matches(part),
            Node::Near(near) => zones::of(near.field).iter().any(|zone| !self.text(*zone).spans(node, needles).is_empty()),
            Node::AtLeast { count, node, field } => {
                let found: usize = zones::of(*field).iter().map(|zone| self.text(*zone).spans(node, needles).len()).sum();
                found >= *count
            }
            Node::Fact(fact, sign) => (self.holds)(fact, *sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn needles(query: &str, terms: &mut Terms) -> Needles {
        Needles::new(Some(&query::parse(query).unwrap()), &Expansions::default(), terms)
    }

    const RECORD: &str = r#"{"k":"0/a.txt#1","m":{},"p":[]}"#;

    fn stored(headline: &str, body: &str) -> Stored {
        Stored { record: Record::from_text(RECORD).unwrap(), headline: headline.to_owned(), text: body.to_owned() }
    }

    fn check(query: &str, body: &str, expected: &[&str]) {
        let mut terms = Terms::default();
        let needles = needles(query, &mut terms);
        let found: Vec<&str> = needles
            .occurrences(&stored("", body), &mut terms)
            .into_iter()
            .flat_map(|occurrence| occurrence.words)
            .map(|range| &body[range])
            .collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn needles_are_found_in_their_forms() {
        let body = "Striking dockers said the port strike, the third strike, hits ports.";
        check("strike", body, &["Striking", "strike", "strike"]);
        check("=strike", body, &["strike", "strike"]);
        check("\"port strike\"", body, &["port", "strike"]);
        check("\"=port strike\" third", body, &["port", "strike", "third"]);
        check("strike -ports", body, &["Striking", "strike", "strike"]);
        check("headline:strike dockers", body, &["dockers"]);
        check("die", "Dying wells die, and the lying dies.", &["Dying", "die", "dies"]);
        check("elan state", "An Élan, (élan) and state-run e-state; “State’s”", &["Élan", "élan", "state", "state", "State’s"]);
    }

    #[test]
    fn what_stands_near_is_marked_alone() {
        let body = "A port of call. The port was shut, the wharf was not.\n\nOnly a wharf.";
        check("port w/5 wharf", body, &["port", "wharf"]);
        check("port pre/1 call", "Call a port, a port, call.", &["port", "call"]);
        check("port w/p wharf", body, &["port", "port", "wharf"]);
        check("port not w/5 wharf", body, &["port"]);
        check("(port OR call) w/s shut", body, &["port", "shut"]);
        check("port w/5 port", body, &["port", "port"]);
        check("port w/2 port", body, &[]);
    }

    #[test]
    fn words_in_the_form_typed_decide() {
        let holds = |query: &str, headline: &str, body: &str| {
            let mut terms = Terms::default();
            needles(query, &mut terms).match_article(&Unread::new(headline, body, RECORD), &mut Terms::default(), &|_, _| false)
        };
        assert!(holds("=ports", "Ports close", ""));
        assert!(!holds("=port", "Ports close", ""));
        assert!(holds("=port w/1 calls", "", "A Port calls"));
        assert!(holds("=US", "", "The US did."));
        assert!(!holds("=US", "", "It let us go. Us?"));
        assert!(holds("=Port", "", "Port’s fees"));
        assert!(holds("ports -=port", "Ports close", "the ports"));
        assert!(!holds("ports -=port", "Ports close", "the port"));
        assert!(holds("atleast3(port)", "Ports close", "the port, the port"));
        assert!(!holds("atleast4(port)", "Ports close", "the port, the port"));
        assert!(!holds("port w/2 close", "Port", "Close"));
        assert!(!holds("port undated", "Port", ""));
    }
}
