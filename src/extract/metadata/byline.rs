//! The people that a document states as its authors in; the byline out.

use crate::article::{Conflict, Metadata, Person, Stated};
use crate::document::{FieldName, Provenance, RawField};
use crate::extract::byline;
use crate::extract::metadata::rank::{self, is_kin, key, ranked};
use crate::extract::metadata::source::outlet_keys;

/// Chooses the byline; agencies that stand in it are credits, and an article that nobody else signed is the agency's own.
pub fn choose(fields: &[RawField], metadata: &mut Metadata) {
    let known_outlets = outlet_keys(fields, metadata);
    let mut people: Vec<Stated<Vec<Person>>> = Vec::new();
    let mut outlets = Vec::new();
    let mut agencies = Vec::new();
    for field in ranked(fields, FieldName::Byline) {
        let named = byline::read(&field.value);
        if !named.agencies.is_empty() && named.people.is_empty() {
            let name = byline::without_opening(field.value.trim()).to_owned();
            agencies.push(Stated { value: vec![Person { name, role: None }], from: field.from });
        }
        named.agencies.iter().for_each(|agency| rank::add_credit(agency, field.from, &mut metadata.credits));
        for person in named.people {
            let name = key(&person.name);
            let is_outlet = known_outlets.iter().any(|outlet| *outlet == name || is_kin(outlet, &name)) || reads_as_outlet(&person.name);
            match people.last_mut() {
                _ if is_outlet => outlets.push(Stated { value: vec![person], from: field.from }),
                Some(last) if last.from == field.from => {
                    if !last.value.iter().any(|known| known.name == person.name) {
                        last.value.push(person);
                    }
                }
                _ => people.push(Stated { value: vec![person], from: field.from }),
            }
        }
    }
    // What lines and scripts name counts only where the page names nobody as such; a sidecar is not the page's, and the properties of a
    // file name who wrote it, whoever wrote the article.
    let is_own = |from| !is_gap_filler(from) && !matches!(from, Provenance::Sidecar | Provenance::DocumentProperties);
    if people.iter().any(|stated| is_own(stated.from)) {
        people.retain(|stated| !is_gap_filler(stated.from));
    }
    // Beside an outlet that signs itself, a line has to name a person in full.
    let is_full = |stated: &Stated<Vec<Person>>| stated.value.iter().all(|person| person.name.contains(' '));
    if !outlets.is_empty() {
        people.retain(|stated| !is_gap_filler(stated.from) || is_full(stated));
    }
    // Where nobody is named the agency or the outlet is the author, as many a person's own site is.
    let candidates = [people, agencies, outlets].into_iter().find(|candidates| !candidates.is_empty()).unwrap_or_default();
    metadata.byline = settle_people(candidates, &mut metadata.conflicts);
}

/// Longer lists are of all who write for a page.
const PEOPLE_MAX: usize = 5;

fn is_gap_filler(from: Provenance) -> bool {
    matches!(from, Provenance::BylineLine | Provenance::PageScript)
}

/// Takes the people of the most trusted place; those of others that are not among them are kept.
fn settle_people(candidates: Vec<Stated<Vec<Person>>>, conflicts: &mut Vec<Conflict>) -> Option<Stated<Vec<Person>>> {
    let joined = |people: &[Person]| people.iter().map(|person| key(&person.name)).collect::<Vec<_>>().join(" ");
    let mut candidates = candidates.into_iter().peekable();
    let mut chosen = candidates.next()?;
    let wanted = joined(&chosen.value);
    // A single word is a first name or a login; the same person in full is better.
    if let Some(fuller) = candidates.next_if(|other| {
        !wanted.is_empty() && chosen.value.len() == 1 && !chosen.value[0].name.contains(' ') && joined(&other.value).contains(&wanted)
    }) {
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
