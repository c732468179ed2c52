//! What can be typed on the command line. The only door to the argument parser.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use dateline::doctor::Kind;
use dateline::formats::Mapping;
use dateline::ingest::ARTICLES_MAX;
use dateline::moment::Moment;

use crate::days::{first_day, last_day};
use crate::links::Hyperlinks;
use crate::screen::Colour;

mod amounts;
mod bench;
mod language;
mod narrowing;
mod output;
mod timeline;
mod verify;

pub use amounts::TimeOptions;
pub use bench::BenchOptions;
pub use language::LanguageOptions;
pub use narrowing::NarrowingOptions;
pub use output::{OutputOptions, SearchFormat};
pub use timeline::{TimelineOptions, Unit};
pub use verify::VerifyOptions;

/// Full-text search over folders of saved news articles: ranked passages, each with its source and its date, copies folded
/// together. Nothing leaves your machine.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, max_term_width = 100, disable_help_subcommand = true, after_help = MAIN_EXAMPLES)]
pub struct Arguments {
    /// Where the index is and how output looks.
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const MAIN_EXAMPLES: &str = "Examples:
  dateline index ~/articles                  make an index of a folder; later just `dateline index`
  dateline search port strike wage offer     the passages that answer, best first
  dateline search '\"wage offer\" -ferry' --since 2024-11
  dateline show wire/storm.txt               one article, with where each value was read
  dateline groups                            which articles are the same text
  dateline diff wire/storm.txt post/storm.md where two of them differ";

/// Where the index is and how output looks.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The folder of the index.
    #[arg(long, global = true, value_name = "DIR", env = "DATELINE_INDEX", default_value = "index")]
    pub index: PathBuf,
    /// When to show colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,
    /// When paths are links to their files: `auto` is on terminals that are known to follow them, where colours are shown.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub hyperlinks: Hyperlinks,
    /// Never show what is longer than the terminal in a pager; else the one in $DATELINE_PAGER or $PAGER, or `less`.
    #[arg(long, global = true)]
    pub no_pager: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the index, or bring it up to date.
    Index(IndexOptions),
    /// Ask for passages.
    Search(SearchOptions),
    /// Draw how many articles and groups answer, over time.
    Timeline(TimelineOptions),
    /// Print one article of the index.
    Show(ShowOptions),
    /// Show what is read from a file, without an index.
    Article(ArticleOptions),
    /// List which articles are the same text, or one group as a time line.
    Groups(GroupsOptions),
    /// Show where two articles differ, word by word.
    Diff(DiffOptions),
    /// List what the archive wants repaired: undated, sourceless, broken, contradicting, and what would repair it.
    Doctor(DoctorOptions),
    /// Check that the index is whole, and with --against-files that it is what the folders give.
    Verify(VerifyOptions),
    /// Measure the latency of queries.
    Bench(BenchOptions),
    /// Print this, what a command does, or with `help query` the whole query language.
    Help(HelpOptions),
}

/// Options of `help`.
#[derive(Debug, Args)]
pub struct HelpOptions {
    /// A command, or `query` for the query language.
    pub topic: Option<String>,
}

/// Options of `index`.
#[derive(Debug, Args)]
#[command(after_help = "The index remembers its folders: `dateline index` alone reads what is new or changed in them.
Hidden files are left out, and links unless --follow-links is given with their folder.

Examples:
  dateline index ~/articles ~/wire     add two folders, or bring them up to date
  dateline index                       bring all remembered folders up to date
  dateline index --watch               and go on as files change, until Ctrl-C
  dateline index --dry-run             tell what would change
  dateline index --rebuild             make it anew from the remembered folders
  dateline index --map date=gesendet --map text=inhalt ~/exports
                                       read tables and JSON with other names of fields
  dateline index --forget ~/wire       drop a folder and its articles")]
