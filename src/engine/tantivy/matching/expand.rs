//! What a word stands for that is not just one term of the index: its stems where the index has articles in several languages,
//! and for wildcards (`strik*`, `wom?n`) and fuzzy words (`name~`) all that fit.
//!
//! The index holds stems. A word fits a pattern if it does itself or if its stem does, so that all forms of a word that fits
//! are found. A stem may be cut shorter than the pattern (`workers*` and the stem `worker`): such terms are taken in too, and
//! what is found by them is then checked against the text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::Term;
use tantivy::schema;

use super::super::clock::Clock;
use super::super::snapshot::Snapshot;
use super::super::words::language::Language;
use super::super::words::terms::{Stems, Terms};
use super::super::zones;
use super::nearly;
use crate::error::Error;
use crate::query::{Field, Form, Pattern, Query, Word};
use crate::search::TooWide;
use crate::text;

/// The most terms that one word stands for, the most frequent ones: each is a posting list to open. A prefix of three letters
/// stands for 300 or so in 33,000 articles.
const TERMS_MAX: usize = 1024;

/// The most terms that all words of a query stand for: an open posting list takes some 4 KB of memory, so that these take 130 MB.
const TERMS_OF_QUERY_MAX: usize = 32 * TERMS_MAX;

/// So many terms a word stands for at least, if there are so many, however many words came before it.
const TERMS_MIN: usize = 16;

/// From so many letters on a fuzzy word may differ by two letters, below by one.
const LONG_WORD_LETTERS: usize = 6;

/// Endings of English words. The letters of a pattern may end inside of one, so that stems are looked for with each of their ends
/// (`operat` and `ion`, `operati` and `on`).
const ENDINGS: [&str; 46] = [
    "ationally",
    "ationalizations",
    "ations",
    "ators",
    "atively",
    "ated",
    "ating",
    "ately",
    "ionists",
    "ioning",
    "ioned",
    "ivities",
    "ively",
    "iveness",
    "ingly",
    "ings",
    "edly",
    "ered",
    "ering",
    "eries",
    "ements",
    "ments",
    "encies",
    "ency",
    "ently",
    "ences",
    "ancies",
    "ancy",
    "antly",
    "ances",
    "abilities",
    "ably",
    "ibilities",
    "ibly",
    "ically",
    "icities",
    "alities",
    "alists",
    "alisms",
    "izers",
    "ousness",
    "ously",
    "fulness",
    "lessness",
    "ories",
    "iest",
];

/// Letters of no word that stand for a wildcard while a stem is made of what follows it: so many, with so many vowels, that each
/// ending finds the word before it that it needs (`st?res` and the one syllable of `store`).
const STAND_INS: [&str; 7] = ["ba", "bab", "babab", "bababab", "bababa", "bababi", "bababe"];

/// What the words of a query stand for.
#[derive(Default)]
pub struct Expansions {
    found: HashMap<Option<Field>, HashMap<Word, Expansion>>,
    /// How many terms all words stand for.
    terms: usize,
    /// The words that stand for more than are looked for.
    pub too_wide: Vec<TooWide>,
}

/// What one word stands for.
pub struct Expansion {
    /// Terms of the index, in order.
    pub terms: Vec<String>,
    /// Those that do not fit themselves: a word with one fits or not.
    pub rough: BTreeSet<String>,
    /// The pattern that words must fit; `None` for a fuzzy word.
    pub pattern: Option<Pattern>,
}

