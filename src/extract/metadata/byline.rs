//! The people that a document states as its authors in; the byline out.

use crate::article::{Conflict, Metadata, Person, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::byline;
use crate::extract::metadata::rank::{self, is_kin, key, ranked};
use crate::extract::metadata::source::outlet_keys;

/// Chooses the byline; agencies that stand in it are credits, and an article that nobody else signed is the agency's own.
pub fn choose(fields: &[RawField], metadata: &mut Metadata) {
    let Signers { mut people, initials, agencies, outlets } = signers(fields, metadata);
    // What lines and scripts name counts only where the page names nobody as such, or by a first name alone; a sidecar is not the page's,
    // and the properties of a file name who wrote it, whoever wrote the article.
    let is_own = |from| !is_gap_filler(from) && !matches!(from, Provenance::Sidecar | Provenance::DocumentProperties);
    if let Some(own) = people.iter().find(|stated| is_own(stated.from)).map(|stated| stated.value.clone()) {
        people.retain(|stated| !is_gap_filler(stated.from) || is_fuller(&stated.value, &own));
    }
    // Beside an outlet or initials, a line has to name a person in full.
    let is_full = |stated: &Stated<Vec<Person>>| stated.value.iter().all(|person| person.name.contains(' '));
    if !outlets.is_empty() || !initials.is_empty() {
        people.retain(|stated| !is_gap_filler(stated.from) || is_full(stated));
    }
    // Where nobody is named the agency or the outlet is the author, as many a person's own site is.
    let candidates = [people, initials, agencies, outlets].into_iter().find(|candidates| !candidates.is_empty()).unwrap_or_default();
    metadata.byline = settle_people(candidates, &mut metadata.conflicts);
}

/// Who signs, each kind by the place where it is stated, the most trusted first.
#[derive(Default)]
struct Signers {
    people: Vec<Stated<Vec<Person>>>,
    initials: Vec<Stated<Vec<Person>>>,
    agencies: Vec<Stated<Vec<Person>>>,
    outlets: Vec<Stated<Vec<Person>>>,
}

/// Parts those who sign by what they are, and adds the agencies among them to the credits.
fn signers(fields: &[RawField], metadata: &mut Metadata) -> Signers {
    let known_outlets = outlet_keys(fields, metadata);
    let headline = metadata.headline.as_ref().map(|stated| key(&stated.value));
    let is_outlet = |person: &Person| {
        let name = key(&person.name);
        known_outlets.iter().any(|outlet| *outlet == name || is_kin(outlet, &name)) || reads_as_outlet(&person.name)
    };
    let mut signers = Signers::default();
    for field in ranked(fields, FieldName::Byline) {
        let mut named = byline::read(&field.value);
        named.people.retain(|person| headline.as_ref() != Some(&key(&person.name)));
        named.agencies.iter().for_each(|agency| rank::add_credit(agency, field.from, &mut metadata.credits));
        if !named.agencies.is_empty() && named.people.iter().all(is_outlet) {
            let name = byline::without_opening(field.value.trim()).to_owned();
            signers.agencies.push(Stated { value: vec![Person { name, role: None }], from: field.from });
            continue;
        }
        for person in named.people {
            // Beside people of the same place, a short word is one of their names.
            let is_beside_people = signers.people.last().is_some_and(|last| last.from == field.from);
            let group = if is_outlet(&person) {
                &mut signers.outlets
            } else if is_initials(&person.name) && !is_beside_people {
                &mut signers.initials
            } else {
                &mut signers.people
            };
            match group.last_mut() {
                Some(last) if last.from == field.from && !is_outlet(&person) => {
                    if !last.value.iter().any(|known| known.name == person.name) {
                        last.value.push(person);
                    }
                }
                _ => group.push(Stated { value: vec![person], from: field.from }),
            }
        }
    }
    signers
}

/// Tells initials and signs of desks, which name somebody only where nobody is named in full: `jd`, `LN`.
fn is_initials(name: &str) -> bool {
    /// Letters of the longest sign in small letters, and in capitals.
    const LETTERS_MAX: (usize, usize) = (2, 4);
    let count = name.chars().count();
    !name.contains(' ') && (count <= LETTERS_MAX.0 || (count <= LETTERS_MAX.1 && name.chars().all(char::is_uppercase)))
}

/// Tells whether people are one person in full, of whom only the first name or the login is given.
fn is_fuller(full: &[Person], short: &[Person]) -> bool {
    /// A shorter word stands inside of many names.
    const LOGIN_BYTES_MIN: usize = 5;
    let ([full], [short]) = (full, short) else { return false };
    let wanted = key(&short.name);
    let is_word = full.name.split(' ').any(|word| key(word) == wanted);
    let is_login = wanted.len() >= LOGIN_BYTES_MIN && key(&full.name).contains(&wanted);
    !short.name.contains(' ') && full.name.contains(' ') && !wanted.is_empty() && (is_word || is_login)
}

/// Longer lists are of all who write for a page.
const PEOPLE_MAX: usize = 5;

fn is_gap_filler(from: Provenance) -> bool {
    matches!(from, Provenance::BylineLine | Provenance::PageScript)
}

/// Takes the people of the most trusted place; those of others that are not among them are kept.
fn settle_people(candidates: Vec<Stated<Vec<Person>>>, conflicts: &mut Vec<Conflict>) -> Option<Stated<Vec<Person>>> {
    let joined = |people: &[Person]| people.iter().map(|person| key(&person.name)).collect::<Vec<_>>().join(" ");
    let mut candidates = candidates.into_iter();
    let mut chosen = candidates.next()?;
    // A single word is a first name or a login; the same person in full is better.
    if let Some(fuller) = candidates.clone().find(|other| is_fuller(&other.value, &chosen.value)) {
        chosen = fuller;
    }
    // One place may name the first of several people only.
    let goes_on = |other: &&Stated<Vec<Person>>| {
        let names: Vec<String> = other.value.iter().map(|person| key(&person.name)).collect();
        names.len() > chosen.value.len()
            && names.len() <= PEOPLE_MAX
            && chosen.value.iter().all(|person| names.contains(&key(&person.name)))
    };
    if let Some(longer) = candidates.clone().find(|other| goes_on(&other)) {
        chosen = longer;
    }
    let wanted = joined(&chosen.value);
    for other in candidates.by_ref().filter(|other| !joined(&other.value).contains(&wanted) && !wanted.contains(&joined(&other.value))) {
        let names: Vec<&str> = other.value.iter().map(|person| person.name.as_str()).collect();
        conflicts.push(Conflict { field: FieldName::Byline.label().to_owned(), value: names.join(", "), from: other.from });
    }
    Some(chosen)
}

/// Tells a name that is a company's or a domain, whoever's it is.
fn reads_as_outlet(name: &str) -> bool {
    const FORMS: [&str; 9] = ["gmbh", "ag", "e.v", "e.v.", "inc", "inc.", "ltd", "ltd.", "verlag"];
    const NOBODY: [&str; 9] =
        ["no author", "redaktion", "agencies", "newsroom", "staff", "redacción", "la redacción", "rédaction", "editorial team"];
    let lower = name.to_lowercase();
    let last = lower.rsplit(' ').next().unwrap_or_default();
    let is_domain =
        !lower.contains(' ') && lower.split_once('.').is_some_and(|(label, ending)| label.len() > 2 && (2..=4).contains(&ending.len()));
    let is_body = lower.split([' ', '-']).any(|word| BODIES.iter().any(|body| word.ends_with(body)));
    FORMS.contains(&last) || is_body || is_domain || NOBODY.contains(&lower.as_str())
}

/// Ends of words in the names of bodies that publish, in lower case: such a name signs only where no person does.
#[rustfmt::skip]
const BODIES: [&str; 18] = [
    "stiftung", "ministerium", "verband", "verein", "institut", "anstalt", "redaktion", "magazin", "zeitung", "verlag", "university", "institute", "foundation", "association",
    "universität", "universidad", "gesellschaft", "behörde",
];
