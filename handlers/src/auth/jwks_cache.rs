//! The public keys of an issuer elsewhere, fetched from its JWKS document and kept.
//!
//! The document is not in our hands and the network is not either, so:
//! - requests verify from memory; at most one fetch is under way at a time (single flight);
//! - an unknown `kid` may be a new key, so it causes a fetch, but not more than one in
//!   [`JwksPolicy::min_interval`]: tokens with invented names must not turn us against the issuer;
//! - when a fetch fails, the keys that we have stay good for [`JwksPolicy::max_stale`];
//! - time-outs, the document's size and the number of keys are bounded, redirects are not followed;
//! - a key is pinned to one algorithm, and symmetric and encryption keys are passed over.
//!
//! There is no background task: on Lambda nothing runs between requests. The request that finds the
//! keys old fetches new ones, while all others go on with the old.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use civicforge_kernel::aws::{self, Trust};
use civicforge_runtime::call::Call;
use civicforge_runtime::trace::TRACE_HEADER;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

/// The most keys that are read from a document.
const MAX_KEYS: usize = 64;

const USER_AGENT: &str = concat!("civicforge/", env!("CARGO_PKG_VERSION"));

/// When keys are fetched, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JwksPolicy {
    /// After this long, keys are fetched again although all `kid`s are known.
    pub max_age: Duration,
    /// How long keys are good if they cannot be fetched again.
    pub max_stale: Duration,
    /// The least time between two fetches.
    pub min_interval: Duration,
    /// How long one fetch may take, from connecting to the last byte.
    pub timeout: Duration,
    /// The most bytes of a document.
    pub max_bytes: usize,
}

impl Default for JwksPolicy {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(60 * 60),
            max_stale: Duration::from_secs(24 * 60 * 60),
            min_interval: Duration::from_secs(10),
            timeout: Duration::from_secs(3),
            max_bytes: 256 * 1024,
        }
    }
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyLookupError {
    /// The issuer does not publish a key of that name: the token is not good.
    #[error("unknown key")]
    Unknown,
    /// The keys cannot be had: nothing can be said about the token.
    #[error("the issuer's keys are not available")]
    Unavailable,
}

/// A public key and the one algorithm that it may be used with.
#[derive(Debug)]
pub struct PinnedKey {
    /// The key's name.
    pub kid: String,
    /// Its algorithm.
    pub algorithm: Algorithm,
    /// The key.
    pub key: DecodingKey,
}

/// What one fetch brought.
#[derive(Debug)]
struct Fetched {
    keys: Vec<Arc<PinnedKey>>,
    at: Instant,
}

/// The keys of one issuer.
#[derive(Debug)]
pub struct JwksCache {
    url: Url,
    policy: JwksPolicy,
    http: SharedHttpConnector,
    fetched: RwLock<Option<Arc<Fetched>>>,
    /// When the last fetch was begun. Held while fetching.
    last_try: Mutex<Option<Instant>>,
}

/// Why a fetch failed; for the log.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error("{0}")]
    Http(String),
    #[error("the response has status {0}")]
    Status(u16),
    #[error("the document is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the document is not a JWK set")]
    NotJwks,
    #[error("the document holds no key that could verify a token")]
    NoKeys,
}

impl JwksCache {
    /// A cache that fetches from `url` with `http` (see [`JwksCache::client`]) when first asked.
    pub fn new(url: Url, policy: JwksPolicy, http: SharedHttpConnector) -> Self {
        Self {
            url,
            policy,
            http,
            fetched: RwLock::new(None),
            last_try: Mutex::new(None),
        }
    }

    /// An HTTP client as the cache needs it. One will do for all issuers.
    pub fn client(trust: Trust) -> SharedHttpConnector {
        aws::connector(trust)
    }

    /// The key of that name, from memory if possible.
    pub async fn key(&self, kid: &str) -> Result<Arc<PinnedKey>, KeyLookupError> {
        let fetched = self.current();
        if let Some(key) = find(fetched.as_deref(), kid) {
            let stale = fetched.is_none_or(|fetched| fetched.at.elapsed() >= self.policy.max_age);
            if !stale {
                return Ok(key);
            }
            // One request fetches; the others do not wait for it.
            if let Ok(mut last_try) = self.last_try.try_lock() {
                self.fetch_if_allowed(&mut last_try).await;
            }
        } else {
            let mut last_try = self.last_try.lock().await;
            // While this request waited, another may have brought the key.
            if let Some(key) = find(self.current().as_deref(), kid) {
                return Ok(key);
            }
            self.fetch_if_allowed(&mut last_try).await;
        }
        let fetched = self.current().ok_or(KeyLookupError::Unavailable)?;
        find(Some(&fetched), kid).ok_or(KeyLookupError::Unknown)
    }

