//! Files in the data folder that only the server may read: signing keys and the secret.
//!
//! Two servers may start in the same empty folder at once. Each writes what it generated to a
//! temporary file first (created with mode 0600) and then gives it its name, which fails if the
//! name is taken: whoever is second reads the first one's file. No reader ever sees half a file,
//! and no file is ever overwritten.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that could not be read or written, with its path: the bare error does not name it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {source}", path.display())]
pub struct FileError {
    /// The file or folder.
    pub path: PathBuf,
    /// What went wrong.
    #[source]
    pub source: io::Error,
}

impl FileError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self { path, source }
    }
}

/// Creates the folder, and those above it, for the owner only. An existing one is left as it is.
pub fn create_folder(folder: &Path) -> Result<(), FileError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(FileError::at(folder))
}

/// A new folder in this one, for the owner only. It is deleted when it is dropped.
#[cfg(feature = "server")]
pub fn temporary_folder(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".civicforge-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(parent)
}

/// Writes a new file for the owner only. False if the name was taken, and then nothing changed.
pub fn create_new(path: &Path, content: &[u8]) -> Result<bool, FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        match file.persist_noclobber(path) {
            Ok(_) => {
                // The name must survive a crash as the content does.
                #[cfg(unix)]
                fs::File::open(folder)?.sync_all()?;
                Ok(true)
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(error.error),
        }
    };
    write().map_err(FileError::at(path))
}

/// Makes an empty file for the owner only where there is none, and takes the rights of others from one that is there.
#[cfg(feature = "embedded")]
pub fn create_or_restrict(path: &Path) -> Result<(), FileError> {
    let mut options = fs::File::options();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(FileError::at(path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let restrict = || {
            if file.metadata()?.permissions().mode() & 0o077 != 0 {
                file.set_permissions(fs::Permissions::from_mode(0o600))?;
            }
            Ok(())
        };
        restrict().map_err(FileError::at(path))?;
    }
    Ok(())
}

/// Reads a file, and warns in the log if others than the owner may read it too.
pub fn read(path: &Path) -> Result<String, FileError> {
    let content = fs::read_to_string(path).map_err(FileError::at(path))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path)
            .map_err(FileError::at(path))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            tracing::warn!(path = %path.display(), "others can read this file: chmod 600 it");
        }
    }
    Ok(content)
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

    #[test]
    fn errors_name_the_file() {
        let error = read(Path::new("/nowhere/at/all")).unwrap_err();
        assert!(
            error.to_string().starts_with("/nowhere/at/all: "),
            "{error}"
        );
    }
}
