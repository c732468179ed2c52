//! What an answer must be, by going through all articles, and whether it is.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use dateline::query::{self, Days, Query};
use dateline::search::{
    ArticleKey, Collapse, Copies, Filter, GroupId, Hit, Order, Passages, Representative, SearchRequest, SearchResponse, Spread, Undated,
};
use dateline::text;

use super::corpus::{Article, Corpus};
use super::evaluate::{Oracle, is_on};
use crate::chance::Chance;

/// Writes a request of any kind around a query.
pub fn request(query: Query, about: &Article, chance: &mut Chance) -> SearchRequest {
    let mut filter = Filter::default();
    if chance.percent(15) {
        filter.source = about.source.as_ref().and_then(|source| source.split(' ').next_back()).map(str::to_owned);
    }
    if chance.percent(15) {
        filter.since = about.published.and_then(|published| published.to_day().plus_days(-30));
    }
    if chance.percent(10) {
        filter.until = about.published.and_then(|published| published.to_day().plus_days(60));
    }
    if chance.percent(10) {
        filter.group_articles_min = Some(1 + chance.below(3) as u32);
    }
    if chance.percent(30) {
        filter.undated = Undated::TakenIn;
    }
    if chance.percent(10) {
        filter.apart_from = Some(about.key.clone());
    }
    let orders = [Order::Relevance, Order::Newest, Order::Oldest];
    let representatives =
        [Representative::Usual, Representative::Usual, Representative::Earliest, Representative::Longest, Representative::Newest];
    SearchRequest {
        filter,
        limit: [0, 1, 3, 10, 10_000][chance.below(5)],
        order: orders[chance.below(orders.len())],
        spread: if chance.percent(10) { Spread::Sources } else { Spread::AsRanked },
        recent_on: if chance.percent(10) { about.published } else { None },
        passages: Passages::None,
        copies: if chance.percent(50) { Copies::List } else { Copies::Summary },
        collapse: if chance.percent(70) { Collapse::Groups } else { Collapse::Never },
        representative: representatives[chance.below(representatives.len())],
        ..SearchRequest::of(query)
    }
}

/// The right answer to a request.
pub struct Expected<'c> {
    corpus: &'c Corpus,
    request: SearchRequest,
    /// The articles that answer, by their groups.
    groups: BTreeMap<GroupId, Vec<&'c Article>>,
    undated_left_out: usize,
}

impl<'c> Expected<'c> {
    /// Finds the right answer.
    pub fn new(oracle: &Oracle, corpus: &'c Corpus, request: &SearchRequest) -> Self {
        let answers = |article: &Article, undated: Undated| {
            admits(&request.filter, undated, article, corpus) && oracle.matches(&request.query, article, undated)
        };
        let mut groups: BTreeMap<GroupId, Vec<&Article>> = BTreeMap::new();
        let mut undated_left_out = 0;
        for article in &corpus.articles {
            if answers(article, request.filter.undated) {
                groups.entry(article.group).or_default().push(article);
            } else if article.published.is_none() && answers(article, Undated::TakenIn) {
                undated_left_out += 1;
            }
        }
        Expected { corpus, request: request.clone(), groups, undated_left_out }
    }

    /// Returns how many articles answer.
    pub fn articles(&self) -> usize {
        self.groups.values().map(Vec::len).sum()
    }

    /// Tells what is wrong about an answer, and about one of everything in the same order, of which it must be the beginning.
    pub fn faults(&self, response: &SearchResponse, whole: &SearchResponse) -> Vec<String> {
        let mut faults = Vec::new();
        let mut compare = |what: &str, found: usize, expected: usize| {
            if found != expected {
                faults.push(format!("{what}: {found}, not {expected}"));
            }
        };
        let sources: HashSet<&String> = self.groups.values().flatten().filter_map(|article| article.source.as_ref()).collect();
        for response in [response, whole] {
            compare("articles", response.articles_total as usize, self.articles());
            compare("groups", response.groups_total as usize, self.groups.len());
            compare("sources", response.sources_total as usize, sources.len());
            compare("undated articles left out", response.undated_left_out as usize, self.undated_left_out);
        }
        let keys = |response: &SearchResponse| response.hits.iter().map(|hit| hit.article.key.clone()).collect::<Vec<_>>();
        let (found, all) = (keys(response), keys(whole));
        compare("hits", found.len(), self.request.limit.min(self.hits_in_all()));
        if self.is_spread() {
            faults.extend(self.wrong_spread(&found, whole));
        } else if !all.starts_with(&found) {
            faults.push(format!("the first hits are {}, of all {}", listed(&found), listed(&all)));
        }
        faults.extend(self.wrong_articles(&all));
        faults.extend(self.wrong_order(whole));
        faults.extend(whole.hits.iter().filter_map(|hit| self.wrong_group(hit)));
        faults
    }

