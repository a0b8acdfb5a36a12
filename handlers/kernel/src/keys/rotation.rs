//! Rotating keys while every process goes on.
//!
//! Keys of one kind are a list: the first one is used, and the others are accepted. A rotation adds a second key, which every
//! process then accepts; promotes it to the first place, from where it is used; and retires the other one when nothing that was
//! made with it is good any more. A process that knows the list of one step earlier accepts everything that is made by one that
//! knows the next.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::secret::{Secret, SecretError};
use super::signing::{KeyError, SigningKeys, generate_pem};
use crate::private_files::{self, FileError};

/// What the keys of a list are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum KeyKind {
    /// The RSA keys that sign access tokens
    SigningKeys,
    /// The secret that authenticates page tokens
    Secret,
}

/// Keys of one kind, in their order.
#[derive(Debug)]
pub struct KeyList {
    kind: KeyKind,
    keys: Vec<Key>,
}

struct Key {
    id: String,
    text: Zeroizing<String>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.id)
    }
}

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It holds something else than signing keys.
    #[error(transparent)]
    Signing(#[from] KeyError),
    /// It holds something else than secrets.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

/// Why a step would lose something, or makes no sense now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// There are two keys already.
    #[error("a rotation is under way: promote the second key, or retire what is not used")]
    InFlightCall,
    /// There is no second key.
    #[error("there is no second key that could be used: add one first")]
    NoSecond,
    /// There is but one key.
    #[error("there is only the key that is used")]
    OnlyOne,
}

impl KeyList {
    /// One fresh key.
    ///
    /// # Errors
    ///
    /// Where the random source fails.
    pub fn generate(kind: KeyKind) -> Result<Self, ListError> {
        let keys = vec![Key::generate(kind)?];
        Ok(Self { kind, keys })
    }

    /// The keys of a file's text.
    ///
    /// # Errors
    ///
    /// Where it holds none, or something else.
    pub fn parse(kind: KeyKind, text: &str) -> Result<Self, ListError> {
        let keys = match kind {
            KeyKind::SigningKeys => {
                // Checked as a whole, so that what a server would refuse is refused here.
                SigningKeys::from_pem(text)?;
                let blocks = pem::parse_many(text).map_err(|e| KeyError::Invalid(e.to_string()))?;
                let texts = blocks.iter().map(pem::encode).map(Zeroizing::new);
                texts.map(|text| Key::of(kind, text)).collect()
            }
            KeyKind::Secret => {
                Secret::from_lines(text)?;
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let texts = lines.map(|line| Zeroizing::new(line.to_owned()));
                texts.map(|text| Key::of(kind, text)).collect()
            }
        };
        let keys: Result<_, ListError> = keys;
        Ok(Self { kind, keys: keys? })
    }

