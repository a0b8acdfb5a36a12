//! Files that only their owner may read: those in the data folder, and keys elsewhere.

#[cfg(feature = "server")]
mod write;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[cfg(feature = "server")]
pub use write::*;

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

/// Reads a file.
pub fn read(path: &Path) -> Result<String, FileError> {
    fs::read_to_string(path).map_err(FileError::at(path))
}

/// The same on a thread where it may block.
pub async fn read_aside(path: &Path) -> Result<String, FileError> {
    let file = path.to_owned();
    let reading = tokio::task::spawn_blocking(move || read(&file));
    // It fails only where the process is about to end.
    let ended = |error: tokio::task::JoinError| Err(FileError::at(path)(io::Error::other(error)));
    reading.await.unwrap_or_else(ended)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_file() {
        let error = read(Path::new("/nowhere/at/all")).unwrap_err();
        assert!(
            error.to_string().starts_with("/nowhere/at/all: "),
            "{error}"
        );
    }
}