pub struct IndexOptions {
    /// Folders of articles to add to those that the index remembers [default: seeds, if it remembers none].
    pub folders: Vec<PathBuf>,
    /// Make the index anew; with folders named, from those alone.
    #[arg(long)]
    pub rebuild: bool,
    /// Tell what would change, and change nothing.
    #[arg(long, conflicts_with = "rebuild")]
    pub dry_run: bool,
    /// Say which column or JSON field holds a field of the articles, where its name is not known; remembered for the folders
    /// named with it. Fields: id, headline, text, source, published, modified, saved, byline, credit, url, language.
    #[arg(long, value_name = "FIELD=COLUMN", requires = "folders")]
    pub map: Vec<Mapping>,
    /// Follow symbolic links in the folders that are named with it, also out of them; each file is read once, loops end. It is
    /// remembered for them; --follow-links=no ends it.
    #[arg(long, value_name = "yes|no", requires = "folders", num_args = 0..=1, require_equals = true, default_missing_value = "yes")]
    pub follow_links: Option<Follow>,
    /// Do not read files that are longer: 500K, 200M, 2G [default: any; they are read as streams, which takes no memory].
    #[arg(long, value_name = "SIZE", value_parser = amounts::size)]
    pub max_file_size: Option<u64>,
    /// Read no more articles of one file.
    #[arg(long, value_name = "COUNT", default_value_t = ARTICLES_MAX, value_parser = clap::value_parser!(u32).range(1..))]
    pub max_articles: u32,
    /// Drop a remembered folder and its articles.
    #[arg(long, value_name = "FOLDER")]
    pub forget: Vec<PathBuf>,
    /// Then follow all folders of the index and bring it up to date whenever files change, until it is told to stop: by Ctrl-C, SIGTERM
    /// or SIGHUP; what has been seen by then is written first. Prints a line for each update that changes something.
    #[arg(long, conflicts_with = "dry_run")]
    pub watch: bool,
    /// Look through the folders every so many seconds instead of being told what changes in them, as network disks may need
    /// [default: only where the system cannot tell, every 30].
    #[arg(long, value_name = "SECONDS", requires = "watch", value_parser = clap::value_parser!(u32).range(1..))]
    pub poll: Option<u32>,
}

/// Whether links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Follow {
    /// They are.
    Yes,
    /// They are not.
    No,
}

/// Options of `search`.
#[derive(Debug, Args)]
#[command(after_help = "Queries (all of it: dateline help query):
  port strike            both words, in any form (strike, strikes, striking)
  port OR harbour        either; binds weaker than the blank
  strike -ferry          without a word; NOT does the same
  '\"wage offer\"'         side by side; the outer quotes are for the shell
  port w/5 strike        within five words; pre/5 in this order, w/s in one sentence, w/p in one paragraph
  headline:strike        in the headline; also lede: byline: source: credit: lang: url: path:
  date:2024-11           published in that month; also since: until: undated copies:>3
  strik* wom?n selwik~   words that begin so, look so, are spelled nearly so
  =strikes               in just this form

Examples:
  dateline search port strike wage offer
  dateline search '\"11,400 dockworkers\"' --since 2024-11-10 --until 2024-11
  dateline search mediator --source \"harbour post\" --sort oldest --expand
  dateline search storm --min-copies 3           only what was printed three times and more
  dateline search storm --representative longest the fullest version of each text
  dateline search --like wire/storm.txt          reports of the same matter that are no copies
  dateline search strike --json | jq '.hits[].headline'
  dateline search strike --format csv -n 1000 > strike.csv
  dateline search '\"wage offer\"' --format cite  quotations with source, date and the file's SHA-256
  dateline search strike -n 500 -0 | xargs -0 cp -t strike/
  dateline search --queries topics.tsv --format trec --any > run.txt")]
pub struct SearchOptions {
    /// The words to look for.
    #[arg(required_unless_present_any = ["queries", "like"])]
    pub query: Vec<String>,
    #[command(flatten)]
    pub language: LanguageOptions,
    /// Look for reports of the same matter as an article, by the words that tell it from others; its copies are left out. With a
    /// query, only those that answer it.
    #[arg(long, value_name = "ID", conflicts_with = "queries", value_parser = amounts::id())]
    pub like: Option<String>,
    /// From whom and of which days.
    #[command(flatten)]
    pub narrowing: NarrowingOptions,
    /// Take undated articles into any range of days; else they are left out and counted.
    #[arg(long)]
    pub undated: bool,
    /// Print how the query is understood, and look for nothing.
    #[arg(long, conflicts_with = "queries")]
    pub explain_query: bool,
    /// How many hits at most [default: 10; 1000 with --format trec; at most 1000000].
    #[arg(short = 'n', long, value_name = "COUNT", value_parser = amounts::hits)]
    pub limit: Option<usize>,
    /// What comes first.
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: Sort,
    /// Favour recent articles: the score of one is weighed by 1/2 + 1/2 × 90 / (90 + its age in days), counted from the latest
    /// article; an undated one by 1/2.
    #[arg(long)]
    pub recent: bool,
    /// How many passages of each article are shown at most, the best first.
    #[arg(long, value_name = "COUNT", default_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub passages: u32,
    /// Let more outlets come to word: each further hit of an outlet counts for a fifth less than the one before it.
    #[arg(long)]
    pub diverse: bool,
    /// List the copies of each hit too, by source, the earliest first.
    #[arg(long)]
    pub expand: bool,
    /// Which article of a group is shown, of those that answer [default: its representative].
    #[arg(long, value_name = "WHICH")]
    pub representative: Option<Shown>,
    /// Only hits whose group has at least this many articles, whether they match or not.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub min_copies: Option<u32>,
    /// How long an answer may take.
    #[command(flatten)]
    pub time: TimeOptions,
    /// How hits are printed.
    #[command(flatten)]
    pub output: OutputOptions,
    /// Answer each line `id<TAB>query` of a file.
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub queries: Option<PathBuf>,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// The best answer.
    Relevance,
    /// The latest publication; undated articles last.
    Newest,
    /// The earliest publication; undated articles last.
    Oldest,
}

