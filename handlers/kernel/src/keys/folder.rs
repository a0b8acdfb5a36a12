//! The keys of a data folder: `keys/signing-keys.pem` and `keys/secret.key`, made on the first start.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::rotation::{self, KeyKind, RotationError};
use crate::private_files::{self, FileError};

/// The folder of the key files.
pub const KEYS: &str = "keys";

/// The folder of the keys in a data folder.
pub fn folder(data: &Path) -> PathBuf {
    data.join(KEYS)
}

/// The file with the keys of this kind in a data folder.
pub fn file(data: &Path, kind: KeyKind) -> PathBuf {
    let name = match kind {
        KeyKind::SigningKeys => "signing-keys.pem",
        KeyKind::Secret => "secret.key",
    };
    folder(data).join(name)
}

/// Whether a data folder has keys of this kind.
///
/// # Errors
///
/// Where the folder cannot be read.
pub fn has(data: &Path, kind: KeyKind) -> Result<bool, FileError> {
    if file(data, kind).exists() {
        return Ok(true);
    }
    Ok(kind == KeyKind::SigningKeys && !numbered(&folder(data))?.is_empty())
}

/// Makes the keys of this kind where there are none.
///
/// # Errors
///
/// Where they cannot be written.
pub fn ensure(data: &Path, kind: KeyKind) -> Result<PathBuf, RotationError> {
    let path = file(data, kind);
    if path.exists() {
        return Ok(path);
    }
    if kind == KeyKind::SigningKeys && adopt_numbered(&folder(data), &path)? {
        return Ok(path);
    }
    match rotation::create(kind, &path) {
        // Another server may have written its key first; that one is used.
        Ok(_) | Err(RotationError::Exists(_)) => Ok(path),
        Err(error) => Err(error),
    }
}

/// Before there was one file, each key had its own, `signing-NNNN.pem`, and the highest number signed.
fn adopt_numbered(keys: &Path, path: &Path) -> Result<bool, FileError> {
    let names = numbered(keys)?;
    let mut all = Zeroizing::new(String::new());
    for name in names.iter().rev() {
        all.push_str(Zeroizing::new(private_files::read(&keys.join(name))?).trim_end());
        all.push('\n');
    }
    if names.is_empty() || !private_files::create_new(path, all.as_bytes())? {
        return Ok(false);
    }
    for name in names {
        private_files::remove(&keys.join(name))?;
    }
    Ok(true)
}

/// The names of such files, in the order of their numbers.
fn numbered(keys: &Path) -> Result<Vec<String>, FileError> {
    if !keys.exists() {
        return Ok(Vec::new());
    }
    let number = |name: &str| -> Option<u32> {
        let digits = name.strip_prefix("signing-")?.strip_suffix(".pem")?;
        digits.parse().ok()
    };
    let names = private_files::list(keys)?.into_iter();
    let mut numbered: Vec<_> = names
        .filter_map(|name| Some((number(&name)?, name)))
        .collect();
    numbered.sort_unstable();
    Ok(numbered.into_iter().map(|(_, name)| name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_keys_and_the_second_finds_them() {
        let data = tempfile::tempdir().unwrap();
        for kind in [KeyKind::SigningKeys, KeyKind::Secret] {
            assert!(!has(data.path(), kind).unwrap());
            let path = ensure(data.path(), kind).unwrap();
            assert!(has(data.path(), kind).unwrap());
            let first = private_files::read(&path).unwrap();
            assert_eq!(ensure(data.path(), kind).unwrap(), path);
            assert_eq!(private_files::read(&path).unwrap(), first);
        }
        let names = private_files::list(&folder(data.path())).unwrap();
        assert_eq!(names, ["secret.key", "signing-keys.pem"]);
    }

    #[test]
    fn starts_at_once_agree_on_one_key() {
        let data = tempfile::tempdir().unwrap();
        let texts: Vec<String> = std::thread::scope(|scope| {
            let open = || {
                let path = ensure(data.path(), KeyKind::Secret).unwrap();
                private_files::read(&path).unwrap()
            };
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            let starts = starts.into_iter();
            starts.map(|start| start.join().unwrap()).collect()
        });
        assert!(texts.iter().all(|text| *text == texts[0]));
    }

    #[test]
    fn keys_of_former_data_folders_are_taken_over_in_their_order() {
        let data = tempfile::tempdir().unwrap();
        let mut made = Vec::new();
        for name in ["signing-0002.pem", "signing-0010.pem"] {
            let path = folder(data.path()).join(name);
            let list = rotation::create(KeyKind::SigningKeys, &path).unwrap();
            made.extend(list.ids().map(str::to_owned));
        }
        assert!(has(data.path(), KeyKind::SigningKeys).unwrap());
        let path = ensure(data.path(), KeyKind::SigningKeys).unwrap();
        let list = rotation::read(KeyKind::SigningKeys, &path).unwrap();
        made.reverse();
        assert!(list.ids().eq(made.iter().map(String::as_str)));
        let names = private_files::list(&folder(data.path())).unwrap();
        assert_eq!(names, ["signing-keys.pem"]);
    }
}
