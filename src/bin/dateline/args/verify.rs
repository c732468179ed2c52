//! Options of `verify`.

use clap::Args;

/// Options of `verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "What is checked: the checksum of every file of the index; of each article, that columns, passages and posting lists
are what its text and its record give; that groups follow their rule and are those that grouping afresh gives; that counts are
right. Nothing is written, and other processes may write meanwhile. What an interrupted run left behind is told and is no
fault: the next `dateline index` removes it.

JSON, version 1: {version, index, whole, took_ms, files: {count, len_bytes, leftovers: [NAME]}, contents: {articles,
passages, groups}, folders: {files, len_bytes, articles}, counts: {KIND: COUNT}, faults: [{kind, index_file, path, ordinal,
cause, try}]}. `contents` is null where damaged files made it pointless, `folders` without --against-files; of a fault, `index_file` is
a file of the index, `path` a file or folder of articles, `ordinal` which article of it, null where that does not apply. Of each
kind 1,000 faults are listed, and all counted.

Exit codes: 0 whole, 1 something is not as it should be, 2 it could not be checked.

Examples:
  dateline verify                         the index by itself
  dateline verify --against-files         and against the folders, each file read again
  dateline verify --quiet && cp -r index /media/backup/
  dateline verify --json | jq '.faults[].path'"
)]
pub struct VerifyOptions {
    /// Read the folders again, and tell files that are missing, new or changed, by what they hold, and articles that reading
    /// gives otherwise now.
    #[arg(long)]
    pub against_files: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub json: bool,
    /// Print nothing: the exit code answers.
    #[arg(short, long, conflicts_with = "json")]
    pub quiet: bool,
}
