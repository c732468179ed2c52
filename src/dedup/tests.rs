//! Grouping as a whole: kinds of copies, and that a change gives what grouping anew gives.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::error::Error;

/// An article as the tests keep it, by its id.
#[derive(Debug, Clone, PartialEq, Default)]
struct Kept {
    text: String,
    published: Option<i64>,
    source: Option<u64>,
}

struct Shelf {
    ids: Vec<u32>,
    entries: Vec<Entry>,
    fingerprints: Vec<Fingerprint>,
    texts: Vec<String>,
}

impl Shelf {
    fn new(articles: &BTreeMap<u32, Kept>) -> Self {
        let fingerprints: Vec<Fingerprint> = articles.values().map(|kept| fingerprint(&kept.text)).collect();
        let entries = articles.values().zip(&fingerprints).map(|(kept, print)| Entry {
            standing: Standing { published: kept.published, words: print.words, source: kept.source, url: None },
            digest: print.digest,
            ..Entry::default()
        });
        let texts = articles.values().map(|kept| kept.text.clone()).collect();
        Shelf { ids: articles.keys().copied().collect(), entries: entries.collect(), fingerprints, texts }
    }
}

impl Archive for Shelf {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn compare_ids(&self, a: usize, b: usize) -> Ordering {
        self.ids[a].cmp(&self.ids[b])
    }

    fn scan_samples(&self, visit: &mut dyn FnMut(usize, &[u32])) -> Result<(), Error> {
        self.fingerprints.iter().enumerate().for_each(|(entry, print)| visit(entry, &print.samples));
        Ok(())
    }

    fn body(&self, entry: usize) -> Result<Cow<'_, str>, Error> {
        Ok(Cow::Borrowed(&self.texts[entry]))
    }
}

/// What an index keeps of a grouping, by id.
#[derive(Debug, Clone, PartialEq)]
struct Stored {
    digest: u64,
    representative: u32,
    centres: Vec<u32>,
    tie: Tie,
}

fn store(shelf: &Shelf, assignments: Vec<Assignment>, stored: &mut BTreeMap<u32, Stored>) {
    for found in assignments {
        let kept = Stored {
            digest: shelf.entries[found.entry].digest,
            representative: shelf.ids[found.representative],
            centres: found.centres.iter().map(|&centre| shelf.ids[centre]).collect(),
            tie: found.tie,
        };
        stored.insert(shelf.ids[found.entry], kept);
    }
}

/// Brings a stored grouping up to date with a change, as an index would.
fn update(before: &BTreeMap<u32, Kept>, after: &BTreeMap<u32, Kept>, stored: &mut BTreeMap<u32, Stored>) -> usize {
    let mut shelf = Shelf::new(after);
    let same = |id: &u32| before.get(id).is_some_and(|kept| after.get(id) == Some(kept));
    let entry_of = |id: &u32| shelf.ids.binary_search(id).ok().filter(|_| same(id));
    let mut removed = Vec::new();
    stored.retain(|id, kept| {
        if !same(id) {
            removed.push(Removed { digest: kept.digest, centres: kept.centres.iter().filter_map(entry_of).collect() });
        }
        same(id)
    });
    let mut entries = shelf.entries.clone();
    for (id, kept) in stored.iter() {
        let entry = &mut entries[entry_of(id).expect("kept ones are there")];
        entry.representative = entry_of(&kept.representative);
        let centres = kept.centres.iter().filter_map(entry_of).collect();
        let are_all_there = kept.centres.iter().all(|centre| entry_of(centre).is_some());
        *(if are_all_there { &mut entry.centres } else { &mut entry.former_centres }) = centres;
    }
    shelf.entries = entries;
    let changed = regroup(&shelf, &removed).unwrap();
    let count = changed.len();
    store(&shelf, changed, stored);
    count
}

fn anew(articles: &BTreeMap<u32, Kept>) -> BTreeMap<u32, Stored> {
    let shelf = Shelf::new(articles);
    let mut stored = BTreeMap::new();
    store(&shelf, group(&shelf).unwrap(), &mut stored);
    stored
}

