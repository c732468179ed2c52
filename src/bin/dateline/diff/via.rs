//! Two articles in, out why they are one text or are not, and by way of which others they are tied.

use std::collections::{HashMap, HashSet, VecDeque};

use dateline::dedup::{self, Why, why};
use dateline::search::Searcher;

use crate::diff::side::{Side, Sides};
use crate::failure::Failure;

/// Articles of a group that are looked at for a way from one article to another; each is compared with each.
const WAYPOINTS_MAX: usize = 24;

/// What ties two articles, or does not.
pub struct Ties {
    /// What the two share by themselves.
    pub why: Why,
    /// Whether the index has them in one group; `None` where it does not have both.
    pub same_group: Option<bool>,
    /// The articles by way of which they are tied, from the first to the second; empty where they are tied by themselves, or
    /// where no way was found.
    pub via: Vec<Waypoint>,
    /// How much the last of the way and the second article resemble each other; `None` without a way.
    pub last_resemblance: Option<f32>,
}

/// An article on the way from one to another.
pub struct Waypoint {
    /// Its id.
    pub id: String,
    /// How much it and the one before it resemble each other.
    pub resemblance: f32,
}

/// Tells what ties two articles.
pub fn ties(sides: &Sides) -> Result<Ties, Failure> {
    let [a, b] = &sides.sides;
    let direct = why(&a.compared(), &b.compared());
    let same_group = a.stored.as_ref().zip(b.stored.as_ref()).map(|(a, b)| a.group.id == b.group.id);
    let mut found = Ties { why: direct, same_group, via: Vec::new(), last_resemblance: None };
    if let (Some(true), false, Some(searcher)) = (same_group, found.why.rule.ties(), sides.searcher.as_deref()) {
        let between = waypoints(a, b, searcher)?;
        let all: Vec<&Side> = std::iter::once(a).chain(&between).chain(std::iter::once(b)).collect();
        let way = way(&all);
        let resemblance = |pair: &[usize]| compare(all[pair[0]], all[pair[1]]).overlap.resemblance().share();
        let steps: Vec<f32> = way.windows(2).map(resemblance).collect();
        let inner = way.get(1..way.len().saturating_sub(1)).unwrap_or_default();
        found.via =
            inner.iter().zip(&steps).map(|(&at, &resemblance)| Waypoint { id: all[at].article.claimed_id(), resemblance }).collect();
        found.last_resemblance = steps.last().copied();
    }
    Ok(found)
}

fn compare(a: &Side, b: &Side) -> Why {
    dedup::why(&a.compared(), &b.compared())
}

/// Returns articles of the group of both that may lie between them: first those whose text either was found to have.
fn waypoints(a: &Side, b: &Side, searcher: &dyn Searcher) -> Result<Vec<Side>, Failure> {
    let (Some(own), Some(other)) = (&a.stored, &b.stored) else { return Ok(Vec::new()) };
    let centres: HashSet<u64> = own.entry.grouping.centres.iter().chain(&other.entry.grouping.centres).copied().collect();
    let mut members: Vec<_> = own.copies.iter().filter(|copied| copied.article.key != other.entry.key).collect();
    members.sort_by_key(|copied| (!centres.contains(&copied.article.key.hash()), copied.tie.is_some()));
    let mut found = Vec::new();
    for copied in members.into_iter().take(WAYPOINTS_MAX) {
        let stored = searcher.articles(&copied.article.key.to_string())?;
        found.extend(stored.into_iter().map(|stored| Side::of_stored(stored, searcher)));
    }
    Ok(found)
}

/// Finds the shortest way from the first to the last by which each is tied to the next; empty if there is none.
fn way(all: &[&Side]) -> Vec<usize> {
    let (Some(last), mut before) = (all.len().checked_sub(1), HashMap::from([(0, 0)])) else { return Vec::new() };
    let mut ahead = VecDeque::from([0]);
    while let Some(at) = ahead.pop_front() {
        for next in (0..all.len()).filter(|next| *next != at) {
            if !before.contains_key(&next) && compare(all[at], all[next]).rule.ties() {
                before.insert(next, at);
                ahead.push_back(next);
            }
        }
    }
    let mut way = Vec::new();
    let mut at = last;
    while let Some(&earlier) = before.get(&at) {
        way.push(at);
        if at == 0 {
            way.reverse();
            return way;
        }
        at = earlier;
    }
    Vec::new()
}
