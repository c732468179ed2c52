//! The fields of the index, and the note on each commit: format version and remembered folders.

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexSettings};

use super::words::bounds::BoundTokenizer;
use super::words::terms::TermTokenizer;
use crate::query;
use crate::search::Folder;

/// The version of the index format. An index of another version is refused, never guessed at.
pub const FORMAT_VERSION: u32 = 6;

/// The name under which the index knows the tokenizer of texts.
const TOKENIZER: &str = "dateline-terms";

/// The name under which it knows the one of bounds.
const BOUND_TOKENIZER: &str = "dateline-bounds";

/// Block size of the document store. Ten printed hits cost 112 µs with 4 KB blocks and lz4, 477 with 16 KB and zstd.
const STORE_BLOCK_LEN_BYTES: usize = 4096;

/// What stands for the day of an article without one.
pub const UNDATED: i64 = i64::MAX;

/// Seconds of a day.
const DAY_SECONDS: i64 = 86_400;

/// Returns the number of the day of a second of publication.
pub fn day_of(seconds: i64) -> i64 {
    seconds.div_euclid(DAY_SECONDS)
}

/// The names of the columns.
pub mod column {
    /// [`crate::search::ArticleKey`] as text.
    pub const KEY: &str = "key";
    /// The outlet's name as stated.
    pub const SOURCE: &str = "source";
    /// Wall-clock seconds of publication.
    pub const PUBLISHED: &str = "published";
    /// The group, on articles that share one.
    pub const GROUP: &str = "group";
    /// The number of the relation to the representative, on copies.
    pub const RELATION: &str = "relation";
    /// Resemblance and containment as thousandths, packed, on copies.
    pub const OVERLAP: &str = "overlap";
    /// Hash of the words of the body.
    pub const DIGEST: &str = "digest";
    /// Number of words of the body.
    pub const WORDS: &str = "words";
    /// Hash of all that was read.
    pub const CONTENT: &str = "content";
    /// Hash of the address.
    pub const URL: &str = "url";
    /// Length, time and hash of the file, on its first article.
    pub const FILE: &str = "file";
    /// See [`crate::search::Grouping::centres`].
    pub const CENTRES: &str = "centres";
    /// See [`crate::search::Grouping::former_groups`].
    pub const FORMER_GROUPS: &str = "former_groups";
    /// See [`crate::search::IndexEntry::edges`].
    pub const EDGES: &str = "edges";
    /// Paragraphs left out at the two ends of the body, packed.
    pub const TRIM: &str = "trim";
    /// See [`crate::article::Article::nameplates`].
    pub const NAMEPLATES: &str = "nameplates";
    /// On articles whose source their outlet's other pages tell: the hash of the one they state, 0 for none.
    pub const STATED_SOURCE: &str = "stated_source";
    /// The code of the language.
    pub const LANGUAGE: &str = "language";
    /// Sampled shingles.
    pub const SAMPLES: &str = "samples";
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// Headline, then body: what plain words look in. Stored. With the mark of the language, see [`super::words::language`].
    pub text: Field,
    /// The headline alone.
    pub headline: Field,
    /// The words of the outlet's name.
    pub source_words: Field,
    /// The names of the byline, each a value.
    pub byline_words: Field,
    /// Who the text is credited to, each a value.
    pub credit_words: Field,
    /// The code of the language, as a word.
    pub language_words: Field,
    /// The parts of the address.
    pub url_words: Field,
    /// The parts of the path of the file.
    pub path_words: Field,
    /// The claimed id.
    pub id: Field,
    /// What is printed and passed on but not searched: metadata, passages, places.
    pub record: Field,
    /// See [`column::KEY`].
    pub key: Field,
    /// See [`column::SOURCE`].
    pub source: Field,
    /// See [`column::PUBLISHED`].
    pub published: Field,
    /// The day of publication, or [`UNDATED`]; indexed only.
    pub day: Field,
    /// See [`column::GROUP`].
    pub group: Field,
    /// See [`column::RELATION`].
    pub relation: Field,
    /// See [`column::OVERLAP`].
    pub overlap: Field,
    /// See [`column::DIGEST`].
    pub digest: Field,
    /// See [`column::WORDS`].
    pub words: Field,
    /// See [`column::CONTENT`].
    pub content: Field,
    /// See [`column::URL`].
    pub url: Field,
    /// See [`column::FILE`].
    pub file: Field,
    /// See [`column::CENTRES`].
    pub centres: Field,
    /// See [`column::FORMER_GROUPS`].
    pub former_groups: Field,
    /// See [`column::EDGES`].
    pub edges: Field,
    /// See [`column::TRIM`].
    pub trim: Field,
    /// See [`column::NAMEPLATES`].
    pub nameplates: Field,
    /// See [`column::STATED_SOURCE`].
    pub stated_source: Field,
    /// Keys of the sentences of the body, see [`crate::reuse`]; indexed only.
    pub sentences: Field,
    /// Where sentences, paragraphs and the lede begin, see [`super::words::bounds`]; indexed only.
    pub bounds: Field,
    /// See [`column::LANGUAGE`].
    pub language: Field,
    /// See [`column::SAMPLES`].
    pub samples: Field,
}

