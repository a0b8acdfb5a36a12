//! Copies of a data folder: `civicforge backup` and `civicforge restore`.
//!
//! A backup is one file: a tar archive (POSIX ustar) with `manifest.json` first, then `table.db`, the key files unless they were left
//! out, and the files of images. The manifest has the version of this format, and the length and SHA-256 of each file. The database is copied by
//! SQLite (`VACUUM INTO`) as it was at one moment, so that a server may go on writing meanwhile: everything that it had
//! acknowledged before the copy began is in it, and of what came later either a whole transaction or nothing. Files of images are copied
//! behind it: one that was removed meanwhile is missing, and one that is new is there without its property knowing of it.
//!
//! A restore makes a data folder that was not there, or was empty. It is put together and checked under another name beside
//! it, and then gets its name at once: whatever goes wrong or is cut off, there is the whole folder or none.

pub mod command;
mod restore;
mod save;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use civicforge_kernel::keys::folder::KEYS;
use serde::{Deserialize, Serialize};

pub use restore::restore;
pub use save::save;

/// The version of the archive that this program writes. It reads those of before, too: the first had no files of images.
const FORMAT: u32 = 2;
/// The first file of an archive.
const MANIFEST: &str = "manifest.json";
/// The database.
const TABLE: &str = "table.db";

/// What an archive says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When the copy was begun.
    pub created_at: DateTime<Utc>,
    /// The files, in their order in the archive.
    pub files: Vec<Entry>,
}

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its path in the data folder.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its content, in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// Whether key files are among the files.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        let mut files = self.files.iter();
        files.any(|file| Path::new(&file.name).starts_with(KEYS))
    }

    /// The bytes of all files together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file or folder.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The folder holds no database.
    #[error("there is no database in {}\n  Name the server's folder with --data-dir.", .0.display())]
    NoData(PathBuf),
    /// The name of the backup is taken.
    #[error("{} exists already\n  A backup never replaces a file. Choose another name.", .0.display())]
    Exists(PathBuf),
    /// The database cannot be copied.
    #[error("the database in {} cannot be copied: {source}", folder.display())]
    Copy {
        /// The data folder.
        folder: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The data folder has something in it.
    #[error("{} is not empty\n  A restore never replaces data. Name a folder that does not exist with --data-dir, or move this one away.", .0.display())]
    InTheWay(PathBuf),
    /// Another version of the format.
    #[error("{} has the format {found} of civicforge {program}; this program reads the formats up to {FORMAT}\n  Restore it with that version.", path.display())]
    Format {
        /// The backup.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The version of the program that wrote it.
        program: String,
    },
    /// The file is no backup, or it is damaged.
    #[error("{} cannot be restored: {problem}", path.display())]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// What is wrong, and with which file of it.
        problem: String,
    },
}

impl BackupError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
