//! The public halves of our signing keys: what verifies our access tokens, and what is published for others to verify them.
//!
//! Only a process that signs needs more than this; any other is given the JWKS document alone.

use jsonwebtoken::jwk::{
    AlgorithmParameters, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash,
};
use jsonwebtoken::{Algorithm, DecodingKey};

/// RSA keys below this are refused (NIST SP 800-131A).
const MIN_MODULUS_BYTES: usize = 256;

/// Why a public key, or a document of them, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PublicKeyError {
    /// The document is not a JWKS.
    #[error("not a JWKS document (RFC 7517): {0}")]
    Document(String),
    /// It holds no key.
    #[error("there is no key in it")]
    Empty,
    /// One of the keys.
    #[error("key {position}: {reason}")]
    Key {
        /// Its place in the document, from 1.
        position: usize,
        /// What is wrong with it.
        reason: String,
    },
}

struct PublicKey {
    kid: String,
    decoding: DecodingKey,
}

/// The public halves of all our keys.
pub struct PublicKeys {
    keys: Vec<PublicKey>,
    jwks: JwkSet,
}

impl PublicKeys {
    /// Those of a JWKS document (RFC 7517), such as `/.well-known/jwks.json` of a server that signs.
    pub fn from_json(text: &str) -> Result<Self, PublicKeyError> {
        let jwks: JwkSet = serde_json::from_str(text)
            .map_err(|error| PublicKeyError::Document(error.to_string()))?;
        Self::new(jwks.keys)
    }

    /// No keys, for who is shown no token.
    pub fn none() -> Self {
        Self {
            keys: Vec::new(),
            jwks: JwkSet { keys: Vec::new() },
        }
    }

    /// These keys, named by their thumbprints whatever they are called in the document.
    pub(super) fn new(jwks: Vec<Jwk>) -> Result<Self, PublicKeyError> {
        let mut keys = Vec::with_capacity(jwks.len());
        let mut published = Vec::with_capacity(jwks.len());
        for (index, jwk) in jwks.into_iter().enumerate() {
            let (key, jwk) = read(jwk).map_err(|reason| PublicKeyError::Key {
                position: index + 1,
                reason,
            })?;
            keys.push(key);
            published.push(jwk);
        }
        if keys.is_empty() {
            return Err(PublicKeyError::Empty);
        }
        Ok(Self {
            keys,
            jwks: JwkSet { keys: published },
        })
    }

    /// The key with that name.
    pub fn find(&self, kid: &str) -> Option<&DecodingKey> {
        let key = self.keys.iter().find(|key| key.kid == kid);
        key.map(|key| &key.decoding)
    }

    /// The document, to be published at `/.well-known/jwks.json`.
    pub fn jwks(&self) -> &JwkSet {
        &self.jwks
    }
}

impl std::fmt::Debug for PublicKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids = self.keys.iter().map(|key| &key.kid);
        f.debug_list().entries(kids).finish()
    }
}

fn read(mut jwk: Jwk) -> Result<(PublicKey, Jwk), String> {
    let library = |error: jsonwebtoken::errors::Error| error.to_string();
    let AlgorithmParameters::RSA(public) = &jwk.algorithm else {
        return Err("it is not RSA".to_owned());
    };
    if jwk
        .common
        .key_algorithm
        .is_some_and(|named| named != KeyAlgorithm::RS256)
    {
        return Err(format!("it is not for {:?}", Algorithm::RS256));
    }
    // Base64url without padding: three bytes in four characters.
    if public.n.len() * 3 / 4 < MIN_MODULUS_BYTES {
        return Err("it has fewer than 2048 bits".to_owned());
    }
    let decoding = DecodingKey::from_rsa_components(&public.n, &public.e).map_err(library)?;
    let kid = jwk.thumbprint(ThumbprintHash::SHA256).map_err(library)?;
    jwk.common.key_id = Some(kid.clone());
    jwk.common.key_algorithm = Some(KeyAlgorithm::RS256);
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok((PublicKey { kid, decoding }, jwk))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::signing::SigningKeys;

    #[test]
    fn the_published_document_is_all_that_verifying_needs() {
        let keys = SigningKeys::generate().unwrap();
        let document = serde_json::to_string(keys.public().jwks()).unwrap();
        let public = PublicKeys::from_json(&document).unwrap();
        assert!(public.find(keys.kid()).is_some() && public.find("another").is_none());
        assert_eq!(serde_json::to_string(public.jwks()).unwrap(), document);
    }

    #[test]
    fn what_can_not_verify_is_refused_with_its_place() {
        let symmetric = r#"{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}"#;
        let short = r#"{"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}"#;
        let broken = format!(
            r#"{{"keys": [{{"kty": "RSA", "n": "{}", "e": "AQAB"}}]}}"#,
            "!".repeat(344)
        );
        for (text, message) in [
            ("hello", "not a JWKS document (RFC 7517): "),
            (r#"{"keys": []}"#, "there is no key in it"),
            (symmetric, "key 1: it is not RSA"),
            (short, "key 1: it has fewer than 2048 bits"),
            (&broken, "key 1: "),
        ] {
            let error = PublicKeys::from_json(text).unwrap_err().to_string();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }
}