/// Which article of a group is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// The one that was published first; undated articles last.
    Earliest,
    /// The one with most words.
    Longest,
    /// The one that was published last; undated articles last.
    Newest,
}

/// Options of `show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline show wire/storm.txt              an article by its path
  dateline show hp-2024-117                 or by its own id
  dateline show wire/storm.txt --furniture  with what was taken out of the page
  dateline show wire/storm.txt --raw        the file as it is")]
pub struct ShowOptions {
    /// The article's id, as search prints it, or its path.
    #[arg(value_parser = amounts::id())]
    pub id: String,
    /// Print the file as it is.
    #[arg(long, conflicts_with_all = ["json", "furniture"])]
    pub raw: bool,
    /// Also print what was taken out of the page, and why.
    #[arg(long)]
    pub furniture: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}

/// Options of `article`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline article saved.html               headline, source, date, body, and where each was read
  dateline article saved.txt --furniture    and what was taken out, with the reason
  dateline article *.html --json            a line of JSON a document
  dateline article --map date=gesendet export.csv")]
pub struct ArticleOptions {
    /// The files to read.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Say which column or JSON field holds a field of the article, as for `dateline index`.
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<Mapping>,
    /// Print a line of JSON a document, under schema.org names.
    #[arg(long)]
    pub json: bool,
    /// Also print what was taken out of the page, and why.
    #[arg(long)]
    pub furniture: bool,
}

/// Options of `groups`.
#[derive(Debug, Args)]
#[command(after_help = "Groups come largest first, of equal ones the earliest first. A group is kept if it has at least --min-size
articles, and one article of it is all that is asked for: from the source, of these days, of the relation. What
is kept is listed whole.

With --format json one object:
  {\"version\":1,\"articles_total\":N,\"groups_total\":N,\"sources_total\":N,\"groups\":[{\"id\",\"articles\":N,\"sources\":N,
    \"earliest\",\"latest\",\"members\":[{\"id\",\"headline\",\"source\",\"published\":{\"value\",\"precision\",\"from\"},
    \"relation\",\"resemblance\",\"containment\",\"containment_of_representative\",\"is_earliest\",\"path\"}]}]}
relation and what follows are null for the representative. The totals count what is kept; --limit does not
change them. Of one group the members come by date, each with \"after_earliest\": {\"days\":N,\"minutes\":N or null}.

Exit codes: 0 done; 1 no group is kept, or there is none of this id; 2 it could not be done.

Examples:
  dateline groups                              who printed what, since when
  dateline groups 3f2a                         one group as a time line, by the first digits of its id
  dateline groups wire/storm.txt               or by an article of it
  dateline groups --source gazette --min-size 3 --since 2024-11
  dateline groups --relation update            stories of which there is a later version
  dateline groups --format tsv > groups.tsv    every article once, for programs
  dateline groups --format json | jq '.groups[0].members[].source'")]
pub struct GroupsOptions {
    /// One group: the first digits of its id, at least four, or the id or path of an article of it.
    #[arg(conflicts_with_all = ["min_size", "source", "since", "until", "relation", "limit"], value_parser = amounts::id())]
    pub id: Option<String>,
    /// Only groups of at least this many articles [default: 2; 1 with --format tsv].
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub min_size: Option<u32>,
    /// Only groups with an article from an outlet with these words in its name.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Only groups with an article published on this day or later: 2024-11-26, 2024-11 or 2024.
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Moment>,
    /// Only groups with an article published on this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Moment>,
    /// Only groups with an article that is this to the representative; given several times, one of them.
    #[arg(long, value_name = "RELATION")]
    pub relation: Vec<Relation>,
    /// How many groups at most [default: 20; all with --format tsv or json].
    #[arg(short = 'n', long, value_name = "COUNT")]
    pub limit: Option<usize>,
    /// How to print them.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: GroupsFormat,
}

/// What an article is to its representative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Relation {
    /// It has the same words.
    Exact,
    /// It has nearly the same text.
    Near,
    /// It is a part of it.
    Excerpt,
    /// It has all of it and more.
    Extended,
    /// It is a later version from the same outlet or page.
    Update,
}