    fn is_spread(&self) -> bool {
        self.request.spread == Spread::Sources && self.request.order == Order::Relevance
    }

    /// Compares the first hits with the best of five times as many, of which each counts a fifth less for each before it that is of
    /// its outlet. Of a group it is not told which article gave it its place, so that groups are not compared.
    fn wrong_spread(&self, found: &[ArticleKey], whole: &SearchResponse) -> Option<String> {
        if self.request.collapse == Collapse::Groups {
            return None;
        }
        let looked_at = whole.hits.iter().take(self.request.limit * 5);
        let source = |hit: &Hit| self.article(&hit.article.key).and_then(|article| article.source.as_ref());
        let mut left: Vec<(Option<&String>, f64, &ArticleKey)> =
            looked_at.map(|hit| (source(hit), f64::from(hit.score), &hit.article.key)).collect();
        let mut expected: Vec<ArticleKey> = Vec::new();
        while expected.len() < self.request.limit && !left.is_empty() {
            let best = left.iter().map(|(_, counts, _)| *counts).fold(f64::MIN, f64::max);
            let place = left.iter().position(|(_, counts, _)| *counts == best)?;
            let (source, _, key) = left.remove(place);
            expected.push(key.clone());
            let again = left.iter_mut().filter(|(other, ..)| source.is_some() && *other == source);
            again.for_each(|(_, counts, _)| *counts *= 0.8);
        }
        (found != expected).then(|| format!("the first hits are {}, not {}", listed(found), listed(&expected)))
    }

    fn hits_in_all(&self) -> usize {
        if self.request.collapse == Collapse::Groups { self.groups.len() } else { self.articles() }
    }

    /// Compares the articles shown with those that may be.
    fn wrong_articles(&self, all: &[ArticleKey]) -> Vec<String> {
        let found: BTreeSet<&ArticleKey> = all.iter().collect();
        let mut faults = Vec::new();
        if found.len() != all.len() {
            faults.push(format!("an article is shown twice: {}", listed(all)));
        }
        let answering: BTreeSet<&ArticleKey> = self.groups.values().flatten().map(|article| &article.key).collect();
        faults.extend(found.difference(&answering).map(|key| format!("{key} does not answer")));
        if self.request.collapse == Collapse::Never {
            faults.extend(answering.difference(&found).map(|key| format!("{key} is missing")));
            return faults;
        }
        for members in self.groups.values() {
            let shown: Vec<&&Article> = members.iter().filter(|member| found.contains(&member.key)).collect();
            let may_be = self.shown_for(members);
            if shown.len() != 1 || !may_be.contains(&&shown[0].key) {
                let names = |keys: Vec<&ArticleKey>| listed(&keys.into_iter().cloned().collect::<Vec<_>>());
                let shown = shown.iter().map(|article| &article.key).collect();
                faults.push(format!("of a group {} is shown, not {}", names(shown), names(may_be)));
            }
        }
        faults
    }

