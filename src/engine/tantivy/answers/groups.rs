//! Groups as the index keeps them: their members, what is told of them, and the listing of all.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use tantivy::{DocAddress, DocSet, Term};

use super::super::columns::SegmentColumns;
use super::super::open::len_bytes;
use super::super::ranking::asked::Asked;
use super::super::ranking::ties;
use super::super::record::{Stored, StoredTexts};
use super::super::schema::column;
use super::super::snapshot::Snapshot;
use crate::error::Error;
use crate::moment::Moment;
use crate::search::{ArticleSummary, Copied, GroupId, GroupSummary, Grouped, Identity, Order, Representative, Statistics, StoredArticle};
use crate::text;

/// The most copies that are listed under one hit; how many there are is always told.
const LISTED_COPIES_MAX: usize = 200;

/// An article of a group as the columns know it.
struct Member {
    address: DocAddress,
    published_seconds: Option<i64>,
    source: Option<String>,
    is_representative: bool,
}

/// An outlet of a group.
struct OutletOfGroup {
    name: String,
    /// The article of it that comes first.
    first: DocAddress,
    /// The places of its first two articles among the members.
    places: (usize, Option<usize>),
}

/// The articles that share a group; none for an article that is alone.
#[derive(Default)]
pub struct Group {
    id: Option<GroupId>,
    members: Vec<Member>,
    /// When the first of them was published that has a date.
    earliest_seconds: Option<i64>,
    /// Its outlets, in the order of their first articles.
    outlets: Vec<OutletOfGroup>,
}

/// Finds the outlets of the members of a group, so that what is told of each member takes no look at all the others.
fn outlets(members: &[Member]) -> Vec<OutletOfGroup> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut outlets: Vec<OutletOfGroup> = Vec::new();
    for (place, member) in members.iter().enumerate() {
        let Some(name) = member.source.as_deref() else { continue };
        let number = *numbers.entry(name).or_insert(outlets.len());
        match outlets.get_mut(number) {
            Some(outlet) => drop(outlet.places.1.get_or_insert(place)),
            None => outlets.push(OutletOfGroup { name: name.to_owned(), first: member.address, places: (place, None) }),
        }
    }
    outlets
}

/// Returns the members of a group, earliest first, undated ones last, of one time by key; none for an article that is alone.
///
/// # Errors
///
/// When the index cannot be read.
pub fn members(snapshot: &Snapshot, group: Option<u64>) -> Result<Group, Error> {
    let Some(group) = group else { return Ok(Group::default()) };
    let addresses = snapshot.documents_with(&Term::from_field_u64(snapshot.fields.group, group))?;
    let mut members = addresses.into_iter().map(|address| member(snapshot, address)).collect::<Result<Vec<Member>, Error>>()?;
    let time = |member: &Member| (member.published_seconds.is_none(), member.published_seconds);
    if snapshot.are_many(members.len() as u64) {
        members.sort_by_cached_key(|member| (time(member), ties::place_of_key(snapshot, member.address), member.address));
    } else {
        members.sort_by(|a, b| time(a).cmp(&time(b)).then_with(|| ties::by_key(snapshot, a.address, b.address)));
    }
    let earliest_seconds = members.iter().find_map(|member| member.published_seconds);
    Ok(Group { id: Some(GroupId(group)), earliest_seconds, outlets: outlets(&members), members })
}

fn member(snapshot: &Snapshot, address: DocAddress) -> Result<Member, Error> {
    let columns = snapshot.columns(address.segment_ord)?;
    let source = columns.source_name(address.doc_id).map_err(|error| snapshot.failed(error))?;
    let is_representative = columns.membership(address.doc_id).is_some_and(|membership| membership.tie.is_none());
    Ok(Member { address, published_seconds: columns.published.first(address.doc_id), source, is_representative })
}

/// Chooses the article that stands for its group in a list of hits; it answers, as the one found does.
///
/// # Errors
///
/// When the index cannot be read.
pub fn shown(asked: &Asked, found: DocAddress, group: &Group) -> Result<DocAddress, Error> {
    let usual = asked.request.representative == Representative::Usual;
    if usual && asked.request.order != Order::Relevance {
        return Ok(found);
    }
    let mut wanted: Vec<&Member> = group.members.iter().filter(|member| !usual || member.is_representative).collect();
    if wanted.iter().all(|member| member.address == found) {
        return Ok(found);
    }
    wanted.sort_by_key(|member| member.address);
    let snapshot = asked.snapshot;
    let first = |a: &ShownOrder, b: &ShownOrder| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| ties::by_key(snapshot, a.3, b.3));
    let mut best = None;
    for part in wanted.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let answering = answering(asked, part)?;
        best = best.into_iter().chain(places(asked, &answering)?).min_by(first);
    }
    Ok(best.map_or(found, |(.., address)| address))
}

