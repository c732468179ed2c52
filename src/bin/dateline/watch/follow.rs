//! How folders are followed: the system tells what changes in them, or they are looked through now and then. The only door to `notify`.
//!
//! What changes is only noted in the inbox: an update looks at everything anyway. A folder that goes away, as the disk that it is on, is
//! waited for; one that comes back is followed anew, and so is another that takes its place.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dateline::error::cause_of;
use dateline::search::Folder;
use dateline::walk::{self, Links, Surroundings};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::inbox::{Inbox, Seen};
use super::scope::Scope;

/// So often folders are looked through of which the system does not tell what changes, where no other time is asked for: 200,000 files take
/// half a second of computing.
const POLL: Duration = Duration::from_secs(30);

/// Linux tells of one folder at a time: those below it are asked for one by one, without those that are left out. Other systems tell of a
/// folder and all that is in it.
const IS_TOLD_ONE_BY_ONE: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Folders that are followed.
pub struct Followed {
    inbox: Arc<Inbox>,
    scope: Arc<Mutex<Scope>>,
    watcher: Option<RecommendedWatcher>,
    poll: Duration,
    folders: Vec<FollowedFolder>,
}

/// What the user is to know.
#[derive(Debug)]
pub enum Notice {
    /// Something is not as it should be.
    Warning(String),
    /// Something has changed.
    News(String),
}

struct FollowedFolder {
    location: PathBuf,
    links: Links,
    identity: Option<Identity>,
    how: How,
    /// What the system was asked to tell of.
    places: BTreeSet<PathBuf>,
    /// Where links lead out of it.
    targets: BTreeSet<PathBuf>,
}

impl FollowedFolder {
    fn new(folder: &Folder) -> Self {
        let (location, links) = (folder.path(), folder.links);
        FollowedFolder { location, links, identity: None, how: How::Gone, places: BTreeSet::new(), targets: BTreeSet::new() }
    }

    fn is_of(&self, folder: &Folder) -> bool {
        self.location == folder.path() && self.links == folder.links
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// The system tells what changes.
    Told,
    /// It is looked through at this time again, to be compared with what was there.
    Looked { next: Instant, digest: u64 },
    /// It is not there.
    Gone,
}

/// Tells a folder from another that takes its place: the numbers of its disk and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity(u64, u64);

impl Followed {
    /// Prepares to follow folders of the index in a folder; with a time, by looking through them.
    pub fn new(index: &Path, poll: Option<Duration>, inbox: Arc<Inbox>) -> (Self, Option<Notice>) {
        let index = std::fs::canonicalize(index).unwrap_or_else(|_| index.to_path_buf());
        let scope = Arc::new(Mutex::new(Scope { index, ..Scope::default() }));
        let (mut watcher, mut notice) = (None, None);
        if poll.is_none() {
            match watcher_into(Arc::clone(&inbox), Arc::clone(&scope)) {
                Ok(made) => watcher = Some(made),
                Err(error) => notice = Some(Notice::Warning(format!("the system does not tell what changes: {}", untold(&error, POLL)))),
            }
        }
        (Followed { inbox, scope, watcher, poll: poll.unwrap_or(POLL), folders: Vec::new() }, notice)
    }

    /// Follows these folders and no others.
    pub fn set(&mut self, wanted: &[Folder]) -> Vec<Notice> {
        self.scope().roots = wanted.iter().map(Folder::path).collect();
        let is_wanted = |followed: &FollowedFolder| wanted.iter().any(|folder| followed.is_of(folder));
        let (kept, dropped): (Vec<_>, Vec<_>) = std::mem::take(&mut self.folders).into_iter().partition(is_wanted);
        self.folders = kept;
        dropped.into_iter().for_each(|folder| self.forget(&folder.places));
        let mut notices = Vec::new();
        for wanted in wanted {
            if self.folders.iter().any(|folder| folder.is_of(wanted)) {
                continue;
            }
            let mut folder = FollowedFolder::new(wanted);
            notices.extend(self.follow(&mut folder));
            if folder.how == How::Gone {
                notices.push(gone(&folder.location));
            }
            self.folders.push(folder);
            // What changed before it was followed is looked for.
            self.inbox.change(Seen::File);
        }
        self.drop_targets();
        notices
    }

    /// Returns the folders that are followed.
    pub fn locations(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(|folder| folder.location.as_path())
    }

    /// Tells whether a folder is followed but not there.
    pub fn is_gone(&self, location: &Path) -> bool {
        self.folders.iter().any(|folder| folder.location == location && folder.how == How::Gone)
    }

    /// Tells whether links are followed: of a new one the system tells as of a new file.
    pub fn follows_links(&self) -> bool {
        self.folders.iter().any(|folder| folder.links == Links::Followed)
    }

    /// Tells whether any of the folders is there.
    pub fn is_any_there(&self) -> bool {
        self.folders.iter().any(|folder| folder.how != How::Gone)
    }

    /// Asks the system to tell of the folders below those that are followed, as they are now.
    pub fn follow_new_folders(&mut self) -> Vec<Notice> {
        self.each(|followed, folder, notices| {
            if folder.how == How::Told && IS_TOLD_ONE_BY_ONE {
                notices.extend(followed.follow(folder));
            }
        })
    }

