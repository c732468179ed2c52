//! Widening a query: other spellings of its names, other forms of its numbers.
//!
//! A word becomes an Or of itself and the others, a phrase an Or of phrases. What was widened is told, since the reader has to
//! know what is looked for. Words with `=`, with wildcards and fuzzy ones stay as they are, and so do fields that hold no prose.

use crate::query::ast::{Field, Form, Near, Query, Word};
use crate::query::number::Number;
use crate::query::spellings::Spellings;
use crate::text;

/// The most phrases that one becomes; one that would become more stays as it is.
pub const MAX_PHRASES: usize = 24;

/// The most words and phrases that are added to a query: each is looked for.
pub const MAX_ADDED: usize = 256;

/// A query that was widened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widened {
    /// The query to ask.
    pub query: Query,
    /// What it also looks for, in the order of the query.
    pub also: Vec<Also>,
}

/// What a query also looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// What was typed.
    pub typed: String,
    /// What counts as the same.
    pub others: Vec<String>,
}

/// Adds other spellings of names and other forms of numbers to a query.
pub fn widen(query: &Query, spellings: &Spellings) -> Widened {
    let mut widening = Widening { spellings, also: Vec::new(), added: 0 };
    let query = widening.query(query);
    Widened { query, also: widening.also }
}

struct Widening<'s> {
    spellings: &'s Spellings,
    also: Vec<Also>,
    added: usize,
}

/// Words in a row that count as the same as others in a row; the first is what was typed.
type Choices = Vec<Vec<Word>>;

impl Widening<'_> {
    fn query(&mut self, query: &Query) -> Query {
        match query {
            Query::Word(word) => self.words(std::slice::from_ref(word)),
            Query::Phrase(words) => self.words(words),
            Query::And(members) => self.and(members),
            Query::Or(members) => either(members.iter().map(|member| self.query(member)).collect()),
            Query::Not(query) => Query::Not(Box::new(self.query(query))),
            Query::Within { field, query } if field.is_text() || *field == Field::Byline => {
                Query::Within { field: *field, query: Box::new(self.query(query)) }
            }
            Query::Near(near) => {
                let Near { left, right, connector } = near.as_ref();
                let (left, right) = (self.query(left), self.query(right));
                Query::Near(Box::new(Near { left, right, connector: *connector }))
            }
            Query::AtLeast { count, query } => Query::AtLeast { count: *count, query: Box::new(self.query(query)) },
            Query::Within { .. } | Query::Fact(_) => query.clone(),
        }
    }

    /// Two members in a row can be one number: `11 thousand`.
    fn and(&mut self, members: &[Query]) -> Query {
        let mut widened = Vec::with_capacity(members.len());
        let mut at = 0;
        while at < members.len() {
            if let [Query::Word(a), Query::Word(b), ..] = &members[at..]
                && let Some(others) = self.number_of_two(a, b)
            {
                let typed = Query::And(vec![members[at].clone(), members[at + 1].clone()]);
                let rest = others.into_iter().filter(|words| words.len() == 1).map(phrase);
                widened.push(either(std::iter::once(typed).chain(rest).collect()));
                at += 2;
            } else {
                widened.push(self.query(&members[at]));
                at += 1;
            }
        }
        if widened.len() == 1 { widened.remove(0) } else { Query::And(widened) }
    }

    fn words(&mut self, words: &[Word]) -> Query {
        let before = (self.also.len(), self.added);
        let mut phrases: Vec<Vec<Word>> = vec![Vec::new()];
        let mut at = 0;
        while at < words.len() {
            let (choices, taken) = self.choices(&words[at..]);
            at += taken;
            phrases = choices.iter().flat_map(|choice| phrases.iter().map(|phrase| [phrase.as_slice(), choice].concat())).collect();
            if phrases.len() > MAX_PHRASES {
                self.also.truncate(before.0);
                self.added = before.1;
                return phrase(words.to_vec());
            }
        }
        either(phrases.into_iter().map(phrase).collect())
    }

    /// Returns what the first words count as, what was typed first, and how many words that were.
    fn choices(&mut self, words: &[Word]) -> (Choices, usize) {
        let typed = |count: usize| words[..count].to_vec();
        if let [a, b, ..] = words
            && let Some(others) = self.number_of_two(a, b)
        {
            return (std::iter::once(typed(2)).chain(others).collect(), 2);
        }
        let word = &words[0];
        if word.match_form != Form::Stemmed {
            return (vec![typed(1)], 1);
        }
        let others = match Number::read(&word.text) {
            Some(number) => number.forms(),
            None => self.spellings.others(&word.text).into_iter().map(|other| vec![other.to_owned()]).collect(),
        };
        let others = self.note(&typed(1), others);
        (std::iter::once(typed(1)).chain(others).collect(), 1)
    }

    fn number_of_two(&mut self, a: &Word, b: &Word) -> Option<Choices> {
        if a.match_form != Form::Stemmed || b.match_form != Form::Stemmed {
            return None;
        }
        let forms = Number::read_two(&a.text, &b.text)?.forms();
        let others = self.note(&[a.clone(), b.clone()], forms);
        (!others.is_empty()).then_some(others)
    }

    /// Leaves out what was typed, and notes the rest as far as there is room for it.
    fn note(&mut self, typed: &[Word], others: Vec<Vec<String>>) -> Choices {
        let folded = |words: &[Word]| words.iter().map(|word| text::folded(&word.text)).collect::<Vec<_>>();
        let as_words = |words: Vec<String>| words.into_iter().map(|text| Word { text, match_form: Form::Stemmed }).collect::<Vec<_>>();
        let mut others: Choices = others.into_iter().map(as_words).collect();
        others.retain(|words| folded(words) != folded(typed));
        if others.is_empty() || self.added + others.len() > MAX_ADDED {
            return Vec::new();
        }
        self.added += others.len();
        let text = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let also = Also { typed: text(typed), others: others.iter().map(|words| text(words)).collect() };
        if !self.also.contains(&also) {
            self.also.push(also);
        }
        others
    }
}

