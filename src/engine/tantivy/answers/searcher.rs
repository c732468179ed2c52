//! Answers requests from one committed state of the index.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Instant;

use tantivy::{DocAddress, Term};

use super::super::ranking::asked::Asked;
use super::super::ranking::collapse::Candidate;
use super::super::ranking::counts::Counts;
use super::super::ranking::explain;
use super::super::ranking::matches;
use super::super::snapshot::Snapshot;
use super::group_names;
use super::groups::{self, Group};
use super::passages;
use super::reused::Shown;
use super::showing::Showing;
use super::spelling;
use super::telling;
use crate::error::Error;
use crate::search::{
    ArticleKey, ArticleSummary, Collapse, Copies, Explanations, Filter, Folder, GroupId, Grouped, Hit, IndexEntry, NamedGroups, Order,
    Passages, SearchRequest, SearchResponse, Searcher, Statistics, StoredArticle, Totals, Undated,
};

/// Answers from a tantivy index.
pub struct TantivySearcher(Snapshot);

impl TantivySearcher {
    /// Opens the last committed state of the index in a folder.
    ///
    /// # Errors
    ///
    /// [`crate::error::ErrorKind::NoIndex`], `IndexVersion` or `IndexBroken`.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Ok(TantivySearcher(Snapshot::open(folder)?))
    }
}

/// Counts the articles that match where undated ones are taken in.
fn with_undated(snapshot: &Snapshot, request: &SearchRequest) -> Result<u64, Error> {
    let filter = Filter { undated: Undated::TakenIn, ..request.filter.clone() };
    let request = SearchRequest { filter, limit: 0, passages: Passages::None, facets: Vec::new(), ..request.clone() };
    Ok(matches::count(&Asked::new(snapshot, &request)?)?.articles)
}

/// What is known from the hits above.
#[derive(Default)]
struct Above {
    /// What they show.
    shown: Shown,
    /// Their groups, where several hits may be of one: together they have no more members than the index has articles.
    groups: HashMap<u64, Group>,
}

/// Makes the hit of a candidate: the article that stands for its group, with what is wanted of it.
fn hit(asked: &Asked, candidate: &Candidate, above: &mut Above) -> Result<Hit, Error> {
    let Above { shown, groups } = above;
    shown.next_hit();
    let snapshot = asked.snapshot;
    let alone = Group::default();
    let group = match candidate.group {
        None => &alone,
        Some(number) => match groups.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => vacant.insert(groups::members(snapshot, Some(number))?),
        },
    };
    let address = match asked.request.collapse {
        Collapse::Groups => groups::shown(asked, candidate.address, group)?,
        Collapse::Never => candidate.address,
    };
    let (mut passages, mut headline_highlights) = (Vec::new(), Vec::new());
    let record = if asked.request.passages == Passages::None {
        snapshot.record(address)?
    } else {
        let stored = snapshot.stored(address)?;
        passages = Showing { asked, address, stored: &stored }.passages(shown)?;
        headline_highlights = snapshot.with_terms(|terms| passages::marks(&asked.needles.headline_occurrences(&stored, terms)));
        stored.record
    };
    let summary = snapshot.summary(record)?;
    let copies = if asked.request.copies == Copies::List { groups::copies(snapshot, address, group)? } else { Vec::new() };
    let score = if asked.request.order == Order::Relevance { candidate.rank as f32 } else { 0.0 };
    let told = groups::summary(address, &summary, group);
    let explanation = match asked.request.explanations {
        Explanations::Give => explain::explanation(asked, candidate, address)?,
        Explanations::Skip => None,
    };
    if asked.request.collapse == Collapse::Groups {
        groups.clear();
    }
    Ok(Hit { score, explanation, article: summary, headline_highlights, group: told, copies, passages })
}