    /// Looks whether folders have gone or come back, and for what has changed where the system does not tell.
    pub fn look(&mut self) -> Vec<Notice> {
        self.each(|followed, folder, notices| {
            let identity = identity(&folder.location);
            match folder.how {
                How::Gone if identity.is_none() => {}
                _ if identity.is_none() => {
                    followed.forget(&std::mem::take(&mut folder.places));
                    folder.how = How::Gone;
                    notices.push(gone(&folder.location));
                }
                How::Told if identity == folder.identity => {}
                How::Looked { next, digest } if identity == folder.identity => {
                    if Instant::now() >= next {
                        folder.how = followed.looked(folder);
                        if !matches!(folder.how, How::Looked { digest: now, .. } if now == digest) {
                            followed.inbox.change(Seen::File);
                        }
                    }
                }
                before => {
                    followed.forget(&std::mem::take(&mut folder.places));
                    notices.extend(followed.follow(folder));
                    if before == How::Gone {
                        notices.push(Notice::News(format!("{} is back", walk::written(&folder.location))));
                    }
                    followed.inbox.change(Seen::File);
                }
            }
        })
    }

    /// Does something with each folder, which is taken out of the others meanwhile.
    fn each(&mut self, deal: impl Fn(&mut Self, &mut FollowedFolder, &mut Vec<Notice>)) -> Vec<Notice> {
        let mut notices = Vec::new();
        for _ in 0..self.folders.len() {
            let mut folder = self.folders.remove(0);
            deal(self, &mut folder, &mut notices);
            self.folders.push(folder);
        }
        self.drop_targets();
        notices
    }

    /// Begins to follow a folder, or looks again what there is to ask the system for.
    fn follow(&mut self, folder: &mut FollowedFolder) -> Option<Notice> {
        folder.identity = identity(&folder.location);
        if folder.identity.is_none() {
            folder.how = How::Gone;
            return None;
        }
        let Some(watcher) = &mut self.watcher else {
            folder.how = self.looked(folder);
            return None;
        };
        let Places { places, mode, targets } = places(folder);
        // What happens there is heeded from the moment on from which it is told.
        self.scope.lock().unwrap_or_else(PoisonError::into_inner).targets.extend(targets.iter().cloned());
        folder.targets = targets;
        let refused = places.iter().find_map(|place| {
            let error = watcher.watch(place, mode).err()?;
            let is_the_end = places.len() == 1 || place.as_path() == folder.location || matches!(error.kind, ErrorKind::MaxFilesWatch);
            // A folder below that cannot be read has no files to tell of; one that is gone already is not missed.
            is_the_end.then_some(error)
        });
        let left: BTreeSet<PathBuf> = folder.places.difference(&places).cloned().collect();
        folder.places = places;
        let Some(error) = refused else {
            self.forget(&left);
            folder.how = How::Told;
            return None;
        };
        self.forget(&left);
        self.forget(&std::mem::take(&mut folder.places));
        folder.how = self.looked(folder);
        let notice =
            format!("{}: the system does not tell what changes in it: {}", walk::written(&folder.location), untold(&error, self.poll));
        Some(Notice::Warning(notice))
    }

    fn looked(&self, folder: &FollowedFolder) -> How {
        let digest = digest(&folder.location, folder.links);
        How::Looked { next: Instant::now() + self.poll, digest }
    }

    /// Lets the system tell no more of places, but for those that another folder needs.
    fn forget(&mut self, places: &BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for place in places.iter().filter(|place| !self.folders.iter().any(|folder| folder.places.contains(*place))) {
            // What is gone is not told of any more by itself.
            let _ = watcher.unwatch(place);
        }
    }

    /// Heeds no more what no link leads to any longer.
    fn drop_targets(&self) {
        self.scope().targets = self.folders.iter().flat_map(|folder| folder.targets.iter().cloned()).collect();
    }

    fn scope(&self) -> MutexGuard<'_, Scope> {
        self.scope.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn watcher_into(inbox: Arc<Inbox>, scope: Arc<Mutex<Scope>>) -> notify::Result<RecommendedWatcher> {
    let take = move |told: notify::Result<Event>| {
        let seen = match &told {
            Ok(event) if event.need_rescan() => Some(Seen::Folder),
            Ok(event) => seen(event.kind).filter(|_| {
                let scope = scope.lock().unwrap_or_else(PoisonError::into_inner);
                event.paths.iter().any(|path| scope.holds(path))
            }),
            // What could not be told may be anything.
            Err(_) => Some(Seen::Folder),
        };
        seen.into_iter().for_each(|seen| inbox.change(seen));
    };
    RecommendedWatcher::new(take, Config::default().with_follow_symlinks(false))
}

/// Tells what an event is about; nothing where something is only read, as we do ourselves.
fn seen(kind: EventKind) -> Option<Seen> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Seen::File),
        EventKind::Access(_) => None,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => Some(Seen::File),
        _ => Some(Seen::Folder),
    }
}

