// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /inherited`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;
use super::super::security;

/// The answer of `GET /inherited`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for InheritedResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `GET /inherited` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum InheritedError {}

impl IntoAnswer for InheritedError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `inherited`.
#[derive(Debug)]
pub struct Inherited;

impl<S: DefaultApi> Operation<S> for Inherited {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = ();
    type Response = InheritedResponse;
    type Error = InheritedError;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::bearer(server, context, credentials, &[]).await? {
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
        principal: S::Bearer,
        (): (),
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::inherited(server, context, principal).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "inherited",
    method: Method::GET,
    path: "/inherited",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &["Bearer"],
};