impl Searcher for TantivySearcher {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let started = Instant::now();
        let asked = Asked::new(&self.0, request)?;
        let candidates = matches::best(&asked)?;
        let mut counts = match request.totals {
            Totals::Skip if request.facets.is_empty() => Counts::default(),
            Totals::Skip | Totals::Count => matches::count(&asked)?,
        };
        if request.totals == Totals::Count && request.filter.undated == Undated::LeftOut && asked.asks_for_days_within() {
            counts.undated_left_out = with_undated(&self.0, request)?.saturating_sub(counts.articles);
        }
        let (mut hits, mut above) = (Vec::with_capacity(candidates.len()), Above::default());
        for candidate in &candidates {
            asked.clock.check()?;
            hits.push(hit(&asked, candidate, &mut above)?);
        }
        Ok(SearchResponse {
            hits,
            articles_total: counts.articles,
            groups_total: counts.groups,
            sources_total: counts.sources.len() as u64,
            undated_left_out: counts.undated_left_out,
            too_wide: asked.too_wide,
            facets: counts.facets,
            took: started.elapsed(),
        })
    }

    fn articles(&self, id: &str) -> Result<Vec<StoredArticle>, Error> {
        let mut addresses = self.0.documents_with(&Term::from_field_text(self.0.fields.id, id))?;
        if addresses.is_empty() {
            addresses = self.0.documents_with(&Term::from_field_text(self.0.fields.key, id))?;
        }
        if addresses.is_empty() {
            for folder in &self.0.folders {
                let path = if id.contains('#') { format!("{}/{id}", folder.number) } else { format!("{}/{id}#1", folder.number) };
                addresses.extend(self.0.documents_with(&Term::from_field_text(self.0.fields.key, &path))?);
            }
        }
        addresses.into_iter().map(|address| groups::stored_article(&self.0, address)).collect()
    }

    fn groups_named(&self, ids: RangeInclusive<GroupId>) -> Result<NamedGroups, Error> {
        group_names::named(&self.0, &ids)
    }

    fn groups(&self) -> Result<Vec<Grouped>, Error> {
        groups::all(&self.0)
    }

    fn visit(&self, visit: &mut dyn FnMut(ArticleSummary, &str)) -> Result<(), Error> {
        groups::visit(&self.0, visit)
    }

    fn nearest_spelling(&self, word: &str) -> Result<Option<String>, Error> {
        self.0.with_terms(|terms| spelling::nearest(&self.0, word, terms))
    }

    fn articles_with(&self, word: &str) -> Result<u64, Error> {
        let languages = self.0.languages()?;
        let terms = self.0.with_terms(|terms| terms.in_all(word, languages));
        let articles = |term: &String| self.0.searcher.doc_freq(&Term::from_field_text(self.0.fields.text, term));
        terms.iter().map(articles).sum::<tantivy::Result<u64>>().map_err(|error| self.0.failed(error))
    }

    fn telling_words(&self, article: &ArticleKey) -> Result<Vec<String>, Error> {
        let found = self.0.documents_with(&Term::from_field_text(self.0.fields.key, &article.to_string()))?;
        let Some(address) = found.first() else { return Ok(Vec::new()) };
        let stored = self.0.stored(*address)?;
        self.0.with_terms(|terms| telling::words(&self.0, &stored, terms))
    }

    fn sample(&self, count: usize) -> Result<Vec<IndexEntry>, Error> {
        let addresses: Vec<DocAddress> = (0..)
            .zip(self.0.searcher.segment_readers())
            .flat_map(|(number, segment)| segment.doc_ids_alive().map(move |document| DocAddress::new(number, document)))
            .collect();
        let step = addresses.len().div_ceil(count.max(1)).max(1);
        addresses.into_iter().step_by(step).map(|address| self.0.entry(address)).collect()
    }

    fn statistics(&self) -> Result<Statistics, Error> {
        groups::statistics(&self.0)
    }

    fn folders(&self) -> &[Folder] {
        &self.0.folders
    }
}
