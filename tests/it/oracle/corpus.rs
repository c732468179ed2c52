//! The articles of an index as the oracle looks at them: every text cut into numbered words, and nothing indexed.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use dateline::article::Metadata;
use dateline::engine;
use dateline::moment::Moment;
use dateline::query::Field;
use dateline::search::{ArticleKey, GroupId, IndexEntry};
use dateline::sentence;
use dateline::text;
use frostem::Stemmer;

use super::stemmed;

/// A word of this many bytes is looked for in no form; longer runs are encoded data.
const WORD_LEN_BYTES_MAX: usize = 120;

/// All articles, and the words they are written in.
pub struct Corpus {
    /// The articles, by their keys.
    pub articles: Vec<Article>,
    /// The different words.
    pub forms: Vec<WrittenWord>,
    /// The codes of the languages whose words have stems of their own, English first.
    pub languages: Vec<String>,
    /// How many articles each group has.
    pub group_sizes: HashMap<GroupId, u32>,
    members: HashMap<GroupId, Vec<usize>>,
}

/// A word as it stands in texts of one language.
pub struct WrittenWord {
    /// As it is written.
    pub written: String,
    /// Without capitals, accents and possessive endings.
    pub folded: String,
    /// Its stem; `None` for a word that is too long.
    pub stem: Option<String>,
    /// The language in which it is stemmed.
    pub language: String,
}

/// An article.
pub struct Article {
    /// Its name.
    pub key: ArticleKey,
    /// The headline.
    pub headline: String,
    /// The text of its body.
    pub body: String,
    /// When it was published.
    pub published: Option<Moment>,
    /// Its outlet.
    pub source: Option<String>,
    /// What is known about it.
    pub metadata: Metadata,
    /// Its group.
    pub group: GroupId,
    /// Tells whether it stands for its group.
    pub is_representative: bool,
    /// The number of its words, as they were read.
    pub words: u32,
    texts: Vec<Vec<Text>>,
}

/// A text, as its words.
pub type Text = Vec<TextWord>;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub struct TextWord {
    /// Its number among the forms.
    pub form: usize,
    /// The number of its sentence.
    pub sentence: usize,
    /// The number of its paragraph.
    pub paragraph: usize,
}

impl Article {
    /// Returns the texts in which a field is looked for, without one the headline and the body.
    pub fn texts(&self, field: Option<Field>) -> impl Iterator<Item = &Text> {
        let places: Vec<usize> = match field {
            None => vec![Field::Headline as usize, Field::ALL.len()],
            Some(field) => vec![field as usize],
        };
        places.into_iter().flat_map(|place| &self.texts[place])
    }

    /// Returns the text of a field, its values one after the other.
    pub fn value(&self, field: Field) -> String {
        values(self, field).join(" ")
    }
}

impl Corpus {
    /// Returns the articles of a group, by their keys.
    pub fn members(&self, group: GroupId) -> impl Iterator<Item = &Article> {
        self.members[&group].iter().map(|number| &self.articles[*number])
    }

    /// Reads all articles of an index.
    pub fn read(index: &Path) -> Self {
        let searcher = engine::open(index).unwrap();
        let mut groups: HashMap<ArticleKey, (GroupId, bool)> = HashMap::new();
        let mut group_sizes = HashMap::new();
        for grouped in searcher.groups().unwrap() {
            *group_sizes.entry(grouped.group).or_insert(0) += 1;
            groups.insert(grouped.article.key, (grouped.group, grouped.tie.is_none()));
        }
        let mut writing = Writing { stemmers: HashMap::new(), numbers: HashMap::new(), forms: Vec::new() };
        let entries = searcher.sample(usize::MAX).unwrap();
        let stated = entries.iter().filter_map(|entry| entry.article.metadata.language.as_ref());
        let others: BTreeSet<&str> = stated.map(|language| stemmed::language(&language.value)).collect();
        let others = others.into_iter().filter(|code| *code != stemmed::ENGLISH);
        let languages = [stemmed::ENGLISH].into_iter().chain(others).map(str::to_owned).collect();
        let mut articles: Vec<Article> = entries.into_iter().map(|entry| article(entry, &groups, &mut writing)).collect();
        articles.sort_by(|a, b| a.key.cmp(&b.key));
        let mut members: HashMap<GroupId, Vec<usize>> = HashMap::new();
        for (number, article) in articles.iter().enumerate() {
            members.entry(article.group).or_default().push(number);
        }
        Corpus { articles, forms: writing.forms, languages, group_sizes, members }
    }
}

