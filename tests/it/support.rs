//! Running the program, and folders to run it on.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use dateline::engine;
use dateline::error::{Error, ErrorKind};
use dateline::ingest::{self, IngestReport, IngestRequest, Mode, Verification, VerifyRequest};
use serde_json::Value;
use tempfile::TempDir;

/// What a run of the program gave.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

/// Returns the folder of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Prepares a run of the program with an index, away from the environment of whoever runs the tests.
pub fn command(index: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(project()).env_remove("DATELINE_INDEX").env_remove("NO_COLOR").env_remove("COLUMNS").env_remove("RUST_BACKTRACE");
    command.arg("--index").arg(index).args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program with an index.
pub fn run(index: &Path, arguments: &[&str]) -> Run {
    finished(command(index, arguments).output().unwrap())
}

/// Puts a run of the program under a limit of memory, where there is a shell that can set one.
pub fn limited(plain: Command, memory_kb_max: u32) -> Command {
    if !cfg!(target_os = "linux") {
        return plain;
    }
    let mut limited = Command::new("sh");
    limited.arg("-c").arg(format!("ulimit -v {memory_kb_max}; exec \"$0\" \"$@\"")).arg(plain.get_program()).args(plain.get_args());
    limited.current_dir(project()).env_remove("DATELINE_INDEX").stdin(Stdio::null());
    limited
}

/// Turns what a process left into what a test looks at.
pub fn finished(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the program and reads its output as JSON.
pub fn run_json(index: &Path, arguments: &[&str]) -> Value {
    let run = run(index, arguments);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}{}", run.out, run.err))
}

/// Returns how often a test that is run by hand tries, and with which seed: `DATELINE_TRIES`, `DATELINE_SEED`.
pub fn at_length(tries: usize) -> (usize, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    (number("DATELINE_TRIES").map_or(tries, |tries: u64| tries as usize), number("DATELINE_SEED").unwrap_or(1))
}

/// Returns an index of the starter articles, made once.
pub fn seeds_index() -> &'static Path {
    static INDEX: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, index) = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let index = folder.path().join("index");
        let run = run(&index, &["index", "seeds"]);
        assert_eq!(run.code, 0, "{}", run.err);
        (folder, index)
    });
    index
}

/// Returns all that an index tells about its articles, a line each; `None` where there is no index.
pub fn state(index: &Path) -> Option<Vec<String>> {
    let searcher = match engine::open(index) {
        Ok(searcher) => searcher,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::NoIndex, "{error}");
            return None;
        }
    };
    let mut lines = Vec::new();
    searcher.visit(&mut |article, body| lines.push(format!("{} {:?} {body:?}", article.key, article.metadata))).unwrap();
    lines.extend(searcher.groups().unwrap().iter().map(|grouped| format!("{grouped:?}")));
    lines.sort();
    Some(lines)
}

/// Verifies an index, which must be whole.
pub fn verified(index: &Path) -> Verification {
    let found = ingest::verify(&VerifyRequest { index, against_files: None }, &|_| {}).unwrap();
    assert!(found.is_whole(), "{:#?}", found.faults.listed());
    found
}

/// A folder of articles and a place for its index.
pub struct Archive {
    folder: TempDir,
}

impl Archive {
    /// Makes an empty folder.
    pub fn new() -> Self {
        let archive = Archive { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(archive.articles()).unwrap();
        archive
    }

    /// Makes a folder with files of these names and contents.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let archive = Archive::new();
        for (name, text) in files {
            archive.write(name, text);
        }
        archive
    }

    /// Returns the folder of the articles.
    pub fn articles(&self) -> PathBuf {
        self.folder.path().join("articles")
    }

    /// Returns the folder of the index.
    pub fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Makes the index one of an older format, which had no checksums.
    pub fn make_older(&self, version: u32) {
        let path = self.index().join("meta.json");
        let mut meta: serde_json::Map<String, Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert!(meta.remove("checksum").is_some() && meta.remove("dateline_files").is_some());
        let mut note: Value = serde_json::from_str(meta["payload"].as_str().unwrap()).unwrap();
        note["dateline_format"] = version.into();
        meta.insert("payload".to_owned(), note.to_string().into());
        std::fs::write(path, serde_json::to_vec_pretty(&meta).unwrap()).unwrap();
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.articles().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Runs the program with the index of this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&self.index(), arguments)
    }

    /// Indexes the folder, which must succeed, and returns the summary.
    pub fn update(&self) -> Run {
        let run = self.run(&["index", self.articles().to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}", run.err);
        run
    }

    /// Brings an index up to date with the folder by the library.
    pub fn ingest_into(&self, index: &Path) {
        ingest::update(&self.request(index, Mode::Update), &|_| {}).unwrap();
    }

    /// Brings its own index up to date by the library.
    pub fn try_ingest(&self) -> Result<IngestReport, Error> {
        ingest::update(&self.request(&self.index(), Mode::Update), &|_| {})
    }

    /// Returns what brings an index up to date with the folder.
    pub fn request(&self, index: &Path, mode: Mode) -> IngestRequest {
        IngestRequest {
            index: index.to_path_buf(),
            folders: vec![self.articles()],
            map: None,
            links: None,
            limits: Default::default(),
            forget: Vec::new(),
            mode,
            reading: Default::default(),
            stop: Default::default(),
        }
    }

    /// Returns the ids of the hits of a query, best first.
    pub fn hits(&self, query: &[&str]) -> Vec<String> {
        let mut arguments = vec!["search", "--json"];
        arguments.extend(query);
        ids(&run_json(&self.index(), &arguments))
    }
}

/// Returns the ids of the hits of a response.
pub fn ids(response: &Value) -> Vec<String> {
    response["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}
