//! The keys of an installation: those that sign and verify access tokens, and those derived from its secret.
//!
//! Processes that serve one installation have the same keys, from a file, from AWS Secrets Manager or from a variable
//! ([`source`]). Files and Secrets Manager are read again and again ([`reload`]), so that keys are rotated ([`rotation`])
//! while every process goes on. A server reads all of its keys when it starts. A function reads each when something first needs it,
//! because no start should wait for the network. Handlers need not know: they work with [`CurrentKeys::having`].

pub mod edge;
#[cfg(feature = "server")]
pub mod folder;
pub mod mail_links;
pub mod public;
pub mod reload;
#[cfg(feature = "server")]
pub mod rotation;
pub mod secret;
pub mod signing;
pub mod source;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use civicforge_runtime::status::ServiceUnavailable;

use crate::failure::Failure;
use crate::table::cursor::PageTokens;
use crate::table::idempotency::Fingerprint;
use edge::EdgeKeys;
use mail_links::MailLinks;
use public::PublicKeys;
use reload::Reloader;
use secret::{DerivedKey, Secret};
use signing::SigningKeys;

/// One of the keys of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyName {
    /// Those that sign access tokens.
    Signing,
    /// The public halves of those.
    Public,
    /// What page tokens and fingerprints are made with.
    Secret,
    /// What the distribution in front of the API shows.
    Edge,
}

impl KeyName {
    const ALL: [Self; 4] = [Self::Signing, Self::Public, Self::Secret, Self::Edge];
}

/// A key cannot be had at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the keys cannot be read right now")]
pub struct KeysUnavailable {
    /// When they are read again, if somebody needs them then.
    pub retry_after: Duration,
}

impl From<KeysUnavailable> for ServiceUnavailable {
    fn from(error: KeysUnavailable) -> Self {
        // In whole seconds, of which the last one has passed.
        let wait = error.retry_after.as_millis().div_ceil(1000).max(1);
        ServiceUnavailable::default()
            .detail("Keys of this service cannot be read right now.")
            .retry_after(u64::try_from(wait).unwrap_or(u64::MAX))
    }
}

impl From<KeysUnavailable> for Failure {
    fn from(error: KeysUnavailable) -> Self {
        Self::Unavailable(error.into())
    }
}

/// The keys that a process has at one time.
#[derive(Debug)]
pub struct Keys {
    signing: Option<Arc<SigningKeys>>,
    public: Option<Arc<PublicKeys>>,
    derived: Option<Derived>,
    edge: Option<EdgeKeys>,
}

/// Each purpose has its own key, so that a tag of one means nothing to the other.
struct Derived {
    page_tokens: PageTokens,
    fingerprints: Fingerprints,
    mail_links: MailLinks,
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
            public: Some(public),
            derived: Derived::of(secrets),
            edge: None,
        }
    }

    /// None at all.
    fn none() -> Self {
        Self {
            signing: None,
            public: None,
            derived: None,
            edge: None,
        }
    }

    /// Whether this one is among them.
    pub fn has(&self, name: KeyName) -> bool {
        match name {
            KeyName::Signing => self.signing.is_some(),
            KeyName::Public => self.public.is_some(),
            KeyName::Secret => self.derived.is_some(),
            KeyName::Edge => self.edge.is_some(),
        }
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

    /// The public halves of all signing keys. A process that is shown no tokens has none, and verifies none.
    pub fn public(&self) -> Arc<PublicKeys> {
        let public = self.public.clone();
        public.unwrap_or_else(|| Arc::new(PublicKeys::none()))
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

    /// Makes and reads the ids of links in mails.
    ///
    /// # Errors
    ///
    /// Where the process has no secret.
    pub fn mail_links(&self) -> Result<&MailLinks, Failure> {
        Ok(&self.derived()?.mail_links)
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
            mail_links: MailLinks::new(first, others),
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
pub struct CurrentKeys(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    now: RwLock<Arc<Keys>>,
    /// None where they are what they are.
    reloader: Option<Reloader>,
}

impl CurrentKeys {
    /// These, and no others.
    pub fn new(keys: Keys) -> Self {
        Self::with(keys, None)
    }

    fn with(keys: Keys, reloader: Option<Reloader>) -> Self {
        let now = RwLock::new(Arc::new(keys));
        Self(Arc::new(Inner { now, reloader }))
    }

    /// The keys that were read so far.
    pub fn now(&self) -> Arc<Keys> {
        Arc::clone(&self.0.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts others in their place. What has begun ends with those from before.
    pub fn replace(&self, keys: Keys) {
        *self.0.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }
}
