//! Which groups a listing keeps.

use dateline::dedup;
use dateline::moment::Moment;
use dateline::search::Grouped;
use dateline::text;

use crate::args::{GroupsFormat, GroupsOptions, Relation};
use crate::groups::group::{Group, published};

/// What is asked of a group: enough articles, and one of them that is all the rest.
pub struct Selection {
    size_min: usize,
    source: Option<Vec<String>>,
    since: Option<i64>,
    until: Option<i64>,
    relations: Vec<dedup::Relation>,
}

impl Selection {
    /// Reads it from the options.
    pub fn of(options: &GroupsOptions) -> Self {
        let usual = if options.format == GroupsFormat::Tsv { 1 } else { 2 };
        Selection {
            size_min: options.min_size.map_or(usual, |size| usize::try_from(size).unwrap_or(usize::MAX)),
            source: options.source.as_deref().map(folded_words),
            since: options.since.map(Moment::day_number),
            until: options.until.map(Moment::day_number),
            relations: options.relation.iter().map(|relation| relation_of(*relation)).collect(),
        }
    }

    /// Tells whether a group is kept.
    pub fn keeps(&self, group: &Group) -> bool {
        group.members.len() >= self.size_min && group.members.iter().any(|member| self.is_wanted(member))
    }

    fn is_wanted(&self, member: &Grouped) -> bool {
        self.is_of_source(member) && self.is_of_days(member) && self.is_of_relation(member)
    }

    fn is_of_source(&self, member: &Grouped) -> bool {
        let Some(wanted) = &self.source else { return true };
        let name = member.article.metadata.source.as_ref().map_or("", |source| source.value.as_str());
        folded_words(name).windows(wanted.len().max(1)).any(|run| run == wanted)
    }

    fn is_of_days(&self, member: &Grouped) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let day = published(member).map(Moment::day_number);
        day.is_some_and(|day| self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until))
    }

    fn is_of_relation(&self, member: &Grouped) -> bool {
        self.relations.is_empty() || member.tie.is_some_and(|tie| self.relations.contains(&tie.relation))
    }
}

fn relation_of(relation: Relation) -> dedup::Relation {
    match relation {
        Relation::Exact => dedup::Relation::Exact,
        Relation::Near => dedup::Relation::Near,
        Relation::Excerpt => dedup::Relation::Excerpt,
        Relation::Extended => dedup::Relation::Extended,
        Relation::Update => dedup::Relation::Update,
    }
}

fn folded_words(text: &str) -> Vec<String> {
    text::words(text).map(|(_, word)| text::folded(word)).collect()
}
