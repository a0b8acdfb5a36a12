//! Writing such files.
//!
//! Two servers may start in the same empty folder at once. Each writes what it generated to a
//! temporary file first (created with mode 0600) and then gives it its name, which fails if the
//! name is taken: whoever is second reads the first one's file. No reader ever sees half a file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::FileError;

/// Creates the folder, and those above it, for the owner only. An existing one is left as it is.
pub fn create_folder(folder: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(FileError::at(folder))
}

/// A new folder in this one, for the owner only. It is deleted when it is dropped.
pub fn temporary_folder(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".civicforge-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(parent)
}

/// Writes a new file for the owner only. False if the name was taken, and then nothing changed.
pub fn create_new(path: &Path, content: &[u8]) -> Result<bool, FileError> {
    let folder = folder_of(path);
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Ok(_) => {
                sync_names(folder)?;
                Ok(true)
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error.error),
        }
    };
    write().map_err(FileError::at(path))
}

/// Warns in the log if others than the owner and the group may read the file.
pub fn warn_if_public(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map(|file| file.permissions().mode());
        if mode.is_ok_and(|mode| mode & 0o007 != 0) {
            tracing::warn!(path = %path.display(), "everybody on this machine can read this file: chmod 600 it");
        }
    }
}

/// Puts this content in the place of a file's, at once. Whoever may read the file may read it as before.
pub fn replace(path: &Path, content: &[u8]) -> Result<(), FileError> {
    let folder = folder_of(path);
    let write = || {
        let before = fs::metadata(path)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content)?;
        file.as_file().set_permissions(before.permissions())?;
        // Somebody else's file stays readable for its owner.
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let made = file.as_file().metadata()?;
            if (made.uid(), made.gid()) != (before.uid(), before.gid()) {
                std::os::unix::fs::fchown(file.as_file(), Some(before.uid()), Some(before.gid()))?;
            }
        }
        file.as_file().sync_all()?;
        file.persist(path)?;
        sync_names(folder)
    };
    write().map_err(FileError::at(path))
}

/// Keeps others that ask for the same from a folder, until what is returned is dropped.
pub fn lock_folder(folder: &Path) -> Result<fs::File, FileError> {
    let lock = || {
        let folder = fs::File::open(folder)?;
        folder.lock()?;
        Ok(folder)
    };
    lock().map_err(FileError::at(folder))
}

/// Where a file is that a name leads to over links.
pub fn resolve(path: &Path) -> Result<PathBuf, FileError> {
    fs::canonicalize(path).map_err(FileError::at(path))
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(FileError::at(path))
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A name must survive a crash as the content does.
fn sync_names(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// The names of the files in a folder, sorted.
pub fn list(folder: &Path) -> Result<Vec<String>, FileError> {
    let list = || {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.extend(entry?.file_name().into_string());
        }
        names.sort();
        Ok(names)
    };
    list().map_err(FileError::at(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::private_files::read;

    #[test]
    fn a_taken_name_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        assert!(create_new(&path, b"first").unwrap());
        assert!(!create_new(&path, b"second").unwrap());
        assert_eq!(read(&path).unwrap(), "first");
        assert_eq!(
            list(folder.path()).unwrap(),
            ["x"],
            "no temporary file is left behind"
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        create_folder(&inner).unwrap();
        create_folder(&inner).unwrap();
        create_new(&inner.join("x"), b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner.join("x")), 0o600);
        assert_eq!(mode(&inner), 0o700);
    }
}
