//! Who calls: what every feature knows of members without knowing how they are known.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Instant;

use civicforge_api::security::Authenticate;
use civicforge_api::types::UserRole;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::table::StoreError;
use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{AuthenticationError, Basic};
use civicforge_runtime::status::Unauthorized;
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::sync::webhooks::Senders;

/// A member whose access token was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub user_id: Uuid,
    /// What the member may do beside what everybody may. Never `admin`: that is asked of the account
    /// ([`is_admin`](crate::users::admin::is_admin)).
    pub roles: Vec<UserRole>,
    /// The family of refresh tokens that the access token belongs to; a token of another issuer has none.
    pub session: Option<Uuid>,
}

impl Member {
    /// A member who is not the one that calls.
    pub fn without_session(user_id: Uuid) -> Self {
        Self {
            user_id,
            roles: vec![UserRole::Member],
            session: None,
        }
    }

    /// Whether the member decides disputes.
    pub fn is_arbiter(&self) -> bool {
        self.roles.contains(&UserRole::Arbiter)
    }
}

impl Principal for Member {
    fn id(&self) -> Cow<'_, str> {
        self.user_id.to_string().into()
    }
}

/// Knows members by their access tokens.
pub trait Authenticator: Send + Sync {
    /// The member that this access token was issued to.
    fn member<'a>(
        &'a self,
        context: &'a Context,
        token: &'a str,
    ) -> BoxFuture<'a, Result<Member, AuthenticationError>>;
}

/// Knows whose e-mail addresses are.
pub trait Addresses: Send + Sync {
    /// Whose this one is, in the form of [`normal_email`](crate::users::text::normal_email).
    fn owner<'a>(&'a self, address: &'a str) -> BoxFuture<'a, Result<Option<Uuid>, StoreError>>;
}

/// A feature that has something of members, which is not to be there any more once an account is closed.
pub trait ErasesMembers: Send + Sync {
    /// Removes it, or has it be nobody's. Whether nothing is left: what there was no time for is left to the next call. It may be cut off
    /// anywhere, and be called again.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>>;
}

/// A feature that has something of members, of which they may have a copy.
pub trait ExportsMembers: Send + Sync {
    /// All of it, as the contract shows it, by name.
    fn export(&self, member: Uuid) -> BoxFuture<'_, Result<Vec<Exported>, StoreError>>;
}

/// Something of a member, by name.
pub type Exported = (&'static str, Value);

/// Things of a member by the name of their kind, as the contract shows them.
///
/// # Errors
///
/// One has no form in JSON.
pub fn exported<T: Serialize>(
    name: &'static str,
    things: impl IntoIterator<Item = T>,
) -> Result<Exported, StoreError> {
    let things: Result<Vec<_>, _> = things.into_iter().map(serde_json::to_value).collect();
    let things = things.map_err(|error| StoreError::corrupt(name, error))?;
    Ok((name, Value::Array(things)))
}

/// Another system whose webhook has sent this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vendor {
    /// ClickUp.
    ClickUp,
    /// Neon CRM.
    Neon,
}

impl Principal for Vendor {
    fn id(&self) -> Cow<'_, str> {
        match self {
            Self::ClickUp => "ClickUp".into(),
            Self::Neon => "Neon CRM".into(),
        }
    }
}

/// What knows the callers of every feature. Clones are the same.
#[derive(Clone)]
pub struct Callers {
    /// Members.
    pub members: Arc<dyn Authenticator>,
    /// Other systems.
    pub senders: Senders,
}

/// A feature, and what knows its callers. The traits of the contract's tags are implemented for it.
pub struct Authenticated<F> {
    feature: Arc<F>,
    callers: Callers,
}

impl<F> Authenticated<F> {
    /// The feature with these callers.
    pub fn new(feature: Arc<F>, callers: &Callers) -> Arc<Self> {
        let callers = callers.clone();
        Arc::new(Self { feature, callers })
    }

    /// What knows its callers.
    pub fn callers(&self) -> &Callers {
        &self.callers
    }

    /// The feature alone.
    pub fn feature(&self) -> &Arc<F> {
        &self.feature
    }
}

impl<F> Deref for Authenticated<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.feature
    }
}

impl<F: fmt::Debug> fmt::Debug for Authenticated<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.feature.fmt(f)
    }
}

impl<F: Send + Sync + 'static> Authenticate for Authenticated<F> {
    type BearerAuth = Member;
    type ClickUpSignature = Vendor;
    type NeonPassword = Vendor;

    async fn bearer_auth(
        &self,
        context: &Context,
        credential: &str,
        // Bearer tokens have no scopes in the contract; who may do what is decided by rules.
        _scopes: &[&str],
    ) -> Result<Member, AuthenticationError> {
        self.callers.members.member(context, credential).await
    }

    async fn click_up_signature(
        &self,
        _context: &Context,
        credential: &str,
        body: &[u8],
        _scopes: &[&str],
    ) -> Result<Vendor, AuthenticationError> {
        let signed = self.callers.senders.click_up_has_signed(body, credential);
        match signed.await.map_err(unknowable)? {
            true => Ok(Vendor::ClickUp),
            false => Err(AuthenticationError::invalid(
                "The signature is not that of the body, or there is no such webhook.",
            )),
        }
    }

    async fn neon_password(
        &self,
        _context: &Context,
        credential: &Basic,
        _scopes: &[&str],
    ) -> Result<Vendor, AuthenticationError> {
        let password = credential.password.expose();
        let known = self.callers.senders.neon_has_password(password);
        match credential.user == NEON_USER && known.await.map_err(unknowable)? {
            true => Ok(Vendor::Neon),
            false => Err(AuthenticationError::invalid(NO_NEON_PASSWORD)),
        }
    }
}

/// Why a delivery of Neon CRM is refused.
pub const NO_NEON_PASSWORD: &str = "There is no such user or password.";

/// The user that Neon CRM sends.
pub const NEON_USER: &str = "civicforge";

/// `WWW-Authenticate` where an access token is the problem (RFC 6750 §3).
const INVALID_TOKEN: &str = "Bearer realm=\"civicforge\", error=\"invalid_token\"";

/// The 401 of an access token that is not good, for a reason that the caller may know.
pub fn invalid_token(reason: &'static str) -> Unauthorized {
    Unauthorized::default()
        .detail(reason)
        .challenge(INVALID_TOKEN)
}

/// The 401 of an access token that is good, and whose account is gone.
pub fn no_account() -> Unauthorized {
    invalid_token("There is no account for this access token.")
}

/// What knows callers could not be read.
pub fn unknowable(error: StoreError) -> AuthenticationError {
    match Failure::from(error) {
        Failure::Unavailable(status) => AuthenticationError::Unavailable(status),
        Failure::Internal(status) => AuthenticationError::Internal(status),
    }
}
