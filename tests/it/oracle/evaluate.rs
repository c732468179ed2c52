//! What a query means, said as plainly as can be: an article and a tree go in, yes or no comes out.
//!
//! A *place* is where a part of a query stands in a text: the numbers of its words. Nothing here is fast.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use dateline::query::{Connector, Days, Fact, Field, Form, Presence, Query, Reach, Succession, Word};
use dateline::search::Undated;
use dateline::text;
use frostem::Stemmer;

use super::corpus::{Article, Corpus, Text, TextWord, WrittenWord};
use super::stemmed;

/// The most words that a pattern stands for, different stems counted; see `query_language.txt`.
const STEMS_MAX: usize = 1024;

/// The words of a text that something is.
type Place = Vec<usize>;

/// Asks a corpus.
pub struct Oracle<'c> {
    corpus: &'c Corpus,
    stemmers: Vec<Stemmer>,
    meant: RefCell<HashMap<Word, Rc<Meant>>>,
}

/// Which words are meant by a word of a query.
struct Meant {
    forms: Vec<bool>,
    stems: usize,
}

/// How undated articles are taken, and whether what is looked at is asked for or left out.
#[derive(Clone, Copy)]
struct Sense {
    undated: Undated,
    is_negated: bool,
}

impl<'c> Oracle<'c> {
    /// Makes an oracle.
    pub fn new(corpus: &'c Corpus) -> Self {
        Oracle { corpus, stemmers: corpus.languages.iter().map(|code| stemmed::stemmer(code)).collect(), meant: RefCell::default() }
    }

    /// Tells whether an article matches.
    pub fn matches(&self, query: &Query, article: &Article, undated: Undated) -> bool {
        self.holds(query, article, None, Sense { undated, is_negated: false })
    }

    /// Tells whether a word of a query stands for more than are looked for.
    pub fn is_too_wide(&self, query: &Query) -> bool {
        match query {
            Query::Word(word) => self.meant(word).stems > STEMS_MAX,
            Query::Phrase(words) => words.iter().any(|word| self.meant(word).stems > STEMS_MAX),
            Query::And(parts) | Query::Or(parts) => parts.iter().any(|part| self.is_too_wide(part)),
            Query::Not(query) | Query::Within { query, .. } | Query::AtLeast { query, .. } => self.is_too_wide(query),
            Query::Near(near) => self.is_too_wide(&near.left) || self.is_too_wide(&near.right),
            Query::Fact(_) => false,
        }
    }

    fn holds(&self, query: &Query, article: &Article, field: Option<Field>, sense: Sense) -> bool {
        match query {
            Query::Word(_) | Query::Phrase(_) | Query::Near(_) => article.texts(field).any(|text| !self.places(query, text).is_empty()),
            Query::AtLeast { count, query } => {
                let found: usize = article.texts(field).map(|text| self.places(query, text).len()).sum();
                found >= *count as usize
            }
            Query::And(parts) => parts.iter().all(|part| self.holds(part, article, field, sense)),
            Query::Or(parts) => parts.iter().any(|part| self.holds(part, article, field, sense)),
            Query::Not(query) => !self.holds(query, article, field, Sense { is_negated: !sense.is_negated, ..sense }),
            Query::Within { field, query } => self.holds(query, article, Some(*field), sense),
            Query::Fact(Fact::Undated) => article.published.is_none(),
            Query::Fact(Fact::Copies(size)) => size.holds(self.corpus.group_sizes[&article.group]),
            Query::Fact(Fact::Published(days)) => match article.published {
                Some(_) => is_on(article, *days),
                None => sense.undated == Undated::TakenIn && !sense.is_negated,
            },
        }
    }

    /// Finds where a part of a query stands in a text.
    fn places(&self, query: &Query, text: &Text) -> BTreeSet<Place> {
        match query {
            Query::Word(word) => self.runs(std::slice::from_ref(word), text),
            Query::Phrase(words) => self.runs(words, text),
            Query::Or(parts) => parts.iter().flat_map(|part| self.places(part, text)).collect(),
            Query::Near(near) => {
                let (left, right) = (self.places(&near.left, text), self.places(&near.right, text));
                let partners = |a: &Place| right.iter().filter(|b| is_near(a, b, near.connector, text)).cloned().collect::<Vec<_>>();
                match near.connector.presence {
                    Presence::NotNear => left.into_iter().filter(|a| partners(a).is_empty()).collect(),
                    Presence::Near => left.iter().flat_map(|a| partners(a).into_iter().map(|b| together(a, &b))).collect(),
                }
            }
            Query::And(_) | Query::Not(_) | Query::Within { .. } | Query::AtLeast { .. } | Query::Fact(_) => {
                unreachable!("the parser puts no such thing beside a connector")
            }
        }
    }

    /// Finds the runs of words that are these, one after the other.
    fn runs(&self, words: &[Word], text: &Text) -> BTreeSet<Place> {
        let meant: Vec<Rc<Meant>> = words.iter().map(|word| self.meant(word)).collect();
        let runs = text.windows(words.len()).enumerate();
        let is_run = |run: &[TextWord]| run.iter().zip(&meant).all(|(word, meant)| meant.forms[word.form]);
        runs.filter(|(_, run)| is_run(run)).map(|(at, _)| (at..at + words.len()).collect()).collect()
    }