    /// The names of the keys: the `kid` of a signing key, and what a secret may be called.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    /// What a file has to say.
    pub fn text(&self) -> Zeroizing<String> {
        let lines = self.keys.iter().map(|key| key.text.trim_end());
        let mut text = Zeroizing::new(String::new());
        for line in lines {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Adds a second key, which is accepted and not used yet.
    ///
    /// # Errors
    ///
    /// [`StepError::InFlightCall`] where there is a second key.
    pub fn add(&mut self) -> Result<(), RotationError> {
        if self.keys.len() > 1 {
            return Err(StepError::InFlightCall.into());
        }
        self.keys.push(Key::generate(self.kind)?);
        Ok(())
    }

    /// Uses the second key; the other one is still accepted.
    ///
    /// # Errors
    ///
    /// [`StepError::NoSecond`] unless there are two keys.
    pub fn promote(&mut self) -> Result<(), RotationError> {
        match self.keys.as_mut_slice() {
            [first, second] => std::mem::swap(first, second),
            _ => return Err(StepError::NoSecond.into()),
        }
        Ok(())
    }

    /// Takes away whatever is not used.
    ///
    /// # Errors
    ///
    /// [`StepError::OnlyOne`] where there is nothing to take away.
    pub fn retire(&mut self) -> Result<(), RotationError> {
        if self.keys.len() < 2 {
            return Err(StepError::OnlyOne.into());
        }
        self.keys.truncate(1);
        Ok(())
    }
}

impl Key {
    fn generate(kind: KeyKind) -> Result<Self, ListError> {
        let text = match kind {
            KeyKind::SigningKeys => generate_pem()?,
            KeyKind::Secret => Secret::generate()?,
        };
        Self::of(kind, text)
    }

    fn of(kind: KeyKind, text: Zeroizing<String>) -> Result<Self, ListError> {
        let id = match kind {
            KeyKind::SigningKeys => SigningKeys::from_pem(&text)?.kid().to_owned(),
            KeyKind::Secret => Secret::from_base64(&text)?.id(),
        };
        Ok(Self { id, text })
    }
}

/// Why the keys of a file are as they were.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The file.
    #[error(transparent)]
    File(#[from] FileError),
    /// There is such a file.
    #[error("{} exists already\n  Use add, promote and retire to replace what is in it.", .0.display())]
    Exists(PathBuf),
    /// What is in it.
    #[error("{} cannot be used: {source}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ListError,
    },
    /// A key cannot be made.
    #[error(transparent)]
    Generate(#[from] ListError),
    /// The step.
    #[error(transparent)]
    Step(#[from] StepError),
}

/// The keys of a file.
///
/// # Errors
///
/// Where it cannot be read, or holds something else.
pub fn read(kind: KeyKind, path: &Path) -> Result<KeyList, RotationError> {
    let text = Zeroizing::new(private_files::read(path)?);
    KeyList::parse(kind, &text).map_err(|source| RotationError::Content {
        path: path.to_owned(),
        source,
    })
}

/// A file with one fresh key, in a folder that is made where there is none.
///
/// # Errors
///
/// [`RotationError::Exists`] where there is such a file, which stays as it is.
pub fn create(kind: KeyKind, path: &Path) -> Result<KeyList, RotationError> {
    let list = KeyList::generate(kind)?;
    private_files::create_folder(private_files::folder_of(path))?;
    match private_files::create_new(path, list.text().as_bytes())? {
        true => Ok(list),
        false => Err(RotationError::Exists(path.to_owned())),
    }
}

/// Changes the keys of a file. Whoever reads it meanwhile sees those from before or those from after; of two changes at once
/// the second one begins with what the first one left.
///
/// # Errors
///
/// Whatever is wrong with the file or the step; the file is as it was then.
pub fn change(
    kind: KeyKind,
    path: &Path,
    step: impl FnOnce(&mut KeyList) -> Result<(), RotationError>,
) -> Result<KeyList, RotationError> {
    // The name may be a link to where the file is.
    let path = private_files::resolve(path)?;
    let _lock = private_files::lock_folder(private_files::folder_of(&path))?;
    let mut list = read(kind, &path)?;
    step(&mut list)?;
    private_files::replace(&path, list.text().as_bytes())?;
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [KeyKind; 2] = [KeyKind::SigningKeys, KeyKind::Secret];

    fn ids(list: &KeyList) -> Vec<String> {
        list.ids().map(str::to_owned).collect()
    }

    #[test]
    fn a_rotation_ends_with_the_key_that_it_added() {
        for kind in KINDS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("deeper/keys");
            let old = ids(&create(kind, &path).unwrap());
            let both = ids(&change(kind, &path, KeyList::add).unwrap());
            assert_eq!((both.len(), &both[..1]), (2, &old[..]), "{kind:?}");
            let promoted = ids(&change(kind, &path, KeyList::promote).unwrap());
            assert_eq!(promoted, [&both[1..], &both[..1]].concat());
            assert_eq!(ids(&read(kind, &path).unwrap()), promoted);
            let retired = ids(&change(kind, &path, KeyList::retire).unwrap());
            assert_eq!(retired, both[1..]);
            assert_eq!(ids(&read(kind, &path).unwrap()), retired);
        }
    }

    #[test]
    fn a_step_that_makes_no_sense_changes_nothing() {
        for kind in KINDS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("keys");
            create(kind, &path).unwrap();
            let before = private_files::read(&path).unwrap();
            let refuse = |step: fn(&mut KeyList) -> Result<(), RotationError>, why: StepError| {
                let error = change(kind, &path, step).unwrap_err();
                assert!(
                    matches!(error, RotationError::Step(found) if found == why),
                    "{error}"
                );
            };
            refuse(KeyList::promote, StepError::NoSecond);
            refuse(KeyList::retire, StepError::OnlyOne);
            assert_eq!(private_files::read(&path).unwrap(), before);
            change(kind, &path, KeyList::add).unwrap();
            refuse(KeyList::add, StepError::InFlightCall);
            let error = create(kind, &path).unwrap_err();
            assert!(matches!(error, RotationError::Exists(_)), "{error}");
        }
    }

    #[test]
    fn of_many_changes_at_once_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        create(KeyKind::Secret, &path).unwrap();
        let added = std::thread::scope(|scope| {
            let add = || change(KeyKind::Secret, &path, KeyList::add);
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(add)).collect();
            let all = threads.into_iter().map(|thread| thread.join().unwrap());
            all.filter(Result::is_ok).count()
        });
        assert_eq!(added, 1);
        assert_eq!(read(KeyKind::Secret, &path).unwrap().ids().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn a_change_goes_through_a_link_and_keeps_the_file_private() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        create(KeyKind::Secret, &real).unwrap();
        symlink(&real, &link).unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
        change(KeyKind::Secret, &link, KeyList::add).unwrap();
        assert_eq!(read(KeyKind::Secret, &real).unwrap().ids().count(), 2);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        let mode = real.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o640);
    }

    #[test]
    fn a_file_with_something_else_is_named_and_not_repeated() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys");
        std::fs::write(&path, "hunter2").unwrap();
        for kind in KINDS {
            let error = change(kind, &path, KeyList::add).unwrap_err().to_string();
            let place = path.display().to_string();
            assert!(
                error.starts_with(&place) && !error.contains("hunter2"),
                "{error}"
            );
            assert_eq!(std::fs::read_to_string(&path).unwrap(), "hunter2");
        }
    }
}
