//! The RSA keys that sign access tokens, and the JWKS document that publishes their public halves.
//!
//! There may be several, so that keys can be rotated without logging anybody out: the newest signs,
//! all of them verify, and an old one is deleted when its last token has expired (30 minutes). A key
//! is known by its `kid`, the RFC 7638 thumbprint of its public half, so that every server which
//! has a key calls it by the same name.
//!
//! Keys come from one of three places: files `signing-NNNN.pem` in the data folder (the highest
//! number is the newest; the first is made on first start), PEM text in the configuration (the
//! first is the newest), or nowhere: generated in memory, gone at exit.

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use zeroize::Zeroizing;

use super::private_files::{self, FileError};
use super::public_keys::PublicKeys;

/// Why there are no usable signing keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The random source or the library failed.
    #[error("an RSA key could not be generated")]
    Generate,
    /// The text is not PEM, or holds something else than RSA private keys.
    #[error("{origin}: not an RSA private key in PEM (PKCS#1 or PKCS#8): {reason}")]
    Invalid {
        /// The file, or "the configuration".
        origin: String,
        /// What is wrong with it; never the content.
        reason: String,
    },
    /// The PEM text holds no key at all.
    #[error("{0}: no private key in it")]
    Empty(String),
    /// The data folder could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The private half of a key, and what is published of it.
struct SigningKey {
    encoding: EncodingKey,
    public: Jwk,
}

impl SigningKey {
    fn from_pem(pem: &pem::Pem, origin: &str) -> Result<Self, KeyError> {
        let invalid = |reason: String| KeyError::Invalid {
            origin: origin.to_owned(),
            reason,
        };
        let library = |error: jsonwebtoken::errors::Error| invalid(error.to_string());
        if !matches!(pem.tag(), "PRIVATE KEY" | "RSA PRIVATE KEY") {
            return Err(invalid(format!("it is a {:?}", pem.tag())));
        }
        let text = Zeroizing::new(pem::encode(pem));
        let encoding = EncodingKey::from_rsa_pem(text.as_bytes()).map_err(library)?;
        let public = Jwk::from_encoding_key(&encoding, Algorithm::RS256).map_err(library)?;
        Ok(Self { encoding, public })
    }
}

/// All keys of a server: the newest, which signs, and the public halves of all of them.
pub struct SigningKeys {
    kid: String,
    encoding: EncodingKey,
    public: Arc<PublicKeys>,
}

impl SigningKeys {
    /// One fresh key that is kept nowhere.
    pub fn generate() -> Result<Self, KeyError> {
        Self::from_pem(&generate_pem()?)
    }

    /// Keys from configuration: one or more PEM blocks, of which the first signs.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        const ORIGIN: &str = "the configuration";
        Self::new(parse(text, ORIGIN)?, ORIGIN)
    }

    /// The keys in `folder`, which is created, with a first key in it, if there is none.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        private_files::create_folder(folder)?;
        if numbers(folder)?.is_empty() {
            // If another server was quicker, its key is as good as this one.
            private_files::create_new(&key_file(folder, 1), generate_pem()?.as_bytes())?;
        }
        let mut keys = Vec::new();
        for number in numbers(folder)?.into_iter().rev() {
            let path = key_file(folder, number);
            let text = Zeroizing::new(private_files::read(&path)?);
            keys.extend(parse(&text, &path.display().to_string())?);
        }
        Self::new(keys, &folder.display().to_string())
    }

    /// Adds a newer key to `folder` and opens it. Servers that are running pick it up when they
    /// start again; until then they do not know the new key's tokens, so rotate, restart all, and
    /// only then delete the old file.
    pub fn rotate(folder: &Path) -> Result<Self, KeyError> {
        private_files::create_folder(folder)?;
        let pem = generate_pem()?;
        let mut number = numbers(folder)?.last().copied().unwrap_or(0) + 1;
        while !private_files::create_new(&key_file(folder, number), pem.as_bytes())? {
            number += 1;
        }
        Self::open(folder)
    }

    /// The name of the key that signs, in the header of every token.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The key that signs.
    pub(crate) fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }

    /// The public halves of all keys.
    pub fn public(&self) -> &Arc<PublicKeys> {
        &self.public
    }

    fn new(keys: Vec<SigningKey>, origin: &str) -> Result<Self, KeyError> {
        let (encodings, jwks): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .map(|key| (key.encoding, key.public))
            .unzip();
        let empty = || KeyError::Empty(origin.to_owned());
        let encoding = encodings.into_iter().next().ok_or_else(empty)?;
        let public = PublicKeys::new(jwks).map_err(|error| KeyError::Invalid {
            origin: origin.to_owned(),
            reason: error.to_string(),
        })?;
        let newest = public.jwks().keys.first();
        let kid = newest.and_then(|jwk| jwk.common.key_id.clone());
        Ok(Self {
            kid: kid.ok_or_else(empty)?,
            encoding,
            public: Arc::new(public),
        })
    }
}

