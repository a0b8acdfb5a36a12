//! The hand-written server: one value that the generated traits are implemented for, feature by feature.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_runtime::context::Principal;
use uuid::Uuid;

use crate::adapters::queue::Queue;
use crate::auth::access_token::TokenNames;
use crate::auth::issuers::{TokenVerifier, TrustedIssuer};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::keys::SigningKeys;
use crate::auth::password::Passwords;
use crate::auth::public_keys::PublicKeys;
use crate::auth::secret::{DerivedKey, Secret};
pub use crate::clock::{Clock, system_clock};
use crate::failure::Failure;
use crate::health::{PresentKeys, Readiness, ReadinessChecks};
use crate::quests::searches::Searches;
use crate::table::cursor::PageTokens;
use crate::table::{CurrentShards, Table};

/// What [`CivicForge`] is made of.
pub struct Parts {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread, as the table says.
    pub shards: CurrentShards,
    /// Authenticates page tokens and fingerprints; only where operations need it.
    pub secret: Option<Secret>,
    /// Signs access tokens; only where members log in.
    pub signing_keys: Option<Arc<SigningKeys>>,
    /// The public halves of all signing keys.
    pub public_keys: Arc<PublicKeys>,
    /// What access tokens say of issuer and audience.
    pub token_names: TokenNames,
    /// Whose tokens are accepted besides our own.
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// When their keys are fetched.
    pub jwks: JwksPolicy,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// Where sign-ups go that could not be made members of ([`crate::events`]); only the function that makes them needs it.
    pub failed_sign_ups: Option<Queue>,
    /// What must hold for the process to be ready.
    pub readiness: ReadinessChecks,
    /// Tells the time.
    pub clock: Clock,
}

/// Everything that the handlers work with.
#[derive(Clone)]
pub struct CivicForge {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread, as the table says.
    pub shards: CurrentShards,
    /// The keys derived from the installation's secret.
    derived: Option<Derived>,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// How many searches run at once.
    pub searches: Searches,
    /// Signs access tokens; only where members log in.
    pub signing_keys: Option<Arc<SigningKeys>>,
    /// The public halves of all signing keys.
    pub public_keys: Arc<PublicKeys>,
    /// What access tokens say of issuer and audience.
    pub token_names: TokenNames,
    /// Verifies access tokens.
    pub verifier: Arc<TokenVerifier>,
    /// Where sign-ups go that could not be made members of ([`crate::events`]); only the function that makes them needs it.
    pub failed_sign_ups: Option<Queue>,
    readiness: Arc<Readiness>,
    /// Tells the time.
    pub clock: Clock,
}

impl fmt::Debug for CivicForge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CivicForge")
            .field("table", &self.table.name())
            .finish_non_exhaustive()
    }
}

impl CivicForge {
    /// Puts it together.
    pub fn new(parts: Parts) -> Result<Self, reqwest::Error> {
        let verifier = TokenVerifier::new(
            parts.public_keys.clone(),
            parts.token_names.clone(),
            parts.trusted_issuers,
            parts.jwks,
        )?;
        Ok(Self {
            table: parts.table,
            shards: parts.shards,
            derived: parts.secret.as_ref().map(Derived::of),
            passwords: parts.passwords,
            searches: Searches::default(),
            signing_keys: parts.signing_keys,
            public_keys: parts.public_keys,
            token_names: parts.token_names,
            verifier: Arc::new(verifier),
            failed_sign_ups: parts.failed_sign_ups,
            readiness: Arc::new(Readiness::new(parts.readiness)),
            clock: parts.clock,
        })
    }

    /// What is up, or what is down.
    pub(crate) async fn ready(&self) -> Result<Vec<&'static str>, Vec<&'static str>> {
        let present = PresentKeys {
            signing_keys: self.signing_keys.is_some(),
            secret: self.derived.is_some(),
        };
        self.readiness
            .check(&self.table, &self.shards, present)
            .await
    }

    /// Makes and reads page tokens.
    pub fn page_tokens(&self) -> Result<&PageTokens, Failure> {
        Ok(&self.derived()?.page_tokens)
    }

    /// Fingerprints requests whose bodies hold a secret.
    pub fn fingerprints(&self) -> Result<&DerivedKey, Failure> {
        Ok(&self.derived()?.fingerprints)
    }

    fn derived(&self) -> Result<&Derived, Failure> {
        self.derived.as_ref().ok_or_else(|| {
            let why = "this process was started without the secret";
            Failure::internal("nothing can be authenticated", why)
        })
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }
}

/// Each purpose has its own key, so that a tag of one means nothing to the other.
#[derive(Clone)]
struct Derived {
    page_tokens: PageTokens,
    fingerprints: DerivedKey,
}

impl Derived {
    fn of(secret: &Secret) -> Self {
        let page_tokens = secret.derive("page tokens").tag(b"key");
        Self {
            page_tokens: PageTokens::new(&page_tokens),
            fingerprints: secret.derive("fingerprints"),
        }
    }
}

/// A member whose access token was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub user_id: Uuid,
    /// What the member may do beside what everybody may.
    pub roles: Vec<UserRole>,
    /// The family of refresh tokens that the access token belongs to; a token of another issuer has none.
    pub session: Option<Uuid>,
}

impl Member {
    /// Whether the member decides disputes.
    pub fn is_arbiter(&self) -> bool {
        self.roles.contains(&UserRole::Arbiter)
    }
}

impl Principal for Member {
    fn id(&self) -> std::borrow::Cow<'_, str> {
        self.user_id.to_string().into()
    }
}