impl Expansions {
    /// Looks up all words of a query that stand for others.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn new(query: &Query, snapshot: &Snapshot, clock: &Clock) -> Result<Self, Error> {
        let mut expansions = Expansions::default();
        expansions.take(query, None, &Lookup { snapshot, clock })?;
        Ok(expansions)
    }

    /// Returns what a word stands for in a field; `None` for a word that stands for its English stem alone.
    pub fn of(&self, word: &Word, field: Option<Field>) -> Option<&Expansion> {
        self.found.get(&field)?.get(word)
    }

    /// Returns what words stand for without the terms that do not fit themselves.
    pub fn sure(&self) -> Self {
        let sure = |expansion: &Expansion| Expansion {
            terms: expansion.terms.iter().filter(|term| !expansion.rough.contains(*term)).cloned().collect(),
            rough: BTreeSet::new(),
            pattern: expansion.pattern.clone(),
        };
        let in_field = |words: &HashMap<Word, Expansion>| words.iter().map(|(word, expansion)| (word.clone(), sure(expansion))).collect();
        Expansions {
            found: self.found.iter().map(|(field, words)| (*field, in_field(words))).collect(),
            terms: self.terms,
            too_wide: Vec::new(),
        }
    }

    fn take(&mut self, query: &Query, field: Option<Field>, lookup: &Lookup<'_>) -> Result<(), Error> {
        match query {
            Query::Word(word) => self.take_word(word, field, lookup),
            Query::Phrase(words) => words.iter().try_for_each(|word| self.take_word(word, field, lookup)),
            Query::And(parts) | Query::Or(parts) => parts.iter().try_for_each(|part| self.take(part, field, lookup)),
            Query::Not(query) | Query::AtLeast { query, .. } => self.take(query, field, lookup),
            Query::Within { field, query } => self.take(query, Some(*field), lookup),
            Query::Near(near) => self.take(&near.left, field, lookup).and_then(|()| self.take(&near.right, field, lookup)),
            Query::Fact(_) => Ok(()),
        }
    }

    fn take_word(&mut self, word: &Word, field: Option<Field>, lookup: &Lookup<'_>) -> Result<(), Error> {
        let snapshot = lookup.snapshot;
        let languages = if zones::is_prose_field(field) { snapshot.languages()? } else { &[Language::ENGLISH] };
        if self.of(word, field).is_some() || languages.len() == 1 && !is_open(word) {
            return Ok(());
        }
        lookup.clock.check()?;
        let terms_max = TERMS_OF_QUERY_MAX.saturating_sub(self.terms).clamp(TERMS_MIN, TERMS_MAX);
        let asked = Asked { word, field: snapshot.fields.of_query(field), languages, snapshot, terms_max };
        let found = snapshot.with_terms(|terms| match word.match_form {
            Form::Fuzzy => neighbours(&asked, terms).map(Some),
            Form::Pattern => fitting(&asked, terms).map(Some),
            _ => stems(&asked, terms),
        });
        let Some((expansion, total)) = found.map_err(|error| snapshot.failed(error))? else { return Ok(()) };
        if total > expansion.terms.len() {
            self.too_wide.push(TooWide { word: word.text.clone(), words: total, taken: expansion.terms.len() });
        }
        self.terms += expansion.terms.len();
        self.found.entry(field).or_default().insert(word.clone(), expansion);
        Ok(())
    }
}

/// Tells whether a word stands for others.
fn is_open(word: &Word) -> bool {
    matches!(word.match_form, Form::Pattern | Form::Fuzzy)
}

/// Where words are looked up, and how long that may take.
struct Lookup<'l> {
    snapshot: &'l Snapshot,
    clock: &'l Clock,
}

/// A word for which terms are looked for.
struct Asked<'a> {
    word: &'a Word,
    field: schema::Field,
    languages: &'a [Language],
    snapshot: &'a Snapshot,
    /// So many terms are kept at most.
    terms_max: usize,
}

/// Finds the stems of a word that the index has, also tells how many there are; nothing where only English texts have one.
fn stems(asked: &Asked, terms: &mut Terms) -> tantivy::Result<Option<(Expansion, usize)>> {
    let mut known = Vec::new();
    for (place, stem) in terms.in_all(&asked.word.text, asked.languages).into_iter().enumerate() {
        if place == 0 || asked.snapshot.searcher.doc_freq(&Term::from_field_text(asked.field, &stem))? > 0 {
            known.push(stem);
        }
    }
    if known.len() < 2 {
        return Ok(None);
    }
    let total = known.len();
    Ok(Some((Expansion { terms: known, rough: BTreeSet::new(), pattern: None }, total)))
}

/// Terms with the number of articles that have them.
type Counted = BTreeMap<String, u64>;

/// Finds the terms that fit a pattern; also tells how many there are.
fn fitting(asked: &Asked, terms: &mut Terms) -> tantivy::Result<(Expansion, usize)> {
    let (field, snapshot) = (asked.field, asked.snapshot);
    let pattern = Pattern::new(&asked.word.text);
    let mut found = Counted::new();
    let prefix = pattern.prefix();
    scan(field, snapshot, &prefix, &mut |term, articles| {
        if pattern.fits(Language::untagged(term).0) {
            *found.entry(term.to_owned()).or_insert(0) += articles;
        }
    })?;
    let mut rough = BTreeSet::new();
    let mut cuts = BTreeMap::<String, Vec<Option<char>>>::new();
    for language in asked.languages {
        for cut in cut_shorter(&pattern, terms.of(*language)) {
            cuts.entry(cut).or_default().push(language.tag());
        }
    }
    for (cut, tags) in cuts {
        let shorter = Pattern::new(&cut);
        let mut add = |term: &str, articles: u64| {
            let (stem, tag_of_term) = Language::untagged(term);
            if articles > 0 && tags.contains(&tag_of_term) && shorter.fits(stem) && !pattern.fits(stem) {
                rough.insert(term.to_owned());
                *found.entry(term.to_owned()).or_insert(0) += articles;
            }
        };
        match cut.contains(['*', '?']) {
            true => scan(field, snapshot, &shorter.prefix(), &mut add)?,
            false => {
                for tag in &tags {
                    let term: String = cut.chars().chain(*tag).collect();
                    add(&term, snapshot.searcher.doc_freq(&Term::from_field_text(field, &term))?);
                }
            }
        }
    }
    let total = found.len();
    let terms = most_frequent(found, asked.terms_max);
    rough.retain(|term| terms.binary_search(term).is_ok());
    Ok((Expansion { terms, rough, pattern: Some(pattern) }, total))
}