    /// The keys, unless they are too old to be trusted.
    fn current(&self) -> Option<Arc<Fetched>> {
        let fetched = self
            .fetched
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        fetched.filter(|fetched| fetched.at.elapsed() < self.policy.max_stale)
    }

    async fn fetch_if_allowed(&self, last_try: &mut Option<Instant>) {
        if last_try.is_some_and(|at| at.elapsed() < self.policy.min_interval) {
            return;
        }
        *last_try = Some(Instant::now());
        match tokio::time::timeout(self.policy.timeout, self.fetch()).await {
            Ok(Ok(keys)) => {
                tracing::debug!(url = %self.url, keys = keys.len(), "fetched an issuer's keys");
                let fetched = Arc::new(Fetched {
                    keys,
                    at: Instant::now(),
                });
                *self.fetched.write().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
            }
            Ok(Err(error)) => {
                tracing::warn!(url = %self.url, %error, "an issuer's keys could not be fetched");
            }
            Err(_) => tracing::warn!(url = %self.url, "fetching an issuer's keys took too long"),
        }
    }

    async fn fetch(&self) -> Result<Vec<Arc<PinnedKey>>, FetchError> {
        let call = Call::begin("JWKS", "GET");
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri(self.url.as_str()).map_err(http)?;
        let headers = request.headers_mut();
        headers.insert("accept", "application/json");
        headers.insert("user-agent", USER_AGENT);
        if let Some(trace) = call.header() {
            headers.insert(TRACE_HEADER, trace);
        }
        let sent = self.http.call(request).await;
        call.end(match &sent {
            Ok(response) => Ok(response.status().as_u16()),
            Err(_) => Err("no answer"),
        });
        let response = sent.map_err(http)?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(FetchError::Status(status));
        }
        let mut chunks = ByteStream::new(response.into_body());
        let mut body = Vec::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(http)?;
            if body.len() + chunk.len() > self.policy.max_bytes {
                return Err(FetchError::TooLarge(self.policy.max_bytes));
            }
            body.extend_from_slice(&chunk);
        }
        let document: Value = serde_json::from_slice(&body).map_err(|_| FetchError::NotJwks)?;
        let keys = document
            .get("keys")
            .and_then(Value::as_array)
            .ok_or(FetchError::NotJwks)?;
        let keys: Vec<_> = keys
            .iter()
            .take(MAX_KEYS)
            .filter_map(pin)
            .map(Arc::new)
            .collect();
        // An empty document replacing good keys would lock everybody out.
        if keys.is_empty() {
            Err(FetchError::NoKeys)
        } else {
            Ok(keys)
        }
    }
}

fn find(fetched: Option<&Fetched>, kid: &str) -> Option<Arc<PinnedKey>> {
    fetched?.keys.iter().find(|key| key.kid == kid).cloned()
}

/// A key that can verify tokens, with its algorithm; none if it cannot. One odd key in a document
/// must not spoil the others, so each is read for itself.
fn pin(jwk: &Value) -> Option<PinnedKey> {
    let jwk: Jwk = serde_json::from_value(jwk.clone()).ok()?;
    if jwk
        .common
        .public_key_use
        .as_ref()
        .is_some_and(|usage| *usage != PublicKeyUse::Signature)
    {
        return None;
    }
    let stated = match jwk.common.key_algorithm {
        Some(algorithm) => Some(algorithm.to_string().parse().ok()?),
        None => None,
    };
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => stated.unwrap_or(RS256),
        AlgorithmParameters::EllipticCurve(params) => match params.curve {
            EllipticCurve::P256 => ES256,
            EllipticCurve::P384 => ES384,
            _ => return None,
        },
        AlgorithmParameters::OctetKeyPair(_) => EdDSA,
        // A published symmetric key is anybody's.
        _ => return None,
    };
    let fits = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => {
            matches!(algorithm, RS256 | RS384 | RS512 | PS256 | PS384 | PS512)
        }
        _ => stated.is_none_or(|stated| stated == algorithm),
    };
    if !fits {
        return None;
    }
    let key = DecodingKey::from_jwk(&jwk).ok()?;
    Some(PinnedKey {
        kid: jwk.common.key_id?,
        algorithm,
        key,
    })
}

fn http(error: impl std::error::Error) -> FetchError {
    FetchError::Http(aws::reasons(&error))
}

#[cfg(test)]
#[path = "jwks_cache_tests.rs"]
pub(super) mod tests;
