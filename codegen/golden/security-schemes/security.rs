// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! Who may call: the principals of the contract's security schemes.

use civicforge_runtime::context::{Context, Principal};
use civicforge_runtime::credentials::{Basic, Credentials, Rejection};

/// Checks credentials. The hand-written server implements it, and its associated types are what protected
/// operations get.
pub trait Authenticate: Sized + Send + Sync + 'static {
    /// Whoever the scheme `basic` lets in.
    type Basic: Principal;

    /// A member.
    ///
    /// Whoever the scheme `bearer` lets in.
    type Bearer: Principal;

    /// Whoever the scheme `cookieKey` lets in.
    type CookieKey: Principal;

    /// Whoever the scheme `headerKey` lets in.
    type HeaderKey: Principal;

    /// Whoever the scheme `oauth` lets in.
    type Oauth: Principal;

    /// Whoever the scheme `openid` lets in.
    type Openid: Principal;

    /// Whoever the scheme `queryKey` lets in.
    type QueryKey: Principal;

    /// Checks a credential of the scheme `basic`, and that it has these scopes.
    fn basic(
        &self,
        context: &Context,
        credential: &Basic,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Basic, Rejection>> + Send;

    /// Checks a credential of the scheme `bearer`, and that it has these scopes.
    fn bearer(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Bearer, Rejection>> + Send;

    /// Checks a credential of the scheme `cookieKey`, and that it has these scopes.
    fn cookie_key(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::CookieKey, Rejection>> + Send;

    /// Checks a credential of the scheme `headerKey`, and that it has these scopes.
    fn header_key(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::HeaderKey, Rejection>> + Send;

    /// Checks a credential of the scheme `oauth`, and that it has these scopes.
    fn oauth(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Oauth, Rejection>> + Send;

    /// Checks a credential of the scheme `openid`, and that it has these scopes.
    fn openid(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::Openid, Rejection>> + Send;

    /// Checks a credential of the scheme `queryKey`, and that it has these scopes.
    fn query_key(
        &self,
        context: &Context,
        credential: &str,
        scopes: &[&str],
    ) -> impl Future<Output = Result<Self::QueryKey, Rejection>> + Send;
}

/// Whoever the scheme `basic` lets in; `None` where the request has no credential of it.
pub(crate) async fn basic<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::Basic>, Rejection> {
    match credentials.basic()? {
        Some(credential) => {
            Authenticate::basic(server, context, &credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
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

/// Whoever the scheme `cookieKey` lets in; `None` where the request has no credential of it.
pub(crate) async fn cookie_key<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::CookieKey>, Rejection> {
    match credentials.api_key_in_cookie("KEY")? {
        Some(credential) => {
            Authenticate::cookie_key(server, context, &credential, scopes)
                .await
                .map(Some)
        }
        None => Ok(None),
    }
}

/// Whoever the scheme `headerKey` lets in; `None` where the request has no credential of it.
pub(crate) async fn header_key<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::HeaderKey>, Rejection> {
    match credentials.api_key_in_header("X-Key")? {
        Some(credential) => {
            Authenticate::header_key(server, context, &credential, scopes)
                .await
                .map(Some)
        }
        None => Ok(None),
    }
}

/// Whoever the scheme `oauth` lets in; `None` where the request has no credential of it.
pub(crate) async fn oauth<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::Oauth>, Rejection> {
    match credentials.bearer()? {
        Some(credential) => {
            Authenticate::oauth(server, context, credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Whoever the scheme `openid` lets in; `None` where the request has no credential of it.
pub(crate) async fn openid<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::Openid>, Rejection> {
    match credentials.bearer()? {
        Some(credential) => {
            Authenticate::openid(server, context, credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Whoever the scheme `queryKey` lets in; `None` where the request has no credential of it.
pub(crate) async fn query_key<S: Authenticate>(
    server: &S,
    context: &Context,
    credentials: Credentials<'_>,
    scopes: &[&str],
) -> Result<Option<S::QueryKey>, Rejection> {
    match credentials.api_key_in_query("key")? {
        Some(credential) => {
            Authenticate::query_key(server, context, &credential, scopes).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Whoever satisfies one of several alternatives.
#[derive(Debug)]
pub enum BearerOrBasic<A: Authenticate> {
    /// Let in by `bearer`.
    Bearer(A::Bearer),
    /// Let in by `basic`.
    Basic(A::Basic),
}

impl<A: Authenticate> Principal for BearerOrBasic<A> {
    fn id(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Bearer(principal) => principal.id(),
            Self::Basic(principal) => principal.id(),
        }
    }
}

/// Whoever satisfies one of several alternatives.
#[derive(Debug)]
pub enum HeaderKeyAndQueryKeyOrCookieKey<A: Authenticate> {
    /// Let in by `headerKey` and `queryKey`.
    HeaderKeyAndQueryKey((A::HeaderKey, A::QueryKey)),
    /// Let in by `cookieKey`.
    CookieKey(A::CookieKey),
}

impl<A: Authenticate> Principal for HeaderKeyAndQueryKeyOrCookieKey<A> {
    fn id(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::HeaderKeyAndQueryKey((principal, _)) => principal.id(),
            Self::CookieKey(principal) => principal.id(),
        }
    }
}

/// Whoever satisfies one of several alternatives.
#[derive(Debug)]
pub enum OauthOrOauth<A: Authenticate> {
    /// Let in by `oauth`.
    Oauth(A::Oauth),
    /// Let in by `oauth`.
    OauthAlternative2(A::Oauth),
}

impl<A: Authenticate> Principal for OauthOrOauth<A> {
    fn id(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Oauth(principal) => principal.id(),
            Self::OauthAlternative2(principal) => principal.id(),
        }
    }
}
