//! The options of `bench`.

use std::path::PathBuf;

use clap::Args;

/// Options of `bench`.
#[derive(Debug, Args)]
#[command(after_help = "Without --queries the queries are drawn from the index's own words, the same ones each time: a word (term), any of
several (or), all of them (and), a phrase, two words within five (near), the beginning of a word (wildcard), a
misspelt one (fuzzy), a rare one, a word within 31 days (dated), from one outlet (source), the latest first (newest),
with counts by outlet and month (facets).

Each query is asked once to warm up and then --rounds times. A latency is the median over the rounds of each query;
p50, p90 and p99 run over the queries. The brackets hold 95 % of what 200 resamplings of the rounds give (bootstrap):
they tell how far a repetition within this run would stray. What another day of the machine does is not in them.
Throughput is the median over the rounds, by threads. Cold is measured for whole programs, after the system was asked
to forget the files of the index; where it cannot be asked, the reason is told.

--compare calls a figure faster or slower where the brackets of both runs are apart and the two differ by more than
15 %, which a quiet machine strays by between runs at most; else no difference is shown. Smaller differences show in the
figures of several runs in turn, before and after, on the same machine.

--qrels ranks each judged query of --queries as `dateline search --format trec` does (1,000 articles, no collapsing;
--any as test collections expect) and tells MAP, nDCG@10, MRR, hit@1 and recall@100 over all judged queries.
--families compares the groups of the index with the true ones: by pairs, adjusted Rand index, B-cubed.

Files: queries `kind<TAB>query` or `id<TAB>query`; qrels `id 0 article grade`; families `article<TAB>family<TAB>kind`,
where the kind `original` marks what the others are copies of. With --json one object: \"latency_us\", \"throughput\",
\"index\", \"judged\", \"duplicates\", \"comparison\"; what was not measured is null.

Examples:
  dateline bench
  dateline bench --save before.json && … && dateline bench --compare before.json
  dateline bench --queries queries.tsv --qrels qrels.tsv --any --families families.tsv
  dateline bench --json > figures.json")]
pub struct BenchOptions {
    /// Queries to measure, a line each: `kind<TAB>query`, `id<TAB>query`, or just the query.
    #[arg(long, value_name = "FILE")]
    pub queries: Option<PathBuf>,
    /// Rank by any of the words of each query in --queries instead of all.
    #[arg(long, requires = "queries")]
    pub any: bool,
    /// How often each query is asked; its median counts.
    #[arg(long, value_name = "COUNT", default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub rounds: u32,
    /// How many queries of each kind are drawn.
    #[arg(long, value_name = "COUNT", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub per_kind: u32,
    /// Judgments of the queries, to tell how good the answers are.
    #[arg(long, value_name = "FILE", requires = "queries")]
    pub qrels: Option<PathBuf>,
    /// Which articles are the same text, to tell how good the groups are.
    #[arg(long, value_name = "FILE")]
    pub families: Option<PathBuf>,
    /// Also write the figures to a file, for --compare.
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
    /// Compare with the figures that a former run saved.
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
}
