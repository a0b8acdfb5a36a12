//! The hand-written server: one value that the generated traits are implemented for, feature by feature.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_kernel::aws::queue::Queue;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::{CurrentShards, Table};
use civicforge_runtime::context::Principal;
use uuid::Uuid;

use crate::auth::access_token::TokenNames;
use crate::auth::issuers::{TokenVerifier, TrustedIssuer};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::password::Passwords;
use crate::health::{PresentKeys, Readiness, ReadinessChecks};
use crate::quests::searches::Searches;
pub use civicforge_kernel::clock::{Clock, system_clock};

/// What [`CivicForge`] is made of.
pub struct Parts {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread, as the table says.
    pub shards: CurrentShards,
    /// The keys that tokens are signed, verified and authenticated with.
    pub keys: CurrentKeys,
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
    /// The keys that tokens are signed, verified and authenticated with.
    pub keys: CurrentKeys,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// How many searches run at once.
    pub searches: Searches,
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
            parts.keys.clone(),
            parts.token_names.clone(),
            parts.trusted_issuers,
            parts.jwks,
        )?;
        Ok(Self {
            table: parts.table,
            shards: parts.shards,
            keys: parts.keys,
            passwords: parts.passwords,
            searches: Searches::default(),
            token_names: parts.token_names,
            verifier: Arc::new(verifier),
            failed_sign_ups: parts.failed_sign_ups,
            readiness: Arc::new(Readiness::new(parts.readiness)),
            clock: parts.clock,
        })
    }

    /// What is up, or what is down.
    pub(crate) async fn ready(&self) -> Result<Vec<&'static str>, Vec<&'static str>> {
        let keys = self.keys.now();
        let present = PresentKeys {
            signing_keys: keys.has_signing(),
            secret: keys.has_secret(),
        };
        self.readiness
            .check(&self.table, &self.shards, present)
            .await
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
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