fn phrase(mut words: Vec<Word>) -> Query {
    if words.len() == 1 { Query::Word(words.remove(0)) } else { Query::Phrase(words) }
}

/// Joins members under Or; one alone stays itself, an Or among them is taken apart.
fn either(members: Vec<Query>) -> Query {
    let mut flat = Vec::with_capacity(members.len());
    for member in members {
        match member {
            Query::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if flat.len() == 1 { flat.remove(0) } else { Query::Or(flat) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn check(typed: &str, expected: &str, also: &[&str]) {
        let mut spellings = Spellings::default();
        spellings.add("Kyiv Kiev\nSelwick Selwyck Zelwick").unwrap();
        let widened = widen(&query::parse(typed).unwrap(), &spellings);
        assert_eq!(widened.query.to_string(), expected, "{typed}");
        assert_eq!(query::parse(expected).unwrap(), widened.query, "{typed}: as parsed");
        let told: Vec<String> = widened.also.iter().map(|also| format!("{}: {}", also.typed, also.others.join(", "))).collect();
        assert_eq!(told, also, "{typed}");
    }

    #[test]
    fn names_and_numbers_are_widened() {
        check("kyiv port", "(kyiv OR Kiev) port", &["kyiv: Kiev"]);
        check("=kyiv kyi* kyiv~", "=kyiv kyi* kyiv~", &[]);
        check("kiev OR port", "kiev OR Kyiv OR port", &["kiev: Kyiv"]);
        check("\"port of Selwick\"", "\"port of Selwick\" OR \"port of Selwyck\" OR \"port of Zelwick\"", &["Selwick: Selwyck, Zelwick"]);
        check("source:kyiv headline:kyiv", "source:kyiv headline:(kyiv OR Kiev)", &["kyiv: Kiev"]);
        check("port -kyiv", "port -(kyiv OR Kiev)", &["kyiv: Kiev"]);
        check("kyiv w/5 port", "(kyiv OR Kiev) w/5 port", &["kyiv: Kiev"]);
        check("atleast2(kyiv)", "atleast2(kyiv OR Kiev)", &["kyiv: Kiev"]);
        check("11,000 men", "(11,000 OR \"11 thousand\") men", &["11,000: 11 thousand"]);
        check("11 thousand men", "(11 thousand OR 11000) men", &["11 thousand: 11000"]);
        check("\"11 thousand men\"", "\"11 thousand men\" OR \"11000 men\"", &["11 thousand: 11000"]);
        check("=11,000", "=11,000", &[]);
        check("port 2024", "port 2024", &[]);
    }

    #[test]
    fn what_becomes_too_much_stays_as_it_is() {
        let many = format!("\"{}\"", "kyiv selwick ".repeat(4).trim());
        check(&many, &many, &[]);
        let spellings = Spellings::shipped();
        let widened = widen(&query::parse(&"Gaddafi ".repeat(1000)).unwrap(), &spellings);
        assert!(widened.query.positive_words().len() <= 1000 + MAX_ADDED);
    }
}