/// A paragraph of 14 words that no other number gives.
fn paragraph(number: u32) -> String {
    let word = |at: u32| format!("w{}", (number * 31 + at * 7) % 9973 + at * 10_000 * (number % 97 + 1));
    (0..14).map(word).collect::<Vec<_>>().join(" ")
}

fn text(paragraphs: &[u32]) -> String {
    paragraphs.iter().map(|&number| paragraph(number)).collect::<Vec<_>>().join(". ")
}

/// A report of one form whose figures a number gives.
fn report(number: u32) -> String {
    let [gate, bridge, noon] = [number * 7 + 11, number * 13 + 405, number * 3 + 2000];
    format!(
        "The wardens of the old harbour count visitors every morning of the season, and say on a board at the market how many came. \
         On the latest morning {gate} were counted at the northern gate while {bridge} came over the bridge, so that {noon} were there by \
         noon, when the boats leave for the islands and most of those who came for the fish have gone home."
    )
}

/// Texts that overlap in every way: runs of a story, whole or in part, with other stories before or after, and edits.
fn any_text() -> impl Strategy<Value = String> {
    let run =
        (0u32..3, 0u32..4, 1u32..8).prop_map(|(story, from, length)| (from..from + length).map(|at| story * 20 + at).collect::<Vec<_>>());
    let furnished = (run.clone(), run.clone(), 0u32..3).prop_map(|(a, b, extra)| [a, b, (100..100 + extra).collect()].concat());
    let built = prop_oneof![4 => run, 2 => furnished];
    let varied = (built, proptest::option::weighted(0.3, 3usize..12)).prop_map(|(paragraphs, edit_every)| {
        let text = text(&paragraphs);
        let edited = |every: usize| {
            let words = text.split(' ').enumerate().map(|(at, word)| if at % every == 2 { "edited" } else { word });
            words.collect::<Vec<_>>().join(" ")
        };
        edit_every.map_or(text.clone(), edited)
    });
    let repeated = prop_oneof![
        Just(text(&[0, 1, 2])),
        Just(text(&[0, 1, 2, 3, 4, 5])),
        Just(text(&[2, 3, 4, 20, 21])),
        Just(text(&[1])),
        Just(String::new())
    ];
    prop_oneof![6 => varied, 4 => repeated, 2 => (0u32..4).prop_map(report)]
}

/// Articles of no known time, of one day, of some days and of many.
fn any_kept() -> impl Strategy<Value = Kept> {
    let published = proptest::option::of(prop_oneof![0i64..4, (0i64..4).prop_map(|day| day * 86_400), Just(30 * 86_400)]);
    (any_text(), published, proptest::option::of(0u64..2)).prop_map(|(text, published, source)| Kept { text, published, source })
}

/// What a step of a random history does.
#[derive(Debug, Clone)]
enum Step {
    Put(u32, Kept),
    Remove(u32),
    /// Removes the article that represents the one with the next id.
    RemoveRepresentative(u32),
    /// Removes the first article from an id on that names several centres: what holds the parts of a group together.
    RemoveBridge(u32),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0u32..24, any_kept()).prop_map(|(id, kept)| Step::Put(id, kept)),
        2 => (0u32..24).prop_map(Step::Remove),
        1 => (0u32..24).prop_map(Step::RemoveRepresentative),
        1 => (0u32..24).prop_map(Step::RemoveBridge),
    ]
}

fn take(step: Step, stored: &BTreeMap<u32, Stored>, articles: &mut BTreeMap<u32, Kept>) {
    let from = |id: u32| stored.range(id..).chain(stored.range(..id));
    let gone = match step {
        Step::Put(id, kept) => {
            articles.insert(id, kept);
            None
        }
        Step::Remove(id) => Some(id),
        Step::RemoveRepresentative(id) => from(id).map(|(_, kept)| kept.representative).next(),
        Step::RemoveBridge(id) => from(id).find(|(_, kept)| kept.centres.len() > 1).map(|(id, _)| *id),
    };
    gone.and_then(|id| articles.remove(&id));
}

