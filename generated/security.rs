// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{Credentials, Rejection};

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {
    /// An access token: a JWT signed with RS256 that lives 30 minutes, from `registerUser`,
    /// `loginUser` or `refreshToken`, or from an identity provider that the operator has
    /// configured.
    ///
    /// Whoever the scheme `bearerAuth` lets in.
    type BearerAuth: Principal;

    /// Checks a credential of the scheme `bearerAuth`, and that it has these scopes.
    fn bearer_auth(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::BearerAuth, Rejection>> + Send;
}

/// Whoever the scheme `bearerAuth` lets in; `None` where the request has no credential of it.
pub(crate) async fn bearer_auth<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::BearerAuth>, Rejection> {
    match credentials.bearer()? {
        Some(credential) => {
            Authenticate::bearer_auth(server, context, credential, scopes)
                .await
                .map(Some)
        }
        None => Ok(None),
    }
}