/// Returns which of some members answer; they lie in one segment, in the order of their places.
fn answering<'g>(asked: &Asked, members: &[&'g Member]) -> Result<Vec<&'g Member>, Error> {
    let (Some(first), snapshot) = (members.first(), asked.snapshot) else { return Ok(Vec::new()) };
    let filter = asked.filter(first.address.segment_ord)?;
    let segment = snapshot.searcher.segment_reader(first.address.segment_ord);
    let mut scorers = Vec::with_capacity(asked.readings.len());
    for reading in &asked.readings {
        scorers.push(reading.unscored.scorer(segment, 1.0).map_err(|error| snapshot.failed(error))?);
    }
    let mut is_found = |document: u32| scorers.iter_mut().any(|scorer| scorer.doc() <= document && scorer.seek(document) == document);
    let answers =
        |member: &&&Member| is_found(member.address.doc_id) && filter.admits(member.address.doc_id) && asked.confirms(member.address);
    Ok(members.iter().filter(answers).copied().collect())
}

/// Where an article comes among those of its group, the smallest first, equals by their keys.
type ShownOrder = (bool, i64, i64, DocAddress);

/// Tells where members of one segment come among those of their group, as is asked for.
fn places(asked: &Asked, members: &[&Member]) -> Result<Vec<ShownOrder>, Error> {
    let words = match members.first() {
        Some(first) if asked.request.representative == Representative::Longest => {
            let segment = asked.snapshot.searcher.segment_reader(first.address.segment_ord);
            Some(segment.fast_fields().u64(column::WORDS).map_err(|error| asked.snapshot.failed(error))?)
        }
        _ => None,
    };
    let place = |member: &&Member| {
        let (is_undated, published) = (member.published_seconds.is_none(), member.published_seconds.unwrap_or_default());
        let words = words.as_ref().and_then(|words| words.first(member.address.doc_id)).unwrap_or_default();
        match asked.request.representative {
            Representative::Usual | Representative::Earliest => (is_undated, published, 0, member.address),
            Representative::Newest => (is_undated, published.saturating_neg(), 0, member.address),
            Representative::Longest => {
                let published = if is_undated { i64::MAX } else { published };
                (false, i64::try_from(words).unwrap_or(i64::MAX).saturating_neg(), published, member.address)
            }
        }
    };
    Ok(members.iter().map(place).collect())
}

/// Tells what there is to tell of the group of an article.
pub fn summary(address: DocAddress, article: &ArticleSummary, group: &Group) -> GroupSummary {
    let (Some(id), members) = (group.id, group.members.as_slice()) else { return summary_of_one(article) };
    let place = |outlet: &OutletOfGroup| if outlet.first == address { outlet.places.1 } else { Some(outlet.places.0) };
    let mut others: Vec<(usize, &str)> = group.outlets.iter().filter_map(|outlet| Some((place(outlet)?, outlet.name.as_str()))).collect();
    others.sort_unstable_by_key(|(place, _)| *place);
    GroupSummary {
        id,
        articles: count(members.len()),
        other_sources: others.into_iter().map(|(_, name)| name.to_owned()).collect(),
        sources: count(group.outlets.len()),
        earliest: group.earliest_seconds.and_then(|seconds| Moment::from_day_number(seconds.div_euclid(86_400))),
    }
}