    /// Returns which of the answering articles of a group may be shown for it: several where scores decide.
    fn shown_for(&self, members: &[&'c Article]) -> Vec<&'c ArticleKey> {
        let published = |article: &Article| article.published.map(|published| published.wall_seconds());
        let earliest = |article: &&&Article| (published(article).is_none(), published(article), article.key.to_string());
        let newest = |article: &&&Article| (Reverse(published(article)), article.key.to_string());
        let longest = |article: &&&Article| (Reverse(article.words), earliest(article));
        let shown = match (self.request.representative, self.request.order) {
            (Representative::Earliest, _) | (Representative::Usual, Order::Oldest) => members.iter().min_by_key(earliest),
            (Representative::Newest, _) | (Representative::Usual, Order::Newest) => members.iter().min_by_key(newest),
            (Representative::Longest, _) => members.iter().min_by_key(longest),
            (Representative::Usual, Order::Relevance) => match members.iter().find(|member| member.is_representative) {
                None => return members.iter().map(|member| &member.key).collect(),
                representative => representative,
            },
        };
        shown.into_iter().map(|article| &article.key).collect()
    }

    fn article(&self, key: &ArticleKey) -> Option<&'c Article> {
        self.corpus.articles.binary_search_by(|article| article.key.cmp(key)).ok().map(|at| &self.corpus.articles[at])
    }

    /// Tells where hits do not come as they should.
    fn wrong_order(&self, whole: &SearchResponse) -> Option<String> {
        let is_collapsed = self.request.collapse == Collapse::Groups;
        let date = |key: &ArticleKey| self.article(key).and_then(|article| article.published).map(|published| published.wall_seconds());
        let of_group = |hit: &Hit| {
            let article = self.article(&hit.article.key)?;
            let members = self.groups.get(&article.group).filter(|_| is_collapsed);
            let dates =
                members.map_or_else(|| vec![date(&article.key)], |members| members.iter().map(|member| date(&member.key)).collect());
            let dated = dates.into_iter().flatten();
            if self.request.order == Order::Oldest { dated.min() } else { dated.max() }
        };
        let is_wrong = |a: &Hit, b: &Hit| match self.request.order {
            Order::Relevance if is_collapsed => a.score < b.score,
            Order::Relevance => a.score < b.score || (a.score == b.score && after(a, b, [of_group(a), of_group(b)], Order::Newest)),
            order => after(a, b, [of_group(a), of_group(b)], order),
        };
        // Which article gave a group its place is not told, so that ties of groups are not compared by key.
        let wrong = whole.hits.windows(2).find(|pair| is_wrong(&pair[0], &pair[1]))?;
        Some(format!("{} {} comes before {} {}", wrong[0].article.key, wrong[0].score, wrong[1].article.key, wrong[1].score))
    }

    fn wrong_group(&self, hit: &Hit) -> Option<String> {
        let article = self.article(&hit.article.key)?;
        let size = self.corpus.group_sizes[&article.group];
        let mut others: Vec<&Article> = self.corpus.members(article.group).filter(|other| other.key != article.key).collect();
        others.sort_by_key(|other| {
            (other.published.is_none(), other.published.map(|published| published.wall_seconds()), other.key.to_string())
        });
        let expected: Vec<ArticleKey> = others.iter().map(|other| other.key.clone()).collect();
        let listed_copies: Vec<ArticleKey> = hit.copies.iter().map(|copy| copy.article.key.clone()).collect();
        let is_listed = self.request.copies == Copies::Summary || listed_copies == expected;
        let earliest = others.iter().copied().chain([article]).filter_map(|member| member.published).map(|day| day.day_number()).min();
        let sources: HashSet<&String> = others.iter().copied().chain([article]).filter_map(|member| member.source.as_ref()).collect();
        let told = (hit.group.id, hit.group.articles, hit.group.sources, hit.group.earliest.map(|day| day.day_number()));
        if is_listed && told == (article.group, size, sources.len() as u32, earliest) {
            return None;
        }
        Some(format!("{}: of its group is told {told:?}, copies {}, not {}", article.key, listed(&listed_copies), listed(&expected)))
    }
}

/// Tells whether of two hits the first belongs behind the second; by key where their dates are the same.
fn after(a: &Hit, b: &Hit, [date_of_a, date_of_b]: [Option<i64>; 2], order: Order) -> bool {
    let place = |date: Option<i64>| (date.is_none(), if order == Order::Oldest { date } else { date.map(|seconds| -seconds) });
    let is_one_article = a.group.articles == 1 && b.group.articles == 1;
    place(date_of_a) > place(date_of_b)
        || (place(date_of_a) == place(date_of_b) && is_one_article && a.article.key.to_string() > b.article.key.to_string())
}

fn listed(keys: &[ArticleKey]) -> String {
    keys.iter().take(8).map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Tells whether an article is what a filter asks for.
fn admits(filter: &Filter, undated: Undated, article: &Article, corpus: &Corpus) -> bool {
    let folded = |name: &str| text::words(name).map(|(_, word)| text::folded(word)).collect::<Vec<_>>();
    let is_from = |wanted: &String| {
        let wanted = folded(wanted);
        article.source.as_ref().is_some_and(|source| folded(source).windows(wanted.len()).any(|run| run == wanted))
    };
    let has_window = filter.since.is_some() || filter.until.is_some();
    let is_in_window = match article.published {
        Some(_) => is_on(article, Days { since: filter.since, until: filter.until }),
        None => !has_window || undated == Undated::TakenIn,
    };
    let is_apart = |from: &ArticleKey| {
        let group = corpus.articles.iter().find(|other| other.key == *from).map(|other| other.group);
        article.key != *from && Some(article.group) != group
    };
    filter.source.as_ref().is_none_or(is_from)
        && filter.apart_from.as_ref().is_none_or(is_apart)
        && is_in_window
        && filter.group_articles_min.is_none_or(|least| corpus.group_sizes[&article.group] >= least)
}

/// Reads a query as the program does, with other spellings and other forms of numbers.
pub fn read(typed: &str) -> Option<Query> {
    let parsed = query::parse(typed).ok()?;
    Some(query::widen(&parsed, &query::Spellings::shipped()).query)
}