/// Groups some texts, the first with the smallest id, and checks what each is to which.
fn check(texts: &[&str], expected: &[(u32, Relation)]) {
    let articles = (0..).zip(texts).map(|(id, text)| (id, Kept { text: (*text).to_owned(), ..Kept::default() })).collect();
    let found: Vec<(u32, Relation)> = anew(&articles).values().map(|kept| (kept.representative, kept.tie.relation)).collect();
    assert_eq!(found, expected, "{texts:#?}");
}

#[test]
fn copies_are_found_and_named() {
    let story = text(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let other = text(&[20, 21, 22, 23, 24, 25]);
    check(&[&story, &story.to_uppercase().replace('.', " —")], &[(0, Relation::Exact), (0, Relation::Exact)]);
    check(&[&story, &story.replace("w3", "changed")], &[(0, Relation::Exact), (0, Relation::Near)]);
    check(&[&story, &text(&[0, 1, 2, 3])], &[(0, Relation::Exact), (0, Relation::Excerpt)]);
    check(&[&story, &other], &[(0, Relation::Exact), (1, Relation::Exact)]);
    check(&["", ""], &[(0, Relation::Exact), (1, Relation::Exact)]);
}

#[test]
fn short_texts_have_the_exact_tier_alone() {
    check(&["The bridge is closed.", "the bridge is closed"], &[(0, Relation::Exact), (0, Relation::Exact)]);
    let brief = text(&[0, 1]);
    check(&[&format!("{brief} more"), &brief], &[(0, Relation::Exact), (1, Relation::Exact)]);
}

#[test]
fn page_of_two_articles_belongs_to_the_larger() {
    let (small, large) = (text(&[0, 1, 2, 3]), text(&[20, 21, 22, 23, 24, 25]));
    let page = format!("{small} {large}");
    check(&[&page, &large, &small], &[(0, Relation::Exact), (0, Relation::Excerpt), (2, Relation::Exact)]);
}

#[test]
fn furniture_alone_ties_nothing_at_one_outlet() {
    let form = text(&[100, 101, 102]);
    let bodies =
        [form.clone(), format!("{} {form}", text(&[0, 1, 2, 3, 4, 5, 6, 7])), format!("{} {form}", text(&[20, 21, 22, 23, 24, 25, 26]))];
    let articles = (0..).zip(bodies).map(|(id, text)| (id, Kept { text, source: Some(1), published: None })).collect();
    assert!(anew(&articles).iter().all(|(id, kept)| *id == kept.representative));
}

#[test]
fn later_version_of_one_outlet_is_an_update() {
    let kept = |paragraphs: &[u32], published| Kept { text: text(paragraphs), source: Some(1), published };
    let articles =
        [(1, kept(&[0, 1, 2, 3, 4], Some(1))), (2, kept(&[0, 1, 2, 3, 4, 5, 6], Some(2))), (3, kept(&[0, 1, 2, 3, 4, 5, 6, 7], None))];
    let found = anew(&articles.into_iter().collect());
    let relations: Vec<Relation> = found.values().map(|kept| kept.tie.relation).collect();
    assert_eq!(relations, [Relation::Exact, Relation::Update, Relation::Extended]);
    assert!(found.values().all(|kept| kept.representative == 1));
}

/// Groups articles of given outlets and hours, the first with the smallest id, and returns what represents each.
fn representatives(articles: &[(String, u64, i64)]) -> Vec<u32> {
    let kept =
        articles.iter().map(|(text, source, hours)| Kept { text: text.clone(), source: Some(*source), published: Some(hours * 3600) });
    anew(&(0..).zip(kept).collect()).values().map(|kept| kept.representative).collect()
}

#[test]
fn reports_of_one_form_with_other_figures_are_apart() {
    assert_eq!(representatives(&[(report(1), 1, 0), (report(2), 2, 1), (report(1) + " again", 3, 2)]), [0, 1, 0]);
}

#[test]
fn outlet_repeats_its_background_on_other_days() {
    let (first, second) = (text(&[0, 1, 2, 3, 4, 5, 6]), text(&[1, 2, 3, 4, 5, 6, 20, 21]));
    assert_eq!(representatives(&[(first.clone(), 1, 0), (second.clone(), 1, 2)]), [0, 0]);
    assert_eq!(representatives(&[(first.clone(), 1, 0), (second.clone(), 1, 48)]), [0, 1]);
    assert_eq!(representatives(&[(first, 1, 0), (second, 2, 48)]), [0, 0]);
}

#[test]
fn outlet_carries_its_report_over_to_the_next_day() {
    let background: Vec<u32> = (2..20).collect();
    let version = |opening: &[u32]| text(&[opening, &background].concat());
    assert_eq!(representatives(&[(version(&[0, 1]), 1, 0), (version(&[40, 41, 42]), 1, 30)]), [0, 0]);
    assert_eq!(representatives(&[(version(&[0, 1]), 1, 0), (version(&[40, 41, 42]), 1, 30 * 24)]), [0, 1]);
    assert_eq!(representatives(&[(version(&[0, 1]), 1, 0), (version(&[0, 1, 40]), 1, 30 * 24)]), [0, 0]);
}

/// Every seventh word is another one, and there is furniture around it: too little of either text is shared for a tie by that alone.
#[test]
fn edited_copy_on_a_page_is_a_copy() {
    let story = text(&[0, 1, 2, 3, 4, 5, 6, 7]);
    let words = story.split(' ').enumerate().map(|(at, word)| if at % 7 == 3 { format!("other{at}") } else { word.to_owned() });
    let page = format!("{} {} {}", text(&[100, 101]), words.collect::<Vec<_>>().join(" "), text(&[102, 103]));
    assert_eq!(representatives(&[(story.clone(), 1, 0), (page.clone(), 2, 30)]), [0, 0]);
    assert_eq!(representatives(&[(story, 1, 0), (page, 2, 30 * 24)]), [0, 1]);
}

#[test]
fn change_reaches_no_further_than_it_must() {
    let mut articles: BTreeMap<u32, Kept> =
        (0..40).map(|id| (id, Kept { text: text(&[id * 10, id * 10 + 1, id * 10 + 2, id * 10 + 3]), ..Kept::default() })).collect();
    let (before, mut stored) = (articles.clone(), anew(&articles));
    let copy = articles[&7].clone();
    articles.insert(50, copy);
    assert_eq!(update(&before, &articles, &mut stored), 1);
}

/// Groups some texts, the first with the smallest id, removes one, and checks that the update gives what grouping anew gives and
/// which article represents each of those that stay.
fn check_removal(texts: &[&str], removed: u32, expected: &[(u32, u32)]) {
    let articles: BTreeMap<u32, Kept> =
        (0..).zip(texts).map(|(id, text)| (id, Kept { text: (*text).to_owned(), ..Kept::default() })).collect();
    let mut after = articles.clone();
    after.remove(&removed);
    let mut stored = anew(&articles);
    update(&articles, &after, &mut stored);
    assert_eq!(stored, anew(&after));
    assert_eq!(stored.iter().map(|(&id, kept)| (id, kept.representative)).collect::<Vec<_>>(), expected);
}

/// The page ties to the brief and to the other story, joins the latter, and represents it; without the brief it belongs to the
/// brief's copy.
#[test]
fn article_that_lost_a_centre_leaves_the_groups_of_its_other_centres() {
    let (brief, copy) = (text(&[0, 1, 2]), text(&[0, 1, 2, 3, 4, 5]));
    let (other, other_copy) = (text(&[40, 41, 42, 43, 44]), text(&[41, 42, 43, 44, 45]));
    let page = text(&[1, 2, 3, 4, 5, 42, 43, 44, 45, 46]);
    check_removal(&[&brief, &copy, &other, &other_copy, &page], 0, &[(1, 4), (2, 2), (3, 2), (4, 4)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1200, ..ProptestConfig::default() })]

    #[test]
    fn a_change_gives_what_grouping_anew_gives(
        start in proptest::collection::btree_map(0u32..24, any_kept(), 0..16),
        changes in proptest::collection::vec(proptest::collection::vec(any_step(), 1..4), 1..6),
    ) {
        let (mut articles, mut stored) = (start.clone(), anew(&start));
        for steps in changes {
            let before = articles.clone();
            steps.into_iter().for_each(|step| take(step, &stored, &mut articles));
            update(&before, &articles, &mut stored);
            prop_assert_eq!(&stored, &anew(&articles));
        }
    }
}