impl std::fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningKeys")
            .field("kid", &self.kid)
            .field("public", &self.public)
            .finish_non_exhaustive()
    }
}

/// A fresh key, in PEM.
pub(crate) fn generate_pem() -> Result<Zeroizing<String>, KeyError> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Generate)?;
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_| KeyError::Generate)?;
    Ok(Zeroizing::new(pem::encode(&pem::Pem::new(
        "PRIVATE KEY",
        der.as_ref(),
    ))))
}

fn parse(text: &str, origin: &str) -> Result<Vec<SigningKey>, KeyError> {
    pem::parse_many(text)
        .map_err(|error| KeyError::Invalid {
            origin: origin.to_owned(),
            reason: error.to_string(),
        })?
        .iter()
        .map(|pem| SigningKey::from_pem(pem, origin))
        .collect()
}

fn key_file(folder: &Path, number: u32) -> std::path::PathBuf {
    folder.join(format!("signing-{number:04}.pem"))
}

/// The numbers of the key files in the folder, ascending. Other files are none of our business.
fn numbers(folder: &Path) -> Result<Vec<u32>, FileError> {
    let mut numbers: Vec<u32> = private_files::list(folder)?
        .iter()
        .filter_map(|name| {
            name.strip_prefix("signing-")?
                .strip_suffix(".pem")?
                .parse()
                .ok()
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::ThumbprintHash;

    use super::*;

    #[test]
    fn the_first_start_makes_a_key_and_the_second_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let first = SigningKeys::open(&keys).unwrap();
        let second = SigningKeys::open(&keys).unwrap();
        assert_eq!(first.kid(), second.kid());
        assert_eq!(private_files::list(&keys).unwrap(), ["signing-0001.pem"]);
    }

    #[test]
    fn starts_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let kids: Vec<String> = std::thread::scope(|scope| {
            let open = || SigningKeys::open(folder.path()).unwrap().kid().to_owned();
            let starts: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
            starts
                .into_iter()
                .map(|start| start.join().unwrap())
                .collect()
        });
        assert!(kids.iter().all(|kid| *kid == kids[0]), "{kids:?}");
        assert_eq!(private_files::list(folder.path()).unwrap().len(), 1);
    }

    #[test]
    fn after_a_rotation_the_new_key_signs_and_both_verify() {
        let folder = tempfile::tempdir().unwrap();
        let old = SigningKeys::open(folder.path()).unwrap();
        let both = SigningKeys::rotate(folder.path()).unwrap();
        assert_ne!(both.kid(), old.kid());
        assert!(both.public().find(old.kid()).is_some());
        assert!(both.public().find("another").is_none());
        assert_eq!(both.public().jwks().keys.len(), 2);
    }

    #[test]
    fn the_jwks_document_has_the_public_half_only() {
        let keys = SigningKeys::generate().unwrap();
        let document = serde_json::to_value(keys.public().jwks()).unwrap();
        let key = document["keys"][0].as_object().unwrap();
        let mut members: Vec<_> = key.keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
        assert_eq!(
            (&key["alg"], &key["kty"], &key["use"]),
            (&"RS256".into(), &"RSA".into(), &"sig".into())
        );
        assert_eq!(key["kid"], keys.kid());
    }

    #[test]
    fn the_kid_is_the_thumbprint_of_rfc_7638() {
        let jwk: Jwk = serde_json::from_value(serde_json::json!({
            "kty": "RSA", "e": "AQAB",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_\
                  BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_F\
                  DW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4v\
                  MQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
        }))
        .unwrap();
        let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).unwrap();
        assert_eq!(thumbprint, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    #[test]
    fn configured_keys_keep_their_order() {
        let (a, b) = (generate_pem().unwrap(), generate_pem().unwrap());
        let keys = SigningKeys::from_pem(&format!("{}\n{}", *a, *b)).unwrap();
        assert_eq!(keys.kid(), SigningKeys::from_pem(&a).unwrap().kid());
        assert!(
            keys.public()
                .find(SigningKeys::from_pem(&b).unwrap().kid())
                .is_some()
        );
    }

    #[test]
    fn other_things_than_keys_are_refused_without_being_repeated() {
        let certificate = pem::encode(&pem::Pem::new("CERTIFICATE", [1, 2, 3]));
        let broken = pem::encode(&pem::Pem::new("PRIVATE KEY", *b"sixteen bytes or"));
        for text in ["", "hello", &certificate, &broken] {
            let error = SigningKeys::from_pem(text).unwrap_err().to_string();
            assert!(error.starts_with("the configuration: "), "{error}");
            assert!(!error.contains("c2l4dGVlbi"), "{error}");
        }
    }
}
