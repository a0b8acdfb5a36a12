// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /scopes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
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
        Answer::empty(status)
    }
}

/// The errors that `GET /scopes` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum ScopesError {}

impl IntoAnswer for ScopesError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `scopes`.
#[derive(Debug)]
pub struct Scopes;

impl<S: DefaultApi> Operation<S> for Scopes {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Oauth;
    type Request = ();
    type Response = ScopesResponse;
    type Error = ScopesError;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::oauth(server, context, credentials, &["read", "write"]).await? {
            Some(principal) => {
                context.identify(&principal);
                Ok(principal)
            }
            None => Err(Rejection::absent()),
        }
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Oauth,
        (): (),
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::scopes(server, context, principal).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "scopes",
    method: Method::GET,
    path: "/scopes",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &["Bearer"],
};
