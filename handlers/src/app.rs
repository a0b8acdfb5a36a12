//! The hand-written server: one value that the generated traits are implemented for, feature by feature.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use civicforge_api::types::UserRole;
use civicforge_runtime::context::Principal;
use uuid::Uuid;

use crate::adapters::queue::Queue;
use crate::auth::access_token::TokenNames;
use crate::auth::issuers::TokenVerifier;
use crate::auth::keys::SigningKeys;
use crate::auth::password::Passwords;
use crate::auth::public_keys::PublicKeys;
use crate::auth::secret::{DerivedKey, Secret};
use crate::table::Table;
use crate::table::cursor::PageTokens;
use crate::table::key::Shards;

/// Tells the time. Rules get it as an argument, so that a test can be at any moment that it likes.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The clock of the machine.
pub fn system_clock() -> Clock {
    Arc::new(Utc::now)
}

/// Everything that the handlers work with.
#[derive(Clone)]
pub struct CivicForge {
    /// The table.
    pub table: Table,
    /// Over how many partitions a shared list is spread.
    pub shards: Shards,
    /// Makes and reads page tokens.
    pub page_tokens: PageTokens,
    /// Fingerprints requests whose bodies hold a secret.
    pub fingerprints: DerivedKey,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
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
    /// The key for fingerprints of requests, and the maker of page tokens. Each has its own key, so that a tag of one means
    /// nothing to the other.
    pub fn derived(secret: &Secret) -> (DerivedKey, PageTokens) {
        let page_tokens = secret.derive("page tokens").tag(b"key");
        (secret.derive("fingerprints"), PageTokens::new(&page_tokens))
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
