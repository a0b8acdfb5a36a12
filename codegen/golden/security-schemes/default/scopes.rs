// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /scopes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;

/// The answer of `GET /scopes`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopesResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for ScopesResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /scopes` early.
pub type ScopesError = OperationError<Scopes>;

/// The operation `scopes`.
#[derive(Debug)]
pub struct Scopes;

impl<S: DefaultApi> Operation<S> for Scopes {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Oauth;
    type Request = ();
    type Response = ScopesResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let principal = security::oauth(server, context, credentials, &["read", "write"])
            .await?;
        context.require(principal)
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Oauth,
        (): (),
    ) -> Result<ScopesResponse, ScopesError> {
        DefaultApi::scopes(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "scopes",
    method: Method::GET,
    path: "/scopes",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer"],
};