    fn meant(&self, word: &Word) -> Rc<Meant> {
        if let Some(known) = self.meant.borrow().get(word) {
            return Rc::clone(known);
        }
        let folded = text::folded(&word.text);
        let pattern: Vec<char> = folded_pattern(&word.text).chars().collect();
        // What is no text is in no language: its words are stemmed as English ones.
        let in_all = self.stemmers.iter().zip(&self.corpus.languages);
        let stems: HashMap<&str, String> =
            in_all.map(|(stemmer, code)| (code.as_str(), stemmed::stem(stemmer, code, &word.text))).collect();
        let is_meant = |form: &WrittenWord| {
            let Some(stem_of_form) = &form.stem else { return false };
            let stem = &stems[form.language.as_str()];
            match word.match_form {
                Form::Stemmed => stem == stem_of_form,
                Form::Exact => form.folded == folded && has_its_capitals(&word.text, &form.written),
                Form::Pattern => fits(&pattern, &letters(&form.folded)) || fits(&pattern, &letters(stem_of_form)),
                Form::Fuzzy => {
                    let edits = if folded.chars().count() < 6 { 1 } else { 2 };
                    edits_between(&letters(stem), &letters(stem_of_form)) <= edits
                }
            }
        };
        let forms: Vec<bool> = self.corpus.forms.iter().map(is_meant).collect();
        let stems: HashSet<(&str, &Option<String>)> =
            self.corpus.forms.iter().zip(&forms).filter(|(_, is)| **is).map(|(form, _)| (form.language.as_str(), &form.stem)).collect();
        let meant = Rc::new(Meant { stems: stems.len(), forms });
        self.meant.borrow_mut().insert(word.clone(), Rc::clone(&meant));
        meant
    }
}

/// Tells whether an article was published on one of these days.
pub fn is_on(article: &Article, days: Days) -> bool {
    article.published.is_some_and(|published| {
        let day = published.day_number();
        days.since.is_none_or(|since| since.day_number() <= day) && days.until.is_none_or(|until| day <= until.day_number())
    })
}

/// Tells whether a word is in the capitals in which it was typed, if it was typed with any; what follows the shorter one, as the
/// ending of a possessive does, may be in any.
fn has_its_capitals(typed: &str, written: &str) -> bool {
    let typed: Vec<char> = typed.chars().filter(|c| c.is_alphabetic()).collect();
    let written = written.chars().filter(|c| c.is_alphabetic());
    !typed.iter().any(|c| c.is_uppercase()) || typed.iter().zip(written).all(|(a, b)| a.is_uppercase() == b.is_uppercase())
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

/// Folds the letters between the signs.
fn folded_pattern(typed: &str) -> String {
    let (mut folded, mut piece) = (String::new(), String::new());
    for c in typed.chars() {
        if matches!(c, '*' | '?') {
            folded.push_str(&text::folded(&piece));
            piece.clear();
            folded.push(c);
        } else {
            piece.push(c);
        }
    }
    folded + &text::folded(&piece)
}

fn fits(pattern: &[char], word: &[char]) -> bool {
    match pattern {
        [] => word.is_empty(),
        ['*', rest @ ..] => (0..=word.len()).any(|from| fits(rest, &word[from..])),
        ['?', rest @ ..] => !word.is_empty() && fits(rest, &word[1..]),
        [first, rest @ ..] => word.first() == Some(first) && fits(rest, &word[1..]),
    }
}

/// Counts the letters that have to be added, left out, changed, or changed with their neighbour (optimal string alignment).
fn edits_between(a: &[char], b: &[char]) -> usize {
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let changed = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let least = changed.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    let is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if is_swapped { least.min(table[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    table[a.len()][b.len()]
}

fn is_near(a: &Place, b: &Place, connector: Connector, text: &Text) -> bool {
    if a.iter().any(|word| b.contains(word)) {
        return false;
    }
    let (first, last) = (|place: &Place| place[0], |place: &Place| place[place.len() - 1]);
    if connector.order == Succession::AsWritten && last(a) >= first(b) {
        return false;
    }
    let ends = [first(a), last(a), first(b), last(b)];
    match connector.reach {
        Reach::Words(reach) if last(a) < first(b) => first(b) - last(a) <= reach as usize,
        Reach::Words(reach) if last(b) < first(a) => first(a) - last(b) <= reach as usize,
        Reach::Words(_) => true,
        Reach::Sentence => ends.iter().all(|word| text[*word].sentence == text[ends[0]].sentence),
        Reach::Paragraph => ends.iter().all(|word| text[*word].paragraph == text[ends[0]].paragraph),
    }
}

fn together(a: &Place, b: &Place) -> Place {
    let mut words: Vec<usize> = a.iter().chain(b).copied().collect();
    words.sort_unstable();
    words
}
