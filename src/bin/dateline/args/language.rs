//! The options that say how a query is understood.

use std::path::PathBuf;

use clap::Args;

/// How a query is understood.
#[derive(Debug, Args)]
pub struct LanguageOptions {
    /// Look for any of the words instead of all of them; articles with more of them come first.
    #[arg(long)]
    pub any: bool,
    /// A file of saved queries, a line each: `port = port OR harbour`; @port stands for it.
    #[arg(long, value_name = "FILE", env = "DATELINE_SAVED")]
    pub saved: Option<PathBuf>,
    /// A file of names that are written in several ways, a line a name: `Kyiv Kiev`; many are known already.
    #[arg(long, value_name = "FILE", env = "DATELINE_NAMES")]
    pub names: Option<PathBuf>,
}