fn article(entry: IndexEntry, groups: &HashMap<ArticleKey, (GroupId, bool)>, writing: &mut Writing) -> Article {
    let (group, is_representative) = groups[&entry.key];
    let metadata = entry.article.metadata;
    let lede = entry.article.body.paragraphs.iter().find(|paragraph| !paragraph.is_heading);
    let lede = lede.map(|lede| entry.article.body.text[lede.start..lede.end].to_owned()).unwrap_or_default();
    let mut article = Article {
        key: entry.key,
        headline: metadata.headline.as_ref().map(|headline| headline.value.clone()).unwrap_or_default(),
        published: metadata.published.as_ref().map(|published| published.value),
        source: metadata.source_or(entry.name.as_deref()).map(|source| source.value),
        body: entry.article.body.text,
        metadata,
        group,
        is_representative,
        words: entry.fingerprint.words,
        texts: Vec::new(),
    };
    let mut texts: Vec<Vec<Text>> = Vec::new();
    let stated = article.metadata.language.as_ref();
    let language = stated.map_or(stemmed::ENGLISH, |language| stemmed::language(&language.value)).to_owned();
    for field in Field::ALL {
        assert_eq!(field as usize, texts.len());
        let of_field = if field == Field::Lede { vec![lede.clone()] } else { values(&article, field) };
        let prose = matches!(field, Field::Headline | Field::Lede).then_some(language.as_str());
        texts.push(vec![writing.values(&of_field, prose)]);
    }
    texts.push(vec![writing.text(&article.body, Some(&language))]);
    article.texts = texts;
    article
}

/// Returns what stands in a field, each value by itself.
fn values(article: &Article, field: Field) -> Vec<String> {
    let metadata = &article.metadata;
    let parted = |text: &str| text.chars().map(|c| if c.is_ascii_punctuation() { ' ' } else { c }).collect::<String>();
    match field {
        Field::Headline => vec![article.headline.clone()],
        Field::Lede => vec![article.body.split("\n\n").next().unwrap_or_default().to_owned()],
        Field::Byline => metadata.byline.iter().flat_map(|byline| &byline.value).map(|person| person.name.clone()).collect(),
        Field::Source => article.source.iter().cloned().collect(),
        Field::Credit => metadata.credits.iter().map(|credit| credit.value.clone()).collect(),
        Field::Language => metadata.language.iter().map(|language| language.value.clone()).collect(),
        Field::Url => metadata.url.iter().map(|url| parted(&url.value)).collect(),
        Field::Path => vec![parted(&article.key.file.path)],
    }
}

/// Numbers words as they come up.
struct Writing {
    stemmers: HashMap<String, Stemmer>,
    numbers: HashMap<(String, Option<String>), usize>,
    forms: Vec<WrittenWord>,
}

impl Writing {
    /// Cuts a text; `prose` is its language if it is no name, code or address.
    fn text(&mut self, text: &str, prose: Option<&str>) -> Text {
        self.values(&[text.to_owned()], prose)
    }

    /// Cuts values that stand one after the other, with a word that nobody means between two.
    fn values(&mut self, values: &[String], prose: Option<&str>) -> Text {
        let text = values.join("; ");
        let mut sentences: Vec<(usize, usize)> = Vec::new();
        let mut from = 0;
        for (paragraph, paragraph_text) in text.split("\n\n").enumerate() {
            sentences.extend(sentence::sentences(paragraph_text).into_iter().map(|sentence| (from + sentence.start, paragraph)));
            from += paragraph_text.len() + 2;
        }
        let mut breaks: Vec<usize> = Vec::new();
        for value in &values[..values.len().saturating_sub(1)] {
            breaks.push(breaks.last().map_or(0, |end| end + 2) + value.len());
        }
        let words = text::words(&text).map(|(at, word)| (at, self.number(word, prose)));
        let mut words: Vec<(usize, usize)> = words.collect();
        words.extend(breaks.into_iter().map(|at| (at, self.nobodys())));
        words.sort_by_key(|(at, _)| *at);
        let mut sentence = 0;
        let word = |(at, form)| {
            while sentences.get(sentence + 1).is_some_and(|(start, _)| *start <= at) {
                sentence += 1;
            }
            TextWord { form, sentence, paragraph: sentences[sentence].1 }
        };
        words.into_iter().map(word).collect()
    }

    /// Returns the number of the word that nobody means.
    fn nobodys(&mut self) -> usize {
        self.number(&"-".repeat(WORD_LEN_BYTES_MAX + 1), None)
    }

    fn number(&mut self, word: &str, prose: Option<&str>) -> usize {
        let key = (word.to_owned(), prose.map(str::to_owned));
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let language = prose.unwrap_or(stemmed::ENGLISH);
        let stemmer = self.stemmers.entry(language.to_owned()).or_insert_with(|| stemmed::stemmer(language));
        let stem = (word.len() <= WORD_LEN_BYTES_MAX).then(|| stemmed::stem(stemmer, language, word));
        self.forms.push(WrittenWord { written: word.to_owned(), folded: text::folded(word), stem, language: language.to_owned() });
        self.numbers.insert(key, self.forms.len() - 1);
        self.forms.len() - 1
    }
}
