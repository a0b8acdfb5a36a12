// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{Credentials, Rejection};

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {
    /// Whoever the scheme `session` lets in.
    type Session: Principal;

    /// Checks a credential of the scheme `session`, and that it has these scopes.
    fn session(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Session, Rejection>> + Send;
}

/// Whoever the scheme `session` lets in; `None` where the request has no credential of it.
pub(crate) async fn session<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::Session>, Rejection> {
    match credentials.api_key_in_cookie("SESSION")? {
        Some(credential) => {
            Authenticate::session(server, context, &credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
}