/// How groups are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupsFormat {
    /// For reading.
    Text,
    /// A line an article: id, group, relation, resemblance, containment.
    Tsv,
    /// One JSON object.
    Json,
}

/// Options of `diff`.
#[derive(Debug, Args)]
#[command(after_help = "A and B are articles of the index, by id or path, or files that are not in it. What both have is left out where
whole paragraphs are the same. Without colours what A alone has is [-so-], what B alone has {+so+}.

With --format json one object, text as runs of {\"change\":\"same\"|\"removed\"|\"added\",\"text\"}:
  {\"version\":1,\"a\":{\"id\",\"path\",\"group\"},\"b\":{…},\"headline\":[…],\"fields\":[{\"field\",\"a\",\"b\"}],\"body\":[…],
   \"words\":{\"same\":N,\"removed\":N,\"added\":N},\"why\":null or {\"rule\",\"ties\",\"explanation\",\"relation\",\"resemblance\",
   \"containment_of_a\",\"containment_of_b\",\"shared_shingles\",\"same_group\",\"via\":[{\"id\",\"resemblance\"}],
   \"runs\":[{\"words\":N,\"text\"}]}}

Exit codes: 0 done; 1 no difference (and no --why), or no article of this id; 2 it could not be done.

Examples:
  dateline diff wire/storm.txt post/storm.html     what the Post made of it
  dateline diff cws-241114-017 cws-241115-009 --why
  dateline diff old.html new.html --format unified
  dateline diff a.txt b.txt --format html > difference.html")]
pub struct DiffOptions {
    /// The first article.
    #[arg(value_name = "A", value_parser = amounts::id())]
    pub a: String,
    /// The second.
    #[arg(value_name = "B", value_parser = amounts::id())]
    pub b: String,
    /// Also tell what ties them, or why nothing does: the words both have, how much of each stands in the other.
    #[arg(long)]
    pub why: bool,
    /// Print paragraphs that are the same too.
    #[arg(long)]
    pub full: bool,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
}

/// How a difference is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Word by word, for reading.
    Text,
    /// Sentence by sentence, as `diff -u` does lines.
    Unified,
    /// One JSON object.
    Json,
    /// A page to open in a browser.
    Html,
}

/// Options of `doctor`.
#[derive(Debug, Args)]
#[command(after_help = "It looks at the articles of the index and at the files of its folders, and changes nothing.

A sidecar states what you know better than the file does: FILE.meta.yaml beside FILE, with lines such as
  published: 2024-11-26
  source: Harbour Gazette
under the names that JSON records may have. It comes first, and of a file of many articles it holds for all.
`dateline index` notices sidecars that are new, changed or removed.

With --json one object:
  {\"version\":1,\"today\":DAY,\"articles\":N,\"files\":N,\"short_words\":20,\"counts\":{KIND:N,…},\"findings\":
    [{\"kind\",\"path\",\"id\",\"ordinal\",\"detail\",\"fix\":{\"how\",\"file\",\"lines\":[]}}]}
id and ordinal are null where it is the file as a whole; how is `front matter`, `sidecar`, `option`, `look` or
`advice`; file is where the lines go, for the first two.

Exit codes: 0 done, whatever was found; 1 nothing to look at: no article, or none of this source; 2 it could not
be done. With --quiet: 0 nothing to repair, 1 something; files of other kinds do not count.

Examples:
  dateline doctor                           what there is, with examples
  dateline doctor --kind undated            all undated articles
  dateline doctor --source gazette -n 20    one outlet
  dateline doctor --json | jq '.findings[] | select(.kind == \"mojibake\").path'
  dateline doctor --quiet || echo 'the archive wants repair'")]
pub struct DoctorOptions {
    /// Only this kind of trouble, and all of it.
    #[arg(long, value_name = "KIND", value_parser = kind_parser())]
    pub kind: Option<String>,
    /// Only articles from outlets with these words in their name.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// How many files at most are shown of each kind [default: 5; all with --kind].
    #[arg(short = 'n', long, value_name = "COUNT")]
    pub limit: Option<usize>,
    /// Print one JSON object with all findings.
    #[arg(long, conflicts_with = "limit")]
    pub json: bool,
    /// Print nothing: the exit code answers.
    #[arg(short, long, conflicts_with = "json")]
    pub quiet: bool,
}

fn kind_parser() -> clap::builder::PossibleValuesParser {
    Kind::ALL.map(|kind| clap::builder::PossibleValue::new(kind.label()).help(kind.meaning())).into()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_hold_together() {
        Arguments::command().debug_assert();
    }
}
