//! The RSA keys that sign access tokens, and the JWKS document that publishes their public halves.
//!
//! There may be several, in PEM one behind the other: the first signs, and all of them verify, so that keys are rotated without
//! logging anybody out ([`super::rotation`]). A key is known by its `kid`, the RFC 7638 thumbprint of its public half, so
//! every process that has a key calls it by the same name.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey};
use zeroize::Zeroizing;

use super::public::{PublicKeyError, PublicKeys};

/// Why there are no usable signing keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The random source or the library failed.
    #[error("an RSA key could not be generated")]
    Generate,
    /// The text is not PEM, or holds something else than RSA private keys. It is not repeated.
    #[error("not an RSA private key in PEM (PKCS#1 or PKCS#8): {0}")]
    Invalid(String),
    /// The PEM text holds no key at all.
    #[error("no private key in it")]
    Empty,
    /// A key cannot be published.
    #[error(transparent)]
    Public(#[from] PublicKeyError),
}

/// The private half of a key, and what is published of it.
struct SigningKey {
    encoding: EncodingKey,
    public: Jwk,
}

impl SigningKey {
    fn from_pem(pem: &pem::Pem) -> Result<Self, KeyError> {
        let library = |error: jsonwebtoken::errors::Error| KeyError::Invalid(error.to_string());
        if !matches!(pem.tag(), "PRIVATE KEY" | "RSA PRIVATE KEY") {
            return Err(KeyError::Invalid(format!("it is a {:?}", pem.tag())));
        }
        let text = Zeroizing::new(pem::encode(pem));
        let encoding = EncodingKey::from_rsa_pem(text.as_bytes()).map_err(library)?;
        let public = Jwk::from_encoding_key(&encoding, Algorithm::RS256).map_err(library)?;
        Ok(Self { encoding, public })
    }
}

/// The key that signs, and the public halves of all of them.
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

    /// One or more PEM blocks, of which the first signs.
    ///
    /// # Errors
    ///
    /// Where the text is not PEM, or one of its blocks is not an RSA private key of at least 2048 bits.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let blocks = pem::parse_many(text).map_err(|error| KeyError::Invalid(error.to_string()))?;
        let keys = blocks.iter().map(SigningKey::from_pem);
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let (encodings, jwks): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .map(|key| (key.encoding, key.public))
            .unzip();
        let encoding = encodings.into_iter().next().ok_or(KeyError::Empty)?;
        let public = PublicKeys::new(jwks)?;
        let first = public.jwks().keys.first();
        let kid = first.and_then(|jwk| jwk.common.key_id.clone());
        Ok(Self {
            kid: kid.ok_or(KeyError::Empty)?,
            encoding,
            public: Arc::new(public),
        })
    }

    /// The name of the key that signs, in the header of every token.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The key that signs.
    pub fn encoding(&self) -> &EncodingKey {
        &self.encoding
    }

    /// The public halves of all keys.
    pub fn public(&self) -> &Arc<PublicKeys> {
        &self.public
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
pub fn generate_pem() -> Result<Zeroizing<String>, KeyError> {
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Generate)?;
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_| KeyError::Generate)?;
    Ok(Zeroizing::new(pem::encode(&pem::Pem::new(
        "PRIVATE KEY",
        der.as_ref(),
    ))))
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::jwk::ThumbprintHash;

    use super::*;

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
            let of_keys = ["not an RSA private key in PEM", "no private key in it"];
            assert!(
                of_keys.iter().any(|what| error.starts_with(what)),
                "{error}"
            );
            assert!(!error.contains("c2l4dGVlbi"), "{error}");
        }
    }
}
