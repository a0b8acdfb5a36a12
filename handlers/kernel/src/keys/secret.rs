//! The 32-byte secrets of an installation, and the keys derived from them.
//!
//! Page tokens are authenticated and requests that hold a password are fingerprinted with a key, and no two purposes
//! may share one: a tag made for the first must mean nothing to the second. Each purpose has a
//! label, and its key comes from the secret and the label by HKDF with SHA-256 (RFC 5869).
//!
//! There may be several secrets, one in a line: the first is used, and what was made with another one is still accepted
//! ([`super::rotation`]).

use aws_lc_rs::{constant_time, hkdf, hmac, rand};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// The bytes of a secret.
const LENGTH: usize = 32;

/// Why there is no secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The operating system has no random bytes.
    #[error("no random bytes for a secret")]
    Random,
    /// The text is something else. It is not repeated.
    #[error("not 32 bytes in base64")]
    Invalid,
    /// One of several lines is something else. It is not repeated.
    #[error("line {0}: not 32 bytes in base64")]
    InvalidLine(usize),
}

/// The secret itself. Only keys derived from it are used.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; LENGTH]>);

impl Secret {
    /// A fresh secret in base64, without a line break.
    pub fn generate() -> Result<Zeroizing<String>, SecretError> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        rand::fill(bytes.as_mut()).map_err(|_| SecretError::Random)?;
        Ok(Zeroizing::new(STANDARD_NO_PAD.encode(bytes.as_ref())))
    }

    /// 32 bytes in base64, padded or not.
    pub fn from_base64(text: &str) -> Result<Self, SecretError> {
        let bytes = STANDARD_NO_PAD
            .decode(text.trim().trim_end_matches('='))
            .map_err(|_| SecretError::Invalid)?;
        let bytes = Zeroizing::new(bytes);
        let bytes: [u8; LENGTH] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| SecretError::Invalid)?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// One or more secrets, each in a line of its own. Empty lines are passed over.
    ///
    /// # Errors
    ///
    /// Where there is none, or a line is something else.
    pub fn from_lines(text: &str) -> Result<Vec<Self>, SecretError> {
        let lines = text.lines().enumerate();
        let lines: Vec<_> = lines.filter(|(_, line)| !line.trim().is_empty()).collect();
        match lines.as_slice() {
            [] => Err(SecretError::Invalid),
            [(_, line)] => Ok(vec![Self::from_base64(line)?]),
            several => several
                .iter()
                .map(|(index, line)| {
                    Self::from_base64(line).map_err(|_| SecretError::InvalidLine(index + 1))
                })
                .collect(),
        }
    }

    /// What the secret may be called where others read it. Nothing else can be learned from it.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.derive("id").tag(b"")[..12])
    }

    /// The key for one purpose.
    #[expect(
        clippy::expect_used,
        reason = "HKDF fails for more than 8,160 bytes alone"
    )]
    pub fn derive(&self, label: &str) -> DerivedKey {
        // The secret is 32 random bytes, so that nothing has to be extracted.
        let secret = hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, self.0.as_ref());
        let info = [label.as_bytes()];
        let derived = secret.expand(&info, hmac::HMAC_SHA256);
        DerivedKey(derived.expect("32 bytes").into())
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

    const TEXT: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    #[test]
    fn purposes_and_secrets_do_not_mix() {
        let secret = Secret::from_base64(TEXT).unwrap();
        let tag = secret.derive("page-token").tag(b"data");
        let again = Secret::from_base64(TEXT.trim_end_matches('=')).unwrap();
        assert!(again.derive("page-token").verifies(b"data", &tag));
        assert!(!again.derive("email").verifies(b"data", &tag));
        assert!(!again.derive("page-token").verifies(b"datb", &tag));
        assert!(!again.derive("page-token").verifies(b"data", &tag[..16]));
        let other = Secret::from_base64(&Secret::generate().unwrap()).unwrap();
        assert!(!other.derive("page-token").verifies(b"data", &tag));
        assert_eq!(secret.id(), again.id());
        assert_ne!(secret.id(), other.id());
    }

    #[test]
    fn of_several_lines_each_is_a_secret() {
        let other = Secret::generate().unwrap();
        let ids = |text: &str| -> Vec<String> {
            let secrets = Secret::from_lines(text).unwrap();
            secrets.iter().map(Secret::id).collect()
        };
        let both = ids(&format!("{TEXT}\r\n\n{}\n", *other));
        assert_eq!(both, [ids(TEXT), ids(&other)].concat());
        let error = Secret::from_lines(&format!("{TEXT}\n\nhunter2")).unwrap_err();
        assert_eq!(error.to_string(), "line 3: not 32 bytes in base64");
    }

    #[test]
    fn secrets_are_32_bytes_and_never_printed() {
        assert_eq!(
            format!("{:?}", Secret::from_base64(TEXT).unwrap()),
            "Secret([redacted])"
        );
        for wrong in ["", "AAEC", "not base64!", &TEXT.repeat(2)] {
            let error = Secret::from_lines(wrong).unwrap_err().to_string();
            assert_eq!(error, "not 32 bytes in base64");
        }
    }
}