fn summary_of_one(article: &ArticleSummary) -> GroupSummary {
    let has_source = article.metadata.source.is_some();
    GroupSummary {
        id: GroupId::of(&article.key),
        articles: 1,
        other_sources: Vec::new(),
        sources: u32::from(has_source),
        earliest: article.metadata.published.as_ref().map(|published| published.value.to_day()),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the other articles of a group, earliest first.
///
/// # Errors
///
/// When the index cannot be read.
pub fn copies(snapshot: &Snapshot, shown: DocAddress, group: &Group) -> Result<Vec<Copied>, Error> {
    let others = group.members.iter().filter(|member| member.address != shown).take(LISTED_COPIES_MAX);
    let copied = others.map(|member| {
        let record = snapshot.record(member.address)?;
        let membership = snapshot.columns(member.address.segment_ord)?.membership(member.address.doc_id);
        Ok(Copied { article: snapshot.summary(record)?, tie: membership.and_then(|membership| membership.tie) })
    });
    copied.collect()
}

/// Returns an article with its group.
///
/// # Errors
///
/// When the index cannot be read.
pub fn stored_article(snapshot: &Snapshot, address: DocAddress) -> Result<StoredArticle, Error> {
    let mut entry = snapshot.entry(address)?;
    let stated = &entry.article.metadata;
    let identity = Identity {
        source: stated.source.as_ref().map(|source| text::hash_of_words(&source.value)),
        url: stated.url.as_ref().map(|url| text::hash_of_bytes(&url.value)),
    };
    entry.article.metadata.source = entry.article.metadata.source_or(entry.name.as_deref());
    let group = members(snapshot, entry.grouping.membership.map(|membership| membership.group.0))?;
    let article = ArticleSummary { id: entry.article.claimed_id(), key: entry.key.clone(), metadata: entry.article.metadata.clone() };
    Ok(StoredArticle { copies: copies(snapshot, address, &group)?, group: summary(address, &article, &group), entry, identity })
}

/// Returns every article with its group, ordered by group, the representative first, then by date and key.
///
/// # Errors
///
/// When the index cannot be read.
pub fn all(snapshot: &Snapshot) -> Result<Vec<Grouped>, Error> {
    let mut grouped = Vec::new();
    each(snapshot, &mut |columns, document, stored| {
        let article = snapshot.summary(stored.record)?;
        let membership = columns.membership(document);
        let group = membership.map_or_else(|| GroupId::of(&article.key), |membership| membership.group);
        grouped.push(Grouped { article, group, tie: membership.and_then(|membership| membership.tie) });
        Ok(())
    })?;
    order(&mut grouped);
    Ok(grouped)
}

/// Orders articles by group, the representative first, then by date and key.
pub fn order(grouped: &mut [Grouped]) {
    let published = |grouped: &Grouped| grouped.article.metadata.published.as_ref().map(|published| published.value.wall_seconds());
    grouped.sort_by(|a, b| {
        let place = |grouped: &Grouped| (grouped.group, grouped.tie.is_some(), published(grouped).is_none(), published(grouped));
        place(a).cmp(&place(b)).then_with(|| a.article.key.cmp(&b.article.key))
    });
}

/// Takes a live document of a segment, with the segment's columns and what is stored of it.
type Taker<'t> = dyn FnMut(&SegmentColumns, u32, Stored) -> Result<(), Error> + 't;

/// Goes through the store of each segment from start to end, which unpacks each of its blocks once.
fn each(snapshot: &Snapshot, take: &mut Taker<'_>) -> Result<(), Error> {
    for (number, segment) in (0..).zip(snapshot.searcher.segment_readers()) {
        let columns = snapshot.columns(number)?;
        let store = segment.get_store_reader(1).map_err(|error| snapshot.failed(error.into()))?;
        let documents = store.iter::<StoredTexts>(segment.alive_bitset());
        for (document, stored) in segment.doc_ids_alive().zip(documents) {
            take(columns, document, snapshot.unpack(stored.map_err(|error| snapshot.failed(error))?)?)?;
        }
    }
    Ok(())
}

/// Visits every article with the text of its body.
///
/// # Errors
///
/// When the index cannot be read.
pub fn visit(snapshot: &Snapshot, visit: &mut dyn FnMut(ArticleSummary, &str)) -> Result<(), Error> {
    each(snapshot, &mut |_, _, stored| {
        visit(snapshot.summary(stored.record)?, &stored.text);
        Ok(())
    })
}

/// Tells what the index holds.
///
/// # Errors
///
/// When the index cannot be read.
pub fn statistics(snapshot: &Snapshot) -> Result<Statistics, Error> {
    let mut statistics = Statistics { len_bytes: len_bytes(&snapshot.location), ..Statistics::default() };
    // By a fast hash: every article is looked at, at the end of each update too.
    let (mut groups, mut sources) = (HashSet::with_hasher(FixedState::default()), HashSet::with_hasher(FixedState::default()));
    let mut alone = 0;
    for ((number, segment), source_numbers) in (0..).zip(snapshot.searcher.segment_readers()).zip(snapshot.source_numbers()?) {
        let columns = snapshot.columns(number)?;
        statistics.segments += 1;
        for document in segment.doc_ids_alive() {
            statistics.articles += 1;
            statistics.undated += u64::from(columns.published.first(document).is_none());
            match columns.source_number(document) {
                Some(source) => drop(sources.insert(source_numbers.get(source as usize))),
                None => statistics.without_source += 1,
            }
            match columns.group.first(document) {
                Some(group) => drop(groups.insert(group)),
                None => alone += 1,
            }
        }
    }
    statistics.sources = sources.len() as u64;
    statistics.groups = alone + groups.len() as u64;
    statistics.copies = statistics.articles - statistics.groups;
    Ok(statistics)
}
