//! From an archive to a data folder.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Component, Path};

use civicforge_kernel::private_files;
use rusqlite::{Connection, OpenFlags};
use tar::{Archive, EntryType};

use super::save::{digest, sync_folder};
use super::{BackupError, Entry, FORMAT, KEYS, MANIFEST, Manifest, TABLE};
use crate::serve::media;

/// The most bytes that a manifest may have.
const MAX_MANIFEST_BYTES: u64 = 1 << 20;

/// Makes a data folder of a backup. The folder must not exist, or be empty.
///
/// Blocks for as long as it takes to write the files.
///
/// # Errors
///
/// Everything that is wrong with the backup, and [`BackupError::InTheWay`]. The folder is then as it was.
pub fn restore(file: &Path, folder: &Path) -> Result<Manifest, BackupError> {
    let damaged = |problem: String| BackupError::Damaged {
        path: file.to_owned(),
        problem,
    };
    let opened = File::open(file).map_err(BackupError::at(file))?;
    if !is_free(folder)? {
        return Err(BackupError::InTheWay(folder.to_owned()));
    }
    let mut archive = Archive::new(BufReader::new(opened));
    let mut entries = archive
        .entries()
        .map_err(|error| damaged(error.to_string()))?;
    let manifest = match entries.next() {
        Some(Ok(first)) if first.path_bytes().as_ref() == MANIFEST.as_bytes() => {
            read_manifest(file, first)?
        }
        _ => return Err(damaged("it is no backup of civicforge".to_owned())),
    };

    // On the same file system, so that it can be given its name at once.
    let beside = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    private_files::create_folder(beside).map_err(|error| BackupError::Io {
        path: error.path,
        source: error.source,
    })?;
    let work = private_files::temporary_folder(beside).map_err(BackupError::at(beside))?;
    for entry in &manifest.files {
        let next = entries.next();
        let next = next.ok_or_else(|| damaged(format!("{} is missing", entry.name)))?;
        let mut next = next.map_err(|error| damaged(error.to_string()))?;
        if next.header().entry_type() != EntryType::Regular
            || next.path_bytes().as_ref() != entry.name.as_bytes()
        {
            return Err(damaged(format!("{} is missing", entry.name)));
        }
        unpack(work.path(), entry, &mut next).map_err(|unpacking| match unpacking {
            Unpacking::Damaged(problem) => damaged(problem),
            Unpacking::Io(error) => error,
        })?;
    }
    if entries.next().is_some() {
        return Err(damaged("it holds more than its manifest says".to_owned()));
    }
    check_database(&work.path().join(TABLE)).map_err(damaged)?;
    sync_folder(work.path())?;

    // An empty folder may have been made in advance, such as a volume's. `rename` replaces no other.
    let made = work.keep();
    fs::rename(&made, folder).map_err(|source| {
        // What was put together is of no use under this name.
        let _ = fs::remove_dir_all(&made);
        BackupError::at(folder)(source)
    })?;
    sync_folder(beside)?;
    Ok(manifest)
}

/// Whether there is nothing by this name, or an empty folder.
fn is_free(folder: &Path) -> Result<bool, BackupError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(BackupError::at(folder)(error)),
    }
}

fn read_manifest(file: &Path, entry: impl Read) -> Result<Manifest, BackupError> {
    /// What every version of the format has.
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
        #[serde(default)]
        program: String,
    }

    let damaged = |problem: String| BackupError::Damaged {
        path: file.to_owned(),
        problem,
    };
    let mut text = Vec::new();
    entry
        .take(MAX_MANIFEST_BYTES)
        .read_to_end(&mut text)
        .map_err(|error| damaged(format!("{MANIFEST}: {error}")))?;
    let unreadable = |error: serde_json::Error| damaged(format!("{MANIFEST}: {error}"));
    let version: Version = serde_json::from_slice(&text).map_err(unreadable)?;
    if !(1..=FORMAT).contains(&version.format) {
        return Err(BackupError::Format {
            path: file.to_owned(),
            found: version.format,
            program: version.program,
        });
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(unreadable)?;
    if manifest.files.first().is_none_or(|file| file.name != TABLE) {
        return Err(damaged(format!(
            "{MANIFEST}: {TABLE} is not the first file"
        )));
    }
    let wrong = manifest
        .files
        .iter()
        .skip(1)
        .find(|file| !is_key(&file.name) && !is_of_image(&file.name));
    match wrong {
        Some(file) => Err(damaged(format!(
            "{MANIFEST}: {:?} is no file of a data folder",
            file.name
        ))),
        None => Ok(manifest),
    }
}

/// Whether it is the path of a file in the key folder, and of nothing elsewhere.
fn is_key(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    parts.next() == Some(Component::Normal(KEYS.as_ref()))
        && matches!(parts.next(), Some(Component::Normal(_)))
        && parts.next().is_none()
}

/// Whether it is the path of a file of an image, and of nothing elsewhere.
fn is_of_image(name: &str) -> bool {
    let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
    let path = Path::new(name);
    let in_bucket = |bucket| path.starts_with(Path::new(media::FOLDER).join(bucket));
    path.components().all(is_name) && [media::UPLOADS, media::IMAGES].into_iter().any(in_bucket)
}

enum Unpacking {
    Damaged(String),
    Io(BackupError),
}

/// Writes a file of the archive, if it is what the manifest says.
fn unpack(folder: &Path, entry: &Entry, from: &mut impl Read) -> Result<(), Unpacking> {
    let to = folder.join(&entry.name);
    if let Some(parent) = to.parent() {
        private_files::create_folder(parent).map_err(|error| {
            Unpacking::Io(BackupError::Io {
                path: error.path,
                source: error.source,
            })
        })?;
    }
    let io = |error| Unpacking::Io(BackupError::at(&to)(error));
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&to).map_err(io)?;
    let mut copy = Copying {
        from,
        to: &mut file,
    };
    let (bytes, sha256) = digest(&mut copy).map_err(io)?;
    if bytes < entry.bytes {
        return Err(Unpacking::Damaged(format!("{} is cut off", entry.name)));
    }
    if bytes != entry.bytes || sha256 != entry.sha256 {
        return Err(Unpacking::Damaged(format!(
            "{} is not what the manifest says: its SHA-256 is {sha256}",
            entry.name
        )));
    }
    file.sync_all().map_err(io)
}

/// A reader that writes what it reads to a file.
struct Copying<'a, R> {
    from: &'a mut R,
    to: &'a mut File,
}

impl<R: Read> Read for Copying<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.to.write_all(buffer.get(..read).unwrap_or_default())?;
        Ok(read)
    }
}

/// SQLite's own opinion of the database, by which a server will open it.
fn check_database(path: &Path) -> Result<(), String> {
    let check = || {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
    };
    match check() {
        Ok(result) if result == "ok" => Ok(()),
        Ok(problem) => Err(format!("{TABLE}: {problem}")),
        Err(error) => Err(format!("{TABLE}: {error}")),
    }
}
