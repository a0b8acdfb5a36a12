//! From a data folder to an archive.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use aws_lc_rs::digest::{Context, SHA256};
use chrono::Utc;
use civicforge_kernel::private_files;
use rusqlite::{Connection, OpenFlags};
use tar::{Builder, Header};

use super::{BackupError, Entry, FORMAT, KEYS, MANIFEST, Manifest, TABLE};
use crate::serve::media;

/// Copies a data folder into a new file, which only its owner may read. A server may be using the folder.
///
/// Blocks for as long as it takes to copy the database.
///
/// # Errors
///
/// [`BackupError::NoData`] and [`BackupError::Exists`] before anything is done. Whatever goes wrong later leaves no file behind.
pub fn save(folder: &Path, file: &Path, with_keys: bool) -> Result<Manifest, BackupError> {
    let database = folder.join(TABLE);
    if !database.exists() {
        return Err(BackupError::NoData(folder.to_owned()));
    }
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    // Beside the backup: there must be room for it there, and the data folder is the server's.
    let beside = match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let work = private_files::temporary_folder(beside).map_err(BackupError::at(beside))?;
    let created_at = Utc::now();
    let copy = work.path().join(TABLE);
    copy_database(&database, &copy).map_err(|source| BackupError::Copy {
        folder: folder.to_owned(),
        source,
    })?;
    let mut names = vec![TABLE.to_owned()];
    let mut others = Vec::new();
    if with_keys {
        others.push(KEYS.to_owned());
    }
    others.extend(
        [media::UPLOADS, media::IMAGES].map(|bucket| format!("{}/{bucket}", media::FOLDER)),
    );
    for part in others {
        let from = folder.join(&part);
        if !from.exists() {
            continue;
        }
        for name in media::files_in(&from).map_err(BackupError::at(&from))? {
            let name = format!("{part}/{name}");
            let (from, to) = (folder.join(&name), work.path().join(&name));
            if copy_file(&from, &to).map_err(BackupError::at(&from))? {
                names.push(name);
            }
        }
    }

    // What is hashed is what is archived, also where a key is replaced meanwhile: both are the copy.
    let mut files = Vec::new();
    for name in names {
        let path = work.path().join(&name);
        let mut open = File::open(&path).map_err(BackupError::at(&path))?;
        let (bytes, sha256) = digest(&mut open).map_err(BackupError::at(&path))?;
        files.push(Entry {
            name,
            bytes,
            sha256,
        });
    }
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at,
        files,
    };

    // Made for the owner only, and with its name when it is whole.
    let mut archive = tempfile::NamedTempFile::new_in(beside).map_err(BackupError::at(beside))?;
    write(&mut archive, &manifest, work.path())?;
    archive
        .as_file()
        .sync_all()
        .map_err(BackupError::at(file))?;
    match archive.persist_noclobber(file) {
        Ok(_) => {}
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(BackupError::Exists(file.to_owned()));
        }
        Err(error) => return Err(BackupError::at(file)(error.error)),
    }
    sync_folder(beside)?;
    Ok(manifest)
}

/// Whether there was such a file. Somebody may have removed it just now.
fn copy_file(from: &Path, to: &Path) -> io::Result<bool> {
    private_files::create_folder(private_files::folder_of(to)).map_err(|error| error.source)?;
    match std::fs::copy(from, to) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// A consistent snapshot of the database, also while it is written to.
fn copy_database(from: &Path, to: &Path) -> Result<(), rusqlite::Error> {
    let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let to = to.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [&*to]).map(|_| ())
}

fn write(
    archive: &mut tempfile::NamedTempFile,
    manifest: &Manifest,
    copies: &Path,
) -> Result<(), BackupError> {
    let path = archive.path().to_owned();
    let mut builder = Builder::new(archive);
    let seconds = u64::try_from(manifest.created_at.timestamp()).unwrap_or_default();
    let header = |bytes: u64| {
        let mut header = Header::new_ustar();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_mtime(seconds);
        header
    };
    let text = serde_json::to_vec_pretty(manifest)
        .map_err(io::Error::from)
        .map_err(BackupError::at(&path))?;
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
    builder
        .append_data(&mut header(length), MANIFEST, &*text)
        .map_err(BackupError::at(&path))?;
    for entry in &manifest.files {
        let copy = copies.join(&entry.name);
        let file = File::open(&copy).map_err(BackupError::at(&copy))?;
        builder
            .append_data(
                &mut header(entry.bytes),
                &entry.name,
                file.take(entry.bytes),
            )
            .map_err(BackupError::at(&path))?;
    }
    builder.finish().map_err(BackupError::at(&path))
}

/// The length of a file, and its SHA-256.
pub(super) fn digest(file: &mut impl Read) -> io::Result<(u64, String)> {
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok((bytes, hex::encode(context.finish()))),
            Ok(read) => {
                context.update(buffer.get(..read).unwrap_or_default());
                bytes += u64::try_from(read).unwrap_or_default();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// A name must survive a crash as the content does.
pub(super) fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(BackupError::at(folder))
}
