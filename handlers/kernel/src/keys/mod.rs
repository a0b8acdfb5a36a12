//! The keys of an installation: those that sign and verify access tokens, and those derived from its secret.
//!
//! Processes that serve one installation have the same keys, from a file, from AWS Secrets Manager or from a variable
//! ([`source`]). Files and Secrets Manager are read again and again ([`reload`]), so that keys are rotated ([`rotation`])
//! while every process goes on: what the handlers work with is always [`CurrentKeys::now`].

pub mod edge;
#[cfg(feature = "server")]
pub mod folder;
pub mod public;
pub mod reload;
#[cfg(feature = "server")]
pub mod rotation;
pub mod secret;
pub mod signing;
pub mod source;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::failure::Failure;
use crate::table::cursor::PageTokens;
use crate::table::idempotency::Fingerprint;
use edge::EdgeKeys;
use public::PublicKeys;
use secret::{DerivedKey, Secret};
use signing::SigningKeys;

/// The keys that a process has at one time.
#[derive(Debug)]
pub struct Keys {
    signing: Option<Arc<SigningKeys>>,
    public: Arc<PublicKeys>,
    derived: Option<Derived>,
    edge: Option<EdgeKeys>,
}

/// Each purpose has its own key, so that a tag of one means nothing to the other.
struct Derived {
    page_tokens: PageTokens,
    fingerprints: Fingerprints,
}

impl fmt::Debug for Derived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Derived")
    }
}

impl Keys {
    /// These keys. Of the secrets the first is used, and what was made with another one is still accepted; without any, what
    /// needs a secret fails.
    pub fn new(
        signing: Option<Arc<SigningKeys>>,
        public: Arc<PublicKeys>,
        secrets: &[Secret],
    ) -> Self {
        Self {
            signing,
            public,
            derived: Derived::of(secrets),
            edge: None,
        }
    }

    /// The same with these edge keys.
    #[must_use]
    pub fn with_edge(mut self, edge: Option<EdgeKeys>) -> Self {
        self.edge = edge;
        self
    }

    /// What the distribution in front of the API shows, where that is asked for.
    pub fn edge(&self) -> Option<&EdgeKeys> {
        self.edge.as_ref()
    }

    /// Those that sign access tokens.
    ///
    /// # Errors
    ///
    /// Where the process has none: members log in elsewhere.
    pub fn signing(&self) -> Result<&Arc<SigningKeys>, Failure> {
        self.signing.as_ref().ok_or_else(|| {
            let why = "this process was started without signing keys";
            Failure::internal("an access token cannot be signed", why)
        })
    }

    /// The public halves of all signing keys.
    pub fn public(&self) -> &Arc<PublicKeys> {
        &self.public
    }

    /// Makes and reads page tokens.
    ///
    /// # Errors
    ///
    /// Where the process has no secret.
    pub fn page_tokens(&self) -> Result<&PageTokens, Failure> {
        Ok(&self.derived()?.page_tokens)
    }

    /// Fingerprints requests whose bodies hold a secret.
    ///
    /// # Errors
    ///
    /// Where the process has no secret.
    pub fn fingerprints(&self) -> Result<&Fingerprints, Failure> {
        Ok(&self.derived()?.fingerprints)
    }

    /// Whether there are keys that sign.
    pub fn has_signing(&self) -> bool {
        self.signing.is_some()
    }

    /// Whether there is a secret.
    pub fn has_secret(&self) -> bool {
        self.derived.is_some()
    }

    fn derived(&self) -> Result<&Derived, Failure> {
        self.derived.as_ref().ok_or_else(|| {
            let why = "this process was started without the secret";
            Failure::internal("nothing can be authenticated", why)
        })
    }
}

impl Derived {
    fn of(secrets: &[Secret]) -> Option<Self> {
        let (first, others) = secrets.split_first()?;
        let key = |secret: &Secret| secret.derive("page tokens").tag(b"key");
        let page_tokens = others
            .iter()
            .fold(PageTokens::new(&key(first)), |tokens, other| {
                tokens.also_reading(&key(other))
            });
        let fingerprints = |secret: &Secret| secret.derive("fingerprints");
        Some(Self {
            page_tokens,
            fingerprints: Fingerprints {
                current: fingerprints(first),
                others: others.iter().map(fingerprints).collect(),
            },
        })
    }
}

/// Keys by which requests are recognized that hold a secret.
pub struct Fingerprints {
    current: DerivedKey,
    others: Vec<DerivedKey>,
}

impl Fingerprints {
    /// By what the request is known again, also by a process that uses another one of the secrets.
    pub fn of(&self, request: &[u8]) -> Fingerprint {
        let others = self.others.iter().map(|key| key.tag(request));
        Fingerprint::keyed(self.current.tag(request), others.collect())
    }
}

/// The keys that a process has now. Clones are the same.
#[derive(Debug, Clone)]
pub struct CurrentKeys(Arc<RwLock<Arc<Keys>>>);

impl CurrentKeys {
    /// These, until others take their place.
    pub fn new(keys: Keys) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(keys))))
    }

    /// The keys to use for what begins now.
    pub fn now(&self) -> Arc<Keys> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts others in their place. What has begun ends with those from before.
    pub fn replace(&self, keys: Keys) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }
}
