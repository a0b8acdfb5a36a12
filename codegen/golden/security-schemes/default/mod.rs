// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod inherited;
pub mod public;
pub mod nobody;
pub mod optional;
pub mod or;
pub mod or_again;
pub mod and;
pub mod both;
pub mod scopes;
pub mod either_scope;
pub mod openid;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
use super::security::Authenticate;
use super::security::BearerOrBasic;
use super::security::HeaderKeyAndQueryKeyOrCookieKey;
use super::security::OauthOrOauth;
pub use self::inherited::{InheritedError, InheritedResponse};
pub use self::public::{PublicError, PublicResponse};
pub use self::nobody::{NobodyError, NobodyResponse};
pub use self::optional::{OptionalError, OptionalResponse};
pub use self::or::{OrError, OrResponse};
pub use self::or_again::{OrAgainError, OrAgainResponse};
pub use self::and::{AndError, AndResponse};
pub use self::both::{BothError, BothResponse};
pub use self::scopes::{ScopesError, ScopesResponse};
pub use self::either_scope::{EitherScopeError, EitherScopeResponse};
pub use self::openid::{OpenidError, OpenidResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
    /// `GET /inherited`
    fn inherited(
        &self,
        context: &Context,
        principal: Self::Bearer,
    ) -> impl Future<Output = Result<InheritedResponse, InheritedError>> + Send;

    /// `GET /public`
    fn public(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<PublicResponse, PublicError>> + Send;

    /// `GET /nobody`
    fn nobody(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<NobodyResponse, NobodyError>> + Send;

    /// `GET /optional`
    fn optional(
        &self,
        context: &Context,
        principal: Option<Self::Bearer>,
    ) -> impl Future<Output = Result<OptionalResponse, OptionalError>> + Send;

    /// `GET /or`
    fn or(
        &self,
        context: &Context,
        principal: BearerOrBasic<Self>,
    ) -> impl Future<Output = Result<OrResponse, OrError>> + Send;

    /// `GET /or-again`
    fn or_again(
        &self,
        context: &Context,
        principal: BearerOrBasic<Self>,
    ) -> impl Future<Output = Result<OrAgainResponse, OrAgainError>> + Send;

    /// `GET /and`
    fn and(
        &self,
        context: &Context,
        principal: (Self::HeaderKey, Self::QueryKey),
    ) -> impl Future<Output = Result<AndResponse, AndError>> + Send;

    /// `GET /both`
    fn both(
        &self,
        context: &Context,
        principal: HeaderKeyAndQueryKeyOrCookieKey<Self>,
    ) -> impl Future<Output = Result<BothResponse, BothError>> + Send;

    /// `GET /scopes`
    fn scopes(
        &self,
        context: &Context,
        principal: Self::Oauth,
    ) -> impl Future<Output = Result<ScopesResponse, ScopesError>> + Send;

    /// `GET /either-scope`
    fn either_scope(
        &self,
        context: &Context,
        principal: OauthOrOauth<Self>,
    ) -> impl Future<Output = Result<EitherScopeResponse, EitherScopeError>> + Send;

    /// `GET /openid`
    fn openid(
        &self,
        context: &Context,
        principal: Self::Openid,
    ) -> impl Future<Output = Result<OpenidResponse, OpenidError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<inherited::Inherited, S>(server),
        Route::of::<public::Public, S>(server),
        Route::of::<nobody::Nobody, S>(server),
        Route::of::<optional::Optional, S>(server),
        Route::of::<or::Or, S>(server),
        Route::of::<or_again::OrAgain, S>(server),
        Route::of::<and::And, S>(server),
        Route::of::<both::Both, S>(server),
        Route::of::<scopes::Scopes, S>(server),
        Route::of::<either_scope::EitherScope, S>(server),
        Route::of::<openid::Openid, S>(server),
    ])
}