impl Fields {
    /// Returns the field of the index in which a field of queries is looked for.
    pub fn of_query(&self, field: Option<query::Field>) -> Field {
        match field {
            None | Some(query::Field::Lede) => self.text,
            Some(query::Field::Headline) => self.headline,
            Some(query::Field::Byline) => self.byline_words,
            Some(query::Field::Source) => self.source_words,
            Some(query::Field::Credit) => self.credit_words,
            Some(query::Field::Language) => self.language_words,
            Some(query::Field::Url) => self.url_words,
            Some(query::Field::Path) => self.path_words,
        }
    }
}

/// Makes the schema.
pub fn schema() -> (Schema, Fields) {
    let mut builder: SchemaBuilder = Schema::builder();
    let with_positions = text_options(TOKENIZER);
    let bounds = text_options(BOUND_TOKENIZER);
    let raw_column = TextOptions::default().set_fast("raw");
    let fields = Fields {
        text: builder.add_text_field("text", with_positions.clone() | STORED),
        headline: builder.add_text_field("headline", with_positions.clone()),
        source_words: builder.add_text_field("source_words", with_positions.clone()),
        byline_words: builder.add_text_field("byline_words", with_positions.clone()),
        credit_words: builder.add_text_field("credit_words", with_positions.clone()),
        language_words: builder.add_text_field("language_words", with_positions.clone()),
        url_words: builder.add_text_field("url_words", with_positions.clone()),
        path_words: builder.add_text_field("path_words", with_positions),
        id: builder.add_text_field("id", STRING),
        record: builder.add_text_field("record", STORED),
        key: builder.add_text_field(column::KEY, STRING | raw_column.clone()),
        source: builder.add_text_field(column::SOURCE, raw_column.clone()),
        published: builder.add_i64_field(column::PUBLISHED, FAST),
        day: builder.add_i64_field("day", NumericOptions::default().set_indexed()),
        group: builder.add_u64_field(column::GROUP, FAST | INDEXED),
        relation: builder.add_u64_field(column::RELATION, FAST),
        overlap: builder.add_u64_field(column::OVERLAP, FAST),
        digest: builder.add_u64_field(column::DIGEST, FAST),
        words: builder.add_u64_field(column::WORDS, FAST),
        content: builder.add_u64_field(column::CONTENT, FAST),
        url: builder.add_u64_field(column::URL, FAST),
        file: builder.add_bytes_field(column::FILE, FAST),
        centres: builder.add_u64_field(column::CENTRES, FAST),
        former_groups: builder.add_u64_field(column::FORMER_GROUPS, FAST | INDEXED),
        edges: builder.add_u64_field(column::EDGES, FAST),
        trim: builder.add_u64_field(column::TRIM, FAST),
        nameplates: builder.add_text_field(column::NAMEPLATES, raw_column.clone()),
        stated_source: builder.add_u64_field(column::STATED_SOURCE, FAST),
        sentences: builder.add_u64_field("sentences", NumericOptions::default().set_indexed()),
        bounds: builder.add_text_field("bounds", bounds),
        language: builder.add_text_field(column::LANGUAGE, raw_column),
        samples: builder.add_u64_field(column::SAMPLES, FAST),
    };
    (builder.build(), fields)
}

fn text_options(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

/// Returns the settings of a new index.
pub fn settings() -> IndexSettings {
    IndexSettings { docstore_compression: Compressor::Lz4, docstore_blocksize: STORE_BLOCK_LEN_BYTES, ..IndexSettings::default() }
}

/// Makes our tokenizers known to an index that is open.
pub fn register_tokenizer(index: &Index) {
    let tokenizers: &TokenizerManager = index.tokenizers();
    tokenizers.register(TOKENIZER, TermTokenizer::default());
    tokenizers.register(BOUND_TOKENIZER, BoundTokenizer::default());
}

/// What is written on each commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CommitNote {
    /// See [`FORMAT_VERSION`].
    pub dateline_format: u32,
    /// The folders that the index remembers.
    pub folders: Vec<Folder>,
}
