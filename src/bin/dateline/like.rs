//! `search --like`: an article in, reports of the same matter out.

use std::collections::HashSet;

use dateline::error::Error;
use dateline::query::{Form, Query, Word};
use dateline::search::{ArticleKey, Copies, Filter, Passages, SearchRequest, SearchResponse, Searcher, Totals};

use crate::failure::Failure;
use crate::lookup;
use crate::understand::Understood;

/// An article with the words that tell it from others.
pub struct Like {
    /// The article; neither it nor its copies are wanted.
    pub article: ArticleKey,
    words: Query,
}

/// A report must have this share of the score that the article itself has: what shares two or three of its words is of another
/// matter.
const SCORE_SHARE_MIN: f32 = 0.2;

/// Finds an article by its id or path, and its words.
///
/// # Errors
///
/// When there is no such article, or several, or none of its words stands in another.
pub fn find(searcher: &dyn Searcher, id: &str) -> Result<Like, Failure> {
    let Some(found) = lookup::find_one(searcher, id)? else {
        return Err(Failure::usage(format!("no article has the id {id}"), "an id or a path as `dateline search` prints it"));
    };
    let article = found.entry.key;
    let word = |text: String| Query::Word(Word { text, match_form: Form::Stemmed });
    let mut words: Vec<Query> = searcher.telling_words(&article)?.into_iter().map(word).collect();
    let words = match words.len() {
        0 => return Err(Failure::usage(format!("no other article has a word of {id}"), "an article with more words")),
        1 => words.remove(0),
        _ => Query::Or(words),
    };
    Ok(Like { article, words })
}

impl Like {
    /// Finds the reports that are enough like the article; what is counted is what is listed.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn search(&self, request: &SearchRequest, searcher: &dyn Searcher) -> Result<SearchResponse, Error> {
        let own = SearchRequest {
            query: self.words.clone(),
            filter: Filter::default(),
            limit: 1,
            passages: Passages::None,
            copies: Copies::Summary,
            totals: Totals::Skip,
            facets: Vec::new(),
            ..request.clone()
        };
        let own_score = searcher.search(&own)?.hits.first().map_or(0.0, |hit| hit.score);
        let filter = Filter { apart_from: Some(self.article.clone()), ..request.filter.clone() };
        let mut response = searcher.search(&SearchRequest { filter, totals: Totals::Skip, ..request.clone() })?;
        response.hits.retain(|hit| hit.score >= own_score * SCORE_SHARE_MIN);
        let groups = response.hits.iter().map(|hit| &hit.group);
        response.articles_total = groups.clone().map(|group| u64::from(group.articles)).sum();
        response.groups_total = response.hits.len() as u64;
        let stated = response.hits.iter().filter_map(|hit| hit.article.metadata.source.as_ref().map(|source| &source.value));
        response.sources_total = stated.chain(groups.flat_map(|group| &group.other_sources)).collect::<HashSet<_>>().len() as u64;
        Ok(response)
    }

    /// Returns the query that finds articles with any of the words.
    pub fn understood(&self) -> Understood {
        Understood { typed: self.words.clone(), asked: self.words.clone(), also: Vec::new() }
    }

    /// Returns the query that finds those of them that answer another query too.
    pub fn within(&self, other: Understood) -> Understood {
        let asked = match other.asked {
            Query::And(mut parts) => {
                parts.push(self.words.clone());
                Query::And(parts)
            }
            asked => Query::And(vec![asked, self.words.clone()]),
        };
        Understood { asked, ..other }
    }
}
