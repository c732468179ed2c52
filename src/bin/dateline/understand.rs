//! How a typed query is understood: with the day of the clock, the user's saved queries and names.

use std::path::Path;

use dateline::query::{self, Also, Query, Saved, Setting, Spellings, Widened};
use dateline::walk;

use crate::args::LanguageOptions;
use crate::days;
use crate::failure::Failure;
use crate::own_file;

/// What queries are read with.
pub struct Reader {
    saved: Saved,
    spellings: Spellings,
    is_any: bool,
}

/// A query, as it was understood.
pub struct Understood {
    /// What was typed, as a tree.
    pub typed: Query,
    /// What is asked: the same, with other spellings of names and other forms of numbers.
    pub asked: Query,
    /// What was added.
    pub also: Vec<Also>,
}

impl Reader {
    /// Reads the files that the options name.
    ///
    /// # Errors
    ///
    /// When one cannot be read, or a line of it says nothing.
    pub fn new(options: &LanguageOptions) -> Result<Self, Failure> {
        let mut spellings = Spellings::shipped();
        if let Some(file) = &options.names {
            spellings
                .add(&own_file::text(file, "read the names")?)
                .map_err(|odd| odd_line(file, odd, "write a name's spellings on a line: Kyiv Kiev"))?;
        }
        let saved = match &options.saved {
            None => Saved::default(),
            Some(file) => Saved::read(&own_file::text(file, "read the saved queries")?)
                .map_err(|odd| odd_line(file, odd, "write each on a line: port = port OR harbour"))?,
        };
        Ok(Reader { saved, spellings, is_any: options.any })
    }

    /// Understands a query; one of which any word will do is taken as it is.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn read(&self, typed: &str) -> Result<Understood, Failure> {
        let failed = |error| Failure::Query { typed: typed.to_owned(), error };
        if self.is_any {
            let query = query::parse_any(typed).map_err(failed)?;
            return Ok(Understood { asked: query.clone(), typed: query, also: Vec::new() });
        }
        let setting = Setting { today: Some(days::today()), saved: Some(&self.saved) };
        let parsed = query::parse_in(typed, &setting).map_err(failed)?;
        let Widened { query, also } = query::widen(&parsed, &self.spellings);
        Ok(Understood { typed: parsed, asked: query, also })
    }
}

fn odd_line(file: &Path, (line, reason): (usize, String), hint: &str) -> Failure {
    Failure::usage(format!("{}:{line}: {reason}", walk::written(file)), hint)
}

/// Tells what a query also looks for: `also: Zelenskyy, Zelenskiy (for “Zelensky”; =Zelensky looks for it alone)`.
pub fn also_line(also: &Also) -> String {
    let Also { typed, others } = also;
    let alone = if typed.contains(' ') { format!("=\"{typed}\"") } else { format!("={typed}") };
    format!("also: {} (for “{typed}”; {alone} looks for it alone)", others.join(", "))
}
