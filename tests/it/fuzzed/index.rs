//! An index with a damaged file: the first byte says which, the others how. The damage is noticed, and whatever is asked ends in an
//! answer or an error.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{IngestRequest, Mode, update};
use dateline::query::parse;
use dateline::search::{Catalog, Copies, FacetField, Order, Passages, SearchRequest, Searcher};
use tempfile::TempDir;

/// Damage to a file of an index.
pub fn index(bytes: &[u8]) {
    let Some((which, edits)) = bytes.split_first() else { return };
    static SMALL: OnceLock<Mutex<Small>> = OnceLock::new();
    // A failed try leaves the files as they are; the next one writes its own over them.
    let small = SMALL.get_or_init(|| Mutex::new(Small::new())).lock().unwrap_or_else(PoisonError::into_inner);
    let (name, whole) = &small.files[usize::from(*which) % small.files.len()];
    let mangled = mangled(whole, edits);
    small.restore();
    std::fs::write(small.index().join(name), &mangled).unwrap();
    check(&small.index(), name, mangled != *whole);
    small.restore();
}

/// Applies edits of four bytes: what is done, where in 65,536ths of the file or in bytes, and with which value.
fn mangled(whole: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for edit in edits.chunks_exact(4).take(EDITS_MAX) {
        let (number, value) = (usize::from(u16::from_le_bytes([edit[1], edit[2]])), edit[3]);
        if bytes.is_empty() {
            break;
        }
        let at = if edit[0] & 8 == 8 { number % bytes.len() } else { (number * bytes.len()) >> 16 };
        let from_end = bytes.len() - 1 - at;
        match edit[0] & 7 {
            0 => bytes[at] ^= value,
            1 => bytes[from_end] = value,
            2 => bytes.truncate(at),
            3 => drop(bytes.splice(at..at, std::iter::repeat_n(value, 16))),
            4 => bytes.iter_mut().skip(at).take(4).for_each(|byte| *byte = 0xff),
            5 => bytes.iter_mut().skip(from_end).take(8).for_each(|byte| *byte = value),
            6 => drop(bytes.drain(at..(at + usize::from(value)).min(whole.len()).min(bytes.len()).max(at))),
            _ => bytes.extend(std::iter::repeat_n(value, at)),
        }
    }
    bytes
}

/// More edits at one time say nothing new.
const EDITS_MAX: usize = 8;

/// A small index, and its files as they were written, in the order of their endings: names of segments are drawn by lot.
struct Small {
    folder: TempDir,
    files: Vec<(PathBuf, Vec<u8>)>,
}

impl Small {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let articles = folder.path().join("articles");
        std::fs::create_dir(&articles).unwrap();
        for number in 0..12 {
            std::fs::write(articles.join(format!("{number}.md")), story(number)).unwrap();
        }
        let small = Small { folder, files: Vec::new() };
        small.update(&articles);
        std::fs::remove_file(articles.join("4.md")).unwrap();
        std::fs::write(articles.join("3.md"), story(30)).unwrap();
        small.update(&articles);
        let names = std::fs::read_dir(small.index()).unwrap().map(|entry| PathBuf::from(entry.unwrap().file_name()));
        let mut files: Vec<PathBuf> = names.filter(|name| name.extension().is_none_or(|ending| ending != "lock")).collect();
        let read = |name: PathBuf| (name.clone(), std::fs::read(small.index().join(name)).unwrap());
        files.sort_by_key(|name| name.extension().map(ToOwned::to_owned));
        let mut files: Vec<(PathBuf, Vec<u8>)> = files.into_iter().map(read).collect();
        files.sort_by_key(|(name, bytes)| (name.extension().map(ToOwned::to_owned), bytes.len()));
        Small { files, ..small }
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn update(&self, articles: &Path) {
        let request = IngestRequest {
            index: self.index(),
            folders: vec![articles.to_path_buf()],
            map: None,
            links: None,
            limits: Default::default(),
            forget: Vec::new(),
            mode: Mode::Update,
            reading: Default::default(),
            stop: Default::default(),
        };
        update(&request, &|_| {}).unwrap();
    }

    /// Writes back what is not as it was.
    fn restore(&self) {
        for (name, whole) in &self.files {
            let path = self.index().join(name);
            if std::fs::read(&path).ok().as_deref() != Some(whole) {
                std::fs::write(path, whole).unwrap();
            }
        }
    }
}

fn story(number: usize) -> String {
    let (port, days) = (["Selwick", "Marnhull", "Osterby"][number % 3], number + 2);
    format!(
        "---\ntitle: Ferry {number} is held in {port}\nsource: {port} Courier\ndate: 2024-11-{:02}\n---\n\nThe ferry number {number} lay in the harbour \
         of {port} for {days} days, since its papers named another owner. The harbour master wrote {days} letters.\n",
        number % 28 + 1
    )
}

fn check(index: &Path, name: &Path, is_damaged: bool) {
    match engine::check_files(index) {
        Ok(check) => {
            let is_seen = check.damaged.iter().any(|file| Path::new(&file.name) == name);
            assert_eq!(is_seen, is_damaged, "{}: {:?}", name.display(), check.damaged);
        }
        Err(error) => assert!(is_damaged, "{error}"),
    }
    let outcomes = [
        engine::open(index).and_then(|searcher| ask(searcher.as_ref())),
        engine::open_catalog(index).and_then(|catalog| read(catalog.as_ref())),
    ];
    for error in outcomes.into_iter().filter_map(Result::err) {
        assert!(is_damaged, "{error}");
        assert!(matches!(error.kind(), ErrorKind::IndexBroken | ErrorKind::IndexVersion | ErrorKind::NoIndex | ErrorKind::Io), "{error}");
    }
}

fn ask(searcher: &dyn Searcher) -> Result<(), Error> {
    for typed in ["ferry harbour \"named another owner\"", "source:courier letter* w/5 master since:2024-11-02", "harbor~ OR selwick"] {
        for order in [Order::Relevance, Order::Newest] {
            searcher.search(&request(typed, order))?;
        }
    }
    searcher.visit(&mut |_, _| {})?;
    searcher.groups()?;
    searcher.articles("5.md")?;
    searcher.nearest_spelling("ferri")?;
    searcher.statistics()?;
    Ok(())
}

fn read(catalog: &dyn Catalog) -> Result<(), Error> {
    catalog.scan_samples(&mut |_, _| {})?;
    (0..catalog.articles().len()).try_for_each(|article| catalog.entry(article).and(catalog.body(article)).map(drop))
}

fn request(typed: &str, order: Order) -> SearchRequest {
    SearchRequest {
        limit: 5,
        order,
        passages: Passages::Best(3),
        copies: Copies::List,
        facets: vec![FacetField::Source],
        ..SearchRequest::of(parse(typed).unwrap())
    }
}
