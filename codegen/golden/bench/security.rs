// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{Credentials, Rejection};

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {
    /// Whoever the scheme `bearer` lets in.
    type Bearer: Principal;

    /// Checks a credential of the scheme `bearer`, and that it has these scopes.
    fn bearer(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Bearer, Rejection>> + Send;
}

/// Whoever the scheme `bearer` lets in; `None` where the request has no credential of it.
pub(crate) async fn bearer<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::Bearer>, Rejection> {
    match credentials.bearer()? {
        Some(credential) => {
            Authenticate::bearer(server, context, credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
}
