//! The knowledge file on disk. The one door to the file system outside `cli`.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is where files are read"
)]

use crate::engine::{Engine, LoadError, Source};
use crate::knowledge::Knowledge;
use std::path::{Path, PathBuf};

/// Largest knowledge file that is read, in bytes: a hundred times a story's. A wrong
/// path (a log, a disk image) is then an error and not a full memory.
const FILE_BYTES: u64 = 16 * 1024 * 1024;

/// A knowledge file by its path.
#[derive(Debug, Clone)]
pub struct KnowledgeFile {
    path: PathBuf,
}

impl KnowledgeFile {
    /// Names the file; nothing is read yet.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads and checks the file.
    ///
    /// # Errors
    /// Each problem as `path:line: what; remedy`, or why the file could not be read.
    pub fn read(&self) -> Result<Knowledge, LoadError> {
        let path = self.path.display();
        let text = self.text().map_err(|reason| LoadError {
            lines: vec![format!("{path}: {reason}")],
        })?;
        Knowledge::parse(&text).map_err(|problems| LoadError {
            lines: problems
                .iter()
                .map(|p| format!("{path}:{}: {}", p.line, p.kind))
                .collect(),
        })
    }

    fn text(&self) -> Result<String, String> {
        let remedy = "check the path and its permissions, or set GRIOT_KNOWLEDGE or --knowledge";
        let meta = std::fs::metadata(&self.path).map_err(|e| format!("{e}; {remedy}"))?;
        if !meta.is_file() {
            return Err(format!("this is not a file; {remedy}"));
        }
        if meta.len() > FILE_BYTES {
            let size = meta.len();
            return Err(format!(
                "{size} bytes are too many (most: {FILE_BYTES}); {remedy}"
            ));
        }
        let bytes = std::fs::read(&self.path).map_err(|e| format!("{e}; {remedy}"))?;
        String::from_utf8(bytes).map_err(|e| {
            let before = e.as_bytes().iter().take(e.utf8_error().valid_up_to());
            let line = 1 + before.filter(|&&byte| byte == b'\n').count();
            format!("line {line} is not UTF-8; save the file as UTF-8")
        })
    }
}

impl Source for KnowledgeFile {
    fn load(&self) -> Result<Engine, LoadError> {
        self.read().map(Engine::new)
    }
}
