// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /either-scope`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;
use super::super::security::OauthOrOauth;

/// The answer of `GET /either-scope`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct EitherScopeResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for EitherScopeResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /either-scope` early.
pub type EitherScopeError = OperationError<EitherScope>;

/// The operation `eitherScope`.
#[derive(Debug)]
pub struct EitherScope;

impl<S: DefaultApi> Operation<S> for EitherScope {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = OauthOrOauth<S>;
    type Request = ();
    type Response = EitherScopeResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let mut rejection = None;
        match security::oauth(server, context, credentials, &["read"]).await {
            Ok(Some(principal)) => {
                context.identify(&principal);
                return Ok(OauthOrOauth::Oauth(principal));
            }
            Ok(None) => {}
            Err(refused) => rejection = Some(refused),
        }
        match security::oauth(server, context, credentials, &["write"]).await {
            Ok(Some(principal)) => {
                context.identify(&principal);
                return Ok(OauthOrOauth::OauthAlternative2(principal));
            }
            Ok(None) => {}
            Err(refused) => rejection = Some(refused),
        }
        match rejection {
            Some(rejection) => Err(rejection),
            None => Err(Rejection::absent()),
        }
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: OauthOrOauth<S>,
        (): (),
    ) -> Result<EitherScopeResponse, EitherScopeError> {
        DefaultApi::either_scope(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "eitherScope",
    method: Method::GET,
    path: "/either-scope",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer"],
};
