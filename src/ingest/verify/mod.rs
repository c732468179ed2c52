//! An index in, what is not as it should be in it out: its files, each of its articles, its groups, and, where that is asked for,
//! what it says against the folders that it was made of.
//!
//! The files come first, by their checksums: what is in damaged ones is not looked at, since it could only say the same in many
//! words. All that follows is told of one committed state, whatever another process writes meanwhile.

mod articles;
mod files;
mod groups;
mod report;

use std::path::Path;
use std::time::Instant;

pub use report::{Contents, Faults, FoldersCheck, Verification};

use self::articles::Audit;
use super::Progress;
use crate::engine;
use crate::error::{Error, ErrorKind};
use crate::formats::ReadOptions;
use crate::search::{Catalog, DamagedFile, Fault, FaultKind, FaultPlace, Mend};

/// What is checked.
#[derive(Debug, Clone)]
pub struct VerifyRequest<'r> {
    /// The folder of the index.
    pub index: &'r Path,
    /// How the folders are read that the index was made of; `None` where they are not looked at.
    pub against_files: Option<ReadOptions>,
}

/// So often it is looked at the files again where another process commits meanwhile; after that they are those of the state before.
const LOOKS_MAX: u32 = 3;

/// Checks an index.
///
/// # Errors
///
/// When there is no index, when it is of another format, or when the operating system refuses to have it read. Damage is no error
/// but what is looked for.
pub fn verify(request: &VerifyRequest<'_>, progress: &(dyn Fn(Progress) + Sync)) -> Result<Verification, Error> {
    let started = Instant::now();
    progress(Progress::CheckingFiles);
    let mut verification = Verification::default();
    let catalog = match checked(request.index, &mut verification)? {
        Some(catalog) => catalog,
        None => return Ok(Verification { took: started.elapsed(), ..verification }),
    };
    verification.folders = catalog.folders().to_vec();
    let contents = contents(catalog.as_ref(), request.index, &mut verification.faults, progress);
    match contents {
        Ok(contents) => verification.contents = Some(contents),
        Err(error) => verification.faults.push(unreadable(error)?),
    }
    if let Some(reading) = &request.against_files {
        let compared = files::Compared { catalog: catalog.as_ref(), index: request.index, reading };
        verification.against_files = Some(compared.compare(&mut verification.faults, progress));
    }
    verification.took = started.elapsed();
    Ok(verification)
}

/// Checks the files of an index and opens it; `None` where that cannot be, with the fault that says why.
fn checked(index: &Path, verification: &mut Verification) -> Result<Option<Box<dyn Catalog>>, Error> {
    let mut looks = 0;
    loop {
        looks += 1;
        let files = engine::check_files(index)?;
        let checked_state = files.state;
        verification.files = files;
        if !verification.files.damaged.is_empty() {
            verification.files.damaged.iter().for_each(|file| verification.faults.push(damaged(file)));
            return Ok(None);
        }
        match engine::open_catalog(index) {
            // Another process may have committed since the files were read.
            Ok(_) if looks < LOOKS_MAX && engine::state_hash(index)? != checked_state => {}
            Ok(catalog) => return Ok(Some(catalog)),
            Err(error) => {
                verification.faults.push(unreadable(error)?);
                return Ok(None);
            }
        }
    }
}

fn damaged(file: &DamagedFile) -> Fault {
    let place = FaultPlace::IndexFile(file.name.clone());
    Fault { kind: FaultKind::DamagedFile, place, cause: file.cause.clone(), mend: Mend::Rebuild }
}

/// Makes a fault of an error that tells a broken index; any other says that the check itself cannot be done.
fn unreadable(error: Error) -> Result<Fault, Error> {
    match error.kind() {
        ErrorKind::IndexBroken => Ok(Fault::of_index(FaultKind::Unreadable, error.to_string())),
        _ => Err(error),
    }
}

/// Looks at what is in the files.
fn contents(catalog: &dyn Catalog, index: &Path, faults: &mut Faults, progress: &(dyn Fn(Progress) + Sync)) -> Result<Contents, Error> {
    let audit = Audit::new(catalog.articles().len() as u64, progress);
    catalog.audit(&audit)?;
    let counted = audit.finish(faults);
    articles::check_keys(catalog, faults);
    progress(Progress::Grouping { articles: catalog.articles().len() });
    let groups = groups::check(catalog, index, faults)?;
    counted.compare(&catalog.statistics()?, groups, faults);
    Ok(Contents { articles: counted.articles, passages: counted.passages, groups })
}
