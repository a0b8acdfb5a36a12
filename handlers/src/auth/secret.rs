//! One 32-byte secret per installation, and the keys derived from it.
//!
//! Page tokens are authenticated and requests that hold a password are fingerprinted with a key, and no two purposes
//! may share one: a tag made for the first must mean nothing to the second. Each purpose has a
//! label, and its key is the HMAC of the label under the secret.

use std::path::Path;

use aws_lc_rs::{constant_time, hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

use super::private_files::{self, FileError};

/// The bytes of the secret.
const LENGTH: usize = 32;

/// The file in the key folder.
const FILE: &str = "secret.key";

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The operating system has no random bytes.
    #[error("no random bytes for a secret")]
    Random,
    /// The text is something else. It is not repeated.
    #[error("{0}: not 32 bytes in base64")]
    Invalid(String),
    /// The data folder could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The secret itself. Only keys derived from it are used.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; LENGTH]>);

impl Secret {
    /// A fresh secret that is kept nowhere: page tokens end with the process.
    pub fn generate() -> Result<Self, SecretError> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        rand::fill(bytes.as_mut()).map_err(|_| SecretError::Random)?;
        Ok(Self(bytes))
    }

    /// A secret from configuration: 32 bytes in base64, padded or not.
    pub fn from_base64(text: &str) -> Result<Self, SecretError> {
        Self::decode(text, "the configuration")
    }

    /// The secret in `folder`, made there on first start.
    pub fn open(folder: &Path) -> Result<Self, SecretError> {
        private_files::create_folder(folder)?;
        let path = folder.join(FILE);
        if !path.exists() {
            let text = Zeroizing::new(STANDARD_NO_PAD.encode(Self::generate()?.0.as_ref()));
            private_files::create_new(&path, text.as_bytes())?;
        }
        let text = Zeroizing::new(private_files::read(&path)?);
        Self::decode(&text, &path.display().to_string())
    }

    /// The key for one purpose.
    pub fn derive(&self, label: &str) -> DerivedKey {
        let root = hmac::Key::new(hmac::HMAC_SHA256, self.0.as_ref());
        let derived = hmac::sign(&root, label.as_bytes());
        DerivedKey(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
    }

    fn decode(text: &str, origin: &str) -> Result<Self, SecretError> {
        let invalid = || SecretError::Invalid(origin.to_owned());
        let bytes = STANDARD_NO_PAD
            .decode(text.trim().trim_end_matches('='))
            .map_err(|_| invalid())?;
        let bytes = Zeroizing::new(bytes);
        let bytes: [u8; LENGTH] = bytes.as_slice().try_into().map_err(|_| invalid())?;
        Ok(Self(Zeroizing::new(bytes)))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// A key for one purpose: it makes and checks HMAC-SHA-256 tags.
#[derive(Clone, Debug)]
pub struct DerivedKey(hmac::Key);

impl DerivedKey {
    /// The tag of `data`.
    pub fn tag(&self, data: &[u8]) -> [u8; LENGTH] {
        let mut tag = [0; LENGTH];
        tag.copy_from_slice(hmac::sign(&self.0, data).as_ref());
        tag
    }

    /// Whether `tag` is the tag of `data`, in constant time. A shortened tag is not.
    pub fn verifies(&self, data: &[u8], tag: &[u8]) -> bool {
        constant_time::verify_slices_are_equal(&self.tag(data), tag).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_survives_a_restart_and_purposes_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let tag = Secret::open(folder.path())
            .unwrap()
            .derive("page-token")
            .tag(b"data");
        let again = Secret::open(folder.path()).unwrap();
        assert!(again.derive("page-token").verifies(b"data", &tag));
        assert!(!again.derive("email").verifies(b"data", &tag));
        assert!(!again.derive("page-token").verifies(b"datb", &tag));
        assert!(!again.derive("page-token").verifies(b"data", &tag[..16]));
        assert!(
            !Secret::generate()
                .unwrap()
                .derive("page-token")
                .verifies(b"data", &tag)
        );
    }

    #[test]
    fn starts_at_once_agree_on_one_secret() {
        let folder = tempfile::tempdir().unwrap();
        let tags: Vec<_> = std::thread::scope(|scope| {
            let open = || Secret::open(folder.path()).unwrap().derive("x").tag(b"");
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(tags.iter().all(|tag| *tag == tags[0]));
    }

    #[test]
    fn configured_secrets_are_32_bytes_and_never_printed() {
        let text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        assert!(Secret::from_base64(text).is_ok());
        assert_eq!(
            format!("{:?}", Secret::from_base64(text).unwrap()),
            "Secret([redacted])"
        );
        for wrong in ["", "AAEC", "not base64!", &text.repeat(2)] {
            let error = Secret::from_base64(wrong).unwrap_err().to_string();
            assert_eq!(error, "the configuration: not 32 bytes in base64");
        }
    }
}