/// Returns what stems of words that fit a pattern can look like without fitting it themselves.
fn cut_shorter(pattern: &Pattern, stems: &mut Stems) -> BTreeSet<String> {
    let whole = pattern.text();
    let closed = whole.trim_end_matches(['*', '?']);
    let (head, tail) = closed.split_at(closed.rfind(['*', '?']).map_or(0, |at| at + 1));
    let mut endings = BTreeSet::from([""]);
    if closed.len() < whole.len() {
        endings.extend(ENDINGS.iter().flat_map(|ending| (0..ending.len()).map(|at| &ending[at..])));
    }
    let mut stand_ins: Vec<String> = STAND_INS.iter().map(|letters| (*letters).to_owned()).collect();
    // A letter that is doubled before an ending is single in the stem (`equi?ped` and `equip`).
    stand_ins.extend(tail.chars().next().map(|first| format!("ba{first}")));
    if head.is_empty() {
        stand_ins = vec![String::new()];
    }
    let mut shorter = BTreeSet::new();
    for (stand_in, ending) in stand_ins.iter().flat_map(|stand_in| endings.iter().map(move |ending| (stand_in, ending))) {
        let Some(term) = stems.term(&format!("{stand_in}{tail}{ending}")) else { continue };
        let (stem, _) = Language::untagged(&term);
        match (stem.strip_prefix(stand_in.as_str()), stand_in.strip_prefix(stem)) {
            (Some(short), _) => drop(shorter.insert(format!("{head}{short}"))),
            (None, Some(cut)) => drop(shorter.insert(without_last(head, cut.len()).to_owned())),
            (None, None) => {}
        }
    }
    // What stands before may be the beginning of an ending that the tail is the end of (`clo*g` and `closing`).
    let is_within = |ending: &&str| ending[1..].contains(tail);
    if !head.is_empty() && ENDINGS.iter().any(is_within) {
        shorter.extend(cut_shorter(&Pattern::new(head), stems));
        shorter.insert(head.to_owned());
    }
    shorter.retain(|shorter| !pattern.fits(shorter) && shorter.chars().any(char::is_alphanumeric));
    shorter
}

/// Leaves out the last signs of a pattern, but no star: what is cut off may lie within what it stands for.
fn without_last(pattern: &str, mut signs: usize) -> &str {
    let mut left = pattern;
    while signs > 0 && !left.ends_with('*') {
        left = left.char_indices().next_back().map_or("", |(at, _)| &left[..at]);
        signs -= 1;
    }
    left
}

/// Finds the terms that are spelled nearly as a word; also tells how many there are.
fn neighbours(asked: &Asked, terms: &mut Terms) -> tantivy::Result<(Expansion, usize)> {
    let mut found = Counted::new();
    let word = &asked.word.text;
    let edits = if text::folded(word).chars().count() < LONG_WORD_LETTERS { 1 } else { 2 };
    for stem in terms.in_all(word, asked.languages) {
        let (_, tag) = Language::untagged(&stem);
        nearly::visit(asked.snapshot, asked.field, &stem, edits, &mut |_, term, articles| {
            if Language::untagged(term).1 == tag {
                *found.entry(term.to_owned()).or_insert(0) += u64::from(articles);
            }
        })?;
    }
    let total = found.len();
    Ok((Expansion { terms: most_frequent(found, asked.terms_max), rough: BTreeSet::new(), pattern: None }, total))
}

/// Visits the terms of a field that begin with some letters, with the number of articles that have each.
fn scan(field: schema::Field, snapshot: &Snapshot, prefix: &str, visit: &mut dyn FnMut(&str, u64)) -> tantivy::Result<()> {
    for segment in snapshot.searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                visit(term, u64::from(stream.value().doc_freq));
            }
        }
    }
    Ok(())
}

/// Keeps the most frequent terms, in order.
fn most_frequent(found: Counted, terms_max: usize) -> Vec<String> {
    if found.len() <= terms_max {
        return found.into_keys().collect();
    }
    let mut counted: Vec<(String, u64)> = found.into_iter().collect();
    counted.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    counted.truncate(terms_max);
    let mut kept: Vec<String> = counted.into_iter().map(|(term, _)| term).collect();
    kept.sort();
    kept
}
