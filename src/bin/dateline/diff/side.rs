//! What is typed for two articles in, the articles out: from the index, or read from files that are not in it.

use std::io::Write;
use std::path::Path;

use dateline::article::Article;
use dateline::dedup::{Side as Compared, Standing};
use dateline::engine;
use dateline::ingest;
use dateline::search::{Identity, Searcher, StoredArticle};
use dateline::text;

use crate::args::Place;
use crate::failure::Failure;
use crate::lookup::find_one;
use crate::pdf_text;
use crate::printers::shown_path;
use crate::screen::safe;
use crate::search::open_or_build;

/// Two articles, and the index that one of them may be in.
pub struct Sides {
    /// The articles.
    pub sides: [Side; 2],
    /// The index; `None` where both are files and there is none.
    pub searcher: Option<Box<dyn Searcher>>,
}

/// One of two articles.
pub struct Side {
    /// What was read.
    pub article: Article,
    /// The path under which its file can be opened.
    pub path: String,
    /// What the index keeps of it; `None` for a file that is not in it.
    pub stored: Option<StoredArticle>,
    whole_text: String,
    standing: Standing,
}

impl Sides {
    /// Returns the two articles.
    pub fn articles(&self) -> [&Article; 2] {
        [&self.sides[0].article, &self.sides[1].article]
    }
}

impl Side {
    /// Returns what grouping looks at.
    pub fn compared(&self) -> Compared<'_> {
        Compared { text: &self.whole_text, standing: self.standing }
    }

    /// Makes a side of an article of the index.
    pub fn of_stored(stored: StoredArticle, searcher: &dyn Searcher) -> Self {
        let entry = &stored.entry;
        let whole_text = entry.article.body.untrimmed(&entry.trimmed).text;
        let path = shown_path(searcher.folders(), &entry.key.file);
        let standing = standing(&entry.article, stored.identity);
        Side { article: entry.article.clone(), path, whole_text, standing, stored: Some(stored) }
    }

    fn of_file(article: Article, path: String) -> Self {
        let metadata = &article.metadata;
        let identity = Identity {
            source: metadata.source.as_ref().map(|source| text::hash_of_words(&source.value)),
            url: metadata.url.as_ref().map(|url| text::hash_of_bytes(&url.value)),
        };
        let standing = standing(&article, identity);
        Side { whole_text: article.body.text.clone(), article, path, stored: None, standing }
    }
}

fn standing(article: &Article, identity: Identity) -> Standing {
    let published = article.metadata.published.as_ref().map(|published| published.value.wall_seconds());
    Standing { published, source: identity.source, url: identity.url, ..Standing::default() }
}

/// Finds two articles; nothing, having said so, where one of them is not to be found.
pub fn sides(place: &Place, typed: [&str; 2]) -> Result<Option<Sides>, Failure> {
    // Two files need no index, and none is made for them.
    let are_files = typed.iter().all(|typed| Path::new(file_part(typed).0).is_file());
    let searcher = if are_files { engine::open(&place.index).ok() } else { Some(open_or_build(&place.index)?) };
    let mut found = Vec::new();
    for typed in typed {
        found.extend(side(typed, searcher.as_deref())?);
    }
    Ok(<[Side; 2]>::try_from(found).ok().map(|sides| Sides { sides, searcher }))
}

fn side(typed: &str, searcher: Option<&dyn Searcher>) -> Result<Option<Side>, Failure> {
    if let Some(searcher) = searcher
        && let Some(stored) = find_one(searcher, typed)?
    {
        return Ok(Some(Side::of_stored(stored, searcher)));
    }
    let (file, ordinal) = file_part(typed);
    if Path::new(file).is_file() {
        return from_file(file, ordinal).map(Some);
    }
    let hint = "an id or a path as `dateline search` prints it, or a file";
    writeln!(std::io::stderr(), "no article and no file has the id {}\n  try: {hint}", safe(typed))?;
    Ok(None)
}

/// Parts `file.jsonl#3` into the file and which of its documents; without a number it is the first.
fn file_part(typed: &str) -> (&str, u32) {
    let numbered = typed.rsplit_once('#').filter(|_| !Path::new(typed).is_file());
    numbered.and_then(|(file, ordinal)| Some((file, ordinal.parse().ok()?))).unwrap_or((typed, 1))
}

fn from_file(file: &str, ordinal: u32) -> Result<Side, Failure> {
    let (mut found, mut first_warning) = (None, None);
    ingest::read_file(Path::new(file), &pdf_text::reading(), &mut |result| match result {
        Ok(article) if article.ordinal == ordinal => found = Some(article),
        Ok(_) => {}
        Err(warning) => first_warning = first_warning.take().or(Some(warning.to_string())),
    })?;
    let cause = first_warning.unwrap_or_else(|| format!("{file}: there is no article number {ordinal} in it"));
    let none = || Failure::usage(format!("no article can be read: {cause}"), "`dateline article FILE` shows what is read from a file");
    Ok(Side::of_file(found.ok_or_else(none)?, file.to_owned()))
}
