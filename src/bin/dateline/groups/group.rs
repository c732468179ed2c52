//! One group and what a listing tells of it.

use std::cmp::Reverse;
use std::collections::HashSet;

use dateline::moment::{Gap, Moment};
use dateline::search::{GroupId, Grouped};

use crate::printers::Totals;

/// The articles of a group.
pub struct Group<'g> {
    /// Its articles.
    pub members: &'g [Grouped],
    /// The earliest of its articles that are dated.
    pub earliest: Option<Moment>,
}

impl<'g> Group<'g> {
    /// Makes a group of its articles.
    pub fn new(members: &'g [Grouped]) -> Self {
        let dated = members.iter().filter(|member| published(member).is_some()).min_by_key(|member| by_date(member));
        Group { members, earliest: dated.and_then(published) }
    }

    /// Returns its id.
    pub fn id(&self) -> Option<GroupId> {
        self.members.first().map(|first| first.group)
    }

    /// Returns the article that stands for it.
    pub fn representative(&self) -> Option<&'g Grouped> {
        self.members.iter().find(|member| member.tie.is_none()).or(self.members.first())
    }

    /// Returns the latest date of publication in it.
    pub fn latest(&self) -> Option<Moment> {
        self.members.iter().filter_map(published).max_by_key(|published| published.wall_seconds())
    }

    /// Returns the names of its outlets, each once.
    pub fn sources(&self) -> HashSet<&'g str> {
        self.members.iter().filter_map(|member| member.article.metadata.source.as_ref()).map(|source| source.value.as_str()).collect()
    }

    /// Tells whether none of its articles is known to be earlier than this one: of one day, an article without a time may be the
    /// first as well as one with a time.
    pub fn is_earliest(&self, member: &Grouped) -> bool {
        let (Some(own), Some(earliest)) = (published(member), self.earliest) else { return false };
        match own.after(earliest) {
            Gap::Days(days) => days <= 0,
            Gap::Minutes(minutes) | Gap::ClockMinutes(minutes) => minutes <= 0,
        }
    }

    /// Returns where it comes in a listing: the largest first, of equal ones the earliest.
    pub fn place(&self) -> impl Ord + use<> {
        let earliest = self.earliest.map(Moment::wall_seconds);
        (Reverse(self.members.len()), earliest.is_none(), earliest, self.id())
    }
}

/// Returns when an article was published.
pub fn published(member: &Grouped) -> Option<Moment> {
    member.article.metadata.published.as_ref().map(|published| published.value)
}

/// Returns what orders articles by date, undated ones last.
pub fn by_date(member: &Grouped) -> impl Ord + use<> {
    let published = published(member).map(Moment::wall_seconds);
    (published.is_none(), published)
}

/// Adds up what some groups hold.
pub fn totals<'g>(groups: impl Iterator<Item = &'g Group<'g>>) -> Totals {
    let (mut articles, mut number, mut sources) = (0, 0, HashSet::new());
    for group in groups {
        articles += group.members.len() as u64;
        number += 1;
        sources.extend(group.sources());
    }
    Totals { articles, groups: number, sources: sources.len() as u64 }
}
