// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

use super::rt;

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {
    /// An access token: a JWT signed with RS256 that lives 30 minutes, from `registerUser`,
    /// `loginUser` or `refreshToken`, or from an identity provider that the operator has
    /// configured.
    ///
    /// Whoever the scheme `bearerAuth` lets in.
    type BearerAuth: rt::Principal;

    /// Checks a credential of the scheme `bearerAuth`, and that it has these scopes.
    fn bearer_auth(
        &self,
        context: &rt::Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::BearerAuth, rt::Rejection>> + Send;
}

/// Whoever the scheme `bearerAuth` lets in; `None` where the request has no credential of it.
pub(crate) async fn bearer_auth<S: Authenticate>(
    server: &S,
    context: &rt::Context,
    credentials: rt::Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::BearerAuth>, rt::Rejection> {
    match credentials.bearer()? {
        Some(credential) => {
            Authenticate::bearer_auth(server, context, credential, scopes)
                .await
                .map(Some)
        }
        None => Ok(None),
    }
}