/// What the system is to tell of.
struct Places {
    places: BTreeSet<PathBuf>,
    /// Whether with all that is in them.
    mode: RecursiveMode,
    /// Where links lead out of the folder.
    targets: BTreeSet<PathBuf>,
}

/// Lists what the system is to tell of. Of a single file, also one that a link leads to, it is the folder around: programs that save it put
/// another in its place. So it is of a folder that a link leads to, which may be moved away and come back.
fn places(folder: &FollowedFolder) -> Places {
    let location = &folder.location;
    if location.is_file() {
        let places = location.parent().map(Path::to_path_buf).into_iter().collect();
        return Places { places, mode: RecursiveMode::NonRecursive, targets: BTreeSet::new() };
    }
    let Surroundings { folders, targets } = walk::surroundings(location, folder.links);
    if IS_TOLD_ONE_BY_ONE {
        let around = targets.iter().filter_map(|target| target.parent()).map(Path::to_path_buf);
        let places = folders.into_iter().chain(around).collect();
        return Places { places, mode: RecursiveMode::NonRecursive, targets: targets.into_iter().collect() };
    }
    let places = [location].into_iter().chain(&targets).cloned().collect();
    Places { places, mode: RecursiveMode::Recursive, targets: targets.into_iter().collect() }
}

fn identity(location: &Path) -> Option<Identity> {
    let about = std::fs::metadata(location).ok()?;
    #[cfg(unix)]
    return Some(Identity(std::os::unix::fs::MetadataExt::dev(&about), std::os::unix::fs::MetadataExt::ino(&about)));
    #[cfg(not(unix))]
    return Some(Identity(u64::from(about.is_dir()), 0));
}

/// Hashes the names, lengths and times of the files below a folder.
fn digest(location: &Path, links: Links) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Ok(listing) = walk::files(location, links) {
        for file in listing.files.iter().chain(&listing.stray_sidecars) {
            (&file.path, file.len_bytes, file.modified_ns).hash(&mut hasher);
        }
        listing.unreached.hash(&mut hasher);
    }
    hasher.finish()
}

fn gone(location: &Path) -> Notice {
    Notice::Warning(format!(
        "{}: it is gone, as when a disk is not plugged in: its articles stay in the index as they were, and it is followed again once it is back \
         (`dateline index --forget FOLDER` drops them)",
        walk::written(location)
    ))
}

/// Says why the system does not tell what changes, what is done instead, and what helps.
fn untold(error: &notify::Error, poll: Duration) -> String {
    let (cause, remedy) = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            ("it tells of no more folders than it does already".to_owned(), "`sudo sysctl fs.inotify.max_user_watches=1048576` lets it; ")
        }
        ErrorKind::Io(error) if IS_TOLD_ONE_BY_ONE && error.raw_os_error() == Some(FILES_MAX_ERROR) => {
            ("it tells no more programs than it does already".to_owned(), "`sudo sysctl fs.inotify.max_user_instances=1024` lets it; ")
        }
        ErrorKind::Io(error) => (cause_of(error), ""),
        ErrorKind::PathNotFound => ("it does not exist".to_owned(), ""),
        _ => (error.to_string().to_lowercase(), ""),
    };
    format!("{cause}; it is looked through every {} s instead ({remedy}--poll SECONDS sets another time)", poll.as_secs())
}

/// What Linux answers where a limit of open files, or of what is opened like one, is met (`EMFILE`).
const FILES_MAX_ERROR: i32 = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_told_with_a_way_out() {
        let told = untold(&notify::Error::new(ErrorKind::MaxFilesWatch), POLL);
        assert_eq!(
            told,
            "it tells of no more folders than it does already; it is looked through every 30 s instead (`sudo sysctl \
             fs.inotify.max_user_watches=1048576` lets it; --poll SECONDS sets another time)"
        );
        let told = untold(&notify::Error::io(std::io::Error::from_raw_os_error(13)), POLL);
        assert_eq!(told, "permission denied; it is looked through every 30 s instead (--poll SECONDS sets another time)");
    }

    #[test]
    fn what_is_only_read_is_nothing() {
        assert_eq!(seen(EventKind::Access(AccessKind::Open(AccessMode::Any))), None);
        assert_eq!(seen(EventKind::Access(AccessKind::Close(AccessMode::Read))), None);
        assert_eq!(seen(EventKind::Access(AccessKind::Close(AccessMode::Write))), Some(Seen::File));
        assert_eq!(seen(EventKind::Create(CreateKind::Folder)), Some(Seen::Folder));
    }

    #[test]
    fn files_that_come_or_change_make_another_digest() {
        let folder = tempfile::tempdir().unwrap();
        let empty = digest(folder.path(), Links::LeftOut);
        std::fs::write(folder.path().join("a.txt"), "text").unwrap();
        let one = digest(folder.path(), Links::LeftOut);
        std::fs::write(folder.path().join("a.txt"), "longer text").unwrap();
        assert!(
            empty != one
                && one != digest(folder.path(), Links::LeftOut)
                && digest(folder.path(), Links::LeftOut) == digest(folder.path(), Links::LeftOut)
        );
    }
}
